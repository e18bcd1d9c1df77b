//! One replacement of `define`: what is replaced, and by which expression.

use bundle_base::search;
use swc_atoms::Atom;
use swc_common::BytePos;
use swc_ecma_ast::{EsVersion, Expr};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax};

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
    /// Parses a rule. `None`: the text cannot contain the path, or the value is not an expression,
    /// which the configuration has already reported.
    pub fn new<'c>(key: &'c str, value: &str, words: &mut Words<'c>) -> Option<Self> {
        let (is_typeof, path) = match key.strip_prefix("typeof ") {
            Some(path) => (true, path.trim()),
            None => (false, key.trim()),
        };
        let mut parts = path.split('.').map(str::trim);
        let first = parts.next()?;
        let is_meta = first == "import" && parts.clone().next() == Some("meta");
        let last = parts.clone().next_back().unwrap_or(first);
        // The first word excludes most texts: many rules share it.
        let may_occur = words.contain(if is_meta { "meta" } else { first }) && words.contain(last);
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

/// Which words a text contains. Each is searched once.
pub struct Words<'c> {
    text: &'c str,
    known: Vec<(&'c str, bool)>,
}

impl<'c> Words<'c> {
    pub fn of(text: &'c str) -> Self {
        Self { text, known: Vec::new() }
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
