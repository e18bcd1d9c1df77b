//! Reads `.env` files as dotenv and dotenv-expand do, which Vue CLI, Vite, Mix and Laravel use:
//! `NAME=value` in lines, `export` before it, comments, quotes, and `${OTHER}` in values. Lines of
//! another form are skipped.

use indexmap::IndexMap;

/// How deep `${…}` may lead from value to value. Deeper ones are cycles.
const DEPTH: usize = 16;

/// The variables of `.env` files, as written.
#[derive(Debug, Default)]
pub(super) struct Variables {
    values: IndexMap<String, Value>,
}

#[derive(Debug)]
struct Value {
    text: String,
    /// `${OTHER}` is replaced: the text was not in single quotes.
    is_expanded: bool,
}

impl Variables {
    /// Adds the variables of a file. They replace known ones of the same name.
    pub fn read(&mut self, text: &str) {
        let mut rest = text;
        while let Some((line, after)) = next_line(rest) {
            rest = after;
            let Some((name, start)) = name_of(line) else { continue };
            let (value, after) = value(start, after);
            rest = after;
            self.values.insert(name.to_owned(), value);
        }
    }

    /// Adds a variable of the environment, which is taken as it is.
    pub fn set(&mut self, name: &str, text: &str) {
        self.values.insert(name.to_owned(), Value { text: text.to_owned(), is_expanded: false });
    }

    /// Returns the variables whose names begin with one of these prefixes, sorted by name.
    pub fn with_prefixes(&self, prefixes: &[String]) -> Vec<(&str, String)> {
        let fits = |name: &str| prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()));
        let mut found: Vec<(&str, String)> = self
            .values
            .iter()
            .filter(|(name, _)| fits(name))
            .map(|(name, value)| (name.as_str(), self.expanded(value, DEPTH)))
            .collect();
        found.sort_unstable();
        found
    }

    /// Returns a value with `$NAME`, `${NAME}` and `${NAME:-default}` replaced.
    fn expanded(&self, value: &Value, depth: usize) -> String {
        if !value.is_expanded || depth == 0 {
            return value.text.clone();
        }
        let (mut done, mut rest) = (String::new(), value.text.as_str());
        while let Some(at) = rest.find('$') {
            let (before, from) = rest.split_at(at);
            if let Some(escaped) = before.strip_suffix('\\') {
                done += escaped;
                done.push('$');
                rest = &from[1..];
                continue;
            }
            done += before;
            let Some((name, default, after)) = reference(&from[1..]) else {
                done.push('$');
                rest = &from[1..];
                continue;
            };
            rest = after;
            match self.values.get(name).filter(|value| !value.text.is_empty()) {
                Some(value) => done += &self.expanded(value, depth - 1),
                None => done += default,
            }
        }
        done + rest
    }
}

/// Returns the next line and the text after it; `None` at the end.
fn next_line(text: &str) -> Option<(&str, &str)> {
    if text.is_empty() {
        return None;
    }
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let after = text[end..].strip_prefix("\r\n").or_else(|| text.get(end + 1..));
    Some((&text[..end], after.unwrap_or_default()))
}

/// Returns the name that a line sets and the text after `=` (or `:`).
fn name_of(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    let end = line.find(|c: char| !is_of_name(c) && !matches!(c, '.' | '-')).unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    let rest = rest.trim_start().strip_prefix('=').or_else(|| rest.strip_prefix(": "))?;
    (!name.is_empty()).then_some((name, rest))
}

/// Returns the value of a line, which begins at `start`, and the text after it. A value in quotes
/// may go on in the lines `after` it.
fn value<'t>(start: &'t str, after: &'t str) -> (Value, &'t str) {
    let start = start.trim_start();
    let Some(quote) = start.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else {
        let text = start.split('#').next().unwrap_or_default().trim_end();
        return (Value { text: text.to_owned(), is_expanded: true }, after);
    };
    let whole = format!("{start}\n{after}");
    let Some(end) = closing(&whole[1..], quote) else {
        let text = start.trim_end().to_owned();
        return (Value { text, is_expanded: true }, after);
    };
    let inner = &whole[1..=end];
    let text = if quote == '"' {
        inner.replace("\\n", "\n").replace("\\r", "\r")
    } else {
        inner.to_owned()
    };
    let after = match (end + 2).checked_sub(start.len() + 1) {
        // The rest of the line in which the value ends is a comment.
        Some(used) => next_line(&after[used..]).map_or("", |(_, after)| after),
        None => after,
    };
    (Value { text, is_expanded: quote != '\'' }, after)
}

/// Returns the offset of the closing quote.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let is_end = c == quote && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end.then_some(at)
    })
}

/// Splits the text after a `$` into a name, its default, and the rest.
fn reference(text: &str) -> Option<(&str, &str, &str)> {
    let length = |text: &str| text.find(|c: char| !is_of_name(c)).unwrap_or(text.len());
    if let Some(inner) = text.strip_prefix('{') {
        let (inner, after) = inner.split_once('}')?;
        let (name, default) =
            inner.split_once(":-").or(inner.split_once('-')).unwrap_or((inner, ""));
        let is_name = !name.is_empty() && length(name) == name.len();
        return is_name.then_some((name, default, after));
    }
    let end = length(text);
    (end > 0).then(|| (&text[..end], "", &text[end..]))
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(texts: &[&str]) -> Vec<(String, String)> {
        let mut variables = Variables::default();
        for text in texts {
            variables.read(text);
        }
        let found = variables.with_prefixes(&[String::new()]);
        found.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn of(text: &str) -> String {
        let shown = |(name, value): (String, String)| name + "=[" + &value + "]";
        all(&[text]).into_iter().map(shown).collect()
    }

    #[test]
    fn lines_in_the_usual_forms() {
        assert_eq!(of("A=1"), "A=[1]");
        assert_eq!(of("  export A = one two  # note"), "A=[one two]");
        assert_eq!(of("A="), "A=[]");
        assert_eq!(of("A: yaml"), "A=[yaml]");
        assert_eq!(of("# A=1\r\nB=2\r\n\r\nC='#3'"), "B=[2]C=[#3]");
        assert_eq!(of("A=\"x # y\" # note"), "A=[x # y]");
        assert_eq!(of("A=\"one\\ntwo\""), "A=[one\ntwo]");
        assert_eq!(of("A='one\\ntwo'"), "A=[one\\ntwo]");
    }

    #[test]
    fn values_over_several_lines() {
        assert_eq!(of("A=\"one\ntwo\"\nB=3"), "A=[one\ntwo]B=[3]");
        assert_eq!(of("A='it\nis' # note\nB=3"), "A=[it\nis]B=[3]");
        assert_eq!(of("A=\"never closed\nB=3"), "A=[\"never closed]B=[3]");
    }

    #[test]
    fn values_of_other_variables() {
        assert_eq!(of("A=1\nB=${A}2$A\nC='$A'"), "A=[1]B=[121]C=[$A]");
        assert_eq!(of("B=${NONE:-x}$NONE\\$A"), "B=[x$A]");
        assert_eq!(of("B=a$\nC=${"), "B=[a$]C=[${]");
        assert_eq!(all(&["A=1\nB=$A", "A=2"])[1].1, "2");
        assert!(of("A=$B\nB=$A").starts_with("A=["));
    }

    #[test]
    fn anything_else_is_skipped() {
        assert_eq!(of("nothing\n=1\n{\"a\": 1}\n\0\u{fffd}=\nA=1"), "A=[1]");
        assert_eq!(of("\"=\n'\nÄ=1"), "");
    }

    #[test]
    fn only_prefixed_names_are_given() {
        let mut variables = Variables::default();
        variables.read("SECRET=1\nVITE_B=$SECRET\nVITE_A=2");
        variables.set("VITE_A", "$3");
        let found = variables.with_prefixes(&["VITE_".to_owned()]);
        assert_eq!(found, [("VITE_A", "$3".to_owned()), ("VITE_B", "1".to_owned())]);
    }
}
