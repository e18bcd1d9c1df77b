//! Manual chunks, and which modules each holds. A module is in the chunk with the innermost folder
//! that contains it; a module of a package is in the chunk with the most exact pattern for the
//! package. `Sharing` decides about modules that no manual chunk claims.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use crate::installed::package_of;

/// The chunk of a shared area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ManualChunk {
    /// Output name without the build's folder and without extension.
    pub name: String,
    /// The entry that the chunk runs: a position in `Config::entries`.
    pub entry: Option<usize>,
    /// The chunk holds the modules below this folder, except those of packages; absolute.
    pub folder: Option<Utf8PathBuf>,
    /// The chunk holds the modules of these packages: names, and patterns with `*`.
    pub packages: Vec<String>,
    /// The area asks for names without a hash.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_exact: bool,
    /// No area declares this chunk: it is the script of its entry. It also takes the modules that
    /// the entry shares with what it loads later, if no page would include a separate script for
    /// them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_implicit: bool,
}

/// When code that several entries share gets a script of its own, in production. Scripts that do
/// not qualify are merged with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sharing {
    /// The number of bytes of source that a page may load without needing them, to save one
    /// request.
    pub min_size: u64,
    /// A script that fewer entries need than this is merged with one that more entries need.
    pub min_uses: usize,
    /// The maximum number of scripts that a page loads initially, as far as merging shared scripts
    /// can achieve it.
    pub max_requests: usize,
}

impl Default for Sharing {
    fn default() -> Self {
        Self { min_size: 10_000, min_uses: 2, max_requests: 30 }
    }
}

/// Returns the manual chunk that claims a file, as a position in `chunks`.
pub fn claim(chunks: &[ManualChunk], path: &Utf8Path) -> Option<usize> {
    let numbered = || chunks.iter().enumerate();
    if let Some(package) = package_of(path.as_str()) {
        let claims = numbered()
            .flat_map(|(at, chunk)| chunk.packages.iter().map(move |pattern| (at, pattern)));
        let fitting = claims.filter(|(_, pattern)| fits(pattern, &package));
        // Of equally exact patterns the first one wins.
        return fitting.rev().max_by_key(|(_, pattern)| exactness(pattern)).map(|(at, _)| at);
    }
    let folders = numbered().filter_map(|(at, chunk)| Some((at, chunk.folder.as_ref()?)));
    let around = folders.filter(|(_, folder)| path.starts_with(folder));
    around.max_by_key(|(_, folder)| folder.as_str().len()).map(|(at, _)| at)
}

/// Whether a pattern matches a name; `*` matches any text.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return rest.is_empty() };
    for part in between {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Orders patterns: a plain name is more exact than every pattern, a longer pattern more than a
/// shorter one.
fn exactness(pattern: &str) -> (bool, usize) {
    (!pattern.contains('*'), pattern.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(folder: Option<&str>, packages: &[&str]) -> ManualChunk {
        let packages = packages.iter().map(|name| (*name).to_owned()).collect();
        ManualChunk {
            name: String::new(),
            entry: None,
            folder: folder.map(Into::into),
            packages,
            is_exact: false,
            is_implicit: false,
        }
    }

    #[test]
    fn the_deepest_folder_and_the_most_exact_pattern_win() {
        let chunks = [
            chunk(Some("/p/common"), &["*"]),
            chunk(Some("/p/common/forms"), &["vue*", "@x/*"]),
            chunk(None, &["vue"]),
        ];
        let claimed = |path: &str| claim(&chunks, path.into());
        assert_eq!(claimed("/p/common/a.js"), Some(0));
        assert_eq!(claimed("/p/common/forms/deep/a.js"), Some(1));
        assert_eq!(claimed("/p/commons/a.js"), None);
        assert_eq!(claimed("/p/node_modules/vue/index.js"), Some(2));
        assert_eq!(claimed("/p/node_modules/vuex/index.js"), Some(1));
        assert_eq!(claimed("/p/common/node_modules/@x/y/z/a.js"), Some(1));
        assert_eq!(claimed("/p/node_modules/a/node_modules/b/a.js"), Some(0));
    }

    #[test]
    fn stars_stand_for_anything() {
        assert!(
            fits("*", "a")
                && fits("a*c", "abc")
                && fits("a*", "a")
                && fits("*-loader", "css-loader")
        );
        assert!(
            !fits("a", "ab") && !fits("a*c", "ab") && !fits("ab*bc", "abc") && !fits("*x*", "abc")
        );
    }
}
