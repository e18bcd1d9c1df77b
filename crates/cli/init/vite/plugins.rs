//! Vite's plugins: the one of Laravel, copies, and which others need no key.

use std::rc::Rc;

use bundle_js::evaluate::{Symbol, Value};

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
pub fn read(reading: &mut Reading<'_>, config: &Value) {
    for symbol in all(config) {
        let root = symbol.root().to_owned();
        let options = symbol.call().and_then(|(_, arguments)| arguments.first().cloned());
        let options = options.unwrap_or_default();
        if root.contains("static-copy") {
            copies(reading, &options, &symbol);
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

/// vite-plugin-static-copy: a file that a pattern finds, and a folder, go below `dest`.
fn copies(reading: &mut Reading<'_>, options: &Value, symbol: &Symbol) {
    for target in options.get("targets").elements() {
        let to = target.get("dest").as_text();
        let (Some(to), sources) = (to, texts(&target.get("src"))) else { continue };
        if sources.is_empty() || !target.get("rename").is_missing() {
            let remedy = "write their paths into \"copy\"";
            reading.note(symbol.place, "files that are copied", remedy);
        }
        for source in sources {
            let from = reading.path(&source);
            let name = from.rsplit('/').next().unwrap_or_default().to_owned();
            let is_pattern = from.contains(['*', '{']);
            if is_pattern {
                reading.plan.copy(&from, &to);
            } else if reading.is_file(&from) || reading.is_folder(&from) {
                reading.plan.copy(&from, &format!("{to}/{name}"));
            } else {
                let what = format!("copies of {from}, which does not exist");
                reading.note(symbol.place, what, "remove it");
            }
        }
    }
}
