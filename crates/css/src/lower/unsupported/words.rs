//! The words of the warning for each CSS construct: its name, what happens in a browser without it,
//! and what to write instead.

use super::constructs::Construct;
use crate::messages::Words;

/// Returns the words for a construct.
pub(super) fn of(construct: Construct) -> Words {
    let (name, effect, remedy) = table(construct);
    Words { name, effect, remedy }
}

const DECLARATION: &str = "what is declared with it counts for nothing there";
const PROPERTY: &str = "it counts for nothing there";
const SELECTOR: &str = "a selector with it matches nothing there";
const DECORATION: &str =
    "leave it out, put it under @supports if it only decorates, or raise `target`";
const CLASS: &str = "write a class in its place, or raise `target`";

#[expect(clippy::too_many_lines, reason = "a table")]
fn table(construct: Construct) -> (&'static str, &'static str, &'static str) {
    match construct {
        Construct::Alpha => (
            "rgba() and hsla()",
            DECLARATION,
            "write an opaque colour before it: `color: #333; color: rgba(0, 0, 0, .8)`",
        ),
        Construct::AspectRatio => (
            "`aspect-ratio`",
            PROPERTY,
            "write `height`, or pad an inner box by a percentage: `padding-top: 56.25%`",
        ),
        Construct::BackdropFilter => ("`backdrop-filter`", PROPERTY, DECORATION),
        Construct::BlendMode => ("`mix-blend-mode`", PROPERTY, DECORATION),
        Construct::Calc => (
            "calc()",
            DECLARATION,
            "write a length before it: `width: 90%; width: calc(100% - 2em)`",
        ),
        Construct::ClipPath => ("shapes for `clip-path`", PROPERTY, DECORATION),
        Construct::ColorMix => (
            "color-mix()",
            DECLARATION,
            "write a colour before it: `color: #333; color: color-mix(…)`",
        ),
        Construct::ConicGradient => (
            "conic gradients",
            DECLARATION,
            "write a colour or an image before it: `background: #ccc; background: \
             conic-gradient(…)`",
        ),
        Construct::Container => (
            "@container",
            "the rules in it are left out there",
            "write @media in its place, or raise `target`",
        ),
        Construct::ContainerUnits => (
            "units of containers",
            DECLARATION,
            "write another length before it: `width: 50%; width: 50cqw`",
        ),
        Construct::Contents => (
            "`display: contents`",
            "the box is a box there",
            "write markup without the box, or raise `target`",
        ),
        Construct::CustomProperties => (
            "custom properties",
            "what is declared with var() counts for nothing there",
            "write the value out before it: `color: #333; color: var(--accent)`",
        ),
        Construct::DynamicViewport => (
            "dynamic, small and large units of the viewport",
            DECLARATION,
            "write the older unit before it: `height: 100vh; height: 100dvh`",
        ),
        Construct::Filter => ("`filter`", PROPERTY, DECORATION),
        Construct::Flex => (
            "flex boxes",
            "what is in the box stands there as without `display: flex`",
            "write another layout before it: `display: table; display: flex`",
        ),
        Construct::FlexGap => (
            "`gap` in flex boxes",
            PROPERTY,
            "use margins of what is in the box, or raise `target`",
        ),
        Construct::FlowRoot => (
            "`display: flow-root`",
            PROPERTY,
            "write `overflow: hidden`, or clear the floats behind what is in the box",
        ),
        Construct::FocusVisible => {
            (":focus-visible", SELECTOR, "write `:focus` in a rule before it, or raise `target`")
        }
        Construct::FocusWithin => (":focus-within", SELECTOR, CLASS),
        Construct::Gradient => (
            "gradients",
            DECLARATION,
            "write a colour before it: `background: #ccc; background: linear-gradient(…)`",
        ),
        Construct::Grid => (
            "grids as the standard has them",
            "what is in the box stands there as without `display: grid`",
            "write another layout before it: `display: flex; display: grid`",
        ),
        Construct::GridGap => {
            ("`gap` in grids", PROPERTY, "write `grid-gap` before it: `grid-gap: 1em; gap: 1em`")
        }
        Construct::Has => (":has()", SELECTOR, CLASS),
        Construct::Is => {
            (":is()", SELECTOR, "write the selectors out: `.a b, .a i` for `.a :is(b, i)`")
        }
        Construct::IsOfComplex => (
            ":is() with more than simple selectors",
            SELECTOR,
            "write the selectors out: `.a b, .a i` for `.a :is(b, i)`",
        ),
        Construct::Layer => (
            "@layer",
            "the rules in it are left out there",
            "write the rules without layers, the weaker ones first, or raise `target`",
        ),
        Construct::LogicalSides => (
            "sides that follow the direction of text",
            DECLARATION,
            "write `left` or `right`, and the other one under `[dir=rtl]`",
        ),
        Construct::Math => (
            "min(), max() and clamp()",
            DECLARATION,
            "write a length before it: `width: 90%; width: min(90%, 40em)`",
        ),
        Construct::Media => (
            "conditions in @media",
            "the rules in it are left out there",
            "write what is to hold there outside of @media, or raise `target`",
        ),
        Construct::ModernColor => (
            "lab(), lch(), oklab(), oklch() and color()",
            DECLARATION,
            "write a colour before it: `color: #333; color: oklch(…)`",
        ),
        Construct::Motion => (
            "transitions and animations",
            "what they change is changed at once there",
            "nothing, if the page works without: silence `unsupported-css`, or raise `target`",
        ),
        Construct::NotList => {
            (":not() with several selectors", SELECTOR, "write `:not(a):not(b)` for `:not(a, b)`")
        }
        Construct::NotOfComplex => (":not() with more than simple selectors", SELECTOR, CLASS),
        Construct::NthChildOf => (":nth-child(… of …)", SELECTOR, CLASS),
        Construct::ObjectFit => (
            "`object-fit`",
            "pictures are stretched there",
            "make it the background of a box: `background: url(…) center / cover`",
        ),
        Construct::Opacity => {
            ("`opacity`", PROPERTY, "write `filter: alpha(opacity=50)` beside it")
        }
        Construct::Property => (
            "@property",
            "the custom property has no type and no first value there",
            "write the value as a fallback: `var(--size, 0px)`",
        ),
        Construct::Rem => (
            "rem",
            DECLARATION,
            "write the length in pixels before it: `margin: 16px; margin: 1rem`",
        ),
        Construct::ScrollSnap => {
            ("`scroll-snap-type` as the standard has it", PROPERTY, DECORATION)
        }
        Construct::Selectors3 => ("selectors of CSS 3", SELECTOR, CLASS),
        Construct::SingleTransforms => (
            "`translate`, `rotate` and `scale`",
            PROPERTY,
            "write `transform: translate(…) rotate(…) scale(…)`",
        ),
        Construct::Sticky => (
            "`position: sticky`",
            PROPERTY,
            "write another position before it: `position: relative; position: sticky`",
        ),
        Construct::SupportsNot => (
            "@supports",
            "what is to hold where something is missing is left out there",
            "write it outside of @supports, before what overrides it under `@supports (…)`",
        ),
        Construct::Transform => ("transforms", PROPERTY, DECORATION),
        Construct::Viewport => (
            "vw and vh",
            DECLARATION,
            "write another length before it: `height: 600px; height: 100vh`",
        ),
        Construct::Vmax => {
            ("vmax", DECLARATION, "write another length before it: `width: 100vw; width: 100vmax`")
        }
        Construct::Vmin => {
            ("vmin", DECLARATION, "write another length before it: `width: 100vw; width: 50vmin`")
        }
        Construct::Where => (":where()", SELECTOR, "write the selectors out, or raise `target`"),
    }
}
