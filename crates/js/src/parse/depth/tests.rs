//! Which texts nest too deeply.

use super::*;

fn measure(text: &str) -> usize {
    let mut deepest = 0;
    for limit in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768] {
        let scanner = Scanner::new(text, true);
        if scanner.deepest(limit * LEVEL).is_some() {
            deepest = limit;
        }
    }
    deepest
}

#[test]
fn nesting_is_counted() {
    for text in ["(", "[", "{", "`${", "a=>(", "<a>", "if(a){"] {
        let deep = text.repeat(5000);
        assert!(measure(&deep) >= 4096, "{text}");
    }
    for text in ["a=>", "a?b:", "a?.", "if(a)", "for(;;)"] {
        let deep = text.repeat(20000);
        assert!(measure(&deep) >= 4096, "{text}");
    }
    for text in ["a+", "a||", "!", "a.", "if(a);else ", "typeof ", "a()"] {
        let deep = text.repeat(40000);
        assert!((512..4096).contains(&measure(&deep)), "{text}");
    }
}

#[test]
fn texts_of_the_issue() {
    let answered = [("a+", 20000), ("a||", 20000), ("a.", 20000), ("if(a){}else ", 10000)];
    assert!(
        answered.iter().all(|(text, n)| too_deep(&text.repeat(*n), Language::JavaScript).is_none())
    );
    for text in ["class A extends ", "class extends f(", "class extends (", "class extends a["] {
        assert!(too_deep(&text.repeat(30), Language::JavaScript).is_some(), "{text}");
    }
    for text in ["<a>(", "<a.b[]> (", "x = <any>(y => {"] {
        assert!(too_deep(&text.repeat(30), Language::TypeScript).is_some(), "{text}");
    }
    let casts = "(<a>(b)).c(<d<e>>(f));\nx = <T>(a: T) => a\n";
    assert!(too_deep(&casts.repeat(20000), Language::TypeScript).is_none());
    let refused = ["(", "[", "{", "`${", "a=>"];
    assert!(
        refused.iter().all(|text| too_deep(&text.repeat(5000), Language::JavaScript).is_some())
    );
}

#[test]
fn length_is_not_depth() {
    for text in [
        "a = b.c + d;\n",
        "a = b.c + d\n",
        "if (a) { b() } else { c() }\n",
        "if(a){b}",
        "f(a, b, [c, d], { e: 1 });",
        "case 1: case 'x':",
        "a: 1, b: x.y.z,",
        "'it(s' + \"{[\";",
        "// don't ((((\n",
        "/* ((((( */",
        "x = /[(]{/;",
        "const f = (a) => <b c={d}>it</b>;",
        "`a${b}c`;",
        "import a from 'b'\n",
        "for (;;) {}",
        "class A extends b(c)(d) {}",
        "class A<T extends (b)> extends b(c) { m<T extends (b)>(a) {} }",
    ] {
        let long = text.repeat(20000);
        assert!(measure(&long) <= 64, "{text}: {}", measure(&long));
    }
}

#[test]
fn what_is_surely_flat_is_flat() {
    let parts = [
        "(",
        "[",
        "{",
        ")",
        "]",
        "}",
        "`",
        "${",
        "<a>",
        "</a>",
        "=>",
        "?",
        "??",
        "?.",
        ":",
        "...",
        ".",
        ",",
        ";",
        "!",
        "+",
        "/",
        "if ",
        "for",
        "while ",
        "do ",
        "with",
        "try",
        "typeof ",
        "void ",
        "delete ",
        "new ",
        "await ",
        "yield ",
        "in ",
        " else ",
        " as ",
        "keyof ",
        "readonly ",
        "unique ",
        "class ",
        "extends ",
        "class extends (",
        "<a>(",
        "> /* b */ (",
        "=>(",
        "case ",
        "a",
        "1",
        "'",
        "\n",
    ];
    let mut state = 1_u32;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let mut flat = 0;
    for _ in 0..20_000 {
        // Few different parts, so that some texts consist of one costly part.
        let few: Vec<&str> = (0..=random(3)).map(|_| parts[random(parts.len())]).collect();
        let text: String = (0..random(60)).map(|_| few[random(few.len())]).collect();
        let levels = if random(2) == 0 { 8 } else { 1000 };
        let limit = (1 + random(levels)) * LEVEL;
        let has_jsx = random(2) == 0;
        if is_surely_flat(&text, !has_jsx, limit) {
            flat += 1;
            assert!(Scanner::new(&text, has_jsx).deepest(limit).is_none(), "{text} at {limit}");
        }
    }
    assert!(flat > 1000, "only {flat} texts were flat");
}
