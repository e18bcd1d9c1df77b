//! Prints `import` and `export`.

use swc_common::Spanned;
use swc_ecma_ast::{
    Decl, DefaultDecl, ExportAll, ExportDecl, ExportDefaultDecl, ExportDefaultExpr,
    ExportNamedSpecifier, ExportSpecifier, ImportDecl, ImportNamedSpecifier, ImportPhase,
    ImportSpecifier, ModuleDecl, ModuleExportName, NamedExport, ObjectLit,
};

use super::Printer;

impl Printer<'_> {
    pub(super) fn module_decl(&mut self, node: &ModuleDecl) {
        self.leading(node.span());
        self.at(node.span());
        match node {
            ModuleDecl::Import(node) => self.import(node),
            ModuleDecl::ExportDecl(node) => self.export_decl(node),
            ModuleDecl::ExportNamed(node) => self.export_named(node),
            ModuleDecl::ExportDefaultDecl(node) => self.export_default_decl(node),
            ModuleDecl::ExportDefaultExpr(node) => self.export_default(node),
            ModuleDecl::ExportAll(node) => self.export_all(node),
            ModuleDecl::TsImportEquals(_)
            | ModuleDecl::TsExportAssignment(_)
            | ModuleDecl::TsNamespaceExport(_) => {
                unreachable!("TypeScript is gone before printing")
            }
        }
        self.trailing(node.span());
    }

    fn import(&mut self, node: &ImportDecl) {
        self.out.keyword("import");
        match node.phase {
            ImportPhase::Evaluation => {}
            ImportPhase::Source => self.spaced("source"),
            ImportPhase::Defer => self.spaced("defer"),
        }
        self.out.gap();
        let named = |specifier: &&ImportSpecifier| matches!(specifier, ImportSpecifier::Named(_));
        let mut is_first = true;
        for specifier in node.specifiers.iter().filter(|s| !named(s)) {
            self.comma_unless(&mut is_first);
            if let ImportSpecifier::Namespace(_) = specifier {
                self.out.mark("*");
                self.out.gap();
                self.out.keyword("as");
                self.out.space();
            }
            self.ident(specifier.local());
        }
        if node.specifiers.iter().any(|s| named(&s)) {
            self.comma_unless(&mut is_first);
            self.braced_names(node.specifiers.iter().filter(named), |printer, specifier| {
                if let ImportSpecifier::Named(specifier) = specifier {
                    printer.import_name(specifier);
                }
            });
        }
        if !node.specifiers.is_empty() {
            self.out.gap();
            self.out.keyword("from");
            self.out.gap();
        }
        self.string(&node.src);
        self.attributes(node.with.as_deref());
        self.out.semicolon();
    }

    fn spaced(&mut self, keyword: &'static str) {
        self.out.space();
        self.out.keyword(keyword);
    }

    fn comma_unless(&mut self, is_first: &mut bool) {
        if !std::mem::take(is_first) {
            self.out.mark(",");
            self.out.gap();
        }
    }

    /// Prints names in braces, on one line.
    fn braced_names<T>(&mut self, list: impl Iterator<Item = T>, print: impl Fn(&mut Self, T)) {
        self.out.mark("{");
        self.out.gap();
        self.separated(list, print);
        self.out.gap();
        self.out.closing("}");
    }

    fn attributes(&mut self, with: Option<&ObjectLit>) {
        if let Some(with) = with {
            self.out.gap();
            self.out.keyword("with");
            self.out.gap();
            self.object(with);
        }
    }

    fn import_name(&mut self, node: &ImportNamedSpecifier) {
        self.at(node.span);
        if let Some(imported) = &node.imported {
            self.export_name(imported);
            self.as_keyword();
        }
        self.ident(&node.local);
        self.after(node.span);
    }

    fn as_keyword(&mut self) {
        self.out.space();
        self.out.keyword("as");
        self.out.space();
    }

    fn export_name(&mut self, name: &ModuleExportName) {
        match name {
            ModuleExportName::Ident(name) => self.ident(name),
            ModuleExportName::Str(name) => self.string(name),
        }
    }

    fn export_decl(&mut self, node: &ExportDecl) {
        if let Decl::Class(class) = &node.decl {
            self.decorators(&class.class.decorators);
        }
        self.out.keyword("export");
        self.out.space();
        self.declaration(&node.decl, false);
    }

    fn export_named(&mut self, node: &NamedExport) {
        self.out.keyword("export");
        self.out.gap();
        let is_space = |s: &&ExportSpecifier| matches!(s, ExportSpecifier::Namespace(_));
        let mut is_first = true;
        for specifier in node.specifiers.iter().filter(is_space) {
            self.comma_unless(&mut is_first);
            self.specifier(specifier);
        }
        let has_names = is_first || node.specifiers.iter().any(|s| !is_space(&s));
        if has_names {
            self.comma_unless(&mut is_first);
            self.braced_names(node.specifiers.iter().filter(|s| !is_space(s)), Self::specifier);
        }
        if let Some(source) = &node.src {
            if has_names {
                self.out.gap();
            } else {
                self.out.space();
            }
            self.out.keyword("from");
            self.out.gap();
            self.string(source);
            self.attributes(node.with.as_deref());
        }
        self.out.semicolon();
    }

    fn specifier(&mut self, node: &ExportSpecifier) {
        match node {
            ExportSpecifier::Named(node) => self.export_specifier(node),
            ExportSpecifier::Namespace(node) => {
                self.at(node.span);
                self.out.mark("*");
                self.out.gap();
                self.out.keyword("as");
                self.out.space();
                self.export_name(&node.name);
                self.after(node.span);
            }
            ExportSpecifier::Default(_) => unreachable!("the parser refuses `export a from`"),
        }
    }

    fn export_specifier(&mut self, node: &ExportNamedSpecifier) {
        self.at(node.span);
        self.export_name(&node.orig);
        if let Some(exported) = &node.exported {
            self.as_keyword();
            self.export_name(exported);
        }
        self.after(node.span);
    }

    fn export_all(&mut self, node: &ExportAll) {
        self.out.keyword("export");
        self.out.gap();
        self.out.mark("*");
        self.out.gap();
        self.out.keyword("from");
        self.out.gap();
        self.string(&node.src);
        self.attributes(node.with.as_deref());
        self.out.semicolon();
    }

    fn export_default(&mut self, node: &ExportDefaultExpr) {
        self.out.keyword("export");
        self.spaced("default");
        self.out.gap();
        // A function or class would be a declaration.
        self.starts.default = self.out.here();
        self.value(&node.expr);
        self.out.semicolon();
    }

    fn export_default_decl(&mut self, node: &ExportDefaultDecl) {
        self.out.keyword("export");
        self.spaced("default");
        self.out.space();
        match &node.decl {
            DefaultDecl::Class(class) => self.class_expr(class),
            DefaultDecl::Fn(function) => self.fn_expr(function),
            DefaultDecl::TsInterfaceDecl(_) => unreachable!("TypeScript is gone before printing"),
        }
    }
}
