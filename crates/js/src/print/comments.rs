//! Where comments below the top level are printed: before and after the nodes that they belong to.

use swc_common::{
    BytePos, Span, Spanned,
    comments::{Comment, CommentKind},
};
use swc_ecma_ast::{AssignTarget, Callee, Expr, OptChainBase, SimpleAssignTarget};

use super::Printer;

impl Printer<'_> {
    /// Prints the comments before a node.
    pub(super) fn leading(&mut self, span: Span) {
        if self.comments.any {
            self.leading_at(span.lo);
        }
    }

    /// Prints the comments before the mark that closes a node.
    pub(super) fn before_last(&mut self, span: Span) {
        if self.comments.any && span.hi.0 > 0 {
            self.leading_at(span.hi - BytePos(1));
        }
    }

    /// Whether comments precede the mark that closes a node.
    pub(super) fn has_before_last(&self, span: Span) -> bool {
        self.comments.any
            && !span.is_dummy()
            && self.comments.leading.contains_key(&(span.hi - BytePos(1)))
    }

    /// Prints the comments before the dot of a member.
    pub(super) fn before_dot(&mut self, property: Span) {
        if self.comments.any && property.lo.0 > 1 {
            self.leading_at(property.lo - BytePos(1));
        }
    }

    fn leading_at(&mut self, at: BytePos) {
        if let Some(list) = self.comments.leading.remove(&at) {
            self.print_comments(&list, false);
        }
    }

    /// Prints the comments after a node.
    pub(super) fn trailing(&mut self, span: Span) {
        if self.comments.any
            && let Some(list) = self.take_trailing(span)
        {
            self.print_comments(&list, true);
        }
    }

    /// Takes the comments after a node.
    pub(super) fn take_trailing(&mut self, span: Span) -> Option<Vec<Comment>> {
        if self.comments.any { self.comments.trailing.remove(&span.hi) } else { None }
    }

    /// Prints comments. A construct that begins after them begins where they began.
    pub(super) fn print_comments(&mut self, list: &[Comment], has_space_before: bool) {
        self.out.start();
        let before = self.out.here();
        for comment in list {
            if has_space_before {
                self.out.gap();
            }
            self.out.comment(comment);
            if comment.kind == CommentKind::Line {
                self.out.line();
            } else {
                self.out.gap();
            }
        }
        self.out.start();
        let after = self.out.here();
        let starts = &mut self.starts;
        for start in [
            &mut starts.statement,
            &mut starts.arrow,
            &mut starts.default,
            &mut starts.head,
            &mut starts.target,
        ] {
            if *start == before {
                *start = after;
            }
        }
    }

    /// Whether a comment with a line break precedes an expression. After `return` the expression
    /// then needs parentheses.
    pub(super) fn begins_with_lines(&self, expr: &Expr) -> bool {
        self.comments.any && (self.has_lines(expr.span_lo()) || self.head_has_lines(expr))
    }

    fn head_has_lines(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Call(call) => match &call.callee {
                Callee::Expr(callee) => self.begins_with_lines(callee),
                Callee::Super(_) | Callee::Import(_) => self.has_lines(call.callee.span_lo()),
            },
            Expr::Member(member) => self.begins_with_lines(&member.obj),
            Expr::Bin(binary) => self.begins_with_lines(&binary.left),
            Expr::Cond(conditional) => self.begins_with_lines(&conditional.test),
            Expr::Paren(paren) => self.begins_with_lines(&paren.expr),
            Expr::TaggedTpl(tagged) => self.begins_with_lines(&tagged.tag),
            Expr::Seq(sequence) => {
                sequence.exprs.first().is_some_and(|e| self.begins_with_lines(e))
            }
            Expr::Assign(assign) => match &assign.left {
                AssignTarget::Simple(SimpleAssignTarget::Member(member)) => {
                    self.begins_with_lines(&member.obj)
                }
                target => self.has_lines(target.span_lo()),
            },
            Expr::OptChain(chain) => match &*chain.base {
                OptChainBase::Member(member) => self.begins_with_lines(&member.obj),
                OptChainBase::Call(call) => self.begins_with_lines(&call.callee),
            },
            _ => false,
        }
    }

    fn has_lines(&self, at: BytePos) -> bool {
        let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
        self.comments.leading.get(&at).is_some_and(|list| {
            list.iter().any(|c| c.kind == CommentKind::Line || c.text.contains(breaks))
        })
    }
}
