//! What `init` carries over of projects with Vue.

use super::initialised;

/// Returns the configuration and what was said, for a project of Vue CLI.
fn of_vue_cli(files: &[(&str, &str)]) -> (String, String) {
    let package = r#"{ "version": "1.2.3", "devDependencies": { "@vue/cli-service": "^4" } }"#;
    let all = [&[("package.json", package), ("src/main.js", "1;")], files].concat();
    let (said, config) = initialised(&all);
    (config, said)
}

/// The project's own alias wins over the one of Vue CLI.
#[test]
fn aliases_of_vue_cli() {
    for config in [
        "module.exports = { chainWebpack: config => { config.resolve.alias.set('@', '/p/app') } }",
        "module.exports = { configureWebpack: { resolve: { alias: { '@': '/p/app' } } } }",
        "module.exports = { configureWebpack: config => {
           config.resolve.alias['@'] = '/p/app' } }",
    ] {
        let own = config.replace("'/p/app'", "require('path').resolve(__dirname, 'app')");
        let (config, _) = of_vue_cli(&[("vue.config.js", &own), ("app/x.js", "1;")]);
        assert!(config.contains("\"@\": \"./app\""), "{config}");
    }
    let (config, _) = of_vue_cli(&[("vue.config.js", "module.exports = {}")]);
    assert!(config.contains("\"@\": \"./src\""), "{config}");
}

/// Options of vue-loader are keys of `vue`, wherever a tool has them.
#[test]
fn options_of_vue_loader() {
    let of_rule = |rule: &str| {
        let rule = format!("{{ test: /\\.vue$/, {rule} }}");
        let text = format!("module.exports = {{ entry: './a.js', module: {{ rules: [{rule}] }} }}");
        let (said, config) = initialised(&[("webpack.config.js", &text), ("a.js", "1;")]);
        (config, said)
    };
    let of_compiler = |options: &str| {
        of_rule(&format!("loader: 'vue-loader', options: {{ compilerOptions: {{ {options} }} }}"))
    };
    for (options, key) in [
        ("whitespace: 'condense'", r#""vue": { "whitespace": "condense" }"#),
        ("delimiters: ['[[', ']]']", r#""vue": { "delimiters": ["[[", "]]"] }"#),
        ("comments: true", r#""vue": { "comments": true }"#),
    ] {
        let (config, said) = of_compiler(options);
        assert!(config.contains(key), "{key} is not in\n{config}");
        assert!(!said.contains("not carried over"), "{said}");
    }
    let (config, said) = of_compiler("preserveWhitespace: false, modules: [x]");
    assert!(config.contains(r#""vue": { "whitespace": "condense" }"#), "{config}");
    assert!(
        said.contains("webpack.config.js:1  preserveWhitespace: false of vue-loader"),
        "{said}"
    );
    assert!(said.contains("modules of Vue's compiler"), "{said}");
    let rule =
        "use: [{ loader: 'vue-loader', options: { transformAssetUrls: { img: 'data-src' } } }]";
    let (config, _) = of_rule(rule);
    let config = config.split_whitespace().collect::<Vec<_>>().join("");
    assert!(config.contains(r#""img":"data-src""#), "{config}");
    assert!(config.contains(r#""video":["src","poster"]"#), "{config}");
    let (config, said) = of_rule("loader: 'vue-loader', options: { loaders: { scss: 'x' } }");
    assert!(!config.contains("\"vue\"") && !said.contains("not carried over"), "{config}\n{said}");
    let chain = |options: &str| {
        let tap = format!("tap(options => {{ {options}; return options }})");
        let text = format!(
            "module.exports = {{ chainWebpack: config => \
             config.module.rule('vue').use('vue-loader').loader('vue-loader').{tap} }}"
        );
        of_vue_cli(&[("vue.config.js", &text)]).0
    };
    let config = chain("options.compilerOptions.whitespace = 'preserve'");
    assert!(config.contains(r#""vue": { "whitespace": "preserve" }"#), "{config}");
    assert!(chain("1").contains(r#""vue": { "whitespace": "condense" }"#));
    let mix = "require('laravel-mix').js('a.js', 'public').options({ vue: { compilerOptions: {
        delimiters: ['<%', '%>'] } } })";
    let (_, config) = initialised(&[("webpack.mix.js", mix), ("a.js", "1;")]);
    assert!(config.contains(r#""vue": { "delimiters": ["<%", "%>"] }"#), "{config}");
}

/// Variables that vue.config.js sets are defined, unless an `.env` file gives them the same value.
#[test]
fn variables_that_vue_cli_defines() {
    let config = "process.env.VUE_APP_NAME = process.env.VUE_APP_NAME || 'SHOP'\n\
                  process.env.VUE_APP_VERSION = require('./package.json').version\n\
                  process.env.VUE_APP_KNOWN = process.env.VUE_APP_KNOWN || 'x'\n\
                  process.env.OTHER = 'x'\n\
                  process.env.VUE_APP_AT = new Date().toISOString()\nmodule.exports = {}";
    let main = "console.log(process.env.VUE_APP_NAME, process.env.VUE_APP_KNOWN);";
    let (config, said) = of_vue_cli(&[
        ("vue.config.js", config),
        (".env", "VUE_APP_KNOWN=\"known\"\n"),
        ("src/main.js", main),
    ]);
    assert!(config.contains(r#""process.env.VUE_APP_NAME": "\"SHOP\"""#), "{config}");
    assert!(config.contains(r#""process.env.VUE_APP_VERSION": "\"1.2.3\"""#), "{config}");
    assert!(!config.contains("KNOWN") && !config.contains("OTHER"), "{config}");
    assert!(said.contains("vue.config.js:5  the defined value process.env.VUE_APP_AT"), "{said}");
    assert!(
        said.contains("vue.config.js:2  the version of package.json in process.env."),
        "{said}"
    );
}
