//! Splits top-level declarations of several variables into one per variable, so that tree shaking
//! decides on each variable alone.

use swc_ecma_ast::{Decl, ExportDecl, ModuleDecl, ModuleItem, Stmt, VarDecl};

/// Splits declarations. Each new declaration has the span of the whole, because that is where the
/// keyword is.
pub(super) fn take_apart(items: &mut Vec<ModuleItem>) {
    let several = |item: &ModuleItem| {
        super::constants::variables(item).is_some_and(|found| found.decls.len() > 1)
    };
    if !items.iter().any(several) {
        return;
    }
    let whole = std::mem::take(items);
    for item in whole {
        match item {
            ModuleItem::Stmt(Stmt::Decl(Decl::Var(declaration))) => {
                items.extend(
                    parts(*declaration).map(|part| ModuleItem::Stmt(Stmt::Decl(Decl::Var(part)))),
                );
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl {
                span,
                decl: Decl::Var(declaration),
            })) => {
                let exported =
                    |part| ModuleDecl::ExportDecl(ExportDecl { span, decl: Decl::Var(part) });
                items
                    .extend(parts(*declaration).map(|part| ModuleItem::ModuleDecl(exported(part))));
            }
            other => items.push(other),
        }
    }
}

fn parts(declaration: VarDecl) -> impl Iterator<Item = Box<VarDecl>> {
    let VarDecl { span, ctxt, kind, declare, decls } = declaration;
    decls
        .into_iter()
        .map(move |one| Box::new(VarDecl { span, ctxt, kind, declare, decls: vec![one] }))
}
