//! `--watch --verify` under random edits: files are changed, created, renamed and deleted, folders
//! move, the configuration changes. After each round the program itself compares with a clean
//! build. This test also checks modification times, and that no rebuild fails while the project is
//! intact. Seeded.
//!
//! `BUNDLE_VERIFY_PROJECT` names a project to edit in place instead of the generated one,
//! `BUNDLE_VERIFY_EDITS` how often: its sources are in `src`, and an area's `fence/main.js` imports
//! `f0.js` to `f11.js`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::random_modules::Random;
use super::watching::{self, Output, Watching};
use super::work;

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![("verified-edits", verified_edits), ("verify-tells-differences", differences_are_reported)]
}

/// Files that are fences in turn.
const FENCES: usize = 12;
/// The mark of a line that an edit has inserted.
const MARK: &str = "/*edit*/";

#[derive(Debug, Default)]
struct Tally {
    rounds: usize,
    edits: BTreeMap<&'static str, usize>,
    built: usize,
    failed: usize,
    files_compared: u64,
    files_written: usize,
    left_alone: usize,
    differences: Vec<Value>,
    rewritten: Vec<String>,
    /// Rebuilds that failed although nothing was wrong.
    spurious: Vec<String>,
}

fn verified_edits() -> Result<(), String> {
    let given = std::env::var("BUNDLE_VERIFY_PROJECT").ok();
    let count = std::env::var("BUNDLE_VERIFY_EDITS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(40);
    let seed =
        std::env::var("BUNDLE_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let fresh = work::fresh_directory("verified")?;
    let folder = given.as_ref().map_or_else(|| fresh.join("project"), PathBuf::from);
    if given.is_none() {
        generate(&folder)?;
    }
    let tally = edited(&folder, seed, count)?;
    if given.is_some() {
        let _ = writeln!(std::io::stderr(), "{tally:#?}");
    }
    if !(tally.differences.is_empty() && tally.rewritten.is_empty() && tally.spurious.is_empty()) {
        return Err(format!("seed {seed}, {}: {tally:#?}", folder.display()));
    }
    if tally.built * 2 < tally.rounds || tally.edits.len() < 8 || tally.left_alone == 0 {
        return Err(format!("the edits show too little: {tally:#?}"));
    }
    work::remove(&fresh);
    Ok(())
}

/// A command that never prints the same twice makes rebuilds and clean builds differ.
fn differences_are_reported() -> Result<(), String> {
    let fresh = work::fresh_directory("told")?;
    let folder = fresh.join("project");
    let config = json!({ "areas": { "a": "a.js" }, "outDir": "out", "preprocess": { "less": "node \
        now.cjs" } });
    write(&folder.join("bundle.config.json"), config.to_string().as_bytes())?;
    write(
        &folder.join("now.cjs"),
        b"console.log(`.same { order: 1 }\n.now { top: ${process.hrtime.bigint() % 1000003n}px \
          }`);\n",
    )?;
    write(&folder.join("style.less"), b"")?;
    write(&folder.join("a.js"), b"import './style.less';\n")?;
    let mut command = Command::new(work::binary());
    command.arg("--verify");
    // Clocks of file systems are coarse: a file of the last 10 ms counts as changed since the
    // start.
    thread::sleep(Duration::from_millis(20));
    let (mut process, _) = Watching::start_as(command, &folder)?;
    process.fence("a.js", "import './style.less';\nwindow.a = 1;\n")?;
    let verdict = process.verified()?;
    let first = &verdict["differences"][0];
    let is_reported = first["what"] == "text"
        && first["file"] == "out/a.css"
        && first["line"].as_u64().is_some_and(|line| line > 1)
        && first["rebuilt"] != first["clean"]
        && verdict["changes"]["changed"] == json!(["a.js"])
        && verdict["rewritten"] == json!([]);
    if !is_reported || !process.has_said("rebuild-differs") || !process.is_running() {
        return Err(format!("{verdict:#}"));
    }
    work::remove(&fresh);
    Ok(())
}

fn edited(folder: &Path, seed: u64, count: usize) -> Result<Tally, String> {
    let out = json_of(&folder.join("bundle.config.json"))?["outDir"]
        .as_str()
        .unwrap_or("dist")
        .to_owned();
    let mut edits = Edits::of(folder, seed)?;
    let mut tally = Tally::default();
    let mut command = Command::new(work::binary());
    command.arg("--verify");
    let (mut process, _) = Watching::start_as(command, folder)?;
    // A file that was made while the process started counts as changed.
    process.fence("fence/f0.js", "window.fence = 'first';\n")?;
    process.verified()?;
    let mut before = watching::outputs(&folder.join(&out))?;
    let mut done = 0;
    while done < count {
        let round = tally.rounds;
        let mut made = Vec::new();
        for _ in 0..=edits.random.below(3) {
            let (kind, what) = edits.edit()?;
            *tally.edits.entry(kind).or_default() += 1;
            made.push(format!("{kind} {what}"));
        }
        done += made.len();
        let at = |why: String| format!("seed {seed}, round {round}, {made:?}: {why}");
        let fence = format!("fence/f{}.js", (round + 1) % FENCES);
        let settled =
            process.fence(&fence, &format!("window.fence = 'round {round}';\n")).map_err(at)?;
        tally.rounds += 1;
        if !settled.is_built {
            tally.failed += 1;
            if edits.undo.is_empty() && tally.spurious.len() < 3 {
                tally.spurious.push(at(settled.diagnostics.join("\n")));
            }
            continue;
        }
        let verdict = process.verified().map_err(at)?;
        tally.built += 1;
        tally.files_compared += verdict["files"].as_u64().unwrap_or_default();
        if !verdict["differences"].as_array().is_some_and(Vec::is_empty) {
            tally.differences.push(json!({ "edits": made, "verdict": verdict }));
        }
        tally
            .rewritten
            .extend(verdict["rewritten"].as_array().into_iter().flatten().map(Value::to_string));
        let after = watching::outputs(&folder.join(&out))?;
        tally.files_written += settled.written.iter().map(Vec::len).sum::<usize>();
        tally.left_alone +=
            after.iter().filter(|(name, output)| before.get(*name) == Some(*output)).count();
        // Of several builds the second may have written back what the first changed.
        if settled.written.len() == 1 {
            tally.rewritten.extend(superfluous(&before, &after));
        }
        before = after;
    }
    if process.is_running() { Ok(tally) } else { Err("it has ended".to_owned()) }
}

/// Files that were written, and have the bytes that they had.
fn superfluous<'o>(
    before: &'o BTreeMap<String, Output>,
    after: &'o BTreeMap<String, Output>,
) -> impl Iterator<Item = String> + 'o {
    let is_written_again = |name: &str, output: &Output| {
        before.get(name).is_some_and(|old| old.bytes == output.bytes && old.stamp != output.stamp)
    };
    after
        .iter()
        .filter(move |(name, output)| is_written_again(name, output))
        .map(|(name, _)| name.clone())
}

/// How an edit that breaks something is taken back.
enum Undo {
    Write(PathBuf, Vec<u8>),
    Rename(PathBuf, PathBuf),
}

/// A module that an edit made, and who imports it.
struct Made {
    path: PathBuf,
    importer: PathBuf,
}

struct Edits {
    random: Random,
    folder: PathBuf,
    config: Value,
    number: usize,
    undo: Vec<Undo>,
    made: Vec<Made>,
}

impl Edits {
    fn of(folder: &Path, seed: u64) -> Result<Self, String> {
        let config = json_of(&folder.join("bundle.config.json"))?;
        let folder = folder.to_owned();
        Ok(Self {
            random: Random(seed),
            folder,
            config,
            number: 0,
            undo: Vec::new(),
            made: Vec::new(),
        })
    }

    /// One edit: its kind, and its subject. Broken files are repaired soon, because otherwise most
    /// builds would fail.
    fn edit(&mut self) -> Result<(&'static str, String), String> {
        self.number += 1;
        if !self.undo.is_empty() && self.random.chance(2) {
            return self.mend();
        }
        let sources = self.sources("")?;
        let path = self.random.of(&sources).clone();
        let name = path.strip_prefix(&self.folder).unwrap_or(&path).display().to_string();
        let kind = match self.random.below(20) {
            0..=7 => {
                self.change(&path)?;
                "change"
            }
            8..=9 => {
                let text = read(&path)?;
                let waiting = path.with_extension("tmp~");
                write(&waiting, &changed(&text, &path, self.number))?;
                rename(&waiting, &path)?;
                "save by rename"
            }
            10..=11 => return self.create(),
            12 => return self.rename_made(),
            13 => return self.delete_made(),
            14 => {
                self.undo.push(Undo::Write(path.clone(), read(&path)?));
                fs::remove_file(&path).map_err(|error| error.to_string())?;
                "delete"
            }
            15 => {
                let to =
                    path.with_file_name(format!("renamed{}.{}", self.number, extension(&path)));
                rename(&path, &to)?;
                self.undo.push(Undo::Rename(to, path));
                "rename"
            }
            16 => return self.move_folder(&path),
            17 => return self.configure(),
            18 => {
                let text = read(&path)?;
                write(&path, &text)?;
                "save unchanged"
            }
            _ => {
                let text = read(&path)?;
                self.undo.push(Undo::Write(path.clone(), text.clone()));
                let text = [text.as_slice(), b"\n<style>}}{{ export let = ;"].concat();
                write(&path, &text)?;
                "break"
            }
        };
        Ok((kind, name))
    }

    /// Takes back everything that may fail a build, the last one first.
    fn mend(&mut self) -> Result<(&'static str, String), String> {
        let count = self.undo.len();
        while let Some(undo) = self.undo.pop() {
            match undo {
                Undo::Write(path, text) => write(&path, &text)?,
                Undo::Rename(from, to) => rename(&from, &to)?,
            }
        }
        Ok(("mend", format!("{count} things")))
    }

    fn change(&mut self, path: &Path) -> Result<(), String> {
        write(path, &changed(&read(path)?, path, self.number))
    }

    fn create(&mut self) -> Result<(&'static str, String), String> {
        let importers = self.sources("js")?;
        let importer = self.random.of(&importers).clone();
        let name = format!("made{}", self.number);
        let path = importer.with_file_name(format!("{name}.js"));
        write(&path, format!("window.{name} = {};\n", self.number).as_bytes())?;
        let text = [format!("import \"./{name}.js\";\n").as_bytes(), &read(&importer)?].concat();
        write(&importer, &text)?;
        // Whoever takes back an earlier edit of it would take back the import too.
        self.made.push(Made { path, importer });
        Ok(("create", name))
    }

    /// Another name for a module that was made, and in who imports it.
    fn rename_made(&mut self) -> Result<(&'static str, String), String> {
        let Some(made) = self.take_made() else { return self.create() };
        let to = made.path.with_file_name(format!("made{}.js", self.number));
        replace_in(&made.importer, &file_name(&made.path), &file_name(&to))?;
        rename(&made.path, &to)?;
        let name = file_name(&to);
        self.made.push(Made { path: to, ..made });
        Ok(("rename with its import", name))
    }

    fn delete_made(&mut self) -> Result<(&'static str, String), String> {
        let Some(made) = self.take_made() else { return self.create() };
        let name = file_name(&made.path);
        replace_in(&made.importer, &format!("import \"./{name}\";\n"), "")?;
        fs::remove_file(&made.path).map_err(|error| error.to_string())?;
        Ok(("delete with its import", name))
    }

    /// One that is where it was made; folders may have moved.
    fn take_made(&mut self) -> Option<Made> {
        self.made.retain(|made| made.path.exists() || !self.undo.is_empty());
        let there: Vec<usize> =
            (0..self.made.len()).filter(|at| self.made[*at].is_there()).collect();
        (!there.is_empty()).then(|| *self.random.of(&there)).map(|at| self.made.swap_remove(at))
    }

    fn move_folder(&mut self, path: &Path) -> Result<(&'static str, String), String> {
        let folder = path.parent().expect("a source lies in a folder");
        if folder == self.folder.join("src") {
            return self.create();
        }
        let to = folder.with_file_name(format!("moved{}", self.number));
        rename(folder, &to)?;
        self.undo.push(Undo::Rename(to.clone(), folder.to_owned()));
        Ok(("move folder", file_name(folder)))
    }

    fn configure(&mut self) -> Result<(&'static str, String), String> {
        let mut config = self.config.clone();
        config["sourcemap"] = (*self.random.of(&["none", "file", "inline"])).into();
        config["modules"] = (*self.random.of(&["hoisted", "registry"])).into();
        config["charset"] = (*self.random.of(&["ascii", "utf8"])).into();
        config["splitting"] =
            self.random.of(&[Value::from(true), false.into(), "async".into()]).clone();
        write(&self.folder.join("bundle.config.json"), config.to_string().as_bytes())?;
        Ok(("configure", format!("{} {}", config["modules"], config["sourcemap"])))
    }

    /// Sources of a kind, or all, sorted.
    fn sources(&self, kind: &str) -> Result<Vec<PathBuf>, String> {
        let mut found = Vec::new();
        collect(&self.folder.join("src"), &mut found)?;
        found.retain(|path| kind.is_empty() || extension(path) == kind);
        found.sort();
        if found.is_empty() { Err("no source is left".to_owned()) } else { Ok(found) }
    }
}

impl Made {
    fn is_there(&self) -> bool {
        let imports =
            |text: Vec<u8>| String::from_utf8_lossy(&text).contains(&file_name(&self.path));
        self.path.exists() && fs::read(&self.importer).is_ok_and(imports)
    }
}

fn replace_in(path: &Path, from: &str, to: &str) -> Result<(), String> {
    let text = String::from_utf8_lossy(&read(path)?).replace(from, to);
    write(path, text.as_bytes())
}

/// The same with another edit of ours than before.
fn changed(text: &[u8], path: &Path, number: usize) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let mut lines: Vec<String> =
        text.lines().filter(|line| !line.contains(MARK)).map(str::to_owned).collect();
    let body = lines.iter().position(|line| {
        line.trim_start().starts_with("return ") && line.trim_end().ends_with(';')
    });
    let place = |tag: &str| lines.iter().position(|line| line.starts_with(tag));
    match extension(path) {
        "js" if number.is_multiple_of(3) => {
            lines.push(format!("export const added{number} = {number}; {MARK}"));
        }
        "js" => {
            lines.insert(body.unwrap_or(lines.len()), format!("window.edited = {number}; {MARK}"));
        }
        "vue" => match (number % 3, place("</style"), place("<script")) {
            (0, Some(end), _) => {
                lines.insert(end, format!(".edited{number} {{ order: {number} }} {MARK}"));
            }
            (1, _, Some(script)) => {
                lines.insert(script + 1, format!("window.edited = {number}; {MARK}"));
            }
            _ => lines = with_title(lines, number),
        },
        _ => lines.push(format!(".edited{number} {{ order: {number} }} {MARK}")),
    }
    lines.push(String::new());
    lines.join("\n").into_bytes()
}

/// A template whose first element has another title.
fn with_title(mut lines: Vec<String>, number: usize) -> Vec<String> {
    let Some(at) = lines.iter().position(|line| line.starts_with("<template")) else {
        return lines;
    };
    let Some(first) = lines.get_mut(at + 1) else { return lines };
    let plain = match first.split_once(" data-edit=\"") {
        Some((start, rest)) => {
            format!("{start}{}", rest.split_once('"').map_or("", |(_, rest)| rest))
        }
        None => first.clone(),
    };
    if let Some(end) = plain.find(['>', ' ']).filter(|_| plain.starts_with('<')).or_else(|| {
        let start = plain.len() - plain.trim_start().len();
        plain[start..].find(['>', ' ']).map(|end| start + end)
    }) {
        *first = format!("{} data-edit=\"{number}\"{}", &plain[..end], &plain[end..]);
    }
    lines
}

/// A small project with all kinds of sources in three areas.
fn generate(folder: &Path) -> Result<(), String> {
    let areas = ["shop", "cart", "admin"];
    let entries: serde_json::Map<String, Value> = areas
        .iter()
        .map(|area| ((*area).to_owned(), json!(format!("src/{area}/index.js"))))
        .collect();
    let mut all = entries;
    all.insert("fence".to_owned(), json!("fence/main.js"));
    let config = json!({ "areas": all, "outDir": "out", "mode": "development", "splitting": true });
    write(&folder.join("bundle.config.json"), config.to_string().as_bytes())?;
    let fences: Vec<String> = (0..FENCES).map(|n| format!("import './f{n}.js';\n")).collect();
    write(&folder.join("fence/main.js"), fences.concat().as_bytes())?;
    for number in 0..FENCES {
        write(&folder.join(format!("fence/f{number}.js")), b"window.fence = 'before';\n")?;
    }
    write(&folder.join("src/styles/_mixins.scss"), b"@mixin box { padding: 1px }\n")?;
    write(
        &folder.join("src/styles/base.scss"),
        b"@use './mixins';\n.base { @include mixins.box }\n",
    )?;
    for number in 0..6 {
        let text = format!("export function shared{number}(n) {{\n  return n + {number};\n}}\n");
        write(&folder.join(format!("src/shared/s{number}.js")), text.as_bytes())?;
    }
    for (at, area) in areas.into_iter().enumerate() {
        let place = folder.join("src").join(area);
        let used: Vec<String> = (0..3)
            .map(|n| (at + n) % 6)
            .map(|n| {
                format!(
                    "import {{ shared{n} }} from '../shared/s{n}.js';\nwindow.v{n} = \
                              shared{n}({n});\n"
                )
            })
            .collect();
        let used = used.concat();
        let index = format!(
            "import '../styles/base.scss';\nimport Page from './pages/Page.vue';\nimport \
             './parts/p0.js';\n{used}window.page = Page;\nimport('./parts/later.js');\n"
        );
        write(&place.join("index.js"), index.as_bytes())?;
        write(
            &place.join("parts/p0.js"),
            b"import { one } from './p1.js';\nexport function zero() {\n  return \
              one();\n}\nwindow.zero = zero;\n",
        )?;
        write(
            &place.join("parts/p1.js"),
            b"import { shared5 } from '../../shared/s5.js';\nexport function one() {\n  return \
              shared5(1);\n}\n",
        )?;
        write(
            &place.join("parts/later.js"),
            b"import { shared4 } from '../../shared/s4.js';\nwindow.later = shared4(4);\n",
        )?;
        let page = format!(
            "<template>\n<div class=\"{area}\">{{{{ word }}}}</div>\n</template>\n<script>\nexport \
             default {{ data: () => ({{ word: '{area}' }}) }};\n</script>\n<style lang=\"scss\" \
             scoped>\n@use '../../styles/mixins';\n.{area} {{ @include mixins.box }}\n</style>\n"
        );
        write(&place.join("pages/Page.vue"), page.as_bytes())?;
    }
    Ok(())
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

fn json_of(path: &Path) -> Result<Value, String> {
    serde_json::from_slice(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn rename(from: &Path, to: &Path) -> Result<(), String> {
    fs::rename(from, to).map_err(|error| format!("{} to {}: {error}", from.display(), to.display()))
}

fn write(path: &Path, text: &[u8]) -> Result<(), String> {
    let made = fs::create_dir_all(path.parent().expect("it lies in a folder"))
        .and_then(|()| fs::write(path, text));
    made.map_err(|error| format!("{}: {error}", path.display()))
}
