//! The client that shows edits on a page: while somebody watches, the script of each entry begins
//! with it, so that it is there although the script itself throws. It is told the hash of the
//! script that it is in, which is known only when the text is complete: until then a mark stands
//! there.

use bundle_base::{Config, asset::ContentHash};
use bundle_graph::{chunk::Chunk, link::EntryKind};

use super::text;

/// Stands for the hash of the script, and is as long.
const MARK: &str = "@@hash-of-file@@";

/// The property of the page that has its client.
pub(super) fn key(config: &Config) -> String {
    format!("bundle-dev:{}", config.name)
}

/// What a script begins with: a client, if it is an entry's, or else what tells a client of it.
/// `entry` is the chunk of an entry that is in the same file.
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
        let (key, file) = (text::string(&key(config)), text::string(&chunk.file));
        return Some(format!(
            "(this[{key}] = this[{key}] || []).push([{file}, {}]);\n",
            text::string(MARK)
        ));
    }
    Some({
        let said = [
            ("name", config.name.as_str()),
            ("file", chunk.file.as_str()),
            ("path", config.output.public_path.as_str()),
            ("hash", MARK),
        ];
        let said = said.map(|(key, value)| format!("{key}: {}", text::string(value))).join(", ");
        let client = bundle_js::runtime::client();
        format!(
            "(function () {{\n{client}\nif (typeof window === \"object\") connect(window, {{ \
             {said} }});\n}})();\n"
        )
    })
}

/// A hash as clients are told it.
pub(super) fn digits(hash: ContentHash) -> String {
    hash.to_string()[..MARK.len()].to_owned()
}

/// Puts the hash of a script into it, if it has a place for it. Gives the hash.
pub(super) fn fill(text: &mut String, hash: ContentHash) -> String {
    let hash = digits(hash);
    if let Some(at) = text.find(MARK) {
        text.replace_range(at..at + MARK.len(), &hash);
    }
    hash
}
