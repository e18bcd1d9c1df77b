//! The heads of loops whose variables an object of the iteration holds.

use swc_ecma_ast::{Decl, Expr, ForHead, Id, Ident, Stmt, VarDecl, VarDeclKind, VarDeclarator};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMutWith, VisitWith};

use super::{
    super::super::{build, captured_names::CapturedNames},
    nodes::{literal, new_record, prepend, single},
    rewrite::Rewrite,
};

impl Rewrite {
    /// Declares the object of the first iteration in the head of a `for` loop.
    pub(super) fn for_head(&mut self, declaration: &mut VarDecl, own: u32, record: &Ident) {
        let names = self.plan.heads.get(&own).cloned().unwrap_or_default();
        let mut kept = CapturedNames::default();
        declaration.visit_with(&mut kept);
        if !kept.names.is_empty() {
            return self.for_head_with_functions(declaration, own, record);
        }
        // The variables of the head have their own names until the object is made.
        self.records.remove(&own);
        declaration.visit_mut_with(self);
        let object = match single(&declaration.decls) {
            Some(name) if names.len() == 1 && self.plan.kept.contains_key(&name) => {
                let value = declaration.decls.pop().and_then(|variable| variable.init);
                let name = Ident::new(name.0, build::NOWHERE, name.1);
                let value = value.unwrap_or_else(|| Box::new(build::undefined()));
                literal(vec![(self.key(&name), value)])
            }
            _ => {
                let property = |name: &Id| {
                    let name = Ident::new(name.0.clone(), build::NOWHERE, name.1);
                    (self.key(&name), Box::new(name.into()))
                };
                literal(names.iter().map(property).collect())
            }
        };
        declaration.decls.push(build::declarator(record.clone(), object));
        self.records.insert(own, record.clone());
    }

    /// As `for_head`, if functions in the head capture the variables from before the first
    /// iteration, which are in an object of their own.
    pub(super) fn for_head_with_functions(
        &mut self,
        declaration: &mut VarDecl,
        own: u32,
        record: &Ident,
    ) {
        let names = self.plan.heads.get(&own).cloned().unwrap_or_default();
        let first = private_ident!("_first");
        self.records.insert(own, first.clone());
        let mut decls = vec![build::declarator(first.clone(), literal(Vec::new()))];
        let mut before: Vec<Box<Expr>> = Vec::new();
        for statement in self.declaration(declaration) {
            match statement {
                Stmt::Decl(Decl::Var(declaration)) => {
                    for mut variable in declaration.decls {
                        if !before.is_empty() {
                            let own = variable.init.take();
                            before.push(own.unwrap_or_else(|| Box::new(build::undefined())));
                            let values = std::mem::take(&mut before);
                            variable.init = Some(Box::new(build::sequence(values)));
                        }
                        decls.push(variable);
                    }
                }
                Stmt::Expr(statement) => before.push(statement.expr),
                other => unreachable!("neither declares nor assigns: {other:?}"),
            }
        }
        before.push(Box::new(self.copy(&first, &names)));
        decls.push(build::declarator(record.clone(), build::sequence(before)));
        declaration.decls = decls;
        declaration.kind = VarDeclKind::Let;
        self.records.insert(own, record.clone());
    }

    /// Gives the items of a loop to variables that an object holds.
    pub(super) fn head(
        &mut self,
        head: &mut ForHead,
        record: Option<&Ident>,
        body: &mut Box<Stmt>,
    ) {
        let Some(record) = record else { return head.visit_mut_with(self) };
        let mut first = vec![new_record(record)];
        match head {
            ForHead::VarDecl(declaration) if self.is_kept(&declaration.decls[0].name) => {
                let item = private_ident!("_item");
                let own = VarDeclarator {
                    span: build::NOWHERE,
                    name: item.clone().into(),
                    init: None,
                    definite: false,
                };
                declaration.decls[0].init = Some(Box::new(item.into()));
                first.extend(self.declaration(declaration));
                declaration.kind = VarDeclKind::Const;
                declaration.decls = vec![own];
            }
            head => head.visit_mut_with(self),
        }
        prepend(body, first);
    }
}
