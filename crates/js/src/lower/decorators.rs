//! Compiles decorators: TypeScript's and, in JavaScript, Babel's (`legacy`), and those of the
//! proposal as of November 2023 (`standard`). All leave a class with members of ECMAScript 2022 and
//! calls of the runtime's helpers.
//!
//! A class may be evaluated many times, so its variables are declared with `let` right before the
//! enclosing statement, inside the loop's body or the field's value that contains it.

use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignExpr, AssignOp, AssignPat, AssignPatProp, AssignTarget,
    AutoAccessor, Class, ClassDecl, ClassExpr, ClassProp, Decl, DefaultDecl, ExportDecl, Expr,
    Ident, Key, KeyValueProp, LabeledStmt, ModuleDecl, ModuleItem, Pat, PrivateProp, Program,
    PropName, SimpleAssignTarget, Stmt, VarDeclarator,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type};

use super::build;

mod babel; // Babel's decorators, where they differ from TypeScript's
mod evaluation; // when the decorators of members and their keys are evaluated
mod legacy; // TypeScript's decorators and Babel's
mod model; // the walk and the names that it makes
mod nodes; // the nodes of classes that lowering makes
mod replaced; // names and `this` that mean the class that replaces another
mod standard; // the proposal's decorators

pub(super) use legacy::{has_decorators, is_replaced};
pub(super) use model::Dialect;
use model::{DecoratorLowering, PrivateNames};

/// Compiles the decorators of a program. Decorators in places where they have no meaning stay.
/// `assigns_fields`: class fields are assignments. Returns whether there are fields that calls of a
/// helper define (`defines_itself`).
pub(super) fn lower(program: &mut Program, dialect: Dialect, assigns_fields: bool) -> bool {
    let mut taken = PrivateNames::default();
    program.visit_with(&mut taken);
    let mut walk = DecoratorLowering {
        dialect,
        assigns_fields,
        has_decorated_fields: false,
        variables: Vec::new(),
        private_names: taken.0,
    };
    program.visit_mut_with(&mut walk);
    walk.has_decorated_fields
}

impl DecoratorLowering {
    fn is_decorated(&self, class: &Class) -> bool {
        match self.dialect {
            Dialect::TypeScript | Dialect::Babel => legacy::is_decorated(class),
            Dialect::Standard => standard::is_decorated(class),
        }
    }

    /// Walks a value that gets a name, which also names an anonymous class.
    fn named(&mut self, value: &mut Expr, name: impl FnOnce() -> PropName) {
        let class = nodes::unwrapped(value);
        if class.as_class().is_some_and(|class| class.ident.is_none()) {
            class.visit_mut_children_with(self);
            self.expression(class, Some(name()));
        } else {
            value.visit_mut_with(self);
        }
    }

    /// Lowers an expression if it is a decorated class.
    fn expression(&mut self, expr: &mut Expr, name: Option<PropName>) {
        let Expr::Class(class) = expr else { return };
        if !self.is_decorated(&class.class) {
            return;
        }
        let class = std::mem::take(class);
        *expr = match self.dialect {
            Dialect::TypeScript | Dialect::Babel => legacy::expression(class, name, self),
            Dialect::Standard => standard::expression(class, name, self),
        };
    }

    /// Lowers a decorated declaration. Returns the statements in its place. If a variable holds
    /// the class, the first one declares it.
    fn declaration(&mut self, declaration: ClassDecl) -> Vec<Stmt> {
        match self.dialect {
            Dialect::TypeScript | Dialect::Babel => legacy::declaration(declaration, self),
            Dialect::Standard => vec![standard::declaration(declaration, self)],
        }
    }

    /// Walks a value that must declare its own variables. Returns these.
    fn alone(&mut self, walk: impl FnOnce(&mut Self)) -> Vec<VarDeclarator> {
        let outer = std::mem::take(&mut self.variables);
        walk(self);
        std::mem::replace(&mut self.variables, outer)
    }

    fn field(&mut self, value: Option<&mut Box<Expr>>, name: impl FnOnce() -> PropName) {
        let Some(value) = value else { return };
        let variables = self.alone(|walk| walk.named(value, name));
        if !variables.is_empty() {
            let result = std::mem::take(&mut **value);
            let stmts = vec![nodes::variables(variables), build::returned(result)];
            let function = nodes::arrow_with_body(stmts);
            **value = build::call(build::NOWHERE, function, Vec::new());
        }
    }

    /// Walks a statement of a list. Returns whether it is a decorated class.
    fn statement(&mut self, statement: &mut Stmt) -> bool {
        if let Stmt::Decl(Decl::Class(class)) = statement {
            class.class.visit_mut_with(self);
            return !class.declare && self.is_decorated(&class.class);
        }
        statement.visit_mut_children_with(self);
        false
    }

    fn export(&mut self, export: ExportDecl) -> Vec<ModuleItem> {
        let Decl::Class(class) = export.decl else { unreachable!("the caller asked for a class") };
        let name = class.ident.clone();
        let mut statements = self.declaration(class).into_iter();
        let first = statements.next().expect("the class itself");
        let is_class = matches!(first, Stmt::Decl(Decl::Class(_)));
        let mut items = match first {
            Stmt::Decl(decl) if is_class => {
                vec![ModuleDecl::ExportDecl(ExportDecl { span: export.span, decl }).into()]
            }
            first => vec![first.into()],
        };
        items.extend(statements.map(ModuleItem::Stmt));
        if !is_class {
            items.push(nodes::export_as(name.clone(), name));
        }
        items
    }

    /// Lowers `export default @decorator class`.
    fn export_default(&mut self, class: ClassExpr) -> Vec<ModuleItem> {
        let ClassExpr { ident, class } = class;
        let default =
            || Ident::from(swc_ecma_ast::IdentName::new("default".into(), build::NOWHERE));
        let (name, statements) = if let Some(ident) = ident {
            let declaration = ClassDecl { ident: ident.clone(), declare: false, class };
            (ident, self.declaration(declaration))
        } else {
            let name = private_ident!("_default");
            let mut value = ClassExpr { ident, class }.into();
            self.expression(&mut value, Some(default().into()));
            let is_class = value.is_class();
            let key: PropName = default().into();
            let value = if is_class { build::with_name(value, key) } else { value };
            (name.clone(), vec![nodes::let_(name, value)])
        };
        let items = statements.into_iter().map(ModuleItem::Stmt);
        items.chain([nodes::export_as(name, default())]).collect()
    }

    fn item(&mut self, item: ModuleItem) -> Vec<ModuleItem> {
        match item {
            ModuleItem::Stmt(mut statement) => {
                if !self.statement(&mut statement) {
                    return vec![statement.into()];
                }
                let class = statement.decl().and_then(Decl::class).expect("it is one");
                self.declaration(class).into_iter().map(ModuleItem::Stmt).collect()
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(mut export)) => {
                export.visit_mut_children_with(self);
                let class = export.decl.as_class();
                if class.is_some_and(|it| !it.declare && self.is_decorated(&it.class)) {
                    self.export(export)
                } else {
                    vec![ModuleDecl::ExportDecl(export).into()]
                }
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(mut export)) => {
                export.visit_mut_children_with(self);
                match export.decl {
                    DefaultDecl::Class(class) if self.is_decorated(&class.class) => {
                        self.export_default(class)
                    }
                    _ => vec![ModuleDecl::ExportDefaultDecl(export).into()],
                }
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(mut export)) => {
                self.named(&mut export.expr, nodes::default_name);
                vec![ModuleDecl::ExportDefaultExpr(export).into()]
            }
            mut item @ ModuleItem::ModuleDecl(_) => {
                item.visit_mut_children_with(self);
                vec![item]
            }
        }
    }
}

impl VisitMut for DecoratorLowering {
    noop_visit_mut_type!();

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        let mut lowered = Vec::with_capacity(items.len());
        for item in std::mem::take(items) {
            let mut made = Vec::new();
            let variables = self.alone(|walk| made = walk.item(item));
            if !variables.is_empty() {
                lowered.push(nodes::variables(variables).into());
            }
            lowered.append(&mut made);
        }
        *items = lowered;
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        let mut lowered = Vec::with_capacity(statements.len());
        for mut statement in std::mem::take(statements) {
            let mut made = Vec::new();
            let variables = self.alone(|walk| {
                if walk.statement(&mut statement) {
                    let class = std::mem::take(&mut statement).decl().and_then(Decl::class);
                    made = walk.declaration(class.expect("it is one"));
                } else {
                    made.push(statement);
                }
            });
            if !variables.is_empty() {
                lowered.push(nodes::variables(variables));
            }
            lowered.append(&mut made);
        }
        *statements = lowered;
    }

    /// A statement that is not in a list: a loop's body.
    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        let variables = self.alone(|walk| statement.visit_mut_children_with(walk));
        if !variables.is_empty() {
            let stmts = vec![nodes::variables(variables), std::mem::take(statement)];
            *statement = nodes::block(stmts);
        }
    }

    /// `continue label` needs the loop right after the label.
    fn visit_mut_labeled_stmt(&mut self, labelled: &mut LabeledStmt) {
        labelled.body.visit_mut_children_with(self);
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        arrow.params.visit_mut_with(self);
        let value = match &mut *arrow.body {
            ArrowFunctionBody::FunctionBody(body) => return body.visit_mut_with(self),
            ArrowFunctionBody::Expr(value) => value,
        };
        let variables = self.alone(|walk| value.visit_mut_with(walk));
        if !variables.is_empty() {
            let result = build::returned(std::mem::take(&mut **value));
            let stmts = vec![nodes::variables(variables), result];
            *arrow.body = ArrowFunctionBody::FunctionBody(nodes::body(stmts));
        }
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        self.expression(expr, None);
    }

    // The nodes that name an anonymous class.

    fn visit_mut_var_declarator(&mut self, declarator: &mut VarDeclarator) {
        declarator.name.visit_mut_with(self);
        let Some(value) = &mut declarator.init else { return };
        match &declarator.name {
            Pat::Ident(name) => self.named(value, || name.id.clone().into()),
            _ => value.visit_mut_with(self),
        }
    }

    fn visit_mut_assign_expr(&mut self, assign: &mut AssignExpr) {
        assign.left.visit_mut_with(self);
        match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name))
                if assign.op == AssignOp::Assign || assign.op.may_short_circuit() =>
            {
                self.named(&mut assign.right, || name.id.clone().into());
            }
            _ => assign.right.visit_mut_with(self),
        }
    }

    fn visit_mut_assign_pat(&mut self, default: &mut AssignPat) {
        default.left.visit_mut_with(self);
        match &*default.left {
            Pat::Ident(name) => self.named(&mut default.right, || name.id.clone().into()),
            _ => default.right.visit_mut_with(self),
        }
    }

    fn visit_mut_assign_pat_prop(&mut self, property: &mut AssignPatProp) {
        if let Some(value) = &mut property.value {
            self.named(value, || property.key.id.clone().into());
        }
    }

    fn visit_mut_key_value_prop(&mut self, property: &mut KeyValueProp) {
        property.key.visit_mut_with(self);
        if property.key.is_computed() {
            return property.value.visit_mut_with(self);
        }
        self.named(&mut property.value, || property.key.clone());
    }

    fn visit_mut_class_prop(&mut self, field: &mut ClassProp) {
        field.decorators.visit_mut_with(self);
        field.key.visit_mut_with(self);
        self.field(field.value.as_mut(), || field.key.clone());
    }

    fn visit_mut_private_prop(&mut self, field: &mut PrivateProp) {
        field.decorators.visit_mut_with(self);
        self.field(field.value.as_mut(), || nodes::text_of(&field.key).into());
    }

    fn visit_mut_auto_accessor(&mut self, field: &mut AutoAccessor) {
        field.decorators.visit_mut_with(self);
        field.key.visit_mut_with(self);
        self.field(field.value.as_mut(), || match &field.key {
            Key::Private(name) => nodes::text_of(name).into(),
            Key::Public(name) => name.clone(),
        });
    }
}
