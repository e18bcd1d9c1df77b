//! What a host in JavaScript sees, without one.

use serde_json::Value;

use crate::Session;

const CONFIG: &str = r#"{ "areas": { "main": "main.js", "pages": { "entry": "pages/*.js" } }, "target": "es5" }"#;

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
