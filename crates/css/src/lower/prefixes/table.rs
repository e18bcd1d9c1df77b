//! Declarations that some browsers have only under an older name or with an older value, and that
//! the printer does not write. The data is caniuse's, as autoprefixer reads it. Where a prefix is
//! needed in a part of a major version (Safari 6.1), the whole version counts.

use super::super::targets::Versioned;

/// What is added before a declaration.
pub(super) struct Older {
    /// The names of the properties. One that ends with `*` means all names with this beginning.
    pub properties: &'static [&'static str],
    /// The last words of the values that need it; empty: all values.
    pub values: &'static [&'static str],
    pub becomes: Becomes,
    /// The browser versions that need it.
    pub browsers: &'static [Versioned],
}

pub(super) enum Becomes {
    /// The same value under the property's name with a prefix.
    Prefixed(&'static str),
    /// The same value under another name.
    Named(&'static str),
    /// The same property, with another last word in its value.
    Value(&'static str),
    /// Another property with another value.
    Declaration(&'static str, &'static str),
}

use Becomes::{Declaration, Named, Prefixed, Value};

const SIZES: &[&str] = &["width", "min-width", "max-width", "height", "min-height", "max-height"];
const COLUMNS: &[Versioned] = &[
    ("chrome", 4, 50),
    ("safari", 3, 9),
    ("ios_saf", 3, 9),
    ("android", 2, 5),
    ("opera", 15, 37),
    ("samsung", 4, 5),
];
const FONT_FEATURES: &[&str] =
    &["font-feature-settings", "font-variant-ligatures", "font-language-override"];
const OLD_BOXES: &[Versioned] =
    &[("chrome", 4, 21), ("safari", 3, 7), ("ios_saf", 3, 7), ("android", 2, 5)];
const WEBKIT_SIZES: &[Versioned] = &[
    ("chrome", 22, 46),
    ("safari", 6, 11),
    ("ios_saf", 7, 14),
    ("opera", 15, 33),
    ("android", 4, 5),
    ("samsung", 4, 5),
];
const WRITING: &[Versioned] = &[
    ("chrome", 8, 48),
    ("safari", 5, 11),
    ("ios_saf", 5, 11),
    ("opera", 15, 35),
    ("android", 3, 5),
    ("samsung", 4, 5),
];
const SHARP_EDGES: &[&str] = &["pixelated", "crisp-edges"];

const fn same(
    properties: &'static [&'static str],
    prefix: &'static str,
    browsers: &'static [Versioned],
) -> Older {
    Older { properties, values: &[], becomes: Prefixed(prefix), browsers }
}

const fn value(
    properties: &'static [&'static str],
    from: &'static [&'static str],
    to: &'static str,
    browsers: &'static [Versioned],
) -> Older {
    Older { properties, values: from, becomes: Value(to), browsers }
}

const fn instead(
    properties: &'static [&'static str],
    from: &'static [&'static str],
    name: &'static str,
    to: &'static str,
    browsers: &'static [Versioned],
) -> Older {
    Older { properties, values: from, becomes: Declaration(name, to), browsers }
}

#[rustfmt::skip]
pub(super) const TABLE: &[Older] = &[
    // Columns.
    same(&["columns", "column-*"], "-webkit-", COLUMNS),
    same(&["columns", "column-*"], "-moz-", &[("firefox", 2, 52)]),
    instead(&["break-inside"], &["avoid", "avoid-column"], "-webkit-column-break-inside", "avoid", COLUMNS),
    instead(&["break-before"], &["column"], "-webkit-column-break-before", "always", COLUMNS),
    instead(&["break-after"], &["column"], "-webkit-column-break-after", "always", COLUMNS),
    // Flex boxes.
    instead(&["align-items"], &["baseline"], "-webkit-box-align", "baseline", OLD_BOXES),
    instead(&["align-items"], &["baseline"], "-moz-box-align", "baseline", &[("firefox", 2, 22)]),
    instead(&["align-items"], &["baseline"], "-ms-flex-align", "baseline", &[("ie", 10, 11)]),
    instead(&["align-self"], &["baseline"], "-ms-flex-item-align", "baseline", &[("ie", 10, 11)]),
    // Sizes.
    value(SIZES, &["min-content"], "-webkit-min-content", WEBKIT_SIZES),
    value(SIZES, &["max-content"], "-webkit-max-content", WEBKIT_SIZES),
    value(SIZES, &["fit-content"], "-webkit-fit-content", WEBKIT_SIZES),
    value(SIZES, &["min-content"], "-moz-min-content", &[("firefox", 3, 66)]),
    value(SIZES, &["max-content"], "-moz-max-content", &[("firefox", 3, 66)]),
    value(SIZES, &["fit-content"], "-moz-fit-content", &[("firefox", 3, 94)]),
    // Text.
    same(&["writing-mode"], "-webkit-", WRITING),
    instead(&["writing-mode"], &["horizontal-tb"], "-ms-writing-mode", "lr-tb", &[("ie", 6, 12)]),
    instead(&["writing-mode"], &["vertical-rl"], "-ms-writing-mode", "tb-rl", &[("ie", 6, 12)]),
    instead(&["writing-mode"], &["vertical-lr"], "-ms-writing-mode", "tb-lr", &[("ie", 6, 12)]),
    same(&["text-orientation"], "-webkit-", &[("safari", 10, 14)]),
    value(&["unicode-bidi"], &["isolate"], "-webkit-isolate",
        &[("chrome", 16, 48), ("safari", 6, 11), ("ios_saf", 6, 11), ("opera", 15, 35), ("android", 4, 5)]),
    value(&["unicode-bidi"], &["isolate"], "-moz-isolate", &[("firefox", 10, 50)]),
    value(&["unicode-bidi"], &["plaintext"], "-webkit-plaintext", &[("safari", 6, 11), ("ios_saf", 6, 11)]),
    value(&["unicode-bidi"], &["plaintext"], "-moz-plaintext", &[("firefox", 10, 50)]),
    value(&["unicode-bidi"], &["isolate-override"], "-webkit-isolate-override",
        &[("safari", 7, 11), ("ios_saf", 7, 11)]),
    value(&["unicode-bidi"], &["isolate-override"], "-moz-isolate-override", &[("firefox", 17, 50)]),
    same(FONT_FEATURES, "-webkit-",
        &[("chrome", 16, 48), ("opera", 15, 35), ("android", 4, 5), ("samsung", 4, 5)]),
    same(FONT_FEATURES, "-moz-", &[("firefox", 4, 34)]),
    same(&["font-kerning"], "-webkit-",
        &[("chrome", 29, 33), ("safari", 7, 10), ("ios_saf", 8, 12), ("opera", 16, 20), ("android", 4, 5)]),
    same(&["initial-letter"], "-webkit-", &[("safari", 9, 255), ("ios_saf", 9, 255)]),
    // Images, shapes and paper.
    value(&["image-rendering"], SHARP_EDGES, "-webkit-optimize-contrast", &[("safari", 6, 10), ("ios_saf", 5, 10)]),
    value(&["image-rendering"], SHARP_EDGES, "-moz-crisp-edges", &[("firefox", 4, 65)]),
    value(&["image-rendering"], &["pixelated"], "crisp-edges", &[("firefox", 65, 93)]),
    instead(&["image-rendering"], SHARP_EDGES, "-ms-interpolation-mode", "nearest-neighbor", &[("ie", 7, 12)]),
    same(&["shape-outside", "shape-margin", "shape-image-threshold"], "-webkit-",
        &[("safari", 7, 11), ("ios_saf", 8, 11)]),
    Older {
        properties: &["color-adjust"],
        values: &[],
        becomes: Named("-webkit-print-color-adjust"),
        browsers: &[("chrome", 17, 136), ("edge", 79, 136), ("safari", 6, 16), ("ios_saf", 6, 16),
            ("opera", 15, 121), ("android", 4, 5), ("samsung", 4, 29)],
    },
    Older {
        properties: &["print-color-adjust"],
        values: &[],
        becomes: Named("color-adjust"),
        browsers: &[("firefox", 48, 97)],
    },
    // Motion, touch and pointers.
    same(&["transform-style"], "-webkit-",
        &[("chrome", 12, 36), ("safari", 4, 9), ("ios_saf", 3, 9), ("opera", 15, 23), ("android", 3, 5)]),
    same(&["transform-style"], "-moz-", &[("firefox", 10, 16)]),
    same(&["touch-action"], "-ms-", &[("ie", 10, 11)]),
    instead(&["overscroll-behavior"], &["none", "contain"], "-ms-scroll-chaining", "none",
        &[("ie", 10, 12), ("edge", 12, 18)]),
    value(&["cursor"], &["zoom-in"], "-webkit-zoom-in", &[("chrome", 4, 37), ("safari", 3, 9), ("opera", 15, 24)]),
    value(&["cursor"], &["zoom-in"], "-moz-zoom-in", &[("firefox", 2, 24)]),
    value(&["cursor"], &["zoom-out"], "-webkit-zoom-out", &[("chrome", 4, 37), ("safari", 3, 9), ("opera", 15, 24)]),
    value(&["cursor"], &["zoom-out"], "-moz-zoom-out", &[("firefox", 2, 24)]),
    value(&["cursor"], &["grab"], "-webkit-grab", &[("chrome", 4, 68), ("safari", 3, 11), ("opera", 15, 55)]),
    value(&["cursor"], &["grab"], "-moz-grab", &[("firefox", 2, 27)]),
    value(&["cursor"], &["grabbing"], "-webkit-grabbing", &[("chrome", 4, 68), ("safari", 3, 11), ("opera", 15, 55)]),
    value(&["cursor"], &["grabbing"], "-moz-grabbing", &[("firefox", 2, 27)]),
];

/// The browser versions that have `calc()` only under a prefix.
pub(super) const CALC: &[(&str, &[Versioned])] = &[
    ("-webkit-", &[("chrome", 19, 26), ("safari", 6, 7), ("ios_saf", 6, 7)]),
    ("-moz-", &[("firefox", 4, 16)]),
];
