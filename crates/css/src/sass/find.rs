//! Which file `@use "x"` means: a file next to the importer, then one in a load path, then one of
//! an alias or a package. In each of these places it may be a partial, a stylesheet in another
//! syntax, or the index of a folder.

use std::borrow::Cow;

use bundle_base::{FileSystem, config::absolute, fs::FileKind, loader::Resolve};
use camino::{Utf8Path, Utf8PathBuf};

use super::import_pattern;

/// What replaces `pkg:` for the compiler, which derives no namespace from `@use "pkg:name"`. It has
/// the same length, so that places stay the same.
const PACKAGE: &str = "PKG/";

/// Returns a text with the `pkg:` of `@use` and `@forward` replaced.
pub(super) fn with_names_of_packages(text: &str) -> Cow<'_, str> {
    if !text.contains("pkg:") {
        return Cow::Borrowed(text);
    }
    let mut text = text.to_owned();
    for rule in ["@use ", "@forward "] {
        for quote in ['"', '\''] {
            text = text.replace(&format!("{rule}{quote}pkg:"), &format!("{rule}{quote}{PACKAGE}"));
        }
    }
    Cow::Owned(text)
}

/// Returns an address as it was written.
pub(super) fn as_written(url: &str) -> String {
    url.strip_prefix(PACKAGE).map_or_else(|| url.to_owned(), |package| format!("pkg:{package}"))
}

/// An address without a file, and its importer.
pub(super) struct Missing {
    pub url: String,
    pub from: Utf8PathBuf,
}

/// The file system, the resolver and the folders in which files are looked for.
pub(super) struct Find<'f> {
    pub fs: &'f dyn FileSystem,
    pub resolve: &'f dyn Resolve,
    pub load_paths: &'f [Utf8PathBuf],
}

impl Find<'_> {
    /// Returns the file that `url` means in the file `from`. `None`: there is none. `Err`: there
    /// are several.
    pub fn find(
        &self,
        url: &str,
        from: &Utf8Path,
        is_import: bool,
    ) -> Result<Option<Utf8PathBuf>, String> {
        if let Some(package) =
            ["pkg:", PACKAGE, "~"].iter().find_map(|begin| url.strip_prefix(begin))
        {
            return Ok(self.by_resolver(package.trim_start_matches('/'), from));
        }
        let url = url.strip_prefix("file://").unwrap_or(url);
        let folder = import_pattern::folder(from);
        let beside = folder.as_deref().or(from.parent()).unwrap_or(from);
        for folder in
            std::iter::once(beside).chain(self.load_paths.iter().map(Utf8PathBuf::as_path))
        {
            if let Some(found) = self.at(&absolute(folder, url), is_import)? {
                return Ok(Some(found));
            }
        }
        // What begins with `/` is looked for from the project's root too, as in Vite.
        if !url.starts_with('.') {
            return Ok(self.by_resolver(url, from));
        }
        // `@import "../node_modules/package"` means what package.json names, as in sass-loader.
        let has_manifest = self.fs.kind(&absolute(beside, url).join("package.json")).is_some();
        Ok(has_manifest.then(|| self.resolve.style(url, from)).flatten())
    }

    /// Returns the file for a path without `_` and perhaps without an extension.
    fn at(&self, path: &Utf8Path, is_import: bool) -> Result<Option<Utf8PathBuf>, String> {
        // Git has no empty folders: a pattern may mean no file, as for import-glob.
        if is_import && import_pattern::folder(path).is_some() {
            return Ok(Some(path.to_owned()));
        }
        if matches!(path.extension(), Some("scss" | "sass" | "css")) {
            return self.only_file(candidates(path, &[""], is_import));
        }
        let groups = [&[".sass", ".scss"][..], &[".css"]];
        for base in [path.to_owned(), path.join("index")] {
            for endings in groups {
                if let Some(found) = self.only_file(candidates(&base, endings, is_import))? {
                    return Ok(Some(found));
                }
            }
        }
        Ok(None)
    }

    /// Returns the file of the first list that has one. `Err`: that list has several.
    fn only_file(&self, candidates: Vec<Vec<Utf8PathBuf>>) -> Result<Option<Utf8PathBuf>, String> {
        for list in candidates {
            let is_file = |path: &Utf8PathBuf| self.fs.kind(path) == Some(FileKind::File);
            let mut found: Vec<Utf8PathBuf> = list.into_iter().filter(is_file).collect();
            if found.len() > 1 {
                let names: Vec<String> = found.iter().map(|path| self.resolve.name(path)).collect();
                return Err(format!("it is not clear which file is meant: {}", names.join(" or ")));
            }
            if let Some(found) = found.pop() {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Resolves a specifier through an alias or a package: as a partial, as it is written, or as
    /// the index of a folder whose package.json names no stylesheet.
    fn by_resolver(&self, specifier: &str, from: &Utf8Path) -> Option<Utf8PathBuf> {
        let partial = || {
            let (folder, name) = specifier.rsplit_once('/')?;
            self.resolve.style(&format!("{folder}/_{name}"), from)
        };
        let index = || {
            let mut names = ["_index", "index"].into_iter();
            names.find_map(|name| self.resolve.style(&format!("{specifier}/{name}"), from))
        };
        partial().or_else(|| self.resolve.style(specifier, from)).or_else(index)
    }
}

/// Returns the possible files for a path, by falling precedence. It is an error if several files of
/// one list exist.
fn candidates(path: &Utf8Path, endings: &[&str], is_import: bool) -> Vec<Vec<Utf8PathBuf>> {
    let folder = path.parent().unwrap_or(Utf8Path::new("/"));
    let name = path.file_name().unwrap_or_default();
    let named = |middle: &str| -> Vec<Utf8PathBuf> {
        let files = endings.iter().map(|ending| match name.rsplit_once('.') {
            Some((stem, extension)) if ending.is_empty() => format!("{stem}{middle}.{extension}"),
            Some(_) | None => format!("{name}{middle}{ending}"),
        });
        files.flat_map(|file| [folder.join(format!("_{file}")), folder.join(file)]).collect()
    };
    if is_import { vec![named(".import"), named("")] } else { vec![named("")] }
}
