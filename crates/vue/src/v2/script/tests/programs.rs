//! Components and the modules that they are compiled to. The expected results were compared with
//! those of Vue's compiler.

use super::*;
use crate::v2::script::block::language;

/// Asserts that a component is compiled to this module.
fn is(text: &str, expected: &str) {
    assert_eq!(module(text, DEVELOPMENT), tidy(expected), "{text}");
}

#[test]
fn statements_become_setup() {
    is(
        "<script setup>\nimport { x } from './x'\nlet a = 1\nimport y from './y' // why\nconst { \
         b, c: [d] } = x()\nfunction e() {}\nclass F {}\n</script>",
        "import { x } from './x'
         import y from './y' // why
         export default {
         __name: \"FooBar\",
         setup(__props) {
         let a = 1
         const { b, c: [d] } = x()
         function e() {}
         class F {}
         return { __sfc: true, a, b, d, e, F, x, y }
         }
         }",
    );
    is(
        "<script setup></script>",
        "export default {\n__name: \"FooBar\",\nsetup(__props) {\nreturn { __sfc: true }\n}\n}",
    );
}

#[test]
fn classes_with_decorators_stay_declarations() {
    for (class, declared) in [
        ("@a export default class extends B {}", "@a  class __Default__ extends B {}"),
        ("export default @a() /* b */ class {}", "@a() /* b */ class __Default__ {}"),
        ("export default abstract class {}", "abstract class __Default__ {}"),
    ] {
        let module = module(
            &format!("<script lang='ts'>{class}</script><script setup lang='ts'></script>"),
            DEVELOPMENT,
        );
        let expected = format!("{declared}\nconst __default__ = __Default__");
        assert!(module.contains(&tidy(&expected)), "{module}");
    }
}

#[test]
fn macros_become_options() {
    is(
        "<script setup>
         const props = defineProps({ a: String }), b = 1, emit = defineEmits(['c'])
         defineExpose({ b })
         </script>",
        "export default {
         __name: \"FooBar\",
         props: { a: String },
         emits: ['c'],
         setup(__props, { expose, emit }) {
         const props = __props;
         const b = 1
         expose({ b })
         return { __sfc: true, props, b, emit }
         }
         }",
    );
    is(
        "<script setup>
         const { a } = defineProps(['a'])
         const { on } = defineEmits(['c']);
         (function () {})()
         </script>",
        "export default {
         __name: \"FooBar\",
         props: ['a'],
         emits: ['c'],
         setup(__props, { emit: { on } }) {
         const { a } = __props;
         ;
         (function () {})()
         return { __sfc: true, on }
         }
         }",
    );
}

#[test]
fn some_declarations_go_and_others_stay() {
    for (declarations, expected) in [
        (
            "a = 1, p = defineProps([]), b = 2, e = defineEmits([]), c = 3",
            "const a = 1, b = 2, c = 3;",
        ),
        ("p = defineProps([]), e = defineEmits([]), c = 3", "const c = 3;"),
        ("p = defineProps([]), c = 3, e = defineEmits([])", "const c = 3;"),
        ("p = (defineProps([])), e = defineEmits([])", ""),
    ] {
        let module =
            module(&format!("<script setup>const {declarations};\n</script>"), DEVELOPMENT);
        let body = module.split_once("const p = __props;").map_or("", |(_, rest)| rest.trim());
        assert_eq!(
            body.split_once("return").map_or("", |(body, _)| body.trim()),
            expected,
            "{declarations}"
        );
    }
}

#[test]
fn both_scripts_are_one_module() {
    let setup = "<script setup>\nimport { x, w } from './x'\nx()\n</script>";
    let script = "<script>\nimport { x } from './x'\nexport const n = 1\nexport default { name: \
                  'Baz' }\n</script>";
    let component = "/*#__PURE__*/Object.assign(__default__, {
         setup(__props) {
         x()
         return { __sfc: true, n, x, w }
         }
         })";
    let expected =
        |first: &str, second: &str| format!("{first}\n{second}\nexport default {component}");
    let (imports, other) = (
        "import { w } from './x'",
        "import { x } from './x'\nexport const n = 1\nconst __default__ = { name: 'Baz' }",
    );
    is(&format!("{script}{setup}"), &expected(imports, other));
    is(&format!("{setup}{script}"), &expected(other, imports));
}

#[test]
fn every_default_export_becomes_a_constant() {
    let setup = "<script setup></script>";
    for (script, expected) in [
        ("export default{ a: 1 }", "const __default__ ={ a: 1 }"),
        ("export /* default */ default {}", "const __default__ = {}"),
        ("export default class Foo {}", "const __default__ = class Foo {};"),
        ("export default function () {}", "const __default__ = function () {};"),
        ("const d = {}\nexport { d as default }", "const d = {}\nconst __default__ = d"),
        (
            "const d = {}\nexport { d as e, d as default }",
            "const d = {}\nexport { d as e }\nconst __default__ = d",
        ),
        (
            "export { default, y } from './x'",
            "import { default as __default__ } from './x'\nexport { y } from './x'",
        ),
        ("export { x as default } from './x'", "import { x as __default__ } from './x'"),
    ] {
        let module = module(&format!("<script>{script}</script>{setup}"), DEVELOPMENT);
        let before = module.split_once("export default /*#__PURE__*/Object.assign(__default__, {");
        assert_eq!(before.map(|(before, _)| before.trim()), Some(expected), "{script}");
    }
    is(
        "<script lang='ts'>export default @d abstract class Foo {}</script><script setup \
         lang='ts'></script>",
        "import { defineComponent as _defineComponent } from 'vue'
         @d abstract class Foo {}
         const __default__ = Foo
         export default /*#__PURE__*/_defineComponent({
         ...__default__,
         __name: \"FooBar\",
         setup(__props) {
         return { __sfc: true }
         }
         })",
    );
}

#[test]
fn types_stand_before_the_component() {
    is(
        "<script setup lang='ts'>
         import type { A } from './a'
         interface B {}
         const b: B = {}
         export type C = B
         enum D { E }
         declare const f: A
         </script>",
        "import { defineComponent as _defineComponent } from 'vue'
         import type { A } from './a'
         interface B {}
         export type C = B
         enum D { E }
         declare const f: A
         export default /*#__PURE__*/_defineComponent({
         __name: \"FooBar\",
         setup(__props) {
         const b: B = {}
         return { __sfc: true, b, D }
         }
         })",
    );
}

#[test]
fn types_become_props_and_events() {
    is(
        "<script setup lang='ts'>
         interface P { a?: number; b(): void }
         const props = withDefaults(defineProps<P>(), { a: 1 })
         const send = defineEmits<{ (e: 'x' | 'y'): void }>()
         </script>",
        "import { defineComponent as _defineComponent } from 'vue'
         interface P { a?: number; b(): void }
         export default /*#__PURE__*/_defineComponent({
         __name: \"FooBar\",
         props: {
         a: { type: Number, required: false, default: 1 },
         b: { type: Function, required: true }
         },
         emits: [\"x\", \"y\"],
         setup(__props: any, { emit: send }: { emit: ({ (e: 'x' | 'y'): void }), expose: any, \
         slots: any, attrs: any }) {
         const props = __props as { a: number, b(): void };
         return { __sfc: true, props, send }
         }
         })",
    );
    is(
        "<script setup lang='ts'>defineProps<{ a?: 1 }>\n()\nwithDefaults</script>",
        "import { defineComponent as _defineComponent } from 'vue'
         export default /*#__PURE__*/_defineComponent({
         __name: \"FooBar\",
         props: {
         a: { type: Number, required: false }
         },
         setup(__props: any) {
         withDefaults
         return { __sfc: true }
         }
         })",
    );
}

/// Returns the text that is written for the props that a type declares.
fn props(script: &str, is_production: bool) -> String {
    let module = module(&format!("<script setup lang='ts'>\n{script}\n</script>"), is_production);
    let (_, props) = module.split_once("props: ").expect("there are props");
    props.split_once("\nsetup(").expect("there is a setup").0.replace('\n', " ")
}

#[test]
fn run_time_checks_follow_from_types() {
    for (of, expected) in [
        ("string", "String"),
        ("object", "Object"),
        ("symbol", "Symbol"),
        ("bigint", "null"),
        ("unknown", "null"),
        ("string[]", "Array"),
        ("[number, string]", "Array"),
        ("{ a: 1 }", "Object"),
        ("(n: number) => void", "Function"),
        ("new () => Date", "null"),
        ("'x'", "String"),
        ("1", "Number"),
        ("-1", "null"),
        ("`x`", "null"),
        ("true | false", "Boolean"),
        ("'x' | 1 | boolean", "[String, Number, Boolean]"),
        ("((item: any) => boolean) | null", "[Function, null]"),
        ("A & B", "Object"),
        ("Array<A>", "Array"),
        ("Date", "Date"),
        ("Promise<void>", "Promise"),
        ("Partial<A>", "Object"),
        ("A.B", "null"),
        ("Unknown", "null"),
        ("Alias", "[String, Number]"),
        ("Interface", "Object"),
        ("keyof A", "null"),
    ] {
        let script = format!(
            "type Alias = string | number\ninterface Interface {{}}\ndefineProps<{{ p: {of} }}>()"
        );
        let expected = format!("{{ p: {{ type: {expected}, required: true }} }},");
        assert_eq!(props(&script, DEVELOPMENT), expected, "{of}");
    }
}

#[test]
fn defaults_stand_with_their_props_or_are_merged_in() {
    let declared = "defineProps<{ a?: number; b?: () => void; c: boolean; d: string }>()";
    let given = |defaults: &str| format!("withDefaults({declared}, {defaults})");
    assert_eq!(
        props(&given("{ a: 1, b() { return 2 } }"), DEVELOPMENT),
        "{ a: { type: Number, required: false, default: 1 }, \
         b: { type: Function, required: false, default() { return 2 } }, \
         c: { type: Boolean, required: true }, d: { type: String, required: true } },"
    );
    assert_eq!(
        props(&given("{ a: 1, b() { return 2 } }"), PRODUCTION),
        "{ a: { default: 1 }, b: { type: Function, default() { return 2 } }, c: { type: Boolean }, \
         d: null },"
    );
    assert_eq!(
        props(&given("{ ...x }"), PRODUCTION),
        "_mergeDefaults({ a: null, b: null, c: { type: Boolean }, d: null }, { ...x }),"
    );
}

#[test]
fn styles_read_the_state_of_setup() {
    is(
        "<script setup>\nimport { ref } from 'vue'\nconst color = ref('red')\ndefineProps({ size: \
         Number })\n</script>
         <style>a { color: v-bind(color); width: v-bind('size + Math.PI + x'); all: v-bind(\"{ \
         color, a: b.color }\") }</style>",
        "import { useCssVars as _useCssVars } from 'vue'
         import { ref } from 'vue'
         export default {
         __name: \"FooBar\",
         props: { size: Number },
         setup(__props) {
         _useCssVars((_vm, _setup) => ({
         \"id-color\": (_setup.color),
         \"id-size___Math_PI___x\": (_vm.size + Math.PI + _vm.x),
         \"id-__color__a__b_color__\": ({ color: _setup.color, a: _vm.b.color })
         }));
         const color = ref('red')
         return { __sfc: true, color, ref }
         }
         }",
    );
}

#[test]
fn styles_read_the_state_of_options() {
    let style = "<style>a { color: v-bind(color) }</style>";
    let tail = "
import { useCssVars as _useCssVars } from 'vue'
const __injectCSSVars__ = () => {
_useCssVars((_vm, _setup) => ({
\"id-color\": (_vm.color)
}))}
const __setup__ = __default__.setup
__default__.setup = __setup__
? (props, ctx) => { __injectCSSVars__();return __setup__(props, ctx) }
: __injectCSSVars__
export default __default__";
    for (script, expected) in [
        (
            "export default { setup() { return { color: 1 } } }",
            "const __default__ = { setup() { return { color: 1 } } }",
        ),
        ("const a = 1", "const a = 1\nconst __default__ = {}"),
        ("// export default {}\nexport default {}", "// export default {}\nconst __default__ = {}"),
        ("export default class Foo {}", "class Foo {}\nconst __default__ = Foo"),
        ("const d = {}\nexport { d as default }", "const d = {}\nconst __default__ = d"),
        (
            "export { default } from './x'",
            "import { default as __VUE_DEFAULT__ } from './x'\nconst __default__ = __VUE_DEFAULT__",
        ),
        ("export { x as default } from './x'", "import { x } from './x'\nconst __default__ = x"),
    ] {
        let module = module(&format!("<script>{script}</script>{style}"), DEVELOPMENT);
        assert_eq!(module, format!("{expected}{tail}"), "{script}");
    }
}

#[test]
fn scripts_that_are_not_looked_into_stay() {
    let style = "<style>a { color: v-bind(color) }</style>";
    for text in [
        "<script>\nexport default { data: () => ({ a: 1 }) }\n</script>",
        &format!("<script lang='coffee'>a = -> 1</script>{style}"),
        &format!("<script lang='js'>export default {{}}</script>{style}"),
        &format!("<script>export default {{</script>{style}"),
        &format!("<script>export default {{}}</script>{}", style.replace("(color)", "(a b)")),
        "<script setup lang='js'>const a = 1</script>",
    ] {
        let (_, rest) = text.split_once('>').expect("there is a start tag");
        let (content, _) = rest.split_once("</").expect("there is an end tag");
        assert_eq!(compiled(text, DEVELOPMENT).code.text(), content);
    }
}

#[test]
fn what_is_taken_from_the_file_knows_its_place() {
    for text in [
        "<p>ü</p><script>import { x } from './x'\nexport default { ü: 'ü' }</script><script \
         setup>\nimport { x, w } from './x'\nconst p = defineProps({ ü: x }), a = \
         'ü'\ndefineExpose({ a })\n</script><style>a { b: v-bind('ü + a') }</style>",
        "<script lang='ts'>export default class Ü {}</script><style>a { b: v-bind('ü /* x */ + a') \
         }</style>",
    ] {
        let (module, pieces) = compiled(text, DEVELOPMENT).code.into_parts();
        assert!(pieces.len() > 3, "{pieces:?}");
        for piece in pieces {
            let (at, from, length) =
                (piece.at as usize, piece.from as usize, piece.length as usize);
            assert_eq!(module[at..at + length], text[from..from + length]);
        }
    }
}

#[test]
fn whatever_is_accepted_gives_a_module() {
    let component = "<script lang='ts'>\nimport { x, type y as z } from './x'\n@d\nexport default \
                     class Ü extends x {}\nexport { x as w }\n</script>
<template><a-b v-for=\"{ a = x as z } in y\" @c=\"(a: z) => a\">{{ `${x}` + 'ü' | f(y) \
}}</a-b></template>
<script setup lang='ts'>import { ref, defineProps } from 'vue'
import { x, v } from './x'; const { a } = withDefaults(defineProps<P>(), { a: 1, ...x }), send = \
defineEmits<{ (e: 'ü' | 'x'): void }>()
interface P { a?: number; b(): string }
enum E { F };(function () { [a] = x as any })()
defineExpose({ a, v })
</script><style>a { b: v-bind('x + ü[`${a}`]'); c: v-bind(a /* ) */ + (b)) }</style>";
    assert!(module(component, DEVELOPMENT).contains("_mergeDefaults("));
    let boundaries: Vec<usize> = component.char_indices().map(|(at, _)| at).collect();
    for (index, start) in boundaries.iter().enumerate() {
        for length in [1, 2, 5, 11, 29] {
            let end = boundaries.get(index + length).copied().unwrap_or(component.len());
            let text = format!("{}{}", &component[..*start], &component[end..]);
            for text in [&text, &text.replace("lang='ts'", "")] {
                assert_gives_a_module(text);
            }
        }
    }
}

/// Compiles a text that may have any mistakes.
fn assert_gives_a_module(text: &str) {
    let component = Component::new(text);
    let options = ScriptOptions {
        source: &component.source,
        id: "id",
        is_production: true,
        is_for_engines: false,
        name: "FooBar",
    };
    let (Some(compiled), _) = component.compile(&options) else { return };
    let Some(language) = language(compiled.lang.as_deref()) else { return };
    let is_setup = component.setup.is_some();
    if is_setup {
        let source = Source::new("/p/out", "out", compiled.code.text());
        let parsed = bundle_js::parse_block(&source, 0..source.text.len(), language);
        assert!(parsed.is_ok(), "{text}\n=====\n{}\n{parsed:?}", source.text);
    }
}
