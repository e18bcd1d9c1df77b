//! Stops mixins and functions that call themselves without end. The compiler recurses with them,
//! and would overflow its stack, which cannot be caught. So a call is inserted at the beginning of
//! their bodies, of a function that measures the stack and fails once it is too deep.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::tokens::after;

/// The function that measures the stack. The call at the beginning of a body adds nothing to the
/// CSS.
pub(super) const DEPTH_FUNCTION: &str = "bundle-depth";
const DEPTH_CALL: &str = "$bundle-depth:bundle-depth()";

/// The error of a mixin or function whose recursion is too deep.
pub(super) const TOO_DEEP: &str = "calls itself without end";

/// The mixins and functions in all files of a stylesheet that were read so far, and the names that
/// each of their bodies contains. Files that are brought in by `@import` see each other's
/// definitions, whichever file was read first.
#[derive(Default)]
pub(super) struct Definitions {
    /// The names in the body of each definition.
    bodies: Vec<Vec<String>>,
    by_name: FxHashMap<String, Vec<usize>>,
}

/// A text as the compiler gets it: its recursive mixins and functions measure the stack, and what
/// others found is inserted.
pub(super) struct Guarded {
    pub text: String,
    /// Where each inserted text begins in `text`, and how long it is, in bytes; sorted.
    inserted: Vec<(usize, usize)>,
}

impl Guarded {
    /// Guards the text of a file, and adds its definitions to `known`. `more`: other texts to
    /// insert, each with its place in bytes.
    pub fn new(
        text: &str,
        is_indented: bool,
        known: &mut Definitions,
        more: Vec<(usize, String)>,
    ) -> Self {
        let text = &with_deep_as_pseudo(&super::find::with_names_of_packages(text));
        let definitions = match text {
            text if !["@mixin", "@function", "="].iter().any(|word| text.contains(word)) => {
                Vec::new()
            }
            text if is_indented => indented(text),
            text => definitions(text),
        };
        let mut guarded = Self { text: String::with_capacity(text.len()), inserted: Vec::new() };
        let call = |at: usize| {
            let end = if is_indented { line_break(&text[..at]) } else { ";".to_owned() };
            (at, DEPTH_CALL.to_owned() + &end)
        };
        let calls = known.add(text, &definitions).into_iter().map(call);
        let mut inserted: Vec<(usize, String)> = calls.chain(more).collect();
        inserted.sort_unstable();
        let mut done = 0;
        for (at, more) in inserted {
            guarded.text.push_str(&text[done..at]);
            guarded.inserted.push((guarded.text.len(), more.len()));
            guarded.text.push_str(&more);
            done = at;
        }
        guarded.text.push_str(&text[done..]);
        guarded
    }

    /// Puts a text before all others.
    pub fn put_before(&mut self, more: &str) {
        self.text.insert_str(0, more);
        self.inserted.iter_mut().for_each(|(begin, _)| *begin += more.len());
        self.inserted.insert(0, (0, more.len()));
    }

    /// Returns the place in the text as it was written of a byte in the guarded text.
    pub fn original(&self, at: usize) -> usize {
        let before = self.inserted.iter().take_while(|(begin, _)| *begin < at);
        // All of an inserted text counts as the place where it was inserted.
        at - before.map(|(begin, length)| (*length).min(at - begin)).sum::<usize>()
    }
}

/// What the compiler sees for `/deep/`, which becomes it again in the compiled text.
pub(super) const DEEP_PSEUDO: &str = "::deeP";

/// Writes a pseudo-element for the old combinator `/deep/`, which node-sass took and this compiler
/// does not parse. The texts have the same length, so places stay. A path such as `img/deep/x.png`
/// is not changed.
fn with_deep_as_pseudo(text: &str) -> String {
    let mut whole = text.to_owned();
    for (at, found) in text.match_indices("/deep/") {
        let is_apart =
            |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "&{},>+~".contains(c));
        let (before, after) = (&text[..at], &text[at + found.len()..]);
        if is_apart(before.chars().next_back()) && is_apart(after.chars().next()) {
            whole.replace_range(at..at + found.len(), DEEP_PSEUDO);
        }
    }
    whole
}

/// Returns a line break, and the indentation that `before` ends with.
fn line_break(before: &str) -> String {
    format!("\n{}", &before[before.rfind('\n').map_or(0, |at| at + 1)..])
}

/// A mixin or function, with the range of its body.
struct Definition<'t> {
    name: &'t str,
    body: Range<usize>,
}

impl Definitions {
    /// Adds the definitions of a file. Returns where the bodies begin of those that call
    /// themselves, directly or through others. A cycle over several files is found with the last of
    /// them, so at least one definition of each cycle measures the stack.
    fn add(&mut self, text: &str, definitions: &[Definition<'_>]) -> Vec<usize> {
        let first = self.bodies.len();
        for definition in definitions {
            self.by_name.entry(name(definition.name)).or_default().push(self.bodies.len());
            self.bodies.push(words(&text[definition.body.clone()]).map(name).collect());
        }
        let added = definitions.iter().enumerate();
        let mut bodies: Vec<usize> = added
            .filter(|(at, _)| self.comes_back(first + at))
            .map(|(_, definition)| definition.body.start)
            .collect();
        bodies.sort_unstable();
        bodies
    }

    fn comes_back(&self, from: usize) -> bool {
        let calls = |body: usize| {
            self.bodies[body].iter().filter_map(|name| self.by_name.get(name)).flatten().copied()
        };
        let mut seen = vec![false; self.bodies.len()];
        let mut stack: Vec<usize> = calls(from).collect();
        while let Some(next) = stack.pop() {
            if !std::mem::replace(&mut seen[next], true) {
                stack.extend(calls(next));
            }
        }
        seen[from]
    }
}

/// Returns a name as Sass compares it: `_` and `-` are equal.
fn name(written: &str) -> String {
    written.replace('_', "-")
}

/// Returns the definitions of a stylesheet in the indented syntax.
fn indented(text: &str) -> Vec<Definition<'_>> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').filter_map(|line| {
        let begin = at;
        at += line.len();
        let written = line.trim_start();
        (!written.is_empty()).then(|| (begin, line.len() - written.len(), written))
    });
    let lines: Vec<(usize, usize, &str)> = lines.collect();
    let mut found = Vec::new();
    for (line, (_, depth, written)) in lines.iter().enumerate() {
        let named =
            ["@mixin ", "@function ", "="].iter().find_map(|word| written.strip_prefix(word));
        let Some(name) = named.and_then(|named| words(named).next()) else { continue };
        // Parameters in parentheses may go on in the next lines.
        let mut open = 0;
        let begin = lines[line..].iter().position(|(_, _, written)| {
            open += written.matches('(').count();
            open = open.saturating_sub(written.matches(')').count());
            open == 0
        });
        let Some(begin) = begin.map(|header| line + header + 1) else { continue };
        let body: Vec<_> =
            lines[begin..].iter().take_while(|(_, inner, _)| inner > depth).collect();
        if let (Some((first, inner, _)), Some((last, outer, written))) = (body.first(), body.last())
        {
            found.push(Definition { name, body: first + inner..last + outer + written.len() });
        }
    }
    found
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

/// Returns the contents of the next braces that are not those of an interpolation. `None`: there
/// are none in this statement, or they are not closed.
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

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recursive_bodies_measure_the_stack_first() {
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
            (
                "@mixin a { b: c } @mixin d { @include a }",
                "@mixin a { b: c } @mixin d { @include a }",
            ),
        ] {
            let guarded = Guarded::new(text, false, &mut Definitions::default(), Vec::new());
            assert_eq!(guarded.text, expected.replace("?>", &format!("{DEPTH_CALL};")));
            for (at, c) in text.char_indices() {
                let now = guarded.text.char_indices().map(|(at, _)| at);
                assert!(
                    now.filter(|now| guarded.original(*now) == at)
                        .any(|now| guarded.text[now..].starts_with(c))
                );
            }
            assert_eq!(guarded.original(guarded.text.len()), text.len());
        }
    }

    #[test]
    fn names_are_compared_as_sass_compares_them() {
        let guarded = Guarded::new(
            "@mixin a-b { @include a_b; }",
            false,
            &mut Definitions::default(),
            Vec::new(),
        );
        assert_eq!(guarded.text, format!("@mixin a-b {{{DEPTH_CALL}; @include a_b; }}"));
    }

    #[test]
    fn the_file_that_closes_a_cycle_measures_the_stack() {
        let mut known = Definitions::default();
        let first = "@mixin a { @include b; } @mixin c { d: e }";
        assert_eq!(Guarded::new(first, false, &mut known, Vec::new()).text, first);
        let second = Guarded::new(
            "@mixin b { @include a; } @mixin f { @include c }",
            false,
            &mut known,
            Vec::new(),
        );
        assert_eq!(
            second.text,
            format!("@mixin b {{{DEPTH_CALL}; @include a; }} @mixin f {{ @include c }}")
        );
    }

    #[test]
    fn bodies_are_found_by_their_indentation() {
        for (text, expected) in [
            (
                "=a($n)\n  b: c\n\n  +a($n)\nd\n  e: f",
                "=a($n)\n  ?>\n  b: c\n\n  +a($n)\nd\n  e: f",
            ),
            (
                "@mixin a($n,\n  $m)\n\t@include a(1, 2)",
                "@mixin a($n,\n  $m)\n\t?>\n\t@include a(1, 2)",
            ),
            ("@function f($n)\n  @return f($n)\n", "@function f($n)\n  ?>\n  @return f($n)\n"),
            ("=a\n  b: c\nd\n  +a", "=a\n  b: c\nd\n  +a"),
        ] {
            let guarded = Guarded::new(text, true, &mut Definitions::default(), Vec::new());
            assert_eq!(guarded.text, expected.replace("?>", DEPTH_CALL));
            assert_eq!(guarded.original(guarded.text.len()), text.len());
            let last = text.rfind(['a', 'f']).unwrap_or_default();
            assert_eq!(guarded.original(guarded.text.rfind(['a', 'f']).unwrap_or_default()), last);
        }
    }
}
