//! The guides in docs/guides, followed from the top: their files are written, their commands run in
//! a shell, and the output of each command must equal the text below it. The pages are opened in
//! Chromium. tests/recipes/guides/guides.json lists the other files of a project. With
//! `BUNDLE_BLESS`, the document gets the new output of the commands.
//!
//! | In the document | What the test does |
//! |---|---|
//! | **`path`** and a text | writes the file; below "What it writes", compares it |
//! | console block | runs each line with `$`, and compares the lines below it |
//! | Open `page` … `text` | opens the page, which shows each text |
//! | Replace `a` by `b` in `file` | does so |
//! | … while `npx bundle --watch` runs … `output` | the watcher writes these outputs; the page shows `b` |
//! | Open pages reload; … without a reload | whether that page is loaded again |
//! | the table of "Your options" | looks for each key, flag and query in the schema and the documents |

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::examples::Server;
use super::watching::Watching;
use super::{builds, engines, php_packages, recipes, tree, work};

/// The section whose files `bundle` writes.
const WRITTEN: &str = "What it writes";
/// The section with the table of options.
const OPTIONS: &str = "Your options";

/// What a project of a guide has beside the files of the document.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Around {
    /// Folders that are copied into the project. Later ones replace files of earlier ones.
    folders: Vec<String>,
    /// Files and folders of these that are left out.
    without: Vec<String>,
    /// Packages of `tests/node_modules`.
    packages: Vec<String>,
    /// The folder on the web.
    public: String,
    /// The script that answers requests for anything but files, if that is not index.php.
    router: Vec<String>,
    /// Composer installs the package of docs/php-packages.md.
    composer: bool,
    /// There is nothing to run: a page of comparisons.
    only_read: bool,
}

/// One thing that a guide says.
enum Step {
    File { path: String, text: String, is_written_by_us: bool },
    Command { line: String, output: String },
    Page { path: String, shows: Vec<String> },
    Edit { from: String, to: String, file: String, watched: Option<Watched> },
}

/// What an edit does while somebody watches.
struct Watched {
    outputs: Vec<String>,
    /// The open page.
    page: String,
    reloads: bool,
}

/// What `guide_edit.mjs` saw.
#[derive(Deserialize)]
struct Seen {
    errors: Vec<String>,
    reloaded: bool,
}

/// A step, and the lines of the document that its text takes.
struct Place {
    step: Step,
    begin: usize,
    end: usize,
}

/// A project in which a guide is being done.
struct Project<'a> {
    folder: PathBuf,
    around: &'a Around,
    /// The lines that `BUNDLE_BLESS` replaces, and their text.
    replaced: Vec<(&'a Place, String)>,
}

/// The guides.
pub fn names() -> Vec<String> {
    let found = tree::contents(&work::root().join("docs/guides")).unwrap_or_default();
    found.keys().filter_map(|name| Some(name.strip_suffix(".md")?.to_owned())).collect()
}

/// Does one guide.
pub fn run(name: &str) -> Result<(), String> {
    let text = recipes::document(&format!("guides/{name}.md"))?;
    let all = work::root().join("tests/recipes/guides/guides.json");
    let all = fs::read_to_string(&all).map_err(|error| error.to_string())?;
    let mut all: BTreeMap<String, Around> =
        serde_json::from_str(&all).map_err(|error| format!("guides.json: {error}"))?;
    let around = all.remove(name).ok_or_else(|| format!("guides.json has no {name}"))?;
    options(&text)?;
    links(&text)?;
    let places = steps(&text);
    if around.only_read {
        return Ok(());
    }
    for (kind, is_there) in [
        ("command", places.iter().any(|place| matches!(place.step, Step::Command { .. }))),
        ("page", places.iter().any(|place| matches!(place.step, Step::Page { .. }))),
        ("edit", places.iter().any(|place| matches!(place.step, Step::Edit { .. }))),
    ] {
        if !is_there {
            return Err(format!("docs/guides/{name}.md has no {kind}"));
        }
    }
    let mut project = Project::new(&around)?;
    let done = places.iter().try_for_each(|place| {
        let line = place.begin;
        project.take(place).map_err(|error| format!("docs/guides/{name}.md:{line}: {error}"))
    });
    if !project.replaced.is_empty() {
        let path = work::root().join("docs/guides").join(format!("{name}.md"));
        recipes::write(&path, &blessed(&text, &project.replaced))?;
    }
    done?;
    project.expect_untouched(&places)?;
    work::remove(&project.folder);
    Ok(())
}

impl<'a> Project<'a> {
    fn new(around: &'a Around) -> Result<Self, String> {
        let folder = work::fresh_directory("guide")?;
        for from in &around.folders {
            tree::copy(&work::root().join(from), &folder)?;
        }
        for path in &around.without {
            let path = folder.join(path);
            let removed =
                if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(|error| format!("{}: {error}", path.display()))?;
        }
        for package in &around.packages {
            let to = folder.join("node_modules").join(package);
            fs::create_dir_all(to.parent().expect("it is in node_modules"))
                .and_then(|()| {
                    let from = work::root().join("tests/node_modules").join(package);
                    std::os::unix::fs::symlink(from, &to)
                })
                .map_err(|error| format!("{package}: {error}"))?;
        }
        // An installed package has it too.
        let schema = "schema/bundle.config.schema.json";
        let text = fs::read_to_string(work::root().join("npm").join(schema));
        let text = text.map_err(|error| error.to_string())?;
        recipes::write(&folder.join("node_modules/bundle").join(schema), &text)?;
        if around.composer {
            php_packages::install(&folder)?;
        }
        // `npx bundle` is the binary under test.
        let npx = format!("#!/bin/sh\nshift\nexec '{}' \"$@\"\n", work::binary().display());
        let npx_path = folder.with_file_name("bin").join("npx");
        recipes::write(&npx_path, &npx)?;
        set_executable(&npx_path)?;
        Ok(Self { folder, around, replaced: Vec::new() })
    }

    fn take(&mut self, place: &'a Place) -> Result<(), String> {
        match &place.step {
            Step::File { path, text, is_written_by_us: true } => {
                let path = self.folder.join(path);
                let is = fs::read_to_string(&path)
                    .map_err(|error| format!("{}: {error}", path.display()))?;
                self.compare(place, text, is)
            }
            Step::File { path, text, .. } => recipes::write(&self.folder.join(path), text),
            Step::Command { line, output } => {
                let is = self.sh(line)?;
                self.compare(place, output, is)
            }
            Step::Page { path, shows } => self.open(path, shows),
            Step::Edit { from, to, file, watched } => self.edit((from, to), file, watched.as_ref()),
        }
    }

    fn compare(&mut self, place: &'a Place, expected: &str, is: String) -> Result<(), String> {
        let lines = || expected.lines().zip(is.lines());
        if expected.lines().count() == is.lines().count() && lines().all(|(a, b)| is_like(a, b)) {
            return Ok(());
        }
        if work::is_blessing() {
            self.replaced.push((place, is));
            return Ok(());
        }
        Err(format!("the guide says\n{expected}\nbut it is (`cargo xtask bless guides::`)\n{is}"))
    }

    fn sh(&self, line: &str) -> Result<String, String> {
        let bin = self.folder.with_file_name("bin");
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("sh");
        command.args(["-c", &format!("({line}) 2>&1")]).current_dir(&self.folder);
        command.env("PATH", format!("{}:{path}", bin.display()));
        let ended = builds::run(command, Duration::from_mins(1))?;
        if ended.code == Some(0) {
            return Ok(ended.stdout);
        }
        Err(format!("{line}: {:?}: {}", ended.code, ended.stdout))
    }

    fn open(&self, path: &str, shows: &[String]) -> Result<(), String> {
        let server = self.serve()?;
        let look = self.folder.with_file_name("look.js");
        let texts = serde_json::to_string(shows).map_err(|error| error.to_string())?;
        let text = format!(
            "{texts}.filter((text) => !document.body.innerText.includes(text)).map((text) => \
             `does not show ${{text}}`)"
        );
        recipes::write(&look, &text)?;
        let page = engines::chromium_looking(&look, &server.url(path.trim_start_matches('/')))?;
        if page.errors.is_empty() {
            return Ok(());
        }
        Err(format!("{path}: {}\n{}", page.errors.join("\n"), page.body))
    }

    fn serve(&self) -> Result<Server, String> {
        let router: Vec<&str> = self.around.router.iter().map(String::as_str).collect();
        Server::start(&self.folder.join(&self.around.public), &router)
    }

    fn edit(
        &self,
        (from, to): (&str, &str),
        file: &str,
        watched: Option<&Watched>,
    ) -> Result<(), String> {
        let path = self.folder.join(file);
        let text = fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
        if !text.contains(from) {
            return Err(format!("{file} has no {from}"));
        }
        let Some(watched) = watched else {
            return recipes::write(&path, &text.replacen(from, to, 1));
        };
        let (mut watching, _) = Watching::start(&self.folder)?;
        let server = self.serve()?;
        let mut command = Command::new("node");
        command.arg(work::support("guide_edit.mjs"));
        command.arg(server.url(watched.page.trim_start_matches('/'))).arg("20000");
        command.arg(&path).args([from, to]);
        let ended = builds::run(command, Duration::from_mins(1))?;
        let seen: Seen = serde_json::from_str(&ended.stdout)
            .map_err(|error| format!("{error}: {}{}", ended.stdout, ended.stderr))?;
        let settled = watching.settled_after(file)?;
        // The guide goes on with the file as it prints it.
        recipes::write(&path, &text)?;
        if !seen.errors.is_empty() || seen.reloaded != watched.reloads {
            return Err(format!("reloaded: {}, {}", seen.reloaded, seen.errors.join("\n")));
        }
        let mut written: Vec<&String> = settled.written.iter().flatten().collect();
        written.retain(|path| !path.contains("bundle-dev/"));
        if settled.is_built && written.iter().copied().eq(&watched.outputs) {
            return Ok(());
        }
        Err(format!("after an edit of {file}, the watcher writes {written:?}"))
    }

    /// Whoever goes back finds every file that the guide begins with.
    fn expect_untouched(&self, places: &[Place]) -> Result<(), String> {
        let mut last = BTreeMap::new();
        for place in places {
            if let Step::File { path, text, is_written_by_us: false } = &place.step {
                last.insert(path, text);
            }
        }
        for (path, text) in last {
            if fs::read_to_string(self.folder.join(path)).ok().as_deref() != Some(text.as_str()) {
                return Err(format!("{path} is not what it was"));
            }
        }
        let is_there = self.folder.join("bundle.config.json").exists();
        let is_removed = places
            .iter()
            .any(|place| matches!(&place.step, Step::Command { line, .. } if line.contains("rm ")));
        if is_there && is_removed {
            Err("bundle.config.json is still there".to_owned())
        } else {
            Ok(())
        }
    }
}

#[cfg(unix)]
fn set_executable(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(path, mode).map_err(|error| error.to_string())
}

/// Whether two lines differ only in what any change of the compiler changes: hashes, and sizes by a
/// tenth. Columns of sizes may move with them.
fn is_like(a: &str, b: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (ours, theirs): (Vec<&str>, Vec<&str>) =
        (a.split_whitespace().collect(), b.split_whitespace().collect());
    let is_like = |(at, (a, b)): (usize, (&&str, &&str))| {
        let is_size = ours.get(at + 1).is_some_and(|unit| ["B", "kB", "MB"].contains(unit));
        match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(a), Ok(b)) if is_size => (a - b).abs() <= a.max(b) / 10.0,
            _ => without_hash(a) == without_hash(b),
        }
    };
    let pairs = || ours.iter().zip(&theirs).enumerate();
    indent(a) == indent(b) && ours.len() == theirs.len() && pairs().all(is_like)
}

/// A word with eight hexadecimal digits between other characters, without them.
fn without_hash(word: &str) -> String {
    let is_hash = |part: &str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let mut text = word.to_owned();
    for part in word.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| is_hash(part)) {
        text = text.replace(part, "HASH");
    }
    text
}

/// The steps of a guide, in order.
fn steps(document: &str) -> Vec<Place> {
    let lines: Vec<&str> = document.lines().collect();
    let mut found = Vec::new();
    let mut section = "";
    let mut page = String::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading;
        } else if let Some((path, _)) =
            line.strip_prefix("**`").and_then(|rest| rest.split_once("`**"))
        {
            let Some(gap) = lines[at..].iter().position(|line| line.is_empty()) else { continue };
            let Some((text, count)) = recipes::printed(&lines[at + gap + 1..]) else { continue };
            let begin = at + gap + 1 + usize::from(lines[at + gap + 1].starts_with("```"));
            let is_written_by_us = section == WRITTEN;
            let step = Step::File { path: path.to_owned(), text, is_written_by_us };
            found.push(Place { step, begin, end: begin + count });
            at = begin + count;
        } else if *line == "```console" {
            at = console(&lines, at, &mut found);
        } else if line.starts_with("Open `") || line.starts_with("Replace `") {
            let rest = lines[at..].iter().take_while(|line| !line.is_empty()).count();
            let text = lines[at - 1..at + rest].join(" ");
            let sentence = text.split(". ").next().unwrap_or_default();
            let mut spans = spans(sentence);
            spans.retain(|span| !span.starts_with("npx bundle"));
            let step = if line.starts_with("Open `") {
                page.clone_from(&spans[0]);
                Step::Page { path: spans[0].clone(), shows: spans[1..].to_vec() }
            } else {
                let [from, to, file, outputs @ ..] = spans.as_slice() else { continue };
                let watched = sentence.contains("npx bundle --watch").then(|| Watched {
                    outputs: outputs.to_vec(),
                    page: page.clone(),
                    reloads: !text.contains("without a reload"),
                });
                Step::Edit { from: from.clone(), to: to.clone(), file: file.clone(), watched }
            };
            found.push(Place { step, begin: at, end: at + rest });
            at += rest;
        }
    }
    found
}

/// The commands of a block whose first line is `at`; the line after the block.
fn console(lines: &[&str], mut at: usize, found: &mut Vec<Place>) -> usize {
    while let Some(command) = lines.get(at).and_then(|line| line.strip_prefix("$ ")) {
        let is_output = |line: &&&str| !line.starts_with("$ ") && **line != "```";
        let output: Vec<&str> = lines[at + 1..].iter().take_while(is_output).copied().collect();
        let begin = at + 1;
        at = begin + output.len();
        let step = Step::Command { line: command.to_owned(), output: output.join("\n") };
        found.push(Place { step, begin, end: at });
    }
    at + 1
}

/// The texts between backticks.
fn spans(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The document with what commands print and write now.
fn blessed(document: &str, replaced: &[(&Place, String)]) -> String {
    let mut lines: Vec<&str> = document.lines().collect();
    for (place, text) in replaced.iter().rev() {
        lines.splice(place.begin..place.end, text.lines());
    }
    lines.join("\n") + "\n"
}

/// Every link to a document leads to a file, and to a heading or an anchor of it.
fn links(document: &str) -> Result<(), String> {
    let targets = document.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for target in targets.filter(|target| !target.contains("//")) {
        let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
        let text = recipes::document(&format!("guides/{file}"))?;
        let slug = |line: &str| {
            let kept = |c: &char| c.is_alphanumeric() || [' ', '-'].contains(c);
            line.trim_start_matches(['#', ' '])
                .to_lowercase()
                .chars()
                .filter(kept)
                .collect::<String>()
        };
        let is_there = anchor.is_empty()
            || text.contains(&format!("<a id=\"{anchor}\">"))
            || text
                .lines()
                .any(|line| line.starts_with('#') && slug(line).replace(' ', "-") == anchor);
        if !is_there {
            return Err(format!("there is no {target}"));
        }
    }
    Ok(())
}

/// Every key, flag and query of the table exists.
fn options(document: &str) -> Result<(), String> {
    let schema = work::root().join("npm/schema/bundle.config.schema.json");
    let schema = fs::read_to_string(schema).map_err(|error| error.to_string())?;
    let schema: Value = serde_json::from_str(&schema).map_err(|error| error.to_string())?;
    let pages = ["config.md", "assets.md", "manifests.md", "watching.md"].map(recipes::document);
    let described = pages.into_iter().collect::<Result<String, String>>()?;
    let section = recipes::section(document, OPTIONS);
    for line in section.into_iter().skip_while(|line| !line.starts_with("|---")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let Some(ours) = cells.get(1).filter(|_| line.starts_with("| ")) else { continue };
        for span in spans(ours) {
            let is_known = if span.starts_with('"') {
                let json: Value = serde_json::from_str(&format!("{{{span}}}"))
                    .map_err(|error| format!("{span}: {error}"))?;
                knows_all(&schema, &schema, &json)
            } else {
                knows(&schema, &schema, &span.split('.').collect::<Vec<_>>())
                    || described.contains(&format!("`{span}`"))
                    || span.starts_with("npx bundle")
                    || span.starts_with("bundle.entries/")
            };
            if !is_known {
                return Err(format!("{span} is no key, flag or query: {line}"));
            }
        }
    }
    Ok(())
}

/// Whether a part of the schema has a key, below the names of `path`.
fn knows(schema: &Value, part: &Value, path: &[&str]) -> bool {
    let Some((first, rest)) = path.split_first() else { return true };
    let part = match part["$ref"].as_str().and_then(|to| to.strip_prefix('#')) {
        Some(to) => schema.pointer(to).unwrap_or(part),
        None => part,
    };
    let named = part["properties"].get(*first).or_else(|| Some(&part["additionalProperties"]));
    named.is_some_and(|inner| inner.is_object() && knows(schema, inner, rest))
        || ["anyOf", "oneOf"].iter().any(|kind| {
            let kinds = part[kind].as_array();
            kinds.is_some_and(|kinds| kinds.iter().any(|one| knows(schema, one, path)))
        })
}

/// Whether the schema has every key of an object.
fn knows_all(schema: &Value, part: &Value, json: &Value) -> bool {
    let mut paths: Vec<Vec<&str>> = Vec::new();
    collect(json, &[], &mut paths);
    paths.iter().all(|path| knows(schema, part, path))
}

fn collect<'j>(json: &'j Value, above: &[&'j str], paths: &mut Vec<Vec<&'j str>>) {
    for (key, value) in json.as_object().into_iter().flatten() {
        let path = [above, &[key.as_str()]].concat();
        collect(value, &path, paths);
        paths.push(path);
    }
}
