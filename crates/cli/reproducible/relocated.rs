//! A file system that shows the whole disk as if it were in another folder, which does not exist.
//! A build that reads through it shares no path with one that does not, and nothing needs to be
//! copied: if the two differ, an output depends on where the project is.

use std::sync::Arc;

use bundle_base::{
    Config, FileSystem,
    config::AliasTarget,
    fs::{DirEntry, FileKind, FsError, Unfollowed},
    tools::{NodeRequest, ToolError, Tools, Unanswered},
};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

/// The folder in which everything lies. It is longer than most paths, to reveal code that depends
/// on their lengths.
const FOLDER: &str = "bundle-check-reproducible/another/place";

/// The disk as if it were in another folder.
pub struct RelocatedFs {
    fs: Arc<dyn FileSystem>,
}

/// Returns the path in the folder for a path of the disk.
pub fn relocated(path: &Utf8Path) -> Utf8PathBuf {
    let root = path.ancestors().last().unwrap_or(path);
    let below = path.strip_prefix(root).unwrap_or(path);
    root.join(FOLDER).join(below)
}

/// Returns the path of the disk for a path in the folder. `Err` for other paths, which do not
/// exist.
fn original(path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
    let root = path.ancestors().last().unwrap_or(path);
    path.strip_prefix(root.join(FOLDER))
        .map(|below| root.join(below))
        .map_err(|_| FsError::NotFound)
}

/// Returns a configuration with all of its paths in the folder.
pub fn relocated_config(config: &Config) -> Config {
    let mut config = config.clone();
    let aliased = config.resolve.alias.values_mut().filter_map(|target| match target {
        AliasTarget::To(path) if Utf8Path::new(path).is_absolute() => Some(path),
        AliasTarget::To(_) | AliasTarget::Ignore => None,
    });
    aliased.for_each(|path| *path = relocated(Utf8Path::new(path)).into_string());
    let single = [&mut config.project, &mut config.output.dir];
    let maybe = config.output.source_map_dir.iter_mut().chain(&mut config.resolve.tsconfig);
    let maybe = maybe.chain(&mut config.plugins.postcss);
    let maybe = maybe.chain(&mut config.plugins.babel);
    let listed =
        config.sass.load_paths.iter_mut().chain(config.copy.iter_mut().map(|rule| &mut rule.from));
    let entries = config.entries.iter_mut().map(|entry| &mut entry.path);
    let shared = config.shared.iter_mut().filter_map(|bundle| bundle.folder.as_mut());
    let all = single.into_iter().chain(maybe).chain(listed).chain(entries).chain(shared);
    for path in all.filter(|path| path.is_absolute()) {
        *path = relocated(path);
    }
    config
}

impl RelocatedFs {
    /// Shows `fs` as if it lay in the folder.
    pub fn of(fs: Arc<dyn FileSystem>) -> Self {
        Self { fs }
    }
}

impl FileSystem for RelocatedFs {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        self.fs.read(&original(path)?)
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        match original(path) {
            Ok(path) => self.fs.kind(&path),
            // The folders above the root exist.
            Err(_) => {
                relocated(Utf8Path::new("/")).starts_with(path).then_some(FileKind::Directory)
            }
        }
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        self.fs.list(&original(path)?)
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        Ok(relocated(&self.fs.canonical(&original(path)?)?))
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let target = self.fs.read_link(&original(path).ok()?)?;
        Some(if target.is_absolute() { relocated(&target) } else { target })
    }

    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        match original(path) {
            Ok(path) => self.fs.unfollowed(&path),
            Err(_) => self.kind(path).map(Unfollowed::Kind),
        }
    }
}

/// The keys of requests to the Node process and of its answers that have paths.
const PATHS: [&str; 10] =
    ["config", "file", "folder", "folders", "found", "from", "id", "importer", "module", "watched"];

/// Converts the paths in a request or an answer.
fn with_paths(value: &Value, key: &str, convert: &dyn Fn(&Utf8Path) -> Utf8PathBuf) -> Value {
    match value {
        Value::String(text) if PATHS.contains(&key) && Utf8Path::new(text).is_absolute() => {
            Value::from(convert(Utf8Path::new(text)).into_string())
        }
        Value::Array(list) => list.iter().map(|item| with_paths(item, key, convert)).collect(),
        Value::Object(object) => {
            let pairs = object.iter();
            pairs.map(|(key, value)| (key.clone(), with_paths(value, key, convert))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Runs the user's programs, which know only the real disk.
pub struct RelocatedTools<T>(pub Arc<T>);

impl<T: Tools> Tools for RelocatedTools<T> {
    fn ask(
        &self,
        request: &NodeRequest,
        answer: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered> {
        let real = |path: &Utf8Path| original(path).unwrap_or_else(|_| path.to_owned());
        let here = |value: &Value| with_paths(value, "", &relocated);
        let there = |value: &Value| with_paths(value, "", &real);
        let request = NodeRequest { value: there(&request.value), ..request.clone() };
        self.0.ask(&request, &mut |asked| there(&answer(&here(asked)))).map(|value| here(&value))
    }

    fn run(&self, command: &[String], folder: &Utf8Path, input: &str) -> Result<String, ToolError> {
        self.0.run(command, &original(folder).unwrap_or_else(|_| folder.to_owned()), input)
    }
}
