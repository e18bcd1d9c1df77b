//! `using` at the top level of a module. Imports, exports and functions stay at the top level;
//! everything else from the first `using` on goes into the `try`. What it declares is declared
//! outside and assigned inside.
//!
//! ```js
//! using a = f(); export const b = a.c; export default class {}
//! let a, b, _default; export { b }; export { _default as default };
//! const _resources = _using();
//! try { a = _resources.u(f()); b = a.c; _default = { default: class {} }.default; } …
//! ```

use swc_ecma_ast::{
    AssignTarget, ClassDecl, ClassExpr, Decl, DefaultDecl, ExportNamedSpecifier, ExportSpecifier,
    Expr, Ident, IdentName, Module, ModuleDecl, ModuleItem, NamedExport, PropName, Stmt, VarDecl,
    VarDeclKind,
};
use swc_ecma_utils::{find_pat_ids, private_ident};

use super::{
    super::build::{self, NOWHERE},
    resources::Resources,
};

/// Lowers the top level of a module.
pub(super) fn lower(module: &mut Module) {
    let is_using = |item: &ModuleItem| matches!(item, ModuleItem::Stmt(Stmt::Decl(Decl::Using(_))));
    let Some(first) = module.body.iter().position(is_using) else { return };
    let mut split = Split::default();
    let mut resources = Resources::new();
    for item in module.body.drain(first..) {
        split.item(item, &mut resources);
    }
    let Split { declared, exported, outside, inside } = split;
    if !declared.is_empty() {
        let decls = declared.into_iter().map(build::declared).collect();
        let variables = VarDecl { kind: VarDeclKind::Let, decls, ..VarDecl::default() };
        module.body.push(Stmt::from(variables).into());
    }
    module.body.extend(outside);
    if !exported.is_empty() {
        module.body.push(export(exported));
    }
    module.body.push(resources.declaration().into());
    module.body.push(resources.guard(inside).into());
}

/// The parts of the top level.
#[derive(Default)]
struct Split {
    /// The variables that are assigned inside.
    declared: Vec<Ident>,
    exported: Vec<ExportSpecifier>,
    outside: Vec<ModuleItem>,
    inside: Vec<Stmt>,
}

impl Split {
    fn item(&mut self, item: ModuleItem, resources: &mut Resources) {
        match item {
            ModuleItem::Stmt(Stmt::Decl(Decl::Using(using))) => {
                self.variables(resources.constants(*using));
            }
            ModuleItem::Stmt(Stmt::Decl(declaration)) => self.declaration(declaration, false),
            ModuleItem::Stmt(statement) => self.inside.push(statement),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                self.declaration(export.decl, true);
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export))
                if export.decl.is_class() =>
            {
                let DefaultDecl::Class(class) = export.decl else { unreachable!("it is one") };
                match class.ident {
                    Some(ident) => {
                        self.export(&ident, Some("default"));
                        self.class(ClassDecl { ident, declare: false, class: class.class });
                    }
                    None => self.default_export(class.into()),
                }
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
                self.default_export(*export.expr);
            }
            declaration @ ModuleItem::ModuleDecl(_) => self.outside.push(declaration),
        }
    }

    fn declaration(&mut self, declaration: Decl, is_exported: bool) {
        match declaration {
            Decl::Var(variables) => {
                if is_exported {
                    for name in find_pat_ids::<_, Ident>(&variables.decls) {
                        self.export(&name, None);
                    }
                }
                self.variables(*variables);
            }
            Decl::Class(class) => {
                if is_exported {
                    self.export(&class.ident, None);
                }
                self.class(class);
            }
            function => {
                let Decl::Fn(declared) = &function else { return };
                if is_exported {
                    self.export(&declared.ident, None);
                }
                self.outside.push(Stmt::from(function).into());
            }
        }
    }

    /// Splits a declaration of variables. A `var` inside a block declares one outside.
    fn variables(&mut self, declaration: VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            self.inside.push(declaration.into());
            return;
        }
        for declarator in declaration.decls {
            self.declared.extend(find_pat_ids::<_, Ident>(&declarator.name));
            let Some(value) = declarator.init else { continue };
            let target = AssignTarget::try_from(declarator.name).expect("it declares names");
            self.inside.push(build::statement(build::assign(target, *value)));
        }
    }

    fn class(&mut self, declaration: ClassDecl) {
        let ClassDecl { ident, class, .. } = declaration;
        self.declared.push(ident.clone());
        let value = ClassExpr { ident: Some(ident.clone()), class };
        self.inside.push(build::statement(build::assign(ident, value.into())));
    }

    fn default_export(&mut self, value: Expr) {
        let name = private_ident!("_default");
        let key: PropName = IdentName::new("default".into(), NOWHERE).into();
        self.export(&name, Some("default"));
        self.declared.push(name.clone());
        self.inside.push(build::statement(build::assign(name, build::with_name(value, key))));
    }

    fn export(&mut self, name: &Ident, exported: Option<&str>) {
        let exported = exported.map(|name| Ident::new_no_ctxt(name.into(), NOWHERE).into());
        let (span, orig) = (NOWHERE, name.clone().into());
        let specifier = ExportNamedSpecifier { span, orig, exported, is_type_only: false };
        self.exported.push(specifier.into());
    }
}

fn export(specifiers: Vec<ExportSpecifier>) -> ModuleItem {
    let export = NamedExport { span: NOWHERE, specifiers, src: None, type_only: false, with: None };
    ModuleDecl::ExportNamed(export).into()
}
