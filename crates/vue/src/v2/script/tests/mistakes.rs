//! Mistakes in scripts, and where they are reported.

use bundle_base::diagnostic::Severity;

use super::*;

/// Returns the diagnostics: severity, code, and the text that each points at.
fn reported(text: &str) -> Vec<String> {
    let component = Component::new(text);
    let options = ScriptOptions {
        source: &component.source,
        id: "id",
        is_production: false,
        is_for_engines: false,
        name: "FooBar",
    };
    let (compiled, log) = component.compile(&options);
    assert_eq!(compiled.is_none(), log.has_errors(), "{text}");
    let all = log.iter().map(|diagnostic| {
        let label = diagnostic.primary.as_ref().expect("it has a place");
        let at = &text[label.span.start as usize..label.span.end as usize];
        let mark = if diagnostic.severity == Severity::Warning { "?" } else { "" };
        format!("{mark}{} at {at}", diagnostic.code)
    });
    all.collect()
}

#[test]
fn mistakes_of_setup_are_reported_where_they_are() {
    for (script, expected) in [
        ("await x", "await-in-setup at await x"),
        ("if (ü) { const a = [await b()] }", "await-in-setup at await b()"),
        ("for await (const a of b) {}", "await-in-setup at for await (const a of b) {}"),
        ("async () => { await x }", ""),
        ("class A { async m() { await x } }", ""),
        ("({ async m() { await x }, get x() { return async () => await y } })", ""),
        ("ref: a = 1", "ref-sugar at ref: a = 1"),
        ("ref: for (;;) break ref", ""),
        ("export const a = 1", "export-in-setup at export const a = 1"),
        ("export * from 'x'", "export-in-setup at export * from 'x'"),
        ("const a = 1\nexport { a }", "export-in-setup at export { a }"),
        ("export default {}", "export-in-setup at export default {}"),
        ("import { defineProps as p } from 'vue'", "?needless-macro-import at defineProps as p"),
        ("import { withDefaults } from 'vue'", ""),
        ("defineProps([]); defineProps({})", "macro-called-twice at defineProps({})"),
        ("defineEmits([]); const e = defineEmits({})", "macro-called-twice at defineEmits({})"),
        ("defineExpose(); defineExpose({})", "macro-called-twice at defineExpose({})"),
        (
            "withDefaults(defineProps({}), {})",
            "with-defaults-arguments at withDefaults(defineProps({}), {})",
        ),
        ("withDefaults(props, {})", "with-defaults-arguments at props"),
        ("withDefaults()", "with-defaults-arguments at withDefaults()"),
        ("const a = 1\ndefineProps({ b: a })", "macro-sees-local at a"),
        ("defineEmits({ b: () => a.b })\nfunction a() {}", "macro-sees-local at a"),
        ("const a = 1\ndefineProps({ a: x.a, b: { default: a => a } })", ""),
        (
            "const a = 1\ndefineProps({ b() { const a = 2; { return a } }, c: function a() { a } \
             })",
            "",
        ),
        (
            "const a = 1\ndefineProps({ b: () => { for (const a of x) a; try {} catch (a) { a } } \
             })",
            "",
        ),
        ("const a = 1\ndefineProps({ b: () => { [a] = x } })", "macro-sees-local at a"),
        ("import { a } from 'x'\ndefineProps({ b: a })", ""),
        ("let a = ;", "syntax-error at ;"),
        ("let a; let a", "declared-twice at a"),
        ("return", "misplaced-jump at return"),
    ] {
        assert_eq!(
            reported(&format!("<p>ü</p><script setup>\n{script}\n</script>")).join(", "),
            expected,
            "{script}"
        );
    }
}

#[test]
fn mistakes_of_types_are_reported_where_they_are() {
    for (script, expected) in [
        ("defineProps<{}>({})", "macro-with-type-and-value at <{}>"),
        ("defineEmits<() => void>([])", "macro-with-type-and-value at <() => void>"),
        ("defineProps<A>()", "macro-type-not-supported at A"),
        ("type A = B | C\ndefineProps<A>()", "macro-type-not-supported at A"),
        ("defineProps<() => void>()", "macro-type-not-supported at () => void"),
        ("enum A {}\ndefineEmits<A>()", "macro-type-not-supported at A"),
        ("defineEmits<A | B>()", "macro-type-not-supported at A | B"),
        ("withDefaults(defineProps<{}>(), x)", "with-defaults-arguments at x"),
        (
            "withDefaults(defineProps<{}>())",
            "with-defaults-arguments at withDefaults(defineProps<{}>())",
        ),
        ("const a = 1\nwithDefaults(defineProps<{}>(), { b: a as C })", "macro-sees-local at a"),
        ("export enum A {}", "export-in-setup at export enum A {}"),
        (
            "export type A = 1; export interface B {}; export declare const c: 1; export type { d \
             } from 'd'",
            "",
        ),
    ] {
        assert_eq!(
            reported(&format!("<script setup lang='ts'>{script}</script>")).join(", "),
            expected,
            "{script}"
        );
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    assert_eq!(
        reported(
            "<script setup>await a\nexport default 1\ndefineProps(1)\ndefineProps(2)\nref: b = \
             1</script>"
        ),
        [
            "await-in-setup at await a",
            "export-in-setup at export default 1",
            "macro-called-twice at defineProps(2)",
            "ref-sugar at ref: b = 1"
        ]
    );
    let many = format!("<script setup>{}</script>", "await x;".repeat(1000));
    assert_eq!(reported(&many).len(), 100);
}

#[test]
fn both_scripts_have_to_fit() {
    let both = |script: &str, setup: &str| {
        reported(&format!("<script{script}</script><script setup{setup}</script>"))
    };
    assert_eq!(both(">1", " lang='ts'>2"), ["script-languages-differ at 2"]);
    assert_eq!(both(" lang='ts'>1", " lang='ts'>2"), Vec::<String>::new());
    assert_eq!(both(">let a = ;", ">let b = ;"), ["syntax-error at ;", "syntax-error at ;"]);
    let import =
        |first: &str, second: &str| both(&format!(">import {first}"), &format!(">import {second}"));
    assert_eq!(import("{ a } from 'x'", "{ a } from 'y'"), ["name-imported-twice at a"]);
    assert_eq!(import("{ a } from 'x'", "{ b as a } from 'x'"), ["name-imported-twice at b as a"]);
    assert_eq!(import("a, { b } from 'x'", "{ default as a, b } from 'x'"), Vec::<String>::new());
}

#[test]
fn expressions_of_styles_have_to_be_some() {
    let style = "<style>a { b: v-bind(größe); c: v-bind(a b); d: v-bind() }</style>";
    assert_eq!(
        reported(&format!("<script setup>1</script>{style}")),
        ["css-variable at a b", "css-variable at "]
    );
    assert_eq!(
        reported(&format!("<script>export default {{}}</script>{style}")),
        ["?css-variable at a b", "?css-variable at "]
    );
}

#[test]
fn large_scripts_take_no_time() {
    let list = |between: &str, item: fn(usize) -> String| {
        (0..20_000).map(item).collect::<Vec<_>>().join(between)
    };
    let imports = list("\n", |n| format!("import {{ ä{n} }} from 'x'"));
    let calls = "defineProps({ a });\n".repeat(20_000);
    let template = "<a :b=\"'\">{{ `` }}".repeat(20_000);
    let text = format!(
        "<script setup>{imports}\nconst a = 1\n{calls}</script><template>{template}</template>"
    );
    assert_eq!(reported(&text).len(), 100);
    let (props, defaults) =
        (list(", ", |n| format!("a{n}?: A{n}")), list(", ", |n| format!("a{n}: {n}")));
    let types = list("\n", |n| format!("type A{n} = A{} | {n}", n + 1));
    let macros = format!("const p = withDefaults(defineProps<{{ {props} }}>(), {{ {defaults} }})");
    assert!(reported(&format!("<script setup lang='ts'>{types}\n{macros}</script>")).is_empty());
    let deep = format!("<script setup>const a = {}</script>", "[".repeat(100_000));
    assert_eq!(reported(&deep), [format!("nested-too-deeply at {}", "[")]);
}
