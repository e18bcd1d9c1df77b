//! Merges diagnostics of one kind that occur in many places into one. A project may have thousands
//! of them, and will not fix them all at once.

use bundle_base::{Diagnostic, FxIndexMap, Label, diagnostic::Severity};

use crate::messages;

/// The code of a warning about a deprecated feature of Sass.
const DEPRECATED: &str = "sass-deprecated";

/// The code of a warning about CSS that a target browser does not support.
const UNSUPPORTED: &str = "unsupported-css";

/// The code of a warning about a global of Node.
const NODE_GLOBAL: &str = "node-global";

/// The code of an error about a built-in module of Node.
const NODE_BUILTIN: &str = "node-builtin";

/// Merges the diagnostics of each kind into one. The merged ones come last, in the order in which
/// the kinds first occurred.
pub(crate) fn grouped(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut groups: FxIndexMap<(&str, String), Vec<Diagnostic>> = FxIndexMap::default();
    let mut others = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        match kind(&diagnostic) {
            Some(kind) => {
                groups.entry((diagnostic.code, kind.to_owned())).or_default().push(diagnostic);
            }
            None => others.push(diagnostic),
        }
    }
    others.extend(groups.into_values().filter_map(one));
    others
}

/// Returns what diagnostics of one kind have in common; `None`: this one is never merged.
fn kind(diagnostic: &Diagnostic) -> Option<&str> {
    diagnostic.primary.as_ref()?;
    match diagnostic.code {
        DEPRECATED => Some(name(&diagnostic.message)),
        UNSUPPORTED | NODE_GLOBAL => Some(&diagnostic.message),
        NODE_BUILTIN if diagnostic.severity == Severity::Error => Some(""),
        _ => None,
    }
}

/// Returns the name of the deprecated feature: the word in parentheses at the end.
fn name(message: &str) -> &str {
    message.rsplit_once('(').map_or(message, |(_, name)| name)
}

fn one(mut places: Vec<Diagnostic>) -> Option<Diagnostic> {
    let others = places.split_off(1);
    let first = places.pop()?;
    if first.code == DEPRECATED {
        let labels: Vec<&Label> =
            others.iter().filter_map(|other| other.primary.as_ref()).collect();
        return Some(messages::also_at(first, &labels));
    }
    if first.code == NODE_BUILTIN && !others.is_empty() {
        return Some(messages::node_builtins(first, &others));
    }
    let mut seen = vec![first.primary.as_ref()?.source.name.clone()];
    let is_new = |label: &&Label| {
        let is_new = !seen.contains(&label.source.name);
        seen.extend(is_new.then(|| label.source.name.clone()));
        is_new
    };
    let labels: Vec<&Label> =
        others.iter().filter_map(|other| other.primary.as_ref()).filter(is_new).collect();
    Some(messages::also_in(first, &labels))
}
