//! Which identifiers a program declares at its top level, with what keyword, and in which
//! statement. `var`s inside blocks count too: they are top-level names, and lowering turns
//! block-scoped names into them.

use bundle_graph::record::SymbolKind;
use swc_common::Span;
use swc_ecma_ast::{
    ArrowExpr, Class, Decl, DefaultDecl, Expr, FnDecl, Function, Ident, ModuleDecl, ModuleItem,
    Stmt, VarDecl, VarDeclKind,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// A name declared at the top level.
pub(super) struct Declared {
    /// The identifier.
    pub ident: Ident,
    /// What declares it.
    pub kind: SymbolKind,
    /// The statement that declares it.
    pub statement: usize,
    /// Whether it is a top-level declaration of one name, written with `const`.
    pub is_const: bool,
    /// Whether it is declared by `enum` or `const enum`.
    pub is_enumeration: bool,
}

/// Returns everything declared at the top level, in order. A name that is declared twice is listed
/// twice. Imports are not listed.
pub(super) fn top_level_declarations(
    items: &[ModuleItem],
    text: &dyn Fn(Span) -> Keyword,
) -> Vec<Declared> {
    let mut all = Vec::new();
    for (statement, item) in items.iter().enumerate() {
        let mut found = Found { statement, keyword: text, all: &mut all };
        match item {
            ModuleItem::Stmt(s) => found.statement(s),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                found.declaration(&export.decl);
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &export.decl {
                DefaultDecl::Fn(f) => found.push(f.ident.as_ref(), SymbolKind::Function),
                DefaultDecl::Class(c) => found.push(c.ident.as_ref(), SymbolKind::Lexical),
                DefaultDecl::TsInterfaceDecl(_) => {}
            },
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
                export.visit_with(&mut found);
            }
            ModuleItem::ModuleDecl(_) => {}
        }
    }
    all
}

/// The first keyword of a declaration in the source. Lowering turns all of them into `var`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    /// `const`.
    Const,
    /// `let` or `class`.
    Lexical,
    /// `enum` or `const enum`, which is compiled to a `var`.
    Enumeration,
    /// Anything else: `var`, or a declaration made by lowering.
    Other,
}

impl Keyword {
    /// Returns the keyword with which a text begins.
    pub fn of(text: &str) -> Self {
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$');
        match words.next().unwrap_or_default() {
            "const" if words.find(|word| !word.is_empty()) == Some("enum") => Self::Enumeration,
            "const" => Self::Const,
            "let" | "class" => Self::Lexical,
            "enum" => Self::Enumeration,
            _ => Self::Other,
        }
    }
}

struct Found<'a> {
    statement: usize,
    keyword: &'a dyn Fn(Span) -> Keyword,
    all: &'a mut Vec<Declared>,
}

impl Found<'_> {
    fn push(&mut self, ident: Option<&Ident>, kind: SymbolKind) {
        if let Some(ident) = ident {
            self.all.push(Declared {
                ident: ident.clone(),
                kind,
                statement: self.statement,
                is_const: false,
                is_enumeration: false,
            });
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Decl(declaration) => self.declaration(declaration),
            other => other.visit_with(self),
        }
    }

    fn declaration(&mut self, declaration: &Decl) {
        match declaration {
            Decl::Fn(f) => self.push(Some(&f.ident), SymbolKind::Function),
            Decl::Class(c) => {
                self.push(Some(&c.ident), SymbolKind::Lexical);
                c.class.visit_with(self);
            }
            Decl::Var(v) => self.variables(v, v.decls.len() == 1),
            Decl::Using(u) => {
                for ident in find_pat_ids::<_, Ident>(&u.decls) {
                    self.push(Some(&ident), SymbolKind::Lexical);
                }
            }
            Decl::TsInterface(_) | Decl::TsTypeAlias(_) | Decl::TsEnum(_) | Decl::TsModule(_) => {}
        }
    }

    fn variables(&mut self, declaration: &VarDecl, is_alone: bool) {
        let keyword = (self.keyword)(declaration.span);
        let kind = match (declaration.kind, keyword) {
            (VarDeclKind::Var, Keyword::Other | Keyword::Enumeration) => SymbolKind::Var,
            _ => SymbolKind::Lexical,
        };
        let is_const =
            declaration.kind == VarDeclKind::Const || is_alone && keyword == Keyword::Const;
        let is_enumeration = keyword == Keyword::Enumeration;
        for ident in find_pat_ids::<_, Ident>(&declaration.decls) {
            self.all.push(Declared {
                ident,
                kind,
                statement: self.statement,
                is_const,
                is_enumeration,
            });
        }
        declaration.visit_children_with(self);
    }
}

/// Below the top level, only `var` declares top-level names.
impl Visit for Found<'_> {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            for ident in find_pat_ids::<_, Ident>(&declaration.decls) {
                self.push(Some(&ident), SymbolKind::Var);
            }
        }
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_fn_decl(&mut self, _: &FnDecl) {}

    fn visit_class(&mut self, _: &Class) {}

    fn visit_expr(&mut self, _: &Expr) {}
}
