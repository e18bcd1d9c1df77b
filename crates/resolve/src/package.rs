//! The package.json that a file belongs to: the package's name and version, whether its `.js` files
//! are ES modules, and which of its files have side effects. It is looked up once per directory.

use std::{
    hash::{Hash, Hasher},
    sync::{Arc, OnceLock, RwLock},
};

use bundle_base::{FileSystem, config::absolute, read_lock, write_lock};
use camino::{Utf8Path, Utf8PathBuf};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::{disk::Disk, path};

/// The package that a file is part of.
#[derive(Debug)]
pub struct Package {
    /// The package's name, if it has one.
    pub name: Option<String>,
    /// The package's version, if it has one.
    pub version: Option<String>,
    /// The directory of the package.json. A nameless package.json deeper in a package
    /// (`esm/package.json`) does not count.
    pub dir: Utf8PathBuf,
    /// True if the nearest package.json has `"type": "module"`. `"commonjs"` counts as no type,
    /// because `npm init` writes it.
    pub is_module_type: bool,
    /// Which files have side effects when they run.
    pub side_effects: SideEffects,
    /// The directory that the patterns of `side_effects` are relative to.
    effects_dir: Utf8PathBuf,
    /// The entries of the nearest package.json's `browser` field whose keys have no extension: the
    /// replacement of each file, by its path without extension. `None`: the file is replaced by an
    /// empty module.
    browser: FxHashMap<Utf8PathBuf, Option<String>>,
    /// The names in the nearest package.json's `browser` field that are not paths.
    browser_names: Vec<String>,
    /// The patterns of `side_effects`, compiled on first use, because most packages are never
    /// checked.
    matcher: OnceLock<GlobSet>,
}

/// The field `sideEffects` of package.json.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum SideEffects {
    /// The field is absent or `true`: side effects are found in the code.
    #[default]
    Unknown,
    /// `false`: no file has side effects.
    None,
    /// Only files that match one of these patterns have side effects.
    Only(Vec<String>),
}

/// What the field `browser` of package.json replaces a file by.
pub(crate) enum Replacement<'p> {
    /// An empty module.
    Empty,
    /// The file of this specifier.
    File(&'p str),
}

impl Package {
    /// Returns what the `browser` field replaces a file by, if the field names the file without an
    /// extension.
    pub(crate) fn browser(&self, file: &Utf8Path) -> Option<Replacement<'_>> {
        let value = self.browser.get(&file.with_extension(""))?;
        Some(value.as_deref().map_or(Replacement::Empty, Replacement::File))
    }

    /// Returns whether the `browser` field replaces the modules of a name.
    pub fn replaces_name(&self, specifier: &str) -> bool {
        self.browser_names.iter().any(|name| name == specifier)
    }

    /// Whether something may be lost if the file is left out because none of its exports are used:
    /// the package does not promise the opposite.
    pub fn may_have_effects(&self, file: &Utf8Path) -> bool {
        match &self.side_effects {
            SideEffects::Unknown => true,
            SideEffects::None => false,
            SideEffects::Only(patterns) => {
                let Some(inside) = path::inside(&self.effects_dir, file) else { return true };
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

/// Compiles patterns by webpack's rules: a pattern without `/` matches the base name in any
/// directory, a leading `./` means the package's own directory, `*` stops at `/`. An invalid
/// pattern matches every file: an extra module is better than a lost side effect.
fn compile(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
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

/// The fields of package.json that this crate reads itself. A field of the wrong type counts as
/// absent, as in Node.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Manifest {
    pub name: serde_json::Value,
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
    /// Reads the package.json of a directory; `None` if there is none or it cannot be parsed.
    pub fn read(disk: &Disk, directory: &Utf8Path) -> Option<Self> {
        let bytes = FileSystem::read(disk, &directory.join("package.json")).ok()?;
        serde_json::from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)).ok()
    }

    /// Returns the entries of `browser` whose keys are paths without an extension.
    fn browser(&self, directory: &Utf8Path) -> FxHashMap<Utf8PathBuf, Option<String>> {
        let fields = self.browser.as_object().into_iter().flatten();
        let replaced = fields.filter_map(|(key, value)| {
            let file = absolute(directory, key.strip_prefix("./")?);
            let value = value.as_str().map(|value| match value.strip_prefix("./") {
                Some(inside) => absolute(directory, inside).into_string(),
                None => value.to_owned(),
            });
            let is_itself = value.as_deref() == Some(file.as_str());
            (file.extension().is_none() && !is_itself).then_some((file, value))
        });
        replaced.collect()
    }

    /// Returns the keys of `browser` that are not paths.
    fn browser_names(&self) -> Vec<String> {
        let keys = self.browser.as_object().into_iter().flat_map(serde_json::Map::keys);
        keys.filter(|key| !path::is_path(key)).cloned().collect()
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

/// The packages by directory, as far as they were looked up.
pub struct Packages {
    /// Locked because all tasks of a scan share it, as they share the resolver: a package.json is
    /// parsed once, not once per file below it.
    found: RwLock<FxHashMap<String, Option<Arc<Package>>>>,
    disk: Disk,
}

impl Packages {
    pub fn new(disk: Disk) -> Self {
        Self { found: RwLock::default(), disk }
    }

    /// Clears the cache.
    pub fn clear(&self) {
        write_lock(&self.found).clear();
    }

    /// Returns the package that a directory belongs to. The search upwards ends at `node_modules`,
    /// which belongs to no package.
    pub fn of(&self, directory: &Utf8Path) -> Option<Arc<Package>> {
        if directory.file_name() == Some("node_modules") {
            return None;
        }
        if let Some(known) = read_lock(&self.found).get(directory.as_str()) {
            return known.clone();
        }
        let above = directory.parent().and_then(|parent| self.of(parent));
        let package = match Manifest::read(&self.disk, directory) {
            Some(manifest) => Some(Arc::new(package(&manifest, directory, above.as_deref()))),
            None => above,
        };
        let mut found = write_lock(&self.found);
        found.entry(directory.to_string()).or_insert(package).clone()
    }
}

/// Makes the package of a directory. A nameless package.json inside an installed package describes
/// only its directory (`{"type": "module"}`); for absent fields, the surrounding package counts.
/// Node does not inherit `type`, and neither does this function.
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
        browser_names: manifest.browser_names(),
        matcher: OnceLock::new(),
    }
}
