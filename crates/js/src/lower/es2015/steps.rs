//! What a pattern becomes: a list of variables or targets and their values, in order.

use swc_ecma_ast::{AssignTarget, Expr, Ident, Pat, SimpleAssignTarget, Stmt, VarDeclarator};
use swc_ecma_utils::private_ident;

use super::{super::build, model::Walk};

/// One value, and what takes it.
pub(super) struct Step {
    /// A variable or a member; `None` if the value is only evaluated.
    pub target: Option<Pat>,
    pub value: Expr,
}

/// Steps in the making.
pub(super) struct Steps {
    pub list: Vec<Step>,
    /// Whether they become declarations. Otherwise they are assignments, and the variables that
    /// they need are those of the function.
    pub declares: bool,
    /// Whether nothing can read the declared names before they have their values.
    pub is_scoped: bool,
}

impl Steps {
    pub fn new(declares: bool) -> Self {
        Self { list: Vec::new(), declares, is_scoped: false }
    }

    pub fn push(&mut self, target: Pat, value: Expr) {
        self.list.push(Step { target: Some(target), value });
    }

    /// Keeps a value in a variable of its own.
    pub fn keep(&mut self, walk: &mut Walk<'_>, name: &str, value: Expr) -> Ident {
        let variable = if self.declares { private_ident!(name) } else { walk.variable(name) };
        self.push(variable.clone().into(), value);
        variable
    }

    /// Returns the declarations.
    pub fn into_declarators(self) -> Vec<VarDeclarator> {
        let declarator = |step: Step| match step.target {
            Some(name) => VarDeclarator {
                span: build::NOWHERE,
                name,
                init: Some(Box::new(step.value)),
                definite: false,
            },
            None => build::declarator(private_ident!("_unused"), step.value),
        };
        self.list.into_iter().map(declarator).collect()
    }

    /// Returns the assignments.
    #[expect(clippy::vec_box, reason = "the tree has boxes")]
    pub fn into_expressions(self) -> Vec<Box<Expr>> {
        let expression = |step: Step| match step.target {
            Some(Pat::Ident(name)) => Box::new(build::assign(name.id, step.value)),
            Some(Pat::Expr(target)) => Box::new(assign_to(target, step.value)),
            Some(other) => unreachable!("a pattern is left: {other:?}"),
            None => Box::new(step.value),
        };
        self.list.into_iter().map(expression).collect()
    }

    pub fn into_statement(self) -> Stmt {
        if self.declares {
            build::var(self.into_declarators())
        } else {
            build::statement(build::sequence(self.into_expressions()))
        }
    }
}

fn assign_to(target: Box<Expr>, value: Expr) -> Expr {
    match SimpleAssignTarget::try_from(target) {
        Ok(target) => build::assign(AssignTarget::Simple(target), value),
        Err(expr) => unreachable!("not a target: {expr:?}"),
    }
}
