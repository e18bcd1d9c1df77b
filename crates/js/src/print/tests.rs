//! Texts, parsed and printed: where parentheses are needed, and that printing keeps programs.

use swc_common::{BytePos, Span};
use swc_ecma_ast::{EsVersion, Module, ModuleItem, Program};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax};

use super::{NestedComments, Printer, Style};

mod round_trips; // programs of a grammar, printed and parsed again
mod tables; // small texts and how they are printed

/// Parses a script, or a module if it has `import` or `export`.
fn parsed(text: &str) -> Option<Module> {
    let syntax = Syntax::Es(EsSyntax {
        decorators: true,
        auto_accessors: true,
        import_attributes: true,
        explicit_resource_management: true,
        ..EsSyntax::default()
    });
    let end = BytePos(1 + u32::try_from(text.len()).expect("tests are short"));
    let input = StringInput::new(text, BytePos(1), end);
    let mut parser = Parser::new_from(Lexer::new(syntax, EsVersion::EsNext, input, None));
    let program = parser.parse_program().ok()?;
    let has_errors = !parser.take_errors().is_empty();
    match program {
        _ if has_errors => None,
        Program::Module(module) => Some(module),
        Program::Script(script) => Some(Module {
            span: Span::default(),
            body: script.body.into_iter().map(ModuleItem::Stmt).collect(),
            shebang: None,
        }),
    }
}

fn style(is_compact: bool) -> Style {
    Style { indent: 0, ascii: false, is_es5: false, is_compact }
}

fn printed(module: &Module, style: &Style) -> String {
    let mut printer = Printer::new(style, NestedComments::default(), None);
    for item in &module.body {
        printer.item(item);
    }
    printer.cut_up().0.text
}
