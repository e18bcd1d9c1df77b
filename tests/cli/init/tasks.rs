//! Tasks of Grunt and gulp.

use super::super::Project;

/// Returns the configuration and what was said.
fn written(files: &[(&str, &str)]) -> (String, String) {
    let project = Project::new(files);
    let said = project.run_ok(&["init"]).stdout;
    (project.read("bundle.config.json"), said)
}

/// grunt-contrib-less and gulp-less leave addresses as written, unless an option asks for more.
#[test]
fn less_of_tasks_keeps_addresses() {
    let grunt = |options: &str| {
        let less = format!("{{ {options} a: {{ files: {{ 'css/a.css': 'css/a.less' }} }} }}");
        let text = format!("module.exports = grunt => grunt.initConfig({{ less: {less} }})");
        written(&[("Gruntfile.js", &text), ("css/a.less", "")]).0
    };
    let as_written = "\"less\": \"lessc --source-map-inline --js -\"";
    let rewritten = |how: &str| format!("lessc --source-map-inline --rewrite-urls={how} --js -");
    assert!(grunt("").contains(as_written), "{}", grunt(""));
    assert!(grunt("options: { rewriteUrls: 'off' },").contains(as_written));
    assert!(grunt("options: { relativeUrls: true },").contains(&rewritten("all")));
    assert!(grunt("options: { rewriteUrls: 'local' },").contains(&rewritten("local")));
    let gulp = |options: &str| {
        let pipes = format!(".pipe(less({options})).pipe(gulp.dest('css'))");
        let text = format!(
            "const gulp = require('gulp'), less = require('gulp-less');\n\
             gulp.task('css', () => gulp.src('css/a.less'){pipes})"
        );
        written(&[("gulpfile.js", &text), ("css/a.less", "")]).0
    };
    assert!(gulp("").contains(as_written), "{}", gulp(""));
    assert!(gulp("{ relativeUrls: true }").contains(&rewritten("all")));
}

/// What another task writes is one of several sources: all of them are in the output.
#[test]
fn outputs_of_tasks_among_other_sources() {
    let (config, said) = written(&[
        (
            "Gruntfile.js",
            "module.exports = grunt => grunt.initConfig({\n\
             cssmin: { a: { files: { 'out/site.min.css': ['src/font.css', 'out/site.css'] } } },\n\
             sass: { a: { files: { 'out/site.css': 'src/site.scss' } } },\n\
             babel: { a: { files: { '.tmp/app.js': 'src/app.js' } } },\n\
             concat: { a: { src: ['src/first.js', '.tmp/app.js'], dest: 'out/all.js' } },\n\
             uglify: { a: { files: { 'out/all.min.js': 'out/all.js' } } } })",
        ),
        ("src/font.css", "@font-face { font-family: R }"),
        ("src/site.scss", "a { b: c }"),
        ("src/first.js", "1;"),
        ("src/app.js", "2;"),
    ]);
    assert!(!said.contains("not carried over"), "{said}");
    for part in [
        "\"outDir\": \"out\"",
        "\"site.min\": \"bundle.entries/site.min.scss\"",
        "\"site\": \"src/site.scss\"",
        "\"all.min\": \"bundle.entries/all.min.js\"",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    assert!(!config.contains("tmp"), "{config}");
}

/// Steps that change files are noted. Those that need no key are not.
#[test]
fn steps_that_are_not_read() {
    let (_, said) = written(&[
        (
            "gulpfile.js",
            "const gulp = require('gulp'), plugins = require('gulp-load-plugins')();\n\
             const replace = require('gulp-replace'), size = require('gulp-size');\n\
             gulp.task('page', () => gulp.src('page.html')\n\
             .pipe(plugins.inject(gulp.src('a.svg'))).pipe(gulp.dest('out')));\n\
             gulp.task('js', () => gulp.src('a.js').pipe(plugins.concat('x.js')).pipe(size())\n\
             .pipe(replace('VERSION', '1')).pipe(gulp.dest('out')));",
        ),
        ("a.js", "1;"),
        ("page.html", ""),
    ]);
    assert!(said.contains("the step gulp-inject\n"), "{said}");
    assert!(said.contains("the step gulp-replace\n"), "{said}");
    assert_eq!(said.matches("the step").count(), 2, "{said}");
}

/// The compilers of tasks keep an `@import` of a plain stylesheet, in whose folder browsers look for
/// what it names.
#[test]
fn addresses_of_imported_stylesheets() {
    let gulpfile = "const gulp = require('gulp'), sass = require('gulp-sass');\n\
                    gulp.task('css', () => gulp.src('css/a.scss').pipe(sass()).pipe(gulp.dest('out')));";
    let project = Project::new(&[
        ("gulpfile.js", gulpfile),
        ("css/a.scss", "@import \"icons/all.css\"; a { cursor: url(own.cur) }"),
        ("css/icons/all.css", "@import \"deep/b.css\"; i { src: url(f/i.woff?#x), url(/i.woff) }"),
        ("css/icons/deep/b.css", "b { background: url('../b.png'), url(data:,) }"),
    ]);
    project.run_ok(&["init"]);
    project.run_ok(&["--no-cache"]);
    let text = project.read("out/a.css");
    for address in ["(own.cur)", "(icons/f/i.woff?#x)", "(/i.woff)", "(icons/b.png)", "(data:,)"] {
        assert!(text.replace('"', "").contains(address), "{address} is not in\n{text}");
    }
    project.write(
        "bundle.config.json",
        "{ \"areas\": { \"a\": \"css/a.scss\" }, \"assets\": { \"urls\": false }, \"outDir\": \"out\" }",
    );
    project.run_ok(&["--no-cache"]);
    assert!(project.read("out/a.css").replace('"', "").contains("(f/i.woff?#x)"));
}

/// A function of gulp-rename changes the parts of each path.
#[test]
fn names_that_a_function_gives() {
    let of = |function: &str| {
        let text = format!(
            "const {{ src, dest }} = require('gulp'), rename = require('gulp-rename');\n\
             const sass = require('gulp-sass')(require('sass'));\n\
             exports.default = () => src('pages/**/Sass/*.scss').pipe(sass())\n\
             .pipe(rename({function})).pipe(dest('out'));"
        );
        written(&[("gulpfile.js", &text), ("pages/shop/Sass/cart.scss", "a { b: c }")])
    };
    let function = "function (path) { path.dirname = path.dirname.replace('/Sass', '/css'); }";
    let (config, said) = of(function);
    assert!(config.contains("\"outDir\": \"out/shop/css\""), "{config}");
    assert!(config.contains("\"cart\": \"pages/shop/Sass/cart.scss\""), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
    let (config, _) = of("(path) => ({ ...path, basename: `${path.basename}.min` })");
    assert!(config.contains("\"cart.min\": \"pages/shop/Sass/cart.scss\""), "{config}");
    let (_, said) = of("(path) => { path.dirname = unknown(path.dirname); }");
    assert!(said.contains("names that a function of gulp-rename gives"), "{said}");
}

/// webpack as a step of gulp: its entries go where gulp writes.
#[test]
fn webpack_as_a_step() {
    let (config, said) = written(&[
        ("package.json", r#"{ "scripts": { "build": "gulp" } }"#),
        (
            "gulpfile.js",
            "const gulp = require('gulp'), webpackStream = require('webpack-stream');\n\
             const config = require('./webpack.config.js'), webpack = require('webpack');\n\
             exports.default = () => webpackStream(config, webpack).pipe(gulp.dest('out/js'));",
        ),
        (
            "webpack.config.js",
            "module.exports = { entry: { front: './a.js', admin: './b.js' },\n\
             output: { filename: '[name].bundle.js' }, externals: { jquery: 'jQuery' } };",
        ),
        ("a.js", "1;"),
        ("b.js", "2;"),
    ]);
    assert!(!said.contains("not carried over"), "{said}");
    for part in [
        "\"outDir\": \"out/js\"",
        "\"front.bundle\": \"a.js\"",
        "\"admin.bundle\": \"b.js\"",
        "\"jquery\": \"jQuery\"",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
}

/// Tasks that are only exported are tasks too, and one that several run makes its output once.
#[test]
fn tasks_that_are_exported() {
    let (config, said) = written(&[
        (
            "gulpfile.js",
            "const { src, dest, watch } = require('gulp'), uglify = require('gulp-uglify');\n\
             function scripts() { return src('a.js').pipe(uglify()).pipe(dest('out')); }\n\
             exports.scripts = scripts;\n\
             exports.watch = () => watch('*.js', scripts);",
        ),
        ("a.js", "1;"),
    ]);
    assert!(config.contains("\"a\": \"a.js\""), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
}

/// require-dir loads the tasks of a folder.
#[test]
fn tasks_in_a_folder() {
    let task = |name: &str| {
        format!(
            "const gulp = require('gulp'), uglify = require('gulp-uglify');\n\
             gulp.task('{name}', () => gulp.src('{name}.js').pipe(uglify()).pipe(gulp.dest('out')));"
        )
    };
    let (a, b) = (task("a"), task("b"));
    let of = |options: &str| {
        let text =
            format!("const requireDir = require('require-dir'); requireDir('./tasks'{options});");
        written(&[
            ("gulpfile.js", &text),
            ("tasks/a.js", &a),
            ("tasks/deep/b.js", &b),
            ("a.js", "1;"),
            ("b.js", "1;"),
        ])
        .0
    };
    assert!(of("").contains("\"areas\": { \"a\": \"a.js\" }"), "{}", of(""));
    let all = of(", { recurse: true }");
    assert!(all.contains("\"areas\": { \"a\": \"a.js\", \"b\": \"b.js\" }"), "{all}");
}

/// gulp-rename behind browserify gives the output another name.
#[test]
fn names_behind_browserify() {
    let (config, said) = written(&[
        (
            "gulpfile.js",
            "const gulp = require('gulp'), browserify = require('browserify');\n\
             const source = require('vinyl-source-stream'), rename = require('gulp-rename');\n\
             const of = (options) => browserify({ entries: './a.js' }).bundle()\n\
             .pipe(source('app.js')).pipe(rename(options)).pipe(gulp.dest('out'));\n\
             gulp.task('a', () => { of({}); of({ suffix: '.min' }); });",
        ),
        ("a.js", "1;"),
    ]);
    assert!(config.contains("\"areas\": { \"app\": \"a.js\", \"app.min\": \"a.js\" }"), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
}

/// Scripts of package.json may call Sass themselves.
#[test]
fn sass_in_scripts_of_the_package() {
    let of = |scripts: &str| {
        let package = format!("{{ \"scripts\": {{ {scripts} }} }}");
        let css = "a { b: c }";
        written(&[
            ("package.json", &package),
            ("style.scss", css),
            ("sass/style.scss", css),
            ("sass/_part.scss", css),
            ("sass/shop/cart.scss", css),
        ])
    };
    let (config, said) = of(
        r#""css": "sass -I node_modules/x/core sass:assets/css style.scss:style.css --style compressed",
        "watch": "sass --watch style.scss:style.css", "js": "for f in a; do node_modules/.bin/uglifyjs $f -c -m; done""#,
    );
    for part in [
        "\"outDir\": \".\"",
        "\"assets/css/style\": \"sass/style.scss\"",
        "\"assets/css/shop/cart\": \"sass/shop/cart.scss\"",
        "\"style\": \"style.scss\"",
        "\"loadPaths\": [\"node_modules/x/core\"]",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    assert!(!config.contains("part"), "{config}");
    assert!(said.contains("package.json  the script js, which calls uglifyjs"), "{said}");
    let (config, said) = of(r#""css": "node-sass sass/ -o ./ && stylelint '*.css'""#);
    assert!(config.contains("\"style\": \"sass/style.scss\""), "{config}");
    assert!(config.contains("\"shop/cart\": \"sass/shop/cart.scss\""), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
    let (config, _) = of(r#""css": "npx sass --style=compressed style.scss out/site.css""#);
    assert!(config.contains("\"site\": \"style.scss\""), "{config}");
}

/// webpack-stream takes the files of `gulp.src` as entries, with the names that vinyl-named gives.
#[test]
fn entries_of_webpack_stream() {
    let (config, said) = written(&[
        (
            "gulpfile.js",
            "const gulp = require('gulp'), named = require('vinyl-named');
             const webpackStream = require('webpack-stream'), rename = require('gulp-rename');
             const options = { externals: { jquery: 'jQuery' } };
             gulp.task('a', () => gulp.src(['src/*.js']).pipe(named())
               .pipe(webpackStream(options)).pipe(gulp.dest('dist/js')));
             gulp.task('b', () => gulp.src('admin/b.js').pipe(webpackStream(options))
               .pipe(rename('admin.js')).pipe(gulp.dest('dist/js')));",
        ),
        ("src/one.js", "import $ from 'jquery'; $();"),
        ("src/two.js", "1;"),
        ("admin/b.js", "2;"),
    ]);
    assert!(!said.contains("not carried over"), "{said}");
    assert!(!config.contains("\"script\""), "{config}");
    for part in [
        "\"one\": \"src/one.js\"",
        "\"two\": \"src/two.js\"",
        "\"admin\": \"admin/b.js\"",
        "\"externals\": { \"jquery\": \"jQuery\" }",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
}

/// A task may put a file before what another one wrote to the same path.
#[test]
fn files_before_an_output_of_its_own() {
    let project = Project::new(&[
        (
            "Gruntfile.js",
            "module.exports = grunt => grunt.initConfig({
               sass: { a: { files: { 'css/admin.css': 'css/admin.scss' } } },
               concat: { a: { files: { 'css/admin.css': ['css/first.css', 'css/admin.css'] } } } })",
        ),
        ("css/admin.scss", "$c: b; a { c: $c }"),
        ("css/admin.css", "old { a: b }"),
        ("css/first.css", "first { a: b }"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(!said.contains("not carried over"), "{said}");
    let entry = project.read("bundle.entries/admin.scss");
    let [first, second] = ["css/first", "css/admin.scss"].map(|name| entry.find(name));
    assert!(first.is_some() && first < second && !entry.contains("admin.css"), "{entry}");
}

/// Settings that a gulpfile reads from YAML: the project's own file, or one with defaults.
#[test]
fn settings_in_yaml() {
    let gulpfile = "import plugins from 'gulp-load-plugins'; import gulp from 'gulp';\n\
        import yaml from 'js-yaml'; import fs from 'fs'; import named from 'vinyl-named';\n\
        import webpackStream from 'webpack-stream'; import webpack2 from 'webpack';\n\
        const $ = plugins(); const { COMPATIBILITY, PATHS } = loadConfig();\n\
        function exists(path) { let is = true; try { fs.accessSync(path, fs.F_OK) } catch (e) {\n\
        is = false } return is }\n\
        function loadConfig() { const file = exists('config.yml') ? 'config.yml' : 'default.yml';\n\
        return yaml.load(fs.readFileSync(file, 'utf8')) }\n\
        function sass() { return gulp.src('scss/app.scss')\n\
        .pipe($.sass({ includePaths: PATHS.sass }))\n\
        .pipe($.autoprefixer({ browsers: COMPATIBILITY }))\n\
        .pipe(gulp.dest(PATHS.dist + '/css')) }\n\
        gulp.task('js', () => gulp.src(PATHS.entries).pipe(named())\n\
        .pipe(webpackStream({}, webpack2)).pipe(gulp.dest(PATHS.dist + '/js')));\n\
        gulp.task('build', gulp.parallel(sass, 'js'));";
    let settings = |dist: &str| {
        format!(
            "# Autoprefixer\nCOMPATIBILITY:\n  - \"ie >= 9\"\nPATHS:\n  # Path to dist\n  dist: \
             \"{dist}\"\n  sass: [ node_modules/foundation/scss ]\n  entries:\n    \
             - \"js/app.js\"\n"
        )
    };
    let (default, own) = (settings("dist"), settings("public"));
    let files = [
        ("gulpfile.babel.js", gulpfile),
        ("default.yml", &*default),
        ("scss/app.scss", "a { b: c }"),
        ("js/app.js", "1;"),
    ];
    let (config, said) = written(&files);
    for part in [
        "\"outDir\": \"dist\"",
        "\"css/app\": \"scss/app.scss\"",
        "\"js/app\": \"js/app.js\"",
        "\"node_modules/foundation/scss\"",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}\n{said}");
    }
    let (config, _) = written(&[&files[..], &[("config.yml", &own)]].concat());
    assert!(config.contains("\"outDir\": \"public\""), "{config}");
}

/// Grunt minifies what it copied, beside the copies.
#[test]
fn minified_copies() {
    let script = "module.exports = function (grunt) {
        grunt.initConfig({
          copy: { all: { expand: true, cwd: 'src/', src: ['**'], dest: 'build/' } },
          uglify: { core: { cwd: 'build/', dest: 'build/', extDot: 'last', expand: true, ext: '.min.js', src: ['**/*.js'] } },
          cssmin: { all: { cwd: 'build/', dest: 'build/', extDot: 'last', expand: true, ext: '.min.css', src: ['**/*.css'] } }
        });
        grunt.registerTask('build', ['copy', 'uglify', 'cssmin']);
      };";
    let files = [
        ("Gruntfile.js", script),
        ("package.json", r#"{ "scripts": { "build": "grunt build" } }"#),
        ("src/js/a.b.js", "var  a = 1;"),
        ("src/a.css", "a  { b: c }"),
        ("src/readme.txt", "read me"),
    ];
    let project = Project::new(&files);
    let said = project.run_ok(&["init"]).stdout;
    assert!(!said.contains("not carried over"), "{said}");
    project.run_ok(&["--no-cache"]);
    assert_eq!(project.read("build/js/a.b.js"), "var  a = 1;");
    assert_eq!(project.read("build/readme.txt"), "read me");
    assert!(project.read("build/js/a.b.min.js").contains("a=1"));
    assert!(project.read("build/a.min.css").contains("a{b:c}"));
}
