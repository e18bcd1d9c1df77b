//! Scopes. A `var` belongs to the enclosing function, and is also recorded in every block between
//! the two, so that `{ let a; { var a } }` is an error whichever declaration comes first.

use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::Span;
use swc_ecma_ast::{Expr, Ident, MemberExpr, ObjectPatProp, Pat};

use super::{Checker, context::Fact};
use crate::messages;

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
    /// The block of a `catch` clause. The scope around it has the parameter.
    CatchBody,
}

#[derive(Debug)]
struct Scope {
    names: FxHashMap<Atom, (Kind, Span)>,
    boundary: Boundary,
    /// Assignments to names that the module imports, as long as it is unknown whether the name
    /// refers to the import.
    assigned: Vec<Assigned>,
}

#[derive(Debug)]
struct Assigned {
    name: Ident,
    what: Change,
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
    stack: Vec<Scope>,
}

impl Scopes {
    pub fn push(&mut self, boundary: Boundary) {
        self.stack.push(Scope { names: FxHashMap::default(), boundary, assigned: Vec::new() });
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

    fn forget_import(&mut self, name: &Atom) {
        if let Some((kind, _)) = self.stack.last_mut().and_then(|scope| scope.names.get_mut(name)) {
            *kind = Kind::Lexical;
        }
    }

    /// Returns the names of the innermost scope, for suggestions.
    pub fn names_here(&self) -> impl Iterator<Item = &Atom> {
        self.stack.last().into_iter().flat_map(|scope| scope.names.keys())
    }

    fn declare(&mut self, name: &Atom, kind: Kind, span: Span) -> Option<Span> {
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

    /// `is_for_of`: the `var` is in the head of a `for … of` loop, which may not redeclare a
    /// `catch` parameter.
    fn declare_var(&mut self, name: &Atom, span: Span, is_for_of: bool) -> Option<Span> {
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
    let Some((old, first)) = scope.names.get(name).copied() else {
        scope.names.insert(name.clone(), (kind, span));
        return None;
    };
    let is_var = |kind| matches!(kind, Kind::Var | Kind::Function);
    let agree = match (old, kind) {
        (Kind::Parameter, new) | (new, Kind::Parameter) => is_var(new) || new == Kind::Parameter,
        (Kind::BlockFunction, Kind::BlockFunction) => true,
        (old, new) => is_var(old) && is_var(new),
    };
    (!agree).then_some(first)
}

impl Checker<'_> {
    /// Declares a name in the innermost scope.
    pub(super) fn declare(&mut self, name: &Ident, kind: Kind) {
        let first = self.scopes.declare(&name.sym, kind, name.span);
        self.conflict(name, kind, first);
    }

    /// Declares a `var`.
    pub(super) fn declare_var(&mut self, name: &Ident, is_for_of: bool) {
        let first = self.scopes.declare_var(&name.sym, name.span, is_for_of);
        self.conflict(name, Kind::Var, first);
    }

    fn conflict(&mut self, name: &Ident, kind: Kind, first: Option<Span>) {
        let Some(first) = first else { return };
        let is_import =
            kind == Kind::Import || self.scopes.kind_here(&name.sym) == Some(Kind::Import);
        if is_import {
            // This is one mistake: an assignment then refers to the other declaration, not to the
            // import.
            self.scopes.forget_import(&name.sym);
        }
        // In TypeScript an imported type and a local value may share a name, and only the type
        // checker can tell.
        if self.is_typescript && is_import {
            return;
        }
        let (at, first) = (self.label(name.span), self.label(first));
        self.report(messages::declared_twice(at, &name.sym, first));
    }

    /// Declares a parameter. With `must_be_unique`, a second parameter of the same name is an
    /// error.
    pub(super) fn declare_parameter(&mut self, name: &Ident, must_be_unique: bool) {
        if must_be_unique
            && let Some((Kind::Parameter, first)) =
                self.scopes.stack.last().and_then(|scope| scope.names.get(&name.sym)).copied()
        {
            let (at, first) = (self.label(name.span), self.label(first));
            self.report(messages::parameter_twice(at, &name.sym, first));
            return;
        }
        self.declare(name, Kind::Parameter);
    }

    /// Ends the innermost scope.
    pub(super) fn pop_scope(&mut self) {
        let scope = self.scopes.stack.pop().expect("each scope is ended once");
        for assigned in scope.assigned {
            match (scope.names.get(&assigned.name.sym), self.scopes.stack.last_mut()) {
                (Some((Kind::Import, import)), _) => self.import_changed(&assigned, *import),
                (Some(_), _) | (None, None) => {}
                (None, Some(outside)) => outside.assigned.push(assigned),
            }
        }
    }

    fn import_changed(&mut self, assigned: &Assigned, import: Span) {
        let name = &assigned.name.sym;
        let (import, is_namespace) = (self.label(import), self.exports.is_namespace(name));
        match assigned.what {
            Change::Name => {
                let at = self.label(assigned.name.span);
                self.report(messages::import_assigned(at, name, import));
            }
            Change::Member(at) | Change::Deleted(at) if is_namespace => {
                let is_delete = matches!(assigned.what, Change::Deleted(_));
                self.report(messages::namespace_assigned(self.label(at), name, is_delete, import));
            }
            Change::Member(_) | Change::Deleted(_) => {}
        }
    }

    /// Records an assignment to a name. Imports come first in their scope only by convention, so
    /// whether the name is an import is decided at the end of the scope.
    pub(super) fn note_assigned(&mut self, name: &Ident, what: Change) {
        if self.exports.imports(&name.sym) {
            let innermost =
                self.scopes.stack.last_mut().expect("a scope is open while the module is walked");
            innermost.assigned.push(Assigned { name: name.clone(), what });
        }
    }

    /// Records an assignment to an expression. Only members of plain names matter.
    pub(super) fn note_target(&mut self, target: &Expr, what: fn(Span) -> Change) {
        if let Expr::Member(member) = target {
            self.note_member(member, what);
        }
    }

    pub(super) fn note_member(&mut self, member: &MemberExpr, what: fn(Span) -> Change) {
        if let Expr::Ident(object) = &*member.obj {
            self.note_assigned(object, what(member.span));
        }
    }

    /// Runs `inside` in a scope where a function or class expression's own name is declared.
    pub(super) fn with_own_name(&mut self, name: Option<&Ident>, inside: impl FnOnce(&mut Self)) {
        self.scopes.push(Boundary::Block);
        if let Some(name) = name {
            self.declare(name, Kind::Lexical);
        }
        inside(self);
        self.pop_scope();
    }

    pub(super) fn is_strict(&self) -> bool {
        self.context.has(Fact::Strict)
    }
}

/// Calls `each` for the names that a pattern binds, in order.
pub(super) fn bound_names<'p>(pattern: &'p Pat, each: &mut impl FnMut(&'p Ident)) {
    match pattern {
        Pat::Ident(name) => each(&name.id),
        Pat::Array(array) => {
            array.elems.iter().flatten().for_each(|element| bound_names(element, each));
        }
        Pat::Rest(rest) => bound_names(&rest.arg, each),
        Pat::Assign(assign) => bound_names(&assign.left, each),
        Pat::Object(object) => {
            for property in &object.props {
                match property {
                    ObjectPatProp::KeyValue(pair) => bound_names(&pair.value, each),
                    ObjectPatProp::Assign(short) => each(&short.key.id),
                    ObjectPatProp::Rest(rest) => bound_names(&rest.arg, each),
                }
            }
        }
        Pat::Invalid(_) | Pat::Expr(_) => {}
    }
}
