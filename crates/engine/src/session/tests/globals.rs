//! The list of needed globals in the metafile has lines of files, whichever part of a file needs a
//! global.

use std::sync::Arc;

use bundle_base::fs::MemoryFs;
use serde_json::json;

use super::{built, session};

#[test]
fn parts_of_components_are_reported_with_lines_of_the_file() {
    let component = "<template>\n  <p />\n</template>\n\n<script>\nconst seen = new \
                     WeakMap();\nexport default { data: () => ({ seen }) };\n</script>\n";
    let text =
        r#"{ "areas": { "main": "main.js" }, "outDir": "out", "target": "es5", "vue": "2.7" }"#;
    let files = MemoryFs::new()
        .with("/p/main.js", "import App from './App.vue';\nconsole.log(App);\n")
        .with("/p/App.vue", component)
        .with(
            "/p/node_modules/vue/package.json",
            r#"{ "name": "vue", "version": "2.7.16", "main": "index.js" }"#,
        )
        .with("/p/node_modules/vue/index.js", "module.exports = {};\n");
    let metafile =
        built(&mut session(text, &Arc::new(files))).outputs.metafile.expect("it was asked for");
    let needs = &metafile["outputs"]["out/main.js"]["globals"]["WeakMap"];
    let place = |need: &serde_json::Value| (need["line"].clone(), need["column"].clone());
    assert_eq!(
        needs.as_array().map(|needs| needs.iter().map(place).collect()),
        Some(vec![(json!(6), json!(18))])
    );
}
