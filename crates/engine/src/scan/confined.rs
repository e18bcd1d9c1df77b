//! Decides whether a stylesheet affects only elements of its own component. Such a stylesheet may
//! be loaded by pages that do not use the component, so its chunk may be merged with others.

use std::ops::Range;

use bundle_base::stylesheet::{Item, is_keyframes, items, list, selector};

/// The beginning of the attribute selector that Vue adds for components with scoped styles.
const SCOPE: &str = "[data-v-";

/// At-rules that only say when the rules inside them apply.
const CONDITIONS: [&str; 3] = ["media", "supports", "container"];

/// Whether every selector has the scope's attribute, and every at-rule is only a condition
/// for the rules inside it. The one exception is `@keyframes` whose name has the hash of a scope:
/// `fade-7ba5bd90`.
pub(super) fn is_confined(css: &str) -> bool {
    css.contains(SCOPE)
        && items(css).into_iter().all(|item| match item {
            Item::Selectors(all) => list(css, all).into_iter().all(|one| is_scoped(css, one)),
            Item::AtRule { name, prelude } => {
                CONDITIONS.contains(&&css[name.clone()])
                    || is_keyframes(&css[name]) && is_of_scope(&css[prelude])
            }
            Item::Declaration { .. } | Item::Junk(_) => true,
        })
}

fn is_scoped(css: &str, one: Range<usize>) -> bool {
    selector::parse(css, one).iter().any(|simple| css[simple.range.clone()].starts_with(SCOPE))
}

fn is_of_scope(name: &str) -> bool {
    let is_hash = |end: &str| end.len() == 8 && end.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.trim_matches(['"', '\'']).rsplit_once('-').is_some_and(|(_, end)| is_hash(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_for_a_scope_shows_nowhere_else() {
        for css in [
            ".a[data-v-7ba5bd90], .b[data-v-7ba5bd90] .deep { color: red }",
            "@media (min-width: 1px) { .a[data-v-7ba5bd90]:hover { color: red } }",
            ".a[data-v-7ba5bd90] { animation: x-7ba5bd90 1s } @keyframes x-7ba5bd90 { from { top: \
             0 } 50% { top: 1px } }",
        ] {
            assert!(is_confined(css), "{css}");
        }
        for css in [
            "",
            ".a { color: red }",
            ".a[data-v-7ba5bd90], .b { color: red }",
            ":not([data-v-7ba5bd90]) { color: red }",
            ".a[data-v-7ba5bd90] { color: red } @keyframes x { from { top: 0 } }",
            ".a[data-v-7ba5bd90] { color: red } @font-face { font-family: x }",
            "@import \"a.css\"; .a[data-v-7ba5bd90] { color: red }",
            "@layer x { .a[data-v-7ba5bd90] { color: red } }",
        ] {
            assert!(!is_confined(css), "{css}");
        }
    }
}
