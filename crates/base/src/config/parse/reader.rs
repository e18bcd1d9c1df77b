//! Reads values of a JSON text with their places, and reports values of the wrong type. Such a
//! value is then treated as absent.

use std::sync::Arc;

use jsonc_parser::{
    CollectOptions, ParseOptions,
    ast::{BooleanLit, ObjectProp, Value},
    common::Ranged,
    parse_to_ast,
};

use super::super::{
    messages,
    raw::{Origin, Pair, RawAlias, RawGlobal, RawRule, Written},
};
use crate::{
    diagnostic::{Diagnostics, Label},
    source::{Source, Span},
};

/// Comments and trailing commas are allowed. Everything else must be JSON, as schema support in
/// editors expects.
const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The reader of one text.
pub(super) struct Reader<'a> {
    source: &'a Arc<Source>,
    /// Where mistakes are reported.
    pub log: &'a mut Diagnostics,
}

impl<'a> Reader<'a> {
    /// Makes a reader of `source`.
    pub fn new(source: &'a Arc<Source>, log: &'a mut Diagnostics) -> Self {
        Self { source, log }
    }

    /// Parses the text and returns its value; a syntax error is reported.
    pub fn root(&mut self) -> Option<Value<'a>> {
        let source = self.source;
        match parse_to_ast(&source.text, &CollectOptions::default(), &OPTIONS) {
            Ok(parsed) if parsed.value.is_some() => parsed.value,
            Ok(_) => {
                self.log.push(messages::empty_file(Label::new(source, Span::new(0, 0))));
                None
            }
            Err(error) => {
                self.log.push(messages::syntax(self.label(&error.range()), error.kind()));
                None
            }
        }
    }

    /// Returns the place of a node.
    pub fn label(&self, node: &impl Ranged) -> Label {
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Label::new(self.source, Span::new(at(node.start()), at(node.end())))
    }

    /// Whether a place is within one line, so that a message can show a replacement.
    pub fn has_one_line(&self, label: &Label) -> bool {
        let range = label.span.start as usize..label.span.end as usize;
        self.source.text.get(range).is_some_and(|text| !text.contains('\n'))
    }

    pub fn written<T>(&self, value: T, node: &impl Ranged) -> Written<T> {
        Written { value, origin: Origin::Place(self.label(node)) }
    }

    /// Reports a value of the wrong type.
    pub fn wrong(&mut self, value: &Value<'_>, key: &str, wanted: &str) {
        let label = self.label(value);
        self.log.push(messages::wrong_type(label, key, wanted, kind_of(value)));
    }

    /// Returns the properties of an object. Duplicate keys are reported and left out.
    pub fn object<'v, 's>(&mut self, value: &'v Value<'s>, key: &str) -> Vec<&'v ObjectProp<'s>> {
        let Value::Object(object) = value else {
            self.wrong(value, key, "an object");
            return Vec::new();
        };
        let mut properties: Vec<&ObjectProp<'_>> = Vec::new();
        for property in &object.properties {
            let name = property.name.as_str();
            match properties.iter().find(|p| p.name.as_str() == name) {
                Some(first) => {
                    let (first, again) = (self.label(&first.name), self.label(&property.name));
                    self.log.push(messages::duplicate_key(again, name, first));
                }
                None => properties.push(property),
            }
        }
        properties
    }

    /// Reports an unknown key.
    pub fn unknown<'k>(
        &mut self,
        property: &ObjectProp<'_>,
        of: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let name = property.name.as_str();
        let label = self.label(&property.name);
        self.log.push(messages::unknown_key(label, name, of, &known));
    }

    /// Reads a string.
    pub fn string(&mut self, value: &Value<'_>, key: &str) -> Option<Written<String>> {
        let read = self.quiet_string(value);
        if read.is_none() {
            self.wrong(value, key, "a string");
        }
        read
    }

    /// Reads a string that has the place of its pair.
    pub fn plain_string(&mut self, value: &Value<'_>, key: &str) -> Option<String> {
        self.string(value, key).map(|written| written.value)
    }

    /// Reads a string and reports nothing: for files of other tools.
    pub fn quiet_string(&self, value: &Value<'_>) -> Option<Written<String>> {
        value.as_string_lit().map(|s| self.written(s.value.to_string(), s))
    }

    /// Reads a boolean.
    pub fn boolean(&mut self, value: &Value<'_>, key: &str) -> Option<Written<bool>> {
        let Value::BooleanLit(literal) = value else {
            self.wrong(value, key, "true or false");
            return None;
        };
        Some(self.written(literal.value, literal))
    }

    /// Reads one string or a list of strings, each with its place.
    pub fn strings(&mut self, value: &Value<'_>, key: &str) -> Option<Vec<Written<String>>> {
        match value {
            Value::Array(list) => {
                Some(list.elements.iter().filter_map(|item| self.string(item, key)).collect())
            }
            Value::StringLit(_) => self.string(value, key).map(|one| vec![one]),
            Value::Object(_)
            | Value::NumberLit(_)
            | Value::BooleanLit(_)
            | Value::NullKeyword(_) => {
                self.wrong(value, key, "a string or a list of strings");
                None
            }
        }
    }

    /// Reads one string or a list of strings as one value.
    pub fn joined_strings(&mut self, value: &Value<'_>, key: &str) -> Option<Written<Vec<String>>> {
        let strings = self.strings(value, key)?;
        Some(self.written(strings.into_iter().map(|s| s.value).collect(), value))
    }

    /// As `joined_strings`, but reports nothing.
    pub fn quiet_strings(&self, value: &Value<'_>) -> Option<Written<Vec<String>>> {
        let strings = match value.as_array() {
            Some(list) => {
                list.elements.iter().filter_map(|i| self.quiet_string(i)).map(|s| s.value).collect()
            }
            None => vec![self.quiet_string(value)?.value],
        };
        Some(self.written(strings, value))
    }

    /// Reads an object whose values `read` reads.
    pub fn pairs<T>(
        &mut self,
        value: &Value<'_>,
        key: &str,
        read: impl Fn(&mut Self, &Value<'_>, &str) -> Option<T>,
    ) -> Vec<Pair<T>> {
        let mut pairs = Vec::new();
        for property in self.object(value, key) {
            let name = property.name.as_str().to_owned();
            if let Some(read) = read(self, &property.value, &format!("{key}.{name}")) {
                let value = self.written(read, &property.value);
                pairs.push(Pair { key: self.written(name, &property.name), value });
            }
        }
        pairs
    }

    /// Reads the target of an alias: a specifier, or `false` for an empty module.
    pub fn alias(&mut self, value: &Value<'_>, key: &str) -> Option<RawAlias> {
        if let Some(text) = value.as_string_lit() {
            return Some(RawAlias::To(text.value.to_string()));
        }
        if value.as_boolean_lit().is_some_and(|b| !b.value) {
            return Some(RawAlias::Nothing);
        }
        self.wrong(value, key, "a string, or false for an empty module");
        None
    }

    /// Reads `externals`: an object, or a list of specifiers without globals and of objects.
    pub fn externals(&mut self, value: &Value<'_>) -> Vec<Pair<RawGlobal>> {
        let Value::Array(list) = value else {
            return self.pairs(value, "externals", Self::external);
        };
        let mut externals = Vec::new();
        for item in &list.elements {
            if matches!(item, Value::Object(_)) {
                externals.extend(self.pairs(item, "externals", Self::external));
            } else if let Some(key) = self.string(item, "an item of externals") {
                let value = Written { value: RawGlobal::Unnamed, origin: key.origin.clone() };
                externals.push(Pair { key, value });
            }
        }
        externals
    }

    fn external(&mut self, value: &Value<'_>, key: &str) -> Option<RawGlobal> {
        match value {
            Value::StringLit(s) => Some(RawGlobal::Named(s.value.to_string())),
            Value::NullKeyword(_) | Value::BooleanLit(BooleanLit { value: true, .. }) => {
                Some(RawGlobal::Unnamed)
            }
            Value::BooleanLit(BooleanLit { value: false, .. }) => Some(RawGlobal::Bundled),
            Value::Object(_) => Some(self.external_object(value, key)),
            Value::NumberLit(_) | Value::Array(_) => {
                self.wrong(value, key, "the name of a page global, true or false");
                None
            }
        }
    }

    fn external_object(&mut self, value: &Value<'_>, key: &str) -> RawGlobal {
        let (mut global, mut handle) = (None, None);
        for property in self.object(value, key) {
            match property.name.as_str() {
                "global" => global = self.string(&property.value, &format!("{key}.global")),
                "handle" => handle = self.string(&property.value, &format!("{key}.handle")),
                _ => self.unknown(property, key, ["global", "handle"]),
            }
        }
        let global = global.map(|global| global.value);
        match handle {
            Some(handle) => RawGlobal::Handled { global, handle: handle.value },
            None => global.map_or(RawGlobal::Unnamed, RawGlobal::Named),
        }
    }

    /// Reads what a free variable imports: a module, or a module and one of its exports.
    pub fn provide(&mut self, value: &Value<'_>, key: &str) -> Option<(String, Option<String>)> {
        let parts = match value {
            Value::Array(list) => list.elements.as_slice(),
            Value::StringLit(_) => std::slice::from_ref(value),
            Value::Object(_)
            | Value::NumberLit(_)
            | Value::BooleanLit(_)
            | Value::NullKeyword(_) => &[],
        };
        match parts {
            [Value::StringLit(module)] => Some((module.value.to_string(), None)),
            [Value::StringLit(module), Value::StringLit(export)] => {
                Some((module.value.to_string(), Some(export.value.to_string())))
            }
            _ => {
                self.wrong(value, key, "a module, or a list of a module and one of its exports");
                None
            }
        }
    }

    /// Reads what the files of a pattern are used as: a word, or an object with `as` and `exports`.
    pub fn rule(&mut self, value: &Value<'_>, key: &str) -> Option<RawRule> {
        if !matches!(value, Value::Object(_)) {
            let used_as = Some(self.string(value, key)?.value);
            return Some(RawRule { used_as, exports: None, expose: Vec::new() });
        }
        let (mut used_as, mut exports, mut expose) = (None, None, None);
        for property in self.object(value, key) {
            let value = &property.value;
            match property.name.as_str() {
                "as" => used_as = self.string(value, &format!("{key}.as")),
                "exports" => exports = self.string(value, &format!("{key}.exports")),
                "expose" => expose = self.strings(value, &format!("{key}.expose")),
                _ => self.unknown(property, key, ["as", "exports", "expose"]),
            }
        }
        if used_as.is_none() && expose.is_none() {
            self.wrong(value, key, "a word, or an object with `as` or `expose`");
            return None;
        }
        let used_as = used_as.map(|word| word.value);
        Some(RawRule { used_as, exports, expose: expose.unwrap_or_default() })
    }

    /// Reads `define` as JavaScript texts: a string is that text, any other JSON is its own text.
    pub fn defines(&mut self, value: &Value<'_>) -> Vec<Pair<String>> {
        self.pairs(value, "define", |_, value, _| {
            Some(
                value
                    .as_string_lit()
                    .map_or_else(|| json_text(value), |text| text.value.to_string()),
            )
        })
    }

    /// Reads a text, a list of texts, or `false` for none.
    pub fn strings_or_false(
        &mut self,
        value: &Value<'_>,
        key: &str,
    ) -> Option<Vec<Written<String>>> {
        match value.as_boolean_lit() {
            Some(literal) if !literal.value => Some(Vec::new()),
            _ => self.strings(value, key),
        }
    }

    /// Reads `severity`: an object from codes to levels.
    pub fn severities(&mut self, value: &Value<'_>) -> Vec<Pair<String>> {
        self.pairs(value, "severity", |reader, value, key| {
            reader.string(value, key).map(|level| level.value)
        })
    }

    /// Reads `sourcemap`: a name, or a boolean as the short form of `file` and `none`.
    pub fn source_map(&mut self, value: &Value<'_>) -> Option<Written<String>> {
        match value.as_boolean_lit() {
            Some(literal) => {
                Some(self.written(if literal.value { "file" } else { "none" }.to_owned(), literal))
            }
            None => self.string(value, "sourcemap"),
        }
    }

    /// Reads `rtl`: a boolean, or what names end in.
    pub fn rtl(&mut self, value: &Value<'_>) -> Option<Written<String>> {
        if let Some(literal) = value.as_boolean_lit() {
            let ending = if literal.value { "-rtl" } else { "" };
            return Some(self.written(ending.to_owned(), literal));
        }
        let ending = self.quiet_string(value);
        if ending.is_none() {
            self.wrong(value, "rtl", "true, false or a string");
        }
        ending
    }

    /// Reads `minify`: a boolean, or a word.
    pub fn minify(&mut self, value: &Value<'_>) -> Option<Written<String>> {
        self.boolean_or(value, "minify", "chunk")
    }

    /// Reads a boolean, or one word.
    pub fn boolean_or(
        &mut self,
        value: &Value<'_>,
        key: &str,
        word: &str,
    ) -> Option<Written<String>> {
        self.word_or_boolean(value, key, &[word]);
        match value {
            Value::BooleanLit(literal) => Some(self.written(literal.value.to_string(), literal)),
            Value::StringLit(written) if written.value == word => {
                Some(self.written(word.to_owned(), written))
            }
            Value::StringLit(_)
            | Value::NumberLit(_)
            | Value::Object(_)
            | Value::Array(_)
            | Value::NullKeyword(_) => None,
        }
    }

    /// Reads a word, or `false` as a word.
    pub fn word_or_false(
        &mut self,
        value: &Value<'_>,
        key: &str,
        word: &str,
    ) -> Option<Written<String>> {
        match value {
            Value::BooleanLit(literal) if !literal.value => {
                Some(self.written("false".to_owned(), literal))
            }
            Value::StringLit(written) if written.value == word => {
                Some(self.written(word.to_owned(), written))
            }
            Value::StringLit(_)
            | Value::BooleanLit(_)
            | Value::NumberLit(_)
            | Value::Object(_)
            | Value::Array(_)
            | Value::NullKeyword(_) => {
                self.wrong(value, key, &format!("{word:?} or false"));
                None
            }
        }
    }

    /// Reads a count: an integer that is not negative.
    pub fn count(&mut self, value: &Value<'_>, key: &str) -> Option<Written<usize>> {
        let number = match value {
            Value::NumberLit(number) => number.value.parse().ok(),
            Value::StringLit(_)
            | Value::BooleanLit(_)
            | Value::Object(_)
            | Value::Array(_)
            | Value::NullKeyword(_) => None,
        };
        if number.is_none() {
            self.wrong(value, key, "a whole number, not below zero");
        }
        number.map(|number| self.written(number, value))
    }

    /// Reports a value that is neither one of the words nor a boolean.
    fn word_or_boolean(&mut self, value: &Value<'_>, key: &str, words: &[&str]) {
        let fits = match value {
            Value::BooleanLit(_) => true,
            Value::StringLit(s) => words.contains(&s.value.as_ref()),
            Value::Object(_) | Value::Array(_) | Value::NumberLit(_) | Value::NullKeyword(_) => {
                false
            }
        };
        if !fits {
            let words: Vec<_> = words.iter().map(|w| format!("{w:?}")).collect();
            self.wrong(value, key, &format!("{}, true or false", words.join(", ")));
        }
    }
}

/// Returns a value as JSON, without the comments and trailing commas it was written with.
fn json_text(value: &Value<'_>) -> String {
    match value {
        Value::StringLit(s) => serde_json::Value::from(s.value.as_ref()).to_string(),
        Value::NumberLit(n) => n.value.to_owned(),
        Value::BooleanLit(b) => b.value.to_string(),
        Value::NullKeyword(_) => "null".to_owned(),
        Value::Array(list) => {
            format!("[{}]", list.elements.iter().map(json_text).collect::<Vec<_>>().join(","))
        }
        Value::Object(object) => {
            let pair = |p: &ObjectProp<'_>| {
                format!("{}:{}", serde_json::Value::from(p.name.as_str()), json_text(&p.value))
            };
            format!("{{{}}}", object.properties.iter().map(pair).collect::<Vec<_>>().join(","))
        }
    }
}

pub(super) fn kind_of(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "a string",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(b) if b.value => "true",
        Value::BooleanLit(_) => "false",
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::NullKeyword(_) => "null",
    }
}
