//! Which place of the source a node comes from. For code that the user wrote, the parser's spans
//! give it. Lowering makes some nodes without a span, and gives others the span of another
//! construct. The printer gives nodes without a span the place of the enclosing construct. Nodes
//! with another construct's span are marked: such a place explains code, but gives no name. This is
//! only done for source maps; the printed text is the same with and without it.

use bundle_base::text_map::{begins_with, identifier, spelled_out};
use swc_common::{BytePos, Span};
use swc_ecma_ast::{Ident, IdentName, Stmt};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::ast::{Ast, BASE};

/// The bit that marks the place of a construct rather than of a token. No parsed text is that long.
const CONSTRUCT: u32 = 1 << 31;

/// The meaning of a node's position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// It has no place.
    Unknown,
    /// It is the token at this byte offset.
    Of(u32),
    /// It was made for the construct at this byte offset.
    Construct(u32),
}

impl Position {
    #[inline]
    pub fn new(at: BytePos) -> Self {
        match at.0 {
            _ if at < BASE || at.is_reserved_for_comments() || at == BytePos::SYNTHESIZED => {
                Self::Unknown
            }
            CONSTRUCT.. => Self::Construct(at.0 - CONSTRUCT - BASE.0),
            token => Self::Of(token - BASE.0),
        }
    }
}

/// Returns the place of what was made for the construct at `at`.
pub(crate) fn construct(at: BytePos) -> BytePos {
    BytePos(at.0 | CONSTRUCT)
}

/// Marks identifiers that are not the token at their place as made for the construct there. Must
/// run before minifying changes names.
pub(super) fn mark_constructs<'a>(statements: impl Iterator<Item = &'a mut Stmt>, ast: &Ast) {
    for statement in statements {
        statement.visit_mut_with(&mut MarkConstructs { ast });
    }
}

struct MarkConstructs<'a> {
    ast: &'a Ast,
}

impl MarkConstructs<'_> {
    fn check(&self, name: &str, span: &mut Span) {
        let Position::Of(offset) = Position::new(span.lo) else { return };
        let written = self.ast.source.text.get(offset as usize..).unwrap_or_default();
        if begins_with(written, name) {
            return;
        }
        let is_token =
            identifier(written).is_some_and(|token| is_called(&spelled_out(token), name));
        // Comments are found by the position of the node after them.
        if !is_token && self.ast.comments.leading(span.lo).is_empty() {
            span.lo = construct(span.lo);
        }
    }
}

/// Whether an identifier is the token at its place: lowering puts `_$` before variables that lose
/// their block, puts a number after those that would hide others, and replaces characters beyond
/// U+FFFF.
fn is_called(token: &str, name: &str) -> bool {
    let is_numbered = |name: &str| {
        name.strip_prefix(token).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    is_numbered(name)
        || name.strip_prefix("_$").is_some_and(is_numbered)
        || token.chars().any(|c| c > '\u{ffff}')
}

impl VisitMut for MarkConstructs<'_> {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        self.check(&ident.sym, &mut ident.span);
    }

    fn visit_mut_ident_name(&mut self, ident: &mut IdentName) {
        self.check(&ident.sym, &mut ident.span);
    }
}

/// Returns the place for the callee of the call `Error(x)` that was `new Error(x)`: the place of
/// `new`. In a stack trace, engines report the place of the callee.
pub(crate) fn callee_for_new(callee: Span, new: Span) -> Span {
    match Position::new(new.lo) {
        Position::Of(_) => Span { lo: construct(new.lo), ..callee },
        Position::Unknown | Position::Construct(_) => callee,
    }
}
