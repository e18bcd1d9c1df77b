//! Random projects with random edits: after any edit, the next build equals a clean one. The random
//! numbers have fixed seeds, so a failure can be repeated.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::{Diagnostics, fs::MemoryFs};
use camino::Utf8PathBuf;

use super::{config, session, session_with, shown};
use crate::{Cache, ChangeSet, session::Session, with_threads};

#[path = "../../../../../tests/support/random_modules.rs"]
pub(super) mod random_modules;

use random_modules::{Random, module, names};

const FORMATS: [&str; 3] = ["iife", "cjs", "esm"];
const TARGETS: [&str; 2] = ["es5", "esnext"];
const MAPS: [&str; 4] = ["none", "file", "inline", "hidden"];

struct Project {
    files: BTreeMap<Utf8PathBuf, String>,
    fs: Arc<MemoryFs>,
    /// The names that modules import. The module of the last one does not exist at first.
    names: Vec<String>,
}

impl Project {
    fn new(random: &mut Random) -> Self {
        let size = 2 + random.below(8);
        let names = names(size + 1);
        let mut project =
            Self { files: BTreeMap::new(), fs: Arc::new(MemoryFs::new()), names: names.clone() };
        for name in &names[..size] {
            project.write(path(name), module(random, name, &names[..size]));
        }
        project
    }

    fn write(&mut self, path: Utf8PathBuf, text: String) {
        self.fs.write(&path, &text);
        self.files.insert(path, text);
    }

    /// Makes one edit, and returns it as the net change that a watcher reports.
    fn edit(&mut self, random: &mut Random) -> ChangeSet {
        let mut changes = ChangeSet::default();
        for _ in 0..=random.below(2) {
            let name = random.of(&self.names).clone();
            let path = path(&name);
            let exists = self.files.contains_key(&path);
            if changes.iter().any(|(p, _)| p == path) {
                continue;
            }
            if exists && random.chance(5) && path != "/p/m0.js" && path != "/p/m1.js" {
                self.fs.remove(&path);
                self.files.remove(&path);
                changes.removed.push(path);
                continue;
            }
            let text = match self.files.get(&path) {
                Some(text) if random.chance(2) => touched(random, text),
                Some(_) | None => module(random, &name, &self.names),
            };
            self.write(path.clone(), text);
            if exists { changes.changed.push(path) } else { changes.created.push(path) }
        }
        changes
    }
}

/// Changes a text inside a body: another value, or another time at which a name is read.
fn touched(random: &mut Random, text: &str) -> String {
    const CHANGES: [(&str, &str); 5] = [
        (" = ", " = 1"),
        ("return v", "return 1 + v"),
        ("log(typeof ", "log("),
        ("log(() => ", "log("),
        ("log(", "log(() => "),
    ];
    let (before, after) = random.of(&CHANGES);
    text.replacen(before, after, 1)
}

fn path(name: &str) -> Utf8PathBuf {
    format!("/p/{name}").into()
}

/// Makes the cache that an earlier build stored.
fn cache(settings: &str, fs: &MemoryFs, kept: Option<&[u8]>) -> Cache {
    let mut cache = Cache::new(&config(settings, fs), "this version");
    let restored = kept.map_or(Ok(()), |kept| cache.restore(kept.to_vec()));
    assert_eq!(restored, Ok(()));
    cache
}

/// How much of the previous link was reused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stood {
    All,
    Some,
    Nothing,
}

/// Builds, and returns a text to compare (files and warnings, or errors) and how much of the
/// previous link was reused.
fn outcome(session: &mut Session) -> (String, Stood) {
    match session.build() {
        Ok(build) => {
            let files: Vec<_> =
                build.outputs.files.iter().map(|f| String::from_utf8_lossy(&f.bytes)).collect();
            let mut log = Diagnostics::new();
            log.extend(build.warnings);
            let metafile = build.outputs.metafile.unwrap_or_default();
            let stood = match build.counts.linked {
                0 => Stood::All,
                some if some < build.counts.modules => Stood::Some,
                _ => Stood::Nothing,
            };
            (format!("{}\n{}\n{metafile}", files.concat(), shown(&log)), stood)
        }
        Err(log) => (shown(&log), Stood::Nothing),
    }
}

fn settings(random: &mut Random) -> String {
    let format = FORMATS[random.below(3)];
    let target = TARGETS[random.below(2)];
    let second = if random.chance(3) { r#", "m1": "m1.js""# } else { "" };
    let map = MAPS[random.below(4)];
    let is_split = random.chance(3) && (format != "esm" || target != "es5");
    let splitting = if is_split { ["true", r#""async""#][random.below(2)] } else { "false" };
    let minify = random.chance(4);
    let modules = if format == "iife" && random.chance(2) { "registry" } else { "hoisted" };
    let mode = if random.chance(2) { "development" } else { "production" };
    format!(
        r#"{{ "mode": "{mode}", "areas": {{ "m0": "m0.js"{second} }}, "outDir": "out", "format": "{format}", "target": "{target}",
            "sourcemap": "{map}", "splitting": {splitting}, "minify": {minify}, "modules": "{modules}" }}"#
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "how many projects a test run tries is its caller's choice"
)]
fn projects() -> u64 {
    if std::env::var("BUNDLE_TEST_FULL").is_ok() { 1000 } else { 60 }
}

#[test]
fn a_rebuild_after_random_edits_equals_a_clean_build() {
    with_threads(Some(2), || {
        let (mut built, mut stood, mut stood_partly) = (0, 0, 0);
        for seed in 0..projects() {
            let random = &mut Random(seed);
            let mut project = Project::new(random);
            let settings = settings(random);
            let has_metafile = random.chance(2);
            let mut warm = session_with(&settings, &project.fs, has_metafile);
            let mut kept: Option<Vec<u8>> = None;
            for step in 0..5 {
                let (rebuilt, stands) = outcome(&mut warm);
                let (clean, _) = outcome(&mut session_with(&settings, &project.fs, has_metafile));
                assert_eq!(
                    rebuilt, clean,
                    "seed {seed}, step {step}: {settings}\n{:#?}",
                    project.files
                );
                let next = session_with(&settings, &project.fs, has_metafile);
                let mut next = next.with_cache(cache(&settings, &project.fs, kept.as_deref()));
                assert_eq!(
                    outcome(&mut next).0,
                    clean,
                    "seed {seed}, step {step}, from a cache: {settings}\n{:#?}",
                    project.files
                );
                let snapshot = next.cache().and_then(Cache::snapshot);
                kept = snapshot
                    .map(|snapshot| snapshot.pieces().collect::<Vec<_>>().concat())
                    .or(kept);
                built += usize::from(!clean.starts_with("error"));
                stood += usize::from(stands == Stood::All);
                stood_partly += usize::from(stands == Stood::Some);
                let changes = project.edit(random);
                warm.apply(&changes);
            }
        }
        assert!(built > 10, "hardly any of the random projects builds");
        assert!(stood > 10, "hardly any rebuild goes on from what was linked before");
        assert!(
            stood_partly > 1,
            "hardly any rebuild goes on from a part of what was linked before"
        );
    });
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    for seed in 0..projects() / 10 {
        let random = &mut Random(seed.wrapping_mul(31));
        let project = Project::new(random);
        let settings = settings(random);
        let built =
            |jobs| with_threads(Some(jobs), || outcome(&mut session(&settings, &project.fs)).0);
        let one = built(1);
        assert_eq!(one, built(2), "seed {seed}");
        assert_eq!(one, built(8), "seed {seed}");
    }
}
