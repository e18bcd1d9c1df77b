//! Which files a build writes, and which of them a page is told to load.

use super::Project;

#[test]
fn a_stylesheet_without_rules_is_still_a_file() {
    let project = Project::new(&[
        ("src/main.js", "import './main.scss';\nconsole.log(1);\n"),
        ("src/main.scss", "// $nothing: yet;\n"),
    ]);
    project.run_ok(&["src/main.js"]);
    assert_eq!(project.read("dist/main.css"), "");
}

#[test]
fn a_stylesheet_that_is_an_entry_is_all_that_its_page_loads() {
    let project = Project::new(&[
        (
            "bundle.config.json",
            r#"{ "root": "src", "areas": { "pages": "pages/*.js", "sass": "sass/*.scss" } }"#,
        ),
        ("src/pages/a.js", "import '../sass/site.scss';\nconsole.log('a');\n"),
        ("src/pages/b.js", "import '../sass/site.scss';\nconsole.log('b');\n"),
        ("src/sass/site.scss", ".site { color: red }\n"),
    ]);
    project.run_ok(&[]);
    let manifest: serde_json::Value =
        serde_json::from_str(&project.read("dist/entrypoints.json")).expect("it is JSON");
    assert_eq!(manifest["entrypoints"]["sass/site"]["css"], serde_json::json!(["sass/site.css"]));
}

#[test]
fn patterns_leave_the_output_folder_out() {
    let project = Project::new(&[
        (
            "bundle.config.json",
            r#"{ "root": "src", "areas": { "x": "**/*.js" }, "outDir": "src/out" }"#,
        ),
        ("src/main.js", "console.log(1);\n"),
    ]);
    project.run_ok(&[]);
    let first = project.names();
    project.run_ok(&[]);
    assert_eq!(project.names(), first);
}

#[test]
fn pages_of_visitors_have_no_client() {
    let project = Project::new(&[("main.js", "console.log(1);\n")]);
    let said = project.refuse(&["main.js", "--updates"]);
    assert!(said.contains("error[bad-arguments]: --updates: a build for production"), "{said}");
    project.run_ok(&["main.js", "--updates", "--mode", "development"]);
    assert!(project.read("dist/main.js").contains("bundle-dev"));
}
