//! Projects of Rollup.

use super::super::Project;

fn of(config: &str) -> (String, String) {
    let project = Project::new(&[
        ("package.json", r#"{ "scripts": { "build": "rollup -c" } }"#),
        ("rollup.config.mjs", config),
        ("src/app.js", "import $ from 'jquery'; import './app.css'; export default $(MODE);"),
        ("src/admin.js", "console.log(1);"),
        ("src/app.css", "a { b: c }"),
        ("static/one.txt", ""),
        ("node_modules/jquery/index.js", "module.exports = (text) => text;"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    project.run_ok(&["--no-cache"]);
    (said, project.read("bundle.config.json").split_whitespace().collect())
}

#[test]
fn one_of_several_outputs() {
    let (said, config) = of("import terser from '@rollup/plugin-terser';
        import replace from '@rollup/plugin-replace';
        import postcss from 'rollup-plugin-postcss';
        import copy from 'rollup-plugin-copy';
        export default { input: 'src/app.js', external: ['jquery'],
          output: [{ file: 'public/js/app.esm.js', format: 'es' },
            { file: 'public/js/app.js', format: 'iife', name: 'App', sourcemap: true,
              globals: { jquery: 'jQuery' } }],
          plugins: [replace({ preventAssignment: true, MODE: JSON.stringify('live') }), terser(),
            postcss({ extract: '../css/app.css' }),
            copy({ targets: [{ src: 'static/*.txt', dest: 'public/texts' }] })] };");
    assert!(!said.contains("not carried over"), "{said}");
    for part in [
        r#""outDir":"public""#,
        r#""js/app":{"entry":"src/app.js","stylesheet":"css/app.css"}"#,
        r#""globalName":"App""#,
        r#""jquery":"jQuery""#,
        r#""MODE":"\"live\"""#,
        r#""sourcemap":"file""#,
        r#""from":"static/*.txt","to":"texts/""#,
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
}

/// Where plugins write stylesheets: absolute, or relative to the script.
#[test]
fn names_of_stylesheets() {
    for (plugin, stylesheet) in [
        ("rollup-plugin-postcss", "extract: process.cwd() + '/public/css/app.css'"),
        ("rollup-plugin-css-only", "output: '../css/app.css'"),
        ("rollup-plugin-scss", "output: 'public/css/app.css'"),
    ] {
        let (_, config) = of(&format!(
            "import styles from '{plugin}';
             export default {{ input: 'src/app.js', output: {{ file: 'public/js/app.js', \
             format: 'iife' }}, plugins: [styles({{ {stylesheet} }})] }};"
        ));
        assert!(config.contains(r#""stylesheet":"css/app.css""#), "{config}");
        assert!(config.contains(r#""outDir":"public""#), "{config}");
    }
}

#[test]
fn several_configurations() {
    let (said, config) = of("const of = (name) => ({ input: `src/${name}.js`,
        output: { dir: 'dist', entryFileNames: '[name].min.js', format: 'iife' } });
        export default () => [of('app'), { ...of('admin'), plugins: [{ name: 'own' }] }];");
    assert!(said.contains("the plugin own, which the project makes"), "{said}");
    let areas = r#""areas":{"app.min":"src/app.js","admin.min":"src/admin.js"}"#;
    assert!(config.contains(areas), "{config}");
    assert!(config.contains(r#""splitting":"async""#), "{config}");
}
