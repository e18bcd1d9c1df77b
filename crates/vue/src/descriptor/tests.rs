//! Blocks of files, with exact places.

use super::*;

fn parsed(text: &str) -> (Arc<Source>, Descriptor, Vec<String>) {
    let source = Source::new("/p/App.vue", "App.vue", text);
    let mut log = Diagnostics::new();
    let descriptor = read(&source, &mut log);
    let messages = log.take().into_iter().map(|d| d.message).collect();
    (source, descriptor, messages)
}

#[test]
fn blocks_stand_at_the_top_level() {
    let text = "<!-- a <script> -->text<template lang='pug'><template \
                #a><p></p></template></template>\n\
                <script setup lang=\"ts\">let a = '</template>' < b</script><style scoped \
                src=\"./a&amp;b.css\"/><i18n>{}</i18n>";
    let (source, found, messages) = parsed(text);
    assert_eq!(messages, [""; 0]);
    let template = found.template.expect("it has one");
    assert_eq!(template.lang(), Some("pug"));
    assert_eq!(template.deindented(&source).text(), "<template #a><p></p></template>");
    let setup = found.setup.expect("it has one");
    assert_eq!(setup.deindented(&source).text(), "let a = '</template>' < b");
    assert_eq!(
        setup.deindented(&source).origin(4) as usize,
        text.find("a = ").expect("it is there")
    );
    let style = &found.styles[0];
    assert!(style.attribute("scoped").is_some() && style.value("scoped").is_none());
    assert_eq!(style.src().map(|src| src.value.as_str()), Some("./a&b.css"));
    assert_eq!(found.custom[0].tag, "i18n");
    assert_eq!(found.script, None);
}

#[test]
fn wrong_blocks_are_reported() {
    assert_eq!(parsed("<template><p></template>").2, [""; 0]);
    assert_eq!(parsed("<template><p></p>").2, ["the block <template> is never closed"]);
    assert_eq!(
        parsed("<script>a</script><script>b</script>").2,
        ["the file has two <script> blocks, and only the last one is used"]
    );
    assert_eq!(parsed("").1, Descriptor::default());
}

#[test]
fn indentation_goes_with_exact_places() {
    let shown = |text: &str| deindented(text, 10).text().to_owned();
    assert_eq!(shown("\n  <p>\n    a\n  </p>\n"), "\n<p>\n  a\n</p>\n");
    assert_eq!(shown("\n\t\ta\n\tb"), "\n\ta\nb");
    assert_eq!(shown("a\n  b"), "a\n  b");
    assert_eq!(shown("\r\n  a\r\n\r\n  b\r\n"), "\na\n\nb\n");
    assert_eq!(shown("\n  a\nb"), "\n  a\nb");
    assert_eq!(shown("\n  \n"), "\n\n");
    let code = deindented("\n  <p>\n    a", 10);
    assert_eq!(code.origin(1), 13);
    assert_eq!(code.origin(code.text().find('a').expect("it is there")), 21);
}

#[test]
fn a_stray_end_tag_is_an_empty_block() {
    let (source, found, messages) = parsed("<template><i></i></template></p>");
    let stray = &found.custom[0];
    assert_eq!((stray.tag.as_str(), stray.is_blank(&source)), ("p", true));
    assert_eq!(messages, [""; 0]);
}
