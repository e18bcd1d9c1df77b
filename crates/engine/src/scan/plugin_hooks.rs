//! Calls the hooks of plugins: one resolves a specifier, others load and transform the text of a
//! module.

use std::borrow::Cow;

use bundle_base::{
    Diagnostic, Label, Source, Span,
    decode::{decode, decode_lossy},
    loader::{Blocks, File, LoadContext, Part, PluginOutput, Refused},
    place::Place,
    tools::{NodeFailure, Unanswered},
};
use bundle_resolve::{RequestSyntax, Resolution, ResolveRequest, Resolved};
use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use serde_json::{Value, json};

use super::state::ScanState;
use crate::{
    loaders::load_made,
    messages::{self, Hook},
    plugins::{id_of, virtual_id, virtual_name, virtual_path},
};

/// What `resolve` answers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResolveAnswer {
    found: Option<ResolvedByPlugin>,
    warnings: Vec<Warning>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResolvedByPlugin {
    id: String,
    is_external: bool,
}

/// What `module` answers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ModuleAnswer {
    /// `None`: no plugin changes the module.
    code: Option<String>,
    map: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    side_effects: Option<bool>,
    #[serde(default)]
    by: Vec<String>,
    watched: Vec<Utf8PathBuf>,
    warnings: Vec<Warning>,
}

#[derive(Deserialize)]
struct Warning {
    plugin: String,
    message: String,
    file: Option<Utf8PathBuf>,
    line: Option<u32>,
    column: Option<u32>,
}

/// Returns where a specifier leads, if a plugin knows. Adds the plugins' warnings to `log`. `Err`:
/// a plugin failed.
pub(super) fn resolve(
    specifier: &str,
    kind: RequestSyntax,
    at: &Label,
    importer: &Utf8Path,
    query: &str,
    log: &mut Vec<Diagnostic>,
    shared: &ScanState<'_>,
) -> Result<Option<Resolution>, Box<Diagnostic>> {
    let chosen = shared.plugins.resolving(specifier);
    if chosen.is_empty() {
        return Ok(None);
    }
    let value = json!({
        "do": "resolve",
        "specifier": specifier,
        "importer": id_of(importer, query),
        "chosen": chosen,
    });
    let mut back = |asked: &Value| native(asked, shared);
    let hook = Hook::ResolveId { specifier, importer: &shown(importer, shared) };
    let answer = shared.plugins.ask(value, false, shared.tools, &mut back);
    let answer = answer
        .map_err(|why| Box::new(messages::plugin_unanswered(&hook, &why, Some(at.clone()))))?;
    let answer: ResolveAnswer = serde_json::from_value(answer)
        .map_err(|why| Box::new(messages::invalid_plugin_answer(&hook, &why.to_string())))?;
    let warnings = answer.warnings.iter();
    log.extend(
        warnings.map(|it| messages::plugin_warning(&it.plugin, &it.message, Some(at.clone()))),
    );
    let Some(ResolvedByPlugin { id, is_external }) = answer.found else { return Ok(None) };
    let ask = |specifier: &str| {
        let importer = outside(importer, shared);
        shared.resolver.resolve(&ResolveRequest { specifier, kind, importer: &importer }).ok()
    };
    if is_external {
        let known = ask(&id).filter(|known| matches!(known, Resolution::External { .. }));
        let unknown = || Resolution::External { specifier: id.clone(), global: None };
        return Ok(Some(known.unwrap_or_else(unknown)));
    }
    let is_path = Utf8Path::new(&id).is_absolute();
    if is_path && let Some(found) = ask(&id) {
        return Ok(Some(found));
    }
    let (path, query) = id.split_at(id.find('?').unwrap_or(id.len()));
    let project = &shared.config.project;
    let name = virtual_name(path, project);
    let path = if is_path { Utf8PathBuf::from(path) } else { virtual_path(path, project) };
    Ok(Some(Resolution::Module(Resolved { path, query: query.to_owned(), name, package: None })))
}

/// Answers `this.resolve` as an import would be resolved.
fn native(asked: &Value, shared: &ScanState<'_>) -> Value {
    let Some(specifier) = asked["specifier"].as_str() else { return Value::Null };
    let id = asked["importer"].as_str().unwrap_or_default();
    let path = Utf8Path::new(id.split('?').next().unwrap_or_default());
    let importer =
        if path.is_absolute() { path.to_owned() } else { virtual_path(id, &shared.config.project) };
    let importer = outside(&importer, shared);
    match shared.resolver.resolve(&ResolveRequest {
        specifier,
        kind: RequestSyntax::Import,
        importer: &importer,
    }) {
        Ok(Resolution::Module(found)) => {
            json!({ "id": id_of(&found.path, &found.query), "isExternal": false })
        }
        Ok(Resolution::External { specifier, .. }) => {
            json!({ "id": specifier, "isExternal": true })
        }
        Ok(Resolution::Data { .. }) => json!({ "id": specifier, "isExternal": false }),
        Ok(Resolution::Ignored { .. } | Resolution::OfNode { .. }) | Err(_) => Value::Null,
    }
}

/// Returns the importer that the resolver resolves for: virtual modules lie in the project's
/// folder.
pub(super) fn outside<'i>(importer: &'i Utf8Path, shared: &ScanState<'_>) -> Cow<'i, Utf8Path> {
    match virtual_id(importer) {
        Some(_) => Cow::Owned(shared.config.project.join("index.js")),
        None => Cow::Borrowed(importer),
    }
}

fn shown(path: &Utf8Path, shared: &ScanState<'_>) -> String {
    let project = &shared.config.project;
    virtual_id(path).map_or_else(|| shared.resolver.name(path), |id| virtual_name(id, project))
}

/// What plugins make of a file.
pub(super) enum HookOutcome {
    /// No plugin loads or transforms it.
    Unchanged,
    /// Plugins loaded or transformed its text.
    Made(PluginOutput),
    /// A plugin failed.
    Failed,
}

/// Lets plugins load and transform the text of a module. `bytes`: the contents of its file, if it
/// has one.
pub(super) fn module(
    resolved: &Resolved,
    bytes: Option<&[u8]>,
    cx: &mut LoadContext<'_>,
    shared: &ScanState<'_>,
) -> HookOutcome {
    let id = id_of(&resolved.path, &resolved.query);
    let load = shared.plugins.loading(&id);
    let charset = cx.config.script.source_charset;
    let text = || decode(bytes?, charset).ok();
    // A filter for texts needs the text; what a plugin loads is not known yet.
    let before = if load.is_empty() { text() } else { None };
    let transform = shared.plugins.transforming(&id, before.as_deref());
    if load.is_empty() && (transform.is_empty() || before.is_none()) {
        return HookOutcome::Unchanged;
    }
    let text = before.or_else(text);
    let is_pure = shared.plugins.are_stored(&load) && shared.plugins.are_stored(&transform);
    let value = json!({
        "do": "module",
        "module": id,
        "code": text,
        "load": load,
        "transform": transform,
    });
    let hook = Hook::Module { name: &format!("{}{}", resolved.name, resolved.query) };
    let label = |file: Option<&Utf8Path>, line: Option<u32>, column: Option<u32>| {
        place(resolved, text.as_deref(), file, line, column, shared)
    };
    let mut back = |asked: &Value| native(asked, shared);
    let answer = match shared.plugins.ask(value, is_pure, cx.tools, &mut back) {
        Ok(answer) => answer,
        Err(why) => {
            let label = match &why {
                Unanswered::Failed(failure) => {
                    let NodeFailure { file, line, column, .. } = &**failure;
                    label(file.as_deref(), *line, *column)
                }
                Unanswered::Tool(_) => None,
            };
            cx.log.push(messages::plugin_unanswered(&hook, &why, label));
            return HookOutcome::Failed;
        }
    };
    let answer: ModuleAnswer = match serde_json::from_value(answer) {
        Ok(answer) => answer,
        Err(why) => {
            cx.log.push(messages::invalid_plugin_answer(&hook, &why.to_string()));
            return HookOutcome::Failed;
        }
    };
    for Warning { plugin, message, file, line, column } in &answer.warnings {
        let label = label(file.as_deref(), *line, *column);
        cx.log.push(messages::plugin_warning(plugin, message, label));
    }
    for path in &answer.watched {
        let _ = cx.fs.read(path);
    }
    let ModuleAnswer { code: Some(text), map, kind, side_effects, by, .. } = answer else {
        return HookOutcome::Unchanged;
    };
    HookOutcome::Made(PluginOutput { text, map, kind, side_effects, by })
}

/// Lets plugins load and transform the blocks of a file.
pub(super) struct BlocksOf<'b> {
    pub resolved: &'b Resolved,
    pub shared: &'b ScanState<'b>,
}

impl Blocks for BlocksOf<'_> {
    fn made(
        &self,
        query: &str,
        text: &str,
        cx: &mut LoadContext<'_>,
    ) -> Result<Option<Part>, Refused> {
        if !self.shared.plugins.may_make(&self.resolved.path, query) {
            return Ok(None);
        }
        let block = Resolved { query: query.to_owned(), ..self.resolved.clone() };
        match module(&block, Some(text.as_bytes()), cx, self.shared) {
            HookOutcome::Unchanged => Ok(None),
            HookOutcome::Failed => Err(Refused),
            HookOutcome::Made(made) => {
                let kind = made.kind.clone().or_else(|| Some("js".to_owned()));
                let loaded =
                    load_made(&file(&block, PluginOutput { kind, ..made }), cx).ok_or(Refused)?;
                Ok(loaded.parts.into_iter().next())
            }
        }
    }
}

/// Returns the place that a plugin names, in the file that it names or else in the module.
fn place(
    resolved: &Resolved,
    text: Option<&str>,
    file: Option<&Utf8Path>,
    line: Option<u32>,
    column: Option<u32>,
    shared: &ScanState<'_>,
) -> Option<Label> {
    let file = file.map(|file| Utf8Path::new(file.as_str().split('?').next().unwrap_or_default()));
    let is_own = file.is_none_or(|file| *file == resolved.path);
    let source = if is_own {
        Source::new(resolved.path.clone(), resolved.name.clone(), text?)
    } else {
        let path = file.filter(|file| file.is_absolute())?;
        let text = decode_lossy(&shared.fs.read(path).ok()?);
        Source::new(path, shared.resolver.name(path), text)
    };
    let at = Place { line: line?.checked_sub(1)?, column: column.unwrap_or(0) };
    let start = at.offset_in(&source.text)?;
    let width = source.text[start as usize..].chars().next().map_or(0, char::len_utf8);
    Some(Label::new(&source, Span::new(start, start + u32::try_from(width).unwrap_or(0))))
}

/// Whether a module is a text that only a plugin has.
pub(super) fn is_virtual(resolved: &Resolved) -> bool {
    virtual_id(&resolved.path).is_some()
}

/// Returns the file that plugins made.
pub(super) fn file(resolved: &Resolved, made: PluginOutput) -> File {
    File {
        path: resolved.path.clone(),
        name: resolved.name.clone(),
        query: resolved.query.clone(),
        bytes: made.text.clone().into_bytes().into(),
        made: Some(made),
    }
}
