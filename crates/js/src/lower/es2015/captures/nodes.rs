//! Makes the AST nodes that pass captured variables to functions.

use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignTarget, BindingIdent, BlockStmt, ComputedPropName, Expr,
    Id, Ident, IdentName, KeyValueProp, ObjectLit, Pat, Prop, PropName, PropOrSpread,
    SpreadElement, Stmt, VarDeclarator,
};
use swc_ecma_utils::{ExprFactory, private_ident};

use super::super::order;
use crate::{lower::build, scopes};

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
pub(super) fn wrapped_in_arrow(function: Expr, parameters: Vec<Ident>, args: Vec<Expr>) -> Expr {
    let arrow = ArrowExpr {
        span: build::NOWHERE,
        params: parameters.into_iter().map(Pat::from).collect(),
        body: Box::new(ArrowFunctionBody::Expr(Box::new(function))),
        ..ArrowExpr::default()
    };
    let args = args.into_iter().map(ExprFactory::as_arg).collect();
    build::call(build::NOWHERE, arrow.into(), args)
}

/// Moves what a literal evaluates into arguments of its wrapper, which has no `yield` or `await`.
pub(super) fn evaluate_before(
    literal: &mut ObjectLit,
    (parameters, args): &mut (Vec<Ident>, Vec<Expr>),
) {
    let mut moved = |value: Expr| -> Box<Expr> {
        let name = private_ident!("_value");
        parameters.push(name.clone());
        args.push(value);
        Box::new(name.into())
    };
    for property in &mut literal.props {
        let property = match property {
            PropOrSpread::Spread(spread) => {
                let all =
                    SpreadElement { expr: std::mem::take(&mut spread.expr), ..spread.clone() };
                let copy = ObjectLit { span: build::NOWHERE, props: vec![all.into()] };
                spread.expr = moved(copy.into());
                continue;
            }
            PropOrSpread::Prop(property) => property,
        };
        if let Some(key) = key_of(property)
            && key.is_computed()
        {
            let value = order::converted(std::mem::replace(key, PropName::Num(0.into())));
            *key = ComputedPropName { span: build::NOWHERE, expr: moved(value) }.into();
        }
        match &mut **property {
            Prop::Shorthand(name) => {
                let (key, value) = (scopes::key_of(name), moved(name.clone().into()));
                **property = Prop::KeyValue(KeyValueProp { key, value });
            }
            Prop::KeyValue(pair) if !is_inert(&pair.value) => {
                pair.value = moved(std::mem::take(&mut *pair.value));
            }
            _ => {}
        }
    }
}

fn key_of(property: &mut Prop) -> Option<&mut PropName> {
    match property {
        Prop::KeyValue(it) => Some(&mut it.key),
        Prop::Getter(it) => Some(&mut it.key),
        Prop::Setter(it) => Some(&mut it.key),
        Prop::Method(it) => Some(&mut it.key),
        Prop::Shorthand(_) | Prop::Assign(_) => None,
    }
}

/// Whether a value has no effects: a literal or a function, which gets its name where it is, even
/// inside a wrapper of its own.
fn is_inert(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) | Expr::Fn(_) | Expr::Arrow(_) => true,
        Expr::Call(call) => {
            call.span == build::NOWHERE && call.callee.as_expr().is_some_and(|it| it.is_arrow())
        }
        _ => false,
    }
}
