//! Mistakes that sasso 0.21 takes, and dart-sass refuses: a declaration without a semicolon at its
//! end, one without a name, and a comment that is never closed.
//!
//! ```scss
//! a { color: red
//!     width: 1px; }
//! ```

use std::ops::Range;

use bundle_base::stylesheet::is_plain_url;

use super::tokens;

/// What is wrong.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// The declaration, or `@include`, which something follows on the next line.
    MissingSemicolon(Range<usize>),
    /// A `:` inside of a value.
    Colon(usize),
    /// A `@` inside of a value.
    AtSign(usize),
    /// A `:` without a name before it.
    MissingName(usize),
    /// The beginning of a comment.
    OpenComment(usize),
}

/// The part of a statement that was read so far: up to a `;`, `{` or `}` outside of brackets.
#[derive(Default)]
struct Statement {
    /// Where its text begins.
    start: Option<usize>,
    /// The `:` outside of brackets.
    colons: Vec<usize>,
    /// The `@` outside of brackets, except the one that it begins with.
    at_sign: Option<usize>,
}

/// Returns the first mistake in a text of SCSS.
pub(super) fn first(text: &str) -> Option<Mistake> {
    let mut statement = Statement::default();
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        let end = after(text, at)?;
        if is_comment(&text[at..]) {
            if text[at..].starts_with("/*") && !(end >= at + 4 && text[..end].ends_with("*/")) {
                return Some(Mistake::OpenComment(at));
            }
            at = end;
            continue;
        }
        match byte {
            b'(' | b'[' => depth += 1,
            b'{' if depth > 0 || text[..at].ends_with('#') || statement.is_custom(text) => {
                depth += 1;
            }
            b')' | b']' | b'}' if depth > 0 => depth -= 1,
            b';' | b'{' | b'}' if depth == 0 => {
                if let Some(mistake) = statement.mistake(text, at) {
                    return Some(mistake);
                }
                statement = Statement::default();
                at = end;
                continue;
            }
            b':' if depth == 0 => statement.colons.push(at),
            b'@' if depth == 0 && statement.start.is_some() => {
                statement.at_sign.get_or_insert(at);
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            statement.start.get_or_insert(at);
        }
        at = end;
    }
    None
}

/// Returns the place after the token at `at`. Strings and addresses may contain values, with
/// strings of their own. `None`: a string is not closed, which the compiler reports.
fn after(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes()[at] {
        quote @ (b'"' | b'\'') => after_text(text, at + 1, |byte| byte == quote).map(|end| end + 1),
        b'u' | b'U' if is_plain_url(text, at) => after_text(text, at, |byte| byte == b')'),
        b'u' | b'U' => Some(at + 1),
        _ => Some(tokens::after(text, at)),
    }
}

/// Returns where a text ends in which `#{…}` are values; `None`: its line ends before.
fn after_text(text: &str, start: usize, is_end: impl Fn(u8) -> bool) -> Option<usize> {
    let mut at = start;
    loop {
        let byte = *text.as_bytes().get(at)?;
        if byte == b'\n' {
            return None;
        } else if is_end(byte) {
            return Some(at);
        } else if text[at..].starts_with("#{") {
            at = after_value(text, at + 2)?;
        } else if byte == b'\\' {
            at += 1 + text[at + 1..].chars().next()?.len_utf8();
        } else {
            at += text[at..].chars().next()?.len_utf8();
        }
    }
}

/// Returns the place after the `}` of a value that begins at `at`.
fn after_value(text: &str, mut at: usize) -> Option<usize> {
    let mut depth = 1;
    while depth > 0 {
        match text.as_bytes().get(at)? {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        at = after(text, at)?;
    }
    Some(at)
}

/// Whether a comment begins a text.
pub(super) fn is_comment(rest: &str) -> bool {
    rest.starts_with("/*") || rest.starts_with("//")
}

impl Statement {
    /// Whether it is a custom property, whose value may be anything.
    fn is_custom(&self, text: &str) -> bool {
        !self.colons.is_empty() && self.start.is_some_and(|start| text[start..].starts_with("--"))
    }

    /// Returns the mistake in it. `end`: the place of what ends it.
    fn mistake(&self, text: &str, end: usize) -> Option<Mistake> {
        let (start, is_block) = (self.start?, text[end..].starts_with('{'));
        let first = *self.colons.first()?;
        if text[start..].starts_with("@include") {
            return if is_block { None } else { Self::cut(text, start, first) };
        }
        if text[start..].starts_with('@') || self.is_custom(text) {
            return None;
        }
        if first == start {
            return (!is_block).then_some(Mistake::MissingName(first));
        }
        if is_block && text[start..].starts_with('$') {
            return Self::cut(text, start, end);
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        // A selector has no white space after a `:`, and a declaration with a block does.
        let is_selector = is_block
            && (!text[start..first].chars().all(is_name)
                || !text[first + 1..].starts_with(char::is_whitespace));
        let is_filter = |colon: &usize| {
            let word = text[..*colon].trim_end_matches(is_name).len();
            text[word..*colon].eq_ignore_ascii_case("progid")
        };
        let second = self.colons[1..].iter().copied().find(|colon| !is_filter(colon));
        let next = match (second, self.at_sign) {
            (Some(colon), Some(sign)) => Some(colon.min(sign)),
            (colon, sign) => colon.or(sign),
        };
        let is_class = |line: usize| {
            let line = text[line..end].trim_start().strip_prefix('.');
            line.is_some_and(|name| name.starts_with(|c: char| is_name(c) && !c.is_ascii_digit()))
        };
        let class =
            || text[start..end].rfind('\n').map(|line| start + line).filter(|at| is_class(*at));
        let next = next.or_else(|| if is_block { class().map(|line| line + 1) } else { None });
        let next = next.filter(|_| !is_selector)?;
        let cut = Self::cut(text, start, next);
        if is_block || cut.is_some() {
            return cut;
        }
        let is_sign = text[next..].starts_with('@');
        Some(if is_sign { Mistake::AtSign(next) } else { Mistake::Colon(next) })
    }

    /// Returns the text before the line of `next`, if the statement began on a line before.
    fn cut(text: &str, start: usize, next: usize) -> Option<Mistake> {
        let line = text[..next].rfind('\n').filter(|line| *line > start)?;
        let (mut at, mut end) = (start, start);
        while at < line {
            let after = after(text, at)?;
            let is_blank = text[at..after].trim().is_empty();
            if !is_blank && !is_comment(&text[at..]) {
                end = after;
            }
            at = after;
        }
        (end > start).then_some(Mistake::MissingSemicolon(start..end.min(line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text of the declaration without a semicolon.
    fn cut(text: &str) -> Option<&str> {
        let found = first(text)?;
        let Mistake::MissingSemicolon(range) = found else { panic!("{text}: {found:?}") };
        Some(&text[range])
    }

    // The expected mistakes agree with dart-sass 1.9x.

    #[test]
    fn declarations_end_before_the_next_line() {
        for (text, found) in [
            (".a { color: red\n width: 1px; }", "color: red"),
            (".a { color: red\n $w: 1px; }", "color: red"),
            (".a { $w: 1px\n color: red; }", "$w: 1px"),
            (".a { b: 1px\n\n/* x: */ c: d }", "b: 1px"),
            (".a { b: c // x: y\n d: e; }", "b: c"),
            (".a { *zoom: 1\n b: c }", "*zoom: 1"),
            (".a { src: url(a:b)\n c: d }", "src: url(a:b)"),
            (".a { b: \"x:y\"\n c: d }", "b: \"x:y\""),
            (".a { b: c\n #{d}: e }", "b: c"),
            (".a { b: c\n &:hover { e: f } }", "b: c"),
            (".a { b: c\n .d { e: f } }", "b: c"),
            (".a { b: c\n @media x { d: e } }", "b: c"),
            (".a { b: c\n @include x; }", "b: c"),
            (".a { @include x($a: 1)\n width: 1px; }", "@include x($a: 1)"),
            ("$a: 1\n$b: 2;", "$a: 1"),
            ("$a: 1\n.b { c: d }", "$a: 1"),
        ] {
            assert_eq!(cut(text), Some(found), "{text}");
        }
    }

    #[test]
    fn other_mistakes() {
        assert_eq!(first(".a { b:c:d; }"), Some(Mistake::Colon(8)));
        assert_eq!(first(".a { b: c; : d }"), Some(Mistake::MissingName(11)));
        assert_eq!(first(".a { b: @red; }"), Some(Mistake::AtSign(8)));
        assert_eq!(first("a { b: c } /* x"), Some(Mistake::OpenComment(11)));
        assert_eq!(first("a { b: c } /*/"), Some(Mistake::OpenComment(11)));
    }

    #[test]
    fn what_sass_takes() {
        for text in [
            ".a { filter: progid:X.Y(a='b:c')\n progid:X.Z(a=1); }",
            ".a { filter: alpha(opacity=1)\n PROGID:X.Y(a=1) }",
            ".a { b:c:d {e:f} }",
            ".a { font: bold\n {family: x } }",
            ".a { --x: c\n d: e; --y: { a: b:c; } }",
            ".a { b: expression(a ? b : c); }",
            "a:hover\n b:focus, a :hover\n .c:d { e: f; }",
            "@media (a: b)\n and (c: d) { e { f: g } }",
            "@include a { b: c; }\n@include d using ($e: 1)\n { f: g }",
            ".a { b: red\n  d { e: f} }",
            ".a { b: a\\:b; ; c: d }",
            ":root { --a: b; }\n.c { :hover { d: e } }",
            "@use 'a' with ($b: c,\n $d: e);",
            "@extend .a:hover\n;",
            ".a { b: #{c($d: e)}\n f }",
            "// it's: /* a\n.a { b: c }",
            ".a { b: \"#{f(\"x:y\")}\"; c: '#{if(g(':'), 'a:b', '')}'; }",
            "$font: \"#{enc(\"https://fonts.com/x\")}\";\n.a { c: $font; }",
            ".a { b: \"#{enc(\"a/*\")}\"; }",
            ".a { b: url(#{f(a)}:8080/x.png); c: url(http://#{g(\"b)\")}:80/x.png); }",
            ".a { b: font-url(map.get($m, a), $t: image); c: url($d); }",
            "a { b: url( \"x)\" ); c: d }",
            // Another mistake.
            ".a { b: 'c; }\n.d { e: f }",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
