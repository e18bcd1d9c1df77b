//! The features that a literal has in its text.

use swc_ecma_ast::{Expr, Lit, Number, Str, UnaryExpr, UnaryOp};

use super::table::Feature;

/// Returns the features of a number.
pub(super) fn of_number(number: &Number) -> impl Iterator<Item = Feature> {
    let raw = number.raw.as_deref().unwrap_or_default();
    let has_radix = matches!(raw.as_bytes(), [b'0', b'b' | b'B' | b'o' | b'O', ..]);
    let separator = raw.contains('_').then_some(Feature::NumericSeparator);
    separator.into_iter().chain(has_radix.then_some(Feature::RadixLiteral))
}

/// Returns the features of a string.
pub(super) fn of_string(text: &Str) -> impl Iterator<Item = Feature> {
    let raw = text.raw.as_deref().unwrap_or_default();
    // `\\u{` is an escaped backslash, not an escape. Few strings have a backslash at all, and one
    // character is found faster than three.
    let has_escape =
        raw.contains('\\') && raw.contains("\\u{") && raw.replace("\\\\", "").contains("\\u{");
    let has_separator = !raw.is_ascii() && raw.contains(['\u{2028}', '\u{2029}']);
    let escape = has_escape.then_some(Feature::CodePointEscape);
    escape.into_iter().chain(has_separator.then_some(Feature::LineSeparatorInString))
}

/// Whether a comparison is `typeof value == "symbol"`.
pub(super) fn is_typeof_symbol(unary: &Expr, text: &Expr) -> bool {
    matches!(unary, Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, .. }))
        && matches!(text, Expr::Lit(Lit::Str(text)) if text.value.as_str() == Some("symbol"))
}
