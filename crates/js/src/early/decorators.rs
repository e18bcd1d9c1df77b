//! Reports decorators before statements that are not classes. swc's parser accepts and drops them.

use swc_common::{BytePos, Span, Spanned};
use swc_ecma_ast::{Decl, DefaultDecl, Module, ModuleDecl, ModuleItem, Stmt};
use swc_ecma_parser::error::SyntaxError::InvalidLeadingDecorator;

use super::checker::Checker;
use crate::messages;

impl Checker<'_> {
    /// Checks the statements of a program, which may be a part of a file.
    pub(super) fn decorated(&mut self, module: &Module) {
        if !self.source.text.contains('@') {
            return;
        }
        // `#!` begins the first line of programs for Node.
        let first = self.text(module.span.lo, module.span.hi).lines().next().unwrap_or_default();
        let hashbang = if first.starts_with("#!") { first.len() } else { 0 };
        let mut end = module.span.lo + BytePos(u32::try_from(hashbang).unwrap_or(0));
        for item in &module.body {
            let span = item.span();
            // A statement begins with its decorators or after them, depending on its kind.
            if !is_class(item)
                && let Some(at) = decorator(self.text(end, span.lo))
                    .map(|at| end + at)
                    .or_else(|| self.text_of(span).starts_with('@').then_some(span.lo))
            {
                let sign = Span::new(at, at + BytePos(1));
                let label = self.label(sign);
                if let Some(diagnostic) = messages::grammar(&label, &InvalidLeadingDecorator) {
                    self.report(diagnostic);
                }
            }
            end = span.hi;
        }
    }
}

/// Returns the place of a `@` in a text between statements, outside comments.
fn decorator(between: &str) -> Option<BytePos> {
    let mut rest = between;
    loop {
        let sign = rest.find('@')?;
        let comment = rest.find("/*").map(|at| (at, "*/")).into_iter();
        let first = comment.chain(rest.find("//").map(|at| (at, "\n"))).min();
        let Some((at, close)) = first.filter(|(at, _)| *at < sign) else {
            let at = between.len() - rest.len() + sign;
            return u32::try_from(at).ok().map(BytePos);
        };
        let end = rest[at + 2..].find(close)?;
        rest = &rest[at + 2 + end + close.len()..];
    }
}

fn is_class(item: &ModuleItem) -> bool {
    match item {
        ModuleItem::Stmt(Stmt::Decl(declaration)) => matches!(declaration, Decl::Class(_)),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
            matches!(export.decl, Decl::Class(_))
        }
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
            matches!(export.decl, DefaultDecl::Class(_))
        }
        ModuleItem::Stmt(_) | ModuleItem::ModuleDecl(_) => false,
    }
}
