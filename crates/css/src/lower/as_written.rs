//! Keeps declarations that the printer would change although browsers need them as they are:
//!
//! - `font-family: monospace, monospace`, which normalize.css has: browsers give a single generic
//!   `monospace` a smaller size. The printer drops the second one.
//! - `text-align: start` and `end`. The printer writes them for browsers without them by selectors
//!   with `:lang`, which outweigh other rules. Browsers that lack them ignore the declaration.
//! - A standard property before the same one with a prefix: the printer keeps the prefixed one
//!   alone. In the other order it keeps both.

use lightningcss::{
    properties::{
        Property, PropertyId,
        custom::{Token, TokenList, TokenOrValue, UnparsedProperty},
        display::{Display, DisplayInside},
        font::{FontFamily, GenericFontFamily},
        text::TextAlign,
    },
    rules::CssRuleList,
    vendor_prefix::VendorPrefix,
};

use super::blocks;

/// Protects the declarations of all blocks from the printer's minifier.
pub(super) fn keep(rules: &mut CssRuleList<'_>) {
    blocks::each(rules, &mut |declarations| {
        put_prefixed_first(declarations);
        declarations.iter_mut().for_each(keep_value);
    });
}

fn keep_value(property: &mut Property<'_>) {
    const MONOSPACE: FontFamily<'_> = FontFamily::Generic(GenericFontFamily::Monospace);
    if let Property::FontFamily(families) = property
        && families[..] == [MONOSPACE, MONOSPACE]
    {
        let name = Token::Ident("monospace".into());
        *property = unparsed(PropertyId::FontFamily, [name.clone(), Token::Comma, name]);
    } else if let Property::TextAlign(align @ (TextAlign::Start | TextAlign::End)) = property {
        let word = if *align == TextAlign::Start { "start" } else { "end" };
        *property = unparsed(PropertyId::TextAlign, [Token::Ident(word.into())]);
    }
}

fn unparsed<'i, const N: usize>(
    property_id: PropertyId<'i>,
    tokens: [Token<'i>; N],
) -> Property<'i> {
    let value = TokenList(tokens.into_iter().map(TokenOrValue::Token).collect());
    Property::Unparsed(UnparsedProperty { property_id, value })
}

/// Moves each prefixed declaration before the standard one with the same value.
fn put_prefixed_first(declarations: &mut [Property<'_>]) {
    for at in 1..declarations.len() {
        let Some(standard) = standard(&declarations[at]) else { continue };
        if let Some(first) = declarations[..at].iter().position(|known| *known == standard) {
            declarations[first..=at].rotate_right(1);
        }
    }
}

/// Returns the standard declaration of one that has a prefix; `None`: it has none.
fn standard<'i>(property: &Property<'i>) -> Option<Property<'i>> {
    if let Property::Display(Display::Pair(pair)) = property {
        let DisplayInside::Flex(prefix) = pair.inside else { return None };
        let mut pair = pair.clone();
        pair.inside = DisplayInside::Flex(VendorPrefix::None);
        return (prefix != VendorPrefix::None).then_some(Property::Display(Display::Pair(pair)));
    }
    let prefix = property.property_id().prefix();
    if prefix.is_empty() || prefix.contains(VendorPrefix::None) {
        return None;
    }
    let mut standard = property.clone();
    standard.set_prefix(VendorPrefix::None);
    Some(standard)
}
