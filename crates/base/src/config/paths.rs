//! Path arithmetic and globs. Paths are handled as text: links are not followed, because an entry
//! is named as the user wrote it.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use globset::{GlobBuilder, GlobMatcher};

use crate::fs::{FileKind, FileSystem, FsError};

/// Folders that a wildcard does not enter: a glob that means them must name them.
const SKIPPED: &[&str] = &["node_modules", "bower_components"];

/// Resolves `path` relative to `base`, and removes `.` and `..`.
pub fn absolute(base: &Utf8Path, path: &str) -> Utf8PathBuf {
    let mut out = Utf8PathBuf::new();
    for component in base.join(path).components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                out.pop();
            }
            Utf8Component::Prefix(_) | Utf8Component::RootDir | Utf8Component::Normal(_) => {
                out.push(component);
            }
        }
    }
    out
}

/// Returns `path` relative to `base`, with `/`. A path without a common root is returned as it is,
/// with `/`.
pub fn relative(base: &Utf8Path, path: &Utf8Path) -> String {
    let mut base_parts = base.components().peekable();
    let mut parts = path.components().peekable();
    let mut shared = 0;
    while base_parts.peek().is_some() && base_parts.peek() == parts.peek() {
        base_parts.next();
        parts.next();
        shared += 1;
    }
    if shared == 0 {
        return path.as_str().replace('\\', "/");
    }
    let up = base_parts.map(|_| "..");
    up.chain(parts.map(|c| c.as_str())).collect::<Vec<_>>().join("/")
}

/// Returns the folder that all names are in, with a slash; nothing if they share none.
pub fn shared_folder<'n>(mut names: impl Iterator<Item = &'n str>) -> &'n str {
    let Some(first) = names.next() else { return "" };
    let folder = &first[..first.rfind('/').map_or(0, |at| at + 1)];
    names.fold(folder, |shared, name| {
        let parts = shared.split_inclusive('/').zip(name.split_inclusive('/'));
        let same = parts.take_while(|(one, other)| one == other);
        &shared[..same.map(|(part, _)| part.len()).sum()]
    })
}

/// Returns the innermost folder that contains all of `folders`.
pub(super) fn common_folder(folders: &[Utf8PathBuf]) -> Utf8PathBuf {
    let Some(first) = folders.first() else { return Utf8PathBuf::new() };
    first
        .ancestors()
        .find(|candidate| folders.iter().all(|f| f.starts_with(candidate)))
        .unwrap_or(first)
        .to_owned()
}

/// Whether a text is a glob. A file may still have exactly this name.
pub(super) fn is_glob(text: &str) -> bool {
    text.contains(['*', '?', '{', '['])
}

/// Returns the folder before the first component of a glob that has a wildcard.
pub(super) fn glob_folder(base: &Utf8Path, glob: &str) -> Utf8PathBuf {
    let path = glob.replace('\\', "/");
    let plain: Vec<&str> = path.split('/').take_while(|part| !is_glob(part)).collect();
    let folder = plain.join("/");
    absolute(base, if folder.is_empty() && path.starts_with('/') { "/" } else { &folder })
}

/// Why a glob could not be expanded.
#[derive(Debug)]
pub(super) enum GlobError {
    /// The pattern is invalid; with the reason.
    Pattern(String),
    /// A folder that cannot be read. This is reported, so that files in it are not left out
    /// silently.
    Denied(Utf8PathBuf),
}

/// Returns what is wrong with a pattern; `None`: it is valid.
pub(super) fn glob_mistake(pattern: &str) -> Option<String> {
    compiled(pattern).err()
}

/// Compiles a pattern. `Err`: what is wrong with it.
fn compiled(pattern: &str) -> Result<GlobMatcher, String> {
    let built = GlobBuilder::new(pattern).literal_separator(true).empty_alternates(true).build();
    built.map(|glob| glob.compile_matcher()).map_err(|error| error.kind().to_string())
}

/// Returns the files that match a glob, sorted by path.
pub(super) fn expand(
    fs: &dyn FileSystem,
    base: &Utf8Path,
    glob: &str,
) -> Result<Vec<Utf8PathBuf>, GlobError> {
    let mut found = Vec::new();
    walk(fs, base, glob, &mut |path, kind| {
        if kind == FileKind::File {
            found.push(path);
        }
    })?;
    found.sort();
    Ok(found)
}

/// Returns the files and folders that match a glob relative to `base`, sorted, as node-glob does.
pub fn matching_entries(fs: &dyn FileSystem, base: &Utf8Path, glob: &str) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    // A folder that cannot be read ends the walk.
    let _ = walk(fs, base, glob.trim_end_matches('/'), &mut |path, _| found.push(path));
    found.sort();
    found
}

/// Calls `found` for each file and folder that matches a glob.
fn walk(
    fs: &dyn FileSystem,
    base: &Utf8Path,
    glob: &str,
    found: &mut dyn FnMut(Utf8PathBuf, FileKind),
) -> Result<(), GlobError> {
    let folder = glob_folder(base, glob);
    let pattern = glob.replace('\\', "/");
    let depth = pattern.split('/').take_while(|part| !is_glob(part)).count();
    let rest = pattern.split('/').skip(depth).collect::<Vec<_>>().join("/");
    let matcher = compiled(&rest).map_err(GlobError::Pattern)?;
    let deepest = if rest.contains("**") { usize::MAX } else { rest.split('/').count() };
    let mut walk = Walk { fs, matcher, named: &rest, deepest, ancestors: Vec::new() };
    walk.folder(&folder, "", found)
}

/// Returns the files that match a glob relative to `base`, sorted. Returns none if the pattern is
/// invalid or a folder cannot be read.
pub fn matching(fs: &dyn FileSystem, base: &Utf8Path, glob: &str) -> Vec<Utf8PathBuf> {
    expand(fs, base, glob).unwrap_or_default()
}

/// Returns those of some paths that match a glob; all are relative to one folder. An invalid glob
/// matches none.
pub fn matching_of<'p>(glob: &str, paths: &'p [String]) -> Vec<&'p String> {
    let glob = compiled(glob).ok();
    let is_match = |path: &&String| glob.as_ref().is_some_and(|glob| glob.is_match(path));
    paths.iter().filter(is_match).collect()
}

/// A walk through the folders that a glob may match.
struct Walk<'a> {
    fs: &'a dyn FileSystem,
    matcher: GlobMatcher,
    named: &'a str,
    /// The maximum number of components of a match below the first folder, its own name included.
    deepest: usize,
    /// The real paths of the folders being walked: entering one of these again would never end.
    ancestors: Vec<Utf8PathBuf>,
}

impl Walk<'_> {
    fn folder(
        &mut self,
        folder: &Utf8Path,
        inside: &str,
        found: &mut dyn FnMut(Utf8PathBuf, FileKind),
    ) -> Result<(), GlobError> {
        let real = self.fs.canonical(folder).unwrap_or_else(|_| folder.to_owned());
        if self.ancestors.len() >= self.deepest || self.ancestors.contains(&real) {
            return Ok(());
        }
        self.ancestors.push(real);
        let listed = match self.fs.list(folder) {
            Err(FsError::Denied) => return Err(GlobError::Denied(folder.to_owned())),
            listed => listed.unwrap_or_default(),
        };
        for entry in listed {
            let path = folder.join(&entry.name);
            let inner = if inside.is_empty() {
                entry.name.clone()
            } else {
                format!("{inside}/{}", entry.name)
            };
            let is_match = self.matcher.is_match(&inner);
            match entry.kind {
                Some(FileKind::Directory) if self.may_enter(&entry.name) => {
                    if is_match {
                        found(path.clone(), FileKind::Directory);
                    }
                    self.folder(&path, &inner, found)?;
                }
                Some(FileKind::File) if is_match => found(path, FileKind::File),
                Some(FileKind::Directory | FileKind::File | FileKind::Other) | None => {}
            }
        }
        self.ancestors.pop();
        Ok(())
    }

    fn may_enter(&self, name: &str) -> bool {
        let is_hidden = name.starts_with('.') || SKIPPED.contains(&name);
        !is_hidden || self.named.split('/').any(|part| part == name)
    }
}

/// Returns the folder with which names in Encore's manifest begin: `/build/` and
/// `https://cdn.example/build/` are `build/`. So is `/shop/build/`, if the outputs are in
/// `public/build`: there, Encore requires `setManifestKeyPrefix("build/")`.
pub fn folder_of_addresses<'p>(public_path: &'p str, dir: &Utf8Path) -> &'p str {
    let path = public_path
        .split_once("//")
        .map_or(public_path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.trim_start_matches('/');
    let below = path.trim_end_matches('/');
    let tails = below.match_indices('/').map(|(at, _)| at + 1);
    let is_shared = |start: &usize| dir.ends_with(&below[*start..]);
    let start = std::iter::once(0).chain(tails).find(is_shared).unwrap_or(0);
    &path[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_folders() {
        assert_eq!(relative("/p/app".into(), "/p/app/src/a.js".into()), "src/a.js");
        assert_eq!(relative("/p/app".into(), "/p/lib/a.js".into()), "../lib/a.js");
    }

    #[test]
    fn paths_are_joined() {
        assert_eq!(absolute("/p/src".into(), "../a/./b"), "/p/a/b");
        assert_eq!(absolute("/p".into(), "/x/../y"), "/y");
        assert_eq!(absolute("/".into(), "../.."), "/");
    }

    #[test]
    fn folders_of_addresses() {
        for (public, dir, expected) in [
            ("/build/", "public/build", "build/"),
            ("https://cdn.example/", "public/build", ""),
            ("https://cdn.example/shop/build", "public/build", "build"),
            ("/bundles/shop", "public/bundles/shop", "bundles/shop"),
            ("/bundles/shop", "src/Resources/public", "bundles/shop"),
            ("", "public/build", ""),
        ] {
            assert_eq!(folder_of_addresses(public, dir.into()), expected, "{public} {dir}");
        }
    }
}
