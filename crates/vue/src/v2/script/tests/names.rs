//! The kinds of names for the template, and which names setup returns to it.

use super::*;

/// Returns names with their kinds, sorted.
fn names(text: &str) -> String {
    let compiled = compiled(text, DEVELOPMENT);
    let mut names: Vec<String> = compiled
        .bindings
        .names
        .iter()
        .map(|(name, binding)| format!("{name} {binding:?}"))
        .collect();
    names.sort();
    names.join(", ")
}

/// A style that reads the component's state: without one, the names are not looked for.
const STYLE: &str = "<style>a { color: v-bind(color) }</style>";

#[test]
fn options_are_read() {
    for (options, expected) in [
        ("props: ['a', b, 'c-d']", "a Props, c-d Props"),
        ("props: { a: String, 'b': null, [c]: 1, d() {} }", "a Props, b Props, d Props"),
        (
            "inject: ['a'], computed: { b() {} }, methods: { c() {}, d: e, f }",
            "a Options, b Options, c Options, d Options, f Options",
        ),
        ("inject: { a: 'b' }", "a Options"),
        ("data() { if (x) return { a: 1 }; return { b, c: 1 } }", "b Data, c Data"),
        ("async setup() { return ({ a }) }", "a SetupMaybeRef"),
        ("data: () => ({ a: 1 }), computed: x, watch: { b() {} }", ""),
    ] {
        assert_eq!(
            names(&format!("<script>export default {{ {options} }}</script>{STYLE}")),
            expected,
            "{options}"
        );
    }
    assert_eq!(
        names(&format!("<script>export default Vue.extend({{ props: ['a'] }})</script>{STYLE}")),
        ""
    );
    let script = "<script>export default { setup() { return { a } } }</script>";
    let bindings = compiled(&format!("{script}{STYLE}"), DEVELOPMENT).bindings;
    assert!(!bindings.is_setup);
}

#[test]
fn declarations_of_setup_are_read() {
    for (script, expected) in [
        ("let a = ref(1)\nvar b = 2", "a SetupLet, b SetupLet"),
        (
            "const a = ref(1), b = reactive({}), c = x(), d = x",
            "a SetupRef, b SetupReactiveConst, c SetupMaybeRef, d SetupMaybeRef",
        ),
        (
            "const a = 1, b = -x, c = [], d = () => {}, e = x && y, f = x + y",
            "a SetupConst, b SetupConst, c SetupConst, d SetupConst, e SetupMaybeRef, f SetupConst",
        ),
        (
            "const a = `x`, b = (x, 1), c = (1, x), d = x ? 1 : 2",
            "a SetupConst, b SetupConst, c SetupMaybeRef, d SetupMaybeRef",
        ),
        (
            "const { a, b: c = 1, ...d } = x, [e, [f], ...g] = y",
            "a SetupMaybeRef, c SetupMaybeRef, d SetupConst, e SetupMaybeRef, f SetupMaybeRef, g \
             SetupConst",
        ),
        ("let { a, ...b } = x", "a SetupLet, b SetupLet"),
        ("function a() {}\nclass B {}", "B SetupConst, a SetupConst"),
        (
            "import { ref as r, reactive as s } from 'vue'\nconst a = r(1), b = s({}), c = ref(1)",
            "a SetupRef, b SetupReactiveConst, c SetupMaybeRef, r SetupConst, s SetupConst",
        ),
        (
            "import a, { b } from 'x'\nimport * as c from 'y'\nimport D, { e } from './D.vue'",
            "D SetupConst, a SetupMaybeRef, b SetupMaybeRef, c SetupConst, e SetupMaybeRef",
        ),
        (
            "const p = defineProps({ a: 1 }), e = defineEmits([])",
            "a Props, e SetupConst, p SetupReactiveConst",
        ),
        ("const { a, b } = defineProps(['a']), c = 1", "a Props"),
        ("const { on } = defineEmits([])", "on SetupConst"),
        ("if (x) { var a = 1 }", ""),
    ] {
        assert_eq!(names(&format!("<script setup>{script}</script>")), expected, "{script}");
    }
    assert_eq!(
        names(
            "<script lang='ts'>export enum A {}\nexport const b = 1\ndeclare const c: 1\nexport \
             default { props: ['d'] }</script><script setup lang='ts'>import { type E, F } from \
             'x'\nconst enum G {}\ndefineProps<{ h: 1 }>()</script>"
        ),
        "A SetupConst, F SetupMaybeRef, G SetupConst, b SetupConst, d Props, h Props"
    );
}

/// Returns the imported names that setup returns.
fn used(template: &str, lang: &str) -> String {
    let text = format!(
        "<template>{template}</template><script setup {lang}>import {{ Foo, FooBar, foo, a, b, c, \
         d, vFoo, vModel, Button, größe, $x, x$y }} from './x'</script>"
    );
    let module = module(&text, DEVELOPMENT);
    let (_, returned) = module.split_once("{ __sfc: true").expect("it returns something");
    returned.split_once('}').expect("it ends").0.trim_start_matches(',').trim().to_owned()
}

#[test]
fn names_of_templates_are_returned() {
    for (template, expected) in [
        ("<Foo/>", "Foo"),
        ("<foo/>", "Foo, foo"),
        ("<foo-bar/> Foo", "FooBar"),
        ("<button/><div/><slot/>", ""),
        ("<Button/>", "Button"),
        ("<p v-foo.x=\"a\"/>", "a, vFoo"),
        ("<p v-model=\"a\" v-else-if='b' c='c'/>", "a, b"),
        ("<p ref=\"a\" :b=\"c\" d=\"d\"/>", "a, c"),
        ("<p v-for=\"(a, b) in c\"/>", "a, b, c"),
        ("{{ a }} b {{ c.d }}", "a, c, d"),
        ("{{ a | b(c) }}", "a, c"),
        ("{{ 'a' + \"b\" + `c${d}` }}", "d"),
        ("{{ größe + $x + x$y }}", "größe, $x, x$y"),
        ("{{ größen + xx }} {{ a }", ""),
        ("<!-- {{ a }} -->", ""),
    ] {
        assert_eq!(used(template, ""), expected, "{template}");
    }
    let without = "<script setup>import { a } from 'x'</script>";
    for template in
        ["", "<template lang=\"pug\">p</template>", "<template src=\"./a.html\"></template>"]
    {
        assert!(
            module(&format!("{template}{without}"), DEVELOPMENT).contains("{ __sfc: true, a }"),
            "{template}"
        );
    }
}

#[test]
fn types_in_templates_are_no_names() {
    for (template, expected) in [
        ("{{ a as Foo }}", "a"),
        ("<p :a=\"a<Foo>(b)\"/>", "a, b"),
        ("x: {{ a.b }}", "a"),
        ("<p @click=\"(a: Foo) => b(a)\"/>", "b"),
        ("<p @click=\"a(b as Foo); c\"/>", "a, b, c"),
        ("<p #c=\"{ a = b }: Foo\">{{ a }}</p>", "a, b"),
        ("<p v-for=\"{ a = b as Foo } in c as d\"/>", "b, c"),
        ("<p :a=\"{ b: c }\"/>", "c"),
        ("<p :a=\"b as\"/>", "b"),
    ] {
        assert_eq!(used(template, "lang='ts'"), expected, "{template}");
    }
}
