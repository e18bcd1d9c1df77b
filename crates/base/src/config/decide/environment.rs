//! Decides which variables of `.env` files and of the environment scripts get as constants, as Vue
//! CLI, Vite and Mix do. Only names with certain prefixes are given away: the same files hold
//! passwords.

use indexmap::IndexMap;

use super::{
    super::{Mode, Platform, dotenv::Variables},
    deciding::Deciding,
};
use crate::fs::FileKind;

/// The prefixes of Vue CLI, Vite and Mix.
const PREFIXES: [&str; 3] = ["MIX_", "VITE_", "VUE_APP_"];

impl Deciding<'_> {
    /// Adds `process.env.NAME` and `import.meta.env.NAME` to the defines, unless they, or objects
    /// that contain them, are defined.
    pub(super) fn define_environment(
        &self,
        platform: Platform,
        define: &mut IndexMap<String, String>,
    ) {
        let own: Vec<String> = define.keys().cloned().collect();
        let mut add = |object: &str, name: &str, value: serde_json::Value| {
            let is_within = |known: &String| {
                object
                    .strip_prefix(known.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            if own.iter().any(is_within) {
                return;
            }
            define.entry(format!("{object}.{name}")).or_insert_with(|| value.to_string());
        };
        let (mode, is_production) = match self.mode {
            Mode::Development => ("development", false),
            Mode::Production => ("production", true),
        };
        let variables = self.variables(mode);
        let is_page = platform == Platform::Browser;
        let base = self.raw.output.public_path.as_ref();
        let base = base.map(|path| path.value.as_str()).filter(|path| !path.is_empty());
        let base = base.unwrap_or("/");
        let mut whole = serde_json::Map::new();
        for (name, value) in &variables {
            add("import.meta.env", name, value.as_str().into());
            whole.insert(name.clone(), value.as_str().into());
            // Node has the variables themselves.
            if is_page {
                add("process.env", name, value.as_str().into());
            }
        }
        if is_page {
            add("process.env", "BASE_URL", base.into());
        }
        let known: [(&str, serde_json::Value); 5] = [
            ("BASE_URL", base.into()),
            ("DEV", (!is_production).into()),
            ("MODE", mode.into()),
            ("PROD", is_production.into()),
            ("SSR", false.into()),
        ];
        for (name, value) in known {
            add("import.meta.env", name, value.clone());
            whole.insert(name.to_owned(), value);
        }
        add("import.meta", "env", whole.into());
    }

    /// Returns the variables for scripts. Later files win, and the environment over all files.
    fn variables(&self, mode: &str) -> Vec<(String, String)> {
        let raw = self.raw.script.env.as_deref();
        let prefixes: Vec<String> = raw.map_or_else(
            || PREFIXES.map(ToOwned::to_owned).into(),
            |written| written.iter().map(|prefix| prefix.value.clone()).collect(),
        );
        let prefixes: Vec<String> = prefixes.into_iter().filter(|p| !p.is_empty()).collect();
        if prefixes.is_empty() {
            return Vec::new();
        }
        let mut variables = Variables::default();
        for ending in ["", ".local", &format!(".{mode}"), &format!(".{mode}.local")] {
            let file = self.host.project.join(format!(".env{ending}"));
            if self.host.fs.kind(&file) == Some(FileKind::File)
                && let Ok(bytes) = self.host.fs.read(&file)
            {
                variables.read(&String::from_utf8_lossy(&bytes));
            }
        }
        for (name, value) in &self.host.environment.variables {
            variables.set(name, value);
        }
        let found = variables.with_prefixes(&prefixes);
        found.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
