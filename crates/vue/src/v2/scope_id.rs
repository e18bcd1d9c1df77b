//! The id that a component's scoped styles go by.

use bundle_base::{Source, config::ScopeId};

use super::css_vars::hash_sum;

/// Eight hexadecimal digits: of the file's path in the project, and in production of its contents
/// too where it is to be vue-loader's.
pub(super) fn scope_id(source: &Source, is_production: bool, kind: ScopeId) -> String {
    let path = source.name.split('?').next().unwrap_or(&source.name);
    match kind {
        ScopeId::VueLoader if is_production => {
            hash_sum(&format!("{path}\n{}", source.text.replace("\r\n", "\n")))
        }
        ScopeId::Path | ScopeId::VueLoader => hash_sum(path),
    }
}
