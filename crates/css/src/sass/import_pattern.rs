//! `@import "autoload/**/*"`: all stylesheets that a pattern means, in the order of their names, as
//! webpack's import-glob and gulp-sass-glob do. The compiler gets a text that imports them. Its
//! path is the pattern: names of files have no `*`.

use std::collections::BTreeSet;

use bundle_base::{FileSystem, config::matching};
use camino::{Utf8Path, Utf8PathBuf};
use globset::GlobBuilder;

/// Returns the folder of the files that a pattern means. `None`: the path is not a pattern.
pub fn folder(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let parts = path.components().take_while(|part| !part.as_str().contains('*'));
    path.as_str().contains('*').then(|| parts.collect())
}

/// Returns the text for a pattern. `None`: the path is not a pattern that can be used.
pub(super) fn text(path: &Utf8Path, fs: &dyn FileSystem) -> Option<String> {
    let folder = folder(path)?;
    let pattern = path.strip_prefix(&folder).ok()?;
    let glob = GlobBuilder::new(pattern.as_str()).literal_separator(true).build().ok()?;
    let matcher = glob.compile_matcher();
    let end = if path.extension() == Some("sass") { "" } else { ";" };
    let rule = |name: &String| {
        // An address that ends with `.css` would stay in the CSS.
        let address = name.strip_suffix(".css").unwrap_or(name);
        spellings(name)
            .iter()
            .any(|name| matcher.is_match(name))
            .then(|| format!("@import \"./{address}\"{end}\n"))
    };
    Some(stylesheets(&folder, fs).iter().filter_map(rule).collect())
}

/// Returns the names that a pattern may mean a file by: `a/_x.scss`, `a/_x` and `a/x`.
fn spellings(name: &str) -> [String; 3] {
    let stem = Utf8Path::new(name).with_extension("");
    let short = stem.file_name().unwrap_or_default().trim_start_matches('_');
    [name.to_owned(), stem.to_string(), stem.with_file_name(short).into_string()]
}

/// Returns the stylesheets below a folder, without hidden ones and those of packages.
fn stylesheets(folder: &Utf8Path, fs: &dyn FileSystem) -> BTreeSet<String> {
    let found = matching(fs, folder, "**/*.{scss,sass,css}");
    let names = found.iter().filter_map(|path| path.strip_prefix(folder).ok());
    let is_shown = |name: &&Utf8Path| !name.file_name().is_some_and(|name| name.starts_with('.'));
    names.filter(is_shown).map(|name| name.as_str().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{folder, spellings};

    #[test]
    fn folders_of_patterns() {
        assert_eq!(folder("/p/a/**/*.scss".into()), Some("/p/a".into()));
        assert_eq!(folder("/p/a/x*".into()), Some("/p/a".into()));
        assert_eq!(folder("/p/a/x".into()), None);
    }

    #[test]
    fn names_that_patterns_mean() {
        assert_eq!(spellings("a/_x.scss"), ["a/_x.scss", "a/_x", "a/x"]);
    }
}
