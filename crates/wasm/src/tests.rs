//! The interface for hosts in JavaScript, called from Rust.

use serde_json::Value;

use crate::Session;

const CONFIG: &str =
    r#"{ "areas": { "main": "main.js", "pages": { "entry": "pages/*.js" } }, "target": "es5" }"#;

fn configured(config: &str) -> Session {
    let mut session = Session::new();
    session.configure(Some(config.to_owned()));
    session
}

fn session() -> Session {
    let mut session = configured(CONFIG);
    session.write("main.js", "import { a } from './a.js';\nconsole.log(`${a}!`);\n");
    session.write("/a.js", "export const a = 'first';\n");
    session.write("pages/home.js", "console.log('home');\n");
    session
}

fn build(session: &mut Session) -> Value {
    parsed(&session.build(r#"{ "metafile": true }"#))
}

fn parsed(answer: &str) -> Value {
    serde_json::from_str(answer).expect("the answer is JSON")
}

/// Returns the text of an output below the output folder.
fn text(session: &Session, built: &Value, path: &str) -> String {
    let outputs = built["outputs"].as_array().expect("a list");
    let at = outputs.iter().position(|output| output["path"] == format!("dist/{path}"));
    String::from_utf8(session.output(at.unwrap_or_else(|| panic!("{built:#}")))).expect("text")
}

/// Returns the outputs of a build that changed.
fn changed(built: &Value) -> Vec<&str> {
    let outputs = built["outputs"].as_array().expect("a list");
    let changed = outputs.iter().filter(|output| output["changed"] == true);
    changed.filter_map(|output| output["path"].as_str()).collect()
}

#[test]
fn files_become_outputs() {
    let mut session = session();
    let built = build(&mut session);
    assert_eq!(built["diagnostics"].as_array().map(Vec::len), Some(0), "{built:#}");
    let main = text(&session, &built, "main.js");
    assert!(main.contains("first") && !main.contains('`'), "{main}");
    assert!(text(&session, &built, "pages/home.js").contains("home"));
}

#[test]
fn changes_are_built_and_mistakes_recovered_from() {
    let mut session = session();
    build(&mut session);
    session.write("a.js", "export const a = ;");
    let failed = build(&mut session);
    assert_eq!(failed["outputs"].as_array().map(Vec::len), Some(0));
    assert_eq!(failed["diagnostics"][0]["severity"], "error", "{failed:#}");
    session.write("a.js", "export const a = 'second';");
    session.write("pages/about.js", "console.log('about');");
    let built = build(&mut session);
    assert!(text(&session, &built, "main.js").contains("second"));
    assert!(text(&session, &built, "pages/about.js").contains("about"));
    session.remove("a.js");
    assert_eq!(build(&mut session)["outputs"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_wrong_configuration_is_a_diagnostic() {
    let failed = build(&mut configured(r#"{ "aeras": {} }"#));
    assert_eq!(failed["diagnostics"][0]["code"], "unknown-key", "{failed:#}");
}

#[test]
fn what_lies_beside_the_configuration_counts() {
    let mut session = configured(
        r#"{ "areas": { "main": "main.js", "other": "other.js" }, "target": "es5", "splitting": true }"#,
    );
    session.write("main.js", "import { a } from './a.js';\nconsole.log(a);\n");
    session.write("other.js", "import { a } from './a.js';\nconsole.log(a);\n");
    session.write("a.js", "export const a = [];\n");
    session.write("package.json", r#"{ "name": "shop" }"#);
    let built = build(&mut session);
    assert!(text(&session, &built, "main.js").contains("bundle:shop"));
    session.write("package.json", r#"{ "name": "bank" }"#);
    let built = build(&mut session);
    assert!(text(&session, &built, "main.js").contains("bundle:bank"));
}

#[test]
fn a_section_of_the_mode_counts() {
    let config =
        r#"{ "areas": { "main": "main.js" }, "modes": { "production": { "format": "cjs" } } }"#;
    let mut session = configured(config);
    session.write("main.js", "export const a = 1;");
    let built = build(&mut session);
    assert!(text(&session, &built, "main.js").contains("exports"));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut session = configured(r#"{ "areas": { "main": "main.js" } }"#);
    session.write_bytes("main.js", b"log('\xff')");
    assert_eq!(build(&mut session)["diagnostics"][0]["code"], "not-utf8");
}

#[test]
fn only_what_changed_is_marked() {
    let mut session = session();
    assert!(changed(&build(&mut session)).contains(&"dist/pages/home.js"));
    session.write("a.js", "export const a = 'second';");
    assert_eq!(changed(&build(&mut session)), ["dist/main.js"]);
    assert_eq!(changed(&build(&mut session)), [""; 0]);
}

#[test]
fn a_file_is_the_configuration_if_nothing_else_is() {
    let mut session = Session::new();
    session.write("bundle.config.json", r#"{ "areas": { "one": "one.js" } }"#);
    session.write("one.js", "console.log(1);");
    let built = build(&mut session);
    assert!(text(&session, &built, "one.js").contains("console.log(1)"));
    session.write("bundle.config.json", r#"{ "areas": { "two": "one.js" } }"#);
    let built = build(&mut session);
    assert!(text(&session, &built, "two.js").contains("console.log(1)"));
    session.remove("bundle.config.json");
    assert_eq!(build(&mut session)["diagnostics"][0]["severity"], "error");
}

#[test]
fn a_build_for_development_is_readable() {
    let mut session = session();
    let built = parsed(&session.build(r#"{ "mode": "development" }"#));
    assert!(text(&session, &built, "main.js").contains("\n  console.log"), "{built:#}");
    assert_eq!(built["metafile"], Value::Null);
}

#[test]
fn questions_are_answered_from_the_last_good_build() {
    let mut session = session();
    session.write("a.js", "export const a = Math.random();");
    assert_eq!(parsed(&session.why("a.js"))["diagnostic"]["code"], "nothing-built");
    build(&mut session);
    let why = parsed(&session.why("a.js"));
    assert!(why["text"].as_str().is_some_and(|text| text.contains("a.js is in dist/main.js")));
    let page = parsed(&session.report());
    assert!(page["text"].as_str().is_some_and(|text| text.starts_with("<!doctype html>")));
    session.write("a.js", "export const a = ;");
    build(&mut session);
    assert_eq!(parsed(&session.why("a.js")), why);
    assert_eq!(parsed(&session.why("b.js"))["diagnostic"]["code"], "unknown-module");
}
