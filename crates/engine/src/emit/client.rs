//! The client that applies edits to a page. While a watcher runs, the script of each entry begins
//! with the client, so that the client runs even if the script itself throws. The client is given
//! the hash of the script that it is in. That hash is known only when the text is complete; until
//! then a placeholder is in its place.

use bundle_base::{Config, asset::ContentHash};
use bundle_graph::{chunk::Chunk, link::EntryKind};

use crate::text;

/// The placeholder for the hash of the script, as long as the hash.
const PLACEHOLDER: &str = "@@hash-of-file@@";

/// Returns the property of the global object that holds the page's client.
pub(super) fn key(config: &Config) -> String {
    format!("bundle-dev:{}", config.name)
}

/// Returns the beginning of a script: a client, if the script is an entry's, or else a call that
/// registers the script with the client. `entry` is the chunk of an entry that is in the same file.
/// `None` for workers, and if pages are not updated after edits.
pub(super) fn text(chunk: &Chunk, entry: Option<&Chunk>, config: &Config) -> Option<String> {
    let is_entry = |chunk: &Chunk| {
        chunk
            .static_entry
            .is_some_and(|static_entry| matches!(static_entry.kind, EntryKind::Configured(_)))
    };
    let is_worker = chunk
        .static_entry
        .is_some_and(|static_entry| matches!(static_entry.kind, EntryKind::Worker));
    if !config.output.updates || is_worker {
        return None;
    }
    if !is_entry(chunk) && !entry.is_some_and(is_entry) {
        let (key, file) = (text::string(&key(config)), text::string(&chunk.files.script));
        return Some(format!(
            "(self[{key}] = self[{key}] || []).push([{file}, {}]);\n",
            text::string(PLACEHOLDER)
        ));
    }
    Some({
        let options = [
            ("name", config.name.as_str()),
            ("file", chunk.files.script.as_str()),
            ("path", config.output.public_path.as_str()),
            ("hash", PLACEHOLDER),
        ];
        let options =
            options.map(|(key, value)| format!("{key}: {}", text::string(value))).join(", ");
        let client = bundle_js::runtime::client();
        format!(
            "(function () {{\n{client}\nif (typeof window === \"object\") connect(window, {{ \
             {options} }});\n}})();\n"
        )
    })
}

/// Returns a hash in the form that clients get.
pub(super) fn digits(hash: ContentHash) -> String {
    hash.to_string()[..PLACEHOLDER.len()].to_owned()
}

/// Puts the hash of a script in place of its placeholder, if it has one. Returns the hash.
pub(super) fn fill(text: &mut String, hash: ContentHash) -> String {
    let hash = digits(hash);
    if let Some(at) = text.find(PLACEHOLDER) {
        text.replace_range(at..at + PLACEHOLDER.len(), &hash);
    }
    hash
}
