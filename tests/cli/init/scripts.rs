//! What scripts of package.json run beside the configuration of a tool.

use super::{super::Project, initialised};

const WEBPACK: &str = "module.exports = { mode: 'production', entry: { app: './src/app.js' },
  output: { path: __dirname + '/assets/js' } };";
const GRUNT: &str = "module.exports = (grunt) => {
  grunt.initConfig({ uglify: { all: { files: { 'old/app.min.js': ['src/app.js'] } } } });
  grunt.registerTask('default', ['uglify']);
};";

/// Returns what `init` says, and the configuration, for a project with a configuration.
fn of(scripts: &str, config: (&str, &str)) -> (String, String) {
    let package = format!("{{ \"scripts\": {{ {scripts} }} }}");
    initialised(&[
        ("package.json", &package),
        config,
        ("src/app.js", "window.app = 1;"),
        ("src/site.scss", "a { b: c }"),
        ("tools/copy.js", ""),
    ])
}

/// What the build runs counts before a configuration that no script runs.
#[test]
fn a_configuration_that_is_left_over() {
    let grunt = ("Gruntfile.js", GRUNT);
    let (said, config) = of(r#""build": "sass src/site.scss css/site.css""#, grunt);
    let found = "found: Sass (package.json)\n       not read: Gruntfile.js (--from FILE";
    assert!(said.starts_with(found), "{said}");
    assert!(config.contains(r#""areas": { "site": "src/site.scss" }"#), "{config}");
    // Each of these may run it.
    for scripts in [
        r#""build": "sass src/site.scss css/site.css && node tools/copy.js""#,
        r#""build": "sass src/site.scss css/site.css", "js": "grunt""#,
    ] {
        let (said, config) = of(scripts, grunt);
        assert!(said.starts_with("found: Grunt (Gruntfile.js), Sass (package.json)\n"), "{said}");
        assert!(config.contains("src/app.js") && config.contains("src/site.scss"), "{config}");
    }
}

/// A build may be in several scripts, and another script may run it with more.
#[test]
fn builds_in_several_scripts() {
    for scripts in [
        r#""build:js": "webpack", "build:css": "sass src/site.scss assets/css/site.css""#,
        r#""build": "webpack", "css": "sass src/site.scss assets/css/site.css",
           "all": "npm run build && npm run css""#,
        r#""build": "npm run js", "js": "webpack",
           "prejs": "sass src/site.scss assets/css/site.css""#,
    ] {
        let (said, config) = of(scripts, ("webpack.config.js", WEBPACK));
        let found = "found: webpack (webpack.config.js), Sass (package.json)\n";
        assert!(said.starts_with(found), "{said}");
        let areas = r#""areas": { "js/app": "src/app.js", "css/site": "src/site.scss" }"#;
        assert!(config.contains(areas), "{config}");
        assert!(!said.contains("not carried over"), "{said}");
    }
    let scripts = r#""build": "webpack", "css": "sass src/site.scss assets/css/site.css",
        "css:watch": "sass -w src/site.scss assets/css/site.css""#;
    let (said, _) = of(scripts, ("webpack.config.js", WEBPACK));
    let note = "package.json  the script css, which calls Sass\n      the build does not run it";
    assert!(said.contains(note), "{said}");
    assert!(!said.contains("css:watch"), "{said}");
}

#[test]
fn steps_of_a_build_that_are_not_read() {
    let scripts = r#""prebuild": "php artisan lang:generate && php artisan view:clear",
        "build": "webpack && cp -r src/img public/img && node tools/copy.js && make icons",
        "postbuild": "sh tools/post.sh && ./finish.sh && bash tools/release.sh""#;
    let (said, _) = of(scripts, ("webpack.config.js", WEBPACK));
    for what in [
        "prebuild, which calls php artisan lang:generate\n",
        "build, which copies with cp\n",
        "build, which runs tools/copy.js\n",
        "build, which runs make icons\n",
        "postbuild, which runs tools/post.sh\n",
        "postbuild, which runs finish.sh\n",
    ] {
        assert!(said.contains(&format!("package.json  the script {what}")), "{what} not in {said}");
    }
    for other in ["view:clear", "release"] {
        assert!(!said.contains(other), "{said}");
    }
    // The only configuration is none that the build runs.
    let scripts = r#""build": "cd blocks/a && wp-scripts build src/index.js""#;
    let (said, _) = of(scripts, ("Gruntfile.js", GRUNT));
    assert!(said.contains("the script build, which builds in blocks/a\n"), "{said}");
}

/// `--config-name` builds one of several configurations.
#[test]
fn one_of_several_configurations() {
    let webpack = "const one = (name) => ({ name, entry: './src/app.js',
      output: { path: `${__dirname}/${name}`, filename: 'app.js' } });
    module.exports = [one('site'), one('dist'), one('docs')];";
    let build = r#""build": "webpack --config-name dist --config-name=docs""#;
    let (_, config) = of(build, ("webpack.config.js", webpack));
    let areas = r#""areas": { "dist/app": "src/app.js", "docs/app": "src/app.js" }"#;
    assert!(config.contains(areas), "{config}");
    let encore = "const Encore = require('@symfony/webpack-encore');
    const one = (name, folder) => {
      Encore.reset();
      Encore.setOutputPath(folder).setPublicPath('/build').addEntry(name, './src/app.js');
      const config = Encore.getWebpackConfig();
      config.name = name;
      return config;
    };
    module.exports = [one('site', 'public/build'), one('dist', 'src/Resources/public')];";
    let build = r#""build": "encore production --config-name dist""#;
    let (said, config) = of(build, ("webpack.config.js", encore));
    assert!(config.contains(r#""areas": { "dist": "src/app.js" }"#), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
}

/// What a configuration lists and runs itself.
#[test]
fn lists_and_commands_of_a_configuration() {
    let mix = "const mix = require('laravel-mix'), fs = require('fs');
    const { execSync } = require('child_process');
    execSync('php artisan ziggy:generate src/ziggy.js');
    execSync('git rev-parse HEAD');
    fs.readdirSync('src', { withFileTypes: true })
      .filter((file) => file.isFile() && file.name.endsWith('.js'))
      .forEach((file) => mix.js(`src/${file.name}`, 'public/js'));";
    let project = Project::new(&[("webpack.mix.js", mix), ("src/a.js", "1;"), ("src/b.css", "")]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.contains("webpack.mix.js:5  files that the script lists: src/a.js\n"), "{said}");
    let note = "webpack.mix.js:3  the command `php artisan ziggy:generate src/ziggy.js`, which";
    assert!(said.contains(note) && !said.contains("git"), "{said}");
    let config = project.read("bundle.config.json");
    assert!(config.contains(r#""areas": { "public/js/a": "src/a.js" }"#), "{config}");
}

#[test]
fn a_configuration_that_a_package_makes() {
    let text = "const { one } = require('@team/build-scripts');
    module.exports = [...one(), { entry: { app: './src/app.js' } }];";
    let (said, _) = of(r#""build": "webpack""#, ("webpack.config.js", text));
    let note = "webpack.config.js:2  a configuration of @team/build-scripts that only running";
    assert!(said.contains(note), "{said}");
}
