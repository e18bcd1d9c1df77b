//! Finds the variable of `<script setup>` that a tag means.

use super::{
    super::{bindings::Binding, tree::Element},
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

/// Returns the names that a tag may mean, in the order in which Vue looks for them: `my-button`,
/// `myButton`, `MyButton`.
pub(crate) fn spellings(tag: &str) -> [String; 3] {
    let camel = camelize(tag);
    let pascal = capitalized(&camel);
    [tag.to_owned(), camel, pascal]
}

/// Returns `myButton` for `my-button`. Each `-` before a word character is removed, and the
/// character becomes upper case.
pub(super) fn camelize(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.peek().filter(|next| c == '-' && (next.is_ascii_alphanumeric() || **next == '_'))
        {
            Some(next) => {
                camel.push(next.to_ascii_uppercase());
                rest.next();
            }
            None => camel.push(c),
        }
    }
    camel
}

fn capitalized(name: &str) -> String {
    let mut rest = name.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
