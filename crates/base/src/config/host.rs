//! The services that the configuration needs from the host: the working directory, the file system,
//! the project's Node process, the answers to browserslist queries, and the environment variables
//! that concern browsers.

use camino::Utf8Path;

use super::{merge::mode_of, model::Mode, raw::RawConfig};
use crate::{fs::FileSystem, tools::Tools};

/// The browsers that a query selects, with their versions, or why the query is invalid.
pub type Browsers = Result<Vec<(String, String)>, String>;

/// Where the configuration is looked for, and with what.
pub struct Search<'a> {
    /// The working directory, absolute.
    pub cwd: &'a Utf8Path,
    /// Reading access.
    pub fs: &'a dyn FileSystem,
    /// Runs Node for a configuration that is a script.
    pub tools: &'a dyn Tools,
    /// The mode by the flags, which such a script receives.
    pub mode: Mode,
}

impl<'a> Search<'a> {
    /// Makes a search. `flags`: what the command line or the host says.
    pub fn new(
        cwd: &'a Utf8Path,
        fs: &'a dyn FileSystem,
        tools: &'a dyn Tools,
        flags: &RawConfig,
    ) -> Self {
        let mode = mode_of(flags.project.mode.as_ref(), flags.project.watch);
        Self { cwd, fs, tools, mode }
    }
}

/// What `decide` needs to know of the host. The host reads the environment.
pub struct Host<'a> {
    /// The working directory, absolute: paths in flags are relative to it.
    pub cwd: &'a Utf8Path,
    /// The project's folder, absolute: where the configuration file is, or the working directory.
    pub project: &'a Utf8Path,
    /// Reading access, for globs and to check that entries exist.
    pub fs: &'a dyn FileSystem,
    /// Loads plugins.
    pub tools: &'a dyn Tools,
    /// Evaluates browserslist queries.
    pub browserslist: &'a dyn Fn(&str) -> Browsers,
    /// The environment variables of the command.
    pub environment: &'a Environment,
}

/// The environment variables of the command. An empty value counts as unset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `BROWSERSLIST`: queries.
    pub queries: Option<String>,
    /// `BROWSERSLIST_CONFIG`: the file with the queries.
    pub file: Option<String>,
    /// `BROWSERSLIST_ENV`, or else `NODE_ENV`: the section of a file that counts. If neither is
    /// set, the mode names the section.
    pub section: Option<String>,
    /// All variables, for those that scripts get as constants.
    pub variables: Vec<(String, String)>,
}

impl Environment {
    /// Reads the variables; `variable` returns the value of a name.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| variable(name).filter(|value| !value.is_empty());
        Self {
            queries: value("BROWSERSLIST"),
            file: value("BROWSERSLIST_CONFIG"),
            section: value("BROWSERSLIST_ENV").or_else(|| value("NODE_ENV")),
            variables: Vec::new(),
        }
    }

    /// Returns the section of a browserslist configuration that counts.
    pub(super) fn section(&self, mode: Mode) -> &str {
        self.section.as_deref().unwrap_or(mode.name())
    }
}
