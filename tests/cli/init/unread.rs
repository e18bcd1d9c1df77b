//! What `init` cannot carry over as it is, and says.

use super::super::{Project, codes};

/// Runs `init`. Returns what it says, and the configuration, without spaces.
fn of(files: &[(&str, &str)]) -> (String, String) {
    let sources = [
        ("src/app.js", "console.log(1);"),
        ("src/other.js", "console.log(2);"),
        ("src/app.scss", "a { b: c }"),
    ];
    let project = Project::new(&[files, &sources].concat());
    let said = project.run_ok(&["init"]).stdout;
    project.run_ok(&["--no-cache"]);
    (said, project.read("bundle.config.json").split_whitespace().collect())
}

fn contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn programs_that_nothing_reads() {
    let package = |build: &str| format!(r#"{{ "scripts": {{ "build": "{build}" }} }}"#);
    for (build, what) in [
        ("wpackio-scripts build", "calls wpackio-scripts"),
        ("tsc -p .", "calls tsc"),
        ("node tools/build.js", "runs tools/build.js"),
        ("sass src/app.scss css/app.css && brunch build", "calls brunch"),
        ("sass src/app.scss css/app.css && copyfiles a b", "copies with copyfiles"),
    ] {
        let files = [("package.json", package(build)), ("tools/build.js", String::new())];
        let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
        let app = [("src/index.js", "console.log(1);")];
        let (said, _) = of(&[&files[..], &app].concat());
        contains(&said, &[&format!("the script build, which {what}")]);
    }
    // It checks types, or is beside the tool.
    let config = "export default { build: { rollupOptions: { input: 'src/app.js' } } };";
    let vite = package("tsc && vite build");
    let (said, _) = of(&[("package.json", &vite), ("vite.config.js", config)]);
    assert!(!said.contains("tsc"), "{said}");
}

#[test]
fn a_package_json_that_is_none() {
    let project = Project::new(&[("package.json", "{ \"scripts\": "), ("src/index.js", "1;")]);
    let said = project.run_ok(&["init"]).stdout;
    contains(&said, &["package.json  its scripts and packages: it is not valid JSON"]);
}

#[test]
fn a_file_that_a_configuration_requires_and_that_is_missing() {
    let config = "const base = require('./shared/base'); module.exports = base();";
    let project = Project::new(&[("webpack.config.js", config)]);
    let failed = project.run(&["init"]);
    assert_eq!(codes(&failed.stderr), "nothing-to-read");
    contains(&failed.stderr, &["it requires ./shared/base, which does not exist"]);
}

#[test]
fn builds_with_several_formats() {
    let build = "const { build } = require('esbuild');
        build({ entryPoints: ['src/app.js'], outfile: 'dist/app.js', bundle: true, define: { A: '1' } });
        build({ entryPoints: ['src/other.js'], outfile: 'dist/b.js', bundle: true, define: { A: '2' } });
        build({ entryPoints: ['src/app.js'], outfile: 'dist/app.esm.js', bundle: true, format: 'esm' });";
    let package = r#"{ "scripts": { "build": "node build.js" } }"#;
    let (said, config) = of(&[("package.json", package), ("build.js", build)]);
    contains(
        &said,
        &[
            "build.js:3  A, defined differently for builds",
            "build.js:4  the build of dist/app.esm.js, which is no classic script",
        ],
    );
    contains(&config, &[r#""areas":{"app":"src/app.js","b":"src/other.js"}"#]);
    assert!(!config.contains("esm"), "{config}");
    let rollup = "export default [
        { input: 'src/app.js', output: { file: 'dist/app.esm.js', format: 'es' } },
        { input: 'src/app.js', output: [{ file: 'dist/a.js', format: 'iife', name: 'A' },
            { file: 'dist/a.min.js', format: 'iife', name: 'A' }] }];";
    let (said, config) = of(&[("rollup.config.mjs", rollup)]);
    contains(&said, &["rollup.config.mjs:2  dist/app.esm.js, which is no classic script"]);
    contains(&config, &[r#""a":"#, r#""a.min":"#]);
    assert!(!config.contains("esm"), "{config}");
}

/// Stylesheets have no format.
#[test]
fn builds_of_stylesheets_beside_others() {
    let build = "const { build } = require('esbuild');
        build({ entryPoints: ['src/app.js'], outdir: 'dist', bundle: true, format: 'esm' });
        build({ entryPoints: ['src/app.css'], outdir: 'dist/css', bundle: true });";
    let package = r#"{ "scripts": { "build": "node build.js" } }"#;
    let style = ("src/app.css", "a { b: c }");
    let (said, config) = of(&[("package.json", package), ("build.js", build), style]);
    assert!(!said.contains("not carried over"), "{said}");
    contains(
        &config,
        &[r#""format":"esm""#, r#""app":"src/app.js""#, r#""css/app":"src/app.css""#],
    );
    let rollup = "export default [
        { input: 'src/app.js', output: { file: 'dist/app.js', format: 'iife' } },
        { input: 'src/app.css', output: { file: 'dist/style.css', format: 'es' } }];";
    let (said, config) = of(&[("rollup.config.mjs", rollup), style]);
    assert!(!said.contains("not carried over"), "{said}");
    contains(&config, &[r#""app":"src/app.js""#, r#""style":"src/app.css""#]);
    assert!(!config.contains("esm"), "{config}");
}

/// Only the build counts, if there is one.
#[test]
fn scripts_that_are_not_the_build() {
    let package = r#"{ "scripts": { "docs": "webpack --config docs/webpack.config.js",
        "clean": "node tools/clean.js", "types": "tsc",
        "build": "node tools/clean.js && esbuild src/app.js --bundle --outfile=public/app.js && tsc" } }"#;
    let docs = "module.exports = { entry: './src/other.js' };";
    let files =
        [("package.json", package), ("docs/webpack.config.js", docs), ("tools/clean.js", "")];
    let (said, config) = of(&files);
    assert!(!said.contains("not carried over"), "{said}");
    contains(&config, &[r#""areas":{"app":"src/app.js"}"#]);
}

#[test]
fn an_entry_of_a_command_with_a_name() {
    let build = "esbuild app=src/other.js --bundle --outdir=public/js";
    let package = format!(r#"{{ "scripts": {{ "dist": "{build}" }} }}"#);
    let (_, config) = of(&[("package.json", &package)]);
    contains(&config, &[r#""outDir":"public/js""#, r#""app":"src/other.js""#]);
}

#[test]
fn a_compressor_that_works_on_what_another_program_wrote() {
    let package = r#"{ "scripts": { "build": "npm run js && npm run min", "js": "rollup --config tools/rollup.js",
        "min": "terser js/a.min.js --source-map \"content=js/a.js.map,filename=a.min.js\" -o js/a.min.js" } }"#;
    let rollup =
        "export default { input: 'src/app.js', output: { file: 'js/a.min.js', format: 'iife' } };";
    let (said, config) = of(&[("package.json", package), ("tools/rollup.js", rollup)]);
    assert!(!said.contains("not carried over"), "{said}");
    contains(&config, &[r#""a.min":"src/app.js""#]);
}

#[test]
fn outputs_beside_the_project() {
    let build = "sass src/app.scss:css/a.css src/app.scss:../shared/css/b.css";
    let package = format!(r#"{{ "scripts": {{ "build": "{build}" }} }}"#);
    let (said, _) = of(&[("package.json", &package)]);
    contains(&said, &["the output ../shared/css/b is outside the project"]);
}

#[test]
fn calls_of_encore_that_nothing_exports() {
    let own = "const Encore = require('@symfony/webpack-encore');
        Encore.setOutputPath('src/public/').setPublicPath('/p').addEntry('own', './src/other.js');
        const config = Encore.getWebpackConfig();
        Encore.reset();
        module.exports = config;";
    let config = "const Encore = require('@symfony/webpack-encore');
        require('./plugin/own.js');
        Encore.setOutputPath('public/build').setPublicPath('/build').addEntry('app', './src/app.js')
          .configureFilenames({ css: 'css/[name].css' })
          .enablePostCssLoader((options) => { options.postcssOptions = { plugins: { 'postcss-a': {} } }; });
        module.exports = Encore.getWebpackConfig();";
    let project = Project::new(&[
        ("webpack.config.js", config),
        ("plugin/own.js", own),
        ("src/app.js", "1;"),
        ("src/other.js", "2;"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(!said.contains("not carried over"), "{said}");
    let config: String = project.read("bundle.config.json").split_whitespace().collect();
    contains(&config, &[r#""outDir":"public/build""#, r#""areas":{"app":"src/app.js"}"#]);
    contains(&project.read("postcss.config.js"), &["postcss-a"]);
}

/// A configuration that is changed before it is exported is not known.
#[test]
fn several_builds_of_encore_of_which_one_is_changed() {
    let config = "const Encore = require('@symfony/webpack-encore');
        Encore.setOutputPath('public/a').setPublicPath('/a').addEntry('a', './src/app.js');
        const first = Encore.getWebpackConfig();
        Encore.reset();
        Encore.setOutputPath('public/b').setPublicPath('/b').addEntry('b', './src/other.js');
        module.exports = [first, { ...Encore.getWebpackConfig(), name: 'b' }];";
    let (_, config) = of(&[("webpack.config.js", config)]);
    contains(&config, &[r#""a/a":"src/app.js""#, r#""b/b":"src/other.js""#]);
}

#[test]
fn functions_of_lodash() {
    let config = "const _ = require('lodash');
        const base = { entry: './src/app.js', output: { path: __dirname + '/dist', filename: 'a.js' } };
        const other = _.merge({}, base);
        _.assign(other.output, { path: __dirname + '/other' });
        base.own = base;
        base.again = base;
        module.exports = _.cloneDeep(base);";
    let (_, config) = of(&[("webpack.config.js", config)]);
    contains(&config, &[r#""outDir":"dist""#, r#""a":"src/app.js""#]);
}

/// A file that is not there yet is not looked for elsewhere.
#[test]
fn aliases_of_files_that_are_missing() {
    let config = "module.exports = { entry: './src/app.js', resolve: { alias: {
        settings: require('path').resolve(__dirname, 'settings.js'), jquery: './jquery.js' } } };";
    let copies = [("packages/a/settings.js", ""), ("public/js/jquery.js", "")];
    let (_, config) = of(&[&[("webpack.config.js", config)][..], &copies].concat());
    contains(&config, &[r#""settings":"./settings.js""#, r#""jquery":"./jquery.js""#]);
}

#[test]
fn folders_and_names_of_webpack() {
    let config = "const _ = require('lodash'), paths = { root: __dirname };
        _.defaults(paths, { src: paths.root + '/src' });
        module.exports = { entry: _.cloneDeep({ app: paths.src + '/app.js' }),
          output: { path: __dirname + '/dist', filename: '[name].js' },
          resolve: { alias: { client: './client-api.js' } },
          module: { rules: [
            { test: /\\.jpe?g$|\\.gif$/, type: 'asset/resource', generator: { outputPath: 'img/', filename: '[name][ext]' } },
            { test: /\\.woff(2)?(\\?v=\\d+\\.\\d+)?$/, use: { loader: 'file-loader', options: { outputPath: 'fonts' } } },
            { test: /\\.styl$/, use: ['css-loader', { loader: 'stylus-loader', options: { 'resolve url': true } }] },
            { test: /\\.scss$/, use: [{ loader: 'file-loader', options: { name: '[name].css' } }, 'sass-loader'] },
          ] } };";
    let (_, config) =
        of(&[("webpack.config.js", config), ("src/api/client-api.js", "export default 1;")]);
    contains(
        &config,
        &[
            r#""areas":{"app":"src/app.js"}"#,
            r#""client":"./src/api/client-api.js""#,
            r#""*.{jpg,jpeg,gif}":"img/[name][ext]""#,
            r#""*.{woff,woff2}":"fonts/[hash][ext]""#,
            r#""styl":"stylus--print--resolve-url""#,
        ],
    );
    assert!(!config.contains("[name].css"), "{config}");
}

#[test]
fn modules_of_webpack() {
    let config = "module.exports = { entry: './src/app.js', experiments: { outputModule: true },
        externals: { jquery: 'jquery', old: 'window Old' }, output: { module: true } };";
    let (_, config) = of(&[("webpack.config.js", config)]);
    contains(&config, &[r#""format":"esm""#, r#""externals":{"jquery":true,"old":"Old"}"#]);
}

#[test]
fn chunks_and_libraries_of_vite() {
    let config = "export default { build: { lib: false, rollupOptions: { input: 'src/app.js',
        output: { manualChunks: (id) => {
          if (id.includes('node_modules')) return id.split('node_modules/')[1].split('/')[0];
        } } } } };";
    let package = r#"{ "dependencies": { "alpinejs": "3" } }"#;
    let (said, config) = of(&[("vite.config.js", config), ("package.json", package)]);
    contains(&said, &["output.manualChunks, a function"]);
    contains(&config, &[r#""src/app.js""#]);
    assert!(!config.contains("any-package") && !config.contains("alpinejs"), "{config}");
}

#[test]
fn a_service_worker_of_vue_cli() {
    let package =
        r#"{ "devDependencies": { "@vue/cli-service": "5", "@vue/cli-plugin-pwa": "5" } }"#;
    let config = "module.exports = {\n  pwa: { name: 'Shop' } };";
    let main = [("src/main.js", "1;"), ("package.json", package), ("vue.config.js", config)];
    let (said, _) = of(&main);
    contains(&said, &["vue.config.js:2  @vue/cli-plugin-pwa: the service worker"]);
}
