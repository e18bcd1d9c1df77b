//! A `var` in the body of a function that has the name of a parameter is the parameter itself,
//! except for functions in default values, which keep the parameter's first value. In the lowered
//! function both are in one body, so the variable gets a name of its own.
//! ```js
//! function f(a, get = () => a) { var _a = a; _a = 2; return get(); }
//! ```

use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, Class, Constructor, FnDecl, Function, FunctionBody, Id, Ident,
    Program, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{DestructuringFinder, find_pat_ids, private_ident};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::captured_names::CapturedNames;

/// Separates such variables from their parameters. For targets without default values.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut Functions);
}

struct Functions;

impl VisitMut for Functions {
    noop_visit_mut_type!();

    fn visit_mut_function(&mut self, function: &mut Function) {
        function.visit_mut_children_with(self);
        part(&function.params, function.body.as_mut());
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        constructor.visit_mut_children_with(self);
        part(&constructor.params, constructor.body.as_mut());
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        arrow.visit_mut_children_with(self);
        if let ArrowFunctionBody::FunctionBody(body) = &mut *arrow.body {
            part(&arrow.params, Some(body));
        }
    }
}

fn part<P>(parameters: &Vec<P>, body: Option<&mut FunctionBody>)
where
    Vec<P>: VisitWith<CapturedNames> + VisitWith<DestructuringFinder<Id>>,
{
    let mut kept = CapturedNames::default();
    parameters.visit_with(&mut kept);
    let Some(body) = body.filter(|_| !kept.names.is_empty()) else { return };
    let mut declared = Declared::default();
    body.visit_with(&mut declared);
    let names: Vec<Id> = find_pat_ids::<_, Id>(parameters)
        .into_iter()
        .filter(|name| kept.names.contains(name) && declared.all.contains(name))
        .collect();
    if names.is_empty() {
        return;
    }
    let own: FxHashMap<Id, Ident> =
        names.iter().map(|name| (name.clone(), private_ident!(name.0.clone()))).collect();
    body.visit_mut_with(&mut Rename(&own));
    let variable = |name: &Id| VarDeclarator {
        span: DUMMY_SP,
        name: own[name].clone().into(),
        init: Some(Box::new(Ident::new(name.0.clone(), DUMMY_SP, name.1).into())),
        definite: false,
    };
    // A function declaration hides the parameter from the start.
    let decls: Vec<VarDeclarator> =
        names.iter().filter(|name| !declared.functions.contains(name)).map(variable).collect();
    if !decls.is_empty() {
        let at =
            body.stmts.iter().take_while(|statement| statement.can_precede_directive()).count();
        body.stmts
            .insert(at, VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() }.into());
    }
}

/// The names that a body declares with `var` or as a function.
#[derive(Default)]
struct Declared {
    all: FxHashSet<Id>,
    functions: FxHashSet<Id>,
}

impl Visit for Declared {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            self.all.extend(find_pat_ids::<_, Id>(&declaration.decls));
        }
        declaration.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        self.all.insert(declaration.ident.to_id());
        self.functions.insert(declaration.ident.to_id());
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_class(&mut self, _: &Class) {}
}

struct Rename<'a>(&'a FxHashMap<Id, Ident>);

impl VisitMut for Rename<'_> {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if let Some(own) = self.0.get(&name.to_id()) {
            *name = Ident { span: name.span, ..own.clone() };
        }
    }
}
