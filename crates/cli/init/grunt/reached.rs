//! The tasks that a build runs: those that `grunt build` of package.json leads to by
//! `grunt.registerTask`, or else the task `build` or `default`. Others are for development.

use bundle_js::static_evaluation::{Object, Value};
use indexmap::{IndexMap, IndexSet};

use crate::init::{
    reading::{Reading, call_of, texts},
    scripts,
};

/// Names of tasks that build, the likeliest first.
const BUILDS: [&str; 7] = ["build", "prod", "production", "dist", "release", "compile", "default"];

/// What the tasks of a Gruntfile lead to.
struct Tasks {
    /// Registered tasks with the tasks that they run.
    registered: IndexMap<String, Vec<String>>,
    /// The tasks that a build runs, `sass` or `sass:dist`.
    reached: IndexSet<String>,
}

/// Removes the tasks and targets that no build runs from the configuration, and notes those that
/// write something. If nothing would remain, the configuration is returned as it is, unless another
/// tool has outputs. `writing`: the tasks that write outputs.
pub(super) fn only(reading: &mut Reading<'_>, config: Value, writing: &[&str]) -> Value {
    let mut tasks = Tasks { registered: registered(reading), reached: IndexSet::new() };
    let starts = starts(reading, &tasks.registered, &config);
    for start in &starts {
        tasks.follow(start);
    }
    let mut kept = Object::new();
    let mut left_out = Vec::new();
    for (task, field) in config.fields() {
        let is_whole = !writing.contains(&task.as_str()) || tasks.reached.contains(&task);
        if is_whole {
            kept.insert(task, field);
            continue;
        }
        let mut targets = Object::new();
        for (target, value) in field.value.fields() {
            let name = format!("{task}:{target}");
            if target == "options" || tasks.reached.contains(&name) {
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
    let writes = kept.keys().any(|task| writing.contains(&task.as_str()));
    if starts.is_empty() || !writes && !reading.is_beside_another {
        return config;
    }
    if let Some((_, place)) = left_out.first() {
        let names: Vec<&str> = left_out.iter().map(|(name, _)| name.as_str()).collect();
        let what = format!("tasks that grunt {} does not run: {}", starts[0], names.join(", "));
        reading.note(*place, what, "add what they write to \"areas\" if pages use it");
    }
    Value::object(kept)
}

/// Returns whether a target only minifies what another one wrote: `{ "a.js": ["a.js"] }`.
fn is_in_place(target: &Value) -> bool {
    let files = target.get("files").fields();
    !files.is_empty() && files.iter().all(|(to, field)| texts(&field.value) == [to.as_str()])
}

/// Returns the tasks that `grunt.registerTask` names, with the tasks that each runs. A function is
/// called, and runs what it passes to `grunt.task.run`.
fn registered(reading: &mut Reading<'_>) -> IndexMap<String, Vec<String>> {
    let mut tasks = IndexMap::new();
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

impl Tasks {
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
