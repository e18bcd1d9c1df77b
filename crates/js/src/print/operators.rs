//! Prints operators and assignments.

use swc_ecma_ast::{AssignExpr, BinExpr, BinaryOp, Expr, UnaryExpr, UnaryOp, UpdateExpr, UpdateOp};

use super::{
    Printer,
    expressions::bare,
    precedence::{self, Level, Need},
};

impl Printer<'_> {
    /// Prints a binary operator. Operators on the left are printed in a loop, because sums of
    /// thousands of texts exist.
    pub(super) fn binary(&mut self, node: &BinExpr, need: Need) {
        self.leading(node.span);
        self.at(node.span);
        let mut nested = Vec::new();
        let mut current = node;
        loop {
            match bare(&current.left).0 {
                Expr::Bin(left) if stays_open(left.op, current.op, need) => {
                    nested.push((current, self.enter(left.span.lo)));
                    current = left;
                }
                _ => break,
            }
        }
        self.expr(&current.left, need.operand(precedence::left(current.op)));
        self.right(current, need);
        while let Some((outer, around)) = nested.pop() {
            self.leave(around);
            current = outer;
            self.right(current, need);
        }
    }

    /// Prints an operator and its right operand.
    fn right(&mut self, node: &BinExpr, need: Need) {
        let op = node.op;
        if matches!(op, BinaryOp::In | BinaryOp::InstanceOf) {
            self.out.gap();
            self.out.operator_word(op.as_str());
        } else {
            // `-->` begins a comment at the start of a line.
            if self.out.is_compact && op.as_str().starts_with('>') && self.out.ends_with("--") {
                self.out.space();
            } else {
                self.out.gap();
            }
            self.out.mark(op.as_str());
        }
        self.out.gap();
        let is_same = matches!(bare(&node.right).0, Expr::Bin(right) if right.op == op);
        let level = match op {
            BinaryOp::NullishCoalescing if is_same => Level::Nullish,
            _ => precedence::right(op),
        };
        self.expr(&node.right, need.operand(level));
    }

    pub(super) fn unary(&mut self, node: &UnaryExpr) {
        self.leading(node.span);
        self.at(node.span);
        let text = node.op.as_str();
        if Self::is_word(node.op) {
            self.out.keyword(text);
            self.out.gap();
        } else {
            // `<!--` begins a comment.
            let is_comment = node.op == UnaryOp::Bang
                && self.out.ends_with("<")
                && matches!(bare(&node.arg).0,
                    Expr::Update(update) if update.op == UpdateOp::MinusMinus);
            if is_comment {
                self.out.separate();
            }
            self.out.sign(text);
        }
        self.expr(&node.arg, Need::at(Level::Prefix));
    }

    pub(super) fn update(&mut self, node: &UpdateExpr) {
        self.leading(node.span);
        self.at(node.span);
        if node.prefix {
            self.out.sign(node.op.as_str());
            self.starts.target = self.out.here();
            self.expr(&node.arg, Need::at(Level::Call));
        } else {
            self.starts.target = self.out.here();
            self.expr(&node.arg, Need::at(Level::Call));
            self.out.mark(node.op.as_str());
        }
    }

    pub(super) fn assign(&mut self, node: &AssignExpr, need: Need) {
        self.leading(node.span);
        self.assign_target(&node.left);
        self.out.gap();
        self.out.mark(node.op.as_str());
        self.out.gap();
        self.expr(&node.right, need.operand(Level::Assign));
    }
}

/// Whether an operator needs no parentheses as the left operand of another.
fn stays_open(left: BinaryOp, op: BinaryOp, need: Need) -> bool {
    let is_chain = op == BinaryOp::NullishCoalescing && left == op;
    (is_chain || precedence::level(left) >= precedence::left(op))
        && !(need.no_in && left == BinaryOp::In)
}
