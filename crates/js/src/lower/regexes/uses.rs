//! How a program uses its regular expressions. One with named groups or the flag `y` needs no
//! object of its own if it is used where it is written, or through a constant on which only methods
//! are called: then the calls are lowered.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_ecma_ast::{
    CallExpr, Callee, ExportDecl, Expr, Id, Ident, Lit, MemberExpr, MemberProp, Pat, Program,
    Regex, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::rewriting::needs_help;
use crate::features::{Feature, Support};

/// A call whose result or arguments depend on names of groups, or on `y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// `e.exec(text)`
    Exec,
    /// `e.test(text)`
    Test,
    /// `text.match(e)`
    Match,
    /// `text.replace(e, replacement)`
    Replace,
    /// `text.search(e)`, `text.split(e)`
    Search,
}

/// Returns what a call does with an expression, and that expression.
pub(super) fn of_call(call: &CallExpr) -> Option<(Use, &Expr)> {
    let Callee::Expr(callee) = &call.callee else { return None };
    let Expr::Member(MemberExpr { obj, prop: MemberProp::Ident(method), .. }) = &**callee else {
        return None;
    };
    let first = call.args.first().filter(|argument| argument.spread.is_none());
    let plain = call.args.iter().all(|argument| argument.spread.is_none());
    let (used, expression) = match (&*method.sym, first) {
        ("exec", _) => (Use::Exec, obj),
        ("test", _) => (Use::Test, obj),
        ("match", Some(first)) => (Use::Match, &first.expr),
        ("replace", Some(first)) if plain && call.args.len() == 2 => (Use::Replace, &first.expr),
        ("search" | "split", Some(first)) => (Use::Search, &first.expr),
        _ => return None,
    };
    Some((used, &**expression))
}

/// The constants that hold expressions and are only used in such calls, each with its expression.
pub(super) fn constants(program: &Program, support: Support) -> FxHashMap<Id, Regex> {
    let mut uses = Uses {
        support,
        held: FxHashMap::default(),
        by_strings: FxHashSet::default(),
        other: FxHashSet::default(),
    };
    program.visit_with(&mut uses);
    let Uses { mut held, by_strings, other, .. } = uses;
    let drops_sticky = !support.has(Feature::StickyRegex);
    held.retain(|name, regex| {
        let is_sticky = drops_sticky && regex.flags.contains('y');
        !(other.contains(name) || is_sticky && by_strings.contains(name))
    });
    held
}

struct Uses {
    support: Support,
    held: FxHashMap<Id, Regex>,
    /// Names that methods of strings are called with: these do not see the flag `y`.
    by_strings: FxHashSet<Id>,
    /// Names that are used in other ways.
    other: FxHashSet<Id>,
}

impl Visit for Uses {
    noop_visit_type!();

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        if let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init)
            && let Expr::Lit(Lit::Regex(regex)) = &**value
        {
            let is_again = needs_help(regex, self.support)
                && self.held.insert(name.id.to_id(), regex.clone()).is_some();
            self.other.extend(is_again.then(|| name.id.to_id()));
        } else {
            declarator.visit_children_with(self);
        }
    }

    fn visit_export_decl(&mut self, export: &ExportDecl) {
        if let Some(declaration) = export.decl.as_var() {
            let names = declaration.decls.iter().filter_map(|it| it.name.as_ident());
            self.other.extend(names.map(|name| name.id.to_id()));
        }
        export.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        let Some((used, expression)) = of_call(call) else {
            return call.visit_children_with(self);
        };
        let Expr::Ident(name) = expression else {
            return call.visit_children_with(self);
        };
        let is_receiver = matches!(used, Use::Exec | Use::Test);
        if !is_receiver {
            self.by_strings.insert(name.to_id());
        }
        if let (false, Callee::Expr(callee)) = (is_receiver, &call.callee) {
            callee.visit_with(self);
        }
        call.args.iter().skip(usize::from(!is_receiver)).for_each(|it| it.visit_with(self));
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        let is_state = matches!(&member.prop, MemberProp::Ident(name) if name.sym == "lastIndex");
        if !is_state || !member.obj.is_ident() {
            member.visit_children_with(self);
        }
    }

    fn visit_ident(&mut self, name: &Ident) {
        self.other.insert(name.to_id());
    }
}
