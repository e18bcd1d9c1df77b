//! Adds declarations with older names or values, each before the standard one: a browser that knows
//! both uses the last.

use bundle_base::stylesheet::after_token;
use lightningcss::{
    properties::{
        Property,
        custom::{CustomProperty, CustomPropertyName},
    },
    vendor_prefix::VendorPrefix,
};

use super::{
    super::{
        hidden_texts::{Form, HiddenTexts},
        targets::{Versioned, Versions},
    },
    table::{self, Becomes},
};

/// The older names and values that target browsers need.
pub(super) struct Older {
    needed: Vec<&'static table::Older>,
    /// The prefixes of `calc()` that they need.
    calc: Vec<&'static str>,
    form: Form,
}

/// A declaration as it is printed.
struct Declaration {
    name: String,
    value: String,
}

impl Older {
    pub(super) fn of(versions: &Versions, form: Form) -> Self {
        let needs = |browsers: &[Versioned]| {
            browsers.iter().any(|(browser, from, to)| versions.has_between(browser, *from, *to))
        };
        let calc = table::CALC.iter().filter(|(_, browsers)| needs(browsers));
        Self {
            needed: table::TABLE.iter().filter(|older| needs(older.browsers)).collect(),
            calc: calc.map(|(prefix, _)| *prefix).collect(),
            form,
        }
    }

    /// Adds the missing declarations to a block.
    pub(super) fn add(&self, block: &mut Vec<Property<'_>>, texts: &mut HiddenTexts) {
        let mut index = 0;
        while let Some(property) = block.get(index) {
            let mut added = self.of_table(property, block);
            added.extend(self.of_calc(property, block));
            let at = index;
            index += added.len() + 1;
            let made = added.into_iter().map(|declaration| {
                let name = CustomPropertyName::Unknown(declaration.name.into());
                let value = texts.as_value(declaration.value);
                Property::Custom(CustomProperty { name, value })
            });
            let made: Vec<Property<'_>> = made.collect();
            block.splice(at..at, made);
        }
    }

    fn of_table(&self, property: &Property<'_>, block: &[Property<'_>]) -> Vec<Declaration> {
        let id = property.property_id();
        let (name, prefix) = (id.name(), id.prefix());
        if !prefix.is_empty() && !prefix.contains(VendorPrefix::None) {
            return Vec::new();
        }
        let fitting = self
            .needed
            .iter()
            .filter(|older| older.properties.iter().any(|known| is_of(name, known)));
        let mut value = None;
        let mut added = Vec::new();
        for older in fitting {
            let value = value.get_or_insert_with(|| self.value(property));
            let Some(value) = value.as_deref() else { continue };
            let Some(declaration) = instead(older, name, value) else { continue };
            // Whether an author has written the declaration, or the printer has added it.
            let is_same = |other: &Property<'_>| match older.becomes {
                Becomes::Value(to) => {
                    other.property_id().name() == name && self.ends_with(other, to)
                }
                Becomes::Prefixed(_) | Becomes::Named(_) | Becomes::Declaration(..) => {
                    has_name(other, &declaration.name)
                }
            };
            if !block.iter().any(is_same) {
                added.push(declaration);
            }
        }
        added
    }

    /// Returns the declaration once more for each prefix of `calc()`.
    fn of_calc(&self, property: &Property<'_>, block: &[Property<'_>]) -> Vec<Declaration> {
        if self.calc.is_empty() || property.property_id().name().starts_with("--") {
            return Vec::new();
        }
        // A browser with `var()` has `calc()` without a prefix; one with a prefixed `calc()` has
        // better gradients than `-webkit-gradient()`.
        let is_later =
            |value: &String| value.contains("var(") || value.contains("-webkit-gradient(");
        let value = self.value(property).filter(|value| has_calc(value) && !is_later(value));
        let Some(value) = value else { return Vec::new() };
        let id = property.property_id();
        let mut added = Vec::new();
        for prefix in &self.calc {
            let function = format!("{prefix}calc(");
            // A browser that needs the prefix for `calc()` needs it for the property too, if that
            // exists under it at all.
            let all = names(property);
            let name = all
                .iter()
                .find(|name| name.starts_with(prefix))
                .or_else(|| all.iter().find(|name| !name.starts_with('-')));
            let is_there = |other: &Property<'_>| {
                other.property_id().name() == id.name()
                    && self.value(other).is_some_and(|text| text.contains(&function))
            };
            if !block.iter().any(is_there) {
                added.extend(name.map(|name| Declaration {
                    name: name.clone(),
                    value: with_calc(&value, &function),
                }));
            }
        }
        added
    }

    fn value(&self, property: &Property<'_>) -> Option<String> {
        property.value_to_css_string(self.form.options()).ok()
    }

    fn ends_with(&self, property: &Property<'_>, word: &str) -> bool {
        self.value(property).is_some_and(|value| before_last(&value, word).is_some())
    }
}

fn is_of(name: &str, known: &str) -> bool {
    known.strip_suffix('*').map_or(name == known, |start| name.starts_with(start))
}

/// Returns the names under which a declaration is printed.
fn names(property: &Property<'_>) -> Vec<String> {
    let id = property.property_id();
    let (name, prefix) = (id.name(), id.prefix());
    if prefix.is_empty() {
        return vec![name.to_owned()];
    }
    let all = [
        (VendorPrefix::WebKit, "-webkit-"),
        (VendorPrefix::Moz, "-moz-"),
        (VendorPrefix::Ms, "-ms-"),
        (VendorPrefix::O, "-o-"),
        (VendorPrefix::None, ""),
    ];
    all.iter()
        .filter(|(known, _)| prefix.contains(*known))
        .map(|(_, text)| format!("{text}{name}"))
        .collect()
}

fn has_name(property: &Property<'_>, name: &str) -> bool {
    names(property).iter().any(|known| known == name)
}

fn instead(older: &table::Older, name: &str, value: &str) -> Option<Declaration> {
    let before = if older.values.is_empty() {
        ""
    } else {
        older.values.iter().find_map(|word| before_last(value, word))?
    };
    let declaration =
        |name: String, value: &str| Some(Declaration { name, value: value.to_owned() });
    match older.becomes {
        Becomes::Prefixed(prefix) => declaration(format!("{prefix}{name}"), value),
        Becomes::Named(other) => declaration(other.to_owned(), value),
        Becomes::Value(to) => declaration(name.to_owned(), &format!("{before}{to}")),
        Becomes::Declaration(..) if !before.is_empty() => None,
        Becomes::Declaration(other, value) => declaration(other.to_owned(), value),
    }
}

/// Returns what is before the last word of a value if that is `word`.
fn before_last<'t>(value: &'t str, word: &str) -> Option<&'t str> {
    let before = value.strip_suffix(word)?;
    (before.is_empty() || before.ends_with([' ', ','])).then_some(before)
}

fn has_calc(value: &str) -> bool {
    value.contains("calc(") && !calls(value).is_empty()
}

fn with_calc(value: &str, function: &str) -> String {
    let mut text = String::with_capacity(value.len() + function.len());
    let mut done = 0;
    for at in calls(value) {
        text.push_str(&value[done..at]);
        text.push_str(function);
        done = at + "calc(".len();
    }
    text.push_str(&value[done..]);
    text
}

/// Returns where `calc(` is a function, and not a part of another name or of a string.
fn calls(value: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut is_in_name = false;
    while at < value.len() {
        if !is_in_name && value[at..].starts_with("calc(") {
            found.push(at);
        }
        is_in_name =
            value[at..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
        at = after_token(value, at);
    }
    found
}
