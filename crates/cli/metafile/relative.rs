//! The metafile with paths relative to the working directory, as its readers expect. The engine
//! does not know the working directory: its paths are relative to the project, which is another
//! folder if the configuration lies above or is named by a flag.

use std::borrow::Cow;

use bundle_base::{
    config::{absolute, relative},
    fs::{FileKind, FileSystem},
};
use camino::Utf8Path;
use serde_json::{Map, Value};

use crate::project::Project;

/// Returns the metafile with paths relative to the working directory.
pub fn relative_to_cwd<'m>(project: &Project, metafile: &'m Value) -> Cow<'m, Value> {
    if project.cwd == project.config.project {
        return Cow::Borrowed(metafile);
    }
    Cow::Owned(
        Move { from: &project.config.project, to: &project.cwd, fs: project.fs.as_ref() }
            .metafile(metafile),
    )
}

/// Returns the metafile as text.
pub fn text(project: &Project, metafile: &Value) -> String {
    let shown = relative_to_cwd(project, metafile);
    let text = serde_json::to_string_pretty(shown.as_ref()).expect("a value is printable");
    format!("{text}\n")
}

/// Turns paths relative to one folder into paths relative to another.
struct Move<'a> {
    from: &'a Utf8Path,
    to: &'a Utf8Path,
    fs: &'a dyn FileSystem,
}

impl Move<'_> {
    fn metafile(&self, metafile: &Value) -> Value {
        let mut moved = metafile.clone();
        for list in ["inputs", "outputs"] {
            let is_output = list == "outputs";
            let Some(files) = moved.get_mut(list).and_then(Value::as_object_mut) else { continue };
            *files = std::mem::take(files)
                .into_iter()
                .map(|(key, file)| (self.path(&key, is_output), self.file(file, is_output)))
                .collect();
        }
        if let Some(packages) = moved.get_mut("packages").and_then(Value::as_object_mut) {
            *packages = std::mem::take(packages)
                .into_iter()
                .map(|(key, it)| (self.path(&key, true), it))
                .collect();
        }
        moved
    }

    /// Moves the paths in an input or an output: its imports, inputs, roots and entry point.
    fn file(&self, mut file: Value, is_output: bool) -> Value {
        for import in file.get_mut("imports").and_then(Value::as_array_mut).into_iter().flatten() {
            let is_external = import["external"] == true;
            if let Some(path) = import["path"].as_str().filter(|_| !is_external) {
                // Outputs import outputs, which may not exist on the disk yet.
                import["path"] = self.path(path, is_output).into();
            }
        }
        if let Some(inputs) = file.get_mut("inputs").and_then(Value::as_object_mut) {
            let inside: Map<String, Value> = std::mem::take(inputs);
            *inputs = inside
                .into_iter()
                .map(|(key, input)| (self.path(&key, false), self.input_of_output(input)))
                .collect();
        }
        if let Some(roots) = file.get_mut("neededFor") {
            self.paths_of(roots);
        }
        for list in ["globals", "methods"] {
            let globals = file
                .get_mut(list)
                .and_then(Value::as_object_mut)
                .into_iter()
                .flat_map(Map::values_mut);
            for need in globals.filter_map(Value::as_array_mut).flatten() {
                if let Some(path) = need["input"].as_str() {
                    need["input"] = self.path(path, false).into();
                }
            }
        }
        for field in ["entryPoint", "cssBundle"] {
            if let Some(path) = file.get(field).and_then(Value::as_str) {
                file[field] = self.path(path, field == "cssBundle").into();
            }
        }
        file
    }

    /// Moves the paths in a module's importers and in the modules between.
    fn input_of_output(&self, mut input: Value) -> Value {
        if let Some(roots) = input.get_mut("neededFor") {
            self.paths_of(roots);
        }
        if let Some(sources) = input.get_mut("sources").and_then(Value::as_object_mut) {
            *sources = std::mem::take(sources)
                .into_iter()
                .map(|(key, it)| (self.path(&key, false), it))
                .collect();
        }
        let Some(needed) = input.get_mut("neededBy") else { return input };
        self.paths_of(needed);
        for need in needed.as_array_mut().into_iter().flatten() {
            if let Some(through) = need.get_mut("through") {
                self.paths_of(through);
            }
        }
        input
    }

    fn paths_of(&self, list: &mut Value) {
        for entry in list.as_array_mut().into_iter().flatten() {
            if let Some(path) = entry["path"].as_str() {
                entry["path"] = self.path(path, false).into();
            }
        }
    }

    /// Moves a path. Keys that are not paths of the project, such as `vue@2.7.16/dist/vue.js` of a
    /// linked package, stay as they are.
    fn path(&self, path: &str, is_output: bool) -> String {
        let absolute = absolute(self.from, path.split('?').next().unwrap_or(path));
        let is_path = is_output || self.fs.kind(&absolute) == Some(FileKind::File);
        let query = path.find('?').map_or("", |at| &path[at..]);
        if is_path { format!("{}{query}", relative(self.to, &absolute)) } else { path.to_owned() }
    }
}
