//! Replaces calls of functions of one expression by the expression: with `function f(a) { return
//! a.b }`, `f(c)` becomes the shorter `c.b`. All that the expression reads must mean the same at
//! the call. So it has no `this` and no functions of its own, and each argument replaces its
//! parameter as in `functions.rs`.

use rustc_hash::FxHashMap;
use swc_ecma_ast::{CallExpr, Callee, Expr, Ident, Pat};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{model::Compress, sizes::size};
use crate::scopes::{Binding, Kind, context_of, index_of};

/// The size of `function f(a){return b}` without the names and the expression.
const DECLARATION: usize = 20;

impl Compress<'_> {
    /// Returns the value of a call of a function of one expression, if it is not longer than the
    /// call.
    pub(super) fn call_inline(&mut self, call: &mut CallExpr) -> Option<Expr> {
        let Callee::Expr(callee) = &call.callee else { return None };
        let Expr::Ident(name) = &**callee else { return None };
        let index = index_of(name.ctxt)?;
        let one = self.one_liners.get(&index)?;
        if call.span.is_pure() || self.facts.comments.has_annotation(call.span.lo, "__PURE__") {
            return None;
        }
        let name = name.clone();
        let is_settled = self.is_settled(&name);
        let arguments: usize = call.args.iter().map(|arg| size(&arg.expr)).sum();
        let commas = call.args.len().saturating_sub(1);
        let needs_parentheses =
            matches!(*one.value, Expr::Bin(_) | Expr::Cond(_) | Expr::Seq(_) | Expr::Assign(_));
        let parentheses = if needs_parentheses { 2 } else { 0 };
        let with_call = 3 + arguments + commas;
        let inlined = one.size + arguments + parentheses;
        let binding = &self.scopes.bindings[index];
        // If all calls are inlined, the function is dropped.
        let saved = if !self.is_kept[index] && binding.reads == binding.calls {
            (DECLARATION + one.size) / binding.calls as usize
        } else {
            0
        };
        // Parameters are replaced by their arguments.
        let inlined = inlined - one.parameters.len().min(inlined);
        if !is_settled || inlined > with_call + saved {
            return None;
        }
        let (parameters, mut value) = (one.parameters.clone(), one.value.clone());
        let mut patterns = self.own_parameters(parameters, &mut value);
        let was_changed = self.is_changed;
        let captured = self.captured_by(call);
        self.count(&*value);
        let mut args = call.args.clone();
        let is_inlined = self.give_arguments(&mut patterns, &mut args, &mut value);
        for (index, is_captured) in captured {
            self.scopes.bindings[index].is_captured = is_captured;
        }
        if !is_inlined || self.is_pure(&value) && self.may_be_early(&value) {
            // Some arguments may have been dropped or moved.
            self.forget(&*value);
            self.forget(&args);
            self.count(&call.args);
            self.is_changed = was_changed;
            return None;
        }
        self.forget_read(&name);
        let calls = &mut self.scopes.bindings[index].calls;
        *calls = calls.saturating_sub(1);
        Some(*value)
    }

    /// Renames the parameters in a copy of a function's value, which then has its own.
    fn own_parameters(&mut self, parameters: Vec<Ident>, value: &mut Expr) -> Vec<Pat> {
        let mut own = Own(FxHashMap::default());
        let patterns = parameters.into_iter().map(|mut name| {
            if let Some(index) = index_of(name.ctxt) {
                let binding = Binding { reads: 0, ..self.scopes.bindings[index].clone() };
                self.scopes.bindings.push(binding);
                self.is_kept.push(false);
                let copy = self.scopes.bindings.len() - 1;
                own.0.insert(index, copy);
                name.ctxt = context_of(copy);
            }
            Pat::Ident(name.into())
        });
        let patterns = patterns.collect();
        value.visit_mut_with(&mut own);
        patterns
    }

    /// Whether reading a name may throw, because its declaration has not run. A call stays in such
    /// a case, but an unused read would be dropped.
    fn may_be_early(&self, value: &Expr) -> bool {
        let mut early = Early { walk: self, is_found: false };
        value.visit_with(&mut early);
        early.is_found
    }

    /// Returns the variables of the arguments, each with whether functions capture it.
    fn captured_by(&self, call: &CallExpr) -> Vec<(usize, bool)> {
        let (reads, writes) = call.args.iter().fold((Vec::new(), Vec::new()), |mut all, arg| {
            let (reads, writes) = self.variables_of(None, &arg.expr);
            all.0.extend(reads);
            all.1.extend(writes);
            all
        });
        let with_flag = |index: usize| (index, self.scopes.bindings[index].is_captured);
        reads.into_iter().chain(writes).map(with_flag).collect()
    }
}

struct Early<'w, 'a> {
    walk: &'w Compress<'a>,
    is_found: bool,
}

impl Visit for Early<'_, '_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        self.is_found |= match self.walk.binding(name) {
            Some(binding) => {
                let is_lexical = matches!(binding.kind, Kind::Let | Kind::Const | Kind::Class);
                is_lexical && !self.walk.is_settled(name)
            }
            // A name of another module.
            None => name.sym.starts_with('#'),
        };
    }
}

/// Replaces the parameters of a function by others.
struct Own(FxHashMap<usize, usize>);

impl VisitMut for Own {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if let Some(copy) = index_of(name.ctxt).and_then(|index| self.0.get(&index)) {
            name.ctxt = context_of(*copy);
        }
    }
}
