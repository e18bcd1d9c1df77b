//! The cause of a package that is not installed, has no entry, or does not export a path.

use bundle_base::{
    FileSystem,
    config::{Format, Platform, absolute},
    diagnostic::{nearest, typing_mistakes},
    fs::FileKind,
};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use super::{
    exports::{condition_names, exported_at, exported_paths},
    request::Explain,
};
use crate::{
    answer::RequestSyntax,
    failure::{Conditions, Declared, MissingFile, MissingPackage, NotExported, Reason},
    package::Manifest,
    path,
};

/// The files that Yarn Plug'n'Play writes instead of `node_modules`.
const PNP_MANIFESTS: [&str; 3] = [".pnp.cjs", ".pnp.js", ".pnp.data.json"];

/// Lock files, and the install command of their package manager.
const LOCK_FILES: [(&str, &str); 5] = [
    ("pnpm-lock.yaml", "pnpm add"),
    ("yarn.lock", "yarn add"),
    ("bun.lock", "bun add"),
    ("bun.lockb", "bun add"),
    ("package-lock.json", "npm install"),
];

/// The most exported paths that a message names.
const NAMED: usize = 6;

impl Explain<'_> {
    /// Returns the reason why a bare specifier leads nowhere: the package is not installed, or it
    /// lacks the path.
    pub(super) fn missing_package(&self, specifier: &str) -> Reason {
        if let Some(reason) = self.in_installed_package(specifier) {
            return reason;
        }
        let (package, subpath) = path::split_package(specifier);
        if let Some(wanted) = self.in_module_paths(specifier) {
            return self.missing_at(&wanted, None);
        }
        if let Some(manifest) = self.upwards().find_map(|directory| self.pnp_manifest(directory)) {
            return Reason::YarnPnp {
                package: package.to_owned(),
                manifest: self.shown(&manifest),
            };
        }
        // Names of packages have no capitals.
        let is_scoped = package.contains('/') && !package.contains(|c: char| c.is_uppercase());
        let looks_like_alias =
            package == "~" || package.starts_with("@/") || (package.starts_with('@') && !is_scoped);
        if !looks_like_alias && !is_package_name(package) {
            return Reason::NotAName;
        }
        Reason::MissingPackage(MissingPackage {
            package: package.to_owned(),
            near: self.relative_file(specifier).or_else(|| self.near_package(package, subpath)),
            install: self.install().to_owned(),
            declared: self.declared(package),
            is_for_pages: self.format == Format::Iife && self.config.platform == Platform::Browser,
            looks_like_alias,
        })
    }

    /// Returns the reason why a package that is installed, or the importer's own package by its
    /// name, lacks the path of a bare specifier.
    pub(super) fn in_installed_package(&self, specifier: &str) -> Option<Reason> {
        let (package, subpath) = path::split_package(specifier);
        let own = self.nearest_manifest().filter(|(_, own)| own.name == package);
        if let Some((directory, manifest)) = own
            && !manifest.exports.is_null()
        {
            return Some(self.missing_target(&manifest, subpath, directory));
        }
        let mut homes = self.node_modules().map(|home| home.join(package));
        let directory =
            homes.find(|directory| self.disk.kind(directory) == Some(FileKind::Directory))?;
        Some(self.missing_in(package, subpath, &directory))
    }

    /// Returns the path that a bare specifier has in a folder of `modulePaths`, or beside the
    /// importer with `preferRelative`; `None` if none of them has its first part.
    fn in_module_paths(&self, specifier: &str) -> Option<Utf8PathBuf> {
        let plain = path::without_query(specifier);
        let (first, _) = plain.split_once('/')?;
        let bare = &self.config.bare_specifiers;
        let beside = bare.prefer_relative.then_some(self.directory);
        let paths = bare.module_paths.iter().filter(|path| *path != "node_modules");
        let has_first =
            |folder: &&Utf8Path| self.disk.kind(&folder.join(first)) == Some(FileKind::Directory);
        let mut folders = beside.into_iter().chain(paths.map(Utf8Path::new));
        folders.find(has_first).map(|folder| folder.join(plain))
    }

    fn missing_in(&self, package: &str, subpath: &str, directory: &Utf8Path) -> Reason {
        let manifest = Manifest::read(self.disk, directory);
        if let Some(manifest) = manifest.as_ref().filter(|manifest| !manifest.exports.is_null()) {
            return self.missing_target(manifest, subpath, directory);
        }
        if !subpath.is_empty() {
            let named = named(package, manifest.as_ref());
            return self.missing_at(&directory.join(subpath), Some(&named));
        }
        let manifest = manifest.unwrap_or_default();
        let field = |name: &str, value: &Value| Some((name.to_owned(), value.as_str()?.to_owned()));
        let fields = [field("module", &manifest.module), field("main", &manifest.main)];
        let has_types = manifest.types.is_string()
            || manifest.typings.is_string()
            || package.starts_with("@types/");
        Reason::NoEntry {
            package: package.to_owned(),
            fields: fields.into_iter().flatten().collect(),
            has_types,
        }
    }

    /// Returns the reason for a path that `exports` contain, but whose file does not exist: the
    /// package was not built, or is damaged.
    fn missing_target(&self, manifest: &Manifest, subpath: &str, directory: &Utf8Path) -> Reason {
        let key = if subpath.is_empty() { ".".to_owned() } else { format!("./{subpath}") };
        let found = exported_at(&manifest.exports, &key);
        let target =
            found.and_then(|(value, rest)| Some(self.target(Some(value))?.replace('*', rest)));
        let package_json = self.shown(&directory.join("package.json"));
        match target {
            Some(target) => Reason::BrokenPackage {
                package_json,
                problem: format!(
                    "\"exports\" says that \"{key}\" is \"{target}\", but that file does not exist"
                ),
            },
            None => Reason::MissingFile(MissingFile {
                wanted: self.shown(&directory.join(subpath)),
                missing_directory: None,
                near: None,
                package: Some(named(path::split_package(self.specifier).0, Some(manifest))),
                beside: Vec::new(),
                extensions: Vec::new(),
            }),
        }
    }

    /// Returns the first file of a value of `exports` under the conditions that hold.
    pub(super) fn target<'v>(&self, value: Option<&'v Value>) -> Option<&'v str> {
        match value? {
            Value::String(target) => Some(target),
            Value::Array(targets) => targets.iter().find_map(|target| self.target(Some(target))),
            Value::Object(conditions) => {
                let holding = self.conditions();
                let mut fits = conditions
                    .iter()
                    .filter(|(name, _)| *name == "default" || holding.contains(*name));
                fits.find_map(|(_, target)| self.target(Some(target)))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => None,
        }
    }

    fn conditions(&self) -> Vec<String> {
        let syntax = if self.kind == RequestSyntax::Require { "require" } else { "import" };
        self.config.package_json.conditions.iter().cloned().chain([syntax.to_owned()]).collect()
    }

    /// Returns the reason why the `exports` of a package do not contain a path, or contain it only
    /// under conditions that do not hold.
    pub(super) fn not_exported(&self, subpath: &str, directory: &Utf8Path) -> Reason {
        let manifest = Manifest::read(self.disk, directory).unwrap_or_default();
        let wanted = exported_at(&manifest.exports, subpath)
            .map(|(value, _)| condition_names(value))
            .unwrap_or_default();
        let package = path::split_package(self.specifier).0;
        let paths = exported_paths(&manifest.exports);
        let mut exported: Vec<String> = paths
            .into_iter()
            .map(|path| format!("{package}{}", path.strip_prefix('.').unwrap_or(&path)))
            .collect();
        if let Some(near) =
            nearest(self.specifier, exported.iter().map(String::as_str)).map(str::to_owned)
        {
            exported.retain(|path| *path != near);
            exported.insert(0, near);
        }
        exported.truncate(NAMED);
        Reason::NotExported(NotExported {
            package: named(package, Some(&manifest)),
            folder: directory.to_owned(),
            subpath: subpath.to_owned(),
            exported,
            conditions: (!wanted.is_empty())
                .then(|| Conditions { wanted, given: self.conditions() }),
            is_there: subpath != "."
                && self.disk.kind(&directory.join(subpath)) == Some(FileKind::File),
        })
    }

    fn upwards(&self) -> impl Iterator<Item = &Utf8Path> {
        self.directory.ancestors()
    }

    fn node_modules(&self) -> impl Iterator<Item = Utf8PathBuf> {
        self.upwards()
            .filter(|d| d.file_name() != Some("node_modules"))
            .map(|d| d.join("node_modules"))
    }

    fn pnp_manifest(&self, directory: &Utf8Path) -> Option<Utf8PathBuf> {
        let files = PNP_MANIFESTS.iter().map(|name| directory.join(name));
        files.into_iter().find(|file| self.disk.kind(file) == Some(FileKind::File))
    }

    /// Returns a relative specifier for `import "counter"` beside a `counter.js`: the `./` was
    /// forgotten.
    fn relative_file(&self, specifier: &str) -> Option<String> {
        let file = self.directory.join(specifier);
        let extensions =
            std::iter::once("").chain(self.config.extensions.iter().map(String::as_str));
        let mut files = extensions.map(|extension| Utf8PathBuf::from(format!("{file}{extension}")));
        files
            .any(|file| self.disk.kind(&file) == Some(FileKind::File))
            .then(|| format!("./{}", self.specifier))
    }

    /// Returns the specifier with the name of an installed package that is similar.
    fn near_package(&self, package: &str, subpath: &str) -> Option<String> {
        let mut installed = Vec::new();
        for home in self.node_modules() {
            for entry in self.disk.list(&home).unwrap_or_default() {
                if entry.name.starts_with('@') && package.starts_with('@') {
                    let scoped = self.disk.list(&home.join(&entry.name)).unwrap_or_default();
                    installed.extend(
                        scoped.into_iter().map(|inner| format!("{}/{}", entry.name, inner.name)),
                    );
                } else if !entry.name.starts_with(['.', '@']) {
                    installed.push(entry.name);
                }
            }
        }
        // It may be a link to a folder that does not exist.
        installed.retain(|name| name != package);
        let lower = package.to_lowercase();
        let same = installed.iter().map(String::as_str).find(|name| name.to_lowercase() == lower);
        // Some of hundreds of packages is always similar: one mistake in three letters at most.
        let is_similar = |near: &&str| typing_mistakes(package, near) * 3 <= package.len();
        let near = || nearest(package, installed.iter().map(String::as_str)).filter(is_similar);
        let near = same.or_else(near)?;
        Some(if subpath.is_empty() { near.to_owned() } else { format!("{near}/{subpath}") })
    }

    fn install(&self) -> &'static str {
        let lock = |directory: &Utf8Path| {
            let exists =
                |(name, _): &&(&str, &str)| self.disk.kind(&directory.join(name)).is_some();
            LOCK_FILES.iter().find(exists).map(|(_, command)| *command)
        };
        self.upwards().find_map(lock).unwrap_or("npm install")
    }

    /// Returns the package.json that the importer belongs to, and its folder.
    fn nearest_manifest(&self) -> Option<(&Utf8Path, Manifest)> {
        self.upwards()
            .find_map(|directory| Some((directory, Manifest::read(self.disk, directory)?)))
    }

    fn declared(&self, package: &str) -> Option<Declared> {
        let (folder, manifest) = self.nearest_manifest()?;
        let lists = |field: &Value| field.get(package).is_some();
        let is_peer = lists(&manifest.peer_dependencies);
        let is_installed = self.directory.components().any(|c| c.as_str() == "node_modules");
        // The `devDependencies` of an installed package are not installed with it.
        let is_listed = is_peer
            || lists(&manifest.dependencies)
            || !is_installed && lists(&manifest.dev_dependencies);
        let version = [&manifest.dependencies, &manifest.dev_dependencies]
            .into_iter()
            .find_map(|field| field.get(package)?.as_str());
        let link = version.and_then(|version| {
            version.strip_prefix("file:").or_else(|| version.strip_prefix("link:"))
        });
        let link = link.map(|path| absolute(folder, path));
        is_listed.then(|| Declared {
            package_json: self.shown(&folder.join("package.json")),
            is_peer,
            missing_link: link
                .filter(|path| self.disk.kind(path).is_none())
                .map(|path| self.shown(&path)),
        })
    }
}

/// Returns a package's name with its version, so that the user can compare it with the
/// documentation.
fn named(package: &str, manifest: Option<&Manifest>) -> String {
    match manifest.and_then(|manifest| manifest.version.as_str()) {
        Some(version) => format!("{package} {version}"),
        None => package.to_owned(),
    }
}

/// Whether npm accepts a name for a package. The check is a little more lenient than npm.
fn is_package_name(name: &str) -> bool {
    let bare = name.strip_prefix('@').unwrap_or(name);
    let is_allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '/');
    !bare.is_empty() && !bare.starts_with('.') && bare.chars().all(is_allowed)
}
