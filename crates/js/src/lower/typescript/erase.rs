//! Drops what has no effect at run time: types, overloads, ambient declarations, imports and
//! exports of types, namespaces without values. No step after this one sees a type.

use bundle_base::config::TypeScriptConfig;
use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_common::{Span, util::take::Take};
use swc_ecma_ast::{
    AssignTarget, AutoAccessor, Callee, Class, ClassMember, ClassMethod, ClassProp, Constructor,
    Decl, DefaultDecl, ExportSpecifier, Expr, Ident, ImportSpecifier, MemberExpr, Module,
    ModuleDecl, ModuleItem, ParenExpr, PrivateMethod, Program, SimpleAssignTarget, Stmt,
    TsEnumDecl, TsModuleDecl, TsModuleName, TsNamespaceBody, TsParamProp, TsThisParam, TsType,
    TsTypeAnn, TsTypeParamDecl, TsTypeParamInstantiation,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::metadata::Metadata;
use crate::{
    ast::unwrap_reference,
    lower::build::{self, NOWHERE},
    scopes,
};

/// What is known of a program after its types are gone.
#[derive(Default)]
pub(in crate::lower) struct Erased {
    /// The names that are types only where they are declared.
    pub types: FxHashSet<Atom>,
    /// The `declare enum`s, whose members may be constants.
    pub ambient_enums: Vec<TsEnumDecl>,
    /// Whether there are enums, namespaces or `import a =`.
    pub has_declarations: bool,
    /// Whether a constructor has parameters that are properties.
    pub has_properties: bool,
    /// Whether `import "module"` stays of an import whose names are types, or are not read.
    pub keeps_imports: bool,
    /// The place of `export =`.
    pub export_assignment: Option<Span>,
}

/// Drops types, after decorators got their metadata. Names need not be numbered.
pub(in crate::lower) fn erase(module: &mut Module, options: TypeScriptConfig) -> Erased {
    let metadata = Metadata::of(module, options.decorator_metadata);
    let erased = Erased { keeps_imports: options.keeps_imports, ..Erased::default() };
    let mut walk = Erase { erased, depth: 0, metadata };
    module.visit_mut_with(&mut walk);
    walk.erased
}

/// Drops ambient and abstract fields, which are left for their decorators.
pub(in crate::lower) fn erase_members(program: &mut Program) {
    struct Members;
    impl VisitMut for Members {
        noop_visit_mut_type!();

        fn visit_mut_class(&mut self, class: &mut Class) {
            class.body.retain(|member| match member {
                ClassMember::ClassProp(field) => !field.declare && !field.is_abstract,
                _ => true,
            });
            class.visit_mut_children_with(self);
        }
    }
    program.visit_mut_with(&mut Members);
}

struct Erase {
    erased: Erased,
    /// How many namespaces enclose the current place.
    depth: usize,
    metadata: Option<Metadata>,
}

impl Erase {
    fn is_type(&mut self, name: &Atom) -> bool {
        self.erased.types.insert(name.clone());
        false
    }

    /// Whether a declaration has an effect at run time.
    fn keeps(&mut self, declaration: &mut Decl) -> bool {
        match declaration {
            Decl::TsInterface(interface) => self.is_type(&interface.id.sym),
            Decl::TsTypeAlias(alias) => self.is_type(&alias.id.sym),
            Decl::TsEnum(declared) if declared.declare => {
                self.erased.ambient_enums.push((**declared).clone());
                false
            }
            Decl::TsModule(namespace) => self.keeps_namespace(namespace),
            Decl::Fn(function) => !function.declare && function.function.body.is_some(),
            Decl::Class(class) => !class.declare,
            Decl::Var(variables) => !variables.declare,
            Decl::Using(_) | Decl::TsEnum(_) => true,
        }
    }

    /// Drops the types in a namespace. Returns whether anything is left of it.
    fn keeps_namespace(&mut self, namespace: &mut TsModuleDecl) -> bool {
        let TsModuleName::Ident(name) = &namespace.id else { return false };
        if namespace.declare || namespace.global {
            return false;
        }
        let name = name.sym.clone();
        self.depth += 1;
        let is_left = namespace.body.as_mut().is_some_and(|body| self.keeps_body(body));
        self.depth -= 1;
        is_left || self.is_type(&name)
    }

    fn keeps_body(&mut self, body: &mut TsNamespaceBody) -> bool {
        match body {
            TsNamespaceBody::TsModuleBlock(block) => {
                block.body.visit_mut_with(self);
                !block.body.is_empty()
            }
            TsNamespaceBody::TsNamespaceDecl(inner) => self.keeps_body(&mut inner.body),
        }
    }

    fn keeps_item(&mut self, item: &mut ModuleItem) -> bool {
        match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => self.keeps(declaration),
            ModuleItem::Stmt(_) => true,
            ModuleItem::ModuleDecl(declaration) => self.keeps_module_declaration(declaration),
        }
    }

    fn keeps_module_declaration(&mut self, declaration: &mut ModuleDecl) -> bool {
        match declaration {
            ModuleDecl::Import(import) => {
                let is_bare = import.specifiers.is_empty();
                import.specifiers.retain(|specifier| {
                    let is_value = !import.type_only
                        && !matches!(specifier, ImportSpecifier::Named(it) if it.is_type_only);
                    is_value || self.is_type(&specifier.local().sym)
                });
                let stays = is_bare || self.erased.keeps_imports && !import.type_only;
                stays || !import.specifiers.is_empty()
            }
            ModuleDecl::ExportNamed(export) => {
                let is_bare = export.specifiers.is_empty();
                export.specifiers.retain(
                    |it| !matches!(it, ExportSpecifier::Named(named) if named.is_type_only),
                );
                !export.type_only && (is_bare || !export.specifiers.is_empty())
            }
            // A namespace's ambient variables are its members.
            ModuleDecl::ExportDecl(export) if self.depth > 0 && export.decl.is_var() => true,
            ModuleDecl::ExportDecl(export) => self.keeps(&mut export.decl),
            ModuleDecl::ExportDefaultDecl(export) => match &export.decl {
                DefaultDecl::Fn(function) => function.function.body.is_some(),
                DefaultDecl::Class(_) => true,
                DefaultDecl::TsInterfaceDecl(_) => false,
            },
            ModuleDecl::ExportAll(export) => !export.type_only,
            ModuleDecl::TsImportEquals(import) => {
                self.erased.has_declarations = true;
                !import.is_type_only || self.is_type(&import.id.sym)
            }
            ModuleDecl::TsNamespaceExport(_) => false,
            ModuleDecl::ExportDefaultExpr(_) | ModuleDecl::TsExportAssignment(_) => true,
        }
    }

    /// Turns `export = value` into `module.exports = value`.
    fn assign_exports(&mut self, item: &mut ModuleItem) {
        if let ModuleItem::ModuleDecl(ModuleDecl::TsExportAssignment(export)) = item {
            self.erased.export_assignment = Some(export.span);
            let module = Ident::new("module".into(), NOWHERE, scopes::free());
            let target = build::member(module.into(), "exports").expect_member();
            let value = build::assign_at(export.span, target, *export.expr.take());
            *item = build::statement(value).into();
        }
    }
}

/// Whether a member of a class has an effect at run time, or decorators that have one.
fn keeps_member(member: &ClassMember) -> bool {
    match member {
        ClassMember::TsIndexSignature(_) => false,
        ClassMember::Constructor(Constructor { body, .. }) => body.is_some(),
        ClassMember::Method(ClassMethod { is_abstract, function, .. })
        | ClassMember::PrivateMethod(PrivateMethod { is_abstract, function, .. }) => {
            !is_abstract && function.body.is_some()
        }
        ClassMember::ClassProp(ClassProp { declare, is_abstract, decorators, .. }) => {
            !declare && !is_abstract || !decorators.is_empty()
        }
        ClassMember::AutoAccessor(AutoAccessor { is_abstract, .. }) => !is_abstract,
        ClassMember::PrivateProp(_) | ClassMember::Empty(_) | ClassMember::StaticBlock(_) => true,
    }
}

impl VisitMut for Erase {
    noop_visit_mut_type!();

    fn visit_mut_opt_ts_type(&mut self, of: &mut Option<Box<TsType>>) {
        *of = None;
    }

    fn visit_mut_opt_ts_type_ann(&mut self, annotation: &mut Option<Box<TsTypeAnn>>) {
        *annotation = None;
    }

    fn visit_mut_opt_ts_type_param_decl(&mut self, of: &mut Option<Box<TsTypeParamDecl>>) {
        *of = None;
    }

    fn visit_mut_opt_ts_type_param_instantiation(
        &mut self,
        of: &mut Option<Box<TsTypeParamInstantiation>>,
    ) {
        *of = None;
    }

    fn visit_mut_opt_ts_this_param(&mut self, of: &mut Option<Box<TsThisParam>>) {
        *of = None;
    }

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        items.retain_mut(|item| self.keeps_item(item));
        for item in items {
            self.assign_exports(item);
            item.visit_mut_with(self);
        }
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        statements.retain_mut(|statement| match statement {
            Stmt::Decl(declaration) => self.keeps(declaration),
            _ => true,
        });
        statements.visit_mut_children_with(self);
    }

    fn visit_mut_ts_enum_decl(&mut self, declaration: &mut TsEnumDecl) {
        self.erased.has_declarations = true;
        declaration.visit_mut_children_with(self);
    }

    // Its contents were visited when `keeps_namespace` decided whether it stays.
    fn visit_mut_ts_module_decl(&mut self, _: &mut TsModuleDecl) {
        self.erased.has_declarations = true;
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        while let Some(inner) = take_untyped(expr) {
            *expr = *inner;
        }
        expr.visit_mut_children_with(self);
    }

    fn visit_mut_member_expr(&mut self, member: &mut MemberExpr) {
        member.visit_mut_children_with(self);
        unwrap_reference(&mut member.obj);
    }

    fn visit_mut_callee(&mut self, callee: &mut Callee) {
        callee.visit_mut_children_with(self);
        if let Callee::Expr(function) = callee {
            unwrap_reference(function);
        }
    }

    fn visit_mut_assign_target(&mut self, target: &mut AssignTarget) {
        if let AssignTarget::Simple(simple) = target
            && let Some(mut inner) = target_inside(simple)
        {
            inner.visit_mut_with(self);
            *simple = SimpleAssignTarget::try_from(inner).unwrap_or_else(|expr| {
                SimpleAssignTarget::Paren(ParenExpr { span: NOWHERE, expr })
            });
            return;
        }
        target.visit_mut_children_with(self);
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        class.is_abstract = false;
        class.implements.clear();
        class.body.retain(keeps_member);
        if let Some(metadata) = &mut self.metadata {
            metadata.add(class);
        }
        class.visit_mut_children_with(self);
    }

    fn visit_mut_ts_param_prop(&mut self, property: &mut TsParamProp) {
        self.erased.has_properties = true;
        property.visit_mut_children_with(self);
    }
}

/// Takes the expression out of one with a type: `a as T`, `a!`, `<T>a`, `a satisfies T`, `a<T>`.
fn take_untyped(expr: &mut Expr) -> Option<Box<Expr>> {
    Some(match expr {
        Expr::TsAs(it) => it.expr.take(),
        Expr::TsNonNull(it) => it.expr.take(),
        Expr::TsTypeAssertion(it) => it.expr.take(),
        Expr::TsConstAssertion(it) => it.expr.take(),
        Expr::TsInstantiation(it) => it.expr.take(),
        Expr::TsSatisfies(it) => it.expr.take(),
        _ => return None,
    })
}

fn target_inside(target: &mut SimpleAssignTarget) -> Option<Box<Expr>> {
    Some(match target {
        SimpleAssignTarget::TsAs(it) => it.expr.take(),
        SimpleAssignTarget::TsNonNull(it) => it.expr.take(),
        SimpleAssignTarget::TsTypeAssertion(it) => it.expr.take(),
        SimpleAssignTarget::TsInstantiation(it) => it.expr.take(),
        SimpleAssignTarget::TsSatisfies(it) => it.expr.take(),
        _ => return None,
    })
}
