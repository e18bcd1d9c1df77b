//! Reads a Gruntfile: the tasks that `grunt.initConfig` describes.

use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Value};
use camino::Utf8Path;
use indexmap::IndexMap;

use super::{
    mix,
    plan::tidy,
    reading::{Reading, call_of, is_glob, texts},
    webpack,
};

mod reached; // the tasks that a build runs

/// Tasks whose outputs are scripts or stylesheets.
const TASKS: [&str; 12] = [
    "concat",
    "uglify",
    "sass",
    "less",
    "browserify",
    "cssmin",
    "copy",
    "babel",
    "terser",
    "stylus",
    "dart-sass",
    "postcss",
];
/// Tasks that need no key.
const WITHOUT_MEANING: [&str; 13] = [
    "pkg",
    "watch",
    "jshint",
    "clean",
    "connect",
    "notify",
    "eslint",
    "shell",
    "exec",
    "concurrent",
    "banner",
    "browserSync",
    "usebanner",
];

/// Reads the function that a Gruntfile exports.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    if let Value::Function(function) = exports {
        let grunt = bundle_js::static_evaluation::Origin::Name("grunt".to_owned());
        let grunt = Value::symbol(grunt, function.place);
        reading.script.call(exports, vec![grunt]);
    }
    let config = configuration(reading);
    let config = reached::only(reading, filled(&config, &config), &TASKS);
    reading.plan.set("splitting", false);
    let before_copying = origins(reading, &config.get("copy"));
    // A file that one task writes and a later one reads is not a source. A glob may find it.
    let made = outputs(reading, &config);
    reading.made.clone_from(&made);
    let written = outputs(reading, &config);
    // What is only written to be joined with other files.
    let mut passing: Vec<String> = Vec::new();
    for (task, field) in minifying_last(config.fields()) {
        note_task(reading, &task, &field);
        if !TASKS.contains(&task.as_str()) {
            continue;
        }
        if ["sass", "dart-sass", "less", "stylus", "cssmin"].contains(&task.as_str()) {
            webpack::rebase_urls(reading, "Grunt's compilers of stylesheets");
        }
        let options = options_of(&field.value);
        if task == "less" {
            let is_asked = |options: &&Value| {
                ["rewriteUrls", "relativeUrls"].iter().any(|key| !options.get(key).is_missing())
            };
            let asked = options.iter().find(is_asked).cloned().unwrap_or_default();
            webpack::less_of_task(reading, &asked);
        }
        if task.ends_with("sass") {
            for options in &options {
                webpack::sass(reading, options);
            }
        }
        note_names(reading, &task, &field.value);
        let copied = (task == "copy").then_some(written.as_slice());
        // A copy for a release takes the files that there are.
        reading.made = if copied.is_some() { Vec::new() } else { made.clone() };
        for (to, sources) in pairs(reading, &field.value, copied) {
            let is_alone = sources.len() == 1 || task == "copy";
            // A task may put files before or after the text that another one wrote to the same
            // path.
            let known = if is_alone { None } else { mix::taken(reading, &to, &sources) };
            for source in sources {
                let origin = before_copying.get(&source).filter(|_| task != "copy");
                let source = origin.cloned().unwrap_or(source);
                if let Some(known) = known.as_ref().filter(|_| source == to) {
                    for source in known {
                        mix::add_joined(reading, &to, source);
                    }
                    continue;
                }
                let is_intermediate = written.contains(&source);
                let name = Utf8Path::new(&source).file_name().unwrap_or_default();
                if task.ends_with("sass") && name.starts_with('_') {
                    // A partial, which compilers of Sass leave out.
                    continue;
                }
                if is_intermediate && is_alone {
                    renamed(reading, &source, &to);
                } else if is_intermediate {
                    mix::add_joined(reading, &to, &source);
                    let is_beside = Utf8Path::new(&source).parent() == Utf8Path::new(&to).parent();
                    passing.extend((!is_beside).then_some(source));
                } else if task == "copy" {
                    copy(reading, &source, &to, field.place);
                } else if task == "browserify" {
                    webpack::add(reading, &to, &source);
                } else {
                    mix::add_joined(reading, &to, &source);
                }
            }
        }
    }
    // What a task joins may be joined itself.
    for _ in 0..3 {
        reading.plan.replace_intermediate();
    }
    for path in passing {
        reading.plan.outputs.shift_remove(&stem(&path));
    }
}

/// Notes a task that no key replaces.
fn note_task(reading: &mut Reading<'_>, task: &str, field: &Field) {
    // Names that templates use are not tasks.
    let is_task = field.value.fields().values().any(|field| field.value.as_text().is_none());
    let is_known = task != "postcss" && TASKS.contains(&task) || WITHOUT_MEANING.contains(&task);
    if is_task && !is_known && !adds_prefixes(task, &field.value) {
        let remedy = "find out whether you need what it does";
        reading.note(field.place, format!("the task {task}"), remedy);
    }
}

/// Returns the paths that all tasks write.
fn outputs(reading: &mut Reading<'_>, config: &Value) -> Vec<String> {
    let pairs = TASKS.iter().flat_map(|task| pairs(reading, &config.get(task), None));
    pairs.map(|(to, _)| to).collect()
}

/// Returns where the files come from that a task copies, by where they go to.
fn origins(reading: &mut Reading<'_>, copy: &Value) -> IndexMap<String, String> {
    let pairs = pairs(reading, copy, None).into_iter();
    pairs.filter_map(|(to, sources)| Some((to, sources.into_iter().next()?))).collect()
}

/// Returns the tasks in an order in which files are made before they are minified.
fn minifying_last(tasks: Object) -> Vec<(String, Field)> {
    let mut tasks: Vec<_> = tasks.into_iter().collect();
    tasks.sort_by_key(|(task, _)| ["cssmin", "uglify", "terser"].contains(&task.as_str()));
    tasks
}

/// Returns the options of a task, and those of its targets.
fn options_of(task: &Value) -> Vec<Value> {
    let targets = task.fields().into_values().map(|target| target.value);
    let owners = std::iter::once(task.clone()).chain(targets);
    owners.map(|owner| owner.get("options")).collect()
}

/// Returns whether a task only adds prefixes and minifies, as `bundle` does.
fn adds_prefixes(task: &str, value: &Value) -> bool {
    let options = options_of(value);
    let plugins: Vec<Value> =
        options.iter().flat_map(|options| options.get("processors").elements()).collect();
    let is_ours = |plugin: &Value| {
        plugin.as_symbol().is_some_and(|it| ["autoprefixer", "cssnano"].contains(&it.root()))
    };
    task == "autoprefixer"
        || task == "postcss" && !plugins.is_empty() && plugins.iter().all(is_ours)
}

/// Returns the values of `grunt.initConfig({ … })` and `grunt.config("task", { … })`.
fn configuration(reading: &Reading<'_>) -> Value {
    let mut whole = Object::new();
    for call in reading.script.calls() {
        let (name, arguments) = call_of(call);
        match (name, arguments) {
            ("initConfig" | "init", [config, ..]) => whole.extend(config.fields()),
            ("config" | "set", [Value::Text(task), value, ..]) => {
                whole.insert(task.clone(), Field { value: value.clone(), place: call.place });
            }
            _ => {}
        }
    }
    Value::object(whole)
}

/// Replaces `<%= paths.js %>` in all texts and keys by the values of the configuration.
fn filled(value: &Value, config: &Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(template(text, config)),
        Value::List(_) => {
            Value::list(value.elements().iter().map(|one| filled(one, config)).collect())
        }
        Value::Object(_) => {
            let field = |(key, field): (String, Field)| {
                let value = filled(&field.value, config);
                (template(&key, config), Field { value, ..field })
            };
            Value::object(value.fields().into_iter().map(field).collect())
        }
        other => other.clone(),
    }
}

fn template(text: &str, config: &Value) -> String {
    let mut text = text.to_owned();
    // A value may have templates of its own.
    for _ in 0..8 {
        let Some(start) = text.find("<%=") else { break };
        let Some(length) = text[start..].find("%>") else { break };
        let path = text[start + 3..start + length].trim().to_owned();
        let choices = path.split("||").map(|path| {
            let path = path.trim().split('.');
            path.fold(config.clone(), |value, key| value.get(key)).as_text()
        });
        let Some(value) = choices.into_iter().flatten().next() else { break };
        text.replace_range(start..start + length + 2, &value);
    }
    text
}

/// A task that minifies or copies what another one wrote gives the output its name. In the same
/// folder both stay, because views may name either.
fn renamed(reading: &mut Reading<'_>, from: &str, to: &str) {
    let is_beside = Utf8Path::new(from).parent() == Utf8Path::new(to).parent();
    let outputs = &mut reading.plan.outputs;
    let sources = if is_beside {
        outputs.get(&stem(from)).cloned()
    } else {
        outputs.shift_remove(&stem(from))
    };
    if let Some(sources) = sources {
        outputs.insert(stem(to), sources);
    }
}

/// Returns the name of an output in the plan.
fn stem(path: &str) -> String {
    tidy(path).trim_end_matches(".js").trim_end_matches(".css").to_owned()
}

/// Returns the outputs of a task with their sources: `{ src, dest }`, `{ files: { dest: src } }`,
/// or `{ files: [{ src, dest, cwd, expand }] }`. If the task copies, `copied` has what tasks write,
/// and copies that a glob can express are added at once.
fn pairs(
    reading: &mut Reading<'_>,
    task: &Value,
    copied: Option<&[String]>,
) -> Vec<(String, Vec<String>)> {
    let mut pairs = Vec::new();
    for (name, target) in task.fields() {
        if name == "options" {
            continue;
        }
        let mut described = vec![target.value.clone()];
        let files = target.value.get("files");
        described.extend(files.elements());
        let call = files.as_symbol().map(|symbol| call_of(symbol));
        if let Some(("expandMapping", [src, dest, more @ ..])) = call {
            described.push(mapping(src, dest, more.first()));
        }
        for value in described {
            match copied.and_then(|written| globs(reading, &value, written)) {
                Some(rules) => {
                    let before = reading.plan.copies.len();
                    for (from, to) in &rules {
                        copy(reading, from, to, target.place);
                    }
                    let without = without(&value);
                    let added = reading.plan.copies[before..].iter_mut();
                    added
                        .filter(|copy| is_glob(&copy.from))
                        .for_each(|copy| webpack::leave_out(copy, &without));
                }
                None => one(reading, &value, &mut pairs),
            }
        }
        for (to, field) in files.fields() {
            pairs.push((tidy(&to), sources(reading, &field.value, "")));
        }
    }
    pairs
}

/// Adds a copy, unless builds refuse it.
fn copy(reading: &mut Reading<'_>, from: &str, to: &str, place: ScriptLocation) {
    // Only the copies of webpack may have programs, for WordPress.
    if from.ends_with(".php") {
        let what = "copies of PHP files, which are never published";
        reading.note(place, what, "let the server read them where they are: docs/assets.md");
    } else if webpack::is_private(reading, from) {
        webpack::note_private(reading, from, place);
    } else {
        reading.plan.copy_within(from, to);
    }
}

/// Returns the copies of `{ expand, cwd, src, dest }` with their patterns, which also find files
/// that come later. `None`: only a list of files can express the same.
fn globs(
    reading: &Reading<'_>,
    value: &Value,
    written: &[String],
) -> Option<Vec<(String, String)>> {
    let to = value.get("dest").as_text()?;
    let is_plain = value.get("expand").is_true() == Some(true)
        && ["ext", "rename"].iter().all(|key| value.get(key).is_true() == Some(false));
    let is_flat = value.get("flatten").is_true() == Some(true);
    let patterns = texts(&value.get("src"));
    // All files of the pattern have one folder.
    let is_level =
        |pattern: &String| !pattern.rsplit_once('/').is_some_and(|(folder, _)| is_glob(folder));
    let is_plain = is_plain && (!is_flat || patterns.iter().all(is_level));
    if !is_plain || patterns.iter().any(|one| one.contains(['(', '['])) {
        return None;
    }
    let folder = value.get("cwd").as_text().unwrap_or_default();
    let mut copies = Vec::new();
    for pattern in patterns.iter().filter(|pattern| !pattern.starts_with('!')) {
        let from = tidy(&format!("{folder}/{pattern}"));
        if !is_glob(pattern) {
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

/// Returns what `grunt.file.expandMapping(src, dest, options)` means, as an entry of `files`.
fn mapping(src: &Value, dest: &Value, options: Option<&Value>) -> Value {
    let mut fields = options.map(Value::fields).unwrap_or_default();
    let field = |value: Value| Field { value, ..Field::default() };
    fields.insert("src".to_owned(), field(src.clone()));
    fields.insert("dest".to_owned(), field(dest.clone()));
    fields.insert("expand".to_owned(), field(Value::Boolean(true)));
    Value::object(fields)
}

/// Returns the path that a `rename` function gives; `None`: only running the script would give it.
fn given(reading: &mut Reading<'_>, rename: &Value, to: &str, path: &str) -> Option<String> {
    reading.script.call(rename, vec![Value::text(to), Value::text(path)]).as_text()
}

/// Notes the `rename` functions of a task that cannot be called.
fn note_names(reading: &mut Reading<'_>, task: &str, value: &Value) {
    let targets: Vec<Value> = value.fields().into_values().map(|target| target.value).collect();
    for one in targets
        .iter()
        .flat_map(|target| std::iter::once(target.clone()).chain(target.get("files").elements()))
    {
        if let Some(field) = one.fields().get("rename")
            && given(reading, &field.value, "a", "b.js").is_none()
        {
            let what = format!("rename of the task {task}, a function");
            reading.note(field.place, what, "write the files that it writes into \"copy\"");
        }
    }
}

fn one(reading: &mut Reading<'_>, value: &Value, pairs: &mut Vec<(String, Vec<String>)>) {
    let to = value.get("dest").as_text();
    let folder = value.get("cwd").as_text().unwrap_or_default();
    let sources = sources(reading, &value.get("src"), &folder);
    if value.get("expand").is_true() != Some(true) {
        return pairs.extend(to.map(|to| (tidy(&to), sources)));
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
            given(reading, &rename, &to, &path)
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
