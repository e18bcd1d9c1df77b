//! The state of every reader of another tool's configuration: the script, the project, and the plan
//! that it fills.

use bundle_base::{
    config::{absolute, matching_of, relative},
    fs::FileKind,
};
use bundle_js::static_evaluation::{Script, ScriptLocation, Symbol, Value};
use camino::Utf8Path;

use super::{
    facts::ProjectFacts,
    plan::{INSTALL, Plan, below, tidy},
};

/// A configuration script that is being read.
pub struct Reading<'a> {
    /// The script.
    pub script: Script<'a>,
    /// The project.
    pub facts: &'a ProjectFacts,
    /// What is found goes here.
    pub plan: Plan,
    /// Whether another tool is read too, before this one.
    pub is_beside_another: bool,
    /// Files that tasks make, relative to the project: globs of other tasks find them, too.
    pub made: Vec<String>,
    /// Functions that decide what is external, each with its place.
    pub external_functions: Vec<(Value, ScriptLocation)>,
    /// A rule of webpack adds styles of components to pages, whatever other rules write.
    pub injects_components: bool,
    /// The script exports several configurations of webpack.
    pub has_several: bool,
    /// The names of the configurations that the run asks for; none if it asks for all.
    pub names_of_run: Vec<String>,
}

impl<'a> Reading<'a> {
    /// Begins with what is known. `is_beside_another`: another tool is read before this one.
    pub fn new(
        script: Script<'a>,
        facts: &'a ProjectFacts,
        plan: Plan,
        is_beside_another: bool,
    ) -> Self {
        Self {
            script,
            facts,
            plan,
            is_beside_another,
            made: Vec::new(),
            external_functions: Vec::new(),
            injects_components: false,
            has_several: false,
            names_of_run: Vec::new(),
        }
    }
}

impl Reading<'_> {
    /// Returns the folder of the project.
    pub fn project(&self) -> &Utf8Path {
        &self.facts.project
    }

    /// Returns those of several configurations that the run asks for, by their names.
    pub fn asked_for(&self, mut configs: Vec<Value>) -> Vec<Value> {
        let is_asked_for = |config: &Value| {
            config.get("name").as_text().is_some_and(|name| self.names_of_run.contains(&name))
        };
        if configs.iter().any(is_asked_for) {
            configs.retain(is_asked_for);
        }
        configs
    }

    /// Returns a path of the script relative to the project.
    pub fn path(&self, path: &str) -> String {
        path_below(self.facts, "", path)
    }

    /// Returns the path that a value names, relative to the project.
    pub fn path_of(&self, value: &Value) -> Option<String> {
        Some(self.path(&value.as_text()?))
    }

    /// Returns the paths that a text or a list names.
    pub fn paths_of(&self, value: &Value) -> Vec<String> {
        match value {
            Value::List(_) => value.elements().iter().flat_map(|one| self.paths_of(one)).collect(),
            one => self.path_of(one).into_iter().collect(),
        }
    }

    /// Returns the files of a glob, or the path itself.
    pub fn expanded(&self, path: &str) -> Vec<String> {
        if path.starts_with('!') {
            return Vec::new();
        }
        if !is_glob(path) {
            return vec![path.to_owned()];
        }
        let found = bundle_base::config::matching(self.facts.fs.as_ref(), self.project(), path);
        let mut found: Vec<String> = found.iter().map(|path| self.path(path.as_str())).collect();
        for made in matching_of(&tidy(path), &self.made) {
            if !found.contains(made) {
                found.push(made.clone());
            }
        }
        found
    }

    /// Returns the files that patterns with `!` leave out.
    pub fn left_out(&self, patterns: &[String]) -> Vec<String> {
        let without = patterns.iter().filter_map(|pattern| pattern.strip_prefix('!'));
        without.flat_map(|pattern| self.expanded(&tidy(pattern))).collect()
    }

    /// Writes a place as `webpack.config.js:12`; nothing for what has no line.
    pub fn at(&self, place: ScriptLocation) -> String {
        if place.line == 0 {
            return String::new();
        }
        let file = self.script.file(place);
        // What `bundle` reads in place of these packages has other lines.
        for package in ["@wordpress/scripts", "10up-toolkit"] {
            if file.as_str().contains(&format!("node_modules/{package}/")) {
                return package.to_owned();
            }
        }
        format!("{}:{}", self.facts.shown(file), place.line)
    }

    /// Notes something of the script that was not carried over.
    pub fn note(&mut self, place: ScriptLocation, what: impl Into<String>, remedy: &str) {
        let at = self.at(place);
        self.plan.note(at, what, remedy);
    }

    /// Notes a copy of a file that does not exist.
    pub fn note_missing_copy(&mut self, from: &str, place: ScriptLocation) {
        let remedy = if from.contains("node_modules/") {
            INSTALL
        } else {
            "write it into \"copy\" if something makes the file later: docs/assets.md"
        };
        self.note(place, format!("a copy of {from}, which does not exist"), remedy);
    }

    /// Whether a path relative to the project is a file.
    pub fn is_file(&self, path: &str) -> bool {
        self.facts.is_file(path)
    }

    /// Whether a path relative to the project is a folder.
    pub fn is_folder(&self, path: &str) -> bool {
        self.facts.fs.kind(&self.project().join(path)) == Some(FileKind::Directory)
    }

    /// Returns an import's path with the extension or index file that exists.
    pub fn module(&self, path: &str) -> String {
        let endings = [
            "",
            ".js",
            ".ts",
            ".jsx",
            ".tsx",
            ".vue",
            ".mjs",
            "/index.js",
            "/index.ts",
            "/main.js",
        ];
        let candidates = endings.iter().map(|ending| format!("{path}{ending}"));
        candidates.into_iter().find(|path| self.is_file(path)).unwrap_or_else(|| path.to_owned())
    }
}

/// Returns a path relative to the project. `folder`: the folder of the project to which the path is
/// relative.
pub fn path_below(facts: &ProjectFacts, folder: &str, path: &str) -> String {
    let project = &facts.project;
    let joined = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
    below(project, &joined).unwrap_or_else(|| relative(project, &absolute(project, &joined)))
}

/// Whether a text is a name or a path of names, as `jsx.factory` and page globals are: `App.lib`.
pub fn is_name(text: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_alphabetic() || "_$".contains(c))
            && part.chars().all(|c| c.is_alphanumeric() || "_$".contains(c))
    };
    let first = text.split('.').next().unwrap_or_default();
    text.split('.').all(is_part) && !["this", "import", "true", "false", "null"].contains(&first)
}

/// Returns `blockEditor` for `block-editor`.
pub fn camel_case(text: &str) -> String {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let mut letters = part.chars();
        let initial = letters.next().map(|letter| letter.to_ascii_uppercase());
        name + &initial.into_iter().chain(letters).collect::<String>()
    })
}

/// Returns the name of a call's function, and its arguments: `("js", […])` for `mix.js(…)`.
pub fn call_of(symbol: &Symbol) -> (&str, &[Value]) {
    let name = symbol.path().last().copied().unwrap_or_default();
    (name, symbol.call().map(|(_, arguments)| arguments).unwrap_or_default())
}

/// Whether a path is a glob.
pub fn is_glob(path: &str) -> bool {
    path.contains(['*', '?', '{'])
}

/// Returns the text of a value, or the texts of a list.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => vec![text.clone()],
        other => other.elements().iter().filter_map(Value::as_text).collect(),
    }
}

/// Returns the names of a path as a script writes it: `App.lib["cart-rows"]`.
pub fn joined(names: &[String]) -> String {
    let Some((first, rest)) = names.split_first() else { return String::new() };
    rest.iter().fold(first.clone(), |path, name| {
        if is_name(&format!("_.{name}")) {
            format!("{path}.{name}")
        } else {
            format!("{path}[\"{name}\"]")
        }
    })
}
