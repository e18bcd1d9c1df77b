//! Calls of Rollup's own function: `rollup({ input }).then((bundle) => bundle.write({ file }))`.

use std::rc::Rc;

use bundle_js::static_evaluation::{Field, Symbol, Value};

use crate::{
    reading::{Reading, call_of},
    rollup,
};

/// Reads the calls of Rollup among the calls of a script.
pub(super) fn read(reading: &mut Reading<'_>, calls: &[Rc<Symbol>]) {
    let is_rollup = |call: &Symbol| call.root() == "rollup" && call.path() == ["rollup"];
    let mut configs = Vec::new();
    for (at, call) in calls.iter().enumerate().filter(|(_, call)| is_rollup(call)) {
        let config = call_of(call).1.first().cloned().unwrap_or_default();
        let later = calls[at + 1..].iter().take_while(|call| !is_rollup(call));
        let written: Vec<Value> = later.filter_map(|call| written(call)).collect();
        let mut fields = config.fields();
        if !written.is_empty() {
            let field = Field { value: Value::list(written), place: call.place };
            fields.insert("output".to_owned(), field);
        }
        let is_known =
            |output: &Value| ["file", "dir"].iter().any(|key| output.get(key).as_text().is_some());
        let output = fields.get("output").map(|field| field.value.clone()).unwrap_or_default();
        let is_written = is_known(&output) || output.elements().iter().any(is_known);
        if is_written && !config.get("input").is_missing() {
            configs.push(Value::object(fields));
            continue;
        }
        let sources = reading.paths_of(&config.get("input")).join(", ");
        let what = match sources.as_str() {
            "" => "a bundle of Rollup that only running the script would give".to_owned(),
            sources => format!("a bundle of Rollup of {sources}, whose path is unknown"),
        };
        reading.note(call.place, what, "add it to \"areas\"");
    }
    rollup::of_calls(reading, &configs);
}

/// Returns the options of `bundle.write(…)`.
fn written(call: &Symbol) -> Option<Value> {
    let (name, arguments) = call_of(call);
    let options = arguments.first().filter(|_| name == "write")?;
    options.get("file").as_text().or_else(|| options.get("dir").as_text())?;
    Some(options.clone())
}
