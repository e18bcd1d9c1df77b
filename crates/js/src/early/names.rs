//! Words that are not names: reserved words written with escapes, those reserved in strict mode,
//! and those reserved in some kinds of function.

use swc_common::Span;
use swc_ecma_ast::Ident;

use super::{checker::Checker, context::Fact, literals::Escapes, scopes::Change};
use crate::{messages, syntax_check::is_always_name};

/// Reserved in all code. `await` and `yield` are reserved in some places only.
pub(crate) const RESERVED: &[&str] = &[
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "new",
    "null",
    "return",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
];

/// Reserved in strict mode only.
const STRICT: &[&str] = &[
    "implements",
    "interface",
    "let",
    "package",
    "private",
    "protected",
    "public",
    "static",
    "yield",
];

/// Whether a word is reserved in all code.
pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.binary_search(&word).is_ok()
}

impl Checker<'_> {
    /// Checks a name that is read, bound, or used as a label.
    pub(super) fn name(&mut self, name: &Ident) {
        let word = &*name.sym;
        // For a missing name, swc makes one without text and place.
        if name.span.is_dummy() {
            return;
        }
        self.characters(word, name.span);
        if is_always_name(word) {
            return;
        }
        let is_this = word == "this" && self.is_typescript;
        if is_reserved(word) && !is_this {
            return self.report(messages::reserved_word(self.label(name.span), word));
        }
        if self.is_strict() && STRICT.binary_search(&word).is_ok() {
            return self.report(messages::strict_reserved_word(self.label(name.span), word));
        }
        let is_taken = match word {
            "await" => {
                self.is_module
                    || self.context.has(Fact::Async)
                    || self.context.has(Fact::StaticBlock)
            }
            "yield" => self.context.has(Fact::Generator),
            _ => false,
        };
        if is_taken {
            return self.report(messages::taken_word(self.label(name.span), word));
        }
        if word == "arguments" && self.context.has(Fact::Initializer) {
            self.report(messages::arguments_in_initializer(self.label(name.span)));
        }
    }

    /// Checks a name that is bound or assigned to.
    pub(super) fn target(&mut self, name: &Ident) {
        self.name(name);
        if self.is_strict() && matches!(&*name.sym, "eval" | "arguments") {
            self.report(messages::strict_target(self.label(name.span), &name.sym));
        }
        self.note_assigned(name, Change::Name);
    }

    /// Checks a name declared by `let`, `const`, `using` or `class`.
    pub(super) fn lexical_name(&mut self, name: &Ident) {
        if &*name.sym == "let" && !self.is_strict() {
            self.report(messages::lexical_let(self.label(name.span)));
        }
    }

    /// Checks the characters of a name. It may contain joiners but not begin with one. If they are
    /// escaped, the parser accepts them anywhere; it also accepts invalid escapes.
    pub(super) fn characters(&mut self, word: &str, span: Span) {
        let is_broken = self.has_escapes && Escapes::of(self.text_of(span)).has_bad_code_point;
        if is_broken || word.starts_with(['\u{200c}', '\u{200d}']) {
            self.report(messages::name_start(self.label(span)));
        }
    }
}
