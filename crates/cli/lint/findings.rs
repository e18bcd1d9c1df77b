//! ESLint's findings as diagnostics. ESLint counts lines and columns from 1, columns in UTF-16
//! units.

use bundle_base::{
    Config, Diagnostic, Label, Source, Span,
    config::relative,
    decode::decode_lossy,
    diagnostic::Severity,
    fs::{FileSystem as _, OsFs},
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
            offset(&source.text, (count(&finding[line])?, count(&finding[column])?))
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

fn count(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()?.checked_sub(1)
}

/// Returns the byte offset of a line and a column, both from 0.
fn offset(text: &str, (line, column): (usize, usize)) -> Option<u32> {
    let mut start = 0;
    for _ in 0..line {
        let rest = text.get(start..)?;
        let end = rest.find(['\n', '\r', '\u{2028}', '\u{2029}'])?;
        let is_pair = rest[end..].starts_with("\r\n");
        start +=
            end + if is_pair { 2 } else { rest[end..].chars().next().map_or(0, char::len_utf8) };
    }
    let mut left = column;
    let inside = text.get(start..)?.chars().take_while(|letter| {
        let is_before = left > 0;
        left = left.saturating_sub(letter.len_utf16());
        is_before
    });
    u32::try_from(start + inside.map(char::len_utf8).sum::<usize>()).ok()
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

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn places_are_counted_in_lines_and_utf_16() {
        let text = "one\r\n\u{1f600}two\u{2028}three";
        assert_eq!(offset(text, (0, 2)), Some(2));
        assert_eq!(offset(text, (1, 2)), Some(9));
        assert_eq!(offset(text, (2, 0)), Some(15));
        assert_eq!(offset(text, (3, 0)), None);
    }
}
