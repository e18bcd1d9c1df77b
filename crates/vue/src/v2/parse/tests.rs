//! The tree in a short form, one line per element: its tag, then its properties, and its content
//! below it.

use bundle_base::{
    Diagnostic, Diagnostics, Source, Span,
    config::{VueConfig, Whitespace},
};

use super::*;
use crate::v2::tree::{Events, Property, SlotScope};

/// Returns the printed tree of a template, and the diagnostics.
fn read(template: &str, config: &VueConfig) -> (String, Vec<Diagnostic>) {
    let source = Source::new("/a.vue", "a.vue", template);
    let mut log = Diagnostics::new();
    let tree =
        parse(&MappedCode::copied(template, 0), &mut Context::new(config, &source, &mut log));
    let mut lines = Vec::new();
    if let Some(root) = tree.root {
        picture(&tree, root, 0, &mut lines);
    }
    (lines.join("\n"), log.take())
}

fn picture(tree: &Tree, id: ElementId, depth: usize, lines: &mut Vec<String>) {
    let element = &tree[id];
    lines.push(format!("{}{}", "  ".repeat(depth), line(element)));
    for child in &element.children {
        let indent = "  ".repeat(depth + 1);
        match child {
            Node::Element(id) => {
                assert_eq!(tree[*id].parent.map(|parent| &tree[parent].tag), Some(&element.tag));
                picture(tree, *id, depth + 1, lines);
            }
            Node::Expression { code, .. } => lines.push(format!("{indent}{{{}}}", code.text())),
            Node::Text(text) => lines.push(format!("{indent}{}", text.quoted().text())),
            Node::Comment(text) => lines.push(format!("{indent}!{}", text.quoted().text())),
        }
    }
    for branch in &element.branches {
        let test = branch.test.as_ref().map_or("otherwise", MappedCode::text);
        lines.push(format!("{}? {test}", "  ".repeat(depth + 1)));
        if branch.element != id {
            picture(tree, branch.element, depth + 2, lines);
        }
    }
    for (target, content) in &element.slot.scoped {
        lines.push(format!("{}# {}", "  ".repeat(depth + 1), target.text()));
        picture(tree, *content, depth + 2, lines);
    }
}

fn line(element: &Element) -> String {
    let mut line = element.tag.clone();
    let mut add = |name: &str, value: &str| line.extend([" ", name, "=", value]);
    let mut option = |name: &str, value: &Option<MappedCode>| {
        if let Some(value) = value {
            add(name, value.text());
        }
    };
    option("key", &element.key);
    let reference = element.reference.as_ref();
    option("ref", &reference.map(|reference| reference.name.clone()));
    option("is", &element.component);
    option("name", &element.slot_name);
    option("slot", &element.slot.target);
    option("class", &element.data.static_class);
    option(":class", &element.data.class);
    option("style", &element.data.static_style);
    option(":style", &element.data.style);
    match &element.slot.scope {
        None => {}
        Some(SlotScope::Nothing) => add("scope", "_empty_"),
        Some(SlotScope::Parameters(parameters)) => add("scope", parameters.text()),
    }
    if let Some(repeat) = &element.repeat {
        let indices = [&repeat.first_index, &repeat.second_index].into_iter().flatten();
        let names: Vec<_> =
            [&repeat.alias].into_iter().chain(indices).map(MappedCode::text).collect();
        add("for", &format!("({}) in {}", names.join(";"), repeat.list.text()));
    }
    match &element.condition {
        Condition::None | Condition::If => {}
        Condition::ElseIf(test) => add("elseif", test.text()),
        Condition::Else => add("else", "true"),
    }
    for (name, list) in [
        ("attrs", &element.data.attrs),
        ("dynamic", &element.data.dynamic_attrs),
        ("props", &element.data.props),
    ] {
        if let Some(list) = list {
            add(name, &properties(list));
        }
    }
    for (name, events) in [("on", &element.data.events), ("native", &element.data.native_events)] {
        if !events.is_empty() {
            add(name, &handlers(events));
        }
    }
    for directive in &element.data.directives {
        let dynamic = if directive.is_argument_dynamic { "dynamic" } else { "" };
        let argument = directive.argument.as_ref().map_or("", MappedCode::text);
        let modifiers = directive
            .modifiers
            .as_ref()
            .map_or(String::new(), |names| format!(".{}", names.join(".")));
        let (name, value) = (&directive.name, directive.value.text());
        add(
            "directive",
            &format!(
                "[{}|{name}|{argument}|{dynamic}|{modifiers}|{value}]",
                directive.raw_name.text()
            ),
        );
    }
    let flags = [
        ("ns", element.namespace.is_some()),
        ("forbidden", element.is_forbidden),
        ("pre", element.is_pre),
        ("plain", element.is_plain),
        ("bindings", element.has_bindings),
        ("once", element.is_once),
        ("refInFor", reference.is_some_and(|reference| reference.is_in_for)),
        ("inline", element.is_inline_template),
        ("dynamicSlot", element.slot.is_target_dynamic),
    ];
    for (name, _) in flags.into_iter().filter(|(_, is)| *is) {
        line.push(' ');
        line.push_str(name);
    }
    line
}

fn properties(list: &[Property]) -> String {
    let one = |property: &Property| format!("{}:{}", property.name.text(), property.value.text());
    format!("[{}]", list.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn handlers(events: &Events) -> String {
    let mut all = Vec::new();
    for (event, handlers) in events {
        for handler in handlers {
            let name = if event.is_dynamic {
                format!("[{}]", event.name.text())
            } else {
                event.name.text().to_owned()
            };
            let modifiers = handler
                .modifiers
                .as_ref()
                .map_or(String::new(), |names| format!(".{}", names.join(".")));
            all.push(format!("{name}{modifiers}:{}", handler.value.text()));
        }
    }
    format!("[{}]", all.join(", "))
}

/// Returns what a case expects: the tree, then the diagnostics, each with the text that it points
/// at.
fn result(case: &Case<'_>) -> String {
    let has = |option: &str| case.name.ends_with(&format!("[{option}]"));
    let mut config = VueConfig { comments: has("comments"), ..VueConfig::default() };
    if has("condense") {
        config.whitespace = Whitespace::Condense;
    }
    if has("delimiters") {
        config.delimiters = ("${".to_owned(), "}".to_owned());
    }
    let (mut result, log) = read(case.template, &config);
    for diagnostic in log {
        let span = diagnostic.primary.expect("everything said of templates has a place").span;
        let text = &case.template[span.start as usize..span.end as usize];
        let summary = format!("\n{:?} {}: {text}", diagnostic.severity, diagnostic.code);
        result.push_str(&summary);
    }
    result
}

struct Case<'t> {
    name: &'t str,
    template: &'t str,
    expected: &'t str,
}

/// Returns the cases of `tests/cases.txt`: a name, a template, `=>`, the expected result.
fn cases(text: &str) -> Vec<Case<'_>> {
    let case = |text| {
        let (name, rest): (&str, &str) = str::split_once(text, '\n')?;
        let (template, expected) = rest.split_once("\n=>\n")?;
        Some(Case { name, template, expected: expected.trim_matches('\n') })
    };
    text.split("\n## ")
        .skip(1)
        .map(|text| case(text).expect("a case has a name, a template and an arrow"))
        .collect()
}

/// The expected results are those of Vue's own compiler, printed in the same way.
#[test]
fn templates_are_read_as_vue_reads_them() {
    for case in cases(include_str!("tests/cases.txt")) {
        assert_eq!(result(&case).trim_matches('\n'), case.expected, "{}", case.name);
    }
}

#[test]
fn nothing_is_too_deep_or_too_much() {
    let config = VueConfig::default();
    let first_code =
        |template: &str| read(template, &config).1.first().map(|diagnostic| diagnostic.code);
    assert_eq!(first_code(&format!("{}{}", "<a>".repeat(400), "</a>".repeat(400))), None);
    assert_eq!(first_code(&"<a>".repeat(10_000)), Some("nested-too-deeply"));
    assert_eq!(read(&format!("<a>{}</a>", "<b c=1 c=2/>".repeat(2_000)), &config).1.len(), 500);
    let pieces = [
        "{{ ",
        "{{{{\r",
        "a|",
        "/ ",
        "<b @a.",
        "<b :[c ",
        "<b style=';(;",
        "&",
        "<p v-else/>a",
        "[",
        "<b v-for='a in ",
    ];
    for piece in pieces {
        read(&format!("<a>{}</a>", piece.repeat(20_000)), &config);
        read(
            &format!(
                "<a :b.sync=\"{0}\" style=\"{0}\" v-for=\"{0}\"/>",
                piece.replace('"', "").repeat(20_000)
            ),
            &config,
        );
    }
    for prefix in [" @e", " b", ".c"] {
        let names: Vec<_> = (0..20_000).map(|index| format!("{prefix}{index}")).collect();
        read(&format!("<a v-a{}/>", names.concat()), &config);
    }
}

#[test]
fn values_know_where_they_are_written() {
    let template = r#"<p :a="b | c(d)" @e="f">{{ g &amp;&amp; h }}</p>"#;
    let source = Source::new("/a.vue", "a.vue", template);
    let (config, mut log) = (VueConfig::default(), Diagnostics::new());
    let tree =
        parse(&MappedCode::copied(template, 0), &mut Context::new(&config, &source, &mut log));
    let root = &tree[tree.root.expect("there is an element")];
    let origin = |code: &MappedCode, text: &str| {
        code.origin(code.text().find(text).expect("it stands there"))
    };
    let written = |text: &str| {
        u32::try_from(template.find(text).expect("it is written")).expect("it is small")
    };
    let bound = &root.data.attrs.as_ref().expect("there is one")[0].value;
    assert_eq!(
        (bound.text(), origin(bound, "b"), origin(bound, "d")),
        (r#"_f("c")(b,d)"#, written("b |"), written("d)"))
    );
    let Node::Expression { code, .. } = &root.children[0] else { panic!("{:?}", root.children) };
    assert_eq!(
        (code.text(), origin(code, "h"), origin(code, "&&")),
        ("_s(g && h)", written("h }}"), written("&amp;"))
    );
    assert_eq!(root.data.events[0].1[0].value.origin(0), written("f\""));
    assert_eq!(root.span, Span::new(0, u32::try_from(template.len()).expect("it is small")));
}

#[test]
fn fixes_contain_the_replacement() {
    let fix = |template: &str| {
        let diagnostic = read(template, &VueConfig::default()).1.pop().expect("something is said");
        diagnostic.fix.and_then(|fix| fix.replacement)
    };
    assert_eq!(fix(r#"<a-b><template scope="c"/></a-b>"#).as_deref(), Some(r#"slot-scope="c""#));
    assert_eq!(fix(r#"<a-b #="{ c }"/>"#).as_deref(), Some(r#"#default="{ c }""#));
}
