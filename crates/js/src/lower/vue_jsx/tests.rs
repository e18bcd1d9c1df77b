//! Elements compiled to calls. The fixtures jsx/vue2-* show what the calls do; their expected
//! results come from Vue's preset.

use bundle_base::{
    Diagnostic,
    config::{Jsx, Mode, Provide, Target},
    loader::Language,
};

use crate::lower::tests::{compile, config, flat};

fn compiled(
    text: &str,
    change: impl FnOnce(&mut bundle_base::Config),
) -> Result<String, Vec<Diagnostic>> {
    let mut config = config(Target::ESNEXT);
    config.script.jsx = Jsx::Vue2;
    change(&mut config);
    compile(text, Language::Tsx, &config).map(|text| flat(&text))
}

#[test]
fn elements_are_calls() {
    let cases = [
        (
            "f(h => <a b=\"c\" {...d}>e<F.G/></a>);",
            "f((h)=>h(\"a\", _merge_jsx_props([ { attrs: { b: \"c\" } }, d ]), [ \"e\", h(F.G) \
             ]));",
        ),
        (
            "x = { a() { return <b/>; } };",
            "x = { a () { const h = this.$createElement; return h(\"b\"); } };",
        ),
        (
            "x = { render() { return <b/>; } };",
            "x = { render () { const h = arguments[0]; return h(\"b\"); } };",
        ),
        (
            "x = { a() { \"use x\"; return <b/>; } };",
            "x = { a () { \"use x\"; const h = this.$createElement; return h(\"b\"); } };",
        ),
        (
            "const A = (p) => <b/>; A;",
            "const A = { functional: true, render: (h, p)=>h(\"b\") }; A;",
        ),
        (
            "f(h => <A vModel={b as any}/>);",
            "f((h)=>h(\"A\", { model: { value: b, callback: ($$v)=>{ b = $$v; } } }));",
        ),
        (
            "f(h => <A vModel={(b as C).d!}/>);",
            "f((h)=>h(\"A\", { model: { value: b.d, callback: ($$v)=>{ this.$set(b, \"d\", $$v); } \
             } }));",
        ),
        (
            "f(h => <A vModel={this.b}/>);",
            "f((h)=>h(\"A\", { model: { value: this.b, callback: ($$v)=>{ this.b = $$v; } } }));",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(compiled(text, |_| {}).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn imports_that_only_elements_use_stay() {
    let written = compiled(
        "import h, { a, B, T } from \"c\"; let t: T; f(() => <B><a/><a.b/><Ab/></B>);",
        |_| {},
    );
    let expected =
        "import h, { a, B } from \"c\"; let t; f(()=>h(B, [ h(\"a\"), h(a.b), h(\"Ab\") ]));";
    assert_eq!(written.as_deref(), Ok(expected));
}

#[test]
fn functional_components_have_names_while_developing() {
    let written = compiled("const A = () => <b/>; A;", |config| config.mode = Mode::Development);
    let expected = "const A = { name: \"A\", functional: true, render: (h)=>h(\"b\") }; A;";
    assert_eq!(written.as_deref(), Ok(expected));
}

#[test]
fn free_factories_are_those_of_vue() {
    let text = "export const a = () => <b/>;";
    let imported = "import * as _vue from \"vue\"; export const a = ()=>_vue.h(\"b\");";
    assert_eq!(compiled(text, |_| {}).as_deref(), Ok(imported));
    let provide = Provide { specifier: "x".to_owned(), export: None, is_implied: false };
    let provided =
        compiled(text, |config| drop(config.resolve.provide.insert("h".to_owned(), provide)));
    assert_eq!(provided.as_deref(), Ok("export const a = ()=>h(\"b\");"));
}

#[test]
fn setup_asks_for_its_component() {
    let written =
        compiled("export default { setup() { return () => <a vOn:b_c={d}/>; } };", |_| {});
    let expected = "import * as _vue from \"vue\"; export default { setup () { const instance = \
        _vue.getCurrentInstance().proxy; return ()=>_vue.h(\"a\", { on: { b: ($event)=>{ if \
        (!('button' in $event) \
        && instance._k($event.keyCode, \"c\", undefined, $event.key, undefined)) return null; \
        return d($event); } } }); \
        } };";
    assert_eq!(written.as_deref(), Ok(expected));
}

#[test]
fn what_cannot_work_is_said() {
    let cases = [
        ("x = <><a/></>;", "jsx-fragment"),
        ("x = <input v-model=\"a\"/>;", "jsx-directive-value"),
        ("x = <input v-model/>;", "jsx-directive-value"),
        ("x = <a v-on:b=\"c\"/>;", "jsx-directive-value"),
        ("x = <a on=\"c\"/>;", "jsx-directive-value"),
        ("x = <input v-model={a()}/>;", "v-model-target"),
        ("x = <input v-model={a?.b}/>;", "v-model-target"),
        ("x = <input v-model={[a]}/>;", "v-model-target"),
        ("x = <p v-model={a}/>;", "v-model-target"),
    ];
    for (text, expected) in cases {
        let codes: Vec<_> =
            compiled(text, |_| {}).expect_err(text).iter().map(|found| found.code).collect();
        assert_eq!(codes, [expected], "{text}");
    }
}

#[test]
fn no_name_of_an_attribute_breaks_it() {
    let names = [
        "v-", "on-", "on-_", "_", "_a", "a__b", "on_a", "v_", "é", "V", "vÉ", "xlinkÉ", "on-é_é",
        "vOn", "v-on",
    ];
    for name in names {
        for text in [
            format!("f(h => <a {name}={{b}}/>);"),
            format!("f(h => <A {name}:a_b={{c}} {name}/>);"),
        ] {
            assert!(compiled(&text, |_| {}).is_ok(), "{text}");
        }
    }
}
