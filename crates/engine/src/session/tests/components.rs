//! What is reused of a component that is loaded again: its scripts, if only something changed that
//! a stylesheet imports; its stylesheets, if only another block changed. Neither is reused if
//! something else that it follows from changed too.

use std::sync::Arc;

use bundle_base::{
    fs::MemoryFs,
    loader::{Part, PartContent},
};
use camino::Utf8PathBuf;

use super::{Build, Session, built, changed, session, shown};
use crate::ChangeSet;

const CONFIG: &str = r#"{ "areas": { "main": "main.js" }, "outDir": "out", "mode": "development", "sourcemap": "inline", "externals": { "vue": "Vue" } }"#;
const PARTIAL: &str = "/p/_theme.scss";

/// A project with a component of these blocks, and the files that its blocks may read.
fn project(blocks: &str) -> Arc<MemoryFs> {
    Arc::new(
        MemoryFs::new()
            .with("/p/main.js", "import App from './App.vue';\nconsole.log(App);\n")
            .with("/p/App.vue", blocks)
            .with("/p/other.html", "<p>one</p>")
            .with("/p/other.css", ".own { width: v-bind(size) }")
            .with(PARTIAL, "$wide: 1px;\n.first { top: 0 }\n"),
    )
}

/// Returns the scripts that the component was compiled to.
fn scripts(session: &Session) -> Vec<Part> {
    let all =
        session.memo.files.iter().find(|(key, _)| key.path == "/p/App.vue").expect("it was loaded");
    let parts = &all.1.loaded.as_ref().expect("it is right").parts;
    parts.iter().filter(|part| matches!(part.content, PartContent::Script(_))).cloned().collect()
}

/// Builds after a change of files, and compares with a clean build. Returns also whether the
/// scripts of the component were reused.
fn rebuilt(session: &mut Session, fs: &Arc<MemoryFs>, paths: &[&str]) -> (Build, bool) {
    let before = scripts(session);
    session.apply(&ChangeSet {
        changed: paths.iter().map(Utf8PathBuf::from).collect(),
        ..ChangeSet::default()
    });
    let build = built(session);
    assert_eq!(build.outputs, built(&mut super::session(CONFIG, fs)).outputs);
    assert!(session.memo.invalidated.is_empty());
    let is_same = |(one, other): (&Part, &Part)| Arc::ptr_eq(&one.source, &other.source);
    let are_same = before.iter().zip(&scripts(session)).all(is_same);
    (build, are_same)
}

const STYLE: &str = "<style lang=\"scss\" scoped>\n@use './theme';\n.own { width: theme.$wide; \
                     left: v-bind(size) }\n</style>\n";

#[test]
fn a_mistake_in_a_partial_is_the_only_error() {
    let fs = project(&format!("<template><p></p></template>\n<script></script>\n{STYLE}"));
    let mut session = session(CONFIG, &fs);
    built(&mut session);
    fs.write(PARTIAL, "$wide: ;\n");
    session.apply(&changed(PARTIAL));
    let of_clean = shown(&super::session(CONFIG, &fs).build().expect_err("it is a mistake"));
    assert_eq!(shown(&session.build().expect_err("it is a mistake")), of_clean);
    fs.write(PARTIAL, "$wide: 2px;\n");
    rebuilt(&mut session, &fs, &[PARTIAL]);
}

#[test]
fn an_edit_of_a_partial_compiles_no_template() {
    let blocks = format!(
        "<template><p class=\"own\">{{{{ size }}}}</p></template>\n<script>export default {{ data: \
         () => ({{ size: 1 }}) }}</script>\n{STYLE}"
    );
    let fs = project(&blocks);
    let mut session = session(CONFIG, &fs);
    built(&mut session);
    for wide in ["10px", "20px"] {
        fs.write(PARTIAL, format!("$wide: {wide};\n.second {{ top: 0 }}\n"));
        let (build, are_same) = rebuilt(&mut session, &fs, &[PARTIAL]);
        assert!(are_same);
        let stylesheet =
            build.outputs.files.iter().find(|file| file.path == "main.css").expect("it is written");
        assert!(String::from_utf8_lossy(&stylesheet.bytes).contains(&format!("width: {wide}")));
    }
    fs.write("/p/App.vue", blocks.replace("size: 1", "size: 2"));
    fs.write(PARTIAL, "$wide: 3px;\n");
    let (_, are_same) = rebuilt(&mut session, &fs, &[PARTIAL, "/p/App.vue"]);
    assert!(!are_same, "the text is another one");
    fs.write("/p/App.vue", blocks.replace("</p>", "<br></p>"));
    assert!(!rebuilt(&mut session, &fs, &["/p/App.vue"]).1);
}

#[test]
fn scripts_that_follow_from_other_files_are_compiled_again() {
    let page = "<template><p class=\"own\" /></template>\n";
    let forms = [
        format!("<template src=\"./other.html\" />\n{STYLE}"),
        format!("{page}{STYLE}<style src=\"./other.css\" />\n"),
        format!("{page}{}", STYLE.replace("scoped", "module")),
    ];
    for form in &forms {
        let fs = project(form);
        let mut session = session(CONFIG, &fs);
        built(&mut session);
        fs.write(PARTIAL, "$wide: 2px;\n.second { top: 0 }\n");
        assert!(!rebuilt(&mut session, &fs, &[PARTIAL]).1, "{form}");
        fs.write("/p/other.html", "<p>two</p>");
        fs.write("/p/other.css", ".own { width: v-bind(height) }");
        rebuilt(&mut session, &fs, &["/p/other.html", "/p/other.css"]);
    }
}

/// Returns the texts of the component's stylesheets.
fn stylesheets(session: &Session) -> Vec<Arc<bundle_base::Source>> {
    let all =
        session.memo.files.iter().find(|(key, _)| key.path == "/p/App.vue").expect("it was loaded");
    let parts = &all.1.loaded.as_ref().expect("it is right").parts;
    let is_style = |part: &&Part| matches!(part.content, PartContent::Style(_));
    parts.iter().filter(is_style).map(|part| Arc::clone(&part.source)).collect()
}

#[test]
fn an_edit_of_another_block_compiles_no_stylesheet() {
    let template = |text: &str| format!("<template><p class=\"own\">{text}</p></template>\n");
    let blocks = |text: &str, style: &str| {
        format!("{}{style}<style>b {{ top: 0 }}</style>\n", template(text))
    };
    let fs = project(&blocks("one", STYLE));
    let mut session = session(CONFIG, &fs);
    built(&mut session);
    let mut edit = |files: &[(&str, String)], is_kept: bool| {
        let before = stylesheets(&session);
        for (path, text) in files {
            fs.write(path, text.clone());
        }
        rebuilt(&mut session, &fs, &files.iter().map(|(path, _)| *path).collect::<Vec<_>>());
        let after = stylesheets(&session);
        let are_kept = before.len() == after.len()
            && before.iter().zip(&after).all(|(one, other)| Arc::ptr_eq(one, other));
        assert_eq!(are_kept, is_kept, "{files:?}");
        // The imports of a reused stylesheet are still watched.
        let mut of_partial = session
            .memo
            .files
            .values()
            .filter(|file| file.reads.iter().any(|(path, _)| path == PARTIAL));
        assert_eq!(
            of_partial.next().is_some(),
            files.iter().all(|(_, text)| !text.contains("five")),
            "{files:?}"
        );
    };
    let app = "/p/App.vue";
    edit(&[(app, blocks("two and more", STYLE))], true);
    edit(&[(app, blocks("", STYLE))], true);
    edit(&[(PARTIAL, "$wide: 4px;\n".to_owned())], false);
    edit(&[(app, blocks("three", STYLE)), (PARTIAL, "$wide: 5px;\n".to_owned())], false);
    edit(&[(PARTIAL, "$wide: 6px;\n".to_owned()), (app, blocks("four", STYLE))], false);
    edit(&[(app, blocks("four", &STYLE.replace("left", "right")))], false);
    edit(&[(app, blocks("four", &STYLE.replace(" scoped", "")))], false);
    edit(&[(app, template("five"))], false);
}

#[test]
fn what_was_to_be_said_is_said_again() {
    let fs =
        project(&format!("<template><p class=\"own\" /></template>\n<docs>None.</docs>\n{STYLE}"));
    let mut session = session(CONFIG, &fs);
    let first = built(&mut session);
    assert_eq!(first.warnings.len(), 1);
    fs.write(PARTIAL, "$wide: 2px;\n");
    session.apply(&changed(PARTIAL));
    assert_eq!(built(&mut session).warnings, first.warnings);
}
