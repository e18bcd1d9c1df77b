//! The task for one module: loads it, analyses it, and resolves its requests. Results in the memo
//! tables or in the disk cache are used instead.

use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bundle_base::{
    Config, Diagnostic, Diagnostics, FileSystem,
    asset::{Address, Asset, has_flag},
    config::{Entry, Format},
    fs::Tracked,
    loader::{Before, File, Language, LoadContext, Loaded, Part, PartContent},
};
use bundle_js::{FormatHint, runtime};
use bundle_resolve::{RequestSyntax, Resolution, Resolved};

use super::{
    babel,
    following::Following,
    loader_resolver::LoaderResolver,
    node::Node,
    origin::{Origin, source_of_text},
    plugin_hooks::{self, HookOutcome},
    requests::{answer, follow},
    state::{ScanState, TaskResult},
};
use crate::{
    cache::{self, files::Recording},
    loaders::{SCRIPT, extension, is_compiled, is_data, load_made, loader_of, refused},
    memo::{Answer, FileEntry, FileKey, Invalidated, NodeId, PartEntry, PartKey, ResolveKey},
    messages,
    plugins::ObservedTools,
};

/// Finds the module of an entry. `Err`: it is not found, or it is not a file that can be bundled.
pub(super) fn entry(
    entry: &Entry,
    shared: &ScanState<'_>,
    answers: &mut Vec<Arc<Answer>>,
) -> Result<Origin, Box<Diagnostic>> {
    let specifier = entry.path.as_str();
    let key = ResolveKey {
        folder: shared.config.project.clone(),
        is_typescript: false,
        specifier: specifier.to_owned(),
        kind: RequestSyntax::Entry,
    };
    let answer = answer(key, &shared.config.project, shared);
    answers.push(Arc::clone(&answer));
    match &*answer {
        Ok(Resolution::Module(resolved)) => Ok(Origin::File(resolved.clone())),
        Ok(Resolution::Ignored { name }) => Ok(Origin::ignored(name)),
        Ok(Resolution::External { .. } | Resolution::Data { .. } | Resolution::OfNode { .. }) => {
            Err(Box::new(messages::entry_is_not_a_file(&entry.specifier)))
        }
        Err(failure) => Err(Box::new(failure.diagnostic(None))),
    }
}

/// The text of a module, before it is analysed.
struct Text {
    key: PartKey,
    /// Its stylesheet, if it is one.
    style: Option<Arc<Part>>,
    /// The address of its contents, if it is an asset.
    address: Option<Address>,
    /// The file that it is in.
    file: Option<Arc<FileEntry>>,
}

/// Loads one module. Returns it, and the results that the memo tables do not have.
pub(super) fn load(id: NodeId, origin: &Origin, shared: &ScanState<'_>) -> (Node, TaskResult) {
    let mut result = TaskResult::default();
    let Text { key, style, address, file } = text(id, origin, shared, &mut result);
    let entry = part(&key, shared.config, shared, &mut result);
    // What is known of a file as a whole belongs to its main part.
    let whole = file.as_ref().filter(|_| matches!(origin, Origin::File(_)));
    let mut node = Node {
        name: origin.name().into(),
        assets: file.as_ref().map_or_else(Vec::new, |file| assets_of(file, style.as_deref())),
        address,
        has_side_effects: style.is_some() || has_side_effects(origin, whole, shared.config),
        is_node_esm: key.format == FormatHint::Esm && !matches!(origin, Origin::Runtime(_)),
        is_data: matches!(
            origin,
            Origin::File(resolved) if is_data(&resolved.name, &resolved.query)
        ),
        is_typescript: matches!(key.language, Language::TypeScript | Language::Tsx),
        // The text of a pattern holds the names that were found when it was made.
        is_reusable: !matches!(origin, Origin::Text { .. }),
        calls: called_with(origin).map(|module| shared.id(module)).collect(),
        has_unresolved: false,
        resolved_imports: Vec::with_capacity(entry.record.requests.len()),
        part: key,
        entry: Arc::clone(&entry),
        bytes: whole.map_or(0, |file| file.bytes),
        style,
        diagnostics: whole.map_or_else(Vec::new, |file| file.diagnostics.clone()),
        file,
        resolutions: Vec::new(),
    };
    if matches!(node.address, Some(Address::File(_))) && finds_addresses_at_run_time(shared.config)
    {
        node.calls.push(shared.id(Origin::Runtime(runtime::ADDRESSES)));
    }
    for request in &entry.record.requests {
        let (node, result) = (&mut node, &mut result);
        let resolved_import =
            follow(request, &mut Following { from: origin, node, result, shared });
        node.resolved_imports.push(resolved_import);
    }
    (node, result)
}

/// Returns the text of a module. Loads the file that it is in.
fn text(id: NodeId, origin: &Origin, shared: &ScanState<'_>, result: &mut TaskResult) -> Text {
    let of_our_own = |key| Text { key, style: None, address: None, file: None };
    match origin {
        Origin::File(resolved) => {
            let file = file(resolved, shared, result);
            let part = file.loaded.as_ref().and_then(|loaded| loaded.parts.first());
            let is_entry = shared.entries.contains(&id);
            Text {
                key: part_key(part, resolved, shared.config).entry_if(is_entry),
                style: part.and_then(stylesheet),
                address: file.loaded.as_ref().and_then(|loaded| loaded.address.clone()),
                file: Some(file),
            }
        }
        Origin::Part { resolved, suffix, file } => {
            let part = file.part(suffix);
            Text {
                key: part_key(part, resolved, shared.config),
                style: part.and_then(stylesheet),
                address: None,
                file: Some(Arc::clone(file)),
            }
        }
        Origin::Runtime(specifier) => {
            let text = runtime::source(specifier).expect("our own modules ask for our own modules");
            let source = source_of_text(specifier, text);
            of_our_own(PartKey::new(source, Language::JavaScript, FormatHint::Esm))
        }
        Origin::Text { key, text, language, .. } => {
            of_our_own(PartKey::new(source_of_text(key, text), *language, FormatHint::Auto))
        }
    }
}

/// Returns the modules of our runtime that glue calls in a build that has a module.
fn called_with(origin: &Origin) -> impl Iterator<Item = Origin> {
    let names_public_path = matches!(origin, Origin::Runtime(runtime::PUBLIC_PATH));
    let modules = [runtime::ADDRESSES_BY_PUBLIC_PATH, runtime::CHUNKS_BY_PUBLIC_PATH];
    modules.into_iter().filter(move |_| names_public_path).map(Origin::Runtime)
}

/// Whether scripts find the addresses of files at run time, by a function of our runtime.
fn finds_addresses_at_run_time(config: &Config) -> bool {
    config.output.format == Format::Iife && config.output.public_path.is_empty()
}

/// Returns a file as parts: from the memo table, from the disk cache, or from its loader.
pub(super) fn file(
    resolved: &Resolved,
    shared: &ScanState<'_>,
    result: &mut TaskResult,
) -> Arc<FileEntry> {
    let key = FileKey { path: resolved.path.clone(), query: resolved.query.clone() };
    if let Some(known) = shared.memo.files.get(&key) {
        return Arc::clone(known);
    }
    if let Some(entry) = confirmed(&key, resolved, shared) {
        result.is_reused = true;
        result.file = Some((key, Arc::clone(&entry)));
        return entry;
    }
    let invalidated = shared.memo.invalidated.get(&key);
    // A file that changed in this session differs from what an earlier process stored.
    let restored = if invalidated.is_none() { restored(resolved, shared) } else { None };
    result.is_reused = restored.is_some();
    let entry = Arc::new(restored.unwrap_or_else(|| read(resolved, invalidated, shared)));
    result.file = Some((key, Arc::clone(&entry)));
    entry
}

/// Returns the entry of the build before if the resolver still gives its loader the same answers.
fn confirmed(key: &FileKey, resolved: &Resolved, shared: &ScanState<'_>) -> Option<Arc<FileEntry>> {
    let entry = shared.memo.unconfirmed.get(key)?;
    let asks = LoaderResolver::new(shared.resolver, &resolved.path);
    let (project, fs) = (&shared.config.project, &*shared.fs);
    cache::files::has_same_answers(entry, project, fs, &asks).then(|| Arc::clone(entry))
}

/// Restores a file from the disk cache, if all that it follows from is unchanged.
fn restored(resolved: &Resolved, shared: &ScanState<'_>) -> Option<FileEntry> {
    let cache = shared.cache.filter(|_| is_worth_caching(resolved, shared))?;
    let asks = LoaderResolver::new(shared.resolver, &resolved.path);
    cache.restore_file(resolved, &shared.config.project, &shared.fs, &asks)
}

/// Whether the result for a file is worth storing: it is compiled, here or by plugins.
fn is_worth_caching(resolved: &Resolved, shared: &ScanState<'_>) -> bool {
    is_compiled(&resolved.name, &resolved.query)
        || shared.plugins.may_make(&resolved.path, &resolved.query)
}

fn read(
    resolved: &Resolved,
    invalidated: Option<&Invalidated>,
    shared: &ScanState<'_>,
) -> FileEntry {
    let quiet = invalidated.filter(|invalidated| invalidated.entry.diagnostics.is_empty());
    let before = quiet.and_then(|invalidated| {
        let loaded = invalidated.entry.loaded.as_ref()?;
        Some(Before {
            loaded,
            is_only_itself: !invalidated.by_others,
            is_taken_over: Cell::new(false),
        })
    });
    let before = before.as_ref();
    let tracked = Tracked::new(Arc::clone(&shared.fs));
    let asks = LoaderResolver::new(shared.resolver, &resolved.path);
    let cache = shared.cache.filter(|_| is_worth_caching(resolved, shared));
    let recording = Recording::new(shared.config);
    let tools = ObservedTools { tools: shared.tools, has_died: AtomicBool::new(false) };
    let recorder = recording.around(&tracked, &asks, &tools);
    let mut log = Diagnostics::new();
    // Contents are hashed for the disk cache only.
    let fs: &dyn FileSystem = if cache.is_some() { &recorder.fs } else { &tracked };
    let mut cx = LoadContext {
        config: shared.config,
        fs,
        resolve: &recorder.resolve,
        styles: &bundle_css::Styles,
        tools: &recorder.tools,
        blocks: &plugin_hooks::BlocksOf { resolved, shared },
        before,
        log: &mut log,
    };
    let (loaded, bytes) = load_by(resolved, &mut cx, shared);
    let has_died = tools.has_died.load(Ordering::Relaxed) || shared.plugins.is_dead();
    let is_transient = loaded.is_none() && has_died;
    let diagnostics = log.take();
    let is_complete = recorder.is_all();
    let mut answers = recorder.asked_of_resolver();
    let (mut reads, mut has_resolved) = (tracked.into_reads(), asks.has_resolved.get());
    let taken_over =
        invalidated.filter(|_| before.is_some_and(|before| before.is_taken_over.get()));
    if let Some(Invalidated { entry, .. }) = taken_over {
        reads.extend(entry.reads.clone());
        has_resolved |= entry.has_resolved;
        answers = answers.zip(entry.answers.clone()).map(|(new, known)| [known, new].concat());
    }
    // The questions that the reused parts depend on were asked in an earlier build, so the
    // fingerprint would lack them.
    let is_all = is_complete && taken_over.is_none();
    let entry =
        FileEntry { loaded, bytes, reads, has_resolved, answers, diagnostics, is_transient };
    if let Some(cache) = cache.filter(|_| is_all) {
        cache.keep_file(resolved, &entry, recording);
    }
    entry
}

/// Runs plugins and a file's loader. Returns the result (`None`: it failed) and the file's size in
/// bytes.
fn load_by(
    resolved: &Resolved,
    cx: &mut LoadContext<'_>,
    shared: &ScanState<'_>,
) -> (Option<Loaded>, usize) {
    let is_virtual = plugin_hooks::is_virtual(resolved);
    if is_virtual || shared.plugins.may_make(&resolved.path, &resolved.query) {
        let bytes = if is_virtual { None } else { cx.fs.read(&resolved.path).ok() };
        match plugin_hooks::module(resolved, bytes.as_deref(), cx, shared) {
            HookOutcome::Unchanged if is_virtual => {
                cx.log.push(messages::not_loaded(&resolved.name));
                return (None, 0);
            }
            HookOutcome::Unchanged => {}
            HookOutcome::Made(made) => {
                let size = made.text.len();
                let loaded = load_made(&plugin_hooks::file(resolved, made), cx);
                let loaded = loaded.and_then(|it| babel::transformed(it, resolved, cx, shared));
                return (loaded, size);
            }
            HookOutcome::Failed => return (None, 0),
        }
    }
    if let Some(refusal) = refused(resolved, cx.config, cx.fs) {
        cx.log.push(refusal);
        return (None, 0);
    }
    let bytes = match cx.fs.read(&resolved.path) {
        Ok(bytes) => bytes,
        Err(error) => {
            cx.log.push(messages::unreadable(&resolved.name, &error));
            return (None, 0);
        }
    };
    let size = bytes.len();
    let file = File {
        path: resolved.path.clone(),
        name: resolved.name.clone(),
        query: resolved.query.clone(),
        bytes: bytes.into(),
        made: None,
    };
    let loaded = loader_of(&file.name, &file.query).load(&file, cx);
    (loaded.and_then(|it| babel::transformed(it, resolved, cx, shared)), size)
}

/// Returns the assets that a part's stylesheet refers to.
fn assets_of(file: &FileEntry, style: Option<&Part>) -> Vec<Arc<Asset>> {
    file.loaded
        .as_ref()
        .filter(|_| style.is_some())
        .map_or_else(Vec::new, |loaded| loaded.assets.clone())
}

/// Returns the key of a part's script. It is an empty script where loading failed, so that the scan
/// goes on, and for a part that has no script.
fn part_key(part: Option<&Part>, resolved: &Resolved, config: &Config) -> PartKey {
    let format = format_hint(resolved);
    match part.map(|p| (&p.content, p)) {
        Some((PartContent::Script(language), part)) => PartKey::of(part, *language, format, config),
        Some((PartContent::Style(style), part)) => {
            let nothing = || source_of_text(&part.source.name, "");
            let source =
                style.script.as_ref().map_or_else(nothing, |script| Arc::clone(&script.source));
            PartKey::new(source, Language::JavaScript, FormatHint::Esm)
        }
        Some((PartContent::Template(_) | PartContent::Bytes(_), _)) | None => PartKey::new(
            source_of_text(&resolved.name, ""),
            Language::JavaScript,
            FormatHint::CommonJs,
        ),
    }
}

fn stylesheet(part: &Part) -> Option<Arc<Part>> {
    matches!(part.content, PartContent::Style(_)).then(|| Arc::new(part.clone()))
}

fn format_hint(resolved: &Resolved) -> FormatHint {
    if has_flag(&resolved.query, SCRIPT) {
        return FormatHint::Script;
    }
    let is_module_type = resolved.package.as_ref().is_some_and(|p| p.is_module_type);
    match extension(&resolved.name) {
        "mjs" | "mts" | "json" => FormatHint::Esm,
        "cjs" | "cts" => FormatHint::CommonJs,
        "js" | "ts" | "jsx" | "tsx" if is_module_type => FormatHint::Esm,
        _ => FormatHint::Auto,
    }
}

fn part(
    key: &PartKey,
    config: &Config,
    shared: &ScanState<'_>,
    result: &mut TaskResult,
) -> Arc<PartEntry> {
    if let Some(known) = shared.memo.parts.get(key) {
        return Arc::clone(known);
    }
    let cached = shared.cache.map(|_| cache::part_key(key, config));
    let restored = shared.cache.zip(cached).and_then(|(cache, cached)| cache.record(cached));
    let is_made = restored.is_none();
    let made = || {
        let analysis = bundle_js::analyse(&key.input(), config);
        PartEntry::made(analysis.record, analysis.ast, cached)
    };
    let entry = Arc::new(restored.map_or_else(made, |record| PartEntry::restored(record, cached)));
    result.is_analysed = is_made;
    result.part = Some((key.clone(), Arc::clone(&entry)));
    entry
}

fn has_side_effects(origin: &Origin, whole: Option<&Arc<FileEntry>>, config: &Config) -> bool {
    let loaded = whole.and_then(|file| file.loaded.as_ref());
    if let Some(has_some) = loaded.and_then(|loaded| loaded.declared_side_effects) {
        return has_some;
    }
    match origin {
        Origin::File(resolved) | Origin::Part { resolved, .. } => {
            let speaks = config.resolve.package_json.side_effects;
            let package = resolved.package.as_ref().filter(|_| speaks);
            // `sideEffects` of a package is about its modules, and a classic script declares
            // globals.
            let is_script = has_flag(&resolved.query, SCRIPT);
            (loaded.is_some_and(|loaded| loaded.is_made)
                || !is_data(&resolved.name, &resolved.query))
                && (is_script || package.is_none_or(|p| p.may_have_effects(&resolved.path)))
        }
        Origin::Text { .. } => true,
        Origin::Runtime(_) => false,
    }
}
