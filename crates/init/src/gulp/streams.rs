//! Streams of files: chains of `.pipe()`, `pipeline(…)` and `pump([…])` of several steps, and
//! streams that are merged.

use std::rc::Rc;

use bundle_js::static_evaluation::{Symbol, Value};

use super::steps::{Step, source_step};
use crate::reading::{Reading, call_of};

/// Packages whose function, or `obj` of it, pipes its arguments into each other.
const PIPELINES: [&str; 5] =
    ["multipipe", "pump", "pumpify", "stream-combiner", "stream-combiner2"];

/// Packages whose function makes one promise-returning function of another.
const PROMISES: [&str; 3] = ["es6-promisify", "pify", "util.promisify"];

/// Packages whose function makes one stream of its arguments.
const MERGES: [&str; 8] = [
    "@sindresorhus/merge-streams",
    "gulp-merge",
    "merge-stream",
    "merge2",
    "ordered-merge-stream",
    "ordered-read-streams",
    "stream-series",
    "streamqueue",
];

/// Functions of other packages that do so.
const MERGING: [&str; 6] =
    ["concat", "merge", "merge2", "mergeStream", "streamSeries", "streamqueue"];

/// Steps that make scripts of entries. What they make cannot be joined with other files.
const BUNDLERS: [&str; 4] = ["browserify", "esbuild", "rollup", "webpack"];

/// Steps that give names, which no longer count once streams are joined.
const NAMING: [&str; 3] = ["rename", "concat", "flatten"];

/// The steps of a stream, from its source on.
pub(super) type Steps = Vec<Step>;

/// Returns the streams that a call writes, each with the argument of `gulp.dest(…)`.
pub(super) fn written(reading: &mut Reading<'_>, call: &Rc<Symbol>) -> Vec<(Steps, Value)> {
    let (name, arguments) = call_of(call);
    if name == "pipe" {
        let Some(to) = arguments.first().and_then(destination) else { return Vec::new() };
        return of(reading, call).into_iter().map(|steps| (steps, to.clone())).collect();
    }
    let is_written = call.call().is_some_and(|(callee, _)| is_pipeline(callee));
    let elements = if is_written { flat(arguments) } else { Vec::new() };
    let ends = elements.iter().enumerate().skip(1);
    let ends: Vec<_> = ends.filter_map(|(at, one)| Some((at, destination(one)?))).collect();
    let mut written = Vec::new();
    for (at, to) in ends {
        let streams = piped(reading, &elements[..=at]);
        written.extend(streams.into_iter().map(|steps| (steps, to.clone())));
    }
    written
}

/// Returns the steps of a call that ends in gulp-chug.
pub(super) fn of_chug(reading: &mut Reading<'_>, call: &Rc<Symbol>) -> Option<Steps> {
    let (name, arguments) = call_of(call);
    let last = arguments.first().filter(|_| name == "pipe")?.as_symbol()?;
    let is_chug = Step::of(last).name.contains("chug");
    is_chug.then(|| of(reading, call).into_iter().next()).flatten()
}

/// Returns the argument of `gulp.dest(…)`.
fn destination(value: &Value) -> Option<Value> {
    let (name, arguments) = call_of(without_handler(value.as_symbol()?));
    (name == "dest").then(|| arguments.first().cloned()).flatten()
}

/// Returns `sass(…)` of `sass(…).on("error", …)`.
fn without_handler(step: &Rc<Symbol>) -> &Rc<Symbol> {
    let is_handler = call_of(step).0 == "on";
    step.receiver().filter(|_| is_handler).unwrap_or(step)
}

/// Returns the arguments, those of lists among them.
fn flat(arguments: &[Value]) -> Vec<Value> {
    let one = |value: &Value| match value {
        Value::List(_) => flat(&value.elements()),
        other => vec![other.clone()],
    };
    arguments.iter().flat_map(one).collect()
}

/// Returns the streams that an expression makes: several, if streams are merged and not joined.
fn of(reading: &mut Reading<'_>, symbol: &Rc<Symbol>) -> Vec<Steps> {
    let before = |reading: &mut Reading<'_>| match symbol.receiver() {
        Some(receiver) => of(reading, receiver),
        None => Vec::new(),
    };
    let Some((callee, arguments)) = symbol.call() else { return before(reading) };
    if is_pipeline(callee) {
        return piped(reading, &flat(arguments));
    }
    if is_merge(callee) {
        return merged(reading, symbol);
    }
    let mut streams = before(reading);
    if merge_of_addition(symbol).is_some() {
        return streams;
    }
    if call_of(symbol).0 == "pipe" {
        arguments.first().into_iter().for_each(|step| pipe(&mut streams, step));
    } else {
        push(&mut streams, &Step::of(symbol));
    }
    streams
}

/// Returns the streams of `pipeline(first, step, …)`. A callback is no step.
fn piped(reading: &mut Reading<'_>, elements: &[Value]) -> Vec<Steps> {
    let Some((first, steps)) = elements.split_first() else { return Vec::new() };
    let mut streams = first.as_symbol().map(|first| of(reading, first)).unwrap_or_default();
    for step in steps {
        pipe(&mut streams, step);
    }
    streams
}

/// Returns the streams of `merge(a, b)`, in the order of the arguments.
fn merged(reading: &mut Reading<'_>, merge: &Rc<Symbol>) -> Vec<Steps> {
    let mut parts = flat(call_of(merge).1);
    // `merged.add(stream)`
    let calls = reading.script.calls().iter();
    let added =
        calls.filter(|call| merge_of_addition(call).is_some_and(|of| Rc::ptr_eq(of, merge)));
    parts.extend(added.flat_map(|call| flat(call_of(call).1)));
    let mut streams = Vec::new();
    for part in parts {
        // streamqueue calls functions for its streams.
        let made = reading.script.call(&part, Vec::new());
        let Some(symbol) = made.as_symbol() else { continue };
        // `merge.apply(es, streams)`
        if symbol.call().is_none() && symbol.receiver().is_none() && !symbol.root().is_empty() {
            continue;
        }
        let own = of(reading, symbol);
        streams.extend(if own.is_empty() { vec![Vec::new()] } else { own });
    }
    streams
}

/// Returns the call of `merge()` to which `merge().add(a).add(b)` adds streams.
fn merge_of_addition(call: &Rc<Symbol>) -> Option<&Rc<Symbol>> {
    if !["add", "queue", "done"].contains(&call_of(call).0) {
        return None;
    }
    let receiver = call.receiver()?;
    let is_merged = receiver.call().is_some_and(|(callee, _)| is_merge(callee));
    if is_merged { Some(receiver) } else { merge_of_addition(receiver) }
}

fn is_pipeline(callee: &Rc<Symbol>) -> bool {
    let (name, arguments) = call_of(callee);
    if callee.call().is_some() {
        // `promisify(stream.pipeline)`
        let is_promise = name == "promisify" || PROMISES.contains(&callee.root());
        let of = arguments.first().and_then(Value::as_symbol);
        return of.is_some_and(|of| is_promise && is_pipeline(of));
    }
    name == "pipeline" || ["", "obj"].contains(&name) && PIPELINES.contains(&callee.root())
}

fn is_merge(callee: &Rc<Symbol>) -> bool {
    let mut path = callee.path();
    path.retain(|part| *part != "apply");
    match path.as_slice() {
        _ if callee.call().is_some() => false,
        [] => MERGES.contains(&callee.root()),
        [name] => {
            ["event-stream", "gulp-load-plugins"].contains(&callee.root())
                && MERGING.contains(name)
                // `$.concat` is gulp-concat.
                && (*name != "concat" || callee.root() == "event-stream")
        }
        _ => false,
    }
}

/// Adds a step to all streams. A stream of its own steps counts as these.
fn pipe(streams: &mut Vec<Steps>, value: &Value) {
    let Some(symbol) = value.as_symbol() else { return };
    let symbol = without_handler(symbol);
    match symbol.call() {
        Some((callee, arguments)) if is_pipeline(callee) => {
            for inner in &flat(arguments) {
                pipe(streams, inner);
            }
        }
        _ => push(streams, &Step::of(symbol)),
    }
}

/// Adds a step to all streams, of which there is one at least. Concatenation joins them.
fn push(streams: &mut Vec<Steps>, step: &Step) {
    if streams.is_empty() {
        streams.push(Vec::new());
    }
    if step.name.contains("concat") {
        *streams = vec![joined(std::mem::take(streams))];
    }
    for steps in streams {
        steps.push(step.clone());
    }
}

/// Joins streams to one. Their names no longer count.
fn joined(streams: Vec<Steps>) -> Steps {
    let is_known = |steps: &Steps| {
        let is_bundler = |step: &Step| BUNDLERS.iter().any(|name| step.name.contains(name));
        source_step(steps).is_some() && !steps.iter().any(is_bundler)
    };
    let is_single = streams.len() == 1;
    let is_known_in_part = streams.iter().any(is_known);
    let mut joined = Vec::new();
    for steps in streams {
        if is_single || !is_known_in_part || is_known(&steps) {
            joined.extend(steps);
        } else {
            joined.push(Step::unknown_part());
        }
    }
    joined.retain(|step| !NAMING.iter().any(|name| step.name.contains(name)));
    joined
}
