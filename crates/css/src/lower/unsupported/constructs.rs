//! What is looked for, by the names it is written with. Left out is what the printer writes in
//! older words in any case: nesting, `inset`, `place-*`, logical properties that need no direction,
//! ranges in media queries, colours whose parts are known.

/// Something that not all browsers have.
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
    /// `margin-inline-start`: which side that is follows from the language, which the printer asks
    /// with `:is(:lang(ar), …)`.
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
    Transform,
    Viewport,
    Vmax,
    Vmin,
    Where,
}

/// `@name prelude`.
pub(super) fn of_at_rule(name: &str, prelude: &str) -> Option<Construct> {
    Some(match name {
        "layer" => Construct::Layer,
        "container" => Construct::Container,
        "property" => Construct::Property,
        "media" if prelude.contains('(') => Construct::Media,
        _ => return None,
    })
}

/// What a declaration is as a whole. A value that takes back what others say needs nobody to know
/// the property.
pub(super) fn of_declaration(property: &str, value: &str) -> Option<Construct> {
    if is_reset(value) {
        return None;
    }
    Some(match property {
        "display" => return of_display(value),
        "position" if is_word(value, "sticky") => Construct::Sticky,
        "text-align" if is_word(value, "start") || is_word(value, "end") => Construct::LogicalSides,
        "aspect-ratio" => Construct::AspectRatio,
        "object-fit" | "object-position" => Construct::ObjectFit,
        "backdrop-filter" => Construct::BackdropFilter,
        "filter" => Construct::Filter,
        "mix-blend-mode" => Construct::BlendMode,
        // `url()` is older than the shapes.
        "clip-path" if !value.starts_with("url(") => Construct::ClipPath,
        "scroll-snap-type" => Construct::ScrollSnap,
        "opacity" => Construct::Opacity,
        "transform" => Construct::Transform,
        "translate" | "rotate" | "scale" => Construct::SingleTransforms,
        _ if property.starts_with("transition") || property.starts_with("animation") => {
            Construct::Motion
        }
        _ if is_side(property) => Construct::LogicalSides,
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

/// `padding-inline-end`, `border-start-end-radius`; not `inset-block-start`, which is the top for
/// the printer.
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

/// The value leaves things as they are without the property.
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

/// Beginnings of properties that make up for a construct in the block that has both; hacks are
/// known by their stand-ins.
pub(super) fn instead_of(construct: Construct) -> &'static [&'static str] {
    const UNDER_AN_IMAGE: &str = "background-color";
    const INSTEAD: [(Construct, &[&str]); 5] = [
        (Construct::Alpha, &[super::hacks::NAME]),
        (Construct::ConicGradient, &[UNDER_AN_IMAGE]),
        (Construct::Gradient, &[UNDER_AN_IMAGE, super::hacks::NAME]),
        (Construct::Opacity, &[super::hacks::NAME]),
        // The printer makes one transform of them.
        (Construct::SingleTransforms, &["transform"]),
    ];
    INSTEAD.iter().find(|(known, _)| *known == construct).map_or(&[], |(_, names)| names)
}
