//! The entries: `src/main` or those of `pages`, as `chainWebpack` and `configureWebpack` change
//! them.

use std::rc::Rc;

use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Symbol, Value};

use super::{
    super::reading::{call_of, texts},
    chain::subject_of,
};

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
    let Some(name) = subject_of(call, "entry") else { return };
    let given = arguments.first().map(paths_of).unwrap_or_default();
    let entry =
        entries.entry(name).or_insert_with(|| Field { value: list(&[]), place: call.place });
    let mut paths = texts(&entry.value);
    match method {
        "add" => paths.extend(given),
        "prepend" => paths.splice(0..0, given).for_each(drop),
        "delete" => paths.retain(|path| !given.contains(path)),
        "clear" => paths.clear(),
        _ => {}
    }
    entry.value = list(&paths);
}

/// Returns the paths of an entry: a text, a list, or `{ import }`.
fn paths_of(entry: &Value) -> Vec<String> {
    if let Value::Object(_) = entry { texts(&entry.get("import")) } else { texts(entry) }
}

/// Returns the entries that a value means to webpack.
fn named(entry: &Value) -> Object {
    let field = |value: &Value, place| Field { value: list(&paths_of(value)), place };
    match entry {
        Value::Text(_) | Value::List(_) => {
            Object::from([("main".to_owned(), field(entry, ScriptLocation::default()))])
        }
        _ => {
            let fields = entry.fields().into_iter();
            fields.map(|(name, known)| (name, field(&known.value, known.place))).collect()
        }
    }
}

/// Returns the entries after `configureWebpack`. `config`: what the function could change.
/// `options`: what it gave, which webpack-merge adds.
pub(super) fn merged(config: &Value, options: &Value) -> Object {
    let mut entries = named(&config.get("entry"));
    let more = options.get("entry");
    let is_whole = matches!(more, Value::Text(_) | Value::List(_));
    if is_whole {
        return named(&more);
    }
    for (name, field) in more.fields() {
        let known = entries.get(&name).map(|known| texts(&known.value)).unwrap_or_default();
        // A text takes the place of a list.
        let is_list = matches!(field.value, Value::List(_));
        let mut paths = if is_list { known } else { Vec::new() };
        for path in paths_of(&field.value) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        entries.insert(name, Field { value: list(&paths), place: field.place });
    }
    entries
}

/// Whether `chainWebpack` takes a plugin away.
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
