//! Small programs and what they are compressed to. Names stay as written. Every rewrite has a case,
//! and the cases beside it show where it must not be made.

use bundle_base::config::Target;
use swc_common::{BytePos, Globals, comments::SingleThreadedComments};
use swc_ecma_ast::{EsVersion, Module, ModuleItem};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax};

use super::{CompressInput, run};
use crate::{
    ast::{PlainComments, within},
    features::Support,
    print::{NestedComments, Printer, Style},
};

mod declarations; // variables, functions and their uses
mod expressions; // operators, conditions, calls and members
mod statements; // lists of statements, loops, `switch` and `try`

/// Compresses a program for an edition. Names that begin with `shared` are seen by other programs.
fn compressed(text: &str, year: u16, is_strict: bool) -> String {
    let comments = SingleThreadedComments::default();
    let end = BytePos(1 + u32::try_from(text.len()).expect("tests are short"));
    let input = StringInput::new(text, BytePos(1), end);
    let syntax = Syntax::Es(EsSyntax::default());
    let lexer = Lexer::new(syntax, EsVersion::EsNext, input, Some(&comments));
    let mut parser = Parser::new_from(lexer);
    let mut module = if is_strict {
        parser.parse_module().expect("it is a module")
    } else {
        let script = parser.parse_script().expect("it is a script");
        let body = script.body.into_iter().map(ModuleItem::Stmt).collect();
        Module { body, ..Module::default() }
    };
    within(&Globals::new(), || {
        let comments = PlainComments::keep(&comments);
        let facts =
            CompressInput { support: Support::of(&Target::Ecma(year)), comments: &comments };
        let next = || unreachable!("no new variable is wanted");
        run(&mut module, is_strict, facts, |name: &str| name.starts_with("shared"), next);
    });
    let style = Style { indent: 0, ascii: false, is_es5: year < 2015, is_compact: true };
    let mut printer = Printer::new(&style, NestedComments::default(), None);
    for item in &module.body {
        printer.item(item);
    }
    printer.cut_up().0.text.trim_end_matches(';').to_owned()
}

/// Checks pairs of a strict program and its compressed form.
fn check(pairs: &[(&str, &str)]) {
    for (text, small) in pairs {
        assert_eq!(compressed(text, 2022, true), *small, "of {text}");
    }
}

/// Checks programs that must stay as they are.
fn check_kept(texts: &[&str]) {
    for text in texts {
        assert_eq!(compressed(text, 2022, true), *text);
    }
}

#[test]
fn targets_get_what_they_have() {
    let of = |text, year| compressed(text, year, true);
    let text = "function shared(a) { return a !== null && a !== undefined ? a : b }";
    assert_eq!(of(text, 2019), "function shared(a){return null==a?b:a}");
    assert_eq!(of(text, 2020), "function shared(a){return a??b}");
    let text = "function shared(a) { return a == null ? undefined : a.b(c) }";
    assert_eq!(of(text, 2019), "function shared(a){return null==a?void 0:a.b(c)}");
    assert_eq!(of(text, 2020), "function shared(a){return a?.b(c)}");
    let text = "function shared(a) { a || (a = b); return a }";
    assert_eq!(of(text, 2020), "function shared(a){return a||(a=b),a}");
    assert_eq!(of(text, 2021), "function shared(a){return a||=b,a}");
    let text = "try { a() } catch (error) { b() }";
    assert_eq!(of(text, 2018), "try{a()}catch(error){b()}");
    assert_eq!(of(text, 2019), "try{a()}catch{b()}");
    // Host objects of Internet Explorer have types of their own.
    let text = "f(typeof a === 'undefined')";
    assert_eq!(of(text, 5), "f(\"undefined\"==typeof a)");
    assert_eq!(of(text, 2015), "f(typeof a>\"u\")");
}

#[test]
fn sloppy_functions_reach_parameters_through_arguments() {
    let text = "f(function (a) { a = 1; return arguments[0] })";
    assert_eq!(compressed(text, 5, false), "f(function(a){return a=1,arguments[0]})");
    let text = "f(function (a) { 'use strict'; g(a); return h })";
    assert_eq!(compressed(text, 5, false), "f(function(a){\"use strict\";return g(a),h})");
}

#[test]
fn names_of_others_stay() {
    let text = "const shared = 1; const own = 2; f(shared, own)";
    assert_eq!(compressed(text, 2022, true), "let shared=1;f(1,2)");
    let text = "function a() { return b } export {}; const shared = a;";
    assert_eq!(compressed(text, 2022, true), "function shared(){return b}export{}");
}
