//! A metafile as values: of a fresh build, or of a file that another one left. What a metafile
//! lacks that our own have (esbuild's own files lack all that they do not need to be one) is
//! nothing: then less is said, and no error.

use bundle_base::{
    Diagnostics,
    config::absolute,
    decode::decode_lossy,
    diagnostic::nearest,
    fs::{FileSystem, OsFs},
};
use camino::Utf8Path;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use crate::messages;

/// What went into which output, and why.
#[derive(Debug, Deserialize)]
pub struct Facts {
    /// Modules, by key.
    pub inputs: IndexMap<String, Input>,
    /// Files, by path.
    pub outputs: IndexMap<String, Output>,
}

/// A module.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The shared bundle that it is in whoever needs it.
    pub claimed_by: Option<String>,
    /// All that it asks for, whether anything stays of it or not.
    #[serde(default)]
    pub imports: Vec<Import>,
}

/// A module asks for another.
#[derive(Debug, Deserialize)]
pub struct Import {
    pub path: String,
    #[serde(default)]
    pub external: bool,
    #[serde(default)]
    pub kind: String,
    #[serde(flatten)]
    pub place: Place,
}

/// Where it does.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Place {
    pub line: Option<u32>,
    pub column: Option<u32>,
    /// The line itself.
    pub text: Option<String>,
}

/// A file that was written.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    pub bytes: u64,
    pub gzip: Option<u64>,
    #[serde(default)]
    pub inputs: IndexMap<String, Inside>,
    #[serde(default)]
    pub imports: Vec<Import>,
    pub entry_point: Option<String>,
    pub css_bundle: Option<String>,
    /// What it is called whatever its file is called.
    pub name: Option<String>,
    #[serde(default)]
    pub needed_for: Vec<Root>,
    #[serde(default)]
    pub worker: bool,
}

/// A module in an output.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inside {
    pub bytes_in_output: u64,
    #[serde(default)]
    pub needed_by: Vec<Need>,
    #[serde(default)]
    pub has_effects: bool,
    /// If not all that the file is for need it: those that do.
    #[serde(default)]
    pub needed_for: Vec<Root>,
}

/// Somebody needs a module.
#[derive(Debug, Deserialize)]
pub struct Need {
    #[serde(flatten)]
    pub ask: Ask,
    /// The names that are taken of it.
    #[serde(default)]
    pub names: Vec<String>,
    /// Those that only pass it on.
    #[serde(default)]
    pub through: Vec<Ask>,
}

/// A line that asks for something.
#[derive(Clone, Debug, Deserialize)]
pub struct Ask {
    pub path: String,
    #[serde(default)]
    pub kind: String,
    #[serde(flatten)]
    pub place: Place,
}

/// Where evaluation may start.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Root {
    pub path: String,
    pub kind: String,
}

impl Facts {
    /// Those of a metafile.
    pub fn of(metafile: &Value) -> serde_json::Result<Self> {
        Self::deserialize(metafile)
    }

    /// All files that an entry's page loads at first: its own and what they import, scripts with
    /// their sheets.
    pub fn page(&self, entry: &str) -> Vec<(&str, &Output)> {
        let is_at_first =
            |import: &Import| matches!(import.kind.as_str(), "import-statement" | "import-rule");
        self.reached(entry, is_at_first).into_iter().collect()
    }

    /// The paths of an entry's page, and of all that it may load later.
    pub fn loaded(&self, entry: &str) -> Vec<&str> {
        self.reached(entry, |_| true).into_keys().collect()
    }

    /// An output and those that it imports, with their sheets.
    fn reached(&self, entry: &str, follows: impl Fn(&Import) -> bool) -> IndexMap<&str, &Output> {
        let mut found: IndexMap<&str, &Output> = IndexMap::new();
        let mut waiting = vec![entry];
        while let Some(path) = waiting.pop() {
            let Some((path, output)) = self.outputs.get_key_value(path) else { continue };
            if found.insert(path, output).is_some() {
                continue;
            }
            let next = output.imports.iter().filter(|import| !import.external && follows(import));
            waiting.extend(
                next.map(|import| import.path.as_str()).chain(output.css_bundle.as_deref()),
            );
        }
        found
    }

    /// Why a module is there, as an output has it; a module of another script, as that one has it.
    /// Where it does nothing by itself and others use names of it, an import that takes none is no
    /// reason.
    pub fn needed_by(&self, path: &str, module: &str) -> impl Iterator<Item = &Need> {
        let here = self.outputs.get(path).and_then(|output| output.inputs.get(module));
        // A worker is a program of its own: what it has nobody else does.
        let mut others = self.outputs.values().filter(|output| !output.worker);
        let found = here.or_else(|| others.find_map(|output| output.inputs.get(module)));
        let needs = found.map(|inside| inside.needed_by.as_slice()).unwrap_or_default();
        let is_bare = |need: &&Need| need.names.is_empty() && need.ask.kind == "import-statement";
        let has_reasons = found.is_some_and(|inside| !inside.has_effects)
            && !needs.iter().all(|need| is_bare(&need));
        needs.iter().filter(move |need| !(has_reasons && is_bare(need)))
    }

    /// The name of the entry that begins with a module.
    pub fn entry_of(&self, module: &str) -> Option<&str> {
        let begins = |(_, output): &(&str, &Output)| output.entry_point.as_deref() == Some(module);
        self.entries().find(begins).map(|(path, output)| output.called(path))
    }

    /// What brings a file onto a page: a sheet beside a script comes with that.
    pub fn roots<'f>(&'f self, path: &str, output: &'f Output) -> Vec<&'f Root> {
        let script = self
            .outputs
            .values()
            .find(|script| script.css_bundle.as_deref() == Some(path))
            .unwrap_or(output);
        script.needed_for.iter().collect()
    }

    /// Of what brings a file onto a page, what needs some of its modules, and what only loads them
    /// with others.
    pub fn split_roots<'f>(
        &'f self,
        (path, output): (&'f str, &'f Output),
        modules: impl Iterator<Item = &'f Inside>,
    ) -> (Vec<&'f Root>, Vec<&'f Root>) {
        let mut needed: Vec<&Root> = Vec::new();
        for inside in modules {
            if inside.needed_for.is_empty() {
                return (self.roots(path, output), Vec::new());
            }
            needed.extend(&inside.needed_for);
        }
        self.roots(path, output).into_iter().partition(|root| needed.contains(root))
    }

    /// Files that import or load a file, and how.
    pub fn used_by(&self, path: &str) -> Vec<(&str, &str)> {
        let mut found = Vec::new();
        for (by, output) in &self.outputs {
            let kind = output.imports.iter().find(|import| import.path == path && !import.external);
            found.extend(kind.map(|import| (by.as_str(), import.kind.as_str())));
        }
        found
    }

    /// The entries that the configuration names, with the output that each begins with.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Output)> {
        let begins = |output: &Output| output.entry_point.is_some() && !output.worker;
        self.outputs
            .iter()
            .filter(move |(_, output)| begins(output))
            .map(|(path, output)| (path.as_str(), output))
    }
}

/// Reads a stored metafile; what is wrong with it is said by the flag that named it.
pub fn read(flag: &str, file: &str, cwd: &Utf8Path) -> Result<Value, Diagnostics> {
    let path = absolute(cwd, file);
    let mut log = Diagnostics::new();
    match OsFs.read(&path) {
        Err(why) => {
            let siblings = OsFs.list(path.parent().unwrap_or(cwd)).unwrap_or_default();
            let near = nearest(
                path.file_name().unwrap_or_default(),
                siblings.iter().map(|e| e.name.as_str()),
            );
            log.push(messages::missing_metafile((flag, file), &why.to_string(), near));
        }
        Ok(bytes) => {
            let value: serde_json::Result<Value> = serde_json::from_str(&decode_lossy(&bytes));
            match value.and_then(|value| Facts::of(&value).map(|_| value)) {
                Ok(value) => return Ok(value),
                Err(why) => log.push(messages::no_metafile((flag, file), &why.to_string())),
            }
        }
    }
    Err(log)
}

impl Output {
    /// How people call it: the entry's name, or the path of the file.
    pub fn called<'o>(&'o self, path: &'o str) -> &'o str {
        self.name.as_deref().unwrap_or(path)
    }
}

/// The file that a module was made from: a component has several parts.
pub fn file_of(key: &str) -> &str {
    key.split('?').next().unwrap_or(key)
}

/// What an output is: `js`, `css`, `map`.
pub fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}
