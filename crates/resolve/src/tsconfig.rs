//! Finds the tsconfig.json whose `paths`, `baseUrl` and `rootDirs` apply to an importer: the
//! configured one, or the nearest upwards within the project. TypeScript's `include` is ignored,
//! because `.vue` and `.js` files need the same paths as the `.ts` files beside them. If a
//! tsconfig.json only lists references, the first one that has paths applies.

use std::sync::{Arc, PoisonError, RwLock};

use bundle_base::{FileSystem, fs::FileKind};
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{ResolverGeneric, TsConfig};
use rustc_hash::FxHashMap;

use crate::{disk::Disk, explain, failure::Reason, name::FileNames};

type Answer = Result<Option<Arc<TsConfig>>, Box<Reason>>;

/// The tsconfig.json files, by the directory of the importer.
pub struct Tsconfigs {
    configured: Option<Utf8PathBuf>,
    /// Locked because all tasks of a scan share it, so that the search and the loading happen once
    /// per directory.
    found: RwLock<FxHashMap<Utf8PathBuf, Answer>>,
    disk: Disk,
}

impl Tsconfigs {
    pub fn new(configured: Option<Utf8PathBuf>, disk: Disk) -> Self {
        Self { configured, found: RwLock::default(), disk }
    }

    /// Clears the cache.
    pub fn clear(&self) {
        self.found.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Returns the tsconfig.json for importers in a directory; `None` if none has paths.
    pub fn of(
        &self,
        directory: &Utf8Path,
        names: &FileNames,
        loader: &ResolverGeneric<Disk>,
    ) -> Answer {
        if directory.components().any(|c| c.as_str() == "node_modules") {
            return Ok(None);
        }
        if let Some(known) =
            self.found.read().unwrap_or_else(PoisonError::into_inner).get(directory)
        {
            return known.clone();
        }
        let answer = match &self.configured {
            Some(file) => self.load(file, names, loader),
            None => self.nearest(directory, names, loader),
        };
        self.found
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(directory.to_owned(), answer.clone());
        answer
    }

    fn nearest(
        &self,
        directory: &Utf8Path,
        names: &FileNames,
        loader: &ResolverGeneric<Disk>,
    ) -> Answer {
        let file = directory.join("tsconfig.json");
        if self.disk.kind(&file) == Some(FileKind::File) {
            return self.load(&file, names, loader);
        }
        // Outside the project the search ends at the package, so that a tsconfig.json elsewhere on
        // the machine cannot change a build.
        let is_last = match names.root_of(directory) {
            Some(root) => root == directory,
            None => self.disk.kind(&directory.join("package.json")).is_some(),
        };
        match directory.parent() {
            Some(parent) if !is_last => self.of(parent, names, loader),
            Some(_) | None => Ok(None),
        }
    }

    fn load(&self, file: &Utf8Path, names: &FileNames, loader: &ResolverGeneric<Disk>) -> Answer {
        match loader.resolve_tsconfig(file) {
            Ok(tsconfig) => Ok(with_paths(tsconfig)),
            Err(error) => Err(Box::new(explain::tsconfig(&self.disk, names, file, &error))),
        }
    }
}

fn with_paths(tsconfig: Arc<TsConfig>) -> Option<Arc<TsConfig>> {
    let has_paths = |tsconfig: &Arc<TsConfig>| {
        let options = &tsconfig.compiler_options;
        options.paths.is_some() || options.base_url.is_some() || options.root_dirs.is_some()
    };
    if has_paths(&tsconfig) {
        return Some(tsconfig);
    }
    tsconfig.references_resolved.iter().find(|reference| has_paths(reference)).cloned()
}
