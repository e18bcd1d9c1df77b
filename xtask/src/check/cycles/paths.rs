//! The paths of its own crate that a file names: in `use` declarations and in code. It reads
//! tokens, not Rust: enough for code that compiles and that rustfmt has formatted.

use std::collections::BTreeMap;

/// A module's path inside its crate: `["link", "model"]`; the root's is empty.
pub type ModulePath = Vec<String>;

/// What a file names.
#[derive(Default)]
pub struct Named {
    /// Every path, from the crate's root: modules, then an item.
    pub all: Vec<ModulePath>,
    /// What `use` declarations bring in, by the name it has in this file.
    pub imported: BTreeMap<String, ModulePath>,
}

/// A word, `::`, or a character.
type Token<'t> = &'t str;

/// Finds the paths in a file. `is_file` tells whether a path from the root is a file's module.
pub fn find(text: &str, module: &[String], is_file: &dyn Fn(&[String]) -> bool) -> Named {
    let code = without_comments_and_strings(before_tests(text));
    let tokens = tokens(&code);
    let mut reader = Reader { module, is_file, tokens: &tokens, named: Named::default() };
    let mut at = 0;
    while at < tokens.len() {
        let is_declaration = tokens[at] == "use" && tokens.get(at + 1) != Some(&"<");
        if is_declaration {
            at = reader.tree(at + 1, &[]);
        } else {
            let path = path_at(&tokens, at);
            // `pub(in crate::a)` says who may use an item, not what it uses.
            let before = &tokens[..at];
            let is_rest = before.ends_with(&["::"]) || before.ends_with(&["."]);
            if path.len() > 1 && !is_rest && !before.ends_with(&["(", "in"]) {
                let whole = reader.whole(&path);
                reader.named.all.extend(whole);
            }
            at += 1;
        }
    }
    reader.named
}

/// Reads the paths of one file.
struct Reader<'a> {
    /// The file's module.
    module: &'a [String],
    is_file: &'a dyn Fn(&[String]) -> bool,
    tokens: &'a [Token<'a>],
    named: Named,
}

impl Reader<'_> {
    /// Returns a path from the root. `None`: it does not begin in this crate.
    fn whole(&self, path: &[&str]) -> Option<ModulePath> {
        let ups = path.iter().take_while(|part| **part == "super").count();
        let first = *path.first()?;
        let (base, rest) = match first {
            "crate" => (&[][..], &path[1..]),
            "self" => (self.module, &path[1..]),
            "super" => (&self.module[..self.module.len().checked_sub(ups)?], &path[ups..]),
            _ => (self.module, path),
        };
        let whole: ModulePath =
            base.iter().cloned().chain(rest.iter().map(|part| (*part).to_owned())).collect();
        let is_ours = matches!(first, "crate" | "self" | "super")
            || (self.is_file)(whole.get(..=base.len())?);
        is_ours.then_some(whole)
    }

    /// Reads one tree of a `use` declaration, from the token `at`; returns where it ends. `before`:
    /// the path in front of it.
    fn tree(&mut self, at: usize, before: &[&str]) -> usize {
        let tokens = self.tokens;
        let mut path = before.to_vec();
        let mut at = at;
        while let Some(&token) = tokens.get(at) {
            match token {
                "::" => at += 1,
                "{" => {
                    at += 1;
                    while tokens.get(at).is_some_and(|token| *token != "}") {
                        at = self.tree(at, &path);
                        at += usize::from(tokens.get(at) == Some(&","));
                    }
                    return at + 1;
                }
                "," | ";" | "}" | "as" => break,
                word => {
                    path.push(word);
                    at += 1;
                }
            }
        }
        // `use a::{self}` names `a`.
        if path.len() > 1 && path.last() == Some(&"self") {
            path.pop();
        }
        let mut name = path.last().copied();
        if tokens.get(at) == Some(&"as") {
            name = tokens.get(at + 1).copied();
            at += 2;
        }
        if let (Some(whole), Some(name)) = (self.whole(&path), name) {
            self.named.imported.insert(name.to_owned(), whole.clone());
            self.named.all.push(whole);
        }
        at
    }
}

/// The path that begins at a token: `a::b::c`.
fn path_at<'t>(tokens: &[Token<'t>], at: usize) -> Vec<&'t str> {
    let is_word = |token: &str| token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let mut path = Vec::new();
    let mut at = at;
    while let Some(&word) = tokens.get(at).filter(|token| is_word(token)) {
        path.push(word);
        if tokens.get(at + 1) != Some(&"::") {
            break;
        }
        at += 2;
    }
    path
}

/// The text up to the tests at its end.
fn before_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

/// Splits code into words, `::` and single characters.
fn tokens(code: &str) -> Vec<Token<'_>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        found.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    found
}

/// Blanks comments, strings and characters, where a path would only be text.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = length_of_text(rest, code.chars().next_back());
        if skipped > 0 {
            code.push(' ');
            rest = &rest[skipped..];
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    code
}

/// The length of the comment, string or character that begins here; 0 if none does.
fn length_of_text(rest: &str, before: Option<char>) -> usize {
    let to = |end: &str, from: usize| {
        rest[from..].find(end).map_or(rest.len(), |n| from + n + end.len())
    };
    if rest.starts_with("//") {
        return to("\n", 2);
    }
    if rest.starts_with("/*") {
        return to("*/", 2);
    }
    let is_in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with("r\"") && !is_in_word {
        return to("\"", 2);
    }
    if rest.starts_with("r#") && !is_in_word {
        let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
        if rest[1 + hashes..].starts_with('"') {
            return to(&format!("\"{}", "#".repeat(hashes)), 2 + hashes);
        }
    }
    if rest.starts_with('"') {
        return quoted(rest, '"');
    }
    // A lifetime has no second quote.
    let is_character = rest.starts_with("'\\") || rest.chars().nth(2) == Some('\'');
    if rest.starts_with('\'') && is_character { quoted(rest, '\'') } else { 0 }
}

/// The length of a quoted text with escapes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}
