//! The side effects of calls and `new`.

use swc_common::Span;
use swc_ecma_ast::{CallExpr, Callee, Expr, ExprOrSpread, Lit, MemberExpr, NewExpr};

use super::{
    expressions::is_made,
    fresh,
    pure_globals::{self, Helper},
    statements::{Judge, Owner},
};
use crate::analyse::{heritage, recognise::member_name};

impl Judge<'_> {
    pub(super) fn call(&mut self, call: &CallExpr) -> bool {
        let Callee::Expr(callee) = &call.callee else { return false };
        let callee = callee.unwrap_parens();
        // Lowering annotates classes and enums. Their functions are still examined, because
        // computed keys may run any code.
        let is_made_pure = call.span.is_pure() && !matches!(callee, Expr::Fn(_) | Expr::Arrow(_));
        if is_made_pure || self.is_annotated(call.span) {
            return self.arguments(&call.args);
        }
        match callee {
            Expr::Fn(f) => {
                self.arguments(&call.args) && self.is_call_harmless(&f.function, &call.args)
            }
            Expr::Arrow(arrow) => {
                self.arguments(&call.args) && self.is_arrow_call_harmless(arrow, &call.args)
            }
            Expr::Ident(ident) if ident.ctxt == self.world.helpers => {
                let name = ident.sym.strip_prefix('_').unwrap_or(&ident.sym);
                if name == "power" {
                    return self.primitives(&call.args);
                }
                let parent = call.args.get(1).filter(|_| name == "inherits");
                parent.is_none_or(|parent| heritage::may_construct(&parent.expr))
                    && self.has_plain_keys(name, &call.args)
                    && self.helper(pure_globals::helper(name), &call.args)
            }
            Expr::Ident(ident) if ident.ctxt == self.world.unresolved => {
                (pure_globals::computes(None, &ident.sym)
                    || pure_globals::makes_big_int(&ident.sym, &call.args))
                    && self.primitives(&call.args)
            }
            Expr::Ident(ident) => {
                self.world.pure_functions.contains(&ident.to_id()) && self.arguments(&call.args)
            }
            Expr::Member(member) => self.method(member, &call.args),
            _ => false,
        }
    }

    pub(super) fn construct(&mut self, new: &NewExpr) -> bool {
        let arguments = new.args.as_deref().unwrap_or_default();
        if new.span.is_pure() || self.is_annotated(new.span) {
            return self.arguments(arguments);
        }
        let Expr::Ident(ident) = &*new.callee else { return false };
        if ident.ctxt != self.world.unresolved {
            return false;
        }
        pure_globals::constructs(&ident.sym) && self.primitives(arguments)
            || pure_globals::collects(&ident.sym)
                && arguments.iter().all(|a| self.collection(a, &ident.sym))
    }

    /// Whether `/*#__PURE__*/` is before a call.
    fn is_annotated(&self, call: Span) -> bool {
        self.world.comments.has_annotation(call.lo, "__PURE__")
    }

    fn arguments(&mut self, arguments: &[ExprOrSpread]) -> bool {
        arguments.iter().all(|a| self.element(a))
    }

    fn primitives(&mut self, arguments: &[ExprOrSpread]) -> bool {
        arguments
            .iter()
            .all(|a| a.spread.is_none() && self.is_primitive(&a.expr) && self.expr(&a.expr))
    }

    /// Whether `new Map(…)` can iterate its argument without running code of the program.
    fn collection(&mut self, argument: &ExprOrSpread, name: &str) -> bool {
        match &*argument.expr {
            Expr::Lit(Lit::Null(_)) => true,
            Expr::Array(array) => {
                let has_pairs = name.ends_with("Map");
                let is_entry = |e: &ExprOrSpread| !has_pairs || matches!(*e.expr, Expr::Array(_));
                array.elems.iter().flatten().all(is_entry) && self.expr(&argument.expr)
            }
            other => self.is_primitive(other) && self.expr(other),
        }
    }

    /// Whether the keys that lowering moved out of a literal or class are primitive: an object as a
    /// key runs its `toString`.
    fn has_plain_keys(&self, helper: &str, arguments: &[ExprOrSpread]) -> bool {
        match helper {
            "define_accessor" => arguments.get(2).is_some_and(|key| self.is_key(&key.expr)),
            "define_property" | "define_static" | "define_value" => {
                arguments.get(1).is_some_and(|key| self.is_key(&key.expr))
            }
            _ => true,
        }
    }

    fn helper(&mut self, helper: Helper, arguments: &[ExprOrSpread]) -> bool {
        let first = arguments.first().map(|a| &*a.expr);
        match helper {
            Helper::Pure => self.arguments(arguments),
            Helper::Changes => self.changes(first, arguments),
            Helper::Copies => {
                let rest = arguments.get(1..).unwrap_or_default();
                rest.iter().all(|a| self.is_copied(&a.expr)) && self.changes(first, arguments)
            }
            Helper::Walks => {
                first.is_some_and(|e| matches!(e, Expr::Array(_))) && self.arguments(arguments)
            }
            Helper::Unknown => false,
        }
    }

    /// Whether a call that changes its first argument is harmless.
    fn changes(&mut self, first: Option<&Expr>, arguments: &[ExprOrSpread]) -> bool {
        let Some(owner) = first.and_then(|e| self.owner(e)) else { return false };
        self.touch(&owner);
        self.arguments(arguments)
    }

    fn method(&mut self, member: &MemberExpr, arguments: &[ExprOrSpread]) -> bool {
        let Some(name) = member_name(&member.prop) else { return false };
        match &*member.obj {
            // `(function () { … }).call(this)`
            Expr::Fn(f) if name == "call" => self.function_call(&f.function, arguments),
            Expr::Paren(paren) => match paren.expr.unwrap_parens() {
                Expr::Fn(f) if name == "call" => self.function_call(&f.function, arguments),
                _ => false,
            },
            // Template literals are lowered to `concat`.
            Expr::Lit(Lit::Str(_)) => name == "concat" && self.primitives(arguments),
            Expr::Call(inner) if name == "concat" && self.is_primitive(&member.obj) => {
                self.primitives(arguments) && self.call(inner)
            }
            Expr::Ident(object) if object.ctxt == self.world.unresolved => {
                match object.sym.as_str() {
                    "Object" => self.of_object(&name, arguments),
                    other => {
                        pure_globals::computes(Some(other), &name) && self.primitives(arguments)
                    }
                }
            }
            _ => false,
        }
    }

    fn function_call(
        &mut self,
        function: &swc_ecma_ast::Function,
        arguments: &[ExprOrSpread],
    ) -> bool {
        self.arguments(arguments)
            && self.is_call_harmless(function, arguments.get(1..).unwrap_or_default())
    }

    /// Whether a call of a function of `Object` is harmless.
    fn of_object(&mut self, name: &str, arguments: &[ExprOrSpread]) -> bool {
        let first = arguments.first().map(|a| &*a.expr);
        match name {
            "create" => self.arguments(arguments),
            "freeze" | "seal" | "preventExtensions" | "defineProperty" | "setPrototypeOf" => {
                self.changes(first, arguments)
            }
            "defineProperties" => {
                arguments.get(1).is_some_and(|a| matches!(*a.expr, Expr::Object(_)))
                    && self.changes(first, arguments)
            }
            "assign" => self.helper(Helper::Copies, arguments),
            "values" | "entries" => {
                first.is_some_and(|first| is_made(first) && self.is_copied(first))
                    && self.arguments(arguments)
            }
            "keys" | "getOwnPropertyNames" | "fromEntries" => {
                first.is_some_and(is_made) && self.arguments(arguments)
            }
            _ => false,
        }
    }

    /// Returns the owner of the object that a call returns: a lowered class's function returns what
    /// it made.
    pub(super) fn owner_of_called(&self, call: &CallExpr) -> Option<Owner> {
        let Callee::Expr(callee) = &call.callee else { return None };
        let first = || self.owner(&call.args.first()?.expr);
        match callee.unwrap_parens() {
            Expr::Fn(f) => {
                fresh::returns_own(&f.function, self.world.helpers).then_some(Owner::Nobody)
            }
            Expr::Ident(ident) if ident.ctxt == self.world.helpers => {
                match pure_globals::helper(ident.sym.strip_prefix('_').unwrap_or(&ident.sym)) {
                    Helper::Changes | Helper::Copies => first(),
                    Helper::Pure | Helper::Walks => Some(Owner::Nobody),
                    Helper::Unknown => None,
                }
            }
            Expr::Member(member) => {
                let Expr::Ident(object) = &*member.obj else { return None };
                let is_object = object.ctxt == self.world.unresolved && object.sym == "Object";
                match &*member_name(&member.prop)? {
                    "create" if is_object => Some(Owner::Nobody),
                    "assign" | "freeze" | "seal" | "defineProperty" if is_object => first(),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
