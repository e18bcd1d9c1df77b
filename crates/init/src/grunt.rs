//! Reads a Gruntfile: the tasks that `grunt.initConfig` describes.

use bundle_js::static_evaluation::{Field, Object, Origin, ScriptLocation, Value};
use camino::Utf8Path;
use indexmap::IndexMap;

use super::{
    mix,
    notes::listed,
    plan::{Sources, tidy},
    reading::{Reading, call_of},
    right_to_left,
    stylesheets::is_stylesheet,
    webpack,
};

mod files; // the files that a task reads and writes
mod reached; // the tasks that a build runs
mod task_files; // a file for each task

use files::{note_names, pairs};
use task_files::Aliases;

/// Tasks whose outputs are read.
const TASKS: [&str; 13] = [
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
    "rtlcss",
];
/// Tasks that need no key.
const WITHOUT_MEANING: [&str; 14] = [
    "pkg",
    "package",
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
    let place = match exports {
        Value::Function(function) => function.place,
        _ => ScriptLocation::default(),
    };
    let grunt = Value::symbol(Origin::Name("grunt".to_owned()), place);
    reading.script.call(exports, vec![grunt.clone()]);
    let (config, aliases) = configuration(reading, &grunt);
    let config = reached::only(reading, filled(&config, &config), &TASKS, aliases);
    reading.plan.set("splitting", false);
    let files = MadeFiles::of(reading, &config);
    let mut later = Later::default();
    for (task, field) in minifying_last(config.fields()) {
        note_task(reading, &task, &field);
        if !TASKS.contains(&task.as_str()) || task == "rtlcss" {
            continue;
        }
        task_options(reading, &task, &field.value);
        note_names(reading, &task, &field.value);
        let copied = (task == "copy").then_some(files.written.as_slice());
        // A copy for a release takes the files that there are.
        reading.made = if copied.is_some() { Vec::new() } else { files.made.clone() };
        for (to, sources) in pairs(reading, &field.value, copied) {
            if task != "copy" && !is_for_pages(&to) {
                let remedy = "run this task before the build, if you need it";
                reading.note(field.place, format!("{to}, which the task {task} writes"), remedy);
                continue;
            }
            output(reading, &files, (&task, &field), (&to, sources), &mut later);
        }
    }
    // What a task joins may be joined itself.
    for _ in 0..3 {
        reading.plan.replace_intermediate();
    }
    for path in &later.passing {
        take(reading, path);
    }
    flip(reading, &config, &files, later.flipped);
}

/// The files that tasks make.
struct MadeFiles {
    /// Those that globs may find. A file that one task writes and a later one reads is no source.
    made: Vec<String>,
    /// All of them, those that are made of others among them.
    written: Vec<String>,
    /// The second forms of stylesheets.
    flipped: Vec<String>,
    /// Where copies come from, by where they go to.
    before_copying: IndexMap<String, String>,
}

impl MadeFiles {
    fn of(reading: &mut Reading<'_>, config: &Value) -> Self {
        let before_copying = origins(reading, &config.get("copy"));
        let made = outputs(reading, config);
        reading.made.clone_from(&made);
        let flipped = pairs(reading, &config.get("rtlcss"), None);
        let flipped: Vec<String> = flipped.into_iter().map(|(to, _)| to).collect();
        reading.made.extend(flipped.iter().filter(|path| !made.contains(path)).cloned());
        let made = reading.made.clone();
        Self { written: outputs(reading, config), made, flipped, before_copying }
    }
}

/// What is decided when all tasks are read.
#[derive(Default)]
struct Later {
    /// Files that are only written to be joined with others.
    passing: Vec<String>,
    /// Second forms of stylesheets that tasks read, and what they write, by the place of the task.
    flipped: IndexMap<ScriptLocation, Vec<(String, String)>>,
}

/// Adds an output of a task.
fn output(
    reading: &mut Reading<'_>,
    files: &MadeFiles,
    (task, field): (&str, &Field),
    (to, sources): (&str, Vec<String>),
    later: &mut Later,
) {
    let is_alone = sources.len() == 1 || task == "copy";
    // A task may put files before or after the text that another one wrote to the same path.
    let known = if is_alone { None } else { mix::take_sources(reading, to, &sources) };
    for source in sources {
        let origin = files.before_copying.get(&source).filter(|_| task != "copy");
        let source = origin.cloned().unwrap_or(source);
        if let Some(known) = known.as_ref().filter(|_| source == to) {
            for source in known {
                mix::add_joined(reading, to, source);
            }
            continue;
        }
        let is_intermediate = files.written.contains(&source);
        let name = Utf8Path::new(&source).file_name().unwrap_or_default();
        if task.ends_with("sass") && name.starts_with('_') {
            // A partial, which compilers of Sass leave out.
            continue;
        }
        if files.flipped.contains(&source) {
            later.flipped.entry(field.place).or_default().push((source, to.to_owned()));
        } else if is_intermediate && is_alone {
            renamed(reading, &source, to);
        } else if is_intermediate {
            mix::add_joined(reading, to, &source);
            let is_beside = Utf8Path::new(&source).parent() == Utf8Path::new(to).parent();
            later.passing.extend((!is_beside).then_some(source));
        } else if task == "copy" {
            webpack::copy_published(reading, &source, to, field.place);
        } else if task == "browserify" {
            webpack::add(reading, to, &source);
        } else {
            mix::add_joined(reading, to, &source);
        }
    }
}

/// Reads the options of compilers of stylesheets.
fn task_options(reading: &mut Reading<'_>, task: &str, value: &Value) {
    if ["sass", "dart-sass", "less", "stylus", "cssmin"].contains(&task) {
        webpack::rebase_urls(reading, "Grunt's compilers of stylesheets");
    }
    let options = options_of(value);
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
}

/// Whether an output is one that pages load, or a source of one.
fn is_for_pages(path: &str) -> bool {
    const SCRIPTS: [&str; 8] = ["js", "mjs", "cjs", "jsx", "ts", "tsx", "coffee", "min"];
    let extension = Utf8Path::new(path).extension();
    is_stylesheet(path) || extension.is_none_or(|extension| SCRIPTS.contains(&extension))
}

/// Reads rtlcss, which makes second forms of the stylesheets of other tasks. `made_of_them`: second
/// forms that tasks read, and what they write.
fn flip(
    reading: &mut Reading<'_>,
    config: &Value,
    files: &MadeFiles,
    made_of_them: IndexMap<ScriptLocation, Vec<(String, String)>>,
) {
    let made = files.made.iter().filter(|path| !files.flipped.contains(path));
    reading.made = made.cloned().collect();
    let Some(field) = config.fields().shift_remove("rtlcss") else { return };
    for (to, sources) in pairs(reading, &field.value, None) {
        let is_read = made_of_them.values().flatten().any(|(source, _)| *source == to);
        for source in sources {
            match stem(&to).strip_prefix(&stem(&source)) {
                // What is made of it counts.
                Some("-rtl") if is_read => reading.plan.set("rtl", true),
                Some(ending) if is_read => reading.plan.set("rtl", ending),
                _ => right_to_left::set_ending(reading, field.place, &to, &source),
            }
        }
    }
    let ending = reading.plan.keys.get("rtl").and_then(|ending| ending.as_str());
    let ending = ending.unwrap_or("-rtl").to_owned();
    for (place, made) in made_of_them {
        let outputs = &reading.plan.outputs;
        let is_written = |path: &str| {
            let first = path.strip_suffix(".css").and_then(|stem| stem.strip_suffix(&ending));
            first.is_some_and(|first| outputs.contains_key(first))
        };
        let made = made.iter().map(|(_, path)| path.as_str());
        let others: Vec<&str> = made.filter(|path| !is_written(path)).collect();
        if !others.is_empty() {
            let what = format!("{}, made of what rtlcss makes", listed(&others));
            let remedy =
                format!("builds write NAME{ending}.css for each stylesheet: name it in views");
            reading.note(place, what, &remedy);
        }
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

/// Whether a task only adds prefixes and minifies, as `bundle` does.
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

/// Returns the values of `grunt.initConfig({ … })`, of `grunt.config("task", { … })` and of task
/// files, and the aliases of these.
fn configuration(reading: &mut Reading<'_>, grunt: &Value) -> (Value, Aliases) {
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
    let aliases = task_files::add(reading, grunt, &mut whole);
    (Value::object(whole), aliases)
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
    let Some(mut sources) = reading.plan.outputs.get(&stem(from)).map(|all| file(all, from)) else {
        return;
    };
    if !is_beside {
        take(reading, from);
    }
    if sources.styles.is_empty() && sources.classic.is_empty() && sources.modules.is_empty() {
        return;
    }
    let output = reading.plan.outputs.entry(stem(to)).or_default();
    // A script and a stylesheet may have one name.
    if from.ends_with(".css") {
        output.styles = sources.styles;
    } else {
        sources.styles.extend(std::mem::take(&mut output.styles));
        *output = sources;
    }
}

/// Takes a file out of the outputs; the script or the stylesheet with the same name stays.
fn take(reading: &mut Reading<'_>, path: &str) {
    let outputs = &mut reading.plan.outputs;
    let Some(known) = outputs.get_mut(&stem(path)) else { return };
    let other = match path.rsplit('.').next() {
        Some("css") => file(known, "js"),
        Some("js") => file(known, "css"),
        _ => Sources::default(),
    };
    if other.styles.is_empty() && other.classic.is_empty() && other.modules.is_empty() {
        outputs.shift_remove(&stem(path));
    } else {
        *known = other;
    }
}

/// Returns the sources of the script or the stylesheet of an output.
fn file(sources: &Sources, path: &str) -> Sources {
    match path.rsplit('.').next() {
        Some("css") => Sources { styles: sources.styles.clone(), ..Sources::default() },
        Some("js") => Sources { styles: Vec::new(), ..sources.clone() },
        _ => sources.clone(),
    }
}

/// Returns the name of an output in the plan.
fn stem(path: &str) -> String {
    tidy(path).trim_end_matches(".js").trim_end_matches(".css").to_owned()
}
