//! The metafile with paths from the working directory, as its readers expect. The engine knows no working directory: its
//! paths are relative to the project, which is another folder where the configuration lies above or is named by a flag.

use bundle_base::{
    config::{absolute, relative},
    fs::{FileKind, FileSystem},
};
use camino::Utf8Path;
use serde_json::{Map, Value};

use crate::project::Project;

/// The metafile as it is written.
pub fn text(project: &Project, metafile: &Value) -> String {
    let moved;
    let shown = if project.cwd == project.config.project {
        metafile
    } else {
        moved = Move { from: &project.config.project, to: &project.cwd, fs: project.fs.as_ref() }.metafile(metafile);
        &moved
    };
    let text = serde_json::to_string_pretty(shown).expect("a value is printable");
    format!("{text}\n")
}

/// Paths relative to one folder become paths relative to another.
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
                .map(|(key, file)| (self.path(&key, is_output), self.file(file)))
                .collect();
        }
        moved
    }

    /// An input or an output: what it imports, what went into it, what it began with.
    fn file(&self, mut file: Value) -> Value {
        for import in file.get_mut("imports").and_then(Value::as_array_mut).into_iter().flatten() {
            let is_external = import["external"] == true;
            if let Some(path) = import["path"].as_str().filter(|_| !is_external) {
                import["path"] = self.path(path, false).into();
            }
        }
        if let Some(inputs) = file.get_mut("inputs").and_then(Value::as_object_mut) {
            let inside: Map<String, Value> = std::mem::take(inputs);
            *inputs = inside.into_iter().map(|(key, input)| (self.path(&key, false), input)).collect();
        }
        for field in ["entryPoint", "cssBundle"] {
            if let Some(path) = file.get(field).and_then(Value::as_str) {
                file[field] = self.path(path, field == "cssBundle").into();
            }
        }
        file
    }

    /// Keys that are no path of the project, such as `vue@2.7.16/dist/vue.js` of a linked package, stay as they are.
    fn path(&self, path: &str, is_output: bool) -> String {
        let absolute = absolute(self.from, path.split('?').next().unwrap_or(path));
        let is_path = is_output || self.fs.kind(&absolute) == Some(FileKind::File);
        let query = path.find('?').map_or("", |at| &path[at..]);
        if is_path { format!("{}{query}", relative(self.to, &absolute)) } else { path.to_owned() }
    }
}
