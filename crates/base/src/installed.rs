//! Which files belong to installed packages, by their paths. Paths of Windows have backslashes, and
//! names of packages have none.

use std::borrow::Cow;

const FOLDER: &str = "node_modules";

/// Whether a path is in a folder of packages.
pub fn is_installed(path: &str) -> bool {
    inside(path, std::path::is_separator).is_some()
}

/// Returns the part of a path below the innermost folder of packages, with `/`: `vue/dist/vue.js`.
pub fn below_packages(path: &str) -> Option<Cow<'_, str>> {
    inside(path, std::path::is_separator)
}

/// Returns the name of the package that an installed file belongs to.
pub fn package_of(path: &str) -> Option<Cow<'_, str>> {
    below_packages(path).map(|below| match below {
        Cow::Borrowed(below) => Cow::Borrowed(name(below)),
        Cow::Owned(below) => Cow::Owned(name(&below).to_owned()),
    })
}

/// Returns the name of the package at the beginning of a specifier, or of a path below a folder of
/// packages.
pub fn name(below: &str) -> &str {
    let mut ends = below.match_indices('/').map(|(at, _)| at);
    let end = if below.starts_with('@') { ends.nth(1) } else { ends.next() };
    &below[..end.unwrap_or(below.len())]
}

fn inside(path: &str, is_separator: fn(char) -> bool) -> Option<Cow<'_, str>> {
    let mut found = path.rmatch_indices(FOLDER).map(|(at, _)| (at, at + FOLDER.len()));
    let (_, end) = found.find(|(start, end)| {
        path[..*start].ends_with(is_separator) && path[*end..].starts_with(is_separator)
    })?;
    let below = &path[end + 1..];
    let is_written_otherwise = below.contains(|c| c != '/' && is_separator(c));
    Some(if is_written_otherwise { below.replace(is_separator, "/").into() } else { below.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_windows(c: char) -> bool {
        matches!(c, '/' | '\\')
    }

    #[test]
    fn the_innermost_folder_of_packages_counts() {
        assert_eq!(package_of("/p/node_modules/@x/y/z/a.js").as_deref(), Some("@x/y"));
        assert_eq!(package_of("/p/node_modules/a/node_modules/b/a.js").as_deref(), Some("b"));
        assert_eq!(below_packages("/p/node_modules/vue/a.js").as_deref(), Some("vue/a.js"));
        for other in ["/p/src/a.js", "node_modules/a.js", "/p/node_modules", "/p/my_node_modules/a"]
        {
            assert!(!is_installed(other), "{other}");
        }
    }

    #[test]
    fn paths_of_windows_are_written_with_slashes() {
        let below = |path| inside(path, on_windows).map(Cow::into_owned);
        let scoped = below(r"C:\p\node_modules\@x\y\z\a.js");
        assert_eq!(scoped.as_deref(), Some("@x/y/z/a.js"));
        assert_eq!(scoped.as_deref().map(name), Some("@x/y"));
        assert_eq!(below(r"C:\p\node_modules/vue/a.js").as_deref(), Some("vue/a.js"));
        assert_eq!(below(r"C:\p\src\a.js"), None);
    }
}
