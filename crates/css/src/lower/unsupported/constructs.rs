//! The constructs that warnings are about, and the CSS that uses them. Constructs that the printer
//! always lowers are left out: nesting, `inset`, `place-*`, logical properties that need no
//! direction, ranges in media queries, colours whose parts are known.

use std::ops::Range;

use super::super::hacks;

/// A construct that not all browsers have, and where it is used.
pub(super) type Use = (Construct, Range<usize>);

/// A construct that not all browsers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Construct {
    Alpha,
    AspectRatio,
    BackdropFilter,
    BlendMode,
    Calc,
    ClipPath,
    ColorMix,
    ConicGradient,
    Container,
    ContainerUnits,
    Contents,
    CustomProperties,
    DynamicViewport,
    Filter,
    Flex,
    FlexGap,
    FlowRoot,
    FocusVisible,
    FocusWithin,
    Gradient,
    Grid,
    GridGap,
    Has,
    Is,
    /// `:is(.a .b)`
    IsOfComplex,
    Layer,
    /// `margin-inline-start`: which side that is depends on the direction of the text. What lacks
    /// it gets a fallback under `@supports not`.
    LogicalSides,
    Math,
    Media,
    ModernColor,
    Motion,
    NotList,
    /// `:not(.a .b)`
    NotOfComplex,
    NthChildOf,
    ObjectFit,
    Opacity,
    Property,
    Rem,
    ScrollSnap,
    Selectors3,
    SingleTransforms,
    Sticky,
    SupportsNot,
    /// `text-align: start`
    TextStart,
    Transform,
    Viewport,
    Vmax,
    Vmin,
    Where,
}

/// Returns the construct that `@name prelude` is.
pub(super) fn of_at_rule(name: &str, prelude: &str) -> Option<Construct> {
    Some(match name {
        "layer" => Construct::Layer,
        "container" => Construct::Container,
        "property" => Construct::Property,
        "media" if prelude.contains('(') => Construct::Media,
        _ => return None,
    })
}

/// Returns the construct that a declaration is as a whole. `None` for a value that only resets the
/// property: in a browser without the property there is nothing to reset.
pub(super) fn of_declaration(property: &str, value: &str) -> Option<Construct> {
    if is_reset(value) {
        return None;
    }
    Some(match property {
        "display" => return of_display(value),
        "position" if is_word(value, "sticky") => Construct::Sticky,
        "text-align" if is_word(value, "start") || is_word(value, "end") => Construct::TextStart,
        "aspect-ratio" => Construct::AspectRatio,
        "object-fit" | "object-position" => Construct::ObjectFit,
        "backdrop-filter" => Construct::BackdropFilter,
        "filter" => Construct::Filter,
        "mix-blend-mode" => Construct::BlendMode,
        // Browsers had `url()` before they had shapes.
        "clip-path" if !value.starts_with("url(") => Construct::ClipPath,
        "scroll-snap-type" => Construct::ScrollSnap,
        "opacity" => Construct::Opacity,
        "transform" => Construct::Transform,
        "translate" | "rotate" | "scale" => Construct::SingleTransforms,
        _ if property.starts_with("transition") || property.starts_with("animation") => {
            Construct::Motion
        }
        _ if is_side(property) || is_pair_of_sides(property, value) => Construct::LogicalSides,
        _ => return None,
    })
}

fn of_display(value: &str) -> Option<Construct> {
    Some(match first_word(value) {
        "flex" | "inline-flex" => Construct::Flex,
        "grid" | "inline-grid" => Construct::Grid,
        "contents" => Construct::Contents,
        "flow-root" => Construct::FlowRoot,
        _ => return None,
    })
}

/// Whether a declaration gives both sides of a line different values: `margin-inline: 1px 2px`.
fn is_pair_of_sides(property: &str, value: &str) -> bool {
    let mut values = value.split_whitespace();
    ["margin-inline", "padding-inline", "inset-inline"].contains(&property)
        && values.next().zip(values.next()).is_some_and(|(start, end)| start != end)
}

/// Whether a property is of a side that depends on the direction of the text: `padding-inline-end`,
/// `border-start-end-radius`; not `inset-block-start`, which the printer takes for the top.
fn is_side(property: &str) -> bool {
    let is_group = ["margin-", "padding-", "inset-", "border-"]
        .iter()
        .any(|group| property.starts_with(group));
    is_group
        && (property.contains("-inline-start")
            || property.contains("-inline-end")
            || property.starts_with("border-start-")
            || property.starts_with("border-end-"))
}

/// Whether a value leaves things as they are without the property.
pub(super) fn is_reset(value: &str) -> bool {
    matches!(
        first_word(value),
        "none" | "initial" | "inherit" | "unset" | "revert" | "auto" | "normal" | "0"
    )
}

fn is_word(value: &str, word: &str) -> bool {
    first_word(value) == word
}

fn first_word(value: &str) -> &str {
    value.split([' ', '!', '\n']).next().unwrap_or(value)
}

/// Returns prefixes of property names. A construct has a remedy if its block contains such a
/// property. Hacks are recognized by their stand-ins.
pub(super) fn instead_of(construct: Construct) -> &'static [&'static str] {
    const UNDER_AN_IMAGE: &str = "background-color";
    const INSTEAD: [(Construct, &[&str]); 5] = [
        (Construct::Alpha, &[hacks::NAME]),
        (Construct::ConicGradient, &[UNDER_AN_IMAGE]),
        (Construct::Gradient, &[UNDER_AN_IMAGE, hacks::NAME]),
        (Construct::Opacity, &[hacks::NAME]),
        // The printer writes all of these as one `transform`.
        (Construct::SingleTransforms, &["transform"]),
    ];
    INSTEAD.iter().find(|(known, _)| *known == construct).map_or(&[], |(_, names)| names)
}
