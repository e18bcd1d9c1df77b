//! Stylesheets and their flipped forms for pages that are read from right to left: the output of
//! rtlcss 4.3, except for white space and the differences that rtl.rs lists.

use bundle_base::{Source, mapped_text::MappedText};

fn flipped(css: &str) -> String {
    let source = Source::new("/app.css", "app.css", css);
    let flipped = super::flipped(&MappedText::of(&source));
    flipped.text().split_whitespace().collect::<Vec<_>>().join(" ")
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
        ("transform-origin: top 10%", "transform-origin: top 90%"),
        ("background: url(a.png) 10% 0 / 20px", "background: url(a.png) 90% 0 / 20px"),
        (
            "transform: translate(-50%, 1px) rotate(45deg)",
            "transform: translate(50%, 1px) rotate(-45deg)",
        ),
        ("transform: translateX(calc(1px + 2%))", "transform: translateX(calc(-1*(1px + 2%)))"),
        ("transform: translate(var(--x), 1px)", "transform: translate(var(--x), 1px)"),
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
        ("a { /*rtl:ignore*/ left: 0; right: 0 }", "a { left: 0; left: 0 }"),
        ("/* ! rtl:ignore */ a { left: 0 } b { left: 0 }", "a { left: 0 } b { right: 0 }"),
        (
            "/*rtl:begin:ignore*/ a { left: 0 } /*rtl:end:ignore*/ b { left: 0 }",
            "a { left: 0 } b { right: 0 }",
        ),
        ("a { left: 0; /*rtl:remove*/ top: 0; right: 0 }", "a { right: 0; left: 0 }"),
        ("/*rtl:remove*/ @media print { a { left: 0 } } b { left: 0 }", "b { right: 0 }"),
        (
            "/*rtl:rename*/ .pull-left { float: left } .left { top: 0 }",
            ".pull-right { float: right } .left { top: 0 }",
        ),
        ("a { /*rtl:raw: top: 0;*/ left: 0 }", "a { top: 0; right: 0 }"),
        ("a { left: 0 /*rtl:ignore*/; right: 0 }", "a { left: 0 ; left: 0 }"),
        ("a { font-size: 14px/*rtl:16px*/ !important }", "a { font-size: 16px !important }"),
        ("a { font: 14px x /*rtl:prepend:Arabic, */ }", "a { font: Arabic, 14px x }"),
        ("a { font-family: x/*rtl:append:, y*/ !important }", "a { font-family: x, y !important }"),
        ("a { margin: 0/*rtl:insert: 1px*/ auto }", "a { margin: 0 1px auto }"),
        ("a { /* rtl:unknown */ left: 0 }", "a { right: 0 }"),
        // Without the last semicolon, comments of the block are read with the declaration.
        (
            "a { /*rtl:begin:remove*/ left: 0 /*rtl:end:remove*/ } b { left: 0 }",
            "a { } b { right: 0 }",
        ),
        ("a{/*rtl:begin:ignore*/left:0/*rtl:end:ignore*/}b{left:0}", "a{left:0}b{right:0}"),
        ("a { color: red /*rtl:raw: left: 0;*/ }", "a { color: red ; left: 0; }"),
        // Things that are not items of a stylesheet.
        (
            "@keyframes x{/*rtl:ignore*/from{left:0;right:0}to{left:1px}}",
            "@keyframes x{from{left:0;right:0}to{right:1px}}",
        ),
        ("@keyframes x{/*rtl:remove*/from{left:0}to{left:1px}}", "@keyframes x{to{right:1px}}"),
        ("a{/*rtl:remove*/--x:{left:0};left:0}", "a{;right:0}"),
    ] {
        assert_eq!(flipped(css), expected);
    }
}

#[test]
fn values_of_minified_stylesheets() {
    for (css, expected) in [
        ("transform:translate(-50%,-50%)!important", "transform:translate(50%,-50%)!important"),
        ("background-position:10px!important", "background-position:right 10px top 50%!important"),
        ("object-position:left!important", "object-position:right!important"),
        ("transform-origin:0!important", "transform-origin:100%!important"),
        ("cursor:ne-resize!important", "cursor:nw-resize!important"),
        ("transform:rotate(45deg)translate(1px)", "transform:rotate(-45deg)translate(-1px)"),
        ("box-shadow:rgba(0,0,0,.5)1px 2px", "box-shadow:rgba(0,0,0,.5)-1px 2px"),
        ("background:url(a.png)10% 0", "background:url(a.png)90% 0"),
        (
            "background:linear-gradient(to right,red,blue)left",
            "background:linear-gradient(to left,red,blue)right",
        ),
        ("content:\"\u{e9} left\"", "content:\"\u{e9} left\""),
    ] {
        assert_eq!(flipped(&format!("a{{{css}}}")), format!("a{{{expected}}}"));
    }
}

/// Pieces in any order cause no panic, and what is flipped twice has its sides again.
#[test]
fn random_stylesheets() {
    const PIECES: [&str; 30] = [
        "a",
        "{",
        "}",
        ";",
        ":",
        "left",
        " ",
        "margin:1px 2px 3px 4px",
        "float:left",
        "(",
        ")",
        "/*rtl:ignore*/",
        "/*rtl:begin:ignore*/",
        "/*rtl:end:ignore*/",
        "/*rtl:remove*/",
        "/*!rtl:raw:b{top:0}*/",
        "/*rtl:1px*/",
        "/*rtl:rename*/",
        "--x:{",
        "@media x",
        "\"",
        "@keyframes k{from",
        "url(",
        "\u{e9}",
        "\r\n",
        "!important",
        "transform:rotate(1deg)",
        "/*",
        "background:url(a)0 0/1px",
        "\\",
    ];
    let mut state = 1_u64;
    let mut next = |count: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % count
    };
    for _ in 0..20_000 {
        let count = 1 + next(14);
        let css: String = (0..count).map(|_| PIECES[next(PIECES.len())]).collect();
        flipped(&css);
    }
    let css = "a{margin:1px 2px 3px 4px;float:left;left:0;transform:translate(1px,2px)}";
    assert_eq!(flipped(&flipped(css)), css);
}
