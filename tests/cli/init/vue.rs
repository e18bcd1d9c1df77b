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

/// Scripts without a hash keep their names, wherever these are written. What else views name is
/// noted.
#[test]
fn names_without_a_hash() {
    let of = |config: &str| {
        of_vue_cli(&[
            ("vue.config.js", &format!("module.exports = {{ {config} }}")),
            ("src/main.js", "import './a.css'; import('./b');"),
            ("src/a.css", "a { b: c }"),
            ("src/b.js", "1;"),
            ("public/index.html", "<div id=app></div>"),
        ])
    };
    let (config, said) = of("");
    assert!(config.contains("\"js/app\": { \"entry\": \"src/main.js\" }"), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
    let output = "filename: 'js/[name].bundle.js'";
    for written in [
        format!("configureWebpack: {{ output: {{ {output} }} }}"),
        format!(
            "configureWebpack: () => process.env.NODE_ENV === 'production' ? \
             {{ output: {{ {output} }} }} : {{}}"
        ),
        "configureWebpack: c => { c.output.filename = c.output.filename\
         .replace('.[contenthash:8]', '.bundle') }"
            .to_owned(),
        "chainWebpack: c => c.output.filename('js/[name].bundle.js').end().mode('x')".to_owned(),
        "chainWebpack: c => { c.when(true, own => own.module.rule('x').test(/x/).end().end()\
         .output.set('filename', 'js/[name].bundle.js')) }"
            .to_owned(),
        "configureWebpack: { output: { filename: ({ chunk }) => `js/${chunk.name}.bundle.js` } }"
            .to_owned(),
        format!(
            "chainWebpack: c => c.output.filename('x.js'), \
             configureWebpack: {{ output: {{ {output} }} }}"
        ),
    ] {
        let (config, said) = of(&written);
        let area = "\"js/app.bundle\": { \"entry\": \"src/main.js\", \
                    \"stylesheet\": \"css/app.css\", \"hash\": false }";
        assert!(config.contains(area), "{written}\n{config}");
        // Chunks keep the hash that Vue CLI gives them.
        assert!(config.contains("\"hash\": true, \"silence\": [\"exact-name\"]"), "{config}");
        let tags = "chunks that pages include: js/chunk-vendors.bundle.js";
        assert!(said.contains(tags), "{written}\n{said}");
    }
    let (config, said) = of("filenameHashing: false, assetsDir: 'static'");
    let area = "\"static/js/app\": { \"entry\": \"src/main.js\", \
                \"stylesheet\": \"static/css/app.css\" }";
    assert!(config.contains(area), "{config}");
    assert!(!config.contains("\"hash\""), "{config}");
    assert!(!said.contains("stylesheet"), "{said}");
    let (config, said) =
        of("configureWebpack: { output: { filename: `[name].${new Date().getTime()}.js` },\n\
         optimization: { splitChunks: false } }");
    assert!(config.contains("\"js/app\": { \"entry\": \"src/main.js\" }"), "{config}");
    assert!(said.contains("vue.config.js:1  names of scripts that only running"), "{said}");
    let (_, said) = of("chainWebpack: c => c.output.trustedTypes('x')");
    assert!(said.contains("vue.config.js:1  config.output.trustedTypes()"), "{said}");
}

/// Stylesheets and chunks of Vue CLI whose names have no hash.
#[test]
fn what_views_name_besides_scripts() {
    let of = |config: &str| {
        let text = format!(
            "module.exports = {{ {config},\nconfigureWebpack: {{ output: {{ filename: \
             '[name].js' }} }} }}"
        );
        let main = "import './a.css';";
        of_vue_cli(&[("vue.config.js", &text), ("src/main.js", main), ("src/a.css", "a { b: c }")])
    };
    let said_of = |config: &str| of(config).1;
    let tap = |change: &str| format!("chainWebpack: c => c.plugin('extract-css').tap({change})");
    for config in [
        "css: { extract: { filename: 'css/[name].css' } }",
        &tap(
            "([options, ...args]) => [Object.assign({}, options, { filename: 'css/[name].css' })]",
        ),
        &tap("args => { args[0].filename = 'css/[name].css' }"),
        "chainWebpack: c => c.plugin('extract-css').use(X, [{ filename: 'css/[name].css' }])",
    ] {
        let (written, said) = of(config);
        assert!(written.contains("\"stylesheet\": \"css/app.css\""), "{written}");
        assert!(!said.contains("stylesheet"), "{said}");
    }
    let named_alike = of("css: { extract: { filename: '[name].css' } }").0;
    assert!(!named_alike.contains("\"stylesheet\""), "{named_alike}");
    assert!(!of("css: { extract: false }").0.contains("\"stylesheet\""));
    let said = said_of(&tap("args => unknown(args)"));
    assert!(said.contains("vue.config.js:1  options of the plugin extract-css\n"), "{said}");
    let said = said_of("pages: { a: { entry: ['src/main.js'] }, b: 'src/main.js' }");
    assert!(said.contains("include: chunk-vendors.js, chunk-common.js\n"), "{said}");
    let said = said_of(
        "chainWebpack: c => { c.optimization.splitChunks({ cacheGroups: { libs: { name: 'libs' } \
         } }).runtimeChunk('single') }",
    );
    assert!(said.contains("include: libs.js, runtime.js\n"), "{said}");
    let said = said_of("chainWebpack: c => c.optimization.splitChunks(false)");
    assert!(!said.contains("chunks that pages include"), "{said}");
}

/// Projects without pages take the copies of the public folder away.
#[test]
fn copies_that_vue_cli_does_not_make() {
    let copies = |calls: &str| {
        let text = format!("module.exports = {{ chainWebpack: (config) => {{ {calls} }} }}");
        let files = [("vue.config.js", text.as_str()), ("public/upload.bin", "")];
        of_vue_cli(&files).0.contains("\"copy\"")
    };
    for calls in [
        "config.plugins.delete('copy')",
        "config.plugin('copy').tap(() => [])",
        "config.plugin('copy').tap(() => [[]])",
        "config.plugin('copy').tap((args) => { args[0].shift(); return args; })",
    ] {
        assert!(!copies(calls), "{calls}");
    }
    assert!(copies("config.plugins.delete('html')"));
    assert!(copies("config.plugin('copy').tap((args) => { args[0][0].to = 'x'; return args; })"));
}
