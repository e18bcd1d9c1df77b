//! `import a = b.c` and `import a = require("…")`.

use swc_ecma_ast::{
    ExportDecl, ExportNamedSpecifier, ExportSpecifier, Expr, Ident, Lit, MemberExpr, ModuleDecl,
    ModuleExportName, ModuleItem, NamedExport, Stmt, TsEntityName, TsImportEqualsDecl, TsModuleRef,
    VarDecl, VarDeclKind,
};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::VisitMutWith;

use super::{
    imports,
    walk::{self, TypeScriptLowering},
};
use crate::{
    lower::build::{self, NOWHERE},
    scopes,
};

impl TypeScriptLowering<'_> {
    /// Lowers an alias at the top level.
    pub fn alias(&mut self, import: TsImportEqualsDecl, items: &mut Vec<ModuleItem>) {
        let TsImportEqualsDecl { span, is_export, id, module_ref, .. } = import;
        let is_request = matches!(module_ref, TsModuleRef::TsExternalModuleRef(_));
        let value = self.referred(module_ref);
        let declarator = build::declarator(id.clone(), value);
        let declaration = VarDecl {
            span,
            kind: VarDeclKind::Const,
            decls: vec![declarator],
            ..VarDecl::default()
        };
        if is_export && !is_request {
            let decl = declaration.into();
            return items.push(ModuleDecl::ExportDecl(ExportDecl { span, decl }).into());
        }
        items.push(Stmt::from(declaration).into());
        if is_export {
            let specifier = ExportNamedSpecifier {
                span,
                orig: ModuleExportName::Ident(id),
                exported: None,
                is_type_only: false,
            };
            let specifiers = vec![ExportSpecifier::Named(specifier)];
            let export = NamedExport { span, specifiers, src: None, type_only: false, with: None };
            items.push(ModuleDecl::ExportNamed(export).into());
        }
    }

    /// Lowers an alias in a namespace.
    pub fn alias_in_block(&mut self, import: TsImportEqualsDecl) -> Option<Stmt> {
        if matches!(import.module_ref, TsModuleRef::TsExternalModuleRef(_)) {
            walk::report(&import, "a namespace cannot import a module");
            return None;
        }
        let is_used = import.is_export || imports::is_mentioned(&import.id, self.table);
        if !is_used || imports::is_type_only(&import.module_ref, self.types) {
            return None;
        }
        let TsImportEqualsDecl { span, is_export, id, module_ref, .. } = import;
        let value = self.referred(module_ref);
        if is_export {
            let own = &self.scopes.last().expect("a block encloses it").own;
            return Some(walk::statement_at(span, build::assign(walk::member_of(own, &id), value)));
        }
        let decls = vec![build::declarator(id, value)];
        Some(VarDecl { span, kind: VarDeclKind::Const, decls, ..VarDecl::default() }.into())
    }

    /// Returns the expression after the `=`.
    fn referred(&mut self, reference: TsModuleRef) -> Expr {
        match reference {
            TsModuleRef::TsEntityName(name) => {
                let mut value = entity(name);
                value.visit_mut_with(self);
                value
            }
            TsModuleRef::TsExternalModuleRef(module) => {
                let require = Ident::new("require".into(), NOWHERE, scopes::free());
                let request = Expr::Lit(Lit::Str(module.expr));
                build::call(module.span, require.into(), vec![request.as_arg()])
            }
        }
    }
}

fn entity(name: TsEntityName) -> Expr {
    match name {
        TsEntityName::Ident(name) => name.into(),
        TsEntityName::TsQualifiedName(qualified) => {
            let obj = Box::new(entity(qualified.left));
            MemberExpr { span: qualified.span, obj, prop: qualified.right.into() }.into()
        }
    }
}
