//! Plugins, PostCSS and Babel, which run in the project's Node process.

use super::{Project, codes};

const APP: (&str, &str) = ("src/app.js", "import it from './it.abc';\nconsole.log(it);\n");
const IT: (&str, &str) = ("src/it.abc", "one\ntwo\n");

/// A configuration with these plugins.
fn config(plugins: &str) -> String {
    format!(
        "export default {{ outDir: 'out', areas: {{ app: 'src/app.js' }}, minify: false,
           pluginTimeout: 2, plugins: [{plugins}] }};"
    )
}

fn project(plugins: &str) -> Project {
    Project::new(&[APP, IT, ("bundle.config.mjs", &config(plugins))])
}

/// The requests to plugins in one build.
fn asked(project: &Project) -> String {
    let printed = project.run_ok(&["--log-format", "json"]).stdout;
    let (_, rest) = printed.split_once("\"asked\":").expect("the counts are printed");
    rest.split(',').next().unwrap_or_default().to_owned()
}

fn link_packages(project: &Project) {
    let packages = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node_modules");
    std::os::unix::fs::symlink(packages, project.path("node_modules")).expect("it can be made");
}

#[test]
fn hooks_make_modules() {
    let plugins = "{
        name: 'settings',
        resolveId: (id) => (id === 'virtual:settings' ? '\\0virtual:settings' : null),
        load(id) {
          if (id === '\\0virtual:settings') return 'import it from \"./src/it.abc\"; export { it };';
        },
      }, {
        name: 'abc',
        transform: {
          filter: { id: /\\.abc$/ },
          async handler(code, id) {
            const { id: other } = await this.resolve('./other.js', id);
            this.addWatchFile('words.txt');
            return `import other from ${JSON.stringify(other)};
              export default other + ${JSON.stringify(code.trim())};`;
          },
        },
      }";
    let project = project(plugins);
    project.write("src/app.js", "import { it } from 'virtual:settings';\nconsole.log(it);\n");
    project.write("src/other.js", "export default 'other';\n");
    let ended = project.run_ok(&["--metafile", "meta.json"]);
    let text = project.read("out/app.js");
    assert!(
        text.contains("\"other\" + \"one\\ntwo\"") || text.contains("\"otherone\\ntwo\""),
        "{text}"
    );
    assert!(project.read("meta.json").contains("\"virtual:settings\""));
    let home = project.path("").display().to_string();
    assert!(!text.contains(home.trim_end_matches('/')), "{text}{}", ended.stderr);
}

#[test]
fn nothing_is_asked_for_files_that_no_filter_names() {
    let filters = [
        ("transform: { filter: { id: /\\.abc$/ }, handler: (code) => 'export default 1' }", "1"),
        ("transform: { filter: { id: 'src/*.abc' }, handler: (code) => 'export default 1' }", "1"),
        (
            "transform: { filter: { id: /\\.(abc|js)$/, code: 'two' }, handler: () => 'export default 1' }",
            "1",
        ),
        (
            "transform: { filter: { id: { include: /./, exclude: /app/ } }, handler: () => 'export default 1' }",
            "1",
        ),
        ("load: { filter: { id: /it\\.abc$/ }, handler: () => 'export default 1' }", "1"),
        ("transform: (code, id) => (id.endsWith('abc') ? 'export default 1' : null)", "2"),
    ];
    for (hook, count) in filters {
        let project = project(&format!("{{ name: 'abc', {hook} }}"));
        assert_eq!(asked(&project), count, "{hook}");
        assert!(project.read("out/app.js").contains("log(1)"), "{hook}");
    }
}

#[test]
fn a_plugin_with_a_key_is_asked_once() {
    let hook = "transform: { filter: { id: /abc$/ }, handler: (code) => 'export default 1' }";
    let keyed = project(&format!("{{ name: 'abc', cacheKey: '1', {hook} }}"));
    keyed.write("node_modules/x/package.json", "{}");
    assert_eq!([asked(&keyed), asked(&keyed)], ["1", "0"]);
    keyed.write("src/it.abc", "three\n");
    assert_eq!(asked(&keyed), "1");
    let other = project(&format!("{{ name: 'abc', {hook} }}"));
    other.write("node_modules/x/package.json", "{}");
    assert_eq!([asked(&other), asked(&other)], ["1", "1"]);
}

#[test]
fn maps_of_several_transforms_lead_to_the_file() {
    // The first puts a line before the text, the second another one, with encoded mappings.
    let plugins = "{
        name: 'first',
        transform: (code, id) => id.endsWith('abc')
          ? { code: '// first\\nexport default () => { throw new Error(\"x\"); };', map: { mappings: [[], [[0, 0, 1, 0]]] } }
          : null,
      }, {
        name: 'second',
        transform: (code, id) => id.endsWith('abc')
          ? { code: `// second\\n${code}`, map: { version: 3, sources: [null], names: [], mappings: ';AAAA;AACA' } }
          : null,
      }";
    let project = project(plugins);
    project.run_ok(&["--sourcemap=file"]);
    let map = project.read("out/app.js.map");
    assert!(map.contains("src/it.abc") && map.contains("one\\ntwo\\n"), "{map}");
    assert!(!map.contains("// first"), "{map}");
}

#[test]
fn what_plugins_do_wrong() {
    let cases = [
        ("transform() { throw new Error('bad'); }", "plugin-failed", "Error: bad"),
        (
            "transform(code, id) { if (/abc/.test(id)) this.error('bad', 4); }",
            "plugin-failed",
            "it.abc:2:1",
        ),
        ("transform: () => 5", "plugin-failed", "it answers 5, and not a text"),
        ("load: () => ({ code: [] })", "plugin-failed", "it answers a list, and not a text"),
        ("resolveId: () => ({})", "plugin-failed", "it answers an object, and no id"),
        (
            "resolveId: () => 'virtual:x'",
            "plugin-failed",
            "no plugin loads the virtual module virtual:x",
        ),
        (
            "resolveId(id) { return this.resolve(id, '', { skipSelf: false }); }",
            "plugin-failed",
            "for ever",
        ),
        (
            "transform() { this.emitFile({}); }",
            "plugin-failed",
            "this.emitFile, which bundle does not have",
        ),
        ("transform: () => ({ code: '', moduleType: 'wat' })", "plugin-failed", "js, jsx, ts"),
        ("transform() { console.error('bye'); process.exit(1); }", "plugin-ended", "bye"),
        ("transform() { for (;;); }", "plugin-timeout", "pluginTimeout"),
        ("transform: () => new Promise(() => {})", "plugin-timeout", "within 2 seconds"),
    ];
    for (hook, code, part) in cases {
        let project = project(&format!("{{ name: 'p', {hook} }}"));
        let ended = project.run(&[]);
        assert_eq!(ended.code, Some(1), "{hook}\n{}", ended.stderr);
        assert!(codes(&ended.stderr).starts_with(code), "{hook}\n{}", ended.stderr);
        assert!(ended.stderr.contains(part), "{hook}: {part}\n{}", ended.stderr);
        assert!(!project.path("out").exists(), "{hook}");
    }
}

#[test]
fn values_that_are_no_plugins() {
    for (plugins, part) in [
        ("function yaml() {}", "call it, as in `plugins: [yaml()]`"),
        ("5", "plugins[0] is 5"),
        ("{ name: 'p', buildStart() { throw new Error('bad'); } }", "buildStart of p fails"),
    ] {
        let ended = project(plugins).run(&[]);
        assert_eq!(codes(&ended.stderr), "config-script", "{plugins}\n{}", ended.stderr);
        assert!(ended.stderr.contains(part), "{plugins}\n{}", ended.stderr);
    }
    let project = project(
        "null, [false, [{ name: 'p', transform: () => 'export default 1', renderChunk() {} }]]",
    );
    let ended = project.run_ok(&[]);
    assert_eq!(codes(&ended.stderr), "unsupported-hook");
}

#[test]
fn plugins_of_a_configuration_in_json() {
    let text = "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" }, \"minify\": false,
        \"plugins\": [[\"./abc.mjs\", { \"word\": \"hello\" }]] }";
    let abc = "export default ({ word }) => ({
        name: 'abc',
        transform: (code, id) => (id.endsWith('abc') ? `export default '${word}'` : null),
      });";
    let project = Project::new(&[APP, IT, ("bundle.config.json", text), ("abc.mjs", abc)]);
    project.run_ok(&[]);
    assert!(project.read("out/app.js").contains("log(\"hello\")"));
    for (name, part) in [("nowhere", "npm install --save-dev nowhere"), ("./none.mjs", "none.mjs")]
    {
        project.write("bundle.config.json", &text.replace("./abc.mjs", name));
        let said = project.refuse(&[]);
        assert_eq!(codes(&said), "plugin-not-loaded", "{said}");
        assert!(said.contains(part) && said.contains("bundle.config.json:2:"), "{said}");
    }
}

#[test]
fn the_plugin_of_the_guide() {
    let guide = include_str!("../../docs/plugins.md");
    let (_, rest) = guide.split_once("// build/lines.mjs\n").expect("the guide has the plugin");
    let plugin = rest.split("```").next().expect("it ends");
    assert!(plugin.lines().count() <= 20, "{plugin}");
    let text = "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" }, \"minify\": false,
        \"plugins\": [\"./build/lines.mjs\"] }";
    let files = [
        (
            "src/app.js",
            "import lines from './a.txt';\nimport none from './b.txt';\nconsole.log(lines, none);\n",
        ),
        ("src/a.txt", " one \ntwo"),
        ("src/b.txt", ""),
        ("build/lines.mjs", plugin),
        ("bundle.config.json", text),
    ];
    let project = Project::new(&files);
    let ended = project.run_ok(&[]);
    assert!(
        project.read("out/app.js").contains("[\"one\", \"two\"]"),
        "{}",
        project.read("out/app.js")
    );
    assert!(ended.stderr.contains("src/b.txt is empty"), "{}", ended.stderr);
}

#[test]
#[cfg(unix)]
fn a_plugin_of_rollup_as_it_is() {
    let files = [
        ("src/app.js", "import { name } from './data.yaml';\nconsole.log(name);\n"),
        ("src/data.yaml", "name: hello\nlist: [1, 2]\n"),
        (
            "bundle.config.mjs",
            "import yaml from '@rollup/plugin-yaml';
             export default { outDir: 'out', areas: { app: 'src/app.js' }, minify: false, plugins: [yaml()] };",
        ),
    ];
    let project = Project::new(&files);
    link_packages(&project);
    project.run_ok(&["--check-reproducible"]);
    let text = project.read("out/app.js");
    assert!(text.contains("name: \"hello\""), "{text}");
}

#[test]
fn blocks_of_components() {
    let plugin = "{
        name: 'docs',
        transform: {
          filter: { id: /vue&type=(docs|i18n)/ },
          handler: (code, id) => `export default ({ options }) => {
            options.${/type=(\\w+)/.exec(id)[1]} = ${JSON.stringify(code.trim() + id.split('?')[1])};
          }`,
        },
      }";
    let project = project(plugin);
    project.write("src/app.js", "import App from './App.vue';\nconsole.log(App);\n");
    let component = "<docs lang=\"md\">\n  # Title\n</docs>\n<other>x</other>\n<i18n>{ \"en\": {} }</i18n>\n<script>export default {};</script>\n";
    project.write("src/App.vue", component);
    let ended = project.run_ok(&[]);
    assert_eq!(codes(&ended.stderr), "custom-block", "{}", ended.stderr);
    assert!(ended.stderr.contains("<other>"), "{}", ended.stderr);
    let text = project.read("out/app.js");
    assert!(text.contains("# Titlevue&type=docs&index=0&blockType=docs&lang.md"), "{text}");
    // A plugin that takes `<i18n>` comes before the messages of vue-i18n's loaders.
    assert!(text.contains(".i18n = ") && !text.contains("with_messages"), "{text}");
    assert!(text.contains(r#"\"en\": {} }vue&type=i18n"#), "{text}");
}

#[test]
#[cfg(unix)]
fn templates_in_pug() {
    let component = "<template lang=\"pug\">\n  div.box\n    p(v-if=\"ok\") {{ text }}\n    include ./more.pug\n</template>
        <script>export default { data: () => ({ ok: true, text: 'hi' }) };</script>";
    let files = [
        ("src/app.js", "import App from './App.vue';\nconsole.log(App);\n"),
        ("src/App.vue", component),
        ("src/more.pug", "span more\n"),
        (
            "bundle.config.json",
            "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" }, \"minify\": false }",
        ),
    ];
    let project = Project::new(&files);
    link_packages(&project);
    project.run_ok(&[]);
    let text = project.read("out/app.js");
    assert!(text.contains("staticClass: \"box\"") && text.contains("\"more\""), "{text}");
    project.write("src/App.vue", &component.replace("p(v-if=\"ok\")", "p(v-if"));
    let said = project.refuse(&[]);
    assert_eq!(codes(&said), "pug", "{said}");
    assert!(said.contains("src/App.vue:4:23"), "{said}");
}

#[test]
#[cfg(unix)]
fn modules_of_the_vue_compiler() {
    let compiler = "module.exports = {
        modules: [{ preTransformNode(element) {
          element.attrsList = element.attrsList.filter(({ name }) => name !== 'data-test');
          delete element.attrsMap['data-test'];
        } }],
        directives: { upper: (element, { value }) => {
          (element.attrs = element.attrs || []).push({ name: 'upper', value: `'${value}'` });
        } },
      };";
    let component = "<template>
  <p data-test=\"x\" v-upper=\"n\">{{ n }}<i data-test=\"y\">{{ n + 1 }}</i></p>
</template>
<script setup>
const n = 1;
</script>";
    let files = [
        ("src/app.js", "import App from './App.vue';\nconsole.log(App);\n"),
        ("src/App.vue", component),
        ("compiler.js", compiler),
        (
            "bundle.config.json",
            "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" }, \"minify\": false,
               \"vue\": { \"compiler\": \"compiler.js\" } }",
        ),
    ];
    let project = Project::new(&files);
    link_packages(&project);
    project.run_ok(&[]);
    let text = project.read("out/app.js");
    assert!(text.contains("\"upper\": \"n\"") || text.contains("\"upper\": 'n'"), "{text}");
    assert!(text.contains("_setup.n + 1") && !text.contains("data-test"), "{text}");
    project.write("src/App.vue", &component.replace("n + 1", "n +"));
    let said = project.refuse(&["--mode", "development"]);
    assert_eq!(codes(&said), "vue-compiler", "{said}");
    assert!(said.contains("src/App.vue:2:56"), "{said}");
    project.write("src/App.vue", component);
    for (script, why) in [
        ("module.exports = { moduls: [] };", "it exports moduls"),
        ("module.exports = { modules: {} };", "its modules are an object, and not a list"),
        ("module.exports = 1;", "it exports 1, and not an object"),
        ("throw new Error('no');", "Error: no"),
        ("module.exports = { modules: [{ preTransformNode() { throw new Error('x'); } }] };", "x"),
    ] {
        project.write("compiler.js", script);
        let said = project.refuse(&[]);
        assert_eq!(codes(&said), "vue-compiler", "{said}");
        assert!(said.contains(why), "{said}");
    }
    std::fs::remove_file(project.path("compiler.js")).expect("it is there");
    assert_eq!(codes(&project.refuse(&[])), "missing-tool-config");
}

/// Plugins look for files in both forms, and tell by the error which one a file has.
#[test]
fn an_es_module_has_no_global_of_commonjs() {
    let plugin = "const known = [typeof module, typeof exports, typeof require].join();
        export default () => ({ name: 'abc', transform: () => `console.log('${known}')` });";
    let text = "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" }, \"minify\": false,
        \"plugins\": [\"./abc.mjs\"] }";
    let project = Project::new(&[APP, IT, ("bundle.config.json", text), ("abc.mjs", plugin)]);
    project.run_ok(&[]);
    let script = project.read("out/app.js");
    assert!(script.contains("undefined,undefined,undefined"), "{script}");
}

#[test]
#[cfg(unix)]
fn tailwind_scans_views() {
    let files = [
        ("src/app.js", "import './app.css';\n"),
        ("src/app.css", "@import './more.css';\n@tailwind utilities;\n"),
        ("src/more.css", ".more { @apply mt-1; user-select: none; }\n"),
        ("views/a.blade.php", "<p class=\"mt-3\">\n"),
        (
            "postcss.config.js",
            "module.exports = { plugins: { tailwindcss: {}, autoprefixer: {} } };",
        ),
        ("tailwind.config.js", "module.exports = { content: ['./views/**/*.php'] };"),
        (
            "bundle.config.json",
            "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" }, \"minify\": false }",
        ),
    ];
    let project = Project::new(&files);
    link_packages(&project);
    project.run_ok(&[]);
    let text = project.read("out/app.css");
    for part in [".mt-3", ".more", "margin-top: .25rem", "-moz-user-select"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    project.write("views/b.blade.php", "<p class=\"mt-7\">\n");
    project.run_ok(&[]);
    assert!(project.read("out/app.css").contains(".mt-7"));
    project.write("src/more.css", ".more {\n  @apply mt-nothing;\n}\n");
    let said = project.refuse(&[]);
    assert_eq!(codes(&said), "postcss-failed", "{said}");
    assert!(said.contains("src/more.css:2:"), "{said}");
    project.write("tailwind.config.js", "module.exports = { content: ['./views/**/*.php };");
    let said = project.refuse(&[]);
    assert!(said.contains("tailwind.config.js, or what it loads: SyntaxError"), "{said}");
}

#[test]
fn the_newest_postcss_runs_the_plugins() {
    let postcss = |version: &str| {
        format!(
            "module.exports = () => ({{ process: async () => ({{
               css: '.of-{version} {{ margin: 0 }}', messages: [], warnings: () => [] }}) }});"
        )
    };
    let project = Project::new(&[
        ("src/app.js", "import './app.css';\n"),
        ("src/app.css", ".a {}\n"),
        ("postcss.config.js", "module.exports = { plugins: [{ postcssPlugin: 'any' }] };"),
        ("node_modules/postcss/package.json", "{ \"version\": \"5.2.18\" }"),
        ("node_modules/postcss/index.js", &postcss("5")),
        ("node_modules/postcss-loader/index.js", ""),
        (
            "node_modules/postcss-loader/node_modules/postcss/package.json",
            "{ \"version\": \"6.0.3\" }",
        ),
        ("node_modules/postcss-loader/node_modules/postcss/index.js", &postcss("6")),
    ]);
    project.run_ok(&["src/app.js", "--no-minify"]);
    assert!(project.read("dist/app.css").starts_with(".of-6 {"));
}

#[test]
#[cfg(unix)]
fn babel_runs_plugins_that_lower_nothing() {
    let files = [
        (
            "src/app.js",
            "import { Button } from 'element-ui';\nconst f = (it) => it.name;\nconsole.log(Button, f);\n",
        ),
        (
            ".babelrc",
            "{ \"presets\": [[\"@babel/preset-env\"]],
               \"plugins\": [\"@babel/plugin-transform-runtime\", [\"component\", { \"libraryName\": \"element-ui\", \"style\": false }]] }",
        ),
        (
            "bundle.config.json",
            "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" }, \"target\": \"es2015\" }",
        ),
    ];
    let project = Project::new(&files);
    link_packages(&project);
    project.run_ok(&["--sourcemap=file"]);
    let text = project.read("out/app.js");
    assert!(text.len() < 60_000 && text.contains("ElButton"), "{} bytes", text.len());
    assert!(project.read("out/app.js.map").contains("const f = (it) => it.name"));
    project.write("src/app.js", "import { Button } from 'element-ui';\nlet a = ;\n");
    let said = project.refuse(&[]);
    assert!(said.contains("src/app.js:2:9"), "{said}");
    project.write(".babelrc", "{ \"plugins\": [\"nowhere\"] }");
    let said = project.refuse(&[]);
    assert_eq!(codes(&said), "babel-failed", "{said}");
    assert!(said.contains("npm install --save-dev babel-plugin-nowhere"), "{said}");
}

/// Babel's own rules say which package a name stands for.
#[test]
#[cfg(unix)]
fn packages_of_plugins_of_babel() {
    let project = Project::new(&[
        ("src/app.js", "console.log(1);"),
        ("bundle.config.json", "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" } }"),
    ]);
    for (name, package) in [
        ("@acme", "@acme/babel-plugin"),
        ("@acme/x", "@acme/babel-plugin-x"),
        ("@acme/babel-plugin-x", "@acme/babel-plugin-x"),
        ("@acme/x/file", "@acme/x/file"),
        ("module:acme", "acme"),
        ("module:@acme/x", "@acme/x"),
        ("acme/file", "acme/file"),
        ("acme", "babel-plugin-acme"),
    ] {
        project.write(".babelrc", &format!("{{ \"plugins\": [\"{name}\"] }}"));
        let said = project.refuse(&[]);
        assert!(said.contains(&format!("asks for {package}, which")), "{name}\n{said}");
    }
}

/// A plugin of `env` replaces the one that is there already, and may turn it off.
#[test]
#[cfg(unix)]
fn plugins_of_babel_for_a_mode() {
    let config = "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" } }";
    let project = Project::new(&[
        ("src/app.js", "window.app = NAME;"),
        ("bundle.config.json", config),
        (
            "replace.js",
            "module.exports = (_, { by }) => ({ visitor: { Identifier(path) {
               if (path.node.name === 'NAME') path.node.name = by; } } });",
        ),
    ]);
    link_packages(&project);
    for (of_mode, expected) in [
        ("[\"./replace\", { \"by\": \"ofMode\" }]", "app=ofMode"),
        ("[\"./replace\", false]", "app=NAME"),
    ] {
        let always = "[\"./replace\", { \"by\": \"always\" }]";
        let env = format!("{{ \"production\": {{ \"plugins\": [{of_mode}] }} }}");
        let babel = format!("{{ \"plugins\": [{always}], \"env\": {env} }}");
        project.write(".babelrc", &babel);
        project.run_ok(&["--no-cache"]);
        let text = project.read("out/app.js");
        assert!(text.contains(expected), "{text}");
    }
}

/// Types of Flow are no JavaScript: Babel removes them, and lowers nothing.
#[test]
#[cfg(unix)]
fn babel_removes_types_of_flow() {
    let project = Project::new(&[
        (
            "src/app.js",
            "// @flow\nimport Model from './model';\nconst all: Array<?Model> = [];\n\
             window.show = (x: {| a: number |}) => <b>{x.a}{all.length}</b>;\n",
        ),
        ("src/model.js", "export default class Model {\n  name: string;\n}\n"),
        ("src/typed.ts", "export const three: number = 3;\n"),
        (
            "bundle.config.json",
            "{ \"outDir\": \"out\", \"areas\": { \"app\": [\"src/app.js\", \"src/typed.ts\"] }, \
             \"target\": \"es2015\", \"jsx\": { \"runtime\": \"classic\", \"factory\": \"h\" } }",
        ),
        ("babel.config.json", "{ \"presets\": [\"@babel/preset-flow\"] }"),
    ]);
    link_packages(&project);
    project.run_ok(&[]);
    let text = project.read("out/app/app.js");
    assert!(text.contains("=>") && !text.contains("number"), "{text}");
    let plugin = "{ \"plugins\": [\"@babel/plugin-transform-flow-strip-types\"] }";
    project.write("babel.config.json", plugin);
    project.run_ok(&[]);
    assert_eq!(project.read("out/app/app.js"), text);
    project.write("babel.config.json", "{}");
    let said = project.refuse(&[]);
    assert!(said.contains("types of Flow"), "{said}");
}

/// Packages may have types of Flow, which are removed there too.
#[test]
#[cfg(unix)]
fn babel_removes_types_of_flow_in_packages() {
    let plugin = "{ \"plugins\": [\"@babel/plugin-transform-flow-strip-types\"] }";
    let project = Project::new(&[
        ("src/app.js", "import { all } from 'typed';\nwindow.all = all;\n"),
        ("node_modules/typed/index.js", "// @flow\nexport const all: Array<?string> = [];\n"),
        (
            "bundle.config.json",
            "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" }, \"minify\": false }",
        ),
        ("babel.config.json", plugin),
    ]);
    let packages = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node_modules/@babel");
    std::os::unix::fs::symlink(packages, project.path("node_modules/@babel"))
        .expect("it can be made");
    project.run_ok(&[]);
    assert!(project.read("out/app.js").contains("var all = [];"));
}

/// postcss-import keeps the first import of a stylesheet; browsers keep the last.
#[test]
#[cfg(unix)]
fn first_import_stays_with_postcss_import() {
    let project = Project::new(&[
        ("src/app.js", "import './app.css';\nimport './more.pcss';\n"),
        ("src/more.pcss", ".c { color: pink; }\n"),
        ("src/app.css", "@import './a.css';\n@import './b.css';\n"),
        ("src/a.css", "@import './base.css';\n.a { color: red; }\n"),
        ("src/b.css", "@import './base.css';\n.b { color: green; }\n"),
        ("src/base.css", ".base { color: blue; }\n"),
        ("postcss.config.js", "module.exports = { plugins: { 'postcss-import': {} } };"),
        (
            "bundle.config.json",
            "{ \"outDir\": \"out\", \"areas\": { \"app\": \"src/app.js\" }, \"minify\": false }",
        ),
    ]);
    link_packages(&project);
    let order = || {
        project.run_ok(&[]);
        let css = project.read("out/app.css");
        let at = |selector: &str| css.find(selector).expect("it is there");
        [at(".base") < at(".a "), at(".a ") < at(".b "), at(".b ") < at(".c ")]
    };
    assert_eq!(order(), [true; 3]);
    project.write("postcss.config.js", "module.exports = { plugins: {} };");
    assert_eq!(order(), [false, true, true]);
}

/// Vite bundles its configuration, so imports of it may leave out extensions.
#[test]
fn imports_of_plugins_may_leave_out_extensions() {
    let project = Project::new(&[
        APP,
        IT,
        (
            "bundle.config.json",
            "{ \"areas\": { \"app\": \"src/app.js\" }, \"plugins\": [\"./tools/words.mjs\"] }",
        ),
        (
            "tools/words.mjs",
            "import { ending } from './ending'; import word from './word';
             export default () => ({ name: 'words', transform(code, id) {
               return id.endsWith(ending) ? `export default '${word}'` : null;
             } });",
        ),
        ("tools/ending.mjs", "export const ending = '.abc';"),
        ("tools/word/index.js", "module.exports = 'found';"),
    ]);
    project.run_ok(&[]);
    assert!(project.read("dist/app.js").contains("found"));
    project.write("tools/words.mjs", "import './nothing'; export default () => ({});");
    assert!(project.run(&[]).stderr.contains("error[plugin-not-loaded]"));
}

/// postcss-loader gives configurations the path as a text; others give its parts.
#[test]
fn configurations_of_postcss_get_the_file() {
    for asked in [
        "require('path').extname(file) === '.css' && require('path').basename(file)",
        "file.extname === '.css' && file.basename",
        "(({ extname, basename }) => extname === '.css' && basename)(file)",
    ] {
        let project = Project::new(&[
            ("src/app.css", "a { color: red }"),
            (
                "postcss.config.js",
                &format!(
                    "module.exports = ({{ file }}) => ({{ plugins: [{{ postcssPlugin: 'file',
                       Declaration(it) {{ if (it.prop === 'color') it.replaceWith({{
                         prop: 'content', value: JSON.stringify({asked}) }}); }} }}] }});"
                ),
            ),
        ]);
        link_packages(&project);
        project.run_ok(&["src/app.css", "--out-dir", "out"]);
        assert!(project.read("out/app.css").contains("app.css"), "{asked}");
    }
}
