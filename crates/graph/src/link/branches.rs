//! Branches that never run, because literals decide their tests: `if (DEBUG) report()` where
//! another module exports `DEBUG` as `false`. Symbols that only such branches use are not kept, and
//! rendering leaves the branches out.

use std::cmp::Ordering::Equal;

use super::LinkedModule;
use crate::{
    module::Module,
    record::{
        BranchIndex, Literal, Operand, Path, RequestIndex, Statement, SymbolIndex, SymbolUse, Test,
    },
};

/// Returns the branches of a module that never run, in ascending order, with those inside them.
/// `value`: the literal that a name or a member of it means.
pub(super) fn dead(
    module: &Module,
    value: impl Fn(SymbolIndex, &Path) -> Option<Literal>,
) -> Vec<BranchIndex> {
    let mut dead: Vec<BranchIndex> = Vec::new();
    for (index, branch) in (0..).map(BranchIndex).zip(&module.record.branches) {
        let is_inside = branch.outer.is_some_and(|outer| dead.binary_search(&outer).is_ok());
        if is_inside || outcome(&branch.test, &value) == Some(!branch.runs_if) {
            dead.push(index);
        }
    }
    dead
}

impl LinkedModule {
    /// Whether a branch never runs.
    pub(crate) fn is_dead(&self, branch: BranchIndex) -> bool {
        self.dead.binary_search(&branch).is_ok()
    }

    /// Whether a use is in branches that never run.
    pub(crate) fn is_dead_use(&self, used: &SymbolUse) -> bool {
        !used.branches.is_empty() && used.branches.iter().all(|branch| self.is_dead(*branch))
    }

    /// Iterates over the requests inside a statement that may run.
    pub(crate) fn requests_of<'s>(
        &'s self,
        statement: &'s Statement,
    ) -> impl Iterator<Item = RequestIndex> + 's {
        let is_dead = |request: RequestIndex| {
            let branches = || statement.branched.iter().filter(move |(one, _)| *one == request);
            branches().next().is_some() && branches().all(|(_, branch)| self.is_dead(*branch))
        };
        statement.requests.iter().copied().filter(move |request| !is_dead(*request))
    }
}

/// Returns the outcome of a test; `None` if it is not known.
fn outcome(test: &Test, value: &impl Fn(SymbolIndex, &Path) -> Option<Literal>) -> Option<bool> {
    let of = |operand: &Operand| match operand {
        Operand::Literal(literal) => Some(literal.clone()),
        Operand::Name(symbol, path) => value(*symbol, path),
    };
    match test {
        Test::Unknown => None,
        Test::Holds(operand) => of(operand).map(|literal| is_truthy(&literal)),
        Test::Equal { operands, is_strict } => {
            let [left, right] = operands.each_ref().map(of);
            are_equal(&left?, &right?, *is_strict)
        }
        Test::Not(inner) => outcome(inner, value).map(|holds| !holds),
        Test::Both(tests) => match tests.each_ref().map(|test| outcome(test, value)) {
            [Some(false), _] | [_, Some(false)] => Some(false),
            [Some(true), Some(true)] => Some(true),
            _ => None,
        },
        Test::Either(tests) => match tests.each_ref().map(|test| outcome(test, value)) {
            [Some(true), _] | [_, Some(true)] => Some(true),
            [Some(false), Some(false)] => Some(false),
            _ => None,
        },
    }
}

fn is_truthy(literal: &Literal) -> bool {
    match literal {
        Literal::Undefined | Literal::Null => false,
        Literal::Boolean(value) => *value,
        Literal::Number(value) => *value != 0.0,
        Literal::String(value) => !value.is_empty(),
    }
}

/// Compares as `===` does, or as `==`. `None`: `==` would convert one of them.
fn are_equal(left: &Literal, right: &Literal, is_strict: bool) -> Option<bool> {
    let is_nothing = |literal: &Literal| matches!(literal, Literal::Undefined | Literal::Null);
    match (left, right) {
        (Literal::Boolean(a), Literal::Boolean(b)) => Some(a == b),
        (Literal::Number(a), Literal::Number(b)) => Some(a.partial_cmp(b) == Some(Equal)),
        (Literal::String(a), Literal::String(b)) => Some(a == b),
        (Literal::Undefined, Literal::Undefined) | (Literal::Null, Literal::Null) => Some(true),
        _ if is_strict => Some(false),
        _ if is_nothing(left) || is_nothing(right) => Some(is_nothing(left) && is_nothing(right)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{are_equal, outcome};
    use crate::record::{
        Literal::{Boolean, Null, Number, String, Undefined},
        Operand, SymbolIndex, Test,
    };

    #[test]
    fn literals_are_equal_as_in_the_language() {
        let text = |text: &str| String(text.to_owned());
        for (left, right, strict, loose) in [
            (Boolean(true), Boolean(true), Some(true), Some(true)),
            (Number(0.0), Number(-0.0), Some(true), Some(true)),
            (Number(1.0), text("1"), Some(false), None),
            (Null, Undefined, Some(false), Some(true)),
            (Null, Number(0.0), Some(false), Some(false)),
            (text("a"), text("b"), Some(false), Some(false)),
        ] {
            assert_eq!(are_equal(&left, &right, true), strict, "{left:?} === {right:?}");
            assert_eq!(are_equal(&right, &left, false), loose, "{left:?} == {right:?}");
        }
    }

    #[test]
    fn one_known_side_may_decide() {
        let name = |number| Test::Holds(Operand::Name(SymbolIndex(number), Vec::new()));
        // The first name is false, the second true; of the third nothing is known.
        let value = |SymbolIndex(number), _: &_| (number < 2).then_some(Boolean(number == 1));
        let of = |test| outcome(&test, &value);
        let pair = |a, b| Box::new([name(a), name(b)]);
        assert_eq!(of(Test::Both(pair(0, 2))), Some(false));
        assert_eq!(of(Test::Both(pair(2, 0))), Some(false));
        assert_eq!(of(Test::Both(pair(1, 2))), None);
        assert_eq!(of(Test::Either(pair(2, 1))), Some(true));
        assert_eq!(of(Test::Either(pair(0, 2))), None);
        assert_eq!(of(Test::Either(pair(0, 0))), Some(false));
        assert_eq!(of(Test::Not(Box::new(name(1)))), Some(false));
        assert_eq!(of(Test::Both(Box::new([Test::Unknown, name(0)]))), Some(false));
    }
}
