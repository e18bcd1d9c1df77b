//! One build of a project on the host's disk, as the command line builds it: finds and decides the
//! configuration, builds, and finds the place of every file. The host writes the files.

use std::{collections::BTreeSet, sync::Arc};

use bundle_base::{
    Diagnostic, Diagnostics, FileSystem, RawConfig,
    config::{
        Environment, Host, Origin, Search, Written, WrittenIn, absolute, decide, find, gather,
        kind_of_build,
    },
};
use bundle_engine::{
    Build, Session, browsers,
    write_plan::{self, Target, WriteContext},
};
use camino::Utf8PathBuf;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    answer,
    host::{HostFs, HostTools},
    memory, messages,
};

/// What to build, as the host's JSON describes it.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Request {
    /// The working directory.
    cwd: Utf8PathBuf,
    /// The path of the configuration file.
    config: Option<String>,
    /// The text of the configuration, used instead of a file.
    text: Option<String>,
    /// No configuration file is searched for.
    no_config: bool,
    mode: Option<String>,
    /// The entries to build: paths, `NAME=PATH`, names of areas.
    entries: Vec<String>,
    /// Diagnostics are rendered with colors.
    color: bool,
    /// The features that the user asked for and only the native program has.
    unsupported: Vec<String>,
    /// The npm package with the binary for the host's platform, if there is one.
    package: Option<String>,
}

impl Request {
    /// Parses the JSON of a host.
    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).expect("the host knows the form of a request")
    }

    fn written(&self) -> WrittenIn<'_> {
        match (&self.text, &self.config) {
            (Some(text), _) => WrittenIn::Text(text),
            (None, Some(file)) => WrittenIn::File(file),
            (None, None) if self.no_config => WrittenIn::Nothing,
            (None, None) => WrittenIn::Nearest,
        }
    }

    fn raw(&self) -> RawConfig {
        let mut raw = RawConfig::default();
        raw.project.mode = self.mode.clone().map(|mode| Written::flag(mode, "--mode"));
        let chosen = self.entries.iter().cloned();
        raw.entries.chosen =
            chosen.map(|value| Written { value, origin: Origin::Argument }).collect();
        raw
    }
}

/// Builds, and returns `{"files": [{"path", "shown", "turn", "text" or "base64"}], "leaving":
/// [path], "dir", "kind", "diagnostics": [{"drawn", …}]}`. There are no files if a diagnostic is an
/// error. The host renames files into their places in the order of `turn`, and then removes those
/// in `leaving`.
pub fn build(request: &Request) -> Value {
    let mut log = Diagnostics::new();
    let built = attempt(request, &mut log);
    let mut reported = log.take();
    let mut value = built.unwrap_or_else(|mut failed| {
        reported.extend(failed.take());
        json!({ "files": [], "leaving": [] })
    });
    value["diagnostics"] =
        reported.iter().map(|diagnostic| answer::drawn(diagnostic, request.color)).collect();
    value
}

fn attempt(request: &Request, log: &mut Diagnostics) -> Result<Value, Diagnostics> {
    let package = request.package.as_deref();
    log.extend(request.unsupported.iter().map(|what| messages::native_only(what, package)));
    log.stop_on_error()?;
    let cwd = request.cwd.as_path();
    let raw = request.raw();
    let search = Search::new(cwd, &HostFs, &HostTools, &raw);
    let (folder, file) = find(request.written(), &search, log);
    let host = Host {
        cwd,
        project: &folder,
        fs: &HostFs,
        tools: &HostTools,
        browserslist: &browsers,
        environment: &Environment::default(),
    };
    let raw = gather(raw, file, &host, log);
    let config = decide(&raw, &host, log);
    if config.as_ref().is_some_and(|config| !config.budgets.is_empty()) {
        log.push(messages::native_only("`budgets`", package));
    }
    log.stop_on_error()?;
    let config = Arc::new(config.expect("what keeps it from being decided was an error"));
    let own: Vec<Diagnostic> =
        log.take().into_iter().filter_map(|d| config.severities.apply(d)).collect();
    log.extend(own);
    log.stop_on_error()?;
    let fs: Arc<dyn FileSystem> = Arc::new(HostFs);
    let Build { outputs, warnings, .. } = Session::new(Arc::clone(&config), fs)
        .with_tools(Arc::new(HostTools))
        .build_last(&mut |_: bundle_engine::Phase| memory::keep_ahead())?;
    log.extend(warnings);
    let mut plan =
        write_plan::plan(WriteContext { config: &config, cwd, fs: &HostFs }, &outputs, None)?;
    let next = plan.next_generation(!request.entries.is_empty(), &BTreeSet::new());
    let dir = &config.output.dir;
    let leaving =
        next.leaving.iter().map(|file| absolute(dir, file)).filter(|path| plan.may_go(path));
    let leaving: Vec<Utf8PathBuf> = leaving.collect();
    let files: Vec<Value> = plan.targets.iter().map(file_of).collect();
    let kind = kind_of_build(&config);
    Ok(json!({ "files": files, "leaving": leaving, "dir": dir, "kind": kind }))
}

fn file_of(target: &Target<'_>) -> Value {
    let mut file = answer::contents(&target.bytes);
    file["path"] = target.path.as_str().into();
    file["shown"] = target.shown.as_str().into();
    file["turn"] = (target.step as u8).into();
    file
}
