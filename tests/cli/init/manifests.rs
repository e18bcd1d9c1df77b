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

/// A page's scripts are relative to the page, or to the root.
#[test]
fn pages_of_vite() {
    let page = "<head><link rel=\"stylesheet\" href='./styles/main.css' /></head>
        <script\n\ttype=\"module\"\n\tsrc=\"./js/a.js?v=1\"></script><script src='/src/b.js' type=\"module\"></script>
        <script src=\"https://cdn.example/c.js\"></script><script type=\"module\" src=\"./gone.js\"></script>
        <script src=\"/of-public.js\"></script>";
    let in_root = page.replace("./js", "src/js").replace("./styles", "./src/styles");
    for (input, file, text) in
        [("./src/entry.html", "src/entry.html", page), ("index.html", "index.html", &in_root)]
    {
        let config =
            format!("export default {{ build: {{ rollupOptions: {{ input: '{input}' }} }} }};");
        let project = super::Project::new(&[
            ("vite.config.js", config.as_str()),
            (file, text),
            ("src/js/a.js", "1;"),
            ("src/b.js", "1;"),
            ("src/styles/main.css", ""),
        ]);
        let said = project.run_ok(&["init"]).stdout;
        assert!(said.contains(&format!("{file}  the stylesheet src/styles/main.css")), "{said}");
        assert!(said.contains("gone.js, which does not exist"), "{said}");
        assert!(!said.contains("of-public"), "{said}");
        let name = if file.starts_with("src") { "entry" } else { "index" };
        let entry = project.read(&format!("bundle.entries/{name}.js"));
        for part in ["../src/js/a.js", "../src/b.js"] {
            assert!(entry.contains(part), "{part} is not in\n{entry}");
        }
    }
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
