//! Names of outputs. The output of an area with one literal entry has exactly the area's name. With
//! a list or a glob, the name is the area's as a folder, then the entry's path without the folders
//! that all entries have in common and without a trailing `/index` or `/main`. The output of an
//! argument has its file's name, whatever else is built; for a glob, the path after the glob's
//! folder.

use camino::Utf8Path;

use super::super::paths::relative;

/// Returns the name in an area's folder: `events/*/index.js` → `events/summer`.
pub(super) fn in_area(area: &str, common: &Utf8Path, path: &Utf8Path) -> String {
    format!("{area}/{}", in_folder(common, path))
}

/// Returns a path relative to a folder, shortened: `summer/index.js` → `summer`.
pub(super) fn in_folder(folder: &Utf8Path, path: &Utf8Path) -> String {
    let rest = relative(folder, &path.with_extension(""));
    let short = rest.strip_suffix("/index").or_else(|| rest.strip_suffix("/main"));
    short.unwrap_or(&rest).to_owned()
}

/// Returns the name for a file that is an argument: `src/main.js` → `main`.
pub(super) fn of_file(path: &Utf8Path) -> String {
    path.file_stem().unwrap_or_default().to_owned()
}

/// Returns the name for a package that is an argument: `@vue/runtime-dom` → `runtime-dom`.
pub(super) fn of_package(specifier: &str) -> String {
    specifier.rsplit('/').next().unwrap_or(specifier).to_owned()
}

/// Returns what is wrong with a name that a user wrote, and a suggestion; `None`: the name is
/// valid.
pub(super) fn mistake(name: &str) -> Option<(&'static str, Option<String>)> {
    let slashed = name.replace('\\', "/");
    let trimmed = slashed.trim_matches('/');
    if trimmed.is_empty() {
        return Some(("it is empty", None));
    }
    if name.contains('\\') {
        return Some(("folders are separated by /", Some(trimmed.to_owned())));
    }
    if name.starts_with('/') || name.ends_with('/') {
        return Some(("it is relative to the output folder", Some(trimmed.to_owned())));
    }
    if name.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Some(("it would leave the output folder or name it in two ways", None));
    }
    if name.contains(|c: char| c.is_control())
        || name.contains(['?', '#', '*', ':', '<', '>', '|', '"'])
    {
        return Some(("not every file system and no URL can hold it", None));
    }
    let bare = [".js", ".css", ".mjs"].iter().find_map(|extension| name.strip_suffix(extension));
    bare.map(|bare| ("the extension is added to it", Some(bare.to_owned())))
}
