//! Wraps the functions that capture variables of an iteration, and moves the variables that change
//! into an object of the iteration.

use rustc_hash::FxHashMap;
use swc_ecma_ast::{
    BlockStmt, CallExpr, Callee, CatchClause, Class, Constructor, Decl, DoWhileStmt, Expr, FnExpr,
    ForInStmt, ForOfStmt, ForStmt, Function, GetterProp, Id, Ident, KeyValuePatProp, KeyValueProp,
    MethodProp, ObjectPatProp, Pat, Prop, PropName, SetterProp, SimpleAssignTarget, Stmt,
    TaggedTpl, VarDecl, VarDeclKind, VarDeclOrExpr, VarDeclarator, WhileStmt,
};
use swc_ecma_utils::{find_pat_ids, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    super::super::{build, yields},
    nodes::{assign, evaluate_before, literal, new_record, prepend, wrapped_in_arrow},
    plan::{Counter, Plan},
};

pub(super) struct Rewrite {
    pub(super) plan: Plan,
    counter: Counter,
    /// What a name means in the enclosing functions: the parameter of a wrapper.
    names: FxHashMap<Id, Ident>,
    /// The variable that holds the object of a loop's iteration here.
    pub(super) records: FxHashMap<u32, Ident>,
    /// The parameters and arguments that the accessors of the enclosing literal need.
    of_accessors: (Vec<Ident>, Vec<Expr>),
}

impl Rewrite {
    pub fn new(plan: Plan) -> Self {
        let (names, records) = (FxHashMap::default(), FxHashMap::default());
        let of_accessors = <(Vec<Ident>, Vec<Expr>)>::default();
        Self { plan, counter: Counter::default(), names, records, of_accessors }
    }

    /// Returns the expression that replaces a name.
    fn meaning(&self, name: &Ident) -> Option<Expr> {
        if self.records.is_empty() && self.names.is_empty() {
            return None;
        }
        let id = name.to_id();
        if let Some(record) = self.plan.kept.get(&id) {
            let record = self.records.get(record)?.clone();
            return Some(build::member(record.into(), &self.key(name)));
        }
        let renamed = self.names.get(&id)?;
        Some(Ident { span: name.span, ..renamed.clone() }.into())
    }

    /// Returns the key of a variable in its object. Two variables of one loop may share a name.
    pub(super) fn key(&self, name: &Ident) -> String {
        let own = &self.plan.kept[&name.to_id()];
        let is_shared = self.plan.kept.iter().any(|(other, record)| {
            record == own && other.0 == name.sym && other.1.as_u32() < name.ctxt.as_u32()
        });
        if is_shared {
            let before = self.plan.kept.iter().filter(|(other, record)| {
                *record == own && other.0 == name.sym && other.1.as_u32() < name.ctxt.as_u32()
            });
            return format!("{}_{}", name.sym, before.count());
        }
        name.sym.to_string()
    }

    /// Passes over a function that stays as it is. Returns whether it is one.
    fn skips(&mut self, function: u32) -> bool {
        if !self.records.is_empty() || !self.names.is_empty() {
            return false;
        }
        let end = self.plan.end_of_unserved(function);
        self.counter = end.unwrap_or(self.counter);
        end.is_some()
    }

    /// Walks a function. Returns the parameters and arguments of its wrapper.
    fn function(&mut self, visit: impl FnOnce(&mut Self)) -> (Vec<Ident>, Vec<Expr>) {
        let own = self.counter.function();
        if self.skips(own) {
            return (Vec::new(), Vec::new());
        }
        let values = self.plan.values.remove(&own).unwrap_or_default();
        let records = self.plan.records.remove(&own).unwrap_or_default();
        let (mut parameters, mut args) = (Vec::new(), Vec::new());
        let mut outer_names = Vec::new();
        let mut outer_records = Vec::new();
        for id in values {
            let name = Ident::new(id.0.clone(), build::NOWHERE, id.1);
            let parameter = private_ident!(id.0.clone());
            args.push(self.meaning(&name).unwrap_or_else(|| name.into()));
            parameters.push(parameter.clone());
            outer_names.push((id.clone(), self.names.insert(id, parameter)));
        }
        for record in records {
            let parameter = private_ident!("_loop");
            if let Some(outer) = self.records.insert(record, parameter.clone()) {
                args.push(outer.clone().into());
                parameters.push(parameter);
                outer_records.push((record, outer));
            }
        }
        visit(self);
        for (id, outer) in outer_names {
            match outer {
                Some(outer) => self.names.insert(id, outer),
                None => self.names.remove(&id),
            };
        }
        self.records.extend(outer_records);
        (parameters, args)
    }

    /// Walks a loop. Returns the variable of its object, if it needs one.
    fn in_loop(&mut self, visit: impl FnOnce(&mut Self, Option<&Ident>, u32)) {
        let own = self.counter.next_loop();
        let needs = self.plan.kept.values().any(|record| *record == own);
        let record = needs.then(|| private_ident!("_loop"));
        if let Some(record) = &record {
            self.records.insert(own, record.clone());
        }
        visit(self, record.as_ref(), own);
        if record.is_some() {
            self.records.remove(&own);
        }
    }

    /// Whether a statement declares variables that an object holds.
    fn moves(&self, statement: &Stmt) -> bool {
        match statement {
            Stmt::Decl(Decl::Var(declaration)) => {
                declaration.decls.iter().any(|variable| self.is_kept(&variable.name))
            }
            _ => false,
        }
    }

    /// Makes an object with the variables of a `for` head.
    pub(super) fn copy(&self, record: &Ident, names: &[Id]) -> Expr {
        let property = |name: &Id| {
            let name = Ident::new(name.0.clone(), build::NOWHERE, name.1);
            let key = self.key(&name);
            let value = Box::new(build::member(record.clone().into(), &key));
            (key, value)
        };
        literal(names.iter().map(property).collect())
    }

    pub(super) fn is_kept(&self, pattern: &Pat) -> bool {
        find_pat_ids::<_, Id>(pattern).iter().any(|name| self.plan.kept.contains_key(name))
    }

    /// Turns declarations of variables that an object holds into assignments.
    pub(super) fn declaration(&mut self, declaration: &mut VarDecl) -> Vec<Stmt> {
        let mut statements = Vec::new();
        let mut stay = Vec::new();
        let kind = declaration.kind;
        let declare = |decls: &mut Vec<VarDeclarator>, statements: &mut Vec<Stmt>| {
            if !decls.is_empty() {
                let decls = std::mem::take(decls);
                statements.push(VarDecl { kind, decls, ..VarDecl::default() }.into());
            }
        };
        for mut variable in std::mem::take(&mut declaration.decls) {
            if !self.is_kept(&variable.name) {
                variable.visit_mut_with(self);
                stay.push(variable);
                continue;
            }
            let others: Vec<Ident> = find_pat_ids(&variable.name);
            let others =
                others.into_iter().filter(|name| !self.plan.kept.contains_key(&name.to_id()));
            stay.extend(others.map(|name| VarDeclarator {
                span: build::NOWHERE,
                name: Ident { span: build::NOWHERE, ..name }.into(),
                init: None,
                definite: false,
            }));
            // The pattern comes first, as in the order of numbers.
            variable.name.visit_mut_with(self);
            variable.init.visit_mut_with(self);
            declare(&mut stay, &mut statements);
            let value = variable.init.map_or_else(build::undefined, |init| *init);
            statements.push(build::statement(assign(variable.name, value)));
        }
        declare(&mut stay, &mut statements);
        statements
    }
}

macro_rules! loops {
    ($($visit:ident $node:ty),*) => {
        $(fn $visit(&mut self, node: &mut $node) {
            self.in_loop(|walk, record, _| {
                node.visit_mut_children_with(walk);
                if let Some(record) = record {
                    prepend(&mut node.body, vec![new_record(record)]);
                }
            });
        })*
    };
}

macro_rules! loops_over {
    ($($visit:ident $node:ty),*) => {
        $(fn $visit(&mut self, node: &mut $node) {
            node.right.visit_mut_with(self);
            self.in_loop(|walk, record, _| {
                let mut body = std::mem::take(&mut node.body);
                // The head comes first, as in the order of numbers.
                let mut first = Box::new(BlockStmt::default().into());
                walk.head(&mut node.left, record, &mut first);
                body.visit_mut_with(walk);
                if let Stmt::Block(first) = *first {
                    if !first.stmts.is_empty() {
                        prepend(&mut body, first.stmts);
                    }
                }
                node.body = body;
            });
        })*
    };
}

impl VisitMut for Rewrite {
    noop_visit_mut_type!();
    loops!(visit_mut_while_stmt WhileStmt, visit_mut_do_while_stmt DoWhileStmt);
    loops_over!(visit_mut_for_in_stmt ForInStmt, visit_mut_for_of_stmt ForOfStmt);

    fn visit_mut_for_stmt(&mut self, head: &mut ForStmt) {
        self.in_loop(|walk, record, own| {
            let names = walk.plan.heads.get(&own).cloned().unwrap_or_default();
            let Some(record) = record else {
                head.visit_mut_children_with(walk);
                return;
            };
            if names.is_empty() {
                head.visit_mut_children_with(walk);
                prepend(&mut head.body, vec![new_record(record)]);
                return;
            }
            if let Some(VarDeclOrExpr::VarDecl(declaration)) = &mut head.init {
                walk.for_head(declaration, own, record);
            }
            head.test.visit_mut_with(walk);
            head.update.visit_mut_with(walk);
            head.body.visit_mut_with(walk);
            // The next iteration has variables of its own, with the last values.
            let copy = build::assign(record.clone(), walk.copy(record, &names));
            head.update = Some(Box::new(match head.update.take() {
                Some(update) => build::sequence(vec![Box::new(copy), update]),
                None => copy,
            }));
        });
    }

    fn visit_mut_catch_clause(&mut self, clause: &mut CatchClause) {
        let Some(pattern) = clause.param.take_if(|pattern| self.is_kept(pattern)) else {
            return clause.visit_mut_children_with(self);
        };
        let error = private_ident!("_error");
        let value = Some(Box::new(error.clone().into()));
        clause.param = Some(error.into());
        let own =
            VarDeclarator { span: build::NOWHERE, name: pattern, init: value, definite: false };
        let kind = VarDeclKind::Let;
        let mut own = VarDecl { kind, decls: vec![own], ..VarDecl::default() };
        let first = self.declaration(&mut own);
        clause.body.visit_mut_with(self);
        clause.body.stmts.splice(0..0, first);
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        if self.records.is_empty() || !statements.iter().any(|statement| self.moves(statement)) {
            return statements.visit_mut_children_with(self);
        }
        for mut statement in std::mem::take(statements) {
            let moves = self.moves(&statement);
            match &mut statement {
                Stmt::Decl(Decl::Var(declaration)) if moves => {
                    statements.extend(self.declaration(declaration));
                }
                _ => {
                    statement.visit_mut_with(self);
                    statements.push(statement);
                }
            }
        }
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        // This is a function declaration, and none in a loop captures variables.
        let own = self.counter.function();
        if !self.skips(own) {
            function.visit_mut_children_with(self);
        }
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        self.function(|walk| constructor.visit_mut_children_with(walk));
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        self.function(|walk| class.visit_mut_children_with(walk));
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        let (parameters, args) = match expr {
            Expr::Ident(name) => {
                if let Some(meaning) = self.meaning(name) {
                    *expr = meaning;
                }
                return;
            }
            Expr::Fn(function) => self.function(|walk| {
                function.function.visit_mut_children_with(walk);
            }),
            Expr::Arrow(arrow) => self.function(|walk| arrow.visit_mut_children_with(walk)),
            Expr::Object(literal) => {
                // An accessor has no place for a wrapper of its own.
                let outer = std::mem::take(&mut self.of_accessors);
                literal.visit_mut_children_with(self);
                let mut given = std::mem::replace(&mut self.of_accessors, outer);
                if !given.0.is_empty() && yields::suspends(literal) {
                    evaluate_before(literal, &mut given);
                }
                given
            }
            _ => return expr.visit_mut_children_with(self),
        };
        if !parameters.is_empty() {
            *expr = wrapped_in_arrow(std::mem::take(expr), parameters, args);
        }
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        let is_plain = matches!(&call.callee, Callee::Expr(callee) if callee.is_ident());
        call.visit_mut_children_with(self);
        // A variable is called without `this`.
        if let Callee::Expr(callee) = &mut call.callee
            && is_plain
            && callee.is_member()
        {
            let function = std::mem::take(callee);
            **callee = build::sequence(vec![Box::new(0.into()), function]);
        }
    }

    fn visit_mut_tagged_tpl(&mut self, tagged: &mut TaggedTpl) {
        let is_plain = tagged.tag.is_ident();
        tagged.visit_mut_children_with(self);
        if is_plain && tagged.tag.is_member() {
            let function = std::mem::take(&mut tagged.tag);
            *tagged.tag = build::sequence(vec![Box::new(0.into()), function]);
        }
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        if let Prop::Shorthand(name) = property {
            if let Some(value) = self.meaning(name) {
                let (key, value) = (PropName::Ident(name.clone().into()), Box::new(value));
                *property = Prop::KeyValue(KeyValueProp { key, value });
            }
            return;
        }
        match property {
            Prop::Method(MethodProp { key, function }) => {
                key.visit_mut_with(self);
                let (parameters, args) =
                    self.function(|walk| function.visit_mut_children_with(walk));
                if !parameters.is_empty() {
                    let key = std::mem::replace(key, PropName::Num(0.into()));
                    let function = std::mem::take(function);
                    let method = FnExpr { ident: None, function }.into();
                    let value = Box::new(wrapped_in_arrow(method, parameters, args));
                    *property = Prop::KeyValue(KeyValueProp { key, value });
                }
            }
            Prop::Getter(GetterProp { key, function, .. })
            | Prop::Setter(SetterProp { key, function, .. }) => {
                key.visit_mut_with(self);
                let (parameters, args) =
                    self.function(|walk| function.visit_mut_children_with(walk));
                self.of_accessors.0.extend(parameters);
                self.of_accessors.1.extend(args);
            }
            _ => property.visit_mut_children_with(self),
        }
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        if let Pat::Ident(name) = pattern {
            match self.meaning(&name.id) {
                Some(Expr::Ident(renamed)) => name.id = renamed,
                Some(member) => *pattern = Pat::Expr(Box::new(member)),
                None => {}
            }
        } else {
            pattern.visit_mut_children_with(self);
        }
    }

    fn visit_mut_object_pat_prop(&mut self, property: &mut ObjectPatProp) {
        property.visit_mut_children_with(self);
        if let ObjectPatProp::Assign(shorthand) = property
            && let Some(meaning) = self.meaning(&shorthand.key.id)
        {
            let key = PropName::Ident(shorthand.key.id.clone().into());
            let target = Box::new(Pat::Expr(Box::new(meaning)));
            let value = match shorthand.value.take() {
                Some(right) => {
                    let span = shorthand.span;
                    Box::new(swc_ecma_ast::AssignPat { span, left: target, right }.into())
                }
                None => target,
            };
            *property = ObjectPatProp::KeyValue(KeyValuePatProp { key, value });
        }
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut SimpleAssignTarget) {
        if let SimpleAssignTarget::Ident(name) = target {
            match self.meaning(&name.id) {
                Some(Expr::Ident(renamed)) => name.id = renamed,
                Some(Expr::Member(member)) => *target = member.into(),
                _ => {}
            }
        } else {
            target.visit_mut_children_with(self);
        }
    }
}
