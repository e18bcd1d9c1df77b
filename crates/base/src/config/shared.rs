//! Bundles that pages share: who is in which. A module is in the bundle of the deepest folder that
//! claims it; a package's module in that of the most exact pattern. And of what nobody claims: what
//! is worth a script of its own.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

/// A bundle of a shared area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SharedBundle {
    /// Output name without folder of the build and without extension.
    pub name: String,
    /// The entry that it runs: position in `Config::entries`.
    pub entry: Option<usize>,
    /// Modules below this folder are in it, but for those of packages; absolute.
    pub folder: Option<Utf8PathBuf>,
    /// Modules of these packages are in it: names, and patterns with `*`.
    pub packages: Vec<String>,
    /// No area says that there is one. It is the script of its entry, for modules that the entry
    /// and what it loads later share, where no page would find a script of their own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_spare: bool,
}

/// Which of the scripts that entries share are scripts of their own, in production. The others are
/// joined with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sharing {
    /// So many bytes of source may be loaded in vain for a request less on a page.
    pub min_size: u64,
    /// A script that fewer entries need is joined with one that more need.
    pub min_uses: usize,
    /// No page loads more scripts at first, as far as joining shared ones can keep it from that.
    pub max_requests: usize,
}

impl Default for Sharing {
    fn default() -> Self {
        Self { min_size: 10_000, min_uses: 2, max_requests: 30 }
    }
}

/// The bundle that claims a file, as a position in `bundles`.
pub fn claim(bundles: &[SharedBundle], path: &Utf8Path) -> Option<usize> {
    let numbered = || bundles.iter().enumerate();
    if let Some(package) = package_of(path) {
        let claims = numbered()
            .flat_map(|(at, bundle)| bundle.packages.iter().map(move |pattern| (at, pattern)));
        let fitting = claims.filter(|(_, pattern)| fits(pattern, package));
        // The first of those that are as exact.
        return fitting.rev().max_by_key(|(_, pattern)| exactness(pattern)).map(|(at, _)| at);
    }
    let folders = numbered().filter_map(|(at, bundle)| Some((at, bundle.folder.as_ref()?)));
    let around = folders.filter(|(_, folder)| path.starts_with(folder));
    around.max_by_key(|(_, folder)| folder.as_str().len()).map(|(at, _)| at)
}

/// The name of the package that an installed file belongs to.
pub fn package_of(path: &Utf8Path) -> Option<&str> {
    let (_, rest) = path.as_str().rsplit_once("/node_modules/")?;
    let mut ends = rest.match_indices('/').map(|(at, _)| at);
    let end = if rest.starts_with('@') { ends.nth(1) } else { ends.next() };
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// Whether a pattern means a name; `*` stands for anything.
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

/// A name beats every pattern, and a longer pattern a shorter one.
fn exactness(pattern: &str) -> (bool, usize) {
    (!pattern.contains('*'), pattern.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(folder: Option<&str>, packages: &[&str]) -> SharedBundle {
        let packages = packages.iter().map(|name| (*name).to_owned()).collect();
        SharedBundle {
            name: String::new(),
            entry: None,
            folder: folder.map(Into::into),
            packages,
            is_spare: false,
        }
    }

    #[test]
    fn the_deepest_folder_and_the_most_exact_pattern_win() {
        let bundles = [
            bundle(Some("/p/common"), &["*"]),
            bundle(Some("/p/common/forms"), &["vue*", "@x/*"]),
            bundle(None, &["vue"]),
        ];
        let claimed = |path: &str| claim(&bundles, path.into());
        assert_eq!(claimed("/p/common/a.js"), Some(0));
        assert_eq!(claimed("/p/common/forms/deep/a.js"), Some(1));
        assert_eq!(claimed("/p/commons/a.js"), None);
        assert_eq!(claimed("/p/node_modules/vue/index.js"), Some(2));
        assert_eq!(claimed("/p/node_modules/vuex/index.js"), Some(1));
        assert_eq!(claimed("/p/common/node_modules/@x/y/z/a.js"), Some(1));
        assert_eq!(claimed("/p/node_modules/a/node_modules/b/a.js"), Some(0));
        assert_eq!(package_of("/p/node_modules/@x/y/z/a.js".into()), Some("@x/y"));
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
