//! Free names of expressions, and texts that are not expressions.

use super::*;

#[test]
fn plain_expressions_need_no_parser() {
    for text in
        ["a", " a.b.class ", "!!a", "a.b()", "0", "12", "'a'", "\"ä\"", "true", "this.a", "$a._b"]
    {
        assert!(is_plain(text), "{text}");
        assert!(parse(&format!("return {text}"), false).is_ok(), "{text}");
    }
    for text in [
        "",
        "class",
        "a.",
        ".a",
        "a..b",
        "1a",
        "01",
        "'",
        "'a'b'",
        "'\\'",
        "new.target",
        "a b",
        "a()()",
        "ä",
    ] {
        assert!(!is_plain(text), "{text}");
    }
}

#[test]
fn mistakes_have_a_place_and_a_reason() {
    let mistake = |text: &str| match parse(text, false) {
        Ok(_) => "none".to_owned(),
        Err(Mistake::Syntax(range, reason)) => format!("{}..{} {reason}", range.start, range.end),
        Err(Mistake::TooDeep(_)) => "too deep".to_owned(),
    };
    let cases = [
        ("return a", "none"),
        ("return await", "none"),
        ("return a b", "9..10 `b` cannot stand here"),
        ("return (a", "9..9 it is not complete"),
        ("return 'a", "7..9 a string is not closed"),
        ("return `a", "7..9 a template literal is not closed"),
        ("return 1 = a", "7..8 this cannot be assigned to"),
        ("return a as B", "9..11 `as` cannot stand here"),
        ("return { a = 1 }", "9..14 default values are only allowed in patterns"),
        (
            "return a(x => { ({ a: [{ b = 1 }] }) })",
            "25..30 default values are only allowed in patterns",
        ),
        ("return ({ a = 1 } = b)", "none"),
        ("return ({ a = 1 }) => a", "none"),
        ("return a }", "9..10 `}` cannot stand here"),
    ];
    for (text, expected) in cases {
        assert_eq!(mistake(text), expected, "{text}");
    }
    assert!(parse("return a as B", true).is_ok());
}

#[test]
fn strings_are_no_code() {
    let cases = [
        ("a + 'if' + b", "a +      + b"),
        (r#""\"if" + 'ä'"#, "       +     "),
        ("`if ${a + `b${c}`} if` + d", "      a +     c        + d"),
        ("`${{ a: 1 }.a}` + '", "   { a: 1 }.a   +  "),
        ("`ä", "   "),
    ];
    for (text, expected) in cases {
        assert_eq!(without_strings(text), expected);
    }
}

#[test]
fn depth_is_limited_before_the_stack_is() {
    let nested = |levels: usize, (open, inner, close): (&str, &str, &str)| {
        format!("return {}{inner}{}", open.repeat(levels), close.repeat(levels))
    };
    let kinds = [
        ("(", "a", ")"),
        ("f(function(){return ", "a", "})"),
        ("_c('p',[", "a", "])"),
        ("{a:", "a", "}"),
        ("a+", "a", ""),
        ("!", "a", ""),
        ("new ", "a", ""),
        ("a=", "a", ""),
        ("a?b:", "a", ""),
        ("a=>", "a", ""),
        ("", "a", "()"),
        ("", "a", "?.b"),
        ("class{a=", "a", "}"),
        ("`${", "a", "}`"),
    ];
    for kind in kinds {
        assert!(
            matches!(parse(&nested(100_000, kind), false), Err(Mistake::TooDeep(_))),
            "{kind:?}"
        );
        let is_allowed = |levels: &usize| {
            !matches!(parse(&nested(*levels, kind), false), Err(Mistake::TooDeep(_)))
        };
        // The exact limit does not matter, but what is allowed has to fit into this thread's stack.
        let levels = (1..4000).rev().step_by(7).find(is_allowed).expect("some depth is allowed");
        assert!(parse(&nested(levels, kind), false).is_ok(), "{kind:?} {levels}");
    }
}
