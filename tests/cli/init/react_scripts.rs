//! Projects without a configuration: those of Create React App, and of create-guten-block.

use super::initialised;

/// Returns what `init` says, and the configuration that it writes, without spaces.
fn of(package: &str, files: &[(&str, &str)]) -> (String, String) {
    let sources = [
        ("package.json", package),
        ("public/index.html", "<body></body>"),
        ("src/index.tsx", "import './index.css'; console.log(1);"),
        ("src/index.css", "a { b: c }"),
    ];
    let (said, config) = initialised(&[&sources, files].concat());
    (said, config.split_whitespace().collect())
}

fn assert_has(config: &str, parts: &[&str]) {
    for part in parts {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
}

#[test]
fn without_a_configuration() {
    let package = r#"{ "homepage": ".", "scripts": { "build": "react-scripts build" },
        "dependencies": { "react": "16.14.0", "react-scripts": "3.4.4" } }"#;
    let (said, config) = of(package, &[("src/service-worker.js", "")]);
    assert!(said.contains("Create React App (package.json)"), "{said}");
    assert!(said.contains("src/service-worker.js  a service worker, and the list"), "{said}");
    let area = r#""static/js/main":{"entry":"src/index.tsx"}"#;
    let keys = [
        r#""outDir":"build""#,
        area,
        r#""env":"REACT_APP_""#,
        r#""process.env.PUBLIC_URL":"\".\"""#,
        r#""publicPath":"""#,
        r#""sourcemap":"file""#,
        r#""copy":["public/**"]"#,
        r#""index.html":"public/index.html""#,
        r#""node":"shims""#,
    ];
    assert_has(&config, &keys);
    assert!(!config.contains("jsx") && !config.contains("rules"), "{config}");
}

#[test]
fn changed_by_craco() {
    let package = r#"{ "scripts": { "build": "craco build" },
        "dependencies": { "react": "18.2.0", "react-scripts": "5.0.1", "@craco/craco": "7.1.0" } }"#;
    let text = "const path = require('path');
        module.exports = {
          webpack: {
            alias: { '@': path.resolve(__dirname, 'src') },
            configure: (config) => {
              config.resolve.alias.shared = path.resolve(__dirname, '../shared');
              config.externals = { jquery: 'jQuery' };
              return config;
            },
          },
          style: { postcss: { plugins: [] } },
        };";
    let (said, config) = of(package, &[("craco.config.js", text)]);
    assert!(said.contains("Create React App (craco.config.js)"), "{said}");
    assert!(said.contains("craco.config.js:11  style of CRACO"), "{said}");
    let keys = [
        r#""@":"./src""#,
        r#""shared":"../shared""#,
        r#""jquery":"jQuery""#,
        r#""jsx":"automatic""#,
        r#""publicPath":"/""#,
    ];
    assert_has(&config, &keys);
}

#[test]
fn changed_by_react_app_rewired() {
    let package = r#"{ "scripts": { "build": "react-app-rewired build" },
        "devDependencies": { "react-scripts": "5.0.1" } }"#;
    let text = "module.exports = function override(config, env) {
        config.resolve.alias['vue'] = 'react'; return config; };";
    let (said, config) = of(package, &[("config-overrides.js", text)]);
    assert!(said.contains("Create React App (config-overrides.js)"), "{said}");
    assert!(!said.contains("not carried over"), "{said}");
    assert_has(&config, &[r#""vue":"react""#]);
    let text = "const { override, addBabelPlugin } = require('customize-cra');
        module.exports = override(addBabelPlugin('x'));";
    let (said, _) = of(package, &[("config-overrides.js", text)]);
    assert!(said.contains("config-overrides.js:2  what customize-cra changes"), "{said}");
}

/// What the build sets, and what changes of the output cannot be carried over.
#[test]
fn variables_and_outputs() {
    let package = r#"{ "homepage": "https://a.example/shop", "scripts":
        { "build": "BUILD_PATH=public/app PUBLIC_URL=/app react-scripts build" },
        "dependencies": { "react": "^16.14.0", "react-scripts": "4.0.3" } }"#;
    let files = [
        (".env", "GENERATE_SOURCEMAP=false\nNODE_PATH=src/\n"),
        // A file that no command reads.
        ("craco.config.js", "module.exports = { webpack: { alias: { a: 'b' } } };"),
    ];
    let (said, config) = of(package, &files);
    assert!(said.contains("Create React App (package.json)"), "{said}");
    let keys = [
        r#""outDir":"public/app""#,
        r#""publicPath":"/app/""#,
        r#""modulePaths":["src"]"#,
        r#""jsx":"automatic""#,
    ];
    assert_has(&config, &keys);
    assert!(!config.contains("sourcemap") && !config.contains("alias"), "{config}");
    let package = r#"{ "scripts": { "build": "react-app-rewired build" },
        "devDependencies": { "react-scripts": "5.0.1" } }"#;
    let text = "module.exports = {
          webpack: (config) => {
            config.output.filename = 'static/js/[name].js';
            config.module.rules.find((rule) => rule.oneOf).oneOf.unshift({ test: /x$/ });
            config.resolve.alias.b = 'c';
            return config;
          },
          jest: (config) => config,
        };";
    let (said, config) = of(package, &[("config-overrides.js", text)]);
    assert!(said.contains("config-overrides.js:3  output.filename, which differs"), "{said}");
    assert!(!said.contains("jest"), "{said}");
    assert_has(&config, &[r#""b":"c""#]);
}

/// cgb-scripts writes one script, and stylesheets by the names of their sources.
#[test]
fn create_guten_block() {
    let package = r#"{ "scripts": { "build": "cgb-scripts build" },
        "devDependencies": { "cgb-scripts": "1.23.1" } }"#;
    let project = super::Project::new(&[
        ("package.json", package),
        ("src/blocks.js", "import './block/block.js';"),
        ("src/block/block.js", "import './style.scss'; import './my-editor.scss'; log(<b/>);"),
        ("src/block/style.scss", ".a { color: $ink }"),
        ("src/block/my-editor.scss", ".b { color: $ink }"),
        ("src/common.scss", "$ink: red;"),
    ]);
    let said = project.run_ok(&["init"]).stdout;
    assert!(said.contains("create-guten-block (package.json)"), "{said}");
    let config = project.read("bundle.config.json");
    let config: String = config.split_whitespace().collect();
    let keys = [
        r#""blocks.build":"src/blocks.js""#,
        r#""additionalData":"@import\"src/common.scss\";""#,
        r#""@wordpress/block-editor":"wp.blockEditor""#,
        r#""sideEffects":false"#,
    ];
    assert_has(&config, &keys);
    project.run_ok(&["--no-cache"]);
    assert!(project.read("dist/blocks.build.js").contains("wp.element.createElement"));
    assert_eq!(project.read("dist/blocks.style.build.css").trim(), ".a{color:red}");
    assert_eq!(project.read("dist/blocks.editor.build.css").trim(), ".b{color:red}");
}
