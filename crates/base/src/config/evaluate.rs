//! Configurations that are scripts: Node evaluates the file, and what it exports is read like the
//! text of bundle.config.json.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use serde_json::Value;

use super::{
    host::Search,
    messages::{self, ScriptFailure},
    parse::parse,
    paths::relative,
    raw::RawConfig,
};
use crate::{
    decode::decode_lossy,
    diagnostic::{Diagnostics, Label},
    loader::ToolError,
    place::Place,
    source::{Source, Span},
};

/// The program that Node runs.
const PROGRAM: &str = include_str!("evaluate.js");

/// What the program answers.
#[derive(Deserialize)]
struct Line {
    bundle: Answer,
}

#[derive(Deserialize)]
struct Answer {
    /// The files that the script imports, and the script.
    files: Vec<Utf8PathBuf>,
    value: Option<Value>,
    failure: Option<ScriptFailure>,
}

/// Returns whether the file is a script, by its extension.
pub(super) fn is_script(path: &Utf8Path) -> bool {
    matches!(path.extension(), Some("js" | "mjs" | "cjs" | "ts" | "mts" | "cts"))
}

/// Evaluates a script that exists, and parses what it exports. Reads every file that it imports by
/// a path, so that a watcher knows them. If there is no value, reports that and returns an empty
/// configuration.
pub(super) fn evaluate(path: &Utf8Path, search: &Search<'_>, log: &mut Diagnostics) -> RawConfig {
    let name = relative(search.cwd, path);
    let text = search.fs.read(path).map(|bytes| decode_lossy(&bytes)).unwrap_or_default();
    let script = Source::new(path, &name, text);
    let command = ["node", "-", path.as_str(), search.mode.name()].map(str::to_owned);
    let folder = path.parent().unwrap_or(search.cwd);
    let printed = match search.tools.run(&command, folder, PROGRAM) {
        Ok(printed) => printed,
        Err(ToolError::Failed(output)) => {
            log.push(messages::script_ended(&script, &output));
            return RawConfig::default();
        }
        Err(why) => {
            log.push(messages::script_not_run(&script, &why));
            return RawConfig::default();
        }
    };
    let line = printed.lines().rev().find_map(|line| serde_json::from_str::<Line>(line).ok());
    let Some(Line { bundle: answer }) = line else {
        log.push(messages::script_ended(&script, &printed));
        return RawConfig::default();
    };
    for file in &answer.files {
        let _ = search.fs.read(file);
    }
    match (answer.value, answer.failure) {
        (Some(value), None) => {
            let text = serde_json::to_string_pretty(&value).unwrap_or_default();
            parse(&Source::new(path, format!("{name} (its value)"), text), log)
        }
        (_, failure) => {
            let label = failure.as_ref().and_then(|failure| place_of(failure, search));
            log.push(messages::script_failed(&script, failure.as_ref(), label));
            RawConfig::default()
        }
    }
}

/// Returns where an error was thrown, if the file can be read.
fn place_of(failure: &ScriptFailure, search: &Search<'_>) -> Option<Label> {
    let (file, line, column) = (failure.file.as_ref()?, failure.line?, failure.column?);
    let text = decode_lossy(&search.fs.read(file).ok()?);
    let source = Source::new(file, relative(search.cwd, file), text);
    let at = Place { line: line.checked_sub(1)?, column: column.checked_sub(1)? };
    let at = at.offset_in(&source.text)?;
    let width = source.text[at as usize..].chars().next().map_or(0, char::len_utf8);
    Some(Label::new(&source, Span::new(at, at + u32::try_from(width).unwrap_or(0))))
}
