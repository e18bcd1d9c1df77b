//! Lists of selectors that some browsers ignore as a whole, because they do not know one of them:
//! `*::-ms-backdrop, .ie11`. The printer would give each selector a rule of its own, so a stand-in
//! takes the place of the list.

use bundle_base::stylesheet::{after_token, list};
use lightningcss::{
    rules::{CssRule, CssRuleList},
    selector::{Component, SelectorList},
    traits::ToCss,
};

use super::{
    blocks,
    hidden_texts::{Form, HiddenTexts},
};

/// Pseudo-classes and pseudo-elements without a prefix that only hacks have.
const OF_HACKS: [&str; 2] = [":future", "::i-"];

/// Puts such lists aside. Where rules are nested the selectors depend on each other, and the
/// printer gets them.
pub(super) fn put_aside(rules: &mut CssRuleList<'_>, form: Form, texts: &mut HiddenTexts) {
    for rule in &mut rules.0 {
        if let CssRule::Style(style) = rule {
            if style.selectors.0.len() > 1 && style.rules.0.is_empty() {
                keep_whole(&mut style.selectors, form, texts);
            }
        } else if let Some(inner) = blocks::inner(rule) {
            put_aside(inner, form, texts);
        }
    }
}

fn keep_whole(selectors: &mut SelectorList<'_>, form: Form, texts: &mut HiddenTexts) {
    let has = |is_meant: fn(&Component<'_>) -> bool| {
        selectors.0.iter().any(|selector| selector.iter_raw_match_order().any(is_meant))
    };
    // Nearly all lists end here, and are not printed.
    if !has(|it| matches!(it, Component::NonTSPseudoClass(_) | Component::PseudoElement(_)))
        || has(|it| matches!(it, Component::Nesting))
    {
        return;
    }
    if let Ok(text) = selectors.to_css_string(form.as_written())
        && is_mixed(&text)
    {
        selectors.0.truncate(1);
        selectors.0[0] = Component::Class(texts.as_class(text).into()).into();
    }
}

/// Whether some selectors of a list are for the browsers of one vendor, and others are not.
fn is_mixed(selectors: &str) -> bool {
    if !(selectors.contains(":-") || OF_HACKS.iter().any(|hack| selectors.contains(hack))) {
        return false;
    }
    let parts = list(selectors, 0..selectors.len());
    let vendors: Vec<Option<&str>> =
        parts.into_iter().map(|range| vendor(&selectors[range])).collect();
    vendors.iter().any(|vendor| *vendor != vendors[0])
}

/// Returns the vendor of a pseudo-class or pseudo-element in a selector.
fn vendor(selector: &str) -> Option<&str> {
    let mut at = 0;
    while at < selector.len() {
        let rest = &selector[at..];
        if OF_HACKS.iter().any(|hack| rest.starts_with(hack)) {
            return Some("");
        }
        if let Some(name) = rest.strip_prefix(":-") {
            return name.split('-').next();
        }
        at = after_token(selector, at);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::is_mixed;

    #[test]
    fn lists_for_one_browser() {
        for mixed in [
            ".a :-o-prefocus, .b",
            "::-ms-backdrop,.b",
            "_::-webkit-full-page-media, _:future, :root .c",
            "::i-block-chrome, .d",
            "a::-webkit-b, a::-moz-b",
        ] {
            assert!(is_mixed(mixed), "{mixed}");
        }
        for other in [
            "a::-webkit-b, c::-webkit-d",
            "a:hover, b::before",
            ".a:not(.b, :hover)",
            "a::-webkit-b",
            ".sm\\:-b, .c",
            "[title=\":-o-a\"], .c",
        ] {
            assert!(!is_mixed(other), "{other}");
        }
    }
}
