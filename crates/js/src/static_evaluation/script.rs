//! A script that is evaluated: its files, the recorded calls, and the facts about the machine that
//! it can query.

use std::{collections::HashMap, rc::Rc, sync::Arc};

use bundle_base::{Diagnostic, FileSystem, Source, fs::FileKind, loader::Language};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexMap;
use swc_common::Spanned;

use super::{
    literals::json,
    value::{Field, Object, Origin, ScriptLocation, Symbol, Value},
};
use crate::{FormatHint, PartInput, ast, parse};

/// The most expressions that are evaluated. A configuration needs a few thousand.
pub(super) const MOST_STEPS: usize = 2_000_000;
/// The most nested calls.
pub(super) const MOST_DEPTH: usize = 64;

/// The facts about the machine that a script can query.
pub struct Host<'a> {
    /// The disk.
    pub fs: &'a dyn FileSystem,
    /// The folder in which the script's tool is started: `process.cwd()`.
    pub project: &'a Utf8Path,
    /// The variables of `process.env`.
    pub environment: &'a IndexMap<String, String>,
}

/// A script that was read, with everything that it requires.
pub struct Script<'a> {
    pub(super) host: Host<'a>,
    pub(super) files: Vec<File>,
    modules: HashMap<Utf8PathBuf, Value>,
    pub(super) calls: Vec<Rc<Symbol>>,
    mistakes: Vec<Diagnostic>,
    /// `process.env`, with what the script assigns.
    pub(super) environment: Value,
    /// The files that were listed or read.
    pub(super) seen: Seen,
    /// The file that is being evaluated.
    pub(super) current: usize,
    pub(super) depth: usize,
    pub(super) steps: usize,
    /// How many `try` blocks are being evaluated.
    pub(super) attempts: usize,
    /// Whether a call has thrown in a `try` block that has not ended.
    pub(super) is_thrown: bool,
}

/// The files that a script listed or read.
#[derive(Default)]
pub(super) struct Seen {
    /// The files that were listed by a glob or by their folder, and where.
    pub(super) listed: Vec<(ScriptLocation, Vec<Utf8PathBuf>)>,
    /// The files whose texts were read, with the texts.
    pub(super) texts: Vec<(Utf8PathBuf, String)>,
}

/// A file that was read.
pub(super) struct File {
    pub(super) path: Utf8PathBuf,
    /// The offsets at which its lines begin.
    lines: Vec<usize>,
}

impl<'a> Script<'a> {
    /// Makes a script that has read nothing yet.
    pub fn new(host: Host<'a>) -> Self {
        let (files, modules, calls, mistakes, seen) = Default::default();
        let pair = |(name, value): (&String, &String)| {
            (name.clone(), Field { value: Value::text(value), ..Field::default() })
        };
        let environment = Value::object(host.environment.iter().map(pair).collect());
        let (current, depth, steps, attempts, is_thrown) = Default::default();
        Self {
            host,
            files,
            modules,
            calls,
            mistakes,
            environment,
            seen,
            current,
            depth,
            steps,
            attempts,
            is_thrown,
        }
    }

    /// Reads a file and returns its exports: `module.exports`, or the default export. `Undefined`
    /// if it cannot be read or parsed; `mistakes` says why.
    pub fn read(&mut self, path: &Utf8Path) -> Value {
        default_of(self.load(path))
    }

    /// Reads a file and returns all of its exports: `module.exports`, or the namespace of an ES
    /// module.
    pub fn read_all(&mut self, path: &Utf8Path) -> Value {
        self.load(path)
    }

    /// Reads a file of JSON5, such as Babel's configurations: comments, either kind of quotes,
    /// names without quotes. `Undefined` if it cannot be read or parsed; `mistakes` says why.
    pub fn read_json5(&mut self, path: &Utf8Path) -> Value {
        let Ok(bytes) = self.host.fs.read(path) else { return Value::Undefined };
        let text = format!("module.exports = {}", bundle_base::decode::decode_lossy(&bytes));
        self.evaluate(&Source::new(path, self.shown(path), text))
    }

    /// Reads a file and returns `module.exports`, or the namespace of an ES module.
    pub(super) fn load(&mut self, path: &Utf8Path) -> Value {
        if let Some(exports) = self.modules.get(path) {
            return exports.clone();
        }
        self.modules.insert(path.to_owned(), Value::object(Object::new()));
        let Ok(bytes) = self.host.fs.read(path) else { return Value::Undefined };
        let text = bundle_base::decode::decode_lossy(&bytes);
        let exports = if path.extension() == Some("json") {
            json(&text)
        } else {
            self.evaluate(&Source::new(path, self.shown(path), text))
        };
        self.modules.insert(path.to_owned(), exports.clone());
        exports
    }

    /// Calls a function of the script, as its tool would: the function that a configuration
    /// exports. Returns the value itself if it is not a function.
    pub fn call(&mut self, function: &Value, arguments: Vec<Value>) -> Value {
        match function {
            Value::Function(function) => self.call_function(function, arguments),
            other => other.clone(),
        }
    }

    /// Returns the files that the script has listed by globs or by their folder, and where it did.
    pub fn listed(&self) -> &[(ScriptLocation, Vec<Utf8PathBuf>)] {
        &self.seen.listed
    }

    /// Returns the files whose texts the script has read, with the texts.
    pub fn texts(&self) -> &[(Utf8PathBuf, String)] {
        &self.seen.texts
    }

    /// Returns every call of a symbol so far, in order.
    pub fn calls(&self) -> &[Rc<Symbol>] {
        &self.calls
    }

    /// Returns the mistakes of files that could not be parsed.
    pub fn mistakes(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.mistakes)
    }

    /// Returns the path of the file of a place.
    pub fn file(&self, place: ScriptLocation) -> &Utf8Path {
        self.files.get(place.file).map_or(Utf8Path::new(""), |file| &file.path)
    }

    fn shown(&self, path: &Utf8Path) -> String {
        path.strip_prefix(self.host.project).unwrap_or(path).to_string()
    }

    fn evaluate(&mut self, source: &Arc<Source>) -> Value {
        let language = match source.path.extension() {
            Some("ts" | "mts" | "cts") => Language::TypeScript,
            _ => Language::JavaScript,
        };
        let input = PartInput { source, language, format: FormatHint::Auto, is_entry: false };
        let program = match parse::parse(&input) {
            Ok(program) => program,
            // A package may have syntax of its own.
            Err(_) if source.is_of_a_package() => return Value::Undefined,
            Err(mistakes) => {
                self.mistakes.extend(mistakes);
                return Value::Undefined;
            }
        };
        let ends = source.text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        self.files.push(File { path: source.path.clone(), lines });
        let before = std::mem::replace(&mut self.current, self.files.len() - 1);
        // A file that is required in a `try` block is read to its end.
        let attempts = std::mem::take(&mut self.attempts);
        let exports = self.module(&program.module);
        self.attempts = attempts;
        self.current = before;
        exports
    }

    /// Returns the place of a node in the file that is being evaluated.
    pub(super) fn place(&self, node: &impl Spanned) -> ScriptLocation {
        let offset = ast::span(node.span()).start as usize;
        let lines = self.files.get(self.current).map_or(&[][..], |file| &file.lines);
        ScriptLocation { file: self.current, line: lines.partition_point(|start| *start <= offset) }
    }

    /// Makes a symbol about which only the place is known.
    pub(super) fn unknown(&self, node: &impl Spanned) -> Value {
        Value::symbol(Origin::Unknown, self.place(node))
    }

    /// Finds the file of `require("./x")`: the path, with an extension, or its index file.
    pub(super) fn find(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let endings = ["", ".js", ".ts", ".cjs", ".mjs", ".json", "/index.js", "/index.ts"];
        let candidates = endings.iter().map(|ending| Utf8PathBuf::from(format!("{path}{ending}")));
        candidates.into_iter().find(|path| self.host.fs.kind(path) == Some(FileKind::File))
    }
}

/// Returns the default export of a namespace, and anything else as it is.
pub(super) fn default_of(exports: Value) -> Value {
    let default = exports.get("default");
    if matches!(exports, Value::Object(_)) && !default.is_missing() { default } else { exports }
}
