//! Enums. A member fills its enum by `E[E["A"] = 0] = "A"`, and by `E["B"] = "text"` if it is a
//! text: a text has no way back from the value to the name.

use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_common::{Span, Spanned, source_map::PURE_SP};
use swc_ecma_ast::{
    BinaryOp, Expr, Ident, Lit, ObjectLit, Stmt, Str, TsEnumDecl, VarDecl, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMutWith, VisitWith};

use super::{
    bound::Bound,
    constants,
    walk::{Scope, TypeScriptLowering, call, or_empty, statement_at},
};
use crate::lower::build::{self, NOWHERE};

impl TypeScriptLowering<'_> {
    pub fn enumeration(&mut self, declaration: TsEnumDecl, is_exported: bool) -> Vec<Stmt> {
        let TsEnumDecl { id: name, members, span, is_const, .. } = declaration;
        let id = name.to_id();
        if is_const && !is_exported && self.vanishing.contains(&id) {
            return Vec::new();
        }
        let own = private_ident!(name.sym.clone());
        let mut bound = Bound::default();
        members.visit_with(&mut bound);
        let place = self.place_of(&name, is_exported).of_enum();
        let holder = self.holder(&name, is_exported);
        let exports = self.blocks.exports(&place);
        let members_of = FxHashSet::default();
        self.scopes.push(Scope {
            outside: id.clone(),
            own: own.clone(),
            exports,
            members: members_of,
            bound,
        });
        let mut is_known = true;
        let mut statements = Vec::with_capacity(members.len() + 1);
        for mut member in members {
            let Some(key) = constants::member_name(&member.id) else { continue };
            let at = (member.span, member.id.span());
            let value = if let Some(value) = self.constants.member(&id, &key) {
                let mut value = value.expr();
                value.set_span(member.init.as_ref().map_or(NOWHERE, Spanned::span));
                value
            } else {
                is_known = false;
                member.init.visit_mut_with(self);
                member.init.map_or_else(build::undefined, |init| *init)
            };
            statements.push(member_statement(at, &own, &key, value));
        }
        self.scopes.pop();
        let is_first = self.is_to_declare(&name);
        if !is_first || !holder.is_ident() {
            let argument = if is_first { or_empty(holder) } else { holder };
            return vec![statement_at(
                span,
                call(NOWHERE, Ident { span: name.span, ..own }, statements, argument),
            )];
        }
        let kind = self.kind(&name);
        let argument = match kind {
            VarDeclKind::Var if !is_exported => {
                build::binary(BinaryOp::LogicalOr, holder, ObjectLit::default().into())
            }
            _ => ObjectLit::default().into(),
        };
        statements.push(build::returned(own.clone().into()));
        let at = if is_known { PURE_SP } else { NOWHERE };
        let init = Some(Box::new(call(at, Ident { span: name.span, ..own }, statements, argument)));
        let declarator = VarDeclarator { span, name: name.into(), init, definite: false };
        let declaration = VarDecl { span, kind, decls: vec![declarator], ..VarDecl::default() };
        vec![declaration.into()]
    }
}

/// Makes the statement of one member. `at`: where the member is, and its name; `value`: its value,
/// in which `holder` is the enum.
fn member_statement(at: (Span, Span), holder: &Ident, name: &Atom, value: Expr) -> Stmt {
    let is_text = is_text(&value);
    let key = |span| Expr::Lit(Lit::Str(Str { span, value: name.clone().into(), raw: None }));
    let element = |key| build::element(holder.clone().into(), key).expect_member();
    let set = if is_text {
        build::assign_at(at.0, element(key(at.1)), value)
    } else {
        let set = build::assign_at(at.0, element(key(NOWHERE)), value);
        build::assign_at(at.0, element(set), key(at.1))
    };
    build::statement(set)
}

/// Whether an expression is a text by its syntax (TypeScript's `isSyntacticallyString`).
fn is_text(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(Lit::Str(_)) | Expr::Tpl(_) => true,
        Expr::Paren(paren) => is_text(&paren.expr),
        Expr::Bin(binary) => {
            binary.op == BinaryOp::Add && (is_text(&binary.left) || is_text(&binary.right))
        }
        _ => false,
    }
}
