//! The expressions of styles, and the names of their custom properties.

use bundle_base::mapped_text::{MappedText, TextOrigins};

use super::*;

fn variables(style: &str) -> Vec<String> {
    parse([&MappedCode::copied(style, 0)])
        .iter()
        .map(|variable| variable.text().to_owned())
        .collect()
}

#[test]
fn expressions_are_found() {
    for (style, expected) in [
        ("a { color: v-bind(color) }", &["color"][..]),
        ("a { color: v-bind  (  color ) }", &["color"]),
        ("a { size: v-bind('font.size'); b: v-bind(\"a\") }", &["font.size", "a"]),
        (
            "a { b: calc(v-bind(foo) - 3px); c: v-bind('foo'); d: v-bind(foo + 'px') }",
            &["foo", "foo + 'px'"],
        ),
        ("a { b: v-bind(((a + b)) / (2 * a)) }", &["((a + b)) / (2 * a)"]),
        ("a { /* color: v-bind(a); */ b: v-bind(b) } /* v-bind(c)", &["b", "c"]),
        ("a { b: v-bind(a /* x */ + b) }", &["a  + b"]),
        ("a { b: v-bind(\"count.toString(\"); c: v-bind(xxx) }", &["count.toString(", "xxx"]),
        ("a { b: v-bind(f(g(größe))) }", &["f(g(größe))"]),
        ("a { b: v-bind(')') ; c: v-bind(open", &[")"]),
        ("a { b: v-bind() ; c: v-bind(') ; d: v-bind(d) }", &["", "d"]),
        ("a { b: v-bind(') }", &[]),
        ("v-bind v-bind", &[]),
    ] {
        assert_eq!(variables(style), expected, "{style}");
    }
}

#[test]
fn expressions_know_where_they_were_written() {
    let style = "a { b: v-bind(x /* y */ + größe) }";
    let variable = &parse([&MappedCode::copied(style, 100)])[0];
    assert_eq!(variable.text(), "x  + größe");
    assert_eq!(
        variable.origin(variable.text().len()) as usize,
        100 + style.find(") }").expect("it is there")
    );
}

#[test]
fn what_is_never_closed_takes_no_time() {
    let style = "v-bind(".repeat(100_000);
    assert_eq!(variables(&style), Vec::<String>::new());
    assert_eq!(replace(&style, "id", false), []);
}

#[test]
fn names_are_the_official_ones() {
    for (expression, development, production) in [
        ("color", "xxxxxxxx-color", "4003f1a6"),
        ("font.size", "xxxxxxxx-font_size", "41b6490a"),
        ("(a + b) / 2 + 'px'", "xxxxxxxx-_a___b____2____px_", "25ecbeff"),
        ("größe😀", "xxxxxxxx-gr__e__", "8d924f04"),
        ("", "xxxxxxxx-", "ae801c14"),
    ] {
        assert_eq!(name("xxxxxxxx", expression, false), development);
        assert_eq!(name("xxxxxxxx", expression, true), production, "{expression}");
    }
}

#[test]
fn custom_properties_stand_for_expressions() {
    for (style, expected) in [
        ("a { color: v-bind(color); b: c }", "a { color: var(--id-color); b: c }"),
        ("a { b: v-bind ('a.b') v-bind( c ) }", "a { b: var(--id-a_b) var(--id-c) }"),
        (
            "/* v-bind(a) */ a { b: v-bind(a) } /* v-bind(b)",
            "/* v-bind(a) */ a { b: var(--id-a) } /* var(--id-b)",
        ),
        ("a { b: v-bind(a /* x */) }", "a { b: var(--id-a) }"),
        ("a { b: v-bind(a }", "a { b: v-bind(a }"),
        ("a { größe: calc(v-bind(f(ü)) * 2) }", "a { größe: calc(var(--id-f___) * 2) }"),
    ] {
        let replaced = MappedText::new(style.to_owned(), TextOrigins::default())
            .edited(&replace(style, "id", false));
        assert_eq!(replaced.text(), expected);
    }
}
