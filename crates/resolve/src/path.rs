//! Compares paths as text. Specifiers use `/` on every system; `..` is removed without
//! asking the disk, as in every bundler.

use camino::Utf8Path;

/// Returns the path inside a folder. As `strip_prefix`, which compares one component after the
/// other, but several times as fast for paths with the same spelling.
pub fn inside<'p>(folder: &Utf8Path, path: &'p Utf8Path) -> Option<&'p Utf8Path> {
    let rest = path.as_str().strip_prefix(folder.as_str());
    let inside = rest.and_then(|rest| rest.strip_prefix(std::path::is_separator));
    inside.map(Utf8Path::new).or_else(|| path.strip_prefix(folder).ok())
}

/// Returns a path with `/` on every system.
pub fn slashed(path: &Utf8Path) -> String {
    path.as_str().replace('\\', "/")
}

/// Whether a specifier is a path, not the name of a package.
pub fn is_path(specifier: &str) -> bool {
    let starts = |prefix: &str| specifier.starts_with(prefix);
    specifier == "."
        || specifier == ".."
        || starts("./")
        || starts("../")
        || Utf8Path::new(specifier).has_root()
}

/// Returns the specifier without `?query` and `#fragment`. A `?` or `#` as the first character does
/// not start one.
pub fn without_query(specifier: &str) -> &str {
    let first = specifier.chars().next().map_or(0, char::len_utf8);
    let end = specifier[first..].find(['?', '#']).map_or(specifier.len(), |at| first + at);
    &specifier[..end]
}

/// Splits a specifier into the package name and the path in the package: `@scope/name/a/b` →
/// (`@scope/name`, `a/b`).
pub fn split_package(specifier: &str) -> (&str, &str) {
    let from = if specifier.starts_with('@') {
        specifier.find('/').map_or(specifier.len(), |at| at + 1)
    } else {
        0
    };
    match specifier[from..].find('/') {
        Some(at) => (&specifier[..from + at], &specifier[from + at + 1..]),
        None => (specifier, ""),
    }
}

/// Returns a text that is safe to print on a terminal: control characters are escaped.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() })
        .collect()
}

/// Whether a file is a declaration of TypeScript, which has no code.
pub fn is_declaration(path: &std::path::Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    [".d.ts", ".d.mts", ".d.cts"].iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::{split_package, without_query};

    #[test]
    fn specifiers_are_split() {
        assert_eq!(split_package("vue"), ("vue", ""));
        assert_eq!(split_package("vue/dist/x.js"), ("vue", "dist/x.js"));
        assert_eq!(split_package("@a/b/c/d"), ("@a/b", "c/d"));
        assert_eq!(split_package("@a"), ("@a", ""));
        assert_eq!(without_query("./a.js?x#y"), "./a.js");
        assert_eq!(without_query("#a"), "#a");
        assert_eq!(without_query(""), "");
    }
}
