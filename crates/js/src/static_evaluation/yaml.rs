//! Parses YAML texts, from which configurations read settings, as js-yaml does: one document, with
//! the types of JSON.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::{
    operators::text_of,
    value::{Field, Object, Value},
};

/// How deep lists and objects may nest.
const MOST_DEPTH: usize = 64;
/// The tag of texts. The parser expands handles.
const TEXT: (&str, &str) = ("tag:yaml.org,2002:", "str");

/// Calls a function of a package for YAML with a text; `None` if the text is not understood.
pub(super) fn function(package: &str, name: &str) -> Option<fn(&str) -> Option<Value>> {
    match (package, name) {
        ("js-yaml", "load" | "safeLoad") | ("yaml" | "yamljs", "parse") => Some(yaml),
        _ => None,
    }
}

/// Converts a text; `None` if it has mistakes, several documents, or types of its own.
pub fn yaml(text: &str) -> Option<Value> {
    let mut document = Document::default();
    for event in Parser::new_from_str(text) {
        document.add(event.ok()?.0)?;
    }
    document.value
}

/// A document that is being read.
#[derive(Default)]
struct Document {
    /// The lists and objects that have begun, from the outermost one.
    open: Vec<Open>,
    /// The values with an anchor. As in JavaScript, an alias is the same object.
    anchors: HashMap<usize, Value>,
    value: Option<Value>,
}

/// A list or an object that has begun.
struct Open {
    anchor: usize,
    kind: Kind,
}

enum Kind {
    List(Vec<Value>),
    /// The fields, and the key whose value comes next.
    Object(Object, Option<String>),
}

impl Document {
    fn add(&mut self, event: Event<'_>) -> Option<()> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = match tag {
                    Some(tag) if is_of_texts(&tag) => true,
                    Some(_) => return None,
                    None => style != ScalarStyle::Plain,
                };
                let value = if is_text { Value::text(text.into_owned()) } else { plain(&text) };
                self.insert(value, anchor)
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor)?.clone();
                self.insert(value, 0)
            }
            Event::SequenceStart(anchor, None) => self.begin(anchor, Kind::List(Vec::new())),
            Event::MappingStart(anchor, None) => {
                self.begin(anchor, Kind::Object(Object::new(), None))
            }
            Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => None,
            Event::SequenceEnd | Event::MappingEnd => {
                let Open { anchor, kind } = self.open.pop()?;
                let value = match kind {
                    Kind::List(values) => Value::list(values),
                    Kind::Object(fields, _) => Value::object(fields),
                };
                self.insert(value, anchor)
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Some(()),
        }
    }

    fn begin(&mut self, anchor: usize, kind: Kind) -> Option<()> {
        self.open.push(Open { anchor, kind });
        (self.open.len() <= MOST_DEPTH).then_some(())
    }

    fn insert(&mut self, value: Value, anchor: usize) -> Option<()> {
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None if self.value.is_some() => return None,
            None => self.value = Some(value),
            Some(Kind::List(values)) => values.push(value),
            Some(Kind::Object(fields, key)) => match key.take() {
                None => *key = Some(text_of(&value)?),
                Some(key) if key == "<<" => merge(fields, &value),
                Some(key) => {
                    fields.insert(key, Field { value, ..Field::default() });
                }
            },
        }
        Some(())
    }
}

/// Adds the fields of an object, or of several, that `<<` names. Fields of the object itself win.
fn merge(fields: &mut Object, from: &Value) {
    let several = from.elements();
    for (key, field) in several.iter().chain([from]).flat_map(Value::fields) {
        fields.entry(key).or_insert(field);
    }
}

fn is_of_texts(tag: &Tag) -> bool {
    (tag.handle.as_str(), tag.suffix.as_str()) == TEXT
}

/// Returns the value of a text without quotes.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Boolean(true),
        "false" | "False" | "FALSE" => Value::Boolean(false),
        _ => number(text).map_or_else(|| Value::text(text), Value::Number),
    }
}

fn number(text: &str) -> Option<f64> {
    if let Some(digits) = text.strip_prefix("0x") {
        return u32::from_str_radix(digits, 16).ok().map(f64::from);
    }
    // Rust reads more words than YAML, such as `inf`.
    let is_number = text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    is_number.then(|| text.parse().ok()).flatten()
}
