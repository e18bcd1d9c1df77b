//! A metafile as typed values, from a fresh build or from a stored file. Fields that are missing,
//! as in metafiles of esbuild, are empty: the answers then hold less, and no error is reported.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// What went into which output, and why.
#[derive(Debug, Deserialize)]
pub struct Metafile {
    /// The modules, by key.
    pub inputs: IndexMap<String, Input>,
    /// The output files, by path.
    pub outputs: IndexMap<String, Output>,
}

/// A module.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The manual chunk of `shared` that claims the module.
    pub claimed_by: Option<String>,
    /// All imports of the module, including those that tree shaking removed.
    #[serde(default)]
    pub imports: Vec<Import>,
}

/// One import of a module or of an output.
#[derive(Debug, Deserialize)]
pub struct Import {
    /// The key of the module or the path of the output; the specifier of an external.
    pub path: String,
    /// It is not in any output.
    #[serde(default)]
    pub external: bool,
    /// esbuild's name of the kind: `import-statement`, `require-call`.
    #[serde(default)]
    pub kind: String,
    /// The place in its source.
    #[serde(flatten)]
    pub place: ImportPlace,
}

/// The place of an import in its source.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ImportPlace {
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column, from 1.
    pub column: Option<u32>,
    /// The text of the line.
    pub text: Option<String>,
}

/// A file that was written.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// Its size.
    pub bytes: u64,
    /// Its size after gzip, if it was measured.
    pub gzip: Option<u64>,
    /// The modules in it, by key.
    #[serde(default)]
    pub inputs: IndexMap<String, Inside>,
    /// The outputs that it needs or loads, and externals.
    #[serde(default)]
    pub imports: Vec<Import>,
    /// The module that it begins with, if it is the script of an entry.
    pub entry_point: Option<String>,
    /// The stylesheet that belongs to it.
    pub css_bundle: Option<String>,
    /// A name that does not depend on the file's name and hash.
    pub name: Option<String>,
    /// The roots that load it.
    #[serde(default)]
    pub needed_for: Vec<EntryPoint>,
    /// It is the script of a worker.
    #[serde(default)]
    pub worker: bool,
}

/// A module in an output.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inside {
    /// The bytes of the output that come from the module.
    pub bytes_in_output: u64,
    /// The reasons why it is there.
    #[serde(default)]
    pub needed_by: Vec<Need>,
    /// It has side effects of its own.
    #[serde(default)]
    pub has_effects: bool,
    /// The roots that need the module, if not all roots of the file do; otherwise empty.
    #[serde(default)]
    pub needed_for: Vec<EntryPoint>,
}

/// One reason why a module is needed.
#[derive(Debug, Deserialize)]
pub struct Need {
    /// The place that imports it.
    #[serde(flatten)]
    pub ask: ImportSite,
    /// The exports that the importer uses.
    #[serde(default)]
    pub names: Vec<String>,
    /// The modules in between that only re-export the module.
    #[serde(default)]
    pub through: Vec<ImportSite>,
}

/// One place that imports something.
#[derive(Clone, Debug, Deserialize)]
pub struct ImportSite {
    /// The key of the module with the import.
    pub path: String,
    /// esbuild's name of the kind.
    #[serde(default)]
    pub kind: String,
    /// The place in that module.
    #[serde(flatten)]
    pub place: ImportPlace,
}

/// A starting point of evaluation: an entry, a dynamic import or a worker.
#[derive(Debug, PartialEq, Deserialize)]
pub struct EntryPoint {
    /// The key of its first module.
    pub path: String,
    /// `entry-point`, `dynamic-import` or `worker`.
    pub kind: String,
}

impl Metafile {
    /// Reads a metafile.
    pub fn of(metafile: &Value) -> serde_json::Result<Self> {
        Self::deserialize(metafile)
    }

    /// Returns all files that an entry's page loads at first: its own output and those that it
    /// imports, scripts with their stylesheets.
    pub fn page(&self, entry: &str) -> Vec<(&str, &Output)> {
        let is_at_first =
            |import: &Import| matches!(import.kind.as_str(), "import-statement" | "import-rule");
        self.reached(entry, is_at_first).into_iter().collect()
    }

    /// Returns the paths of all outputs that an entry's page loads at first or may load later.
    pub fn loaded(&self, entry: &str) -> Vec<&str> {
        self.reached(entry, |_| true).into_keys().collect()
    }

    /// Returns an output and those that it reaches through imports, with their stylesheets.
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

    /// Returns why a module is needed, as the output at `path` records it, or as another output
    /// does if this one lacks the module. If the module has no effects and other reasons exist, a
    /// bare import without names is left out.
    pub fn needed_by(&self, path: &str, module: &str) -> impl Iterator<Item = &Need> {
        let here = self.outputs.get(path).and_then(|output| output.inputs.get(module));
        // A worker is a separate program, so its reasons do not explain other outputs.
        let mut others = self.outputs.values().filter(|output| !output.worker);
        let found = here.or_else(|| others.find_map(|output| output.inputs.get(module)));
        let needs = found.map(|inside| inside.needed_by.as_slice()).unwrap_or_default();
        let is_bare = |need: &&Need| need.names.is_empty() && need.ask.kind == "import-statement";
        let has_reasons = found.is_some_and(|inside| !inside.has_effects)
            && !needs.iter().all(|need| is_bare(&need));
        needs.iter().filter(move |need| !(has_reasons && is_bare(need)))
    }

    /// Returns the name of the entry whose first module this is.
    pub fn entry_of(&self, module: &str) -> Option<&str> {
        let begins = |(_, output): &(&str, &Output)| output.entry_point.as_deref() == Some(module);
        self.entries().find(begins).map(|(path, output)| output.called(path))
    }

    /// Returns the roots that load a file. A stylesheet beside a script is loaded with the script.
    pub fn roots<'f>(&'f self, path: &str, output: &'f Output) -> Vec<&'f EntryPoint> {
        let script = self
            .outputs
            .values()
            .find(|script| script.css_bundle.as_deref() == Some(path))
            .unwrap_or(output);
        script.needed_for.iter().collect()
    }

    /// Splits the roots that load a file into those that need some of these modules, and those that
    /// only load them with others.
    pub fn split_roots<'f>(
        &'f self,
        path: &'f str,
        output: &'f Output,
        modules: impl Iterator<Item = &'f Inside>,
    ) -> (Vec<&'f EntryPoint>, Vec<&'f EntryPoint>) {
        let mut needed: Vec<&EntryPoint> = Vec::new();
        for inside in modules {
            if inside.needed_for.is_empty() {
                return (self.roots(path, output), Vec::new());
            }
            needed.extend(&inside.needed_for);
        }
        self.roots(path, output).into_iter().partition(|root| needed.contains(root))
    }

    /// Returns the outputs that import or load a file, and how.
    pub fn used_by(&self, path: &str) -> Vec<(&str, &str)> {
        let mut found = Vec::new();
        for (by, output) in &self.outputs {
            let kind = output.imports.iter().find(|import| import.path == path && !import.external);
            found.extend(kind.map(|import| (by.as_str(), import.kind.as_str())));
        }
        found
    }

    /// Returns the entries of the configuration, each with the output that begins with it.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Output)> {
        let begins = |output: &Output| output.entry_point.is_some() && !output.worker;
        self.outputs
            .iter()
            .filter(move |(_, output)| begins(output))
            .map(|(path, output)| (path.as_str(), output))
    }
}

impl Output {
    /// Returns the output's name for messages: the entry's name, or the path of the file.
    pub fn called<'o>(&'o self, path: &'o str) -> &'o str {
        self.name.as_deref().unwrap_or(path)
    }
}

/// Returns the file that a module was made from: a component makes several modules.
pub fn file_of(key: &str) -> &str {
    key.split('?').next().unwrap_or(key)
}

/// Returns an output's extension: `js`, `css`, `map`.
pub fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}
