//! Finds the cause of a failure. This runs only when nothing was resolved, so it may list
//! directories and try names. All of it goes through the recorded disk, because a suggestion
//! depends on files as much as a module does.

use std::sync::Arc;

use bundle_base::{
    FileSystem, Source, Span,
    config::{AliasTarget, absolute},
    decode::decode_lossy,
    fs::FileKind,
};
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{JSONError, ResolveError};

use crate::{
    answer::RequestSyntax,
    disk::Disk,
    failure::{BrokenJson, MissingReplacement, MissingTsconfig, Reason},
    name::FileNames,
    package::Manifest,
    path,
};

mod exports; // reads `exports` and `imports`
mod file; // a path without a file
mod package; // a package that is not installed, or does not export a path
mod request; // the request that failed

pub use request::Explain;

impl Explain<'_> {
    /// Returns the reason for an error of oxc_resolver.
    pub fn error(&self, error: &ResolveError) -> Reason {
        match error {
            ResolveError::MatchedAliasNotFound(_, key) => self.alias(key),
            ResolveError::PackagePathNotExported { subpath, package_path, .. } => {
                self.not_exported(subpath, &utf8(package_path))
            }
            ResolveError::PackageImportNotDefined(_, package_json) => {
                self.missing_import(Some(&utf8(package_json)))
            }
            ResolveError::Recursion => Reason::Cycle,
            ResolveError::Specifier(_) => Reason::Empty,
            ResolveError::Json(json) => broken_json(self.disk, self.names, json),
            ResolveError::InvalidPackageTarget(target, key, package_json) => self.broken(
                package_json,
                format!("\"{key}\" leads to \"{target}\", which is not a path in the package"),
            ),
            ResolveError::InvalidModuleSpecifier(_, package_json) => {
                self.broken(package_json, "\"#\" alone cannot be imported".to_owned())
            }
            ResolveError::InvalidPackageConfig(package_json) => self.broken(
                package_json,
                "\"exports\" mixes paths, which start with \".\", and conditions, which do not"
                    .to_owned(),
            ),
            ResolveError::InvalidPackageConfigDefault(package_json) => {
                self.broken(package_json, "\"default\" is not the last condition".to_owned())
            }
            ResolveError::InvalidPackageConfigDirectory(package_json) => self.broken(
                package_json,
                "a path of \"exports\" that ends with \"/\" leads to a file".to_owned(),
            ),
            ResolveError::TsconfigNotFound(_)
            | ResolveError::TsconfigSelfReference(_)
            | ResolveError::TsconfigCircularExtend(_)
            | ResolveError::TsconfigLoadFailed { .. } => {
                tsconfig(self.disk, self.names, Utf8Path::new(""), error)
            }
            ResolveError::NotFound(found) => self.not_found_as(found),
            ResolveError::Ignored(_)
            | ResolveError::Builtin { .. }
            | ResolveError::ExtensionAlias(..)
            | ResolveError::IOError(_)
            | ResolveError::PathNotSupported(_)
            | ResolveError::Unimplemented(_) => self.not_found(self.specifier),
            // The enum is non-exhaustive: later versions of the library may add variants.
            _ => Reason::Other { words: error.to_string() },
        }
    }

    /// Returns the reason why no directory was found.
    pub fn directory(&self, error: &ResolveError) -> Reason {
        let reason = self.error(error);
        if let Reason::MissingFile(missing) = reason {
            let path = absolute(self.directory, self.specifier);
            let is_file = self.disk.kind(&path) == Some(FileKind::File);
            return Reason::MissingDirectory {
                wanted: missing.wanted,
                near: missing.near.filter(|_| !is_file),
                is_file,
            };
        }
        reason
    }

    /// Returns the reason why nothing was found under `found`: the specifier itself, or what a
    /// package.json replaces it by.
    fn not_found_as(&self, found: &str) -> Reason {
        let (asked, found) = (path::without_query(self.specifier), path::without_query(found));
        if found == asked || asked.starts_with("file:") {
            return self.not_found(found);
        }
        let mut above = self.directory.ancestors().map(|directory| directory.join("package.json"));
        let Some(package_json) = above.find(|file| self.disk.kind(file).is_some()) else {
            return self.not_found(found);
        };
        let directory = package_json.parent().unwrap_or(self.directory);
        let inner = Explain { specifier: found, directory, tsconfig: None, ..*self };
        Reason::MissingReplacement(MissingReplacement {
            package_json: self.shown(&package_json),
            field: if asked.starts_with('#') { "imports" } else { "browser" },
            target: found.to_owned(),
            reason: Box::new(inner.not_found(found)),
        })
    }

    /// Returns the reason why nothing was found under a specifier: the requested one, or what an
    /// alias replaces it by.
    fn not_found(&self, specifier: &str) -> Reason {
        let specifier = path::without_query(specifier);
        if specifier.starts_with('#') {
            return self.missing_import(None);
        }
        if path::is_path(specifier) {
            return self.missing_path(specifier);
        }
        if let Some(reason) = self.tsconfig_path(specifier) {
            return reason;
        }
        // webpack's `loader!file`. A file may have such a name, but then it would have been found.
        if specifier.contains('!') {
            return Reason::LoaderSyntax;
        }
        match self.kind {
            RequestSyntax::Url | RequestSyntax::Asset => {
                self.in_installed_package(specifier).unwrap_or_else(|| self.missing_path(specifier))
            }
            RequestSyntax::Entry
                if specifier.contains('/') || Utf8Path::new(specifier).extension().is_some() =>
            {
                self.missing_path(specifier)
            }
            RequestSyntax::Import | RequestSyntax::Require | RequestSyntax::Entry => {
                self.missing_package(specifier)
            }
        }
    }

    fn alias(&self, key: &str) -> Reason {
        let found =
            self.config.alias.iter().find(|(written, _)| written.trim_end_matches('$') == key);
        let Some((written, AliasTarget::To(target))) = found else {
            return self.not_found(self.specifier);
        };
        let rest = path::without_query(self.specifier).strip_prefix(key).unwrap_or_default();
        let reason = self.not_found(&format!("{target}{rest}"));
        let shown =
            if path::is_path(target) { self.shown(Utf8Path::new(target)) } else { target.clone() };
        Reason::MissingAlias { key: written.clone(), target: shown, reason: Box::new(reason) }
    }

    /// Returns a reason if a pattern of `paths` in tsconfig.json matches, but leads to no file.
    fn tsconfig_path(&self, specifier: &str) -> Option<Reason> {
        let tsconfig = self.tsconfig.as_deref()?;
        let fits = |key: &str| match key.split_once('*') {
            // TypeScript users write `*` for their own declarations, so a package name that only
            // matches `*` is not an alias.
            Some(("", "")) => false,
            Some((before, after)) => specifier.starts_with(before) && specifier.ends_with(after),
            None => key == specifier,
        };
        // TypeScript takes the key without `*`, or the longest text before one.
        let rank = |key: &str| (!key.contains('*'), key.find('*').unwrap_or(key.len()));
        let all = tsconfig.compiler_options.paths.as_ref()?.iter();
        let (key, targets) = all.filter(|(key, _)| fits(key)).max_by_key(|(key, _)| rank(key))?;
        let wanted = tsconfig.resolve_path_alias_or_base_url(specifier).into_iter().next()?;
        let reason = Box::new(self.missing_at(&utf8(&wanted), None));
        Some(Reason::MissingAlias {
            key: key.clone(),
            target: self.shown(&utf8(targets.first()?)),
            reason,
        })
    }

    fn missing_import(&self, package_json: Option<&Utf8Path>) -> Reason {
        let Some(package_json) = package_json else {
            let mut above =
                self.directory.ancestors().map(|directory| directory.join("package.json"));
            let nearest = above.find(|file| self.disk.kind(file).is_some());
            let broken = nearest.as_ref().and_then(|file| self.missing_import_target(file));
            return broken.unwrap_or_else(|| Reason::MissingImport {
                package_json: nearest.map(|file| self.shown(&file)),
                near: None,
            });
        };
        let manifest =
            package_json.parent().and_then(|directory| Manifest::read(self.disk, directory));
        let imports = manifest.as_ref().and_then(|manifest| manifest.imports.as_object());
        let keys = imports.into_iter().flat_map(|imports| imports.keys().map(String::as_str));
        let near = bundle_base::diagnostic::nearest(self.specifier, keys).map(str::to_owned);
        Reason::MissingImport { package_json: Some(self.shown(package_json)), near }
    }

    /// Returns a reason if `imports` has the name, but the file that it leads to does not exist.
    fn missing_import_target(&self, package_json: &Utf8Path) -> Option<Reason> {
        let directory = package_json.parent()?;
        let manifest = Manifest::read(self.disk, directory)?;
        let (found, rest) =
            exports::at_key(manifest.imports.as_object()?, path::without_query(self.specifier))?;
        let target = self.target(Some(found))?.replace('*', rest);
        let reason = Box::new(self.missing_at(&absolute(directory, &target), None));
        let package_json = self.shown(package_json);
        Some(Reason::MissingReplacement(MissingReplacement {
            package_json,
            field: "imports",
            target,
            reason,
        }))
    }

    fn broken(&self, package_json: &std::path::Path, problem: String) -> Reason {
        Reason::BrokenPackage { package_json: self.shown(&utf8(package_json)), problem }
    }
}

/// Returns the reason for an error while a tsconfig.json was loaded. `asked` is the file where the
/// search started.
pub fn tsconfig(disk: &Disk, names: &FileNames, asked: &Utf8Path, error: &ResolveError) -> Reason {
    let shown = |path: &std::path::Path| names.name(&utf8(path), None);
    let unreadable = |path: &std::path::Path, words: String| Reason::BrokenPackage {
        package_json: shown(path),
        problem: words,
    };
    if let ResolveError::TsconfigNotFound(wanted) = error {
        return missing_tsconfig(disk, names, asked, &utf8(wanted));
    }
    if let ResolveError::TsconfigSelfReference(path) = error {
        return Reason::TsconfigCycle { path: shown(path) };
    }
    if let ResolveError::TsconfigCircularExtend(paths) = error {
        return Reason::TsconfigCycle {
            path: paths.paths().first().map(|path| shown(path)).unwrap_or_default(),
        };
    }
    let cause = if let ResolveError::TsconfigLoadFailed { source, .. } = error {
        source.as_ref()
    } else {
        error
    };
    match (cause, error) {
        (ResolveError::Json(json), _) => broken_json(disk, names, json),
        (_, ResolveError::TsconfigLoadFailed { path, .. }) => unreadable(path, cause.to_string()),
        _ => unreadable(asked.as_std_path(), error.to_string()),
    }
}

fn missing_tsconfig(disk: &Disk, names: &FileNames, asked: &Utf8Path, wanted: &Utf8Path) -> Reason {
    let shown = if wanted.has_root() { names.name(wanted, None) } else { wanted.to_string() };
    if wanted == asked {
        return Reason::MissingTsconfig(MissingTsconfig { wanted: shown, from: None });
    }
    let source = text_of(disk, names, asked);
    // It is written relative to the file, or as a package; either way the text contains its last
    // part.
    let quoted = source.text.match_indices('"').map(|(at, _)| at).collect::<Vec<_>>();
    let strings = quoted.windows(2).map(|pair| (pair[0], pair[1] + 1));
    let stem = |path: &Utf8Path| path.as_str().trim_end_matches(".json").to_owned();
    let directory = asked.parent().unwrap_or(asked);
    let is_specifier = |(start, end): &(usize, usize)| {
        let written = Utf8Path::new(&source.text[start + 1..end - 1]);
        stem(written) == stem(wanted)
            || stem(&absolute(directory, written.as_str())) == stem(wanted)
    };
    let (start, end) = strings.into_iter().find(is_specifier).unwrap_or((0, 0));
    let span = Span::new(short(start), short(end));
    Reason::MissingTsconfig(MissingTsconfig { wanted: shown, from: Some((source, span)) })
}

fn text_of(disk: &Disk, names: &FileNames, file: &Utf8Path) -> Arc<Source> {
    let text = FileSystem::read(disk, file).map(|bytes| decode_lossy(&bytes)).unwrap_or_default();
    Source::new(file, names.name(file, None), text)
}

fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn broken_json(disk: &Disk, names: &FileNames, error: &JSONError) -> Reason {
    let file = utf8(&error.path);
    let source = text_of(disk, names, &file);
    let at = offset(&source.text, error.line, error.column);
    // The parser's message repeats the position, which is removed.
    let words = error.message.split(" at line ").next().unwrap_or_default();
    let problem = match words {
        "File is empty" => "it is empty".to_owned(),
        "recursion limit exceeded" => "it is nested too deeply".to_owned(),
        words if words.starts_with("EOF while parsing") => "it ends too early".to_owned(),
        words => of_wrong_type(words).unwrap_or_else(|| words.to_owned()),
    };
    let end = source.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    Reason::BrokenJson(BrokenJson { source, span: Span::new(short(at), short(end)), problem })
}

/// Returns the byte at a line and column as `serde_json` counts both: from 1, in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start =
        text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn utf8(path: &std::path::Path) -> Utf8PathBuf {
    Utf8PathBuf::from(path.to_string_lossy().into_owned())
}

/// Returns the words for a value of another type than the library expects, whose message has the
/// names of its own types: `invalid type: string "a", expected a sequence`.
fn of_wrong_type(words: &str) -> Option<String> {
    let (found, expected) = words.strip_prefix("invalid ")?.split_once(", expected ")?;
    let found = match found.strip_prefix("type: ") {
        Some("map") => "an object".to_owned(),
        Some("sequence") => "a list".to_owned(),
        Some(value) => format!("the {}", value.replace('`', "")),
        // An object was expected, and its fields would be the items of a list.
        None if found.starts_with("length ") => "a list".to_owned(),
        None => return None,
    };
    let expected = match expected {
        "a sequence" => "a list",
        "a boolean" => "true or false",
        "a string" | "path string" => "a string",
        map if map == "a map" || map.starts_with("struct ") => "an object",
        _ => "another value",
    };
    Some(format!("there is {found} where {expected} is expected"))
}
