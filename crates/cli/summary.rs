//! The summary at the end of a build: every file with its size, one per line, and how the size has
//! changed since the previous build. With `--sizes`, also the files that each page loads.

use std::{fmt::Write, fs};

use bundle_base::config::{Mode, absolute};
use bundle_engine::{Build, ENTRYPOINTS_FILE, OutputKind};
use bundle_report::{
    parsed_metafile::Metafile,
    sizes::{change, size},
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use crate::{
    metafile,
    project::{Project, shown},
    sizes,
    written::WrittenFile,
};

/// The measured sizes of a build's files, besides what was written.
#[derive(Default)]
pub struct Measures {
    /// The sizes of each file, by its path from the working directory.
    files: FxHashMap<String, Measure>,
    /// The total of what each entry's page loads at first.
    pages: Vec<Page>,
}

/// The sizes of a file, or of several files together.
#[derive(Clone, Copy, Default)]
struct Measure {
    /// The size before this build, if the file existed.
    before: Option<u64>,
    gzip: Option<u64>,
    brotli: Option<u64>,
}

struct Page {
    entry: String,
    files: usize,
    bytes: u64,
    measure: Measure,
}

/// Which sizes are measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Only the sizes of the files themselves.
    Files,
    /// The size after gzip too: in production, if the summary goes to a terminal.
    Gzip,
    /// The sizes after gzip and brotli, and pages: with `--sizes`.
    All,
}

impl Wanted {
    /// Decides by the flag, the mode and whether the summary goes to a terminal.
    pub fn of(is_asked: bool, mode: Mode, shows_progress: bool) -> Self {
        match (is_asked, mode) {
            (true, _) => Self::All,
            (false, Mode::Production) if shows_progress => Self::Gzip,
            (false, Mode::Production | Mode::Development) => Self::Files,
        }
    }
}

/// Measures the new outputs and the files that they replace. It must run before the outputs are
/// written.
#[expect(clippy::disallowed_methods, reason = "the command line says what it replaces")]
pub fn measure(project: &Project, built: &Build, wanted: Wanted, jobs: Option<usize>) -> Measures {
    let (outputs, last) = (&built.outputs.files, last_files(project));
    let found = sizes::each(outputs, jobs, |file| {
        let path = absolute(&project.config.output.dir, &file.path);
        let is_text = matches!(file.kind, OutputKind::Script | OutputKind::Style);
        let packed_size = |is_wanted: bool, pack: fn(&[u8]) -> usize| {
            (is_wanted && is_text).then(|| pack(&file.bytes) as u64)
        };
        let length = |path: &Utf8Path| {
            fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|found| found.len())
        };
        let under_another_hash =
            || last.get(&without_hash(&file.path)?).and_then(|last| length(last));
        let before = length(&path).or_else(under_another_hash);
        let (gzip, brotli) = (
            packed_size(wanted != Wanted::Files, sizes::gzip),
            packed_size(wanted == Wanted::All, sizes::brotli),
        );
        (shown(&path, &project.cwd), Measure { before, gzip, brotli })
    });
    let mut measures = Measures { files: found.into_iter().collect(), pages: Vec::new() };
    if let Some(metafile) = built.outputs.metafile.as_ref().filter(|_| wanted == Wanted::All) {
        let metafile = Metafile::of(&metafile::relative_to_cwd(project, metafile))
            .expect("a metafile that was made has this form");
        measures.pages =
            metafile.entries().map(|(path, _)| page(&metafile, path, &measures.files)).collect();
    }
    measures
}

/// Returns the files of the last build that have hashes in their names, by their names without
/// them, as `entrypoints.json` lists them.
fn last_files(project: &Project) -> FxHashMap<String, Utf8PathBuf> {
    let dir = &project.config.output.dir;
    let text = project.fs.read(&dir.join(ENTRYPOINTS_FILE)).unwrap_or_default();
    let manifest: Value = serde_json::from_slice(&text).unwrap_or_default();
    let files = manifest["files"].as_array().into_iter().flatten().filter_map(Value::as_str);
    files.filter_map(|file| Some((without_hash(file)?, absolute(dir, file)))).collect()
}

/// Returns a path without its hash: `chunks/cart.1f3a9c2b.js` becomes `chunks/cart.js`. `None` if
/// the name has no hash.
fn without_hash(path: &str) -> Option<String> {
    let is_hash =
        |part: &&str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (rest, extension) = path.rsplit_once('.')?;
    let (name, _) = rest.rsplit_once('.').filter(|(_, hash)| is_hash(hash))?;
    Some(format!("{name}.{extension}"))
}

fn page(metafile: &Metafile, path: &str, files: &FxHashMap<String, Measure>) -> Page {
    let page = metafile.page(path);
    let all = |of: fn(&Measure) -> Option<u64>| -> Option<u64> {
        page.iter().map(|(path, _)| files.get(*path).and_then(of)).sum::<Option<u64>>()
    };
    Page {
        entry: metafile.outputs[path].called(path).to_owned(),
        files: page.len(),
        bytes: page.iter().map(|(_, output)| output.bytes).sum(),
        measure: Measure {
            before: all(|it| it.before),
            gzip: all(|it| it.gzip),
            brotli: all(|it| it.brotli),
        },
    }
}

/// Returns the summary as text: a line for each file, and one for each page.
pub fn text(written: &[WrittenFile], measures: &Measures) -> String {
    // In an empty folder every file is new, so none is marked.
    let is_again = measures.files.values().any(|file| file.before.is_some());
    let rows: Vec<[String; 5]> = written
        .iter()
        .map(|file| {
            let measure = measures.files.get(&file.path).copied().unwrap_or_default();
            let note = match measure.before {
                _ if !file.is_changed => "unchanged".to_owned(),
                Some(before) => change(before, file.bytes as u64),
                None if is_again && measures.files.contains_key(&file.path) => "new".to_owned(),
                None => String::new(),
            };
            row(&file.path, file.bytes as u64, measure, note)
        })
        .collect();
    let pages = measures.pages.iter().map(|page| {
        let files = if page.files == 1 { "file" } else { "files" };
        let name = format!("page of {}, {} {files}", page.entry, page.files);
        let note = page.measure.before.map_or_else(String::new, |it| change(it, page.bytes));
        row(&name, page.bytes, page.measure, note)
    });
    table(rows) + &table(pages.collect())
}

/// Returns a line for each of these files, with its size.
pub fn sizes_of<'w>(files: impl Iterator<Item = &'w WrittenFile>) -> String {
    table(
        files
            .map(|file| row(&file.path, file.bytes as u64, Measure::default(), String::new()))
            .collect(),
    )
}

fn row(name: &str, bytes: u64, measure: Measure, note: String) -> [String; 5] {
    let packed = |what: &str, bytes: Option<u64>| {
        bytes.map_or_else(String::new, |it| format!("{what} {}", size(it)))
    };
    [
        name.to_owned(),
        size(bytes),
        packed("gzip", measure.gzip),
        packed("brotli", measure.brotli),
        note,
    ]
}

/// Returns the rows as aligned text, without empty columns, numbers to the right.
fn table(rows: Vec<[String; 5]>) -> String {
    let widths: Vec<usize> = (0..5)
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = format!("  {:width$}  {:>9}", row[0], row[1], width = widths[0]);
        for column in (2..4).filter(|column| widths[*column] > 0) {
            line = format!("{line}  {:>width$}", row[column], width = widths[column]);
        }
        line = format!("{line}  {}", row[4]);
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Returns the summary as JSON, one object per line.
pub fn json(written: &[WrittenFile], measures: &Measures) -> String {
    let files = written.iter().map(|file| {
        let mut line =
            json!({ "output": file.path, "bytes": file.bytes, "changed": file.is_changed });
        add(&mut line, measures.files.get(&file.path).copied().unwrap_or_default());
        line
    });
    let pages = measures.pages.iter().map(|page| {
        let mut line = json!({ "page": page.entry, "files": page.files, "bytes": page.bytes });
        add(&mut line, page.measure);
        line
    });
    let mut text = String::new();
    for line in files.chain(pages) {
        let _ = writeln!(text, "{line}");
    }
    text
}

fn add(line: &mut Value, measure: Measure) {
    for (name, bytes) in
        [("before", measure.before), ("gzip", measure.gzip), ("brotli", measure.brotli)]
    {
        if let Some(bytes) = bytes {
            line[name] = json!(bytes);
        }
    }
}
