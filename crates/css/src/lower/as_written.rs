//! Keeps declarations that the printer would change although browsers need them as they are:
//!
//! - `font-family: monospace, monospace`, which normalize.css has: browsers give a single generic
//!   `monospace` a smaller size. The printer drops the second one, in `font` too.
//! - `text-align: start` and `end`. The printer writes them for browsers without them by selectors
//!   with `:lang`, which outweigh other rules. Browsers that lack them ignore the declaration.
//! - `animation: 1s ease-out` without a name: the printer writes `none`.
//! - `transform-origin: left top 5px`: the printer takes the third value for the distance from the
//!   top.
//! - A standard property before the same one with a prefix: the printer keeps the prefixed one
//!   alone. In the other order it keeps both.

use lightningcss::{
    properties::{
        Property, PropertyId,
        animation::{Animation, AnimationName},
        custom::{Token, TokenList, TokenOrValue, UnparsedProperty},
        display::{Display, DisplayInside},
        font::{Font, FontFamily, GenericFontFamily},
        text::TextAlign,
    },
    rules::CssRuleList,
    traits::ToCss,
    values::{
        ident::CustomIdent,
        position::{Position, PositionComponent},
    },
    vendor_prefix::VendorPrefix,
};

use super::{
    blocks,
    hidden_texts::{Form, HiddenTexts},
};

/// Protects the declarations of all blocks from the printer's minifier.
pub(super) fn keep(rules: &mut CssRuleList<'_>, form: Form, texts: &mut HiddenTexts) {
    blocks::each(rules, &mut |declarations| {
        put_prefixed_first(declarations);
        for property in declarations {
            keep_value(property, form, texts);
        }
    });
}

fn keep_value(property: &mut Property<'_>, form: Form, texts: &mut HiddenTexts) {
    const MONOSPACE: FontFamily<'_> = FontFamily::Generic(GenericFontFamily::Monospace);
    if let Property::FontFamily(families) = property
        && families[..] == [MONOSPACE, MONOSPACE]
    {
        let name = Token::Ident("monospace".into());
        *property = unparsed(PropertyId::FontFamily, [name.clone(), Token::Comma, name]);
    } else if let Property::Font(font) = property
        && font.family[..] == [MONOSPACE, MONOSPACE]
        && let Some(text) = with_two_families(font, form)
    {
        let (property_id, value) = (PropertyId::Font, texts.as_value(text));
        *property = Property::Unparsed(UnparsedProperty { property_id, value });
    } else if let Property::TransformOrigin(origin, prefix) = property
        && let Some(text) = with_depth(origin, form)
    {
        let (property_id, value) = (PropertyId::TransformOrigin(*prefix), texts.as_value(text));
        *property = Property::Unparsed(UnparsedProperty { property_id, value });
    } else if let Property::TextAlign(align @ (TextAlign::Start | TextAlign::End)) = property {
        let word = if *align == TextAlign::Start { "start" } else { "end" };
        *property = unparsed(PropertyId::TextAlign, [Token::Ident(word.into())]);
    } else if let Property::Animation(animations, prefix) = property
        && let Some(text) = unnamed(animations, form)
    {
        let (property_id, value) = (PropertyId::Animation(*prefix), texts.as_value(text));
        *property = Property::Unparsed(UnparsedProperty { property_id, value });
    }
}

fn with_two_families(font: &Font<'_>, form: Form) -> Option<String> {
    const WORD: &str = "monospace";
    let family = vec![FontFamily::Generic(GenericFontFamily::Monospace)];
    let text = Font { family, ..font.clone() }.to_css_string(form.options()).ok()?;
    Some(format!("{}{WORD}{}{WORD}", text.strip_suffix(WORD)?, form.comma()))
}

/// Returns the text of an origin with three values. Its words have no distances, so a distance is
/// the third value.
fn with_depth(origin: &Position, form: Form) -> Option<String> {
    let Position { mut x, mut y } = origin.clone();
    let of_x =
        if let PositionComponent::Side { offset, .. } = &mut x { offset.take() } else { None };
    let of_y =
        if let PositionComponent::Side { offset, .. } = &mut y { offset.take() } else { None };
    let depth = of_x.xor(of_y)?.to_css_string(form.options()).ok()?;
    let (x, y) = (x.to_css_string(form.options()).ok()?, y.to_css_string(form.options()).ok()?);
    Some(format!("{x} {y} {depth}"))
}

/// Returns the text of animations if one of them has no name, but another part.
fn unnamed(animations: &[Animation<'_>], form: Form) -> Option<String> {
    const NAME: &str = "bundle-name";
    let mut is_unnamed = false;
    let texts = animations.iter().map(|animation| {
        if animation.name != AnimationName::None {
            return animation.to_css_string(form.options()).ok();
        }
        let name = AnimationName::Ident(CustomIdent(NAME.into()));
        let named = Animation { name, ..animation.clone() };
        let text = named.to_css_string(form.options()).ok()?.replace(NAME, "");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        is_unnamed |= !text.is_empty();
        Some(if text.is_empty() { "none".to_owned() } else { text })
    });
    let text = texts.collect::<Option<Vec<_>>>()?.join(form.comma());
    is_unnamed.then_some(text)
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
