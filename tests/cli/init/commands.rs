//! Projects whose scripts in package.json call compilers.

use super::super::Project;

/// Returns what `init` says, and the configuration that it writes, without spaces. The project
/// builds if `builds`: some need programs that are not installed here.
fn of(scripts: &str, files: &[(&str, &str)], builds: bool) -> (String, String) {
    let package = format!("{{ \"scripts\": {{ {scripts} }} }}");
    let sources = [
        ("package.json", package.as_str()),
        ("src/app.js", "import './app.css'; import { tax } from './tax'; console.log(tax);"),
        ("src/tax.js", "export const tax = 2;"),
        ("src/admin.js", "import { tax } from './tax'; console.log('admin', tax);"),
        ("src/app.css", "a { b: c }"),
        ("src/print.scss", "$a: b; a { c: $a }"),
        ("lib/one.js", "var shared = 1;"),
        ("lib/two.js", "console.log(shared);"),
    ];
    let project = Project::new(&[&sources, files].concat());
    let said = project.run_ok(&["init"]).stdout;
    if builds {
        project.run_ok(&["--no-cache"]);
    }
    (said, project.read("bundle.config.json").split_whitespace().collect())
}

fn assert_has(config: &str, parts: &[&str]) {
    for part in parts {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
}

#[test]
fn parcel() {
    let scripts = r#""build": "parcel build src/app.js src/admin.js src/print.scss --dist-dir public/build --public-url /build --no-source-maps",
        "start": "parcel src/index.html""#;
    let (said, config) = of(scripts, &[], true);
    assert!(said.starts_with("found: Parcel (package.json)\n"), "{said}");
    let areas = r#""areas":{"app":"src/app.js","admin":"src/admin.js","print":"src/print.scss"}"#;
    let keys = [r#""outDir":"public/build""#, r#""publicPath":"/build/""#, areas];
    assert_has(&config, &keys);
    assert!(!config.contains("sourcemap"), "{config}");

    // Version 1 writes one file under another name, and `source` names entries for version 2.
    let (_, config) = of(r#""prod": "parcel build src/app.js -d dist/js -o site.js""#, &[], true);
    assert_has(
        &config,
        &[r#""outDir":"dist/js""#, r#""site":"src/app.js""#, r#""sourcemap":"file""#],
    );
    let package = r#"{ "source": ["src/app.js"], "scripts": { "build": "parcel build --no-optimize" },
        "targets": { "default": { "distDir": "./assets" } } }"#;
    let (_, config) = of("", &[("package.json", package)], true);
    assert_has(&config, &[r#""outDir":"assets""#, r#""app":"src/app.js""#, r#""minify":false"#]);
}

#[test]
fn tailwind_and_esbuild() {
    let scripts = r#""dev:css": "npx tailwindcss --postcss -i ./tw/main.css -c ./tw/tailwind.config.js -o ./theme/style.css",
        "dev:editor": "cross-env TARGET=editor npx tailwindcss -i ./tw/main.css -o ./theme/editor.css",
        "dev:js": "npx esbuild ./src/app.js --bundle --outdir=./theme/js --out-extension:.js=.min.js",
        "build": "run-s build:*",
        "build:css": "npx tailwindcss -i ./tw/main.css -c ./tw/tailwind.config.js -o ./theme/style.css --minify",
        "build:js": "npx esbuild ./src/app.js --bundle --minify --outdir=./theme/js --out-extension:.js=.min.js""#;
    let files = [
        ("tw/main.css", "@import \"tailwindcss/base\";"),
        ("tw/tailwind.config.js", "module.exports = {};"),
        ("esbuild.config.js", ""),
    ];
    let (said, config) = of(scripts, &files, false);
    assert!(said.starts_with("found: Tailwind, esbuild (package.json)\n"), "{said}");
    assert!(
        said.contains("theme/editor.css, which the script dev:editor makes with TARGET=editor")
    );
    assert!(said.contains("npm install --save-dev tailwindcss"), "{said}");
    assert!(said.contains("postcss.config.js"), "{said}");
    let areas = [r#""outDir":"theme""#, r#""style":"tw/main.css""#, r#""js/app.min":"src/app.js""#];
    assert_has(&config, &areas);
}

#[test]
fn stylesheets() {
    let scripts = r#""build": "npm-run-all css:*",
        "css:sass": "sass --no-source-map src/print.scss:css/print.css",
        "css:post": "NODE_ENV=production postcss src/*.css --base src -d css -u autoprefixer",
        "css:less": "lessc --clean-css src/old.less css/old.css",
        "css:prefixes": "postcss -r css/print.css --use autoprefixer",
        "css:rtl": "rtlcss css/print.css css/print.rtl.css""#;
    let (said, config) = of(scripts, &[("src/old.less", "a { b: c }")], false);
    assert!(said.starts_with("found: Sass, PostCSS, Less (package.json)\n"), "{said}");
    assert_has(
        &config,
        &[
            r#""print":"src/print.scss""#,
            r#""app":"src/app.css""#,
            r#""old":"src/old.less""#,
            r#""rtl":".rtl""#,
            r#""less":"lessc"#,
        ],
    );
}

#[test]
fn scripts_by_other_bundlers() {
    let scripts = r#""build": "browserify src/app.js -t [ babelify --presets [ @babel/env ] ] -s Shop | uglifyjs -c > js/app.js && rollup src/admin.js -o js/admin.js -f iife && terser js/admin.js -o js/admin.min.js && uglifyjs lib/one.js lib/two.js -o js/lib.js -c -m""#;
    let (said, config) = of(scripts, &[], true);
    assert!(
        said.starts_with("found: browserify, Rollup, terser, UglifyJS (package.json)\n"),
        "{said}"
    );
    assert_has(
        &config,
        &[
            r#""app":{"entry":"src/app.js","globalName":"Shop"}"#,
            r#""splitting":"async""#,
            r#""admin":"src/admin.js""#,
            r#""admin.min":"src/admin.js""#,
            r#""lib":"bundle.entries/lib.js""#,
        ],
    );
    assert!(!said.contains("not carried over"), "{said}");
}
