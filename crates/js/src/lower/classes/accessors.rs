//! `accessor name = value` becomes a private field, a getter and a setter. No engine has it.

use swc_atoms::Atom;
use swc_common::Span;
use swc_ecma_ast::{
    AssignExpr, AssignOp, AutoAccessor, ClassMember, ClassMethod, Expr, Function, FunctionBody,
    Key, MemberExpr, MemberProp, MethodKind, Param, PrivateMethod, PrivateName, PrivateProp,
    PropName, ReturnStmt, Stmt, ThisExpr,
};
use swc_ecma_utils::private_ident;

use super::super::build;

/// Replaces the accessors of a class. Their keys must be fixed by now.
pub(super) fn expand(members: &mut Vec<ClassMember>) {
    if !members.iter().any(ClassMember::is_auto_accessor) {
        return;
    }
    let taken: Vec<Atom> = members.iter().filter_map(private_name).cloned().collect();
    let mut count = 0;
    for member in std::mem::take(members) {
        match member {
            ClassMember::AutoAccessor(accessor) => {
                count += 1;
                let mut name = storage_name(&accessor.key, count);
                while taken.contains(&name) {
                    name = format!("_{name}").into();
                }
                members.extend(parts(accessor, name));
            }
            member => members.push(member),
        }
    }
}

fn private_name(member: &ClassMember) -> Option<&Atom> {
    match member {
        ClassMember::PrivateProp(field) => Some(&field.key.name),
        ClassMember::PrivateMethod(method) => Some(&method.key.name),
        ClassMember::AutoAccessor(AutoAccessor { key: Key::Private(name), .. }) => Some(&name.name),
        _ => None,
    }
}

fn parts(accessor: AutoAccessor, name: Atom) -> [ClassMember; 3] {
    let AutoAccessor { span, key, value, is_static, .. } = accessor;
    let storage = PrivateName { span, name };
    let field =
        PrivateProp { span, key: storage.clone(), value, is_static, ..PrivateProp::default() };
    let read = ReturnStmt { span, arg: Some(Box::new(place(&storage).into())) };
    let value = private_ident!("value");
    let write = AssignExpr {
        span,
        op: AssignOp::Assign,
        left: place(&storage).into(),
        right: Box::new(value.clone().into()),
    };
    let getter = function(span, Vec::new(), read.into());
    let setter = function(span, vec![value.into()], build::statement(write.into()));
    [
        ClassMember::PrivateProp(field),
        method(&key, getter, MethodKind::Getter, is_static),
        method(&key, setter, MethodKind::Setter, is_static),
    ]
}

fn storage_name(key: &Key, number: usize) -> Atom {
    let name = match key {
        Key::Private(name) => &name.name,
        Key::Public(PropName::Ident(name)) => &name.sym,
        Key::Public(_) => return format!("accessor_{number}").into(),
    };
    format!("{name}_{number}").into()
}

fn place(storage: &PrivateName) -> MemberExpr {
    MemberExpr {
        span: build::NOWHERE,
        obj: Box::new(Expr::This(ThisExpr { span: build::NOWHERE })),
        prop: MemberProp::PrivateName(storage.clone()),
    }
}

fn function(span: Span, params: Vec<Param>, statement: Stmt) -> Function {
    let body = Some(FunctionBody { span, stmts: vec![statement] });
    Function { span, params, body, ..Function::default() }
}

fn method(key: &Key, function: Function, kind: MethodKind, is_static: bool) -> ClassMember {
    let (span, function) = (function.span, Box::new(function));
    match key.clone() {
        Key::Public(key) => ClassMember::Method(ClassMethod {
            span,
            key,
            function,
            kind,
            is_static,
            ..ClassMethod::default()
        }),
        Key::Private(key) => ClassMember::PrivateMethod(PrivateMethod {
            span,
            key,
            function,
            kind,
            is_static,
            ..PrivateMethod::default()
        }),
    }
}
