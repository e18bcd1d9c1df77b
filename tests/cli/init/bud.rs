//! Themes and plugins that Bud builds.

use super::initialised;

const PACKAGE: &str = r#"{ "type": "module", "devDependencies": { "@roots/bud": "6.24.0", "@roots/sage": "6.24.0" } }"#;

/// Returns what `init` says, and the configuration that it writes, without spaces.
fn of(files: &[(&str, &str)]) -> (String, String) {
    let (said, config) = initialised(files);
    (said, config.split_whitespace().collect())
}

#[test]
fn calls_in_every_form() {
    let text = "export default async (bud) => {
        await bud.make('theme', async (theme) => {
          theme.setPath('@dist', 'public/dist').setPath({ '@vendor': '@src/vendor' })
            .entry('app', ['@scripts/app', '@styles/app'])
            .entry({ admin: { import: ['scripts/admin.js'] }, old: '@vendor/old' })
            .assets([{ from: bud.path('@src/static'), to: bud.path('@dist/static'), noErrorOnMissing: true }, 'fonts'])
            .alias({ '@': bud.path('@src'), vue: 'vue/dist/vue.js' })
            .provide({ jquery: ['$', 'jQuery'] })
            .bundle('vendor', ['swiper'])
            .when(bud.isDevelopment, () => theme.entry('debug', '@scripts/debug'))
            .tap((it) => it.publicPath('/content/dist').splitChunks().minimize(it.isProduction));
        });
        bud.sass.importGlobal('@styles/tools');
        bud.eslint.setFix(true);
        bud.postcss.setPlugin('postcss-nested').use(['postcss-nested']);
        bud.postcss.setPluginOptions('postcss-nested', {});
        bud.critical();
        bud.entry({}).minimizers.enable(false);
      };";
    let (said, config) = of(&[
        ("package.json", PACKAGE),
        ("bud.config.js", text),
        ("resources/scripts/app.js", "import 'scripts/admin';"),
        ("resources/scripts/admin.js", "1;"),
        ("resources/vendor/old.js", "1;"),
        ("resources/styles/app.scss", "a { b: c }"),
        ("resources/styles/tools.scss", "$a: b;"),
        ("resources/static/a.txt", ""),
        ("resources/fonts/a.woff2", ""),
    ]);
    assert!(said.contains("Bud (bud.config.js)"), "{said}");
    for part in [
        r#""outDir":"public/dist""#,
        r#""publicPath":"/content/dist/""#,
        r#""js/vendor":{"packages":["swiper"],"shared":true}"#,
        r#""stylesheet":"css/app.css""#,
        r#""js/admin":{"entry":"resources/scripts/admin.js"}"#,
        r#""js/old":{"entry":"resources/vendor/old.js"}"#,
        r#"{"from":"resources/static","to":"static"},{"from":"resources/fonts","to":"fonts"}"#,
        r#""splitting":true"#,
        r#""manifest":"bud""#,
        r#""@":"./resources""#,
        r#""@vendor":"./resources/vendor""#,
        r#""vue":"vue/dist/vue.js""#,
        r#""$":"jquery","jQuery":"jquery""#,
        r#""@wordpress/*":"wp.*""#,
        r#""modulePaths":["resources"]"#,
        r#""additionalData":"@import\"resources/styles/tools\";""#,
        r#""production":{"hash":true}"#,
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    assert!(!config.contains("debug"), "{config}");
    for note in ["bud.postcss", "bud.critical()", "bud.minimizers.enable()"] {
        assert_eq!(said.matches(note).count(), 1, "{note} in\n{said}");
    }
    assert!(!said.contains("eslint"), "{said}");
}

/// Without Sage, there are no names but those of Bud, no hashes and no globals of WordPress.
#[test]
fn without_sage() {
    let text = "export default async (bud) => {
        bud.setPath('@src', 'assets').entry(['/app.js']).hash(false).assets('images');
      };";
    let (said, config) = of(&[
        ("package.json", r#"{ "devDependencies": { "@roots/bud": "6.24.0" } }"#),
        ("bud.config.mjs", text),
        ("assets/app.js", "import './app.css';"),
        ("assets/app.css", "a { b: c }"),
    ]);
    for part in [
        r#""outDir":"dist""#,
        r#""areas":{"js/app":{"entry":"assets/app.js","stylesheet":"css/app.css"}}"#,
        r#""alias":{"@src":"./assets"}"#,
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    assert!(!config.contains("hash") && !config.contains("externals"), "{config}");
    assert!(!said.contains("not carried over"), "{said}");
}

/// Paths may be absolute, patterns have folders, and each compiler has its own.
#[test]
fn absolute_paths_and_patterns() {
    let text = "import { resolve } from 'path';
      export default async (bud) => {
        bud.setPath('@src', resolve('assets')).setPath('@dist', resolve('public/build'))
          .entry('app', 'app').hash(false).copyDir(['img', 'pictures'])
          .assets([bud.path('@src/images/*.png')]);
        await bud.make('a', () => {});
        await bud.make('b', () => {});
      };";
    let (said, config) = of(&[
        ("package.json", PACKAGE),
        ("bud.config.js", text),
        ("assets/app.js", "1;"),
        ("assets/img/a.png", ""),
        ("assets/images/b.png", ""),
        ("app/setup.php", ""),
    ]);
    for part in [
        r#""outDir":"public/build""#,
        r#""js/app":"assets/app.js""#,
        r#"{"from":"assets/img","to":"pictures"},{"from":"assets/images/*.png","to":"images/"}"#,
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    assert!(!config.contains("hash"), "{config}");
    assert!(said.contains("several compilers of bud.make()"), "{said}");
}
