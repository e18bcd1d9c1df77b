//! Finds the variable of `<script setup>` that a tag means.

use super::{
    super::{bindings::Binding, spelling::spellings, tree::Element},
    generator::Generator,
};

/// The kinds in the order in which Vue looks for them: constants that are certainly no refs come
/// first.
const KINDS: [Binding; 5] = [
    Binding::SetupConst,
    Binding::SetupReactiveConst,
    Binding::SetupLet,
    Binding::SetupRef,
    Binding::SetupMaybeRef,
];

impl Generator<'_, '_> {
    /// Returns the variable that holds the component of a tag: `my-button` may mean `my-button`,
    /// `myButton` or `MyButton`.
    pub(super) fn variable_of(&self, element: &Element) -> Option<String> {
        let names = &self.cx.setup()?.names;
        let spellings = spellings(&element.tag);
        KINDS
            .iter()
            .find_map(|kind| spellings.iter().find(|name| names.get(*name) == Some(kind)).cloned())
    }
}
