//! The entries: `src/main` or those of `pages`, as `chainWebpack` and `configureWebpack` change
//! them.

use std::rc::Rc;

use bundle_js::evaluate::{Field, Object, Symbol, Value};

use super::super::reading::{call_of, texts};

/// Returns the entries of Vue CLI after `chainWebpack`: lists of paths by name.
pub(super) fn of_chain(exports: &Value, calls: &[Rc<Symbol>]) -> Object {
    let mut entries = Object::new();
    for (name, field) in exports.get("pages").fields() {
        let value = &field.value;
        let paths = if let Value::Object(_) = value { value.get("entry") } else { value.clone() };
        entries.insert(name, Field { value: list(&texts(&paths)), place: field.place });
    }
    if entries.is_empty() {
        let value = list(&["./src/main".to_owned()]);
        entries.insert("app".to_owned(), Field { value, ..Field::default() });
    }
    for call in calls {
        change(&mut entries, call);
    }
    entries
}

/// Makes the change of a call: `config.entry("admin").add("./src/admin.js")`.
fn change(entries: &mut Object, call: &Symbol) {
    let (method, arguments) = call_of(call);
    let first = arguments.first().and_then(Value::as_text).unwrap_or_default();
    if call.receiver().is_some_and(|of| of.path().last() == Some(&"entryPoints")) {
        match method {
            "delete" => drop(entries.shift_remove(&first)),
            "clear" => entries.clear(),
            _ => {}
        }
        return;
    }
    let Some(name) = entry_of(call) else { return };
    let entry =
        entries.entry(name).or_insert_with(|| Field { value: list(&[]), place: call.place });
    match method {
        "add" | "prepend" => {
            let mut paths = texts(&entry.value);
            let at = if method == "add" { paths.len() } else { 0 };
            paths.insert(at, first);
            entry.value = list(&paths);
        }
        "delete" => {
            let mut paths = texts(&entry.value);
            paths.retain(|path| *path != first);
            entry.value = list(&paths);
        }
        "clear" => entry.value = list(&[]),
        _ => {}
    }
}

/// Returns the entry that a call is about: `admin` for `config.entry("admin").clear().add(…)`.
fn entry_of(call: &Symbol) -> Option<String> {
    let mut receiver = call.receiver()?;
    loop {
        let (callee, arguments) = receiver.call()?;
        match callee.path().last().copied()? {
            "entry" => return arguments.first()?.as_text(),
            "end" => return None,
            _ => receiver = receiver.receiver()?,
        }
    }
}

/// Returns the entries after `configureWebpack`. `config`: what the function could change.
/// `options`: what it gave, which webpack-merge adds.
pub(super) fn merged(config: &Value, options: &Value) -> Object {
    let mut entries = config.get("entry").fields();
    let more = options.get("entry");
    match &more {
        Value::Text(_) | Value::List(_) => {
            let field = Field { value: list(&texts(&more)), ..Field::default() };
            return Object::from([("main".to_owned(), field)]);
        }
        _ => {}
    }
    for (name, field) in more.fields() {
        let given = match &field.value {
            Value::Object(_) => texts(&field.value.get("import")),
            value => texts(value),
        };
        let known = entries.get(&name).map(|known| texts(&known.value)).unwrap_or_default();
        // A text takes the place of a list.
        let is_list = matches!(field.value, Value::List(_));
        let mut paths = if is_list { known } else { Vec::new() };
        for path in given {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        entries.insert(name, Field { value: list(&paths), place: field.place });
    }
    entries
}

/// Returns whether `chainWebpack` takes a plugin away.
pub(super) fn is_deleted(calls: &[Rc<Symbol>], plugin: &str) -> bool {
    calls.iter().any(|call| {
        let (method, arguments) = call_of(call);
        let is_of_plugins = call.receiver().is_some_and(|of| of.path().last() == Some(&"plugins"));
        let first = arguments.first().and_then(Value::as_text);
        method == "delete" && is_of_plugins && first.as_deref() == Some(plugin)
    })
}

fn list(paths: &[String]) -> Value {
    Value::list(paths.iter().map(Value::text).collect())
}
