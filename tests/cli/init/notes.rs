//! What `init` notes because a build would be another one without it, or carries over instead.

use super::super::Project;

/// Returns the configuration and what was said. `a.js` is a source.
fn written(files: &[(&str, &str)]) -> (String, String) {
    let project = Project::new(&[files, &[("a.js", "console.log(1);")]].concat());
    let said = project.run_ok(&["init"]).stdout;
    (project.read("bundle.config.json"), said)
}

fn of_webpack(config: &str) -> (String, String) {
    written(&[("webpack.config.js", &format!("module.exports = {config}"))])
}

/// Returns what the build runs of vite.config.js.
fn of_vite(start: &str, plugins: &str) -> (String, String) {
    let own = "export default () => ({ name: 'own', async load(id) {} })";
    let input = "build: { rollupOptions: { input: 'a.js' } }";
    let text = format!("{start}\nexport default {{ plugins: [{plugins}], {input} }}");
    written(&[("vite.config.js", &text), ("own.js", own)])
}

/// A plugin of a file of its own is named. Others are noted.
#[test]
fn plugins_of_the_project() {
    let import = "import own from './own'";
    let (config, said) = of_vite(import, "own()");
    assert!(config.contains("\"plugins\": [\"./own.js\"]"), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
    let (config, said) = of_vite("import own from './own.js'", "[own()], false");
    assert!(config.contains("\"plugins\": [\"./own.js\"]"), "{config}\n{said}");
    // With options, which JSON may not hold.
    let (config, said) = of_vite(import, "own({ at: /x/ })");
    assert!(!config.contains("\"plugins\""), "{config}");
    assert!(said.contains("own.js:1  the plugin own, which the project makes\n"), "{said}");
    let (_, said) = of_vite("", "{ name: 'inline', transform: code => code }");
    assert!(said.contains("vite.config.js:2  the plugin inline, which the project"), "{said}");
    let (_, said) = of_vite("", "{ name: 'dev', handleHotUpdate() {} }");
    assert!(!said.contains("not carried over"), "{said}");
    let (_, said) = of_webpack(
        "{ entry: './a.js', plugins: [new (class { apply() {} })(),\n\
         function () {}, false, { apply() {} }] }",
    );
    assert_eq!(said.matches("a plugin that the project makes").count(), 2, "{said}");
}

#[test]
fn names_that_rollup_injects() {
    let (config, said) = of_vite(
        "import inject from '@rollup/plugin-inject'",
        "inject({ _: 'underscore', Vue: ['vue', 'default'], include: 'src/**' })",
    );
    assert!(!said.contains("not carried over"), "{said}");
    let provided = "\"provide\": { \"_\": \"underscore\", \"Vue\": [\"vue\", \"default\"] }";
    assert!(config.contains(provided), "{config}");
}

/// The path of a list of browsers may have `node` in it.
#[test]
fn targets_and_extensions_of_webpack() {
    let options = "entry: './a.js', resolve: { extensions: ['.view', '...'] }";
    let of_target = |target: &str| {
        let text = format!("module.exports = {{ target: {target}, {options} }}");
        let list = "# ours\nchrome >= 80\nfirefox >= 78\n";
        written(&[("webpack.config.js", &text), ("node_modules/cfg/.browserslistrc", list)]).0
    };
    let config = of_target("'browserslist:' + __dirname + '/node_modules/cfg/.browserslistrc'");
    assert!(!config.contains("platform"), "{config}");
    assert!(config.contains("\"target\": [\"chrome >= 80\", \"firefox >= 78\"]"), "{config}");
    assert!(!config.contains("..."), "{config}");
    let extensions = config.split_whitespace().collect::<Vec<_>>().join("");
    assert!(extensions.contains("\"extensions\":[\".view\",\".js\",\".json\","), "{config}");
    assert!(of_target("'node14'").contains("\"platform\": \"node\""));
}

/// Views name the chunk of packages and the script of the run-time code.
#[test]
fn chunks_that_views_name() {
    let of_chunks = |chunks: &str| {
        let output = "entry: { main: './a.js' }, output: { filename: '[name].bundle.js' }";
        of_webpack(&format!("{{ {output}, optimization: {{ {chunks} }} }}"))
    };
    let (config, _) = of_chunks("splitChunks: { chunks: 'all', name: 'vendor' }");
    assert!(config.contains("\"vendor.bundle\": { \"packages\": [\"*\"], \"shared\": true }"));
    let (config, said) = of_chunks("splitChunks: { chunks: 'all' }, runtimeChunk: 'single'");
    assert!(!config.contains("packages"), "{config}");
    assert!(said.contains("webpack.config.js:1  chunks of packages that splitChunks"), "{said}");
    assert!(said.contains("runtime.bundle.js, the script of runtimeChunk"), "{said}");
    let (_, said) = of_chunks("splitChunks: { name: 'x' }, runtimeChunk: false");
    assert!(!said.contains("not carried over"), "{said}");
}

/// What copy-webpack-plugin does beside copying, and copies that builds refuse.
#[test]
fn copies_that_are_more_than_copies() {
    let project = Project::new(&[
        (
            "webpack.config.js",
            "const Copy = require('copy-webpack-plugin');\n\
             module.exports = { entry: './a.js', plugins: [new Copy({ patterns: [\n\
             { from: '*.json', context: 's',\n\
             filter: () => true,\n\
             transform: text => text },\n\
             { from: '**/*.php', context: 's' }, { from: 's/x.txt', to: '../../other/x.txt' },\n\
             { from: 's/x.txt', to: '../dist/x.txt' }] })] }",
        ),
        ("a.js", "1;"),
        ("s/a.json", "{}"),
        ("s/b.php", ""),
        ("s/x.txt", "x"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    for note in [
        "webpack.config.js:4  filter of the copy of s/*.json",
        "webpack.config.js:5  transform of the copy of s/*.json",
        "a copy of s/**/*.php, which is never published",
        "a copy of s/x.txt to ../other/x.txt, outside dist",
    ] {
        assert!(said.contains(note), "{note} is not in\n{said}");
    }
    project.run_ok(&["--no-cache"]);
    assert_eq!(project.read("dist/x.txt"), "x");
    assert_eq!(project.read("dist/a.json"), "{}");
}

/// One build has what one of several configurations says for all of its entries.
#[test]
fn configurations_that_differ() {
    let both = |first: &str, second: &str| {
        let text = format!(
            "const webpack = require('webpack');\n\
             module.exports = [\n{{ entry: {{ a: './a.js' }}, {first} }},\n\
             {{ entry: {{ b: './a.js' }}, {second} }}]"
        );
        written(&[("webpack.config.js", &text)]).1
    };
    let said = both("externals: { vue: 'Vue' },", "externals: { vue: 'Vue', react: 'React' },");
    let what = "webpack.config.js:4  externals that the configurations do not share: react\n";
    assert!(said.contains(what), "{said}");
    let alias = |path: &str| format!("resolve: {{ alias: {{ x: '{path}' }} }}");
    let define = |value: &str| format!("plugins: [new webpack.DefinePlugin({{ A: '{value}' }})]");
    let said = both(&alias("./a"), &alias("./b"));
    assert!(said.contains("alias that the configurations do not share: x\n"), "{said}");
    let said = both(&define("1"), &define("2"));
    assert!(said.contains("define that the configurations do not share: A\n"), "{said}");
    for same in [&alias("./a.js"), &define("1")] {
        assert!(!both(same, same).contains("do not share"));
        assert!(!both(same, "").contains("do not share"));
    }
}

#[test]
fn manifests_that_mix_merges() {
    let script = "require('laravel-mix').js('a.js', 'public').mergeManifest()";
    let said = written(&[("webpack.mix.js", script)]).1;
    assert!(said.contains("webpack.mix.js:1  mix.mergeManifest()\n"), "{said}");
}

/// The script that package.json builds with decides which configuration counts.
#[test]
fn scripts_decide_what_is_read() {
    let found = |build: &str| {
        let package = format!("{{ \"scripts\": {{ \"build\": \"{build}\" }} }}");
        let webpack = "module.exports = { entry: './a.js' }";
        let vite = "export default { build: { rollupOptions: { input: 'a.js' } } }";
        let files = [
            ("package.json", package.as_str()),
            ("webpack.mix.js", "require('laravel-mix').js('a.js', 'public')"),
            ("vite.config.js", vite),
            ("builder.js", webpack),
            ("other.js", vite),
        ];
        let said = written(&files).1;
        said.lines().next().unwrap_or_default().trim_start_matches("found: ").to_owned()
    };
    assert_eq!(found("vite build"), "Vite (vite.config.js)");
    assert_eq!(found("NODE_ENV=production mix --production"), "Laravel Mix (webpack.mix.js)");
    assert_eq!(found("node build.js"), "Laravel Mix (webpack.mix.js)");
    assert_eq!(found("webpack-cli --progress --config builder.js"), "webpack (builder.js)");
    assert_eq!(found("vite build -c other.js"), "Vite (other.js)");
    assert_eq!(found("vite build && eslint -c other.js"), "Vite (vite.config.js)");
}

/// Compressors remove calls of console, and so does `drop`. Single methods of it are noted.
#[test]
fn calls_of_console_are_dropped() {
    let terser = "terserOptions: { compress: { drop_console: true } }";
    let mix = format!(
        "require('laravel-mix').options({{ terser: {{ {terser} }} }}).js('a.js', 'public')"
    );
    let webpack = format!(
        "const Terser = require('terser-webpack-plugin');\n\
         module.exports = {{ entry: './a.js', optimization: {{ minimizer: [new Terser({{ {terser} }})] }} }};"
    );
    let vite = "export default { esbuild: { drop: ['console', 'debugger'] },\n\
                build: { rollupOptions: { input: 'a.js' } } };";
    for (file, text) in [
        ("webpack.mix.js", mix.as_str()),
        ("webpack.config.js", &webpack),
        ("vite.config.js", vite),
    ] {
        let project = Project::new(&[(file, text), ("a.js", "console.log('told'); window.a = 1;")]);
        let said = project.run_ok(&["init"]).stdout;
        assert!(!said.contains("console"), "{said}");
        let config = project.read("bundle.config.json");
        assert!(config.contains("\"drop\": \"console\""), "{config}");
    }
    let some = webpack.replace("drop_console: true", "pure_funcs: ['console.log']");
    let project = Project::new(&[("webpack.config.js", &*some), ("a.js", "1;")]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.contains("webpack.config.js:2  pure_funcs of terser: single methods"), "{said}");
}

/// Notes in a row with one remedy share its line.
#[test]
fn notes_with_one_remedy() {
    let text = "const mix = require('laravel-mix');\n\
                mix.scripts(['node_modules/a/a.js', 'node_modules/b/b.js', 'c.js'], 'public/all.js');";
    let said = Project::new(&[("webpack.mix.js", text), ("c.js", "1;")]).run_ok(&["init"]).stdout;
    assert_eq!(said.matches("does not exist").count(), 2, "{said}");
    assert_eq!(said.matches("install its package").count(), 1, "{said}");
}

/// Tailwind's plugin of PostCSS replaces its plugin of Vite, and has to be installed.
#[test]
fn packages_that_are_not_installed() {
    let files = [
        ("package.json", r#"{ "devDependencies": { "tailwindcss": "^4.0.0" } }"#),
        (
            "vite.config.js",
            "import tailwindcss from '@tailwindcss/vite'; import laravel from 'laravel-vite-plugin';\n\
             export default { plugins: [laravel({ input: ['resources/css/app.css'] }), tailwindcss()] };",
        ),
        ("resources/css/app.css", "@import \"tailwindcss\";"),
    ];
    let said = Project::new(&files).run_ok(&["init"]).stdout;
    assert!(said.contains("next:  npm install --save-dev @tailwindcss/postcss\n"), "{said}");
    assert!(!said.contains("not carried over"), "{said}");
    let installed = ("node_modules/@tailwindcss/postcss/package.json", "{}");
    let files: Vec<_> = files.into_iter().chain([installed]).collect();
    let said = Project::new(&files).run_ok(&["init"]).stdout;
    assert!(said.contains("next:  npx bundle "), "{said}");
}

/// Sage's plugins of Vite: scripts take WordPress's packages from the page.
#[test]
fn vite_of_sage() {
    let project = Project::new(&[
        (
            "vite.config.js",
            "import laravel from 'laravel-vite-plugin';\n\
             import { wordpressPlugin, wordpressThemeJson } from '@roots/vite-plugin';\n\
             export default {\n\
             plugins: [laravel({ input: ['resources/js/editor.js'] }), wordpressPlugin(),\n\
             wordpressThemeJson({})],\n\
             resolve: { alias: { '@scripts': '/resources/js' } } };",
        ),
        (
            "resources/js/editor.js",
            "import ready from '@wordpress/dom-ready'; import '@scripts/x';",
        ),
        ("resources/js/x.js", "console.log(1);"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.contains("vite.config.js:4  editor.deps.json"), "{said}");
    assert!(said.contains("vite.config.js:5  theme.json"), "{said}");
    let config = project.read("bundle.config.json");
    assert!(config.contains("\"@scripts\": \"./resources/js\""), "{config}");
    assert!(config.contains("\"@wordpress/*\": \"wp.*\""), "{config}");
    project.run_ok(&["--no-cache"]);
}

/// webpack bundles moment's locales. Builds do if scripts choose one.
#[test]
fn locales_of_moment() {
    let of = |plugins: &str, script: &str| {
        let config = format!(
            "const webpack = require('webpack');\n\
             module.exports = {{ entry: './main.js', plugins: [{plugins}] }};"
        );
        written(&[("webpack.config.js", &config), ("main.js", script)]).0
    };
    let chosen = "import moment from 'moment'; moment.locale(document.documentElement.lang);";
    assert!(of("", chosen).contains("\"contexts\": [\"moment\"]"), "{}", of("", chosen));
    assert!(!of("", "import moment from 'moment'; moment();").contains("contexts"));
    let ignored = "new webpack.IgnorePlugin(/^\\.\\/locale$/, /moment$/)";
    assert!(!of(ignored, chosen).contains("contexts"), "{}", of(ignored, chosen));
}

/// Files that only the filter leaves alone may be missing.
#[test]
fn urls_that_a_filter_leaves_alone() {
    let webpack = "module.exports = { entry: './b.js', module: { rules: [
        { test: /\\.css$/, use: [{ loader: 'css-loader', options: {
          url: { filter: (url) => url.includes('icons') } } }] }] } }";
    let files = [
        ("webpack.config.js", webpack),
        ("b.js", "import './b.css';"),
        ("b.css", "a { background: url(/x.png) } b { background: url(../uploads/y.png) }"),
    ];
    let project = Project::new(&files);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.contains("a filter of the urls that css-loader follows\n"), "{said}");
    project.run_ok(&["--no-cache"]);
}

/// The server reads programs where they are.
#[test]
fn copies_of_programs() {
    let mix = "mix.setPublicPath('assets').js('a.js', 'assets/a.js').copy('index.php', 'assets/index.php')";
    let script = format!("const mix = require('laravel-mix'); {mix};");
    let (config, said) = written(&[("webpack.mix.js", &script), ("index.php", "<?php")]);
    assert!(said.contains("a copy of index.php, which is never published\n"), "{said}");
    assert!(!config.contains("copy"), "{config}");
}

/// A configuration of stylesheets alone has no externals to share.
#[test]
fn externals_beside_stylesheets() {
    let of = |entry: &str| {
        let webpack = format!(
            "module.exports = [
               {{ entry: {{ a: './a.js' }}, externals: {{ jquery: 'jQuery' }} }},
               {{ entry: {entry} }} ];"
        );
        let files =
            [("webpack.config.js", webpack.as_str()), ("b.scss", "a { b: c }"), ("c.js", "1;")];
        written(&files).1
    };
    let note = "externals that the configurations do not share";
    for entry in ["'./b.scss'", "{ b: './b.scss' }", "{ b: { import: ['./b.scss'] } }"] {
        assert!(!of(entry).contains(note), "{entry}");
    }
    for entry in ["{ b: './b.scss', c: './c.js' }", "['./b.scss', './c.js']"] {
        assert!(of(entry).contains(note), "{entry}");
    }
}
