//! What builds keep in `node_modules/.cache/bundle` for each other, through the real binary: that
//! it is used, wherever the project is, and that nothing that may have happened to it changes what
//! is written.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, SystemTime},
};

use serde_json::Value;

use super::{Project, codes};

/// An entry, a component with a stylesheet, partials, a package, a folder of modules.
const PAGE: &[(&str, &str)] = &[
    ("bundle.config.json", r#"{ "areas": { "page": "src/page.js" }, "sourcemap": "file" }"#),
    (
        "src/page.js",
        "import pad from \"pad\";\nimport App from \"./App.vue\";\nconst all = \
         require.context(\"./parts\", false, /\\.js$/);\nconsole.log(pad(1), App, all.keys(), \
         process.env.NODE_ENV);\n",
    ),
    (
        "src/App.vue",
        "<template><p>{{ text }}</p></template>\n<script>\nexport default { data: () => ({ text: \
         'text' }) };\n</script>\n<style scoped lang=\"scss\">\n@use 'ink';\np { color: ink.$ink \
         }\n</style>\n",
    ),
    ("src/_ink.scss", "$ink: red;\n"),
    ("src/parts/one.js", "export default 1;\n"),
    ("node_modules/pad/package.json", r#"{ "name": "pad", "version": "1.2.3", "main": "pad.js" }"#),
    ("node_modules/pad/pad.js", "module.exports = function (n) { return \" \" + n; };\n"),
];

const FOLDER: &str = "node_modules/.cache/bundle";

/// What a build counts.
struct Counts {
    analysed: u64,
    rendered: u64,
    restored: u64,
}

/// Builds with these arguments. Nothing is said but what is counted.
fn build(project: &Project, arguments: &[&str]) -> Counts {
    let ended = project.run_ok(&[&["--log-format", "json"], arguments].concat());
    assert_eq!(ended.stderr, "");
    counts(&ended.stdout)
}

fn counts(stdout: &str) -> Counts {
    let last = stdout.lines().last().unwrap_or_default();
    let costs: Value =
        serde_json::from_str(last).unwrap_or_else(|error| panic!("{error}: {stdout}"));
    let count =
        |what: &str| costs["counts"][what].as_u64().unwrap_or_else(|| panic!("no {what}: {last}"));
    Counts { analysed: count("analysed"), rendered: count("rendered"), restored: count("restored") }
}

/// What a watcher's first build counts.
fn watched(project: &Project) -> Counts {
    let _watching = project.watch(&["--log-format", "json", "--mode", "development"]);
    project.wait_for("stdout.txt", |said| said.contains("\"watching\""));
    // It is kept behind the words.
    let is_kept = || {
        fs::read_dir(project.path(FOLDER)).is_ok_and(|files| {
            files
                .flatten()
                .any(|file| file.path().extension().is_some_and(|extension| extension == "pack"))
        })
    };
    let begin = SystemTime::now();
    while !is_kept() && begin.elapsed().is_ok_and(|waited| waited < Duration::from_mins(1)) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let said = project.read("stdout.txt");
    counts(&said[..said.find("{\"watching\"").expect("it was said")])
}

#[test]
fn a_watcher_begins_with_what_another_left() {
    let project = Project::new(PAGE);
    assert_eq!(watched(&project).restored, 0);
    let warm = watched(&project);
    assert!(warm.restored > 0);
    assert_eq!((warm.analysed, warm.rendered), (0, 0));
}

/// Every output, with its contents.
fn outputs(project: &Project) -> Vec<(PathBuf, Option<Vec<u8>>)> {
    let dist = project.path("dist");
    project.files().into_iter().filter(|(path, _)| path.starts_with(&dist)).collect()
}

/// The outputs as a build without a cache makes them.
fn clean(project: &Project) -> Vec<(PathBuf, Option<Vec<u8>>)> {
    assert_eq!(build(project, &["--no-cache"]).restored, 0);
    outputs(project)
}

/// Builds with the cache, and compares with a build without.
fn same(project: &Project) -> Counts {
    let counts = build(project, &[]);
    let with = outputs(project);
    assert!(with == clean(project), "other outputs with the cache");
    counts
}

/// The file of the cache, which is the only one.
fn pack(project: &Project) -> PathBuf {
    let found = fs::read_dir(project.path(FOLDER)).expect("there is a cache");
    let found: Vec<_> = found.map(|entry| entry.expect("it can be read").path()).collect();
    let [pack] = found.as_slice() else { panic!("{found:?}") };
    pack.clone()
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copied(&path, &target);
        } else {
            fs::copy(&path, target).expect("it can be copied");
        }
    }
}

#[test]
fn the_second_build_makes_nothing_again() {
    let project = Project::new(PAGE);
    let first = build(&project, &[]);
    assert!(first.analysed > 5 && first.rendered > 5 && first.restored == 0);
    let second = same(&project);
    assert!(second.restored > 10 && second.analysed + second.rendered == 0);
    project.write("src/parts/one.js", "export default 2;\n");
    let third = same(&project);
    assert_eq!((third.analysed, third.rendered), (1, 1));
}

#[test]
fn a_project_may_be_moved_with_its_cache() {
    let project = Project::new(PAGE);
    build(&project, &[]);
    let moved = Project::new(&[]);
    copied(&project.path(FOLDER), &moved.path("a/b").join(FOLDER));
    for (path, text) in PAGE {
        moved.write(&format!("a/b/{path}"), text);
    }
    let ended = moved.run_in("a/b", &["--log-format", "json"]);
    let counts = counts(&ended.stdout);
    assert!(counts.restored > 10 && counts.analysed + counts.rendered == 0, "{}", ended.stderr);
    assert_eq!(moved.read("a/b/dist/page.js"), project.read("dist/page.js"));
    assert_eq!(moved.read("a/b/dist/page.js.map"), project.read("dist/page.js.map"));
}

#[test]
fn whatever_changes_between_builds_is_in_the_outputs() {
    let project = Project::new(PAGE);
    build(&project, &[]);
    let changes: &[(&str, &str)] = &[
        ("src/_ink.scss", "$ink: blue;\n"),
        ("src/parts/two.js", "export default 2;\n"),
        ("src/ink.scss", "$ink: green;\n"),
        ("tsconfig.json", r#"{ "compilerOptions": { "paths": { "pad": ["./src/pad.js"] } } }"#),
        ("src/pad.js", "export default (n) => `${n}!`;\n"),
        ("package.json", r#"{ "sideEffects": false, "browserslist": ["chrome 100"] }"#),
        ("node_modules/vue/package.json", r#"{ "name": "vue", "version": "2.7.16" }"#),
        (
            "node_modules/pad/package.json",
            r#"{ "name": "pad", "version": "2.0.0", "main": "other.js" }"#,
        ),
        ("node_modules/pad/other.js", "module.exports = function () { return \"other\"; };\n"),
        (
            "bundle.config.json",
            r#"{ "areas": { "page": "src/page.js" }, "define": { "process.env.NODE_ENV": "\"test\"" } }"#,
        ),
    ];
    for (path, text) in changes {
        fs::remove_file(project.path("src/_ink.scss")).unwrap_or_default();
        if *path != "src/ink.scss" && !project.path("src/ink.scss").exists() {
            project.write("src/_ink.scss", "$ink: red;\n");
        }
        project.write(path, text);
        same(&project);
    }
    fs::remove_file(project.path("src/parts/one.js")).expect("it was there");
    same(&project);
}

#[test]
fn damage_is_reported_once_and_mended() {
    let project = Project::new(PAGE);
    build(&project, &[]);
    let pack = pack(&project);
    let (good, wanted) = (fs::read(&pack).expect("it was written"), clean(&project));
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 4;
        bytes
    };
    let damaged = [
        Vec::new(),
        b"something else, as long as this".repeat(100),
        good[..good.len() / 2].to_vec(),
        good[..good.len() - 1].to_vec(),
        [good.as_slice(), b"more"].concat(),
        flipped(30),
        flipped(100),
        flipped(good.len() - 1),
    ];
    for (index, bytes) in damaged.into_iter().enumerate() {
        fs::write(&pack, bytes).expect("it is ours");
        let ended = project.run_ok(&[]);
        assert_eq!(codes(&ended.stderr), "damaged-cache", "{index}: {}", ended.stderr);
        assert!(outputs(&project) == wanted, "{index}");
        assert_eq!(build(&project, &[]).analysed, 0, "{index}: it is mended");
    }
    let mut later = good;
    later[7] += 1;
    fs::write(&pack, later).expect("it is ours");
    assert_eq!(build(&project, &[]).restored, 0, "another version is no damage");
    assert_eq!(build(&project, &[]).analysed, 0, "and gives way");
}

#[test]
fn what_cannot_be_read_or_written_is_done_without() {
    let project = Project::new(PAGE);
    build(&project, &[]);
    let (pack, wanted) = (pack(&project), clean(&project));
    fs::remove_file(&pack).expect("it was there");
    fs::create_dir(&pack).expect("there is room");
    let ended = project.run_ok(&[]);
    assert_eq!(codes(&ended.stderr), "damaged-cache");
    assert!(outputs(&project) == wanted);
    assert_eq!(
        fs::read_dir(project.path(FOLDER)).expect("it is there").count(),
        1,
        "nothing unfinished stays"
    );
    fs::remove_dir_all(project.path("node_modules/.cache")).expect("it is ours");
    build(&project, &[]);
    fs::remove_file(&pack).expect("it was written");
    assert!(Command::new("mkfifo").arg(&pack).status().is_ok_and(|status| status.success()));
    assert_eq!(
        codes(&project.run_ok(&[]).stderr),
        "damaged-cache",
        "nobody waits for who might write"
    );
    assert!(build(&project, &[]).restored > 0, "it gave way");
    fs::remove_dir_all(project.path("node_modules/.cache")).expect("it is ours");
    project.write("node_modules/.cache", "no folder");
    build(&project, &[]);
    assert!(outputs(&project) == wanted);
    let bare = Project::new(&[("src/main.js", "console.log(1);\n")]);
    bare.run_ok(&["src/main.js"]);
    assert_eq!(bare.names(), "dist/main.js src/main.js", "no folder is made for it");
}

#[test]
fn what_commands_make_is_made_in_every_build() {
    let project = Project::new(PAGE);
    let config = r#"{ "areas": { "page": "src/page.js" }, "minify": false, "preprocess": { "less": "sh ../ink.sh" } }"#;
    project.write("bundle.config.json", config);
    project.write(
        "src/page.js",
        "import \"./page.less\";\nimport App from \"./App.vue\";\nconsole.log(App);\n",
    );
    project.write("src/page.less", "i { width: 1px }\n");
    let component = PAGE[2]
        .1
        .replace("lang=\"scss\"", "lang=\"less\"")
        .replace("@use 'ink';", "")
        .replace("ink.$ink", "red");
    project.write("src/App.vue", &component);
    for ink in ["red", "tan"] {
        // Nobody knows that the command reads this.
        project.write("ink.txt", ink);
        project.write("ink.sh", "cat; echo \"b { color: $(cat ../ink.txt) }\"\n");
        assert!(same(&project).restored > 0 || ink == "red");
        // What the component has in red itself is in the same rule.
        assert_eq!(project.read("dist/page.css").matches(&format!("color: {ink}")).count(), 2);
    }
}

#[test]
fn who_wants_none_leaves_it_alone() {
    let project = Project::new(PAGE);
    build(&project, &["--no-cache"]);
    assert!(!project.path("node_modules/.cache").exists());
    project.run_ok(&["--check-reproducible"]);
    assert!(!project.path("node_modules/.cache").exists());
}

#[test]
fn builds_side_by_side_share_it() {
    let project = Project::new(PAGE);
    let wanted = clean(&project);
    for round in 0..5 {
        let start = |number: usize| {
            let out = format!("out-{number}");
            let mut command = Command::new(env!("CARGO_BIN_EXE_bundle"));
            command.args(["--out-dir", &out, "--log-format", "json"]).current_dir(project.path(""));
            command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the binary starts")
        };
        let running: Vec<Child> = (0..4).map(start).collect();
        for child in running {
            let ended = child.wait_with_output().expect("it ends");
            assert!(
                ended.status.success() && ended.stderr.is_empty(),
                "{}",
                String::from_utf8_lossy(&ended.stderr)
            );
        }
        for number in 0..4 {
            assert_eq!(
                project.read(&format!("out-{number}/page.js")),
                project.read("dist/page.js"),
                "round {round}"
            );
        }
        project.write("src/parts/one.js", &format!("export default {};\n", 10 + round));
        build(&project, &["--no-cache"]);
        pack(&project);
    }
    project.write("src/parts/one.js", "export default 1;\n");
    assert!(same(&project).restored > 10 && outputs(&project) == wanted);
}

#[test]
fn it_stays_small() {
    let project = Project::new(PAGE);
    for number in 0..3 {
        project.write(&format!("{FOLDER}/{number}.pack"), "");
        let file =
            fs::File::options().write(true).open(project.path(&format!("{FOLDER}/{number}.pack")));
        file.and_then(|file| file.set_len(100 << 20)).expect("it takes no room on the disk");
    }
    project.write(&format!("{FOLDER}/0-1-0.tmp"), "a build is writing it");
    project.write(&format!("{FOLDER}/0-2-0.tmp"), "a build was writing it when it was killed");
    let old = fs::File::options().write(true).open(project.path(&format!("{FOLDER}/0-2-0.tmp")));
    let long_ago = SystemTime::now() - Duration::from_hours(2);
    old.and_then(|file| file.set_modified(long_ago)).expect("it is ours");
    build(&project, &[]);
    let left = |end: &str| {
        project
            .names()
            .split(' ')
            .filter(|name| name.starts_with(FOLDER) && name.ends_with(end))
            .count()
    };
    assert_eq!((left(".pack"), left(".tmp")), (3, 1), "the oldest went");
}
