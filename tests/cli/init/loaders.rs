//! Loaders of webpack that need more than a word.

use super::{Project, of_rules};

/// The plugins of postcss-loader are written into a configuration of `PostCSS`.
#[test]
fn plugins_of_postcss_loader() {
    let written = |options: &str| {
        let rule = format!(
            "{{ test: /\\.css$/, use: ['css-loader', {{ loader: 'postcss-loader', \
             options: {options} }}] }}"
        );
        let config = format!(
            "const nested = require('postcss-nested');
             module.exports = {{ entry: './a.js', module: {{ rules: [{rule}] }} }}"
        );
        let project = Project::new(&[
            ("webpack.config.js", &config),
            ("a.js", "1;"),
            ("tools/postcss.js", "module.exports = {};"),
        ]);
        let said = project.run_ok(&["init"]).stdout;
        let path = project.path("postcss.config.js");
        let text = std::fs::read_to_string(path).unwrap_or_default();
        (text, said + &project.read("bundle.config.json"))
    };
    let plugins = "module.exports = {\n  plugins: {\n    \"postcss-nested\": {},\n    \
                   \"postcss-preset-env\": {\"stage\":1},\n  },\n};\n";
    for options in [
        "{ plugins: () => [nested, require('autoprefixer'), \
         require('postcss-preset-env')({ stage: 1 })] }",
        "{ postcssOptions: { plugins: ['postcss-nested', false, \
         ['postcss-preset-env', { stage: 1 }]] } }",
        "{ postcssOptions: () => ({ plugins: { 'postcss-nested': {}, cssnano: false, \
         'postcss-preset-env': { stage: 1 } } }) }",
    ] {
        assert_eq!(written(options).0, plugins, "{options}");
    }
    assert_eq!(written("{ plugins: [require('autoprefixer')] }").0, "");
    let (text, said) = written("{ plugins: [require('./own')(3)] }");
    assert!(text.is_empty() && said.contains("plugins of postcss-loader"), "{said}");
    let (text, said) = written("{ config: { path: 'tools/postcss.js' } }");
    assert!(text.is_empty() && said.contains("\"postcss\": \"tools/postcss.js\""), "{said}");
}

/// `CKEditor` makes rules and options itself.
#[test]
fn rules_of_ckeditor() {
    let from = "require('@ckeditor/ckeditor5-dev-utils')";
    for rules in [
        format!(
            "{{ test: /ckeditor5-[^/\\\\]+[/\\\\]theme[/\\\\]icons[/\\\\][^/\\\\]+\\.svg$/, \
             use: ['raw-loader'] }}, {{ test: /ckeditor5-[^/\\\\]+[/\\\\]theme[/\\\\].+\\.css$/, \
             use: ['style-loader', 'css-loader', {{ loader: 'postcss-loader', options: {{ \
             postcssOptions: {from}.styles.getPostCssConfig({{ themeImporter: {{ themePath: \
             require.resolve('@our/theme') }}, minify: true }}) }} }}] }}"
        ),
        format!(
            "{from}.loaders.getIconsLoader(), {from}.loaders.getStylesLoader({{ themePath: \
             require.resolve('@our/theme') }}), {from}.loaders.getTypeScriptLoader()"
        ),
    ] {
        let config =
            format!("module.exports = {{ entry: './a.js', module: {{ rules: [{rules}] }} }}");
        let project = Project::new(&[("webpack.config.js", &config), ("a.js", "1;")]);
        let said = project.run_ok(&["init"]).stdout;
        assert!(!said.contains("not carried over"), "{said}");
        let config = project.read("bundle.config.json");
        for part in ["\"**/*ckeditor5-*/theme/icons/*.svg\": \"raw\"", "\"styles\": \"inject\""] {
            assert!(config.contains(part), "{part} is not in\n{config}");
        }
        let written = project.read("postcss.config.js");
        assert!(written.contains("themePath: require.resolve(\"@our/theme\")"), "{written}");
        assert!(
            written.contains("/ckeditor5-[^/\\\\]+[/\\\\]theme[/\\\\]/.test(file)"),
            "{written}"
        );
    }
}

/// What expose-loader exposes becomes a rule for the file that is found.
#[test]
fn globals_of_expose_loader() {
    let package = "node_modules/query/package.json";
    for (rule, names) in [
        (
            "use: [{ loader: 'expose-loader', options: '$' }, 'expose-loader?jQuery']",
            "[\"$\", \"jQuery\"]",
        ),
        (
            "loader: 'expose-loader', options: { exposes: ['$', { globalName: 'jQuery', override: true }] }",
            "[\"$\", \"jQuery\"]",
        ),
        ("use: 'expose-loader?$!expose-loader?jQuery'", "[\"$\", \"jQuery\"]"),
        (
            "loader: 'expose-loader', options: { exposes: { globalName: ['App', 'query'] } }",
            "[\"App.query\"]",
        ),
    ] {
        let config = format!(
            "module.exports = {{ entry: './a.js', module: {{ rules: [{{ test: \
             require.resolve('query'), {rule} }}] }} }}"
        );
        let project = Project::new(&[
            ("webpack.config.js", &config),
            ("a.js", "import query from 'query'; query();"),
            (package, "{ \"main\": \"./lib/query\" }"),
            ("node_modules/query/lib/query.js", "module.exports = () => {};"),
        ]);
        let said = project.run_ok(&["init"]).stdout;
        assert!(!said.contains("not carried over"), "{said}");
        let config = project.read("bundle.config.json");
        let part = format!("\"node_modules/query/lib/query.js\": {{ \"expose\": {names} }}");
        assert!(config.contains(&part), "{part} is not in\n{config}");
        project.run_ok(&["--no-cache"]);
    }
    let member = "{ test: /a\\.js$/, loader: 'expose-loader', options: { exposes: ['whole', { \
                  globalName: 'a', moduleLocalName: 'b' }] } }";
    let (said, config) = of_rules(member);
    assert!(said.contains("expose-loader for *a.js"), "{said}");
    assert!(config.contains("\"a.js\": { \"expose\": [\"whole\"] }"), "{config}");
}

/// A rule for CSS modules goes on with their names; what scripts get of them is built.
#[test]
fn css_modules_by_a_rule() {
    let project = Project::new(&[
        (
            "webpack.config.js",
            "module.exports = { entry: './a.js', module: { rules: [{ test: /\\.scss$/, use: [
               'style-loader',
               { loader: 'css-loader', options: { modules: {
                 localIdentName: '[local]--[contenthash:base64:10]',
                 exportLocalsConvention: 'camelCase' } } },
               'sass-loader'] }] } };",
        ),
        ("a.js", "import styles from './a.scss'; window.names = styles.bigButton;"),
        ("a.scss", ".big-button { color: red }"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(!said.contains("not carried over"), "{said}");
    let config = project.read("bundle.config.json");
    for part in [
        "\"rules\": { \"*.scss\": \"module\" }",
        "\"cssModules\": { \"names\": \"[local]--[hash]\", \"camelCase\": true }",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    project.run_ok(&["--no-cache"]);
    assert!(project.read("dist/main.js").contains("big-button--"));
}

/// Which stylesheets are CSS modules, as `modules` says it.
#[test]
fn modes_of_css_modules() {
    let of = |modules: &str| {
        let loader = format!("{{ loader: 'css-loader', options: {{ modules: {modules} }} }}");
        of_rules(&format!("{{ test: /\\.css$/, use: [{loader}] }}")).1
    };
    assert!(of("true").contains("\"*.css\": \"module\""), "{}", of("true"));
    let pattern = of("{ auto: /\\.mod\\.css$/ }");
    assert!(pattern.contains("\"*.mod.css\": \"module\""), "{pattern}");
    for modules in ["{ mode: 'global' }", "{ auto: true }", "false", "'global'"] {
        assert!(!of(modules).contains("module\""), "{modules}: {}", of(modules));
    }
}

/// Types of Flow that babel-loader removes.
#[test]
fn flow_of_babel_loader() {
    let project = Project::new(&[
        (
            "webpack.config.js",
            "module.exports = { entry: './a.js', module: { rules: [{ test: /\\.js$/, use: { loader: \
               'babel-loader', options: { presets: ['@babel/preset-flow'] } } }] } };",
        ),
        ("a.js", "1;"),
    ]);
    project.run_ok(&["init"]);
    let written = project.read("babel.config.json");
    assert!(written.contains("@babel/plugin-transform-flow-strip-types"), "{written}");
}

/// Folders of packages that a rule leaves out do not make it unreadable.
#[test]
fn a_rule_without_a_package() {
    let (said, config) = of_rules(
        "{ test: /\\.(svg)$/i, use: 'svg-inline-loader',
           exclude: __dirname + '/node_modules/@ckeditor' },
         { test: /\\.(woff2?|ttf)(\\?.*$|$)/, type: 'asset/resource',
           generator: { filename: (data) => data.filename } }",
    );
    assert!(config.contains("\"rules\": { \"*.svg\": \"raw\" }"), "{config}");
    assert!(said.contains("names of files that a function gives"), "{said}");
}

/// Sass that a script reads from a file is imported, so that edits of the file count.
#[test]
fn sass_from_a_file_before_every_stylesheet() {
    let (_, config) = super::initialised(&[
        (
            "webpack.config.js",
            "const vars = require('fs').readFileSync('./vars.scss', 'utf8');
             module.exports = { entry: './a.js', module: { rules: [{ test: /\\.scss$/, use: [{
               loader: 'sass-loader', options: { additionalData: `$a: 1;\n${vars}` } }] }] } };",
        ),
        ("vars.scss", "$b: 2;\n$c: 3;\n"),
        ("a.js", "1;"),
    ]);
    let part = "\"sass\": { \"loadPaths\": [\".\"], \"additionalData\": \"$a: 1;\\n@import \\\"vars.scss\\\";\\n\" }";
    assert!(config.contains(part), "{part} is not in\n{config}");
}

/// What webpack replaces up to version 4, and a plugin since then.
#[test]
fn modules_of_node() {
    let plugin = "const Polyfills = require('node-polyfill-webpack-plugin');
        module.exports = { entry: './a.js', plugins: [new Polyfills()] };";
    for (version, script, is_given) in [
        ("^4.46.0", "module.exports = { entry: './a.js' };", true),
        ("^5.0.0", "module.exports = { entry: './a.js' };", false),
        ("^5.0.0", plugin, true),
    ] {
        let package = format!("{{ \"devDependencies\": {{ \"webpack\": \"{version}\" }} }}");
        let files = [("package.json", package.as_str()), ("webpack.config.js", script)];
        let (said, config) = super::initialised(&[files[0], files[1], ("a.js", "1;")]);
        assert_eq!(config.contains("\"node\": \"shims\""), is_given, "{config}");
        assert!(!said.contains("not carried over"), "{said}");
    }
}

/// webpack before version 4 does not know `sideEffects`; later ones have an option for it.
#[test]
fn side_effects_of_packages() {
    for (version, option, is_off) in [
        ("3.12.0", "", true),
        ("4.47.0", "", false),
        ("5.90.0", "optimization: { sideEffects: false }", true),
        ("5.90.0", "optimization: { sideEffects: true }", false),
    ] {
        let config = format!("module.exports = {{ entry: './a.js', {option} }}");
        let package = format!("{{ \"devDependencies\": {{ \"webpack\": \"{version}\" }} }}");
        let files =
            [("webpack.config.js", &config[..]), ("package.json", &package), ("a.js", "1;")];
        let project = Project::new(&files);
        project.run_ok(&["init"]);
        let written = project.read("bundle.config.json");
        assert_eq!(written.contains("\"sideEffects\": false"), is_off, "{version}\n{written}");
        project.run_ok(&[]);
    }
}

/// A plugin in the project compiles templates of Handlebars, with its helpers and partials.
#[test]
#[cfg(unix)]
fn templates_of_handlebars() {
    let rule = "{ test: /\\.hbs$/, loader: 'handlebars-loader', options: { helperDirs: __dirname \
                + '/helpers', partialDirs: [__dirname + '/parts'] } }";
    let config = format!("module.exports = {{ entry: './app.js', module: {{ rules: [{rule}] }} }}");
    let project = Project::new(&[
        ("webpack.config.js", &config),
        (
            "app.js",
            "const card = require('./card.hbs'); console.log(card({ name: 'a<', of: [1, 2] }));",
        ),
        (
            "card.hbs",
            "{{loud name}}{{#each of}}{{#if (same this 2)}} two{{/if}}{{/each}}{{> ./foot}}{{> menu}}",
        ),
        ("foot.hbs", " foot"),
        ("parts/menu.hbs", " menu {{of.length}}"),
        ("helpers/loud.js", "export default (text) => text.toUpperCase();"),
        ("helpers/same.js", "module.exports = (one, other) => one === other;"),
        ("package.json", "{}"),
    ]);
    let packages = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node_modules");
    std::os::unix::fs::symlink(packages, project.path("node_modules")).expect("it can be made");
    let said = project.run_ok(&["init"]).stdout;
    assert!(
        said.contains("       bundle.handlebars.mjs\n") && !said.contains("not carried"),
        "{said}"
    );
    project.run_ok(&[]);
    let script = project.path("dist/main.js");
    let run = std::process::Command::new("node").arg(script).output().expect("node runs");
    assert_eq!(String::from_utf8_lossy(&run.stdout), "A&lt; two foot menu 2\n");
}

/// Plugins of rtlcss say what names of the second stylesheets end in.
#[test]
fn stylesheets_for_pages_from_right_to_left() {
    let written = |package: &str, options: &str| {
        let config = format!(
            "const Rtl = require('{package}');
             module.exports = {{ entry: './a.js', plugins: [new Rtl({options})] }}"
        );
        let project = Project::new(&[("webpack.config.js", &config), ("a.js", "1;")]);
        let said = project.run_ok(&["init"]).stdout;
        (said, project.read("bundle.config.json"))
    };
    for (package, options, key) in [
        ("rtlcss-webpack-plugin", "", "\"rtl\": \".rtl\""),
        ("rtlcss-webpack-plugin", "'css/[name]-rtl.css'", "\"rtl\": true"),
        ("webpack-rtl-plugin", "{ filename: '[name].[contenthash].rtl.css' }", "\"rtl\": \".rtl\""),
    ] {
        let (said, config) = written(package, options);
        assert!(config.contains(key) && !said.contains("not carried over"), "{said}{config}");
    }
    let (said, config) =
        written("webpack-rtl-plugin", "{ filename: '[name]/rtl.css', diffOnly: true }");
    assert!(config.contains("\"rtl\": true"), "{config}");
    assert!(said.contains("diffOnly") && said.contains("names of stylesheets"), "{said}");
}
