//! Configurations that are scripts: Node evaluates the file, and what it exports is read like the
//! text of bundle.config.json.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    host::Search, messages, parse::parse, paths::relative, plugins::Plugin, raw::RawConfig,
};
use crate::{
    asset::ContentHash,
    decode::decode_lossy,
    diagnostic::{Diagnostics, Label},
    fs::FileSystem,
    place::Place,
    source::{Source, Span},
    tools::{LIMIT, NodeFailure, NodeRequest, ToolError, Unanswered},
};

/// What the process answers.
#[derive(Deserialize)]
struct Answer {
    /// The files that the script imports, and the script.
    files: Vec<Utf8PathBuf>,
    value: Option<Value>,
    failure: Option<NodeFailure>,
    /// The plugins, which are not part of the value.
    #[serde(default)]
    plugins: Vec<Plugin>,
}

/// Whether the file is a script, by its extension.
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
    let request = NodeRequest {
        value: json!({
            "do": "evaluate",
            "file": path,
            "mode": search.mode.name(),
            "project": path.parent().unwrap_or(search.cwd),
        }),
        is_setup: true,
        is_pure: false,
        limit: LIMIT,
    };
    let answer = match search.tools.ask(&request, &mut |_| Value::Null) {
        Ok(value) => serde_json::from_value::<Answer>(value).ok(),
        Err(Unanswered::Failed(_)) => None,
        Err(Unanswered::Tool(ToolError::Failed(output))) => {
            log.push(messages::script_ended(&script, &output));
            return RawConfig::default();
        }
        Err(Unanswered::Tool(why)) => {
            log.push(messages::script_not_run(&script, &why));
            return RawConfig::default();
        }
    };
    let Some(answer) = answer else {
        log.push(messages::script_ended(&script, ""));
        return RawConfig::default();
    };
    let read = |file: &Utf8PathBuf| search.fs.read(file).ok();
    let texts: Vec<_> = answer.files.iter().map(read).collect();
    match (answer.value, answer.failure) {
        (Some(value), None) => {
            let text = serde_json::to_string_pretty(&value).unwrap_or_default();
            let mut raw = parse(&Source::new(path, format!("{name} (its value)"), text), log);
            if !answer.plugins.is_empty() {
                raw.plugins.digest = Some(ContentHash::of_value(&texts));
                raw.plugins.described = answer.plugins;
            }
            raw
        }
        (_, failure) => {
            let label =
                failure.as_ref().and_then(|failure| thrown_at(failure, search.fs, search.cwd));
            log.push(messages::script_failed(&script, failure.as_ref(), label));
            RawConfig::default()
        }
    }
}

/// Returns where an error was thrown, if the file can be read. `base`: the folder to which the name
/// that is shown is relative.
pub(super) fn thrown_at(
    failure: &NodeFailure,
    fs: &dyn FileSystem,
    base: &Utf8Path,
) -> Option<Label> {
    let (file, line, column) = (failure.file.as_ref()?, failure.line?, failure.column?);
    let text = decode_lossy(&fs.read(file).ok()?);
    let source = Source::new(file, relative(base, file), text);
    let at = Place { line: line.checked_sub(1)?, column: column.checked_sub(1)? };
    let at = at.offset_in(&source.text)?;
    let width = source.text[at as usize..].chars().next().map_or(0, char::len_utf8);
    Some(Label::new(&source, Span::new(at, at + u32::try_from(width).unwrap_or(0))))
}
