//! webpack's patterns of file names, such as `js/[name].[contenthash].js`.

use bundle_js::static_evaluation::Value;

use super::super::reading::Reading;

/// Returns whether a pattern of file names has a hash. One in the query is not a part of the name.
pub fn has_hash(pattern: &str) -> bool {
    let pattern = pattern.split('?').next().unwrap_or_default();
    ["[hash", "[chunkhash", "[contenthash", "[fullhash"].iter().any(|hash| pattern.contains(hash))
}

/// Returns whether the addresses of files with a pattern have a hash, in the name or in the query.
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
pub(super) fn shared(reading: &Reading<'_>, name: &str) -> String {
    let scripts = &reading.plan.scripts;
    named(scripts.shared_pattern.as_ref().unwrap_or(&scripts.pattern), name)
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
