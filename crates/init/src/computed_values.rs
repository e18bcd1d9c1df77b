//! Notes values that the other tool's script computes at each build, of which the written
//! configuration has the present ones, and commands that it runs.

use std::rc::Rc;

use bundle_js::static_evaluation::Symbol;
use camino::Utf8Path;
use indexmap::{IndexMap, IndexSet};

use super::reading::{Reading, call_of, texts};

/// Notes names with the version of package.json, files that the script lists, and commands that it
/// runs. `file`: the script.
pub fn note(reading: &mut Reading<'_>, file: &Utf8Path) {
    version(reading, file);
    files(reading);
    commands(reading);
}

/// Notes commands that may write sources: `execSync("php artisan ziggy:generate ziggy.js")`.
fn commands(reading: &mut Reading<'_>) {
    const PROGRAMS: [&str; 7] = ["php", "node", "npx", "npm", "make", "sh", "bash"];
    const SOURCES: [&str; 9] =
        [".js", ".mjs", ".ts", ".tsx", ".jsx", ".vue", ".css", ".scss", ".json"];
    let calls = reading.script.calls().iter().filter(|call| call.root() == "child_process");
    let written = |call: &Rc<Symbol>| {
        let (first, arguments) = call_of(call).1.split_first()?;
        let rest = arguments.first().map(texts).unwrap_or_default();
        let words = std::iter::once(first.as_text()?).chain(rest).collect::<Vec<_>>().join(" ");
        let program = words.split_whitespace().next().unwrap_or_default();
        let may_write = PROGRAMS.contains(&program)
            || words.split_whitespace().any(|word| SOURCES.iter().any(|end| word.ends_with(end)));
        may_write.then_some((call.place, words))
    };
    for (place, words) in calls.filter_map(written).collect::<Vec<_>>() {
        let what = format!("the command `{words}`, which the script runs");
        reading.note(place, what, "run it before or after the build, if you need it");
    }
}

fn version(reading: &mut Reading<'_>, file: &Utf8Path) {
    let version = reading.facts.package.get("version").and_then(|version| version.as_str());
    let Some(version) = version.filter(|version| version.contains('.')) else { return };
    let text = reading.facts.fs.read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    // A version that is written by hand is not computed.
    if text.contains(version) {
        return;
    }
    let plan = &reading.plan;
    let outputs = plan.outputs.keys().chain(plan.libraries.keys());
    let outputs: Vec<&String> = outputs.filter(|path| path.contains(version)).collect();
    let define = plan.keys.get("define").and_then(|define| define.as_object());
    let defined = define.into_iter().flatten().filter(|(_, value)| {
        value.as_str().is_some_and(|value| value.trim_matches('"') == version)
    });
    let defined: Vec<&String> = defined.map(|(name, _)| name).collect();
    let notes = [("areas", shown(&outputs)), ("define", shown(&defined))];
    let line = text.lines().position(|line| line.contains("version"));
    let name = reading.facts.shown(file);
    let at = line.map_or(name.clone(), |line| format!("{name}:{}", line + 1));
    for (key, names) in notes {
        if let Some(names) = names {
            let what = format!("the version of package.json in {names}, computed at each build");
            let remedy = format!(
                "\"{key}\" has the one of today: change it at each release, or compute it in \
                 bundle.config.mjs"
            );
            reading.plan.note(at.clone(), what, &remedy);
        }
    }
}

fn files(reading: &mut Reading<'_>) {
    // A place in a loop lists several times.
    let mut listed: IndexMap<_, IndexSet<String>> = IndexMap::new();
    for (place, paths) in reading.script.listed() {
        let paths = paths.iter().map(|path| reading.path(path.as_str()));
        listed.entry(*place).or_default().extend(paths);
    }
    for (place, paths) in listed {
        let sources = reading.plan.outputs.values().flat_map(|sources| {
            sources.modules.iter().chain(&sources.classic).chain(&sources.styles)
        });
        let sources: IndexSet<&String> = sources.filter(|one| paths.contains(*one)).collect();
        let sources: Vec<&String> = sources.into_iter().collect();
        let Some(names) = shown(&sources) else { continue };
        let remedy = "later files are no sources by themselves: add them, or write a glob into \
                      \"areas\"";
        reading.note(place, format!("files that the script lists: {names}"), remedy);
    }
}

/// Returns the first names, and how many more there are; `None` if there are none.
fn shown(names: &[&String]) -> Option<String> {
    const MOST: usize = 2;
    let first: Vec<&str> = names.iter().take(MOST).map(|name| name.as_str()).collect();
    let more = match names.len().saturating_sub(MOST) {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    (!first.is_empty()).then(|| first.join(", ") + &more)
}
