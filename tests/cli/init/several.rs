//! Projects that several tools build: webpack for the scripts, Grunt, gulp or Sass for the rest.

use super::super::Project;

const WEBPACK: &str = "module.exports = { mode: 'production', entry: { app: './src/app.js' },
  output: { path: __dirname + '/assets/js', publicPath: '/theme/assets/js/' } };";
const GRUNT: &str = "module.exports = (grunt) => {
  grunt.initConfig({
    sass: { dist: { files: { 'assets/css/site.css': 'src/site.scss' } } },
    clean: ['tmp'],
  });
  grunt.registerTask('styles', ['sass']);
  grunt.registerTask('tidy', ['clean']);
};";
const SASS: (&str, &str) = ("src/site.scss", "$c: red; a { color: $c; background: url(../a.png) }");
const SCRIPT: (&str, &str) = ("src/app.js", "window.app = 1;");

fn scripts(build: &str) -> String {
    format!("{{ \"scripts\": {{ {build} }} }}")
}

/// What the script `build` runs is read, webpack first, and all outputs are below one folder.
#[test]
fn all_tools_of_the_build_are_read() {
    let package = scripts(
        "\"build\": \"npm run css && run-s js:*\", \"css\": \"grunt styles\", \
         \"js:main\": \"cross-env NODE_ENV=production webpack\", \"watch\": \"gulp\"",
    );
    let project = Project::new(&[
        ("package.json", &package),
        ("webpack.config.js", WEBPACK),
        ("Gruntfile.js", GRUNT),
        ("gulpfile.js", "exports.default = () => {};"),
        SASS,
        SCRIPT,
    ]);
    let said = project.run_ok(&["init"]).stdout;
    let found = "found: webpack (webpack.config.js), Grunt (Gruntfile.js)\n       \
                 not read: gulpfile.js (--from FILE reads another, or several)\n";
    assert!(said.starts_with(found), "{said}");
    let config = project.read("bundle.config.json");
    for part in [
        "from webpack.config.js and Gruntfile.js.",
        "\"outDir\": \"assets\"",
        "\"publicPath\": \"/theme/assets/\"",
        "\"areas\": { \"js/app\": \"src/app.js\", \"css/site\": \"src/site.scss\" }",
        "\"names\": \"js/assets/[name]-[hash][ext]\"",
        "\"missing-asset\": \"warn\"",
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    project.run_ok(&["--no-cache"]);
    assert!(project.read("assets/css/site.css").contains("red"));
    assert!(project.read("assets/js/app.js").contains("app"));
}

/// A command of Sass beside a tool is read too; a task without outputs is not.
#[test]
fn commands_and_tasks_beside_webpack() {
    let package =
        scripts("\"build\": \"webpack && grunt tidy && sass src/site.scss assets/css/site.css\"");
    let project = Project::new(&[
        ("package.json", &package),
        ("webpack.config.js", WEBPACK),
        ("Gruntfile.js", GRUNT),
        SASS,
        SCRIPT,
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(
        said.starts_with("found: webpack (webpack.config.js), Sass (package.json)\n"),
        "{said}"
    );
    assert!(said.contains("not read: Gruntfile.js"), "{said}");
    assert!(project.read("bundle.config.json").contains("\"css/site\": \"src/site.scss\""));
}

/// `--from` may be repeated, and then nothing else is read.
#[test]
fn several_files_may_be_named() {
    let project = Project::new(&[
        ("package.json", &scripts("\"build\": \"webpack\"")),
        ("webpack.config.js", WEBPACK),
        ("tools/Gruntfile.js", GRUNT),
        SASS,
        SCRIPT,
    ]);
    let from = ["init", "--from", "webpack.config.js", "--from", "tools/Gruntfile.js"];
    project.run_ok(&from);
    let config = project.read("bundle.config.json");
    assert!(config.contains("from webpack.config.js and tools/Gruntfile.js."), "{config}");
    assert!(config.contains("\"css/site\": \"src/site.scss\""), "{config}");
    project.run_ok(&["init", "--force", "--from", "webpack.config.js"]);
    assert!(!project.read("bundle.config.json").contains("site.scss"));
}

/// Addresses of two folders that one publicPath does not give.
#[test]
fn compilers_whose_addresses_do_not_fit() {
    let config = |folder: &str, public: &str| {
        format!(
            "{{ entry: {{ app: './src/app.js' }},
               output: {{ path: __dirname + '/{folder}', publicPath: '{public}' }} }}"
        )
    };
    let all = [config("web/shop", "/a/"), config("web/admin", "/b/")].join(", ");
    let config = format!("module.exports = [{all}];");
    let project = Project::new(&[("webpack.config.js", &config), SCRIPT]);
    let said = project.run_ok(&["init"]).stdout;
    let note = "folders whose addresses do not fit together: web/shop (/a/), web/admin (/b/)\n\
                \x20     outDir is web: write its address into \"publicPath\"";
    assert!(said.contains(note), "{said}");
}

/// Names of builds of Encore have a hash where it asks for that.
#[test]
fn builds_of_encore_with_versions_and_without() {
    let config = "const Encore = require('@symfony/webpack-encore');
        const build = (name, isVersioned, shares) => {
            Encore.reset();
            Encore.setOutputPath(`public/${name}`).setPublicPath(`/${name}`)
                .addEntry(name, './src/app.js').enableVersioning(isVersioned);
            if (shares) Encore.splitEntryChunks();
            return Encore.getWebpackConfig();
        };
        module.exports = [build('shop', true, SHARES), build('admin', false, false)];";
    let of = |shares: &str| {
        let config = config.replace("SHARES", shares);
        let project = Project::new(&[("webpack.config.js", &config), SCRIPT]);
        let said = project.run_ok(&["init"]).stdout;
        (said, project.read("bundle.config.json"))
    };
    let (said, config) = of("false");
    let areas = "\"shop/shop\": { \"entry\": \"src/app.js\" },\n    \
                 \"admin/admin\": { \"entry\": \"src/app.js\", \"hash\": false }";
    assert!(config.contains(areas), "{config}");
    assert!(config.contains("\"splitting\": \"async\""), "{config}");
    assert!(!said.contains("splitEntryChunks"), "{said}");
    let (said, config) = of("true");
    assert!(config.contains("\"splitting\": true"), "{config}");
    assert!(said.contains("splitEntryChunks() of 1 of 2 builds"), "{said}");
}

/// Scripts run others in several ways; what runs in another folder is not this project's.
#[test]
fn scripts_that_run_scripts() {
    let both = "found: webpack (webpack.config.js), Grunt (Gruntfile.js)\n";
    let css = "\"css\": \"grunt\", \"js\": \"webpack\"";
    for (build, found) in [
        ("\"prebuild\": \"grunt sass\", \"build\": \"webpack\"".to_owned(), both),
        (format!("\"build\": \"concurrently 'npm:css' 'yarn js'\", {css}"), both),
        (format!("\"build\": \"bun run js && pnpm css\", {css}"), both),
        (
            format!("\"build\": \"npm run js && cd admin && npm run css\", {css}"),
            "found: webpack (webpack.config.js)\n",
        ),
        (
            format!("\"build\": \"npm --prefix admin run js && npm run css\", {css}"),
            "found: Grunt (Gruntfile.js)\n",
        ),
    ] {
        let grunt = GRUNT.replace("'styles'", "'default'");
        let project = Project::new(&[
            ("package.json", &scripts(&build)),
            ("webpack.config.js", WEBPACK),
            ("Gruntfile.js", &grunt),
            SASS,
            SCRIPT,
        ]);
        let said = project.run_ok(&["init"]).stdout;
        assert!(said.starts_with(found), "{build}\n{said}");
    }
}

/// A gulpfile that only runs other tools leaves the outputs to these.
#[test]
fn a_tool_without_outputs() {
    let project = Project::new(&[
        ("package.json", &scripts("\"build\": \"gulp\"")),
        ("gulpfile.js", "const chug = require('gulp-chug'); exports.default = () => chug();"),
        ("webpack.config.js", WEBPACK),
        SCRIPT,
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.starts_with("found: webpack (webpack.config.js)\n"), "{said}");
    assert!(said.contains("not read: gulpfile.js"), "{said}");
}
