//! Code that is read without a parser, compared with the parser.

use super::*;
use crate::expression::{check, free_names};

/// Checks that the parser accepts whatever is accepted here, and finds the same names. Returns
/// whether the text is accepted as an expression.
fn agrees(expression: &str) -> bool {
    let checked = check("return ", expression, "", false);
    let is_accepted = is_expression(expression);
    if is_accepted {
        assert_eq!(checked, Ok(()), "{expression}");
    }
    // A text that is not an expression by itself could end the function.
    if let Some(names) = names(expression, Piece::Expression).filter(|_| checked.is_ok()) {
        assert_eq!(names, parsed_names("return (", expression, ")"), "{expression}");
    }
    if let Some(names) = names(expression, Piece::Value) {
        assert_eq!(names, parsed_names("return f$(", expression, ", 1)"), "{expression}");
    }
    if let Some(names) = names(expression, Piece::Parameters) {
        assert_eq!(names, parsed_names("return function (", expression, ") {}"), "{expression}");
    }
    assert!(
        !is_accepted || expression.contains(';') || names(expression, Piece::Expression).is_some(),
        "{expression}"
    );
    if are_parameters(expression) {
        assert_eq!(check("(function (", expression, "\n) {})", false), Ok(()), "{expression}");
    }
    is_accepted
}

/// Returns the free names of a piece. `None` if it needs the parser.
fn names(text: &str, piece: Piece) -> Option<Vec<FreeName>> {
    let mut names = Vec::new();
    add_free_names(text, piece, 0, &mut names).map(|_| names)
}

/// Returns the free names that the parser finds in a text between others. `f$` is one of these.
fn parsed_names(before: &str, text: &str, behind: &str) -> Vec<FreeName> {
    let before = format!("var f = function () {{{before}");
    let program = format!("{before}{text}{behind}\n}}");
    let names = free_names(&program, false).unwrap_or_else(|mistake| panic!("{text}: {mistake:?}"));
    let moved = |name: FreeName| FreeName {
        start: name.start - before.len(),
        end: name.end - before.len(),
        ..name
    };
    names.into_iter().filter(|name| name.start >= before.len()).map(moved).collect()
}

#[test]
fn what_templates_are_made_of_is_understood() {
    let understood = [
        "a",
        "a.b[c].d(e, ...f)",
        "a ? b : c ? d : e",
        "!a && -b + typeof c",
        "{ a, b: c, 'd': e, [f]: g, ...h, 1: i }",
        "[a, , b]",
        "'a\\n\\u00e4' + \"ä\"",
        "`a${b}c${`d${e}`}`",
        "a = b",
        "a.b += c",
        "a?.b?.[c]?.(d)",
        "x => x + a",
        "(x, y) => { var z = x; return z + y + w }",
        "function (a, { b, c: [d = e], ...f }) { if (a) return null; else { g(a, b, d, f) } }",
        "function f() { return f() }",
        "a in b",
        "a; b(); if (c) d()",
        "a, b",
        "(a)",
        "1.5 / 2",
        "_c('p',{on:{\"a\":function($event){$event.b();return c($event)}}},[_v(_s(d))],1)",
        "function(a = b) { var b }",
        "f(function () { return render })",
        "a < b",
        "a<!b",
        "a ?b:c",
        "a\n(b)",
        "a ? new B(c) : new a.b.C().d",
    ];
    for expression in understood {
        // Holes in arrays are not accepted.
        assert_eq!(agrees(expression), !expression.contains(", ,"), "{expression}");
    }
    let parameters = "a, { b = c, d: { e } }, [f], ...g";
    assert!(are_parameters(parameters));
    let mut names = Vec::new();
    let declared = add_free_names(parameters, Piece::Parameters, 0, &mut names);
    assert_eq!(declared, Some(vec!["a", "b", "e", "f", "g"]));
    assert_eq!(names, [FreeName { start: 9, end: 10, is_shorthand: false }]);
}

#[test]
fn everything_else_is_left_to_the_parser() {
    let left = [
        "",
        "a b",
        "a +",
        "(a",
        "a)",
        "a ** b",
        "a ?? b",
        "a++",
        "--a",
        "a // b",
        "a /* b */",
        "a <!-- b",
        "/a/",
        "new A",
        "await a",
        "async () => a",
        "class {}",
        "a`b`",
        "`\\u`",
        "'\\x41'",
        "'a",
        "'a\nb'",
        "01",
        "1n",
        "1_0",
        "1.a",
        ".5",
        "ä",
        "a.ä",
        "a.#b",
        "\\u0061",
        "{ a = b }",
        "{ if }",
        "{ a() {} }",
        "{ get a() {} }",
        "{ __proto__: a, __proto__: b }",
        "a => {} + b",
        "a + b => c",
        "!a => b",
        "(a, a) => b",
        "(a)\n=> b",
        "a() = b",
        "a?.b = c",
        "(a) = b",
        "1 = a",
        "a = b => c = d = 1 = 2",
        "function (a, a) {}",
        "function () { 'use strict' }",
        "function () { let a }",
        "function () { for (;;) {} }",
        "a: b",
        "if",
        "a.b c",
        "a ? b",
        "[...]",
        "f(...)",
        "a...b",
        "@a",
        "a@b",
        "\u{a0}a",
        "a; return b",
        "a; b c",
        "function () { return\na }",
        "this = a",
        "a\u{2028}b",
        "a!b",
        "\nfunction () {}",
        "a -->b",
        "delete a.b",
    ];
    for expression in left {
        assert!(!agrees(expression), "{expression}");
    }
    for parameters in [
        "a, a",
        "a b",
        "{ a",
        "a.b",
        "...a, b",
        "if",
        "[...a]",
        "{ a: b.c }",
        "(a)",
        "a) {}, function (b",
    ] {
        assert!(!are_parameters(parameters), "{parameters}");
    }
}

#[test]
fn names_agree_on_random_texts() {
    let parts = [
        "a",
        "b",
        "c",
        "1",
        "'s'",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ";",
        "?",
        ".",
        "?.",
        "...",
        " => ",
        " = ",
        " + ",
        "-",
        "!",
        "*",
        "/",
        " in ",
        "==",
        "=",
        "<",
        ">",
        "&&",
        "function ",
        "function(a){return ",
        "var a = ",
        "if (",
        "return ",
        "else ",
        "`",
        "${",
        "\n",
        " ",
        "typeof ",
        "(a, b) => ",
        "{ a, b: ",
        "[a] = ",
        "f(",
        "a.b",
        "async ",
        "new ",
        "this",
        "null",
        "--",
        "++",
        "\\",
        "ä",
    ];
    let mut state = 3_u32;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let mut accepted = 0;
    for _ in 0..60_000 {
        let text: String = (0..=random(9)).map(|_| parts[random(parts.len())]).collect();
        accepted += usize::from(agrees(&text));
    }
    assert!(accepted > 1000, "only {accepted} were accepted");
}
