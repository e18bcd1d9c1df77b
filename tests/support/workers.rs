//! Workers, started in real browsers by built scripts: `fixtures/workers/_pages` has the sources.
//! Each form of output is a page that includes all entries, and shows what their workers answered.

use std::fs;
use std::path::{Path, PathBuf};

use super::engines::{self, Page};
use super::examples::Server;
use super::{builds, chunks, sourcemaps, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("hoisted", hoisted),
        ("registry", registry),
        ("split", split),
        ("esm", esm),
        ("addresses", addresses),
        ("source-maps", source_maps),
    ]
}

/// What old browsers run too.
const OLD: [&str; 5] = ["plain", "circle", "itself", "later", "legacy"];

/// The same with what only newer ones have.
const ALL: [&str; 6] = ["plain", "circle", "itself", "later", "legacy", "modern"];

/// What a page with these entries shows: sorted, because nobody knows who answers first.
fn shown(entries: &[&str]) -> String {
    let answers = |entry: &&str| match *entry {
        "plain" => &["plain: page 3, worker 1 plain; "][..],
        "circle" => &["circle: answered in a worker; "],
        "itself" => &["itself: itself as a worker; "],
        "later" => &["later: asked worker 1 later; "],
        "legacy" => &["legacy: legacy object true; "],
        _ => &[
            "loaded: inner late 1; ",
            "nested: outer 2, inner late 1; ",
            "shared: shared as one for all; ",
        ],
    };
    let mut all: Vec<&str> = entries.iter().flat_map(answers).copied().collect();
    all.sort_unstable();
    all.concat()
}

/// Workers of old browsers do not know their names.
fn nameless(shown: &str) -> String {
    shown
        .replace("worker 1 plain", "worker 1 nameless")
        .replace("worker 1 later", "worker 1 nameless")
}

fn hoisted() -> Result<(), String> {
    everywhere(&[])?;
    everywhere(&["--minify"])?;
    everywhere(&["--minify=chunk"])?;
    in_chromium(&["--target", "esnext"])
}

fn registry() -> Result<(), String> {
    everywhere(&["--modules", "registry"])?;
    everywhere(&["--modules", "registry", "--minify"])?;
    everywhere(&["--modules", "registry", "--splitting"])
}

fn split() -> Result<(), String> {
    everywhere(&["--splitting"])?;
    everywhere(&["--splitting", "--minify"])?;
    everywhere(&["--splitting", "--minify=chunk"])
}

fn esm() -> Result<(), String> {
    in_chromium(&["--format", "esm", "--target", "es2020"])?;
    in_chromium(&["--format", "esm", "--target", "esnext", "--minify"])?;
    in_chromium(&["--format", "esm", "--target", "esnext", "--splitting"])
}

/// Where workers are not beside the script: the configuration knows the folder, or the page says
/// it.
fn addresses() -> Result<(), String> {
    for (path, said) in [
        ("/scripts/", "undefined"),
        ("", "\"/scripts\""),
        ("", "{ pages: \"/scripts/\", other: \"/\" }"),
    ] {
        for how in [&[][..], &["--splitting"], &["--modules", "registry"]] {
            let project = Project::new(&OLD, how, path)?;
            tree::copy(&project.folder.join("scripts"), &project.folder.join("copies"))?;
            fs::remove_dir_all(project.folder.join("copies/workers"))
                .map_err(|error| error.to_string())?;
            project.page("copies", &format!("<script>BUNDLE_PUBLIC_PATH = {said};</script>"))?;
            project.shows(how, engines::chromium, &shown(&OLD))?;
        }
    }
    Ok(())
}

/// A worker's file has a map of its own.
fn source_maps() -> Result<(), String> {
    for how in
        [&[][..], &["--minify"], &["--modules", "registry"], &["--format", "esm"], &["--splitting"]]
    {
        let project = Project::new(&ALL, &[how, &["--sourcemap", "file"]].concat(), "")?;
        for (name, source) in [
            ("workers/count.js", "count.ts"),
            ("plain.js", "plain.js"),
            ("workers/outer.js", "outer.js"),
        ] {
            let script = project.folder.join("scripts").join(name);
            let map = fs::read_to_string(format!("{}.map", script.display()))
                .map_err(|error| format!("{name}: {error}"))?;
            if !map.contains(&format!("/{source}\"")) {
                return Err(format!("{how:?}: the map of {name} does not name {source}"));
            }
            sourcemaps::well_formed(&script).map_err(|text| format!("{how:?}: {text}"))?;
        }
        work::remove(&project.folder);
    }
    Ok(())
}

fn everywhere(how: &[&str]) -> Result<(), String> {
    in_chromium(how)?;
    let project = Project::new(&OLD, how, "")?;
    project.page("scripts", "")?;
    project.shows(how, engines::phantom, &nameless(&shown(&OLD)))
}

fn in_chromium(how: &[&str]) -> Result<(), String> {
    let project = Project::new(&ALL, how, "")?;
    project.page("scripts", "")?;
    project.shows(how, engines::chromium, &shown(&ALL))
}

/// A copy of the sources with what was built of some entries.
struct Project {
    folder: PathBuf,
    entries: Vec<String>,
    is_esm: bool,
}

impl Project {
    fn new(entries: &[&str], how: &[&str], path: &str) -> Result<Self, String> {
        let folder = work::fresh_directory("workers")?;
        tree::copy(&work::root().join("fixtures/workers/_pages"), &folder)?;
        let config = format!("{{ \"name\": \"pages\", \"publicPath\": \"{path}\" }}");
        fs::write(folder.join("bundle.config.json"), config).map_err(|error| error.to_string())?;
        let mut arguments: Vec<String> =
            entries.iter().map(|entry| format!("src/{entry}.js")).collect();
        arguments.extend(["--out-dir", "scripts", "--metafile", "meta.json"].map(str::to_owned));
        arguments.extend(how.iter().map(|&argument| argument.to_owned()));
        let ended = builds::bundle_or_fail(&folder, &arguments)?;
        if !ended.stderr.is_empty() {
            return Err(format!("{how:?} says:\n{}", ended.stderr));
        }
        let entries = entries.iter().map(|&entry| entry.to_owned()).collect();
        Ok(Self { folder, entries, is_esm: how.contains(&"esm") })
    }

    /// Writes a page that includes the entries' scripts, and what these need, from a folder.
    fn page(&self, from: &str, before: &str) -> Result<(), String> {
        let written = tree::contents(&self.folder.join("scripts"))?;
        let names = written.keys().filter_map(|name| name.strip_suffix(".js").map(str::to_owned));
        let mut names: Vec<String> = names.collect();
        names.sort_by_key(|name| {
            self.entries.iter().position(|entry| entry == name).unwrap_or(usize::MAX)
        });
        let scripts = chunks::scripts(&names, &self.folder.join("meta.json"), Path::new(from))?;
        let included = scripts.iter().filter(|script| script.role != engines::Role::Later);
        let kind = if self.is_esm { " type=\"module\"" } else { "" };
        let tag = |script: &engines::Script| {
            format!("<script{kind} src=\"{}\"></script>\n", script.path.display())
        };
        let tags: String = included.map(tag).collect();
        let text = format!(
            "<!doctype html>\n<body>\n<p id=\"log\"></p>\n{before}{ANSWERS}{tags}</body>\n"
        );
        fs::write(self.folder.join("page.html"), text).map_err(|error| error.to_string())
    }

    fn shows(
        &self,
        how: &[&str],
        browser: fn(&str, &[&str]) -> Result<Page, String>,
        shown: &str,
    ) -> Result<(), String> {
        let server = Server::start(&self.folder, &[])?;
        let page = browser(&server.url("page.html"), &[])?;
        drop(server);
        if !page.errors.is_empty() {
            return Err(format!("{how:?} complains:\n{}", page.errors.join("\n")));
        }
        if !page.body.contains(&format!("<p id=\"log\">{shown}</p>")) {
            return Err(format!("{how:?} does not show {shown:?}:\n{}", page.body));
        }
        work::remove(&self.folder);
        Ok(())
    }
}

/// `expect(name)` gives a function for the answer; all are shown, sorted, once the last one is
/// there.
const ANSWERS: &str = r#"<script>
  var done = { pending: 0, errors: [] };
  var answers = [];
  function expect(name) {
    done.pending++;
    return function (answer) {
      answers.push(name + ": " + answer + "; ");
      document.getElementById("log").innerHTML = answers.sort().join("");
      done.pending--;
    };
  }
</script>
"#;
