//! Where a text begins in swc's positions, and swc's spans as bytes of the text.

use bundle_base::Span;
use swc_common::BytePos;

/// The position of a text's first byte. swc keeps 0 for "no position".
pub(crate) const BASE: BytePos = BytePos(1);

/// Converts a span of swc to bytes of the text. For nodes that lowering made: the empty span at the
/// start.
pub(crate) fn span(of: swc_common::Span) -> Span {
    if of.lo < BASE || of.lo.is_reserved_for_comments() {
        return Span::default();
    }
    let start = of.lo.0 - BASE.0;
    Span::new(start, of.hi.0.saturating_sub(BASE.0).max(start))
}
