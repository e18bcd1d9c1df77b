//! The command line through the real binary: flags, exit codes, what goes to which stream, and what
//! is on disk afterwards. Outputs are run in tests/fixtures.rs.
#![expect(clippy::disallowed_methods, reason = "a test driver reads and writes its own files")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicUsize, Ordering},
};

#[path = "cli/cache.rs"]
mod cache;
#[path = "cli/config_scripts.rs"]
mod config_scripts;
#[path = "cli/init.rs"]
mod init;
#[path = "cli/outputs.rs"]
mod outputs;
#[path = "cli/packaged.rs"]
mod packaged;
#[path = "cli/plugins.rs"]
mod plugins;
#[path = "cli/reports.rs"]
mod reports;
#[path = "cli/shared_cache.rs"]
mod shared_cache;
#[path = "cli/watched_outputs.rs"]
mod watched_outputs;

/// A directory with files, removed at the end.
struct Project {
    folder: PathBuf,
}

/// How a call ended.
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Ended {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("the output is text"),
            stderr: String::from_utf8(output.stderr).expect("the output is text"),
        }
    }
}

static COUNT: AtomicUsize = AtomicUsize::new(0);

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("bundle-cli-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("the temporary folder is writable");
        let project = Self { folder: fs::canonicalize(folder).expect("it was just made") };
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it lies in the project"))
            .expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        self.run_in("", arguments)
    }

    fn run_in(&self, folder: &str, arguments: &[&str]) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bundle"));
        Ended::of(
            command
                .args(arguments)
                .current_dir(self.path(folder))
                .output()
                .expect("the binary starts"),
        )
    }

    /// With something on standard input.
    fn run_given(&self, arguments: &[&str], text: &str) -> Ended {
        let file = self.folder.with_extension("given");
        fs::write(&file, text).expect("the file can be written");
        let given = fs::File::open(&file).expect("it was just written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_bundle"));
        let output = command.args(arguments).current_dir(&self.folder).stdin(given).output();
        fs::remove_file(&file).expect("it is still there");
        Ended::of(output.expect("the binary starts"))
    }

    fn run_ok(&self, arguments: &[&str]) -> Ended {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(0), "{arguments:?}\n{}", ended.stderr);
        ended
    }

    /// Returns the message of an unsuccessful call, which writes only to standard error and makes
    /// no file. Compiled modules are not outputs: the cache may keep them before the build is
    /// refused.
    fn refuse(&self, arguments: &[&str]) -> String {
        let is_kept = |path: &Path| path.starts_with(self.path("node_modules/.cache"));
        let seen =
            || self.files().into_iter().filter(|(path, _)| !is_kept(path)).collect::<Vec<_>>();
        let before = seen();
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(1), "{arguments:?}\n{}{}", ended.stdout, ended.stderr);
        assert_eq!(ended.stdout, "", "{arguments:?}");
        assert!(before == seen(), "{arguments:?}");
        ended.stderr
    }

    /// Every path below the project, with its contents.
    fn files(&self) -> Vec<(PathBuf, Option<Vec<u8>>)> {
        let mut found = Vec::new();
        list(&self.folder, &mut found);
        found.sort();
        found
    }

    fn names(&self) -> String {
        let files = self.files();
        let shown = files.iter().filter(|(_, bytes)| bytes.is_some());
        let name = |path: &Path| {
            path.strip_prefix(&self.folder).expect("it lies below").display().to_string()
        };
        shown.map(|(path, _)| name(path)).collect::<Vec<_>>().join(" ")
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn list(folder: &Path, found: &mut Vec<(PathBuf, Option<Vec<u8>>)>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            list(&path, found);
            found.push((path, None));
        } else {
            // A FIFO would keep us waiting.
            let is_file = fs::metadata(&path).is_ok_and(|it| it.is_file());
            let bytes = is_file.then(|| fs::read(&path).ok()).flatten();
            found.push((path, bytes));
        }
    }
}

fn codes(stderr: &str) -> String {
    let code = |line: &str| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned());
    let is_title = |line: &&str| line.starts_with("error[") || line.starts_with("warning[");
    stderr.lines().filter(is_title).filter_map(code).collect::<Vec<_>>().join(" ")
}

const MAIN: (&str, &str) = ("src/main.js", "console.log(1);\n");

#[test]
fn builds_an_entry_into_dist_and_says_so_on_standard_output() {
    let project = Project::new(&[MAIN]);
    let ended = project.run_ok(&["src/main.js"]);
    assert_eq!(ended.stderr, "");
    assert!(ended.stdout.starts_with("  dist/main.js  "), "{}", ended.stdout);
    assert!(project.read("dist/main.js").contains("console.log(1)"));
}

#[test]
fn production_is_minified_and_development_is_readable_with_a_map() {
    let files = [
        ("src/main.js", "import { price } from './price.js';\nconsole.log(price(2), price(3));\n"),
        (
            "src/price.js",
            "// What it costs.\nexport function price(amount) { return amount * 3; }\n",
        ),
    ];
    let project = Project::new(&files);
    let built = |flags: &[&str]| {
        let _ = fs::remove_dir_all(project.path("dist"));
        let said = project.run_ok(&[&["src/main.js"], flags].concat()).stdout;
        let kind = said.lines().last().unwrap_or_default().trim().to_owned();
        let script = project.read("dist/main.js");
        let is_minified = !script.contains("amount");
        assert_eq!(
            script.contains("sourceMappingURL"),
            project.path("dist/main.js.map").exists(),
            "{script}"
        );
        (is_minified, project.path("dist/main.js.map").exists(), kind)
    };
    let of = |is_minified, has_map, kind: &str| (is_minified, has_map, kind.to_owned());
    assert_eq!(built(&[]), of(true, false, "production build: minified, no source maps"));
    let development = of(false, true, "development build: not minified, source maps in files");
    assert_eq!(built(&["--mode", "development"]), development);
    // Each setting alone.
    assert_eq!(
        built(&["--no-minify"]),
        of(false, false, "production build: not minified, no source maps")
    );
    assert_eq!(
        built(&["--sourcemap"]),
        of(true, true, "production build: minified, source maps in files")
    );
    let small = of(true, false, "development build: minified, no source maps");
    assert_eq!(built(&["--mode", "development", "--minify", "--sourcemap", "none"]), small);
    let whole = of(true, false, "development build: minified as a whole, no source maps");
    assert_eq!(built(&["--mode", "development", "--minify=chunk"]), whole);
}

#[test]
fn sourcemap_without_a_value_is_a_file() {
    let project = Project::new(&[MAIN]);
    for arguments in [["--sourcemap", "src/main.js"], ["src/main.js", "--sourcemap"]] {
        let _ = fs::remove_dir_all(project.path("dist"));
        project.run_ok(&arguments);
        assert!(project.path("dist/main.js.map").exists(), "{arguments:?}");
    }
    let said = project.refuse(&["src/main.js", "--sourcemap", "inlin"]);
    assert!(codes(&said) == "unknown-value" && said.contains("did you mean \"inline\"?"), "{said}");
}

#[test]
fn build_is_the_default_command() {
    let project = Project::new(&[MAIN]);
    project.run_ok(&["build", "src/main.js", "--out-dir", "a"]);
    project.run_ok(&["--out-dir", "b", "src/main.js"]);
    assert_eq!(project.read("a/main.js"), project.read("b/main.js"));
}

#[test]
fn outputs_are_named_as_asked() {
    let project = Project::new(&[MAIN, ("src/admin/users.js", "console.log(2);")]);
    project.run_ok(&["app=src/main.js", "deep/er/admin=src/admin/users.js", "--out-dir", "out"]);
    project.run_ok(&["src/main.js", "src/admin/users.js", "--out-dir", "two"]);
    project.run_ok(&["src/main.js", "--out-file", "one/app.min.js"]);
    let expected = "one/app.min.js out/app.js out/deep/er/admin.js src/admin/users.js src/main.js \
                    two/main.js two/users.js";
    assert_eq!(project.names(), expected);
}

#[test]
fn areas_are_built_all_or_by_name() {
    let config = r#"{
        // paths are relative to root
        "root": "js", "outDir": "scripts",
        "areas": { "shop": "shop.js", "events": { "entry": "events/*/index.js" } },
    }"#;
    let files = [
        ("bundle.config.json", config),
        ("js/shop.js", "1"),
        ("js/events/a/index.js", "2"),
        ("js/events/b/index.js", "3"),
    ];
    let project = Project::new(&files);
    project.run_ok(&["events"]);
    assert!(
        project.names().ends_with("scripts/events/a.js scripts/events/b.js"),
        "{}",
        project.names()
    );
    project.run_ok(&[]);
    assert!(
        project.names().ends_with("scripts/events/a.js scripts/events/b.js scripts/shop.js"),
        "{}",
        project.names()
    );
    // From a folder inside of the project too.
    assert_eq!(project.run_in("js/events", &[]).code, Some(0));
    assert_eq!(project.run_in("js", &["--no-config"]).code, Some(1));
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let project = Project::new(&[
        MAIN,
        ("bundle.config.json", "{ \"outdir\": \"x\", \"areas\": {}, \"minify\": 1 }"),
    ]);
    let said = project.refuse(&[
        "src/mian.js",
        "--fromat",
        "esm",
        "--wathc",
        "--target",
        "es4",
        "--jobs",
        "0",
        "--define",
        "X",
    ]);
    let expected = "unknown-flag unknown-flag bad-jobs not-a-pair unknown-key config-type \
                    missing-entry bad-target";
    let mut found: Vec<_> = codes(&said).split(' ').map(str::to_owned).collect();
    let mut expected: Vec<_> = expected.split(' ').map(str::to_owned).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{said}");
    assert!(
        said.contains("did you mean --format?") && said.contains("did you mean --watch?"),
        "{said}"
    );
    assert!(said.contains("did you mean src/main.js?"), "{said}");
}

#[test]
fn unknown_flags_suggest_the_nearest_one() {
    let project = Project::new(&[MAIN]);
    for (flag, near) in [
        ("--outdir=x", "--out-dir"),
        ("--outfile=x", "--out-file"),
        ("--extern=x", "--external"),
        ("--globalName=x", "--global-name"),
        ("--source-map=x", "--sourcemap"),
    ] {
        let said = project.refuse(&["src/main.js", flag]);
        assert!(said.contains(&format!("did you mean {near}?")), "{said}");
        assert_eq!(codes(&said), "unknown-flag");
    }
    assert_eq!(codes(&project.refuse(&["src/main.js", "-x"])), "unknown-flag");
    assert_eq!(codes(&project.refuse(&["src/main.js", "--frobnicate", "3"])), "unknown-flag");
}

#[test]
fn arguments_that_cannot_be_read_say_so_in_our_words() {
    let project = Project::new(&[MAIN]);
    assert_eq!(codes(&project.refuse(&["src/main.js", "--target"])), "flag-without-value");
    assert_eq!(codes(&project.refuse(&["src/main.js", "--splitting=yes"])), "flag-with-value");
    for (command, parts) in [
        ("inspect", ["bundle inspect graph [ENTRY|AREA…]", "for example: bundle inspect config"]),
        (
            "inspect vue",
            ["bundle inspect vue FILE…", "for example: bundle inspect vue src/App.vue"],
        ),
        ("why", ["bundle why WHAT [ENTRY|AREA…]", "for example: bundle why lodash"]),
    ] {
        let said = project.refuse(&command.split(' ').collect::<Vec<_>>());
        assert!(
            codes(&said) == "bad-arguments" && parts.iter().all(|part| said.contains(part)),
            "{said}"
        );
    }
    let said = project.refuse(&["inspect", "grph"]);
    assert!(codes(&said) == "unknown-command" && said.contains("did you mean graph?"), "{said}");
    let said = project.refuse(&["inspct", "config"]);
    assert!(said.contains("did you mean the command `bundle inspect`?"), "{said}");
    assert_eq!(
        codes(&project.refuse(&["src/main.js", "--config", "a", "--no-config"])),
        "bad-arguments missing-config"
    );
    assert_eq!(codes(&project.refuse(&["src/main.js", "--log-format", "xml"])), "unknown-value");
    for jobs in ["0", "-1", "many", "1.5", ""] {
        assert_eq!(codes(&project.refuse(&["src/main.js", "--jobs", jobs])), "bad-jobs");
    }
}

#[test]
fn commands_of_other_tools() {
    let package = ("node_modules/serve/index.js", "module.exports = 1;\n");
    let project = Project::new(&[
        MAIN,
        package,
        ("node_modules/serve/package.json", "{ \"name\": \"serve\" }"),
    ]);
    for (words, meant) in [
        (&["watch"][..], "bundle --watch"),
        (&["watch", "src/main.js"], "bundle --watch src/main.js"),
        (&["serve"], "bundle --watch"),
        (&["dev"], "bundle --watch"),
        (&["start"], "bundle --watch"),
        (&["help"], "bundle --help"),
        (&["version"], "bundle --version"),
        (&["prod"], "bundle build"),
    ] {
        let said = project.refuse(words);
        assert!(
            codes(&said) == "unknown-command" && said.contains(&format!("did you mean `{meant}`?")),
            "{said}"
        );
    }
    // A file, or an area, is an entry still.
    project.write("watch.js", "console.log(1);\n");
    project.run_ok(&["watch"]);
    project.write("bundle.config.json", r#"{ "areas": { "dev": "src/main.js" } }"#);
    project.run_ok(&["dev"]);
}

#[test]
fn nothing_named_says_what_to_write() {
    let project = Project::new(&[MAIN]);
    let said = project.refuse(&[]);
    assert_eq!(codes(&said), "no-entry");
    assert!(said.contains("bundle src/main.js --out-dir dist"), "{said}");
}

#[test]
fn the_configuration_file() {
    let project = Project::new(&[
        MAIN,
        ("other.json", "{ \"areas\": { \"x\": \"src/main.js\" }, \"outDir\": \"o\" }"),
    ]);
    project.run_ok(&["--config", "other.json"]);
    assert!(project.path("o/x.js").exists());
    // As a program hands it over, `npm/bundle`.
    let given = project.run_given(&["--config", "-"], r#"{ "areas": { "given": "src/main.js" } }"#);
    assert!(given.code == Some(0) && project.path("dist/given.js").exists(), "{}", given.stderr);
    let wrong = project.run_given(&["--config", "-"], "{\n  \"aeras\": {} }").stderr;
    assert!(wrong.contains("error[unknown-key]") && wrong.contains("--> <config>:2:3"), "{wrong}");
    let said = project.refuse(&["--config", "othr.json"]);
    assert!(
        codes(&said) == "missing-config" && said.contains("did you mean other.json?"),
        "{said}"
    );
    project.write(
        "bundle.config.json",
        "{\n  \"areas\": { \"x\": \"src/main.js\" }\n  \"outDir\": \"o\"\n}\n",
    );
    let said = project.refuse(&[]);
    assert!(
        said.contains("error[broken-json]") && said.contains("--> bundle.config.json:2:"),
        "{said}"
    );
    project.write("bundle.config.json", "");
    assert_eq!(codes(&project.refuse(&["src/main.js"])), "broken-json");
    project.run_ok(&["src/main.js", "--no-config"]);
}

#[test]
fn flags_beat_the_file_and_the_file_package_json() {
    let package = ("package.json", "{ \"name\": \"shop\", \"browserslist\": \"chrome 100\" }");
    let config =
        ("bundle.config.json", "{ \"areas\": { \"x\": \"src/main.js\" }, \"target\": \"es2017\" }");
    let project = Project::new(&[MAIN, package, config]);
    let target = |arguments: &[&str]| {
        let ended = project.run_ok(&[&["inspect", "config", "--json"], arguments].concat());
        let config: serde_json::Value = serde_json::from_str(&ended.stdout).expect("it is JSON");
        assert_eq!(config["name"], "shop");
        config["script"]["target"].to_string()
    };
    assert_eq!(target(&[]), "\"es2017\"");
    assert_eq!(target(&["--target", "es2020"]), "\"es2020\"");
    assert!(target(&["--no-config", "src/main.js"]).contains("chrome"));
}

#[test]
fn inspect_config_is_text_or_json() {
    let project = Project::new(&[MAIN]);
    let text = project.run_ok(&["inspect", "config", "src/main.js"]).stdout;
    assert!(
        text.contains("output.format: iife\n") && text.contains("entries.0.name: main\n"),
        "{text}"
    );
    assert_eq!(codes(&project.refuse(&["inspect", "config", "src/none.js"])), "missing-entry");
    assert_eq!(project.names(), "src/main.js");
}

#[test]
fn explain() {
    let project = Project::new(&[]);
    let text = project.run_ok(&["explain", "missing-export"]).stdout;
    assert!(text.starts_with("missing-export\n\n"), "{text}");
    assert_eq!(text, project.run_ok(&["explain", "error[missing-export]"]).stdout);
    let all = project.run_ok(&["explain"]).stdout;
    assert!(all.lines().count() > 50 && all.contains("\n  unknown-key "), "{all}");
    let group = |name: &str| {
        all.lines().position(|line| line == name).unwrap_or_else(|| panic!("{name}: {all}"))
    };
    assert!(
        group("The configuration") < group("Stylesheets")
            && group("Stylesheets") < group("Components of Vue")
    );
    let said = project.refuse(&["explain", "missing-exports"]);
    assert!(
        codes(&said) == "unknown-code" && said.contains("`bundle explain missing-export`"),
        "{said}"
    );
}

#[test]
fn only_known_codes_can_be_silenced() {
    let config = "{ \"areas\": { \"x\": \"src/main.js\" }, \"silence\": [\"direct-evil\", \
                  \"dynamic-require\"] }";
    let project = Project::new(&[MAIN, ("bundle.config.json", config)]);
    let said = project.refuse(&[]);
    assert!(
        codes(&said) == "unknown-code" && said.contains("did you mean \"direct-eval\"?"),
        "{said}"
    );
}

#[test]
fn help_and_version_go_to_standard_output() {
    let project = Project::new(&[]);
    let help = project.run_ok(&["--help"]).stdout;
    for flag in
        ["--out-dir", "--external", "--target", "--define", "--metafile", "--watch", "--log-format"]
    {
        assert!(help.contains(flag), "{flag}");
    }
    for group in ["Output:", "Input and target:", "Running:", "Reports:", "Examples:"] {
        assert!(help.lines().any(|line| line == group), "{group} is not in\n{help}");
    }
    assert_eq!(help.lines().filter(|line| line.starts_with("  bundle ")).count(), 3, "{help}");
    let described = include_str!("../docs/config.md");
    let flags = help
        .split_whitespace()
        .filter(|word| word.starts_with("--") && !["--help", "--version"].contains(word));
    for flag in flags.map(|flag| flag.split(['[', ']', ',']).next().unwrap_or(flag)) {
        assert!(described.contains(&format!("`{flag}")), "docs/config.md does not mention {flag}");
    }
    assert!(project.run_ok(&["--version"]).stdout.starts_with("bundle "));
}

#[test]
fn json_lines() {
    let project = Project::new(&[MAIN]);
    let said = project.refuse(&["src/mian.js", "--log-format", "json", "--targt", "es5"]);
    let lines: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("each is JSON")).collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert_eq!(lines[0]["code"], "unknown-flag");
    assert_eq!(
        (&lines[1]["code"], &lines[1]["fix"]["message"]),
        (&"missing-entry".into(), &"did you mean src/main.js?".into())
    );
    let ended = project.run_ok(&["src/main.js", "--log-format=json"]);
    let lines: Vec<serde_json::Value> = ended
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("each is JSON"))
        .collect();
    let [output, kind, costs] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!((&output["output"], &output["changed"]), (&"dist/main.js".into(), &true.into()));
    assert_eq!(
        *kind,
        serde_json::json!({ "mode": "production", "minify": true, "sourcemap": "none" })
    );
    let phases: Vec<&String> = costs["phases"].as_object().expect("an object").keys().collect();
    assert_eq!(phases, ["scan", "link", "chunk", "render", "emit", "write"]);
    assert!(costs["phases"]["scan"].as_f64().is_some_and(|cost| cost > 0.0), "{costs}");
    assert_eq!(costs["counts"]["loaded"], 1);
    let count = |name: &str| costs["counts"][name].as_u64().unwrap_or_else(|| panic!("{costs}"));
    assert!(count("parsedBytes") >= MAIN.1.len() as u64, "{costs}");
    assert!(count("avoided") < 10, "a folder with one file needs few questions: {costs}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_printed_is_an_error() {
    let project = Project::new(&[MAIN]);
    for asked in [&["explain"][..], &["inspect", "config", "src/main.js"], &["--help"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let mut command = Command::new(env!("CARGO_BIN_EXE_bundle"));
        let started = command
            .args(asked)
            .current_dir(project.path(""))
            .stdout(full)
            .stderr(std::process::Stdio::piped())
            .spawn();
        let ended = started.and_then(std::process::Child::wait_with_output).expect("it starts");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(
            !ended.status.success() && said.contains("error[unprintable]"),
            "{asked:?}: {said}"
        );
    }
}

#[test]
fn people_are_shown_the_first_of_very_many_mistakes() {
    let areas: Vec<String> = (0..150).map(|n| format!("\"a{n}\": \"none{n}.js\"")).collect();
    let config = format!("{{ \"areas\": {{ {} }} }}", areas.join(", "));
    let project = Project::new(&[("bundle.config.json", &config)]);
    let said = project.refuse(&[]);
    assert_eq!(said.matches("error[missing-entry]").count(), 100);
    assert!(said.ends_with("… and 50 more, which --log-format json shows\n"), "{said}");
    assert_eq!(project.refuse(&["--log-format", "json"]).lines().count(), 150);
}

#[test]
fn an_output_that_would_not_change_is_left_alone() {
    let project = Project::new(&[MAIN]);
    project.run_ok(&["src/main.js"]);
    let changed = || {
        fs::metadata(project.path("dist/main.js"))
            .expect("it was written")
            .modified()
            .expect("it is known")
    };
    let before = changed();
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert!(project.run_ok(&["src/main.js"]).stdout.contains("unchanged"));
    assert_eq!(before, changed());
    project.write("src/main.js", "console.log(2);\n");
    assert!(!project.run_ok(&["src/main.js"]).stdout.contains("unchanged"));
    assert_ne!(before, changed());
}

#[test]
fn sources_are_never_overwritten() {
    let project = Project::new(&[MAIN]);
    assert_eq!(
        codes(&project.refuse(&["src/main.js", "--out-dir", "src"])),
        "output-overwrites-input"
    );
    assert_eq!(
        codes(&project.refuse(&["src/main.js", "--out-file", "./src/../src/main.js"])),
        "output-overwrites-input"
    );
    assert_eq!(
        codes(&project.refuse(&["src/main.js", "--metafile", "src/main.js"])),
        "output-overwrites-input"
    );
    let imported =
        Project::new(&[("src/main.js", "import './b.js';"), ("src/b.js", "console.log(1);")]);
    assert_eq!(
        codes(&imported.refuse(&["src/main.js", "--out-file", "src/b.js"])),
        "output-overwrites-input"
    );
}

#[test]
fn the_metafile_goes_where_it_is_asked_for() {
    let project = Project::new(&[MAIN]);
    project.run_ok(&["src/main.js", "--metafile", "build/meta.json"]);
    let meta: serde_json::Value =
        serde_json::from_str(&project.read("build/meta.json")).expect("it is JSON");
    assert!(meta["inputs"].is_object() && meta["outputs"].is_object(), "{meta}");
}

#[test]
fn the_metafile_is_no_output_of_the_program() {
    let project = Project::new(&[MAIN]);
    assert_eq!(
        codes(&project.refuse(&["src/main.js", "--metafile", "dist/../dist/main.js"])),
        "duplicate-output"
    );
}

#[test]
fn names_that_no_file_can_have() {
    let project = Project::new(&[MAIN]);
    let long = format!("{}.js", "x".repeat(300));
    assert_eq!(codes(&project.refuse(&["src/main.js", "--out-file", &long])), "not-written");
    let fits = format!("{}.js", "x".repeat(250));
    project.run_ok(&["src/main.js", "--out-file", &fits]);
    assert_eq!(codes(&project.refuse(&["a?b=src/main.js"])), "bad-output-name");
}

#[test]
fn the_metafile_has_paths_from_the_working_directory() {
    let config = "{ \"outDir\": \"scripts\", \"areas\": { \"x\": \"src/main.js\" } }";
    let project = Project::new(&[MAIN, ("bundle.config.json", config)]);
    assert_eq!(project.run_in("src", &["--metafile", "meta.json"]).code, Some(0));
    let meta: serde_json::Value =
        serde_json::from_str(&project.read("src/meta.json")).expect("it is JSON");
    assert!(meta["inputs"]["main.js"].is_object(), "{meta}");
}

#[test]
fn the_metafile_names_outputs_outside_from_the_working_directory() {
    let files = [
        ("src/a.js", "import { s } from './shared.js';\nconsole.log(s, import('./late.js'));\n"),
        ("src/b.js", "import { s } from './shared.js';\nconsole.log(s);\nimport './b.css';\n"),
        ("src/b.css", "p { color: red }\n"),
        ("src/shared.js", "export const s = [1, 2, 3];\n"),
        ("src/late.js", "export const late = 1;\n"),
        (
            "other/bundle.config.json",
            r#"{ "areas": { "a": "../src/a.js", "b": "../src/b.js" }, "outDir": "../out", "minify": false }"#,
        ),
    ];
    let project = Project::new(&files);
    let outputs = |arguments: &[&str]| {
        let ended = project.run_in("src", arguments);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let meta: serde_json::Value =
            serde_json::from_str(&project.read("src/meta.json")).expect("it is JSON");
        let outputs = meta["outputs"].as_object().expect("an object").clone();
        for (name, output) in &outputs {
            let path = project.path("src").join(name);
            assert!(path.exists(), "{name} is not the way from the working directory");
            let imports =
                output["imports"].as_array().expect("a list").iter().map(|import| &import["path"]);
            for path in imports.chain(output.get("cssBundle")) {
                assert!(outputs.contains_key(path.as_str().unwrap_or_default()), "{name}: {path}");
            }
        }
        let _ = fs::remove_dir_all(project.path("out"));
        let is_map =
            |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "map");
        let mut names: Vec<&str> =
            outputs.keys().map(String::as_str).filter(|name| !is_map(name)).collect();
        names.sort_unstable();
        names.join(" ")
    };
    let flags = [
        "a.js",
        "b.js",
        "--out-dir",
        "../out",
        "--splitting",
        "--metafile",
        "meta.json",
        "--sourcemap",
    ];
    let named = outputs(&flags);
    let expected =
        "../out/a.js ../out/b.css ../out/b.js ../out/chunks/late.js ../out/chunks/shared~a+b.js";
    assert_eq!(named, expected);
    // The project is another folder than the working directory, and nothing is written yet.
    let named = outputs(&["--config", "../other/bundle.config.json", "--metafile", "meta.json"]);
    assert_eq!(named, expected);
}

#[test]
fn an_exact_name_has_an_id_in_manifests_and_no_hash() {
    let config = r#"{ "areas": { "app": "src/main.js", "more": { "entry": "src/more.js" } }, "hash": true, "manifest": ["entrypoints", "mix"] }"#;
    let project =
        Project::new(&[MAIN, ("src/more.js", "console.log(2);\n"), ("bundle.config.json", config)]);
    let said = project.run_ok(&[]).stderr;
    assert_eq!(codes(&said), "exact-name");
    assert!(
        said.contains("the area \"app\" is") && said.contains(r#"{ "entry": "src/main.js" }"#),
        "{said}"
    );
    let (ours, mix) =
        (project.read("dist/entrypoints.json"), project.read("dist/mix-manifest.json"));
    assert!(ours.contains("\"app.js?id=") && !ours.contains("\"more.js"), "{ours}");
    assert!(mix.contains("\"/app.js?id=") && mix.contains("\"/more.js\": \"/more."), "{mix}");
    // Asked for by the names of files, in full, or not at all: nothing to say.
    assert_eq!(project.run_ok(&["more"]).stderr, "");
    assert_eq!(project.run_ok(&["app", "--out-file", "one.js"]).stderr, "");
    assert_eq!(project.run_ok(&["x=src/main.js", "--out-dir", "x"]).stderr, "");
}

#[test]
fn what_outputs_import_is_written() {
    let page =
        |name: &'static str| (name, "import './both.css'; import { log } from './log.js'; log();");
    let config = "{ \"areas\": { \"x\": \"x.js\", \"y\": \"y.js\", \"z\": \"log.js\" }, \
                  \"format\": \"esm\", \"target\": \"es2020\" }";
    let log = ("log.js", "export function log() { console.log(1); }");
    let files = [
        page("x.js"),
        page("y.js"),
        log,
        ("both.css", "p { color: red }"),
        ("bundle.config.json", config),
    ];
    let project = Project::new(&files);
    project.run_ok(&["--mode", "production", "--metafile", "meta.json"]);
    let meta: serde_json::Value =
        serde_json::from_str(&project.read("meta.json")).expect("it is JSON");
    let outputs = meta["outputs"].as_object().expect("an object");
    for (name, output) in outputs {
        let imports = output["imports"].as_array().expect("a list").iter();
        let missing: Vec<_> = imports
            .filter(|import| !outputs.contains_key(import["path"].as_str().unwrap_or("")))
            .collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
    }
}

#[test]
fn a_file_in_the_way_of_a_folder() {
    let project = Project::new(&[MAIN, ("out", "a file")]);
    let said = project.refuse(&["src/main.js", "--out-dir", "out/js"]);
    assert!(
        codes(&said) == "not-written" && said.contains("a part of its path is a file"),
        "{said}"
    );
    fs::create_dir_all(project.path("dist/main.js")).expect("it can be made");
    assert_eq!(codes(&project.refuse(&["src/main.js"])), "output-is-directory");
    assert_eq!(
        codes(&project.refuse(&["src/main.js", "--out-file", "dist"])),
        "output-is-directory"
    );
}

#[test]
fn a_failing_build_leaves_no_folder_behind() {
    let project = Project::new(&[MAIN, ("deep/blocked", "a file"), ("src/other.js", "1")]);
    let said =
        project.refuse(&["new/er/a=src/main.js", "deep/blocked/b=src/other.js", "--out-dir", "."]);
    assert_eq!(codes(&said), "not-written", "{said}");
}

#[cfg(unix)]
#[path = "support/blocked.rs"]
mod blocked;

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_replaced_file_keeps_its_mode_and_a_link_its_place() {
        let project = Project::new(&[MAIN, ("web/main.js", "old")]);
        fs::set_permissions(project.path("web/main.js"), fs::Permissions::from_mode(0o640))
            .expect("it is ours");
        fs::create_dir(project.path("dist")).expect("it can be made");
        symlink("../web/main.js", project.path("dist/main.js")).expect("links can be made");
        project.run_ok(&["src/main.js"]);
        assert!(project.read("web/main.js").contains("console.log(1)"));
        let mode =
            fs::metadata(project.path("web/main.js")).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        let link = fs::symlink_metadata(project.path("dist/main.js")).expect("it is there");
        assert!(link.file_type().is_symlink());
    }

    #[test]
    fn a_new_file_has_the_mode_that_the_user_wants() {
        let project = Project::new(&[MAIN]);
        let binary = env!("CARGO_BIN_EXE_bundle");
        let script = format!("umask 027 && {binary} src/main.js");
        let status = Command::new("sh").args(["-c", &script]).current_dir(&project.folder).status();
        assert!(status.expect("there is a shell").success());
        let mode = fs::metadata(project.path("dist/main.js"))
            .expect("it was written")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[test]
    fn a_limited_or_full_disk_leaves_the_old_files() {
        let project = Project::new(&[MAIN, ("dist/main.js", "old"), ("dist/a.js", "old")]);
        project.write("src/main.js", &format!("console.log('{}');", "x".repeat(100_000)));
        project.write("src/a.js", "console.log(1);");
        let before = project.files();
        let binary = env!("CARGO_BIN_EXE_bundle");
        // A limit on file sizes is the disk that fills up on every machine.
        let script =
            format!("trap '' XFSZ; ulimit -f 8; {binary} src/a.js src/main.js --out-dir dist");
        let output = Command::new("bash")
            .args(["-c", &script])
            .current_dir(&project.folder)
            .output()
            .expect("there is bash");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert_eq!(codes(&said), "not-written", "{said}");
        assert_eq!(before, project.files());
    }

    #[test]
    fn special_files_are_no_entries() {
        let project = Project::new(&[MAIN]);
        let made = Command::new("mkfifo")
            .arg(project.path("src/pipe.js"))
            .status()
            .expect("mkfifo is there");
        assert!(made.success());
        let ended = project.run(&["src/pipe.js"]);
        assert_eq!((ended.code, codes(&ended.stderr).as_str()), (Some(1), "entry-not-a-file"));
    }

    #[test]
    fn a_device_is_never_replaced() {
        let project = Project::new(&[MAIN]);
        symlink("/dev/null", project.path("null.js")).expect("links can be made");
        assert_eq!(
            codes(&project.refuse(&["src/main.js", "--out-file", "null.js"])),
            "not-written"
        );
        assert_eq!(
            codes(&project.refuse(&["src/main.js", "--metafile", "/dev/null"])),
            "not-written"
        );
    }

    #[test]
    fn a_reader_that_goes_away_is_no_crash() {
        let project = Project::new(&[]);
        let script = format!(
            "{} explain | head -n 1; echo ${{PIPESTATUS[0]}}",
            env!("CARGO_BIN_EXE_bundle")
        );
        let output = Command::new("bash")
            .args(["-c", &script])
            .current_dir(&project.folder)
            .output()
            .expect("there is bash");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.ends_with("\n0\n"), "{text}");
    }
}

#[test]
fn the_schema_knows_the_keys_that_the_tool_knows() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../npm/schema/bundle.config.schema.json"))
            .expect("it is JSON");
    let mut keys: Vec<&str> =
        schema["properties"].as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    let mut known = bundle_base::config::KEYS.to_vec();
    known.sort_unstable();
    assert_eq!(keys, known);
    let described = include_str!("../docs/config.md");
    for key in known {
        assert!(
            described.contains(&format!("`{key}`")) || key == "$schema",
            "docs/config.md does not mention {key}"
        );
    }
}

/// `--watch` in a process of its own, ended with it.
struct Watching {
    process: std::process::Child,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Project {
    fn watch(&self, arguments: &[&str]) -> Watching {
        // Clocks of file systems are coarse: a file of the last 10 ms counts as changed since the
        // start.
        std::thread::sleep(std::time::Duration::from_millis(20));
        let mut command = Command::new(env!("CARGO_BIN_EXE_bundle"));
        let log = |name: &str| fs::File::create(self.path(name)).expect("the file can be made");
        command
            .args(arguments)
            .arg("--watch")
            .current_dir(&self.folder)
            .stdin(std::process::Stdio::null());
        command.stdout(log("stdout.txt")).stderr(log("stderr.txt"));
        Watching { process: command.spawn().expect("the binary starts") }
    }

    /// Waits until a file says this.
    fn wait_for(&self, path: &str, is_it: impl Fn(&str) -> bool) {
        let begin = std::time::Instant::now();
        let mut found = String::new();
        while begin.elapsed().as_secs() < 60 {
            found = fs::read_to_string(self.path(path)).unwrap_or_default();
            if is_it(&found) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let (out, err) = (self.read("stdout.txt"), self.read("stderr.txt"));
        panic!("{path} stays as it is:\n{found}\n{out}\n{err}");
    }
}

#[test]
fn watching_rebuilds_recovers_and_follows_new_files() {
    let config = |target: &str| {
        format!(
            "{{ \"areas\": {{ \"a\": \"src/a.js\", \"p\": {{ \"entry\": \"pages/*/index.js\" }} \
             }}, \"outDir\": \"out\", \"target\": \"{target}\" }}"
        )
    };
    let project = Project::new(&[
        ("src/a.js", "import { b } from './b.js';\nconsole.log((() => b)());\n"),
        ("src/b.js", "export const b = 'first';\n"),
        ("pages/one/index.js", "console.log('one');\n"),
        ("bundle.config.json", &config("es5")),
    ]);
    let mut watching = project.watch(&[]);
    project.wait_for("stdout.txt", |said| said.contains("watching"));
    assert!(project.read("out/a.js").contains("first"));
    let untouched = fs::metadata(project.path("out/p/one.js"))
        .and_then(|found| found.modified())
        .expect("it is there");

    // An edit, and saving by rename.
    project.write("src/b.js", "export const b = 'second';\n");
    project.wait_for("out/a.js", |text| text.contains("second"));
    project.write("src/b.js.tmp", "export const b = 'third';\n");
    fs::rename(project.path("src/b.js.tmp"), project.path("src/b.js")).expect("both are here");
    project.wait_for("out/a.js", |text| text.contains("third"));
    project.wait_for("stdout.txt", |said| said.contains("rebuilt out/a.js in "));

    // A mistake keeps the last good output; correcting it is enough.
    project.write("src/b.js", "export const b = ;\n");
    project.wait_for("stdout.txt", |said| said.contains("the last good outputs are kept"));
    assert!(project.read("out/a.js").contains("third"));
    assert!(project.read("stderr.txt").contains("src/b.js:1:18"), "{}", project.read("stderr.txt"));
    project.write("src/b.js", "import { c } from './new/c.js';\nexport const b = c;\n");
    project.wait_for("stderr.txt", |said| said.contains("./new/c.js"));
    project.write("src/new/c.js", "export const c = 'fourth';\n");
    project.wait_for("out/a.js", |text| text.contains("fourth"));

    // A folder that the configuration's pattern matches, and another configuration.
    project.write("pages/two/index.js", "console.log('two');\n");
    project.wait_for("out/p/two.js", |text| text.contains("two"));
    let now = fs::metadata(project.path("out/p/one.js"))
        .and_then(|found| found.modified())
        .expect("it is there");
    assert_eq!(untouched, now, "an output with the same bytes is not written again");
    project.write("bundle.config.json", "{ \"areas\": ");
    project.wait_for("stderr.txt", |said| said.contains("bundle.config.json:1"));
    project.write("bundle.config.json", &config("es2020"));
    project.wait_for("out/a.js", |text| text.contains("()=>"));
    assert_eq!(
        watching.process.try_wait().expect("it can be asked"),
        None,
        "standard input was closed from the start"
    );
}

#[test]
fn watching_waits_for_a_configuration_that_is_broken_at_the_start() {
    let project = Project::new(&[
        ("a.js", "console.log('first');\n"),
        ("bundle.config.json", "{ \"areas\": "),
    ]);
    let mut watching = project.watch(&[]);
    project.wait_for("stdout.txt", |said| {
        said.contains("nothing is written until this is corrected\n  watching;")
    });
    assert!(
        project.read("stderr.txt").contains("bundle.config.json:1"),
        "{}",
        project.read("stderr.txt")
    );
    project.write(
        "bundle.config.json",
        "{ \"areas\": { \"a\": \"mising.js\" }, \"outDir\": \"out\" }",
    );
    project.wait_for("stderr.txt", |said| said.contains("mising.js"));
    project.write("bundle.config.json", "{ \"areas\": { \"a\": \"a.js\" }, \"outDir\": \"out\" }");
    project.wait_for("stdout.txt", |said| said.contains("  corrected: rebuilt out/a.js"));
    project.write("a.js", "console.log('second');\n");
    project.wait_for("out/a.js", |text| text.contains("second"));
    assert_eq!(watching.process.try_wait().expect("it can be asked"), None);
}

#[test]
fn watching_ends_where_nothing_can_be_waited_for() {
    let wrong: [&[&str]; 4] =
        [&[], &["--config", "missing.json"], &["missing.js"], &["--frobnicate"]];
    for arguments in wrong {
        let project = Project::new(&[("a.js", "console.log('first');\n")]);
        let mut watching = project.watch(arguments);
        assert_eq!(watching.process.wait().expect("it ends").code(), Some(1), "{arguments:?}");
        assert!(project.read("stderr.txt").contains("error["), "{arguments:?}");
    }
}

/// Two warnings that stay, and one that comes with an edit.
#[test]
fn watching_says_a_warning_once_and_errors_last() {
    let open = |name: &str| format!("export const {name} = require(location.{name});\n");
    let project = Project::new(&[
        ("main.js", "import './a.js';\nimport './b.js';\nconsole.log('first');\n"),
        ("a.js", &open("a")),
        ("b.js", &open("b")),
    ]);
    let _watching = project.watch(&["main.js", "--out-dir", "out"]);
    let warnings = || project.read("stderr.txt").matches("warning[").count();
    project.wait_for("stdout.txt", |said| said.contains("watching"));
    assert_eq!(warnings(), 2, "{}", project.read("stderr.txt"));
    project.write("main.js", "import './a.js';\nimport './b.js';\nconsole.log('second');\n");
    project.wait_for("stdout.txt", |said| {
        said.contains("rebuilt out/main.js in") && said.contains("; 2 warnings as before\n")
    });
    // The line moves; it is the same warning.
    project.write("a.js", &format!("console.log('moved');\n{}", open("a")));
    project.wait_for("out/main.js", |text| text.contains("moved"));
    assert_eq!(warnings(), 2, "{}", project.read("stderr.txt"));
    // A mistake, and a new warning before it.
    project.write("b.js", &format!("{}{}", open("b"), open("c")));
    project.write("main.js", "import './a.js';\nimport './b.js';\nimport './missing.js';\n");
    project.wait_for("stdout.txt", |said| said.contains("the last good outputs are kept"));
    let said = project.read("stderr.txt");
    let last = said.rfind("error[").expect("the mistake is said");
    assert!(said[last..].contains("missing.js") && !said[last..].contains("warning["), "{said}");
    project.write("main.js", "import './a.js';\nimport './b.js';\nconsole.log('third');\n");
    project.wait_for("stdout.txt", |said| said.contains("corrected: rebuilt out/main.js"));
    let said = warnings();
    project.write("main.js", "import './a.js';\nimport './b.js';\nconsole.log('fourth');\n");
    project.wait_for("out/main.js", |text| text.contains("fourth"));
    assert_eq!(warnings(), said, "{}", project.read("stderr.txt"));
}

/// On a terminal, which Python makes.
#[cfg(unix)]
#[test]
fn the_first_build_of_a_watcher_clears_its_line_before_it_speaks() {
    let project = Project::new(&[
        ("main.js", "import './a.less';\nrequire(location.a);\n"),
        ("a.less", "a { color: red }\n"),
        (
            "bundle.config.json",
            r#"{ "areas": { "a": "main.js" }, "outDir": "out",
            "preprocess": { "less": "sh slow.sh" } }"#,
        ),
        ("slow.sh", "sleep 2; cat\n"),
    ]);
    let mut command = Command::new("python3");
    command.args([
        "-c",
        "import pty, sys; pty.spawn(sys.argv[1:])",
        env!("CARGO_BIN_EXE_bundle"),
        "--watch",
    ]);
    let log = fs::File::create(project.path("said.txt")).expect("the file can be made");
    command
        .current_dir(&project.folder)
        .env("TERM", "xterm")
        .stdout(log)
        .stdin(std::process::Stdio::null());
    let _watching = Watching { process: command.spawn().expect("python3 starts") };
    project.wait_for("said.txt", |said| said.contains("watching;"));
    let said = project.read("said.txt");
    let line = said.rfind(" … ").expect("a line says what is done");
    let warning = said.find("dynamic-require").expect("the warning is said");
    assert!(line < warning, "the line is drawn after the warning:\n{said:?}");
    assert!(said[line..warning].contains("\u{1b}[2K"), "the line is not cleared:\n{said:?}");
}

#[test]
fn a_second_watcher_of_an_output_folder_ends_and_a_killed_one_is_in_nobodys_way() {
    let project = Project::new(&[("main.js", "console.log('first');\n")]);
    let first = project.watch(&["main.js", "--out-dir", "out"]);
    project.wait_for("stdout.txt", |said| said.contains("watching"));
    let second = project.refuse(&["main.js", "--watch", "--out-dir", "out"]);
    assert_eq!(codes(&second), "already-watched");
    assert!(
        second.contains(&format!(
            "process {} is already watching and writes into out",
            first.process.id()
        )),
        "{second}"
    );
    // `Child::kill` is what no process can prepare for.
    drop(first);
    let _third = project.watch(&["main.js", "--out-dir", "out"]);
    project.wait_for("stdout.txt", |said| said.contains("watching"));
}

/// Python is the terminal: it presses keys, and says what it reads, how it ended and what became of
/// the terminal's mode.
#[cfg(unix)]
const TERMINAL: &str = r#"
import os, pty, sys, termios
def until(word):
    read = b""
    while word not in read:
        read += os.read(terminal, 4096)
    return read.decode()
def mode():
    return termios.tcgetattr(terminal)[3] & (termios.ICANON | termios.ECHO)
process, terminal = pty.fork()
if process == 0:
    os.execv(sys.argv[1], sys.argv[1:])
until(b"q quits"); watching = mode()
open("main.js", "w").write("console.log(;\n"); failed = until(b"q quits")
open("main.js", "w").write("console.log('second');\n"); mended = until(b"q quits")
os.write(terminal, b"r"); anew = until(b"q quits")
if sys.argv[-1] == "out-by-signal":
    os.kill(process, 15)
else:
    os.write(terminal, b"q")
_, status = os.waitpid(process, 0)
print(watching, mode() != 0, os.waitstatus_to_exitcode(status))
print(failed, mended, anew)
"#;

#[cfg(unix)]
#[test]
fn on_a_terminal_each_build_has_the_screen_and_keys_are_obeyed() {
    for (out, ended) in [("out", "0"), ("out-by-signal", "-15")] {
        let project = Project::new(&[("main.js", "console.log('first');\n")]);
        let mut command = Command::new("python3");
        command.args([
            "-c",
            TERMINAL,
            env!("CARGO_BIN_EXE_bundle"),
            "main.js",
            "--watch",
            "--out-dir",
            out,
        ]);
        let output = command
            .current_dir(&project.folder)
            .env("TERM", "xterm")
            .output()
            .expect("python3 starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            said.starts_with(&format!("0 True {ended}\n")),
            "{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let screens: Vec<&str> = said.split("\u{1b}[H\u{1b}[J").skip(1).collect();
        let expected = ["syntax-error", "corrected: rebuilt", "everything is rebuilt"];
        assert_eq!(screens.len(), 3, "{said}");
        for (screen, part) in screens.iter().zip(expected) {
            assert!(screen.contains(part), "{screen}");
        }
        assert!(
            screens[0].contains("changed: main.js")
                && screens[1].contains(&format!("{out}/main.js  ")),
            "{said}"
        );
    }
}

#[test]
fn an_interval_of_polling_is_carried_out_and_said() {
    let config = |poll: &str| {
        format!(
            "{{ \"areas\": {{ \"a\": \"a.js\" }}, \"outDir\": \"out\", \"watch\": {{ \"poll\": \
             {poll} }} }}"
        )
    };
    let project =
        Project::new(&[("a.js", "console.log('first');\n"), ("bundle.config.json", &config("50"))]);
    let _watching = project.watch(&[]);
    project.wait_for("stdout.txt", |said| {
        said.contains("polling files every 50 ms, because `watch.poll` is set\n  watching;")
    });
    project.write("a.js", "import './new/b.js';\nconsole.log('second');\n");
    project.wait_for("stderr.txt", |said| said.contains("./new/b.js"));
    project.write("new/b.js", "console.log('third');\n");
    project.wait_for("out/a.js", |text| text.contains("third"));
    // Another answer counts at once.
    project.write("bundle.config.json", &config("false"));
    project.wait_for("stdout.txt", |said| said.matches("rebuilt").count() > 1);
    project.write("new/b.js", "console.log('fourth');\n");
    project.wait_for("out/a.js", |text| text.contains("fourth"));
}

const PAGES: &[(&str, &str)] = &[
    ("src/pages/cart.js", "import { sum } from '../sum.js';\nlog(sum(1));\n"),
    ("src/sum.js", "export function sum(n) { return n; }\n"),
];

/// A source map's text and the script that goes with it.
fn with_map(project: &Project, script: &str, map: &str) -> (String, serde_json::Value) {
    (project.read(script), serde_json::from_str(&project.read(map)).expect("a map is JSON"))
}

#[test]
fn source_maps_lie_beside_their_scripts_and_name_their_sources_from_there() {
    let project = Project::new(PAGES);
    project.run_ok(&[
        "shop/cart=src/pages/cart.js",
        "--out-dir",
        "public",
        "--sourcemap",
        "file",
        "--metafile",
        "meta.json",
    ]);
    let (script, map) = with_map(&project, "public/shop/cart.js", "public/shop/cart.js.map");
    assert!(script.ends_with("})();\n//# sourceMappingURL=cart.js.map\n"), "{script}");
    assert_eq!(map["file"], "cart.js");
    assert_eq!(map["sources"], serde_json::json!(["../../src/pages/cart.js", "../../src/sum.js"]));
    assert_eq!(map["sourcesContent"], serde_json::json!([PAGES[0].1, PAGES[1].1]));
    let metafile: serde_json::Value =
        serde_json::from_str(&project.read("meta.json")).expect("the metafile is JSON");
    let output = &metafile["outputs"]["public/shop/cart.js.map"];
    assert_eq!(output["bytes"], project.read("public/shop/cart.js.map").len());
    assert_eq!(metafile["outputs"]["public/shop/cart.js"]["bytes"], script.len());
}

#[test]
fn hidden_and_inline_source_maps() {
    let project = Project::new(PAGES);
    project.run_ok(&["src/pages/cart.js", "--out-dir", "hidden", "--sourcemap=hidden"]);
    let (hidden, map) = with_map(&project, "hidden/cart.js", "hidden/cart.js.map");
    assert!(!hidden.contains("sourceMappingURL"), "{hidden}");
    project.run_ok(&["src/pages/cart.js", "--out-dir", "inline", "--sourcemap=inline"]);
    let inline = project.read("inline/cart.js");
    assert!(!project.path("inline/cart.js.map").exists());
    let comment = inline.strip_prefix(&hidden).expect("the same script, and a comment");
    let begin = "//# sourceMappingURL=data:application/json;charset=utf-8;base64,";
    assert!(comment.starts_with(begin) && comment.is_ascii(), "{comment}");
    project.run_ok(&["src/pages/cart.js", "--out-dir", "none"]);
    assert_eq!(project.read("none/cart.js"), hidden);
    assert_eq!(map["sources"], serde_json::json!(["../src/pages/cart.js", "../src/sum.js"]));
}

#[test]
fn source_maps_in_a_folder_of_their_own() {
    let project = Project::new(PAGES);
    let config = |more: &str| {
        format!(
            r#"{{ "areas": {{ "shop/größe 1": "src/pages/cart.js" }}, "outDir": "public/js", "sourcemapDir": "maps", {more} }}"#
        )
    };
    project.write("bundle.config.json", &config(r#""sourcemap": true, "sourcesContent": false"#));
    project.run_ok(&[]);
    let (script, map) = with_map(&project, "public/js/shop/größe 1.js", "maps/shop/größe 1.js.map");
    let comment = "\n//# sourceMappingURL=../../../maps/shop/gr%C3%B6%C3%9Fe%201.js.map\n";
    assert!(script.ends_with(comment), "{script}");
    assert_eq!(map["sources"], serde_json::json!(["../../src/pages/cart.js", "../../src/sum.js"]));
    assert_eq!(map["sourcesContent"], serde_json::Value::Null);
    project.write("bundle.config.json", &config(r#""sourcemap": "hidden""#));
    project.run_ok(&[]);
    let (script, map) = with_map(&project, "public/js/shop/größe 1.js", "maps/shop/größe 1.js.map");
    assert!(!script.contains("sourceMappingURL"), "{script}");
    assert_eq!(map["sourcesContent"][0], PAGES[0].1);
}

#[test]
fn source_maps_outside_the_project_do_not_tell_where_it_is() {
    let project = Project::new(&[("work/main.js", "log(1);\n"), ("work/bundle.config.json", "{}")]);
    let ended =
        project.run_in("work", &["main.js", "--out-dir", "../elsewhere", "--sourcemap", "file"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let (_, map) = with_map(&project, "elsewhere/main.js", "elsewhere/main.js.map");
    assert_eq!(map["sources"], serde_json::json!(["main.js"]));
}

/// Pages ask for a stylesheet by what it contains.
#[test]
fn a_stylesheet_changes_with_its_parts() {
    let rules = |top: usize| {
        let rule = |at| format!(".a{at} {{ top: {}px }}\n", if at == 0 { top } else { at });
        (0..4200).map(rule).collect::<String>()
    };
    let project = Project::new(&[("app.css", &rules(1))]);
    let built = || {
        project.run_ok(&["app.css", "--out-dir", "out"]);
        project.read("out/app.css")
    };
    let before = built();
    assert!(before.starts_with("@import \"app.1.css?"), "{}", &before[..40]);
    assert_eq!(built(), before);
    project.write("app.css", &rules(7));
    assert_ne!(built(), before);
}

/// As sass-loader and Vite do: the package.json names no stylesheet.
#[test]
fn addresses_of_sass_may_begin_at_the_root_of_the_project() {
    let project = Project::new(&[
        ("package.json", "{}"),
        ("theme/_colors.scss", "$ink: #123456;\n"),
        ("theme/plain.css", ".plain { margin: 1px; }\n"),
        (
            "src/main.scss",
            "@use '/theme/colors';\n@use '/theme/plain.css';\n.card { color: colors.$ink; }\n",
        ),
    ]);
    project.run_ok(&["src/main.scss"]);
    let css = project.read("dist/main.css");
    assert!(css.contains(".plain{margin:1px}") && css.contains("#123456"), "{css}");
}

#[test]
fn an_alias_of_sass_may_be_a_folder_with_a_package_json() {
    let project = Project::new(&[
        ("src/app.scss", "@use \"@lib\" as lib; a { color: lib.$color }"),
        ("lib/package.json", "{ \"main\": \"build.js\" }"),
        ("lib/build.js", ""),
        ("lib/_index.scss", "$color: red;"),
    ]);
    project.run_ok(&["src/app.scss", "--alias", "@lib=./lib", "--no-config", "--out-dir", "out"]);
    assert!(project.read("out/app.css").contains("red"));
}
