//! Outputs as one set, through the real binary: builds that are killed, that run side by side, that
//! find the leftovers of others. The promise: `entrypoints.json` names files that exist and are
//! complete. With hashes in their names all are of one build; with fixed names each is the old or
//! the new file, never a part of one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;

use super::random_modules::Random;
use super::{builds, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("killed-builds-with-fixed-names", || killed_builds(false)),
        ("killed-builds-with-hashes", || killed_builds(true)),
        #[cfg(unix)]
        ("builds-side-by-side", builds_side_by_side),
        #[cfg(unix)]
        ("a-build-waits-for-another", a_build_waits_for_another),
        #[cfg(unix)]
        ("what-others-left", what_others_left),
        ("earlier-files-go", earlier_files_go),
        ("a-generation-stays", a_generation_stays),
        ("a-part-of-the-entries", a_part_of_the_entries),
        ("hostile-manifests", hostile_manifests),
        ("readers-with-fixed-names", || readers_of_the_manifest(false)),
        ("readers-with-hashes", || readers_of_the_manifest(true)),
    ]
}

/// The files of an output folder.
type Files = BTreeMap<String, Vec<u8>>;

/// A project of two entries that share a module, and of many files beside them: writing takes long
/// enough to be disturbed.
struct Project {
    fresh: PathBuf,
    folder: PathBuf,
    is_hashed: bool,
}

const FILES: usize = 60;

/// Lines of each of the files.
const LINES: usize = 400;

impl Project {
    fn new(config: &str) -> Result<Self, String> {
        let fresh = work::fresh_directory("set")?;
        let project =
            Self { folder: fresh.join("project"), fresh, is_hashed: config.contains("\"hash\"") };
        project.write("bundle.config.json", config)?;
        project.version(1)?;
        Ok(project)
    }

    /// Gives all sources another text.
    fn version(&self, number: usize) -> Result<(), String> {
        self.write("version.txt", &format!("version {number}\n"))?;
        for entry in ["a", "b"] {
            let import = format!("import {{ version{number} as version }} from './version.js';\n");
            self.write(
                &format!("src/{entry}.js"),
                &format!("{import}log('{entry}', version, version);\n"),
            )?;
        }
        let text = format!("export let version{number} = 'release {number}';\n");
        // Used by a script, they have names with hashes always.
        let uses = (0..if self.is_hashed { FILES } else { 0 })
            .map(|file| format!("log(new URL('../img/{file}.txt', import.meta.url));\n"));
        self.write("src/version.js", &format!("{text}{}", uses.collect::<String>()))?;
        for file in 0..FILES {
            self.write(
                &format!("img/{file}.txt"),
                &format!("version {number} of {file}\n").repeat(LINES),
            )?;
        }
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.path(name);
        let made = fs::create_dir_all(path.parent().expect("it lies in the folder"))
            .and_then(|()| fs::write(&path, text));
        made.map_err(|error| format!("{name}: {error}"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(work::binary());
        let arguments: Vec<String> = arguments.iter().map(|&word| word.to_owned()).collect();
        command.arg("build").args(builds::plain(&self.folder, &arguments)).args(arguments);
        command.current_dir(&self.folder).stdin(Stdio::null());
        command
    }

    /// A build that nobody listens to.
    fn start(&self) -> Result<Child, String> {
        self.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(reported)
    }

    fn build(&self, arguments: &[&str]) -> Result<String, String> {
        let ended = builds::run(self.command(arguments), Duration::from_mins(1))?;
        if ended.code == Some(0) {
            Ok(ended.stdout)
        } else {
            Err(format!("{:?}\n{}", ended.code, ended.stderr))
        }
    }

    fn outputs(&self) -> Result<Files, String> {
        tree::contents(&self.path("out"))
    }

    /// The outputs of a build in an empty folder.
    fn clean(&self) -> Result<Files, String> {
        let _ = fs::remove_dir_all(self.path("out"));
        self.build(&[])?;
        let clean = self.outputs()?;
        fs::remove_dir_all(self.path("out")).map_err(reported)?;
        Ok(clean)
    }

    fn names(&self) -> Result<String, String> {
        Ok(self.outputs()?.into_keys().collect::<Vec<_>>().join(" "))
    }

    fn end(self) {
        work::remove(&self.fresh);
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what errors are mapped by")]
fn reported(error: std::io::Error) -> String {
    error.to_string()
}

fn expect(is_so: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(otherwise()) }
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == extension)
}

fn is_temporary(name: &str) -> bool {
    has_extension(name, "tmp")
}

/// The paths of a list of the manifest.
fn listed(manifest: &Value, key: &str) -> Vec<String> {
    manifest[key]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|path| Some(path.as_str()?.to_owned()))
        .collect()
}

fn config(is_hashed: bool) -> String {
    let mode = if is_hashed {
        "\"production\", \"minify\": false, \"hash\": true"
    } else {
        "\"development\""
    };
    // Names of copies are fixed: in a folder for each version nothing is left but to remove it.
    let copies =
        if is_hashed { "\"version.txt\": \"v/version.txt\"" } else { "\"img/**\": \"img\"" };
    format!(
        "{{ \"areas\": {{ \"p\": {{ \"entry\": \"src/[ab].js\" }} }}, \"outDir\": \"out\", \
         \"splitting\": true, \"sourcemap\": \"file\",\n\
         \"manifest\": [\"entrypoints\", \"mix\", \"vite\", \"php\"], \"copy\": {{ {copies} }}, \
         \"mode\": {mode} }}\n"
    )
}

/// How often a build is killed: in all of a test run with both kinds of names.
const KILLS: usize = 100;

/// More than there are generations in one folder.
const VERSIONS: usize = 3;

/// Versions take turns, each build is killed at a random moment: of the whole, once it has begun to
/// write, to rename, or to remove.
fn killed_builds(is_hashed: bool) -> Result<(), String> {
    let project = Project::new(&config(is_hashed))?;
    let mut versions = Vec::new();
    let begin = Instant::now();
    for number in 1..=VERSIONS {
        project.version(number)?;
        versions.push(project.clean()?);
    }
    let took = begin.elapsed() / 3;
    let mut random = Random(if is_hashed { 1 } else { 2 });
    let (mut disturbed, mut mixed) = (0, 0);
    for round in 0..KILLS {
        project.version(round % VERSIONS + 1)?;
        let mut build = project.start()?;
        let within = |limit: Duration, random: &mut Random| {
            let micros = usize::try_from(limit.as_micros()).expect("no build takes that long");
            Duration::from_micros(random.below(micros) as u64)
        };
        let out = project.path("out");
        let wait = match round % 4 {
            0 => within(took, &mut random),
            1 => {
                wait_while(&mut build, || !has_temporary(&out))?;
                within(Duration::from_millis(10), &mut random)
            }
            // The first file is in its place, or the last one: then files of before are removed.
            turn => {
                let folder = if turn == 2 { out.join("p") } else { out };
                let before = written(&folder);
                wait_while(&mut build, || written(&folder) == before)?;
                within(Duration::from_micros(300), &mut random)
            }
        };
        thread::sleep(wait);
        killed(build)?;
        let found = project.outputs()?;
        disturbed += usize::from(found.keys().any(|name| is_temporary(name)));
        mixed += usize::from(
            check(&found, &versions, is_hashed).map_err(|why| format!("kill {round}: {why}"))?,
        );
    }
    for _ in 0..if is_hashed { 10 } else { 0 } {
        unnamed(&project)?;
    }
    // The next build cleans up, whatever was left.
    project.version(1)?;
    project.build(&[])?;
    let mut last = project.outputs()?;
    let manifest: Value =
        serde_json::from_slice(&last["entrypoints.json"]).map_err(|error| error.to_string())?;
    for kept in listed(&manifest, "kept") {
        let is_known = versions.iter().any(|version| version.contains_key(&kept));
        expect(is_known, || format!("{kept} is kept and was never made"))?;
        last.remove(&kept);
    }
    last.insert("entrypoints.json".to_owned(), versions[0]["entrypoints.json"].clone());
    if let Some(difference) = tree::difference(&versions[0], &last) {
        return Err(format!("after all of it: {difference}"));
    }
    expect(disturbed > KILLS / 20, || {
        format!("only {disturbed} of {KILLS} builds were killed while they wrote")
    })?;
    if work::is_full() {
        eprint(&format!(
            "hashes {is_hashed}: {disturbed} of {KILLS} builds killed while they wrote, {mixed} of \
             them left several versions"
        ));
    }
    project.end();
    Ok(())
}

/// New names that no manifest got to name, of a generation that was neither the last nor the one
/// before.
fn unnamed(project: &Project) -> Result<(), String> {
    for number in [1, 2] {
        project.version(number)?;
        project.build(&[])?;
    }
    project.version(3)?;
    let scripts = project.path("out/p");
    let before = written(&scripts);
    let mut build = project.start()?;
    wait_while(&mut build, || written(&scripts) == before)?;
    killed(build)
}

fn killed(mut build: Child) -> Result<(), String> {
    let _ = build.kill();
    build.wait().map(drop).map_err(reported)
}

#[expect(clippy::print_stderr, reason = "who asks for the whole wants to see how much was seen")]
fn eprint(text: &str) {
    eprintln!("{text}");
}

/// Until it is over, or the build has ended.
fn wait_while(build: &mut Child, is_so: impl Fn() -> bool) -> Result<(), String> {
    while build.try_wait().map_err(reported)?.is_none() && is_so() {}
    Ok(())
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

/// True once the first file is on its way.
fn has_temporary(out: &Path) -> bool {
    let folders = ["", "img", "p", "chunks", "assets"].map(|folder| out.join(folder));
    folders
        .iter()
        .flat_map(|folder| entries(folder))
        .any(|entry| is_temporary(&entry.file_name().to_string_lossy()))
}

/// What changes once files are in their places: names, and when they were written.
fn written(folder: &Path) -> Vec<(String, Option<SystemTime>)> {
    let named = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, entry.metadata().and_then(|found| found.modified()).ok())
    };
    let is_file = |(name, _): &(String, _)| name == "entrypoints.json" || has_extension(name, "js");
    let mut found: Vec<_> = entries(folder).map(named).filter(is_file).collect();
    found.sort();
    found
}

/// What readers find at any time. True if there are files of several versions.
fn check(found: &Files, versions: &[Files], is_hashed: bool) -> Result<bool, String> {
    let Some(manifest) = found.get("entrypoints.json") else { return Ok(false) };
    let manifest: Value =
        serde_json::from_slice(manifest).map_err(|error| format!("entrypoints.json: {error}"))?;
    let files = listed(&manifest, "files");
    expect(!files.is_empty(), || "the manifest names nothing".to_owned())?;
    let mut of_one = BTreeSet::new();
    for (at, version) in versions.iter().enumerate() {
        let is_its = |name: &&String| version.get(*name) == found.get(*name);
        let its: BTreeSet<&String> = files.iter().filter(is_its).collect();
        of_one.insert((its.len() == files.len(), at, its));
    }
    for name in &files {
        expect(found.contains_key(name), || format!("{name} is named and not there"))?;
        let is_complete = of_one.iter().any(|(_, _, its)| its.contains(name));
        expect(is_complete, || format!("{name} is cut, or of no version"))?;
    }
    let is_whole = of_one.iter().any(|(is_whole, _, _)| *is_whole);
    // Files with fixed names do not count here.
    let of_hashes =
        |its: &BTreeSet<&String>| files.iter().all(|name| its.contains(name) || !has_hash(name));
    expect(!is_hashed || of_one.iter().any(|(_, _, its)| of_hashes(its)), || {
        "two generations are mixed".to_owned()
    })?;
    Ok(!is_whole)
}

/// True for names with hashes; maps follow other texts than those that their names are of.
fn has_hash(name: &str) -> bool {
    !name.starts_with("v/") && !has_extension(name, "map")
}

/// Eight at once, three times.
#[cfg(unix)]
fn builds_side_by_side() -> Result<(), String> {
    let config = config(false).replace("\"img/**\": \"img\"", "\"src/a.js\": \"copy.txt\"");
    let project = Project::new(&config)?;
    project.write("src/version.js", "export let version1 = VERSION;\n")?;
    for round in 0..3 {
        let started: Vec<_> = (0..8)
            .map(|number| {
                let define = format!("VERSION=\"version {round}{number}\"");
                let mut command = project.command(&["--define", &define]);
                command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(reported)
            })
            .collect();
        for build in started {
            let ended = build?.wait_with_output().map_err(reported)?;
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            expect(ended.status.success(), || said)?;
        }
        let found = project.outputs()?;
        let mut seen = BTreeSet::new();
        for (name, bytes) in &found {
            expect(!is_temporary(name), || format!("{name} is left"))?;
            let text = String::from_utf8_lossy(bytes);
            let of =
                |at: usize| text[at..].chars().skip("version ".len()).take(2).collect::<String>();
            let versions = text.match_indices("version ").map(|(at, _)| of(at));
            seen.extend(versions.filter(|version| version.starts_with(&round.to_string())));
        }
        expect(seen.len() == 1, || format!("the outputs are of {seen:?}"))?;
        let alone = seen.first().expect("one was counted");
        project.build(&["--define", &format!("VERSION=\"version {alone}\"")])?;
        expect(found == project.outputs()?, || {
            "the outputs are not those of a build alone".to_owned()
        })?;
    }
    project.end();
    Ok(())
}

/// The lock is the folder's, so that a test can hold it.
#[cfg(unix)]
fn a_build_waits_for_another() -> Result<(), String> {
    let project = Project::new(&config(false))?;
    project.build(&[])?;
    let before = project.outputs()?;
    project.version(2)?;
    let folder = fs::File::open(project.path("out")).map_err(reported)?;
    folder.lock().map_err(reported)?;
    let mut waiting = project
        .command(&["--log-format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(reported)?;
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(
        waiting.stdout.take().expect("it is piped"),
    ));
    let said = lines.next().ok_or("nothing is said")?.map_err(reported)?;
    let holder =
        serde_json::json!({ "waitingFor": cfg!(target_os = "linux").then(std::process::id) })
            .to_string();
    expect(said == holder, || format!("{said} is said instead of {holder}"))?;
    expect(project.outputs()? == before, || "something is written nevertheless".to_owned())?;
    folder.unlock().map_err(reported)?;
    expect(waiting.wait().map_err(reported)?.success(), || "it fails after waiting".to_owned())?;
    expect(project.outputs()? != before, || "nothing is written after waiting".to_owned())?;
    project.end();
    Ok(())
}

/// Files of killed builds are removed, files of others are not, and the next build completes the
/// removals that a killed build began.
#[cfg(unix)]
fn what_others_left() -> Result<(), String> {
    use std::os::unix::fs::MetadataExt;
    let project = Project::new(&config(false))?;
    project.write("web/b.js", "")?;
    fs::create_dir_all(project.path("out/p")).map_err(reported)?;
    std::os::unix::fs::symlink("../../web/b.js", project.path("out/p/b.js")).map_err(reported)?;
    project.build(&[])?;
    let whole = project.outputs()?;
    let found = fs::metadata(project.path("out")).map_err(reported)?;
    let lock = format!("{:x}-{:x}", found.dev(), found.ino());
    let ours = ["out/.a.js", "out/p/.b.js", "web/.b.js"]
        .map(|name| format!("{name}.{lock}-99999-17.bundle.tmp"));
    // Another folder's lock, and names that only look like it.
    let theirs = [
        "out/p/.a.js.1-1-7-0.bundle.tmp",
        "out/.notes.tmp",
        "out/.bundle.tmp",
        "out/p/.x.bundle.tmp",
    ];
    for name in ours.iter().map(String::as_str).chain(theirs) {
        project.write(name, "half of it")?;
    }
    project.write("out/old/gone.js", "a killed build was about to remove it\n")?;
    project.write("out/mine.js", "nobody was about to remove it\n")?;
    let list = "old/gone.js\np/a.js\n../bundle.config.json\n.htaccess\n";
    project.write(&format!("out/.{lock}-7-3.bundle-removals.tmp"), list)?;
    project.write("out/.htaccess", "Require all granted\n")?;
    project.build(&[])?;
    let mut after = project.outputs()?;
    for name in theirs.iter().map(|name| &name["out/".len()..]).chain([".htaccess", "mine.js"]) {
        expect(after.remove(name).is_some(), || format!("{name} is gone"))?;
    }
    expect(project.path("bundle.config.json").exists(), || {
        "a list leads out of the folder".to_owned()
    })?;
    expect(!project.path("out/old").exists(), || "an empty folder stays".to_owned())?;
    expect(tree::contents(&project.path("web"))?.len() == 1, || {
        "a file stays where a link leads".to_owned()
    })?;
    if let Some(difference) = tree::difference(&whole, &after) {
        return Err(difference);
    }
    project.end();
    Ok(())
}

/// Development, production, and areas that come and go.
fn earlier_files_go() -> Result<(), String> {
    let config = |mode: &str, entries: &str, maps: &str| {
        format!(
            "{{ \"areas\": {{ \"p\": {{ \"entry\": \"src/{entries}.js\" }} }}, \"outDir\": \
             \"out\", \"manifest\": true,\n\
             \"copy\": {{ \"version.txt\": \"texts/deep/version.txt\" }}, \"mode\": \"{mode}\", \
             \"sourcemap\": {maps}, \"splitting\": false }}\n"
        )
    };
    let project = Project::new(&config("development", "[ab]", "true"))?;
    project.build(&[])?;
    project.write("out/.htaccess", "Require all granted\n")?;
    project.write("out/notes.js", "mine\n")?;
    project.write("out/p/.htaccess", "Require all granted\n")?;
    let names = "p/.htaccess p/a.js p/a.js.map p/b.js p/b.js.map texts/deep/version.txt";
    expect(project.names()? == format!(".htaccess entrypoints.json notes.js {names}"), || {
        "the first".to_owned()
    })?;
    project.write("bundle.config.json", &config("production", "[ab]", "false"))?;
    project.build(&[])?;
    let found = project.names()?;
    expect(!found.contains(".map"), || format!("maps of development stay: {found}"))?;
    project.write(
        "bundle.config.json",
        &config("production", "[a]", "false").replace("texts/deep", "other"),
    )?;
    project.build(&[])?;
    let found = project.names()?;
    let expected = ".htaccess entrypoints.json notes.js other/version.txt p/.htaccess p/a.js";
    expect(found == expected, || format!("{found} instead of {expected}"))?;
    expect(!project.path("out/texts").exists(), || "an empty folder stays".to_owned())?;
    // Without a manifest nothing is known of what was there.
    fs::remove_file(project.path("out/entrypoints.json")).map_err(reported)?;
    project.write("bundle.config.json", &config("production", "[b]", "false"))?;
    project.build(&[])?;
    expect(project.path("out/p/a.js").exists(), || {
        "what no manifest records is removed".to_owned()
    })?;
    project.end();
    Ok(())
}

/// With hashes: pages that are open go on for one more build.
fn a_generation_stays() -> Result<(), String> {
    let project = Project::new(&config(true))?;
    let mut generations: Vec<Files> = Vec::new();
    for number in 1..=4 {
        project.version(number)?;
        project.build(&[])?;
        project.build(&[])?;
        let found = project.outputs()?;
        let manifest: Value = serde_json::from_slice(&found["entrypoints.json"])
            .map_err(|error| error.to_string())?;
        let (files, kept) = (listed(&manifest, "files"), listed(&manifest, "kept"));
        let own: Files = files.iter().map(|name| (name.clone(), found[name].clone())).collect();
        let before = generations.last();
        let expected: Vec<String> = before
            .into_iter()
            .flat_map(Files::keys)
            .filter(|name| !own.contains_key(*name))
            .cloned()
            .collect();
        expect(kept == expected, || {
            format!("version {number} keeps {kept:?} instead of {expected:?}")
        })?;
        for name in &kept {
            expect(before.is_some_and(|before| before[name] == found[name]), || {
                format!("{name} is another one")
            })?;
        }
        let others =
            found.keys().filter(|name| !files.contains(name) && !kept.contains(name)).cloned();
        let others = others.collect::<Vec<_>>().join(" ");
        expect(others == "bundle.php entrypoints.json manifest.json mix-manifest.json", || {
            format!("there is {others}")
        })?;
        generations.push(own);
    }
    project.write("bundle.config.json", &self::config(false))?;
    project.build(&[])?;
    let found = project.outputs()?;
    let last = generations.last().expect("there were four");
    expect(
        last.keys().filter(|name| has_extension(name, "js")).all(|name| !found.contains_key(name)),
        || "production stays".to_owned(),
    )?;
    project.end();
    Ok(())
}

/// Whoever names entries removes nothing of the others, and the manifests go on telling of them.
fn a_part_of_the_entries() -> Result<(), String> {
    let config = |maps: bool| {
        format!(
            "{{ \"areas\": {{ \"a\": \"src/a.js\", \"b\": \"src/b.js\" }}, \"outDir\": \"out\", \
             \"sourcemap\": {maps},\n\
             \"manifest\": [\"php\", \"mix\", \"vite\"], \"splitting\": false }}\n"
        )
    };
    let project = Project::new(&config(false))?;
    project.build(&[])?;
    let whole = project.outputs()?;
    for part in ["a", "b"] {
        project.build(&[part])?;
        expect(project.outputs()? == whole, || format!("the part {part} changes the whole"))?;
    }
    project.write("bundle.config.json", &config(true))?;
    project.build(&["b"])?;
    let found = project.outputs()?;
    let json = |name: &str| {
        serde_json::from_slice::<Value>(&found[name]).map_err(|error| format!("{name}: {error}"))
    };
    let manifest = json("entrypoints.json")?;
    expect(listed(&manifest, "files") == ["a.js", "b.js", "b.js.map"], || manifest.to_string())?;
    expect(manifest["entrypoints"]["a"]["js"] == serde_json::json!(["a.js"]), || {
        manifest.to_string()
    })?;
    let (mix, vite) = (json("mix-manifest.json")?, json("manifest.json")?);
    expect(mix["/a.js"].is_string() && vite["src/a.js"]["file"] == "a.js", || {
        format!("{mix} {vite}")
    })?;
    project.write("bundle.config.json", &config(false))?;
    project.build(&[])?;
    expect(project.outputs()? == whole, || "the whole is not what it was".to_owned())?;
    project.end();
    Ok(())
}

/// Anybody can write a manifest into the output folder, so it is not trusted.
fn hostile_manifests() -> Result<(), String> {
    let project = Project::new(
        &config(false).replace("\"img/**\": \"img\"", "\"version.txt\": \"v/version.txt\""),
    )?;
    project.build(&[])?;
    let whole = project.outputs()?;
    project.write("secret/key.txt", "mine\n")?;
    project.write("out/index.php", "mine\n")?;
    project.write("out/.htaccess", "mine\n")?;
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret", project.path("out/link")).map_err(reported)?;
    #[cfg(unix)]
    std::os::unix::fs::symlink("index.php", project.path("out/link.php")).map_err(reported)?;
    let absolute = project.path("secret/key.txt").display().to_string();
    let named = [
        "../secret/key.txt",
        "../src/a.js",
        "p/../../secret/key.txt",
        "link/key.txt",
        "link.php",
        "link",
        "p",
        ".htaccess",
        "..",
        "",
        "/",
        ".",
        "entrypoints.json",
        "bundle.php",
        "p/a.js",
        "no/such/file.js",
        &absolute,
    ];
    let lists = serde_json::json!({ "entrypoints": {}, "files": named, "kept": named }).to_string();
    let deep = "[".repeat(200_000);
    let texts = [
        &lists,
        "",
        "{",
        "null",
        "[]",
        "{\"files\":{\"a\":1}}",
        "{\"files\":[1,null,[\"p/a.js\"]],\"kept\":7}",
        &deep,
    ];
    let before = tree::contents(&project.folder)?;
    for text in texts {
        project.write("out/entrypoints.json", text)?;
        project.build(&[])?;
        if let Some(difference) = tree::difference(&before, &tree::contents(&project.folder)?) {
            return Err(format!("{}: {difference}", &text[..text.len().min(200)]));
        }
        expect(project.outputs()?["entrypoints.json"] == whole["entrypoints.json"], || {
            "the manifest".to_owned()
        })?;
    }
    // What it reads is never removed, though it lies in the output folder and the manifest names
    // it.
    project.write("out/own.js", "export let version1 = 'own';\n")?;
    project.write("src/version.js", "export { version1 } from '../out/own.js';\n")?;
    project.write("out/entrypoints.json", "{ \"entrypoints\": {}, \"files\": [\"own.js\"] }")?;
    project.build(&[])?;
    expect(project.path("out/own.js").exists(), || "an input is removed".to_owned())?;
    project.end();
    Ok(())
}

/// Four readers take the manifest and then all that it names, while builds go on. Every file is
/// there and complete; with hashes all are of one version, and with fixed names scripts of two
/// versions notice the difference (`pages` tests what a page then does).
fn readers_of_the_manifest(is_hashed: bool) -> Result<(), String> {
    let project = Project::new(&config(is_hashed))?;
    project.build(&[])?;
    let is_over = AtomicBool::new(false);
    let rebuilds = if work::is_full() { 500 } else { 20 };
    let out = project.path("out");
    let read_pages = || {
        let (mut pages, mut mixed) = (0, 0);
        while !is_over.load(Ordering::Relaxed) {
            pages += 1;
            mixed += page(&out)?.pairs()?;
        }
        Ok::<_, String>((pages, mixed))
    };
    thread::scope(|scope| {
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(read_pages)).collect();
        let built = (0..rebuilds).try_for_each(|number| {
            project.version(number)?;
            project.build(&[]).map(drop)
        });
        is_over.store(true, Ordering::Relaxed);
        for reader in readers {
            let (pages, mixed) = reader.join().map_err(|_| "a reader panicked".to_owned())??;
            expect(pages > rebuilds / 4, || format!("only {pages} pages were read"))?;
            expect(mixed == 0 || !is_hashed, || {
                format!("{mixed} pairs of {pages} pages are of several versions")
            })?;
            if work::is_full() {
                eprint(&format!(
                    "hashes {is_hashed}: {mixed} pairs of scripts of several versions in {pages} \
                     pages"
                ));
            }
        }
        built
    })?;
    project.end();
    Ok(())
}

/// The scripts that a page got, each with the number of its version.
struct Page(Vec<(String, String)>);

/// Reads the manifest, and then all files as browsers do: one takes a while, and then comes the
/// next.
fn page(out: &Path) -> Result<Page, String> {
    let read = |name: &str| fs::read(out.join(name)).map_err(|error| format!("{name}: {error}"));
    let manifest: Value =
        serde_json::from_slice(&read("entrypoints.json")?).map_err(|error| error.to_string())?;
    let mut scripts = Vec::new();
    for name in listed(&manifest, "files").iter().filter(|name| has_hash(name)) {
        let text = String::from_utf8(read(name)?).map_err(|error| error.to_string())?;
        let is_script = has_extension(name, "js");
        let is_complete =
            if is_script { text.ends_with(".js.map\n") } else { text.lines().count() == LINES };
        expect(is_complete, || format!("{name} is cut"))?;
        let of_it: BTreeSet<String> =
            [".version", "release ", "version "].iter().flat_map(|w| numbers(&text, w)).collect();
        expect(of_it.len() == 1, || format!("{name} is of {of_it:?}"))?;
        if is_script {
            scripts.push((text, of_it.into_iter().collect()));
            thread::sleep(Duration::from_millis(1));
        }
    }
    expect(scripts.len() == 3, || format!("there are {} scripts", scripts.len()))?;
    Ok(Page(scripts))
}

impl Page {
    /// How many of its entries are of another version than their shared script. Each of them has to
    /// notice: the interface that it requests differs from the one that the script has.
    fn pairs(&self) -> Result<usize, String> {
        let shared = self.0.iter().find(|(text, _)| text.contains("push([\"chunks/"));
        let (shared, version) = shared.ok_or("no script is shared")?;
        let mixed: Vec<_> = self.0.iter().filter(|(_, other)| other != version).collect();
        for (entry, other) in &mixed {
            let is_noticed =
                interface(entry).zip(interface(shared)).is_some_and(|(asked, is)| asked != is);
            expect(is_noticed, || format!("{other} takes {version} for its own"))?;
        }
        Ok(mixed.len())
    }
}

/// The interface of the shared script that a script was linked against, or that it has.
fn interface(text: &str) -> Option<&str> {
    text.split("[\"chunks/").nth(1)?.split('"').nth(2)
}

/// The numbers after a word.
fn numbers(text: &str, word: &str) -> Vec<String> {
    let number = |(at, _)| {
        text[at + word.len()..].chars().take_while(char::is_ascii_digit).collect::<String>()
    };
    text.match_indices(word).map(number).filter(|number| !number.is_empty()).collect()
}
