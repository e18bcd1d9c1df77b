//! The files that copy-webpack-plugin copies.

use bundle_base::{
    asset::{by_extension, private},
    config::absolute,
    fs::FileKind,
};
use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Value};
use camino::Utf8Path;

use super::super::{
    plan::{Copied, tidy},
    reading::{Reading, texts},
    wordpress,
};

/// What makes a path a pattern.
const GLOB: [char; 4] = ['*', '?', '{', '('];

/// Adds what copy-webpack-plugin copies. `ignored`: globs that all patterns leave out.
pub(super) fn copies(
    reading: &mut Reading<'_>,
    patterns: &Value,
    ignored: &[String],
    place: ScriptLocation,
) {
    for pattern in patterns.elements() {
        let Some((from, context)) = source(reading, &pattern) else {
            reading.note(place, "files that are copied", "write their paths into \"copy\"");
            continue;
        };
        let before = reading.plan.copies.len();
        copy(reading, &from, &context, &pattern, place);
        let own = left_out(&pattern.get("ignore"));
        // Paths begin at the folder that is copied; those beside a pattern, where the plugin looks.
        let is_path = |glob: &&String| from.contains(GLOB) && glob.contains('/');
        let (paths, names): (Vec<&String>, Vec<&String>) =
            ignored.iter().chain(&own).partition(is_path);
        let whole = |glob: &String| {
            if glob.starts_with("**/") { glob.clone() } else { tidy(&format!("{context}/{glob}")) }
        };
        let paths: Vec<String> = paths.into_iter().map(whole).collect();
        let globs = globs_left_out(reading, &pattern);
        let project = reading.project().to_owned();
        for copy in &mut reading.plan.copies[before..] {
            if reading.facts.fs.kind(&project.join(&copy.from)) != Some(FileKind::File) {
                copy.ignored.extend(names.iter().map(|name| (*name).clone()));
                leave_out(copy, &paths);
                leave_out(copy, &globs);
            }
        }
    }
}

/// Returns the globs of `ignore`: texts, or `{ glob, dot }`. One with `!` leaves nothing out.
pub(super) fn left_out(ignore: &Value) -> Vec<String> {
    let globs = ignore.elements().into_iter();
    let globs = globs.filter_map(|one| one.as_text().or_else(|| one.get("glob").as_text()));
    globs.filter(|glob| !glob.starts_with('!')).collect()
}

/// Returns what a pattern copies, and the folder that paths of files begin at.
fn source(reading: &Reading<'_>, pattern: &Value) -> Option<(String, String)> {
    let is_text = matches!(pattern, Value::Text(_));
    let from = if is_text { pattern.clone() } else { pattern.get("from") }.as_text()?;
    let context = reading.path_of(&pattern.get("context"));
    let context = context.unwrap_or_else(|| reading.plan.scripts.context.clone());
    let is_whole = from.starts_with('/') || context.is_empty();
    let from = if is_whole { from } else { format!("{context}/{from}") };
    Some((reading.path(&from), context))
}

/// Returns `globOptions.ignore` of a pattern, relative to the project. The plugin compares with
/// whole paths, so other relative globs leave nothing out.
fn globs_left_out(reading: &Reading<'_>, pattern: &Value) -> Vec<String> {
    let relative = |glob: String| {
        if glob.starts_with('/') {
            Some(reading.path(&glob))
        } else {
            glob.starts_with("**/").then_some(glob)
        }
    };
    texts(&pattern.get("globOptions").get("ignore")).into_iter().filter_map(relative).collect()
}

/// Leaves files out of a copy of several. `globs`: relative to the project.
pub fn leave_out(copy: &mut Copied, globs: &[String]) {
    let folder =
        if copy.from.contains(GLOB) { fixed_folders(&copy.from) } else { copy.from.clone() };
    for glob in globs {
        // One without `/` would be about names in any folder.
        let inner = match Utf8Path::new(glob).strip_prefix(&folder) {
            Ok(inner) if inner.as_str().contains('/') => inner.to_string(),
            Ok(inner) => format!("./{inner}"),
            Err(_) if glob.starts_with("**/") => glob.clone(),
            Err(_) => continue,
        };
        copy.ignored.push(inner);
    }
}

fn copy(
    reading: &mut Reading<'_>,
    from: &str,
    context: &str,
    pattern: &Value,
    place: ScriptLocation,
) {
    if let Value::Function(_) = pattern.get("to") {
        return to_named(reading, from, context, pattern, place);
    }
    let written = pattern.get("to").as_text().unwrap_or_default();
    let to = written.split('[').next().unwrap_or_default();
    let to = if to.is_empty() { "." } else { to };
    if pattern.get("flatten").is_true() == Some(true) && !reading.is_file(from) {
        return to_one_folder(reading, from, to, place);
    }
    // A file that a pattern finds keeps its path below `context`.
    let keeps_path = !written.contains('[') || written.contains("[path]");
    let to = match Utf8Path::new(from).strip_prefix(context) {
        Ok(inner) if keeps_path && from.contains(GLOB) => {
            format!("{to}/{}", fixed_folders(inner.as_str()))
        }
        _ => to.to_owned(),
    };
    if is_private(reading, from) {
        return note_private(reading, from, place);
    }
    for key in ["filter", "transform", "transformPath"] {
        if let Some(field) = pattern.fields().get(key) {
            let what = format!("{key} of the copy of {from}, a function");
            let remedy = "all files are copied, as they are: change \"copy\", or do it in a \
                          script of package.json";
            reading.note(field.place, what, remedy);
        }
    }
    if !from.contains(GLOB) && !reading.is_file(from) && !reading.is_folder(from) {
        return reading.note_missing_copy(from, place);
    }
    put(reading, from, &to, place);
}

/// Adds copies that lose their folders: `flatten` of older versions.
fn to_one_folder(reading: &mut Reading<'_>, from: &str, to: &str, place: ScriptLocation) {
    let to = format!("{}/", to.trim_end_matches('/'));
    let (folder, name) = from.rsplit_once('/').unwrap_or(("", from));
    if name.contains(GLOB) && !folder.contains(GLOB) {
        return put(reading, from, &to, place);
    }
    let pattern = if from.contains(GLOB) { from.to_owned() } else { format!("{from}/**/*") };
    for file in reading.expanded(&pattern) {
        put(reading, &file, &to, place);
    }
}

/// Adds a copy of each file to the path that a function gives it. The plugin gives the function
/// `context`: the folder that is copied, or the file's, or the pattern's.
fn to_named(
    reading: &mut Reading<'_>,
    from: &str,
    context: &str,
    pattern: &Value,
    place: ScriptLocation,
) {
    let text = |path: &str| Field { value: Value::text(path), ..Field::default() };
    let (files, context) = if reading.is_folder(from) {
        (reading.expanded(&format!("{from}/**/*")), from)
    } else if from.contains(GLOB) {
        (reading.expanded(from), context)
    } else {
        (vec![from.to_owned()], Utf8Path::new(from).parent().map_or("", Utf8Path::as_str))
    };
    for file in files {
        let path = reading.project().join(&file);
        let folder = reading.project().join(context);
        let of_file = Object::from([
            ("context".to_owned(), text(folder.as_str())),
            ("absoluteFilename".to_owned(), text(path.as_str())),
        ]);
        let named = reading.script.call(&pattern.get("to"), vec![Value::object(of_file)]);
        let Some(to) = named.as_text() else {
            let what = format!("a copy of {from} to paths that a function gives");
            return reading.note(place, what, "write its files into \"copy\"");
        };
        put(reading, &file, &to, place);
    }
}

/// Adds a copy to a path, absolute or relative to the folder of the outputs; notes one that leaves
/// this folder.
fn put(reading: &mut Reading<'_>, from: &str, to: &str, place: ScriptLocation) {
    if to.starts_with('/') {
        let to = reading.path(to);
        return reading.plan.copy_within(from, &to);
    }
    let whole = reading.plan.out_dir.clone();
    let is_only_compiler = whole.is_some();
    let of_compiler = || reading.plan.scripts.folders.last().map(|(folder, _)| folder.clone());
    let folder = tidy(&whole.or_else(of_compiler).unwrap_or_default());
    let path = absolute(&reading.project().join(&folder), to);
    let path = reading.path(path.as_str());
    if !Utf8Path::new(&path).starts_with(folder.trim_end_matches('/')) {
        let what = format!("a copy of {from} to {path}, outside {folder}");
        let remedy = "copy it once, or build it with a configuration of its own";
        return reading.note(place, what, remedy);
    }
    if is_only_compiler && !to.contains("..") {
        return reading.plan.copy(from, to);
    }
    let slash = if to.ends_with('/') { "/" } else { "" };
    reading.plan.copy_within(from, &format!("{path}{slash}"));
}

/// Adds a copy of a tool other than webpack, unless builds refuse it. Both paths are relative to
/// the project.
pub fn copy_published(reading: &mut Reading<'_>, from: &str, to: &str, place: ScriptLocation) {
    // Only the copies of webpack may have programs, for WordPress.
    if from.ends_with(".php") {
        let what = "copies of PHP files, which are never published";
        reading.note(place, what, "let the server read them where they are: docs/assets.md");
    } else if is_private(reading, from) {
        note_private(reading, from, place);
    } else {
        reading.plan.copy_within(from, to);
    }
}

/// Notes a copy that builds refuse.
pub fn note_private(reading: &mut Reading<'_>, from: &str, place: ScriptLocation) {
    let what = format!("a copy of {from}, which is never published");
    reading.note(place, what, "let the server read it where it is: docs/assets.md");
}

/// Whether builds refuse to copy a file, or the files of a pattern.
pub fn is_private(reading: &Reading<'_>, from: &str) -> bool {
    if from.ends_with(".php") && wordpress::copies_programs(reading.facts) {
        return false;
    }
    if from.contains(GLOB) {
        let extension = Utf8Path::new(from).extension();
        return extension.is_some_and(|extension| by_extension(extension).is_some());
    }
    let path = reading.project().join(from);
    reading.is_file(from) && private(&path, reading.facts.fs.as_ref()).is_some()
}

/// Returns the folders of a pattern before the first one that is not fixed.
pub fn fixed_folders(pattern: &str) -> String {
    let mut parts: Vec<&str> = pattern.split('/').take_while(|part| !part.contains(GLOB)).collect();
    if parts.len() == pattern.split('/').count() {
        parts.pop();
    }
    parts.join("/")
}
