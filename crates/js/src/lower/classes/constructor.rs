//! Constructors. In a derived one without classes, `this` is a variable that holds the object that
//! the parent made. If `super(…)` is a statement of the body and nothing before it mentions `this`,
//! the variable is declared there; otherwise each use checks that it has a value.

use swc_ecma_ast::{
    ArrayLit, ArrayPat, ArrowExpr, ArrowFunctionBody, AssignPat, BinaryOp, CallExpr, Callee,
    Constructor, Expr, ExprOrSpread, Function, FunctionBody, Ident, IdentName, Param,
    ParamOrTsParamProp, Pat, PropName, RestPat, ReturnStmt, Stmt, Super, SuperPropExpr, ThisExpr,
    VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{prepend_stmts, private_ident};
use swc_ecma_visit::{Visit, VisitMutWith, VisitWith, noop_visit_type};

use super::{
    super::{
        build,
        es2015::{arguments_from, number, or_default},
    },
    frame::{Frame, Home, NewTarget, Parent, SuperCall, This},
    model::ClassLowering,
    order,
};

/// The class whose constructor is made.
pub(super) struct Made<'a> {
    pub class: &'a Ident,
    pub is_derived: bool,
    pub parent: Parent,
    /// The variable for `this` in a derived constructor without classes.
    pub this: &'a Ident,
    pub fields: Fields,
}

/// The code that makes the fields of an instance.
#[derive(Default)]
pub(super) struct Fields {
    pub statements: Vec<Stmt>,
    /// The variables that the statements need.
    pub variables: Vec<Ident>,
}

impl ClassLowering<'_> {
    /// Makes the function of a class.
    pub fn constructor_function(&mut self, own: Option<Constructor>, made: Made<'_>) -> Function {
        let Some(Constructor { span, params, body: Some(mut body), .. }) = own else {
            return self.implicit_function(made);
        };
        let plain = plain_super_of(&made, &params, &body.stmts);
        let checks = plain != Some(0) || !starts_inert(&body.stmts) || !params.iter().all(is_plain);
        let moves_fields = made.is_derived && plain.is_none() && !made.fields.statements.is_empty();
        let init = moves_fields.then(|| private_ident!("_init"));
        let frame = constructor_frame(&made, plain.is_some(), init.clone());
        let mut params: Vec<Param> = params.into_iter().filter_map(plain_param).collect();
        if !made.is_derived && !made.fields.statements.is_empty() {
            params_behind_fields(&mut params, &mut body.stmts, behind_in_arguments);
        }
        let Made { class, is_derived, this, fields, .. } = made;
        let Fields { statements: fields, variables } = fields;
        self.within(frame, |walk| {
            params.visit_mut_with(walk);
            walk.constructor_body(&mut body.stmts, variables);
        });
        let mut start = Vec::new();
        if checks && !self.known.is_loose {
            start.push(build::statement(check(class)));
        }
        if plain.is_some() {
            declare_this(&mut body.stmts, this, fields);
            end(&mut body.stmts, this.clone().into());
        } else if is_derived {
            start.push(let_(this, None));
            start.extend(init.map(|init| let_(&init, Some(arrow(fields)))));
            let checked = build::helper("assert_this_initialized", vec![this.clone().into()]);
            end(&mut body.stmts, checked);
        } else {
            start.extend(fields);
        }
        prepend_stmts(&mut body.stmts, start.into_iter());
        Function { span, params, body: Some(body), ..Function::default() }
    }

    fn implicit_function(&self, made: Made<'_>) -> Function {
        let mut stmts = Vec::new();
        if made.is_derived {
            let call = self.call_super(this(), made.class, made.parent, vec![all_arguments()]);
            if made.fields.statements.is_empty() {
                stmts.push(return_(call));
            } else {
                stmts.push(let_(made.this, Some(call)));
                stmts.extend(made.fields.statements);
                stmts.push(return_(made.this.clone().into()));
            }
        } else {
            stmts.extend((!self.known.is_loose).then(|| build::statement(check(made.class))));
            stmts.extend(made.fields.statements);
        }
        build::declare(made.fields.variables, &mut stmts);
        let body = Some(FunctionBody { span: build::NOWHERE, stmts });
        Function { body, ..Function::default() }
    }

    /// Makes `_call_super(this, class, args)`; if that may be loose, `Parent.call(this, …)`.
    fn call_super(
        &self,
        object: Expr,
        class: &Ident,
        parent: Parent,
        mut args: Vec<ExprOrSpread>,
    ) -> Expr {
        let known = self.parents.get(&class.to_id()).filter(|_| self.known.is_loose);
        let call = if let Some(name) = known {
            let has_spread = args.iter().any(|each| each.spread.is_some());
            let method =
                build::member(name.clone().into(), if has_spread { "apply" } else { "call" });
            if has_spread {
                args = vec![arguments_of(args).into()];
            }
            args.insert(0, this().into());
            build::call(build::NOWHERE, method, args)
        } else {
            let helper = if parent == Parent::Unknown { "call_super" } else { "call_class" };
            build::helper(helper, vec![object, class.clone().into(), arguments_of(args)])
        };
        match parent {
            Parent::Array => build::helper("as_instance", vec![this(), call]),
            _ if known.is_some() => build::binary(BinaryOp::LogicalOr, call, this()),
            _ => call,
        }
    }

    /// Makes the constructor of a class that stays.
    pub fn constructor_member(
        &mut self,
        own: Option<Constructor>,
        made: Made<'_>,
    ) -> Option<Constructor> {
        let mut own = match own {
            Some(own) => own,
            None if made.fields.statements.is_empty() => return None,
            None => implicit_member(made.is_derived),
        };
        let Some(body) = &mut own.body else { return Some(own) };
        let plain = plain_super_of(&made, &own.params, &body.stmts);
        let has_fields = !made.fields.statements.is_empty();
        let moves_fields = made.is_derived && plain.is_none() && has_fields;
        if !made.is_derived && has_fields {
            let params = std::mem::take(&mut own.params).into_iter();
            let mut params: Vec<Param> = params.filter_map(plain_param).collect();
            params_behind_fields(&mut params, &mut body.stmts, behind_in_rest);
            own.params = params.into_iter().map(ParamOrTsParamProp::Param).collect();
        }
        let init = moves_fields.then(|| private_ident!("_init"));
        let object = made.class.clone();
        let new_target = if self.lacks.new_target {
            NewTarget::Of(made.class.clone())
        } else {
            NewTarget::Stays
        };
        let home = Some(Home { object, is_prototype: true, stays: true });
        let frame = Frame { home, new_target, makes_fields: init.clone(), ..Frame::default() };
        let Fields { statements: fields, variables } = made.fields;
        self.within(frame, |walk| {
            own.params.visit_mut_with(walk);
            walk.constructor_body(&mut body.stmts, variables);
        });
        match init {
            Some(init) => {
                let init = let_(&init, Some(arrow(fields)));
                prepend_stmts(&mut body.stmts, std::iter::once(init));
            }
            None if plain.is_some() => {
                let behind = body.stmts.iter().position(calls_super).map_or(0, |at| at + 1);
                body.stmts.splice(behind..behind, fields);
            }
            None => prepend_stmts(&mut body.stmts, fields.into_iter()),
        }
        Some(own)
    }

    /// Walks a body whose function needs some variables already.
    fn constructor_body(&mut self, statements: &mut Vec<Stmt>, variables: Vec<Ident>) {
        let outer = std::mem::replace(&mut self.variables, variables);
        statements.visit_mut_with(self);
        build::declare(std::mem::replace(&mut self.variables, outer), statements);
    }

    /// Lowers `super(…)`, whose arguments are lowered.
    pub fn lower_super_call(&mut self, expr: &mut Expr) {
        let Expr::Call(CallExpr { args, .. }) = expr else { return };
        let (call, this) = match self.frame.super_call.clone() {
            SuperCall::Stays => (std::mem::take(expr), this()),
            SuperCall::Of { class, parent } => {
                *expr = self.call_super(this(), &class, parent, std::mem::take(args));
                return;
            }
            SuperCall::Sets { class, parent, this: name } => {
                let object = build::helper("object_for_super", vec![this(), name.clone().into()]);
                let call = self.call_super(object, &class, parent, std::mem::take(args));
                let args = vec![call, name.clone().into()];
                let call = build::helper("call_super_once", args);
                (build::assign(name.clone(), call), name.into())
            }
        };
        *expr = match &self.frame.makes_fields {
            Some(init) => {
                let fields = build::call(build::NOWHERE, init.clone().into(), Vec::new());
                build::sequence(vec![Box::new(call), Box::new(fields), Box::new(this)])
            }
            None => call,
        };
    }
}

fn constructor_frame(made: &Made<'_>, is_plain: bool, init: Option<Ident>) -> Frame {
    let object = made.class.clone();
    let mut frame = Frame {
        home: Some(Home { object, is_prototype: true, stays: false }),
        new_target: NewTarget::Of(made.class.clone()),
        makes_fields: init,
        ..Frame::default()
    };
    if made.is_derived {
        let (class, this) = (made.class.clone(), made.this.clone());
        frame.returned = Some(this.clone());
        let parent = made.parent;
        (frame.this, frame.super_call) = if is_plain {
            (This::Is(this), SuperCall::Of { class, parent })
        } else {
            (This::Checked(this.clone()), SuperCall::Sets { class, parent, this })
        };
    }
    frame
}

/// Makes `constructor() { super(...arguments) }`.
fn implicit_member(is_derived: bool) -> Constructor {
    let args = vec![all_arguments()];
    let callee = Callee::Super(Super { span: build::NOWHERE });
    let call = CallExpr { callee, args, ..CallExpr::default() };
    let stmts = if is_derived { vec![build::statement(call.into())] } else { Vec::new() };
    Constructor {
        key: PropName::Ident(IdentName::new("constructor".into(), build::NOWHERE)),
        body: Some(FunctionBody { span: build::NOWHERE, stmts }),
        ..Constructor::default()
    }
}

/// Makes `...arguments`.
fn all_arguments() -> ExprOrSpread {
    ExprOrSpread { spread: Some(build::NOWHERE), expr: Box::new(build::arguments()) }
}

/// Declares `this` where `super(…)` is called, and makes the fields after it.
fn declare_this(statements: &mut Vec<Stmt>, this: &Ident, fields: Vec<Stmt>) {
    let at = statements.iter().position(calls_super).expect("`plain_super` found it");
    if let Stmt::Expr(statement) = &mut statements[at] {
        let call = std::mem::take(&mut *statement.expr);
        statements[at] = let_(this, Some(call));
    }
    let behind = at + 1;
    statements.splice(behind..behind, fields);
}

/// Lets a body return a value at its end.
fn end(statements: &mut Vec<Stmt>, value: Expr) {
    if !statements.last().is_some_and(Stmt::is_return_stmt) {
        statements.push(return_(value));
    }
}

/// A rest parameter that stays, and declarations for the parameters from the first default value
/// on.
type Behind = (Option<Param>, Vec<VarDeclarator>);

/// Takes parameters apart in the body, after the fields of a base class: these get their values
/// before default values and patterns are evaluated. `behind`: declares the parameters from the
/// first default value on, which do not count for the `length`.
fn params_behind_fields(
    params: &mut Vec<Param>,
    statements: &mut Vec<Stmt>,
    behind: fn(usize, Vec<Pat>) -> Behind,
) {
    let first = params.iter().position(|param| !param.pat.is_ident()).unwrap_or(params.len());
    let mut patterns = params.split_off(first).into_iter().map(|param| param.pat).peekable();
    let mut decls = Vec::new();
    while let Some(pattern) = patterns.next_if(|pattern| !pattern.is_assign() && !pattern.is_rest())
    {
        let param = private_ident!("_param");
        params.push(Pat::from(param.clone()).into());
        decls.push(declarator(pattern, param.into()));
    }
    let (rest, declared) = behind(params.len(), patterns.collect());
    params.extend(rest);
    decls.extend(declared);
    if !decls.is_empty() {
        let variables = VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() };
        prepend_stmts(statements, std::iter::once(variables.into()));
    }
}

fn declarator(name: Pat, value: Expr) -> VarDeclarator {
    VarDeclarator { span: build::NOWHERE, name, init: Some(Box::new(value)), definite: false }
}

/// Declares parameters as elements of `arguments`. `first`: the number of the first.
fn behind_in_arguments(first: usize, patterns: Vec<Pat>) -> Behind {
    let numbered = (first..).zip(patterns);
    let declared = numbered.map(|(index, pattern)| match pattern {
        Pat::Rest(RestPat { arg, .. }) => declarator(*arg, arguments_from(index)),
        Pat::Assign(AssignPat { left, right, .. }) => {
            let value = build::element(build::arguments(), number(index));
            declarator(*left, or_default(value, *right))
        }
        pattern => declarator(pattern, build::element(build::arguments(), number(index))),
    });
    (None, declared.collect())
}

/// Declares parameters as elements of a rest parameter, which comes first in the result.
fn behind_in_rest(_: usize, patterns: Vec<Pat>) -> Behind {
    if patterns.is_empty() {
        return (None, Vec::new());
    }
    let rest = private_ident!("_rest");
    let span = build::NOWHERE;
    let arg = Box::new(rest.clone().into());
    let param = Pat::from(RestPat { span, dot3_token: span, arg, type_ann: None }).into();
    let elems = patterns.into_iter().map(Some).collect();
    let pattern = ArrayPat { span, elems, optional: false, type_ann: None };
    (Some(param), vec![declarator(pattern.into(), rest.into())])
}

fn plain_param(param: ParamOrTsParamProp) -> Option<Param> {
    match param {
        ParamOrTsParamProp::Param(param) => Some(param),
        ParamOrTsParamProp::TsParamProp(_) => None,
    }
}

/// Whether a statement is `super(…)`, or its lowered form.
fn calls_super(statement: &Stmt) -> bool {
    let Stmt::Expr(statement) = statement else { return false };
    let expr = match &*statement.expr {
        Expr::Bin(either) if either.right.is_this() => &either.left,
        _ => &statement.expr,
    };
    match expr.as_call().map(|call| &call.callee) {
        Some(Callee::Super(_)) => true,
        Some(Callee::Expr(callee)) => is_parent_call(callee),
        _ => false,
    }
}

/// Whether a callee is the lowered form of `super`. A call of the parent itself takes `this`, so no
/// code that mentions `this` precedes it.
fn is_parent_call(callee: &Expr) -> bool {
    const HELPERS: [&str; 3] = ["_call_super", "_call_class", "_as_instance"];
    let is_method = |name: &IdentName| matches!(&*name.sym, "call" | "apply");
    callee
        .as_member()
        .is_some_and(|it| it.obj.is_ident() && it.prop.as_ident().is_some_and(is_method))
        || HELPERS.iter().any(|name| callee.is_ident_ref_to(name))
}

/// Returns the place of the only `super(…)` of a derived class, if it is a statement of the body
/// and neither the parameters nor the statements before it mention `this`.
fn plain_super_of(
    made: &Made<'_>,
    params: &[ParamOrTsParamProp],
    statements: &[Stmt],
) -> Option<usize> {
    let mut mentions = Mentions::default();
    params.visit_with(&mut mentions);
    let is_possible = made.is_derived && mentions == Mentions::default();
    is_possible.then(|| plain_super(statements)).flatten()
}

/// Whether a parameter is a name.
fn is_plain(param: &ParamOrTsParamProp) -> bool {
    matches!(param, ParamOrTsParamProp::Param(param) if param.pat.is_ident())
}

/// Returns the place of the only `super(…)`, if it is a statement and nothing before it mentions
/// `this`.
fn plain_super(statements: &[Stmt]) -> Option<usize> {
    let at = statements.iter().position(calls_super)?;
    let mut before = Mentions::default();
    statements[..at].visit_with(&mut before);
    if let Stmt::Expr(statement) = &statements[at]
        && let Expr::Call(call) = &*statement.expr
    {
        call.args.visit_with(&mut before);
    }
    let mut behind = Mentions::default();
    statements[at + 1..].visit_with(&mut behind);
    (before == Mentions::default() && !behind.super_call).then_some(at)
}

/// Whether the arguments of `super(…)`, the first statement, do nothing.
fn starts_inert(statements: &[Stmt]) -> bool {
    let Some(Stmt::Expr(statement)) = statements.first() else { return false };
    let is_inert = |it: &ExprOrSpread| {
        it.spread.is_none() && (it.expr.is_ident() || order::is_inert(&it.expr))
    };
    statement.expr.as_call().is_some_and(|call| call.args.iter().all(is_inert))
}

/// Finds what code mentions of the function that it is in.
#[derive(Default, PartialEq)]
struct Mentions {
    this: bool,
    super_call: bool,
    leaves: bool,
}

impl Visit for Mentions {
    noop_visit_type!();

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.this = true;
    }

    fn visit_super_prop_expr(&mut self, _: &SuperPropExpr) {
        self.this = true;
    }

    fn visit_super(&mut self, _: &Super) {
        self.super_call = true;
    }

    fn visit_return_stmt(&mut self, statement: &ReturnStmt) {
        self.leaves = true;
        statement.visit_children_with(self);
    }

    // Functions have their own.
    fn visit_function(&mut self, _: &Function) {}

    fn visit_constructor(&mut self, _: &Constructor) {}
}

/// Makes an array of arguments. `...arguments` alone becomes `arguments` itself.
fn arguments_of(mut args: Vec<ExprOrSpread>) -> Expr {
    if let [ExprOrSpread { spread: Some(_), expr }] = &mut *args
        && expr.is_ident_ref_to("arguments")
    {
        return std::mem::take(&mut **expr);
    }
    let elems = args.into_iter().map(Some).collect();
    ArrayLit { span: build::NOWHERE, elems }.into()
}

fn check(class: &Ident) -> Expr {
    build::helper(build::CHECK_NEW, vec![this(), class.clone().into()])
}

fn this() -> Expr {
    ThisExpr { span: build::NOWHERE }.into()
}

fn return_(value: Expr) -> Stmt {
    ReturnStmt { span: build::NOWHERE, arg: Some(Box::new(value)) }.into()
}

/// Makes `() => { … }`.
pub(super) fn arrow(stmts: Vec<Stmt>) -> Expr {
    let body = FunctionBody { span: build::NOWHERE, stmts };
    let body = Box::new(ArrowFunctionBody::FunctionBody(body));
    ArrowExpr { body, ..ArrowExpr::default() }.into()
}

/// Makes `let name = value`.
pub(super) fn let_(name: &Ident, value: Option<Expr>) -> Stmt {
    let mut declarator = build::declarator(name.clone(), Expr::default());
    declarator.init = value.map(Box::new);
    VarDecl { kind: VarDeclKind::Let, decls: vec![declarator], ..VarDecl::default() }.into()
}
