//! Functions among webpack's externals. They are called with everything that the entries import
//! from packages, and with one specifier that is made up: if this answer contains the specifier's
//! text, one pattern replaces the function.

use bundle_js::static_evaluation::{Field, Object, Origin, ScriptLocation, Value};

use super::{
    super::{imports, notes::listed, reading::Reading},
    externals::{CALLED, global, written},
};

/// The name of the function that takes an answer.
const CALLBACK: &str = "callback of externals";
/// A part of a specifier that no project has.
const MADE_UP: &str = "some-module/of-none";

/// Asks the functions that were found, and adds the externals. Notes answers that are not known.
pub fn ask(reading: &mut Reading<'_>) {
    let functions = std::mem::take(&mut reading.external_functions);
    if functions.is_empty() {
        return;
    }
    let outputs = reading.plan.outputs.values();
    let modules: Vec<String> = outputs
        .flat_map(|sources| sources.modules.iter().chain(&sources.classic).cloned())
        .collect();
    let alias = reading.plan.keys.get("alias").cloned().unwrap_or_default();
    let requests = imports::packages(reading.facts, &modules, &alias);
    for (function, place) in functions {
        let (mut unknown, mut called) = (Vec::new(), Vec::new());
        for request in &requests {
            match answer(reading, &function, request) {
                Answer::Bundled => {}
                Answer::Global(found) => {
                    let (key, value) = pattern(reading, &function, request, &found)
                        .unwrap_or_else(|| (request.clone(), found));
                    reading.plan.put("externals", &key, value);
                }
                Answer::Call => called.push(request.as_str()),
                Answer::Unknown => unknown.push(request.as_str()),
            }
        }
        if !called.is_empty() {
            let what = format!("externals that a function makes calls: {}", listed(&called));
            reading.note(place, what, CALLED);
            if unknown.is_empty() {
                continue;
            }
        }
        let mut what = "externals that a function decides".to_owned();
        if unknown.len() < requests.len() {
            if unknown.is_empty() {
                continue;
            }
            what = format!("{what}: {}", unknown.join(", "));
        }
        reading.note(place, what, "write those that pages have into \"externals\"");
    }
}

/// The answer of a function to a request.
enum Answer {
    Bundled,
    /// It is this page global.
    Global(String),
    /// It is what a call returns.
    Call,
    Unknown,
}

/// Asks a function for a request.
fn answer(reading: &mut Reading<'_>, function: &Value, request: &str) -> Answer {
    let Value::Function(inner) = function else { return Answer::Unknown };
    let field = |value: Value| Field { value, ..Field::default() };
    let request = Value::text(request);
    let context = Value::text(reading.project().as_str());
    let callback = Value::symbol(Origin::Name(CALLBACK.to_owned()), ScriptLocation::default());
    // Before version 5 of webpack: `(context, request, callback)`.
    let arguments = if inner.arity() == 3 {
        vec![context, request, callback]
    } else {
        let fields = [("context", context), ("request", request)];
        let fields = fields.map(|(key, value)| (key.to_owned(), field(value)));
        vec![Value::object(Object::from(fields)), callback]
    };
    let before = reading.script.calls().len();
    let returned = reading.script.call(function, arguments);
    let calls = reading.script.calls()[before..].iter();
    let mut calls = calls.filter(|call| call.root() == CALLBACK);
    let result = match (calls.next(), calls.next()) {
        // Where a condition is not known, both branches call.
        (Some(_), Some(_)) => return Answer::Unknown,
        (Some(call), None) => {
            call.call().and_then(|(_, arguments)| arguments.get(1).cloned()).unwrap_or_default()
        }
        // A function with a callback has to call it.
        (None, _) if inner.arity() != 1 => return Answer::Unknown,
        (None, _) => returned,
    };
    if result.is_missing() {
        return Answer::Bundled;
    }
    match written(&result) {
        Some(text) if text.contains('(') => Answer::Call,
        Some(text) => global(&text).map_or(Answer::Unknown, Answer::Global),
        None => Answer::Unknown,
    }
}

/// Returns a pattern with the same meaning: `flarum/*` is `flarum.core.compat["*"]` if
/// `flarum/forum/app` is `flarum.core.compat["forum/app"]`.
fn pattern(
    reading: &mut Reading<'_>,
    function: &Value,
    request: &str,
    found: &str,
) -> Option<(String, String)> {
    let (before, rest) = found.split_once("[\"")?;
    let (text, after) = rest.split_once("\"]")?;
    let start = request.strip_suffix(text).filter(|start| !start.is_empty())?;
    let of_other = answer(reading, function, &format!("{start}{MADE_UP}"));
    let expected = format!("{before}[\"{MADE_UP}\"]{after}");
    let is_same = matches!(of_other, Answer::Global(global) if global == expected);
    is_same.then(|| (format!("{start}*"), format!("{before}[\"*\"]{after}")))
}
