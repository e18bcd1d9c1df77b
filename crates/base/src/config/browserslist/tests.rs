//! How the configuration of browserslist is read: files, sections, the environment. The expected
//! results come from browserslist itself.

use super::*;
use crate::{
    config::{Browsers, Environment},
    fs::MemoryFs,
    tools::NoTools,
};

/// Returns the queries of a project in `/a/p`, and the messages.
fn read(
    files: &[(&str, &str)],
    environment: &[(&str, &str)],
    mode: Mode,
) -> (Option<String>, Vec<String>) {
    let fs = files.iter().fold(MemoryFs::new(), |fs, (path, text)| fs.with(path, text));
    let environment = Environment::read(|name| {
        environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    });
    let answer = |_: &str| -> Browsers { Ok(Vec::new()) };
    let host = Host {
        cwd: "/a/p".into(),
        project: "/a/p".into(),
        fs: &fs,
        tools: &NoTools,
        browserslist: &answer,
        environment: &environment,
    };
    let mut log = Diagnostics::new();
    let found = queries(&host, mode, &mut log).map(|written| written.value.join(" | "));
    (found, log.take().into_iter().map(|diagnostic| diagnostic.message).collect())
}

fn chosen(files: &[(&str, &str)], environment: &[(&str, &str)], mode: Mode) -> Option<String> {
    let (found, messages) = read(files, environment, mode);
    assert_eq!(messages, [""; 0]);
    found
}

const FILE: &str = "# all\nie 9, ie 10 # old\n\n[production staging]\nchrome \
                    50\r\n[development]\nlast 1 chrome version\n";

#[test]
fn sections_follow_the_environment_and_the_mode() {
    let files = [("/a/p/.browserslistrc", FILE)];
    let with = |environment: &[(&str, &str)], mode| chosen(&files, environment, mode);
    assert_eq!(with(&[], Mode::Production).as_deref(), Some("chrome 50"));
    assert_eq!(with(&[], Mode::Development).as_deref(), Some("last 1 chrome version"));
    assert_eq!(with(&[("NODE_ENV", "staging")], Mode::Development).as_deref(), Some("chrome 50"));
    assert_eq!(
        with(&[("NODE_ENV", "")], Mode::Development).as_deref(),
        Some("last 1 chrome version")
    );
    assert_eq!(with(&[("NODE_ENV", "test")], Mode::Development).as_deref(), Some("ie 9 | ie 10"));
    let both = [("NODE_ENV", "development"), ("BROWSERSLIST_ENV", "production")];
    assert_eq!(with(&both, Mode::Development).as_deref(), Some("chrome 50"));
    assert_eq!(with(&[("BROWSERSLIST", "ie 8")], Mode::Production).as_deref(), Some("ie 8"));
}

#[test]
fn the_nearest_folder_counts() {
    let above = ("/a/browserslist", "ie 11");
    assert_eq!(chosen(&[above], &[], Mode::Production).as_deref(), Some("ie 11"));
    let silent = ("/a/p/package.json", r#"{ "name": "p" }"#);
    assert_eq!(chosen(&[above, silent], &[], Mode::Production).as_deref(), Some("ie 11"));
    let package = (
        "/a/p/package.json",
        r#"{ "browserslist": { "production": "ie 9", "defaults": ["ie 8", "ie 7"] } }"#,
    );
    assert_eq!(chosen(&[above, package], &[], Mode::Production).as_deref(), Some("ie 9"));
    assert_eq!(chosen(&[above, package], &[], Mode::Development).as_deref(), Some("ie 8 | ie 7"));
    let other = ("/a/p/package.json", r#"{ "browserslist": { "production": "ie 9" } }"#);
    assert_eq!(chosen(&[above, other], &[], Mode::Development), None);
    assert_eq!(
        chosen(&[above, other], &[("BROWSERSLIST_CONFIG", "../browserslist")], Mode::Production)
            .as_deref(),
        Some("ie 11")
    );
    assert_eq!(chosen(&[], &[], Mode::Production), None);
}

#[test]
fn what_browserslist_refuses() {
    let messages = |files: &[(&str, &str)]| read(files, &[], Mode::Production).1.join("\n");
    let (file, package) =
        (("/a/p/browserslist", "ie 9"), ("/a/p/package.json", r#"{ "browserslist": "ie 9" }"#));
    assert_eq!(
        messages(&[file, package]),
        "this folder configures its browsers in both browserslist and package.json"
    );
    assert!(messages(&[file, ("/a/p/.browserslistrc", "ie 9")]).contains(".browserslistrc"));
    assert_eq!(
        messages(&[("/a/p/browserslist", "[a]\nie 9\n[a]\nie 8")]),
        "there are two sections `a`"
    );
    assert_eq!(
        messages(&[("/a/p/browserslist", "[defaults]\nie 9")]),
        "there are two sections `defaults`"
    );
    assert_eq!(messages(&[("/a/browserslist", "ie 9"), package]), "");
}

#[test]
fn an_empty_list_has_no_queries_and_hides_outer_folders() {
    let above = ("/a/browserslist", "ie 11");
    let empty = ("/a/p/package.json", r#"{ "browserslist": [] }"#);
    assert_eq!(chosen(&[above, empty], &[], Mode::Production), None);
}

#[test]
fn misspelt_names_are_reported() {
    let files =
        [("/a/p/package.json", r#"{ "browserlist": "ie 9" }"#), ("/a/.browserlistrc", "ie 8")];
    let (found, messages) = read(&files, &[], Mode::Production);
    assert_eq!(found, None);
    assert_eq!(
        messages,
        [
            "the key `browserlist` is misspelt, so nothing reads it",
            ".browserlistrc is misspelt, so nothing reads it"
        ]
    );
    let right = ("/a/p/package.json", r#"{ "browserslist": "ie 9", "x": { "browserlist": 1 } }"#);
    assert_eq!(chosen(&[right], &[], Mode::Production).as_deref(), Some("ie 9"));
}

#[test]
fn packages_of_queries() {
    let of = |name: &str, files: &[(&str, &str)]| {
        let fs = files.iter().fold(MemoryFs::new(), |fs, (path, text)| fs.with(path, text));
        let answer = |_: &str| -> Browsers { Ok(Vec::new()) };
        let environment = Environment::default();
        let host = Host {
            cwd: "/a/p".into(),
            project: "/a/p".into(),
            fs: &fs,
            tools: &NoTools,
            browserslist: &answer,
            environment: &environment,
        };
        extended(&["ie 9", &format!("extends {name}")], &host, Mode::Production)
            .map(|queries| queries.join(" | "))
    };
    let list = "// ours\nmodule.exports = ['chrome 50', \"ie 11\",];\n";
    let name = "browserslist-config-x";
    assert_eq!(
        of(name, &[("/a/node_modules/browserslist-config-x/index.js", list)]).as_deref(),
        Ok("ie 9 | chrome 50 | ie 11")
    );
    let package =
        ("/a/p/node_modules/@x/browserslist-config/package.json", r#"{ "main": "./list.json" }"#);
    let file = (
        "/a/p/node_modules/@x/browserslist-config/list.json",
        r#"{ "production": ["ie 10"], "defaults": ["ie 8"] }"#,
    );
    assert_eq!(of("@x/browserslist-config", &[package, file]).as_deref(), Ok("ie 9 | ie 10"));
    let exports = |text: &str| {
        let list = ("/a/node_modules/browserslist-config-x/list.js", "module.exports = ['ie 10']");
        of(name, &[("/a/node_modules/browserslist-config-x/package.json", text), list])
    };
    assert_eq!(exports(r#"{ "exports": "./list.js" }"#).as_deref(), Ok("ie 9 | ie 10"));
    let nested =
        r#"{ "main": "x", "exports": { ".": { "import": "./x.mjs", "default": "./list.js" } } }"#;
    assert_eq!(exports(nested).as_deref(), Ok("ie 9 | ie 10"));
    assert!(of(name, &[]).is_err_and(|why| why.contains("is not in node_modules")));
    assert!(of("x", &[]).is_err_and(|why| why.contains("begins with")));
    let program = [("/a/node_modules/browserslist-config-x/index.js", "module.exports = make();")];
    assert!(of(name, &program).is_err_and(|why| why.contains("more than a list")));
    let cycle = [(
        "/a/node_modules/browserslist-config-x/index.js",
        "module.exports = ['extends browserslist-config-x'];",
    )];
    assert!(of(name, &cycle).is_err_and(|why| why.contains("extends itself")));
}
