//! What a rebuild costs after a partial of element-ui's theme-chalk was edited, beside a cold build
//! of the stylesheets that use it alone.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bundle_base::config::{Entry, Minify};
use bundle_base::fs::MemoryFs;
use bundle_base::{Config, FileSystem};
use bundle_engine::{ChangeSet, OutputFile, Session, with_threads};
use camino::{Utf8Path, Utf8PathBuf};

/// Edits, and cold builds. The least counts: a tick of the scheduler is more than what differs.
const RUNS: usize = 15;

/// Used by nearly all, by some, and by one with its index.
const PARTIALS: [&str; 3] =
    ["common/var.scss", "mixins/_button.scss", "date-picker/date-table.scss"];

/// Prints a line for each of the partials.
pub fn measure(config: &Config) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/node_modules/element-ui/packages/theme-chalk/src");
    let mut texts = Vec::new();
    read(&folder, Utf8Path::new("/theme"), &mut texts);
    for partial in PARTIALS {
        with_threads(Some(1), || line(partial, &texts, config));
    }
}

fn line(partial: &str, texts: &[(Utf8PathBuf, Vec<u8>)], config: &Config) {
    let path = Utf8Path::new("/theme").join(partial);
    let entries: Vec<Utf8PathBuf> =
        texts.iter().map(|(path, _)| path.clone()).filter(|path| is_entry(path)).collect();
    let files = Arc::new(
        texts.iter().fold(MemoryFs::new(), |files, (path, text)| files.with(path, text.clone())),
    );
    let session = |entries: &[Utf8PathBuf]| {
        Session::new(
            Arc::new(with_entries(config, entries)),
            Arc::clone(&files) as Arc<dyn FileSystem>,
        )
    };
    let text = texts
        .iter()
        .find(|(known, _)| *known == path)
        .map(|(_, text)| text.clone())
        .expect("it is there");
    let build =
        |session: &mut Session| session.build().expect("theme-chalk has no mistakes").outputs.files;
    let mut warm = session(&entries);
    let mut before = build(&mut warm);
    let (mut rebuilds, mut colds, mut users) = (Vec::new(), Vec::new(), Vec::new());
    // Side by side: what else the machine does is the same to both.
    for run in 0..RUNS {
        files.write(
            &path,
            format!("{}\n.edited-{run} {{ top: {run}px }}\n", String::from_utf8_lossy(&text)),
        );
        let since = Instant::now();
        warm.apply(&ChangeSet { changed: vec![path.clone()], ..ChangeSet::default() });
        let after = build(&mut warm);
        rebuilds.push(since.elapsed());
        users = users_of(&before, &after, &entries);
        before = after;
        let mut cold = session(&users);
        let since = Instant::now();
        drop(build(&mut cold));
        colds.push(since.elapsed());
    }
    let (rebuild, cold) = (least(rebuilds), least(colds));
    println!(
        "{:<40} {rebuild:>9.2} ms, its {} users cold {cold:>9.2} ms: {:.2}",
        format!("partials/{partial}"),
        users.len(),
        rebuild / cold
    );
}

/// The stylesheets whose output is another one.
fn users_of(
    before: &[OutputFile],
    after: &[OutputFile],
    entries: &[Utf8PathBuf],
) -> Vec<Utf8PathBuf> {
    let is_new = |entry: &&Utf8PathBuf| {
        let name = format!("{}.css", entry.file_stem().unwrap_or_default());
        let of = |files: &[OutputFile]| {
            files.iter().find(|file| file.path == name).map(|file| Arc::clone(&file.bytes))
        };
        of(before) != of(after)
    };
    entries.iter().filter(is_new).cloned().collect()
}

fn with_entries(config: &Config, entries: &[Utf8PathBuf]) -> Config {
    let mut config = config.clone();
    config.project = "/theme".into();
    config.output.dir = "/theme/out".into();
    config.output.minify = Minify::Modules;
    let entry = |path: &Utf8PathBuf| Entry {
        name: path.file_stem().unwrap_or_default().to_owned(),
        specifier: path.to_string(),
        path: path.clone(),
        global_name: None,
        stylesheet: None,
        is_exact: false,
        area: None,
    };
    config.entries = entries.iter().map(entry).collect();
    config
}

fn is_entry(path: &Utf8Path) -> bool {
    let is_above = path.parent() == Some(Utf8Path::new("/theme"));
    // What Dart Sass 3 refuses.
    let is_old = path.file_name() == Some("display.scss");
    is_above && path.extension() == Some("scss") && !is_old
}

fn read(folder: &Path, to: &Utf8Path, texts: &mut Vec<(Utf8PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("element-ui is installed").filter_map(Result::ok)
    {
        let to = to.join(entry.file_name().to_string_lossy().as_ref());
        if entry.path().is_dir() {
            read(&entry.path(), &to, texts);
        } else {
            texts.push((to, std::fs::read(entry.path()).expect("it can be read")));
        }
    }
}

fn least(times: Vec<Duration>) -> f64 {
    times.into_iter().min().unwrap_or_default().as_secs_f64() * 1e3
}
