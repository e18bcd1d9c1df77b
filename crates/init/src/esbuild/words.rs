//! Options of commands: `esbuild src/app.js --bundle --outfile=public/app.js`.

use bundle_js::static_evaluation::{Field, Object, Value};

use super::super::{reading::camel_case, scripts::Command};

/// Returns the options of a command, with the folder in which it runs.
pub(super) fn of_command(command: &Command) -> Value {
    let mut options = of_words(command.after("esbuild")).fields();
    if !command.folder.is_empty() {
        let value = Value::text(&command.folder);
        options.insert("absWorkingDir".to_owned(), Field { value, ..Field::default() });
    }
    Value::object(options)
}

/// Returns the options of words: `--loader:.svg=text`, `--outfile=app.js`, `--bundle`.
fn of_words(words: &[String]) -> Value {
    let field = |value: Value| Field { value, ..Field::default() };
    let mut options = Object::new();
    let mut entries = Vec::new();
    for word in words {
        let Some(flag) = word.strip_prefix("--") else {
            // `esbuild app=src/index.js`
            entries.push(word.split_once('=').map_or_else(
                || Value::text(word.as_str()),
                |(out, file)| {
                    let named = [("out", out), ("in", file)];
                    let fields =
                        named.map(|(key, text)| (key.to_owned(), field(Value::text(text))));
                    Value::object(Object::from(fields))
                },
            ));
            continue;
        };
        let (name, value) = flag.split_once('=').unwrap_or((flag, ""));
        let value = match name {
            _ if !flag.contains('=') => Value::Boolean(true),
            "target" => Value::list(value.split(',').map(Value::text).collect()),
            _ => Value::text(value),
        };
        let (name, key) = name.split_once(':').unwrap_or((name, ""));
        let name = camel_case(name);
        match (name.as_str(), key) {
            ("external" | "inject" | "drop" | "pure", key) => {
                let known =
                    options.entry(name.clone()).or_insert_with(|| field(Value::list(vec![])));
                if let Value::List(list) = &known.value {
                    list.borrow_mut().push(Value::text(key));
                }
            }
            (_, "") => {
                options.insert(name, field(value));
            }
            (_, key) => {
                let known =
                    options.entry(name).or_insert_with(|| field(Value::object(Object::new())));
                if let Value::Object(fields) = &known.value {
                    fields.borrow_mut().insert(key.to_owned(), field(value));
                }
            }
        }
    }
    options.insert("entryPoints".to_owned(), field(Value::list(entries)));
    Value::object(options)
}

#[cfg(test)]
mod tests {
    use super::{super::super::reading::texts, *};

    #[test]
    fn options_of_commands() {
        let words = "src/a.js --bundle --outfile=b.js --external:jquery --loader:.svg=text";
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let options = of_words(&words);
        assert_eq!(texts(&options.get("entryPoints")), ["src/a.js"]);
        assert_eq!(options.get("outfile").as_text().as_deref(), Some("b.js"));
        assert_eq!(texts(&options.get("external")), ["jquery"]);
        assert_eq!(options.get("loader").get(".svg").as_text().as_deref(), Some("text"));
        assert_eq!(camel_case("entry-names"), "entryNames");
    }
}
