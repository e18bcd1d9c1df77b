//! Babel's own plugins of the project: each script of the project that they may change is
//! transformed after its loader, also those of components. Babel gets the script as it is written,
//! and lowers nothing. Where it removes types of Flow, it does so in packages too.

use std::sync::Arc;

use bundle_base::{
    Diagnostic, Label, Source, Span,
    loader::{Language, LoadContext, Loaded, Part, PartContent},
    node,
    place::Place,
    text_map::{InputMap, Original, TextMap},
    tools::{MISSING_NODE, ToolError, UNABLE_NODE, Unanswered},
};
use bundle_resolve::Resolved;
use camino::Utf8Path;
use serde::Deserialize;
use serde_json::{Value, json};

use super::state::ScanState;
use crate::{messages, plugins::MayOpen};

/// Marks a script that has types of Flow.
const FLOW_PRAGMA: &str = "@flow";

/// What `babel` answers.
#[derive(Deserialize)]
struct Answer {
    code: String,
    map: Option<String>,
}

/// Transforms the scripts of a loaded file. `None`: the log has an error.
pub(super) fn transformed(
    loaded: Loaded,
    resolved: &Resolved,
    cx: &mut LoadContext<'_>,
    shared: &ScanState<'_>,
) -> Option<Loaded> {
    let project = &cx.config.project;
    let Some(config) = cx.config.plugins.babel.as_deref() else { return Some(loaded) };
    let is_own = resolved.path.starts_with(project)
        && !resolved.name.split('/').any(|folder| folder == "node_modules");
    let is_candidate = |part: &Part| {
        matches!(part.content, PartContent::Script(_))
            && (is_own || part.source.text.contains(FLOW_PRAGMA))
    };
    if !loaded.parts.iter().any(is_candidate) {
        return Some(loaded);
    }
    let opened = match opened(config, cx, shared) {
        Ok(opened) => opened,
        Err(failure) => {
            let is_error = failure.code != "babel-needs-node";
            cx.log.push(*failure);
            return if is_error { None } else { Some(loaded) };
        }
    };
    if !is_own && !opened.is_flow {
        return Some(loaded);
    }
    let may_change = |text: &str| {
        let mut texts = opened.texts.iter().flatten();
        !opened.plugins.is_empty()
            && (opened.texts.is_none() || texts.any(|part| text.contains(part.as_str())))
    };
    let mut transform = |part: Part| match part.content {
        PartContent::Script(language) if may_change(&part.source.text) => {
            script(part, language, &resolved.name, cx, shared)
        }
        PartContent::Script(_)
        | PartContent::Style(_)
        | PartContent::Template(_)
        | PartContent::Bytes(_) => Some(part),
    };
    let parts = loaded.parts.into_iter().map(&mut transform).collect::<Option<_>>()?;
    Some(Loaded { parts, ..loaded })
}

/// Loads Babel's configuration, unless this text of it is loaded.
fn opened(config: &Utf8Path, cx: &LoadContext<'_>, shared: &ScanState<'_>) -> MayOpen {
    let digest = node::configuration_digest(config, cx.fs);
    let name = cx.resolve.name(config);
    shared.plugins.babel(digest, || {
        let request = json!({
            "do": "openBabel",
            "config": config,
            "digest": digest.to_string(),
            "mode": cx.config.mode.name(),
            "project": cx.config.project,
        });
        let answer = shared.plugins.set_up(request, cx.tools);
        let answer = answer.map_err(|why| Box::new(unanswered(&name, &name, &why, None)))?;
        serde_json::from_value(answer)
            .map_err(|why| Box::new(messages::babel_failed(&name, &name, &why.to_string(), None)))
    })
}

fn unanswered(config: &str, name: &str, why: &Unanswered, label: Option<Label>) -> Diagnostic {
    match why {
        Unanswered::Tool(ToolError::Missing) => messages::babel_without_node(config, MISSING_NODE),
        Unanswered::Tool(ToolError::Unable) => messages::babel_without_node(config, UNABLE_NODE),
        Unanswered::Tool(ToolError::Broken(why)) => messages::babel_failed(config, name, why, None),
        Unanswered::Tool(ToolError::Failed(output)) => {
            messages::babel_failed(config, name, &format!("Node ended; {}", output.trim()), None)
        }
        Unanswered::Failed(failure) if failure.code.as_deref() == Some("MODULE_NOT_FOUND") => {
            let package = failure.message.split(' ').next().unwrap_or_default();
            messages::babel_plugin_missing(config, package)
        }
        Unanswered::Failed(failure) => {
            messages::babel_failed(config, name, &failure.message, label)
        }
    }
}

/// Transforms one script.
fn script(
    part: Part,
    language: Language,
    name: &str,
    cx: &mut LoadContext<'_>,
    shared: &ScanState<'_>,
) -> Option<Part> {
    let word = match language {
        Language::JavaScript => "js",
        Language::Jsx => "jsx",
        Language::TypeScript => "ts",
        Language::Tsx => "tsx",
    };
    let request = json!({
        "do": "babel",
        "module": part.source.path,
        "code": part.source.text,
        "language": word,
    });
    let answer = shared.plugins.ask(request, false, cx.tools, &mut |_| Value::Null);
    let why = match answer.map(serde_json::from_value::<Answer>) {
        Ok(Ok(Answer { code, map })) => {
            let map = map.and_then(|map| composed(&map, &part, cx)).map(Arc::new);
            let source = Source::new(part.source.path.clone(), part.source.name.clone(), code);
            return Some(Part { source, map, ..part });
        }
        Ok(Err(why)) => Unanswered::Tool(ToolError::Broken(why.to_string())),
        Err(why) => why,
    };
    let place = match &why {
        Unanswered::Failed(failure) => failure.line.zip(failure.column),
        Unanswered::Tool(_) => None,
    };
    let label = place.and_then(|(line, column)| {
        let at = Place { line: line.checked_sub(1)?, column }.offset_in(&part.source.text)?;
        let span = Span::new(at, at);
        match part.map.as_deref().and_then(|map| map.span(span)) {
            Some((source, span)) => Some(Label::new(source, span)),
            None => Some(Label::new(&part.source, span)),
        }
    });
    let config = cx.config.plugins.babel.as_deref().map(|config| cx.resolve.name(config));
    let config = config.unwrap_or_default();
    cx.log.push(unanswered(&config, name, &why, label));
    None
}

/// Leads the map of a transformed script to where the script was written.
fn composed(map: &str, part: &Part, cx: &LoadContext<'_>) -> Option<TextMap> {
    let mut map = bundle_js::decode_map(map.as_bytes()).ok()?;
    let original = |source: &Source| Original {
        name: source.name.clone(),
        is_in_project: source.path.starts_with(&cx.config.project),
        content: Some(source.text.clone()),
    };
    match part.map.as_deref() {
        None => map.sources = vec![original(&part.source)],
        Some(before) => {
            for segment in &mut map.segments {
                segment.origin = segment.origin.and_then(|(_, place, name)| {
                    let at = place.offset_in(&part.source.text)?;
                    let origin = before.origin(at, place)?;
                    Some((origin.source, origin.place, name))
                });
            }
            map.sources = match before {
                TextMap::Copied { source, .. } => vec![original(source)],
                TextMap::Mapped(InputMap { sources, .. }) => sources.clone(),
                TextMap::Pieces(_) => return None,
            };
        }
    }
    Some(TextMap::Mapped(map))
}
