//! What Sass calls deprecated, one line for each kind: a project may have thousands of places, and will not change them today.

use bundle_base::Diagnostic;
use indexmap::IndexMap;

use crate::messages;

/// What each place is told with.
const CODE: &str = "sass-deprecated";

/// The same diagnostics, with deprecations of a kind as one.
pub(crate) fn grouped(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut groups: IndexMap<String, Vec<Diagnostic>> = IndexMap::new();
    let mut others = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        if diagnostic.code == CODE && diagnostic.primary.is_some() {
            groups.entry(name(&diagnostic.message).to_owned()).or_default().push(diagnostic);
        } else {
            others.push(diagnostic);
        }
    }
    let lines = groups.values().filter_map(|places| {
        let first = places.first()?;
        Some(messages::sass_deprecated(CODE, &first.message, first.primary.as_ref()?, places.len() - 1))
    });
    others.extend(lines);
    others
}

/// What is deprecated: the word in parentheses at the end.
fn name(message: &str) -> &str {
    message.rsplit_once('(').map_or(message, |(_, name)| name)
}
