//! PostCSS with the project's own configuration, in the project's Node process: Tailwind and the
//! like. It gets a stylesheet whose imports are inlined. Names, addresses, prefixes and minifying
//! come later.

use std::time::Duration;

use bundle_base::{
    Label, Source,
    fs::FileKind,
    loader::LoadContext,
    mapped_text::MappedText,
    node,
    place::Place,
    tools::{MISSING_NODE, NodeRequest, ToolError, UNABLE_NODE, Unanswered, ask_for},
};
use camino::{Utf8Path, Utf8PathBuf};
use globset::GlobBuilder;
use serde::Deserialize;
use serde_json::json;

use crate::{
    mapped::{Css, Offsets},
    messages,
};

/// What the process answers.
#[derive(Deserialize)]
struct Answer {
    /// `None`: the plugins do only what `bundle` does itself, so the stylesheet stays as it is.
    css: Option<String>,
    map: Option<String>,
    #[serde(default)]
    watched: Vec<Utf8PathBuf>,
    #[serde(default)]
    folders: Vec<Folder>,
    #[serde(default)]
    warnings: Vec<Warning>,
}

/// A folder whose files the stylesheet follows from.
#[derive(Deserialize)]
struct Folder {
    folder: Utf8PathBuf,
    glob: String,
}

#[derive(Deserialize)]
struct Warning {
    plugin: String,
    message: String,
    line: Option<u32>,
    column: Option<u32>,
}

#[derive(Deserialize)]
struct Map {
    mappings: String,
    sources: Vec<String>,
}

/// Processes a stylesheet, if the project has PostCSS. `None`: the log has an error.
pub fn process(
    stylesheet: MappedText,
    source: &Source,
    cx: &mut LoadContext<'_>,
) -> Option<MappedText> {
    let Some(config) = cx.config.plugins.postcss.clone() else { return Some(stylesheet) };
    let value = json!({
        "do": "postcss",
        "config": config,
        "digest": node::configuration_digest(&config, cx.fs).to_string(),
        "project": cx.config.project,
        "from": source.path,
        "css": stylesheet.text(),
        "mode": cx.config.mode.name(),
    });
    let limit = Duration::from_secs(cx.config.plugins.timeout);
    let request = NodeRequest { value, is_setup: false, is_pure: false, limit };
    let config_name = cx.resolve.name(&config);
    let answer = match ask_for::<Answer>(cx.tools, &request) {
        Ok(answer) => answer,
        Err(Unanswered::Tool(ToolError::Missing)) => {
            cx.log.push(messages::postcss_without_node(&config_name, MISSING_NODE));
            return Some(stylesheet);
        }
        Err(Unanswered::Tool(ToolError::Unable)) => {
            cx.log.push(messages::postcss_without_node(&config_name, UNABLE_NODE));
            return Some(stylesheet);
        }
        Err(why) => {
            why.depend_on_files(cx.fs);
            let place = match &why {
                Unanswered::Failed(failure) => failure.line.zip(failure.column),
                Unanswered::Tool(_) => None,
            };
            let label = place.and_then(|(line, column)| label(&stylesheet, line, column));
            cx.log.push(messages::postcss_failed(&config_name, &source.name, &why, label.as_ref()));
            return None;
        }
    };
    for Warning { plugin, message, line, column } in &answer.warnings {
        let place = line.zip(*column);
        let label = place.and_then(|(line, column)| label(&stylesheet, line, column));
        cx.log.push(messages::postcss_warning(plugin, message, label));
    }
    for path in &answer.watched {
        let _ = cx.fs.read(path);
    }
    for Folder { folder, glob } in &answer.folders {
        depend_on(folder, glob, cx);
    }
    let Answer { css: Some(css), map, .. } = answer else { return Some(stylesheet) };
    Some(mapped(css, map.as_deref(), &stylesheet, source))
}

/// Whether the project has postcss-import, which keeps the first import of a stylesheet: plugins
/// after it may need the variables that the first one defines.
pub fn uses_postcss_import(cx: &LoadContext<'_>) -> bool {
    let Some(config) = &cx.config.plugins.postcss else { return false };
    let text = cx.fs.read(config).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    ["postcss-import", "postcss-easy-import"].iter().any(|name| text.contains(name))
}

/// Returns the place of a line and a column, both from 1, where the stylesheet was written.
fn label(stylesheet: &MappedText, line: u32, column: u32) -> Option<Label> {
    let place = Place { line: line.checked_sub(1)?, column: column.saturating_sub(1) };
    let at = Offsets::new(stylesheet.text()).characters(stylesheet.text(), place);
    let end = (at + 1).min(stylesheet.text().len());
    stylesheet.label(at..end)
}

/// Folders in which no file is looked for: packages, and the updates that a watcher writes.
const FOREIGN: [&str; 2] = ["node_modules", "bundle-dev"];

/// Makes the stylesheet depend on the files of a folder that a pattern matches, and on their
/// number.
fn depend_on(folder: &Utf8Path, glob: &str, cx: &LoadContext<'_>) {
    let deepest = if glob.contains("**") { usize::MAX } else { glob.matches('/').count() };
    let Ok(glob) = GlobBuilder::new(glob).literal_separator(true).build() else { return };
    let glob = glob.compile_matcher();
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((inner, depth)) = folders.pop() {
        for entry in cx.fs.list(&inner).unwrap_or_default() {
            let path = inner.join(&entry.name);
            let is_foreign = FOREIGN.contains(&entry.name.as_str());
            match entry.kind {
                Some(FileKind::Directory) if !is_foreign && depth < deepest => {
                    folders.push((path, depth + 1));
                }
                Some(FileKind::File) => {
                    if path.strip_prefix(folder).is_ok_and(|path| glob.is_match(path)) {
                        let _ = cx.fs.read(&path);
                    }
                }
                Some(_) | None => {}
            }
        }
    }
}

/// Returns the CSS with its origins in what the stylesheet was made of.
fn mapped(css: String, map: Option<&str>, before: &MappedText, source: &Source) -> MappedText {
    let map = map.and_then(|map| serde_json::from_str::<Map>(map).ok());
    let (mappings, sources) = map.map_or_else(Default::default, |map| (map.mappings, map.sources));
    let css = Css::new(css, sources, &mappings);
    let offsets = Offsets::new(before.text());
    let own = source.path.file_name().unwrap_or_default();
    css.mapped(|index, place, mapped| {
        if css.sources.get(index).is_some_and(|name| name.ends_with(own)) {
            let at = offsets.utf16(before.text(), place);
            if let Some(label) = before.label(at..at) {
                mapped.mark(&label.source, label.span.start);
            }
        }
    })
}
