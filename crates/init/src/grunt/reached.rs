//! The tasks that a build runs: those that `grunt build` of package.json leads to by
//! `grunt.registerTask`, or else the task `build` or `default`. Others are for development.

use bundle_js::static_evaluation::{Object, ScriptLocation, Value};
use indexmap::{IndexMap, IndexSet};

use crate::{
    reading::{Reading, call_of, texts},
    scripts,
};

use super::task_files::Aliases;

/// Names of tasks that build, the likeliest first.
const BUILDS: [&str; 7] = ["build", "prod", "production", "dist", "release", "compile", "default"];

/// What the tasks of a Gruntfile lead to.
struct Tasks<'t> {
    /// Registered tasks with the tasks that they run.
    registered: &'t IndexMap<String, Vec<String>>,
    /// The tasks that a build runs, `sass` or `sass:dist`.
    reached: IndexSet<String>,
}

/// Removes the tasks and targets that no build runs from the configuration, and notes those that
/// write something. If nothing would remain, the configuration is returned as it is, unless another
/// tool has outputs. If the build makes no script and no stylesheet, as a task for a release that
/// packs what there is, another task that makes some is followed, or all of them are kept.
/// `writing`: the tasks that write outputs. `aliases`: those of task files.
pub(super) fn only(
    reading: &mut Reading<'_>,
    config: Value,
    writing: &[&str],
    aliases: Aliases,
) -> Value {
    let registered = registered(reading, aliases);
    let starts = starts(reading, &registered, &config);
    let (kept, left_out) = Tasks::of(&registered, &starts).split(&config, writing);
    let builds = |kept: &Object| kept.keys().any(|task| makes_pages(task, writing));
    let has_none = !builds(&kept) && builds(&config.fields());
    if let (Some(first), true, false) = (starts.first(), has_none, reading.is_beside_another) {
        return tasks_of_other_builds(reading, &config, writing, &registered, first);
    }
    let writes = kept.keys().any(|task| writing.contains(&task.as_str()));
    if starts.is_empty() || !writes && !reading.is_beside_another {
        return config;
    }
    note_left_out(reading, &starts[0], &left_out);
    Value::object(kept)
}

/// Whether a task writes scripts or stylesheets.
fn makes_pages(task: &str, writing: &[&str]) -> bool {
    !["copy", "rtlcss"].contains(&task) && writing.contains(&task)
}

/// Returns the tasks that another build runs, or all that make scripts and stylesheets. `first`:
/// the build that makes none.
fn tasks_of_other_builds(
    reading: &mut Reading<'_>,
    config: &Value,
    writing: &[&str],
    registered: &IndexMap<String, Vec<String>>,
    first: &str,
) -> Value {
    let place = config.fields().into_iter().find(|(task, _)| makes_pages(task, writing));
    let place = place.map(|(_, field)| field.place).unwrap_or_default();
    let what = format!("grunt {first}, which makes no script and no stylesheet");
    for other in BUILDS.iter().filter(|other| registered.contains_key(**other)) {
        let starts = [(*other).to_owned()];
        let (kept, left_out) = Tasks::of(registered, &starts).split(config, writing);
        if kept.keys().any(|task| makes_pages(task, writing)) {
            let remedy =
                format!("the tasks of grunt {other} are read: remove what you do not need");
            reading.note(place, what, &remedy);
            note_left_out(reading, other, &left_out);
            return Value::object(kept);
        }
    }
    let remedy = "all tasks that make some are read: remove what you do not need";
    reading.note(place, what, remedy);
    let tasks = Tasks::of(registered, &[first.to_owned()]);
    let (kept, _) = tasks.split(config, writing);
    let mut fields = config.fields();
    fields.shift_remove("copy");
    // What a release copies is packed afterwards.
    let is_packed = tasks.reached.iter().any(|task| task.starts_with("compress"));
    let copies = kept.get("copy").filter(|_| !is_packed).cloned();
    fields.extend(copies.map(|copy| ("copy".to_owned(), copy)));
    Value::object(fields)
}

fn note_left_out(reading: &mut Reading<'_>, start: &str, left_out: &[(String, ScriptLocation)]) {
    if let Some((_, place)) = left_out.first() {
        let names: Vec<&str> = left_out.iter().map(|(name, _)| name.as_str()).collect();
        let what = format!("tasks that grunt {start} does not run: {}", names.join(", "));
        reading.note(*place, what, "add what they write to \"areas\" if pages use it");
    }
}

/// Whether a target only minifies what another one wrote: `{ "a.js": ["a.js"] }`.
fn is_in_place(target: &Value) -> bool {
    let files = target.get("files").fields();
    !files.is_empty() && files.iter().all(|(to, field)| texts(&field.value) == [to.as_str()])
}

/// Returns the tasks that `grunt.registerTask` names, and aliases, with the tasks that each runs. A
/// function is called, and runs what it passes to `grunt.task.run`.
fn registered(reading: &mut Reading<'_>, aliases: Aliases) -> IndexMap<String, Vec<String>> {
    let mut tasks = aliases;
    for call in reading.script.calls().to_vec() {
        let (name, arguments) = call_of(&call);
        let ("registerTask", [Value::Text(task), .., last]) = (name, arguments) else { continue };
        let runs = if let Value::Function(_) = last {
            let before = reading.script.calls().len();
            reading.script.call(last, Vec::new());
            let calls = reading.script.calls()[before..].iter();
            let run = calls.filter(|call| call_of(call).0 == "run");
            run.flat_map(|call| call_of(call).1.iter().flat_map(texts)).collect()
        } else {
            texts(last)
        };
        tasks.insert(task.clone(), runs);
    }
    tasks
}

/// Returns the tasks that a build begins with.
fn starts(
    reading: &Reading<'_>,
    registered: &IndexMap<String, Vec<String>>,
    config: &Value,
) -> Vec<String> {
    let of_scripts = scripts::words_after(reading.facts, "grunt");
    let configured = config.fields();
    let is_task = |word: &String| {
        let task = word.split(':').next().unwrap_or_default();
        registered.contains_key(word) || configured.contains_key(task)
    };
    let named: Vec<String> = of_scripts.into_iter().filter(is_task).collect();
    if !named.is_empty() {
        return named;
    }
    let is_run = scripts::builds(reading.facts).iter().flatten().any(|one| one.calls("grunt"));
    if is_run && registered.contains_key("default") {
        return vec!["default".to_owned()];
    }
    let build = BUILDS.iter().find(|task| registered.contains_key(**task));
    build.map(|task| (*task).to_owned()).into_iter().collect()
}

impl<'t> Tasks<'t> {
    /// Follows the tasks that a build begins with.
    fn of(registered: &'t IndexMap<String, Vec<String>>, starts: &[String]) -> Self {
        let mut tasks = Self { registered, reached: IndexSet::new() };
        for start in starts {
            tasks.follow(start);
        }
        tasks
    }

    /// Returns the part of a configuration that is reached, and the targets that are not and that
    /// write something, with their places.
    fn split(&self, config: &Value, writing: &[&str]) -> (Object, Vec<(String, ScriptLocation)>) {
        let mut kept = Object::new();
        let mut left_out = Vec::new();
        for (task, field) in config.fields() {
            let is_whole = !writing.contains(&task.as_str()) || self.reached.contains(&task);
            if is_whole {
                kept.insert(task, field);
                continue;
            }
            let mut targets = Object::new();
            for (target, value) in field.value.fields() {
                let name = format!("{task}:{target}");
                if target == "options" || self.reached.contains(&name) {
                    targets.insert(target, value);
                } else if !is_in_place(&value.value) {
                    left_out.push((name, value.place));
                }
            }
            let has_targets = targets.keys().any(|target| target != "options");
            if has_targets {
                let mut field = field;
                field.value = Value::object(targets);
                kept.insert(task, field);
            }
        }
        (kept, left_out)
    }

    /// Adds a task and what it runs. `sass:dist:fast` is the target `dist` with an argument.
    fn follow(&mut self, task: &str) {
        let mut parts = task.split(':');
        let [name, target] = [parts.next(), parts.next()];
        let target = [name, target].into_iter().flatten().collect::<Vec<_>>().join(":");
        if !self.reached.insert(target) {
            return;
        }
        let runs = name.and_then(|name| self.registered.get(name)).cloned().unwrap_or_default();
        for next in runs {
            // A task may have the name of one that it runs: `registerTask("sass", ["sass:dist"])`.
            self.follow(&next);
        }
    }
}
