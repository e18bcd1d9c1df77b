//! Scopes. A `var` belongs to the enclosing function, and is also recorded in every block between
//! the two, so that `{ let a; { var a } }` is an error whichever declaration comes first.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::Span;
use swc_ecma_ast::Ident;

/// How a name is declared in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `var`, here or in a block inside.
    Var,
    /// A function at the top of a function or script: may be declared again, also by `var`.
    Function,
    /// A plain function in a block of sloppy code: may be declared again by another such function.
    BlockFunction,
    /// `let`, `const`, `using`, `class`, and functions elsewhere.
    Lexical,
    /// An imported name.
    Import,
    /// A parameter.
    Parameter,
    /// The parameter of `catch`, if it is a plain name.
    CatchName,
    /// A name in the pattern of a `catch` parameter.
    CatchPattern,
}

/// The construct to which a scope belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boundary {
    /// A function, a static block or a module: `var` belongs to it.
    Function,
    /// A block, the head of a loop, the cases of a `switch`, or the parameter of a `catch` clause.
    Block,
    /// The block of a `catch` clause. The enclosing scope has the parameter.
    CatchBody,
}

/// Names, with the kind and the place of their first declaration.
type Names = FxHashMap<Atom, (Kind, Span)>;

/// One scope.
#[derive(Debug)]
pub(super) struct Scope {
    pub names: Names,
    pub boundary: Boundary,
    /// Assignments to names that the module imports, as long as it is unknown whether the name
    /// refers to the import.
    pub assigned: Vec<Assigned>,
}

/// An assignment.
#[derive(Debug)]
pub(super) struct Assigned {
    pub name: Ident,
    pub what: Change,
}

/// What an assignment to an import changes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    /// The name itself.
    Name,
    /// A member that is assigned to, with its place.
    Member(Span),
    /// A member that is deleted, with its place.
    Deleted(Span),
}

/// The enclosing scopes, innermost last.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    pub stack: Vec<Scope>,
    /// Empty tables of scopes that ended.
    spare: Vec<Names>,
}

impl Scopes {
    /// Begins a scope.
    pub fn push(&mut self, boundary: Boundary) {
        let names = self.spare.pop().unwrap_or_default();
        self.stack.push(Scope { names, boundary, assigned: Vec::new() });
    }

    /// Keeps the table of a scope that ended for another one.
    pub fn recycle(&mut self, mut names: Names) {
        names.clear();
        self.spare.push(names);
    }

    /// Whether this is the top of a function or module, where functions are not block scoped.
    pub fn is_function_top(&self) -> bool {
        self.stack.last().is_some_and(|scope| scope.boundary == Boundary::Function)
    }

    /// Whether this is the top of the module itself.
    pub fn is_outermost(&self) -> bool {
        self.stack.len() == 1
    }

    /// Returns how the innermost scope declares a name.
    pub fn kind_here(&self, name: &Atom) -> Option<Kind> {
        self.stack.last().and_then(|scope| scope.names.get(name)).map(|(kind, _)| *kind)
    }

    /// Turns an import of the innermost scope into a plain name.
    pub fn forget_import(&mut self, name: &Atom) {
        if let Some((kind, _)) = self.stack.last_mut().and_then(|scope| scope.names.get_mut(name)) {
            *kind = Kind::Lexical;
        }
    }

    /// Returns the names of the innermost scope, for suggestions.
    pub fn names_here(&self) -> impl Iterator<Item = &Atom> {
        self.stack.last().into_iter().flat_map(|scope| scope.names.keys())
    }

    /// Declares a name in the innermost scope, or returns the place of the declaration with which
    /// it conflicts.
    pub fn declare(&mut self, name: &Atom, kind: Kind, span: Span) -> Option<Span> {
        let (innermost, outside) =
            self.stack.split_last_mut().expect("a scope is open while the module is walked");
        if innermost.boundary == Boundary::CatchBody
            && let Some((Kind::CatchName | Kind::CatchPattern, first)) =
                outside.last().and_then(|scope| scope.names.get(name))
        {
            return Some(*first);
        }
        insert(innermost, name, kind, span)
    }

    /// Declares a `var`, or returns the place of the declaration with which it conflicts.
    /// `is_for_of`: the `var` is in the head of a `for … of` loop, which may not redeclare a
    /// `catch` parameter.
    pub fn declare_var(&mut self, name: &Atom, span: Span, is_for_of: bool) -> Option<Span> {
        for scope in self.stack.iter_mut().rev() {
            if let Some((Kind::CatchName, first)) = scope.names.get(name) {
                if is_for_of {
                    return Some(*first);
                }
                continue;
            }
            if let Some(first) = insert(scope, name, Kind::Var, span) {
                return Some(first);
            }
            if scope.boundary == Boundary::Function {
                return None;
            }
        }
        None
    }
}

/// Adds a name to a scope, or returns the place of the declaration with which it conflicts.
fn insert(scope: &mut Scope, name: &Atom, kind: Kind, span: Span) -> Option<Span> {
    let (old, first) = match scope.names.entry(name.clone()) {
        Entry::Occupied(known) => *known.get(),
        Entry::Vacant(new) => {
            new.insert((kind, span));
            return None;
        }
    };
    let is_var = |kind| matches!(kind, Kind::Var | Kind::Function);
    let agree = match (old, kind) {
        (Kind::Parameter, new) | (new, Kind::Parameter) => is_var(new) || new == Kind::Parameter,
        (Kind::BlockFunction, Kind::BlockFunction) => true,
        (old, new) => is_var(old) && is_var(new),
    };
    (!agree).then_some(first)
}
