//! The client that shows edits on a page: while somebody watches, the script of each entry begins
//! with it, so that it is there although the script itself throws. It is told the hash of the script
//! that it is in, which is known only when the text is complete: until then a mark stands there.

use bundle_base::{Config, asset::ContentHash};
use bundle_graph::{chunk::Chunk, link::Asked};

use super::text;

/// Stands for the hash of the script, and is as long.
const MARK: &str = "@@hash-of-file@@";

/// What a script begins with, if it has a client: `entry` is the chunk of an entry that is in the
/// same file.
pub(super) fn text(chunk: &Chunk, entry: Option<&Chunk>, config: &Config) -> Option<String> {
    let is_entry =
        |chunk: &Chunk| chunk.entrance.is_some_and(|entrance| matches!(entrance.asked, Asked::Configured(_)));
    let is_wanted = config.output.updates && (is_entry(chunk) || entry.is_some_and(is_entry));
    is_wanted.then(|| {
        let said = [
            ("name", config.name.as_str()),
            ("file", chunk.file.as_str()),
            ("path", config.output.public_path.as_str()),
            ("hash", MARK),
        ];
        let said = said.map(|(key, value)| format!("{key}: {}", text::string(value))).join(", ");
        let client = bundle_js::runtime::client();
        format!("(function () {{\n{client}\nif (typeof window === \"object\") connect(window, {{ {said} }});\n}})();\n")
    })
}

/// Puts the hash of a script into it, if it has a place for it. Gives the hash.
pub(super) fn fill(text: &mut String, hash: ContentHash) -> String {
    let hash = hash.to_string()[..MARK.len()].to_owned();
    if let Some(at) = text.find(MARK) {
        text.replace_range(at..at + MARK.len(), &hash);
    }
    hash
}
