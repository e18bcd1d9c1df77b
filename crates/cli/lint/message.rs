//! The messages to the lint thread, from builds and from the ESLint process.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use serde_json::Value;

/// What the thread that lints receives.
pub enum Message {
    /// A build begins because these files have changed. `is_configured`: ESLint's configuration has
    /// changed.
    Building { touched: BTreeSet<Utf8PathBuf>, is_configured: bool },
    /// The build has ended, with its sources; `None` if it failed.
    Built(Option<BTreeSet<Utf8PathBuf>>),
    /// The process with this number has sent an answer.
    Answer(u32, Value),
    /// The process with this number has closed its output.
    Ended(u32),
    /// Lint is no longer needed.
    End,
}
