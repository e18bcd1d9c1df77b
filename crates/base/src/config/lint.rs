//! How scripts are linted beside a build, decided.

use serde::Serialize;

/// How scripts are linted beside a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LintConfig {
    /// After so many seconds without an answer the linter is taken to hang.
    pub timeout: usize,
    /// Pages of a watcher show what was found, too.
    pub overlay: bool,
}

impl Default for LintConfig {
    fn default() -> Self {
        Self { timeout: 60, overlay: false }
    }
}
