//! Several commands of `@wordpress/scripts` in one build. A configuration that spreads the tool's
//! own has the entries and the folder of each command; one that sets them has the same for all.

use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Value};

use super::{
    super::reading::Reading,
    project::{TOOL, has_read},
};

/// The module that has what each command builds, in the folder of the tool.
pub(super) const FILE: &str = "config/commands.js";
/// The configurations that the tool finds itself.
const OWN: [&str; 5] = [
    "webpack.config.js",
    "webpack.config.cjs",
    "webpack.config.mjs",
    "webpack.config.ts",
    "webpack.config.babel.js",
];

/// A command that builds.
struct Command {
    words: String,
    /// The configuration that it names, if it exists.
    file: Option<String>,
    /// What it builds without a configuration of the project.
    script: Value,
    entries: Vec<(String, Option<String>)>,
    folder: Option<String>,
}

/// Returns the configurations with the entries and folders of the commands that have them.
pub fn of_commands(reading: &mut Reading<'_>, configs: Vec<Value>) -> Vec<Value> {
    let folder = reading.project().join("node_modules").join(TOOL);
    let config = folder.join("config/webpack.config.js");
    if !has_read(reading, &config) {
        return configs;
    }
    let commands: Vec<Command> = reading
        .script
        .read(&folder.join(FILE))
        .elements()
        .iter()
        .map(|value| {
            let script = value.get("script");
            let file = value.get("file").as_text().filter(|file| reading.is_file(file));
            let (entries, folder) = built(reading, &script);
            let words = value.get("words").as_text().unwrap_or_default();
            Command { words, file, script, entries, folder }
        })
        .collect();
    let read = reading.script.file(ScriptLocation { file: 0, line: 1 }).to_owned();
    let is_whole = read == config;
    let read = reading.path(read.as_str());
    let is_named = commands.iter().any(|command| command.file.as_ref() == Some(&read));
    let has_own = OWN.iter().any(|file| reading.is_file(file));
    let is_of_read = |command: &&Command| match &command.file {
        Some(file) => is_whole || *file == read,
        None => is_whole || !is_named || OWN.contains(&read.as_str()),
    };
    let own: Vec<&Command> = commands.iter().filter(is_of_read).collect();
    let (Some(first), Some(first_of_all)) = (own.first(), commands.first()) else {
        return configs;
    };
    let mut all = Vec::new();
    for config in configs {
        let (entries, folder) = built(reading, &config);
        let is_same = (entries == first_of_all.entries, folder == first_of_all.folder);
        let depends = first_of_all
            .entries
            .iter()
            .all(|(_, path)| path.is_some() && entries.iter().any(|(_, other)| other == path));
        if is_same == (true, true) {
            all.extend(own.iter().map(|command| with(reading, &config, (command, is_same))));
            continue;
        }
        all.push(with(reading, &config, (first, is_same)));
        let is_other = |command: &&&Command| {
            command.entries != first.entries || command.folder != first.folder
        };
        for command in own.iter().filter(is_other).filter(|_| depends || is_same.1) {
            let what = format!(
                "wp-scripts build {}, which has the configuration of another command",
                command.words
            );
            let remedy = format!(
                "{read} sets entries or the folder for both: write what this one \
                                  builds into \"areas\""
            );
            reading.plan.note("package.json", what, &remedy);
        }
    }
    // Commands without a configuration, beside one that names this file.
    let alone = commands.iter().filter(|command| command.file.is_none() && !is_of_read(command));
    if is_named && !has_own && !reading.is_beside_another {
        all.extend(alone.map(|command| command.script.clone()));
    }
    all
}

/// Returns the entries and the folder of a configuration.
fn built(
    reading: &mut Reading<'_>,
    config: &Value,
) -> (Vec<(String, Option<String>)>, Option<String>) {
    let entry = reading.script.call(&config.get("entry"), Vec::new());
    let entries = entry.fields().into_iter().map(|(name, field)| (name, field.value.as_text()));
    (entries.collect(), reading.path_of(&config.get("output").get("path")))
}

/// Returns a configuration with the entries and the folder of a command, where it has those of the
/// tool, and with what the tool copies for the command.
fn with(
    reading: &Reading<'_>,
    config: &Value,
    (command, (has_entries, has_folder)): (&Command, (bool, bool)),
) -> Value {
    let copies = |plugin: &Value| {
        let symbol = plugin.as_symbol().filter(|one| one.root() == "copy-webpack-plugin");
        symbol.is_some_and(|one| reading.script.file(one.place).as_str().contains(TOOL))
    };
    let mut fields = config.fields();
    if has_entries {
        set(&mut fields, "entry", command.script.get("entry"));
    }
    if has_folder {
        let mut output = config.get("output").fields();
        set(&mut output, "path", command.script.get("output").get("path"));
        set(&mut fields, "output", Value::object(output));
    }
    let own = command.script.get("plugins").elements().into_iter().find(copies);
    let plugins = config.get("plugins").elements().into_iter();
    let plugins = plugins.map(|one| own.clone().filter(|_| copies(&one)).unwrap_or(one)).collect();
    if let Value::List(_) = config.get("plugins") {
        set(&mut fields, "plugins", Value::list(plugins));
    }
    Value::object(fields)
}

/// Sets a field, which keeps its place.
fn set(fields: &mut Object, key: &str, value: Value) {
    let place = fields.get(key).map(|field| field.place).unwrap_or_default();
    fields.insert(key.to_owned(), Field { value, place });
}
