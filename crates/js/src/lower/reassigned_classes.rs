//! Classes whose name is assigned to. Code in the class then means the class itself, which never
//! changes, and code outside means the variable. Lowered, both would be one variable.
//!
//! ```js
//! let A = class A$own { static get() { return A$own; } };
//! A = null;
//! ```

use rustc_hash::FxHashSet;
use swc_common::{DUMMY_SP, Mark, SyntaxContext};
use swc_ecma_ast::{
    ClassDecl, ClassExpr, Decl, Id, Ident, Program, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::constant_assignment::Writes;

/// Separates the two. Adds the names inside to the own names.
pub(super) fn lower(program: &mut Program, writes: &mut Writes) {
    let assigned: FxHashSet<Id> = writes.assigned.iter().map(|(id, _)| id.clone()).collect();
    let mut classes = Classes { assigned, own: Vec::new() };
    program.visit_mut_with(&mut classes);
    for name in classes.own {
        writes.own_names.insert(name.to_id(), true);
        writes.assigned.push((name.to_id(), name.span));
    }
}

struct Classes {
    assigned: FxHashSet<Id>,
    own: Vec<Ident>,
}

impl VisitMut for Classes {
    noop_visit_mut_type!();

    fn visit_mut_decl(&mut self, declaration: &mut Decl) {
        declaration.visit_mut_children_with(self);
        let Decl::Class(ClassDecl { ident, class, .. }) = declaration else { return };
        if !self.assigned.contains(&ident.to_id()) {
            return;
        }
        let mut class = std::mem::take(class);
        let own = Ident { ctxt: SyntaxContext::empty().apply_mark(Mark::new()), ..ident.clone() };
        class.visit_mut_with(&mut Rename { from: ident.to_id(), to: own.ctxt });
        self.own.push(own.clone());
        let variable = VarDeclarator {
            span: class.span,
            name: ident.clone().into(),
            init: Some(Box::new(ClassExpr { ident: Some(own), class }.into())),
            definite: false,
        };
        *declaration = VarDecl {
            span: DUMMY_SP,
            kind: VarDeclKind::Let,
            decls: vec![variable],
            ..VarDecl::default()
        }
        .into();
    }
}

struct Rename {
    from: Id,
    to: SyntaxContext,
}

impl VisitMut for Rename {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if name.sym == self.from.0 && name.ctxt == self.from.1 {
            name.ctxt = self.to;
        }
    }
}
