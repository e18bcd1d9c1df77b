//! Tests of whole texts: the record of each in a readable form.
use std::{fmt::Write, sync::Arc};

use bundle_base::{Config, Source, loader::Language};
use bundle_graph::record::{Effects, ImportName, Literal, ModuleRecord, SymbolIndex};

use crate::{Ast, FormatHint, PartInput};

/// Returns a configuration for tests.
pub(crate) fn config() -> Config {
    use bundle_base::config::*;
    Config {
        project: "/p".into(),
        name: "p".to_owned(),
        entries: Vec::new(),
        shared: Vec::new(),
        mode: Mode::Production,
        resolve: ResolveConfig {
            node: NodeShims::Packages,
            rules: Vec::new(),
            contexts: Vec::new(),
            platform: Platform::Browser,
            alias: [].into(),
            externals: [].into(),
            provide: [].into(),
            package_json: bundle_base::config::PackageJsonConfig {
                conditions: Vec::new(),
                main_fields: Vec::new(),
                side_effects: true,
            },
            extensions: Vec::new(),
            bare_specifiers: bundle_base::config::BareSpecifiersConfig {
                module_paths: Vec::new(),
                prefer_relative: false,
            },
            follow_symlinks: true,
            tsconfig: None,
        },
        script: ScriptConfig {
            target: Target::ESNEXT,
            define: [].into(),
            drop: Vec::new(),
            jsx: Jsx::Classic { factory: "h".to_owned(), fragment: "F".to_owned() },
            jsx_in_components: Jsx::Vue2,
            decorators: Decorators::Legacy,
            typescript: bundle_base::config::TypeScriptConfig {
                define_class_fields: true,
                decorator_metadata: bundle_base::config::DecoratorMetadata::None,
                keeps_imports: false,
            },
            loose: false,
            charset: Charset::Ascii,
            source_charset: bundle_base::decode::SourceCharset::UTF_8,
            polyfills: Polyfills::None,
            has_all_globals: false,
        },
        vue: bundle_base::config::VueConfig::default(),
        sass: bundle_base::config::SassConfig::default(),
        copy: Vec::new(),
        preprocess: std::iter::empty().collect(),
        plugins: bundle_base::config::PluginsConfig::default(),
        css_modules: bundle_base::config::CssModulesConfig {
            names: String::new(),
            camel_case: false,
        },
        assets: bundle_base::config::AssetsConfig {
            inline_below: 0,
            names: String::new(),
            names_by_file: Vec::new(),
            symbol_id: String::new(),
            warn_above: 0,
            urls: bundle_base::config::Urls::Files,
            extensions: Vec::new(),
        },
        output: OutputConfig {
            dir: "/p/out".into(),
            file: None,
            format: Format::Iife,
            splitting: bundle_base::config::Splitting::None,
            sharing: Sharing::default(),
            minify: bundle_base::config::Minify::No,
            source_map: SourceMap::None,
            source_map_dir: None,
            sources_content: true,
            updates: false,
            public_path: "/".to_owned(),
            hash: false,
            manifests: Vec::new(),
            styles: bundle_base::config::Styles::File,
            rtl: None,
            modules: ModulesForm::Hoisted,
            metafile: false,
        },
        budgets: Vec::new(),
        watch: bundle_base::config::WatchConfig::default(),
        lint: None,
        cache: CacheConfig::default(),
        severities: bundle_base::diagnostic::Severities::default(),
    }
}

/// Analyses a text. Panics with its diagnostics if it has errors.
pub(crate) fn analysed(text: &str, config: &Config) -> (ModuleRecord, Arc<Ast>) {
    let source = Source::new("/p/m.js", "m.js", text);
    let input = PartInput {
        source: &source,
        language: Language::JavaScript,
        format: FormatHint::Auto,
        is_entry: false,
    };
    let analysis = crate::analyse(&input, config);
    let ast = analysis.ast.unwrap_or_else(|| panic!("{:#?}", analysis.record.diagnostics));
    (analysis.record, ast)
}

fn name(record: &ModuleRecord, symbol: SymbolIndex) -> &str {
    &record.symbols[symbol.0 as usize].name
}

/// Writes a record with one line per fact.
pub(crate) fn summary(record: &ModuleRecord) -> String {
    let mut out = String::new();
    let mut line = |text: String| writeln!(out, "{text}").expect("strings can be written");
    line(format!("{:?}{}", record.format, if record.is_strict { " strict" } else { "" }));
    for request in &record.requests {
        line(format!(
            "request {} {:?}{}",
            request.specifier,
            request.kind,
            if request.is_optional { " optional" } else { "" }
        ));
    }
    for import in &record.imports {
        let what = match &import.name {
            ImportName::Named(name) => name.as_str(),
            ImportName::Namespace => "*",
        };
        line(format!(
            "import {what} of {} as {}",
            record.requests[import.request.0 as usize].specifier,
            name(record, import.symbol)
        ));
    }
    for export in &record.exports {
        line(format!("export {} = {}", export.name, name(record, export.symbol)));
    }
    for star in &record.stars {
        line(format!("export * from {}", record.requests[star.request.0 as usize].specifier));
    }
    for (symbol, value) in &record.constants {
        let value = match value {
            Literal::Undefined => "undefined".to_owned(),
            Literal::Null => "null".to_owned(),
            Literal::Boolean(b) => b.to_string(),
            Literal::Number(n) => n.to_string(),
            Literal::String(s) => format!("{s:?}"),
        };
        line(format!("constant {} = {value}", name(record, *symbol)));
    }
    for (index, s) in record.statements.iter().enumerate() {
        let declares: Vec<_> = s.declares.iter().map(|d| name(record, *d)).collect();
        let uses: Vec<_> = s
            .uses
            .iter()
            .map(|u| match (u.members.is_empty(), u.is_whole) {
                (true, _) => name(record, u.symbol).to_owned(),
                (false, is_whole) => {
                    let members: Vec<_> = u.members.iter().map(|path| path.join(".")).collect();
                    format!(
                        "{}.{{{}}}{}",
                        name(record, u.symbol),
                        members.join(","),
                        if is_whole { "+" } else { "" }
                    )
                }
            })
            .collect();
        let eager: Vec<_> = s.eager_reads.iter().map(|(e, _)| name(record, *e)).collect();
        let effects = match s.effects {
            Effects::None => "-".to_owned(),
            Effects::Of(symbol) => name(record, symbol).to_owned(),
            Effects::Any => "!".to_owned(),
        };
        line(format!(
            "{index}: {effects} declares[{}] uses[{}] now[{}] asks{:?}",
            declares.join(" "),
            uses.join(" "),
            eager.join(" "),
            s.requests.iter().map(|r| r.0).collect::<Vec<_>>()
        ));
    }
    out
}

/// Returns the side effects of each statement, named by its first characters.
fn effects_with(text: &str, config: &Config) -> String {
    let (record, _) = analysed(text, config);
    let effect = |effects| match effects {
        Effects::None => "-".to_owned(),
        Effects::Of(symbol) => name(&record, symbol).to_owned(),
        Effects::Any => "!".to_owned(),
    };
    record.statements.iter().map(|s| effect(s.effects)).collect::<Vec<_>>().join(" ")
}

fn effects(text: &str) -> String {
    effects_with(&format!("{text}; export {{}}"), &config()).trim_end_matches(" -").to_owned()
}

#[test]
fn plain_values_have_no_effects() {
    for text in [
        "var a = 1, b = 'x' + 2, c = [a, b], d = { a, b, [`k`]: c, get e() { throw 1 } }",
        "function f() { boom() }",
        "const g = () => boom(), h = function () { boom() }",
        "let x = typeof nobody === 'undefined' ? void 0 : !1",
        "var s = Symbol('s'), m = new Map([[1, 2]]), w = new WeakMap(), e = new Error('x')",
        "var t = Math.max(1, 2) + Number.MAX_VALUE, u = Object.create(null), v = Object.freeze({ \
         a: 1 })",
        "var has = Object.prototype.hasOwnProperty, slice = Array.prototype.slice",
        "var w2 = /*#__PURE__*/ make(1), x2 = /* @__PURE__ */ new Thing({})",
        "class A extends B { constructor() { boom() } m() { boom() } static s = 1; static [`t`] = \
         []; #p = boom() } import B from 'b'",
        "class A { static { this.x = 1; this.y = {} } }",
        "var A = (() => { class A { m() {} } A.x = 1; return A })()",
        "'use strict'",
        "import * as ns from 'x'; var y = ns.a",
        "var [p, q] = [1, 2]",
    ] {
        assert_eq!(effects(text).replace(" -", "").trim_start_matches('-'), "", "{text}");
    }
}

#[test]
fn what_may_run_code_has_effects() {
    for text in [
        "var a = nobody",
        "import b from 'b'; var a = b.c",
        "call()",
        "var a = new Thing()",
        "var a = { [key]: 1 }",
        "var a = [...b]",
        "var a = { ...b }; import b from 'b'",
        "class A { static s = boom() }",
        "class A { static { boom() } }",
        "class A { [boom()]() {} }",
        "@dec class A {}",
        "var { a } = b; import b from 'b'",
        "var a = `${b}`; import b from 'b'",
        "for (;;) {}",
        "throw 1",
        "window.x = 1",
        "var a = /*#__PURE__*/ f(boom())",
        "debugger",
        "delete Object.prototype.x",
        "var a = b`x`; import b from 'b'",
        "import { o } from 'o'; o.x = 1",
        "var a = {}; f(a).x = 1; import f from 'f'",
        "var a = { set x(v) { boom() } }; a.x = 1",
        "class A { static set x(v) { boom() } } A.x = 1",
        "let a = {}; a = other(); a.x = 1; import other from 'f'",
        "await 1",
    ] {
        assert!(effects(text).contains('!'), "{text}: {}", effects(text));
    }
}

#[test]
fn changes_of_an_own_object_belong_to_its_name() {
    let cases = [
        ("function A() {} A.x = 1; A.prototype.m = function () {}; A.displayName = 'A'", "- A A A"),
        ("class A {} A.x = {}; Object.defineProperty(A, 'y', { get() {} })", "- A A"),
        ("var A = {}; A.b = {}; A.b.c = 1", "- A !"),
        ("var E; (function (E) { E[E['A'] = 0] = 'A'; E['B'] = 'b'; })(E || (E = {}))", "- E"),
        (
            "export var E; (function (E) { var x = 1; function f() {} E.f = f; })(E || (E = {}))",
            "- E",
        ),
        (
            "var N; (function (N) { let I; (function (I) { I.x = 1 })(I = N.I || (N.I = {})) })(N \
             || (N = {}))",
            "- N",
        ),
        ("let a; a = 1", "- a"),
        ("var a = 1; var a = 2", "- a"),
        ("var A = function () {}, p = A.prototype; p.m = function () {}", "- - A"),
        ("function A() {} var B = A; B.x = 1", "- - A"),
        ("function A() {} A.x = boom()", "- !"),
        ("class A { static get g() { return boom() } } A.x = 1; var y = A.g", "- A !"),
        (
            "function A() {} Object.defineProperty(A, 'x', { set(v) { boom() } }); A.x = 1; A.y = \
             2",
            "- A ! A",
        ),
        ("function A() {} if (typeof window !== 'undefined') { A.x = 1 }", "- A"),
        (
            "function A() {} A.prototype = Object.create(B.prototype); A.prototype.constructor = \
             A; function B() {}",
            "- A A",
        ),
        ("function A() {} function B() {} A.x = B.y = 1", "- - !"),
        ("const A = Object.assign(function () {}, { a: 1 }); Object.assign(A, { b: 2 })", "- A"),
        ("/*#__NO_SIDE_EFFECTS__*/ function make() { boom() } var a = make(1)", "-"),
    ];
    for (text, expected) in cases {
        assert_eq!(effects(text), expected, "{text}");
    }
}

#[test]
fn a_module_is_described() {
    let text = "import a, { b as c } from './a'; import * as ns from './ns';
export const k = 1; export function f() { return a + ns.x + ns['y'] }
export default class { m() { return c } }
var q = require('./q'); export { c as d, q }; export * from './s'; export * as t from './t';
export { z as y } from './z'; let w = ns.b(); w = 2; import('./dyn').catch(e => e);";
    let (record, _) = analysed(text, &config());
    assert_eq!(
        summary(&record),
        "Esm strict
request ./a Import
request ./ns Import
request ./s Import
request ./t Import
request ./z Import
request ./q Require
request ./dyn Dynamic optional
import default of ./a as a
import b of ./a as c
import * of ./ns as ns
import * of ./t as t
import z of ./z as z
export k = k
export f = f
export default = default
export d = c
export q = q
export t = t
export y = z
export * from ./s
constant k = 1
0: - declares[] uses[] now[] asks[]
1: - declares[] uses[] now[] asks[]
2: - declares[k] uses[] now[] asks[]
3: - declares[f] uses[a ns.{x,y}] now[] asks[]
4: - declares[default] uses[c] now[] asks[]
5: ! declares[q] uses[] now[] asks[5]
6: - declares[] uses[] now[] asks[]
7: - declares[] uses[] now[] asks[]
8: - declares[] uses[] now[] asks[]
9: - declares[] uses[] now[] asks[]
10: ! declares[w] uses[ns.{b}] now[ns] asks[]
11: w declares[] uses[w] now[] asks[]
12: ! declares[] uses[] now[] asks[6]
"
    );
}

fn summary_of(text: &str) -> String {
    summary(&analysed(text, &config()).0)
}

fn requests(text: &str) -> String {
    let (record, _) = analysed(text, &config());
    let shown = record.requests.iter().map(|r| {
        let kind = format!("{:?}", r.kind);
        let kind = kind.split('(').next().unwrap_or_default().to_owned();
        format!("{kind} {}{}", r.specifier, if r.is_optional { "?" } else { "" })
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[test]
fn requests_are_found() {
    let cases = [
        ("require('a'); module.require('b')", "Require a, Require b"),
        ("require(`a`); require(('b'))", "Require a, Require b"),
        ("try { require('a') } catch (e) { require('b') }", "Require a?, Require b"),
        ("try { require('a') } finally {} require('a')", "Require a"),
        ("try { (function () { require('a') })() } catch (e) {}", "Require a?"),
        ("try { later(function () { require('a') }) } catch (e) {}", "Require a"),
        (
            "require(x ? 'a' : 'b'); import(x ? 'c' : 'd')",
            "Require a, Require b, Dynamic c, Dynamic d",
        ),
        ("require('./' + `a` + '.js')", "Require ./a.js"),
        (
            "require.resolve('a'); require.context('./d', false, /x$/i)",
            "RequireResolve a, Context ./d",
        ),
        ("function f(require) { require('a') }", ""),
        ("(function (r) { r('a') })(require)", ""),
        ("var r = require; r('a')", ""),
        (
            "import('a'); import('b').then(f, g); import('c').then(f)",
            "Dynamic a, Dynamic b?, Dynamic c",
        ),
        (
            "export {}; new URL('./a.png', import.meta.url); new URL('http://x', import.meta.url)",
            "Url ./a.png",
        ),
        ("export {}; import.meta.glob('./*.js', { eager: true })", "Glob ./*.js"),
        (
            "new Worker(new URL('w.js', import.meta.url)); new SharedWorker(new URL(`./s.js`, \
             import.meta.url), x)",
            "Worker w.js, Worker ./s.js",
        ),
        (
            "try { new Worker(((new URL('./w.js', import.meta.url)))) } catch (e) {}",
            "Worker ./w.js?",
        ),
        (
            "export {}; function f(Worker) { new Worker(new URL('./w.js', import.meta.url)) }",
            "Url ./w.js",
        ),
        (
            "export {}; new Worker(new URL('/w.js', import.meta.url)); new Worker(new \
             URL('./w.js', base))",
            "",
        ),
        (
            "export {}; Worker(new URL('./w.js', import.meta.url)); new Worker('./w.js')",
            "Url ./w.js",
        ),
        (
            "(function e(t,n,r){function s(o,u){var a=typeof \
             require=='function'&&require;a(o)}s(0)})({1:[function(require,module,exports){require('./b')},{'./b':2}]})",
            "",
        ),
    ];
    for (text, expected) in cases {
        let found = requests(text);
        let own: Vec<_> = found.split(", ").filter(|r| !r.starts_with("Runtime")).collect();
        assert_eq!(own.join(", "), expected, "{text}");
    }
}

#[test]
fn a_require_that_cannot_be_followed_is_reported_once() {
    let codes = |text: &str| {
        let (record, _) = analysed(text, &config());
        record.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("require(x); require(y + 1)"), ["dynamic-require"]);
    assert_eq!(codes("import 'x'; require(y)"), ["dynamic-require"]);
    assert!(codes("try { require(x) } catch (e) {}").is_empty());
    assert!(codes("var r = require; r(x)").is_empty());
    assert!(codes("function f(require) { require(x) }").is_empty());
    assert_eq!(codes("import(x); import(y)"), ["dynamic-require"]);
    assert_eq!(codes("export {}; module.exports = 1; exports.y = 2"), ["exports-in-module"]);
    assert!(codes("import 'x'; module.exports = 1; exports.y = 2").is_empty());
    assert!(codes("import 'x'; if (typeof module === 'object') module.exports = 1").is_empty());
    assert_eq!(codes("eval('x')"), ["direct-eval"]);
    assert!(codes("(0, eval)('x')").is_empty());
    assert_eq!(
        codes(
            "new Worker(new URL(x, import.meta.url)); new Worker(new URL(`${x}.js`, \
             import.meta.url))"
        ),
        ["dynamic-worker"]
    );
    assert!(
        codes("new URL(x, import.meta.url); new Worker(new URL('http://x', import.meta.url))")
            .is_empty()
    );
}

#[test]
fn commonjs_uses_are_counted() {
    let uses = |text: &str| {
        let uses = analysed(text, &config()).0.commonjs;
        [
            (uses.mentions_module, "module"),
            (uses.mentions_exports, "exports"),
            (uses.mentions_require, "require"),
        ]
        .into_iter()
        .filter_map(|(used, name)| used.then_some(name))
        .collect::<Vec<_>>()
        .join(" ")
    };
    assert_eq!(uses("require('a')"), "");
    assert_eq!(uses("require(a)"), "");
    assert_eq!(uses("f(require)"), "");
    assert_eq!(uses("var require = require || f"), "require");
    assert_eq!(uses("module.exports = 1"), "module");
    assert_eq!(uses("exports.a = 1"), "exports");
    assert_eq!(uses("this.a = 1"), "exports");
    assert_eq!(uses("(() => this)()"), "exports");
    assert_eq!(uses("(function () { this.a = 1 })()"), "");
    assert_eq!(uses("var exports = exports || {}"), "exports");
    assert_eq!(uses("if (typeof module === 'object' && typeof require !== 'undefined') {}"), "");
    assert_eq!(uses("if (require.main === module) main()"), "");
    assert_eq!(uses("import 'a'; module.exports = 1"), "module");
    assert_eq!(uses("export {}; module.exports = this"), "");
}

#[test]
fn commonjs_exports_are_listed() {
    let exports = |text: &str| analysed(text, &config()).0.commonjs_exports.join(" ");
    assert_eq!(exports("exports.a = 1; module.exports.b = 2; exports['c'] = 3"), "a b c");
    assert_eq!(exports("module.exports = { a, b: 1, 'c': 2, d() {}, ...x }"), "a b c d");
    assert_eq!(
        exports(
            "Object.defineProperty(exports, '__esModule', { value: true }); \
             Object.defineProperty(exports, 'a', {})"
        ),
        "a"
    );
}

#[test]
fn what_a_text_is_decides_its_format() {
    assert!(summary_of("import 'a'").starts_with("Esm strict"));
    assert!(summary_of("import.meta.url").starts_with("Esm strict"));
    assert!(summary_of("'use strict'; x()").starts_with("CommonJs strict"));
    assert!(summary_of("import('a')").starts_with("Esm strict"));
    assert!(summary_of("import('a').then(module => module.run())").starts_with("Esm strict"));
    for text in [
        "exports.b = import('a')",
        "this.b = import('a')",
        "b = import('a')",
        "f(require, import('a'))",
    ] {
        assert!(summary_of(text).starts_with("CommonJs"), "{text}");
    }
    for text in ["import('a'); return", "import('a'); var static = 010"] {
        assert!(summary_of(text).starts_with("CommonJs\n"), "{text}");
    }
}

#[test]
fn reassigned_names_are_known() {
    let reassigned = |text: &str| {
        let (record, _) = analysed(&format!("{text}; export {{}}"), &config());
        let names = record.symbols.iter().filter(|s| s.is_reassigned).map(|s| s.name.clone());
        names.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(reassigned("let a = 1; const b = 2; function c() {} class D {}"), "");
    assert_eq!(reassigned("let a; a = 1; function f() { b++ } let b = 0"), "a b");
    assert_eq!(
        reassigned("let a, b, c, d; [a, { x: b = 1, ...c }] = y; for (d of z) {}"),
        "a b c d"
    );
    assert_eq!(reassigned("var a = 1; var a = 2; function f() {} f = 1"), "a f");
}

#[test]
fn lowering_keeps_what_can_be_left_out() {
    let base = config();
    let es5 = Config {
        script: bundle_base::config::ScriptConfig {
            target: bundle_base::config::Target::ES5,
            ..base.script.clone()
        },
        ..base
    };
    let cases = [
        (
            "import B from 'b'; export class A extends B { static s = 1; #p = 1; get g() {} static \
             h() {} }",
            "- - - A",
        ),
        ("class Q { [boom()]() {} }", "!"),
        ("class Q { [key]() {} } import key from 'k'", "!"),
        ("import k from 'k'; var o = { [k]: 1 }, p = `a${k}`", "- ! !"),
        ("export default class { static q = new Map() }", "-"),
        ("async function f() { await 1 } function* g() {} const a = () => `${1}`, [b] = [1]", ""),
        ("class P { constructor(a = 1, ...b) { for (const e of b) e() } }", ""),
        ("export const enum_ = Object.freeze({ A: 1 })", ""),
    ];
    for (text, expected) in cases {
        let found = effects_with(&format!("{text}; export {{}}"), &es5);
        let found = found.trim_end_matches(" -");
        if expected.is_empty() {
            assert_eq!(found.replace(['-', ' '], ""), "", "{text}");
        } else {
            assert_eq!(found, expected, "{text}");
        }
    }
}
