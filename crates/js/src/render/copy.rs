//! Live items as plain statements: `import` and `export` are gone, what they declared or carried stays. A module's
//! legal comments stay as long as anything of it does, even if the item they stand at went.

use bundle_graph::{plan::RenderPlan, record::SourceFormat};
use swc_common::{DUMMY_SP, Span, Spanned, comments::Comment};
use swc_ecma_ast::{
    ClassDecl, Decl, DefaultDecl, ExportDefaultDecl, Expr, FnDecl, Ident, ModuleDecl, ModuleItem, Pat, Stmt, VarDecl,
    VarDeclKind, VarDeclarator,
};

use super::slot;
use crate::ast::{Ast, is_legal};

/// A statement with the comments that are printed before it.
pub(super) struct Line {
    pub statement: Stmt,
    pub comments: Vec<Comment>,
}

/// Copies the statements that live.
pub(super) fn live(ast: &Ast, plan: &RenderPlan) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut comments = Vec::new();
    for (item, is_live) in ast.module.body.iter().zip(&plan.live) {
        comments.extend(ast.comments.leading(item.span_lo()).iter().filter(|c| is_legal(c)).cloned());
        let copied = if *is_live { statement(item, ast) } else { None };
        if let Some(statement) = copied {
            lines.push(Line { statement, comments: std::mem::take(&mut comments) });
        }
    }
    lines
}

/// One item without its module syntax; `None` if nothing remains.
fn statement(item: &ModuleItem, ast: &Ast) -> Option<Stmt> {
    match item {
        ModuleItem::Stmt(Stmt::Empty(_)) => None,
        // ES modules are strict whether they say so or not; the layer they stand in says it once.
        ModuleItem::Stmt(s) if ast.names.format == SourceFormat::Esm && s.can_precede_directive() => None,
        ModuleItem::Stmt(statement) => Some(statement.clone()),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => Some(Stmt::Decl(export.decl.clone())),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
            Some(default_variable(ast, export.span, export.expr.clone()))
        }
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => default_declaration(export, ast),
        ModuleItem::ModuleDecl(_) => None,
    }
}

fn default_declaration(export: &ExportDefaultDecl, ast: &Ast) -> Option<Stmt> {
    match &export.decl {
        DefaultDecl::Fn(f) => {
            let ident = f.ident.clone().unwrap_or_else(|| default_ident(ast, export.span));
            Some(Stmt::Decl(Decl::Fn(FnDecl { ident, declare: false, function: f.function.clone() })))
        }
        DefaultDecl::Class(c) => match &c.ident {
            Some(ident) => Some(Stmt::Decl(Decl::Class(ClassDecl {
                ident: ident.clone(),
                declare: false,
                class: c.class.clone(),
            }))),
            None => Some(default_variable(ast, export.span, Box::new(Expr::Class(c.clone())))),
        },
        DefaultDecl::TsInterfaceDecl(_) => None,
    }
}

/// `const` where the target has it: reading a default export too early must throw.
fn default_variable(ast: &Ast, span: Span, value: Box<Expr>) -> Stmt {
    let kind = if ast.names.has_const { VarDeclKind::Const } else { VarDeclKind::Var };
    let name = Pat::Ident(default_ident(ast, DUMMY_SP).into());
    let declarator = VarDeclarator { span, name, init: Some(value), definite: false };
    let declaration = VarDecl { span, kind, decls: vec![declarator], ..VarDecl::default() };
    Stmt::Decl(Decl::Var(Box::new(declaration)))
}

fn default_ident(ast: &Ast, span: Span) -> Ident {
    let symbol = ast.names.default_value.expect("a default export without a name has a symbol of its own");
    slot::ident(symbol.0, span)
}
