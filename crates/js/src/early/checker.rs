//! The checker for early errors: the exports, the private names and targets of jumps at the current
//! place, and the errors found so far. The checks are in the files beside this one.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source};
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::{BytePos, Span};
use swc_ecma_ast::{Ident, MethodKind};

use super::{context::Context, scopes::Scopes};
use crate::parse::SyntaxKinds;

/// The walk over one program.
pub(super) struct Checker<'a> {
    pub source: &'a Arc<Source>,
    pub base: BytePos,
    pub is_module: bool,
    pub is_typescript: bool,
    pub context: Context,
    pub scopes: Scopes,
    pub jumps: Jumps,
    /// Private names of the enclosing classes, innermost last.
    pub privates: Vec<PrivateScope>,
    pub exports: Exports,
    pub found: Vec<Diagnostic>,
    pub kinds: SyntaxKinds,
    /// Whether the text contains a backslash, or the character NUL.
    pub has_escapes: bool,
}

impl Checker<'_> {
    /// Adds an error.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Returns the label of a node.
    pub fn label(&self, span: Span) -> Label {
        Label::new(
            self.source,
            bundle_base::Span::new(span.lo.0 - self.base.0, span.hi.0 - self.base.0),
        )
    }

    /// Returns the text between two positions.
    pub fn text(&self, from: BytePos, to: BytePos) -> &str {
        let (from, to) = (from.0.saturating_sub(self.base.0), to.0.saturating_sub(self.base.0));
        self.source.text.get(from as usize..to as usize).unwrap_or("")
    }

    /// Returns the text of a node.
    pub fn text_of(&self, span: Span) -> &str {
        self.text(span.lo, span.hi)
    }
}

/// The exports and imports of a module.
#[derive(Debug, Default)]
pub(super) struct Exports {
    pub names: FxHashMap<String, Span>,
    /// `export { local }`. Whether the name is declared is known at the end of the module.
    pub locals: Vec<Ident>,
    /// The names of imports, which are collected first. Only assignments to these are checked.
    pub imports: FxHashSet<Atom>,
    /// The imported names that are namespaces.
    pub namespaces: FxHashSet<Atom>,
    /// TypeScript's types, namespaces and enums, which may be exported too.
    pub types: FxHashSet<Atom>,
}

impl Exports {
    /// Whether a name is imported.
    pub fn imports(&self, name: &Atom) -> bool {
        self.imports.contains(name)
    }

    /// Whether a name is an imported namespace.
    pub fn is_namespace(&self, name: &Atom) -> bool {
        self.namespaces.contains(name)
    }
}

/// The private names of one class.
#[derive(Debug, Default)]
pub(super) struct PrivateScope {
    pub names: FxHashMap<Atom, PrivateMember>,
}

/// The declaration of a private member.
#[derive(Clone, Copy, Debug)]
pub(super) struct PrivateMember {
    pub span: Span,
    pub is_static: bool,
    pub part: MemberPart,
}

/// Which part of a member a declaration is. A getter and a setter are one member together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MemberPart {
    Whole,
    Getter,
    Setter,
}

impl From<MethodKind> for MemberPart {
    fn from(kind: MethodKind) -> Self {
        match kind {
            MethodKind::Method => Self::Whole,
            MethodKind::Getter => Self::Getter,
            MethodKind::Setter => Self::Setter,
        }
    }
}

/// The targets of jumps at a place. Inside a function there are none at first.
#[derive(Debug, Default)]
pub(super) struct Jumps {
    pub labels: Vec<(Ident, bool)>,
    pub loops: u32,
    pub switches: u32,
    /// The targets outside the function, for suggestions.
    outside: Option<Box<Jumps>>,
}

impl Jumps {
    /// Returns the targets at the start of a function inside.
    pub fn inside_function(self) -> Self {
        Self { outside: Some(Box::new(self)), ..Self::default() }
    }

    /// Returns the targets from before the function.
    pub fn leave_function(self) -> Self {
        self.outside.map_or_else(Self::default, |outside| *outside)
    }

    /// Returns the targets outside the function, and those outside its enclosing functions.
    pub fn enclosing(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(self.outside.as_deref(), |jumps| jumps.outside.as_deref())
    }
}
