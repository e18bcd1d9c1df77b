//! Plugins: decides by their filters which of them are called for a module, and sends the requests
//! to Node. Filters are evaluated here first, so nothing is sent to Node for a file that no filter
//! matches. Node evaluates them again, because a pattern that cannot be compiled here matches
//! everything.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use bundle_base::{
    Config, Diagnostic,
    asset::ContentHash,
    config::{Filter, Hooks, Pattern, Patterns, relative},
    lock,
    tools::{NodeRequest, ToolError, Tools, Unanswered},
};
use camino::{Utf8Path, Utf8PathBuf};
use regress::Regex;
use serde::Deserialize;
use serde_json::Value;

/// The last segment of a virtual module's path begins with this; the rest is its id.
const VIRTUAL: &str = "/\0";

/// The plugins of a session.
pub(crate) struct Plugins {
    compiled: Vec<Compiled>,
    is_stored: Vec<bool>,
    limit: Duration,
    /// The process died in this build, so it gets no more requests: it would die again.
    is_dead: AtomicBool,
    /// How many requests were sent to Node in this build.
    requests: AtomicUsize,
    /// Babel's configuration by its text. A lock because any task may be the first to need it.
    babel: Mutex<Option<(ContentHash, MayOpen)>>,
}

/// Babel's configuration, or why it could not be loaded.
pub(crate) type MayOpen = Result<Opened, Box<Diagnostic>>;

/// The hooks of a plugin with compiled filters; `None`: it has no such hook.
struct Compiled {
    resolve_id: Option<CompiledFilter>,
    load: Option<CompiledFilter>,
    transform: Option<CompiledFilter>,
}

struct CompiledFilter {
    id: CompiledPatterns,
    code: CompiledPatterns,
}

struct CompiledPatterns {
    include: Vec<CompiledPattern>,
    exclude: Vec<CompiledPattern>,
}

enum CompiledPattern {
    Expression(Regex),
    Text(String),
    /// It cannot be compiled here; only Node evaluates it.
    Unknown,
}

/// Which scripts Babel's plugins may change, as `openBabel` answers.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Opened {
    /// The names of the plugins.
    pub plugins: Vec<String>,
    /// A script must contain one of these; `None`: any script may change.
    pub texts: Option<Vec<String>>,
    /// Whether a plugin removes types of Flow.
    #[serde(rename = "isFlow")]
    pub is_flow: bool,
}

impl Plugins {
    /// Compiles the filters of the configured plugins.
    pub fn of(config: &Config) -> Self {
        let plugins = &config.plugins;
        let filter = |filter: &Filter| CompiledFilter {
            id: compiled(&filter.id),
            code: compiled(&filter.code),
        };
        let hooks = |Hooks { resolve_id, load, transform }: &Hooks| Compiled {
            resolve_id: resolve_id.as_ref().map(filter),
            load: load.as_ref().map(filter),
            transform: transform.as_ref().map(filter),
        };
        Self {
            compiled: plugins.list.iter().map(|plugin| hooks(&plugin.filters)).collect(),
            is_stored: plugins.list.iter().map(|plugin| plugin.cache_key.is_some()).collect(),
            limit: Duration::from_secs(plugins.timeout),
            is_dead: AtomicBool::new(false),
            requests: AtomicUsize::new(0),
            babel: Mutex::default(),
        }
    }

    /// Notes that a build begins.
    pub fn begin(&self) {
        self.is_dead.store(false, Ordering::Relaxed);
        self.requests.store(0, Ordering::Relaxed);
    }

    /// Whether the process died in this build.
    pub fn is_dead(&self) -> bool {
        self.is_dead.load(Ordering::Relaxed)
    }

    /// Returns how many requests this build has sent to Node.
    pub fn request_count(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    /// Returns the plugins whose `resolveId` is called for a specifier.
    pub fn resolving(&self, specifier: &str) -> Vec<usize> {
        self.chosen(|it| it.resolve_id.as_ref().is_some_and(|filter| filter.id.pass(specifier)))
    }

    /// Returns the plugins whose `load` is called for a module.
    pub fn loading(&self, id: &str) -> Vec<usize> {
        self.chosen(|it| it.load.as_ref().is_some_and(|filter| filter.id.pass(id)))
    }

    /// Returns the plugins whose `transform` is called for a module. `text`: its text, if it is
    /// known.
    pub fn transforming(&self, id: &str, text: Option<&str>) -> Vec<usize> {
        self.chosen(|it| {
            it.transform.as_ref().is_some_and(|filter| {
                filter.id.pass(id) && text.is_none_or(|text| filter.code.pass(text))
            })
        })
    }

    /// Whether a plugin may load or transform a file.
    pub fn may_make(&self, path: &Utf8Path, query: &str) -> bool {
        if self.compiled.is_empty() {
            return false;
        }
        let id = id_of(path, query);
        let passes = |filter: &Option<CompiledFilter>| {
            filter.as_ref().is_some_and(|filter| filter.id.pass(&id))
        };
        self.compiled.iter().any(|plugin| passes(&plugin.load) || passes(&plugin.transform))
    }

    /// Whether the results of these plugins follow from their input and the configuration.
    pub fn are_stored(&self, chosen: &[usize]) -> bool {
        chosen.iter().all(|index| self.is_stored[*index])
    }

    fn chosen(&self, passes: impl Fn(&Compiled) -> bool) -> Vec<usize> {
        let passing = self.compiled.iter().enumerate().filter(|(_, plugin)| passes(plugin));
        passing.map(|(index, _)| index).collect()
    }

    /// Returns what is known of Babel's configuration with this text. `open` loads it.
    pub fn babel(&self, digest: ContentHash, open: impl FnOnce() -> MayOpen) -> MayOpen {
        let mut babel = lock(&self.babel);
        if babel.as_ref().is_none_or(|(known, _)| *known != digest) {
            *babel = Some((digest, open()));
        }
        babel.as_ref().expect("it was just opened").1.clone()
    }

    /// Sends a request that the process needs before others.
    pub fn set_up(&self, value: Value, tools: &dyn Tools) -> Result<Value, Unanswered> {
        let request = NodeRequest { value, is_setup: true, is_pure: false, limit: self.limit };
        tools.ask(&request, &mut |_| Value::Null)
    }

    /// Sends a request. `is_pure`: the answer follows from the request and the configuration.
    pub fn ask(
        &self,
        value: Value,
        is_pure: bool,
        tools: &dyn Tools,
        back: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered> {
        if self.is_dead() {
            return Err(Unanswered::Tool(ToolError::Failed(String::new())));
        }
        self.requests.fetch_add(1, Ordering::Relaxed);
        let request = NodeRequest { value, is_setup: false, is_pure, limit: self.limit };
        let answer = tools.ask(&request, back);
        if matches!(answer, Err(Unanswered::Tool(_))) {
            self.is_dead.store(true, Ordering::Relaxed);
        }
        answer
    }
}

/// The user's programs, with a note of whether the Node process died.
pub(crate) struct ObservedTools<'t> {
    pub tools: &'t dyn Tools,
    /// A result that failed because of this may differ in the next build, with a new process.
    pub has_died: AtomicBool,
}

impl Tools for ObservedTools<'_> {
    fn run(&self, command: &[String], folder: &Utf8Path, input: &str) -> Result<String, ToolError> {
        self.tools.run(command, folder, input)
    }

    fn ask(
        &self,
        request: &NodeRequest,
        back: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered> {
        let answer = self.tools.ask(request, back);
        if matches!(answer, Err(Unanswered::Tool(_))) {
            self.has_died.store(true, Ordering::Relaxed);
        }
        answer
    }
}

impl CompiledPatterns {
    fn pass(&self, text: &str) -> bool {
        // A pattern that only Node knows lets everything pass.
        let excludes = |pattern: &CompiledPattern| pattern.matches(text) == Some(true);
        let includes = |pattern: &CompiledPattern| pattern.matches(text) != Some(false);
        !self.exclude.iter().any(excludes)
            && (self.include.is_empty() || self.include.iter().any(includes))
    }
}

impl CompiledPattern {
    fn matches(&self, text: &str) -> Option<bool> {
        match self {
            Self::Expression(expression) => Some(expression.find(text).is_some()),
            Self::Text(part) => Some(text.contains(part.as_str())),
            Self::Unknown => None,
        }
    }
}

fn compiled(patterns: &Patterns) -> CompiledPatterns {
    let pattern = |pattern: &Pattern| match pattern {
        Pattern::Expression { source, flags } => Regex::with_flags(source, flags.as_str())
            .map_or(CompiledPattern::Unknown, CompiledPattern::Expression),
        Pattern::Text { text } => CompiledPattern::Text(text.clone()),
    };
    CompiledPatterns {
        include: patterns.include.iter().map(pattern).collect(),
        exclude: patterns.exclude.iter().map(pattern).collect(),
    }
}

/// Returns the path of a virtual module: `virtual:settings`.
pub(crate) fn virtual_path(id: &str, project: &Utf8Path) -> Utf8PathBuf {
    Utf8PathBuf::from(format!("{project}{VIRTUAL}{id}"))
}

/// Returns the id of a virtual module; `None` for a file.
pub(crate) fn virtual_id(path: &Utf8Path) -> Option<&str> {
    path.as_str().split_once(VIRTUAL).map(|(_, id)| id)
}

/// Returns the id by which plugins know a module.
pub(crate) fn id_of(path: &Utf8Path, query: &str) -> String {
    format!("{}{query}", virtual_id(path).unwrap_or(path.as_str()))
}

/// Returns the name of a virtual module, as users and outputs see it: without the NUL that Rollup's
/// plugins put first, and without a path of the machine.
pub(crate) fn virtual_name(id: &str, project: &Utf8Path) -> String {
    let id = id.trim_start_matches('\0');
    if Utf8Path::new(id).is_absolute() {
        return relative(project, Utf8Path::new(id));
    }
    id.replace(&format!("{project}/"), "").replace('\0', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(include: &[&str], exclude: &[&str]) -> CompiledPatterns {
        let all = |sources: &[&str]| {
            let expression = |source: &&str| Pattern::Expression {
                source: (*source).to_owned(),
                flags: "i".to_owned(),
            };
            sources.iter().map(expression).collect()
        };
        compiled(&Patterns { include: all(include), exclude: all(exclude) })
    }

    #[test]
    fn filters_let_pass_what_is_included_and_not_excluded() {
        assert!(patterns(&[], &[]).pass("/p/a.js"));
        assert!(patterns(&["\\.ya?ml$"], &[]).pass("/p/a.YML"));
        assert!(!patterns(&["\\.ya?ml$"], &[]).pass("/p/a.js"));
        assert!(!patterns(&[], &["node_modules"]).pass("/p/node_modules/a.js"));
        assert!(patterns(&["(?<!\\.min)\\.js$"], &[]).pass("/p/a.js"));
        assert!(patterns(&["(invalid"], &[]).pass("whatever Node decides"));
    }

    #[test]
    fn modules_that_are_no_files_have_an_id_and_a_name() {
        let project = Utf8Path::new("/p");
        let path = virtual_path("\0virtual:a/b", project);
        assert_eq!(virtual_id(&path), Some("\0virtual:a/b"));
        assert_eq!(virtual_name("\0virtual:a/b", project), "virtual:a/b");
        assert_eq!(virtual_name("\0/p/src/a.js?proxy", project), "src/a.js?proxy");
        assert_eq!(virtual_name("x:/p/src/a.js", project), "x:src/a.js");
        assert_eq!(id_of(Utf8Path::new("/p/a.svg"), "?component"), "/p/a.svg?component");
    }
}
