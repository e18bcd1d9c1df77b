//! Keeps declarations that are fallbacks for older browsers: `color: #333; color: var(--text)`,
//! `display: block; display: grid`. For some values, the printer's minifier knows which browsers
//! lack them; it takes all others for overrides. Properties that it does not know stay where they
//! are, so one of the two declarations is made one of these: the variable, or else the fallback.

use lightningcss::{
    printer::PrinterOptions,
    properties::{
        Property, PropertyId,
        align::{AlignContent, ContentDistribution, JustifyContent},
        custom::{
            CustomProperty, CustomPropertyName, Token, TokenList, TokenOrValue, UnparsedProperty,
        },
        display::{Display, DisplayInside, DisplayKeyword, DisplayOutside},
        overflow::OverflowKeyword,
        position::Position,
        text::{TextDecorationStyle, TextDecorationThickness},
    },
    rules::CssRuleList,
    values::{color::CssColor, ident::Ident},
    vendor_prefix::VendorPrefix,
};

use super::blocks;

/// Protects the fallbacks in all blocks from the printer's minifier.
pub(super) fn keep(rules: &mut CssRuleList<'_>) {
    blocks::each(rules, &mut |declarations| keep_in(declarations));
}

fn keep_in(declarations: &mut [Property<'_>]) {
    let named = declarations.iter().enumerate();
    let found: Vec<(usize, &str)> =
        named.filter_map(|(at, property)| Some((at, name(property)?))).collect();
    for (index, (at, name)) in found.iter().enumerate() {
        let is_same = |other: &&(usize, &str)| other.1 == *name;
        let last = found[index + 1..].iter().rfind(is_same);
        let kept = match (&declarations[*at], last) {
            (Property::Unparsed(later), None) if found[..index].iter().any(|f| is_same(&f)) => {
                Some(later.value.clone())
            }
            (fallback, Some((last, _))) if is_newer(&declarations[*last]) => words(fallback),
            (_, _) => None,
        };
        if let Some(value) = kept {
            let name = CustomPropertyName::Unknown(Ident((*name).into()));
            declarations[*at] = Property::Custom(CustomProperty { name, value });
        }
    }
}

/// Returns the name of a property if the minifier keeps only one declaration of it.
fn name(property: &Property<'_>) -> Option<&'static str> {
    const NONE: VendorPrefix = VendorPrefix::None;
    if let Property::Unparsed(UnparsedProperty { property_id, .. }) = property {
        let variable = [
            (PropertyId::Color, "color"),
            (PropertyId::CaretColor, "caret-color"),
            (PropertyId::Fill, "fill"),
            (PropertyId::Stroke, "stroke"),
            (PropertyId::TextShadow, "text-shadow"),
        ];
        return variable.iter().find(|(id, _)| id == property_id).map(|(_, name)| *name);
    }
    let names = [
        ("color", matches!(property, Property::Color(_))),
        ("caret-color", matches!(property, Property::CaretColor(_))),
        ("fill", matches!(property, Property::Fill(_))),
        ("stroke", matches!(property, Property::Stroke(_))),
        ("text-shadow", matches!(property, Property::TextShadow(_))),
        ("display", matches!(property, Property::Display(_))),
        ("position", matches!(property, Property::Position(_))),
        ("overflow", matches!(property, Property::Overflow(_))),
        ("overflow-x", matches!(property, Property::OverflowX(_))),
        ("overflow-y", matches!(property, Property::OverflowY(_))),
        ("text-decoration", matches!(property, Property::TextDecoration(_, NONE))),
        ("justify-content", matches!(property, Property::JustifyContent(_, NONE))),
        ("align-content", matches!(property, Property::AlignContent(_, NONE))),
    ];
    names.iter().find(|(_, is_meant)| *is_meant).map(|(name, _)| *name)
}

/// Whether a declaration has a value that some browsers ignore which know the property.
fn is_newer(property: &Property<'_>) -> bool {
    const EVENLY: ContentDistribution = ContentDistribution::SpaceEvenly;
    if let Property::Display(display) = property {
        match display {
            Display::Pair(pair) => {
                let is_root = pair.inside == DisplayInside::FlowRoot;
                pair.inside == DisplayInside::Grid
                    || is_root && pair.outside == DisplayOutside::Block
            }
            Display::Keyword(word) => *word == DisplayKeyword::Contents,
        }
    } else if let Property::TextDecoration(value, _) = property {
        value.thickness != TextDecorationThickness::Auto
            || value.style != TextDecorationStyle::Solid
            || value.color != CssColor::CurrentColor
    } else {
        matches!(
            property,
            Property::Position(Position::Sticky(_))
                | Property::OverflowX(OverflowKeyword::Clip)
                | Property::OverflowY(OverflowKeyword::Clip)
                | Property::JustifyContent(JustifyContent::ContentDistribution(EVENLY), _)
                | Property::AlignContent(AlignContent::ContentDistribution(EVENLY), _)
        ) || matches!(property, Property::Overflow(both)
            if [both.x, both.y].contains(&OverflowKeyword::Clip))
    }
}

/// Returns the tokens of a value that consists of words.
fn words<'i>(property: &Property<'i>) -> Option<TokenList<'i>> {
    let text = property.value_to_css_string(PrinterOptions::default()).ok()?;
    let is_words = text.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == ' ');
    let words =
        text.split(' ').map(|word| TokenOrValue::Token(Token::Ident(word.to_owned().into())));
    let space = || TokenOrValue::Token(Token::WhiteSpace(" ".into()));
    let spaced = words.flat_map(|word| [space(), word]).skip(1);
    is_words.then(|| TokenList(spaced.collect()))
}
