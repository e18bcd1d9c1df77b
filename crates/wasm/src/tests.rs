//! The interface for hosts in JavaScript, called from Rust.

use serde_json::Value;

use crate::Session;

const CONFIG: &str =
    r#"{ "areas": { "main": "main.js", "pages": { "entry": "pages/*.js" } }, "target": "es5" }"#;

fn session() -> Session {
    let mut session = Session::new(CONFIG);
    session.write("main.js", "import { a } from './a.js';\nconsole.log(`${a}!`);\n");
    session.write("/a.js", "export const a = 'first';\n");
    session.write("pages/home.js", "console.log('home');\n");
    session
}

fn build(session: &mut Session) -> Value {
    serde_json::from_str(&session.build()).expect("the answer is JSON")
}

fn text<'a>(built: &'a Value, path: &str) -> &'a str {
    let outputs = built["outputs"].as_array().expect("a list");
    let found = outputs.iter().find(|output| output["path"] == path);
    found.unwrap_or_else(|| panic!("{built:#}"))["text"].as_str().expect("a text")
}

#[test]
fn files_become_outputs() {
    let built = build(&mut session());
    assert_eq!(built["diagnostics"].as_array().map(Vec::len), Some(0), "{built:#}");
    let main = text(&built, "main.js");
    assert!(main.contains("first") && !main.contains('`'), "{main}");
    assert!(text(&built, "pages/home.js").contains("home"));
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
    assert!(text(&built, "main.js").contains("second"));
    assert!(text(&built, "pages/about.js").contains("about"));
    session.remove("a.js");
    assert_eq!(build(&mut session)["outputs"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_wrong_configuration_is_a_diagnostic() {
    let failed = build(&mut Session::new(r#"{ "aeras": {} }"#));
    assert_eq!(failed["diagnostics"][0]["code"], "unknown-key", "{failed:#}");
}

#[test]
fn what_lies_beside_the_configuration_counts() {
    let mut session = Session::new(
        r#"{ "areas": { "main": "main.js", "other": "other.js" }, "target": "es5", "splitting": true }"#,
    );
    session.write("main.js", "import { a } from './a.js';\nconsole.log(a);\n");
    session.write("other.js", "import { a } from './a.js';\nconsole.log(a);\n");
    session.write("a.js", "export const a = [];\n");
    session.write("package.json", r#"{ "name": "shop" }"#);
    assert!(text(&build(&mut session), "main.js").contains("bundle:shop"));
    session.write("package.json", r#"{ "name": "bank" }"#);
    assert!(text(&build(&mut session), "main.js").contains("bundle:bank"));
}

#[test]
fn a_section_of_the_mode_counts() {
    let config =
        r#"{ "areas": { "main": "main.js" }, "modes": { "production": { "format": "cjs" } } }"#;
    let mut session = Session::new(config);
    session.write("main.js", "export const a = 1;");
    assert!(text(&build(&mut session), "main.js").contains("exports"));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut session = Session::new(r#"{ "areas": { "main": "main.js" } }"#);
    session.write_bytes("main.js", b"log('\xff')");
    assert_eq!(build(&mut session)["diagnostics"][0]["code"], "not-utf8");
}
