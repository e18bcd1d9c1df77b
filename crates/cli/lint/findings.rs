//! ESLint's findings as diagnostics. ESLint counts lines and columns from 1, columns in UTF-16
//! units.

use bundle_base::{
    Config, Diagnostic, Label, Source, Span,
    config::relative,
    decode::decode_lossy,
    diagnostic::Severity,
    fs::{FileSystem as _, OsFs},
    place::Place,
};
use camino::Utf8Path;
use serde_json::Value;

use crate::messages;

/// Returns a file's path for messages, relative to the project.
pub fn name(file: &Utf8Path, config: &Config) -> String {
    relative(&config.project, file)
}

/// Returns the findings in a file, in the order of its text.
pub fn of(file: &Utf8Path, found: &Value, config: &Config) -> Vec<Diagnostic> {
    let Some(found) = found.as_array().filter(|found| !found.is_empty()) else { return Vec::new() };
    // The change that removed the file is reported by the watcher.
    let Ok(bytes) = OsFs.read(file) else { return Vec::new() };
    let source = Source::new(file, name(file, config), decode_lossy(&bytes));
    let diagnostic = |finding: &Value| {
        let offset = |line: &str, column: &str| {
            let place = Place { line: count(&finding[line])?, column: count(&finding[column])? };
            place.offset_in(&source.text)
        };
        let start = offset("line", "column").unwrap_or_default();
        let end = offset("endLine", "endColumn").unwrap_or(start).max(start);
        let label = Label::new(&source, Span::new(start, end))
            .text(finding["rule"].as_str().unwrap_or_default());
        messages::lint_finding(
            finding["isError"] == true,
            finding["message"].as_str().unwrap_or_default(),
            label,
        )
    };
    found.iter().map(diagnostic).filter_map(|found| config.severities.apply(found)).collect()
}

fn count(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()?.checked_sub(1)
}

/// Returns the numbers of errors and warnings.
pub fn counts<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>) -> (usize, usize) {
    let mut counts = (0, 0);
    for diagnostic in diagnostics {
        match diagnostic.severity {
            Severity::Error => counts.0 += 1,
            Severity::Warning => counts.1 += 1,
        }
    }
    counts
}
