//! Decides aliases, externals, provided names, main fields and conditions, which scan and
//! bundle_resolve read.

use camino::Utf8PathBuf;
use indexmap::IndexMap;

use super::{
    super::{
        AliasTarget, BareSpecifiersConfig, External, NodeShims, PackageJsonConfig, Platform,
        Provide, ResolveConfig, messages,
        paths::{absolute, relative},
        raw::{Origin, RawAlias, RawGlobal, Written},
    },
    deciding::Deciding,
    syntax::{dotted, has_star_in_brackets, is_path, near_identifier, without_object},
};

/// `.js` and `.mjs` come first: packages often ship TypeScript sources beside the compiled scripts,
/// and mean the scripts.
const EXTENSIONS: &[&str] =
    &[".js", ".mjs", ".ts", ".tsx", ".jsx", ".cjs", ".mts", ".cts", ".json", ".vue"];

/// Globals of Node that code for browsers may use, each with the module and the export that
/// replace it.
const GLOBALS_OF_NODE: [(&str, &str, Option<&str>); 2] =
    [("process", "process/browser", None), ("Buffer", "buffer", Some("Buffer"))];

impl Deciding<'_> {
    pub(super) fn resolve(&mut self) -> ResolveConfig {
        let platform = self.platform();
        let node = self.node_shims();
        let raw = &self.raw.resolve;
        ResolveConfig {
            platform,
            node,
            alias: self.alias(),
            externals: self.externals(),
            provide: self.provide(platform, node),
            rules: self.rules(),
            contexts: texts(raw.contexts.as_ref()).unwrap_or_default(),
            package_json: PackageJsonConfig {
                conditions: self.conditions(platform),
                main_fields: texts(raw.package_json.main_fields.as_ref())
                    .unwrap_or_else(|| owned(main_fields(platform))),
                side_effects: raw.package_json.side_effects.as_ref().is_none_or(|w| w.value),
            },
            extensions: self.extensions(),
            bare_specifiers: BareSpecifiersConfig {
                module_paths: self.module_paths(),
                prefer_relative: raw
                    .bare_specifiers
                    .prefer_relative
                    .as_ref()
                    .is_some_and(|written| written.value),
            },
            follow_symlinks: raw.follow_symlinks.as_ref().is_none_or(|w| w.value),
            tsconfig: self.tsconfig(),
        }
    }

    pub(super) fn platform(&mut self) -> Platform {
        let words = [("browser", Platform::Browser), ("node", Platform::Node)];
        self.word(self.raw.resolve.platform.as_ref(), "platform", &words)
            .unwrap_or(Platform::Browser)
    }

    fn node_shims(&mut self) -> NodeShims {
        let words = [("packages", NodeShims::Packages), ("shims", NodeShims::Shims)];
        self.word(self.raw.resolve.node.as_ref(), "value of `node`", &words)
            .unwrap_or(NodeShims::Packages)
    }

    fn alias(&mut self) -> IndexMap<String, AliasTarget> {
        let mut alias = IndexMap::new();
        for pair in &self.raw.resolve.alias {
            if pair.key.value.is_empty() || pair.key.value == "$" {
                self.log.push(messages::empty_value(&pair.key.origin, "the name of an alias"));
            }
            let target = match &pair.value.value {
                RawAlias::Nothing => AliasTarget::Ignore,
                RawAlias::To(to) if to.is_empty() => {
                    self.log.push(messages::empty_value(
                        &pair.value.origin,
                        "what the alias stands for",
                    ));
                    AliasTarget::Ignore
                }
                RawAlias::To(to) if is_relative(to) => {
                    AliasTarget::To(absolute(self.base(&pair.value.origin), to).into_string())
                }
                RawAlias::To(to) => {
                    self.check_dot(to, &pair.value.origin);
                    AliasTarget::To(to.clone())
                }
            };
            alias.insert(pair.key.value.clone(), target);
        }
        alias
    }

    /// Warns of a path that is written like a package. `js` is a package and `./js` is a path, as
    /// in webpack and Vite. If no package has this name but a file or folder does, the user means
    /// the path. The path of a flag is relative to the working directory; a path in the file may be
    /// relative to `root` or to the file.
    fn check_dot(&mut self, written: &str, origin: &Origin) {
        if written.starts_with('/') || written.contains([':', '*']) || self.is_package(written) {
            return;
        }
        let base = self.base(origin).to_owned();
        let folders = [base.clone(), self.host.project.to_owned()];
        let is_there = |path: &Utf8PathBuf| self.host.fs.kind(path).is_some();
        let Some(path) = folders.iter().map(|folder| absolute(folder, written)).find(is_there)
        else {
            return;
        };
        let path = relative(&base, &path);
        let path = if path.starts_with("../") { path } else { format!("./{path}") };
        self.log.push(messages::path_without_dot(origin, written, &path));
    }

    fn externals(&mut self) -> IndexMap<String, External> {
        let mut externals = IndexMap::new();
        for pair in &self.raw.resolve.externals {
            if pair.key.value.is_empty() {
                self.log.push(messages::empty_value(&pair.key.origin, "the name of an external"));
            }
            let (key, origin) = (&pair.key.value, &pair.value.origin);
            let (global, handle) = match &pair.value.value {
                RawGlobal::Named(global) => (Some(global), None),
                RawGlobal::Handled { global, handle } => (global.as_ref(), Some(handle.clone())),
                RawGlobal::Unnamed | RawGlobal::Bundled => (None, None),
            };
            let keeps_text = global.is_some_and(|global| has_star_in_brackets(global));
            let global = global.map(|global| self.global_of_external(key, global, origin));
            let is_bundled = pair.value.value == RawGlobal::Bundled;
            externals.insert(key.clone(), External { global, keeps_text, handle, is_bundled });
        }
        externals
    }

    /// Returns the global of an external. `*` in it means the text that `*` in the specifier
    /// matches.
    fn global_of_external(&mut self, key: &str, written: &str, origin: &Origin) -> String {
        let matched = "matched";
        let has_star = key.contains('*') && written.contains('*') && !written.contains(matched);
        let plain = if has_star { written.replacen('*', matched, 1) } else { written.to_owned() };
        let path = dotted(&plain).unwrap_or_else(|| {
            let near = near_identifier(without_object(written));
            let near = near.filter(|_| !written.contains(['[', '*']));
            self.log.push(messages::bad_external(origin, written, near.as_deref()));
            plain
        });
        let path = without_object(&path);
        if has_star { path.replacen(matched, "*", 1) } else { path.to_owned() }
    }

    fn provide(&mut self, platform: Platform, node: NodeShims) -> IndexMap<String, Provide> {
        let mut provide = IndexMap::new();
        for pair in &self.raw.resolve.provide {
            if !is_path(&pair.key.value) {
                let (origin, name) = (&pair.key.origin, &pair.key.value);
                self.log.push(messages::bad_identifier(origin, "a provided name", name));
            }
            let (specifier, export) = &pair.value.value;
            if specifier.is_empty() {
                self.log.push(messages::empty_value(&pair.value.origin, "the provided module"));
            }
            let specifier = if is_relative(specifier) {
                absolute(self.base(&pair.value.origin), specifier).into_string()
            } else {
                self.check_dot(specifier, &pair.value.origin);
                specifier.clone()
            };
            let (export, is_implied) = (export.clone(), false);
            provide.insert(pair.key.value.clone(), Provide { specifier, export, is_implied });
        }
        if platform == Platform::Browser {
            self.provide_globals_of_node(node, &mut provide);
        }
        provide
    }

    /// Adds the globals of Node for which a package is installed, as browserify and webpack 4 do.
    fn provide_globals_of_node(&self, node: NodeShims, provide: &mut IndexMap<String, Provide>) {
        for (name, specifier, export) in GLOBALS_OF_NODE {
            let is_defined = self.raw.script.define.iter().any(|pair| pair.key.value == name);
            let specifier = match (self.is_package(specifier), node) {
                (true, _) => specifier,
                (false, NodeShims::Shims) if name == "process" => name,
                (false, _) => continue,
            };
            if !is_defined && !provide.contains_key(name) {
                let (specifier, export) = (specifier.to_owned(), export.map(ToOwned::to_owned));
                provide.insert(name.to_owned(), Provide { specifier, export, is_implied: true });
            }
        }
    }

    /// Returns the conditions. Configured ones replace those of the platform. The mode's condition
    /// always applies, because packages use it by name.
    fn conditions(&self, platform: Platform) -> Vec<String> {
        let default = match platform {
            Platform::Browser => &["browser", "module"][..],
            Platform::Node => &["node", "module"],
        };
        let mut conditions = texts(self.raw.resolve.package_json.conditions.as_ref())
            .unwrap_or_else(|| owned(default));
        if !conditions.iter().any(|c| matches!(c.as_str(), "development" | "production")) {
            conditions.push(self.mode.name().to_owned());
        }
        conditions
    }

    fn extensions(&mut self) -> Vec<String> {
        let Some(written) = &self.raw.resolve.extensions else { return owned(EXTENSIONS) };
        for extension in written.iter().filter(|e| !e.value.starts_with('.') || e.value.len() < 2) {
            self.log.push(messages::bad_extension(
                &extension.origin,
                extension.value.trim_start_matches('.'),
            ));
        }
        written.iter().map(|e| e.value.clone()).collect()
    }

    fn module_paths(&mut self) -> Vec<String> {
        let packages = "node_modules";
        let written = self.raw.resolve.bare_specifiers.module_paths.as_deref().unwrap_or_default();
        let is_packages =
            |path: &str| path.trim_start_matches("./").trim_end_matches('/') == packages;
        let of_packages = written.iter().position(|path| is_packages(&path.value));
        let (first, last) = written.split_at(of_packages.unwrap_or(written.len()));
        let last = last.split_first().map_or(last, |(_, last)| last);
        let first = self.existing_folders(first);
        let last = self.existing_folders(last);
        let paths = |folders: Vec<Utf8PathBuf>| folders.into_iter().map(Utf8PathBuf::into_string);
        paths(first).chain([packages.to_owned()]).chain(paths(last)).collect()
    }

    fn tsconfig(&mut self) -> Option<Utf8PathBuf> {
        let written = self.raw.resolve.tsconfig.as_ref()?;
        // Relative to the configuration file, not to the sources, because other tools expect it
        // there.
        let base = match &written.origin {
            Origin::Flag(_) | Origin::Argument => self.host.cwd,
            Origin::Place(_) => self.host.project,
        };
        let path = absolute(base, &written.value);
        if let Err(why) = self.host.fs.read(&path) {
            self.log.push(messages::missing_tsconfig(&written.origin, &written.value, &why));
        }
        Some(path)
    }
}

/// Returns the main fields that users of esbuild and webpack expect: pages prefer ES modules, Node
/// prefers what every package is tested with.
fn main_fields(platform: Platform) -> &'static [&'static str] {
    match platform {
        Platform::Browser => &["browser", "module", "main"],
        Platform::Node => &["main", "module"],
    }
}

fn is_relative(specifier: &str) -> bool {
    matches!(specifier, "." | "..") || specifier.starts_with("./") || specifier.starts_with("../")
}

fn texts(written: Option<&Vec<Written<String>>>) -> Option<Vec<String>> {
    written.map(|list| list.iter().map(|w| w.value.clone()).collect())
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&t| t.to_owned()).collect()
}
