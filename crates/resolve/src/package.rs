//! The package.json that a file belongs to: what others call the package, whether its `.js` files
//! are ES modules, and which of its files have side effects. Looked up once per directory.

use std::{
    hash::{Hash, Hasher},
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use bundle_base::FileSystem;
use camino::{Utf8Path, Utf8PathBuf};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::{disk::Disk, path};

/// The package that a file is part of.
#[derive(Debug)]
pub struct Package {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its version, if it has one.
    pub version: Option<String>,
    /// Where its package.json is. A nameless package.json deeper in a package (`esm/package.json`)
    /// does not count.
    pub dir: Utf8PathBuf,
    /// The nearest package.json says `"type": "module"`. `"commonjs"` is as good as nothing: `npm
    /// init` writes it.
    pub is_module_type: bool,
    /// Which files do something when they are run.
    pub side_effects: SideEffects,
    /// The directory that the patterns of `side_effects` are relative to.
    effects_dir: Utf8PathBuf,
    /// What its own `browser` field puts in the place of files, by their paths without extensions,
    /// as they are written there; `None`: nothing.
    browser: FxHashMap<Utf8PathBuf, Option<String>>,
    /// Compiled on the first question; a derivation of `side_effects`, because most packages are
    /// never asked.
    matcher: OnceLock<GlobSet>,
}

/// What `sideEffects` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum SideEffects {
    /// Nothing, or `true`: only the code can tell.
    #[default]
    Unknown,
    /// `false`: no file has any.
    None,
    /// Only files that one of these patterns fits.
    Only(Vec<String>),
}

impl Package {
    /// What the `browser` field puts in the place of a file that it names without an extension: a
    /// specifier, or nothing.
    pub fn browser(&self, file: &Utf8Path) -> Option<Option<&str>> {
        self.browser.get(&file.with_extension("")).map(Option::as_deref)
    }

    /// False if the package promises that leaving out the file, when nothing of it is used, loses
    /// nothing.
    pub fn may_have_effects(&self, file: &Utf8Path) -> bool {
        match &self.side_effects {
            SideEffects::Unknown => true,
            SideEffects::None => false,
            SideEffects::Only(patterns) => {
                let Ok(inside) = file.strip_prefix(&self.effects_dir) else { return true };
                self.matcher.get_or_init(|| compile(patterns)).is_match(path::slashed(inside))
            }
        }
    }
}

impl PartialEq for Package {
    fn eq(&self, other: &Self) -> bool {
        self.facts() == other.facts()
    }
}

impl Eq for Package {}

impl Hash for Package {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.facts().hash(state);
    }
}

impl Package {
    fn facts(&self) -> impl Hash + Eq {
        (
            &self.name,
            &self.version,
            &self.dir,
            self.is_module_type,
            &self.side_effects,
            &self.effects_dir,
        )
    }
}

/// webpack's rules: a pattern without `/` fits the base name anywhere, a leading `./` means
/// nothing, `*` stops at `/`. What is no pattern fits everything: better a file too many than an
/// effect lost.
fn compile(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        // As webpack reads it: a bare name is meant anywhere, `./name` only here.
        let anywhere = match pattern.strip_prefix("./") {
            Some(here) => here.to_owned(),
            None if pattern.contains('/') => pattern.to_owned(),
            None => format!("**/{pattern}"),
        };
        let glob = |text: &str| GlobBuilder::new(text).literal_separator(true).build();
        if let Ok(glob) = glob(&anywhere).or_else(|_| glob("**")) {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}

/// The part of package.json that this crate reads itself. Wrong types count as absent, as in Node.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Manifest {
    name: serde_json::Value,
    pub version: serde_json::Value,
    r#type: serde_json::Value,
    #[serde(rename = "sideEffects")]
    side_effects: serde_json::Value,
    browser: serde_json::Value,
    pub main: serde_json::Value,
    pub module: serde_json::Value,
    pub types: serde_json::Value,
    pub typings: serde_json::Value,
    pub exports: serde_json::Value,
    pub imports: serde_json::Value,
    pub dependencies: serde_json::Value,
    #[serde(rename = "devDependencies")]
    pub dev_dependencies: serde_json::Value,
    #[serde(rename = "peerDependencies")]
    pub peer_dependencies: serde_json::Value,
}

impl Manifest {
    /// The package.json of a directory, if there is one that can be read.
    pub fn read(disk: &Disk, directory: &Utf8Path) -> Option<Self> {
        let bytes = FileSystem::read(disk, &directory.join("package.json")).ok()?;
        serde_json::from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)).ok()
    }

    /// Keys that are paths without an extension, and their values.
    fn browser(&self, directory: &Utf8Path) -> FxHashMap<Utf8PathBuf, Option<String>> {
        let fields = self.browser.as_object().into_iter().flatten();
        let replaced = fields.filter_map(|(key, value)| {
            let file = path::join(directory, key.strip_prefix("./")?);
            let value = value.as_str().map(|value| match value.strip_prefix("./") {
                Some(inside) => path::join(directory, inside).into_string(),
                None => value.to_owned(),
            });
            let is_itself = value.as_deref() == Some(file.as_str());
            (file.extension().is_none() && !is_itself).then_some((file, value))
        });
        replaced.collect()
    }

    fn side_effects(&self) -> Option<SideEffects> {
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        match &self.side_effects {
            serde_json::Value::Bool(true) => Some(SideEffects::Unknown),
            serde_json::Value::Bool(false) => Some(SideEffects::None),
            serde_json::Value::String(pattern) => Some(SideEffects::Only(vec![pattern.clone()])),
            serde_json::Value::Array(patterns) => {
                Some(SideEffects::Only(patterns.iter().filter_map(text).collect()))
            }
            serde_json::Value::Null
            | serde_json::Value::Number(_)
            | serde_json::Value::Object(_) => None,
        }
    }
}

/// Packages by directory, as far as they were asked for.
pub struct Packages {
    /// Shared by all tasks of a scan, as the resolver is: a package.json is parsed once, not once
    /// per file below it.
    found: RwLock<FxHashMap<Utf8PathBuf, Option<Arc<Package>>>>,
    disk: Disk,
}

impl Packages {
    pub fn new(disk: Disk) -> Self {
        Self { found: RwLock::default(), disk }
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.found.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The package that a directory belongs to. The search ends at `node_modules`, which belongs to
    /// none.
    pub fn of(&self, directory: &Utf8Path) -> Option<Arc<Package>> {
        if directory.file_name() == Some("node_modules") {
            return None;
        }
        if let Some(known) =
            self.found.read().unwrap_or_else(PoisonError::into_inner).get(directory)
        {
            return known.clone();
        }
        let above = directory.parent().and_then(|parent| self.of(parent));
        let package = match Manifest::read(&self.disk, directory) {
            Some(manifest) => Some(Arc::new(package(&manifest, directory, above.as_deref()))),
            None => above,
        };
        let mut found = self.found.write().unwrap_or_else(PoisonError::into_inner);
        found.entry(directory.to_owned()).or_insert(package).clone()
    }
}

/// A nameless package.json inside an installed package only says something about its directory
/// (`{"type": "module"}`): what it leaves open, the package around it decides. Node inherits no
/// `type`, and neither do we.
fn package(manifest: &Manifest, directory: &Utf8Path, above: Option<&Package>) -> Package {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let is_installed = directory.components().any(|c| c.as_str() == "node_modules");
    let around = above.filter(|_| is_installed && manifest.name.as_str().is_none());
    let (side_effects, effects_dir) = match (manifest.side_effects(), around) {
        (Some(own), _) => (own, directory),
        (None, Some(around)) => (around.side_effects.clone(), around.effects_dir.as_path()),
        (None, None) => (SideEffects::Unknown, directory),
    };
    Package {
        name: around.map_or_else(|| text(&manifest.name), |around| around.name.clone()),
        version: around.map_or_else(|| text(&manifest.version), |around| around.version.clone()),
        dir: around.map_or(directory, |around| &around.dir).to_owned(),
        is_module_type: manifest.r#type == "module",
        side_effects,
        effects_dir: effects_dir.to_owned(),
        browser: manifest.browser(directory),
        matcher: OnceLock::new(),
    }
}
