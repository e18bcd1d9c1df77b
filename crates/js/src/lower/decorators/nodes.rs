//! Makes the AST nodes of lowered decorators: members of classes, and the code that surrounds a
//! class.

use swc_ecma_ast::{
    ArrayLit, ArrowExpr, ArrowFunctionBody, AssignTarget, BlockStmt, ClassMember, ClassMethod,
    ComputedPropName, ExportNamedSpecifier, Expr, ExprOrSpread, Function, FunctionBody, Ident,
    IdentName, MemberExpr, MemberProp, MethodKind, ModuleDecl, ModuleItem, NamedExport, NewExpr,
    Pat, PrivateMethod, PrivateName, PrivateProp, PropName, StaticBlock, Stmt, Str, ThisExpr,
    UnaryExpr, UnaryOp, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::private_ident;

use super::super::build::{self, NOWHERE};

pub(super) fn this() -> Expr {
    ThisExpr { span: NOWHERE }.into()
}

pub(super) fn string(text: &str) -> Expr {
    Str::from(text).into()
}

pub(super) fn number(value: usize) -> Expr {
    u32::try_from(value).map_or(f64::MAX, f64::from).into()
}

pub(super) fn array(items: Vec<Expr>) -> Expr {
    let elems = items.into_iter().map(|item| Some(ExprOrSpread::from(item))).collect();
    ArrayLit { span: NOWHERE, elems }.into()
}

/// Makes `let name = value`.
pub(super) fn let_(name: Ident, value: Expr) -> Stmt {
    let decls = vec![build::declarator(name, value)];
    VarDecl { kind: VarDeclKind::Let, decls, ..VarDecl::default() }.into()
}

/// Makes `let` for variables.
pub(super) fn variables(decls: Vec<VarDeclarator>) -> Stmt {
    VarDecl { kind: VarDeclKind::Let, decls, ..VarDecl::default() }.into()
}

pub(super) fn block(stmts: Vec<Stmt>) -> Stmt {
    BlockStmt { span: NOWHERE, stmts, ..BlockStmt::default() }.into()
}

pub(super) fn body(stmts: Vec<Stmt>) -> FunctionBody {
    FunctionBody { span: NOWHERE, stmts }
}

/// Makes `(params) => value`.
pub(super) fn arrow(params: Vec<Pat>, value: Expr) -> Expr {
    let body = Box::new(ArrowFunctionBody::Expr(Box::new(value)));
    ArrowExpr { span: NOWHERE, params, body, ..ArrowExpr::default() }.into()
}

/// Makes `() => { … }`.
pub(super) fn arrow_with_body(stmts: Vec<Stmt>) -> Expr {
    let body = Box::new(ArrowFunctionBody::FunctionBody(body(stmts)));
    ArrowExpr { span: NOWHERE, body, ..ArrowExpr::default() }.into()
}

/// Makes `export { local as exported }`.
pub(super) fn export_as(local: Ident, exported: Ident) -> ModuleItem {
    let exported = (local.sym != exported.sym).then(|| exported.into());
    let specifier =
        ExportNamedSpecifier { span: NOWHERE, orig: local.into(), exported, is_type_only: false };
    ModuleDecl::ExportNamed(NamedExport {
        span: NOWHERE,
        specifiers: vec![specifier.into()],
        src: None,
        type_only: false,
        with: None,
    })
    .into()
}

pub(super) fn default_name() -> PropName {
    IdentName::new("default".into(), NOWHERE).into()
}

/// Returns a private name as it is shown: `#name`.
pub(super) fn text_of(name: &PrivateName) -> Str {
    Str::from(format!("#{}", name.name))
}

/// Returns an expression without its parentheses.
pub(super) fn unwrapped(expr: &mut Expr) -> &mut Expr {
    match expr {
        Expr::Paren(paren) => unwrapped(&mut paren.expr),
        other => other,
    }
}

/// Makes `object.#name`.
pub(super) fn private(object: Expr, name: PrivateName) -> Expr {
    let prop = MemberProp::PrivateName(name);
    MemberExpr { span: NOWHERE, obj: Box::new(object), prop }.into()
}

/// Makes `static { … }`.
pub(super) fn static_block(stmts: Vec<Stmt>) -> ClassMember {
    let body = BlockStmt { span: NOWHERE, stmts, ..BlockStmt::default() };
    StaticBlock { span: NOWHERE, body }.into()
}

/// Makes `#name = value`.
pub(super) fn private_field(name: PrivateName, value: Option<Expr>) -> PrivateProp {
    PrivateProp { key: name, value: value.map(Box::new), ..PrivateProp::default() }
}

/// Makes `name() {}`, `get name() { … }` or `set name(value) { … }`.
pub(super) fn method(key: PropName, kind: MethodKind, function: Function) -> ClassMethod {
    ClassMethod { key, kind, function: Box::new(function), ..ClassMethod::default() }
}

/// As `method`, with a private name.
pub(super) fn private_method(
    key: PrivateName,
    kind: MethodKind,
    function: Function,
) -> PrivateMethod {
    PrivateMethod { key, kind, function: Box::new(function), ..PrivateMethod::default() }
}

/// Makes a function.
pub(super) fn function(params: Vec<Ident>, stmts: Vec<Stmt>) -> Function {
    let params = params.into_iter().map(|name| Pat::from(name).into()).collect();
    Function { params, body: Some(body(stmts)), ..Function::default() }
}

/// The key of `carrier`.
pub(super) const CARRIER: &str = "_";

/// Makes a static method that exists only for its key, and is deleted afterwards.
pub(super) fn carrier() -> ClassMember {
    static_method_of(IdentName::new(CARRIER.into(), NOWHERE).into())
}

/// Makes `static [key]() {}`.
pub(super) fn static_method(key: Expr) -> ClassMember {
    static_method_of(PropName::Computed(ComputedPropName { span: NOWHERE, expr: Box::new(key) }))
}

fn static_method_of(key: PropName) -> ClassMember {
    let mut method = method(key, MethodKind::Method, function(Vec::new(), Vec::new()));
    method.is_static = true;
    method.into()
}

/// Makes `get key() { return this.#storage; }`, or the setter.
pub(super) fn accessor_half(storage: &PrivateName, kind: MethodKind, key: PropName) -> ClassMethod {
    if kind == MethodKind::Setter {
        let value = private_ident!("value");
        let set = build::assign(private_target(this(), storage.clone()), value.clone().into());
        return method(key, kind, function(vec![value], vec![build::statement(set)]));
    }
    let result = build::returned(private(this(), storage.clone()));
    method(key, kind, function(Vec::new(), vec![result]))
}

/// Makes `object.#name` as the target of an assignment.
pub(super) fn private_target(object: Expr, name: PrivateName) -> AssignTarget {
    let prop = MemberProp::PrivateName(name);
    MemberExpr { span: NOWHERE, obj: Box::new(object), prop }.into()
}

/// Makes `object.key` as the target of an assignment.
pub(super) fn target(object: Expr, key: &PropName) -> AssignTarget {
    MemberExpr { span: NOWHERE, obj: Box::new(object), prop: build::member_key(key) }.into()
}

/// Makes `new class_(argument)`.
pub(super) fn new(class: Ident, argument: Expr) -> Expr {
    let args = Some(vec![argument.into()]);
    NewExpr { span: NOWHERE, callee: Box::new(class.into()), args, ..NewExpr::default() }.into()
}

/// Makes `delete place`.
pub(super) fn delete(place: Expr) -> Expr {
    UnaryExpr { span: NOWHERE, op: UnaryOp::Delete, arg: Box::new(place) }.into()
}
