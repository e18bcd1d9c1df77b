//! `bundle init`: what it writes for projects as other tools have them, and that this builds.

use std::fs;

use super::{Project, codes};

#[path = "init/bud.rs"]
mod bud;
#[path = "init/commands.rs"]
mod commands;
#[path = "init/esbuild.rs"]
mod esbuild;
#[path = "init/loaders.rs"]
mod loaders;
#[path = "init/manifests.rs"]
mod manifests;
#[path = "init/notes.rs"]
mod notes;
#[path = "init/outputs.rs"]
mod outputs;
#[path = "init/react_scripts.rs"]
mod react_scripts;
#[path = "init/rollup.rs"]
mod rollup;
#[path = "init/scripts.rs"]
mod scripts;
#[path = "init/several.rs"]
mod several;
#[path = "init/tasks.rs"]
mod tasks;
#[path = "init/unread.rs"]
mod unread;
#[path = "init/vue.rs"]
mod vue;
#[path = "init/wordpress.rs"]
mod wordpress;

const MIX: &str = "const mix = require('laravel-mix');
require('./touch');
mix.js('resources/js/app.js', 'public/js').extract(['lodash'])
  .sass('resources/sass/app.scss', 'public/css')
  .scripts(['resources/old/a.js', 'resources/old/b.js'], 'public/js/old.js')
  .webpackConfig({ resolve: { alias: { '@': __dirname + '/resources/js' } } })
  .copy('resources/img', 'public/img').options({ processCssUrls: false })
  .autoload({ jquery: ['$', 'window.jQuery'] }).unheardOf();
if (mix.inProduction()) { mix.version(); }
";

#[test]
fn a_project_of_laravel_mix() {
    let project = Project::new(&[
        ("artisan", ""),
        ("webpack.mix.js", MIX),
        ("touch.js", "require('fs').writeFileSync('touched', '')"),
        ("resources/js/app.js", "import x from '@/x'; window.app = x;"),
        ("resources/js/x.js", "export default 5;"),
        ("resources/sass/app.scss", "a { b { background: url(/b.png), url(../c.png) } }"),
        ("resources/old/a.js", "var first = 1;"),
        ("resources/old/b.js", "window.second = first + 1;"),
        ("resources/img/a.txt", "picture"),
        ("resources/views/home.blade.php", ""),
        ("node_modules/lodash/package.json", "{ \"version\": \"4.0.0\" }"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.starts_with("found: Laravel, Laravel Mix (webpack.mix.js)\n"), "{said}");
    assert!(said.contains("webpack.mix.js:8  mix.unheardOf()"), "{said}");
    assert!(!project.path("touched").exists(), "the script was run");
    let config = project.read("bundle.config.json");
    for part in [
        "\"outDir\": \"public\"",
        "\"js/app\": \"resources/js/app.js\"",
        "\"css/app\": \"resources/sass/app.scss\"",
        "\"js/vendor\": { \"packages\": [\"lodash\"], \"shared\": true }",
        "\"@\": \"./resources/js\"",
        "\"manifest\": [\"mix\"]",
        "\"styles\": \"inject\"",
        "\"assets\": { \"urls\": false, \"inlineBelow\": 0 }",
        "\"provide\": { \"$\": \"jquery\", \"window.jQuery\": \"jquery\" }",
        "\"resources/views/**/*.php\"",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    project.run_ok(&["--no-cache"]);
    let manifest = project.read("public/mix-manifest.json");
    for path in ["/js/app.js", "/css/app.css", "/js/old.js", "/js/manifest.js", "/img/a.txt"] {
        assert!(manifest.contains(path), "{path} is not in\n{manifest}");
    }
    assert!(project.read("public/js/old.js").contains("second"));
}

/// Styles that scripts import are files if the project extracts them, or if a script and a
/// stylesheet have one name, so that the view includes it.
#[test]
fn styles_of_laravel_mix() {
    let written = |script: &str| {
        let project = Project::new(&[
            ("webpack.mix.js", script),
            ("app.js", "import './a.css';"),
            ("app.scss", "a { b: c }"),
            ("a.css", "b { c: d }"),
        ]);
        project.run_ok(&["init"]);
        project.read("bundle.config.json")
    };
    let start = "const mix = require('laravel-mix'); mix.js('app.js', 'public')";
    assert!(written(start).contains("\"styles\": \"inject\""));
    for rest in [
        ".vue({ extractStyles: true })",
        ".vue({ extractStyles: 'vue.css' })",
        ".options({ extractVueStyles: true })",
    ] {
        assert!(!written(&format!("{start}{rest}")).contains("inject"), "{rest}");
    }
    // What the script adds to pages is not in the stylesheet of its name.
    let beside = written(&format!("{start}.sass('app.scss', 'public')"));
    assert!(beside.contains("\"styles\": \"inject\""), "{beside}");
    let area = "app-styles\": { \"entry\": \"app.scss\", \"stylesheet\": \"public/app.css\" }";
    assert!(beside.contains(area), "{beside}");
}

#[test]
fn a_project_of_webpack() {
    let project = Project::new(&[
        (
            "webpack.config.js",
            "const path = require('path'), webpack = require('webpack')\n\
             const HtmlPlugin = require('html-webpack-plugin')\n\
             const { merge } = require('webpack-merge')\n\
             module.exports = env => merge(require('./webpack.common'), {\n\
             output: { path: path.resolve(__dirname, 'out'), filename: 'js/[name].[contenthash:8].js' },\n\
             plugins: [new webpack.DefinePlugin({ VERSION: JSON.stringify('1.2') }),\n\
             new HtmlPlugin({ template: './page.html', title: 'Shop' })],\n\
             module: { rules: [{ test: /\\.txt$/, use: 'raw-loader' }, { test: /\\.abc$/, use: 'abc-loader' },\n\
             { test: /\\.css$/, use: [{ loader: 'css-loader', options: { url: false } }] }] } })\n",
        ),
        (
            "webpack.common.js",
            "exports.entry = {}\nfor (const name of ['cart', 'list'])\n\
             exports.entry[name] = `./src/${name}.js`\nexports.externals = { jquery: 'jQuery' }",
        ),
        ("src/cart.js", "import $ from 'jquery'; import text from './a.txt'; $(VERSION + text);"),
        ("src/list.js", "console.log('list');"),
        ("src/a.txt", "words"),
        (
            "page.html",
            "<html><head><title><%= htmlWebpackPlugin.options.title %></title></head></html>",
        ),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.contains("abc-loader for *.abc"), "{said}");
    project.run_ok(&["--no-cache"]);
    assert!(project.read("bundle.config.json").contains("\"urls\": false"));
    let page = project.read("out/index.html");
    assert!(page.contains("<title>Shop</title>") && page.contains("src=\"js/cart."), "{page}");
    let refused = project.refuse(&["init"]);
    assert_eq!(codes(&refused), "config-exists");
    project.run_ok(&["init", "--force"]);
}

#[test]
fn gulp_and_grunt() {
    let project = Project::new(&[
        (
            "gulpfile.js",
            "const gulp = require('gulp'), sass = require('gulp-sass'), concat = require('gulp-concat')\n\
             gulp.task('css', () => gulp.src('scss/*.scss').pipe(sass()).pipe(gulp.dest('web/css')))\n\
             function js() { return gulp.src(['js/a.js', 'js/b.js']).pipe(concat('all.js'))\n\
             .pipe(gulp.dest('web/js')) }\n\
             exports.default = gulp.parallel('css', js)",
        ),
        (
            "Gruntfile.js",
            "module.exports = function (grunt) { grunt.initConfig({ dir: 'web/js', concat: { all: {\n\
             src: ['js/*.js'], dest: '<%= dir %>/all.js' } }, uglify: { all: { files: {\n\
             '<%= dir %>/all.min.js': ['<%= dir %>/all.js'] } } } }) }",
        ),
        ("scss/_part.scss", "$c: red"),
        ("scss/site.scss", "@import 'part'; a { color: $c; cursor: url(../a.cur) }"),
        ("js/a.js", "var a = 1;"),
        ("js/b.js", "window.b = a;"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.contains("not read: Gruntfile.js"), "{said}");
    project.run_ok(&["--no-cache"]);
    assert_eq!(project.read("web/css/site.css").trim(), "a{color:red;cursor:url(../a.cur)}");
    assert!(project.read("web/js/all.js").contains("window.b"));
    project.run_ok(&["init", "--force", "--from", "Gruntfile.js"]);
    assert!(project.read("bundle.config.json").contains("all.min"));
}

#[test]
fn what_cannot_be_read() {
    let project = Project::new(&[("deep/one.js", "1;")]);
    assert_eq!(codes(&project.refuse(&["init"])), "nothing-to-read");
    assert_eq!(codes(&project.refuse(&["init", "--from", "nowhere.js"])), "nothing-to-read");
    project.write("webpack.config.js", "module.exports = { entry: require('./entries')() }");
    let refused = project.refuse(&["init"]);
    assert_eq!(codes(&refused), "nothing-to-read");
    assert!(refused.contains("webpack.config.js:1"), "{}", refused);
    project.write("webpack.config.js", "module.exports = {");
    assert!(codes(&project.refuse(&["init"])).contains("syntax-error"));
    assert!(!project.path("bundle.config.json").exists());
}

#[test]
fn plugins_of_postcss_are_carried_over() {
    let mix = "const mix = require('laravel-mix');
        mix.js('src/app.js', 'public/js')
          .postCss('src/app.css', 'public/css', [
            require('postcss-import'),
            require('tailwindcss')('./tail.js'),
            require('postcss-nested'),
            require('autoprefixer'),
          ]);";
    let files = [("webpack.mix.js", mix), ("src/app.js", "1;"), ("src/app.css", "@tailwind base;")];
    let project = Project::new(&files);
    project.run_ok(&["init"]);
    let written = project.read("postcss.config.js");
    let plugins = "    \"postcss-import\": {},\n    \"tailwindcss\": \"./tail.js\",\n    \
                   \"postcss-nested\": {},\n";
    assert_eq!(written, format!("module.exports = {{\n  plugins: {{\n{plugins}  }},\n}};\n"));
    assert!(project.read("bundle.config.json").contains("src/app.css"));
    let own = Project::new(&files);
    own.write("postcss.config.js", "module.exports = {};");
    own.run_ok(&["init"]);
    assert_eq!(own.read("postcss.config.js"), "module.exports = {};");
}

/// Returns what `init` prints and what it writes.
fn initialised(files: &[(&str, &str)]) -> (String, String) {
    let project = Project::new(files);
    let said = project.run_ok(&["init"]).stdout;
    (said, project.read("bundle.config.json"))
}

/// The same for a webpack.config.js with an entry and these options.
fn of_webpack(options: &str) -> (String, String) {
    let config = format!("module.exports = {{ entry: './a.js', {options} }}");
    initialised(&[("webpack.config.js", &config), ("a.js", "1;"), ("icons/a.svg", "")])
}

fn of_rules(rules: &str) -> (String, String) {
    of_webpack(&format!("module: {{ rules: [{rules}] }}"))
}

#[test]
fn rules_are_for_the_files_of_their_expressions() {
    for (rule, expected) in [
        ("test: /legacy\\.js$/, use: 'script-loader'", "{ \"*legacy.js\": \"script\" }"),
        ("test: /x\\.js$/, use: 'imports-loader?this=>window'", "{ \"x.js\": \"script\" }"),
        ("test: /vendor[\\\\/].+\\.js$/, use: 'script-loader'", "{ \"**/*vendor/**/*.js\": "),
        (
            "test: /\\.js$/, include: /vendor/, use: 'script-loader'",
            "{ \"*vendor*.js\": \"script\", ",
        ),
        (
            "test: /icons[\\/\\\\][^\\/\\\\]+\\.svg$/, type: 'asset/source'",
            "{ \"**/*icons/*.svg\": \"raw\"",
        ),
        (
            "test: /\\.svg$/, include: __dirname + '/icons', use: 'raw-loader'",
            "{ \"icons/**/*.svg\": ",
        ),
        ("test: /\\.worker\\.js$/, use: 'worker-loader'", "{ \"*.worker.js\": \"worker\" }"),
        (
            "test: /\\.html$/, exclude: /index\\.html$/, use: 'raw-loader'",
            "{ \"*.html\": \"raw\" }",
        ),
        ("test: /\\.svg$/, oneOf: [{ type: 'asset/source' }]", "{ \"*.svg\": \"raw\" }"),
    ] {
        let config = of_rules(&format!("{{ {rule} }}")).1;
        assert!(config.contains(&format!("\"rules\": {expected}")), "{rule}\n{config}");
    }
    let one = "{ test: /\\.svg$/, exclude: /icons/, type: 'asset/source' },
        { test: /\\.svg$/, include: /icons\\//, use: 'svg-sprite-loader' }";
    let (said, config) = of_rules(one);
    assert!(said.contains("used as raw: /\\.svg$/, exclude /icons/\n"), "{said}");
    assert!(config.contains("\"rules\": { \"**/*icons/**/*.svg\": \"sprite\" }"), "{config}");
}

#[test]
fn rules_that_globs_cannot_say_are_noted() {
    for (rule, expected) in [
        ("test: /^(?!a).*\\.md$/, use: 'raw-loader'", "used as raw: /^(?!a).*\\.md$/\n"),
        ("test: /\\.js$/, use: 'imports-loader'", "imports-loader for *.js\n"),
        (
            "test: /\\.js$/, exclude: /node_modules/, use: 'script-loader'",
            "exclude /node_modules/\n",
        ),
        (
            "test: /\\.svg$/, resourceQuery: /embed/, type: 'asset/inline'",
            "resourceQuery /embed/\n",
        ),
        ("include: __dirname + '/old', use: 'other-loader'", "other-loader for old/**/*\n"),
        ("include: /old$/, use: 'other-loader'", "other-loader for *old\n"),
        ("test: (file) => odd(file), use: 'other-loader'", "for files that only running the "),
        ("test: /\\.png$/, use: 'url-loader'", "url-loader without a limit"),
    ] {
        let (said, config) = of_rules(&format!("{{ {rule} }}"));
        assert!(said.contains(expected) && !config.contains("\"rules\""), "{rule}\n{said}{config}");
    }
    let fine =
        "{ test: /\\.module\\.css$/, use: { loader: 'css-loader', options: { modules: true } } },
        { test: /\\.png$/, use: 'url-loader?limit=100' }";
    assert!(!of_rules(fine).0.contains("not carried over"));
}

#[test]
fn a_hash_in_the_query_leaves_names_as_they_are() {
    for query in ["v=[contenthash]", "[hash:8]", "id=[chunkhash]"] {
        let config = of_webpack(&format!("output: {{ filename: '[name].js?{query}' }}")).1;
        assert!(config.contains("\"main\": \"a.js\""), "{config}");
    }
    assert!(of_webpack("output: { filename: '[name].[hash].js' }").1.contains("\"hash\": true"));
}

#[test]
fn entries_may_list_packages() {
    let text = "module.exports = { entry: { app: ['picture', './a.js'] } }";
    let config = initialised(&[
        ("webpack.config.js", text),
        ("a.js", "1;"),
        ("package.json", "{ \"dependencies\": { \"picture\": \"1\" } }"),
        ("node_modules/picture/package.json", "{ \"main\": \"lib.js\" }"),
        ("node_modules/picture/lib.js", "2;"),
    ]);
    assert!(config.1.contains("\"app\": \"bundle.entries/app.js\""), "{config:?}");
    assert!(!config.0.contains("does not exist"), "{config:?}");
}

#[test]
fn outputs_may_be_outside_the_project() {
    let path = "require('path').resolve(__dirname, '../public/js')";
    let config = of_webpack(&format!("output: {{ path: {path} }}")).1;
    assert!(config.contains("\"outDir\": \"../public/js\""), "{config}");
    // The last call counts.
    let encore = format!(
        "require('@symfony/webpack-encore').addEntry('a', './a.js').setOutputPath('first')\
         .setOutputPath({path})"
    );
    let config = initialised(&[("webpack.config.js", &encore), ("a.js", "1;")]).1;
    assert!(config.contains("\"outDir\": \"../public/js\""), "{config}");
}

#[test]
fn jsx_stays_what_it_is() {
    const PLUGIN: &str = "{ plugins: [['@babel/plugin-transform-react-jsx', { pragma: 'h' }]] }";
    let mix =
        |calls: &str| format!("const mix = require('laravel-mix'); mix.js('a.js', 'out'){calls}");
    let webpack = |options: &str| {
        let rule = format!("{{ test: /\\.js$/, loader: 'babel-loader', options: {options} }}");
        format!("module.exports = {{ entry: './a.js', module: {{ rules: [{rule}] }} }}")
    };
    let encore =
        |calls: &str| format!("require('@symfony/webpack-encore').addEntry('a', './a.js'){calls}");
    let vite = |options: &str| {
        format!("export default {{ build: {{ rollupOptions: {{ input: 'a.js' }} }}, {options} }}")
    };
    let (factory, automatic) = ("{ \"factory\": \"h\" }", "{ \"runtime\": \"automatic\" }");
    let preact = "{ \"runtime\": \"automatic\", \"importSource\": \"preact\" }";
    let react =
        "{ presets: [['@babel/preset-react', { runtime: 'automatic', importSource: 'preact' }]] }";
    let both = "{ \"factory\": \"h\", \"fragment\": \"F\" }";
    for (file, text, expected) in [
        ("webpack.mix.js", mix(".react()"), automatic),
        ("webpack.mix.js", mix(".react({ extractStyles: true })"), automatic),
        ("webpack.mix.js", mix(&format!(".babelConfig({PLUGIN})")), factory),
        ("webpack.config.js", webpack(PLUGIN), factory),
        ("webpack.config.js", webpack(react), preact),
        ("webpack.config.js", encore(".enablePreactPreset()"), factory),
        ("webpack.config.js", encore(".enableVueLoader(() => {}, { useJsx: true })"), "\"vue2\""),
        ("vite.config.js", vite("esbuild: { jsxFactory: 'h', jsxFragment: 'F' }"), both),
        ("vite.config.js", vite("esbuild: { jsxImportSource: 'preact' }"), preact),
    ] {
        let config = initialised(&[(file, &text), ("a.js", "1;")]).1;
        assert!(config.contains(&format!("\"jsx\": {expected},")), "{text}\n{config}");
    }
    // Up to Encore 4, the preset is classic.
    let text = encore(".enableReactPreset()");
    for (version, is_automatic) in [("^4.0", false), ("^5.1", true)] {
        let package =
            format!("{{ \"devDependencies\": {{ \"@symfony/webpack-encore\": \"{version}\" }} }}");
        let files =
            [("webpack.config.js", text.as_str()), ("a.js", "1;"), ("package.json", &package)];
        assert_eq!(initialised(&files).1.contains(automatic), is_automatic, "{version}");
    }
    let preset = r#"{ "presets": [["react", { "pragma": "h" }]] }"#;
    for (file, text) in [
        (".babelrc", preset.to_owned()),
        ("babel.config.json", preset.to_owned()),
        (
            "babel.config.js",
            format!("module.exports = (api) => {{ api.cache(true); return {PLUGIN}; }}"),
        ),
        ("package.json", format!("{{ \"babel\": {preset} }}")),
    ] {
        let webpack = ("webpack.config.js", "module.exports = { entry: './a.js' }");
        let config = initialised(&[webpack, (file, &text), ("a.js", "1;")]).1;
        assert!(config.contains(&format!("\"jsx\": {factory},")), "{file}\n{config}");
    }
}

#[test]
fn configurations_with_other_extensions_are_found() {
    let webpack = "{ entry: { other: './a.js' } }";
    let vite = "{ build: { rollupOptions: { input: { other: 'a.js' } } } }";
    let vue = "{ pages: { other: 'a.js' } }";
    for (file, config) in [
        ("webpack.config.cjs", webpack),
        ("webpack.config.mjs", webpack),
        ("vite.config.cjs", vite),
        ("vite.config.mts", vite),
        ("vite.config.cts", vite),
        ("vue.config.cjs", vue),
        ("vue.config.mjs", vue),
    ] {
        let is_module = file.contains(".m");
        let export = if is_module { "export default" } else { "module.exports =" };
        let text = format!("{export} {config}");
        let (said, written) = initialised(&[(file, &text), ("a.js", "1;")]);
        assert!(said.contains(file) && written.contains("other\""), "{said}{written}");
    }
}

#[test]
fn libraries_of_webpack() {
    for (library, expected) in [
        ("library: { name: 'My', type: 'umd' }", "\"globalName\": \"My\""),
        ("library: ['My', 'App']", "\"globalName\": \"My.App\""),
        ("library: { root: ['My', 'App'], commonjs: 'my' }", "\"globalName\": \"My.App\""),
        ("library: { type: 'commonjs2' }", "\"format\": \"cjs\""),
    ] {
        let config = of_webpack(&format!("output: {{ {library} }}")).1;
        assert!(config.contains(expected), "{library}\n{config}");
    }
    for (library, expected) in [
        ("library: 'My', libraryExport: 'default'", "only the export default of the library"),
        ("library: { name: 'My', export: ['a', 'b'] }", "only the export a.b of the library"),
        ("library: 'my-lib'", "output.library my-lib"),
        ("library: { type: 'amd' }", "a library of the type amd"),
    ] {
        let said = of_webpack(&format!("output: {{ {library} }}")).0;
        assert!(said.contains(expected), "{library}\n{said}");
    }
}

/// What builds refuse is noted, and not written.
#[test]
fn values_that_builds_take() {
    let project = Project::new(&[
        (
            "webpack.config.js",
            "const webpack = require('webpack');
             module.exports = { entry: './a.js', externals: { 'vue-electron': 'vue-electron',
             c: 'commonjs c', p: 'promise x', g: 'window[\"G-g\"]', h: 'window[\"H\"]', r: 'root E.f' },
             plugins: [new webpack.DefinePlugin({ BAR: { a: 1, b: '\"x\"' }, LIST: ['\"a\"', 2],
             V: \"'1.0'\", D: 'new Date()', 'typeof window': '\"object\"',
             MIXED: { n: 'window.n', m: '2' } })] }",
        ),
        ("a.js", "console.log(BAR, V, MIXED.m);"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    let config = project.read("bundle.config.json");
    for name in ["vue-electron", "c", "p", "g"] {
        assert!(said.contains(&format!("the external {name}, which is ")), "{said}");
    }
    assert!(config.contains("\"externals\": { \"h\": \"H\", \"r\": \"E.f\" }"), "{config}");
    for name in ["value D", "value MIXED", "expression typeof window"] {
        assert!(said.contains(&format!("the defined {name}\n")), "{said}");
    }
    for part in [
        "\"BAR\": { \"a\": 1, \"b\": \"x\" }",
        "\"LIST\": [\"a\", 2]",
        "\"V\": \"\\\"1.0\\\"\"",
        "\"MIXED.n\": \"window.n\"",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    project.run_ok(&["--no-cache"]);
    let node = "target: 'node', externals: { 'fs-extra': 'commonjs fs-extra' }";
    assert!(of_webpack(node).1.contains("\"externals\": { \"fs-extra\": true }"));
}

#[test]
fn what_packages_and_plugins_add_is_noted() {
    let config = "const webpack = require('webpack'), { loaders } = require('dev-utils');
        module.exports = {
          entry: './a.js',
          module: { rules: [loaders.getIconsLoader({ all: true })] },
          plugins: [
            new webpack.EnvironmentPlugin({ NODE_ENV: 'x', LEVEL: 2, HASH: Date.now().toString(16) }),
            new (require('compression-webpack-plugin'))(),
          ],
        };";
    let (said, config) = initialised(&[("webpack.config.js", config), ("a.js", "1;")]);
    for part in [
        "webpack.config.js:4  the rule that loaders.getIconsLoader() makes\n",
        "webpack.config.js:6  the defined value process.env.HASH\n",
        "webpack.config.js:7  compressed copies of the outputs\n",
    ] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    assert!(config.contains("\"define\": { \"process.env.LEVEL\": \"2\" }"), "{config}");
    let encore = "const Encore = require('@symfony/webpack-encore');
        Encore.setOutputPath('out').setPublicPath('out').addEntry('a', './a.js');
        const config = Encore.getWebpackConfig();
        config.output.publicPath = 'auto';
        module.exports = config;";
    let said = initialised(&[("webpack.config.js", encore), ("a.js", "1;")]).0;
    assert!(said.contains("output.publicPath, which differs from setPublicPath()"), "{said}");
}

#[test]
fn an_alias_that_is_a_path_stays_one() {
    let project = Project::new(&[
        (
            "webpack.config.js",
            "const path = require('path');
             exports.resolve = { alias: { jq: path.resolve(__dirname, 'node_modules/jq/dist/jq.js') } };
             exports.entry = './a.js';",
        ),
        ("a.js", "console.log(require('jq'));"),
        ("node_modules/jq/package.json", "{ \"name\": \"jq\", \"exports\": \"./other.js\" }"),
        ("node_modules/jq/dist/jq.js", "module.exports = 'of dist';"),
    ]);
    project.run_ok(&["init"]);
    let config = project.read("bundle.config.json");
    assert!(config.contains("\"jq\": \"./node_modules/jq/dist/jq.js\""), "{config}");
    project.run_ok(&["--no-cache"]);
    assert!(project.read("dist/main.js").contains("of dist"));
}

#[test]
fn files_that_laravel_mix_builds_from_its_outputs() {
    let project = Project::new(&[
        (
            "webpack.mix.js",
            "const mix = require('laravel-mix');
             mix.setPublicPath('public').js('a.js', 'public/js').minify('public/js/a.js');
             mix.copy('b.css', 'public/css').minify('public/css/b.css');
             mix.combine(['v.js'], 'public/js/v.js');
             mix.combine(['public/js/v.js', 'public/js/a.js'], 'public/js/all.js');
             mix.less('c.less', 'public/css').styles(['b.css', 'public/css/c.css'], 'public/css/all.css');",
        ),
        ("a.js", "window.a = require('./part');"),
        ("part.js", "module.exports = 'part';"),
        ("v.js", "var first = 1;"),
        ("b.css", "b { c: d }"),
        ("c.less", "a { b: c }"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.contains("webpack.mix.js:2  public/js/a.min.js, a copy of an output\n"), "{said}");
    assert!(said.contains("include public/js/a.js in the views"), "{said}");
    let config = project.read("bundle.config.json");
    assert!(config.contains("\"css/b.min\": \"b.css\""), "{config}");
    let styles = project.read("bundle.entries/css-all.css");
    assert!(styles.ends_with("@import \"../b.css\";\n@import \"../c.less\";\n"), "{styles}");
    let config = config.replace("lessc --source-map-inline --rewrite-urls=all --js -", "cat");
    project.write("bundle.config.json", &config);
    project.run_ok(&["--no-cache"]);
    assert_eq!(project.read("public/css/all.css").trim(), "b{c:d}a{b:c}");
    let all = project.read("public/js/all.js");
    assert!(
        all.contains("first") && all.contains("\"part\"") && !all.contains("require("),
        "{all}"
    );
}

#[test]
fn what_production_writes_is_carried_over_or_noted() {
    let core_js =
        "{ \"dependencies\": { \"core-js\": \"^3.6\", \"@vue/cli-plugin-babel\": \"^4\" } }";
    let mix = "const mix = require('laravel-mix'); mix.js('src/main.js', 'out')";
    let encore = "require('@symfony/webpack-encore').addEntry('a', './src/main.js')";
    let usage = "c => { c.useBuiltIns = 'usage' }";
    // Babel reads JSON5.
    let preset = "{ /* modern */ presets: [['@babel/preset-env', { useBuiltIns: 'usage' }],], }";
    for (file, text, babel) in [
        ("webpack.mix.js", format!("{mix}.polyfill({{ enabled: true }})"), "{}"),
        ("webpack.config.js", format!("{encore}.configureBabelPresetEnv({usage})"), "{}"),
        ("webpack.config.js", "exports.entry = './src/main.js'".to_owned(), preset),
        ("vue.config.js", "exports.assetsDir = 'x'".to_owned(), "{ \"presets\": [\"@vue/app\"] }"),
    ] {
        let files = [(file, text.as_str()), (".babelrc", babel), ("src/main.js", "1;")];
        let with = |package| initialised(&[&files[..], &[("package.json", package)]].concat());
        assert!(with(core_js).1.contains("\"polyfills\": \"usage\""), "{text}");
        let (said, config) = with(&core_js.replace("^3.6", "^2.0"));
        assert!(
            said.contains("polyfills of core-js, which ") && !config.contains("polyfills"),
            "{said}"
        );
    }
    let stimulus = format!("{encore}.enableStimulusBridge('./assets/controllers.json')");
    let (_, config) = initialised(&[("webpack.config.js", &stimulus), ("src/main.js", "1;")]);
    let alias = "\"@symfony/stimulus-bridge/controllers.json\": \"./assets/controllers.json\"";
    assert!(config.contains(alias), "{config}");
    assert!(of_webpack("optimization: { minimize: false }").1.contains("\"minify\": false"));
    let libraries = "cacheGroups: { v: { name: 'v', test: /node_modules/ } }";
    let libraries = format!("entry: './a.js', optimization: {{ splitChunks: {{ {libraries} }} }}");
    for scripts in ["entry: { a: './a.js', b: './b.js' }", &libraries] {
        let config = format!("module.exports = {{ {scripts} }}");
        let files = [("webpack.config.js", config.as_str()), ("a.js", "1;"), ("b.js", "2;")];
        let (_, config) = initialised(&files);
        assert!(config.contains("\"splitting\": \"async\""), "{config}");
    }
}

#[test]
fn files_of_grunt_are_named_flatly_and_by_functions() {
    let gruntfile = r#"module.exports = grunt => grunt.initConfig({
        sass: { all: { files: grunt.file.expandMapping(["src/*.scss"], "css", {
            rename: (to, path) => to + "/" + path.replace(/^src\/|\.scss$/g, "") + ".css" }) } },
        concat: { all: { src: ["src/*.js", "!src/left.js"], dest: "js/all.js" } },
        copy: {
            flat: { expand: true, flatten: true, cwd: "lib", src: ["**/*.txt"], dest: "texts" },
            some: { expand: true, src: ["src/left.js"], dest: "js", rename: unknown } } });"#;
    let (said, config) = initialised(&[
        ("Gruntfile.js", gruntfile),
        ("src/page.scss", "a { b: c }"),
        ("src/one.js", "1;"),
        ("src/left.js", "2;"),
        ("lib/deep/de.txt", "de"),
    ]);
    for part in [
        "\"css/page\": \"src/page.scss\"",
        "\"js/all\": \"src/one.js\"",
        "{ \"from\": \"lib/deep/de.txt\", \"to\": \"texts/de.txt\" }",
    ] {
        assert!(config.contains(part), "{part}\n{config}");
    }
    assert!(said.contains("rename of the task copy, a function"), "{said}");
}

#[test]
fn modules_of_vite_stay_modules() {
    let alias = "resolve: { alias: { '@': resolve(__dirname, './resources') } }";
    let plugin = "plugins: [laravel({ input: ['resources/app.js'] })]";
    let imports = "import { resolve } from 'path'; import laravel from 'laravel-vite-plugin'";
    let laravel = format!("{imports}; export default {{ {plugin}, {alias} }}");
    let (_, config) =
        initialised(&[("vite.config.js", &laravel), ("resources/app.js", "1;"), ("artisan", "")]);
    assert!(config.contains("\"@\": \"./resources\""), "{config}");
    let build = "rollupOptions: { input: { a: 'a.js', b: 'b.js' } }, outDir: 'assets/built'";
    let scss = "scss: { silenceDeprecations: ['import'], loadPaths: ['styles'] }";
    let several = format!(
        "export default {{ build: {{ {build} }}, css: {{ preprocessorOptions: {{ {scss} }} }} }}"
    );
    let (_, config) = initialised(&[("vite.config.js", &several), ("a.js", "1;"), ("b.js", "2;")]);
    for part in [
        "\"format\": \"esm\"",
        "\"silenceDeprecations\": [\"import\"]",
        "\"loadPaths\": [\"styles\"]",
    ] {
        assert!(config.contains(part), "{part}\n{config}");
    }
}

/// Browsers would keep chunks whose addresses stay. Views name the scripts, which keep their names.
#[test]
fn chunks_have_a_hash_where_scripts_have_none() {
    let chunk = "output: { chunkFilename: '[name].js?v=[contenthash]' }";
    let scripts = "output: { filename: '[name].js?id=[chunkhash]' }";
    let webpack = |options: &str| format!("module.exports = {{ entry: './a.js', {options} }}");
    let mix = format!(
        "require('laravel-mix').setPublicPath('dist').js('a.js', 'dist').webpackConfig({{ {chunk} }})"
    );
    let vite = "export default { build: { rollupOptions: { input: 'a.js', \
                output: { entryFileNames: 'a.js' } } } }";
    for (file, text) in [
        ("webpack.config.js", webpack(chunk)),
        ("webpack.config.js", webpack(scripts)),
        ("webpack.config.js", webpack("output: { chunkFilename: '[name].[contenthash:8].js' }")),
        ("webpack.mix.js", mix),
        ("vite.config.js", vite.to_owned()),
    ] {
        let project = Project::new(&[
            (file, &text),
            ("a.js", "import('./page.js');"),
            ("page.js", "console.log(1);"),
        ]);
        let said = project.run_ok(&["init"]).stdout;
        assert!(!said.contains("not carried over"), "{said}");
        let built = project.run_ok(&["--no-cache"]);
        assert!(built.stderr.is_empty(), "{}", built.stderr);
        let config = project.read("bundle.config.json");
        assert!(config.contains("\"silence\": [\"exact-name\"]"), "{config}");
        let manifest = project.read("dist/entrypoints.json");
        let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
        let files = manifest["files"].to_string();
        let name = if file == "webpack.config.js" { "\"main.js\"" } else { "\"a.js\"" };
        assert!(files.contains(name) && files.contains("/page."), "{files}");
        assert!(!files.contains("page.js\""), "{files}");
    }
    let libraries = "optimization: { splitChunks: { cacheGroups: { v: { name: 'v', \
                     test: /node_modules/ } } } }";
    let (said, config) = of_webpack(&format!("{libraries}, {chunk}"));
    assert!(!said.contains("not carried over"), "{said}");
    let area = "\"v\": { \"packages\": [\"*\"], \"shared\": true, \"hash\": false }";
    assert!(config.contains(area), "{config}");
    let plain = of_webpack("output: { chunkFilename: '[name].js', filename: '[name].js' }").1;
    assert!(!plain.contains("\"hash\""), "{plain}");
}

#[test]
fn the_undo_line_names_what_was_written() {
    let postcss = "require('laravel-mix').postCss('a.css', 'css', [require('tailwindcss')])";
    let both = format!("{postcss}.js(['a.js', 'b.js'], 'js')");
    for (text, expected) in [
        ("require('laravel-mix').js('a.js', 'js')", "delete bundle.config.json;"),
        (postcss, "delete bundle.config.json and postcss.config.js;"),
        (&both, "delete bundle.config.json, bundle.entries/ and postcss.config.js;"),
    ] {
        let files = [("webpack.mix.js", text), ("a.js", "1;"), ("b.js", "2;"), ("a.css", "a {}")];
        let said = initialised(&files).0;
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn what_laravel_mix_runs_with_the_build_is_noted() {
    let text = "const mix = require('laravel-mix');
        mix.before(() => 1);
        mix.override(config => { config.output.chunkFilename = 'c-[name].js'; });
        mix.js('a.js', 'js').then(() => 2);
        mix.after(() => 3);";
    // This works as it is.
    let said = initialised(&[("webpack.mix.js", text), ("a.js", "__webpack_public_path__ = 1;")]).0;
    assert!(!said.contains("__webpack_public_path__"), "{said}");
    for part in [
        "webpack.mix.js:2  mix.before(), a function that runs with the build\n",
        "webpack.mix.js:3  mix.override(), which changes webpack's configuration\n",
        "webpack.mix.js:4  mix.then(), a function",
        "webpack.mix.js:5  mix.after(), a function",
    ] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
}

/// Mix finds the folder when it has read the whole script: that of the last script.
#[test]
fn bundles_of_packages_of_laravel_mix() {
    let script = |calls: &str| {
        let text =
            format!("const mix = require('laravel-mix'); mix.setPublicPath('public'){calls};");
        let files =
            [("webpack.mix.js", text.as_str()), ("a.js", "1;"), ("b.js", "2;"), ("c.ts", "3;")];
        initialised(&files)
    };
    let js = ".js('a.js', 'public/js')";
    for (calls, expected) in [
        (format!(".extract(['vue']){js}"), ["js/vendor\": { \"packages\": [\"vue\"]", "js/"]),
        (
            format!(".extract(){js}.js('b.js', 'deep')"),
            ["deep/vendor\": { \"packages\": [\"*\"", "deep/"],
        ),
        (
            format!(".ts('c.ts', 'ts'){js}.extract()"),
            ["ts/vendor\": { \"packages\": [\"*\"", "ts/"],
        ),
        (
            format!(".extract(['vue'], 'js/v.js').extract(['react'], 'public/js/v.js'){js}"),
            ["js/v\": { \"packages\": [\"vue\", \"react\"]", "js/"],
        ),
        (
            format!(
                "{js}.extract({{ libraries: ['vue'], to: '/x/v.js' }}).options({{ runtimeChunkPath: '.' }})"
            ),
            ["x/v\": { \"packages\": [\"vue\"]", ""],
        ),
    ] {
        let (said, config) = script(&calls);
        assert!(!said.contains("not carried over"), "{said}");
        assert!(config.contains(&format!("\"{}", expected[0])), "{calls}\n{config}");
        let manifest = format!("\"{}manifest\": \"bundle.entries/manifest.js\"", expected[1]);
        assert!(config.contains(&manifest), "{calls}\n{config}");
    }
    let (said, config) = script(&format!("{js}.extract({{ libraries: /vue|react/ }})"));
    assert!(said.contains("mix.extract() of what a pattern"), "{said}");
    assert!(!config.contains("\"packages\""), "{config}");
}

#[test]
fn a_configuration_may_be_a_package_that_is_not_installed() {
    let merge = "const { merge } = require('webpack-merge');";
    for text in [
        "module.exports = require('@team/webpack-config/shop')".to_owned(),
        format!("{merge} module.exports = merge(require('@team/webpack-config')(), {{}})"),
    ] {
        let refused = Project::new(&[("webpack.config.js", &text)]).refuse(&["init"]);
        assert_eq!(codes(&refused), "nothing-to-read");
        assert!(refused.contains("@team/webpack-config, which is not installed"), "{refused}");
        assert!(refused.contains("`npm install`"), "{refused}");
    }
    let text =
        format!("{merge}\nmodule.exports = merge(require('team-config'), {{ entry: './a.js' }})");
    let said = initialised(&[("webpack.config.js", &text), ("a.js", "1;")]).0;
    let expected = "webpack.config.js:2  the package team-config, which is not installed\n";
    assert!(said.contains(expected), "{said}");
    let files = [
        ("webpack.config.js", text.as_str()),
        ("a.js", "1;"),
        ("node_modules/team-config/index.js", "module.exports = {}"),
    ];
    assert!(!initialised(&files).0.contains("not installed"));
    let vitest = "import { defineConfig } from 'vitest/config';
        export default defineConfig({ build: { rollupOptions: { input: 'a.js' } } });";
    let files = [("vite.config.js", vitest), ("a.js", "1;")];
    assert!(!initialised(&files).0.contains("not installed"));
}

#[test]
fn copies_of_missing_files_are_noted() {
    let mix = "const mix = require('laravel-mix');
        mix.copy('node_modules/vue/dist/vue.js', 'js').copy('made/later.txt', 'texts')";
    let both = format!("{mix}.js('a.js', 'js');");
    let said = initialised(&[("webpack.mix.js", &both), ("a.js", "1;")]).0;
    for part in [
        "a copy of node_modules/vue/dist/vue.js, which does not exist\n      install its package and",
        "a copy of made/later.txt, which does not exist\n      write it into \"copy\" if something",
    ] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    let refused = Project::new(&[("webpack.mix.js", mix)]).refuse(&["init"]);
    assert_eq!(codes(&refused), "nothing-to-read");
    assert!(refused.contains("the files that webpack.mix.js names do not exist"), "{refused}");
    assert!(refused.contains("vue.js, which does not exist: install its package"), "{refused}");
}

/// Each of webpack's compilers writes files into its own folder, so two may have one name.
#[test]
fn files_of_several_compilers_have_different_names() {
    let rule =
        "{ test: /\\.png$/, type: 'asset/resource', generator: { filename: 'img/[name][ext]' } }";
    let text = format!(
        "const one = name => ({{ entry: `./${{name}}/main.js`, module: {{ rules: [{rule}] }},
             output: {{ filename: 'js/[name].js', path: `${{__dirname}}/out/${{name}}` }} }});
         module.exports = [one('a'), one('b')];"
    );
    let project = Project::new(&[
        ("webpack.config.js", text.as_str()),
        ("a/main.js", "console.log(require('./logo.png'));"),
        ("b/main.js", "console.log(require('./logo.png'));"),
        ("a/logo.png", "one"),
        ("b/logo.png", "two"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.contains("files named img/[name][ext]\n"), "{said}");
    assert!(project.read("bundle.config.json").contains("[hash]"));
    project.run_ok(&["--no-cache"]);
    assert!(project.path("out/a/js/main.js").exists());
    fs::rename(project.path("b/logo.png"), project.path("b/other.png")).expect("it is there");
    let said = project.run_ok(&["init", "--force"]).stdout;
    assert!(said.contains("all compilers have one folder of files"), "{said}");
    assert!(!project.read("bundle.config.json").contains("[hash]"));
}

#[test]
fn copies_of_vite_are_relative_to_the_folder_of_the_build() {
    let config = |target: &str, dir: &str| {
        format!(
            "import {{ viteStaticCopy }} from 'vite-plugin-static-copy';
             export default {{
               build: {{ rollupOptions: {{ input: 'a.js', output: {{ dir: '{dir}' }} }} }},
               plugins: [viteStaticCopy({{ targets: [{target}] }})] }};"
        )
    };
    let (flat, folders) = ("\"from\": \"img/*\", \"to\": \"img\"", "\"to\": \"img/img\"");
    for (target, version, expected) in [
        ("{ src: 'img/*', dest: '../public/assets/img' }", "3", flat),
        ("{ src: 'img/*', dest: '../public/assets/img' }", "4", folders),
        ("{ src: 'img/*', dest: '../public/assets/img', rename: { stripBase: true } }", "4", flat),
        ("{ src: 'img/b.txt', dest: '../public/assets' }", "3", "\"to\": \"b.txt\""),
    ] {
        let package =
            format!("{{ \"devDependencies\": {{ \"vite-plugin-static-copy\": \"^{version}\" }} }}");
        let project = Project::new(&[
            ("vite.config.js", &config(target, "public/assets")),
            ("package.json", &package),
            ("a.js", "1;"),
            ("img/b.txt", "b"),
        ]);
        let said = project.run_ok(&["init"]).stdout;
        assert!(!said.contains("not carried over"), "{said}");
        let written = project.read("bundle.config.json");
        assert!(written.contains(expected), "{target}\n{written}");
        project.run_ok(&["--no-cache"]);
    }
    let project = Project::new(&[
        ("vite.config.js", &config("{ src: 'img/*', dest: '../elsewhere' }", "dist")),
        ("a.js", "1;"),
        ("img/b.txt", "b"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.contains("a copy of img/* to elsewhere, outside dist\n"), "{said}");
}

#[test]
fn externals_may_be_true() {
    let (said, config) = of_webpack("externals: { bootstrap: true, react: false, '@a/b': true }");
    assert!(config.contains("\"externals\": { \"bootstrap\": \"bootstrap\" }"), "{config}");
    assert!(said.contains("the external @a/b, which is @a/b\n"), "{said}");
}

#[test]
fn other_scripts_of_laravel_mix_are_listed() {
    let package = "{ \"scripts\": { \"prod\": \"mix --production\",
        \"admin\": \"mix --production --mix-config=webpack.admin.mix.js\",
        \"old\": \"webpack --env.mixfile=old.mix --hide-modules\" } }";
    let mix = "require('laravel-mix').js('a.js', 'js')";
    let files = [
        ("package.json", package),
        ("webpack.mix.js", mix),
        ("webpack.admin.mix.js", mix),
        ("old.mix.js", mix),
        ("a.js", "1;"),
    ];
    let said = initialised(&files).0;
    assert!(said.contains("not read: webpack.admin.mix.js, old.mix.js (--from"), "{said}");
}

#[test]
fn options_of_vite_are_carried_over_or_noted() {
    let package = "{ \"dependencies\": { \"vue\": \"2\", \"axios\": \"1\" } }";
    let of_vite = |options: &str, output: &str| {
        let text = format!(
            "export default {{ {options} build: {{ rollupOptions: {{
                 input: {{ a: 'a.js', b: 'b.js' }}, output: {{ {output} }} }} }} }}"
        );
        initialised(&[
            ("vite.config.js", text.as_str()),
            ("package.json", package),
            ("a.js", "1;"),
            ("b.js", "2;"),
        ])
    };
    let vue = "manualChunks: id => { if (id.includes('node_modules/vue/')) return 'vue'; }";
    let all = "manualChunks(id) { if (id.includes('node_modules')) { return 'vendor' } }";
    let images = "assetFileNames: ({ name }) => /css$/.test(name) ? 'css/[name].[ext]' : 'img/[name][extname]'";
    for (options, output, expected) in [
        ("", vue, "\"vue\": { \"packages\": [\"vue\"], \"shared\": true }"),
        ("", all, "\"vendor\": { \"packages\": [\"*\"], \"shared\": true }"),
        ("", "preserveModules: false, manualChunks: undefined", "\"format\": \"esm\""),
        ("", images, "\"names\": \"img/[name][ext]\""),
        ("envDir: false,", "", "\"env\": false"),
        ("envDir: '.', envPrefix: 'APP_',", "", "\"env\": [\"APP_\"]"),
    ] {
        let (said, config) = of_vite(options, output);
        assert!(!said.contains("not carried over"), "{said}");
        assert!(config.contains(expected), "{expected} is not in\n{config}");
    }
    let own = "manualChunks: id => id.includes('/src/') ? 'own' : undefined";
    for (options, output, expected) in [
        ("", own, "output.manualChunks, a function\n"),
        ("", "manualChunks: id => decide(id)", "output.manualChunks, a function\n"),
        ("", "manualChunks: id => id.endsWith('/deep.js') && 'x'", "output.manualChunks, a"),
        ("", "preserveModules: true", "output.preserveModules\n"),
        (
            "",
            "assetFileNames: file => nameOf(file)",
            "output.assetFileNames, which a function gives\n",
        ),
        ("envDir: '../env',", "", "envDir ../env\n"),
    ] {
        let said = of_vite(options, output).0;
        assert!(said.contains(expected), "{expected} is not in\n{said}");
    }
}

/// webpack writes them, although nobody uses their addresses.
#[test]
fn images_may_be_entries() {
    let rule = |test: &str, name: &str| {
        let generator = format!("generator: {{ filename: '{name}' }}");
        format!("{{ test: {test}, type: 'asset/resource', {generator} }}")
    };
    let images = |name: &str| rule("/\\.(png|svg)$/", name);
    let entries = "{ app: ['./src/a.js', './src/icon.png'], logo: './src/logo.svg' }";
    let project = |rules: &str| {
        let rules = format!("module: {{ rules: [{rules}] }}");
        let text = format!("module.exports = {{ entry: {entries}, {rules} }}");
        Project::new(&[
            ("webpack.config.js", &text),
            ("src/a.js", "console.log(1);"),
            ("src/icon.png", "icon"),
            ("src/logo.svg", "<svg/>"),
        ])
    };
    let fonts = rule("/\\.woff$/", "fonts/[name][ext]");
    let named = images("img/[name][ext]");
    for rules in [named.clone(), format!("{fonts}, {named}")] {
        let plain = project(&rules);
        assert!(!plain.run_ok(&["init"]).stdout.contains("not carried over"));
        assert!(plain.read("bundle.config.json").contains("\"areas\": { \"app\": \"src/a.js\" }"));
        plain.run_ok(&["--no-cache"]);
        assert_eq!(plain.read("dist/img/icon.png"), "icon");
        assert_eq!(plain.read("dist/img/logo.svg"), "<svg/>");
    }
    // The name has a hash.
    let hashed = project(&images("img/[hash][ext]"));
    let said = hashed.run_ok(&["init"]).stdout;
    assert!(said.contains("the entry src/icon.png, a file that is used as it is\n"), "{said}");
    hashed.run_ok(&["--no-cache"]);
}

#[test]
fn flags_of_builds_are_refused() {
    let project = Project::new(&[("webpack.config.js", "module.exports = { entry: './a.js' }")]);
    let said = project.refuse(&["init", "--out-dir", "public", "--config=webpack.config.js"]);
    assert_eq!(codes(&said), "bad-arguments bad-arguments", "{said}");
    assert!(said.contains("`bundle init` has no --out-dir"), "{said}");
    assert!(said.contains("write --from FILE"), "{said}");
    assert!(!project.names().contains("bundle.config.json"));
}
