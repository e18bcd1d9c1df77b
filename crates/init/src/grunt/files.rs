//! The files that a task reads and writes: `{ src, dest }`, `{ files: { dest: src } }`,
//! `{ files: [{ src, dest, cwd, expand }] }`, or `{ "app.min.js": ["a.js", "b.js"] }`, whose target
//! is a path.

use bundle_js::static_evaluation::{Field, Value};

use crate::{
    plan::tidy,
    reading::{Reading, call_of, is_glob, texts},
    webpack,
};

/// An output with its sources.
pub(super) type Pair = (String, Vec<String>);

/// Returns the outputs of a task with their sources. If the task copies, `copied` has what tasks
/// write, and copies that a glob can express are added at once.
pub(super) fn pairs(
    reading: &mut Reading<'_>,
    task: &Value,
    copied: Option<&[String]>,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (name, target) in task.fields() {
        if name == "options" {
            continue;
        }
        for value in described(&name, &target.value) {
            let Some(rules) = copied.and_then(|written| globs(reading, &value, written)) else {
                add_pairs(reading, &value, &mut pairs);
                continue;
            };
            let before = reading.plan.copies.len();
            for (from, to) in &rules {
                webpack::copy_published(reading, from, to, target.place);
            }
            let without = without(&value);
            let added = reading.plan.copies[before..].iter_mut();
            added
                .filter(|copy| is_glob(&copy.from))
                .for_each(|copy| webpack::leave_out(copy, &without));
        }
    }
    pairs
}

/// Returns what a target describes, each as an object with `src` and `dest`.
fn described(name: &str, target: &Value) -> Vec<Value> {
    if let Value::Text(_) | Value::List(_) = target {
        return vec![entry(target, &Value::text(name), &Value::Undefined)];
    }
    let mut described = vec![target.clone()];
    let files = target.get("files");
    described.extend(files.elements());
    let call = files.as_symbol().map(|symbol| call_of(symbol));
    if let Some(("expandMapping", [src, dest, more @ ..])) = call {
        let mut options = more.first().map(Value::fields).unwrap_or_default();
        let field = Field { value: Value::Boolean(true), ..Field::default() };
        options.insert("expand".to_owned(), field);
        described.push(entry(src, dest, &Value::object(options)));
    }
    let of_path =
        |(to, field): (String, Field)| entry(&field.value, &Value::text(to), &Value::Undefined);
    described.extend(files.fields().into_iter().map(of_path));
    described
}

/// Returns `{ src, dest }` with further fields.
fn entry(src: &Value, dest: &Value, more: &Value) -> Value {
    let mut fields = more.fields();
    let field = |value: &Value| Field { value: value.clone(), ..Field::default() };
    fields.insert("src".to_owned(), field(src));
    fields.insert("dest".to_owned(), field(dest));
    Value::object(fields)
}

/// Returns the copies of an entry with their patterns, which also find files that come later.
/// `None`: only a list of files can express the same.
fn globs(
    reading: &Reading<'_>,
    value: &Value,
    written: &[String],
) -> Option<Vec<(String, String)>> {
    let to = value.get("dest").as_text()?;
    let is_expanded = value.get("expand").is_true() == Some(true);
    // Without `expand`, files keep their folders below a folder.
    let is_plain = is_expanded || to.ends_with('/');
    let is_flat = is_expanded && value.get("flatten").is_true() == Some(true);
    let patterns = texts(&value.get("src"));
    // All files of the pattern have one folder.
    let is_level =
        |pattern: &String| !pattern.rsplit_once('/').is_some_and(|(folder, _)| is_glob(folder));
    let is_plain = is_plain && (!is_flat || patterns.iter().all(is_level));
    let is_named = |key: &&str| is_expanded && value.get(key).is_true() != Some(false);
    let has_names = ["ext", "rename"].iter().any(is_named);
    if !is_plain || has_names || patterns.iter().any(|one| one.contains(['(', '['])) {
        return None;
    }
    let folder = value.get("cwd").as_text().unwrap_or_default();
    let mut copies = Vec::new();
    for pattern in patterns.iter().filter(|pattern| !pattern.starts_with('!')) {
        let from = tidy(&format!("{folder}/{pattern}"));
        if !is_glob(pattern) {
            if written.contains(&from) {
                return None;
            }
            // Of a folder alone, only the folder is made.
            let name = pattern.rsplit('/').next().filter(|_| is_flat).unwrap_or(pattern);
            let path = tidy(&format!("{to}/{name}"));
            copies.extend(reading.is_file(&from).then_some((from, path)));
            continue;
        }
        let found = reading.expanded(&from);
        if found.is_empty() || found.iter().any(|path| written.contains(path)) {
            return None;
        }
        let inner = webpack::fixed_folders(pattern);
        let inner = if is_flat { "" } else { &inner };
        copies.push((from, tidy(&format!("{to}/{inner}/"))));
    }
    Some(copies)
}

/// Returns the patterns with `!` of `{ cwd, src }`, relative to the project.
fn without(value: &Value) -> Vec<String> {
    let folder = value.get("cwd").as_text().unwrap_or_default();
    let patterns = texts(&value.get("src")).into_iter();
    patterns
        .filter_map(|pattern| Some(tidy(&format!("{folder}/{}", pattern.strip_prefix('!')?))))
        .collect()
}

/// Returns the path that a `rename` function gives; `None`: only running the script would give it.
fn renamed_path(reading: &mut Reading<'_>, rename: &Value, to: &str, path: &str) -> Option<String> {
    reading.script.call(rename, vec![Value::text(to), Value::text(path)]).as_text()
}

/// Notes the `rename` functions of a task that cannot be called.
pub(super) fn note_names(reading: &mut Reading<'_>, task: &str, value: &Value) {
    let targets: Vec<Value> = value.fields().into_values().map(|target| target.value).collect();
    for one in targets
        .iter()
        .flat_map(|target| std::iter::once(target.clone()).chain(target.get("files").elements()))
    {
        if let Some(field) = one.fields().get("rename")
            && renamed_path(reading, &field.value, "a", "b.js").is_none()
        {
            let what = format!("rename of the task {task}, a function");
            reading.note(field.place, what, "write the files that it writes into \"copy\"");
        }
    }
}

fn add_pairs(reading: &mut Reading<'_>, value: &Value, pairs: &mut Vec<Pair>) {
    let to = value.get("dest").as_text();
    let folder = value.get("cwd").as_text().unwrap_or_default();
    let sources = sources(reading, &value.get("src"), &folder);
    if value.get("expand").is_true() != Some(true) {
        let Some(to) = to else { return };
        if to.ends_with('/') {
            let path = |source: String| (tidy(&format!("{to}/{source}")), vec![source]);
            pairs.extend(sources.into_iter().map(path));
        } else {
            pairs.push((tidy(&to), sources));
        }
        return;
    }
    let to = to.unwrap_or_default();
    let ending = value.get("ext").as_text();
    let is_flat = value.get("flatten").is_true() == Some(true);
    for source in sources {
        let inner = source.strip_prefix(&tidy(&folder)).unwrap_or(&source).trim_start_matches('/');
        let inner = inner.rsplit('/').next().filter(|_| is_flat).unwrap_or(inner);
        let is_last = value.get("extDot").as_text().as_deref() == Some("last");
        let name = &inner[inner.rfind('/').map_or(0, |at| at + 1)..];
        let dot = if is_last { name.rfind('.') } else { name.find('.') };
        let without = inner.len() - dot.map_or(0, |dot| name.len() - dot);
        let path = match &ending {
            Some(ending) => format!("{}{ending}", &inner[..without]),
            None => inner.to_owned(),
        };
        let rename = value.get("rename");
        let path = if rename.is_missing() {
            Some(if to.is_empty() { path } else { format!("{to}/{path}") })
        } else {
            renamed_path(reading, &rename, &to, &path)
        };
        // A file that a task changes in place is not an output.
        let path = path.map(|path| tidy(&path)).filter(|path| *path != source);
        pairs.extend(path.map(|path| (path, vec![source.clone()])));
    }
}

fn sources(reading: &Reading<'_>, value: &Value, folder: &str) -> Vec<String> {
    let all = |text: &str| {
        let path = if folder.is_empty() { text.to_owned() } else { format!("{folder}/{text}") };
        reading.expanded(&tidy(&path))
    };
    let mut found: Vec<String> = Vec::new();
    for text in texts(value) {
        match text.strip_prefix('!') {
            Some(text) => {
                let without = all(text);
                found.retain(|path| !without.contains(path));
            }
            None => found.extend(all(&text)),
        }
    }
    found
}
