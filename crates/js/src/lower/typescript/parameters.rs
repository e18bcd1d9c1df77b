//! Parameters that are properties: `constructor(public a)` becomes a field `a`, and `this.a = a`
//! after the call of `super`. The values of the other fields are assigned after that, in the order
//! of TypeScript, because they may read such a property.

use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, CallExpr, Callee, Class, ClassMember, ClassProp,
    ComputedPropName, Constructor, Expr, Function, FunctionBody, Ident, Key, MemberExpr,
    MemberProp, ModuleItem, Param, ParamOrTsParamProp, Pat, Program, PropName, Stmt, ThisExpr,
    TsParamPropParam, VarDecl, VarDeclKind,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::lower::{
    build::{self, NOWHERE},
    names::NameTable,
};

/// Assigns all parameters that are properties. Must run after decorators.
pub(in crate::lower) fn assign(program: &mut Program, names: &mut NameTable) {
    let mut walk = ParameterWalk { keys: Vec::new(), has_moved: false };
    program.visit_mut_with(&mut walk);
    if walk.has_moved {
        names.will_change();
    } else {
        names.names_were_inserted();
    }
}

struct ParameterWalk {
    /// The variables for keys of fields, to declare before the current statement.
    keys: Vec<Ident>,
    /// Whether values of fields have moved into constructors, whose names may hide names in these
    /// values.
    has_moved: bool,
}

impl ParameterWalk {
    /// Visits the items of a list, and declares the variables of each before it.
    fn list<T: VisitMutWith<Self> + From<Stmt>>(&mut self, items: &mut Vec<T>) {
        let outer = std::mem::take(&mut self.keys);
        let mut at = 0;
        while at < items.len() {
            items[at].visit_mut_with(self);
            if let Some(declaration) = self.declaration() {
                items.insert(at, declaration.into());
                at += 1;
            }
            at += 1;
        }
        self.keys = outer;
    }

    /// Declares the variables that are needed before the current statement.
    fn declaration(&mut self) -> Option<Stmt> {
        let decls: Vec<_> =
            std::mem::take(&mut self.keys).into_iter().map(build::declared).collect();
        let declaration = VarDecl { kind: VarDeclKind::Let, decls, ..VarDecl::default() };
        (!declaration.decls.is_empty()).then(|| declaration.into())
    }

    /// Turns the key of a field into one that may be evaluated again.
    fn key(&mut self, key: &mut PropName) -> PropName {
        if let PropName::Computed(computed) = &mut *key
            && !computed.expr.is_lit()
        {
            let variable = private_ident!("_key");
            let value = std::mem::take(&mut *computed.expr);
            *computed.expr = build::assign(variable.clone(), value);
            self.keys.push(variable.clone());
            let expr = Box::new(variable.into());
            return PropName::Computed(ComputedPropName { span: NOWHERE, expr });
        }
        key.clone()
    }

    /// Takes the value of a field and makes the assignment of it.
    fn field(&mut self, member: &mut ClassMember) -> Option<Expr> {
        match member {
            ClassMember::ClassProp(field) if !field.is_static => {
                let value = field.value.take()?;
                let key = self.key(&mut field.key);
                Some(build::assign_at(field.span, of_this(build::member_key(&key)), *value))
            }
            ClassMember::PrivateProp(field) if !field.is_static => {
                let value = field.value.take()?;
                let key = MemberProp::PrivateName(field.key.clone());
                Some(build::assign_at(field.span, of_this(key), *value))
            }
            ClassMember::AutoAccessor(field) if !field.is_static => {
                let value = field.value.take()?;
                let key = match &mut field.key {
                    Key::Private(name) => MemberProp::PrivateName(name.clone()),
                    Key::Public(key) => build::member_key(&self.key(key)),
                };
                Some(build::assign_at(field.span, of_this(key), *value))
            }
            _ => None,
        }
    }
}

fn of_this(prop: MemberProp) -> MemberExpr {
    MemberExpr { span: NOWHERE, obj: Box::new(ThisExpr { span: NOWHERE }.into()), prop }
}

/// Turns parameters that are properties into plain ones. Returns their names.
fn take_properties(constructor: &mut Constructor) -> Vec<Ident> {
    let mut names = Vec::new();
    for parameter in &mut constructor.params {
        let ParamOrTsParamProp::TsParamProp(property) = parameter else { continue };
        let pat: Pat = match &property.param {
            TsParamPropParam::Ident(name) => name.clone().into(),
            TsParamPropParam::Assign(default) => default.clone().into(),
        };
        let name = match &pat {
            Pat::Assign(default) => default.left.as_ident(),
            other => other.as_ident(),
        };
        names.extend(name.map(|name| name.id.clone()));
        let decorators = std::mem::take(&mut property.decorators);
        *parameter = Param { span: property.span, decorators, pat }.into();
    }
    names
}

impl VisitMut for ParameterWalk {
    noop_visit_mut_type!();

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        self.list(items);
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        self.list(statements);
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let outer = std::mem::take(&mut self.keys);
        arrow.body.visit_mut_with(self);
        if let Some(declaration) = self.declaration()
            && let ArrowFunctionBody::Expr(value) = &mut *arrow.body
        {
            let stmts = vec![declaration, build::returned(std::mem::take(&mut **value))];
            let body = FunctionBody { span: NOWHERE, stmts };
            *arrow.body = ArrowFunctionBody::FunctionBody(body);
        }
        self.keys = outer;
        arrow.params.visit_mut_with(self);
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        class.visit_mut_children_with(self);
        let Some(constructor) = class.body.iter_mut().find_map(ClassMember::as_mut_constructor)
        else {
            return;
        };
        let names = take_properties(constructor);
        if names.is_empty() {
            return;
        }
        let own = |name: &Ident| {
            let key = MemberProp::Ident(name.clone().into());
            build::assign(of_this(key), name.clone().into())
        };
        let mut values: Vec<Expr> = names.iter().map(own).collect();
        let fields: Vec<Expr> =
            class.body.iter_mut().filter_map(|member| self.field(member)).collect();
        self.has_moved |= !fields.is_empty();
        values.extend(fields);
        let is_derived = class.super_class.is_some();
        if let Some(constructor) = class.body.iter_mut().find_map(ClassMember::as_mut_constructor) {
            insert(constructor, values, is_derived);
        }
        let declared = names.into_iter().map(|name| {
            let key = PropName::Ident(name.into());
            ClassMember::ClassProp(ClassProp { key, ..ClassProp::default() })
        });
        class.body.splice(0..0, declared);
    }
}

/// Puts assignments at the first place where `this` has a value.
fn insert(constructor: &mut Constructor, values: Vec<Expr>, is_derived: bool) {
    let Some(body) = &mut constructor.body else { return };
    let place = if is_derived {
        body.stmts.iter().position(is_super_call).map(|at| at + 1)
    } else {
        Some(body.stmts.iter().take_while(|statement| build::is_directive(statement)).count())
    };
    match place {
        Some(at) => _ = body.stmts.splice(at..at, values.into_iter().map(build::statement)),
        None => body.visit_mut_with(&mut SuperCalls { values }),
    }
}

/// Whether a statement is `super(…);`.
fn is_super_call(statement: &Stmt) -> bool {
    let Stmt::Expr(statement) = statement else { return false };
    matches!(&*statement.expr, Expr::Call(CallExpr { callee: Callee::Super(_), .. }))
}

/// Puts assignments after the calls of `super`.
struct SuperCalls {
    values: Vec<Expr>,
}

impl VisitMut for SuperCalls {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        if let Expr::Call(CallExpr { callee: Callee::Super(_), .. }) = expr {
            let mut exprs = vec![Box::new(std::mem::take(expr))];
            exprs.extend(self.values.iter().cloned().map(Box::new));
            exprs.push(Box::new(ThisExpr { span: NOWHERE }.into()));
            *expr = build::sequence(exprs);
        }
    }

    // Functions have a `super` of their own, except arrow functions.
    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_class(&mut self, class: &mut Class) {
        class.super_class.visit_mut_with(self);
    }
}
