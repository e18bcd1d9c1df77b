//! Names of outputs. One literal entry of an area: exactly the area's name. A list or a glob: the area's name as a folder,
//! then what remains of the path after the folders that all have in common and a trailing `/index` or `/main` are cut.
//! Arguments: what remains after the common folders, so that `src/main.js` is `main`.

use camino::Utf8Path;

use super::paths::relative;

/// The name in an area's folder: `events/*/index.js` → `summer`.
pub(super) fn in_area(area: &str, common: &Utf8Path, path: &Utf8Path) -> String {
    let rest = as_argument(common, path);
    let short = rest.strip_suffix("/index").or_else(|| rest.strip_suffix("/main")).unwrap_or(&rest);
    format!("{area}/{short}")
}

/// The name of a path among the arguments.
pub(super) fn as_argument(common: &Utf8Path, path: &Utf8Path) -> String {
    relative(common, &path.with_extension(""))
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
    if name.contains(|c: char| c.is_control()) || name.contains(['?', '#', '*', ':', '<', '>', '|', '"']) {
        return Some(("not every file system and no URL can hold it", None));
    }
    let bare = [".js", ".css", ".mjs"].iter().find_map(|extension| name.strip_suffix(extension));
    bare.map(|bare| ("the extension is added to it", Some(bare.to_owned())))
}
