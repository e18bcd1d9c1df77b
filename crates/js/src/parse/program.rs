//! Runs swc's parser. Decides whether a text is an ES module or a script. It is a module if its
//! name requires it, or if it has `import`, `export`, `import.meta` or top-level `await`; anything
//! else is parsed as sloppy script code. (`analyse::implied_esm` later turns scripts that call
//! `import()` into modules.)

use bundle_base::loader::Language;
use swc_common::{BytePos, Spanned, comments::SingleThreadedComments};
use swc_ecma_ast::{EsVersion, Module, ModuleItem, Program};
use swc_ecma_parser::{
    EsSyntax, Lexer, Parser, StringInput, Syntax, TsSyntax,
    error::{Error, SyntaxError},
};

use crate::{FormatHint, PartInput, ast};

/// A program as parsed: nothing resolved, nothing lowered.
pub(crate) struct Parsed {
    /// The program; a script's statements are module items too.
    pub module: Module,
    /// Whether it was parsed as an ES module.
    pub is_module: bool,
    /// Every comment of the text.
    pub comments: SingleThreadedComments,
    /// The kinds of syntax in it, once a walk has looked for them.
    pub kinds: Option<SyntaxKinds>,
}

/// Kinds of syntax for which later steps walk over a program. `false`: it has none.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(crate) struct SyntaxKinds {
    pub has_decorators: bool,
    pub has_jsx: bool,
    /// `var { a } = …`.
    pub has_object_patterns: bool,
    /// `a?.b`.
    pub has_optional_chains: bool,
    /// `import()`, `import.meta`, `with`, `this` outside functions and classes, and literals whose
    /// spelling not every engine can read: see `analyse::free_names`.
    pub needs_free_name_walk: bool,
}

/// The most semicolons that are inserted.
const MOST_SEMICOLONS: usize = 100;

/// Parses the program, or returns every error of the parser.
pub(super) fn parse(input: &PartInput<'_>) -> Result<Parsed, Vec<Error>> {
    let text = input.source.text.as_str();
    let mut parsed = parse_text(input, text);
    let mut mended = String::new();
    for _ in 0..MOST_SEMICOLONS {
        let Err(errors) = &parsed else { break };
        let known = if mended.is_empty() { text } else { &mended };
        let stop = errors.first().map(|first| ast::span(first.span()).start as usize);
        let Some(at) = stop.and_then(|stop| missing_semicolon(known, stop)) else { break };
        if mended.is_empty() {
            text.clone_into(&mut mended);
        }
        mended.replace_range(at..=at, ";");
        parsed = parse_text(input, &mended);
    }
    parsed
}

/// Returns where the grammar inserts a semicolon, and swc 47 does not: between the body of an arrow
/// function and a line that begins with `/`, `+` or `-`, at which the parser stops. The white space
/// there can be a semicolon without moving anything. `None`: it is something else, or a comment
/// follows the body at once.
fn missing_semicolon(text: &str, stop: usize) -> Option<usize> {
    text[stop..].starts_with(['/', '+', '-']).then_some(())?;
    // Comments between them may have braces too, so the first comment with nothing else after it
    // counts.
    let mut found = None;
    for (brace, _) in text[..stop].rmatch_indices('}').take(4) {
        if is_blank(&text[brace + 1..stop]) {
            found = Some(brace);
        }
    }
    let brace = found?;
    let gap = &text[brace + 1..stop];
    let line = &text[text[..brace].rfind('\n').map_or(0, |end| end + 1)..brace];
    let ends_line = gap.starts_with(['\n', '\r']);
    let is_code = gap.starts_with([' ', '\t']) || ends_line && !has_comment(line);
    (gap.contains('\n') && is_code).then_some(brace + 1)
}

/// Returns whether a text has only white space and comments.
fn is_blank(mut text: &str) -> bool {
    loop {
        text = text.trim_start();
        let rest = if let Some(comment) = text.strip_prefix("//") {
            comment.find('\n').map(|end| &comment[end..])
        } else if let Some(comment) = text.strip_prefix("/*") {
            comment.find("*/").map(|end| &comment[end + 2..])
        } else {
            return text.is_empty();
        };
        let Some(rest) = rest else { return false };
        text = rest;
    }
}

/// Returns whether a line may have a comment that extends to its end; strings do not count.
fn has_comment(line: &str) -> bool {
    let mut quote = None;
    let mut bytes = line.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (quote, byte) {
            (Some(_), b'\\') => drop(bytes.next()),
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'/') if matches!(bytes.peek(), Some(b'/' | b'*')) => return true,
            _ => {}
        }
    }
    false
}

fn parse_text(input: &PartInput<'_>, text: &str) -> Result<Parsed, Vec<Error>> {
    let comments = SingleThreadedComments::default();
    let end = BytePos(
        ast::BASE.0 + u32::try_from(text.len()).expect("the scanner refuses texts over 4 GiB"),
    );
    let text = StringInput::new(text, ast::BASE, end);
    let lexer = Lexer::new(syntax(input.language), EsVersion::EsNext, text, Some(&comments));
    let mut parser = Parser::new_from(lexer);
    let result = match input.format {
        FormatHint::Esm => parser.parse_module().map(Program::Module),
        FormatHint::CommonJs | FormatHint::Script | FormatHint::Auto => parser.parse_program(),
    };
    let mut errors = parser.take_errors();
    let is_module = input.format == FormatHint::Esm;
    let is_return = |kind: &SyntaxError| matches!(kind, SyntaxError::ReturnNotAllowed);
    errors.retain(|error| !is_for_early(error.kind()) || is_module && is_return(error.kind()));
    let program = match result {
        Ok(program) if errors.is_empty() => program,
        Ok(_) => return Err(errors),
        Err(fatal) => {
            errors.push(fatal);
            return Err(errors);
        }
    };
    Ok(match program {
        Program::Module(module) => Parsed { module, is_module: true, comments, kinds: None },
        Program::Script(script) => {
            let body = script.body.into_iter().map(ModuleItem::Stmt).collect();
            let module = Module { span: script.span, body, shebang: script.shebang };
            Parsed { module, is_module: false, comments, kinds: None }
        }
    })
}

/// Whether to drop a parser error because `early` checks the same rule better. swc also refuses
/// `if (x) function f() {}` in sloppy code, and `return` at the top level of TypeScript (valid in
/// CommonJS), and it cannot suggest a similar label.
pub(super) fn is_for_early(kind: &SyntaxError) -> bool {
    matches!(
        kind,
        SyntaxError::DeclNotAllowed
            | SyntaxError::TS1105
            | SyntaxError::TS1107
            | SyntaxError::TS1115
            | SyntaxError::TS1116
            | SyntaxError::ReturnNotAllowed
    )
}

/// Returns the syntax that the parser accepts in a language.
pub(super) fn syntax(language: Language) -> Syntax {
    match language {
        Language::JavaScript | Language::Jsx => Syntax::Es(EsSyntax {
            jsx: true,
            decorators: true,
            decorators_before_export: true,
            import_attributes: true,
            allow_return_outside_function: true,
            auto_accessors: true,
            explicit_resource_management: true,
            ..EsSyntax::default()
        }),
        Language::TypeScript | Language::Tsx => Syntax::Typescript(TsSyntax {
            tsx: language == Language::Tsx,
            decorators: true,
            ..TsSyntax::default()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::missing_semicolon;

    #[test]
    fn semicolons_replace_white_space_outside_comments() {
        for (text, place) in [
            ("f = () => {}\n^/x/", Some(12)),
            ("f = () => {} // }\n^+1", Some(12)),
            ("f = () => {} /* a\n b */ ^-1", Some(12)),
            ("u = \"http://a\", f = () => {}\n^/x/", Some(28)),
            ("f = () => {}// at once\n^+1", None),
            ("f = () => {} ^/x/", None),
            ("f() // }\n^+1", None),
            ("/* } */\n^+1", None),
            ("a }\n^b", None),
        ] {
            let stop = text.find('^').expect("it is marked");
            assert_eq!(missing_semicolon(&text.replace('^', ""), stop), place, "{text}");
        }
    }
}
