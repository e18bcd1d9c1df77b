//! Mixins and functions that call themselves. The compiler recurses with them, and where they do not end it overflows its stack, which
//! cannot be caught. So each of them begins with a question how deep it is, which is an error once that is too deep.

use std::ops::Range;

use bundle_base::sheet::after_token;
use rustc_hash::FxHashMap;

/// The function that is asked. It is said where a body begins, and gives nothing to the sheet.
pub(super) const QUESTION: &str = "bundle-depth";
const ASKED: &str = "$bundle-depth:bundle-depth();";

/// A text whose recursive mixins and functions ask.
pub(super) struct Guarded {
    pub text: String,
    /// Where a question begins in it, rising.
    questions: Vec<usize>,
}

impl Guarded {
    /// Nothing is asked in a sheet that nests by indentation.
    pub fn new(text: &str, is_indented: bool) -> Self {
        let text = &super::find::with_names_of_packages(text);
        let bodies = if is_indented { Vec::new() } else { recursive(text) };
        let mut guarded = Self { text: String::with_capacity(text.len()), questions: Vec::new() };
        let mut done = 0;
        for at in bodies {
            guarded.text.push_str(&text[done..at]);
            guarded.questions.push(guarded.text.len());
            guarded.text.push_str(ASKED);
            done = at;
        }
        guarded.text.push_str(&text[done..]);
        guarded
    }

    /// The place in the text as it was written.
    pub fn original(&self, at: usize) -> usize {
        let before = self.questions.iter().take_while(|question| **question < at).count();
        let Some(last) = before.checked_sub(1).map(|last| self.questions[last]) else { return at };
        // Within a question: where it was put.
        let skipped = ASKED.len().min(at - last);
        at - (before - 1) * ASKED.len() - skipped
    }
}

/// A mixin or function.
struct Definition<'t> {
    name: &'t str,
    body: Range<usize>,
}

/// Where the bodies begin of what calls itself, perhaps by way of others in the text.
fn recursive(text: &str) -> Vec<usize> {
    if !text.contains("@mixin") && !text.contains("@function") {
        return Vec::new();
    }
    let definitions = definitions(text);
    let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (index, definition) in definitions.iter().enumerate() {
        by_name.entry(definition.name).or_default().push(index);
    }
    let calls: Vec<Vec<usize>> = definitions
        .iter()
        .map(|definition| {
            let names = words(&text[definition.body.clone()]);
            names.filter_map(|name| by_name.get(name)).flatten().copied().collect()
        })
        .collect();
    let comes_back = |from: &usize| {
        let mut seen = vec![false; definitions.len()];
        let mut stack = calls[*from].clone();
        while let Some(next) = stack.pop() {
            if !std::mem::replace(&mut seen[next], true) {
                stack.extend(&calls[next]);
            }
        }
        seen[*from]
    };
    let mut bodies: Vec<usize> =
        (0..definitions.len()).filter(comes_back).map(|index| definitions[index].body.start).collect();
    bodies.sort_unstable();
    bodies
}

fn definitions(text: &str) -> Vec<Definition<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let named = ["@mixin ", "@function "].iter().find_map(|word| rest.strip_prefix(word));
        if let Some(named) = named {
            let name = words(named).next().unwrap_or_default();
            let opens = at + rest.len() - named.len();
            found.extend(block(text, opens).map(|body| Definition { name, body }));
        }
        at = after(text, at);
    }
    found
}

/// What stands in the next braces, which are not those of an interpolation.
fn block(text: &str, from: usize) -> Option<Range<usize>> {
    let (mut at, mut depth, mut start) = (from, 0_usize, None);
    while at < text.len() {
        match text.as_bytes()[at] {
            b';' if start.is_none() => return None,
            b'{' => {
                depth += 1;
                start = start.or((!text[..at].ends_with('#')).then_some(at + 1));
            }
            b'}' => {
                depth = depth.checked_sub(1)?;
                if let Some(start) = start.filter(|_| depth == 0) {
                    return Some(start..at);
                }
            }
            _ => {}
        }
        at = after(text, at);
    }
    None
}

/// As in CSS, and past comments up to the end of the line.
fn after(text: &str, at: usize) -> usize {
    if text[at..].starts_with("//") {
        return at + text[at..].find('\n').unwrap_or(text.len() - at);
    }
    after_token(text, at)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_calls_itself_asks_first() {
        for (text, expected) in [
            ("@mixin a { @include a; } b { c: d }", "@mixin a {?> @include a; } b { c: d }"),
            (
                "@mixin a($x: '{') { b { @include c } } @mixin c { @include a }",
                "@mixin a($x: '{') {?> b { @include c } } @mixin c {?> @include a }",
            ),
            (
                "@function f($n) { @return f($n - 1); } // @mixin x { @include x",
                "@function f($n) {?> @return f($n - 1); } // @mixin x { @include x",
            ),
            ("@mixin a { b: c } @mixin d { @include a }", "@mixin a { b: c } @mixin d { @include a }"),
        ] {
            let guarded = Guarded::new(text, false);
            assert_eq!(guarded.text, expected.replace("?>", ASKED));
            for (at, c) in text.char_indices() {
                let now = guarded.text.char_indices().map(|(at, _)| at);
                assert!(now.filter(|now| guarded.original(*now) == at).any(|now| guarded.text[now..].starts_with(c)));
            }
            assert_eq!(guarded.original(guarded.text.len()), text.len());
        }
    }
}
