//! Reads a gulpfile: every chain that ends in `gulp.dest` is an output. Sass, Less, concatenation,
//! browserify and copies are known by the names of the steps.

use std::rc::Rc;

use bundle_js::static_evaluation::{Symbol, Value};

use super::{
    plan::{Note, Plan, tidy},
    reading::{Reading, call_of},
    webpack,
};

mod chain; // the outputs of a chain
mod copies; // files that are copied
mod destinations; // where chains write to
mod elixir; // Laravel Elixir
mod exported; // tasks that are exported
mod filters; // steps that leave files out
mod renamed; // names that gulp-rename and gulp-flatten give
mod rollup; // calls of Rollup
mod steps; // the steps of a chain
mod streams; // the chains that calls write

use steps::{Step, names_of, sources};

/// The note about gulpfiles that gulp-chug runs begins with this.
const OTHER_GULPFILES: &str = "gulpfiles that gulp-chug runs";

/// Reads the calls of a script. `exports`: all of its exports.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    let is_elixir = reading.facts.range("laravel-elixir").is_some();
    if is_elixir {
        return elixir::read(reading);
    }
    let others = exported::run(reading, exports);
    chains(reading, 0);
    if reading.plan.outputs.is_empty() && reading.plan.copies.is_empty() {
        let known = reading.script.calls().len();
        reading.script.call(exports, Vec::new());
        for (_, function) in &others {
            reading.script.call(function, Vec::new());
        }
        chains(reading, known);
    } else {
        exported::note_others(reading, &others);
    }
    if !reading.plan.libraries.is_empty() {
        webpack::splitting(reading, reading.plan.outputs.len(), true);
    } else if reading.plan.outputs.len() > 1 {
        // Views name each output, and nothing loads what two of them would share.
        reading.plan.set("splitting", false);
    }
    if reading.plan.outputs.is_empty() && !runs_others(&reading.plan) {
        reading.plan.note(
            "",
            "no output was recognised in the gulpfile",
            "list the entries in \"areas\"",
        );
    }
}

/// Whether the gulpfile runs others.
pub fn runs_others(plan: &Plan) -> bool {
    plan.notes.iter().any(is_of_others)
}

/// Whether a note is about gulpfiles that this one runs.
pub fn is_of_others(note: &Note) -> bool {
    note.what.starts_with(OTHER_GULPFILES)
}

/// Reads the chains among the calls from the one with this index on.
fn chains(reading: &mut Reading<'_>, from: usize) {
    let calls: Vec<Rc<Symbol>> = reading.script.calls()[from..].iter().map(Rc::clone).collect();
    rollup::read(reading, &calls);
    let (mut later, mut flipping) = (Vec::new(), Vec::new());
    for call in &calls {
        if call.root() == "webpack" && call.call().is_some() && call.path().is_empty() {
            compiler(reading, call);
        }
        if let Some(steps) = streams::of_chug(reading, call) {
            let files = names_of(&sources(reading, &steps));
            let what = format!("{OTHER_GULPFILES}: {files}");
            if reading.plan.notes.iter().all(|note| note.what != what) {
                reading.note(call.place, what, "run `bundle init` in the folder of each");
            }
        }
        let written = streams::written(reading, call).into_iter();
        let written: Vec<_> =
            written.flat_map(|(steps, to)| destinations::of(reading, steps, &to)).collect();
        for (steps, to) in written {
            let Some(to) = to else {
                reading.note(call.place, "an output of unknown path", "add it to \"areas\"");
                continue;
            };
            if chain::is_flipping(&steps) {
                flipping.push((steps, to, call.place));
            } else if finds_all(reading, &steps) {
                chain::read(reading, &steps, &tidy(&to), call.place);
            } else {
                later.push((steps, to, call.place));
            }
        }
    }
    // Globs that find nothing: other chains make the files.
    loop {
        reading.made = files_made(reading);
        let ready: Vec<_> =
            later.extract_if(.., |(steps, _, _)| finds_all(reading, steps)).collect();
        if ready.is_empty() {
            break;
        }
        for (steps, to, place) in ready {
            chain::read(reading, &steps, &tidy(&to), place);
        }
    }
    for (steps, to, place) in later {
        chain::read(reading, &steps, &tidy(&to), place);
    }
    reading.made = files_made(reading);
    for (steps, to, place) in flipping {
        chain::right_to_left::read(reading, &steps, &tidy(&to), place);
    }
}

/// Whether every glob that a chain begins with finds a file.
fn finds_all(reading: &Reading<'_>, steps: &[Step]) -> bool {
    sources(reading, steps).iter().all(|source| !reading.expanded(&source.path).is_empty())
}

/// Returns the files that the chains read so far make.
fn files_made(reading: &Reading<'_>) -> Vec<String> {
    let mut made = Vec::new();
    for (path, sources) in &reading.plan.outputs {
        made.extend((!sources.styles.is_empty()).then(|| format!("{path}.css")));
        let has_scripts = !sources.classic.is_empty() || !sources.modules.is_empty();
        made.extend(has_scripts.then(|| format!("{path}.js")));
    }
    made
}

/// Reads `webpack(config, done)`, a call of webpack's own function.
fn compiler(reading: &mut Reading<'_>, call: &Symbol) {
    let (_, arguments) = call_of(call);
    let Some(config) = arguments.first() else { return };
    let configs =
        if let Value::List(_) = config { config.elements() } else { vec![config.clone()] };
    for config in configs {
        let config = reading.script.call(&config, Vec::new());
        if config.get("entry").is_missing() {
            let what = "a configuration of webpack that only running the script would give";
            reading.note(call.place, what, "add its entries to \"areas\"");
            continue;
        }
        let to = reading.path_of(&config.get("output").get("path")).unwrap_or_default();
        webpack::of_stream(reading, &config, if to.is_empty() { "dist" } else { &to });
    }
}
