//! What the project is: its folder, its package.json and what is installed.

use std::sync::Arc;

use bundle_base::{FileSystem, fs::FileKind};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value as Json;

/// A project as `bundle init` finds it.
pub struct ProjectFacts {
    /// Its folder.
    pub project: Utf8PathBuf,
    /// The disk.
    pub fs: Arc<dyn FileSystem>,
    /// package.json; `Null` without one.
    pub package: Json,
    /// composer.json; `Null` without one.
    pub composer: Json,
    /// The PHP framework.
    pub framework: Framework,
}

/// A framework, known by the files that every project of it has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Framework {
    /// Laravel.
    Laravel,
    /// CodeIgniter 3.
    CodeIgniter3,
    /// CodeIgniter 4.
    CodeIgniter4,
    /// Symfony.
    Symfony,
    /// A theme of WordPress.
    WordPress,
    /// PHP pages without a framework.
    PlainPhp,
    /// No PHP.
    None,
}

impl ProjectFacts {
    /// Looks at a project.
    pub fn of(project: &Utf8Path, fs: Arc<dyn FileSystem>) -> Self {
        let json = |name: &str| {
            let bytes = fs.read(&project.join(name)).unwrap_or_default();
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
            serde_json::from_slice(text).unwrap_or(Json::Null)
        };
        let (package, composer) = (json("package.json"), json("composer.json"));
        let project = project.to_owned();
        let mut facts = Self { project, fs, package, composer, framework: Framework::None };
        facts.framework = facts.find_framework();
        facts
    }

    /// Whether a file or folder of the project exists.
    pub fn has(&self, path: &str) -> bool {
        self.fs.kind(&self.project.join(path)).is_some()
    }

    /// Whether a path relative to the project is a file.
    pub fn is_file(&self, path: &str) -> bool {
        self.fs.kind(&self.project.join(path)) == Some(FileKind::File)
    }

    /// Returns the names of the files in the project's folder.
    pub fn files(&self) -> Vec<String> {
        let entries = self.fs.list(&self.project).unwrap_or_default().into_iter();
        entries.filter(|entry| entry.kind == Some(FileKind::File)).map(|entry| entry.name).collect()
    }

    /// Returns a path relative to the project, or as it is if it is outside.
    pub fn below<'p>(&self, path: &'p Utf8Path) -> &'p Utf8Path {
        path.strip_prefix(&self.project).unwrap_or(path)
    }

    /// Returns a path as messages show it: relative to the project, even if it is outside.
    pub fn shown(&self, path: &Utf8Path) -> String {
        bundle_base::config::relative(&self.project, path)
    }

    /// Returns the variables of package.json that npm sets for scripts: `npm_package_version`,
    /// `npm_package_config_port`.
    pub fn variables(&self) -> Vec<(String, String)> {
        fn add(name: &str, value: &Json, found: &mut Vec<(String, String)>) {
            match value {
                Json::Object(fields) => {
                    fields.iter().for_each(|(key, one)| add(&format!("{name}_{key}"), one, found));
                }
                Json::Array(items) => {
                    let items = items.iter().enumerate();
                    items.for_each(|(key, one)| add(&format!("{name}_{key}"), one, found));
                }
                Json::String(text) => found.push((name.to_owned(), text.clone())),
                Json::Null | Json::Bool(false) => found.push((name.to_owned(), String::new())),
                Json::Number(_) | Json::Bool(true) => {
                    found.push((name.to_owned(), value.to_string()));
                }
            }
        }
        let mut found = Vec::new();
        for key in ["name", "version", "config", "engines", "bin"] {
            if let Some(value) = self.package.get(key) {
                add(&format!("npm_package_{key}"), value, &mut found);
            }
        }
        found
    }

    /// Returns the version range of a package that package.json names.
    pub fn range(&self, package: &str) -> Option<&str> {
        ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"]
            .iter()
            .find_map(|group| self.package.get(group)?.get(package)?.as_str())
    }

    /// Returns the major version of the webpack that the project, or the tool that runs it, has.
    pub fn webpack(&self) -> Option<u32> {
        // The versions of tools from which on they run webpack 4, and webpack 5.
        const TOOLS: [(&str, u32, u32); 7] = [
            ("laravel-mix", 4, 6),
            ("@vue/cli-service", 3, 5),
            ("@symfony/webpack-encore", 0, 1),
            ("@wordpress/scripts", 0, 18),
            ("@roots/bud", 0, 0),
            ("react-scripts", 2, 5),
            ("cgb-scripts", u32::MAX, u32::MAX),
        ];
        let of_tool = |(package, first_4, first_5): (&str, u32, u32)| {
            let major = self.major(package)?;
            Some(3 + u32::from(major >= first_4) + u32::from(major >= first_5))
        };
        self.major("webpack").or_else(|| TOOLS.into_iter().find_map(of_tool))
    }

    /// Returns the file that `require` of an installed package, or of a file in it, loads, relative
    /// to the project.
    pub fn main_file(&self, specifier: &str) -> Option<String> {
        let path = format!("node_modules/{specifier}");
        let manifest = self.fs.read(&self.project.join(&path).join("package.json")).ok();
        let manifest: Option<Json> = manifest.and_then(|text| serde_json::from_slice(&text).ok());
        let main = manifest.as_ref().and_then(|json| json.get("main")?.as_str()).unwrap_or("index");
        let main = format!("{path}/{}", main.trim_start_matches("./"));
        let ends = ["", ".js", "/index.js"];
        let candidates =
            [path, main].into_iter().flat_map(|path| ends.map(|end| format!("{path}{end}")));
        candidates.into_iter().find(|path| self.is_file(path))
    }

    /// Returns the packages that the project's scripts may import, as package.json names them.
    pub fn dependencies(&self) -> Vec<String> {
        let groups = ["dependencies", "devDependencies"];
        let names = groups.iter().filter_map(|group| self.package.get(group)?.as_object());
        names.flat_map(|packages| packages.keys().cloned()).collect()
    }

    /// Returns the major version of a package: of the installed one, or the smallest in its range.
    pub fn major(&self, package: &str) -> Option<u32> {
        let installed = self.project.join(format!("node_modules/{package}/package.json"));
        let installed = self.fs.read(&installed).ok();
        let installed: Option<Json> = installed.and_then(|t| serde_json::from_slice(&t).ok());
        let version = installed.as_ref().and_then(|json| json.get("version")?.as_str());
        let version = version.or_else(|| self.range(package))?;
        let digits = version.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }

    /// Returns the text of a file; nothing if it cannot be read.
    pub fn text(&self, path: &Utf8Path) -> String {
        String::from_utf8_lossy(&self.fs.read(path).unwrap_or_default()).into_owned()
    }

    fn find_framework(&self) -> Framework {
        let requires =
            |name: &str| self.composer.get("require").is_some_and(|r| r.get(name).is_some());
        if self.has("artisan") || requires("laravel/framework") {
            Framework::Laravel
        } else if self.has("spark") || requires("codeigniter4/framework") {
            Framework::CodeIgniter4
        } else if self.has("application/config/config.php")
            || self.has("system/core/CodeIgniter.php")
        {
            Framework::CodeIgniter3
        } else if self.has("symfony.lock")
            || self.has("bin/console")
            || requires("symfony/framework-bundle")
        {
            Framework::Symfony
        } else if self.has("functions.php") && self.has("style.css") || self.has("wp-config.php") {
            Framework::WordPress
        } else if self.has("composer.json") || self.has_php() {
            Framework::PlainPhp
        } else {
            Framework::None
        }
    }

    fn has_php(&self) -> bool {
        let names = self.fs.list(&self.project).unwrap_or_default();
        names.iter().any(|entry| entry.kind == Some(FileKind::File) && entry.name.ends_with(".php"))
    }
}

/// Returns what a script requires or imports, as it is written.
pub fn required(text: &str) -> impl Iterator<Item = &str> {
    let after =
        ["require(", "from ", "import "].into_iter().flat_map(|word| text.split(word).skip(1));
    after.filter_map(|rest| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    })
}

impl Framework {
    /// Returns its name, as messages show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Laravel => "Laravel",
            Self::CodeIgniter3 => "CodeIgniter 3",
            Self::CodeIgniter4 => "CodeIgniter 4",
            Self::Symfony => "Symfony",
            Self::WordPress => "a theme of WordPress",
            Self::PlainPhp => "PHP pages",
            Self::None => "no PHP",
        }
    }

    /// Returns the folders whose files reload the page when they change, as patterns.
    pub fn views(self) -> &'static [&'static str] {
        match self {
            Self::Laravel => &["resources/views/**/*.php"],
            Self::CodeIgniter3 => &["application/views/**/*.php"],
            Self::CodeIgniter4 => &["app/Views/**/*.php"],
            Self::Symfony => &["templates/**/*.twig"],
            Self::WordPress => &["**/*.php"],
            Self::PlainPhp | Self::None => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use bundle_base::fs::MemoryFs;

    use super::*;

    #[test]
    fn paths_outside_the_project() {
        let facts = ProjectFacts::of(Utf8Path::new("/home/site"), Arc::new(MemoryFs::new()));
        assert_eq!(facts.shown(Utf8Path::new("/home/site/build/webpack.js")), "build/webpack.js");
        assert_eq!(facts.shown(Utf8Path::new("/home/shared/webpack.js")), "../shared/webpack.js");
    }
}
