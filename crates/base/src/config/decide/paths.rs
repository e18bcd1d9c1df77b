//! Path arithmetic and globs. Everything is done on text: nothing here follows links, because an
//! entry is named as the user wrote it.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use globset::GlobBuilder;

use crate::fs::{FileKind, FileSystem, FsError};

/// Folders that a `*` does not look into: a glob that means them names them.
const SKIPPED: &[&str] = &["node_modules", "bower_components"];

/// `path` from `base`, without `.` and `..`.
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

/// `path` as seen from `base`, with `/`; a path that shares no root with it stays as it is.
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

/// The innermost folder that all of `folders` are in.
pub(super) fn common_folder(folders: &[Utf8PathBuf]) -> Utf8PathBuf {
    let Some(first) = folders.first() else { return Utf8PathBuf::new() };
    first
        .ancestors()
        .find(|candidate| folders.iter().all(|f| f.starts_with(candidate)))
        .unwrap_or(first)
        .to_owned()
}

/// True for text that means several files, unless a file is called exactly that.
pub(super) fn is_glob(text: &str) -> bool {
    text.contains(['*', '?', '{', '['])
}

/// The folder before the first component of a glob that is no plain name.
pub(super) fn glob_folder(base: &Utf8Path, glob: &str) -> Utf8PathBuf {
    let path = glob.replace('\\', "/");
    let plain: Vec<&str> = path.split('/').take_while(|part| !is_glob(part)).collect();
    let folder = plain.join("/");
    absolute(base, if folder.is_empty() && path.starts_with('/') { "/" } else { &folder })
}

/// Why nobody knows which files match.
#[derive(Debug)]
pub(super) enum GlobError {
    /// What is wrong with the pattern.
    Pattern(String),
    /// A folder that may not be read: what it holds must not go missing in silence.
    Denied(Utf8PathBuf),
}

/// What is wrong with a pattern.
pub(super) fn glob_mistake(pattern: &str) -> Option<String> {
    GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .err()
        .map(|error| error.kind().to_string())
}

/// The files that match, sorted by path.
pub(super) fn expand(
    fs: &dyn FileSystem,
    base: &Utf8Path,
    glob: &str,
) -> Result<Vec<Utf8PathBuf>, GlobError> {
    let folder = glob_folder(base, glob);
    let pattern = glob.replace('\\', "/");
    let depth = pattern.split('/').take_while(|part| !is_glob(part)).count();
    let rest = pattern.split('/').skip(depth).collect::<Vec<_>>().join("/");
    let built = GlobBuilder::new(&rest).literal_separator(true).build();
    let built = built.map_err(|e| GlobError::Pattern(e.kind().to_string()))?;
    let deepest = if rest.contains("**") { usize::MAX } else { rest.split('/').count() };
    let mut walk =
        Walk { fs, matcher: built.compile_matcher(), named: &rest, deepest, inside_of: Vec::new() };
    let mut found = Vec::new();
    walk.folder(&folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

/// The files that match a pattern from `base`, sorted; none if it is no pattern, or a folder may
/// not be read.
pub fn matching(fs: &dyn FileSystem, base: &Utf8Path, glob: &str) -> Vec<Utf8PathBuf> {
    expand(fs, base, glob).unwrap_or_default()
}

/// A walk through the folders that a glob may reach.
struct Walk<'a> {
    fs: &'a dyn FileSystem,
    matcher: globset::GlobMatcher,
    named: &'a str,
    /// How many folders below the first a match can lie, its own name included.
    deepest: usize,
    /// The folders being walked, links followed: entering one again would never end.
    inside_of: Vec<Utf8PathBuf>,
}

impl Walk<'_> {
    fn folder(
        &mut self,
        folder: &Utf8Path,
        inside: &str,
        found: &mut Vec<Utf8PathBuf>,
    ) -> Result<(), GlobError> {
        let real = self.fs.canonical(folder).unwrap_or_else(|_| folder.to_owned());
        if self.inside_of.len() >= self.deepest || self.inside_of.contains(&real) {
            return Ok(());
        }
        self.inside_of.push(real);
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
            match entry.kind {
                Some(FileKind::Directory) if self.may_enter(&entry.name) => {
                    self.folder(&path, &inner, found)?;
                }
                Some(FileKind::File) if self.matcher.is_match(&inner) => found.push(path),
                Some(FileKind::Directory | FileKind::File | FileKind::Other) | None => {}
            }
        }
        self.inside_of.pop();
        Ok(())
    }

    fn may_enter(&self, name: &str) -> bool {
        let is_hidden = name.starts_with('.') || SKIPPED.contains(&name);
        !is_hidden || self.named.split('/').any(|part| part == name)
    }
}
