//! Vite's plugins: the one of Laravel, copies, and which others need no key.

use std::rc::Rc;

use bundle_js::evaluate::{Place, Symbol, Value};

use super::super::reading::{Reading, texts};

/// Parts of the names of packages whose work needs no key.
const BUILT_IN: &[&str] = &[
    "laravel",
    "symfony",
    "vue",
    "react",
    "preact",
    "tsconfig-paths",
    "visualizer",
    "checker",
    "eslint",
    "stylelint",
    "mkcert",
    "basic-ssl",
    "reload",
    "inspect",
    "compression",
    "imagemin",
    "progress",
    "sass-dts",
    "dts",
    "manifest-sri",
];

/// Returns the first argument of a plugin's call, by a part of the plugin's name.
pub fn options(config: &Value, name: &str) -> Option<Value> {
    all(config).into_iter().find_map(|symbol| {
        symbol.root().contains(name).then_some(())?;
        let (_, arguments) = symbol.call()?;
        Some(arguments.first().cloned().unwrap_or_default())
    })
}

/// Reads the plugins that are not read elsewhere, and notes those that nothing here replaces.
/// `built`: the folder of `build.outDir`.
pub fn read(reading: &mut Reading<'_>, config: &Value, built: &str) {
    for symbol in all(config) {
        let root = symbol.root().to_owned();
        let options = symbol.call().and_then(|(_, arguments)| arguments.first().cloned());
        let options = options.unwrap_or_default();
        if root.contains("static-copy") {
            copies(reading, &options, (built, symbol.place));
        } else if !root.is_empty() && !BUILT_IN.iter().any(|known| root.contains(known)) {
            let what = format!("the plugin {root}");
            reading.note(symbol.place, what, "find out whether you need what it does");
        }
    }
}

/// Returns the plugins, in order; lists in the list too.
fn all(config: &Value) -> Vec<Rc<Symbol>> {
    fn collect(value: &Value, found: &mut Vec<Rc<Symbol>>) {
        if let Some(symbol) = value.as_symbol() {
            found.push(Rc::clone(symbol));
        }
        value.elements().iter().for_each(|one| collect(one, found));
    }
    let mut found = Vec::new();
    collect(&config.get("plugins"), &mut found);
    found
}

/// vite-plugin-static-copy: a file that a pattern finds, and a folder, go below `dest`, which is
/// relative to `build.outDir`.
fn copies(reading: &mut Reading<'_>, options: &Value, (built, place): (&str, Place)) {
    // Since version 4, files keep their folders unless `rename` takes these away.
    let is_new = reading.facts.major("vite-plugin-static-copy").is_some_and(|major| major >= 4);
    for target in options.get("targets").elements() {
        let to = target.get("dest").as_text();
        let (Some(to), sources) = (to, texts(&target.get("src"))) else { continue };
        let rename = target.get("rename");
        let is_flat = matches!(rename.get("stripBase"), Value::Boolean(true))
            && rename.get("name").is_missing();
        if sources.is_empty() || !rename.is_missing() && !is_flat {
            reading.note(place, "files that are copied", "write their paths into \"copy\"");
            continue;
        }
        for source in sources {
            let keeps_folders = is_new && !is_flat && !source.starts_with("..");
            let from = reading.path(&source);
            if !from.contains(['*', '{']) && !reading.is_file(&from) && !reading.is_folder(&from) {
                reading.note_missing_copy(&from, place);
                continue;
            }
            let inner = inner_path(&from, keeps_folders);
            let to = if to.starts_with('/') { to.clone() } else { format!("{built}/{to}") };
            let to = reading.path(&format!("{to}/{inner}"));
            reading.plan.copy_within(&from, to.trim_end_matches('/'));
        }
    }
}

/// Returns where a file or the files of a pattern go below `dest`.
fn inner_path(from: &str, keeps_folders: bool) -> String {
    let is_pattern = from.contains(['*', '{']);
    let fixed: Vec<&str> = from.split('/').take_while(|part| !part.contains(['*', '{'])).collect();
    match (is_pattern, keeps_folders) {
        (_, true) => fixed.join("/"),
        (true, false) => String::new(),
        (false, false) => fixed.last().copied().unwrap_or_default().to_owned(),
    }
}
