//! Files that tell a backend the addresses of scripts: their names, and what is in them.

use super::initialised;

fn written(files: &[(&str, &str)]) -> (String, String) {
    let (said, config) = initialised(files);
    (said, config.split_whitespace().collect())
}

#[test]
fn manifests_of_webpack() {
    for (plugin, manifest) in [
        ("new (require('webpack-manifest-plugin').WebpackManifestPlugin)()", r#"["webpack"]"#),
        (
            "new (require('webpack-manifest-plugin').WebpackManifestPlugin)({
               fileName: 'rev.json', publicPath: '/x/', basePath: 'build/' })",
            r#"[{"kind":"webpack","file":"rev.json","publicPath":"/x/","prefix":"build/"}]"#,
        ),
        (
            "new (require('webpack-assets-manifest'))({ output: 'assets.json', space: 2 })",
            r#"[{"kind":"webpack","file":"assets.json","publicPath":""}]"#,
        ),
        (
            "new (require('webpack-assets-manifest'))({ publicPath: true })",
            r#"[{"kind":"webpack","file":"assets-manifest.json"}]"#,
        ),
    ] {
        let of = |name: &str| {
            let text = format!(
                "module.exports = {{ entry: {{ app: './a.js' }},
                 output: {{ filename: '{name}.js' }}, plugins: [{plugin}] }};"
            );
            written(&[("webpack.config.js", &text), ("a.js", "1;")])
        };
        let (said, config) = of("[name]");
        assert!(config.contains(&format!("\"manifest\":{manifest}")), "{plugin}\n{config}");
        assert!(!said.contains("not carried over"), "{plugin}\n{said}");
        // Builds remove old files by entrypoints.json.
        let (_, config) = of("[name].[contenthash]");
        let both = manifest.replace(']', r#","entrypoints"]"#);
        assert!(config.contains(&format!("\"manifest\":{both}")), "{plugin}\n{config}");
    }
}

/// For Vite, `/src/a.js` is below its root.
#[test]
fn inputs_from_the_root_of_vite() {
    let text = "export default { build: { rollupOptions: { input: '/src/a.js' } } };";
    let (_, config) = written(&[("vite.config.js", text), ("src/a.js", "1;")]);
    assert!(config.contains(r#""areas":{"a":{"entry":"src/a.js"}}"#), "{config}");
}

#[test]
fn manifests_of_vite() {
    for (version, option, file) in [
        ("5.0.0", "true", r#"[{"kind":"vite","file":".vite/manifest.json"}]"#),
        ("4.0.0", "true", r#"["vite"]"#),
        ("5.0.0", "'assets.json'", r#"[{"kind":"vite","file":"assets.json"}]"#),
    ] {
        let text = format!(
            "export default {{ build: {{ manifest: {option},
             rollupOptions: {{ input: 'a.js' }} }} }};"
        );
        let package = format!("{{ \"devDependencies\": {{ \"vite\": \"^{version}\" }} }}");
        let files = [("vite.config.js", &*text), ("package.json", &package), ("a.js", "1;")];
        let (_, config) = written(&files);
        assert!(config.contains(&format!("\"manifest\":{file}")), "{config}");
    }
}
