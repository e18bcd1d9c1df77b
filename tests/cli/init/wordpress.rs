//! Projects of `@wordpress/scripts` whose webpack.config.js changes what the tool configures.

use super::super::Project;

const PACKAGE: &str = r#"{ "scripts": { "build": "wp-scripts build" },
    "devDependencies": { "@wordpress/scripts": "^30.0.0" } }"#;
const SCRIPT: &str = "import './a.scss'; import './style.scss'; import '@wordpress/data'; import 'react/jsx-runtime'; import '@acme/x';";

/// Returns what `init` says about a configuration, and the configuration that it writes, without
/// spaces.
fn of(config: &str, package: &str) -> (String, String) {
    let start = "const config = require('@wordpress/scripts/config/webpack.config');\n\
                 const Extraction = require('@wordpress/dependency-extraction-webpack-plugin');\n";
    let project = Project::new(&[
        ("package.json", package),
        ("webpack.config.js", &format!("{start}{config}")),
        ("src/index.js", SCRIPT),
        ("src/a.scss", "b { c: d }"),
        ("src/style.scss", "a { b: c }"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    let config = project.read("bundle.config.json");
    (said, config.split_whitespace().collect())
}

/// `null` for a request: scripts contain the package.
#[test]
fn requests_that_scripts_contain() {
    let (_, config) = of(
        "config.plugins.push(new Extraction({ requestToExternal: (request) => {
           if (request === '@wordpress/data') return null;
           if (request.startsWith('@acme/')) return ['acme', request.slice(6)];
         } }));
         module.exports = config;",
        PACKAGE,
    );
    assert!(config.contains(r#""@wordpress/data":false"#), "{config}");
    assert!(config.contains(r#""@acme/x":"acme.x""#), "{config}");
    assert!(config.contains(r#""react/jsx-runtime":"ReactJSXRuntime""#), "{config}");
}

/// Without defaults, a function may still ask for them, one by one.
#[test]
fn defaults_that_a_function_asks_for() {
    let (_, config) = of(
        "const util = require('@wordpress/dependency-extraction-webpack-plugin/lib/util');
         config.plugins = [new Extraction({ useDefaults: false,
           requestToExternal: (request) => {
             switch (request) { case '@wordpress/data': return util.defaultRequestToExternal(request); }
           } })];
         module.exports = config;",
        PACKAGE,
    );
    assert!(config.contains(r#""externals":{"@wordpress/data":"wp.data"}"#), "{config}");
}

/// Before version 6 of the plugin, scripts contained what compiled JSX imports.
#[test]
fn pages_without_the_runtime_of_jsx() {
    let (_, config) = of("module.exports = config;", &PACKAGE.replace("^30", "^27"));
    assert!(!config.contains("jsx-runtime"), "{config}");
}

/// What the configuration of the tool says may be changed in place.
#[test]
fn a_configuration_that_is_changed_in_place() {
    let style = r#""style-index""#;
    let (_, config) = of("module.exports = config;", PACKAGE);
    assert!(config.contains(style), "{config}");
    for change in [
        "delete config.optimization.splitChunks.cacheGroups.style;",
        "config.optimization.splitChunks.cacheGroups.style = false;",
        "config.optimization = { ...config.optimization, splitChunks: { cacheGroups: {
           ...config.optimization.splitChunks.cacheGroups, style: false } } };",
    ] {
        let (_, config) = of(&format!("{change}\nmodule.exports = config;"), PACKAGE);
        assert!(!config.contains(style), "{change}\n{config}");
    }
    for change in [
        "config.plugins.forEach((plugin) => {
           if (plugin.constructor.name === 'MiniCssExtractPlugin') {
             plugin.options.filename = '../css/[name].css';
           } });",
        "const css = config.plugins.find((one) => one.constructor.name === 'MiniCssExtractPlugin');
         css.options = { ...css.options, filename: '../css/[name].css' };",
    ] {
        let (_, config) = of(&format!("{change}\nmodule.exports = config;"), PACKAGE);
        assert!(config.contains(r#""stylesheet":"css/index.css""#), "{change}\n{config}");
    }
    for change in [
        "config.module.rules.forEach((rule) => (rule.use || []).forEach((one) => {
           if (/css-loader/.test(one.loader)) one.options.url = false; }));",
        "config.module.rules = config.module.rules.map((rule) => {
           if (rule.test.toString() !== /\\.(sc|sa)ss$/.toString()) return rule;
           return { ...rule, use: rule.use.map((one) =>
             one.loader && one.loader.includes('/css-loader/')
               ? { ...one, options: { ...one.options, url: false } } : one) }; });",
        "config.module.rules.forEach((rule) => { if (String(rule.test) === String(/\\.(sc|sa)ss$/))
           rule.use.forEach((one) => {
             if (one.loader === require.resolve('css-loader')) one.options.url = false; }); });",
    ] {
        let (_, config) = of(&format!("{change}\nmodule.exports = config;"), PACKAGE);
        assert!(config.contains(r#""urls":false"#), "{change}\n{config}");
    }
}

/// Drawings that scripts import as components, by the rule of the tool.
#[test]
fn drawings_as_components() {
    let of = |script: &str| {
        let project = Project::new(&[
            ("package.json", PACKAGE),
            ("src/index.js", script),
            ("src/a.svg", "<svg/>"),
        ]);
        project.run_ok(&["init"]);
        project.read("bundle.config.json")
    };
    let config = of("import { ReactComponent as A } from './a.svg'; window.a = A;");
    assert!(config.contains(r#""*.svg": "url-react""#), "{config}");
    let config = of("import a from './a.svg'; window.a = a;");
    assert!(config.contains(r#""*.svg": "inline""#), "{config}");
}
