//! Random projects under random edits, watched by the real binary: after every settled rebuild the
//! output folder equals that of a clean build, and no output is written that has its bytes already.
//! Seeded: the seed that a failure prints repeats it, except for how the system's events happen to
//! be grouped.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::random_modules::{Random, module, names};
use super::watching::{self, Output, Settled, Watching};
use super::work;

/// The tests of this file run side by side: each has its own seeds.
pub const PARTS: u64 = 4;

/// Projects of one part: a sample, or with `--full` a thousand in all.
fn count() -> u64 {
    if work::is_full() { 1000 / PARTS } else { 3 }
}

/// Projects that one part watches at the same time. Most of the time they wait for events.
const AT_ONCE: u64 = 3;

/// Rounds of edits. Each has a file of its own as its fence.
const ROUNDS: usize = 7;

/// How much was seen: a test of nothing but failing builds would prove little.
#[derive(Debug, Default)]
struct Seen {
    rounds: usize,
    built: usize,
    written: usize,
    left_alone: usize,
}

/// Runs the projects of one part.
pub fn random_projects(part: u64) -> Result<(), String> {
    // `BUNDLE_TEST_SEED` repeats one project.
    let only: Option<u64> =
        std::env::var("BUNDLE_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    let count = if only.is_some() { 1000 } else { count() };
    let is_wanted = move |seed: &u64| only.is_none_or(|only| only == *seed);
    let seeds = move |thread: u64| {
        (0..count)
            .filter(move |n| n % AT_ONCE == thread)
            .map(move |n| part * 1000 + n)
            .filter(is_wanted)
    };
    let threads: Vec<_> = (0..AT_ONCE).map(|n| thread::spawn(move || projects(seeds(n)))).collect();
    let mut seen = Seen::default();
    for thread in threads {
        let part = thread.join().map_err(|_| "a driver's thread panicked".to_owned())??;
        seen.rounds += part.rounds;
        seen.built += part.built;
        seen.written += part.written;
        seen.left_alone += part.left_alone;
    }
    if work::is_full() {
        let _ = writeln!(std::io::stderr(), "part {part}: {seen:?}");
    }
    if only.is_some() {
        return Ok(());
    }
    let is_telling = seen.built * 5 > seen.rounds && seen.written > 0 && seen.left_alone > 0;
    if is_telling { Ok(()) } else { Err(format!("the random projects show too little: {seen:?}")) }
}

fn projects(seeds: impl Iterator<Item = u64>) -> Result<Seen, String> {
    let mut seen = Seen::default();
    for seed in seeds {
        let fresh = work::fresh_directory("watched")?;
        let folder = fresh.join("project");
        project(seed, &folder, &mut seen)
            .map_err(|why| format!("seed {seed} ({}): {why}", folder.display()))?;
        work::remove(&fresh);
    }
    Ok(seen)
}

fn project(seed: u64, folder: &Path, tally: &mut Seen) -> Result<(), String> {
    let mut project = Project::new(seed, folder)?;
    let (mut process, first) = Watching::start(folder)?;
    let mut before = BTreeMap::new();
    before = project.check(&first, &before, tally).map_err(|why| format!("first build: {why}"))?;
    // Files that are made while the process starts count as changed once it watches. Its first
    // rebuild may be about these, all fences among them, and not about this one; every later one is
    // about what came after.
    process.fence("fence/first.js", "log('first');\n")?;
    for round in 0..ROUNDS {
        // The first round is about the first build and nothing else.
        let edits = if round == 0 { Vec::new() } else { project.edit()? };
        let at = |why: String| format!("round {round}, {edits:?}: {why}");
        let settled = process
            .fence(&fence(round), &format!("log('round {round}, {seed}');\n"))
            .map_err(at)?;
        before = project.check(&settled, &before, tally).map_err(at)?;
    }
    if process.is_running() { Ok(()) } else { Err("it has ended".to_owned()) }
}

/// Through the link, if there is one, it is the same file; without it, it is nothing.
fn through_no_link(name: &str) -> String {
    name.replace("linked/", "lib/")
}

fn fence(round: usize) -> String {
    format!("fence/f{round}.js")
}

/// A project on the disk, with what its edits have to know.
struct Project {
    random: Random,
    folder: PathBuf,
    /// The names that modules import: not all of them exist.
    names: Vec<String>,
    /// Modules with a syntax error, and what they were before.
    broken: Vec<(String, Vec<u8>)>,
    has_pages: bool,
}

impl Project {
    fn new(seed: u64, folder: &Path) -> Result<Self, String> {
        let mut random = Random(seed);
        let mut names = names(3 + random.below(8));
        let has_pages = random.chance(2);
        if has_pages {
            names.extend([
                "pages/one.js".to_owned(),
                "pages/two.js".to_owned(),
                "pages/three.ts".to_owned(),
            ]);
        }
        let there = names.clone();
        // Not there yet: two folders that may come, and another name for one that is there.
        names.extend([
            "new/m3.js".to_owned(),
            "new/deep/m6.ts".to_owned(),
            "linked/m3.js".to_owned(),
        ]);
        let mut project =
            Self { random, folder: folder.to_owned(), names, broken: Vec::new(), has_pages };
        project.configure()?;
        for round in 0..ROUNDS {
            project.write(&fence(round), b"log('before');\n")?;
        }
        project.write("fence/first.js", b"log('before');\n")?;
        let fences: Vec<String> =
            (0..ROUNDS).map(|round| format!("import './f{round}.js';\n")).collect();
        project.write(
            "fence/main.js",
            format!("import './first.js';\n{}", fences.concat()).as_bytes(),
        )?;
        for name in &there {
            let text = module(&mut project.random, name, &there);
            project.write(name, text.as_bytes())?;
        }
        #[cfg(unix)]
        if project.random.chance(2) {
            std::os::unix::fs::symlink("lib", folder.join("linked"))
                .map_err(|error| error.to_string())?;
        }
        Ok(project)
    }

    /// Another configuration.
    fn configure(&mut self) -> Result<(), String> {
        let random = &mut self.random;
        let format = random.of(&["iife", "cjs", "esm"]);
        let target = random.of(&["es5", "es2017", "esnext"]);
        let map = random.of(&["none", "file", "inline"]);
        let second = if random.chance(2) { ", \"sub/m1\": \"m1.js\"" } else { "" };
        let pages = if self.has_pages { ", \"p\": { \"entry\": \"pages/*.{js,ts}\" }" } else { "" };
        let splitting = random.of(&["true", "false", "\"async\""]);
        let minify = random.chance(4);
        let config = format!(
            "{{ \"areas\": {{ \"m0\": \"m0.js\", \"fence\": \"fence/main.js\"{second}{pages} }}, \
             \"outDir\": \"out\",\n\
             \"mode\": \"development\", \"format\": \"{format}\", \"target\": \"{target}\", \
             \"sourcemap\": \"{map}\",\n\
             \"splitting\": {splitting}, \"minify\": {minify} }}\n"
        );
        self.write("bundle.config.json", config.as_bytes())
    }

    /// Compares the folder after a build with the outputs of a clean one.
    fn check(
        &self,
        settled: &Settled,
        before: &BTreeMap<String, Output>,
        seen: &mut Seen,
    ) -> Result<BTreeMap<String, Output>, String> {
        let after = watching::outputs(&self.folder.join("out"))?;
        let clean = watching::clean_build(&self.folder, &[], "out")?;
        watching::check(settled, (before, &after), &clean, "out")?;
        seen.rounds += 1;
        seen.built += usize::from(clean.is_ok());
        seen.written += settled.written.iter().map(Vec::len).sum::<usize>();
        seen.left_alone +=
            after.iter().filter(|(name, output)| before.get(*name) == Some(*output)).count();
        Ok(after)
    }

    /// Makes everything that is missing, and mends what is broken: otherwise most projects end with
    /// an error.
    fn heal(&mut self) -> Result<Vec<String>, String> {
        let mut done = Vec::new();
        for (name, text) in std::mem::take(&mut self.broken) {
            self.write(&name, &text)?;
            done.push(format!("mend {name}"));
        }
        for name in self.names.iter().map(|name| through_no_link(name)).collect::<Vec<_>>() {
            if !self.folder.join(&name).exists() {
                let text = module(&mut self.random, &name, &self.names);
                self.write(&name, text.as_bytes())?;
                done.push(format!("create {name}"));
            }
        }
        Ok(done)
    }

    /// One to four edits, sometimes with a pause between two, so that some come after the watcher
    /// has looked.
    fn edit(&mut self) -> Result<Vec<String>, String> {
        let mut done = if self.random.chance(2) { self.heal()? } else { Vec::new() };
        let count = 1 + self.random.below(4);
        for _ in 0..count {
            done.push(self.edit_once()?);
            if self.random.chance(4) {
                thread::sleep(Duration::from_millis(self.random.below(80) as u64));
            }
        }
        Ok(done)
    }

    fn edit_once(&mut self) -> Result<String, String> {
        let name = self.random.of(&self.names);
        let name = through_no_link(name);
        let path = self.folder.join(&name);
        let text = module(&mut self.random, &name, &self.names);
        let reported = |error: std::io::Error| format!("{name}: {error}");
        let done = match self.random.below(16) {
            0..=3 => {
                self.write(&name, text.as_bytes())?;
                "write"
            }
            4..=6 => {
                // As editors do it: beside the file, then over it.
                let waiting = path.with_extension("tmp~");
                self.write(
                    &format!("{}.tmp~", name.rsplit_once('.').map_or("", |(stem, _)| stem)),
                    text.as_bytes(),
                )?;
                fs::rename(waiting, &path).map_err(reported)?;
                "save by rename"
            }
            7..=8 => {
                // Most modules are needed by somebody: what is removed is often missed.
                let _ = fs::remove_file(&path);
                "remove"
            }
            9..=10 => {
                if let Ok(text) = fs::read(&path) {
                    self.write(&name, &text)?;
                }
                "save unchanged"
            }
            11..=12 => {
                if let Ok(good) = fs::read(&path)
                    && !self.broken.iter().any(|(other, _)| *other == name)
                {
                    self.write(&name, b"export let v = ;\n")?;
                    self.broken.push((name.clone(), good));
                }
                "break"
            }
            13..=14 => return Ok(self.move_folder()),
            _ => {
                self.configure()?;
                return Ok("configure".to_owned());
            }
        };
        Ok(format!("{done} {name}"))
    }

    /// Renames a folder to another name, as far as the system lets it.
    fn move_folder(&mut self) -> String {
        let from = *self.random.of(&["lib", "new", "gone", "pages", "away"]);
        let to = *self.random.of(&["lib", "new", "gone", "pages", "new/deep"]);
        let is_moved = !self.folder.join(to).exists()
            && fs::rename(self.folder.join(from), self.folder.join(to)).is_ok();
        if is_moved { format!("move {from} to {to}") } else { format!("no move of {from} to {to}") }
    }

    fn write(&self, name: &str, text: &[u8]) -> Result<(), String> {
        let path = self.folder.join(name);
        let folder = path.parent().expect("it lies in the folder");
        let made = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text));
        made.map_err(|error| format!("{name}: {error}"))
    }
}
