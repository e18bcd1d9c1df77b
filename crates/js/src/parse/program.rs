//! Runs swc's parser. Decides whether a text is an ES module or a script. It is a module if its
//! name says so, or if it has `import`, `export`, `import.meta` or top-level `await`; anything else
//! is parsed as sloppy script code. (`analyse::implied_esm` later turns scripts that call
//! `import()` into modules.)

use bundle_base::{Span, loader::Language};
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
    /// The kinds of syntax in it besides plain JavaScript, once a walk has looked for them.
    pub extensions: Option<Extensions>,
}

/// Kinds of syntax besides plain JavaScript.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extensions {
    pub has_decorators: bool,
    pub has_jsx: bool,
}

/// How many semicolons are inserted at most.
const MOST_SEMICOLONS: usize = 100;

/// Parses the program, or returns every error of the parser.
pub(super) fn parse(input: &PartInput<'_>) -> Result<Parsed, Vec<Error>> {
    let text = input.source.text.as_str();
    let errors = match parse_text(input, text) {
        Ok(parsed) => return Ok(parsed),
        Err(errors) => errors,
    };
    let mut mended = text.to_owned();
    let mut at = errors.first().and_then(|first| line_break(&mended, ast::span(first.span())));
    for _ in 0..MOST_SEMICOLONS {
        let Some(found) = at else { break };
        mended.replace_range(found..=found, ";");
        match parse_text(input, &mended) {
            Ok(parsed) => return Ok(parsed),
            Err(more) => {
                at = more.first().and_then(|first| line_break(&mended, ast::span(first.span())));
            }
        }
    }
    Err(errors)
}

/// Returns the line break where the grammar inserts a semicolon, and swc 47 does not: between the
/// body of an arrow function and a `/`, `+` or `-`, at which the parser stops. Places stay if a
/// semicolon replaces it.
fn line_break(text: &str, stop: Span) -> Option<usize> {
    let stop = stop.start as usize;
    text[stop..].starts_with(['/', '+', '-']).then_some(())?;
    let mut before = text[..stop].trim_end();
    loop {
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        before = if let Some(comment) = before.strip_suffix("*/") {
            comment[..comment.rfind("/*")?].trim_end()
        } else if let Some(comment) = before[line..].find("//") {
            before[..line + comment].trim_end()
        } else {
            break;
        };
    }
    let gap = &text[before.len()..stop];
    before.ends_with('}').then(|| gap.find('\n').map(|at| before.len() + at)).flatten()
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
        Program::Module(module) => Parsed { module, is_module: true, comments, extensions: None },
        Program::Script(script) => {
            let body = script.body.into_iter().map(ModuleItem::Stmt).collect();
            let module = Module { span: script.span, body, shebang: script.shebang };
            Parsed { module, is_module: false, comments, extensions: None }
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
