//! Finds pseudo-classes that not all browsers have. For old browsers the printer writes `:is(.a,
//! .b)` also as `:-webkit-any(.a, .b)`, which accepts no combinators, and `:not(.a, .b)` as
//! `:not(:is(.a, .b))`.

use std::ops::Range;

use bundle_base::stylesheet::{after_token, list};

use super::{
    constructs::{Construct, Use},
    values::closing,
};

/// Adds the constructs that the selectors of a rule use to `found`.
pub(super) fn uses(css: &str, range: Range<usize>, found: &mut Vec<Use>) {
    let bytes = css.as_bytes();
    let mut at = range.start;
    while at < range.end {
        if bytes[at] != b':' {
            at = after_token(css, at);
            continue;
        }
        let colons = 1 + usize::from(bytes.get(at + 1) == Some(&b':'));
        let name = at + colons;
        let length = bytes[name..range.end]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
            .count();
        let end = name + length;
        if colons == 1 {
            let arguments = if bytes.get(end) == Some(&b'(') {
                end + 1..closing(css, end, range.end)
            } else {
                end..end
            };
            let construct = pseudo_class(&css[name..end], css, arguments);
            found.extend(construct.map(|construct| (construct, at..end)));
        }
        at = end.max(at + 1);
    }
}

fn pseudo_class(name: &str, css: &str, arguments: Range<usize>) -> Option<Construct> {
    Some(match name {
        "is" if has_combinator(css, arguments.clone()) => Construct::IsOfComplex,
        "is" => Construct::Is,
        "not"
            if list(css, arguments.clone()).len() > 1 || has_combinator(css, arguments.clone()) =>
        {
            if has_combinator(css, arguments) {
                Construct::NotOfComplex
            } else {
                Construct::NotList
            }
        }
        "where" => Construct::Where,
        "has" => Construct::Has,
        "focus-visible" => Construct::FocusVisible,
        "focus-within" => Construct::FocusWithin,
        "nth-child" | "nth-last-child" if css[arguments.clone()].contains(" of ") => {
            Construct::NthChildOf
        }
        "not" | "nth-child" | "nth-last-child" | "nth-of-type" | "nth-last-of-type"
        | "last-child" | "only-child" | "first-of-type" | "last-of-type" | "only-of-type"
        | "checked" | "disabled" | "enabled" | "empty" | "root" | "target" => Construct::Selectors3,
        _ => return None,
    })
}

/// Whether a selector of a list has a combinator between its compound selectors.
fn has_combinator(css: &str, range: Range<usize>) -> bool {
    list(css, range).into_iter().any(|part| {
        let selector = css[part].trim();
        let mut at = 0;
        let mut depth = 0_u32;
        while at < selector.len() {
            match selector.as_bytes()[at] {
                b'(' | b'[' => depth += 1,
                b')' | b']' => depth = depth.saturating_sub(1),
                b'>' | b'+' | b'~' | b' ' | b'\n' | b'\t' if depth == 0 => return true,
                _ => {}
            }
            at = after_token(selector, at);
        }
        false
    })
}
