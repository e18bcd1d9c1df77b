//! The bindings of the names in values of `define`: with `foo=bar`, a `foo` is replaced by the
//! `bar` that is in scope at its place.

use swc_atoms::Atom;
use swc_common::{Span, SyntaxContext};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, BlockStmt, CatchClause, ClassExpr, Constructor, Decl,
    DefaultDecl, FnExpr, ForHead, ForInStmt, ForOfStmt, ForStmt, Function, Ident, ImportDecl,
    Module, ModuleDecl, ModuleItem, ParamOrTsParamProp, Pat, StaticBlock, Stmt, VarDecl,
    VarDeclOrExpr,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitMut, VisitWith, noop_visit_type};

use super::{
    super::statements::{self, Variables},
    Rule,
};

/// The declarations in scope, of the names that values mention.
pub(super) struct Scopes {
    /// The names that values mention; mostly none.
    wanted: Vec<Atom>,
    /// The declarations of these names, innermost last.
    declared: Vec<(Atom, SyntaxContext)>,
}

impl Scopes {
    /// Makes the scopes for the values of some rules.
    pub fn new(rules: &[Rule]) -> Self {
        let mut mentioned = Mentioned(Vec::new());
        for rule in rules {
            rule.value.visit_with(&mut mentioned);
        }
        Self { wanted: mentioned.0, declared: Vec::new() }
    }

    /// Returns the binding of a name at the current place, if the program declares it.
    pub fn meaning(&self, name: &Atom) -> Option<SyntaxContext> {
        self.declared
            .iter()
            .rev()
            .find(|(declared, _)| declared == name)
            .map(|(_, context)| *context)
    }

    /// Adds the names that a scope declares. Returns the argument for `leave`.
    pub fn enter(&mut self, names: impl FnOnce(&mut Declarations<'_>)) -> usize {
        let depth = self.declared.len();
        if !self.wanted.is_empty() {
            names(&mut Declarations(self));
        }
        depth
    }

    /// Drops the names declared since `enter`.
    pub fn leave(&mut self, depth: usize) {
        self.declared.truncate(depth);
    }
}

struct Mentioned(Vec<Atom>);

impl Visit for Mentioned {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        self.0.push(ident.sym.clone());
    }
}

/// Declares names in the current scope.
pub(super) struct Declarations<'s>(&'s mut Scopes);

impl Declarations<'_> {
    fn add(&mut self, ident: &Ident) {
        if self.0.wanted.contains(&ident.sym) {
            self.0.declared.push((ident.sym.clone(), ident.ctxt));
        }
    }

    fn all(&mut self, idents: &[Ident]) {
        for ident in idents {
            self.add(ident);
        }
    }

    fn pattern(&mut self, pattern: &Pat) {
        self.all(&find_pat_ids::<_, Ident>(pattern));
    }

    /// Declares the `var`s of a function, at any depth in its body.
    fn variables(&mut self, body: &impl VisitWith<Variables>) {
        self.all(&statements::variables(body));
    }

    fn lexical(&mut self, statements: &[Stmt]) {
        statements
            .iter()
            .filter_map(Stmt::as_decl)
            .for_each(|declaration| self.declaration(declaration));
    }

    fn declaration(&mut self, declaration: &Decl) {
        match declaration {
            Decl::Class(class) => self.add(&class.ident),
            Decl::Fn(function) => self.add(&function.ident),
            Decl::Var(declaration) => self.declarators(declaration),
            Decl::Using(using) => self.all(&find_pat_ids::<_, Ident>(&using.decls)),
            Decl::TsInterface(_) | Decl::TsTypeAlias(_) | Decl::TsEnum(_) | Decl::TsModule(_) => {}
        }
    }

    fn declarators(&mut self, declaration: &VarDecl) {
        self.all(&find_pat_ids::<_, Ident>(&declaration.decls));
    }

    pub fn module(&mut self, module: &Module) {
        self.variables(module);
        for item in &module.body {
            match item {
                ModuleItem::Stmt(Stmt::Decl(declaration)) => self.declaration(declaration),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    self.declaration(&export.decl);
                }
                ModuleItem::ModuleDecl(ModuleDecl::Import(ImportDecl { specifiers, .. })) => {
                    for specifier in specifiers {
                        self.add(specifier.local());
                    }
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &export.decl
                {
                    DefaultDecl::Class(ClassExpr { ident, .. })
                    | DefaultDecl::Fn(FnExpr { ident, .. }) => {
                        self.all(ident.as_slice());
                    }
                    DefaultDecl::TsInterfaceDecl(_) => {}
                },
                ModuleItem::Stmt(_) | ModuleItem::ModuleDecl(_) => {}
            }
        }
    }

    pub fn function(&mut self, function: &Function) {
        function.params.iter().for_each(|parameter| self.pattern(&parameter.pat));
        if let Some(body) = &function.body {
            self.variables(body);
            self.lexical(&body.stmts);
        }
    }

    pub fn arrow(&mut self, arrow: &ArrowExpr) {
        arrow.params.iter().for_each(|parameter| self.pattern(parameter));
        if let ArrowFunctionBody::FunctionBody(body) = &*arrow.body {
            self.variables(body);
            self.lexical(&body.stmts);
        }
    }

    pub fn constructor(&mut self, constructor: &Constructor) {
        for parameter in &constructor.params {
            if let ParamOrTsParamProp::Param(parameter) = parameter {
                self.pattern(&parameter.pat);
            }
        }
        if let Some(body) = &constructor.body {
            self.variables(body);
            self.lexical(&body.stmts);
        }
    }

    pub fn fn_expr(&mut self, function: &FnExpr) {
        self.all(function.ident.as_slice());
    }

    pub fn class_expr(&mut self, class: &ClassExpr) {
        self.all(class.ident.as_slice());
    }

    pub fn block(&mut self, block: &BlockStmt) {
        self.lexical(&block.stmts);
    }

    pub fn static_block(&mut self, block: &StaticBlock) {
        self.variables(&block.body);
    }

    pub fn catch(&mut self, clause: &CatchClause) {
        clause.param.iter().for_each(|parameter| self.pattern(parameter));
    }

    pub fn for_stmt(&mut self, each: &ForStmt) {
        if let Some(VarDeclOrExpr::VarDecl(declaration)) = &each.init {
            self.declarators(declaration);
        }
    }

    pub fn for_in(&mut self, each: &ForInStmt) {
        self.head(&each.left);
    }

    pub fn for_of(&mut self, each: &ForOfStmt) {
        self.head(&each.left);
    }

    fn head(&mut self, head: &ForHead) {
        if let ForHead::VarDecl(declaration) = head {
            self.declarators(declaration);
        }
    }
}

/// Gives a value the span of the code that it replaces, and its names the bindings of that place.
pub(super) struct PlaceSetter<'a> {
    pub span: Span,
    pub unresolved: SyntaxContext,
    pub scopes: &'a Scopes,
}

impl VisitMut for PlaceSetter<'_> {
    fn visit_mut_span(&mut self, span: &mut Span) {
        *span = self.span;
    }

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        ident.span = self.span;
        ident.ctxt = self.scopes.meaning(&ident.sym).unwrap_or(self.unresolved);
    }
}
