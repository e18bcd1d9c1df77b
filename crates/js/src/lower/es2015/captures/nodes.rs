//! The nodes that giving functions their variables makes.

use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignTarget, BindingIdent, BlockStmt, Expr, Id, Ident,
    IdentName, KeyValueProp, ObjectLit, Pat, Prop, PropName, PropOrSpread, Stmt, VarDeclarator,
};
use swc_ecma_utils::ExprFactory;

use crate::lower::build;

/// Makes `_loop = {}`.
pub(super) fn new_record(record: &Ident) -> Stmt {
    build::var(vec![build::declarator(record.clone(), literal(Vec::new()))])
}

/// Makes `{ key: value }`.
pub(super) fn literal(properties: Vec<(String, Box<Expr>)>) -> Expr {
    let props = properties.into_iter().map(|(key, value)| {
        let key = PropName::Ident(IdentName::new(key.into(), build::NOWHERE));
        PropOrSpread::from(Prop::KeyValue(KeyValueProp { key, value }))
    });
    ObjectLit { span: build::NOWHERE, props: props.collect() }.into()
}

/// Returns the name of the only variable of a declaration, if it is not a pattern.
pub(super) fn single(variables: &[VarDeclarator]) -> Option<Id> {
    match variables {
        [variable] => variable.name.as_ident().map(BindingIdent::to_id),
        _ => None,
    }
}

pub(super) fn prepend(body: &mut Box<Stmt>, mut first: Vec<Stmt>) {
    match &mut **body {
        Stmt::Block(block) => {
            first.append(&mut block.stmts);
            block.stmts = first;
        }
        other => {
            first.push(std::mem::take(other));
            *other = BlockStmt { stmts: first, ..BlockStmt::default() }.into();
        }
    }
}

pub(super) fn assign(pattern: Pat, value: Expr) -> Expr {
    match AssignTarget::try_from(pattern) {
        Ok(target) => build::assign(target, value),
        Err(pattern) => unreachable!("not a target: {pattern:?}"),
    }
}

/// Makes `(parameters => function)(args)`.
pub(super) fn wrapped(function: Expr, parameters: Vec<Ident>, args: Vec<Expr>) -> Expr {
    let arrow = ArrowExpr {
        span: build::NOWHERE,
        params: parameters.into_iter().map(Pat::from).collect(),
        body: Box::new(ArrowFunctionBody::Expr(Box::new(function))),
        ..ArrowExpr::default()
    };
    let args = args.into_iter().map(ExprFactory::as_arg).collect();
    build::call(build::NOWHERE, arrow.into(), args)
}
