//! Finds the project and makes one `Config` of all layers of its configuration: arguments, file,
//! environment, defaults.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostic, Diagnostics, FileSystem, RawConfig,
    config::{self, Environment, Host, PluginsConfig, Search, WrittenIn, absolute},
    diagnostic::nearest,
    fs::OsFs,
};
use bundle_engine::{Session, write_plan::WriteContext};
use bundle_report::explanations;
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    args::{self, Invocation},
    messages, platform,
    programs::Programs,
    shared_cache::{self, Sharing},
};

/// A project with its decided configuration.
pub struct Project {
    /// The working directory.
    pub cwd: Utf8PathBuf,
    /// The configuration with every value decided.
    pub config: Arc<Config>,
    /// The disk.
    pub fs: Arc<dyn FileSystem>,
    /// The user's programs, and the Node process that has the plugins.
    pub programs: Arc<Programs>,
    /// The cache that machines share.
    pub sharing: Option<Sharing>,
    /// Where the metafile goes, if `--metafile` is given.
    pub metafile: Option<Utf8PathBuf>,
    /// Whether entries were named on the command line: the project may have others.
    pub is_chosen: bool,
}

impl Project {
    /// Returns what the write plan depends on.
    pub fn write_context(&self) -> WriteContext<'_> {
        WriteContext { config: &self.config, cwd: &self.cwd, fs: self.fs.as_ref() }
    }

    /// Makes a session without any results.
    pub fn session(&self) -> Session {
        let tools = Arc::clone(&self.programs);
        Session::new(Arc::clone(&self.config), Arc::clone(&self.fs)).with_tools(tools)
    }
}

/// Decides the project. `None` if there are errors, which `log` then holds with those of the
/// arguments.
pub fn open(invocation: &Invocation, log: &mut Diagnostics) -> Option<Project> {
    let cwd = working_directory(log)?;
    open_through(invocation, &cwd, &OsFs, log)
}

/// Decides the project for a known working directory and reads through `fs`, so that a watcher can
/// record what the decision depends on.
pub fn open_through(
    invocation: &Invocation,
    cwd: &Utf8Path,
    fs: &dyn FileSystem,
    log: &mut Diagnostics,
) -> Option<Project> {
    let programs = Programs::new(cwd).showing(!invocation.is_for_programs);
    let search = Search::new(cwd, fs, &programs, &invocation.raw);
    let (folder, file) = config::find(written(invocation), &search, log);
    let environment = environment();
    let host = Host {
        cwd,
        project: &folder,
        fs,
        tools: &programs,
        browserslist: &bundle_js::browsers,
        environment: &environment,
    };
    let raw = config::gather(invocation.raw.clone(), file, &host, log);
    check_codes(&raw, log);
    let config = config::decide(&raw, &host, log);
    if let Some(diagnostic) = command_of_others(invocation, config.as_ref(), log) {
        log.push(diagnostic);
        return None;
    }
    if config.is_none() {
        look_for_commands(invocation, log);
    }
    let config = config?;
    let sharing = shared_cache::decide(&config, log);
    let PluginsConfig { list, postcss, babel, .. } = &config.plugins;
    if list.is_empty() && postcss.is_none() && babel.is_none() {
        programs.end_node();
    }
    (!log.has_errors()).then(|| Project {
        cwd: cwd.to_owned(),
        config: Arc::new(config),
        fs: Arc::new(OsFs),
        programs: Arc::new(programs),
        sharing,
        metafile: invocation.metafile.as_ref().map(|file| absolute(cwd, file)),
        is_chosen: !invocation.raw.entries.chosen.is_empty(),
    })
}

/// Reads the environment variables of the command.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line is what tells the libraries of the environment"
)]
fn environment() -> Environment {
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    Environment {
        variables: variables.collect(),
        ..Environment::read(|name| std::env::var(name).ok())
    }
}

/// Returns where the configuration is written.
fn written(invocation: &Invocation) -> WrittenIn<'_> {
    match (&invocation.given, &invocation.config) {
        (Some(text), _) => WrittenIn::Text(text),
        (None, Some(file)) => WrittenIn::File(file),
        (None, None) if invocation.no_config => WrittenIn::Nothing,
        (None, None) => WrittenIn::Nearest,
    }
}

/// Returns the configuration file, if there is one.
pub fn config_file(invocation: &Invocation, cwd: &Utf8Path) -> Option<Utf8PathBuf> {
    config::find_file(written(invocation), cwd, &OsFs)
}

/// Reports unknown codes in `silence` and `severity`. The known codes are those of the
/// explanations, which only this crate has.
fn check_codes(raw: &RawConfig, log: &mut Diagnostics) {
    let project = &raw.project;
    let levels = project.severity.iter().map(|pair| &pair.key);
    for written in project.silence.iter().flatten().chain(levels) {
        if !explanations::codes().any(|code| code == written.value) {
            log.push(messages::unknown_code_in_file(
                written,
                nearest(&written.value, explanations::codes()),
            ));
        }
    }
}

/// Reports a word such as `watch` in `bundle watch`, which is parsed as an entry but is a command
/// of other tools. It is an entry if there is such a file, but not if there is only such a package
/// or folder: a user who has installed `serve` does not mean to bundle it.
fn command_of_others(
    invocation: &Invocation,
    config: Option<&Config>,
    log: &mut Diagnostics,
) -> Option<Diagnostic> {
    let [first, rest @ ..] = invocation.raw.entries.chosen.as_slice() else { return None };
    let ours = args::called_elsewhere(&first.value)?;
    let is_package = |config: &Config| {
        config
            .entries
            .iter()
            .any(|entry| entry.specifier == first.value && !entry.path.is_absolute())
    };
    let is_missing = |d: &Diagnostic| {
        matches!(d.code, "missing-entry" | "entry-is-directory")
            && d.message.contains(&format!("entry {}", first.value))
    };
    if !config.map_or_else(|| log.iter().any(is_missing), is_package) {
        return None;
    }
    let others = log.take().into_iter().filter(|d| !is_missing(d));
    log.extend(others);
    let rest: Vec<&str> = rest.iter().map(|word| word.value.as_str()).collect();
    Some(messages::command_of_others(&first.value, ours, &rest))
}

/// Adds a suggestion to the error about `bundle inspct`, which is parsed as an entry that does not
/// exist.
fn look_for_commands(invocation: &Invocation, log: &mut Diagnostics) {
    let Some(first) = invocation.raw.entries.chosen.first() else { return };
    let Some(near) = args::near_command(&first.value) else { return };
    let has_near = |d: &Diagnostic| d.fix.as_ref().is_some_and(|fix| fix.replacement.is_some());
    let is_about_entry = |d: &Diagnostic| {
        d.code == "missing-entry" && !has_near(d) && d.message.contains(&first.value)
    };
    let diagnostics = log.take();
    let improve =
        |d: Diagnostic| if is_about_entry(&d) { messages::perhaps_a_command(d, &near) } else { d };
    log.extend(diagnostics.into_iter().map(improve));
}

/// Returns the working directory.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line is what tells the libraries where it stands"
)]
pub fn working_directory(log: &mut Diagnostics) -> Option<Utf8PathBuf> {
    let found = std::env::current_dir().map_err(|error| error.to_string());
    let path = found.and_then(|path| {
        Utf8PathBuf::from_path_buf(path).map_err(|p| format!("{} is not UTF-8", p.display()))
    });
    let path = path.map_err(|why| log.push(messages::bad_working_directory(&why))).ok()?;
    Some(platform::as_named_by_the_system(path))
}

/// Returns a path relative to the working directory, as messages show it.
pub fn shown(path: &Utf8Path, cwd: &Utf8Path) -> String {
    config::relative(cwd, path)
}
