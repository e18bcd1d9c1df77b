//! Several builds in one script: which are classic scripts, and which have another format.

use bundle_js::static_evaluation::Value;

use super::super::{reading::texts, stylesheets::are_stylesheets};

/// Whether all entries are stylesheets, which have no format.
pub(super) fn has_only_styles(options: &Value) -> bool {
    let entries = options.get("entryPoints");
    let of_objects = entries.elements().into_iter().filter_map(|one| one.get("in").as_text());
    let named = entries.fields().into_values().filter_map(|field| field.value.as_text());
    are_stylesheets(texts(&entries).into_iter().chain(of_objects).chain(named))
}

pub(super) fn is_classic(options: &Value) -> bool {
    let format = options.get("format").as_text();
    let platform = options.get("platform").as_text();
    match format.as_deref() {
        Some(format) => format == "iife",
        None => platform.is_none_or(|platform| platform == "browser"),
    }
}

/// Returns where a build writes, as messages name it.
pub(super) fn outputs_of(options: &Value) -> String {
    let out = ["outfile", "outdir"].map(|key| options.get(key).as_text());
    out.into_iter().flatten().next().unwrap_or_else(|| "standard output".to_owned())
}
