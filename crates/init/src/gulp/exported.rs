//! The tasks that a gulpfile exports as functions: `exports.scripts = () => src(…)`. Tasks that
//! others name run where `series` or `parallel` is called.

use std::{collections::HashSet, rc::Rc};

use bundle_js::static_evaluation::{ScriptLocation, Symbol, Value};

use super::{
    steps::{names_of, sources},
    streams,
};
use crate::{reading::Reading, scripts};

/// Calls the functions that the build begins with: those that `gulp NAME` of package.json names, or
/// else the default one. Returns the other functions, with their names.
pub(super) fn run(reading: &mut Reading<'_>, exports: &Value) -> Vec<(String, Value)> {
    let exported = exports.fields();
    let mut starts = scripts::words_after(reading.facts, "gulp");
    starts.retain(|word| exported.contains_key(word));
    if starts.is_empty() {
        let usual = ["default", "build"].into_iter().find(|name| exported.contains_key(*name));
        starts.extend(usual.map(str::to_owned));
    }
    let mut others = Vec::new();
    for (name, field) in exported {
        let Value::Function(_) = field.value else { continue };
        if starts.contains(&name) {
            reading.script.call(&field.value, Vec::new());
        } else {
            others.push((name, field.value));
        }
    }
    others
}

/// Notes the functions that write something which nothing wrote before.
pub(super) fn note_others(reading: &mut Reading<'_>, others: &[(String, Value)]) {
    let mut known = HashSet::new();
    for call in reading.script.calls().to_vec() {
        known.extend(written(reading, &call));
    }
    let mut left_out = Vec::new();
    for (name, function) in others {
        let before = reading.script.calls().len();
        reading.script.call(function, Vec::new());
        let calls: Vec<Rc<Symbol>> =
            reading.script.calls()[before..].iter().map(Rc::clone).collect();
        for call in &calls {
            let is_new = written(reading, call).iter().any(|chain| !known.contains(chain));
            if is_new && left_out.last().is_none_or(|(last, _)| last != name) {
                left_out.push((name.clone(), call.place));
            }
        }
    }
    if let Some((_, place)) = left_out.first() {
        let names: Vec<&str> = left_out.iter().map(|(name, _)| name.as_str()).collect();
        let what = format!("tasks that the build does not run: {}", names.join(", "));
        reading.note(*place, what, "add what they write to \"areas\" if pages use it");
    }
}

/// Returns what identifies the chains that a call writes: the place, the folder and the sources.
fn written(reading: &mut Reading<'_>, call: &Rc<Symbol>) -> Vec<(ScriptLocation, String, String)> {
    let mut chains = Vec::new();
    for (steps, to) in streams::written(reading, call) {
        let names = names_of(&sources(reading, &steps));
        chains.push((call.place, to.as_text().unwrap_or_default(), names));
    }
    chains
}
