//! Projects in memory: what is said about them, and what is written.

use std::sync::Arc;

use bundle_base::{
    Diagnostics,
    diagnostic::render_text,
    fs::{FileSystem, MemoryFs},
};
use camino::Utf8Path;

use super::{Configuration, configuration};

/// Returns what is made of the files of a project, or the errors as text.
fn made(files: &[(&str, &str)], from: &[&str]) -> Result<Configuration, String> {
    let add = |fs: MemoryFs, (path, text): &(&str, &str)| fs.with(format!("/p/{path}"), text);
    let fs: Arc<dyn FileSystem> = Arc::new(files.iter().fold(MemoryFs::new(), add));
    let from: Vec<String> = from.iter().map(|path| (*path).to_owned()).collect();
    let mut log = Diagnostics::new();
    let made = configuration(Utf8Path::new("/p"), fs, &from, false, &mut log);
    made.ok_or_else(|| log.iter().map(|error| render_text(error, false)).collect())
}

/// Returns the summary and the configuration.
fn written(files: &[(&str, &str)]) -> (String, String) {
    let Configuration { summary, mut files } =
        made(files, &[]).unwrap_or_else(|errors| panic!("{errors}"));
    let (_, config) = files.pop().expect("the configuration is the last file");
    (summary, config)
}

#[test]
fn rtlcss_for_a_folder() {
    let package =
        r#"{ "scripts": { "rtl": "rtlcss -d css && brunch build", "build": "npm run rtl" } }"#;
    let (said, _) = written(&[("package.json", package), ("src/index.js", "")]);
    let note = "the script rtl, which calls rtlcss\n      write the ending of what it makes into \
                \"rtl\"";
    assert!(said.contains(note), "{said}");
    assert_eq!(said.matches("which calls rtlcss").count(), 1, "{said}");
}

#[test]
fn grunt_without_entries() {
    let config = "module.exports = (grunt) => require('load-grunt-config')(grunt);";
    let files = [("Gruntfile.js", config), ("grunt/sass.coffee", "module.exports =\n  all: {}")];
    let errors = made(&files, &[]).err().unwrap_or_default();
    assert!(errors.contains("grunt/sass.coffee, which load-grunt-config reads"), "{errors}");
    assert!(errors.contains("or read another file with --from FILE"), "{errors}");

    let others = [
        ("webpack.config.js", "module.exports = {};"),
        ("site/rollup.config.js", "export default {};"),
        ("other/package.json", "{}"),
        ("other/webpack.config.js", "module.exports = {};"),
    ];
    let all = [&files[..], &others].concat();
    let errors = made(&all, &["Gruntfile.js"]).err().unwrap_or_default();
    let others = "the project has other configurations: webpack.config.js, site/rollup.config.js\n";
    assert!(errors.contains(others), "{errors}");
    assert!(errors.contains("npx bundle init --from webpack.config.js"), "{errors}");
}

#[test]
fn task_files_of_a_package_that_is_not_installed() {
    let files = [
        ("Gruntfile.js", "module.exports = (grunt) => require('load-grunt-config')(grunt, {});"),
        ("grunt/uglify.js", "module.exports = { all: { src: 'a.js', dest: 'js/a.min.js' } };"),
        ("a.js", "1;"),
    ];
    let (said, config) = written(&files);
    assert!(config.contains("\"a.min\": \"a.js\""), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
}

#[test]
fn tailwind_beside_a_configuration_of_postcss() {
    let said = |postcss: &str| {
        let package = r#"{ "devDependencies": { "@tailwindcss/vite": "latest" } }"#;
        let vite = "export default { build: { rollupOptions: { input: 'a.css' } } };";
        let postcss = format!("module.exports = {{ plugins: {{ {postcss} }} }};");
        let files = [
            ("package.json", package),
            ("vite.config.js", vite),
            ("a.css", ""),
            ("postcss.config.js", &postcss),
        ];
        written(&files).0
    };
    let note =
        "package.json  Tailwind, which @tailwindcss/vite runs\n      add @tailwindcss/postcss";
    assert!(said("'postcss-nested': {}").contains(note), "{}", said("'postcss-nested': {}"));
    assert!(!said("'@tailwindcss/postcss': {}").contains("not carried over"));
}

#[test]
fn stylesheets_of_rollup_that_functions_write() {
    let of = |plugin: &str, options: &str| {
        let config = format!(
            "import sass from '{plugin}'; export default [ \
             {{ input: 'a.js', output: {{ file: 'js/a.js', format: 'iife' }} }}, \
             {{ input: 'b.scss', output: {{ file: 'css/b.js' }}, plugins: [sass({options})] }} ];"
        );
        let (said, config) =
            written(&[("rollup.config.mjs", &config), ("a.js", "1;"), ("b.scss", "")]);
        assert_ne!(said.contains("b.scss, which a function of"), config.contains("\"b.scss\""));
        said.contains("not carried over")
    };
    assert!(of("rollup-plugin-sass", "{ output: false, processor: (css) => css }"));
    assert!(of("rollup-plugin-scss", "{ output(css) { write(css) } }"));
    assert!(!of("rollup-plugin-scss", "{ output: 'css/b.css' }"));
    assert!(!of("rollup-plugin-scss", "{ processor: () => prefix }"));
}

#[test]
fn chunks_of_rollup() {
    let splitting = |config: &str| {
        let config = format!("export default {config};");
        let files = [("rollup.config.mjs", config.as_str()), ("a.js", "1;"), ("b.js", "2;")];
        let (_, config) = written(&files);
        config
            .lines()
            .find(|line| line.contains("\"splitting\""))
            .map(|line| line.trim().to_owned())
    };
    let one = "{ input: ['a.js', 'b.js'], output: { dir: 'js', format: 'esm' } }";
    assert_eq!(splitting(one), None);
    let each = |format: &str| {
        let of = |name: &str| {
            format!(
                "{{ input: '{name}.js', output: {{ file: 'js/{name}.js', format: '{format}' }} }}"
            )
        };
        splitting(&format!("[{}, {}]", of("a"), of("b")))
    };
    assert_eq!(each("esm").as_deref(), Some("\"splitting\": \"async\""));
    assert_eq!(each("iife").as_deref(), Some("\"splitting\": \"async\""));
}

#[test]
fn line_breaks_after_data_of_sass() {
    let data = |script: &str, style: &str| {
        let webpack = "const options = { additionalData: '$a: 1' };
            const use = [{ loader: 'sass-loader', options }];
            module.exports = { entry: './a.js', module: { rules: [{ test: /s[ac]ss$/, use }] } };";
        let style = (style, "<style lang=\"sass\">");
        let (_, config) = written(&[("webpack.config.js", webpack), ("a.js", script), style]);
        config.contains("\"$a: 1\\n\"")
    };
    assert!(data("import './b.sass';", "b.sass"));
    assert!(data("import B from './B.vue';", "B.vue"));
    assert!(!data("import './b.scss';", "b.scss"));
}
