//! A project in memory: its configuration, its files and its `Session`. Patterns in the
//! configuration match files, so the configuration is decided again at each build. The `Session` is
//! kept as long as the decided configuration stays the same.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::{
    Config, Diagnostic, Diagnostics, FileSystem, RawConfig,
    config::{
        Environment, Host, Search, Written, WrittenIn, absolute, decide, find, gather, relative,
    },
    fs::Change,
    tools::NoTools,
};
use bundle_engine::{
    ChangeSet, OutputFile, Session, browsers,
    write_plan::{self, WriteContext},
};
use bundle_report::{
    metafile, page,
    parsed_metafile::Metafile,
    why::{self, Question},
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{answer::drawn, files::Files, listener::Phases, messages};

/// The folder of the project.
const FOLDER: &str = "/";

/// What a build is asked for.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// The mode, as `--mode` names it.
    mode: Option<String>,
    /// The build makes a metafile.
    metafile: bool,
}

/// Files in memory, and what is built from them.
#[derive(Default)]
pub struct Project {
    /// The text of the configuration; `None`: it is in a file.
    config: Option<String>,
    fs: Arc<Files>,
    /// The net changes of files since the last build.
    changes: FxHashMap<Utf8PathBuf, Change>,
    /// The session, with the configuration that it was made for.
    session: Option<(Arc<Config>, Session)>,
    /// The files of the last build without errors.
    outputs: Vec<Output>,
    /// Its metafile.
    metafile: Option<Value>,
}

/// An output of a build.
struct Output {
    /// From the project's folder.
    path: String,
    bytes: Arc<Vec<u8>>,
}

impl Project {
    /// Sets the text of the configuration, in place of a file.
    pub fn configure(&mut self, config: Option<String>) {
        self.config = config;
    }

    /// Creates or replaces a file.
    pub fn write(&mut self, path: &str, contents: &[u8]) {
        let path = absolute(Utf8Path::new(FOLDER), path);
        let was_there = self.fs.kind(&path).is_some();
        self.fs.write(&path, contents);
        let before = self.changes.get(&path);
        let change = match (before, was_there) {
            (Some(Change::Removed) | None, true) | (Some(Change::Changed), _) => Change::Changed,
            // A path that was removed and created again may be another kind of file: every answer
            // about it is asked for again.
            (Some(Change::Created | Change::Removed) | None, _) => Change::Created,
        };
        self.changes.insert(path, change);
    }

    /// Removes a file, or a folder with everything in it.
    pub fn remove(&mut self, path: &str) {
        let path = absolute(Utf8Path::new(FOLDER), path);
        self.fs.remove(&path);
        self.changes.insert(path, Change::Removed);
    }

    /// Builds, and returns outputs, diagnostics and the metafile as JSON.
    pub fn build(&mut self, request: &Request) -> Value {
        let mut log = Diagnostics::new();
        let built = self.attempt(request, &mut log);
        let mut reported = log.take();
        let outputs = match built {
            Ok(outputs) => outputs,
            Err(mut failed) => {
                reported.extend(failed.take());
                Vec::new()
            }
        };
        let metafile = if outputs.is_empty() { None } else { self.metafile.as_ref() };
        json!({
            "outputs": outputs, "metafile": metafile,
            "diagnostics":
                reported.iter().map(|each| drawn(each, false)).collect::<Vec<Value>>(),
        })
    }

    /// Returns the contents of an output of the last build.
    pub fn output(&self, index: usize) -> &[u8] {
        &self.outputs[index].bytes
    }

    /// Returns why something is in the outputs of the last build.
    pub fn why(&self, what: &str) -> Value {
        let question = Question { what, entry: None, is_json: false };
        let found = self.built().and_then(|metafile| {
            let metafile = Metafile::of(metafile).expect("the engine writes this form");
            why::answer(&metafile, question, Utf8Path::new(FOLDER))
        });
        text_or_diagnostic(found)
    }

    /// Returns the page with what is in each output of the last build.
    pub fn report(&self) -> Value {
        text_or_diagnostic(self.built().map(page::page))
    }

    fn built(&self) -> Result<&Value, Box<Diagnostic>> {
        let is_built = !self.outputs.is_empty();
        let why = if is_built { messages::no_metafile } else { messages::nothing_built };
        self.metafile.as_ref().ok_or_else(|| Box::new(why()))
    }

    fn attempt(
        &mut self,
        request: &Request,
        log: &mut Diagnostics,
    ) -> Result<Vec<Value>, Diagnostics> {
        let config = self.decide(request, log)?;
        let changes = std::mem::take(&mut self.changes);
        let known = self.session.take().filter(|(decided, _)| **decided == config);
        let (config, mut session) = known.unwrap_or_else(|| {
            let config = Arc::new(config);
            let fs: Arc<dyn FileSystem> = Arc::<Files>::clone(&self.fs);
            (Arc::clone(&config), Session::new(config, fs))
        });
        session.apply(&change_set(changes));
        let built = session.build_with_follower(&mut Phases);
        let own: Vec<Diagnostic> =
            log.take().into_iter().filter_map(|d| config.severities.apply(d)).collect();
        log.extend(own);
        self.session = Some((Arc::clone(&config), session));
        log.stop_on_error()?;
        let mut built = built?;
        log.extend(built.warnings);
        // Nothing is written here, but a file that could not be written to a disk is a mistake all
        // the same.
        let context = WriteContext { config: &config, cwd: Utf8Path::new(FOLDER), fs: &*self.fs };
        write_plan::plan(context, &built.outputs, None)?;
        if let Some(made) = &mut built.outputs.metafile {
            metafile::complete(made, &config, &*self.fs);
        }
        self.metafile = built.outputs.metafile;
        let before = std::mem::take(&mut self.outputs);
        let output = |file: OutputFile| Output {
            path: relative(Utf8Path::new(FOLDER), &absolute(&config.output.dir, &file.path)),
            bytes: file.bytes,
        };
        self.outputs = built.outputs.files.into_iter().map(output).collect();
        let before: BTreeMap<&str, &Arc<Vec<u8>>> =
            before.iter().map(|output| (output.path.as_str(), &output.bytes)).collect();
        let listed = |output: &Output| {
            let is_changed = before.get(output.path.as_str()) != Some(&&output.bytes);
            json!({ "path": output.path, "changed": is_changed })
        };
        Ok(self.outputs.iter().map(listed).collect())
    }

    /// Decides the configuration for the files as they are now.
    fn decide(&self, request: &Request, log: &mut Diagnostics) -> Result<Config, Diagnostics> {
        let folder = Utf8Path::new(FOLDER);
        let written = self.config.as_deref().map_or(WrittenIn::Nearest, WrittenIn::Text);
        let mut raw = RawConfig::default();
        raw.project.mode = request.mode.clone().map(|mode| Written::flag(mode, "--mode"));
        let search = Search::new(folder, &*self.fs, &NoTools, &raw);
        let (folder, file) = find(written, &search, log);
        let environment = Environment::default();
        let host = Host {
            cwd: &folder,
            project: &folder,
            fs: &*self.fs,
            tools: &NoTools,
            browserslist: &browsers,
            environment: &environment,
        };
        let raw = gather(raw, file, &host, log);
        let config = decide(&raw, &host, log);
        log.stop_on_error()?;
        let mut config = config.expect("what keeps it from being decided was an error");
        config.output.metafile = request.metafile;
        Ok(config)
    }
}

fn text_or_diagnostic(found: Result<String, Box<Diagnostic>>) -> Value {
    match found {
        Ok(text) => json!({ "text": text }),
        Err(diagnostic) => json!({ "diagnostic": drawn(&diagnostic, false) }),
    }
}

fn change_set(changes: FxHashMap<Utf8PathBuf, Change>) -> ChangeSet {
    let mut set = ChangeSet::default();
    let mut changes: Vec<_> = changes.into_iter().collect();
    changes.sort_unstable_by(|(one, _), (other, _)| one.as_str().cmp(other.as_str()));
    for (path, change) in changes {
        match change {
            Change::Created => set.created.push(path),
            Change::Changed => set.changed.push(path),
            Change::Removed => set.removed.push(path),
        }
    }
    set
}
