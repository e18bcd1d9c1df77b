//! Small texts, analysed and rendered, with readable names in their slots.
use std::fmt::Write;

use bundle_base::{Config, config::Target};
use bundle_graph::{
    plan::{Binding, MemberBinding, RenderPlan, RequestCall, Wrap},
    record::{ImportName, Literal, ModuleRecord, RequestKind},
};

use super::{Piece, RenderedModule};
use crate::{
    Ast,
    analyse::tests::{analysed, config},
};

/// Returns a plan that keeps everything and follows every request.
fn everything(record: &ModuleRecord, wrap: Wrap) -> RenderPlan {
    let calls = record.requests.iter().map(|request| match request.kind {
        RequestKind::Import | RequestKind::Runtime | RequestKind::Polyfill => RequestCall::None,
        RequestKind::Dynamic => RequestCall::DynamicInline,
        RequestKind::Require | RequestKind::Context(_) | RequestKind::Glob(_) => {
            RequestCall::Require
        }
        RequestKind::Worker => RequestCall::Worker(request.specifier.clone()),
        RequestKind::RequireResolve | RequestKind::Url => {
            RequestCall::Text(format!("/{}", request.specifier))
        }
    });
    RenderPlan {
        wrap,
        live: vec![true; record.statements.len()],
        dead: Vec::new(),
        bindings: vec![Binding::Name; record.symbols.len()],
        members: Vec::new(),
        calls: calls.collect(),
        indent: 0,
        cross_module_symbols: None,
        registered: None,
    }
}

/// Fills a piece's slots: with the names of symbols, `<specifier>` for requests and `<ns.name>` for
/// members.
fn filled(piece: &Piece, record: &ModuleRecord, plan: &RenderPlan) -> String {
    let mut out = String::new();
    let mut done = 0;
    for used in &piece.slots {
        out.push_str(&piece.text[done..used.at as usize]);
        done = used.at as usize;
        let slot = used.slot as usize;
        let (symbols, requests) = (record.symbols.len(), record.requests.len());
        if slot < symbols {
            out.push_str(&record.symbols[slot].name.replace("default", "_default"));
        } else if slot < symbols + requests {
            write!(out, "<{}>", record.requests[slot - symbols].specifier)
                .expect("strings can be written");
        } else {
            write!(out, "<member {}>", plan.members[slot - symbols - requests].path.join("."))
                .expect("strings can be written");
        }
    }
    out + &piece.text[done..]
}

struct Case {
    record: ModuleRecord,
    ast: std::sync::Arc<Ast>,
    plan: RenderPlan,
    config: Config,
}

impl Case {
    fn new(text: &str, wrap: Wrap) -> Self {
        Self::with(text, wrap, config())
    }

    fn with(text: &str, wrap: Wrap, config: Config) -> Self {
        let (record, ast) = analysed(text, &config);
        let plan = everything(&record, wrap);
        Self { record, ast, plan, config }
    }

    fn bind(mut self, name: &str, binding: Binding) -> Self {
        let index =
            self.record.symbols.iter().position(|s| s.name == name).expect("a symbol of that name");
        self.plan.bindings[index] = binding;
        self
    }

    fn rendered(&self) -> RenderedModule {
        super::run(std::sync::Arc::clone(&self.ast), &self.plan, super::Mapping::None, &self.config)
    }

    fn text(&self) -> String {
        let rendered = self.rendered();
        let hoisted = filled(&rendered.hoisted, &self.record, &self.plan);
        let body = filled(&rendered.body, &self.record, &self.plan);
        if hoisted.is_empty() { body } else { format!("{hoisted}--\n{body}") }
    }
}

fn es5() -> Config {
    let config = config();
    Config {
        script: bundle_base::config::ScriptConfig { target: Target::ES5, ..config.script },
        ..config
    }
}

fn hoisted(text: &str) -> String {
    Case::new(text, Wrap::Hoisted).text()
}

fn lazy(text: &str) -> String {
    Case::new(text, Wrap::Lazy).text()
}

fn commonjs(text: &str) -> String {
    Case::new(text, Wrap::CommonJs).text()
}

#[test]
fn module_syntax_goes() {
    assert_eq!(
        hoisted(
            "'use strict'; import 'a'; export * from 'b'; export const x = 1; export { x as y }; \
             export class C {}"
        ),
        "const x = 1;\nclass C {\n}\n"
    );
    assert_eq!(hoisted("export default 1 + 1"), "const _default = 1 + 1;\n");
    assert_eq!(hoisted("export default function () {}"), "function _default() {}\n");
    assert_eq!(hoisted("export default function f() {}"), "function f() {}\n");
    assert_eq!(hoisted("export default class {}"), "const _default = class {\n};\n");
    assert_eq!(hoisted("export default class A {}"), "class A {\n}\n");
}

#[test]
fn only_live_statements_are_copied() {
    let mut case = Case::new("import a from 'a'; var b = 1; export var c = 2; a();", Wrap::Hoisted);
    case.plan.live = vec![false, false, true, false];
    assert_eq!(case.text(), "var c = 2;\n");
    case.plan.live = vec![false; 4];
    assert_eq!(case.text(), "");
}

#[test]
fn a_member_is_not_called_as_a_method() {
    let text = "import f from 'f'; f(); f`x`; f.g(); new f(); f?.(); (f)(); x = f; y = { f, g: f \
                }; typeof f";
    let member = Case::new(text, Wrap::Hoisted).bind("f", Binding::Member("f".to_owned())).text();
    assert_eq!(
        member,
        "(0, f.f)();\n(0, f.f)`x`;\nf.f.g();\nnew f.f();\n(0, f.f)?.();\n(0, f.f)();\nx = f.f;\ny \
         = {\n  f: f.f,\n  g: f.f\n};\ntypeof f.f;\n"
    );
    let getter = Case::new("import f from 'f'; f(); new f(); new f.g(1); x = { f }", Wrap::Hoisted);
    assert_eq!(
        getter.bind("f", Binding::Getter).text(),
        "f()();\nnew (f())();\nnew (f()).g(1);\nx = {\n  f: f()\n};\n"
    );
    let odd = Case::new("import { f } from 'f'; f", Wrap::Hoisted)
        .bind("f", Binding::Member("a-b".to_owned()));
    assert_eq!(odd.text(), "f[\"a-b\"];\n");
}

#[test]
fn members_of_namespaces_are_bound_directly() {
    let mut case = Case::new(
        "import * as ns from 'n'; ns.a(ns['b'], ns.c, ns[d]); delete ns.a",
        Wrap::Hoisted,
    );
    for (name, binding) in
        [("a", Binding::Name), ("b", Binding::Member("b".to_owned())), ("c", Binding::Missing)]
    {
        let symbol = case.record.imports[0].symbol;
        case.plan.members.push(MemberBinding { symbol, path: vec![name.to_owned()], binding });
    }
    assert_eq!(case.text(), "<member a>(<member b>.b, void 0, ns[d]);\ndelete ns.a;\n");
}

#[test]
fn literals_and_missing_names_stand_in_place() {
    let text = "import { k } from 'k'; x = k + 1; y = k.toFixed(); z = { k }; `${k}`; -k;";
    let with = |value| Case::new(text, Wrap::Hoisted).bind("k", value).text();
    assert_eq!(
        with(Binding::Literal(Literal::Number(-1.0))),
        "x = -1 + 1;\ny = (-1).toFixed();\nz = {\n  k: -1\n};\n`${-1}`;\n- -1;\n"
    );
    assert!(
        with(Binding::Literal(Literal::String("é".to_owned()))).starts_with("x = \"\\xe9\" + 1;")
    );
    assert!(
        with(Binding::Missing).starts_with("x = void 0 + 1;\ny = (void 0).toFixed();"),
        "{}",
        with(Binding::Missing)
    );
}

#[test]
fn patterns_keep_their_keys() {
    assert_eq!(
        hoisted("export let { a, b = 1, c: { d }, ...e } = x; ({ a, b = 2 } = y); [a] = z;"),
        "let { a: a, b: b = 1, c: { d: d }, ...e } = x;\n({ a: a, b: b = 2 } = y);\n[a] = z;\n"
    );
}

#[test]
fn locals_stay_clear_of_free_names_and_keep_their_own() {
    let case = Case::new(
        "export var a = 1; function f(name) { { let x = name; { let x = 2 } } return window }",
        Wrap::Hoisted,
    );
    let rendered = case.rendered();
    assert_eq!(rendered.globals, ["window"]);
    assert!(rendered.scopes.is_empty());
}

#[test]
fn slots_stay_clear_of_names_around_their_mentions_only() {
    let text = "import { a } from 'a'; function f(x) { return function g(y) { return a } } \
                function h(z) { { let w } } if (f) { let v = h }";
    let case = Case::new(text, Wrap::Hoisted);
    let name = |slot: &u32| case.record.symbols[*slot as usize].name.as_str();
    let scopes = case.rendered().scopes;
    let shown: Vec<_> = scopes
        .iter()
        .map(|s| {
            format!(
                "{} | {}",
                s.names.join(" "),
                s.slots.iter().map(name).collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    assert_eq!(shown, ["y | a", "g | a", "x | a", "v | f h"]);
}

#[test]
fn lazy_modules_assign() {
    assert_eq!(
        lazy(
            "import { a } from 'a'; export function f() { var x } export let b = a, c; export \
             class C {} var { d } = b;"
        ),
        "function f() {\n  var x;\n}\nvar b, c, C, d;\n--\nb = a;\nC = class C {\n};\n({ d: d } = \
         b);\n"
    );
    assert_eq!(
        lazy(
            "for (var i = 0, j; i < 1; i++) { var k = i; let l = 1; } for (var m in x) ; if (x) \
             var n; export {}"
        ),
        "var i, j, k, m, n;\n--\nfor(i = 0; i < 1; i++){\n  k = i;\n  let l = 1;\n}\nfor(m in \
         x);\nif (x) ;\n"
    );
}

#[test]
fn requests_take_the_form_of_the_plan() {
    let text =
        "try { require('a') } catch (e) {} f(require('b')); import('c'); f(require.resolve('d'))";
    let case = Case::new(text, Wrap::CommonJs);
    assert_eq!(
        case.text(),
        "try {\n  <a>();\n} catch (e) \
         {}\nf(<b>());\nPromise.resolve().then(()=><c>());\nf(\"/d\");\n"
    );
    let with = |call: RequestCall| {
        let mut case = Case::with("require('a'); import('a')", Wrap::CommonJs, es5());
        case.plan.calls.fill(call);
        case.text()
    };
    assert_eq!(with(RequestCall::KeepRequire), "require(\"a\");\nrequire(\"a\");\n");
    assert_eq!(with(RequestCall::KeepDynamic), "require('a');\nimport('a');\n");
    assert!(with(RequestCall::External).starts_with("<a>;\n"));
    let missing = with(RequestCall::Missing);
    assert!(
        missing.starts_with(
            "(function(error) {\n  error = Error('Cannot find module \"a\"');\n  error.code ="
        ),
        "{missing}"
    );
    let url = Case::new("new URL('./a.png', import.meta.url)", Wrap::Hoisted).text();
    assert_eq!(url, "new URL(\"/./a.png\", import_meta().url);\n");
}

#[test]
fn commonjs_bodies_keep_their_names() {
    assert_eq!(
        commonjs(
            "'use strict'; var a = require('a'), exports = exports || {}; exports.b = a; this.c = \
             1; return"
        ),
        "'use strict';\nvar a = <a>(), exports = exports || {};\nexports.b = a;\nthis.c = \
         1;\nreturn;\n"
    );
    assert_eq!(hoisted("x = this; y = () => this; export {}"), "x = void 0;\ny = ()=>void 0;\n");
    assert_eq!(
        commonjs("f(global); typeof global; global = 1"),
        "f(global_this());\ntypeof global_this();\nglobal = 1;\n"
    );
}

#[test]
fn umd_takes_its_commonjs_branch() {
    let text = "(function (root, factory) { if (typeof define === 'function' && define.amd) \
                define([], factory); else if (typeof module === 'object' && module.exports) \
                module.exports = factory(); else root.x = factory() })(this, function () {})";
    let out = commonjs(text);
    assert!(out.contains("if (\"undefined\" === 'function' && void 0) define"), "{out}");
    assert!(out.contains("\"object\" === 'object' && module.exports"), "{out}");
    assert_eq!(
        commonjs("f(module.hot, require.main === module, require.cache, module.parent)"),
        "f(void 0, false, {}, {});\n"
    );
}

#[test]
fn text_is_ascii_and_legal_comments_stay() {
    assert_eq!(
        commonjs(
            "/*! © me */ var é = 'é\u{2028}', r = /é/, t = `é`; // plain\n//! line\nf(/* x */ é)"
        ),
        "/*! \\u00a9 me */\nvar \\u00e9 = \"\\xe9\\u2028\", r = /\\xe9/, t = `\\xe9`;\n//! \
         line\nf(\\u00e9);\n"
    );
    assert_eq!(
        hoisted(
            "/*! a */ import 'x'; /* b */ export var c = 1; /*! t */\n/** @license d */ f(); \
             function f() {\n/*! e */ g() }"
        ),
        "/*! a */\nvar c = 1; /*! t */\n/** @license d */\nf();\nfunction f() {\n  /*! e */ \
         g();\n}\n"
    );
}

#[test]
fn indentation_starts_at_the_level_of_the_plan() {
    let mut case = Case::new("if (a) { b(`x\ny`) }", Wrap::CommonJs);
    case.plan.indent = 2;
    assert_eq!(case.text(), "    if (a) {\n      b(`x\ny`);\n    }\n");
}

/// The lowered form of a class, a template and a loop has our helpers' names as slots and no
/// annotation.
#[test]
fn lowered_code_is_linked_too() {
    let text = "import B from 'b'; export class A extends B { static s = 1; m() { return super.m() \
                } } var t = B`x`;";
    let case = Case::with(text, Wrap::Hoisted, es5());
    let out = case.text();
    assert!(out.contains("var A = create_class(inherits(function A() {\n"), "{out}");
    assert!(out.contains("define_value(A, \"s\", 1, true);\n"), "{out}");
    assert!(!out.contains("/*"), "{out}");
    assert!(
        case.record.imports.iter().any(|i| i.name == ImportName::Named("call_super".to_owned()))
    );
}

#[test]
fn functions_in_blocks_of_sloppy_code_are_seen_outside() {
    assert_eq!(commonjs("{ function f() {} } f()"), "{\n  function f() {}\n}\nf();\n");
    assert_eq!(
        commonjs(
            "function g() { var f = 1; if (x) { function f() {} } return f } function h(f) { { \
             function f() {} } return f }"
        ),
        "function g() {\n  var f = 1;\n  if (x) {\n    function f() {}\n  }\n  return \
         f;\n}\nfunction h(f) {\n  {\n    function f() {}\n  }\n  return f;\n}\n"
    );
    assert!(commonjs("'use strict'; { function f() {} } f()").contains("function f()"));
}

#[test]
fn an_import_of_an_expression_rejects_where_the_target_has_none() {
    let text = Case::with("import(x + 1)", Wrap::CommonJs, es5()).text();
    assert_eq!(text, "Promise.resolve(x + 1).then(unknown_require);\n");
    assert_eq!(commonjs("import(x + 1)"), "import(x + 1);\n");
}

#[test]
fn octal_spellings_are_written_anew() {
    assert_eq!(commonjs("f(010, 08, 0, 0.5, '\\07\\0')"), "f(8, 8, 0, 0.5, \"\\x07\\0\");\n");
}

#[test]
fn parentheses_stand_where_they_are_needed() {
    assert_eq!(
        commonjs(
            "(((function () {})().a)) = 1; ((function () {})()) ? (a) : (b); (a?.b).c; ({}).d; (a, \
             b); (() => ({}))"
        ),
        "(function() {})().a = 1;\n(function() {})() ? a : b;\n(a?.b).c;\n({}).d;\na, \
         b;\n()=>({});\n"
    );
}
