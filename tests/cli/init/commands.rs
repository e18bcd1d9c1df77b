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
        "build:editor": "cross-env TARGET=editor npx tailwindcss -i ./tw/main.css -o ./theme/editor.css",
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
        said.contains("theme/editor.css, which the script build:editor makes with TARGET=editor")
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

/// What a compressor writes is no source of itself, whether it is on the disk or not.
#[test]
fn compressors_of_outputs() {
    let scripts = r#""build": "browserify src/app.js -o js/app.js && uglifyjs js/app.js -o js/app.js -c",
        "build:css": "sass src/print.scss css/a.css && postcss css/a.css -o css/a.min.css""#;
    for built in [&[][..], &[("js/app.js", "old;"), ("css/a.css", "old {}")]] {
        let (said, config) = of(scripts, built, true);
        let areas = [r#""js/app":"src/app.js""#, r#""css/a":"src/print.scss""#];
        assert_has(&config, &areas);
        assert_has(&config, &[r#""css/a.min":"src/print.scss""#]);
        assert!(!said.contains("not carried over"), "{said}");
    }
}

/// The options of the program are told apart from those of its plugins.
#[test]
fn brackets_and_redirections() {
    let scripts = r#""build": "browserify src/app.js -p [ css-modulesify -o dist/main.css ] -o dist/index.js && browserify src/admin.js>dist/admin.js""#;
    let (_, config) = of(scripts, &[], true);
    assert_has(&config, &[r#""index":"src/app.js""#, r#""admin":"src/admin.js""#]);
    assert!(!config.contains("main"), "{config}");
}

/// Scripts for development have no outputs of their own if others have some.
#[test]
fn scripts_for_production_first() {
    let scripts = r#""build:dev": "parcel build src/app.js -d dev --no-optimize",
        "build": "parcel build src/app.js -d dist", "test": "browserify src/tax.js -o test/x.js""#;
    let (_, config) = of(scripts, &[], true);
    assert_has(&config, &[r#""outDir":"dist""#, r#""areas":{"app":"src/app.js"}"#]);
    assert!(!config.contains("minify"), "{config}");
    // Only watching writes this one.
    let scripts = r#""dev": "SASS_PATH=./lib yarn run sass --watch src/print.scss css/print.css""#;
    let (_, config) = of(scripts, &[], true);
    assert_has(&config, &[r#""print":"src/print.scss""#]);
}

#[test]
fn options_of_compilers_of_stylesheets() {
    let scripts = r#""build": "tailwindcss build src/app.css -o css/one.css && tailwindcss -i src/app.css -o css/two.css -c tailwind.config.admin.js && postcss --use postcss-nested cssnano -b src/ -d css src/x/a.css && lessc --include-path=vendor -ru src/old.less > css/old.css""#;
    let files = [
        ("tailwind.config.admin.js", "module.exports = {};"),
        ("src/x/a.css", "a {}"),
        ("src/old.less", "a {}"),
    ];
    let (_, config) = of(scripts, &files, false);
    let areas = [r#""one":"src/app.css""#, r#""two":"src/app.css""#, r#""x/a":"src/x/a.css""#];
    assert_has(&config, &areas);
    assert_has(&config, &["--rewrite-urls=all--js--include-path=vendor-\""]);
}

/// Parcel reads pages, and copies what stylesheets name.
#[test]
fn pages_of_parcel() {
    let page = "<link rel=stylesheet href=\"x.css\"><script src=\"app.js\"></script>";
    let scripts = r#""build": "parcel build src/index.html""#;
    let (said, config) = of(scripts, &[("src/index.html", page)], true);
    assert!(said.contains("src/index.html  the tag of src/app.js"), "{said}");
    let html = r#""html":{"index.html":{"template":"src/index.html","entries":["app"]}}"#;
    assert_has(&config, &[r#""app":"src/app.js""#, html]);
    let (_, config) = of(r#""build": "parcel build src/print.scss""#, &[], true);
    assert!(!config.contains("urls"), "{config}");
}

#[test]
fn formats_of_rollup() {
    let scripts = r#""build": "rollup src/app.js -f iife -n Shop -g jquery:jQuery -e jquery -o js/app.js && rollup src/app.js -f es -o js/app.mjs""#;
    let (said, config) = of(scripts, &[], true);
    assert_has(&config, &[r#""jquery":"jQuery""#, r#""globalName":"Shop""#]);
    assert!(!config.contains("esm"), "{config}");
    assert!(said.contains("the script build, which calls rollup with the format es"), "{said}");
}

/// A configuration that is not understood is not replaced by a command for something else.
#[test]
fn unknown_configurations_stay_in_the_message() {
    let project = Project::new(&[
        ("package.json", r#"{ "scripts": { "build": "webpack", "docs": "sass a.scss a.css" } }"#),
        ("webpack.config.js", "module.exports = { entry: made(), plugins: [new Foo()] };"),
        ("a.scss", ""),
    ]);
    let run = project.run(&["init"]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stderr.contains("webpack.config.js names no entry"), "{}", run.stderr);
}

/// rtlcss works on what another tool writes.
#[test]
fn right_to_left_beside_a_tool() {
    let scripts =
        r#""build": "webpack && npm run rtl", "rtl": "rtlcss dist/main.css dist/main-rtl.css""#;
    let config = "module.exports = { entry: './src/app.js' };";
    let (said, config) = of(scripts, &[("webpack.config.js", config)], true);
    assert!(!said.contains("not carried over"), "{said}");
    assert_has(&config, &[r#""main":"src/app.js""#, r#""rtl":true"#]);
}

/// A stylesheet that only watching compiles is not lost beside a script for production.
#[test]
fn stylesheets_of_commands_that_watch() {
    let scripts = r#""watch": "sass --watch --source-map src/print.scss css/print.css 2>&1",
        "build:js": "uglifyjs lib/one.js -o js/one.min.js 2>/dev/null""#;
    let (said, config) = of(scripts, &[], true);
    assert_has(&config, &[r#""css/print":"src/print.scss""#, r#""js/one.min":"lib/one.js""#]);
    assert!(!said.contains("not carried over"), "{said}");
}
