//! Directories: list, copy, compare. Symbolic links stay links: some cases are about them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The text of every error of this file: the path and the reason.
fn reported(path: &Path) -> impl Fn(std::io::Error) -> String + '_ {
    move |error| format!("{}: {error}", path.display())
}

/// Removes a folder that a watcher may still write into: its cache is in `node_modules`.
pub fn remove(folder: &Path) -> Result<(), String> {
    for _ in 0..100 {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() == std::io::ErrorKind::DirectoryNotEmpty => {}
            removed => return removed.map_err(reported(folder)),
        }
    }
    Err(format!("{}: its watcher never stops writing into it", folder.display()))
}

/// The folders right below `path`, sorted; names that start with `_` or `.` are not cases. Empty if
/// `path` does not exist.
pub fn folders(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|entry| {
            entry.is_dir()
                && !entry
                    .file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with(['_', '.']))
        })
        .collect();
    found.sort();
    found
}

/// Copies what is in `from` into `to`, which is made.
pub fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(reported(to))?;
    for entry in fs::read_dir(from).map_err(reported(from))? {
        let source = entry.map_err(reported(from))?.path();
        let target = to.join(source.file_name().expect("a listed entry has a name"));
        let kind = fs::symlink_metadata(&source).map_err(reported(&source))?.file_type();
        if kind.is_symlink() {
            link(&fs::read_link(&source).map_err(reported(&source))?, &target)?;
        } else if kind.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target).map_err(reported(&source))?;
        }
    }
    Ok(())
}

/// Makes a symbolic link.
#[cfg(unix)]
pub fn link(points_to: &Path, at: &Path) -> Result<(), String> {
    std::os::unix::fs::symlink(points_to, at).map_err(reported(at))
}

/// Other systems make no links here.
#[cfg(not(unix))]
pub fn link(_points_to: &Path, at: &Path) -> Result<(), String> {
    Err(format!("{}: symbolic links need a Unix system here", at.display()))
}

/// Every file below `path` with its bytes, by its path with `/`. Links, pipes and devices count by
/// their kind.
pub fn contents(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut found = BTreeMap::new();
    if path.exists() {
        collect(path, "", &mut found)?;
    }
    Ok(found)
}

fn collect(path: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    for entry in fs::read_dir(path).map_err(reported(path))? {
        let entry = entry.map_err(reported(path))?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(reported(path))?;
        if kind.is_dir() {
            collect(&entry.path(), &format!("{name}/"), found)?;
        } else if kind.is_file() {
            // An unreadable file is a case too: it must only stay what it is.
            let bytes =
                fs::read(entry.path()).unwrap_or_else(|error| error.to_string().into_bytes());
            found.insert(name, bytes);
        } else {
            found.insert(name, format!("{kind:?}").into_bytes());
        }
    }
    Ok(())
}

/// The first difference between two trees in a few lines; `None` where they are equal.
pub fn difference(
    left: &BTreeMap<String, Vec<u8>>,
    right: &BTreeMap<String, Vec<u8>>,
) -> Option<String> {
    for name in left.keys().chain(right.keys()) {
        match (left.get(name), right.get(name)) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => {
                return Some(format!("{name}: {}", first_line_that_differs(a, b)));
            }
            (Some(_), None) => return Some(format!("{name} is missing")),
            (None, _) => return Some(format!("{name} is new")),
        }
    }
    None
}

fn first_line_that_differs(left: &[u8], right: &[u8]) -> String {
    let (left, right) = (String::from_utf8_lossy(left), String::from_utf8_lossy(right));
    let (mut lefts, mut rights) = (left.lines(), right.lines());
    for number in 1.. {
        let (a, b) = (lefts.next(), rights.next());
        if a == b && a.is_some() {
            continue;
        }
        let show =
            |line: Option<&str>| line.map_or("the end".to_owned(), |text| format!("{text:?}"));
        return format!("line {number} was {}, is {}", show(a), show(b));
    }
    unreachable!("the numbers do not end")
}
