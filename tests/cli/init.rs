//! `bundle init`: what it writes for projects as other tools have them, and that this builds.

use super::{Project, codes};

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
        ".sass('app.scss', 'public')",
    ] {
        assert!(!written(&format!("{start}{rest}")).contains("inject"), "{rest}");
    }
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
    let plugins = "    \"tailwindcss\": \"./tail.js\",\n    \"postcss-nested\": {},\n";
    assert_eq!(written, format!("module.exports = {{\n  plugins: {{\n{plugins}  }},\n}};\n"));
    assert!(project.read("bundle.config.json").contains("src/app.css"));
    let own = Project::new(&files);
    own.write("postcss.config.js", "module.exports = {};");
    own.run_ok(&["init"]);
    assert_eq!(own.read("postcss.config.js"), "module.exports = {};");
}
