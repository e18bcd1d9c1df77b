//! Chunk merging: which shared chunks are merged, which files each page loads afterwards, and which
//! files it must never load.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::fs::MemoryFs;

use super::{built, session};

/// Three pages that all share one function. The third page shares another function with each of the
/// first two, and a component with scoped styles with the second. The first two share a stylesheet
/// with global styles.
fn three_pages() -> Arc<MemoryFs> {
    let page =
        |shared: &str| format!("{shared}import {{ all }} from './all.js';\nconsole.log(all());\n");
    let shared =
        |name: &str| format!("import {{ {name} }} from './{name}.js';\nconsole.log({name}());\n");
    let module = |name: &str| format!("export function {name}() {{ return '{name}'; }}\n");
    let component =
        "<template><p class=\"card\" /></template>\n<style scoped>.card { color: red }</style>\n";
    let one = format!("{}import './page.css';\n", shared("onethree"));
    let two =
        format!("{}import './page.css';\nimport Card from './Card.vue';\n", shared("twothree"));
    let three =
        format!("{}{}import Card from './Card.vue';\n", shared("onethree"), shared("twothree"));
    let mut fs = MemoryFs::new()
        .with("/p/one.js", page(&one))
        .with("/p/two.js", page(&format!("{two}console.log(Card);\n")))
        .with("/p/three.js", page(&format!("{three}console.log(Card);\n")))
        .with("/p/page.css", "p { margin: 0 }\n")
        .with("/p/Card.vue", component)
        .with("/p/node_modules/vue/package.json", r#"{ "name": "vue", "version": "2.7.16" }"#);
    for name in ["all", "onethree", "twothree"] {
        fs = fs.with(format!("/p/{name}.js"), module(name));
    }
    Arc::new(fs)
}

/// Builds the three pages, and returns the scripts and stylesheets of each entry.
fn pages(splitting: &str) -> BTreeMap<String, (Vec<String>, Vec<String>)> {
    listed(&three_pages(), splitting)
}

/// Builds a project, and returns the scripts and stylesheets of each entry.
fn listed(fs: &Arc<MemoryFs>, splitting: &str) -> BTreeMap<String, (Vec<String>, Vec<String>)> {
    let text = format!(
        r#"{{ "areas": {{ "one": "one.js", "two": "two.js", "three": "three.js" }}, "outDir": "out", "vue": "2.7", "splitting": {splitting} }}"#
    );
    let files = built(&mut session(&text, fs)).outputs.files;
    let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let manifest =
        files.iter().find(|file| file.path == crate::ENTRYPOINTS_FILE).expect("areas have one");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest.bytes).expect("JSON");
    let list = |of: &serde_json::Value| -> Vec<String> {
        let list = of.as_array().expect("a list").iter();
        list.map(|file| file.as_str().expect("a name").to_owned()).collect()
    };
    let entries = manifest["entrypoints"].as_object().expect("an object");
    let pages: BTreeMap<_, _> = entries
        .iter()
        .map(|(name, page)| (name.clone(), (list(&page["js"]), list(&page["css"]))))
        .collect();
    for file in pages.values().flat_map(|(js, css)| js.iter().chain(css)) {
        assert!(names.contains(&file.as_str()), "{file} is not among {names:?}");
    }
    pages
}

#[test]
fn what_is_small_is_joined_and_styles_stay_where_they_are_asked_for() {
    let pages = pages("true");
    assert_eq!(pages["one"].0, ["chunks/shared~one+two+three.js", "one.js"]);
    assert_eq!(
        pages["one"].1,
        ["chunks/shared~one+two.css"],
        "the first page has the script of Card.vue, and needs no styles of it"
    );
    assert_eq!(pages["two"].0, ["chunks/shared~one+two+three.js", "two.js"]);
    // No script imports a name of a stylesheet, so these chunks have no script. The page needs the
    // stylesheets in this order.
    assert_eq!(pages["two"].1, ["chunks/shared~one+two.css", "chunks/shared~two+three.css"]);
    assert_eq!(pages["three"].0, ["chunks/shared~one+two+three.js", "three.js"]);
    assert_eq!(pages["three"].1, ["chunks/shared~two+three.css"], "page.css would show there");
}

/// Three pages that share one function. The second imports `box.js`, which imports global styles.
/// `first` is the beginning of the first page.
fn with_a_box(first: &str) -> Arc<MemoryFs> {
    let page =
        |text: &str| format!("{text}import {{ all }} from './all.js';\nconsole.log(all());\n");
    let boxed = "import { box } from './box.js';\nconsole.log(box());\n";
    let fs = MemoryFs::new()
        .with("/p/one.js", page(first))
        .with("/p/two.js", page(boxed))
        .with("/p/three.js", page(""))
        .with("/p/later.js", boxed)
        .with("/p/all.js", "export function all() { return 'all'; }\n")
        .with("/p/box.js", "import './box.css';\nexport function box() { return 'box'; }\n")
        .with("/p/box.css", "p { margin: 0 }\n");
    Arc::new(fs)
}

#[test]
fn a_script_may_be_where_its_styles_are_not() {
    let pages =
        listed(&with_a_box("import { box } from './box.js';\nconsole.log(box());\n"), "true");
    for (name, stylesheets) in [
        ("one", &["chunks/shared~one+two.css"][..]),
        ("two", &["chunks/shared~one+two.css"]),
        ("three", &[]),
    ] {
        assert_eq!(pages[name].0, ["chunks/shared~one+two+three.js", &format!("{name}.js")]);
        assert_eq!(pages[name].1, stylesheets, "{name}");
    }
}

#[test]
fn what_is_asked_for_later_comes_with_its_styles() {
    let pages = listed(&with_a_box("import('./later.js');\n"), "true");
    assert_eq!(pages["one"].1, [""; 0]);
    assert_eq!(pages["two"].1, ["chunks/shared~two+later.css"]);
    // Only the script that `import()` loads has these styles, so it is not merged.
    assert!(!pages["three"].0.iter().any(|file| file.contains("later")), "{pages:?}");
}

#[test]
fn stylesheets_that_pages_read_in_other_orders_are_not_merged() {
    let component = "<template><p /></template>\n<style scoped>p { color: red }</style>\n";
    let fs = |second: &str| {
        let fs = MemoryFs::new()
            .with("/p/one.js", "import './Red.vue';\nimport './page.css';\n")
            .with("/p/two.js", second)
            .with("/p/three.js", "import './page.css';\n")
            .with("/p/Red.vue", component)
            .with("/p/page.css", "p { color: green }\n")
            .with("/p/node_modules/vue/package.json", r#"{ "name": "vue", "version": "2.7.16" }"#);
        Arc::new(fs)
    };
    let alike = listed(&fs("import './Red.vue';\nimport './page.css';\n"), "true");
    assert_eq!(alike["two"].1, ["chunks/shared~one+two+three.css"]);
    let otherwise = listed(&fs("import './page.css';\nimport './Red.vue';\n"), "true");
    assert_eq!(
        otherwise["one"].1,
        ["chunks/shared~one+two.css", "chunks/shared~one+two+three.css"]
    );
    assert_eq!(
        otherwise["two"].1,
        ["chunks/shared~one+two+three.css", "chunks/shared~one+two.css"]
    );
}

#[test]
fn without_worth_a_page_loads_what_it_needs_and_nothing_else() {
    let pages = pages(r#"{ "minSize": 0 }"#);
    assert_eq!(
        pages["one"].0,
        ["chunks/shared~one+three.js", "chunks/shared~one+two+three.js", "one.js"]
    );
    assert_eq!(pages["three"].0.len(), 4);
    assert_eq!(pages["three"].1, ["chunks/shared~two+three.css"]);
}

#[test]
fn there_are_no_more_requests_than_may_be() {
    let pages = pages(r#"{ "minSize": 0, "maxRequests": 3 }"#);
    assert!(pages.values().all(|(js, _)| js.len() <= 3), "{pages:?}");
}

#[test]
fn what_few_share_is_joined_with_what_more_share() {
    let pages = pages(r#"{ "minSize": 0, "minUses": 3 }"#);
    assert_eq!(pages["three"].0, ["chunks/shared~one+two+three.js", "three.js"]);
}

/// Returns the codes of the warnings when two pages import the same two modules in opposite orders.
fn said_of_two_orders(first: &str, second: &str) -> Vec<&'static str> {
    let component = |color: &str| {
        format!("<template><p /></template>\n<style scoped>p {{ color: {color} }}</style>\n")
    };
    let fs = MemoryFs::new()
        .with("/p/one.js", format!("import '{first}';\nimport '{second}';\n"))
        .with("/p/two.js", format!("import '{second}';\nimport '{first}';\n"))
        .with("/p/Red.vue", component("red"))
        .with("/p/Blue.vue", component("blue"))
        .with("/p/page.css", "p { color: green }\n")
        .with("/p/node_modules/vue/package.json", r#"{ "name": "vue", "version": "2.7.16" }"#);
    let text =
        r#"{ "areas": { "one": "one.js", "two": "two.js" }, "outDir": "out", "vue": "2.7" }"#;
    built(&mut session(text, &Arc::new(fs))).warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn the_order_of_styles_counts_where_they_can_meet() {
    assert_eq!(said_of_two_orders("./Red.vue", "./Blue.vue"), [""; 0]);
    assert_eq!(said_of_two_orders("./Red.vue", "./page.css"), ["style-order"]);
}
