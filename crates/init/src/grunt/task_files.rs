//! load-grunt-config: each file of a folder has the configuration of the task with its name, and
//! `aliases` has the tasks that run others.

use std::rc::Rc;

use bundle_base::config::matching;
use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Symbol, Value, yaml};
use indexmap::IndexMap;

use crate::{
    packages::LOADER_OF_GRUNT,
    reading::{Reading, texts},
};

/// Tasks with the tasks that they run.
pub(super) type Aliases = IndexMap<String, Vec<String>>;

/// The end of the names of files whose keys are tasks; the beginning is the target.
const OF_TARGET: &str = "-tasks";
/// What to do about task files that are not read.
const OTHER_FILE: &str = "write its tasks as JavaScript, or read another configuration: \
                          npx bundle init --from FILE";

/// Adds the tasks of such files to the configuration of a Gruntfile, and returns their aliases.
/// `grunt`: what functions of these files get.
pub(super) fn add(reading: &mut Reading<'_>, grunt: &Value, config: &mut Object) -> Aliases {
    let is_meant = |call: &&Rc<Symbol>| call.root() == LOADER_OF_GRUNT && call.path().is_empty();
    let calls: Vec<Rc<Symbol>> = reading.script.calls().iter().filter(is_meant).cloned().collect();
    let mut aliases = Aliases::new();
    for call in calls {
        let Some((_, arguments)) = call.call() else { continue };
        let options = arguments.get(1).cloned().unwrap_or_default();
        let mut found = of_call(reading, grunt, &options, call.place);
        if let Some(field) = found.shift_remove("aliases") {
            aliases.extend(field.value.fields().into_iter().map(|(name, alias)| {
                let tasks = alias.value.get("tasks");
                (name, texts(if tasks.is_missing() { &alias.value } else { &tasks }))
            }));
        }
        found.into_iter().for_each(|(task, field)| put(config, &task, field));
    }
    aliases
}

/// Returns the configuration that one call reads.
fn of_call(
    reading: &mut Reading<'_>,
    grunt: &Value,
    options: &Value,
    place: ScriptLocation,
) -> Object {
    let mut data = options.get("data").fields();
    let package = reading.script.read(&reading.project().join("package.json"));
    data.insert("package".to_owned(), Field { value: package, place });
    let mut given = options.fields();
    given.extend(data.clone());
    given.insert("data".to_owned(), Field { value: Value::object(data.clone()), place });
    let arguments = vec![grunt.clone(), Value::object(given)];
    let mut found = Object::new();
    for path in files(reading, options) {
        let name = path.rsplit('/').next().unwrap_or(&path);
        let name = name.rsplit_once('.').map_or(name, |(name, _)| name).to_owned();
        let value = value_of(reading, &path, arguments.clone());
        let Some(fields) = value.map(|value| value.fields()).filter(|fields| !fields.is_empty())
        else {
            let what = format!("{path}, which load-grunt-config reads");
            reading.note(place, what, OTHER_FILE);
            continue;
        };
        // Where the file has no lines that are known, the call is the place.
        let at = fields.values().map(|field| field.place).find(|at| at.line > 0).unwrap_or(place);
        if let Some(target) = name.strip_suffix(OF_TARGET) {
            for (task, Field { value, .. }) in fields {
                let (task, target) = match task.split_once("__") {
                    Some((task, rest)) => (task.to_owned(), format!("{target}_{rest}")),
                    None => (task, target.to_owned()),
                };
                let targets = Object::from([(target, Field { value, place: at })]);
                put(&mut found, &task, Field { value: Value::object(targets), place: at });
            }
        } else {
            put(&mut found, &name, Field { value: Value::object(fields), place: at });
        }
    }
    if found.is_empty() {
        let remedy = "read another configuration: npx bundle init --from FILE";
        reading.note(place, "load-grunt-config, whose task files are not known", remedy);
    }
    found.extend(data);
    found
}

/// Returns the task files, relative to the project.
fn files(reading: &Reading<'_>, options: &Value) -> Vec<String> {
    let own = options.get("configPath");
    let mut folders =
        if own.is_missing() { vec!["grunt".to_owned()] } else { reading.paths_of(&own) };
    folders.extend(reading.paths_of(&options.get("overridePath")));
    let of_folder = |folder: &String| {
        let glob = format!("{folder}/*.{{js,cjs,json,yml,yaml,coffee,cson,ls}}");
        matching(reading.facts.fs.as_ref(), reading.project(), &glob)
    };
    let found = folders.iter().flat_map(of_folder);
    found.map(|path| reading.facts.below(&path).to_string()).collect()
}

/// Returns what a task file gives; `None` if it is in a language that is not read.
fn value_of(reading: &mut Reading<'_>, path: &str, arguments: Vec<Value>) -> Option<Value> {
    let file = reading.project().join(path);
    match file.extension() {
        Some("yml" | "yaml") => yaml(&reading.facts.text(&file)),
        Some("js" | "cjs" | "json") => {
            let exports = reading.script.read(&file);
            Some(reading.script.call(&exports, arguments))
        }
        _ => None,
    }
}

/// Adds targets to a task.
fn put(config: &mut Object, task: &str, field: Field) {
    match config.get_mut(task) {
        Some(known) => {
            let mut targets = known.value.fields();
            targets.extend(field.value.fields());
            known.value = Value::object(targets);
        }
        None => {
            config.insert(task.to_owned(), field);
        }
    }
}
