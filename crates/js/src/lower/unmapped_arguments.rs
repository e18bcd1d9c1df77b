//! In a function with patterns, default values or a rest parameter, `arguments` and the parameters
//! do not follow each other's changes. The lowered function has plain parameters only, and in
//! sloppy code these are linked to `arguments`. So the plain parameters get new names, and
//! variables copy their values.
//!
//! ```js
//! function f(_a, ...rest) { var a = _a; a = 1; return arguments[0]; }
//! ```

use rustc_hash::FxHashMap;
use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignTarget, BindingIdent, Class, Decl, Expr, ForHead, Function,
    FunctionBody, Id, Ident, MemberExpr, MemberProp, Program, SimpleAssignTarget, Stmt, UpdateExpr,
    VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{find_pat_ids, private_ident};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use crate::features::body_is_strict;

/// Separates parameters from `arguments`. For targets without patterns or rest parameters.
pub(super) fn lower(program: &mut Program, is_strict: bool) {
    program.visit_mut_with(&mut Functions { is_strict });
}

struct Functions {
    is_strict: bool,
}

impl VisitMut for Functions {
    noop_visit_mut_type!();

    fn visit_mut_function_body(&mut self, body: &mut FunctionBody) {
        let outer = self.is_strict;
        self.is_strict |= body_is_strict(body);
        body.visit_mut_children_with(self);
        self.is_strict = outer;
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        let outer = std::mem::replace(&mut self.is_strict, true);
        class.visit_mut_children_with(self);
        self.is_strict = outer;
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        function.visit_mut_children_with(self);
        if !self.is_strict && function.params.iter().any(|parameter| !parameter.pat.is_ident()) {
            part(function);
        }
    }
}

fn part(function: &mut Function) {
    let Some(body) = &mut function.body else { return };
    let plain = function.params.iter().filter_map(|parameter| parameter.pat.as_ident());
    let names: Vec<Id> = plain.map(BindingIdent::to_id).collect();
    let mut uses = Uses { names: &names, ..Uses::default() };
    body.visit_with(&mut uses);
    let mut in_parameters = Closures(false);
    function.params.visit_with(&mut in_parameters);
    if !uses.may_differ() || in_parameters.0 {
        return;
    }
    let own: FxHashMap<Id, Ident> =
        names.iter().map(|name| (name.clone(), private_ident!(format!("_{}", name.0)))).collect();
    function.params.visit_mut_with(&mut Rename(&own));
    let variable = |name: &Id| VarDeclarator {
        span: DUMMY_SP,
        name: Ident::new(name.0.clone(), DUMMY_SP, name.1).into(),
        init: Some(Box::new(own[name].clone().into())),
        definite: false,
    };
    // A function that the body declares hides the parameter from the start.
    let hidden: Vec<Id> = body.stmts.iter().filter_map(declared_function).collect();
    let decls: Vec<VarDeclarator> =
        names.iter().filter(|name| !hidden.contains(name)).map(variable).collect();
    if decls.is_empty() {
        return;
    }
    let at = body.stmts.iter().take_while(|statement| statement.can_precede_directive()).count();
    body.stmts.insert(at, VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() }.into());
}

fn declared_function(statement: &Stmt) -> Option<Id> {
    match statement {
        Stmt::Decl(Decl::Fn(function)) => Some(function.ident.to_id()),
        _ => None,
    }
}

/// How a function uses its `arguments` and plain parameters.
#[derive(Default)]
struct Uses<'a> {
    names: &'a [Id],
    /// How many functions with their own `arguments` enclose the current place.
    depth: u32,
    has_arguments: bool,
    assigns_arguments: bool,
    assigns_parameters: bool,
}

impl Uses<'_> {
    fn may_differ(&self) -> bool {
        !self.names.is_empty()
            && (self.assigns_arguments || self.has_arguments && self.assigns_parameters)
    }

    fn note_assigned(&mut self, names: &[Id]) {
        self.assigns_parameters |= names.iter().any(|name| self.names.contains(name));
    }

    fn member(&mut self, target: &MemberExpr) {
        self.assigns_arguments |= self.depth == 0 && is_arguments(&target.obj);
    }
}

fn is_arguments(value: &Expr) -> bool {
    value.as_ident().is_some_and(|name| &*name.sym == "arguments")
}

impl Visit for Uses<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        if &*name.sym == "arguments" && self.depth == 0 {
            self.has_arguments = true;
            // The code that gets `arguments` may change it.
            self.assigns_arguments = true;
        }
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        if is_arguments(&member.obj) && self.depth == 0 {
            self.has_arguments = true;
        } else {
            member.obj.visit_with(self);
        }
        if let MemberProp::Computed(key) = &member.prop {
            key.visit_with(self);
        }
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        self.note_assigned(&find_pat_ids::<_, Id>(&assign.left));
        if let AssignTarget::Simple(SimpleAssignTarget::Member(target)) = &assign.left {
            self.member(target);
        }
        assign.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        match &*update.arg {
            Expr::Ident(name) => self.note_assigned(&[name.to_id()]),
            Expr::Member(target) => self.member(target),
            _ => {}
        }
        update.visit_children_with(self);
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        if let ForHead::Pat(pattern) = head {
            self.note_assigned(&find_pat_ids::<_, Id>(pattern));
        }
        head.visit_children_with(self);
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        self.note_assigned(&find_pat_ids::<_, Id>(&declaration.decls));
        declaration.visit_children_with(self);
    }

    /// A function has its own `arguments`.
    fn visit_function(&mut self, function: &Function) {
        self.depth += 1;
        function.visit_children_with(self);
        self.depth -= 1;
    }
}

/// Finds functions in default values, which see the parameter itself, even if the body assigns to
/// it.
struct Closures(bool);

impl Visit for Closures {
    noop_visit_type!();

    fn visit_function(&mut self, _: &Function) {
        self.0 = true;
    }

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {
        self.0 = true;
    }
}

/// Renames parameters, in patterns and default values too.
struct Rename<'a>(&'a FxHashMap<Id, Ident>);

impl VisitMut for Rename<'_> {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if let Some(own) = self.0.get(&name.to_id()) {
            *name = Ident { span: name.span, ..own.clone() };
        }
    }
}
