//! One replacement of `define`: what is replaced, and by which expression.

use bundle_base::search;
use swc_atoms::Atom;
use swc_common::BytePos;
use swc_ecma_ast::{EsVersion, Expr};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax};

use crate::scopes::Scopes;

/// One replacement: `typeof? base.path… → value`.
pub struct Rule {
    pub is_typeof: bool,
    pub base: Base,
    /// The properties after the base.
    pub path: Vec<Atom>,
    pub value: Box<Expr>,
}

/// The start of a path.
#[derive(PartialEq, Eq)]
pub enum Base {
    Name(Atom),
    This,
    ImportMeta,
}

impl Rule {
    /// Parses a rule. `None`: the program cannot contain the path, or the value is not an
    /// expression, which the configuration has already reported.
    pub fn new<'c>(key: &'c str, value: &str, words: &mut Words<'c>) -> Option<Self> {
        let (is_typeof, path) = match key.strip_prefix("typeof ") {
            Some(path) => (true, path.trim()),
            None => (false, key.trim()),
        };
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let first = first.trim();
        let parts = rest.split('.').map(str::trim).filter(|part| !part.is_empty());
        let is_meta = first == "import" && parts.clone().next() == Some("meta");
        // The first word excludes most programs.
        let may_begin = match first {
            _ if is_meta => words.contain("meta"),
            "this" => words.contain("this"),
            name => words.table.mentions_free(name),
        };
        let may_occur =
            may_begin && parts.clone().next_back().is_none_or(|last| words.contain(last));
        may_occur.then_some(())?;
        let base = match first {
            "this" => Base::This,
            _ if is_meta => Base::ImportMeta,
            name => Base::Name(name.into()),
        };
        let path = parts.skip(usize::from(is_meta)).map(Atom::from).collect();
        Some(Self { is_typeof, base, path, value: expression(value)? })
    }
}

/// Which words a program contains. Each is searched once.
pub struct Words<'c> {
    text: &'c str,
    table: &'c Scopes,
    known: Vec<(&'c str, bool)>,
}

impl<'c> Words<'c> {
    pub fn of(text: &'c str, table: &'c Scopes) -> Self {
        Self { text, table, known: Vec::new() }
    }

    fn contain(&mut self, word: &'c str) -> bool {
        if let Some((_, is_there)) = self.known.iter().find(|(known, _)| *known == word) {
            return *is_there;
        }
        let is_there = search::contains(self.text, word);
        self.known.push((word, is_there));
        is_there
    }
}

/// Parses a value as an expression without positions.
fn expression(text: &str) -> Option<Box<Expr>> {
    let end = BytePos(u32::try_from(text.len()).ok()? + 1);
    let input = StringInput::new(text, BytePos(1), end);
    let lexer = Lexer::new(Syntax::Es(EsSyntax::default()), EsVersion::EsNext, input, None);
    let mut parser = Parser::new_from(lexer);
    let value = parser.parse_expr().ok()?;
    parser.take_errors().is_empty().then_some(value)
}
