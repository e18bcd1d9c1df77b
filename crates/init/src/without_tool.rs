//! A project without another tool: entries are looked for where projects of its framework have
//! them.

use camino::Utf8Path;

use super::{
    facts::{Framework, ProjectFacts},
    plan::Plan,
};

/// Where scripts begin, the likeliest first.
const SCRIPTS: [&str; 16] = [
    "resources/js/app.js",
    "resources/js/app.ts",
    "resources/assets/js/app.js",
    "assets/app.js",
    "assets/js/app.js",
    "assets/js/main.js",
    "src/main.js",
    "src/main.ts",
    "src/index.js",
    "src/index.ts",
    "src/app.js",
    "js/main.js",
    "js/app.js",
    "js/index.js",
    "main.js",
    "index.js",
];
/// Where stylesheets begin.
const STYLES: [&str; 10] = [
    "resources/sass/app.scss",
    "resources/assets/sass/app.scss",
    "resources/css/app.css",
    "assets/styles/app.css",
    "assets/scss/main.scss",
    "assets/sass/style.scss",
    "src/scss/main.scss",
    "src/styles/main.scss",
    "scss/style.scss",
    "sass/style.scss",
];

/// Fills a plan with the entries that are found.
pub fn read(facts: &ProjectFacts, plan: &mut Plan) {
    let is_file = |path: &&&str| facts.is_file(path);
    let scripts: Vec<&&str> = SCRIPTS.iter().filter(is_file).take(1).collect();
    let styles: Vec<&&str> = STYLES.iter().filter(is_file).take(1).collect();
    let (out, public) = match facts.framework {
        Framework::Laravel | Framework::CodeIgniter4 => ("public", "/"),
        Framework::Symfony => ("public/build", "/build/"),
        Framework::CodeIgniter3 => ("assets/build", "/assets/build/"),
        Framework::WordPress | Framework::PlainPhp | Framework::None => ("dist", ""),
    };
    plan.out_dir = Some(out.to_owned());
    if !public.is_empty() {
        plan.set("publicPath", public);
    }
    for path in scripts {
        let stem = Utf8Path::new(path).file_stem().unwrap_or_default();
        plan.output(&format!("{out}/js/{stem}.js")).modules.push((**path).to_owned());
    }
    for path in styles {
        let stem = Utf8Path::new(path).file_stem().unwrap_or_default();
        plan.output(&format!("{out}/css/{stem}.css")).styles.push((**path).to_owned());
    }
    if facts.framework != Framework::None {
        plan.set("manifest", serde_json::json!(["php"]));
        plan.comment("manifest", "bundle.php, for bundle_tags() in views: see docs/php.md");
    }
}
