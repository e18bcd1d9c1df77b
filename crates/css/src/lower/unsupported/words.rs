//! The words of the warning for each CSS construct: its name, what happens in a browser without it,
//! and what to write instead.

use super::constructs::Construct;
use crate::messages::Words;

/// Returns the words for a construct.
pub(super) fn of(construct: Construct) -> Words {
    let (name, effect, remedy) = table(construct);
    Words { name, effect, remedy }
}

const DECLARATION: &str = "the declaration is ignored there";
const PROPERTY: &str = "the declaration has no effect there";
const SELECTOR: &str = "the selector matches nothing there";
const DECORATION: &str =
    "remove it, put it under @supports if it is only decoration, or raise `target`";
const CLASS: &str = "use a class instead, or raise `target`";

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
            "write `height`, or give an inner box a percentage padding: `padding-top: 56.25%`",
        ),
        Construct::BackdropFilter => ("`backdrop-filter`", PROPERTY, DECORATION),
        Construct::BlendMode => ("`mix-blend-mode`", PROPERTY, DECORATION),
        Construct::Calc => (
            "calc()",
            DECLARATION,
            "write a length before it: `width: 90%; width: calc(100% - 2em)`",
        ),
        Construct::ClipPath => ("shapes in `clip-path`", PROPERTY, DECORATION),
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
            "the rules inside are ignored there",
            "use @media instead, or raise `target`",
        ),
        Construct::ContainerUnits => (
            "container query units",
            DECLARATION,
            "write another length before it: `width: 50%; width: 50cqw`",
        ),
        Construct::Contents => (
            "`display: contents`",
            "the element still makes a box there",
            "remove the element from the markup, or raise `target`",
        ),
        Construct::CustomProperties => (
            "custom properties",
            "declarations with var() are ignored there",
            "write the value out before it: `color: #333; color: var(--accent)`",
        ),
        Construct::DynamicViewport => (
            "dynamic, small and large viewport units",
            DECLARATION,
            "write the older unit before it: `height: 100vh; height: 100dvh`",
        ),
        Construct::Filter => ("`filter`", PROPERTY, DECORATION),
        Construct::Flex => (
            "flexbox layout",
            "the children are laid out as without `display: flex` there",
            "write another layout before it: `display: table; display: flex`",
        ),
        Construct::FlexGap => {
            ("`gap` in flex containers", PROPERTY, "use margins on the children, or raise `target`")
        }
        Construct::FlowRoot => (
            "`display: flow-root`",
            PROPERTY,
            "write `overflow: hidden`, or clear the floats at the end of the box",
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
            "standard grid layout",
            "the children are laid out as without `display: grid` there",
            "write another layout before it: `display: flex; display: grid`",
        ),
        Construct::GridGap => (
            "`gap` in grid containers",
            PROPERTY,
            "write `grid-gap` before it: `grid-gap: 1em; gap: 1em`",
        ),
        Construct::Has => (":has()", SELECTOR, CLASS),
        Construct::Is => {
            (":is()", SELECTOR, "write the selectors out: `.a b, .a i` for `.a :is(b, i)`")
        }
        Construct::IsOfComplex => (
            ":is() with combinators",
            SELECTOR,
            "write the selectors out: `.a b, .a i` for `.a :is(b, i)`",
        ),
        Construct::Layer => (
            "@layer",
            "the rules inside are ignored there",
            "write the rules without layers, weaker ones first, or raise `target`",
        ),
        Construct::LogicalSides => (
            "logical properties",
            DECLARATION,
            "write `left` or `right`, and the opposite side under `[dir=rtl]`",
        ),
        Construct::Math => (
            "min(), max() and clamp()",
            DECLARATION,
            "write a length before it: `width: 90%; width: min(90%, 40em)`",
        ),
        Construct::Media => (
            "conditions in @media",
            "the rules inside are ignored there",
            "move the rules that matter there out of @media, or raise `target`",
        ),
        Construct::ModernColor => (
            "lab(), lch(), oklab(), oklch() and color()",
            DECLARATION,
            "write a colour before it: `color: #333; color: oklch(…)`",
        ),
        Construct::Motion => (
            "transitions and animations",
            "values change at once there",
            "silence `unsupported-css` if the page works without them, or raise `target`",
        ),
        Construct::NotList => {
            (":not() with several selectors", SELECTOR, "write `:not(a):not(b)` for `:not(a, b)`")
        }
        Construct::NotOfComplex => (":not() with combinators", SELECTOR, CLASS),
        Construct::NthChildOf => (":nth-child(… of …)", SELECTOR, CLASS),
        Construct::ObjectFit => (
            "`object-fit`",
            "images are stretched there",
            "use a background image instead: `background: url(…) center / cover`",
        ),
        Construct::Opacity => {
            ("`opacity`", PROPERTY, "write `filter: alpha(opacity=50)` beside it")
        }
        Construct::Property => (
            "@property",
            "the custom property has no type and no initial value there",
            "write the value as a fallback: `var(--size, 0px)`",
        ),
        Construct::Rem => (
            "rem",
            DECLARATION,
            "write the length in pixels before it: `margin: 16px; margin: 1rem`",
        ),
        Construct::ScrollSnap => ("standard `scroll-snap-type`", PROPERTY, DECORATION),
        Construct::Selectors3 => ("CSS 3 selectors", SELECTOR, CLASS),
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
            "the rules under `@supports not` are ignored there",
            "write them outside of @supports, and override them under `@supports (…)`",
        ),
        Construct::TextStart => (
            "`text-align: start` and `end`",
            DECLARATION,
            "write `left` or `right`, and the opposite side under `[dir=rtl]`",
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
