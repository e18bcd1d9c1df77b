//! The names that files get: `rename({ suffix: ".min" })` of gulp-rename, and gulp-flatten.

use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Value};
use camino::Utf8Path;
use indexmap::IndexMap;

use super::{
    super::{plan::tidy, reading::Reading},
    steps::Step,
};

/// What to do about names that are not known.
const MEND: &str = "mend the names of the outputs in \"areas\", and those of copies";

/// Whether one of the steps may give files other names or folders.
pub(super) fn are_some(steps: &[Step]) -> bool {
    steps.iter().any(|step| {
        if step.is_condition() { are_some(&step.branches()) } else { is_renaming_step(step) }
    })
}

/// Returns the path of a file after all steps. Both paths are relative to the folder that the chain
/// writes to. Names that only running the script would give are noted.
pub(super) fn through(
    reading: &mut Reading<'_>,
    steps: &[Step],
    path: &str,
    place: ScriptLocation,
) -> String {
    let mut path = path.to_owned();
    for step in steps {
        if step.is_condition() {
            let branches = step.branches();
            if step.condition().is_some() {
                path = through(reading, &branches, &path, place);
            } else if are_some(&branches) {
                reading.note(place, "names that depend on a condition of gulp-if", MEND);
            }
            continue;
        }
        if !is_renaming_step(step) {
            continue;
        }
        let first = step.arguments.first();
        let next = if step.name.contains("flatten") {
            flattened(first, &path)
        } else {
            let has_long_extension = step
                .arguments
                .get(1)
                .is_some_and(|all| all.get("multiExt").is_true() == Some(true));
            renamed(reading, first, has_long_extension, &path, place)
        };
        if let Some(next) = next {
            path = next;
        } else {
            // `$.rename()` of gulp-load-plugins
            let plugin = step.name.split(' ').find(|word| is_renaming(word));
            let plugin = plugin.unwrap_or_default().trim_start_matches("gulp-");
            reading.note(place, format!("names that gulp-{plugin} gives"), MEND);
        }
    }
    path
}

/// Returns the last of the files that get one path, as gulp keeps it. The others are noted.
/// `named`: the paths, with the files.
pub(super) fn last_of_each(
    reading: &mut Reading<'_>,
    named: Vec<(String, String)>,
    place: ScriptLocation,
) -> IndexMap<String, String> {
    let mut last = IndexMap::new();
    for (path, file) in named {
        let before = last.insert(path.clone(), file.clone());
        if let Some(before) = before.filter(|before| *before != file) {
            let what = format!("{path} of {before}, which {file} replaces");
            reading.note(place, what, "give both a name of their own if you need them");
        }
    }
    last
}

fn is_renaming_step(step: &Step) -> bool {
    is_renaming(&step.name)
}

fn is_renaming(name: &str) -> bool {
    ["rename", "flatten"].iter().any(|part| name.contains(part))
}

/// Returns the path that gulp-rename gives. `None`: only running the script would give it.
fn renamed(
    reading: &mut Reading<'_>,
    rename: Option<&Value>,
    has_long_extension: bool,
    path: &str,
    place: ScriptLocation,
) -> Option<String> {
    let rename = rename?;
    match rename {
        Value::Function(_) => Some(by_function(reading, rename, path, place)),
        Value::Object(_) => by_parts(rename, has_long_extension, path),
        other => other.as_text().map(|path| tidy(&path)),
    }
}

/// Returns the path with other parts: `{ dirname, prefix, basename, suffix, extname }`.
fn by_parts(parts: &Value, has_long_extension: bool, path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let dot = if has_long_extension { name.find('.') } else { name.rfind('.') };
    let (stem, extension) = name.split_at(dot.filter(|dot| *dot > 0).unwrap_or(name.len()));
    let part = |key: &str, own: &str| {
        let value = parts.get(key);
        if value.is_missing() { Some(own.to_owned()) } else { value.as_text() }
    };
    let folder = part("dirname", folder)?;
    let stem = [part("prefix", "")?, part("basename", stem)?, part("suffix", "")?].concat();
    Some(tidy(&format!("{folder}/{stem}{}", part("extname", extension)?)))
}

/// Returns the path that a function gives for another. If only running it would give the path, this
/// is noted, and the path stays.
fn by_function(
    reading: &mut Reading<'_>,
    function: &Value,
    path: &str,
    place: ScriptLocation,
) -> String {
    let path = tidy(path);
    let own = Utf8Path::new(&path);
    let folder = own.parent().map(Utf8Path::as_str).filter(|folder| !folder.is_empty());
    let extension = own.extension().map(|extension| format!(".{extension}"));
    let field = |key: &str, text: &str| {
        (key.to_owned(), Field { value: Value::text(text), ..Field::default() })
    };
    let parts = Value::object(Object::from([
        field("dirname", folder.unwrap_or(".")),
        field("basename", own.file_stem().unwrap_or_default()),
        field("extname", extension.as_deref().unwrap_or_default()),
    ]));
    let returned = reading.script.call(function, vec![parts.clone()]);
    let parts = if let Value::Object(_) = returned { returned } else { parts };
    let names = ["dirname", "basename", "extname"].map(|key| parts.get(key).as_text());
    if let [Some(folder), Some(stem), Some(extension)] = names {
        return tidy(&format!("{folder}/{stem}{extension}"));
    }
    let inner = parts.fields().values().map(|field| field.place).find(|place| place.line > 0);
    reading.note(inner.unwrap_or(place), "names that a function of gulp-rename gives", MEND);
    path
}

/// Returns the path without its folders, or with those that the options of gulp-flatten keep.
/// `None`: the options are not known.
fn flattened(options: Option<&Value>, path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let options = options.cloned().unwrap_or_default();
    let is_known = |key: &String| ["newPath", "includeParents"].contains(&key.as_str());
    let is_object = matches!(options, Value::Object(_));
    if !is_object && !options.is_missing() || !options.fields().keys().all(is_known) {
        return None;
    }
    let before = options.get("newPath");
    let before = if before.is_missing() { String::new() } else { before.as_text()? };
    let folders: Vec<&str> = folder.split('/').filter(|folder| !folder.is_empty()).collect();
    let (first, last) = parents(&options.get("includeParents"))?;
    let kept = if first + last > folders.len() {
        folders
    } else {
        [&folders[..first], &folders[folders.len() - last..]].concat()
    };
    Some(tidy(&format!("{before}/{}/{name}", kept.join("/"))))
}

/// Returns how many of the first and of the last folders stay: `2`, `-1`, `[1, 1]`.
fn parents(value: &Value) -> Option<(usize, usize)> {
    let count = |value: &Value| match value {
        Value::Number(count) => count.to_string().parse::<i64>().ok(),
        _ => None,
    };
    let size = |count: i64| usize::try_from(count.unsigned_abs()).ok();
    match value.elements().as_slice() {
        _ if value.is_missing() => Some((0, 0)),
        [first, last] => Some((size(count(first)?)?, size(count(last)?)?)),
        _ => {
            let count = count(value)?;
            Some(if count < 0 { (0, size(count)?) } else { (size(count)?, 0) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(fields: &[(&str, Value)]) -> Value {
        let field = |value: &Value| Field { value: value.clone(), ..Field::default() };
        Value::object(fields.iter().map(|(key, one)| ((*key).to_owned(), field(one))).collect())
    }

    #[test]
    fn parts_of_names() {
        let by = |fields: &[(&str, Value)]| by_parts(&options(fields), false, "a/b/c.d.js");
        assert_eq!(by(&[("dirname", Value::text(""))]).as_deref(), Some("c.d.js"));
        assert_eq!(by(&[("dirname", Value::text("."))]).as_deref(), Some("c.d.js"));
        assert_eq!(by(&[("extname", Value::text(".min.js"))]).as_deref(), Some("a/b/c.d.min.js"));
        assert_eq!(by(&[("basename", Value::text("x"))]).as_deref(), Some("a/b/x.js"));
        let both = [("prefix", Value::text("p-")), ("suffix", Value::text("-s"))];
        assert_eq!(by(&both).as_deref(), Some("a/b/p-c.d-s.js"));
        assert_eq!(by_parts(&options(&both), true, "c.d.js").as_deref(), Some("p-c-s.d.js"));
    }

    #[test]
    fn folders_that_stay() {
        let by = |fields: &[(&str, Value)]| flattened(Some(&options(fields)), "a/b/c/d.js");
        assert_eq!(by(&[]).as_deref(), Some("d.js"));
        assert_eq!(by(&[("newPath", Value::text("n"))]).as_deref(), Some("n/d.js"));
        let number = |count: f64| ("includeParents", Value::Number(count));
        assert_eq!(by(&[number(2.0)]).as_deref(), Some("a/b/d.js"));
        assert_eq!(by(&[number(-1.0)]).as_deref(), Some("c/d.js"));
        let ends = Value::list(vec![Value::Number(1.0), Value::Number(1.0)]);
        assert_eq!(by(&[("includeParents", ends)]).as_deref(), Some("a/c/d.js"));
        assert_eq!(by(&[("subPath", Value::Number(1.0))]), None);
    }
}
