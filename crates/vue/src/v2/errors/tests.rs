//! Mistakes in expressions, at their places.

use bundle_base::{Diagnostics, Source, config::VueConfig};

use super::*;
use crate::v2::parse;

/// Returns the diagnostics: the code, the text it points at, and the label.
fn reported(template: &str, is_typescript: bool) -> Vec<String> {
    let source = Source::new("/a.vue", "a.vue", template);
    let (config, mut log) = (VueConfig::default(), Diagnostics::new());
    let tree = parse::parse(
        &MappedCode::copied(template, 0),
        &mut parse::Context::new(&config, &source, &mut Diagnostics::new()),
    );
    check(&tree, &source, is_typescript, &mut log);
    let line = |found: &Diagnostic| {
        let at = found.primary.as_ref().expect("it has a place");
        let place = &template[at.span.start as usize..at.span.end as usize];
        format!("{} «{place}» {}", found.code, at.text).trim_end().to_owned()
    };
    log.iter().map(line).collect()
}

#[test]
fn mistakes_point_at_the_very_place() {
    let cases = [
        ("<p :a='b c'/>", "invalid-expression «c» `c` cannot stand here"),
        ("<p :a='b +'/>", "invalid-expression «» it is not complete"),
        ("<p :a='  b) + (c '/>", "invalid-expression «)» `)` cannot stand here"),
        ("<p>ä {{ a }} {{ b c }}</p>", "invalid-expression «c» `c` cannot stand here"),
        ("<p>{{ a as B }}</p>", "invalid-expression «as» `as` cannot stand here"),
        ("<p :a='&quot;b&quot; c'/>", "invalid-expression «c» `c` cannot stand here"),
        ("<p :a='if'/>", "keyword-in-expression «if»"),
        ("<p @a='x; if (b) c()'/>", ""),
        ("<p @a='if (b) c()'/>", "keyword-in-expression «if»"),
        ("<p @a='delete (b.c)'/>", "operator-as-name «delete (b.c)»"),
        ("<p @a='$delete(b)'/>", ""),
        ("<p @a=\"b('delete (c)')\"/>", ""),
        ("<div><p v-for='1 in a'/></div>", "invalid-for-alias «1»"),
        ("<div><p v-for='(a, b c) in d'/></div>", "invalid-for-alias «b c»"),
        ("<div><p v-for='{ a, b: [c] } in d'/></div>", ""),
        ("<div><p v-for='a in b c'/></div>", "invalid-expression «c» `c` cannot stand here"),
        ("<c #a='b c'/>", "invalid-slot-parameters «c» `c` cannot stand here"),
        ("<c #a='{ b = 1, ...c }'/>", ""),
        ("<c v-slot:a='b.c'/>", "invalid-slot-parameters «.» `.` cannot stand here"),
        ("<c><p slot-scope='b c'/></c>", "invalid-slot-parameters «c» `c` cannot stand here"),
        ("<p v-foo:a.b='b c'/>", "invalid-expression «c» `c` cannot stand here"),
        ("<p a='b c' v-else/>", ""),
    ];
    for (template, expected) in cases {
        assert_eq!(reported(template, false).join("; "), expected, "{template}");
    }
}

#[test]
fn all_mistakes_are_reported() {
    let template = "<p :a='b c' @d='if'><i v-if='e f'/><i v-else-if='g h'/><c><template #i><b \
                    :j='k l'/></template></c></p>";
    assert_eq!(reported(template, false).len(), 5);
}

#[test]
fn statements_pass_where_vue_does_not_look() {
    let handler = "<b @a='if (b) c()'/>";
    assert_eq!(reported(&format!("<p>{handler}</p>"), false).len(), 1);
    assert_eq!(reported(&format!("<p><i v-if='d'/><i v-else>{handler}</i></p>"), false).len(), 0);
    assert_eq!(reported(&format!("<c><template #d>{handler}</template></c>"), false).len(), 0);
    assert_eq!(reported("<c><template #d><b @a='if (b'/></template></c>", false).len(), 1);
}

#[test]
fn typescript_is_for_templates_of_its_scripts() {
    for template in [
        "<p :a='(b as C)!.d'/>",
        "<p v-for='(a: B) in c'/>",
        "<c #a='{ b }: D'/>",
        "<p @a='(b: C) => d<E>(b)'/>",
    ] {
        assert_eq!(reported(template, true).len(), 0, "{template}");
        assert_eq!(reported(template, false).len(), 1, "{template}");
    }
}
