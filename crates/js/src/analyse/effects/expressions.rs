//! The side effects of expressions.

use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, Callee, Expr, ExprOrSpread, Lit,
    MemberExpr, MemberProp, ObjectLit, OptChainBase, Prop, PropOrSpread, SimpleAssignTarget,
    UnaryExpr, UnaryOp,
};

use super::{
    pure_globals,
    statements::{Judge, Owner},
};
use crate::analyse::recognise::{key_name, member_name};

impl Judge<'_> {
    /// Whether removing an expression loses only its value.
    pub(super) fn expr(&mut self, expr: &Expr) -> bool {
        match expr {
            Expr::This(_)
            | Expr::Fn(_)
            | Expr::Arrow(_)
            | Expr::Lit(_)
            | Expr::MetaProp(_)
            | Expr::PrivateName(_) => true,
            Expr::Ident(ident) => {
                if ident.ctxt == self.world.unresolved {
                    let name = ident.sym.as_str();
                    pure_globals::is_standard(name) || pure_globals::is_of_pages(name)
                } else {
                    !self.world.reads_early(&ident.to_id(), self.statement)
                }
            }
            Expr::Array(array) => array.elems.iter().flatten().all(|e| self.element(e)),
            Expr::Object(object) => self.object(object),
            Expr::Unary(unary) => self.unary(unary),
            Expr::Bin(binary) => self.binary(binary),
            Expr::Assign(assign) => self.assign(assign),
            Expr::Update(update) => match &*update.arg {
                Expr::Ident(ident) => self.write_name(&ident.to_id()),
                _ => false,
            },
            Expr::Member(member) => self.read(member),
            Expr::Cond(cond) => {
                self.expr(&cond.test) && self.expr(&cond.cons) && self.expr(&cond.alt)
            }
            Expr::Call(call) => self.call(call),
            Expr::New(new) => self.construct(new),
            Expr::Seq(seq) => seq.exprs.iter().all(|e| self.expr(e)),
            Expr::Tpl(tpl) => tpl.exprs.iter().all(|e| self.is_primitive(e) && self.expr(e)),
            Expr::Class(class) => self.class(&class.class),
            Expr::Paren(paren) => self.expr(&paren.expr),
            Expr::OptChain(chain) => match &*chain.base {
                OptChainBase::Member(member) => self.read(member),
                OptChainBase::Call(_) => false,
            },
            _ => false,
        }
    }

    /// Whether an element or argument is harmless. Spreading anything but an array literal may run
    /// an iterator.
    pub(super) fn element(&mut self, element: &ExprOrSpread) -> bool {
        let can_walk = element.spread.is_none() || matches!(*element.expr, Expr::Array(_));
        can_walk && self.expr(&element.expr)
    }

    fn object(&mut self, object: &ObjectLit) -> bool {
        object.props.iter().all(|prop| match prop {
            PropOrSpread::Spread(spread) => self.is_copied(&spread.expr) && self.expr(&spread.expr),
            PropOrSpread::Prop(prop) => match &**prop {
                Prop::Shorthand(ident) => self.expr(&Expr::Ident(ident.clone())),
                Prop::KeyValue(pair) => self.key(&pair.key) && self.expr(&pair.value),
                Prop::Getter(getter) => self.key(&getter.key),
                Prop::Setter(setter) => self.key(&setter.key),
                Prop::Method(method) => self.key(&method.key),
                Prop::Assign(_) => false,
            },
        })
    }

    /// Whether reading all own members of an object runs no code.
    pub(super) fn is_copied(&self, object: &Expr) -> bool {
        self.is_primitive(object)
            || self.owner(object).is_some() && !self.world.accessors.has_own_getters()
    }

    fn unary(&mut self, unary: &UnaryExpr) -> bool {
        match unary.op {
            UnaryOp::TypeOf if matches!(*unary.arg, Expr::Ident(_)) => true,
            UnaryOp::TypeOf | UnaryOp::Bang | UnaryOp::Void => self.expr(&unary.arg),
            UnaryOp::Minus | UnaryOp::Plus | UnaryOp::Tilde => {
                self.is_primitive(&unary.arg) && self.expr(&unary.arg)
            }
            UnaryOp::Delete => false,
        }
    }

    fn binary(&mut self, binary: &BinExpr) -> bool {
        let (left, right) = (&binary.left, &binary.right);
        let converts_nothing = match binary.op {
            BinaryOp::EqEqEq
            | BinaryOp::NotEqEq
            | BinaryOp::LogicalAnd
            | BinaryOp::LogicalOr
            | BinaryOp::NullishCoalescing => true,
            BinaryOp::EqEq | BinaryOp::NotEq => {
                is_nothing(left)
                    || is_nothing(right)
                    || self.is_primitive(left) && self.is_primitive(right)
            }
            // `instanceof` with built-in classes and new objects runs no code of the program.
            BinaryOp::InstanceOf => {
                matches!(
                    &**right,
                    Expr::Ident(name)
                        if pure_globals::constructs(&name.sym)
                            || pure_globals::collects(&name.sym)
                ) && self.is_free(right)
            }
            BinaryOp::In => self.is_primitive(left) && is_made(right),
            _ => self.is_primitive(left) && self.is_primitive(right),
        };
        converts_nothing && self.expr(left) && self.expr(right)
    }

    fn assign(&mut self, assign: &AssignExpr) -> bool {
        let is_plain = matches!(
            assign.op,
            AssignOp::Assign | AssignOp::AndAssign | AssignOp::OrAssign | AssignOp::NullishAssign
        );
        match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => {
                let id = name.to_id();
                let is_harmless =
                    (is_plain || self.is_primitive(&assign.right)) && self.expr(&assign.right);
                if self.locals.contains(&id) && is_harmless {
                    self.hold(id.clone(), &assign.right);
                }
                is_harmless && self.write_name(&id)
            }
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) if is_plain => {
                self.change(member) && self.expr(&assign.right)
            }
            AssignTarget::Simple(_) | AssignTarget::Pat(_) => false,
        }
    }

    /// Whether writing to a name is harmless. A write to a top-level name is noted, because it
    /// matters to the name's users; one to a local matters to no other code.
    fn write_name(&mut self, id: &swc_ecma_ast::Id) -> bool {
        if self.locals.contains(id) {
            return true;
        }
        match self.world.own_symbol(id) {
            Some(symbol) => {
                self.touch(&Owner::Symbol(symbol));
                true
            }
            None => false,
        }
    }

    /// Whether writing to a member is harmless: the object must have a known owner.
    fn change(&mut self, member: &MemberExpr) -> bool {
        let Some(owner) = self.owner(&member.obj) else { return false };
        let key = match &member.prop {
            MemberProp::Ident(_) => true,
            MemberProp::Computed(computed) => {
                self.is_key(&computed.expr) && self.expr(&computed.expr)
            }
            MemberProp::PrivateName(_) => false,
        };
        let key = key && !self.world.accessors.has_setter(&member.prop);
        let object = self.expr(&member.obj);
        self.touch(&owner);
        key && object
    }

    /// Whether reading a member is harmless.
    fn read(&mut self, member: &MemberExpr) -> bool {
        if let MemberProp::Computed(computed) = &member.prop
            && !(self.is_key(&computed.expr) && self.expr(&computed.expr))
        {
            return false;
        }
        let is_known = match member.obj.unwrap_parens() {
            Expr::Ident(ident) => {
                let name = ident.sym.as_str();
                let is_global = ident.ctxt == self.world.unresolved;
                is_global
                    && (pure_globals::is_standard(name) && !is_nothing(&member.obj)
                        || pure_globals::is_of_pages(name))
                    || self.world.is_namespace(ident)
                    || self.world.primitives.contains(&ident.to_id())
            }
            Expr::Member(inner) => {
                let is_prototype = member_name(&inner.prop).as_deref() == Some("prototype");
                let standard = |e: &Expr| {
                    matches!(
                        e,
                        Expr::Ident(i)
                            if i.ctxt == self.world.unresolved && pure_globals::is_standard(&i.sym)
                    )
                };
                is_prototype && standard(&inner.obj)
            }
            Expr::MetaProp(_) | Expr::Lit(Lit::Str(_) | Lit::Num(_) | Lit::Bool(_)) => true,
            _ => false,
        };
        let runs_getter = || self.world.accessors.has_getter(&member.prop);
        is_known || self.owner(&member.obj).is_some() && !runs_getter() && self.expr(&member.obj)
    }

    /// Returns the owner of the object that an expression gives, if it is known.
    pub(super) fn owner(&self, expr: &Expr) -> Option<Owner> {
        match expr {
            Expr::Ident(ident) => {
                let id = ident.to_id();
                let top_level = || self.world.fresh.get(&id).copied().map(Owner::Symbol);
                self.owners.get(&id).cloned().or_else(top_level)
            }
            Expr::This(_) => self.this.clone(),
            Expr::Member(member) => match member_name(&member.prop).as_deref() {
                Some("prototype") => self.owner(&member.obj),
                _ => None,
            },
            Expr::Paren(paren) => self.owner(&paren.expr),
            Expr::Seq(seq) => self.owner(seq.exprs.last()?),
            Expr::Assign(assign) if assign.op == AssignOp::Assign => self.owner_of_assigned(assign),
            Expr::Bin(binary) if binary.op == BinaryOp::LogicalOr => self.owner_of_default(binary),
            Expr::Call(call) => self.owner_of_called(call),
            other => is_made(other).then_some(Owner::Nobody),
        }
    }

    /// Returns the owner of an assigned object: `A.b = {}` belongs to `A`, `a = {}` to `a`.
    fn owner_of_assigned(&self, assign: &AssignExpr) -> Option<Owner> {
        let made = self.owner(&assign.right)?;
        match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => self.owner(&member.obj),
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => {
                match self.world.own_symbol(&name.to_id()) {
                    Some(symbol) => Some(Owner::Symbol(symbol)),
                    None => Some(made),
                }
            }
            AssignTarget::Simple(_) | AssignTarget::Pat(_) => None,
        }
    }

    /// Returns the owner of `A || {}`, `A || (A = {})` or `A.b || (A.b = {})`.
    fn owner_of_default(&self, binary: &BinExpr) -> Option<Owner> {
        let made = self.owner(&binary.right)?;
        match &*binary.left {
            Expr::Ident(ident) => match self.owner(&binary.left) {
                Some(owner) => Some(owner),
                // A name that gets its object in this expression.
                None => {
                    (made == Owner::Symbol(self.world.own_symbol(&ident.to_id())?)).then_some(made)
                }
            },
            Expr::Member(member) => (self.owner(&member.obj)? == made).then_some(made),
            _ => None,
        }
    }

    /// Whether a value is certainly not an object.
    pub(super) fn is_primitive(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Lit(Lit::Regex(_)) => false,
            Expr::Lit(_) | Expr::Tpl(_) | Expr::Unary(_) | Expr::Update(_) => true,
            Expr::Ident(ident) => {
                is_nothing(expr)
                    || self.is_global(expr, &["NaN", "Infinity"])
                    || self.world.primitives.contains(&ident.to_id())
            }
            Expr::Bin(binary) => match binary.op {
                BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing => {
                    self.is_primitive(&binary.left) && self.is_primitive(&binary.right)
                }
                _ => true,
            },
            Expr::Cond(cond) => self.is_primitive(&cond.cons) && self.is_primitive(&cond.alt),
            Expr::Paren(paren) => self.is_primitive(&paren.expr),
            Expr::Assign(assign) => {
                assign.op == AssignOp::Assign && self.is_primitive(&assign.right)
            }
            Expr::Member(member) => self.is_global(&member.obj, &["Math", "Number", "Symbol"]),
            Expr::Call(call) => match &call.callee {
                Callee::Expr(callee) => match &**callee {
                    Expr::Member(member) => {
                        self.is_global(&member.obj, &["Math"])
                            || member.prop.is_ident_with("concat") && self.is_text(&member.obj)
                    }
                    Expr::Ident(name) if name.ctxt == self.world.helpers => &*name.sym == "_power",
                    other => {
                        let known = ["String", "Number", "Boolean", "Symbol", "BigInt"];
                        self.is_global(other, &known)
                    }
                },
                Callee::Super(_) | Callee::Import(_) => false,
            },
            _ => false,
        }
    }

    /// Whether a value is certainly a string.
    fn is_text(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Lit(Lit::Str(_)) | Expr::Tpl(_) => true,
            Expr::Call(_) => self.is_primitive(expr),
            _ => false,
        }
    }

    /// Whether a value can be a property key without running code. Primitives can.
    pub(super) fn is_key(&self, expr: &Expr) -> bool {
        self.is_primitive(expr)
    }

    fn is_free(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Ident(ident) if ident.ctxt == self.world.unresolved)
    }

    fn is_global(&self, expr: &Expr, names: &[&str]) -> bool {
        matches!(
            expr,
            Expr::Ident(i) if i.ctxt == self.world.unresolved && names.contains(&i.sym.as_str())
        )
    }
}

/// Whether an expression is `null`, `undefined` or `void 0`.
fn is_nothing(expr: &Expr) -> bool {
    match expr.unwrap_parens() {
        Expr::Lit(Lit::Null(_)) => true,
        Expr::Ident(ident) => ident.sym == "undefined",
        Expr::Unary(unary) => unary.op == UnaryOp::Void,
        _ => false,
    }
}

/// Whether an expression is a literal that makes an object.
pub(super) fn is_made(expr: &Expr) -> bool {
    match expr {
        Expr::Array(_) | Expr::Fn(_) | Expr::Arrow(_) | Expr::Class(_) => true,
        Expr::Object(object) => object.props.iter().all(|prop| match prop {
            PropOrSpread::Spread(_) => false,
            PropOrSpread::Prop(prop) => match &**prop {
                Prop::Shorthand(_) | Prop::Method(_) | Prop::Getter(_) | Prop::Setter(_) => true,
                Prop::KeyValue(pair) => key_name(&pair.key).as_deref() != Some("__proto__"),
                Prop::Assign(_) => false,
            },
        }),
        _ => false,
    }
}
