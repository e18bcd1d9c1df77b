//! Snippets that are parsed, lowered and printed. `check_rendered` checks that the output has no
//! construct that the target lacks, so the two walks test each other.

use bundle_base::{
    Config, Diagnostic, Source,
    config::{Decorators, Format, Jsx, Target},
    diagnostic::{Level, Severity},
    loader::Language,
};
use swc_common::Globals;

use crate::{
    FormatHint, PartInput, features, lower, parse,
    print::{NestedComments, Printer, Style},
};

pub(crate) fn config(target: Target) -> Config {
    let mut config = crate::analyse::tests::config();
    config.script.target = target;
    config.script.define =
        [("process.env.NODE_ENV".to_owned(), "\"production\"".to_owned())].into();
    config.script.jsx =
        Jsx::Classic { factory: "React.createElement".into(), fragment: "React.Fragment".into() };
    config.output.format = Format::Esm;
    config.output.public_path = String::new();
    config
}

/// Parses, lowers and prints a text.
pub(crate) fn compile(
    text: &str,
    language: Language,
    config: &Config,
) -> Result<String, Vec<Diagnostic>> {
    let name = match language {
        Language::TypeScript => "a.ts",
        Language::Tsx => "a.tsx",
        _ => "a.js",
    };
    let source = Source::new(format!("/p/{name}"), name, text);
    let input = PartInput { source: &source, language, format: FormatHint::Auto, is_entry: false };
    let globals = Globals::new();
    crate::ast::within(&globals, || {
        let parsed = parse::parse(&input)?;
        let lowered = lower::lower(parsed, &input, config)?;
        Ok(print(&lowered))
    })
}

fn print(lowered: &lower::Lowered) -> String {
    let comments = NestedComments::new(&lowered.comments, |_| true);
    let style = Style { indent: 0, ascii: true, is_es5: true, is_compact: false };
    let mut printer = Printer::new(&style, comments, None);
    for item in &lowered.module.body {
        printer.item(item);
    }
    printer.finish().text
}

fn js(text: &str, target: Target) -> String {
    compile(text, Language::JavaScript, &config(target)).expect("it compiles")
}

fn ts(text: &str) -> String {
    compile(text, Language::TypeScript, &config(Target::ESNEXT)).expect("it compiles")
}

/// Returns a text on one line, with single spaces.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_the_target_has_stays() {
    let text = "async () => { for await (const { a, ...b } of c?.d ?? e) f ||= a ** b; }; class A \
                { #x = 1; static {} }";
    assert_eq!(flat(&js(text, Target::ESNEXT)).matches("=>").count(), 1);
    assert!(js(text, Target::Ecma(2022)).contains("#x = 1"));
    assert!(js("a => a", Target::Ecma(2015)).contains("=>"));
    assert!(js("async () => 1", Target::Ecma(2015)).contains("function*"));
    let chain = js("x = a?.b", Target::Ecma(2019));
    assert!(chain.contains("== null"), "{chain}");
}

#[test]
fn nothing_exceeds_the_target() {
    let texts = [
        "export default class A extends B { #p = 1; static s = this.#q(); x = this.#p; static { \
         A.t = 3; } get y() { \
         return super.y; } static #q() {} async m(...r) { for await (const q of r) await q; } *g() \
         { yield* [1]; } \
         has(o) { return #p in o; } set [k](v) {} }",
        "const { d, ...e } = { ...a }; let f = ([g, h] = [1, 2], { i = 3 } = {}) => `${g}${h}` + i \
         ** 2;",
        "for (const k of [1, 2]) setTimeout(() => log(k)); l: for (let i = 0; i < 3; i++) { g(() \
         => i); continue l; }",
        "a?.b?.(c ?? d); a ||= 1; a.x &&= 2; a.z ??= 3; try {} catch {} x = typeof y === 'symbol';",
        "x = { a, [c]: 1, m() { return super.m(); }, get q() { return 1 }, n: 0b11, o: 0o17, u: \
         '\\u{1F600}', s: 1_0 };",
        "export {}; if (c) { function f() { return g(); } function g() { return f; } } ({ a: 1, a: \
         2 });",
        "async function* ag() { yield await 1; } function nt() { return new.target; } \
         tag`a${1}\\u`;",
        "'use strict'; if (a) { function f() { return f; } }",
        "new Foo(...a); foo.bar(...a, 1); async () => { await using a = b; };  /a.b/su.test(c);",
    ];
    for text in texts {
        for target in [
            Target::ES5,
            Target::Ecma(2015),
            Target::Ecma(2018),
            Target::Ecma(2020),
            Target::Ecma(2022),
        ] {
            let config = config(target);
            let written = compile(text, Language::JavaScript, &config).unwrap_or_else(|e| {
                panic!("{text}: {:?}", e.iter().map(|e| &e.message).collect::<Vec<_>>())
            });
            let source = Source::new("/a.js", "a.js", written);
            let excess = features::check_rendered(&source, false, &config);
            assert!(excess.is_empty(), "{text}: {}\n{}", excess[0].message, source.text);
        }
    }
}

#[test]
fn what_cannot_be_lowered_is_an_error() {
    for (text, construct) in [
        ("/(?<=a)b/", "look-behind"),
        ("/(?<a>b)/", "named groups"),
        ("/\\p{RGI_Emoji}/v", "\\p{…}"),
        ("/[\\uDE00]/u", "flag `u`"),
        ("/a/y", "flag `y`"),
        ("/a/d", "flag `d`"),
        ("/(a)(?i:\\1)b/", "modifiers"),
        ("\u{20BB7}", "beyond U+FFFF"),
        ("await a; b()", "top level"),
    ] {
        let errors = compile(text, Language::JavaScript, &config(Target::ES5)).expect_err(text);
        assert_eq!(errors[0].code, "exceeds-target");
        assert!(errors[0].message.contains(construct), "{text}: {}", errors[0].message);
        assert!(errors[0].primary.is_some() && errors[0].fix.is_some());
        assert!(compile(text, Language::JavaScript, &config(Target::ESNEXT)).is_ok(), "{text}");
    }
}

#[test]
fn what_cannot_be_lowered_may_be_allowed() {
    let mut config = config(Target::ES5);
    config.severities.levels.insert("exceeds-target".to_owned(), Level::Warn);
    for (text, expected) in [
        ("/(?<=a\\/)b/g", "new RegExp(\"(?<=a\\\\/)b\", \"g\");"),
        ("/(?<a>b)/", "_named_regex(/(b)/, { \"a\": 1 }, \"(?<a>b)\");"),
        ("/(?<=a)(?<b>c)/", "new RegExp(\"(?<=a)(?<b>c)\");"),
        ("/a.b/s", "/a[\\s\\S]b/;"),
        ("a\u{20BB7}", "a\\u{20bb7};"),
    ] {
        let written = compile(text, Language::JavaScript, &config).expect(text);
        assert_eq!(flat(&written), expected, "{text}");
    }
}

/// Packages build other expressions from a `source`, from which they remove each `^`.
#[test]
fn classes_that_are_written_out_have_no_caret() {
    let written = js("x = /^[a\\p{S}\\^]/u;", Target::Ecma(2017));
    assert_eq!(written.matches('^').count(), 1, "{written}");
    assert!(written.contains("\\x5E"), "{written}");
}

#[test]
fn big_ints_are_calls() {
    let cases = [
        ("x = 10n + -0xFFn * 0b11n;", "x = BigInt(\"10\") + -BigInt(\"0xff\") * BigInt(\"3\");"),
        ("x = { 0x10n: 10n };", "x = { \"16\": BigInt(\"10\") };"),
        ("x = 2n ** y;", "x = _power(BigInt(\"2\"), y);"),
        ("x **= BigInt(y);", "x = _power(x, BigInt(y));"),
        ("BigInt; x = y ** 2;", "BigInt; x = Math.pow(y, 2);"),
        ("x = y ** z;", "x = Math.pow(y, z);"),
    ];
    for (text, expected) in cases {
        assert_eq!(flat(&js(text, Target::ES5)), expected, "{text}");
        assert_eq!(flat(&js(text, Target::Ecma(2020))), text, "{text}");
    }
}

#[test]
fn names_beyond_the_first_plane() {
    let text = "var \u{20BB7} = { \u{20BB7}: 1 }; ({ \u{20BB7} } = a.\u{20BB7});";
    let written = js(text, Target::ESNEXT);
    assert_eq!(
        flat(&written),
        r#"var $u20bb7 = { "\uD842\uDFB7": 1 }; ({ "\uD842\uDFB7": $u20bb7 } = a["\uD842\uDFB7"]);"#
    );
}

#[test]
fn free_names_beyond_the_first_plane() {
    assert_eq!(js("a\u{20BB7}", Target::Ecma(2015)).trim(), "a\\u{20bb7};");
}

#[test]
fn async_arrows_with_super_give_their_value() {
    let text = "class B extends A { async m() { const f = async () => (await super.m(1)) + \
                super.x; return f(); } }";
    let written = flat(&js(text, Target::ES5));
    assert_eq!(written.matches("return _async_function(").count(), 2, "{written}");
}

#[test]
fn straight_async_code_stays_straight() {
    let cases = [
        (
            "x = async () => 1;",
            "x = function() { return _async_function(function() { return [0, 1]; }); };",
        ),
        (
            "x = async () => await y;",
            "x = function() { return _async_function(function(_label, _sent) { if (!_label) return \
             [1, y]; return [0, _sent]; }); };",
        ),
        (
            "x = async () => { await y; await z; };",
            "x = function() { return _async_function(function(_label) { switch(_label){ case 0: \
             return [1, y]; case 1: return [2, z]; } }); };",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(flat(&js(text, Target::ES5)), expected, "{text}");
    }
}

#[test]
fn decorators_have_their_places() {
    let errors = compile("class A { @d #b() {} }", Language::JavaScript, &config(Target::ES5))
        .expect_err("private");
    assert_eq!(errors[0].code, "not-supported");
}

#[test]
fn defines_and_dead_branches() {
    let cases = [
        ("if (process.env.NODE_ENV !== 'production') a(); else b();", "b();"),
        ("process.env.NODE_ENV === 'production' ? a() : b();", "a();"),
        ("process.env.NODE_ENV !== 'production' && require('a'); b();", "b();"),
        ("x = process.env.NODE_ENV !== 'production' || a;", "x = a;"),
        ("x = process.env['NODE_ENV'];", "x = \"production\";"),
        ("x = { a: process.env.NODE_ENV };", "x = { a: \"production\" };"),
        (
            "process.env.NODE_ENV = 1; delete process.env.NODE_ENV;",
            "process.env.NODE_ENV = 1; delete process.env.NODE_ENV;",
        ),
        (
            "function f(process) { return process.env.NODE_ENV; }",
            "function f(process) { return process.env.NODE_ENV; }",
        ),
        ("if (false) { var a = require('a'); function g() {} } a;", "var g; var a; a;"),
        ("if (true) { a(); b(); } else c();", "a(); b();"),
        ("if (true) { let a = 1; }", "{ let a = 1; }"),
        ("while (false) { var i; }", "var i;"),
        ("(true && a.b)();", "(0, a.b)();"),
        ("x = typeof undefined === 'undefined' ? a : b;", "x = a;"),
        ("x = null ?? a;", "x = a;"),
        ("x = 1 == '1';", "x = 1 == '1';"),
        ("if (a && false) b();", "a && false;"),
        ("if (a() && false) { var b; } else c();", "var b; a() && false; c();"),
        ("if (a() || true) b(); else c();", "a() || true; b();"),
        ("x = a() && false ? b : c;", "x = (a() && false, c);"),
        ("x = a() && false && b;", "x = a() && false;"),
        ("x = a() && false || b;", "x = (a() && false, b);"),
        ("if (null == 1 || 'a' != undefined) a();", "a();"),
        (
            "switch (1) { case 2: a(); case 1: b(); break; default: c(); }",
            "switch(1){ default: b(); break; }",
        ),
        ("switch (1) { case 2: var a; a(); }", "switch(1){ default: var a; }"),
        ("switch (1) { case a: b(); case 1: }", "switch(1){ case a: b(); case 1: }"),
        (
            // The output is an ES module, and so strict.
            "switch (1) { case 2: function f() {} case 1: f(); }",
            "var f; { let f1 = function f() {}; switch(1){ case 2: f = f1; case 1: f1(); } }",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(flat(&js(text, Target::ESNEXT)), expected, "{text}");
    }
}

#[test]
fn dotted_typeof_and_meta_defines() {
    let mut config = config(Target::ESNEXT);
    let pairs = [
        ("DEBUG", "false"),
        ("typeof window", "\"object\""),
        ("import.meta.env.MODE", "\"test\""),
        ("this.x", "1"),
        ("API", "window.api"),
    ];
    config.script.define =
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let text = "x = { DEBUG }; if (typeof window !== 'undefined') y(); z(import.meta.env.MODE, \
                this.x, API.get, DEBUG.a);";
    let written = compile(text, Language::JavaScript, &config).expect("it compiles");
    assert_eq!(
        flat(&written),
        "x = { DEBUG: false }; y(); z(\"test\", 1, window.api.get, false.a);"
    );
}

#[test]
fn typescript() {
    let cases = [
        (
            "import type { A } from 'a'; import { B, c } from 'b'; let x: B = c; export { A };",
            "import { c } from 'b'; let x = c;",
        ),
        ("import { D } from 'd'; let x: D; export {};", "let x; export { };"),
        ("import a = require('a'); a();", "const a = require('a'); a();"),
        ("class A {} export = A;", "class A { } module.exports = A;"),
        ("x = <any>a as unknown as B; y = a!; z = a satisfies B;", "x = a; y = a; z = a;"),
        ("function f(a: string): void; function f(a: any, b?: number) {}", "function f(a, b) {}"),
        (
            "declare const a: number; interface B {} type C = B; abstract class D<T> { abstract \
             m(): void }",
            "class D { }",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(flat(&ts(text)), expected, "{text}");
    }
    assert!(ts("enum A { B, C = 'x' } f(A);").contains("\"B\""));
    assert_eq!(flat(&ts("const enum A { B = 2 } f(A.B);")), "f(2);");
    assert!(ts("namespace N { export const a = 1; } f(N);").contains("N.a = 1"));
    assert!(ts("class A { constructor(private b: number) {} }").contains("this.b = b"));
}

#[test]
fn fields_are_assigned_if_typescript_says_so() {
    let mut config = config(Target::ES5);
    config.script.typescript.define_class_fields = false;
    let written = compile("class A { a = 1; static b = 2; }", Language::TypeScript, &config)
        .expect("it compiles");
    assert!(written.contains("this.a = 1") && written.contains("A.b = 2"), "{written}");
}

#[test]
fn decorators() {
    let text = "@d class A { @d m() {} }";
    assert!(ts(text).contains("_ts_decorate"));
    let mut config = config(Target::ES5);
    config.script.decorators = Decorators::Legacy;
    let field = "class A { @d x = 1; y = 2; }";
    let of_typescript = compile(field, Language::TypeScript, &config).expect("it compiles");
    assert!(of_typescript.contains("_ts_decorate"), "{of_typescript}");
    config.script.target = Target::ESNEXT;
    let of_babel = compile(field, Language::JavaScript, &config).expect("it compiles");
    assert_eq!(
        flat(&of_babel),
        "let _descriptor; class A { constructor(){ _define_decorated(this, \"x\", _descriptor); \
         _define_property(this, \"y\", 2); } } _descriptor = _decorate_field([d], A.prototype, \
         \"x\", function() { return 1; });"
    );
    config.script.decorators = Decorators::Standard;
    let written = compile(text, Language::JavaScript, &config).expect("it compiles");
    assert!(written.contains("_apply_decorators"), "{written}");
}

#[test]
fn jsx() {
    let text = "x = <a b=\"c\" {...d}>e<F.G/></a>;";
    assert!(js(text, Target::ES5).contains("React.createElement(\"a\""));
    let mut config = config(Target::ES5);
    config.script.jsx = Jsx::Automatic { import_source: "preact".to_owned() };
    let automatic = compile(text, Language::JavaScript, &config).expect("it compiles");
    assert!(automatic.contains("from \"preact/jsx-runtime\""));
    config.script.jsx = Jsx::Vue2;
    let text = "x = { render() { return <a class=\"b\" onClick={c} v-show={d} e>f {g}</a>; } };";
    let vue = compile(text, Language::JavaScript, &config).expect("it compiles");
    assert_eq!(
        flat(&vue),
        "x = { render: function() { var h = arguments[0]; return h(\"a\", { \"class\": \
         \"b\", on: { click: c }, \
         directives: [ { name: \"show\", value: d } ], attrs: { e: true } }, [\"f \", g]); } };"
    );
}

#[test]
fn a_script_stays_a_script() {
    assert_eq!(
        flat(&js("var a = 010; with (b) c; await = 1; return a;", Target::ES5)),
        "var a = 010; with (b)c; await = 1; return a;"
    );
    assert_eq!(flat(&js("#!/usr/bin/env node\na", Target::ES5)), "a;");
}

#[test]
fn constants_cannot_be_assigned() {
    let source = Source::new("/p/a.js", "a.js", "const a = 1; a = 2; a++; { let a; a = 3; }");
    let input = PartInput {
        source: &source,
        language: Language::JavaScript,
        format: FormatHint::Auto,
        is_entry: false,
    };
    let config = config(Target::ES5);
    let written = crate::ast::within(&Globals::new(), || {
        let parsed = parse::parse(&input).expect("it parses");
        let lowered = lower::lower(parsed, &input, &config).expect("it is lowered");
        assert_eq!(
            lowered.diagnostics.iter().filter(|d| d.severity == Severity::Warning).count(),
            2
        );
        print(&lowered)
    });
    assert_eq!(written.matches("_read_only_error(\"a\")").count(), 2, "{written}");
}

#[test]
fn deep_texts_get_an_answer() {
    let thread = std::thread::Builder::new().stack_size(1 << 30);
    let work = || {
        let config = config(Target::ES5);
        let nested = |open: &str, close: &str, n: usize| {
            format!("x = {}1{}", open.repeat(n), close.repeat(n))
        };
        let texts = [
            (nested("(", ")", 10_000), false),
            (nested("[", "]", 10_000), false),
            (nested("{a:", "}", 10_000), false),
            (nested("`${", "}`", 10_000), false),
            (nested("a=>", "", 5_000), false),
            (nested("class A{m(){return ", "}}", 5_000), false),
            (format!("if(a){{}}{}", "else if(a){}".repeat(10_000)), true),
            (format!("x=a{}", "+a".repeat(20_000)), true),
            (format!("x=a{}", "||a".repeat(20_000)), true),
            (format!("x=a{}", ".a".repeat(20_000)), true),
            (nested("[", "]", 1_500), true),
            (nested("function f(){return ", "}", 600), true),
        ];
        for (text, is_answered) in texts {
            let result = compile(&text, Language::JavaScript, &config);
            assert_eq!(result.is_ok(), is_answered, "{}", &text[..20]);
            let refused = |errors: Vec<Diagnostic>| errors[0].code == "nested-too-deeply";
            assert!(result.err().is_none_or(refused));
        }
    };
    thread.spawn(work).expect("a thread").join().expect("an answer");
}

#[test]
fn a_function_and_its_parameter_share_no_name_in_safari() {
    let text = "export const f = function a([a]) { return a; };";
    let safari = |version: &str| {
        let config = config(Target::Browsers(vec![("safari".to_owned(), version.to_owned())]));
        compile(text, Language::JavaScript, &config).expect("it compiles")
    };
    assert!(safari("16.2").contains("function _a([a])"), "{}", safari("16.2"));
    assert!(safari("16.3").contains("function a([a])"), "{}", safari("16.3"));
}

#[test]
fn generators_stay_in_their_switch() {
    let text =
        "exports; switch (2) { case 0: const a = 1; function* f() { return async () => a; } }";
    let lowered = js(text, Target::Ecma(2015));
    assert!(lowered.contains("switch") && !lowered.contains("let f"), "{lowered}");
}
