//! webpack's patterns of file names, such as `js/[name].[contenthash].js`.

use bundle_js::static_evaluation::Value;
use serde_json::Value as Json;

use super::super::reading::Reading;

/// Whether a pattern of file names has a hash. One in the query is not a part of the name.
pub fn has_hash(pattern: &str) -> bool {
    let pattern = pattern.split('?').next().unwrap_or_default();
    ["[hash", "[chunkhash", "[contenthash", "[fullhash"].iter().any(|hash| pattern.contains(hash))
}

/// Whether the addresses of files with a pattern have a hash, in the name or in the query.
fn is_hashed(pattern: &str) -> bool {
    has_hash(&pattern.replace('?', ""))
}

/// Reads from `output` whether chunks have a hash. Without `chunkFilename`, their names are like
/// those of scripts.
pub fn of_chunks(reading: &mut Reading<'_>, output: &Value) {
    let pattern = ["chunkFilename", "filename"].iter().find_map(|key| output.get(key).as_text());
    of_pattern(reading, &pattern.unwrap_or_default());
    // Newer versions name a chunk that pages include as they name entries.
    if reading.facts.webpack().is_some_and(|major| major <= 4) {
        reading.plan.scripts.shared_pattern = output.get("chunkFilename").as_text();
    }
}

/// Returns the file name of a shared script.
pub(super) fn shared(reading: &mut Reading<'_>, name: &str) -> String {
    let scripts = &reading.plan.scripts;
    let pattern = scripts.shared_pattern.as_ref().unwrap_or(&scripts.pattern).clone();
    named(&by_entry(reading, pattern), name)
}

/// Returns a pattern of files that have only the names of entries, if a manifest has these names as
/// its keys, and the files' own names have hashes: nothing else names such files. Several
/// configurations may have entries with the same name.
pub(super) fn by_entry(reading: &mut Reading<'_>, pattern: String) -> String {
    let is_hashed = reading.plan.modes.production.get("hash") == Some(&Json::Bool(true));
    let manifests = reading.plan.keys.get("manifest").and_then(Json::as_array);
    let is_key = |one: &Json| one == "webpack" || one["kind"] == "webpack";
    let has_keys = is_hashed && manifests.into_iter().flatten().any(is_key);
    if !has_keys || reading.has_several || !has_hash(&pattern) {
        return pattern;
    }
    let plain = plain(&pattern);
    if named(&plain, "") != named(&pattern, "") {
        let text = format!("named as in the manifest; webpack's pattern is {pattern}");
        reading.plan.comment("areas", text);
    }
    plain
}

/// Returns a pattern without the text around the name: `js/[name].[hash].js` for
/// `js/site-[name].[hash].js`.
fn plain(pattern: &str) -> String {
    let path = pattern.split('?').next().unwrap_or_default();
    let before = path.find("[name]").unwrap_or(path.len());
    let folder = path[..before].rfind('/').map_or("", |at| &path[..=at]);
    let extension = path.rsplit('.').next().unwrap_or_default();
    format!("{folder}[name].[hash].{extension}")
}

/// Notes for the plan that chunks are named by a pattern.
pub fn of_pattern(reading: &mut Reading<'_>, pattern: &str) {
    reading.plan.scripts.are_chunks_hashed |= is_hashed(pattern);
}

/// Returns the file name that a pattern gives for an entry, without a hash.
pub fn named(pattern: &str, name: &str) -> String {
    let mut path = String::new();
    let mut rest = pattern.split('?').next().unwrap_or_default();
    while let Some(start) = rest.find('[') {
        let end = rest[start..].find(']').map_or(rest.len(), |length| start + length + 1);
        path.push_str(&rest[..start]);
        match rest[start..end].trim_matches(['[', ']']).split(':').next() {
            Some("name" | "id" | "chunkname") => path.push_str(name),
            Some("ext") => path.push_str("js"),
            _ => {
                // The separator before the hash goes with it.
                let kept = path.trim_end_matches(['.', '-', '_']).len();
                path.truncate(kept);
            }
        }
        rest = &rest[end..];
    }
    path + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_entries_alone() {
        let shown = |pattern: &str| named(&plain(pattern), "app");
        assert_eq!(shown("webpack.[name].[contenthash].js"), "app.js");
        assert_eq!(shown("js/site-[name].[hash:8].js"), "js/app.js");
        assert_eq!(shown("[name].bundle.[contenthash].css"), "app.css");
        assert_eq!(shown("js/[name]/index.js?v=[contenthash]"), "js/app.js");
        assert_eq!(shown("js/main.[chunkhash].js"), "js/app.js");
    }
}
