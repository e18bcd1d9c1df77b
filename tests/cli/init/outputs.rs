//! Which names outputs get, and which sources they have.

use super::super::Project;
use super::initialised;

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("")
}

/// An entry that is only a stylesheet keeps its name, beside the folder of the scripts too.
#[test]
fn stylesheets_that_are_entries() {
    let of = |filename: &str, rest: &str| {
        let text = format!(
            "const path = require('path'), Css = require('mini-css-extract-plugin');\n\
             module.exports = {{ entry: {{ {rest} b: './b.css' }},\n\
             output: {{ path: path.resolve(__dirname, 'assets/js'), publicPath: '/assets/js/' }},\n\
             plugins: [new Css({{ {filename} }})] }};"
        );
        let script = "import './a.css';";
        let css = "a { b: c }";
        let files =
            [("webpack.config.js", &*text), ("a.js", script), ("a.css", css), ("b.css", css)];
        initialised(&files)
    };
    for filename in [
        "filename: '../css/[name].css'",
        "filename: ({ chunk }) => '../css/[name].css'",
        "filename: ({ chunk }) => `../css/${chunk.name}.css`",
        "moduleFilename: ({ name }) => `../css/${name}.css`",
    ] {
        let (said, config) = of(filename, "a: './a.js',");
        assert!(config.contains(r#""outDir": "assets""#), "{filename}\n{config}");
        assert!(config.contains(r#""publicPath": "/assets/""#), "{filename}\n{config}");
        let areas = r#""areas":{"js/a":{"entry":"a.js","stylesheet":"css/a.css"},"css/b":"b.css"}"#;
        assert!(without_spaces(&config).contains(areas), "{filename}\n{config}");
        assert!(!said.contains("not carried over"), "{filename}\n{said}");
    }
    let (said, config) = of("filename: 'css/[name].css'", "");
    assert!(without_spaces(&config).contains(r#""css/b":"b.css""#), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
    let (said, _) = of("filename: unknown()", "a: './a.js',");
    assert!(said.contains("stylesheets named by a function"), "{said}");
}

/// Stylesheets that an entry lists beside scripts keep their name too, unless scripts import some.
#[test]
fn stylesheets_beside_scripts_in_an_entry() {
    let of = |script: &str| {
        let text = "const path = require('path'), Css = require('mini-css-extract-plugin');\n\
                    module.exports = { entry: { site: ['./site.js', './site.scss'] },\n\
                    output: { path: path.resolve(__dirname, 'dist/js') },\n\
                    plugins: [new Css({ filename: '../css/[name].css' })] };";
        let style = ("site.scss", "a { b: c }");
        initialised(&[("webpack.config.js", text), ("site.js", script), style, ("x.css", "")])
    };
    let (said, config) = of("1;");
    let areas = r#""areas":{"js/site":"site.js","css/site":"site.scss"}"#;
    assert!(without_spaces(&config).contains(areas), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
    let (said, config) = of("import './x.css';");
    let area = r#""js/site":{"entry":"bundle.entries/js-site.js","stylesheet":"css/site.css"}"#;
    assert!(without_spaces(&config).contains(area), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
}

/// The stylesheet of a script has the name that the plugin gives it, where an area can say so.
#[test]
fn stylesheets_that_scripts_import() {
    let of = |output: &str, filename: &str| {
        let text = format!(
            "const Css = require('mini-css-extract-plugin');\n\
             module.exports = {{ entry: {{ a: './a.js', b: './b.js' }},\n\
             output: {{ path: __dirname + '/dist/js', {output} }},\n\
             plugins: [new Css({{ filename: '{filename}' }})] }};"
        );
        let a = ("a.js", "import './a.css';");
        let style = ("a.css", "a { b: c }");
        initialised(&[("webpack.config.js", &*text), a, ("b.js", "1;"), style])
    };
    let (said, config) = of("publicPath: '/x/js/'", "../css/[name].min.css");
    let areas = r#""areas":{"js/a":{"entry":"a.js","stylesheet":"css/a.min.css"},"js/b":"b.js"}"#;
    assert!(without_spaces(&config).contains(areas), "{config}");
    assert!(config.contains(r#""publicPath": "/x/""#), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
    let (_, config) = of("filename: '[name].[contenthash].js'", "css/[name].[contenthash].css");
    assert!(config.contains(r#""stylesheet": "css/a.css""#), "{config}");
    // Only chunks have hashes.
    let (said, config) = of("chunkFilename: '[id].[chunkhash].js'", "css/[name].css");
    let area = r#""a":{"entry":"a.js","stylesheet":"css/a.css","hash":false}"#;
    assert!(without_spaces(&config).contains(area), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
}

#[test]
fn files_beside_the_folder_of_the_scripts() {
    let rule = "{ test: /\\.png$/, type: 'asset/resource',\n\
                generator: { filename: '../images/[name][ext][query]' } }";
    let (said, config) = super::of_rules(rule);
    assert!(config.contains(r#""names": "images/[name][ext]""#), "{config}");
    let note = "files named ../images/[name][ext][query], beside the folder of the scripts";
    assert!(said.contains(note), "{said}");
    assert!(said.contains("builds write these to images/[name][ext] in it"), "{said}");
}

/// webpack 5 looks for `/x` in the folder of the configuration.
#[test]
fn entries_from_the_root_of_the_project() {
    let text = "const path = require('path');\n\
                module.exports = { entry: { a: '/src/a.js', b: path.resolve('src/b.js') } };";
    let files = [("webpack.config.js", text), ("src/a.js", "1;"), ("src/b.js", "1;")];
    let (said, config) = initialised(&files);
    let areas = r#""areas":{"a":"src/a.js","b":"src/b.js"}"#;
    assert!(without_spaces(&config).contains(areas), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
}

/// `resolve.modules` has folders, and the packages.
#[test]
fn folders_of_modules() {
    let config = |modules: &str| {
        let text =
            format!("module.exports = {{ entry: './a.js', resolve: {{ modules: {modules} }} }}");
        let (_, config) = initialised(&[
            ("webpack.config.js", &text),
            ("a.js", "1;"),
            ("lib/util.js", "1;"),
            ("src/b.js", "1;"),
        ]);
        without_spaces(&config)
    };
    let usual = config("['lib', require('path').resolve('src'), 'gone', 'node_modules']");
    assert!(usual.contains(r#""modulePaths":["lib","src"]"#), "{usual}");
    let last = config("['node_modules', './lib']");
    assert!(last.contains(r#""modulePaths":["node_modules","lib"]"#), "{last}");
    assert!(!config("['node_modules']").contains("modulePaths"));
}

/// dotenv-webpack gives scripts the variables of `.env` that they name.
#[test]
fn variables_by_dotenv() {
    let text = "const Dotenv = require('dotenv-webpack');
        module.exports = { entry: './a.js', plugins: [new Dotenv()] };";
    let of = |files: &[(&str, &str)]| {
        initialised(&[&[("webpack.config.js", text), ("a.js", "1;")], files].concat())
    };
    let (said, config) = of(&[(".env.example", "# keys\nAPI_URL = https://a\nexport NAME='x'\n")]);
    assert!(without_spaces(&config).contains(r#""env":["API_URL","NAME"]"#), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
    let (said, config) = of(&[]);
    assert!(said.contains("webpack.config.js:2  variables of .env"), "{said}");
    assert!(!config.contains("\"env\""), "{config}");
}

/// What the script computes at each build is as it is now.
#[test]
fn what_is_computed_at_each_build_is_noted() {
    let mix = "const { version } = require('./package.json'), glob = require('glob');\n\
               require('laravel-mix').js('a.js', `public/a.${version}.min.js`)\n\
               .combine(glob.sync('./app/*.js'), 'public/all.js')";
    let package = r#"{ "version": "1.0.7" }"#;
    let (said, config) = initialised(&[
        ("webpack.mix.js", mix),
        ("package.json", package),
        ("a.js", "1;"),
        ("app/1.js", "1;"),
        ("app/2.js", "1;"),
        ("app/3.js", "1;"),
    ]);
    assert!(config.contains("a.1.0.7.min"), "{config}");
    let note = "webpack.mix.js:1  the version of package.json in public/a.1.0.7.min, computed";
    assert!(said.contains(note), "{said}");
    let note = "webpack.mix.js:3  files that the script lists: app/1.js, app/2.js and 1 more";
    assert!(said.contains(note), "{said}");
    let written =
        mix.replace("${version}", "1.0.7").replace("glob.sync('./app/*.js')", "['app/1.js']");
    let files = [("webpack.mix.js", written.as_str()), ("package.json", package), ("a.js", "1;")];
    let (said, _) = initialised(&[&files[..], &[("app/1.js", "1;")]].concat());
    assert!(!said.contains("not carried over"), "{said}");
}

/// Packages that other names stand for, and plugins that need no key.
#[test]
fn packages_of_webpack_are_named() {
    let text = "const { fromPairs } = require('lodash');\n\
                const Fix = require('webpack-fix-style-only-entries');\n\
                module.exports = { entry: fromPairs(['a', 'b'].map(x => [x, `./${x}.js`])),\n\
                plugins: [new Fix(), new (require('webpack-remove-empty-scripts'))()],\n\
                module: { rules: [{ test: /\\.svg$/, use: ['@svgr/webpack'] }] } };";
    let files = [("webpack.config.js", text), ("a.js", "1;"), ("b.js", "1;")];
    let (said, config) = initialised(&files);
    assert!(without_spaces(&config).contains(r#""areas":{"a":"a.js","b":"b.js"}"#), "{config}");
    assert!(config.contains(r#""*.svg": "react""#), "{config}");
    assert!(!said.contains("the plugin"), "{said}");
}

/// `to` of copy-webpack-plugin gets the folder that is copied as `context`.
#[test]
fn names_that_functions_give_below_a_folder() {
    let (said, config) = initialised(&[
        (
            "webpack.config.js",
            "const path = require('path'), CopyPlugin = require('copy-webpack-plugin');
             module.exports = { entry: './a.js', plugins: [new CopyPlugin({ patterns: [{
               from: 'src/Images',
               to: ({ context, absoluteFilename }) =>
                 `img/${path.relative(context, absoluteFilename).toLowerCase()}` }] })] };",
        ),
        ("a.js", "1;"),
        ("src/Images/Deep/One.txt", ""),
    ]);
    let copy = r#"{"from":"src/Images/Deep/One.txt","to":"img/deep/one.txt"}"#;
    assert!(without_spaces(&config).contains(copy), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
}

/// An entry may be a package: its main file.
#[test]
fn packages_as_entries() {
    let project = Project::new(&[
        ("webpack.config.js", "module.exports = { entry: { pk: 'pk' } };"),
        ("node_modules/pk/package.json", r#"{ "main": "lib/main.js" }"#),
        ("node_modules/pk/lib/main.js", "window.pk = 1;"),
    ]);
    project.run_ok(&["init"]);
    let config = project.read("bundle.config.json");
    assert!(config.contains(r#""pk": "node_modules/pk/lib/main.js""#), "{config}");
}

/// A pattern of Grunt's copies stays one, as far as a copy has the same.
#[test]
fn copies_of_grunt_by_pattern() {
    let of = |copy: &str| {
        let text = format!(
            "module.exports = grunt => grunt.initConfig({{\n\
             concat: {{ x: {{ src: ['a.js'], dest: 'build/a.js' }} }},\n\
             copy: {{ x: {{ {copy} }} }} }});"
        );
        let files = [("Gruntfile.js", text.as_str()), ("a.js", "1;"), ("client/src/1.txt", "")];
        let more = [("client/src/2.txt", ""), ("client/x.txt", "")];
        without_spaces(&initialised(&[&files[..], &more[..]].concat()).1)
    };
    let config = of("expand: true, cwd: 'client', src: ['src/**', 'x.txt'], dest: 'build/c'");
    assert!(config.contains(r#"{"from":"client/src/**","to":"c/src/"}"#), "{config}");
    assert!(config.contains(r#"{"from":"client/x.txt","to":"c/x.txt"}"#), "{config}");
    let config = of("expand: true, cwd: 'client', src: ['src/**', '!src/2.txt'], dest: 'build/c'");
    let copy = r#"{"from":"client/src/**","to":"c/src/","ignore":["./2.txt"]}"#;
    assert!(config.contains(copy), "{config}");
}

/// Functions name files and copies, as they name them for webpack.
#[test]
fn names_that_functions_give() {
    let project = Project::new(&[
        (
            "webpack.config.js",
            "const path = require('path'), { kebabCase } = require('lodash');
             const CopyPlugin = require('copy-webpack-plugin');
             module.exports = {
               entry: { wcBlocksRegistry: './a.js', other: { import: './b.js', filename: 'x/[name].min.js' } },
               output: { path: __dirname + '/build', library: ['wc', '[name]'],
                 filename: (data) => `${kebabCase(data.chunk.name)}.js` },
               plugins: [new CopyPlugin({ patterns: [{ from: './blocks/**/block.json',
                 to({ absoluteFilename }) {
                   const name = path.basename(path.dirname(absoluteFilename));
                   return path.resolve(__dirname, 'build', name, 'block.json');
                 } }] })] };",
        ),
        ("a.js", "export const a = 1;"),
        ("b.js", "export const b = 1;"),
        ("blocks/one/block.json", "{}"),
        ("blocks/deep/two/block.json", "{}"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(!said.contains("not carried over"), "{said}");
    let config = project.read("bundle.config.json");
    for part in [
        "\"wc-blocks-registry\": { \"entry\": \"a.js\", \"globalName\": \"wc.wcBlocksRegistry\" }",
        "\"x/other.min\": { \"entry\": \"b.js\", \"globalName\": \"wc.other\" }",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    project.run_ok(&["--no-cache"]);
    assert_eq!(project.read("build/one/block.json"), "{}");
    assert_eq!(project.read("build/two/block.json"), "{}");
    assert!(project.read("build/wc-blocks-registry.js").contains("wc"));
}

/// Globs as node-glob knows them: with empty alternatives, and for folders.
#[test]
fn entries_that_globs_find() {
    let (_, config) = super::initialised(&[
        (
            "webpack.config.js",
            "const path = require('path'), glob = require('glob');
             const blocks = glob.sync('./blocks/*/index.{t,j}s{,x}');
             const plugins = glob.sync(path.resolve(__dirname, 'plugins') + '/*');
             const of = (name) => ({ entry: { [name]: `./plugins/${name}/main.js` },
               output: { path: path.resolve(__dirname, 'plugins', name), filename: 'built.js' } });
             module.exports = [
               { entry: Object.fromEntries(blocks.map((file) =>
                   [path.basename(path.dirname(file)), file])),
                 output: { path: path.resolve(__dirname, 'build') } },
               ...plugins.map((folder) => of(path.basename(folder)))];",
        ),
        ("blocks/a/index.tsx", "1;"),
        ("blocks/b/index.js", "1;"),
        ("plugins/c/main.js", "1;"),
    ]);
    for part in [
        "\"build/a\": \"blocks/a/index.tsx\"",
        "\"build/b\": \"blocks/b/index.js\"",
        "\"plugins/c/built\": \"plugins/c/main.js\"",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
}

/// A chunk that only one of several compilers makes is no area: the scripts of the others would
/// need it.
#[test]
fn a_chunk_of_one_compiler() {
    let (said, config) = super::initialised(&[
        (
            "webpack.config.js",
            "const output = { path: __dirname + '/build', filename: '[name].js' };
             module.exports = [{ entry: { core: './a.js' }, output },
               { entry: { main: './b.js' }, output, optimization: { splitChunks: { cacheGroups: {
                 commons: { test: /[\\\\/]node_modules[\\\\/]/, name: 'vendors', chunks: 'all' },
               } } } }];",
        ),
        ("a.js", "1;"),
        ("b.js", "1;"),
    ]);
    assert!(said.contains("a chunk that only one of several compilers has"), "{said}");
    assert!(!config.contains("vendors"), "{config}");
}

/// `THEME=shop webpack`, with `cross-env` or without.
#[test]
fn names_by_variables_of_the_command() {
    let webpack = "const name = process.env.THEME === 'shop' ? '[name].min.js' : '[name].js';
        module.exports = { entry: { app: './a.js' }, output: { filename: name } };";
    let of = |build: &str| {
        let package = format!("{{ \"scripts\": {{ \"build\": \"{build}\" }} }}");
        let files =
            [("package.json", &*package), ("webpack.config.js", webpack), ("a.js", "self.a = 1;")];
        let project = Project::new(&files);
        project.run_ok(&["init"]);
        project.run_ok(&["--no-cache"]);
        project.path("dist/app.min.js").exists()
    };
    assert!(of("THEME=shop webpack"));
    assert!(of("cross-env THEME=shop NODE_ENV=production webpack -p"));
    assert!(!of("THEME=blog webpack"));
    assert!(!of("webpack --env THEME=shop"));
}

/// With one chunk at most, what `import()` asks for is in the script.
#[test]
fn one_chunk() {
    let webpack = "const webpack = require('webpack');
        module.exports = { entry: { app: './a.js', b: './b.js' }, plugins: [
          new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })] };";
    let files = [
        ("webpack.config.js", webpack),
        ("a.js", "import('./later').then(self.show);"),
        ("b.js", "self.b = 1;"),
        ("later.js", "export default 'LATER';"),
    ];
    let project = Project::new(&files);
    project.run_ok(&["init"]);
    project.run_ok(&["--no-cache"]);
    assert!(project.read("dist/app.js").contains("LATER"));
}
