//! The side effects of statements, of functions that are called where they are written, and of
//! classes.

use bundle_graph::record::SymbolIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, Class, ClassMember, Decl, Expr, ExprOrSpread, Function, Id, Key,
    Pat, PropName, Stmt, SwitchCase, VarDeclarator,
};

use super::{super::heritage, world::World};

/// The owner of the object that an expression gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// None: the object was just made, or belongs to a variable of a function that is called where
    /// it is written.
    Nobody,
    /// The object belongs to a top-level name.
    Symbol(SymbolIndex),
}

/// Judges one statement. Every method returns whether its argument is harmless. A change of an
/// object that belongs to a top-level name is harmless, and is noted.
pub(super) struct Judge<'w> {
    pub(super) world: &'w World<'w>,
    /// The index of the statement.
    pub(super) statement: usize,
    /// Variables of functions that are called where they are written.
    pub(super) locals: FxHashSet<Id>,
    /// Local variables that hold an object whose owner is known.
    pub(super) owners: FxHashMap<Id, Owner>,
    /// The owner of `this`.
    pub(super) this: Option<Owner>,
    touched: Vec<SymbolIndex>,
}

impl<'w> Judge<'w> {
    pub(super) fn new(statement: usize, world: &'w World<'w>) -> Self {
        Self {
            world,
            statement,
            locals: FxHashSet::default(),
            owners: FxHashMap::default(),
            this: None,
            touched: Vec::new(),
        }
    }

    /// Returns the symbols whose value or object is changed.
    pub(super) fn touched(self) -> Vec<SymbolIndex> {
        self.touched
    }

    /// Notes a change of an object that has this owner.
    pub(super) fn touch(&mut self, owner: &Owner) {
        if let Owner::Symbol(symbol) = owner
            && !self.touched.contains(symbol)
        {
            self.touched.push(*symbol);
        }
    }

    pub(super) fn statement(&mut self, statement: &Stmt) -> bool {
        match statement {
            Stmt::Empty(_) | Stmt::Break(_) | Stmt::Continue(_) => true,
            Stmt::Decl(declaration) => self.declaration(declaration),
            Stmt::Expr(statement) => self.expr(&statement.expr),
            Stmt::Return(statement) => statement.arg.as_ref().is_none_or(|value| self.expr(value)),
            Stmt::Block(block) => self.statements(&block.stmts),
            Stmt::Labeled(labeled) => self.statement(&labeled.body),
            Stmt::If(branch) => {
                self.expr(&branch.test)
                    && self.statement(&branch.cons)
                    && branch.alt.as_ref().is_none_or(|other| self.statement(other))
            }
            Stmt::Try(attempt) => {
                self.statements(&attempt.block.stmts)
                    && attempt
                        .handler
                        .as_ref()
                        .is_none_or(|handler| self.statements(&handler.body.stmts))
                    && attempt.finalizer.as_ref().is_none_or(|last| self.statements(&last.stmts))
            }
            Stmt::Switch(switch) => {
                self.expr(&switch.discriminant) && switch.cases.iter().all(|c| self.case(c))
            }
            // Loops may not end; the other statements have effects.
            _ => false,
        }
    }

    fn case(&mut self, case: &SwitchCase) -> bool {
        case.test.as_ref().is_none_or(|test| self.expr(test)) && self.statements(&case.cons)
    }

    pub(super) fn statements(&mut self, statements: &[Stmt]) -> bool {
        statements.iter().all(|statement| self.statement(statement))
    }

    pub(super) fn declaration(&mut self, declaration: &Decl) -> bool {
        match declaration {
            Decl::Class(class) => self.class(&class.class),
            Decl::Var(variables) => {
                variables.decls.iter().all(|declarator| self.variable(declarator))
            }
            Decl::Using(_) => false,
            Decl::Fn(_)
            | Decl::TsInterface(_)
            | Decl::TsTypeAlias(_)
            | Decl::TsEnum(_)
            | Decl::TsModule(_) => true,
        }
    }

    fn variable(&mut self, declarator: &VarDeclarator) -> bool {
        match (&declarator.name, &declarator.init) {
            (Pat::Ident(name), value) => {
                let id = name.to_id();
                let is_local = self.world.table.by_id.of(&id).is_none();
                if is_local {
                    self.locals.insert(id.clone());
                }
                let Some(value) = value else { return true };
                let is_harmless = self.expr(value);
                if is_local && is_harmless {
                    self.hold(id, value);
                }
                is_harmless
            }
            // Destructuring an array literal runs only the built-in iterator.
            (Pat::Array(pattern), Some(value)) => {
                let is_plain = pattern.elems.iter().flatten().all(|p| matches!(p, Pat::Ident(_)));
                matches!(**value, Expr::Array(_)) && is_plain && self.expr(value)
            }
            (_, _) => false,
        }
    }

    /// Records what a local variable holds from now on.
    pub(super) fn hold(&mut self, id: Id, value: &Expr) {
        match self.owner(value) {
            Some(owner) => self.owners.insert(id, owner),
            None => self.owners.remove(&id),
        };
    }

    /// Whether a function that is called where it is written is harmless.
    pub(super) fn is_call_harmless(
        &mut self,
        function: &Function,
        arguments: &[ExprOrSpread],
    ) -> bool {
        if function.is_async || function.is_generator {
            return false;
        }
        let parameters: Vec<_> = function.params.iter().map(|p| &p.pat).collect();
        let Some(body) = &function.body else { return true };
        let this = self.this.take();
        let is_harmless = self.bind(&parameters, arguments) && self.body(&body.stmts);
        self.this = this;
        is_harmless
    }

    /// Whether an arrow function that is called where it is written is harmless.
    pub(super) fn is_arrow_call_harmless(
        &mut self,
        arrow: &ArrowExpr,
        arguments: &[ExprOrSpread],
    ) -> bool {
        let parameters: Vec<_> = arrow.params.iter().collect();
        if arrow.is_async || !self.bind(&parameters, arguments) {
            return false;
        }
        match &*arrow.body {
            ArrowFunctionBody::FunctionBody(body) => self.body(&body.stmts),
            ArrowFunctionBody::Expr(value) => self.expr(value),
        }
    }

    fn bind(&mut self, parameters: &[&Pat], arguments: &[ExprOrSpread]) -> bool {
        for (index, parameter) in parameters.iter().enumerate() {
            let Pat::Ident(name) = parameter else { return false };
            let id = name.to_id();
            self.locals.insert(id.clone());
            if let Some(argument) = arguments.get(index) {
                self.hold(id, &argument.expr);
            }
        }
        true
    }

    /// Whether a function's statements are harmless. Its function declarations are hoisted.
    fn body(&mut self, statements: &[Stmt]) -> bool {
        for statement in statements {
            if let Stmt::Decl(Decl::Fn(function)) = statement {
                self.locals.insert(function.ident.to_id());
                self.owners.insert(function.ident.to_id(), Owner::Nobody);
            }
            if let Stmt::Decl(Decl::Class(class)) = statement {
                self.locals.insert(class.ident.to_id());
                self.owners.insert(class.ident.to_id(), Owner::Nobody);
            }
        }
        self.statements(statements)
    }

    /// Whether declaring a class is harmless: its parent, computed keys, static fields and static
    /// blocks.
    pub(super) fn class(&mut self, class: &Class) -> bool {
        let is_plain = class.decorators.is_empty()
            && class
                .super_class
                .as_ref()
                .is_none_or(|parent| heritage::may_construct(parent) && self.expr(parent));
        let this = self.this.replace(Owner::Nobody);
        let is_harmless = is_plain && class.body.iter().all(|member| self.member_of_class(member));
        self.this = this;
        is_harmless
    }

    fn member_of_class(&mut self, member: &ClassMember) -> bool {
        match member {
            ClassMember::Constructor(_)
            | ClassMember::PrivateMethod(_)
            | ClassMember::TsIndexSignature(_)
            | ClassMember::Empty(_) => true,
            ClassMember::Method(method) => {
                method.function.decorators.is_empty() && self.key(&method.key)
            }
            ClassMember::ClassProp(prop) => {
                prop.decorators.is_empty()
                    && self.key(&prop.key)
                    && self.field(prop.is_static, prop.value.as_deref())
            }
            ClassMember::PrivateProp(prop) => {
                prop.decorators.is_empty() && self.field(prop.is_static, prop.value.as_deref())
            }
            ClassMember::StaticBlock(block) => self.body(&block.body.stmts),
            ClassMember::AutoAccessor(accessor) => {
                let key = match &accessor.key {
                    Key::Private(_) => true,
                    Key::Public(key) => self.key(key),
                };
                key && accessor.decorators.is_empty()
                    && self.field(accessor.is_static, accessor.value.as_deref())
            }
        }
    }

    fn field(&mut self, is_static: bool, value: Option<&Expr>) -> bool {
        !is_static || value.is_none_or(|value| self.expr(value))
    }

    /// Whether a property's key is harmless: an object as a key runs its `toString`.
    pub(super) fn key(&mut self, key: &PropName) -> bool {
        match key {
            PropName::Computed(computed) => {
                self.is_key(&computed.expr) && self.expr(&computed.expr)
            }
            PropName::Ident(_) | PropName::Str(_) | PropName::Num(_) | PropName::BigInt(_) => true,
        }
    }
}
