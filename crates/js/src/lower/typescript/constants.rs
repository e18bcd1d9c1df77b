//! The values of enum members that are known from the text. Code that reads such a member gets the
//! value, and a `const enum` that is only read in this way vanishes.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_ecma_ast::{
    BinExpr, BinaryOp, Expr, Id, Ident, Lit, MemberExpr, MemberProp, Module, Number, Str, Tpl,
    TsEnumDecl, TsEnumMemberId, UnaryExpr, UnaryOp, VarDecl, VarDeclKind,
};
use swc_ecma_utils::number::ToJsString;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::{
    arithmetic,
    lower::build::{self, NOWHERE},
    scopes,
};

/// A value that is known.
#[derive(Clone, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Text(String),
}

/// The members of a program's enums.
#[derive(Default)]
pub(super) struct Constants {
    /// By enum and name; `None` if the value is not known.
    members: FxHashMap<(Id, Atom), Option<Value>>,
    /// The variables that are constants with a known value.
    variables: FxHashMap<Id, Value>,
    /// The ambient enums that exist in another file when the program runs.
    elsewhere: FxHashSet<Id>,
    /// Whether the program declares a `const enum`.
    has_const_enums: bool,
}

impl Constants {
    /// Evaluates the enums of a program, whose names are numbered, and ambient ones.
    pub fn of(module: &Module, ambient: &[TsEnumDecl]) -> Self {
        let mut constants = Self::default();
        for declaration in ambient {
            let id = (declaration.id.sym.clone(), scopes::free());
            if !declaration.is_const {
                constants.elsewhere.insert(id.clone());
            }
            constants.enumeration(&id, declaration);
        }
        module.visit_with(&mut constants);
        constants
    }

    /// Returns the value of a member of an enum.
    pub fn member(&self, of: &Id, name: &Atom) -> Option<&Value> {
        self.members.get(&(of.clone(), name.clone()))?.as_ref()
    }

    /// Returns the value of `Enum.name` or `Enum["name"]`.
    pub fn read(&self, member: &MemberExpr) -> Option<&Value> {
        let of = member.obj.as_ident()?.to_id();
        if self.elsewhere.contains(&of) {
            return None;
        }
        self.member(&of, &name_of(&member.prop)?)
    }

    fn enumeration(&mut self, id: &Id, declaration: &TsEnumDecl) {
        // A member is the one before plus 1.
        let mut next = Some(Value::Number(0.0));
        for member in &declaration.members {
            let value = match &member.init {
                Some(init) => self.value(init, Some(id)),
                None => next,
            };
            next = match &value {
                Some(Value::Number(value)) => Some(Value::Number(value + 1.0)),
                Some(Value::Text(_)) | None => None,
            };
            if let Some(name) = member_name(&member.id) {
                self.members.insert((id.clone(), name), value);
            }
        }
    }

    /// Evaluates an expression. `of`: the enclosing enum.
    fn value(&self, expr: &Expr, of: Option<&Id>) -> Option<Value> {
        match expr {
            Expr::Lit(Lit::Num(number)) => Some(Value::Number(number.value)),
            Expr::Lit(Lit::Str(text)) => text.value.as_str().map(|it| Value::Text(it.to_owned())),
            Expr::Paren(paren) => self.value(&paren.expr, of),
            Expr::Tpl(template) => self.template(template, of),
            Expr::Unary(unary) => self.unary(unary, of),
            Expr::Bin(binary) => self.binary(binary, of),
            Expr::Ident(name) => self.name(name, of),
            Expr::Member(member) => {
                let of = member.obj.as_ident()?.to_id();
                self.member(&of, &name_of(&member.prop)?).cloned()
            }
            _ => None,
        }
    }

    fn name(&self, name: &Ident, of: Option<&Id>) -> Option<Value> {
        let member = of.and_then(|of| self.members.get(&(of.clone(), name.sym.clone())));
        match (member, &*name.sym) {
            (Some(value), _) => value.clone(),
            (None, "NaN") if name.ctxt == scopes::free() => Some(Value::Number(f64::NAN)),
            (None, "Infinity") if name.ctxt == scopes::free() => Some(Value::Number(f64::INFINITY)),
            (None, _) => self.variables.get(&name.to_id()).cloned(),
        }
    }

    fn unary(&self, unary: &UnaryExpr, of: Option<&Id>) -> Option<Value> {
        let Value::Number(value) = self.value(&unary.arg, of)? else { return None };
        match unary.op {
            UnaryOp::Minus => Some(Value::Number(-value)),
            UnaryOp::Plus => Some(Value::Number(value)),
            UnaryOp::Tilde => Some(Value::Number((!arithmetic::to_int32(value)).into())),
            _ => None,
        }
    }

    fn binary(&self, binary: &BinExpr, of: Option<&Id>) -> Option<Value> {
        match (self.value(&binary.left, of)?, self.value(&binary.right, of)?) {
            (Value::Number(left), Value::Number(right)) if binary.op == BinaryOp::Exp => {
                let value = left.powf(right);
                // Engines agree on these.
                let is_exact = value.fract() == 0.0
                    && (value.abs() < 9e15 || (left - 2.0).abs() < f64::EPSILON);
                is_exact.then_some(Value::Number(value))
            }
            (Value::Number(left), Value::Number(right)) => {
                arithmetic::of_numbers(binary.op, left, right).map(Value::Number)
            }
            (left, right) if binary.op == BinaryOp::Add => {
                Some(Value::Text(left.text() + &right.text()))
            }
            _ => None,
        }
    }

    fn template(&self, template: &Tpl, of: Option<&Id>) -> Option<Value> {
        let mut text = String::new();
        for (index, quasi) in template.quasis.iter().enumerate() {
            text += quasi.cooked.as_ref()?.as_str()?;
            if let Some(expr) = template.exprs.get(index) {
                text += &self.value(expr, of)?.text();
            }
        }
        Some(Value::Text(text))
    }

    /// Returns the `const enum`s of a program whose members are all known, and that are mentioned
    /// only where a member is read.
    pub fn vanishing(&self, module: &Module) -> FxHashSet<Id> {
        if !self.has_const_enums {
            return FxHashSet::default();
        }
        let mut kept = Kept { constants: self, found: FxHashSet::default(), all: Vec::new() };
        module.visit_with(&mut kept);
        let Kept { found, all, .. } = kept;
        all.into_iter().filter(|id| !found.contains(id)).collect()
    }
}

impl Visit for Constants {
    noop_visit_type!();

    fn visit_ts_enum_decl(&mut self, declaration: &TsEnumDecl) {
        self.has_const_enums |= declaration.is_const;
        self.enumeration(&declaration.id.to_id(), declaration);
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        declaration.visit_children_with(self);
        if declaration.kind != VarDeclKind::Const {
            return;
        }
        for declarator in &declaration.decls {
            if let Some(name) = declarator.name.as_ident()
                && let Some(init) = &declarator.init
                && let Some(value) = self.value(init, None)
            {
                self.variables.insert(name.id.to_id(), value);
            }
        }
    }
}

/// Finds the enums that are mentioned other than to read a known member.
struct Kept<'a> {
    constants: &'a Constants,
    found: FxHashSet<Id>,
    /// The `const enum`s.
    all: Vec<Id>,
}

impl Visit for Kept<'_> {
    noop_visit_type!();

    fn visit_ts_enum_decl(&mut self, declaration: &TsEnumDecl) {
        let id = declaration.id.to_id();
        let is_known = |name: Option<Atom>| {
            name.is_some_and(|name| self.constants.member(&id, &name).is_some())
        };
        if !declaration.is_const
            || !declaration.members.iter().all(|member| is_known(member_name(&member.id)))
        {
            self.found.insert(id.clone());
        }
        if declaration.is_const {
            self.all.push(id);
        }
        for member in &declaration.members {
            member.init.visit_with(self);
        }
    }

    fn visit_expr(&mut self, expr: &Expr) {
        if !matches!(expr, Expr::Member(member) if self.constants.read(member).is_some()) {
            expr.visit_children_with(self);
        }
    }

    fn visit_ident(&mut self, name: &Ident) {
        self.found.insert(name.to_id());
    }
}

impl Value {
    /// Turns the value into an expression.
    pub fn expr(&self) -> Expr {
        match self {
            Self::Text(text) => {
                Expr::Lit(Lit::Str(Str { span: NOWHERE, value: text.as_str().into(), raw: None }))
            }
            Self::Number(value) if value.is_nan() => {
                build::binary(BinaryOp::Div, number(0.0), number(0.0))
            }
            Self::Number(value) if value.is_infinite() => {
                build::binary(BinaryOp::Div, number(value.signum()), number(0.0))
            }
            Self::Number(value) => number(*value),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Number(value) => value.to_js_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

fn number(value: f64) -> Expr {
    let plain = Expr::Lit(Lit::Num(Number { span: NOWHERE, value: value.abs(), raw: None }));
    if value.is_sign_negative() {
        UnaryExpr { span: NOWHERE, op: UnaryOp::Minus, arg: Box::new(plain) }.into()
    } else {
        plain
    }
}

/// Returns the name of a member.
pub(super) fn member_name(id: &TsEnumMemberId) -> Option<Atom> {
    match id {
        TsEnumMemberId::Ident(name) => Some(name.sym.clone()),
        TsEnumMemberId::Str(name) => name.value.as_atom().cloned(),
    }
}

fn name_of(prop: &MemberProp) -> Option<Atom> {
    match prop {
        MemberProp::Ident(name) => Some(name.sym.clone()),
        MemberProp::Computed(computed) => match &*computed.expr {
            Expr::Lit(Lit::Str(text)) => text.value.as_atom().cloned(),
            _ => None,
        },
        MemberProp::PrivateName(_) => None,
    }
}
