//! One replacement of `define`: what is replaced, and by which expression.

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
    pub fn new(key: &str, value: &str, text: &str) -> Option<Self> {
        let (is_typeof, path) = match key.strip_prefix("typeof ") {
            Some(path) => (true, path.trim()),
            None => (false, key.trim()),
        };
        let mut parts = path.split('.').map(str::trim);
        let base = match parts.next()? {
            "this" => Base::This,
            "import" if parts.next() == Some("meta") => Base::ImportMeta,
            name => Base::Name(name.into()),
        };
        let path: Vec<Atom> = parts.map(Atom::from).collect();
        let last = path.last().map_or(key, |last| last.as_str());
        text.contains(last.strip_prefix("typeof ").unwrap_or(last)).then_some(())?;
        Some(Self { is_typeof, base, path, value: expression(value)? })
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
