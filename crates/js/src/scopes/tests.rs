//! Programs with their names numbered: each name is printed with the letter of its binding, free
//! names with none.

use std::fmt::Write;

use swc_common::BytePos;
use swc_ecma_ast::{EsVersion, Ident, Module, ModuleItem};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax};
use swc_ecma_visit::{Visit, VisitWith};

use super::{
    check, number, rename,
    table::{Kind, Scopes, context_of, index_of},
};

fn parsed(text: &str, is_strict: bool) -> Module {
    let end = BytePos(1 + u32::try_from(text.len()).expect("a small text"));
    let input = StringInput::new(text, BytePos(1), end);
    let syntax = Syntax::Es(EsSyntax { explicit_resource_management: true, ..EsSyntax::default() });
    let mut parser = Parser::new_from(Lexer::new(syntax, EsVersion::EsNext, input, None));
    if is_strict {
        return parser.parse_module().expect("it is a module");
    }
    let script = parser.parse_script().expect("it is a script");
    Module { body: script.body.into_iter().map(ModuleItem::Stmt).collect(), ..Module::default() }
}

/// Lists the names of a program in order, each with the number of its binding.
struct Listed(String);

impl Visit for Listed {
    fn visit_ident(&mut self, ident: &Ident) {
        let number = index_of(ident.ctxt).map(|number| number.to_string()).unwrap_or_default();
        write!(self.0, "{}{number} ", ident.sym).expect("strings can be written");
    }
}

fn numbered(text: &str, is_strict: bool) -> (String, Scopes) {
    let mut module = parsed(text, is_strict);
    let scopes = number(&mut module, is_strict);
    check(&module, &scopes);
    let mut listed = Listed(String::new());
    module.visit_with(&mut listed);
    (listed.0.trim_end().to_owned(), scopes)
}

fn modern(text: &str) -> String {
    numbered(text, true).0
}

fn sloppy(text: &str) -> String {
    numbered(text, false).0
}

#[test]
fn names_are_those_of_the_innermost_scope() {
    assert_eq!(modern("let a; { let a; a } a"), "a0 a1 a1 a0");
    assert_eq!(modern("a; function f(a) { a } a"), "a f0 a1 a1 a");
    assert_eq!(modern("for (let i of i) i; i"), "i0 i0 i0 i");
    assert_eq!(modern("try { a } catch (a) { a }"), "a a0 a0");
    assert_eq!(modern("switch (a) { case 1: let a; a }"), "a a0 a0");
    assert_eq!(modern("let f = function f() { f }; f"), "f0 f1 f1 f0");
    assert_eq!(modern("let C = class C { m() { C } }; C"), "C0 C1 C1 C0");
    assert_eq!(modern("class C { m() { C } }"), "C0 C0");
    assert_eq!(modern("class C { static { var a; a } } a"), "C0 a1 a1 a");
    assert_eq!(modern("import a, { b as c } from 'x'; export { a, c as d }"), "a0 c1 b a0 c1 d");
    assert_eq!(modern("export default function f() { f }"), "f0 f0");
}

#[test]
fn variables_belong_to_their_function() {
    assert_eq!(modern("a; { var a } function f() { a; if (1) { var a } }"), "a1 a1 f0 a2 a2");
    assert_eq!(modern("for (var a in b) a; a"), "a0 b a0 a0");
    assert_eq!(modern("() => { a = 1; for (;;) { var a } }"), "a0 a0");
}

#[test]
fn default_values_do_not_see_the_body() {
    assert_eq!(modern("let a; function f(b = a) { var a; b }"), "a0 f1 b2 a0 a3 b2");
    assert_eq!(modern("function f(a, b = () => a) { var a; a }"), "f0 a1 b2 a1 a1 a1");
    assert_eq!(modern("function f(a) { var a; a }"), "f0 a1 a1 a1");
}

#[test]
fn functions_in_blocks_of_sloppy_code_are_variables_too() {
    assert_eq!(sloppy("f(); { function f() {} } f()"), "f0 f0 f0");
    assert_eq!(sloppy("if (1) function f() {}\nf"), "f0 f0");
    assert_eq!(modern("{ function f() {} } f()"), "f0 f");
    assert_eq!(sloppy("'use strict'; function g() { { function f() {} } f() }"), "g0 f1 f1");
    assert_eq!(sloppy("function g() { 'use strict'; { function f() {} } f() }"), "g0 f1 f");
    // Not out of a scope that declares the name.
    assert_eq!(sloppy("{ let f; { function f() {} } f } f"), "f0 f1 f0 f");
    assert_eq!(sloppy("function g(f) { { function f() {} f } f }"), "g0 f1 f2 f2 f1");
    assert_eq!(sloppy("{ async function f() {} } f"), "f0 f");
}

#[test]
fn labels_and_keys_are_no_bindings() {
    assert_eq!(modern("let a; a: for (;;) { break a }"), "a0 a a");
    assert_eq!(modern("let a; ({ a: b, a, [a]: c }); b.a"), "a0 b a0 a0 c b");
    assert_eq!(modern("let { a: b, c = a } = d"), "b0 c1 a d");
}

#[test]
fn uses_are_counted() {
    let (_, scopes) = numbered("var a = 1; a; a = 2; a++; ({ a, b: [a] } = x); () => a", false);
    let a = &scopes.bindings[0];
    assert_eq!((a.declarations, a.reads, a.writes, a.is_captured), (1, 3, 4, true));
    let (_, scopes) = numbered("function f(a) { for (a of a) (a) = 1; }", true);
    let a = &scopes.bindings[1];
    assert_eq!((a.kind, a.reads, a.writes, a.is_captured), (Kind::Parameter, 1, 2, false));
}

#[test]
fn eval_and_with_keep_the_names_around_them() {
    let dynamic = |text: &str| {
        let scopes = numbered(text, false).1;
        scopes.list.iter().map(|scope| scope.is_dynamic).collect::<Vec<_>>()
    };
    assert_eq!(dynamic("function f() { eval('') } function g() {}"), [true, true, false]);
    // A variable of that name may hold the real one.
    assert_eq!(dynamic("function f(eval) { eval('') }"), [true, true]);
    assert_eq!(dynamic("with (a) b"), [true]);
}

/// Numbers a program, gives the mentions of `$name` the binding of `name` at the top level, as a
/// pass that moves code would, and renames.
fn renamed(text: &str) -> String {
    struct Moved;
    impl swc_ecma_visit::VisitMut for Moved {
        fn visit_mut_ident(&mut self, ident: &mut Ident) {
            if let Some(name) = ident.sym.strip_prefix('$') {
                ident.sym = name.into();
                ident.ctxt = context_of(0);
            }
        }
    }
    let mut module = parsed(text, true);
    number(&mut module, true);
    swc_ecma_visit::VisitMutWith::visit_mut_with(&mut module, &mut Moved);
    rename(&mut module, true, |_| false);
    let mut listed = Listed(String::new());
    for ident in names_of(&module) {
        write!(listed.0, "{ident} ").expect("strings can be written");
    }
    listed.0.trim_end().to_owned()
}

fn names_of(module: &Module) -> Vec<String> {
    struct Names(Vec<String>);
    impl Visit for Names {
        fn visit_ident(&mut self, ident: &Ident) {
            self.0.push(ident.sym.to_string());
        }
    }
    let mut names = Names(Vec::new());
    module.visit_with(&mut names);
    names.0
}

#[test]
fn only_what_hides_a_name_is_renamed() {
    assert_eq!(renamed("let a; function f(a) { a }"), "a f a a");
    assert_eq!(renamed("let a; function f(a) { a; $a }"), "a f a1 a1 a");
    assert_eq!(renamed("let a, a1; function f(a) { a; $a }"), "a a1 f a2 a2 a");
    assert_eq!(renamed("let a; function f(a) { ({ a }); () => $a }"), "a f a1 a1 a");
    // A `var` belongs to the function, and no block on the way may declare its name.
    assert_eq!(renamed("var a; { let a; var $a; }"), "a a1 a");
    // A function keeps its name, because its `name` must stay the same, so the other one is
    // renamed.
    assert_eq!(renamed("let a; (function a() { a; $a })"), "a1 a a a1");
}
