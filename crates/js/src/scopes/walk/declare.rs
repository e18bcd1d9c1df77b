//! Declares the names of scopes. A scope declares all its names when it is entered.

use swc_common::SyntaxContext;
use swc_ecma_ast::{
    Decl, DefaultDecl, FnDecl, Ident, ImportSpecifier, ModuleDecl, ModuleItem, Pat, Stmt,
    TsModuleName, UsingDecl, VarDecl, VarDeclKind,
};

use super::model::Walk;
use crate::{
    ast::bound_names,
    scopes::{
        contexts::free,
        hoist::{Hoist, Hoisted},
        table::{Kind, index_of},
    },
};

impl Walk {
    /// Declares a name in the current scope. Returns its binding.
    pub(super) fn declare(&mut self, name: &Ident, kind: Kind) -> usize {
        let known = self.visible.find_in(self.scope, &name.sym, name.ctxt);
        let binding = known.unwrap_or_else(|| {
            let binding = self.table.add(name.sym.clone(), kind, self.scope);
            self.visible.declare(name, self.scope, binding);
            binding
        });
        self.table.bindings[binding].declarations += 1;
        binding
    }

    /// Declares the names of a pattern in the current scope.
    pub(super) fn declare_pattern(&mut self, pattern: &Pat, kind: Kind) {
        bound_names(pattern, &mut |name| {
            self.declare(name, kind);
        });
    }

    /// Declares `let` and `const`, but not `var`.
    pub(super) fn declare_lexical_variables(&mut self, declaration: &VarDecl) {
        let kind = match declaration.kind {
            VarDeclKind::Var => return,
            VarDeclKind::Let => Kind::Let,
            VarDeclKind::Const => Kind::Const,
        };
        for declarator in &declaration.decls {
            self.declare_pattern(&declarator.name, kind);
        }
    }

    pub(super) fn declare_using(&mut self, declaration: &UsingDecl) {
        for declarator in &declaration.decls {
            self.declare_pattern(&declarator.name, Kind::Let);
        }
    }

    fn declaration(&mut self, declaration: &Decl) {
        match declaration {
            Decl::Class(class) => {
                self.declare(&class.ident, Kind::Class);
            }
            Decl::Fn(FnDecl { ident: name, .. }) => {
                match self.hoisted.get(&std::ptr::from_ref(name)).copied() {
                    // The parameter of an enclosing `catch` may have its name.
                    Some(binding) if self.visible.find(&name.sym, name.ctxt) != Some(binding) => {
                        self.visible.declare(name, self.scope, binding);
                    }
                    Some(_) => {}
                    None => drop(self.declare(name, Kind::Function)),
                }
            }
            Decl::Var(declaration) => self.declare_lexical_variables(declaration),
            Decl::Using(declaration) => self.declare_using(declaration),
            Decl::TsEnum(declaration) => self.declare_object(&declaration.id),
            Decl::TsModule(declaration) => {
                if let TsModuleName::Ident(name) = &declaration.id {
                    self.declare_object(name);
                }
            }
            _ => {}
        }
    }

    /// Declares an enum or a namespace of TypeScript.
    fn declare_object(&mut self, name: &Ident) {
        self.declare(name, if self.scope == 0 { Kind::Var } else { Kind::Let });
    }

    /// Declares what the statements of a block declare for the block.
    pub(super) fn declare_block(&mut self, statements: &[Stmt]) {
        for statement in statements {
            if let Stmt::Decl(declaration) = statement {
                self.declaration(declaration);
            }
        }
    }

    /// Declares what the body of a function declares.
    pub(super) fn declare_body(&mut self, statements: &[Stmt]) {
        self.declare_block(statements);
        let hoisted = Hoist::of(statements.iter(), !self.is_strict);
        self.declare_hoisted(&hoisted);
    }

    /// Declares the names of a parameter. Returns whether it is a plain name.
    pub(super) fn declare_parameter(&mut self, pattern: &Pat) -> bool {
        self.declare_pattern(pattern, Kind::Parameter);
        pattern.is_ident()
    }

    /// Declares what the top level of a program or of a namespace declares.
    pub(super) fn declare_items(&mut self, items: &[ModuleItem]) {
        for item in items {
            match item {
                ModuleItem::Stmt(Stmt::Decl(declaration)) => self.declaration(declaration),
                ModuleItem::ModuleDecl(declaration) => self.module_declaration(declaration),
                ModuleItem::Stmt(_) => {}
            }
        }
        let statements = items.iter().filter_map(ModuleItem::as_stmt);
        let hoisted = Hoist::of(statements, !self.is_strict);
        self.declare_hoisted(&hoisted);
        for item in items {
            if let ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) = item
                && let Decl::Var(declaration) = &export.decl
                && declaration.kind == VarDeclKind::Var
            {
                for declarator in &declaration.decls {
                    self.declare_pattern(&declarator.name, Kind::Var);
                }
            }
        }
    }

    fn module_declaration(&mut self, declaration: &ModuleDecl) {
        match declaration {
            ModuleDecl::Import(import) => {
                for specifier in &import.specifiers {
                    let is_namespace = matches!(specifier, ImportSpecifier::Namespace(_));
                    let kind = if is_namespace { Kind::Namespace } else { Kind::Import };
                    self.declare(specifier.local(), kind);
                }
            }
            ModuleDecl::ExportDecl(export) => self.declaration(&export.decl),
            ModuleDecl::TsImportEquals(import) => {
                self.declare(&import.id, Kind::Const);
            }
            ModuleDecl::ExportDefaultDecl(export) => match &export.decl {
                DefaultDecl::Fn(function) => {
                    if let Some(name) = &function.ident {
                        self.declare(name, Kind::Function);
                    }
                }
                DefaultDecl::Class(class) => {
                    if let Some(name) = &class.ident {
                        self.declare(name, Kind::Class);
                    }
                }
                DefaultDecl::TsInterfaceDecl(_) => {}
            },
            _ => {}
        }
    }

    fn declare_hoisted(&mut self, hoisted: &[Hoisted<'_>]) {
        for hoisted in hoisted {
            match hoisted {
                Hoisted::Var(name) => self.declare_variable(name),
                Hoisted::Function(name) => self.declare_block_function(name),
            }
        }
    }

    /// Declares a `var`. One with the name of a parameter is the parameter.
    fn declare_variable(&mut self, name: &Ident) {
        let around = self.table.list[self.scope].function;
        let parameter = self.visible.find_in(around, &name.sym, name.ctxt);
        match parameter.filter(|_| around != self.scope) {
            Some(parameter) => self.table.bindings[parameter].declarations += 1,
            None => {
                self.declare(name, Kind::Var);
            }
        }
    }

    /// Declares a function in a block for the whole function, unless that has a parameter or a
    /// lexical declaration of its name. Passes that resolve names without annex B take mentions
    /// outside the block for free names, so the binding is found under that context too. A name
    /// that was numbered before is found by its number alone: code that was moved may have brought
    /// it beside another one with the same text.
    fn declare_block_function(&mut self, name: &Ident) {
        let function = self.table.list[self.scope].function;
        let is_numbered = index_of(name.ctxt).is_some();
        let declared_in = |scope: usize| {
            if is_numbered {
                self.visible.find_in(scope, &name.sym, name.ctxt)
            } else {
                let mut own = self.visible.all_in(scope, &name.sym);
                own.find(|binding| self.table.bindings[*binding].name == name.sym)
            }
        };
        let known = declared_in(self.scope).or_else(|| declared_in(function));
        let is_variable = |binding: usize| {
            matches!(self.table.bindings[binding].kind, Kind::Var | Kind::Function)
        };
        if known.is_some_and(|known| !is_variable(known)) {
            return;
        }
        let binding = match known {
            Some(known) => {
                if self.visible.find_in(self.scope, &name.sym, name.ctxt) != Some(known) {
                    self.visible.declare(name, self.scope, known);
                }
                self.table.bindings[known].declarations += 1;
                known
            }
            // It has no value before the block.
            None => self.declare(name, Kind::Var),
        };
        self.hoisted.insert(std::ptr::from_ref(name), binding);
        if !is_numbered && name.ctxt != SyntaxContext::empty() && name.ctxt != free() {
            let outside = Ident { ctxt: free(), ..name.clone() };
            self.visible.declare(&outside, self.scope, binding);
        }
    }
}
