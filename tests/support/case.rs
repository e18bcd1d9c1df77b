//! One directory as a case: the settings in case.json, and the files beside it.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{tree, work};

/// A fixture directory.
pub struct Case {
    /// The directory in the repository; tests write only `expected/` in it.
    pub directory: PathBuf,
    /// The settings in case.json.
    pub settings: Settings,
}

/// case.json. An unknown key is a failure: a misspelt one would silently test nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Settings {
    /// The point of the case where its name does not say it, or the reason for what is narrowed.
    #[serde(default, rename = "why")]
    pub _why: String,
    /// `iife`, `cjs`, `esm`; all where not said.
    pub formats: Option<Vec<String>>,
    /// `es5`, `es2017`, `esnext`; es5 and esnext where not said.
    pub targets: Option<Vec<String>>,
    /// What the program needs beyond ES5 (`Promise`): then it runs in Node only.
    #[serde(default)]
    pub needs: Vec<String>,
    /// `node`, `mujs`; both where not said.
    pub engines: Option<Vec<String>>,
    /// What to build; `main.js` where neither this nor bundle.config.json says anything.
    pub entries: Option<Vec<String>>,
    /// Files of the area that lie beside the case's own: `_vue2/show.js`.
    #[serde(default)]
    pub shares: Vec<String>,
    /// Further arguments.
    #[serde(default)]
    pub args: Vec<String>,
    /// Text that must not be in any script written: tree shaking took it out.
    #[serde(default)]
    pub absent: Vec<String>,
    /// Text that must be in the scripts written.
    #[serde(default)]
    pub present: Vec<String>,
    /// Why the case is not built minified: it looks at its own names or text.
    pub not_minified: Option<String>,
    /// Why the case is not built minified as a whole chunk.
    pub not_minified_as_chunk: Option<String>,
    /// Why the case is not built as a registry, where unused code stays.
    pub not_as_registry: Option<String>,
    /// Why the case is not built with a global name: no page global gets what it exports.
    pub no_global_name: Option<String>,
    /// The program must throw, with this in its error: what a page says when something is missing.
    pub throws: Option<String>,
    /// `false`: it is never built in chunks, although it could be; `true`: in chunks only.
    /// `why` says the reason.
    pub splits: Option<bool>,
    /// All arguments, for cases about diagnostics whose point is the command line.
    pub command: Option<Vec<String>>,
    /// Makes it a case about diagnostics even before `expected/diagnostics.txt` exists.
    pub expect: Option<Expectation>,
    /// A known failure: it must fail, and with this text.
    pub fails: Option<KnownFailure>,
}

/// What a case about diagnostics ends with.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Expectation {
    /// Exit code 1, nothing written.
    Error,
    /// Exit code 0, written, and something said.
    Warning,
}

/// A failure that is known: a pass is then an error, so that the mark goes when its reason goes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownFailure {
    /// Part of the text it fails with.
    pub with: String,
    /// Why it fails today.
    pub why: String,
}

/// Every case directory: two levels below `fixtures`, without the example projects, programs about
/// source maps, about styles, and components, which have drivers of their own.
pub fn directories(fixtures: &Path) -> Vec<PathBuf> {
    let areas = tree::folders(fixtures);
    let is_of_others = |area: &&PathBuf| {
        ["examples", "sourcemap", "styles", "vue"].iter().any(|each| area.ends_with(each))
    };
    areas.iter().filter(|area| !is_of_others(area)).flat_map(|area| tree::folders(area)).collect()
}

/// Reads case.json, if there is one.
pub fn read(directory: &Path) -> Result<Case, String> {
    let path = directory.join("case.json");
    let settings = match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| format!("case.json: {error}"))?,
        Err(_) => Settings::default(),
    };
    Ok(Case { directory: directory.to_owned(), settings })
}

impl Case {
    /// Its point is what the tool says, not what the output does.
    pub fn is_about_diagnostics(&self) -> bool {
        self.settings.expect.is_some() || self.has("expected/diagnostics.txt")
    }

    /// Is there such a file?
    pub fn has(&self, name: &str) -> bool {
        self.directory.join(name).exists()
    }

    /// The file's path, if there is one.
    pub fn file(&self, name: &str) -> Option<PathBuf> {
        self.has(name).then(|| self.directory.join(name))
    }

    /// What to build, as arguments; none where the configuration names it.
    pub fn entries(&self) -> Vec<String> {
        if let Some(entries) = &self.settings.entries {
            return entries.clone();
        }
        let config =
            fs::read_to_string(self.directory.join("bundle.config.json")).unwrap_or_default();
        let is_configured = config.contains("\"areas\"") || config.contains("\"entry\"");
        if is_configured { Vec::new() } else { vec!["main.js".to_owned()] }
    }

    /// It has several entries, or an `import()`: it can be built in chunks.
    pub fn can_split(&self) -> bool {
        let config =
            fs::read_to_string(self.directory.join("bundle.config.json")).unwrap_or_default();
        let has_several = self.entries().len() > 1 || config.contains("\"areas\"");
        let is_chosen = !self.is_about_diagnostics() && self.settings.splits != Some(false);
        is_chosen && (has_several || self.imports_dynamically() || self.starts_workers())
    }

    /// It can be compressed as a whole: it does not request a source map, which such an output does
    /// not have.
    pub fn can_be_whole(&self) -> bool {
        let config =
            fs::read_to_string(self.directory.join("bundle.config.json")).unwrap_or_default();
        let asks = |text: &String| text.contains("sourcemap");
        self.settings.not_minified_as_chunk.is_none()
            && !asks(&config)
            && !self.settings.args.iter().any(asks)
    }

    /// One of its sources has an `import()`.
    pub fn imports_dynamically(&self) -> bool {
        self.mentions("import(")
    }

    /// One of its sources has a `new Worker(new URL(…, import.meta.url))`.
    pub fn starts_workers(&self) -> bool {
        self.mentions("Worker(new URL(")
    }

    fn mentions(&self, what: &str) -> bool {
        let texts = tree::contents(&self.directory).unwrap_or_default();
        let is_source =
            |name: &str| !name.starts_with("expected/") && name != "run.js" && name != "before.js";
        let mentions = |text: &[u8]| text.windows(what.len()).any(|part| part == what.as_bytes());
        texts.iter().any(|(name, text)| is_source(name) && mentions(text))
    }

    /// Copies the input files into `to` and runs `setup.mjs` there, which makes what a repository
    /// cannot hold: pipes, unreadable files, megabytes of parentheses.
    pub fn lay_out(&self, to: &Path) -> Result<(), String> {
        tree::copy(&self.directory, to)?;
        for not_input in ["expected", "case.json", "run.js", "before.js"] {
            let path = to.join(not_input);
            let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
        for shared in &self.settings.shares {
            let from = self.directory.with_file_name(shared);
            let name = from.file_name().ok_or_else(|| format!("case.json shares {shared}"))?;
            fs::copy(&from, to.join(name)).map_err(|error| format!("{shared}: {error}"))?;
        }
        if self.has("setup.mjs") {
            let mut command = std::process::Command::new("node");
            command.arg("setup.mjs").env("REPOSITORY", work::root()).current_dir(to);
            let output = command.output();
            let output = output.map_err(|error| format!("node: {error}"))?;
            if !output.status.success() {
                return Err(format!("setup.mjs: {}", String::from_utf8_lossy(&output.stderr)));
            }
            fs::remove_file(to.join("setup.mjs")).map_err(|error| format!("setup.mjs: {error}"))?;
        }
        Ok(())
    }
}
