//! What went wrong, looked at closely. Runs only when there is no answer, so it may list directories and try names; all
//! of it goes through the recorded disk, because a suggestion is as much an answer as a module.

use bundle_base::{
    FileSystem, Source, Span,
    config::{AliasTarget, ResolveConfig},
    decode::decode_lossy,
};
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{JSONError, ResolveError};

use crate::{
    answer::{Ask, AskKind},
    disk::Disk,
    failure::{BrokenJson, Reason},
    name::Names,
    package::Manifest,
    path,
};

mod file; // a path that leads to no file
mod package; // a package that is not there, or does not let a path out

/// A question without an answer, and what is needed to look around.
pub struct Explain<'a> {
    pub config: &'a ResolveConfig,
    pub disk: &'a Disk,
    pub names: &'a Names,
    pub ask: &'a Ask<'a>,
    /// What the specifier is relative to.
    pub directory: &'a Utf8Path,
}

impl Explain<'_> {
    /// The reason behind an error of oxc_resolver.
    pub fn error(&self, error: &ResolveError) -> Reason {
        match error {
            ResolveError::MatchedAliasNotFound(_, key) => self.alias(key),
            ResolveError::PackagePathNotExported { subpath, package_path, .. } => {
                self.not_exported(subpath, &utf8(package_path))
            }
            ResolveError::PackageImportNotDefined(_, package_json) => self.missing_import(Some(&utf8(package_json))),
            ResolveError::Recursion => Reason::Circle,
            ResolveError::Specifier(_) => Reason::Empty,
            ResolveError::Json(json) => broken_json(self.disk, self.names, json),
            ResolveError::InvalidPackageTarget(target, key, package_json) => self
                .broken(package_json, format!("\"{key}\" leads to \"{target}\", which is not a path in the package")),
            ResolveError::InvalidModuleSpecifier(_, package_json) => {
                self.broken(package_json, "\"#\" alone cannot be imported".to_owned())
            }
            ResolveError::InvalidPackageConfig(package_json) => self.broken(
                package_json,
                "\"exports\" mixes paths, which start with \".\", and conditions, which do not".to_owned(),
            ),
            ResolveError::InvalidPackageConfigDefault(package_json) => {
                self.broken(package_json, "\"default\" is not the last condition".to_owned())
            }
            ResolveError::InvalidPackageConfigDirectory(package_json) => {
                self.broken(package_json, "a path of \"exports\" that ends with \"/\" leads to a file".to_owned())
            }
            ResolveError::TsconfigNotFound(_)
            | ResolveError::TsconfigSelfReference(_)
            | ResolveError::TsconfigCircularExtend(_)
            | ResolveError::TsconfigLoadFailed { .. } => tsconfig(self.disk, self.names, Utf8Path::new(""), error),
            ResolveError::NotFound(_)
            | ResolveError::Ignored(_)
            | ResolveError::Builtin { .. }
            | ResolveError::ExtensionAlias(..)
            | ResolveError::IOError(_)
            | ResolveError::PathNotSupported(_)
            | ResolveError::Unimplemented(_)
            | ResolveError::FailedToFindYarnPnpManifest(_)
            | ResolveError::YarnPnpError(_) => self.not_found(self.ask.specifier),
            // The enum is open to later versions of the library.
            _ => Reason::Other { words: error.to_string() },
        }
    }

    /// Nothing was found under a specifier: the one asked for, or what an alias made of it.
    fn not_found(&self, specifier: &str) -> Reason {
        let specifier = path::without_query(specifier);
        if specifier.starts_with('#') {
            return self.missing_import(None);
        }
        if path::is_path(specifier) {
            return self.missing_path(specifier);
        }
        // webpack's `loader!file`. A file may have such a name, but then it would have been found.
        if specifier.contains('!') {
            return Reason::LoaderSyntax;
        }
        match self.ask.kind {
            AskKind::Url => self.missing_path(specifier),
            AskKind::Entry if specifier.contains('/') || Utf8Path::new(specifier).extension().is_some() => {
                self.missing_path(specifier)
            }
            AskKind::Import | AskKind::Require | AskKind::Entry => self.missing_package(specifier),
        }
    }

    fn alias(&self, key: &str) -> Reason {
        let found = self.config.alias.iter().find(|(written, _)| written.trim_end_matches('$') == key);
        let Some((written, AliasTarget::To(target))) = found else { return self.not_found(self.ask.specifier) };
        let rest = path::without_query(self.ask.specifier).strip_prefix(key).unwrap_or_default();
        let reason = self.not_found(&format!("{target}{rest}"));
        let shown = if path::is_path(target) { self.shown(Utf8Path::new(target)) } else { target.clone() };
        Reason::MissingAlias { key: written.clone(), target: shown, reason: Box::new(reason) }
    }

    fn missing_import(&self, package_json: Option<&Utf8Path>) -> Reason {
        let Some(package_json) = package_json else {
            let mut above = self.directory.ancestors().map(|directory| directory.join("package.json"));
            let nearest = above.find(|file| self.disk.kind(file).is_some());
            return Reason::MissingImport { package_json: nearest.map(|file| self.shown(&file)), near: None };
        };
        let manifest = package_json.parent().and_then(|directory| Manifest::read(self.disk, directory));
        let imports = manifest.as_ref().and_then(|manifest| manifest.imports.as_object());
        let keys = imports.into_iter().flat_map(|imports| imports.keys().map(String::as_str));
        let near = bundle_base::diagnostic::nearest(self.ask.specifier, keys).map(str::to_owned);
        Reason::MissingImport { package_json: Some(self.shown(package_json)), near }
    }

    fn broken(&self, package_json: &std::path::Path, problem: String) -> Reason {
        Reason::BrokenPackage { package_json: self.shown(&utf8(package_json)), problem }
    }

    /// What to call a path in a message.
    fn shown(&self, path: &Utf8Path) -> String {
        path::printable(&self.names.name(path, None))
    }
}

/// The reason behind an error while a tsconfig.json was loaded; `asked` is the file the search started from.
pub fn tsconfig(disk: &Disk, names: &Names, asked: &Utf8Path, error: &ResolveError) -> Reason {
    let shown = |path: &std::path::Path| names.name(&utf8(path), None);
    match error {
        ResolveError::TsconfigNotFound(wanted) => {
            let is_itself = utf8(wanted) == asked;
            let wanted = if wanted.is_absolute() { shown(wanted) } else { utf8(wanted).into_string() };
            Reason::MissingTsconfig { wanted, from: (!is_itself).then(|| names.name(asked, None)) }
        }
        ResolveError::TsconfigSelfReference(path) => Reason::TsconfigCircle { path: shown(path) },
        ResolveError::TsconfigCircularExtend(paths) => {
            Reason::TsconfigCircle { path: paths.paths().first().map(|path| shown(path)).unwrap_or_default() }
        }
        ResolveError::TsconfigLoadFailed { path, source } => match source.as_ref() {
            ResolveError::Json(json) => broken_json(disk, names, json),
            other => Reason::BrokenPackage { package_json: shown(path), problem: other.to_string() },
        },
        ResolveError::Json(json) => broken_json(disk, names, json),
        other => Reason::Other { words: other.to_string() },
    }
}

fn broken_json(disk: &Disk, names: &Names, error: &JSONError) -> Reason {
    let file = utf8(&error.path);
    let text = FileSystem::read(disk, &file).map(|bytes| decode_lossy(&bytes)).unwrap_or_default();
    let at = offset(&text, error.line, error.column);
    // The parser repeats the position in its words.
    let words = error.message.split(" at line ").next().unwrap_or_default();
    let problem = match words {
        "File is empty" => "it is empty".to_owned(),
        words if words.starts_with("EOF while parsing") => "it ends too early".to_owned(),
        words => words.to_owned(),
    };
    let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let short = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let source = Source::new(file.clone(), names.name(&file, None), text);
    Reason::BrokenJson(BrokenJson { source, span: Span::new(short(at), short(end)), problem })
}

/// The byte at a line and column as serde_json counts them: from 1, in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn utf8(path: &std::path::Path) -> Utf8PathBuf {
    Utf8PathBuf::from(path.to_string_lossy().into_owned())
}
