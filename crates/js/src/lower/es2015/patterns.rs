//! Destructuring: patterns in declarations and assignments, taken apart from left to right. Where
//! the target lacks only `...` in objects, a pattern without it stays.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    ArrayLit, ArrayPat, AssignExpr, AssignPat, AssignTarget, AssignTargetPat, BinaryOp, Expr,
    ExprOrSpread, Id, KeyValuePatProp, Lit, MemberExpr, MemberProp, ObjectPat, ObjectPatProp,
    ParenExpr, Pat, PropName, RestPat, Stmt, SuperProp, SuperPropExpr, VarDecl, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_utils::{ExprFactory, find_pat_ids};
use swc_ecma_visit::{Visit, VisitMutWith, VisitWith, noop_visit_type};

use super::{
    super::build,
    model::Es2015Lowering,
    order,
    steps::{Step, Steps},
};
use crate::ast::without_parens;

/// Returns the pattern of an assignment.
pub(super) fn pattern_of(pattern: AssignTargetPat) -> Pat {
    match pattern {
        AssignTargetPat::Array(pattern) => pattern.into(),
        AssignTargetPat::Object(pattern) => pattern.into(),
        AssignTargetPat::Invalid(invalid) => invalid.into(),
    }
}

impl Es2015Lowering<'_> {
    /// Whether a pattern has to be taken apart.
    pub fn is_lowered(&self, pattern: &Pat) -> bool {
        match pattern {
            Pat::Ident(_) | Pat::Expr(_) | Pat::Invalid(_) => false,
            _ => self.lacks.edition || has_object_rest(pattern),
        }
    }

    /// Whether the pattern of an assignment has to be taken apart.
    pub fn is_target_lowered(&self, pattern: &AssignTargetPat) -> bool {
        match pattern {
            AssignTargetPat::Array(pattern) => {
                self.lacks.edition || pattern.elems.iter().flatten().any(has_object_rest)
            }
            AssignTargetPat::Object(pattern) => {
                self.lacks.edition || pattern.props.iter().any(is_or_has_rest)
            }
            AssignTargetPat::Invalid(_) => false,
        }
    }

    /// Lowers the variables of a declaration.
    pub fn declarators(&mut self, declaration: &mut VarDecl) {
        let VarDecl { kind, decls: variables, .. } = declaration;
        if !variables.iter().any(|variable| self.is_lowered(&variable.name)) {
            return;
        }
        let is_scoped = *kind != VarDeclKind::Var;
        for variable in std::mem::take(variables) {
            match variable.init {
                Some(value) if self.is_lowered(&variable.name) => {
                    let mut steps = Steps { is_scoped, ..Steps::new(true) };
                    self.take_apart(variable.name, *value, &mut steps);
                    variables.extend(steps.into_declarators(self));
                    // A variable that an iteration assigns to is not a constant.
                    if *kind == VarDeclKind::Const && variables.iter().any(|it| it.init.is_none()) {
                        *kind = VarDeclKind::Let;
                    }
                }
                init => variables.push(VarDeclarator { init, ..variable }),
            }
        }
    }

    /// Takes apart a pattern whose names are declared. The value is a variable of our own.
    pub fn steps_of(&mut self, pattern: Pat, value: Expr) -> Steps {
        let mut steps = Steps::new(true);
        self.pattern(pattern, value, &mut steps);
        steps
    }

    /// Returns the statement that declares variables, with `let` where the target has it.
    pub fn declaration_of(&mut self, steps: Steps) -> Stmt {
        let mut statement = steps.into_statement(self);
        if !self.lacks.edition
            && let Stmt::Decl(swc_ecma_ast::Decl::Var(declaration)) = &mut statement
        {
            declaration.kind = VarDeclKind::Let;
        }
        statement
    }

    /// Lowers an expression whose value is not used.
    pub fn unused(&mut self, expr: &mut Box<Expr>) {
        match &mut **expr {
            Expr::Paren(ParenExpr { expr: inner, .. })
                if inner.is_assign() || inner.is_paren() || inner.is_seq() =>
            {
                self.unused(inner);
            }
            Expr::Assign(AssignExpr { left: AssignTarget::Pat(pattern), .. })
                if self.is_target_lowered(pattern) =>
            {
                expr.visit_mut_children_with(self);
                if let Expr::Assign(assign) = std::mem::take(&mut **expr) {
                    **expr = self.assignment(assign, false);
                }
            }
            Expr::Seq(sequence) => sequence.exprs.iter_mut().for_each(|each| self.unused(each)),
            _ => expr.visit_mut_with(self),
        }
    }

    /// Lowers `pattern = value`, whose value is `value`.
    pub fn assignment(&mut self, assign: AssignExpr, is_used: bool) -> Expr {
        let AssignExpr { left: AssignTarget::Pat(pattern), right, .. } = assign else {
            return assign.into();
        };
        let mut steps = Steps::new(false);
        let pattern = pattern_of(pattern);
        if !is_used {
            self.take_apart(pattern, *right, &mut steps);
            return build::sequence(steps.into_expressions(self));
        }
        let kept = steps.keep(self, "_value", *right);
        self.pattern(pattern, kept.clone().into(), &mut steps);
        let mut exprs = steps.into_expressions(self);
        exprs.push(Box::new(kept.into()));
        build::sequence(exprs)
    }

    /// Takes a pattern apart.
    pub fn take_apart(&mut self, pattern: Pat, value: Expr, steps: &mut Steps) {
        match (pattern, value.unwrap_parens()) {
            (Pat::Array(pattern), Expr::Array(literal)) if is_matched(&pattern, literal) => {
                let literal = match without_parens(value) {
                    Expr::Array(literal) => literal,
                    other => unreachable!("{other:?}"),
                };
                self.match_elements(pattern, literal, steps);
            }
            (pattern, Expr::Ident(name))
                if !pattern.is_array() && !is_reused(&pattern, &name.to_id()) =>
            {
                let kept = steps.keep(self, "_value", value);
                self.pattern(pattern, kept.into(), steps);
            }
            (pattern, _) => self.pattern(pattern, value, steps),
        }
    }

    /// `[a, b] = [b, a]`: all values come first, and no array is made.
    fn match_elements(&mut self, pattern: ArrayPat, literal: ArrayLit, steps: &mut Steps) {
        let is_direct = steps.is_scoped
            && pattern.elems.iter().flatten().all(Pat::is_ident)
            && pattern.elems.len() == literal.elems.len();
        let mut patterns = pattern.elems.into_iter();
        let mut kept = Vec::new();
        for ExprOrSpread { expr, .. } in literal.elems.into_iter().flatten() {
            match patterns.next().flatten() {
                Some(name) if is_direct => steps.push(name, *expr),
                Some(inner) => {
                    kept.push((inner, steps.keep(self, "_value", *expr)));
                }
                None => steps.list.push(Step::Evaluate(*expr)),
            }
        }
        for (inner, value) in kept {
            self.pattern(inner, value.into(), steps);
        }
    }

    /// Takes a pattern apart. If the value is a variable, no step changes it.
    pub fn pattern(&mut self, mut pattern: Pat, value: Expr, steps: &mut Steps) {
        self.keep_target(&mut pattern, &value, steps);
        match pattern {
            Pat::Ident(_) | Pat::Expr(_) => steps.push(pattern, value),
            Pat::Assign(AssignPat { left, mut right, .. }) => {
                if let Pat::Ident(name) = &*left {
                    super::names::of_default(&mut right, &name.sym);
                }
                let given = self.repeatable(value, steps);
                self.pattern(*left, or_default(given, *right), steps);
            }
            Pat::Object(pattern) => self.object_pattern(pattern, value, steps),
            Pat::Array(pattern) => self.array_pattern(pattern, value, steps),
            Pat::Rest(_) | Pat::Invalid(_) => unreachable!("no pattern: {pattern:?}"),
        }
    }

    /// Keeps the object and the key of a member that gets a value, which are evaluated before it.
    fn keep_target(&mut self, pattern: &mut Pat, value: &Expr, steps: &mut Steps) {
        let (target, is_unobservable) = match pattern {
            Pat::Expr(target) => (target, order::is_unobservable(value)),
            Pat::Assign(AssignPat { left, right, .. }) => match &mut **left {
                Pat::Expr(target) => {
                    (target, order::is_unobservable(value) && order::is_unobservable(right))
                }
                _ => return,
            },
            _ => return,
        };
        if is_unobservable {
            return;
        }
        let parts = match &mut **target {
            Expr::Member(MemberExpr { obj, prop: MemberProp::Computed(key), .. }) => {
                vec![("_object", obj), ("_key", &mut key.expr)]
            }
            Expr::Member(MemberExpr { obj, .. }) => vec![("_object", obj)],
            Expr::SuperProp(SuperPropExpr { prop: SuperProp::Computed(key), .. }) => {
                vec![("_key", &mut key.expr)]
            }
            _ => return,
        };
        for (name, part) in parts {
            if !order::is_unobservable(part) {
                **part = steps.keep(self, name, std::mem::take(part)).into();
            }
        }
    }

    /// Returns an expression that can be evaluated again and again.
    fn repeatable(&mut self, value: Expr, steps: &mut Steps) -> Expr {
        match value {
            Expr::Ident(_) | Expr::This(_) => value,
            Expr::Member(member)
                if member.obj.is_ident_ref_to("arguments") && member.span.is_dummy() =>
            {
                member.into()
            }
            value => {
                let name = name_for(&value);
                steps.keep(self, &name, value).into()
            }
        }
    }

    fn object_pattern(&mut self, pattern: ObjectPat, value: Expr, steps: &mut Steps) {
        let mut properties = pattern.props;
        if properties.is_empty() {
            let value = build::helper("object_destructuring_empty", vec![value]);
            steps.list.push(Step::Evaluate(value));
            return;
        }
        let rest = match properties.pop() {
            Some(ObjectPatProp::Rest(rest)) => Some(rest),
            other => {
                properties.extend(other);
                None
            }
        };
        let is_used_once = properties.len() + usize::from(rest.is_some()) == 1
            && !properties.first().is_some_and(has_target)
            && !rest.as_ref().is_some_and(|rest| is_target_with_code(&rest.arg));
        let value = if properties.first().is_some_and(starts_with_code) {
            build::helper("object_destructuring_empty", vec![value])
        } else {
            value
        };
        let object = if is_used_once { value } else { self.repeatable(value, steps) };
        let mut keys = Vec::new();
        for property in properties {
            let has_target = has_target(&property);
            let (mut key, inner) = property_of(property);
            if rest.is_some() || has_target && key.is_computed() {
                key = self.kept_key(key, steps);
            }
            if rest.is_some() {
                keys.push(build::key(key.clone()));
            }
            let value = member(object.clone(), key);
            self.pattern(inner, value, steps);
        }
        if let Some(RestPat { arg, .. }) = rest {
            let keys = keys.into_iter().map(|key| Some(key.as_arg())).collect();
            let keys = ArrayLit { span: build::NOWHERE, elems: keys };
            let value = build::helper("object_without_properties", vec![object, keys.into()]);
            self.pattern(*arg, value, steps);
        }
    }

    /// Turns a key into one that can be evaluated twice.
    fn kept_key(&mut self, key: PropName, steps: &mut Steps) -> PropName {
        match key {
            PropName::Computed(mut computed) if !matches!(&*computed.expr, Expr::Lit(_)) => {
                let value = build::helper("to_property_key", vec![*computed.expr]);
                *computed.expr = steps.keep(self, "_key", value).into();
                PropName::Computed(computed)
            }
            key => key,
        }
    }

    fn array_pattern(&mut self, pattern: ArrayPat, value: Expr, steps: &mut Steps) {
        if !self.lacks.is_loose && !self.is_list(&value) && order::runs_code(&pattern) {
            return self.iteration(pattern, value, steps);
        }
        let mut elements = pattern.elems;
        let rest = match elements.pop() {
            Some(Some(Pat::Rest(rest))) => Some(rest),
            other => {
                elements.extend(other);
                None
            }
        };
        let count = elements.len();
        let is_list = self.is_list(&value);
        let used = elements.iter().flatten().count() + usize::from(rest.is_some());
        let list = match rest {
            _ if is_list => value,
            // The helper takes anything that can be iterated.
            Some(_) if used == 1 => value,
            Some(_) => build::helper("to_array", vec![value]),
            None => build::helper("sliced_to_array", vec![value, number(count)]),
        };
        if used == 0 {
            steps.list.push(Step::Evaluate(list));
            return;
        }
        let list = if used == 1 { list } else { self.repeatable(list, steps) };
        for (index, inner) in elements.into_iter().enumerate() {
            if let Some(inner) = inner {
                let value = build::element(list.clone(), number(index));
                self.pattern(inner, value, steps);
            }
        }
        if let Some(RestPat { arg, .. }) = rest {
            let value = if is_list {
                let slice = build::member(list, "slice");
                build::call(build::NOWHERE, slice, vec![number(count).as_arg()])
            } else {
                build::helper("array_rest", vec![list, number(count)])
            };
            match *arg {
                // The rest is an array.
                Pat::Array(inner) if !inner.elems.is_empty() => {
                    self.list_pattern(inner, value, steps);
                }
                inner => self.pattern(inner, value, steps),
            }
        }
    }

    /// Takes apart a value that is certainly an array.
    pub fn list_pattern(&mut self, pattern: ArrayPat, value: Expr, steps: &mut Steps) {
        let list = steps.keep(self, "_value", value);
        self.lists.insert(list.to_id());
        self.array_pattern(pattern, list.into(), steps);
    }

    /// Whether a value is certainly an array.
    pub fn is_list(&self, value: &Expr) -> bool {
        value.as_ident().is_some_and(|name| self.lists.contains(&name.to_id()))
    }
}

/// Makes `value === void 0 ? default : value`.
pub(in crate::lower) fn or_default(value: Expr, default: Expr) -> Expr {
    let test = build::binary(BinaryOp::EqEqEq, value.clone(), build::undefined());
    build::condition(build::NOWHERE, vec![test], default, value)
}

#[expect(clippy::cast_precision_loss, reason = "a program has fewer than 2^53 elements")]
pub(in crate::lower) fn number(value: usize) -> Expr {
    Expr::Lit(Lit::Num((value as f64).into()))
}

fn name_for(value: &Expr) -> String {
    match value {
        Expr::Member(MemberExpr { prop: MemberProp::Ident(name), .. }) if name.sym.is_ascii() => {
            format!("_{}", name.sym.trim_start_matches('_'))
        }
        _ => "_value".to_owned(),
    }
}

/// Makes `object.key` or `object[key]`.
fn member(object: Expr, key: PropName) -> Expr {
    match key {
        PropName::Ident(name) => build::member(object, &name.sym),
        key => build::element(object, build::key(key)),
    }
}

/// Whether evaluating what a property of a pattern assigns to may run code.
fn has_target(property: &ObjectPatProp) -> bool {
    let ObjectPatProp::KeyValue(KeyValuePatProp { value, .. }) = property else { return false };
    is_target_with_code(value)
}

/// Whether a pattern is a member whose object or key may run code.
fn is_target_with_code(pattern: &Pat) -> bool {
    let target = match pattern {
        Pat::Expr(target) => target,
        Pat::Assign(AssignPat { left, .. }) => match &**left {
            Pat::Expr(target) => target,
            _ => return false,
        },
        _ => return false,
    };
    let key = match &**target {
        Expr::Member(MemberExpr { obj, .. }) if !order::is_unobservable(obj) => return true,
        Expr::Member(MemberExpr { prop, .. }) => prop.as_computed(),
        Expr::SuperProp(SuperPropExpr { prop, .. }) => prop.as_computed(),
        _ => None,
    };
    key.is_some_and(|key| !order::is_unobservable(&key.expr))
}

/// Whether the first property of a pattern runs code before it reads the value, which must not be
/// `null` or `undefined` then.
fn starts_with_code(property: &ObjectPatProp) -> bool {
    let ObjectPatProp::KeyValue(KeyValuePatProp { key, .. }) = property else { return false };
    let key = key.as_computed();
    key.is_some_and(|key| !order::is_unobservable(&key.expr))
}

fn property_of(property: ObjectPatProp) -> (PropName, Pat) {
    match property {
        ObjectPatProp::KeyValue(KeyValuePatProp { key, value }) => (key, *value),
        ObjectPatProp::Assign(property) => {
            let key = PropName::Ident(property.key.id.clone().into());
            let left = Box::new(Pat::Ident(property.key));
            match property.value {
                Some(right) => (key, AssignPat { span: property.span, left, right }.into()),
                None => (key, *left),
            }
        }
        ObjectPatProp::Rest(rest) => unreachable!("`...` comes last: {rest:?}"),
    }
}

/// Whether the elements of a literal can be matched one by one.
fn is_matched(pattern: &ArrayPat, literal: &ArrayLit) -> bool {
    !literal.elems.is_empty()
        && pattern.elems.len() <= literal.elems.len()
        && !pattern.elems.iter().flatten().any(Pat::is_rest)
        && literal
            .elems
            .iter()
            .all(|element| element.as_ref().is_some_and(|each| each.spread.is_none()))
}

/// Whether a variable stays the same while a pattern takes its value apart.
fn is_reused(pattern: &Pat, name: &Id) -> bool {
    let own: FxHashSet<Id> = find_pat_ids::<_, Id>(pattern).into_iter().collect();
    let mut search = CodeSearch::default();
    pattern.visit_with(&mut search);
    !own.contains(name) && !search.has_code
}

/// Whether a pattern has expressions that may run code.
#[derive(Default)]
struct CodeSearch {
    has_code: bool,
}

impl Visit for CodeSearch {
    noop_visit_type!();

    fn visit_expr(&mut self, expr: &Expr) {
        self.has_code |= match expr {
            Expr::Lit(_) | Expr::Ident(_) | Expr::This(_) | Expr::Fn(_) | Expr::Arrow(_) => false,
            Expr::Array(literal) => !literal.elems.is_empty(),
            Expr::Object(literal) => !literal.props.is_empty(),
            Expr::Unary(unary) => !unary.arg.is_lit(),
            _ => true,
        };
    }
}

fn has_object_rest(pattern: &Pat) -> bool {
    match pattern {
        Pat::Object(pattern) => pattern.props.iter().any(is_or_has_rest),
        Pat::Array(pattern) => pattern.elems.iter().flatten().any(has_object_rest),
        Pat::Assign(pattern) => has_object_rest(&pattern.left),
        Pat::Rest(rest) => has_object_rest(&rest.arg),
        Pat::Ident(_) | Pat::Expr(_) | Pat::Invalid(_) => false,
    }
}

fn is_or_has_rest(property: &ObjectPatProp) -> bool {
    match property {
        ObjectPatProp::Rest(_) => true,
        ObjectPatProp::KeyValue(property) => has_object_rest(&property.value),
        ObjectPatProp::Assign(_) => false,
    }
}
