//! `super.name` in async arrow functions. swc hoists it out of them, but loses the arrow's value:
//! such an arrow would return nothing. So it is hoisted here, into a plain arrow function in the
//! method, which swc compiles correctly.

use swc_atoms::Atom;
use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, CallExpr, Callee, Class, Constructor, Expr, ExprOrSpread,
    Function, FunctionBody, Ident, IdentName, Lit, MemberExpr, MemberProp, Program, Stmt, Super,
    SuperProp, SuperPropExpr, ThisExpr, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Hoists `super` reads in every method of a program.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut Methods);
}

struct Methods;

impl Methods {
    fn body(body: Option<&mut FunctionBody>) {
        let Some(body) = body else { return };
        let mut reads = Reads { is_async: false, hoisted: Vec::new() };
        body.stmts.visit_mut_with(&mut reads);
        let is_directive =
            |s: &Stmt| matches!(s, Stmt::Expr(e) if matches!(&*e.expr, Expr::Lit(Lit::Str(_))));
        let at = body.stmts.iter().take_while(|s| is_directive(s)).count();
        body.stmts
            .splice(at..at, reads.hoisted.into_iter().map(|(name, local)| reader(name, local)));
    }
}

impl VisitMut for Methods {
    noop_visit_mut_type!();

    fn visit_mut_function(&mut self, function: &mut Function) {
        function.visit_mut_children_with(self);
        Self::body(function.body.as_mut());
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        constructor.visit_mut_children_with(self);
        Self::body(constructor.body.as_mut());
    }
}

/// Makes `var local = () => super.name;`.
fn reader(name: Atom, local: Ident) -> Stmt {
    let read = Expr::SuperProp(SuperPropExpr {
        span: DUMMY_SP,
        obj: Super { span: DUMMY_SP },
        prop: SuperProp::Ident(IdentName::new(name, DUMMY_SP)),
    });
    let arrow = ArrowExpr {
        body: Box::new(ArrowFunctionBody::Expr(Box::new(read))),
        ..ArrowExpr::default()
    };
    let init = Some(Box::new(Expr::Arrow(arrow)));
    let declarator = VarDeclarator { span: DUMMY_SP, name: local.into(), init, definite: false };
    VarDecl { kind: VarDeclKind::Var, decls: vec![declarator], ..VarDecl::default() }.into()
}

/// Replaces the `super` reads in the async arrows of one method.
struct Reads {
    is_async: bool,
    hoisted: Vec<(Atom, Ident)>,
}

impl Reads {
    /// Makes `local()`.
    fn read(&mut self, property: &SuperPropExpr) -> Option<Expr> {
        let SuperProp::Ident(name) = &property.prop else { return None };
        let known = self
            .hoisted
            .iter()
            .find(|(known, _)| *known == name.sym)
            .map(|(_, local)| local.clone());
        let local = known.unwrap_or_else(|| {
            let local = private_ident!(format!("_super_{}", name.sym));
            self.hoisted.push((name.sym.clone(), local.clone()));
            local
        });
        let callee = Callee::Expr(Box::new(Expr::Ident(local)));
        Some(Expr::Call(CallExpr { span: property.span, callee, ..CallExpr::default() }))
    }
}

impl VisitMut for Reads {
    noop_visit_mut_type!();

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let outer = self.is_async;
        self.is_async |= arrow.is_async;
        arrow.visit_mut_children_with(self);
        self.is_async = outer;
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        if self.is_async
            && let Expr::SuperProp(property) = expr
            && let Some(read) = self.read(property)
        {
            *expr = read;
        }
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        let method = match &call.callee {
            Callee::Expr(callee) if self.is_async => match &**callee {
                Expr::SuperProp(property) => self.read(property),
                _ => None,
            },
            _ => None,
        };
        if let Some(method) = method {
            let this = ExprOrSpread::from(Expr::This(ThisExpr { span: DUMMY_SP }));
            call.args.insert(0, this);
            call.callee = Callee::Expr(Box::new(Expr::Member(MemberExpr {
                span: call.span,
                obj: Box::new(method),
                prop: MemberProp::Ident(IdentName::new("call".into(), DUMMY_SP)),
            })));
        }
        call.visit_mut_children_with(self);
    }

    // Functions and classes inside have their own `super`.
    fn visit_mut_function(&mut self, _: &mut Function) {}
    fn visit_mut_class(&mut self, _: &mut Class) {}
}
