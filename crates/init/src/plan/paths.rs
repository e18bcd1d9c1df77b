//! Paths as configurations write them.

use camino::{Utf8Path, Utf8PathBuf};

/// Returns a path relative to the project with `/`, without `.`, and without `..` after a folder.
pub fn tidy(path: &str) -> String {
    let path = path.replace('\\', "/");
    let slash = if path.ends_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        let is_folder = |last: &&str| *last != ".." && !last.contains('*');
        if part == ".." && parts.last().is_some_and(is_folder) {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    let tidy = parts.join("/");
    if tidy.is_empty() { tidy } else { tidy + slash }
}

/// Returns a path in a folder; an empty one is that of the project.
pub fn within(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

/// Returns a path of a configuration relative to the project; `None` if it is outside.
pub fn below(project: &Utf8Path, path: &str) -> Option<String> {
    let path = bundle_base::config::absolute(project, path);
    let inner: Utf8PathBuf = path.strip_prefix(project).ok()?.to_owned();
    Some(inner.into_string())
}
