//! What a stylesheet exports to scripts: the unique names that its classes got, and values.

use crate::{
    config::CssModulesConfig,
    diagnostic::Label,
    json::quoted,
    text_map::{identifier, spelled_out},
};

/// The exported names and values, in order of first mention, and the stylesheets whose rules must
/// come first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exports {
    /// Stylesheets that the exporting one needs, by the specifiers it uses.
    pub stylesheets: Vec<Needed>,
    /// The exports; each name occurs once.
    pub names: Vec<Export>,
}

/// A stylesheet that another one refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The specifier with which a script next to the stylesheet imports it.
    pub specifier: String,
    /// Where the reference is written.
    pub label: Label,
}

/// A name that scripts can import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The name as the stylesheet has it.
    pub name: String,
    /// The value: words that are joined with spaces.
    pub value: Vec<Word>,
}

/// A word of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Literal text.
    Own(String),
    /// An export of another stylesheet.
    Of {
        /// An index into `Exports::stylesheets`.
        stylesheet: usize,
        /// The name of the export in that stylesheet.
        name: String,
        /// Where the reference is written.
        label: Label,
    },
}

impl Exports {
    /// Returns the statements that import the exports of other stylesheets, each with the place of
    /// the reference. The local names begin with `prefix`.
    pub fn imports(&self, prefix: &str) -> Vec<(String, &Label)> {
        let stylesheets = self.stylesheets.iter().map(|needed| {
            let statement = format!("import {};\n", quoted(&needed.specifier));
            (statement, &needed.label)
        });
        let names = self.imported().into_iter().enumerate().map(|(index, import)| {
            let Import { stylesheet, name, label } = import;
            let specifier = quoted(&self.stylesheets[stylesheet].specifier);
            let binding = match name {
                "default" => format!("{prefix}{index}"),
                _ if is_identifier(name) => format!("{{ {name} as {prefix}{index} }}"),
                _ => format!("{{ {} as {prefix}{index} }}", quoted(name)),
            };
            (format!("import {binding} from {specifier};\n"), label)
        });
        stylesheets.chain(names).collect()
    }

    /// Returns each name with its value as an expression, which reads what the statements of
    /// `imports` declare.
    pub fn values(&self, prefix: &str) -> Vec<(&str, String)> {
        let imported = self.imported();
        let word = |word: &Word| match word {
            Word::Own(text) => Err(text.clone()),
            Word::Of { stylesheet, name, .. } => {
                let is_same =
                    |other: &Import<'_>| other.stylesheet == *stylesheet && other.name == name;
                let index = imported.iter().position(is_same).expect("it was collected");
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

    /// Adds a name in camel case for each name with dashes or underscores.
    pub fn add_camel_case(&mut self) {
        for index in 0..self.names.len() {
            let name = camel_case(&self.names[index].name);
            if self.names.iter().all(|known| known.name != name) {
                let value = self.names[index].value.clone();
                self.names.push(Export { name, value });
            }
        }
    }

    /// Returns the exports of other stylesheets that are used, each once.
    fn imported(&self) -> Vec<Import<'_>> {
        let mut imported: Vec<Import<'_>> = Vec::new();
        for word in self.names.iter().flat_map(|export| &export.value) {
            if let Word::Of { stylesheet, name, label } = word
                && !imported
                    .iter()
                    .any(|other| other.stylesheet == *stylesheet && other.name == name)
            {
                imported.push(Import { stylesheet: *stylesheet, name, label });
            }
        }
        imported
    }
}

/// A name that another stylesheet exports and this one uses.
struct Import<'e> {
    /// The index of the other stylesheet in `stylesheets`.
    stylesheet: usize,
    name: &'e str,
    /// Where the name is first used.
    label: &'e Label,
}

/// Joins texts (`Err`) and expressions (`Ok`) with spaces into one expression.
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

/// Whether a name can be written after a dot, without quotes.
pub fn is_identifier(name: &str) -> bool {
    !name.contains('\\') && identifier(name).is_some_and(|found| spelled_out(found) == name)
}

/// Converts `btn-primary` to `btnPrimary`.
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

/// How the names of a file are made unique: what is put before and after each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    before: String,
    after: String,
}

impl Naming {
    /// Makes the naming from the configured pattern. `name`: the file's display name; `hash`: a
    /// text that no other file has.
    pub fn new(config: &CssModulesConfig, name: &str, hash: &str) -> Self {
        let file = name.rsplit('/').next().unwrap_or(name);
        let stem = file.split('.').next().unwrap_or(file);
        let plain =
            |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
        let stem: String = stem.chars().map(plain).collect();
        let filled = |part: &str| part.replace("[name]", &stem).replace("[hash]", hash);
        let (before, after) = config.names.split_once("[local]").unwrap_or(("", "_[hash]"));
        let mut before = filled(before);
        // An identifier of CSS may not begin with a digit.
        if before.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            before.insert(0, '_');
        }
        Self { before, after: filled(after) }
    }

    /// Returns what is put before a name and after it.
    pub fn around(&self) -> (&str, &str) {
        (&self.before, &self.after)
    }

    /// Returns the unique name for a name.
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
        let of =
            |name: &str| Word::Of { stylesheet: 0, name: name.to_owned(), label: label.clone() };
        let export = |name: &str, value: Vec<Word>| Export { name: name.to_owned(), value };
        let exports = Exports {
            stylesheets: vec![Needed { specifier: "./b.css".to_owned(), label: label.clone() }],
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
            stylesheets: Vec::new(),
            names: vec![export("btn-primary__big"), export("plain")],
        };
        exports.add_camel_case();
        let names: Vec<&str> = exports.names.iter().map(|export| export.name.as_str()).collect();
        assert_eq!(names, ["btn-primary__big", "plain", "btnPrimaryBig"]);
    }
}
