//! The flags that yargs and minimist read from the command line. The tool is started without
//! arguments, so a flag is undefined unless the script gives it a default. A flag that names the
//! mode is set to production.

use std::rc::Rc;

use super::{
    script::Script,
    value::{Field, Object, Origin, Symbol, Value},
};

/// Flags with which projects request a production build.
pub(super) const PRODUCTION: [&str; 3] = ["production", "prod", "release"];
/// Flags whose value names the mode in one way or another, so their values are not known.
const MODES: [&str; 5] = ["env", "NODE_ENV", "nodeEnv", "node-env", "p"];

impl Script<'_> {
    /// Calls a function of yargs, yargs-parser or minimist; `None` if it parses nothing.
    pub(super) fn parsed_arguments(&self, callee: &Rc<Symbol>, values: &[Value]) -> Option<Value> {
        let path = callee.path();
        let name = path.last().copied().unwrap_or_default();
        let is_yargs = callee.root().starts_with("yargs") && callee.root() != "yargs-parser";
        match name {
            "parse" | "parseSync" if is_yargs => Some(self.command_line(&Value::Undefined)),
            "" if !is_yargs => {
                let options = values.get(1).cloned().unwrap_or_default();
                Some(self.command_line(&options.get("default")))
            }
            _ => None,
        }
    }

    /// Returns the flags of a command line without arguments. `defaults`: those that the
    /// script gives outside of its calls of yargs.
    pub(super) fn command_line(&self, defaults: &Value) -> Value {
        let field = |value: Value| Field { value, ..Field::default() };
        let mut flags = Object::new();
        flags.insert("_".to_owned(), field(Value::list(Vec::new())));
        flags.insert("$0".to_owned(), field(Value::text("build")));
        flags.insert("mode".to_owned(), field(Value::text("production")));
        flags.extend(PRODUCTION.map(|name| (name.to_owned(), field(Value::Boolean(true)))));
        for name in MODES {
            let origin = Origin::Name(name.to_owned());
            flags.insert(
                name.to_owned(),
                field(Value::symbol(origin, super::ScriptLocation::default())),
            );
        }
        let calls = self.calls.iter().filter(|call| call.root().starts_with("yargs"));
        for call in calls {
            let path = call.path();
            let (Some(name), Some((_, arguments))) = (path.last(), call.call()) else { continue };
            match (*name, arguments) {
                ("default", [Value::Text(name), value, ..]) => {
                    flags.entry(name.clone()).or_insert_with(|| field(value.clone()));
                }
                ("option" | "options", [Value::Text(name), options, ..]) => {
                    add_default(&mut flags, name, options);
                }
                ("option" | "options", [options, ..]) => {
                    for (name, one) in options.fields() {
                        add_default(&mut flags, &name, &one.value);
                    }
                }
                ("default", [values, ..]) => add_all(&mut flags, values),
                _ => {}
            }
        }
        add_all(&mut flags, defaults);
        Value::object(flags)
    }
}

fn add_all(flags: &mut Object, values: &Value) {
    for (name, value) in values.fields() {
        flags.entry(name).or_insert(value);
    }
}

fn add_default(flags: &mut Object, name: &str, options: &Value) {
    if let Some(value) = options.fields().get("default") {
        flags.entry(name.to_owned()).or_insert_with(|| value.clone());
    }
}
