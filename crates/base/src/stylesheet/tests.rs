//! Stylesheets and the items they consist of.

use super::*;

fn shown(css: &str) -> String {
    let one = |item: Item| match item {
        Item::Selectors(range) => format!("<{}>", &css[range]),
        Item::AtRule { name, prelude } => format!("@{}({})", &css[name], &css[prelude]),
        Item::Junk(range) => format!("?{}", &css[range]),
        Item::Declaration { property, value } => format!("{}={}", &css[property], &css[value]),
    };
    items(css).into_iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_stylesheet_has_rules_and_declarations() {
    for (css, expected) in [
        ("a{color:red}", "<a> color=red"),
        ("a , b:hover { color : red ; top:0 }", "<a , b:hover> color=red top=0"),
        ("@media (max-width: 1px) { a { b: c } } d{}", "@media((max-width: 1px)) <a> b=c <d>"),
        ("@import 'x;y.css';a{}", "@import('x;y.css') <a>"),
        ("@keyframes k{from{top:0}50%{top:1px}}a{}", "@keyframes(k) top=0 top=1px <a>"),
        ("/* a{ */ b::after{content:\"}\\\"{\"}", "<b::after> content=\"}\\\"{\""),
        ("a{background:url(data:x;y{z})}b{}", "<a> background=url(data:x;y{z}) <b>"),
        ("a{--x:{b:c};top:0}", "<a> top=0"),
        ("a[b=\"}\"]{c:d", "<a[b=\"}\"]> c=d"),
        ("", ""),
        ("}}{", ""),
        ("a{b:c;;}", "<a> b=c"),
        ("a{b;c:d;e}f", "<a> ?b c=d ?e ?f"),
    ] {
        assert_eq!(shown(css), expected, "{css}");
    }
}

#[test]
fn braces_that_have_no_other() {
    for (css, expected) in [
        (".a { color: red", Some(Unbalanced::Open(3))),
        (".a { color: red\n.b { color: blue }", Some(Unbalanced::Open(3))),
        ("@media print { .a { }", Some(Unbalanced::Open(13))),
        (".a { } }", Some(Unbalanced::Stray(7))),
        (".a { } /* .b { }", Some(Unbalanced::Comment(7))),
        ("/*/ .a { }", Some(Unbalanced::Comment(0))),
        (".a { width: calc(1px; } .b { }", None),
        (
            ".a { content: \"{\"; color: v-bind(x({ a: 1 })) } /* { */ .b\\{ { background: \
             url(a{b.png) }",
            None,
        ),
        ("", None),
    ] {
        assert_eq!(unbalanced(css), expected, "{css}");
    }
}
