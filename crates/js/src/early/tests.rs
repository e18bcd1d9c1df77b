//! Snippets that are errors, with the code and the place, and similar snippets that are not.

use bundle_base::{Source, loader::Language};

use super::check;
use crate::{FormatHint, PartInput, ast, parse};

/// Returns `code "text at the place"` for each diagnostic; `parser` for an error of the parser
/// itself.
fn found(text: &str, format: FormatHint, language: Language) -> Vec<String> {
    let name = if language == Language::TypeScript { "a.ts" } else { "a.js" };
    let source = Source::new(format!("/p/{name}"), name, text);
    let input = PartInput { source: &source, language, format, is_entry: false };
    let globals = swc_common::Globals::new();
    ast::within(&globals, || {
        let Ok(parsed) = parse::parse(&input) else {
            return vec!["parser".to_owned()];
        };
        let (diagnostics, _) = check(&parsed.module, parsed.is_module, &source, ast::BASE);
        let describe = |d: bundle_base::Diagnostic| {
            let at = d.primary.expect("early errors have a place").span;
            format!("{} {}", d.code, &text[at.start as usize..at.end as usize])
        };
        diagnostics.into_iter().map(describe).collect()
    })
}

#[test]
fn decorators_of_statements() {
    assert_eq!(module("@foo\nconst x = 1;"), ["syntax-error @"]);
    assert_eq!(module("let y;\n@foo() if (y) y();"), ["syntax-error @"]);
    assert_eq!(module("@foo export const x = 1;"), ["syntax-error @"]);
    assert_eq!(typescript("// @a\n@foo export default 1;"), ["syntax-error @"]);
    for right in [
        "@foo class A {}",
        "@foo export class A {}",
        "export @foo class A {}",
        "@foo() export default class {}",
        "/** @type {x} */\n// @ts-check\nlet x;",
        "#!/usr/bin/env -S npx tsx@4\nlet x;",
        "x(); /* @a */ y(); // @b",
    ] {
        assert_eq!(module(right), [""; 0], "{right}");
    }
}

fn module(text: &str) -> Vec<String> {
    found(text, FormatHint::Esm, Language::JavaScript)
}

/// A CommonJS body in sloppy mode.
fn script(text: &str) -> Vec<String> {
    found(text, FormatHint::CommonJs, Language::JavaScript)
}

fn typescript(text: &str) -> Vec<String> {
    found(text, FormatHint::Esm, Language::TypeScript)
}

#[track_caller]
fn all(check: fn(&str) -> Vec<String>, cases: &[(&str, &[&str])]) {
    let wrong: Vec<_> = cases.iter().filter(|(text, expected)| check(text) != *expected).collect();
    let found: Vec<_> = wrong.iter().map(|(text, _)| check(text)).collect();
    assert!(wrong.is_empty(), "expected {wrong:#?}\nfound {found:#?}");
}

#[test]
fn declarations() {
    all(
        module,
        &[
            ("let a; let a;", &["declared-twice a"]),
            ("let a; var a;", &["declared-twice a"]),
            ("var a; var a;", &[]),
            ("var a; let a;", &["declared-twice a"]),
            ("{ let a; { var a; } }", &["declared-twice a"]),
            ("{ { var a; } let a; }", &["declared-twice a"]),
            ("let a; { let a; } (a) => a;", &[]),
            ("function f() {} function f() {}", &["declared-twice f"]),
            ("function g() { function f() {} function f() {} var f; }", &[]),
            ("function g() { { function f() {} function f() {} } }", &["declared-twice f"]),
            ("class A {} class A {}", &["declared-twice A"]),
            ("import a from 'x'; import { a } from 'y';", &["declared-twice a"]),
            ("import a from 'x'; function f(a) { let b; }", &[]),
            ("switch (1) { case 1: let a; case 2: let a; }", &["declared-twice a"]),
            ("switch (1) { case 1: { let a; } case 2: let a; }", &[]),
            ("try {} catch (a) { let a; }", &["declared-twice a"]),
            ("try {} catch (a) { var a; }", &[]),
            ("try {} catch ([a]) { var a; }", &["declared-twice a"]),
            ("try {} catch (a) { for (var a of []); }", &["declared-twice a"]),
            ("try {} catch (a) { { let a; } }", &[]),
            ("function f(a) { let a; }", &["declared-twice a"]),
            ("function f(a) { var a; { let a; } }", &[]),
            ("(a) => { const a = 1; }", &["declared-twice a"]),
            ("function f(a, a) {}", &["declared-twice a"]),
            ("for (let a of []) { var a; }", &["declared-twice a"]),
            ("for (let a of []) { let a; }", &[]),
            ("for (const [a, a] of []);", &["declared-twice a"]),
            ("class A { static { var a; let a; } }", &["declared-twice a"]),
            ("(function f() { let f; }); (class A { static a = class A {} })", &[]),
            ("label: { let a; } let a;", &[]),
        ],
    );
    all(
        script,
        &[
            ("function f() {} function f() {} var f;", &[]),
            ("{ function f() {} function f() {} }", &[]),
            ("{ function f() {} var f; }", &["declared-twice f"]),
            ("{ async function f() {} function f() {} }", &["declared-twice f"]),
            ("function f(a, a) {}", &[]),
            ("function f(a, a) { 'use strict'; }", &["declared-twice a"]),
            ("function f(a, [a]) {}", &["declared-twice a"]),
            ("({ f(a, a) {} })", &["declared-twice a"]),
            ("if (1) function f() {} else function f() {}", &[]),
            ("let let_ = 1; var let = 2;", &[]),
        ],
    );
}

#[test]
fn imports_and_exports() {
    all(
        module,
        &[
            ("export { a };", &["undeclared-export a"]),
            ("export { a }; var a;", &[]),
            ("{ let a; } export { a };", &["undeclared-export a"]),
            ("var a; export { a, a };", &["exported-twice a"]),
            ("export default 1; export default 2;", &["exported-twice export default 2;"]),
            ("export let a; export { b as a } from 'x';", &["exported-twice a"]),
            ("export * as a from 'x'; export const { a } = {};", &["exported-twice a"]),
            ("export { default } from 'x'; export * from 'y'; export * from 'z';", &[]),
            ("import { a } from 'x'; export { a };", &[]),
            ("import { a } from 'x'; a = 1;", &["import-assigned a"]),
            ("import { a } from 'x'; a++; [a] = []; ({ a } = {});", &["import-assigned a"; 3]),
            ("import * as a from 'x'; for (a of []);", &["import-assigned a"]),
            ("import a from 'x'; function f(a) { a = 1; } { let a; a = 1; }", &[]),
            ("import a from 'x'; function f() { a = 1; var a; }", &[]),
            ("import a from 'x'; (function a() { a = 1; }); a.b = 1;", &[]),
            ("f(); function f() { a = 1; } import a from 'x';", &["import-assigned a"]),
            (r#"export { "\uD83D" as a } from "x";"#, &[r#"syntax-error "\uD83D""#]),
            ("import 'x' with { type: 'json', 'type': 'css' };", &["syntax-error 'type'"]),
        ],
    );
}

#[test]
fn private_names() {
    all(
        module,
        &[
            ("class A { #a; #a; }", &["declared-twice #a"]),
            ("class A { get #a() {} set #a(v) {} }", &[]),
            ("class A { get #a() {} static set #a(v) {} }", &["declared-twice #a"]),
            ("class A { m() { this.#b; } #a; }", &["undeclared-private-name #b"]),
            ("class A { #a; m() { class B { n(x) { x.#a; } } } }", &[]),
            ("class A extends B.#a { #a; }", &["undeclared-private-name #a"]),
            ("this.#a", &["undeclared-private-name #a"]),
            ("class A { #a; m(x) { return #a in x; } }", &[]),
            ("class A { #a; m(x) { return #a in #a in x; } }", &["syntax-error #a"]),
            ("class A { #a; m() { delete this.#a; } }", &["syntax-error delete this.#a"]),
            ("class A { #a; m() { delete ((this?.#a)); } }", &["syntax-error delete ((this?.#a))"]),
            ("class A { #a; m() { delete this.#a.b; } }", &[]),
        ],
    );
}

#[test]
fn jumps() {
    all(
        module,
        &[
            ("break;", &["misplaced-jump break;"]),
            ("while (1) { (() => { break; }); }", &["misplaced-jump break;"]),
            ("switch (1) { case 1: break; } do break; while (1)", &[]),
            ("switch (1) { case 1: continue; }", &["misplaced-jump continue;"]),
            ("a: { break a; }", &[]),
            ("a: { continue a; }", &["misplaced-jump a"]),
            ("a: while (1) { b: while (1) continue a; }", &[]),
            ("a: while (1) { break b; }", &["undefined-label b"]),
            ("a: while (1) { function f() { break a; } }", &["undefined-label a"]),
            ("return;", &["misplaced-jump return;"]),
            ("class A { static { return; } }", &["misplaced-jump return;"]),
            ("() => { return; }", &[]),
        ],
    );
    all(script, &[("return;", &[]), ("new.target", &["parser"])]);
}

#[test]
fn functions_and_classes() {
    all(
        module,
        &[
            ("function f() { super(); }", &["misplaced-super super"]),
            ("class A { constructor() { super(); } }", &["misplaced-super super"]),
            ("class A extends B { constructor() { (() => super())(); super.m(); } }", &[]),
            ("class A extends B { m() { super(); } }", &["misplaced-super super"]),
            ("class A extends B { x = super(); }", &["misplaced-super super"]),
            ("class A { x = super.y; static { super.z; } }", &[]),
            ("({ m() { super.x; }, get g() { return super.x; } })", &[]),
            ("class A { x = arguments; }", &["parser"]),
            (
                "class A { x = function () { return arguments; }; static { (function () { \
                 arguments; }); } }",
                &[],
            ),
            ("class A { static prototype() {} }", &["syntax-error prototype"]),
            ("class A { prototype() {} static m() {} }", &[]),
            ("class A { static { await; } }", &["parser"]),
            ("new.target", &["parser"]),
            ("function f() { new.target; (() => new.target); }", &[]),
        ],
    );
    all(
        script,
        &[
            ("function eval() { 'use strict'; }", &["strict-mode eval"]),
            ("function f(eval) { 'use strict'; }", &["strict-mode eval"]),
            ("function static() { 'use strict'; }", &["reserved-word static"]),
            ("function static() {} function* yield() {}", &[]),
            ("for (let.a of []);", &["syntax-error let.a"]),
            ("for (let.a in []);", &[]),
            ("function f(eval) { var arguments; }", &[]),
            ("(function () { 'use strict'; ({ static }); var static; });", &["parser"]),
            ("var static, implements; yield: 1;", &[]),
        ],
    );
}

#[test]
fn statements() {
    all(
        module,
        &[
            ("do async function f() {} while (0)", &["syntax-error async function f() {}"]),
            ("if (1) async function f() {}", &["syntax-error async function f() {}"]),
            ("if (1) { async function f() {} }", &[]),
            ("if (1) function f() {}", &["syntax-error function f() {}"]),
            ("while (1) class A {}", &["syntax-error class A {}"]),
            ("for (;false\n) {}", &["syntax-error for (;false\n) {}"]),
            ("for (;;) {} for (var a = 1 /* ; */; a; a) {} for (;;a) ; for (let b;;);", &[]),
            ("delete ((a));", &["strict-mode delete ((a))"]),
            ("({ __proto__: 1, '__proto__': 2 })", &["syntax-error '__proto__'"]),
            (
                "({ __proto__: 1, ['__proto__']: 2, __proto__() {} }); ({ __proto__: a, __proto__: \
                 b } = {});",
                &[],
            ),
            ("[{ a = 0 }]", &["syntax-error a = 0"]),
            ("var a, c; [{ a = 0 }] = [{}]; ({ b = 1 }) => b; for ({ c = 2 } of []);", &[]),
            ("f({ a = 1 })", &["syntax-error a = 1"]),
            ("({ a = 1 } = b); (({ a = 1 }) => a);", &[]),
            ("function* f() { ({ a = yield }) => 1; }", &["syntax-error yield"]),
            ("function* f() { (a = function* () { yield; }) => 1; (yield); }", &[]),
            ("async function f() { (a = await 1) => 1; }", &["syntax-error await 1"]),
            ("new import('x')", &["syntax-error new import('x')"]),
            ("new (import('x')); import('x').then()", &[]),
            ("import(...x)", &["syntax-error ..."]),
        ],
    );
}

#[test]
fn literals() {
    all(
        module,
        &[
            ("'\\8'", &["strict-mode '\\8'"]),
            ("'\\0\\\\8'", &[]),
            ("`\\8`", &["syntax-error \\8"]),
            ("f`\\8`", &[]),
            ("'\\u{1_0}'", &["syntax-error '\\u{1_0}'"]),
            ("/a/gg", &["parser"]),
            ("/(/", &["invalid-regexp ("]),
            ("/(?<a>x)(?<a>y)/", &["invalid-regexp a"]),
            ("/(?<=x)?/", &["invalid-regexp ?"]),
            ("/(?=x)?[(?=)]*]{/; /(?<a>x)|(?<a>y)/; /[\\p{L}--a]/v; /\\k/", &[]),
            ("/\\p{Nonsense}/u", &["invalid-regexp Nonsense"]),
        ],
    );
    all(
        script,
        &[
            ("'\\8'; 010; 08.5", &[]),
            ("function f() { '\\1'; 'use strict'; }", &["strict-mode '\\1'"]),
        ],
    );
}

#[test]
fn escaped_words() {
    all(
        module,
        &[
            ("var whil\\u0065 = 1;", &["parser"]),
            ("var l\\u0065t = 1;", &["parser"]),
            ("({ g\\u0065t x() {} })", &["syntax-error g\\u0065t "]),
            ("async function f() { \\u0061wait: 1; }", &["reserved-word \\u0061wait"]),
            ("class A { @a.\\u{6F} get x() {} }", &[]),
            ("a.whil\\u0065; ({ whil\\u0065: 1 })", &[]),
        ],
    );
}

#[test]
fn typescript_merges() {
    all(
        typescript,
        &[
            ("function f(): void; function f(a?: number) {}", &[]),
            ("interface A {} class A {} namespace A { export const a = 1; }", &[]),
            ("enum E { a } enum E { b = 2 } export { E };", &[]),
            ("import { A } from 'x'; const A = 1; export type { A };", &[]),
            ("type T = string; const T = 1; export { T };", &[]),
            ("declare const a: number; export { a };", &[]),
            ("export interface I {} export const I = 1; export default interface D {}", &[]),
            (
                "class A { m(): void; m(a?: string) {} constructor(); constructor(private a?: \
                 string) {} }",
                &[],
            ),
            ("function f(this: Window) {}", &[]),
            ("let a: number; let a: string;", &["declared-twice a"]),
            ("export { nothing };", &["undeclared-export nothing"]),
        ],
    );
}
