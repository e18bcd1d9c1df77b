//! Turns the members of an object into variables, if code only reads its members by name. Other
//! steps then drop the variables that nothing reads, and copy those with a known value.

use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::{DUMMY_SP, SyntaxContext};
use swc_ecma_ast::{
    AssignTarget, Callee, Decl, Expr, ForHead, Ident, MemberExpr, MemberProp, Module, ObjectLit,
    OptChainExpr, Pat, Prop, PropName, PropOrSpread, SimpleAssignTarget, Stmt, TaggedTpl,
    UnaryExpr, UnaryOp, UpdateExpr, VarDecl, VarDeclarator,
};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::function_context::uses_own;
use crate::scopes::{Scopes, index_of};

/// Turns the members of such objects into variables. `is_kept`: other modules see the binding.
/// `name`: gives the next name of a variable, at the top level or not. Returns whether it found
/// one.
pub(super) fn into_variables(
    module: &mut Module,
    table: &Scopes,
    is_kept: &[bool],
    name: impl FnMut(bool) -> Atom,
) -> bool {
    let mut found = Objects { table, is_kept, found: FxHashMap::default() };
    module.visit_with(&mut found);
    let mut objects = found.found;
    if objects.is_empty() {
        return false;
    }
    let mut uses = Uses { objects: &mut objects };
    module.visit_with(&mut uses);
    if objects.is_empty() {
        return false;
    }
    let mut split = Split { objects, table, name, variables: FxHashMap::default() };
    module.visit_mut_with(&mut split);
    true
}

/// The objects that may become variables, by binding, each with the names of its members and
/// whether it is a function that needs its object.
struct Objects<'a> {
    table: &'a Scopes,
    is_kept: &'a [bool],
    found: FxHashMap<usize, FxHashMap<Atom, bool>>,
}

impl Visit for Objects<'_> {
    noop_visit_type!();

    fn visit_stmt(&mut self, statement: &Stmt) {
        statement.visit_children_with(self);
        let Stmt::Decl(Decl::Var(declaration)) = statement else { return };
        for declarator in &declaration.decls {
            let (Pat::Ident(name), Some(Expr::Object(object))) =
                (&declarator.name, declarator.init.as_deref())
            else {
                continue;
            };
            let Some(index) = index_of(name.id.ctxt) else { continue };
            let binding = &self.table.bindings[index];
            let is_own = !self.is_kept[index] && !self.table.list[binding.scope].is_dynamic;
            if is_own
                && binding.is_never_assigned()
                && binding.reads > 0
                && let Some(members) = members(object)
            {
                self.found.insert(index, members);
            }
        }
    }
}

/// Returns the members of an object, if all are plain and have names.
fn members(object: &ObjectLit) -> Option<FxHashMap<Atom, bool>> {
    let mut members = FxHashMap::default();
    for prop in &object.props {
        let PropOrSpread::Prop(prop) = prop else { return None };
        let (name, needs_object) = match &**prop {
            Prop::Shorthand(name) => (name.sym.clone(), true),
            Prop::KeyValue(pair) => {
                let needs_object = match &*pair.value {
                    Expr::Arrow(_) | Expr::Lit(_) => false,
                    Expr::Fn(function) => {
                        uses_own(&function.function.body) || uses_own(&function.function.params)
                    }
                    _ => true,
                };
                (name_of(&pair.key)?, needs_object)
            }
            _ => return None,
        };
        if name == "__proto__" || members.insert(name, needs_object).is_some() {
            return None;
        }
    }
    (!members.is_empty()).then_some(members)
}

fn name_of(key: &PropName) -> Option<Atom> {
    match key {
        PropName::Ident(name) => Some(name.sym.clone()),
        PropName::Str(text) => Some(text.value.as_str()?.into()),
        _ => None,
    }
}

fn member_of(member: &MemberExpr) -> Option<(usize, Atom)> {
    let Expr::Ident(object) = member.obj.unwrap_parens() else { return None };
    let name = match &member.prop {
        MemberProp::Ident(name) => name.sym.clone(),
        MemberProp::Computed(key) => match key.expr.unwrap_parens() {
            Expr::Lit(swc_ecma_ast::Lit::Str(text)) => text.value.as_str()?.into(),
            _ => return None,
        },
        MemberProp::PrivateName(_) => return None,
    };
    Some((index_of(object.ctxt)?, name))
}

/// Drops the objects that are also used in another way.
struct Uses<'a> {
    objects: &'a mut FxHashMap<usize, FxHashMap<Atom, bool>>,
}

impl Uses<'_> {
    /// A read of a member. `is_called`: the member is the callee of a call.
    fn read(&mut self, member: &MemberExpr, is_called: bool) -> bool {
        let Some((object, name)) = member_of(member) else { return false };
        let Some(members) = self.objects.get(&object) else { return false };
        match members.get(&name) {
            Some(needs_object) if !(is_called && *needs_object) => true,
            _ => {
                self.objects.remove(&object);
                true
            }
        }
    }

    /// A place in which a member must stay a member.
    fn place(&mut self, place: &Expr) {
        if let Expr::Member(member) = place.unwrap_parens()
            && let Some((object, _)) = member_of(member)
        {
            self.objects.remove(&object);
        }
    }
}

impl Visit for Uses<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt) {
            self.objects.remove(&index);
        }
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        // Its own declaration does not count as another use.
        if !declarator.name.is_ident() {
            declarator.name.visit_with(self);
        }
        declarator.init.visit_with(self);
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        if !self.read(member, false) {
            member.visit_children_with(self);
        }
    }

    fn visit_callee(&mut self, callee: &Callee) {
        if let Callee::Expr(callee) = callee
            && let Expr::Member(member) = callee.unwrap_parens()
            && self.read(member, true)
        {
            return;
        }
        callee.visit_children_with(self);
    }

    fn visit_tagged_tpl(&mut self, tagged: &TaggedTpl) {
        self.place(&tagged.tag);
        tagged.visit_children_with(self);
    }

    fn visit_opt_chain_expr(&mut self, chain: &OptChainExpr) {
        if let swc_ecma_ast::OptChainBase::Member(member) = &*chain.base
            && let Some((object, _)) = member_of(member)
        {
            self.objects.remove(&object);
        }
        if let swc_ecma_ast::OptChainBase::Call(call) = &*chain.base {
            self.place(&call.callee);
        }
        chain.visit_children_with(self);
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        if unary.op == UnaryOp::Delete {
            self.place(&unary.arg);
        }
        unary.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        self.place(&update.arg);
        update.visit_children_with(self);
    }

    fn visit_assign_target(&mut self, target: &AssignTarget) {
        if let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = target
            && let Some((object, _)) = member_of(member)
        {
            self.objects.remove(&object);
        }
        target.visit_children_with(self);
    }

    fn visit_pat(&mut self, pattern: &Pat) {
        if let Pat::Expr(target) = pattern {
            self.place(target);
        }
        pattern.visit_children_with(self);
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        head.visit_children_with(self);
    }
}

/// Puts the variables in the places of the members.
struct Split<'a, F> {
    objects: FxHashMap<usize, FxHashMap<Atom, bool>>,
    table: &'a Scopes,
    name: F,
    variables: FxHashMap<(usize, Atom), Atom>,
}

impl<F: FnMut(bool) -> Atom> Split<'_, F> {
    fn variable(&mut self, object: usize, member: Atom) -> Ident {
        let is_top = self.table.bindings[object].scope == 0;
        let name = &mut self.name;
        let sym = self.variables.entry((object, member)).or_insert_with(|| name(is_top)).clone();
        Ident::new(sym, DUMMY_SP, SyntaxContext::empty())
    }
}

impl<F: FnMut(bool) -> Atom> VisitMut for Split<'_, F> {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if let Expr::Member(member) = expr
            && let Some((object, name)) = member_of(member)
            && self.objects.contains_key(&object)
        {
            let span = member.span;
            let mut variable = self.variable(object, name);
            variable.span = span;
            *expr = Expr::Ident(variable);
            return;
        }
        expr.visit_mut_children_with(self);
    }

    fn visit_mut_var_decl(&mut self, declaration: &mut VarDecl) {
        declaration.visit_mut_children_with(self);
        let is_split = |one: &VarDeclarator, objects: &FxHashMap<usize, _>| {
            matches!(&one.name, Pat::Ident(name)
                if index_of(name.id.ctxt).is_some_and(|index| objects.contains_key(&index)))
        };
        if !declaration.decls.iter().any(|one| is_split(one, &self.objects)) {
            return;
        }
        for mut one in std::mem::take(&mut declaration.decls) {
            if !is_split(&one, &self.objects) {
                declaration.decls.push(one);
                continue;
            }
            let Pat::Ident(name) = &one.name else { unreachable!("it was examined") };
            let object = index_of(name.id.ctxt).expect("it was examined");
            let Some(Expr::Object(literal)) = one.init.as_deref_mut() else {
                unreachable!("it was examined")
            };
            for prop in literal.props.drain(..) {
                let PropOrSpread::Prop(prop) = prop else { unreachable!("it was examined") };
                let (member, value) = match *prop {
                    Prop::Shorthand(name) => (name.sym.clone(), Box::new(Expr::Ident(name))),
                    Prop::KeyValue(pair) => {
                        (name_of(&pair.key).expect("it was examined"), pair.value)
                    }
                    _ => unreachable!("it was examined"),
                };
                let name = self.variable(object, member);
                declaration.decls.push(VarDeclarator {
                    span: DUMMY_SP,
                    name: name.into(),
                    init: Some(value),
                    definite: false,
                });
            }
        }
    }
}
