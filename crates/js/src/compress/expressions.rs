//! Expressions: constants, operators, calls and members in their shortest form.

use swc_common::{DUMMY_SP, EqIgnoreSpan, util::take::Take};
use swc_ecma_ast::{
    ArrayLit, ArrowExpr, ArrowFunctionBody, AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp,
    CallExpr, Callee, Expr, ExprOrSpread, Ident, IdentName, Lit, MemberExpr, MemberProp, NewExpr,
    ObjectLit, ParenExpr, SeqExpr, SimpleAssignTarget, Stmt, Str, UnaryExpr, UnaryOp,
};

use super::{
    conditions::{boolean, logical, wrap_in_not},
    keys::{as_index, as_name},
    literals::{arithmetic, as_number, concatenated, is_literal, number, undefined},
    model::Compress,
    templates,
    unused::joined,
    values::{Type, is_boolean, type_of},
};
use crate::{features::Feature, lower::constant, render::positions::callee_for_new, scopes::free};

pub(super) use super::conditions::not;

impl Compress<'_> {
    /// Shortens an expression whose children are in their shortest form.
    pub(super) fn shorten(&mut self, expr: &mut Expr) {
        let shorter = match expr {
            Expr::Ident(name) => self.known_value(name),
            Expr::Unary(unary) => self.unary(unary),
            Expr::Bin(binary) => self.binary(binary),
            Expr::Cond(choice) => self.choice(choice),
            Expr::Assign(assign) => self.assign(assign),
            Expr::Seq(sequence) => self.sequence(sequence),
            Expr::Call(call) => self.call(call),
            Expr::New(new) => Self::construct(new),
            Expr::Member(member) => Self::member(member),
            Expr::Arrow(arrow) => {
                give_expression(arrow);
                None
            }
            Expr::Tpl(template) if template.exprs.is_empty() => {
                // A line break is one character in a template and two in a string.
                let text = template.quasis.first().and_then(|text| text.cooked.clone());
                let text = text.filter(|text| !text.as_bytes().contains(&b'\n'));
                text.map(|value| Expr::Lit(Lit::Str(Str { span: template.span, value, raw: None })))
            }
            Expr::Tpl(template) => templates::folded(template),
            _ => None,
        };
        if let Some(shorter) = shorter {
            self.is_changed = true;
            *expr = shorter;
        }
    }

    fn unary(&mut self, unary: &mut UnaryExpr) -> Option<Expr> {
        match unary.op {
            UnaryOp::Bang => {
                self.condition(&mut unary.arg);
                if let Some(holds) = Self::truth(&unary.arg) {
                    let effects = self.effects(unary.arg.take());
                    let value = Box::new(boolean(!holds));
                    return joined(effects.into_iter().chain([value]).collect()).map(|expr| *expr);
                }
                let was_not =
                    |arg: &Expr| matches!(arg, Expr::Unary(UnaryExpr { op: UnaryOp::Bang, .. }));
                // `!!a` stays.
                if was_not(&unary.arg) && !Self::is_boolean_operand(&unary.arg) {
                    return None;
                }
                let mut arg = *unary.arg.take();
                not(&mut arg, false);
                match arg {
                    // Nothing is shorter.
                    Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) => {
                        unary.arg = arg;
                        None
                    }
                    other => Some(other),
                }
            }
            UnaryOp::Void => {
                if matches!(&*unary.arg, Expr::Lit(Lit::Num(_))) {
                    return None;
                }
                let effects = self.effects(unary.arg.take());
                match effects {
                    Some(effects) => {
                        unary.arg = effects;
                        None
                    }
                    None => Some(undefined()),
                }
            }
            UnaryOp::TypeOf => {
                let value = constant::of(&unary.arg, free())?.type_of().into();
                Some(Expr::Lit(Lit::Str(Str { span: unary.span, value, raw: None })))
            }
            UnaryOp::Minus => {
                let value = as_number(&unary.arg).filter(|value| value.is_infinite())?;
                Some(number(-value))
            }
            UnaryOp::Plus if type_of(&unary.arg) == Some(Type::Number) => {
                self.is_changed = true;
                Some(*unary.arg.take())
            }
            _ => None,
        }
    }

    /// Whether the operand of a `!` is a boolean.
    fn is_boolean_operand(not: &Expr) -> bool {
        matches!(not, Expr::Unary(unary) if is_boolean(&unary.arg))
    }

    pub(super) fn binary(&mut self, binary: &mut BinExpr) -> Option<Expr> {
        match binary.op {
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr => self.connected(binary),
            BinaryOp::NullishCoalescing => self.with_default(binary),
            BinaryOp::EqEq | BinaryOp::NotEq | BinaryOp::EqEqEq | BinaryOp::NotEqEq => {
                self.equality(binary)
            }
            BinaryOp::Lt | BinaryOp::LtEq | BinaryOp::Gt | BinaryOp::GtEq => {
                let known = Self::comparison(binary).map(boolean);
                known.or_else(|| self.compared_choice(binary))
            }
            BinaryOp::Add => Self::sum(binary),
            _ => arithmetic(binary),
        }
    }

    /// Shortens `a && b` and `a || b`.
    fn connected(&mut self, binary: &mut BinExpr) -> Option<Expr> {
        let is_and = binary.op == BinaryOp::LogicalAnd;
        if let Some(holds) = Self::truth(&binary.left) {
            if holds != is_and {
                self.forget(&*binary.right.take());
                return Some(*binary.left.take());
            }
            let effects = self.effects(binary.left.take());
            let exprs = effects.into_iter().chain([binary.right.take()]).collect();
            return joined(exprs).map(|expr| *expr);
        }
        if let Expr::Seq(sequence) = &mut *binary.left {
            let left = sequence.exprs.pop()?;
            let mut exprs = std::mem::take(&mut sequence.exprs);
            let mut rest = BinExpr { left, ..binary.take() };
            exprs.push(Box::new(self.connected(&mut rest).unwrap_or(Expr::Bin(rest))));
            return joined(exprs).map(|expr| *expr);
        }
        let is_chain = |expr: &Expr, op| matches!(expr, Expr::Bin(inner) if inner.op == op);
        if is_chain(&binary.right, binary.op) {
            self.is_changed = true;
            return Some(*logical(binary.op, binary.left.take(), binary.right.take()));
        }
        if let Some(shorter) = self.nothing(binary).or_else(|| self.without_known(binary)) {
            return Some(shorter);
        }
        self.assigned_if(binary)
    }

    /// Returns `a == null` for `a === null || a === void 0`.
    fn nothing(&mut self, binary: &mut BinExpr) -> Option<Expr> {
        let (strict, loose) = if binary.op == BinaryOp::LogicalOr {
            (BinaryOp::EqEqEq, BinaryOp::EqEq)
        } else {
            (BinaryOp::NotEqEq, BinaryOp::NotEq)
        };
        // The preceding comparison may be the end of a chain.
        let before = match &mut *binary.left {
            Expr::Bin(chain) if chain.op == binary.op => &mut chain.right,
            _ => &mut binary.left,
        };
        let (Expr::Bin(first), Expr::Bin(second)) = (&mut **before, &mut *binary.right) else {
            return None;
        };
        let types = [type_of(&first.left), type_of(&second.left)];
        let is_both = types.contains(&Some(Type::Null)) && types.contains(&Some(Type::Undefined));
        let is_same =
            first.op == strict && second.op == strict && first.right.eq_ignore_span(&second.right);
        if !is_both || !is_same || !first.right.is_ident() {
            return None;
        }
        first.op = loose;
        if types[0] == Some(Type::Undefined) {
            std::mem::swap(&mut first.left, &mut second.left);
        }
        self.forget(&*binary.right.take());
        Some(*binary.left.take())
    }

    /// Returns `a ||= b` for `a || (a = b)`.
    fn assigned_if(&mut self, binary: &mut BinExpr) -> Option<Expr> {
        if !self.facts.support.has(Feature::LogicalAssignment) {
            return None;
        }
        let (Expr::Ident(name), Expr::Assign(assign)) = (&*binary.left, &mut *binary.right) else {
            return None;
        };
        let is_same = matches!(
            &assign.left,
            AssignTarget::Simple(SimpleAssignTarget::Ident(target))
                if target.id.to_id() == name.to_id()
        );
        if !is_same || assign.op != AssignOp::Assign || Self::index(name).is_none() {
            return None;
        }
        assign.op = match binary.op {
            BinaryOp::LogicalAnd => AssignOp::AndAssign,
            BinaryOp::LogicalOr => AssignOp::OrAssign,
            _ => AssignOp::NullishAssign,
        };
        Some(*binary.right.take())
    }

    fn with_default(&mut self, binary: &mut BinExpr) -> Option<Expr> {
        match constant::is_nothing(&binary.left, free()) {
            Some(false) => {
                self.forget(&*binary.right.take());
                Some(*binary.left.take())
            }
            Some(true) => {
                let effects = self.effects(binary.left.take());
                let exprs = effects.into_iter().chain([binary.right.take()]).collect();
                joined(exprs).map(|expr| *expr)
            }
            None => self.assigned_if(binary),
        }
    }

    fn equality(&mut self, binary: &mut BinExpr) -> Option<Expr> {
        if let Some(value) = Self::comparison(binary) {
            return Some(boolean(value));
        }
        if let Some(shorter) = self.compared_choice(binary) {
            return Some(shorter);
        }
        let types = (type_of(&binary.left), type_of(&binary.right));
        let is_name = |expr: &Expr| matches!(expr, Expr::Ident(_));
        let is_simple = matches!(types, (Some(left), Some(right)) if left == right)
            || is_name(&binary.left) && binary.left.eq_ignore_span(&binary.right);
        match binary.op {
            BinaryOp::EqEqEq if is_simple => binary.op = BinaryOp::EqEq,
            BinaryOp::NotEqEq if is_simple => binary.op = BinaryOp::NotEq,
            // `undefined` is longer.
            BinaryOp::EqEq | BinaryOp::NotEq => {
                for side in [&mut binary.left, &mut binary.right] {
                    if type_of(side) == Some(Type::Undefined) && self.is_pure(side) {
                        **side = Expr::Lit(Lit::Null(swc_ecma_ast::Null { span: DUMMY_SP }));
                    }
                }
            }
            _ => {}
        }
        // `return"a"==b` needs no space.
        if is_literal(&binary.right) && !is_literal(&binary.left) {
            std::mem::swap(&mut binary.left, &mut binary.right);
        }
        None
    }

    /// Joins texts and adds numbers.
    fn sum(binary: &mut BinExpr) -> Option<Expr> {
        if let Some(template) = templates::sum(binary) {
            return Some(template);
        }
        if let Some(text) = concatenated(&binary.left, &binary.right) {
            return Some(text);
        }
        // `a + "b" + "c"`
        if let Expr::Bin(before) = &mut *binary.left
            && before.op == BinaryOp::Add
            && type_of(&before.right) == Some(Type::String)
            && let Some(text) = concatenated(&before.right, &binary.right)
        {
            *before.right = text;
            return Some(*binary.left.take());
        }
        arithmetic(binary)
    }

    /// Shortens `a = a + b` to `a += b`.
    fn assign(&mut self, assign: &mut AssignExpr) -> Option<Expr> {
        let AssignTarget::Simple(SimpleAssignTarget::Ident(name)) = &assign.left else {
            return None;
        };
        if assign.op != AssignOp::Assign {
            return None;
        }
        if self.is_write_only(&name.id) {
            self.forget_write(&name.id.clone());
            return Some(*assign.right.take());
        }
        let Expr::Bin(binary) = &mut *assign.right else { return None };
        let op = compound(binary.op)?;
        if op == AssignOp::ExpAssign && !self.facts.support.has(Feature::Exponent) {
            return None;
        }
        let is_same = matches!(&*binary.left, Expr::Ident(left) if left.to_id() == name.id.to_id());
        if is_same && (Self::index(&name.id).is_some() || name.id.sym.starts_with('#')) {
            self.is_changed = true;
            assign.op = op;
            assign.right = binary.right.take();
        }
        None
    }

    fn sequence(&mut self, sequence: &mut SeqExpr) -> Option<Expr> {
        let last = sequence.exprs.pop()?;
        let mut exprs = Vec::with_capacity(sequence.exprs.len() + 1);
        for expr in std::mem::take(&mut sequence.exprs) {
            exprs.extend(self.effects(expr));
        }
        exprs.push(last);
        self.substitute_in_sequence(&mut exprs);
        joined(exprs).map(|expr| *expr)
    }

    fn call(&mut self, call: &mut CallExpr) -> Option<Expr> {
        let Callee::Expr(callee) = &mut call.callee else { return None };
        match &mut **callee {
            Expr::Ident(name) if name.ctxt == free() => built(&name.sym, &mut call.args, call.span)
                .or_else(|| {
                    let is_conversion = name.sym == "Boolean"
                        && call.args.len() == 1
                        && call.args[0].spread.is_none();
                    is_conversion.then(|| {
                        let mut value = *call.args[0].expr.take();
                        if !is_boolean(&value) {
                            not(&mut value, false);
                            wrap_in_not(&mut value);
                        }
                        value
                    })
                }),
            Expr::Ident(_) => self.call_inline(call),
            Expr::Member(_) => templates::concat(call),
            _ => self.called_here(call),
        }
    }

    fn construct(new: &mut NewExpr) -> Option<Expr> {
        let Expr::Ident(name) = &*new.callee else { return None };
        if name.ctxt != free() {
            return None;
        }
        let mut none = Vec::new();
        let args = new.args.as_mut().unwrap_or(&mut none);
        if let Some(literal) = built(&name.sym, args, new.span) {
            return Some(literal);
        }
        let needs_no_new = matches!(
            &*name.sym,
            "Array"
                | "Error"
                | "EvalError"
                | "Function"
                | "Object"
                | "RangeError"
                | "ReferenceError"
                | "SyntaxError"
                | "TypeError"
                | "URIError"
        );
        let is_pattern = name.sym == "RegExp"
            && args.first().is_some_and(|arg| {
                arg.spread.is_none() && type_of(&arg.expr) == Some(Type::String)
            });
        (needs_no_new || is_pattern).then(|| {
            let span = callee_for_new(name.span, new.span);
            let callee = Expr::Ident(Ident { span, ..name.clone() });
            Expr::Call(CallExpr {
                span: new.span,
                ctxt: new.ctxt,
                callee: Callee::Expr(Box::new(callee)),
                args: new.args.take().unwrap_or_default(),
                type_args: None,
            })
        })
    }

    /// Shortens `a["b"]` to `a.b`.
    pub(super) fn member(member: &mut MemberExpr) -> Option<Expr> {
        if let MemberProp::Computed(key) = &mut member.prop
            && let Expr::Lit(Lit::Str(text)) = &*key.expr
        {
            if let Some(name) = as_name(text) {
                member.prop = MemberProp::Ident(IdentName::new(name.into(), text.span));
            } else if let Some(index) = as_index(text) {
                *key.expr = Expr::Lit(Lit::Num(index));
            }
        }
        match (&*member.obj, &member.prop) {
            (Expr::Lit(Lit::Str(text)), MemberProp::Ident(name)) if name.sym == "length" => {
                let length = text.value.as_str()?.encode_utf16().count();
                Some(number(f64::from(u32::try_from(length).ok()?)))
            }
            _ => None,
        }
    }
}

/// Gives an arrow function an expression instead of a body of one `return`.
fn give_expression(arrow: &mut ArrowExpr) {
    let ArrowFunctionBody::FunctionBody(body) = &mut *arrow.body else { return };
    let [Stmt::Return(returned)] = body.stmts.as_mut_slice() else { return };
    let Some(value) = returned.arg.take() else { return };
    *arrow.body = ArrowFunctionBody::Expr(value);
}

/// Returns the literal that a call of `Array` or `Object` makes.
fn built(name: &str, args: &mut Vec<ExprOrSpread>, span: swc_common::Span) -> Option<Expr> {
    match name {
        "Object" if args.is_empty() => Some(Expr::Object(ObjectLit { span, props: Vec::new() })),
        "Array" if args.len() != 1 && args.iter().all(|arg| arg.spread.is_none()) => {
            let elems = args.drain(..).map(Some).collect();
            Some(Expr::Array(ArrayLit { span, elems }))
        }
        _ => None,
    }
}

fn compound(op: BinaryOp) -> Option<AssignOp> {
    Some(match op {
        BinaryOp::Add => AssignOp::AddAssign,
        BinaryOp::Sub => AssignOp::SubAssign,
        BinaryOp::Mul => AssignOp::MulAssign,
        BinaryOp::Div => AssignOp::DivAssign,
        BinaryOp::Mod => AssignOp::ModAssign,
        BinaryOp::Exp => AssignOp::ExpAssign,
        BinaryOp::BitAnd => AssignOp::BitAndAssign,
        BinaryOp::BitOr => AssignOp::BitOrAssign,
        BinaryOp::BitXor => AssignOp::BitXorAssign,
        BinaryOp::LShift => AssignOp::LShiftAssign,
        BinaryOp::RShift => AssignOp::RShiftAssign,
        BinaryOp::ZeroFillRShift => AssignOp::ZeroFillRShiftAssign,
        _ => return None,
    })
}

/// Removes the parentheses that enclose an expression. The printer adds those that are needed.
pub(super) fn bare(expr: &mut Expr) {
    while let Expr::Paren(ParenExpr { expr: inner, .. }) = expr {
        *expr = *inner.take();
    }
}
