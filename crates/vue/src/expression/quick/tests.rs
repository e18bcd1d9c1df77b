//! What is read without a parser, and that a parser reads it alike.

use super::*;
use crate::expression::{check, parsed_free_names};

/// What of a text is accepted has to be accepted by the parser, with the same names.
fn agrees(expression: &str) -> bool {
    let checked = check("return ", expression, "", false);
    let is_accepted = is_expression(expression);
    if is_accepted {
        assert_eq!(checked, Ok(()), "{expression}");
    }
    let has_names = is_accepted && !expression.contains(';');
    // What is no expression by itself could end the function.
    let program = format!("var f = function f(){{return {expression}\n}}\nvar g = [function (a){{return b}}]\n");
    if let Some(names) = free_names(&program).filter(|_| checked.is_ok()) {
        assert_eq!(Ok(names), parsed_free_names(&program, false), "{expression}");
    }
    assert!(!has_names || free_names(&program).is_some(), "{expression}");
    if are_parameters(expression) {
        assert_eq!(check("(function (", expression, "\n) {})", false), Ok(()), "{expression}");
    }
    is_accepted
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
        // Holes are not.
        assert_eq!(agrees(expression), !expression.contains(", ,"), "{expression}");
    }
    assert!(are_parameters("a, { b = c, d: { e } }, [f], ...g"));
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
    for parameters in
        ["a, a", "a b", "{ a", "a.b", "...a, b", "if", "[...a]", "{ a: b.c }", "(a)", "a) {}, function (b"]
    {
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
