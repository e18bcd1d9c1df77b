//! Projects that call esbuild: in a script, or in package.json.

use super::super::Project;

/// Returns what `init` says, and the configuration that it writes, without spaces.
fn of(files: &[(&str, &str)]) -> (String, String) {
    let sources = [
        ("js/app.js", "import icon from '@icons/a.svg'; console.log(icon);"),
        ("js/admin/edit.ts", "export const edit: number = 1;"),
        ("icons/a.svg", "<svg/>"),
        ("css/app.css", "a { b: c }"),
    ];
    let project = Project::new(&[files, &sources].concat());
    let said = project.run_ok(&["init"]).stdout;
    project.run_ok(&["--no-cache"]);
    (said, project.read("bundle.config.json").split_whitespace().collect())
}

#[test]
fn a_script_that_calls_it() {
    let package = r#"{ "scripts": { "build:js:dev": "node dev/build.js",
        "build:js:production": "node dev/build.js production",
        "production": "npm-run-all build:*:production", "build": "npm run build:js:dev" } }"#;
    let script = "const esbuild = require('esbuild'), path = require('path');
        const at = (file) => path.join(__dirname, '..', file);
        esbuild.build({ bundle: true, entryPoints: { app: at('js/app.js'), 'admin/edit': at('js/admin/edit.ts') },
          outdir: at('public/dist'), absWorkingDir: at(''), format: 'esm', target: 'es2021',
          sourcemap: true, minify: process.argv[2] === 'production', loader: { '.svg': 'text' },
          alias: { '@icons': './icons' }, define: { DEBUG: 'false' }, logLevel: 'info',
        }).then(() => {}).catch(() => process.exit(1));";
    let (said, config) = of(&[("package.json", package), ("dev/build.js", script)]);
    assert!(said.contains("esbuild (dev/build.js)"), "{said}");
    assert!(!said.contains("not carried over"), "{said}");
    for part in [
        r#""outDir":"public/dist""#,
        r#""areas":{"app":"js/app.js","admin/edit":"js/admin/edit.ts"}"#,
        r#""format":"esm""#,
        r#""target":"es2021""#,
        r#""*.svg":"raw""#,
        r#""@icons":"./icons""#,
        r#""DEBUG":"false""#,
        r#""sourcemap":"file""#,
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
}

#[test]
fn entries_by_every_form() {
    let of_script = |options: &str| {
        let text = format!(
            "import * as esbuild from 'esbuild';
             const context = await esbuild.context({{ bundle: true, {options} }});
             await context.rebuild();"
        );
        let package = r#"{ "scripts": { "build": "node esbuild.mjs" } }"#;
        of(&[("package.json", package), ("esbuild.mjs", &text)]).1
    };
    let config = of_script(
        "entryPoints: [{ in: 'js/app.js', out: 'public/js/app.min' },
           { in: 'css/app.css', out: 'public/css/app.min' }], outdir: './',
         alias: { '@icons': './icons' }",
    );
    let areas = r#""areas":{"js/app.min":"js/app.js","css/app.min":"css/app.css"}"#;
    assert!(config.contains(areas), "{config}");
    let config = of_script(
        "entryPoints: ['js/*.js', 'js/admin/*.ts'], outdir: 'out', entryNames: '[dir]/[name].min',
         alias: { '@icons': './icons' }",
    );
    let areas = r#""areas":{"app.min":"js/app.js","admin/edit.min":"js/admin/edit.ts"}"#;
    assert!(config.contains(areas), "{config}");
}

#[test]
fn commands_of_package_json() {
    let package = r#"{ "scripts": { "build": "esbuild js/admin/edit.ts --bundle --minify --outfile=public/edit.js --global-name=Edit --external:jquery --target=chrome58,safari11 --drop:console && esbuild css/app.css --outdir=public" } }"#;
    let (said, config) = of(&[("package.json", package)]);
    assert!(!said.contains("not carried over"), "{said}");
    for part in [
        r#""edit":{"entry":"js/admin/edit.ts","globalName":"Edit"}"#,
        r#""app":"css/app.css""#,
        r#""jquery":"jQuery""#,
        r#""target":["chrome>=58","safari>=11"]"#,
        r#""drop":"console""#,
    ] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
}

/// Without a configuration here, `init` says where there are some.
#[test]
fn configurations_in_folders() {
    let project = Project::new(&[
        ("themes/shop/webpack.config.js", "module.exports = { entry: './a.js' };"),
        ("vendor/x/y/webpack.config.js", ""),
    ]);
    let said = project.refuse(&["init"]);
    assert!(said.contains("folders have some: themes/shop/webpack.config.js"), "{said}");
    assert!(
        said.contains("cd themes/shop && npx bundle init") && !said.contains("vendor"),
        "{said}"
    );
}

/// Outputs for the platform `neutral` are ES modules.
#[test]
fn a_helper_that_calls_it() {
    let package = r#"{ "type": "module", "scripts": { "build": "node ./tools/build.mts" } }"#;
    let script = "import { resolve } from 'path';
        import { buildJs } from './helpers.mts';
        async function build() { await buildJs(resolve('js/admin/edit.ts'), 'public/edit.js'); }
        build().catch(() => process.exit(1));";
    let helpers = "import * as esbuild from 'esbuild';
        export async function buildJs(entry: string, outfile: string): Promise<void> {
          await esbuild.build({ entryPoints: [entry], outfile, bundle: true, platform: 'neutral' });
        }";
    let files =
        [("package.json", package), ("tools/build.mts", script), ("tools/helpers.mts", helpers)];
    let (said, config) = of(&files);
    assert!(said.contains("esbuild (tools/build.mts)"), "{said}");
    for part in [r#""areas":{"edit":"js/admin/edit.ts"}"#, r#""format":"esm""#] {
        assert!(config.contains(part), "{part} is not in\n{config}");
    }
    assert!(!config.contains("neutral"), "{config}");
}
