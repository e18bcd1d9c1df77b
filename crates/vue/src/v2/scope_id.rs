//! The id of a component's scoped styles.

use bundle_base::{Source, config::ScopeId};

use super::hash_sum::hash_sum;

/// Returns the id: eight hexadecimal digits, the hash of the file's path in the project. In
/// production, `ScopeId::VueLoader` hashes the content of the file too, as vue-loader does.
pub(super) fn scope_id(source: &Source, is_production: bool, kind: ScopeId) -> String {
    let path = source.name.split('?').next().unwrap_or(&source.name);
    match kind {
        ScopeId::VueLoader if is_production => {
            hash_sum(&format!("{path}\n{}", source.text.replace("\r\n", "\n")))
        }
        ScopeId::Path | ScopeId::VueLoader => hash_sum(path),
    }
}

/// Returns the attribute that scoped styles select elements by.
pub(super) fn attribute(id: &str) -> String {
    format!("data-v-{id}")
}
