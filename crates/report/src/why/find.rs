//! Finds what the argument of `bundle why` names: a module, a file with the parts of a component, a
//! package, a helper of our runtime, or an output. If it names nothing, finds the nearest name.

use bundle_base::{
    Diagnostic,
    config::{absolute, relative},
    diagnostic::nearest,
};
use camino::Utf8Path;

use crate::{
    messages, packages,
    parsed_metafile::{ImportSite, Metafile, Output, file_of},
};

/// What an argument names.
pub enum Meant<'f> {
    /// Modules of a file, of a package, or of our runtime.
    Modules(Vec<&'f str>),
    /// An output, by its path.
    Output(&'f str),
    /// An external, with the places that import it.
    External(Vec<ImportSite>),
    /// Nothing, with the nearest name.
    Nothing(Option<String>),
}

/// The prefix of keys of our own runtime modules.
const RUNTIME: &str = "bundle:runtime/";

/// Returns what a word, or a path from the working directory, names. The first rule with a match
/// decides.
pub fn meaning<'f>(metafile: &'f Metafile, what: &str, cwd: &Utf8Path) -> Meant<'f> {
    let path = relative(cwd, &absolute(cwd, what));
    let path = path.as_str();
    let all = modules(metafile);
    let is_output = |(key, output): &(&'f String, &'f Output)| {
        *key == what
            || *key == path
            || (output.name.as_deref() == Some(what) && !metafile.inputs.contains_key(what))
    };
    if let Some((path, _)) = metafile.outputs.iter().find(is_output) {
        return Meant::Output(path);
    }
    let rules: [&dyn Fn(&str) -> bool; 6] = [
        &|key| key == what || key == path,
        &|key| file_of(key) == what || file_of(key) == path,
        &|key| {
            packages::of(key).is_some_and(|package| package.name == what || package.folder == what)
        },
        &|key| {
            packages::of(key).is_some_and(|package| {
                what.strip_prefix(package.name) == file_of(key).strip_prefix(package.folder)
            })
        },
        &|key| {
            key.strip_prefix(RUNTIME)
                .is_some_and(|name| name == what || format!("runtime/{name}") == what)
        },
        &|key| ends_with(file_of(key), what),
    ];
    for rule in rules {
        let found: Vec<&str> = all.iter().copied().filter(|key| rule(key)).collect();
        if !found.is_empty() {
            return Meant::Modules(found);
        }
    }
    let asked = externals(metafile, what);
    if asked.is_empty() {
        Meant::Nothing(near(metafile, &all, what))
    } else {
        Meant::External(asked)
    }
}

/// Returns the output of an entry, which may be named by its name, its output or its module.
pub fn entry<'f>(metafile: &'f Metafile, name: &str) -> Result<&'f str, Box<Diagnostic>> {
    let is_named = |(path, output): &(&str, &Output)| {
        output.called(path) == name || *path == name || output.entry_point.as_deref() == Some(name)
    };
    if let Some((path, _)) = metafile.entries().find(is_named) {
        return Ok(path);
    }
    let names: Vec<&str> = metafile.entries().map(|(path, output)| output.called(path)).collect();
    Err(Box::new(messages::no_such_entry(name, nearest(name, names.iter().copied()), &names)))
}

/// Explains why modules are in no output, or in none of an entry's page.
pub fn absent(
    metafile: &Metafile,
    what: &str,
    modules: &[&str],
    entry: Option<&str>,
) -> Diagnostic {
    if let Some(entry) = entry {
        let has_module =
            |output: &Output| modules.iter().any(|module| output.inputs.contains_key(*module));
        let others: Vec<&str> = metafile
            .outputs
            .iter()
            .filter(|(_, output)| has_module(output))
            .map(|(path, _)| path.as_str())
            .collect();
        return messages::not_on_page(what, metafile.outputs[entry].called(entry), &others);
    }
    let asks = metafile
        .inputs
        .iter()
        .flat_map(|(by, input)| input.imports.iter().map(move |import| (by, import)));
    let asks = asks.filter(|(by, import)| {
        modules.contains(&import.path.as_str()) && !modules.contains(&by.as_str())
    });
    let asks: Vec<_> = asks.collect();
    let places: Vec<String> =
        asks.iter().map(|(by, import)| super::text::place(by, &import.place)).collect();
    let is_address =
        asks.iter().any(|(_, import)| matches!(import.kind.as_str(), "new-url" | "new-worker"));
    let inside = metafile
        .outputs
        .values()
        .flat_map(|output| modules.iter().filter_map(|it| output.inputs.get(*it)));
    let mut names: Vec<&str> = inside
        .flat_map(|inside| &inside.needed_by)
        .flat_map(|need| &need.names)
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names.dedup();
    messages::nothing_stays(what, &places, is_address, &names)
}

/// Returns the keys of all modules, those of our own runtime included.
fn modules(metafile: &Metafile) -> Vec<&str> {
    let own = metafile.outputs.values().flat_map(|output| output.inputs.keys()).map(String::as_str);
    let mut own: Vec<&str> = own.filter(|key| !metafile.inputs.contains_key(*key)).collect();
    own.sort_unstable();
    own.dedup();
    metafile.inputs.keys().map(String::as_str).chain(own).collect()
}

/// Whether a path ends with these names, with or without the extension.
fn ends_with(path: &str, what: &str) -> bool {
    let ends = |path: &str| path.strip_suffix(what).is_some_and(|rest| rest.ends_with('/'));
    ends(path) || path.rsplit_once('.').is_some_and(|(stem, _)| ends(stem))
}

fn externals(metafile: &Metafile, what: &str) -> Vec<ImportSite> {
    let all = metafile
        .inputs
        .iter()
        .flat_map(|(by, input)| input.imports.iter().map(move |import| (by, import)));
    let asked = all.filter(|(_, import)| import.external && import.path == what);
    asked
        .map(|(by, i)| ImportSite {
            path: by.clone(),
            kind: i.kind.clone(),
            place: i.place.clone(),
        })
        .collect()
}

fn near(metafile: &Metafile, modules: &[&str], what: &str) -> Option<String> {
    let files = modules.iter().map(|key| file_of(key));
    let last = files.clone().map(|file| file.rsplit('/').next().unwrap_or(file));
    let packages = modules.iter().filter_map(|key| packages::of(key)).map(|package| package.name);
    let outputs =
        metafile.outputs.iter().flat_map(|(path, output)| [path.as_str(), output.called(path)]);
    nearest(what, files.chain(last).chain(packages).chain(outputs)).map(str::to_owned)
}
