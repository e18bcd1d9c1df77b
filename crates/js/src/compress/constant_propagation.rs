//! Copies the values of bindings that nothing assigns to into the places that read them, if the
//! value is known there and the copies are shorter than the name and its declaration.

use swc_ecma_ast::{Expr, Ident, Lit, UnaryExpr, UnaryOp};

use super::model::{Compress, KnownValue};
use crate::scopes::{Kind, index_of};

impl Compress<'_> {
    /// Returns a copy of the value of a name that always has it.
    pub(super) fn known_value(&mut self, name: &Ident) -> Option<Expr> {
        let known = self.known.get(&Self::index(name)?)?;
        let value = known.value.as_ref().filter(|_| self.is_known_here(known))?;
        // The value of the other name may have moved to the one place that read it.
        let is_gone = |other: &Ident| {
            Self::index(other).is_some_and(|index| self.scopes.bindings[index].declarations == 0)
        };
        if matches!(value, Expr::Ident(other) if is_gone(other)) {
            return None;
        }
        let mut value = value.clone();
        if let Expr::Ident(other) = &mut value {
            other.span = name.span;
        }
        self.forget_read(name);
        self.count(&value);
        if let Expr::Ident(other) = &value
            && let (Some(from), Some(to)) = (Self::index(name), Self::index(other))
        {
            self.scopes.bindings[to].is_captured |= self.scopes.bindings[from].is_captured;
        }
        Some(value)
    }

    /// Returns the value of a binding if copies of it are shorter than its name and declaration.
    pub(super) fn worth_copying(&self, index: usize, value: &Expr) -> Option<Expr> {
        let reads = self.scopes.bindings[index].reads as usize;
        let length = match value {
            Expr::Lit(Lit::Num(number)) if !number.value.is_finite() => 3,
            Expr::Lit(Lit::Num(number)) => number.value.to_string().len(),
            Expr::Lit(Lit::Bool(_)) => 2,
            Expr::Lit(Lit::Null(_)) => 4,
            Expr::Lit(Lit::Str(text)) => text.value.len() + 2,
            Expr::Unary(UnaryExpr { op: UnaryOp::Void, arg, .. }) if arg.is_lit() => 6,
            Expr::Unary(UnaryExpr { op: UnaryOp::Minus, arg, .. }) if arg.is_lit() => 3,
            // No inner function mentions the name, so it is the same `this`.
            Expr::This(_)
                if self.has_this() && !self.scopes.bindings[index].is_captured && reads <= 3 =>
            {
                1
            }
            Expr::Ident(name) if self.is_settled(name) => {
                let other = Self::index(name)?;
                let (from, to) = (&self.scopes.bindings[index], &self.scopes.bindings[other]);
                // The other name must be visible where the copy is.
                let mut scope = Some(from.scope);
                while let Some(at) = scope.filter(|at| *at != to.scope) {
                    scope = self.scopes.list[at].parent;
                }
                scope?;
                1
            }
            _ => return None,
        };
        // A name has about two characters, and a declaration three more.
        let with_name = length + 5 + reads * 2;
        (reads * length <= with_name).then(|| value.clone())
    }

    /// Whether a name always has the same value where it is mentioned now.
    pub fn is_settled(&self, name: &Ident) -> bool {
        let Some(index) = index_of(name.ctxt) else { return false };
        let binding = &self.scopes.bindings[index];
        if !binding.is_never_assigned() || binding.name == "arguments" {
            return false;
        }
        match binding.kind {
            Kind::Parameter => !self.is_in_arguments(binding),
            Kind::Catch | Kind::FunctionName | Kind::Function => true,
            Kind::Import | Kind::Namespace => false,
            Kind::Var | Kind::Let | Kind::Const | Kind::Class | Kind::ClassName => {
                self.known.get(&index).is_some_and(|known| self.is_known_here(known))
            }
        }
    }

    /// Whether a name has its known value at the current place.
    pub fn is_known_here(&self, known: &KnownValue) -> bool {
        known.is_first || self.functions.iter().skip(known.depth).all(|frame| !frame.is_declaration)
    }

    /// Notes the value of a binding that nothing assigns to, from here on.
    pub fn note_value(&mut self, index: usize, value: Option<Expr>) {
        if self.scopes.bindings[index].name == "arguments" {
            return;
        }
        let depth = self.functions.len();
        let frame = &self.functions[depth - 1];
        let is_lexical = !matches!(self.scopes.bindings[index].kind, Kind::Var);
        if frame.branches > 0 && !is_lexical {
            return;
        }
        let is_first = !frame.has_run && frame.branches == 0;
        let order = self.known.len();
        self.known.insert(index, KnownValue { value, order, depth, is_first });
    }
}
