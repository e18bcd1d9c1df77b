//! Side effects that the compressor does not see, because the syntax looks harmless:
//!
//! - `{ ...value }` calls getters, and `{ [key]: 1 }` converts the key. They become
//!   `{ ...%spread(value) }` and `{ [%key(key)]: 1 }`. Where the object itself is dropped, the
//!   remaining call is written as an object of its own.
//! - `new RegExp("(")`, `Array(-1)` and `Number(symbol)` throw, even if their value is not used.
//!   The name gets a spelling that the compressor does not know.
//! - `typeof (0, name)` throws where `typeof name` does not.
//! - `T.key = value` calls a static setter of the class `T`, even if no other code mentions `T`.

use rustc_hash::FxHashSet;
use swc_common::{DUMMY_SP, Mark, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignTarget, BinExpr, BinaryOp, Class, ClassDecl, ClassMember, ComputedPropName,
    Expr, ExprStmt, Id, Ident, KeyValueProp, MemberExpr, MethodKind, ObjectLit, Program, Prop,
    PropName, PropOrSpread, SeqExpr, SimpleAssignTarget, SpreadElement, UnaryExpr, UnaryOp,
    VarDeclarator,
};
use swc_ecma_utils::{ExprExt, ExprFactory};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::hidden;

/// The functions and globals that hide such code. No program has names like these.
const SPREAD: &str = "%spread";
const KEY: &str = "%key";
const PLACE: &str = "%place";
/// Prefix for the names of globals.
const GLOBAL: &str = "%global.";

/// Globals that throw for some arguments, and that the compressor takes for free of side effects.
const THROWING: [&str; 3] = ["Array", "Number", "RegExp"];

/// Turns such code into calls of unknown functions. The program must be resolved and have no
/// parentheses.
pub(super) fn hide(program: &mut Program, unresolved: Mark) {
    let global = SyntaxContext::empty().apply_mark(unresolved);
    program.visit_mut_with(&mut Hide { global, with_setters: FxHashSet::default() });
}

/// Undoes `hide`.
pub(super) fn show(program: &mut Program) {
    program.visit_mut_with(&mut Show);
}

struct Hide {
    global: SyntaxContext,
    /// Classes with static setters, their own or inherited.
    with_setters: FxHashSet<Id>,
}

impl Hide {
    fn wrap(&self, name: &str, value: &mut Expr) {
        let callee = Ident::new(name.into(), DUMMY_SP, self.global);
        *value = callee.as_call(DUMMY_SP, vec![value.take().as_arg()]);
    }

    /// Visits an expression whose value is not used.
    fn unused(&self, value: &mut Expr) {
        let callee = match value {
            Expr::Call(call) if !call.args.is_empty() => call.callee.as_mut_expr(),
            Expr::New(new) if new.args.as_ref().is_some_and(|arguments| !arguments.is_empty()) => {
                Some(&mut new.callee)
            }
            _ => None,
        };
        if let Some(Expr::Ident(name)) = callee.map(|callee| &mut **callee)
            && name.ctxt == self.global
            && THROWING.contains(&&*name.sym)
        {
            name.sym = format!("{GLOBAL}{}", name.sym).into();
        }
    }

    fn class(&mut self, name: Id, class: &Class) {
        let extends = class.super_class.as_ref().and_then(|base| base.as_ident());
        let inherits = extends.is_some_and(|base| self.with_setters.contains(&base.to_id()));
        if inherits || class.body.iter().any(is_static_setter) {
            self.with_setters.insert(name);
        }
    }
}

fn is_static_setter(member: &ClassMember) -> bool {
    match member {
        ClassMember::Method(method) => method.is_static && method.kind == MethodKind::Setter,
        ClassMember::AutoAccessor(accessor) => accessor.is_static,
        _ => false,
    }
}

/// Whether a value may be an object with getters.
fn may_have_getters(value: &Expr) -> bool {
    match value {
        Expr::Array(array) => !array.elems.is_empty(),
        Expr::Object(object) => object.props.iter().any(|property| match property {
            PropOrSpread::Prop(property) => matches!(**property, Prop::Getter(_)),
            // The spread in it is handled on its own.
            PropOrSpread::Spread(_) => false,
        }),
        Expr::Cond(condition) => {
            may_have_getters(&condition.cons) || may_have_getters(&condition.alt)
        }
        // If the left side of `&&` is the result, it is falsy, so not an object.
        Expr::Bin(BinExpr { op: BinaryOp::LogicalAnd, right, .. }) => may_have_getters(right),
        Expr::Bin(binary) if binary.op.may_short_circuit() => true,
        Expr::Lit(_)
        | Expr::Tpl(_)
        | Expr::Fn(_)
        | Expr::Arrow(_)
        | Expr::Bin(_)
        | Expr::Unary(_)
        | Expr::Update(_) => false,
        _ => true,
    }
}

/// Whether converting a key to a string may call code of the program.
fn may_convert(key: &Expr) -> bool {
    match key {
        Expr::Tpl(_) => false,
        Expr::Bin(BinExpr { op: BinaryOp::Add, left, right, .. })
            if left.is_str() || right.is_str() =>
        {
            false
        }
        // `Symbol.iterator` and other members of `Symbol`.
        Expr::Member(member) => !member.obj.is_ident_ref_to("Symbol"),
        other => hidden::may_convert(other),
    }
}

impl VisitMut for Hide {
    noop_visit_mut_type!();

    fn visit_mut_spread_element(&mut self, spread: &mut SpreadElement) {
        spread.visit_mut_children_with(self);
        if may_have_getters(&spread.expr) {
            self.wrap(SPREAD, &mut spread.expr);
        }
    }

    fn visit_mut_computed_prop_name(&mut self, key: &mut ComputedPropName) {
        key.visit_mut_children_with(self);
        if may_convert(&key.expr) {
            self.wrap(KEY, &mut key.expr);
        }
    }

    fn visit_mut_expr_stmt(&mut self, statement: &mut ExprStmt) {
        self.unused(&mut statement.expr);
        statement.visit_mut_children_with(self);
    }

    fn visit_mut_seq_expr(&mut self, sequence: &mut SeqExpr) {
        if let Some((_, unused)) = sequence.exprs.split_last_mut() {
            for value in unused {
                self.unused(value);
            }
        }
        sequence.visit_mut_children_with(self);
    }

    fn visit_mut_unary_expr(&mut self, unary: &mut UnaryExpr) {
        unary.visit_mut_children_with(self);
        if unary.op == UnaryOp::TypeOf
            && let Expr::Seq(sequence) = &mut *unary.arg
            && let Some(last) = sequence.exprs.last_mut()
            && last.as_ident().is_some_and(|name| name.ctxt == self.global)
        {
            self.wrap(PLACE, last);
        }
    }

    fn visit_mut_class_decl(&mut self, declaration: &mut ClassDecl) {
        self.class(declaration.ident.to_id(), &declaration.class);
        declaration.visit_mut_children_with(self);
    }

    fn visit_mut_var_declarator(&mut self, variable: &mut VarDeclarator) {
        if let (Some(name), Some(Expr::Class(value))) =
            (variable.name.as_ident(), variable.init.as_deref())
        {
            self.class(name.to_id(), &value.class);
        }
        variable.visit_mut_children_with(self);
    }

    fn visit_mut_assign_expr(&mut self, assign: &mut AssignExpr) {
        assign.visit_mut_children_with(self);
        if let AssignTarget::Simple(SimpleAssignTarget::Member(MemberExpr { obj, .. })) =
            &mut assign.left
        {
            let has_setters = match &**obj {
                Expr::Ident(name) => self.with_setters.contains(&name.to_id()),
                other => other.is_class(),
            };
            if has_setters {
                self.wrap(PLACE, obj);
            }
        }
    }
}

struct Show;

impl VisitMut for Show {
    noop_visit_mut_type!();

    fn visit_mut_spread_element(&mut self, spread: &mut SpreadElement) {
        reveal(SPREAD, &mut spread.expr);
        spread.visit_mut_children_with(self);
    }

    fn visit_mut_computed_prop_name(&mut self, key: &mut ComputedPropName) {
        reveal(KEY, &mut key.expr);
        key.visit_mut_children_with(self);
    }

    fn visit_mut_member_expr(&mut self, member: &mut MemberExpr) {
        reveal(PLACE, &mut member.obj);
        member.visit_mut_children_with(self);
    }

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if let Some(global) = name.sym.strip_prefix(GLOBAL) {
            name.sym = global.into();
        }
    }

    fn visit_mut_expr(&mut self, value: &mut Expr) {
        let property = if let Some(spread) = held(SPREAD, value) {
            let expr = spread.take();
            PropOrSpread::Spread(SpreadElement { dot3_token: DUMMY_SP, expr })
        } else if let Some(key) = held(KEY, value) {
            let key = PropName::Computed(ComputedPropName { span: DUMMY_SP, expr: key.take() });
            PropOrSpread::Prop(Box::new(Prop::KeyValue(KeyValueProp {
                key,
                value: Expr::from(0.0).into(),
            })))
        } else {
            // A sequence, because `typeof` of a name does not throw.
            if let Some(name) = held(PLACE, value) {
                let exprs = vec![Box::new(Expr::from(0.0)), name.take()];
                *value = SeqExpr { span: DUMMY_SP, exprs }.into();
            }
            value.visit_mut_children_with(self);
            return;
        };
        *value = ObjectLit { span: DUMMY_SP, props: vec![property] }.into();
        value.visit_mut_children_with(self);
    }
}

/// Returns the argument of a call of this name.
fn held<'a>(name: &str, value: &'a mut Expr) -> Option<&'a mut Box<Expr>> {
    let Expr::Call(call) = value else { return None };
    let is_it = call
        .callee
        .as_expr()
        .is_some_and(|callee| callee.as_ident().is_some_and(|n| &*n.sym == name));
    if is_it { call.args.first_mut().map(|argument| &mut argument.expr) } else { None }
}

fn reveal(name: &str, value: &mut Box<Expr>) {
    if let Some(inner) = held(name, value) {
        **value = *inner.take();
    }
}
