//! Elements that never change.

use std::sync::Arc;

use bundle_base::{Diagnostics, Source, config::VueConfig};

use super::*;
use crate::{mapped_code::MappedCode, v2::parse};

/// Returns the tags of static roots, with a star where they are repeated.
fn roots(template: &str) -> String {
    let source: Arc<Source> = Source::new("/a.vue", "a.vue", template);
    let (config, mut log) = (VueConfig::default(), Diagnostics::new());
    let tree = parse::parse(
        &MappedCode::copied(template, 0),
        &mut parse::Context::new(&config, &source, &mut log),
    );
    let hoisting = optimize(&tree);
    let ids = (0..tree.len()).map(|id| ElementId(u32::try_from(id).expect("there are few")));
    let roots = ids.filter(|id| hoisting.is_static_root(*id));
    let mut tags: Vec<String> = roots
        .map(|id| {
            format!("{}{}", tree[id].tag, if hoisting.is_static_in_for(id) { "*" } else { "" })
        })
        .collect();
    tags.sort();
    tags.join(" ")
}

#[test]
fn static_roots_have_more_than_a_text() {
    assert_eq!(roots("<div><p>a</p><ul><li/></ul><ol/></div>"), "div");
    assert_eq!(roots("<div :a='b'><p>a</p><ul><li/></ul><ol/></div>"), "ul");
    assert_eq!(roots("<div>a</div>"), "");
    assert_eq!(roots("<div>{{ a }}<p><b/></p></div>"), "p");
}

#[test]
fn what_may_change_is_not_static() {
    let dynamic = [
        "<p :a='b'/>",
        "<p @a='b'/>",
        "<p v-if='a'/>",
        "<p v-for='a in b'/>",
        "<p key='a'/>",
        "<p ref='a'/>",
        "<p slot='a'/>",
        "<p v-foo/>",
        "<p is='a'/>",
        "<p :class='a'/>",
        "<p :style='a'/>",
        "<slot/>",
        "<comp/>",
        "<component/>",
        "<template/>",
        "<svg/>",
        "<p>{{ a }}</p>",
        "<video muted/>",
        "<p v-once/>",
    ];
    for child in dynamic {
        assert_eq!(roots(&format!("<div>{child}</div>")), "", "{child}");
    }
    assert_eq!(roots("<div><p class='a' style='b: c' d='e'/><!-- f --></div>"), "div");
}

#[test]
fn slots_of_components_are_not_looked_into() {
    assert_eq!(roots("<c><p><b/></p></c>"), "");
    assert_eq!(roots("<c><template #a><p><b/></p></template></c>"), "");
    assert_eq!(roots("<c inline-template><p><b/></p></c>"), "p");
}

#[test]
fn repeated_roots_are_marked() {
    assert_eq!(roots("<div><p v-for='a in b'><i><b/></i></p></div>"), "i*");
    assert_eq!(roots("<div><p v-if='a'><i><b/></i></p><p v-else><u><b/></u></p></div>"), "i u");
    assert_eq!(roots("<div><template v-for='a in b'><i><b/></i></template></div>"), "");
    assert_eq!(
        roots("<div><template v-for='a in b'><p :c='d'><i><b/></i></p></template></div>"),
        "i*"
    );
}

#[test]
fn everything_in_v_pre_is_static_but_components() {
    assert_eq!(roots("<div><p v-pre>{{ a }}<b :c='d'/></p></div>"), "div");
    assert_eq!(roots("<div :e='f'><p v-pre><template><b/></template></p></div>"), "p");
    assert_eq!(roots("<div :e='f'><p v-pre><comp/></p></div>"), "");
    assert_eq!(roots("<div :e='f'><comp v-pre><b/></comp></div>"), "comp");
}
