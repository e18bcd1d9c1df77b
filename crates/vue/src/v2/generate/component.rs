//! Which variable of `<script setup>` a tag means.

use super::{
    super::{bindings::Binding, tree::Element},
    Generator,
};

/// In this order: a variable that is certainly a component comes before one that may be.
const KINDS: [Binding; 5] = [
    Binding::SetupConst,
    Binding::SetupReactiveConst,
    Binding::SetupLet,
    Binding::SetupRef,
    Binding::SetupMaybeRef,
];

impl Generator<'_, '_> {
    /// The variable that holds the component of a tag: `my-button` may be `my-button`, `myButton`
    /// or `MyButton`.
    pub(super) fn variable_of(&self, element: &Element) -> Option<String> {
        let names = &self.cx.setup()?.names;
        let spellings = spellings(&element.tag);
        KINDS
            .iter()
            .find_map(|kind| spellings.iter().find(|name| names.get(*name) == Some(kind)).cloned())
    }
}

/// What a tag may be the name of, in the order that Vue looks: `my-button`, `myButton`, `MyButton`.
pub(in crate::v2) fn spellings(tag: &str) -> [String; 3] {
    let camel = camelize(tag);
    let pascal = capitalized(&camel);
    [tag.to_owned(), camel, pascal]
}

/// `my-button` → `myButton`: every `-` goes with the word's letter behind it.
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
