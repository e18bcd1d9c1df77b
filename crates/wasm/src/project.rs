//! A project in memory: its configuration, its files and its `Session`. Patterns in the
//! configuration match files, so the configuration is decided again at each build. The `Session` is
//! kept as long as the decided configuration stays the same.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::{
    Config, Diagnostic, Diagnostics, FileSystem, RawConfig, Source,
    config::{Environment, FILE, Host, absolute, decide, gather, parse},
    fs::{Change, MemoryFs},
};
use bundle_engine::{
    Build, ChangeSet, OutputFile, Session, browsers,
    write_plan::{self, WriteContext},
};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use crate::answer::{as_json, contents};

/// The folder of the project.
const FOLDER: &str = "/";

/// Files in memory, and what is built from them.
pub struct Project {
    config: Arc<Source>,
    fs: Arc<MemoryFs>,
    /// The net changes of files since the last build.
    changes: BTreeMap<Utf8PathBuf, Change>,
    /// The session, with the configuration that it was made for.
    session: Option<(Arc<Config>, Session)>,
}

impl Project {
    /// Creates a project without files. `config`: the text of its configuration.
    pub fn new(config: &str) -> Self {
        Self {
            config: Source::new(absolute(Utf8Path::new(FOLDER), FILE), FILE, config),
            fs: Arc::new(MemoryFs::new()),
            changes: BTreeMap::new(),
            session: None,
        }
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

    /// Builds, and returns outputs and diagnostics as JSON.
    pub fn build(&mut self) -> Value {
        let mut log = Diagnostics::new();
        let built = self.attempt(&mut log);
        let mut reported = log.take();
        let outputs: Vec<Value> = match built {
            Ok(built) => built.outputs.files.iter().map(output).collect(),
            Err(mut failed) => {
                reported.extend(failed.take());
                Vec::new()
            }
        };
        json!({
            "outputs": outputs, "diagnostics": reported.iter().map(as_json).collect::<Vec<Value>>(),
        })
    }

    fn attempt(&mut self, log: &mut Diagnostics) -> Result<Build, Diagnostics> {
        let config = self.decide(log)?;
        let changes = std::mem::take(&mut self.changes);
        let known = self.session.take().filter(|(decided, _)| **decided == config);
        let (config, mut session) = known.unwrap_or_else(|| {
            let config = Arc::new(config);
            let fs: Arc<dyn FileSystem> = Arc::<MemoryFs>::clone(&self.fs);
            (Arc::clone(&config), Session::new(config, fs))
        });
        session.apply(&change_set(changes));
        let built = session.build();
        let own: Vec<Diagnostic> =
            log.take().into_iter().filter_map(|d| config.severities.apply(d)).collect();
        log.extend(own);
        log.stop_on_error()?;
        // Nothing is written here, but a file that could not be written to a disk is a mistake all
        // the same.
        let context = WriteContext { config: &config, cwd: Utf8Path::new(FOLDER), fs: &*self.fs };
        let plan = built.and_then(|mut built| {
            log.extend(std::mem::take(&mut built.warnings));
            write_plan::plan(context, &built.outputs, None)?;
            Ok(built)
        });
        self.session = Some((config, session));
        plan
    }

    /// Decides the configuration for the files as they are now.
    fn decide(&self, log: &mut Diagnostics) -> Result<Config, Diagnostics> {
        let folder = Utf8Path::new(FOLDER);
        let environment = Environment::default();
        let host = Host {
            cwd: folder,
            project: folder,
            fs: &*self.fs,
            browserslist: &browsers,
            environment: &environment,
        };
        let raw = gather(RawConfig::default(), parse(&self.config, log), &host, log);
        let config = decide(&raw, &host, log);
        log.stop_on_error()?;
        Ok(config.expect("what keeps it from being decided was an error"))
    }
}

fn change_set(changes: BTreeMap<Utf8PathBuf, Change>) -> ChangeSet {
    let mut set = ChangeSet::default();
    for (path, change) in changes {
        match change {
            Change::Created => set.created.push(path),
            Change::Changed => set.changed.push(path),
            Change::Removed => set.removed.push(path),
        }
    }
    set
}

fn output(file: &OutputFile) -> Value {
    let mut output = contents(&file.bytes);
    output["path"] = file.path.as_str().into();
    output
}
