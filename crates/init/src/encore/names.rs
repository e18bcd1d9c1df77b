//! `configureFilenames()`: names of files. Folders in those of scripts and stylesheets become a
//! part of the names of areas, unless templates name the entries.

use std::rc::Rc;

use bundle_base::{config::matching, fs::FileKind};
use bundle_js::static_evaluation::{ScriptLocation, Symbol, Value};
use camino::Utf8Path;

use super::super::{
    asset_names::{FONTS, IMAGES, listed},
    reading::{Reading, call_of},
    webpack,
};

/// What templates and programs call to get the files of an entry.
const CALLS: [&str; 4] =
    ["encore_entry_", "encore:renderWebpack", "entrypoints.json", "EntrypointLookup"];
/// Folders that have no templates of the project.
const OTHERS: [&str; 3] = ["node_modules", "vendor", "var"];
/// Most files that are looked at.
const MOST: usize = 5_000;

/// Where the files of entries go.
pub(super) struct EntryNames {
    /// The folder of the outputs.
    pub out: String,
    script: String,
    style: String,
}

impl EntryNames {
    /// Chooses the names for the calls of one configuration.
    pub fn of(reading: &mut Reading<'_>, calls: &[Rc<Symbol>], out: &str) -> Self {
        let [mut script, mut style] = ["js", "css"].map(|kind| format!("[name].{kind}"));
        let call = calls.iter().rev().find(|call| call_of(call).0 == "configureFilenames");
        let patterns = call.and_then(|call| Some((call_of(call).1.first()?.clone(), call.place)));
        if let Some((patterns, place)) = patterns {
            let [js, css] = ["js", "css"].map(|kind| patterns.get(kind).as_text());
            let in_folders = [&js, &css].into_iter().flatten().filter(|name| name.contains('/'));
            let in_folders: Vec<String> = in_folders.cloned().collect();
            let caller = (!in_folders.is_empty()).then(|| caller(reading, calls, out)).flatten();
            if let Some(line) = caller {
                let remedy = format!(
                    "{line} names an entry, and files have the names of entries: correct what \
                     names the files themselves"
                );
                for pattern in in_folders {
                    reading.note(place, format!("the folder in {pattern}"), &remedy);
                }
            } else {
                script = js.filter(|name| name.contains('/')).unwrap_or(script);
                style = css.filter(|name| name.contains('/')).unwrap_or(style);
            }
        }
        Self { out: out.to_owned(), script, style }
    }

    /// Returns the paths of the script and of the stylesheet of an entry.
    pub fn of_entry(&self, entry: &str) -> (String, String) {
        let path = |pattern: &str| format!("{}/{}", self.out, webpack::named(pattern, entry));
        (path(&self.script), path(&self.style))
    }
}

/// Returns the first line of a template or a program that names entries, or files that have only
/// the name of an entry: `asset("build/app.js")`.
fn caller(reading: &Reading<'_>, calls: &[Rc<Symbol>], out: &str) -> Option<String> {
    let entry = |call: &Rc<Symbol>| {
        let (name, arguments) = call_of(call);
        arguments.first().filter(|_| name.starts_with("add"))?.as_text()
    };
    let folder = Utf8Path::new(out).file_name().unwrap_or_default();
    let files = calls
        .iter()
        .filter_map(entry)
        .flat_map(|entry| ["js", "css"].map(|extension| format!("{folder}/{entry}.{extension}")));
    let words: Vec<String> = files.chain(CALLS.map(str::to_owned)).collect();
    let listed = reading.facts.fs.list(reading.project()).unwrap_or_default();
    let folders = listed.iter().filter(|entry| {
        let name = entry.name.as_str();
        entry.kind == Some(FileKind::Directory) && !name.starts_with('.') && !OTHERS.contains(&name)
    });
    let globs = folders.map(|entry| format!("{}/**/", entry.name)).chain([String::new()]);
    let files = globs.flat_map(|folders| {
        let glob = format!("{folders}*.{{twig,php,html,latte}}");
        matching(&*reading.facts.fs, reading.project(), &glob)
    });
    files.take(MOST).find_map(|file| {
        let text = reading.facts.text(&file);
        let at = text.lines().position(|line| words.iter().any(|word| line.contains(word)))?;
        Some(format!("{}:{}", reading.facts.below(&file), at + 1))
    })
}

/// Reads the patterns of file names.
pub(super) fn read(reading: &mut Reading<'_>, patterns: &Value, place: ScriptLocation) {
    if let Some(pattern) = patterns.get("js").as_text() {
        reading.plan.scripts.pattern = pattern;
    }
    for (kind, extensions) in [("images", IMAGES), ("fonts", FONTS)] {
        if let Some(pattern) = patterns.get(kind).as_text() {
            webpack::file_names(reading, listed(extensions), &pattern, place);
        }
    }
}
