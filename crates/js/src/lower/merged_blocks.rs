//! Namespaces and enums in several blocks. The exports of one block are in scope in all blocks of
//! the same name, but swc binds each block separately. So a name that means an export of another
//! block is written out: `twice` becomes `Tools.twice`.
//!
//! A namespace is identified by the binding of its root name and the exported names that lead from
//! there to it, because in `namespace A { export namespace B { … } }` each block of `A` binds its
//! own `B`.

use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    AssignPat, AssignPatProp, Decl, ExportDecl, Expr, Ident, JSXElementName, JSXMemberExpr,
    JSXObject, KeyValuePatProp, MemberExpr, MemberProp, ObjectPatProp, Pat, Program, Prop,
    PropName, SimpleAssignTarget, TsEntityName, TsEnumDecl, TsImportEqualsDecl, TsModuleDecl,
    TsModuleName, TsModuleRef, TsNamespaceBody, TsQualifiedName,
};
use swc_ecma_utils::{QueryRef, RefRewriter};
use swc_ecma_visit::{VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type};

mod blocks; // the blocks of each name and their exports
mod bound; // the names that a block binds itself

use blocks::{Blocks, Place};
use bound::Bound;

/// Writes out the names that blocks read of each other. Must run before types are stripped.
pub(super) fn lower(program: &mut Program) {
    let blocks = Blocks::of(program);
    if blocks.has_namespace || blocks.has_merged() {
        let writer = RefRewriter { query: Scopes(Vec::new()) };
        program.visit_mut_with(&mut Merged { blocks, place: None, is_exported: false, writer });
    }
}

/// One block that encloses a name.
struct Scope {
    /// The name of the namespace inside the block.
    owner: Ident,
    /// The exports of all its blocks.
    exports: FxHashSet<Atom>,
    /// The names that this block binds, at any depth.
    bound: Bound,
}

/// The enclosing blocks, innermost last.
struct Scopes(Vec<Scope>);

impl Scopes {
    fn owner(&self, name: &Ident) -> Option<Ident> {
        for scope in self.0.iter().rev() {
            if scope.bound.has(name) {
                return None;
            }
            if scope.exports.contains(&name.sym) {
                return Some(scope.owner.clone());
            }
        }
        None
    }
}

impl Scopes {
    /// Returns the owner of the first name in an `import a = b.c` in a block. swc keeps such a name
    /// even if the same block exports it, in which case no variable of that name exists.
    fn owner_of_import(&self, name: &Ident) -> Option<Ident> {
        let knows = |scope: &&Scope| scope.exports.contains(&name.sym) || scope.bound.has(name);
        let nearest = self.0.iter().rev().find(knows)?;
        nearest.exports.contains(&name.sym).then(|| nearest.owner.clone())
    }
}

impl QueryRef for Scopes {
    fn query_ref(&self, name: &Ident) -> Option<Box<Expr>> {
        let prop = MemberProp::Ident(name.clone().into());
        self.owner(name).map(|owner| MemberExpr { span: name.span, obj: owner.into(), prop }.into())
    }

    fn query_lhs(&self, name: &Ident) -> Option<Box<Expr>> {
        self.query_ref(name)
    }

    fn query_jsx(&self, name: &Ident) -> Option<JSXElementName> {
        if name.sym.starts_with(|first: char| first.is_ascii_lowercase()) {
            return None;
        }
        let obj = JSXObject::Ident(self.owner(name)?);
        Some(JSXMemberExpr { span: name.span, obj, prop: name.clone().into() }.into())
    }
}

struct Merged {
    blocks: Blocks,
    /// The namespace whose block is being walked.
    place: Option<Place>,
    /// Whether the next declaration is exported.
    is_exported: bool,
    writer: RefRewriter<Scopes>,
}

impl Merged {
    fn place_of(&mut self, name: &Ident) -> Place {
        let is_exported = std::mem::take(&mut self.is_exported);
        Place::new(self.place.as_ref().filter(|_| is_exported), name)
    }

    fn scope(&self, owner: &Ident, place: &Place, bound: Bound) -> Scope {
        Scope { owner: owner.clone(), exports: self.blocks.exports(place), bound }
    }

    fn within(&mut self, scope: Scope, visit: impl FnOnce(&mut Self)) {
        self.writer.query.0.push(scope);
        visit(self);
        self.writer.query.0.pop();
    }

    fn body(&mut self, owner: &Ident, place: Place, body: &mut TsNamespaceBody) {
        let mut bound = Bound::default();
        body.visit_with(&mut bound);
        self.within(self.scope(owner, &place, bound), |this| {
            let outer = this.place.replace(place);
            match body {
                TsNamespaceBody::TsModuleBlock(block) => block.visit_mut_children_with(this),
                TsNamespaceBody::TsNamespaceDecl(inner) => {
                    let place = Place::new(this.place.as_ref(), &inner.id);
                    this.body(&inner.id.clone(), place, &mut inner.body);
                }
            }
            this.place = outer;
        });
    }
}

impl VisitMut for Merged {
    noop_visit_mut_type!();

    fn visit_mut_export_decl(&mut self, export: &mut ExportDecl) {
        self.is_exported = matches!(export.decl, Decl::TsModule(_) | Decl::TsEnum(_));
        export.visit_mut_children_with(self);
    }

    fn visit_mut_ts_module_decl(&mut self, module: &mut TsModuleDecl) {
        let TsModuleName::Ident(owner) = module.id.clone() else { return };
        let place = self.place_of(&owner);
        if let Some(body) = module.body.as_mut().filter(|_| !module.declare) {
            self.body(&owner, place, body);
        }
    }

    fn visit_mut_ts_enum_decl(&mut self, declaration: &mut TsEnumDecl) {
        let place = self.place_of(&declaration.id).of_enum();
        let mut bound = Bound::default();
        declaration.members.visit_with(&mut bound);
        bound.members.extend(blocks::member_names(declaration));
        self.within(self.scope(&declaration.id, &place, bound), |this| {
            declaration.members.visit_mut_with(this);
        });
    }

    fn visit_mut_ts_import_equals_decl(&mut self, import: &mut TsImportEqualsDecl) {
        let TsModuleRef::TsEntityName(name) = &mut import.module_ref else { return };
        let mut first = name;
        while let TsEntityName::TsQualifiedName(qualified) = first {
            first = &mut qualified.left;
        }
        let TsEntityName::Ident(ident) = &*first else { return };
        if let Some(owner) = self.writer.query.owner_of_import(ident) {
            let right = ident.clone().into();
            *first = TsEntityName::TsQualifiedName(Box::new(TsQualifiedName {
                span: DUMMY_SP,
                left: TsEntityName::Ident(owner),
                right,
            }));
        }
    }

    fn visit_mut_object_pat_prop(&mut self, prop: &mut ObjectPatProp) {
        // swc compiles `{ c = 1 }` with an exported `c` as if `N.c = 1` were an assignment;
        // `{ c: c = 1 }` it compiles correctly.
        if let ObjectPatProp::Assign(AssignPatProp { span, key, value: value @ Some(_) }) = prop {
            let right = value.take().expect("the pattern says so");
            let left = Box::new(Pat::Ident(key.clone()));
            let key = PropName::Ident(key.id.clone().into());
            let value = Box::new(Pat::Assign(AssignPat { span: *span, left, right }));
            *prop = ObjectPatProp::KeyValue(KeyValuePatProp { key, value });
        }
        prop.visit_mut_children_with(self);
        self.writer.exit_object_pat_prop(prop);
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        prop.visit_mut_children_with(self);
        self.writer.exit_prop(prop);
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        pattern.visit_mut_children_with(self);
        self.writer.exit_pat(pattern);
    }

    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        expression.visit_mut_children_with(self);
        self.writer.exit_expr(expression);
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut SimpleAssignTarget) {
        target.visit_mut_children_with(self);
        self.writer.exit_simple_assign_target(target);
    }

    fn visit_mut_jsx_element_name(&mut self, name: &mut JSXElementName) {
        name.visit_mut_children_with(self);
        self.writer.exit_jsx_element_name(name);
    }

    fn visit_mut_jsx_object(&mut self, object: &mut JSXObject) {
        object.visit_mut_children_with(self);
        self.writer.exit_jsx_object(object);
    }
}
