//! The objects that free names are read from.

use bundle_base::Span;

use super::*;
use crate::{expression::free_names, v2::bindings::Binding};

/// Returns an expression with its prefixes.
fn of(expression: &str) -> String {
    in_function(expression, None, false)
}

fn in_function(expression: &str, setup: Option<&Bindings>, is_typescript: bool) -> String {
    let (before, behind) =
        ("var render = function render(){return ", "\n}\nvar staticRenderFns = []\n");
    let mut program = MappedCode::made(before);
    program.push_copied(expression, 0);
    program.push_str(behind);
    let names = free_names(program.text(), is_typescript).expect("the test's expression is valid");
    let code = prefix(program, &names, setup);
    let text = code.text().strip_prefix(before).and_then(|text| text.strip_suffix(behind));
    text.expect("ours stays as it is").to_owned()
}

#[test]
fn free_names_are_read_from_the_instance() {
    let cases = [
        ("a", "_vm.a"),
        ("a.b[c].d()", "_vm.a.b[_vm.c].d()"),
        ("_c('p',[_v(_s(a))])", "_c('p',[_vm._v(_vm._s(_vm.a))])"),
        ("{ a, b: c, [d]: e }", "{ a: _vm.a, b: _vm.c, [_vm.d]: _vm.e }"),
        ("`${a} a`", "`${_vm.a} a`"),
        ("a?.b ?? c", "_vm.a?.b ?? _vm.c"),
        ("new Foo(...a)", "new _vm.Foo(..._vm.a)"),
        ("a = b", "_vm.a = _vm.b"),
        ("a++", "_vm.a++"),
        ("[a, b.c] = [b, a]", "[_vm.a, _vm.b.c] = [_vm.b, _vm.a]"),
        ("({ a, b: c, d = e } = f)", "({ a: _vm.a, b: _vm.c, d: _vm.d = _vm.e } = _vm.f)"),
        ("größe + \\u0061b", "_vm.größe + _vm.\\u0061b"),
        ("render + staticRenderFns", "_vm.render + _vm.staticRenderFns"),
        ("async () => await a", "async () => await _vm.a"),
    ];
    for (expression, expected) in cases {
        assert_eq!(of(expression), expected);
    }
}

#[test]
fn globals_stay() {
    let globals = "[Math.max(1), undefined, JSON, parseInt(NaN), require('x'), arguments, this.a]";
    assert_eq!(of(globals), globals);
    assert_eq!(
        of("[window, console, BigInt, Symbol]"),
        "[_vm.window, _vm.console, _vm.BigInt, _vm.Symbol]"
    );
}

#[test]
fn what_is_declared_stays() {
    let unchanged = [
        "function($event){return $event}",
        "function(a, { b, c: [d, ...e], f = a }, ...g){return [a, b, d, e, f, g]}",
        "(a) => ({ a })",
        "function f(){return f()}",
        "class A { static a = A; #b; m(c) { return this.#b + c } }",
        "function(){for (let i = 0; i < 1; i++) { i }}",
        "function(){for (const a of [1]) { a }}",
        "function(){try {} catch (e) { e }}",
        "function(){try {} catch { }}",
        "function(){if (1) { var a = 1 } return a}",
        "function(){return a; for (var { a } in []) {}}",
        "function(){a(); function a() {}}",
        "function(){switch (1) { case 1: let a; default: a }}",
        "function(){b: for (;;) { break b; continue b }}",
        "function(){let a; { class B {} new B(a) }}",
    ];
    for expression in unchanged {
        assert_eq!(of(expression), expression);
    }
}

#[test]
fn scopes_end() {
    let cases = [
        ("[function(a){return a}, a]", "[function(a){return a}, _vm.a]"),
        ("[a => a, a]", "[a => a, _vm.a]"),
        ("(a = b, c = a) => a", "(a = _vm.b, c = a) => a"),
        ("function(a = b){var b}", "function(a = _vm.b){var b}"),
        ("function(){{ let a } return a}", "function(){{ let a } return _vm.a}"),
        ("function(){for (let i;;) {} i}", "function(){for (let i;;) {} _vm.i}"),
        ("function(){for (a of b) { a }}", "function(){for (_vm.a of _vm.b) { _vm.a }}"),
        ("function(){try {} catch (e) {} e}", "function(){try {} catch (e) {} _vm.e}"),
        ("[function f(){}, f]", "[function f(){}, _vm.f]"),
        (
            "class extends A { [b]() { return c } }",
            "class extends _vm.A { [_vm.b]() { return _vm.c } }",
        ),
    ];
    for (expression, expected) in cases {
        assert_eq!(of(expression), expected);
    }
}

#[test]
fn names_of_the_setup_come_from_its_proxy() {
    let names = [("count", Binding::SetupRef), ("title", Binding::Props)];
    let names = names.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect();
    let setup = Bindings { names, is_setup: true };
    let code = in_function("[count++, { count }, title, other]", Some(&setup), false);
    assert_eq!(code, "[_setup.count++, { count: _setup.count }, _vm.title, _vm.other]");
}

#[test]
fn escaped_names_are_resolved() {
    let names = [("ab".to_owned(), Binding::SetupRef)].into_iter().collect();
    let setup = Bindings { names, is_setup: true };
    let code = in_function(
        r"\u0061b + { \u{61}b } + a\u{000062} + \u004dath + \u0061",
        Some(&setup),
        false,
    );
    assert_eq!(
        code,
        r"_setup.\u0061b + { \u{61}b: _setup.\u{61}b } + _setup.a\u{000062} + \u004dath + _vm.\u0061"
    );
}

#[test]
fn types_are_no_names() {
    let cases = [
        ("(a as Foo<Bar>).b!", "(_vm.a as Foo<Bar>).b!"),
        ("(x: Foo, y?: typeof z): Bar => x as Baz", "(x: Foo, y?: typeof z): Bar => x as Baz"),
        ("f<T>(a)", "_vm.f<T>(_vm.a)"),
        ("a satisfies B", "_vm.a satisfies B"),
    ];
    for (expression, expected) in cases {
        assert_eq!(in_function(expression, None, true), expected);
    }
}

#[test]
fn places_stay() {
    let mut program = MappedCode::made("var render = function(){return ");
    program.push_copied("{ a }", 40);
    program.push_str("}");
    let names = free_names(program.text(), false).expect("it is valid");
    let code = prefix(program, &names, None);
    let at = code.text().find("_vm.a").expect("it is prefixed");
    assert_eq!(code.span(at + 4..at + 5), Span::new(42, 43));
    assert_eq!(code.origin(code.text().find("{ a").expect("it is there") + 2), 42);
}
