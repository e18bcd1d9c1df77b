//! Names of outputs. One literal entry of an area: exactly the area's name. A list or a glob: the
//! area's name as a folder, then what remains of the path after the folders that all have in common
//! and a trailing `/index` or `/main` are cut. An argument: its file's name, whatever else is built
//! with it; of a glob, what remains after the glob's folder.

use camino::Utf8Path;

use super::paths::relative;

/// The name in an area's folder: `events/*/index.js` → `events/summer`.
pub(super) fn in_area(area: &str, common: &Utf8Path, path: &Utf8Path) -> String {
    format!("{area}/{}", in_folder(common, path))
}

/// What a folder does not say of a path: `summer/index.js` → `summer`.
pub(super) fn in_folder(folder: &Utf8Path, path: &Utf8Path) -> String {
    let rest = relative(folder, &path.with_extension(""));
    let short = rest.strip_suffix("/index").or_else(|| rest.strip_suffix("/main"));
    short.unwrap_or(&rest).to_owned()
}

/// The name of a file among the arguments: `src/main.js` → `main`.
pub(super) fn of_file(path: &Utf8Path) -> String {
    path.file_stem().unwrap_or_default().to_owned()
}

/// The name of a package among the arguments: `@vue/runtime-dom` → `runtime-dom`.
pub(super) fn of_package(specifier: &str) -> String {
    specifier.rsplit('/').next().unwrap_or(specifier).to_owned()
}

/// What is wrong with a name that a user wrote, and what it should perhaps be.
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
