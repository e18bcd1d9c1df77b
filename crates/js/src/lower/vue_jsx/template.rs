//! Parses code from text with holes, so that the handlers of `v-model` and `v-on` can be written as
//! JavaScript.

use swc_common::{BytePos, DUMMY_SP, Span};
use swc_ecma_ast::{AssignTarget, EsVersion, Expr, Lit, SimpleAssignTarget, Str};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax};
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Parses an expression from a text of this crate. Each hole is a name in it and the expression to
/// put there.
pub(super) fn expression(text: &str, holes: &[(&str, &Expr)]) -> Expr {
    let mut expr = parsed(text).expect("the texts of this module's neighbours are expressions");
    expr.visit_mut_with(&mut Fill(holes));
    match expr {
        Expr::Paren(inner) => *inner.expr,
        other => other,
    }
}

/// Returns the value of a quoted text as JavaScript; `None` if it is not a valid string.
pub(super) fn literal(quoted: &str) -> Option<Str> {
    match parsed(quoted)? {
        Expr::Lit(Lit::Str(text)) => Some(text),
        _ => None,
    }
}

fn parsed(text: &str) -> Option<Expr> {
    let end = BytePos(u32::try_from(text.len()).ok()?.checked_add(1)?);
    let input = StringInput::new(text, BytePos(1), end);
    let lexer = Lexer::new(Syntax::Es(EsSyntax::default()), EsVersion::EsNext, input, None);
    let mut parser = Parser::new_from(lexer);
    let expr = parser.parse_expr().ok()?;
    parser.take_errors().is_empty().then_some(*expr)
}

struct Fill<'a>(&'a [(&'a str, &'a Expr)]);

impl Fill<'_> {
    fn hole(&self, name: &str) -> Option<&Expr> {
        self.0.iter().find(|(hole, _)| *hole == name).map(|(_, expr)| *expr)
    }
}

impl VisitMut for Fill<'_> {
    /// Positions in our text do not exist in the user's text.
    fn visit_mut_span(&mut self, span: &mut Span) {
        *span = DUMMY_SP;
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        let filling = expr.as_ident().and_then(|name| self.hole(&name.sym)).cloned();
        match filling {
            Some(filling) => *expr = filling,
            None => expr.visit_mut_children_with(self),
        }
    }

    fn visit_mut_assign_target(&mut self, target: &mut AssignTarget) {
        let filling = match target {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => {
                self.hole(&name.id.sym).cloned()
            }
            _ => None,
        };
        match filling {
            Some(filling) => {
                *target = AssignTarget::try_from(Box::new(filling)).expect("it was checked before");
            }
            None => target.visit_mut_children_with(self),
        }
    }
}
