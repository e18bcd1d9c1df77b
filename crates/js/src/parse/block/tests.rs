//! Blocks parsed in place.

use super::*;

fn parsed(text: &str, language: Language) -> Result<Module, Vec<Diagnostic>> {
    let file = Source::new("/p/a.vue", "a.vue", text);
    let (_, rest) = text.split_once('>').expect("the test has a start tag");
    let start = text.len() - rest.len();
    let end = text.rfind("</").expect("the test has an end tag");
    parse(&file, start..end, language)
}

#[test]
fn positions_are_those_of_the_file() {
    let text = "<script>größe; b</script>";
    let module = parsed(text, Language::JavaScript).expect("it parses");
    assert!(parsed("<script>const a = 1\nexport { a }</script>", Language::JavaScript).is_ok());
    let last = ast::span(swc_common::Spanned::span(&module.body[1]));
    assert_eq!(&text[last.start as usize..last.end as usize], "b");
}

#[test]
fn mistakes_point_into_the_file() {
    for (text, language, at) in [
        ("<script>let größe = ;</script>", Language::JavaScript, ";"),
        ("<script>let a = </script>", Language::JavaScript, ""),
        ("<script>let a; let a</script>", Language::JavaScript, "a"),
        ("<script>return 1</script>", Language::JavaScript, "return 1"),
        ("<script>return 1</script>", Language::TypeScript, "return 1"),
    ] {
        let found = parsed(text, language).expect_err("it does not parse");
        let label = found[0].primary.as_ref().expect("it has a place");
        assert_eq!(
            &label.source.text[label.span.start as usize..label.span.end as usize],
            at,
            "{text}"
        );
        assert_eq!(label.source.text, text);
    }
}

#[test]
fn depth_is_limited() {
    let text = format!("<script>{}</script>", "[".repeat(100_000));
    let found = parsed(&text, Language::TypeScript).expect_err("it is too deep");
    assert_eq!(found[0].code, "nested-too-deeply");
}

#[test]
fn an_expression_is_all_of_its_text() {
    for text in ["a", " (a + b) / 2 // all\n", "a /* b */ /* c */", "({ a })", "() => {}"] {
        assert!(expression(text, Language::JavaScript).is_some(), "{text}");
    }
    for text in ["", "a b", "a; b", "a)", "(a", "a as b", "count.toString(", "a /* b */ c", "let a"]
    {
        assert!(expression(text, Language::JavaScript).is_none(), "{text}");
    }
    assert!(expression("a as b", Language::TypeScript).is_some());
    assert!(expression(&"(".repeat(100_000), Language::TypeScript).is_none());
}
