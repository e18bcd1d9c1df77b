//! Prints expressions, with parentheses where they need them.

use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    ArrowFunctionBody, AssignTarget, AssignTargetPat, AwaitExpr, CondExpr, Expr, Lit, MetaPropExpr,
    MetaPropKind, UnaryOp, YieldExpr,
};

use super::{
    Printer,
    precedence::{self, Level, Need},
    printer::Starts,
};

/// Returns an expression without parentheses and sequences of one element, and the span of the
/// innermost parentheses.
pub(super) fn bare(mut expr: &Expr) -> (&Expr, Option<Span>) {
    let mut paren = None;
    loop {
        expr = match expr {
            Expr::Paren(outer) => {
                paren = Some(outer.span);
                &outer.expr
            }
            Expr::Seq(sequence) if sequence.exprs.len() == 1 => &sequence.exprs[0],
            other => return (other, paren),
        };
    }
}

fn begins_with_private_name(mut expr: &Expr) -> bool {
    loop {
        expr = match bare(expr).0 {
            Expr::PrivateName(_) => return true,
            Expr::Bin(binary) => &binary.left,
            Expr::Cond(choice) => &choice.test,
            _ => return false,
        };
    }
}

impl Printer<'_> {
    /// Prints an expression, in parentheses if its place needs them.
    pub(super) fn expr(&mut self, expr: &Expr, need: Need) {
        let (expr, paren) = bare(expr);
        if !self.needs_parens(expr, need) {
            return self.plain(expr, need);
        }
        let span = paren.unwrap_or_else(|| expr.span());
        let outer = self.enter(span.lo);
        self.leading(span);
        self.at(span);
        self.out.mark("(");
        self.plain(expr, Need::ANY);
        self.last(span);
        self.out.mark(")");
        self.trailing(span);
        self.leave(outer);
    }

    /// Prints an expression that is an element of a list, or a value.
    pub(super) fn value(&mut self, expr: &Expr) {
        self.expr(expr, Need::VALUE);
    }

    /// Prints an expression without enclosing parentheses.
    fn plain(&mut self, expr: &Expr, need: Need) {
        let span = expr.span();
        let outer = self.enter(span.lo);
        self.kind(expr, need);
        self.trailing(span);
        self.leave(outer);
    }

    fn kind(&mut self, expr: &Expr, need: Need) {
        match expr {
            Expr::Ident(name) => self.ident(name),
            Expr::Member(member) => self.member(member, need),
            Expr::Call(call) => self.call(call, need),
            Expr::Lit(literal) => self.lit(literal, need),
            Expr::Assign(assign) => self.assign(assign, need),
            Expr::Bin(binary) => self.binary(binary, need),
            Expr::Unary(unary) => self.unary(unary),
            Expr::Fn(function) => self.fn_expr(function),
            Expr::Object(object) => self.object(object),
            Expr::Array(array) => self.array(array),
            Expr::Cond(conditional) => self.conditional(conditional, need),
            Expr::Arrow(arrow) => self.arrow(arrow, need),
            Expr::Seq(sequence) => self.sequence(sequence, need),
            Expr::New(new) => self.new_expr(new, need),
            Expr::Update(update) => self.update(update),
            Expr::This(this) => self.keyword_at(this.span, "this"),
            _ => self.rarer(expr, need),
        }
    }

    fn rarer(&mut self, expr: &Expr, need: Need) {
        match expr {
            Expr::Tpl(template) => self.template(template),
            Expr::TaggedTpl(tagged) => self.tagged(tagged, need),
            Expr::OptChain(chain) => self.chain(chain, need),
            Expr::Class(class) => self.class_expr(class),
            Expr::Await(wait) => self.await_expr(wait),
            Expr::Yield(result) => self.yield_expr(result, need),
            Expr::SuperProp(property) => self.super_prop(property),
            Expr::MetaProp(property) => self.meta_prop(property),
            Expr::PrivateName(name) => self.private_name(name),
            Expr::Paren(inner) => self.expr(&inner.expr, need),
            other => unreachable!("TypeScript and JSX are gone before printing: {other:?}"),
        }
    }

    /// Whether the place of an expression requires parentheses. Parentheses in it are not looked
    /// through.
    fn needs_parens(&self, expr: &Expr, need: Need) -> bool {
        match expr {
            Expr::Ident(name) => {
                name.sym == "let"
                    && [self.starts.statement, self.starts.head].contains(&self.out.here())
            }
            Expr::Call(_) => need.no_call || need.level > Level::Call,
            Expr::Lit(Lit::Num(number)) => need.level > self.number_level(number),
            Expr::Bin(binary) => {
                need.level > precedence::level(binary.op)
                    || need.no_in && binary.op == swc_ecma_ast::BinaryOp::In
            }
            Expr::Fn(_) | Expr::Class(_) => {
                let Starts { statement, default, target, .. } = self.starts;
                [statement, default, target].contains(&self.out.here())
            }
            Expr::Object(_) => self.begins_braces(),
            Expr::Assign(assign) => {
                need.level > Level::Assign
                    || matches!(&assign.left, AssignTarget::Pat(AssignTargetPat::Object(_)))
                        && self.begins_braces()
            }
            Expr::Arrow(_) | Expr::Yield(_) => need.level > Level::Assign,
            Expr::Seq(_) => need.level > Level::Sequence,
            Expr::Cond(_) => need.level > Level::Conditional,
            Expr::Unary(_) | Expr::Await(_) => need.level > Level::Prefix,
            Expr::Update(_) => need.level > Level::Update,
            Expr::New(new) => new.args.is_none() && need.level > Level::New,
            Expr::OptChain(_) => need.ends_chain,
            _ => false,
        }
    }

    /// Whether `{` would begin a block here.
    fn begins_braces(&self) -> bool {
        [self.starts.statement, self.starts.arrow].contains(&self.out.here())
    }

    fn conditional(&mut self, node: &CondExpr, need: Need) {
        self.leading(node.span);
        self.at(node.span);
        self.expr(&node.test, need.operand(Level::Nullish));
        self.out.gap();
        self.out.mark("?");
        self.out.gap();
        self.value(&node.cons);
        self.out.gap();
        self.out.mark(":");
        self.out.gap();
        self.expr(&node.alt, need.operand(Level::Assign));
    }

    fn await_expr(&mut self, node: &AwaitExpr) {
        self.leading(node.span);
        self.at(node.span);
        self.out.keyword("await");
        self.out.space();
        self.expr(&node.arg, Need::at(Level::Prefix));
    }

    fn yield_expr(&mut self, node: &YieldExpr, need: Need) {
        self.leading(node.span);
        self.at(node.span);
        self.out.keyword("yield");
        if node.delegate {
            self.out.mark("*");
        }
        match &node.arg {
            // swc's parser does not read `yield #name in object`.
            Some(value) if begins_with_private_name(value) => {
                self.out.mark("(");
                self.expr(value, Need::ANY);
                self.out.mark(")");
            }
            Some(value) => self.operand_on_line(value, need.operand(Level::Assign)),
            None => {}
        }
    }

    /// Prints the operand of a keyword, which must begin on the keyword's line.
    pub(super) fn operand_on_line(&mut self, operand: &Expr, need: Need) {
        if self.begins_with_lines(operand) {
            self.out.mark("(");
            self.expr(operand, Need::ANY);
            self.out.mark(")");
        } else {
            self.out.gap();
            self.expr(operand, need);
        }
    }

    fn meta_prop(&mut self, node: &MetaPropExpr) {
        self.leading(node.span);
        self.at(node.span);
        self.out.keyword(match node.kind {
            MetaPropKind::ImportMeta => "import.meta",
            MetaPropKind::NewTarget => "new.target",
        });
    }

    /// Prints the body of an arrow function.
    pub(super) fn arrow_body(&mut self, body: &ArrowFunctionBody, need: Need) {
        match body {
            ArrowFunctionBody::FunctionBody(body) => self.function_body(body, false),
            ArrowFunctionBody::Expr(value) => {
                self.out.indent += 1;
                self.starts.arrow = self.out.here();
                self.expr(value, need.operand(Level::Assign));
                self.out.indent -= 1;
            }
        }
    }

    /// Prints a keyword at a place.
    pub(super) fn keyword_at(&mut self, span: Span, keyword: &'static str) {
        self.leading(span);
        self.at(span);
        self.out.keyword(keyword);
    }

    /// Whether an operator is a word.
    pub(super) fn is_word(op: UnaryOp) -> bool {
        matches!(op, UnaryOp::TypeOf | UnaryOp::Void | UnaryOp::Delete)
    }
}
