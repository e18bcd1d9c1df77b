//! Stylesheets and what they are for pages that are read from right to left. What rtlcss 4.3 makes
//! of them is the expected text, but for spaces.

use bundle_base::{Source, mapped_text::MappedText};

fn flipped(css: &str) -> String {
    let source = Source::new("/app.css", "app.css", css);
    super::flipped(&MappedText::of(&source)).text().to_owned()
}

#[test]
fn declarations_change_sides() {
    for (css, expected) in [
        ("left: 0", "right: 0"),
        ("MARGIN-LEFT: 1px", "margin-right: 1px"),
        ("border-top-left-radius: 2px", "border-top-right-radius: 2px"),
        ("--left: left", "--left: left"),
        ("direction: ltr", "direction: rtl"),
        ("margin: 1px 2px 3px 4px !important", "margin: 1px 4px 3px 2px !important"),
        ("margin: 1px 2px 3px", "margin: 1px 2px 3px"),
        ("inset: 0 auto auto 1px", "inset: 0 1px auto auto"),
        ("border-radius: 1px 2px", "border-radius: 2px 1px"),
        ("border-radius: 1px 2px 3px", "border-radius: 2px 1px 2px 3px"),
        ("border-radius: 1px 2px 3px 4px / 5px 6px", "border-radius: 2px 1px 4px 3px / 6px 5px"),
        (
            "box-shadow: inset 1px 0 rgba(1, 2, 3, .5), -.5em 0 #123",
            "box-shadow: inset -1px 0 rgba(1, 2, 3, .5), .5em 0 #123",
        ),
        ("transform-origin: 10% 0", "transform-origin: 90% 0"),
        ("transform-origin: left top", "transform-origin: right top"),
        (
            "transform: translate(-50%, 1px) rotate(45deg)",
            "transform: translate(50%, 1px) rotate(-45deg)",
        ),
        ("transform: translateX(calc(1px + 2%))", "transform: translateX(calc(-1*(1px + 2%)))"),
        ("transform: translate(var(--x), 1px)", "transform: translate(calc(-1*var(--x)), 1px)"),
        ("transform: matrix(1, 2, 3, 4, 5, 6)", "transform: matrix(1, -2, -3, 4, -5, 6)"),
        ("transform: var(--x, translateX(1px))", "transform: var(--x, translateX(-1px))"),
        ("text-transform: none", "text-transform: none"),
        ("transition: margin-left 1s, right 2s", "transition: margin-right 1s, left 2s"),
        (
            "background: url(left.png) no-repeat left top",
            "background: url(left.png) no-repeat right top",
        ),
        ("background: url(a.png) 10.25% 0", "background: url(a.png) 89.75% 0"),
        ("background-position: 1px", "background-position: right 1px top 50%"),
        ("background-position: 1px 2px, 0 0", "background-position: right 1px top 2px, 100% 0"),
        ("background-position-x: 1px", "background-position-x: 1px"),
        (
            "background-image: linear-gradient(to right, red, blue)",
            "background-image: linear-gradient(to left, red, blue)",
        ),
        (
            "background: linear-gradient(45deg, red 10%, blue)",
            "background: linear-gradient(-45deg, red 10%, blue)",
        ),
        ("float: left", "float: right"),
        ("text-align: RIGHT", "text-align: left"),
        ("cursor: url(a.cur), ne-resize", "cursor: url(a.cur), nw-resize"),
        ("padding-left: env(safe-area-inset-left)", "padding-right: env(safe-area-inset-right)"),
        ("color: red", "color: red"),
    ] {
        assert_eq!(
            flipped(&format!("a {{ {css}; top: 0 }}")),
            format!("a {{ {expected}; top: 0 }}")
        );
    }
}

#[test]
fn comments_say_what_is_flipped() {
    for (css, expected) in [
        ("a { /*rtl:ignore*/ left: 0; right: 0 }", "a { /*rtl:ignore*/ left: 0; left: 0 }"),
        (
            "/* ! rtl:ignore */ a { left: 0 } b { left: 0 }",
            "/* ! rtl:ignore */ a { left: 0 } b { right: 0 }",
        ),
        (
            "/*rtl:begin:ignore*/ a { left: 0 } /*rtl:end:ignore*/ b { left: 0 }",
            "/*rtl:begin:ignore*/ a { left: 0 } /*rtl:end:ignore*/ b { right: 0 }",
        ),
        (
            "a { left: 0; /*rtl:remove*/ top: 0; right: 0 }",
            "a { right: 0; /*rtl:remove*/  left: 0 }",
        ),
        (
            "/*rtl:remove*/ @media print { a { left: 0 } } b { left: 0 }",
            "/*rtl:remove*/  b { right: 0 }",
        ),
        (
            "/*rtl:rename*/ .pull-left { float: left } .left { top: 0 }",
            "/*rtl:rename*/ .pull-right { float: right } .left { top: 0 }",
        ),
        ("a { /*rtl:raw: top: 0;*/ left: 0 }", "a { /*rtl:raw: top: 0;*/ top: 0; right: 0 }"),
        ("a { left: 0 /*rtl:ignore*/; right: 0 }", "a { left: 0 ; left: 0 }"),
        ("a { font-size: 14px/*rtl:16px*/ !important }", "a { font-size: 16px !important }"),
        ("a { font: 14px x /*rtl:prepend:Arabic, */ }", "a { font: Arabic, 14px x  }"),
        ("a { font-family: x/*rtl:append:, y*/ !important }", "a { font-family: x, y !important }"),
        ("a { margin: 0/*rtl:insert: 1px*/ auto }", "a { margin: 0 1px auto }"),
        ("a { /* rtl:unknown */ left: 0 }", "a { /* rtl:unknown */ right: 0 }"),
    ] {
        assert_eq!(flipped(css), expected);
    }
}
