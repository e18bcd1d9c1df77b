//! Finds the tsconfig.json whose `paths`, `baseUrl` and `rootDirs` apply to an importer: the
//! configured one, or the nearest upwards within the project. TypeScript's `include` is ignored,
//! because `.vue` and `.js` files need the same paths as the `.ts` files beside them. If a
//! tsconfig.json only lists references, the first one that has paths applies; a reference to a file
//! that does not exist is left out, since no other bundler reads it.

use std::sync::{Arc, RwLock};

use bundle_base::{
    FileSystem, config::absolute, decode::decode_lossy, fs::FileKind, read_lock, search, write_lock,
};
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{ResolveError, ResolverGeneric, TsConfig};
use rustc_hash::FxHashMap;

use crate::{disk::Disk, explain, failure::Reason, name::FileNames};

type Answer = Result<Option<Arc<TsConfig>>, Box<Reason>>;

/// The tsconfig.json files, by the directory of the importer.
pub struct Tsconfigs {
    configured: Option<Utf8PathBuf>,
    /// Locked because all tasks of a scan share it, so that the search and the loading happen once
    /// per directory.
    found: RwLock<FxHashMap<String, Answer>>,
    disk: Disk,
    /// Loads a tsconfig.json and what it extends.
    loader: ResolverGeneric<Disk>,
}

impl Tsconfigs {
    pub fn new(configured: Option<Utf8PathBuf>, disk: Disk, loader: ResolverGeneric<Disk>) -> Self {
        Self { configured, found: RwLock::default(), disk, loader }
    }

    /// Clears the cache.
    pub fn clear(&self) {
        write_lock(&self.found).clear();
    }

    /// Returns the tsconfig.json for importers in a directory; `None` if none has paths.
    pub fn of(&self, directory: &Utf8Path, names: &FileNames) -> Answer {
        let is_installed =
            |path: &Utf8Path| path.components().any(|c| c.as_str() == "node_modules");
        if search::contains(directory.as_str(), "node_modules") && is_installed(directory) {
            return Ok(None);
        }
        if let Some(known) = read_lock(&self.found).get(directory.as_str()) {
            return known.clone();
        }
        let answer = match &self.configured {
            Some(file) => self.load(file, names),
            None => self.nearest(directory, names),
        };
        write_lock(&self.found).insert(directory.to_string(), answer.clone());
        answer
    }

    fn nearest(&self, directory: &Utf8Path, names: &FileNames) -> Answer {
        let file = directory.join("tsconfig.json");
        if self.disk.kind(&file) == Some(FileKind::File) {
            return self.load(&file, names);
        }
        // Outside the project the search ends at the package, so that a tsconfig.json elsewhere on
        // the machine cannot change a build.
        let is_last = match names.root_of(directory) {
            Some(root) => root == directory,
            None => self.disk.kind(&directory.join("package.json")).is_some(),
        };
        match directory.parent() {
            Some(parent) if !is_last => self.of(parent, names),
            Some(_) | None => Ok(None),
        }
    }

    fn load(&self, file: &Utf8Path, names: &FileNames) -> Answer {
        let explained = |file: &Utf8Path, error: &ResolveError| {
            Box::new(explain::tsconfig(&self.disk, names, file, error))
        };
        let tsconfig =
            self.loader.resolve_tsconfig(file).map_err(|error| explained(file, &error))?;
        if has_paths(&tsconfig) {
            return Ok(Some(tsconfig));
        }
        for reference in self.references(&tsconfig) {
            match self.loader.resolve_tsconfig(&reference) {
                Ok(tsconfig) if has_paths(&tsconfig) => return Ok(Some(tsconfig)),
                Ok(_) => {}
                Err(ResolveError::TsconfigNotFound(missing)) if *missing == reference => {}
                Err(error) => return Err(explained(&self.file_of(reference), &error)),
            }
        }
        Ok(None)
    }

    /// Returns the file that a reference means: itself, or the tsconfig.json of a folder.
    fn file_of(&self, reference: Utf8PathBuf) -> Utf8PathBuf {
        let inside = reference.join("tsconfig.json");
        if self.disk.kind(&inside).is_some() { inside } else { reference }
    }

    /// Returns the paths of the references of a tsconfig.json: of files, or of their folders.
    fn references(&self, tsconfig: &TsConfig) -> Vec<Utf8PathBuf> {
        let Some(path) = Utf8Path::from_path(&tsconfig.path) else { return Vec::new() };
        let text = FileSystem::read(&self.disk, path).map(|bytes| decode_lossy(&bytes));
        let written = text.ok().and_then(|text| {
            TsConfig::parse(true, path.as_std_path(), path.as_std_path(), text).ok()
        });
        let directory = path.parent().unwrap_or(path);
        let references = written.map(|written| written.references).unwrap_or_default();
        let written = references.iter().filter_map(|reference| reference.path.to_str());
        written.map(|reference| absolute(directory, reference)).collect()
    }
}

fn has_paths(tsconfig: &TsConfig) -> bool {
    let options = &tsconfig.compiler_options;
    options.paths.is_some() || options.base_url.is_some() || options.root_dirs.is_some()
}
