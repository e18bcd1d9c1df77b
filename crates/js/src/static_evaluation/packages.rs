//! The files of packages that are configurations, which are read like the project's own.

use bundle_base::{config::absolute, decode::decode_lossy};
use camino::{Utf8Path, Utf8PathBuf};

use super::{literals::json, modules::ENCORE, script::Script, value::Value};

/// The modules from which WordPress configurations take their entries and names of globals.
const WORDPRESS_UTILS: [&str; 2] =
    ["@wordpress/scripts/utils", "@wordpress/dependency-extraction-webpack-plugin/lib/util"];
/// The conditions of `exports` under which Node loads a configuration.
const CONDITIONS: [&str; 5] = ["node", "import", "module-sync", "require", "default"];

impl Script<'_> {
    /// Returns the file that a package's name leads to, if the package is a configuration by its
    /// name (`@team/webpack-config`, `@team/webpack-config/rules`), or calls Encore.
    pub(super) fn configuration_of_package(&self, specifier: &str) -> Option<Utf8PathBuf> {
        let mut words = specifier.split(['/', '-', '.', '_']);
        let is_named = words.any(|word| ["config", "conf", "configs"].contains(&word))
            || WORDPRESS_UTILS.contains(&specifier);
        let file = self.file_of_package(specifier)?;
        let calls_encore = || {
            let text = self.host.fs.read(&file).unwrap_or_default();
            !specifier.starts_with("@symfony/") && decode_lossy(&text).contains(ENCORE)
        };
        (is_named || calls_encore()).then_some(file)
    }

    fn file_of_package(&self, specifier: &str) -> Option<Utf8PathBuf> {
        let folders = self.files[self.current].path.ancestors().skip(1);
        let mut folders = folders.map(|folder| folder.join("node_modules"));
        folders.find_map(|folder| {
            let path = folder.join(specifier);
            self.exported(&folder, specifier).or_else(|| {
                let main = self.manifest(&path).get("main").as_text();
                let main = main.and_then(|main| self.find(&absolute(&path, &main)));
                main.or_else(|| self.find(&path))
            })
        })
    }

    /// Returns the file that the field `exports` of a package gives. `folder`: its `node_modules`.
    fn exported(&self, folder: &Utf8Path, specifier: &str) -> Option<Utf8PathBuf> {
        let parts = if specifier.starts_with('@') { 2 } else { 1 };
        let end = specifier.match_indices('/').nth(parts - 1).map_or(specifier.len(), |(at, _)| at);
        let (name, inner) = specifier.split_at(end);
        let package = folder.join(name);
        let exports = self.manifest(&package).get("exports");
        let has_paths = exports.fields().keys().any(|key| key.starts_with('.'));
        let target = if has_paths {
            target_of(&exports.get(&format!(".{inner}")))
        } else {
            target_of(&exports).filter(|_| inner.is_empty())
        };
        self.find(&absolute(&package, &target?))
    }

    fn manifest(&self, package: &Utf8Path) -> Value {
        let text = self.host.fs.read(&package.join("package.json")).ok();
        text.map(|text| json(&decode_lossy(&text))).unwrap_or_default()
    }
}

/// Returns the path that a value of `exports` gives: the first of its conditions that holds.
fn target_of(value: &Value) -> Option<String> {
    let fields = value.fields();
    let mut holding = fields.iter().filter(|(key, _)| CONDITIONS.contains(&key.as_str()));
    let of_list = || value.elements().iter().find_map(target_of);
    let of_condition = || holding.find_map(|(_, field)| target_of(&field.value));
    value.as_text().or_else(of_condition).or_else(of_list)
}
