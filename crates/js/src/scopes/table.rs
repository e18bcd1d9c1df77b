//! The table of a program's scopes and bindings, indexed by number.

use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::{Id, Ident};

use super::contexts::free;

/// The context of the first binding. The contexts below it are those of `contexts`, and those of
/// names that passes make, which never make as many.
pub(super) const FIRST: u32 = 1 << 24;

/// What is known of the scopes and bindings of a program.
#[derive(Debug, Default)]
pub(crate) struct Scopes {
    /// By the number in the syntax context of names; see `index_of`.
    pub bindings: Vec<Binding>,
    /// A scope comes after its enclosing scope. The first is the top level.
    pub list: Vec<Scope>,
    /// Whether the top level is strict code.
    pub is_strict: bool,
    /// The names without a binding.
    pub free: FxHashSet<Atom>,
    /// The names of the runtime's functions that this crate inserted, each once.
    pub inserted: Vec<Id>,
}

/// One binding: a name as one scope declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Binding {
    /// The name.
    pub name: Atom,
    /// What declares it. If several declarations do, the first.
    pub kind: Kind,
    /// The index of the scope that declares it.
    pub scope: usize,
    /// How many declarations it has.
    pub declarations: u32,
    /// How many places read it.
    pub reads: u32,
    /// How many of them were callees of plain calls when the names were numbered, less those that
    /// were inlined since.
    pub calls: u32,
    /// How many places write to it, without its declarations. `a++` also reads.
    pub writes: u32,
    /// Whether a function inside its scope's function mentions it.
    pub is_captured: bool,
}

impl Binding {
    /// Whether only its one declaration gives it a value.
    pub fn is_never_assigned(&self) -> bool {
        self.writes == 0 && self.declarations == 1
    }
}

impl Kind {
    /// Whether other modules give the binding its value.
    pub fn is_import(self) -> bool {
        matches!(self, Self::Import | Self::Namespace)
    }
}

/// What declares a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `import`, except of a namespace.
    Import,
    /// `import * as`. It always has the same value.
    Namespace,
    /// `var`.
    Var,
    /// A function declaration, also in a block.
    Function,
    /// A class declaration.
    Class,
    /// `let` and `using`.
    Let,
    /// `const`.
    Const,
    /// A parameter of a function.
    Parameter,
    /// The parameter of `catch`.
    Catch,
    /// The own name of a function expression.
    FunctionName,
    /// The own name of a class expression.
    ClassName,
}

/// One scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    /// The index of the enclosing scope.
    pub parent: Option<usize>,
    /// The index of the innermost function's scope; its own index if it is one.
    pub function: usize,
    /// Whether it is the scope of a function's body, inside the scope of its parameters.
    pub is_body: bool,
    /// Whether code in it or in its inner scopes calls `eval` directly or is in a `with`. Its names
    /// must stay as written.
    pub is_dynamic: bool,
    /// Whether it is the scope of a function that mentions `arguments`. Sloppy functions reach
    /// their parameters there.
    pub mentions_arguments: bool,
}

impl Scopes {
    /// Whether code assigns to a constant, or to the own name of a function or class.
    pub fn has_constant_writes(&self) -> bool {
        let is_constant = |kind| matches!(kind, Kind::Const | Kind::FunctionName | Kind::ClassName);
        self.bindings.iter().any(|binding| binding.writes > 0 && is_constant(binding.kind))
    }

    /// Whether code assigns to a class.
    pub fn has_class_writes(&self) -> bool {
        self.bindings.iter().any(|binding| binding.writes > 0 && binding.kind == Kind::Class)
    }

    /// Whether a `var` has the name of a parameter of its function that another function captures.
    pub fn has_redeclared_parameters(&self) -> bool {
        let is_redeclared =
            |it: &Binding| it.kind == Kind::Parameter && it.declarations > 1 && it.is_captured;
        self.bindings.iter().any(is_redeclared)
    }

    /// Returns the syntax context of a name at the top level: the one of its binding there, or of
    /// free names.
    pub fn context_at_top(&self, name: &str) -> SyntaxContext {
        let at_top = |binding: &Binding| binding.scope == 0 && binding.name == name;
        self.bindings.iter().position(at_top).map_or_else(free, context_of)
    }

    /// Whether the program mentions a name without a binding.
    pub fn mentions_free(&self, name: &str) -> bool {
        self.free.contains(&Atom::from(name))
    }

    /// Returns the binding of a numbered name. Names that passes made since have none.
    pub fn binding(&self, name: &Ident) -> Option<&Binding> {
        self.bindings.get(index_of(name.ctxt)?)
    }

    /// Notes that the binding of a name has the spelling of this mention.
    pub fn respell(&mut self, mention: &Ident) {
        if let Some(binding) = index_of(mention.ctxt).and_then(|index| self.bindings.get_mut(index))
        {
            binding.name = mention.sym.clone();
        }
    }

    /// Adds a scope inside another. `is_function`: variables belong to it.
    pub(super) fn open(&mut self, parent: Option<usize>, is_function: bool) -> usize {
        let index = self.list.len();
        let function = match parent {
            Some(parent) if !is_function => self.list[parent].function,
            _ => index,
        };
        self.list.push(Scope {
            parent,
            function,
            is_body: false,
            is_dynamic: false,
            mentions_arguments: false,
        });
        index
    }

    /// Notes that code in a scope mentions `arguments`.
    pub(super) fn note_arguments(&mut self, scope: usize) {
        let function = self.list[scope].function;
        self.list[function].mentions_arguments = true;
    }

    /// Adds a binding to a scope. Returns its number.
    pub(super) fn add(&mut self, name: Atom, kind: Kind, scope: usize) -> usize {
        if name == "arguments" {
            self.note_arguments(scope);
        }
        self.bindings.push(Binding {
            name,
            kind,
            scope,
            declarations: 0,
            reads: 0,
            calls: 0,
            writes: 0,
            is_captured: false,
        });
        self.bindings.len() - 1
    }
}

/// Returns the index of the binding whose number is in a syntax context.
pub(crate) fn index_of(context: SyntaxContext) -> Option<usize> {
    context.as_u32().checked_sub(FIRST).map(|index| index as usize)
}

/// Returns the syntax context that holds the number of a binding.
pub(crate) fn context_of(index: usize) -> SyntaxContext {
    SyntaxContext::from_u32(FIRST + u32::try_from(index).expect("under 2^32 bindings"))
}
