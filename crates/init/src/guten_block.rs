//! Reads plugins of create-guten-block, whose cgb-scripts have no configuration: one script, and
//! two stylesheets of the sources that are named `style` and `editor`.

use bundle_base::config::matching;
use serde_json::json;

use super::{
    reading::{Reading, camel_case},
    webpack,
};

/// Packages that the editor's page has as members of `wp`.
const OF_WP: [&str; 13] = [
    "components",
    "api-fetch",
    "edit-post",
    "element",
    "plugins",
    "editor",
    "block-editor",
    "blocks",
    "hooks",
    "utils",
    "date",
    "data",
    "i18n",
];
/// The other ones.
const GIVEN: [(&str, &str); 8] = [
    ("wp", "wp"),
    ("ga", "ga"),
    ("gtag", "gtag"),
    ("react", "React"),
    ("jquery", "jQuery"),
    ("react-dom", "ReactDOM"),
    ("lodash", "lodash"),
    ("cgbGlobal", "cgbGlobal"),
];

/// Reads a project.
pub fn read(reading: &mut Reading<'_>) {
    reading.plan.out_dir = Some("dist".to_owned());
    webpack::add(reading, "dist/blocks.build.js", "src/blocks.js");
    for name in ["style", "editor"] {
        let pattern = format!("src/**/*{name}.{{css,scss}}");
        let found = matching(&*reading.facts.fs, reading.project(), &pattern);
        for path in found {
            let path = reading.path(path.as_str());
            webpack::add(reading, &format!("dist/blocks.{name}.build.css"), &path);
        }
    }
    for name in OF_WP {
        let global = format!("wp.{}", camel_case(name));
        reading.plan.put("externals", &format!("@wordpress/{name}"), global);
    }
    for (name, global) in GIVEN {
        reading.plan.put("externals", name, global);
    }
    let jsx = json!({ "factory": "wp.element.createElement", "fragment": "wp.element.Fragment" });
    reading.plan.set("jsx", jsx);
    if reading.is_file("src/common.scss") {
        reading.plan.put("sass", "loadPaths", json!(["."]));
        reading.plan.put("sass", "additionalData", "@import \"src/common.scss\";");
    }
    reading.plan.set("splitting", "async");
    let remedy = "the plugin needs no tag of it: it has what the two other stylesheets have";
    reading.plan.note("dist/blocks.build.css", "a stylesheet that is new", remedy);
    webpack::keep_urls(reading, "raw-loader");
}
