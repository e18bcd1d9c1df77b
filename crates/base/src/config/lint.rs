//! How scripts are linted beside a build: the decided configuration.

use serde::Serialize;

/// How scripts are linted beside a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LintConfig {
    /// Seconds without an answer after which the linter is considered to hang.
    pub timeout: usize,
    /// Pages of a watcher show the linter's messages, too.
    pub overlay: bool,
}

impl Default for LintConfig {
    fn default() -> Self {
        Self { timeout: 60, overlay: false }
    }
}
