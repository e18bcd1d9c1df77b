//! Event handlers. The text of a handler decides whether it is a function, a call or statements.
//! The rules follow Vue's regular expressions, which take `async () => {}` for a statement.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::{
    super::{literal::string, tree::Handler},
    directives::Event,
    generator::Generator,
    keys,
};
use crate::{expression::Piece, mapped_code::is_space};

impl Generator<'_, '_> {
    /// Writes `{"click":…}`, or, with names that are known only at run time,
    /// `_d({"click":…},[name,…])`.
    pub(super) fn handlers(&mut self, events: &[Event<'_>]) {
        // If several handlers have the same dynamic name, Vue treats the name as static.
        let is_dynamic = |event: &&Event<'_>| event.0.is_dynamic && event.1.len() == 1;
        let has_dynamic = events.iter().any(|event| is_dynamic(&event));
        if has_dynamic {
            self.call_of("_d");
        }
        self.push("{");
        for (index, event) in events.iter().filter(|event| !is_dynamic(event)).enumerate() {
            self.push(if index == 0 { "" } else { "," });
            self.key(&event.0.name);
            self.handlers_of(event);
        }
        self.push("}");
        if !has_dynamic {
            return;
        }
        for (index, event) in events.iter().filter(is_dynamic).enumerate() {
            self.push(if index == 0 { ",[" } else { "," });
            self.value(&event.0.name);
            self.push(",");
            self.handlers_of(event);
        }
        self.push("])");
    }

    fn handlers_of(&mut self, (_, handlers): &Event<'_>) {
        if let [handler] = handlers[..] {
            return self.handler(handler);
        }
        for (index, handler) in handlers.iter().enumerate() {
            self.push(if index == 0 { "[" } else { "," });
            self.handler(handler);
        }
        self.push("]");
    }

    fn handler(&mut self, handler: &Handler) {
        let start = self.out.text().len();
        self.push_handler(handler);
        self.read(start, Piece::Value);
    }

    fn push_handler(&mut self, handler: &Handler) {
        let kind = Kind::of(handler.value.text());
        let Some(modifiers) = &handler.modifiers else {
            match kind {
                Kind::Path | Kind::Function => return self.out.push(&handler.value),
                Kind::Call => self.push("function($event){return "),
                Kind::Statements => self.push("function($event){"),
            }
            self.out.push(&handler.value);
            return self.push("}");
        };
        self.push("function($event){");
        self.modifiers(modifiers);
        let (before, behind) = match kind {
            Kind::Path => ("return ", ".apply(null, arguments)}"),
            Kind::Function => ("return (", ").apply(null, arguments)}"),
            Kind::Call => ("return ", "}"),
            Kind::Statements => ("", "}"),
        };
        self.push(before);
        self.out.push(&handler.value);
        self.push(behind);
    }

    /// Writes the code of modifiers. Keys come first, so that the other modifiers act only for the
    /// right key.
    fn modifiers(&mut self, modifiers: &[String]) {
        let modifiers = in_order(modifiers);
        let is_key =
            |name: &&str| code_of(name, &modifiers).is_none() || matches!(*name, "left" | "right");
        let keys: Vec<String> = modifiers.iter().copied().filter(is_key).map(key_filter).collect();
        if !keys.is_empty() {
            self.push(&format!("if(!$event.type.indexOf('key')&&{})return null;", keys.join("&&")));
        }
        for name in &modifiers {
            self.push(code_of(name, &modifiers).as_deref().unwrap_or(""));
        }
    }
}

/// Returns the code of a modifier. `None` if it names a key.
fn code_of(name: &str, modifiers: &[&str]) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(match name {
        "stop" => "$event.stopPropagation();",
        "prevent" => "$event.preventDefault();",
        "self" => "if($event.target !== $event.currentTarget)return null;",
        "ctrl" => "if(!$event.ctrlKey)return null;",
        "shift" => "if(!$event.shiftKey)return null;",
        "alt" => "if(!$event.altKey)return null;",
        "meta" => "if(!$event.metaKey)return null;",
        "left" => "if('button' in $event && $event.button !== 0)return null;",
        "middle" => "if('button' in $event && $event.button !== 1)return null;",
        "right" => "if('button' in $event && $event.button !== 2)return null;",
        "exact" => {
            let others =
                ["ctrl", "shift", "alt", "meta"].into_iter().filter(|key| !modifiers.contains(key));
            let tests: Vec<String> = others.map(|key| format!("$event.{key}Key")).collect();
            if tests.is_empty() {
                return Some(Cow::Borrowed(""));
            }
            return Some(Cow::Owned(format!("if({})return null;", tests.join("||"))));
        }
        _ => return None,
    }))
}

fn key_filter(name: &str) -> String {
    match key_code(name) {
        Some(code) => format!("$event.keyCode!=={code}"),
        None => format!(
            "_k($event.keyCode,{},{},$event.key,{})",
            string(name),
            keys::codes(name).unwrap_or("undefined"),
            keys::names(name).unwrap_or("undefined"),
        ),
    }
}

/// Returns the number that a name begins with. `None` if there is none or it is 0.
fn key_code(name: &str) -> Option<f64> {
    let name = name.trim_start();
    let unsigned = name.strip_prefix(['+', '-']).unwrap_or(name);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let number: f64 = name[..name.len() - unsigned.len() + digits].parse().ok()?;
    (number != 0.0).then_some(number)
}

/// Returns the modifiers in the order of an object's keys: each once, integers first.
pub(super) fn in_order(modifiers: &[String]) -> Vec<&str> {
    let index = |name: &str| match name.parse::<u32>() {
        Ok(number) if number != u32::MAX && number.to_string() == name => Some(number),
        _ => None,
    };
    let mut numbers: Vec<&str> =
        modifiers.iter().map(String::as_str).filter(|name| index(name).is_some()).collect();
    numbers.sort_by_key(|name| index(name));
    numbers.dedup();
    let mut seen = FxHashSet::default();
    numbers.extend(
        modifiers
            .iter()
            .map(String::as_str)
            .filter(|name| index(name).is_none() && seen.insert(*name)),
    );
    numbers
}

/// The kind of a handler, by its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `a.b["c"]`.
    Path,
    /// `x => …`, `function () {…}`.
    Function,
    /// `a.b(c)`.
    Call,
    Statements,
}

impl Kind {
    pub(crate) fn of(value: &str) -> Self {
        if is_path(value) {
            Self::Path
        } else if is_function(value) {
            Self::Function
        } else if is_path(without_arguments(value)) {
            Self::Call
        } else {
            Self::Statements
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

/// Returns the text after the identifier that a text begins with.
fn behind_name(text: &str) -> Option<&str> {
    (!text.starts_with(|c: char| c.is_ascii_digit())).then_some(())?;
    behind_word(text)
}

/// Returns the text after the letters, digits, `_` and `$` that a text begins with.
fn behind_word(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(is_word);
    (rest.len() < text.len()).then_some(rest)
}

fn is_path(text: &str) -> bool {
    let Some(mut rest) = behind_name(text) else { return false };
    while !rest.is_empty() {
        let segment = rest
            .strip_prefix('.')
            .map(behind_name)
            .or_else(|| rest.strip_prefix('[').map(behind_index));
        match segment.flatten() {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    true
}

/// Returns the text after `'a']`, `"a"]`, `0]` or `a]`.
fn behind_index(text: &str) -> Option<&str> {
    let behind = match text.chars().next()? {
        quote @ ('\'' | '"') => text[1..].split_once(quote)?.1,
        '0'..='9' => text.trim_start_matches(|c: char| c.is_ascii_digit()),
        _ => behind_name(text)?,
    };
    behind.strip_prefix(']')
}

/// Whether a text begins like `x =>`, `(x) =>` or `function name(`.
fn is_function(text: &str) -> bool {
    let parameters = match text.strip_prefix('(') {
        Some(inside) => inside.split_once(')').map(|(_, behind)| behind),
        None => behind_word(text),
    };
    if parameters.is_some_and(|behind| behind.trim_start_matches(is_space).starts_with("=>")) {
        return true;
    }
    let Some(behind) = text.strip_prefix("function") else { return false };
    let name = behind.trim_start_matches(is_space);
    let behind_name =
        if name.len() < behind.len() { behind_word(name).unwrap_or(name) } else { name };
    behind_name.trim_start_matches(is_space).starts_with('(')
}

/// Returns a text without the arguments of the call that it ends with, and without semicolons.
fn without_arguments(text: &str) -> &str {
    let Some(inside) = text.trim_end_matches(';').strip_suffix(')') else { return text };
    let start = inside.rfind(')').map_or(0, |close| close + 1);
    inside[start..].find('(').map_or(text, |open| &text[..start + open])
}
