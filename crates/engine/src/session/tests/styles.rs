//! Stylesheets are kept in the memo tables like scripts, and an edit of a stylesheet changes no
//! script.

use std::sync::{Arc, atomic::Ordering};

use bundle_base::{
    FileSystem,
    fs::MemoryFs,
    tools::{NoTools, NodeRequest, ToolError, Tools, Unanswered},
};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::{Build, Session, built, changed, config, session, shown};
use crate::{ChangeSet, Follower, OutputFile, OutputKind, Phase, Update};

const TWO: &str = r#"{ "areas": { "a": "a.js", "b": "b.js" }, "outDir": "out", "splitting": false, "sass": { "loadPaths": ["lib"] } }"#;

/// Two entries with stylesheets; one stylesheet uses a partial that uses another partial.
fn project() -> Arc<MemoryFs> {
    Arc::new(
        MemoryFs::new()
            .with(
                "/p/a.js",
                "import './a.scss';\nimport { one } from './shared.js';\nconsole.log(one);\n",
            )
            .with(
                "/p/b.js",
                "import './b.css';\nimport { one } from './shared.js';\nconsole.log(one + 1);\n",
            )
            .with("/p/shared.js", "export const one = () => 1;\n")
            .with("/p/a.scss", "@use 'parts/button';\n@use 'theme';\n.a { color: theme.$ink }\n")
            .with("/p/parts/_button.scss", "@use 'deep/size';\n.button { width: size.$width }\n")
            .with("/p/parts/deep/_size.scss", "$width: 10px;\n")
            .with("/p/lib/_theme.scss", "$ink: red;\n")
            .with("/p/b.css", "@import './more.css';\n.b { top: 0 }\n")
            .with("/p/more.css", ".more { top: 1px }\n"),
    )
}

fn stylesheet<'b>(build: &'b Build, path: &str) -> &'b str {
    let file = build.outputs.files.iter().find(|file| file.path == path).expect("it is written");
    std::str::from_utf8(&file.bytes).expect("stylesheets are text")
}

/// Returns the paths of the outputs that differ.
fn rewritten<'b>(before: &'b Build, after: &'b Build) -> Vec<&'b str> {
    let is_new = |file: &&OutputFile| !before.outputs.files.contains(file);
    after.outputs.files.iter().filter(is_new).map(|file| file.path.as_str()).collect()
}

/// Builds after a change of files, and compares with a clean build.
fn rebuilt(session: &mut Session, fs: &Arc<MemoryFs>, changes: &ChangeSet) -> Build {
    session.apply(changes);
    let build = built(session);
    assert_eq!(build.outputs, built(&mut super::session(TWO, fs)).outputs);
    build
}

#[test]
fn a_failed_build_forgets_what_it_did_not_reach() {
    let fs = project();
    fs.write("/p/b.css", ".b { background: url(./dot.svg) }\n");
    fs.write("/p/dot.svg", "<svg/>");
    let mut session = session(TWO, &fs);
    built(&mut session);
    session.take_dependencies();
    fs.write("/p/b.js", "import './nothing';\n");
    fs.write("/p/package.json", "{}");
    let created = vec!["/p/package.json".into()];
    session.apply(&ChangeSet { created, ..changed("/p/b.js") });
    session.build().expect_err("there is no such file");
    // No watcher watches it any more, so no change of it is reported.
    let reads = session.take_dependencies().reads;
    assert!(!reads.iter().any(|(path, _)| path == "/p/b.css"));
    fs.write("/p/b.css", ".b { top: 5px }\n");
    fs.write("/p/b.js", "import './b.css';\n");
    rebuilt(&mut session, &fs, &changed("/p/b.js"));
}

#[test]
fn a_script_that_appears_or_goes_compiles_no_stylesheet_again() {
    let fs = project();
    fs.write("/p/shared.js", "import './later';\nexport const one = () => 1;\n");
    let mut session = session(TWO, &fs);
    session.build().expect_err("it is not there yet");
    fs.write("/p/later.js", "console.log('later');\n");
    let created = vec!["/p/later.js".into()];
    let changes = ChangeSet { created, ..ChangeSet::default() };
    assert_eq!(rebuilt(&mut session, &fs, &changes).counts.loaded, 1);
    fs.write("/p/b.css", "@import './more.css';\n.b { background: url(./dot.svg) }\n");
    fs.write("/p/dot.svg", "<svg/>");
    let created = vec!["/p/dot.svg".into()];
    let both = ChangeSet { created, ..changed("/p/b.css") };
    let build = rebuilt(&mut session, &fs, &both);
    assert_eq!(build.counts.loaded, 1);
}

#[test]
fn an_edit_of_a_deep_partial_is_for_the_stylesheets_that_use_it() {
    let fs = project();
    let mut session = session(TWO, &fs);
    let first = built(&mut session);
    assert!(stylesheet(&first, "a.css").contains("width: 10px"));
    fs.write("/p/parts/deep/_size.scss", "$width: 20px;\n");
    let second = rebuilt(&mut session, &fs, &changed("/p/parts/deep/_size.scss"));
    assert_eq!(rewritten(&first, &second), ["a.css"]);
    assert!(stylesheet(&second, "a.css").contains("width: 20px"));
    let counts = second.counts;
    assert_eq!((counts.loaded, counts.analysed, counts.rendered), (1, 0, 0));
    fs.write("/p/more.css", ".more { top: 2px }\n");
    let third = rebuilt(&mut session, &fs, &changed("/p/more.css"));
    assert_eq!(rewritten(&second, &third), ["b.css"]);
    let kinds: Vec<OutputKind> = third.outputs.files.iter().map(|file| file.kind).collect();
    let expected = [OutputKind::Script, OutputKind::Style];
    assert_eq!(kinds, [&expected[..], &expected, &[OutputKind::Manifest]].concat());
}

#[test]
fn a_partial_that_appears_in_front_of_another_counts() {
    let fs = project();
    let mut session = session(TWO, &fs);
    let first = built(&mut session);
    assert!(stylesheet(&first, "a.css").contains("color: red"));
    // A file beside the importer takes precedence over the load path.
    fs.write("/p/_theme.scss", "$ink: #123456;\n");
    let created =
        ChangeSet { created: vec![Utf8PathBuf::from("/p/_theme.scss")], ..ChangeSet::default() };
    let second = rebuilt(&mut session, &fs, &created);
    assert!(stylesheet(&second, "a.css").contains("color: #123456"));
    fs.remove("/p/_theme.scss");
    let removed =
        ChangeSet { removed: vec![Utf8PathBuf::from("/p/_theme.scss")], ..ChangeSet::default() };
    assert_eq!(rebuilt(&mut session, &fs, &removed).outputs, first.outputs);
}

#[test]
fn a_mistake_in_a_partial_goes_when_it_is_mended() {
    let fs = project();
    let mut session = session(TWO, &fs);
    let first = built(&mut session);
    fs.write("/p/parts/deep/_size.scss", "$with: 10px;\n");
    session.apply(&changed("/p/parts/deep/_size.scss"));
    let log = session.build().expect_err("the variable is gone");
    assert!(shown(&log).contains("parts/_button.scss:2:18"), "{}", shown(&log));
    fs.write("/p/parts/deep/_size.scss", "$width: 10px;\n");
    assert_eq!(
        rebuilt(&mut session, &fs, &changed("/p/parts/deep/_size.scss")).outputs,
        first.outputs
    );
}

#[test]
fn an_edit_of_a_components_style_leaves_its_script() {
    let component = |width: &str| {
        format!(
            "<template><p class=\"x\">1</p></template>\n<style lang=\"scss\" scoped>\n.x {{ .y & \
             {{ width: {width} }} }}\n</style>\n"
        )
    };
    let files =
        MemoryFs::new().with("/p/a.js", "import App from './App.vue';\nconsole.log(App);\n");
    let fs = Arc::new(files.with("/p/App.vue", component("1px").as_str()));
    let mut session = session(r#"{ "areas": { "a": "a.js" }, "outDir": "out" }"#, &fs);
    let first = built(&mut session);
    fs.write("/p/App.vue", component("2px").as_str());
    session.apply(&changed("/p/App.vue"));
    let second = built(&mut session);
    assert_eq!(rewritten(&first, &second), ["a.css"]);
    assert_eq!((second.counts.loaded, second.counts.analysed, second.counts.rendered), (1, 0, 0));
}

#[test]
fn an_entry_that_is_a_stylesheet_has_no_script() {
    let files = MemoryFs::new()
        .with("/p/sass/print.scss", ".p { top: 0 }\n")
        .with("/p/sass/_x.scss", ".x { top: 0 }\n");
    let fs = Arc::new(files.with("/p/main.js", "import './sass/print.scss';\nconsole.log(1);\n"));
    for splitting in ["", r#", "splitting": true"#] {
        let areas = r#""areas": { "main": "main.js", "sass": { "entry": ["sass/print.scss"] } }"#;
        let build =
            built(&mut session(&format!(r#"{{ {areas}, "outDir": "out"{splitting} }}"#), &fs));
        let names: Vec<&str> = build.outputs.files.iter().map(|file| file.path.as_str()).collect();
        assert!(
            names.contains(&"sass/print.css") && !names.contains(&"sass/print.js"),
            "{names:?}"
        );
        assert_eq!(stylesheet(&build, "sass/print.css"), ".p {\n  top: 0;\n}\n");
        let metafile = build.outputs.metafile.expect("the configuration asks for it");
        assert_eq!(metafile["outputs"]["out/sass/print.css"]["entryPoint"], "sass/print.scss");
    }
}

/// PostCSS that writes how long a script is, and depends on the script.
#[derive(Default)]
struct Scanning {
    fs: Arc<MemoryFs>,
    runs: std::sync::atomic::AtomicUsize,
}

impl Tools for Scanning {
    fn ask(
        &self,
        request: &NodeRequest,
        _: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        let length = self.fs.read(Utf8Path::new("/p/text.js")).expect("it is there").len();
        let css = request.value["css"].as_str().unwrap_or_default();
        let css = format!("{css}\n.scanned {{ order: {length} }}\n");
        Ok(json!({ "css": css, "watched": ["/p/text.js"], "folders": [], "warnings": [] }))
    }

    fn run(&self, _: &[String], _: &Utf8Path, _: &str) -> Result<String, ToolError> {
        Err(ToolError::Unable)
    }
}

/// Notes what a build announces.
#[derive(Default)]
struct Announced(usize);

impl Follower for Announced {
    fn begins(&mut self, _: Phase) {}

    fn announce(&mut self, _: &Update) {
        self.0 += 1;
    }
}

#[test]
fn an_update_of_a_script_does_not_wait_for_postcss_that_reads_the_script() {
    let fs = Arc::new(
        MemoryFs::new()
            .with("/p/a.js", "import './a.css';\nimport { text } from './text.js';\nlog(text);\n")
            .with("/p/text.js", "export const text = 'one';\n")
            .with("/p/a.css", ".a { top: 0 }\n")
            .with("/p/postcss.config.json", r#"{ "plugins": ["scanning"] }"#),
    );
    let text = r#"{ "areas": { "a": "a.js" }, "outDir": "out", "mode": "development",
        "modules": "registry" }"#;
    let mut config = config(text, &fs);
    let output = &mut Arc::make_mut(&mut config).output;
    (output.updates, output.metafile) = (true, false);
    let tools = Arc::new(Scanning { fs: Arc::clone(&fs), ..Scanning::default() });
    let session = || {
        let shared: Arc<dyn FileSystem> = Arc::<MemoryFs>::clone(&fs);
        Session::new(Arc::clone(&config), shared).with_tools(Arc::<Scanning>::clone(&tools))
    };
    let mut kept = session();
    built(&mut kept);
    fs.write("/p/text.js", "export const text = 'three';\n");
    let mut announced = Announced::default();
    assert!(kept.apply_before_postcss(&changed("/p/text.js")));
    let early = kept.build_with_follower(&mut announced).expect("there are no mistakes");
    assert_eq!((announced.0, tools.runs.load(Ordering::Relaxed)), (1, 1));
    assert!(stylesheet(&early, "a.css").contains("order: 27"), "{}", stylesheet(&early, "a.css"));
    kept.apply(&changed("/p/text.js"));
    let rebuilt = kept.build_with_follower(&mut announced).expect("there are no mistakes");
    let clean = built(&mut session());
    assert_eq!(announced.0, 1);
    assert_eq!(rewritten(&rebuilt, &clean), Vec::<&str>::new());
    assert!(stylesheet(&clean, "a.css").contains("order: 29"), "{}", stylesheet(&clean, "a.css"));
    // Nothing waits where the stylesheet itself has changed, or where no script has.
    assert!(!kept.apply_before_postcss(&changed("/p/a.css")));
}

#[test]
fn an_update_brings_an_edited_stylesheet_that_its_script_injects() {
    let fs = Arc::new(
        MemoryFs::new()
            .with("/p/a.js", "import './a.css';\nlog(1);\n")
            .with("/p/a.css", ".a { top: 0 }\n"),
    );
    let mut session = updated(r#", "publicPath": "/out/""#, &fs);
    for (file, edited) in [("/p/a.css", ".a { top: 1px }\n"), ("/p/a.js", "import './a.css';\n")] {
        fs.write(file, edited);
        session.apply(&changed(file));
        let update = built(&mut session).outputs.update.expect("the page can be updated");
        assert!(update.is_whole);
        assert_eq!(update.text.contains("[\".a {\\n  top: 1px;\\n}\\n\"]"), file == "/p/a.css");
        assert_eq!(update.text.contains("a.js\": ["), file == "/p/a.js", "{}", update.text);
    }
}

/// Pages would ask for the image before it is written.
#[test]
fn an_update_that_names_a_new_image_is_not_all_that_pages_need() {
    let fs = Arc::new(
        MemoryFs::new()
            .with("/p/a.js", "import image from './a.gif?url';\nlog(image);\n")
            .with("/p/a.gif", "GIF89a")
            .with("/p/b.gif", "GIF89b"),
    );
    let mut session = updated(r#", "publicPath": "/out/""#, &fs);
    for (text, is_whole) in [("log(image);", false), ("log(image, 2);", true)] {
        fs.write("/p/a.js", format!("import image from './b.gif?url';\n{text}\n"));
        session.apply(&changed("/p/a.js"));
        let update = built(&mut session).outputs.update.expect("the page can be updated");
        assert_eq!(update.is_whole, is_whole, "{text}");
    }
}

/// The script that adds a stylesheet leaves the function that finds its files on the page.
#[test]
fn an_update_brings_a_stylesheet_whose_files_are_found_at_run_time() {
    let fs = Arc::new(
        MemoryFs::new()
            .with("/p/a.js", "import './a.css';\n")
            .with("/p/a.css", ".a { background: url(a.gif?url) }\n")
            .with("/p/a.gif", "GIF89a"),
    );
    let mut session = updated("", &fs);
    fs.write("/p/a.css", ".b { background: url(a.gif?url) }\n");
    session.apply(&changed("/p/a.css"));
    let update = built(&mut session).outputs.update.expect("the page can be updated");
    let expected =
        "(function (address) { return [\".b {\\n  background: url(\\\"\" + address(\"assets/a-";
    assert!(update.text.contains(expected), "{}", update.text);
    assert!(update.text.contains("; })(this[\"bundle-dev:bundle:a.js\"])"), "{}", update.text);
}

/// A session whose pages are updated after edits, after its first build. `more`: further settings.
fn updated(more: &str, fs: &Arc<MemoryFs>) -> Session {
    let text = format!(
        r#"{{ "areas": {{ "a": "a.js" }}, "outDir": "out", "mode": "development",
            "modules": "registry", "styles": "inject"{more} }}"#
    );
    let mut config = config(&text, fs);
    Arc::make_mut(&mut config).output.updates = true;
    let shared: Arc<dyn FileSystem> = Arc::<MemoryFs>::clone(fs);
    let mut session = Session::new(config, shared);
    built(&mut session);
    session
}

/// A preprocessor that writes its input in capitals.
#[derive(Default)]
struct Capitals {
    runs: std::sync::atomic::AtomicUsize,
}

impl Tools for Capitals {
    fn ask(
        &self,
        request: &NodeRequest,
        back: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered> {
        NoTools.ask(request, back)
    }

    fn run(&self, command: &[String], folder: &Utf8Path, input: &str) -> Result<String, ToolError> {
        assert_eq!(
            (command, folder.as_str()),
            (&["capitals".to_owned(), "-".to_owned()][..], "/p/styles")
        );
        self.runs.fetch_add(1, Ordering::Relaxed);
        let rules: Vec<&str> = input.lines().filter(|line| !line.starts_with("@import")).collect();
        Ok(rules.join("\n").to_uppercase())
    }
}

#[test]
fn what_a_command_compiles_is_compiled_again_when_a_partial_of_a_partial_changes() {
    let fs = Arc::new(
        MemoryFs::new()
            .with("/p/a.js", "import './styles/a.less'; import './styles/other.less';\n")
            .with("/p/styles/a.less", "@import 'parts/one';\n.a { top: 0 }\n")
            .with("/p/styles/other.less", ".other { top: 0 }\n")
            .with("/p/styles/parts/one.less", "@import (reference) \"two.less\";\n")
            .with("/p/styles/parts/two.less", "@size: 1px;\n"),
    );
    let config =
        r#"{ "areas": { "a": "a.js" }, "outDir": "out", "preprocess": { "less": "capitals -" } }"#;
    let tools = Arc::new(Capitals::default());
    let mut session = session(config, &fs).with_tools(Arc::<Capitals>::clone(&tools));
    let first = built(&mut session);
    assert!(stylesheet(&first, "a.css").contains(".A {"), "{}", stylesheet(&first, "a.css"));
    let mut runs = 2;
    for edited in ["/p/styles/parts/two.less", "/p/styles/parts/one.less", "/p/styles/a.less"] {
        fs.write(edited, ".a { left: 0 }\n");
        session.apply(&changed(edited));
        built(&mut session);
        runs += 1;
        assert_eq!(tools.runs.load(Ordering::Relaxed), runs, "{edited}");
    }
    let mut alone = super::session(config, &fs);
    let reported = alone.build().expect_err("no program runs here").take();
    assert!(reported.iter().all(|each| each.code == "preprocess"), "{reported:?}");
}

#[test]
fn pages_with_more_stylesheets_than_old_browsers_read_are_reported() {
    let entries = ["a", "b", "c", "d", "e", "f"];
    let mut fs = MemoryFs::new();
    // One stylesheet for every set of entries that contains the first one.
    for (index, entry) in entries.iter().enumerate() {
        let has = |set: &u32| index == 0 || set >> (index - 1) & 1 == 1;
        let imports: Vec<String> =
            (0..32_u32).filter(has).map(|set| format!("import './s{set}.css';\n")).collect();
        fs = fs.with(
            format!("/p/{entry}.js"),
            format!("{}console.log('{entry}');\n", imports.concat()),
        );
    }
    for set in 0..32 {
        fs = fs.with(format!("/p/s{set}.css"), format!(".s{set} {{ top: 0 }}\n"));
    }
    let fs = Arc::new(fs);
    let reported = |target: &str| {
        let config = format!(
            r#"{{ "areas": {{ "a": "a.js", "b": "b.js", "c": "c.js", "d": "d.js", "e": "e.js", "f": "f.js" }}, "splitting": true, "target": "{target}" }}"#
        );
        let warnings = built(&mut session(&config, &fs)).warnings;
        warnings
            .into_iter()
            .filter(|each| each.code == "too-many-sheets")
            .map(|each| each.message)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        reported("es5"),
        ["the page of a has 32 stylesheets, and Internet Explorer 9 reads only 31"]
    );
    assert_eq!(reported("es2015"), Vec::<String>::new());
}
