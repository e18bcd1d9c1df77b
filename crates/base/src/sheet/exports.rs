//! What a sheet tells scripts: the names of its own that its classes got, and values.

use crate::{
    config::CssModulesConfig,
    diagnostic::Label,
    text_map::{identifier, spelled_out},
};

/// Names and values, in the order of their first mention, and the sheets whose rules have to count
/// before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exports {
    /// Sheets that are needed, by specifiers of who exports.
    pub sheets: Vec<Needed>,
    /// Each name once.
    pub names: Vec<Export>,
}

/// A sheet that another one names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// How a script beside the sheet asks for it.
    pub specifier: String,
    /// Where it is named.
    pub label: Label,
}

/// A name that scripts can ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// As the sheet has it.
    pub name: String,
    /// What it stands for: words with a blank between.
    pub value: Vec<Word>,
}

/// A word of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// A text.
    Own(String),
    /// What another sheet exports.
    Of {
        /// An index into `Exports::sheets`.
        sheet: usize,
        /// The name there.
        name: String,
        /// Where it is asked for.
        label: Label,
    },
}

impl Exports {
    /// The statements that import what is other sheets', and where each was asked for. `prefix`:
    /// what names of theirs begin with.
    pub fn imports(&self, prefix: &str) -> Vec<(String, &Label)> {
        let sheets = self.sheets.iter().map(|needed| {
            let statement = format!("import {};\n", quoted(&needed.specifier));
            (statement, &needed.label)
        });
        let names = self.foreign().into_iter().enumerate().map(|(index, (sheet, name, label))| {
            let specifier = quoted(&self.sheets[sheet].specifier);
            let binding = match name {
                "default" => format!("{prefix}{index}"),
                _ if is_identifier(name) => format!("{{ {name} as {prefix}{index} }}"),
                _ => format!("{{ {} as {prefix}{index} }}", quoted(name)),
            };
            (format!("import {binding} from {specifier};\n"), label)
        });
        sheets.chain(names).collect()
    }

    /// Each name with its value as an expression that reads what `imports` declares.
    pub fn values(&self, prefix: &str) -> Vec<(&str, String)> {
        let foreign = self.foreign();
        let word = |word: &Word| match word {
            Word::Own(text) => Err(text.clone()),
            Word::Of { sheet, name, .. } => {
                let is_it =
                    |(other, known, _): &(usize, &str, &Label)| other == sheet && known == name;
                let index = foreign.iter().position(is_it).expect("it was collected");
                Ok(if name == "default" {
                    format!("{prefix}{index}[\"default\"]")
                } else {
                    format!("{prefix}{index}")
                })
            }
        };
        self.names
            .iter()
            .map(|Export { name, value }| (name.as_str(), sum(value.iter().map(word))))
            .collect()
    }

    /// Adds names in camel case where names have dashes.
    pub fn add_camel_case(&mut self) {
        for index in 0..self.names.len() {
            let name = camel_case(&self.names[index].name);
            if self.names.iter().all(|known| known.name != name) {
                let value = self.names[index].value.clone();
                self.names.push(Export { name, value });
            }
        }
    }

    /// What other sheets are asked for, each once.
    fn foreign(&self) -> Vec<(usize, &str, &Label)> {
        let mut foreign: Vec<(usize, &str, &Label)> = Vec::new();
        for word in self.names.iter().flat_map(|export| &export.value) {
            if let Word::Of { sheet, name, label } = word
                && !foreign.iter().any(|(other, known, _)| other == sheet && known == name)
            {
                foreign.push((*sheet, name, label));
            }
        }
        foreign
    }
}

/// Texts and expressions with blanks between, as one expression.
fn sum(words: impl Iterator<Item = Result<String, String>>) -> String {
    let mut terms: Vec<String> = Vec::new();
    let mut text = String::new();
    for (index, word) in words.enumerate() {
        if index > 0 {
            text.push(' ');
        }
        match word {
            Err(own) => text.push_str(&own),
            Ok(expression) => {
                if !text.is_empty() {
                    terms.push(quoted(&std::mem::take(&mut text)));
                }
                terms.push(expression);
            }
        }
    }
    if !text.is_empty() || terms.is_empty() {
        terms.push(quoted(&text));
    }
    terms.join(" + ")
}

/// A text as a string literal.
pub fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// Whether a name can be written without quotes behind a dot.
pub fn is_identifier(name: &str) -> bool {
    !name.contains('\\') && identifier(name).is_some_and(|found| spelled_out(found) == name)
}

/// `btn-primary` as `btnPrimary`.
fn camel_case(name: &str) -> String {
    let mut parts = name.split(['-', '_']).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut done, part| {
        let mut chars = part.chars();
        done.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        done.push_str(chars.as_str());
        done
    })
}

/// How names become a file's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    before: String,
    after: String,
}

impl Naming {
    /// By the pattern that is configured. `name`: what users call the file; `hash`: what no other
    /// file has.
    pub fn new(config: &CssModulesConfig, name: &str, hash: &str) -> Self {
        let file = name.rsplit('/').next().unwrap_or(name);
        let stem = file.split('.').next().unwrap_or(file);
        let plain =
            |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
        let stem: String = stem.chars().map(plain).collect();
        let filled = |part: &str| part.replace("[name]", &stem).replace("[hash]", hash);
        let (before, after) = config.names.split_once("[local]").unwrap_or(("", "_[hash]"));
        let mut before = filled(before);
        // No name begins with a digit.
        if before.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            before.insert(0, '_');
        }
        Self { before, after: filled(after) }
    }

    /// What stands before a name and behind it.
    pub fn around(&self) -> (&str, &str) {
        (&self.before, &self.after)
    }

    /// The name that a name becomes.
    pub fn own(&self, name: &str) -> String {
        format!("{}{name}{}", self.before, self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Span};

    #[test]
    fn words_become_one_expression() {
        let label = Label::new(&Source::new("/a.css", "a.css", ""), Span::new(0, 0));
        let own = |text: &str| Word::Own(text.to_owned());
        let of = |name: &str| Word::Of { sheet: 0, name: name.to_owned(), label: label.clone() };
        let export = |name: &str, value: Vec<Word>| Export { name: name.to_owned(), value };
        let exports = Exports {
            sheets: vec![Needed { specifier: "./b.css".to_owned(), label: label.clone() }],
            names: vec![
                export("a", vec![own("a_1"), own("b_1")]),
                export("c", vec![own("c_1"), of("x"), of("y-z"), own("d")]),
                export("e", vec![of("x"), of("default")]),
            ],
        };
        let imports: String =
            exports.imports("$").into_iter().map(|(statement, _)| statement).collect();
        let expected = "import \"./b.css\";\nimport { x as $0 } from \"./b.css\";\nimport { \
                        \"y-z\" as $1 } from \"./b.css\";\nimport $2 from \"./b.css\";\n";
        assert_eq!(imports, expected);
        let values: Vec<String> = exports.values("$").into_iter().map(|(_, value)| value).collect();
        let expected =
            [r#""a_1 b_1""#, r#""c_1 " + $0 + " " + $1 + " d""#, r#"$0 + " " + $2["default"]"#];
        assert_eq!(values, expected);
    }

    #[test]
    fn names_in_camel_case_are_added() {
        let export = |name: &str| Export { name: name.to_owned(), value: Vec::new() };
        let mut exports = Exports {
            sheets: Vec::new(),
            names: vec![export("btn-primary__big"), export("plain")],
        };
        exports.add_camel_case();
        let names: Vec<&str> = exports.names.iter().map(|export| export.name.as_str()).collect();
        assert_eq!(names, ["btn-primary__big", "plain", "btnPrimaryBig"]);
    }
}
