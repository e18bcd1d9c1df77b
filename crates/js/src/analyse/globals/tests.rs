//! Small texts and the globals that they need. A `?` marks a global that the text first checks for.

use std::collections::{BTreeMap, BTreeSet};

use bundle_base::{Source, config::Target, loader::Language};
use bundle_graph::record::ModuleRecord;

use super::lowered;
use crate::{
    FormatHint, PartInput,
    analyse::tests::{analysed, config},
    runtime,
};

fn needs_at(text: &str, target: Target) -> String {
    let mut config = config();
    config.script.target = target;
    let (record, _) = analysed(text, &config);
    let mut needed: BTreeMap<&str, bool> = BTreeMap::new();
    for global in record.statements.iter().flat_map(|statement| &statement.globals) {
        *needed.entry(&global.name).or_insert(true) &= global.is_optional;
    }
    let needed = needed
        .iter()
        .map(|(name, is_optional)| format!("{name}{}", if *is_optional { "?" } else { "" }));
    needed.collect::<Vec<_>>().join(" ")
}

fn needs(text: &str) -> String {
    needs_at(text, Target::ESNEXT)
}

#[test]
fn names_and_members() {
    assert_eq!(
        needs("new Map; Object.assign({}, Object.keys(a)); parseInt(1)"),
        "Map Object.assign a"
    );
    assert_eq!(
        needs("Promise.any([]); Reflect.get({}, 'a'); Math['trunc'](1)"),
        "Math.trunc Promise Promise.any Reflect.get"
    );
    assert_eq!(needs("Array.prototype.includes.call(a)"), "Array.prototype.includes a");
    assert_eq!(needs("let a, Map; new Map; a.Promise; ({ Set: 1 }); L: for (;;) break L"), "");
    assert_eq!(needs("window.x = 1; window.y; window.z(); window.parseInt('1')"), "window y? z");
    assert_eq!(needs("location.href = window.document.title"), "document location window");
    assert_eq!(needs("x = 1; console.log(x)"), "console");
    assert_eq!(needs("module.exports = require; exports.a = __dirname"), "");
}

#[test]
fn optional_chains_check_for_globals() {
    for (text, expected) in [
        ("window.structuredClone?.({})", "structuredClone?"),
        ("window.structuredClone?.name", "structuredClone?"),
        ("Object.groupBy?.([], 1)", "Object.groupBy?"),
        ("Promise.withResolvers?.().promise", "Promise Promise.withResolvers?"),
        ("Array.prototype.at?.call([1], 0)", "Array.prototype.at?"),
        ("window.process?.a.b()", "process?"),
        ("window.Buffer?.from(1)", "Buffer?"),
        ("Math.trunc?.name", "Math.trunc?"),
        ("WeakRef?.name", "WeakRef"),
        ("let a; a?.includes(1)", ".includes"),
        ("let a; a?.includes?.(1)", ""),
    ] {
        for target in [Target::ESNEXT, Target::ES5] {
            assert_eq!(needs_at(text, target).replace(" window", ""), expected, "{text}");
        }
    }
}

#[test]
fn methods() {
    let of = |call: &str| needs(&format!("let a, b; {call}"));
    assert_eq!(
        of("a.includes(b); 'x'.includes(b); [1].includes(b)"),
        ".includes Array.prototype.includes String.prototype.includes"
    );
    assert_eq!(
        of("a.includes; a.at('x', 1); a.find(); a.find('.x'); a.entries(1); this.at(1)"),
        ""
    );
    assert_eq!(of("a.find(b); a.b.flat(); a?.at(-1); a.at?.(1)"), ".at .find .flat");
    assert_eq!(of("_.find(b, b); Thing.values()"), "Thing _");
    assert_eq!(
        of("a.padStart && a.padStart(2); String.prototype.padEnd ? a.padEnd(2) : 0"),
        ".padEnd? .padStart? String.prototype.padEnd?"
    );
}

#[test]
fn what_is_asked_for_first() {
    for text in [
        "typeof Promise !== 'undefined' && new Promise()",
        "'undefined' != typeof Promise && Promise.resolve()",
        "typeof Promise === 'function' ? new Promise() : 1",
        "(typeof Promise === 'undefined' ? 'undefined' : of(Promise)) === 'function' \
         ? new Promise() : 1; let of",
        "typeof Promise == 'undefined' || new Promise()",
        "typeof Promise === 'undefined' ? 1 : new Promise()",
        "typeof Promise < 'u' && new Promise()",
        "if (a && typeof Promise === 'function') { (function () { new Promise() })() } let a",
        "if (!(typeof Promise === 'undefined')) new Promise()",
        "function f() { if (typeof Promise === 'undefined') return 1; return new Promise() }",
        "function f() { if (typeof Promise === 'undefined') { return } new Promise() }",
        "const has = typeof Promise !== 'undefined'; if (has) new Promise()",
        "function has() { return typeof Promise !== 'undefined' } if (has()) new Promise()",
        "function has() { try { new Promise(); return true } catch (e) { return false } } has() ? \
         new Promise() : 1",
    ] {
        assert_eq!(needs(text).replace(" Promise.resolve", ""), "Promise?", "{text}");
    }
    assert_eq!(
        needs(
            "window.fetch && fetch(1); 'IntersectionObserver' in window && new \
             IntersectionObserver()"
        ),
        "IntersectionObserver? fetch? window"
    );
    assert_eq!(
        needs("Object.assign || 1; Object.is ? Object.is(1, 2) : 0"),
        "Object.assign? Object.is?"
    );
    assert_eq!(
        needs("const p = window.Promise; const f = window.fetch || 1"),
        "Promise? fetch? window"
    );
}

#[test]
fn what_is_asked_for_elsewhere_or_in_vain() {
    for text in [
        "typeof Promise !== 'undefined'; new Promise()",
        "typeof Promise === 'undefined' && new Promise()",
        "typeof Promise === 'function' || new Promise()",
        "(typeof Promise === 'undefined' ? 'undefined' : of(Promise)) !== 'function' \
         ? new Promise() : 1; let of",
        "if (typeof Promise === 'function' || a) new Promise(); let a",
        "if (typeof Promise !== 'function') throw 1; new Promise()",
        "if (typeof Promise === 'function') {} else new Promise()",
        "try { new Promise() } catch (e) { a(e) } let a",
        "try { (function () { new Promise() }) } catch (e) {}",
    ] {
        assert_eq!(needs(text), "Promise", "{text}");
    }
}

#[test]
fn what_lowering_brings() {
    assert_eq!(needs_at("class A { #x = 1; get() { return this.#x } } new A()", Target::ES5), "");
    assert_eq!(
        needs_at("class A { #m() {} run() { this.#m() } } new A()", Target::Ecma(2020)),
        "WeakMap"
    );
    assert_eq!(needs_at("async function f() { await 1 } f()", Target::ES5), "Promise");
    assert_eq!(needs_at("import('a')", Target::ES5), "Promise");
    assert_eq!(
        needs_at("for (const a of [1]) {} [...[1]]; function* g() { yield 1 } g()", Target::ES5),
        "Symbol?".trim_end_matches("Symbol?")
    );
}

/// The table of helpers agrees with the helpers' code.
#[test]
fn helpers() {
    let text = runtime::source(runtime::HELPERS).expect("it is ours");
    let source = Source::new("/helpers.js", runtime::HELPERS, text);
    let input = PartInput {
        source: &source,
        language: Language::JavaScript,
        format: FormatHint::Esm,
        is_entry: false,
    };
    let record = crate::analyse(&input, &config()).record;
    let differing = record.exports.iter().filter_map(|export| {
        let needed = closure(&record, export.symbol);
        let listed =
            lowered::needs(&export.name).iter().map(|(name, _)| (*name).to_owned()).collect();
        (needed != listed).then(|| format!("{} {needed:?}", export.name))
    });
    assert_eq!(differing.collect::<Vec<_>>(), [""; 0]);
}

/// Returns what a function needs, and what the functions that it calls need.
fn closure(record: &ModuleRecord, from: bundle_graph::record::SymbolIndex) -> BTreeSet<String> {
    let (mut seen, mut stack, mut names) = (BTreeSet::new(), vec![from], BTreeSet::new());
    while let Some(symbol) = stack.pop() {
        if !seen.insert(symbol) {
            continue;
        }
        for statement in
            record.statements.iter().filter(|statement| statement.declares.contains(&symbol))
        {
            stack.extend(statement.uses.iter().map(|used| used.symbol));
            names.extend(
                statement.globals.iter().filter(|g| !g.is_optional).map(|g| g.name.clone()),
            );
        }
    }
    names
}
