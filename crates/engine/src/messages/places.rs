//! Further places of a diagnostic, as notes.

use bundle_base::{Diagnostic, Label};

/// Adds to a diagnostic the other places where it applies.
pub fn also_at(diagnostic: Diagnostic, others: &[&Label]) -> Diagnostic {
    let shown: Vec<String> = others.iter().take(SHOWN).map(|label| place(label)).collect();
    match others.len().saturating_sub(SHOWN) {
        _ if others.is_empty() => diagnostic,
        0 => diagnostic.note(format!("also at {}", shown.join(", "))),
        more => diagnostic.note(format!("also at {} and in {more} more places", shown.join(", "))),
    }
}

/// How many other places a diagnostic lists at most.
pub(super) const SHOWN: usize = 3;

/// Returns the file and the line of a label.
pub(super) fn place(label: &Label) -> String {
    format!("{}:{}", label.source.name, label.source.line_column(label.span.start).line)
}

/// Adds to a diagnostic the other files where it applies. Each label names the first place in its
/// file.
pub fn also_in(diagnostic: Diagnostic, others: &[&Label]) -> Diagnostic {
    let shown: Vec<String> = others.iter().take(SHOWN).map(|label| place(label)).collect();
    match others.len() {
        0 => diagnostic,
        count if count > SHOWN => diagnostic.note(format!(
            "also in {} and {} more files",
            shown.join(", "),
            count - SHOWN
        )),
        _ => diagnostic.note(format!("also in {}", shown.join(", "))),
    }
}
