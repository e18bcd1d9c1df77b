//! The messages of failures.

use std::sync::Arc;

use bundle_base::{
    FileSystem,
    fs::{DirEntry, FileKind, FsError, MemoryFs},
};
use camino::{Utf8Path, Utf8PathBuf};

use super::{RequestSyntax, over, world};

#[test]
fn a_letter_wrong_in_a_file_or_a_directory() {
    let w = world(
        "",
        &[("src/counter.js", ""), ("src/components/button.vue", ""), ("src/style.css", "")],
    );
    assert_eq!(
        w.import("src/main.js", "./couter"),
        "missing-file: there is no file src/couter → \"./counter\""
    );
    assert_eq!(
        w.import("src/main.js", "./couter.js"),
        "missing-file: there is no file src/couter.js → \"./counter.js\""
    );
    assert_eq!(
        w.import("src/main.js", "./componets/button.vue"),
        "missing-file: there is no file src/componets/button.vue; there is no directory \
         src/componets either → \
         \"./components/button.vue\""
    );
    assert!(
        w.import("src/main.js", "./componets/button?raw")
            .ends_with("→ \"./components/button?raw\"")
    );
    assert!(w.import("src/main.js", "./counter.ts").ends_with("→ \"./counter.js\""));
    assert!(w.import("src/main.js", "./couter.ts").ends_with("→ \"./counter.js\""));
    assert!(w.import("src/main.js", "./counter.js/").ends_with("→ \"./counter.js\""));
    assert_eq!(
        w.import("src/main.js", "./wholly-else"),
        "missing-file: there is no file src/wholly-else; it was looked for as written and with .js, \
         .mjs, .ts, .tsx, .jsx, \
         .cjs, .mts, .cts, .json and .vue"
    );
}

#[test]
fn a_step_too_many_or_too_few() {
    let w = world("", &[("src/api/client.js", ""), ("src/config.js", "")]);
    assert!(
        w.import("src/views/list/page.js", "../api/client").ends_with("→ \"../../api/client\"")
    );
    assert!(w.import("src/views/page.js", "../../config").ends_with("→ \"../config\""));
    assert!(w.import("src/main.js", "../api/client").ends_with("→ \"./api/client\""));
}

#[test]
fn the_wrong_case() {
    let w = world(
        "",
        &[("src/HelloWorld.vue", ""), ("src/Views/List.js", ""), ("node_modules/vue/index.js", "")],
    );
    assert_eq!(
        w.import("src/main.js", "./helloworld.vue"),
        "wrong-case: \"./helloworld.vue\" differs from src/HelloWorld.vue in upper and lower case; \
         some systems find the file anyway; most servers and build machines do not → \"./HelloWorld.vue\""
    );
    assert!(w.import("src/main.js", "./helloworld").ends_with("→ \"./HelloWorld\""));
    assert!(
        w.import("src/main.js", "./views/List")
            .starts_with("wrong-case: \"./views/List\" differs from src/Views/List.js")
    );
    assert!(w.import("src/main.js", "Vue").ends_with("→ \"vue\""));
}

#[test]
fn a_path_from_the_root_of_the_server() {
    let w = world("", &[("assets/tools.js", "")]);
    assert_eq!(w.import("src/main.js", "/assets/tools.js"), "assets/tools.js");
    assert_eq!(
        w.import("src/main.js", "/gone/x.js?a"),
        "missing-file: there is no file /gone/x.js"
    );
}

#[test]
fn files_missing_in_packages() {
    let w = world(
        "",
        &[
            ("node_modules/vue/package.json", r#"{ "main": "dist/vue.js" }"#),
            ("node_modules/vue/dist/vue.js", ""),
            ("node_modules/built/package.json", r#"{ "main": "dist/index.js" }"#),
            ("node_modules/types/package.json", r#"{ "types": "index.d.ts" }"#),
            ("node_modules/target/package.json", r#"{ "exports": { ".": "./dist/x.js" } }"#),
            ("node_modules/empty/readme.md", ""),
        ],
    );
    assert_eq!(
        w.import("main.js", "vue/dist/veu.js"),
        "missing-file: the package vue has no file for \"vue/dist/veu.js\" → \"vue/dist/vue.js\""
    );
    assert_eq!(
        w.import("main.js", "built"),
        "package-without-entry: the package built has no file to import; its package.json says \
         \"main\": \
         \"dist/index.js\", but that file does not exist; reinstall it; if it is your own package, \
         build it first"
    );
    assert!(w.import("main.js", "types").ends_with("it only declares types: write `import type`"));
    assert_eq!(
        w.import("main.js", "target"),
        "broken-package: node_modules/target/package.json cannot be used: \"exports\" says \
         that \".\" is \
         \"./dist/x.js\", but that file does not exist; reinstall the package; if it is your own, \
         correct it or build it first"
    );
    assert!(w.import("main.js", "empty").starts_with("package-without-entry"));
}

#[test]
fn directories_without_an_index() {
    let w = world(
        "",
        &[("views/list.js", ""), ("views/main.js", ""), ("img/a.png", ""), ("one/a.js", "")],
    );
    assert_eq!(
        w.import("main.js", "./views"),
        "directory-without-index: views is a directory and has no index file; scripts in it: \
         ./views/main.js and \
         ./views/list.js → \"./views/main.js\""
    );
    assert!(w.import("main.js", "./one/").ends_with("→ \"./one/a.js\""));
    assert!(w.import("main.js", "./img").ends_with("it contains no script"));
    assert!(
        w.ask("", "/p/views", RequestSyntax::Entry)
            .starts_with("directory-without-index: views is a directory")
    );
}

#[test]
fn entries_that_are_not_there() {
    let w = world("", &[("src/main.js", "")]);
    assert_eq!(
        w.ask("", "/p/src/mian.js", RequestSyntax::Entry),
        "missing-file: the entry src/mian.js does not exist → \"/p/src/main.js\""
    );
    assert!(w.ask("", "src/mian.js", RequestSyntax::Entry).ends_with("→ \"src/main.js\""));
}

#[test]
fn absurd_specifiers() {
    let w = world("", &[]);
    for (specifier, code) in [
        (String::new(), "empty-specifier"),
        (" ".to_owned(), "empty-specifier"),
        ("?".to_owned(), "empty-specifier"),
        ("?x".to_owned(), "empty-specifier"),
        ("./a\0b".to_owned(), "specifier-with-nul"),
        ("a\0#".to_owned(), "specifier-with-nul"),
        ("x".repeat(1_000_000), "specifier-too-long"),
        ("./".to_owned() + &"a/".repeat(1000), "specifier-too-long"),
        ("../".repeat(200), ""),
        ("#".to_owned(), "missing-import"),
        ("!!abc-loader!./x".to_owned(), "loader-syntax"),
        ("./\u{1b}[31m\n".to_owned(), "missing-file"),
        ("é\u{301}\u{1F600}".to_owned(), "not-a-module-name"),
        ("...".to_owned(), "not-a-module-name"),
        ("a b".to_owned(), "not-a-module-name"),
        ("vue;".to_owned(), "not-a-module-name"),
        ("@".to_owned(), "missing-alias"),
        ("@/".to_owned(), "missing-alias"),
        ("a//b".to_owned(), "missing-package"),
        ("..".to_owned(), "directory-without-index"),
        ("/".to_owned(), ""),
        ("\\".to_owned(), ""),
        ("%".to_owned(), ""),
        ("file:///p/none.js".to_owned(), ""),
        ("~x".to_owned(), "missing-package"),
    ] {
        for kind in RequestSyntax::ALL {
            let text = w.ask("src/main.ts", &specifier, kind);
            assert!(!text.contains(['\0', '\u{1b}', '\n']), "{text:?}");
            assert!(text.len() < 1000, "{}", text.len());
        }
        let text = w.import("src/main.js", &specifier);
        assert!(text.starts_with(code), "{text}");
    }
}

#[test]
fn broken_json() {
    let w = world(
        "",
        &[
            ("node_modules/x/package.json", "{\n  \"name\": \"x\",,\n}"),
            ("node_modules/x/index.js", ""),
            ("node_modules/deep/package.json", &"[".repeat(50_000)),
            ("node_modules/deep/index.js", ""),
            ("node_modules/none/package.json", " "),
            ("node_modules/none/index.js", ""),
            ("ts/tsconfig.json", "{ \"compilerOptions\": }"),
            ("ts5/tsconfig.json", r#"{ "compilerOptions": { "paths": { "@/*": "src/*" } } }"#),
            ("ts6/tsconfig.json", r#"{ "compilerOptions": [] }"#),
            ("ts2/tsconfig.json", r#"{ "extends": "@vue/tsconfig/base.json" }"#),
            ("ts4/tsconfig.json", r#"{ "references": [{ "path": "./tsconfig.app.json" }] }"#),
            ("ts4/tsconfig.app.json", r#"{ "extends": "./gone.json" }"#),
            ("ts3/tsconfig.json", r#"{ "extends": "./tsconfig.json" }"#),
        ],
    );
    let text = w.import("main.js", "x");
    assert!(text.starts_with("broken-json: node_modules/x/package.json cannot be read"), "{text}");
    let text = w.import("main.js", "deep");
    assert!(text.starts_with("broken-json: node_modules/deep/package.json"), "{text}");
    assert!(
        w.import("main.js", "none")
            .starts_with("broken-json: node_modules/none/package.json cannot be read: it is empty")
    );
    assert!(
        w.import("ts/main.ts", "./x").starts_with("broken-json: ts/tsconfig.json cannot be read")
    );
    assert_eq!(
        w.import("ts2/main.ts", "./x"),
        "missing-tsconfig: ts2/tsconfig.json refers to @vue/tsconfig/base.json, which does not \
         exist; install the package that contains it, or correct \"extends\""
    );
    for (file, problem) in [
        ("ts5", "there is the string \"src/*\" where a list is expected"),
        ("ts6", "there is a list where an object is expected"),
    ] {
        let text = w.import(&format!("{file}/main.ts"), "./x");
        let start = format!("broken-json: {file}/tsconfig.json cannot be read: {problem}");
        assert!(text.starts_with(&start), "{text}");
    }
    assert!(
        w.import("ts4/main.ts", "./x")
            .starts_with("missing-tsconfig: ts4/tsconfig.app.json refers to ts4/gone.json")
    );
    let failure = w
        .answer("ts4/main.ts", "./x", RequestSyntax::Import)
        .expect_err("what the reference extends is missing");
    let label = failure.diagnostic(None).primary.expect("it points into tsconfig.json");
    assert_eq!(
        &label.source.text[label.span.start as usize..label.span.end as usize],
        "\"./gone.json\""
    );
    assert!(w.import("ts3/main.ts", "./x").starts_with("tsconfig-circle: ts3/tsconfig.json"));
}

#[test]
fn broken_json_is_shown_where_it_breaks() {
    let w = world("", &[("package.json", "{\n  \"name\": \"p\",,\n}"), ("a.js", "")]);
    let failure =
        w.answer("main.js", "./a", RequestSyntax::Import).expect_err("package.json is broken");
    let label = failure.diagnostic(None).primary.expect("it points into package.json");
    let at = label.source.line_column(label.span.start);
    assert_eq!((at.line, at.column), (2, 15));
    assert_eq!(label.source.name, "package.json");
}

#[test]
fn yarn_plug_n_play() {
    let w =
        world("", &[(".pnp.cjs", ""), ("package.json", r#"{ "dependencies": { "vue": "^2" } }"#)]);
    assert_eq!(
        w.import("src/main.js", "vue"),
        "yarn-pnp: the package vue is managed by Yarn Plug'n'Play (.pnp.cjs), which is not \
         supported; write `nodeLinker: \
         node-modules` into .yarnrc.yml and run `yarn install`"
    );
}

#[test]
fn what_may_not_be_read_is_no_manifest() {
    let fs = MemoryFs::new().with("/p/entry.js", "").with("/p/node_modules/x/index.js", "");
    fs.deny("/p/node_modules/x/package.json");
    let w = over("", fs);
    assert_eq!(w.import("main.js", "x"), "node_modules/x/index.js");
}

#[test]
fn replacements_that_lead_nowhere() {
    let w = world(
        "",
        &[
            ("package.json", r##"{ "imports": { "#dep": "gone", "#file": "./gone.js" } }"##),
            (
                "node_modules/x/package.json",
                r#"{ "name": "x", "browser": { "fs": "./shim.js", "./a.js": "./b.js" } }"#,
            ),
            ("node_modules/x/index.js", ""),
            ("node_modules/x/a.js", ""),
            (
                "tsconfig.json",
                r#"{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "*": ["./types/*"] } } }"#,
            ),
            ("src/list.js", ""),
        ],
    );
    assert_eq!(
        w.require("node_modules/x/index.js", "fs"),
        "missing-file: there is no file node_modules/x/shim.js; \"browser\" in \
         node_modules/x/package.json puts \
         \"./shim.js\" in place of \"fs\""
    );
    assert!(
        w.require("node_modules/x/index.js", "./a")
            .starts_with("missing-file: there is no file node_modules/x/b.js")
    );
    let text = w.import("src/main.js", "#dep");
    assert!(text.starts_with("missing-package: the package gone is not installed"), "{text}");
    assert!(
        text.ends_with("\"imports\" in package.json puts \"gone\" in place of \"#dep\""),
        "{text}"
    );
    let text = w.import("src/main.js", "#file");
    assert!(text.contains("gone.js"), "{text}");
    assert_eq!(
        w.import("src/main.js", "@/lsit"),
        "missing-file: there is no file src/lsit; \"@/*\" is an alias for src/* → \"@/list\""
    );
    assert!(
        w.import("src/main.js", "vue")
            .starts_with("missing-package: the package vue is not installed")
    );
}

#[test]
fn directories_for_contexts() {
    let w = world(
        r#""alias": { "@": "./src" }"#,
        &[("src/locales/ko.js", ""), ("node_modules/moment/locale/ko.js", "")],
    );
    let directory = |specifier: &str| {
        let importer = super::absolute("src/main.js");
        let ask =
            crate::ResolveRequest { specifier, kind: RequestSyntax::Require, importer: &importer };
        match w.resolver.resolve_directory(&ask) {
            Ok(path) => path.into_string(),
            Err(failure) => super::failure_text(&failure, "src/main.js"),
        }
    };
    assert_eq!(directory("./locales"), "/p/src/locales");
    assert_eq!(directory("."), "/p/src");
    assert_eq!(directory(".."), "/p");
    assert_eq!(directory("@/locales"), "/p/src/locales");
    assert_eq!(directory("moment/locale"), "/p/node_modules/moment/locale");
    assert_eq!(
        directory("./locales/ko.js"),
        "missing-directory: src/locales/ko.js is a file, not a directory"
    );
    assert_eq!(
        directory("./locale"),
        "missing-directory: there is no directory src/locale → \"./locales\""
    );
}

/// A disk that ignores case, as on Windows and macOS.
struct CaseBlind(MemoryFs);

impl CaseBlind {
    fn right(&self, path: &Utf8Path) -> Utf8PathBuf {
        let mut right = Utf8PathBuf::from("/");
        for name in path.components().map(|c| c.as_str()).skip(1) {
            let listed = self.0.list(&right).unwrap_or_default();
            let spelled =
                listed.iter().find(|entry| entry.name.to_lowercase() == name.to_lowercase());
            right.push(spelled.map_or(name, |entry| &entry.name));
        }
        right
    }
}

impl FileSystem for CaseBlind {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        self.0.read(&self.right(path))
    }
    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        self.0.kind(&self.right(path))
    }
    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        self.0.list(&self.right(path))
    }
    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        self.0.canonical(&self.right(path))
    }
    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        self.0.read_link(&self.right(path))
    }
}

#[test]
fn the_wrong_case_where_the_disk_does_not_mind() {
    let fs = MemoryFs::new()
        .with("/p/entry.js", "")
        .with("/p/src/HelloWorld.vue", "")
        .with("/p/src/Views/index.js", "")
        .with("/p/node_modules/vue/index.js", "");
    let config = super::configured("", &fs);
    let resolver = crate::Resolver::new(&config, Arc::new(CaseBlind(fs)));
    let import = |specifier: &str| {
        let importer = super::absolute("src/main.js");
        match resolver.resolve(&crate::ResolveRequest {
            specifier,
            kind: RequestSyntax::Import,
            importer: &importer,
        }) {
            Ok(resolution) => super::resolution_text(&resolution),
            Err(failure) => super::failure_text(&failure, "src/main.js"),
        }
    };
    assert_eq!(import("./HelloWorld"), "src/HelloWorld.vue");
    assert_eq!(import("vue"), "node_modules/vue/index.js");
    assert!(
        import("./helloworld")
            .starts_with("wrong-case: \"./helloworld\" differs from src/HelloWorld.vue")
    );
    assert!(import("./helloworld").ends_with("→ \"./HelloWorld\""));
    assert!(import("./views").ends_with("→ \"./Views\""));
    assert!(import("Vue").ends_with("→ \"vue\""));
}
