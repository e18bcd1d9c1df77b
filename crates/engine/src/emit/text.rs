//! Small pieces of JavaScript text: strings, property names, lines at an indentation.

/// A string literal in ASCII; U+2028 and U+2029 are escaped with the rest.
pub(super) fn string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b'"') => literal.push_str("\\\""),
            Ok(b'\\') => literal.push_str("\\\\"),
            Ok(b'\n') => literal.push_str("\\n"),
            Ok(b'\r') => literal.push_str("\\r"),
            Ok(ascii @ 0x20..=0x7e) => literal.push(char::from(ascii)),
            _ => literal.extend(["\\u", &format!("{unit:04x}")]),
        }
    }
    literal.push('"');
    literal
}

/// An identifier in ASCII: every engine reads `\u` escapes in names, and older ones only those of four digits.
pub(super) fn ascii_name(name: &str) -> String {
    let mut ascii = String::with_capacity(name.len());
    for c in name.chars() {
        match u32::from(c) {
            0..=0x7f => ascii.push(c),
            code @ 0x80..=0xffff => ascii.extend(["\\u", &format!("{code:04x}")]),
            code => ascii.extend(["\\u{", &format!("{code:x}"), "}"]),
        }
    }
    ascii
}

/// True for a name that needs no quotes as a property in ECMAScript 5 (which allows reserved words there).
pub(super) fn is_plain_name(name: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    name.chars().next().is_some_and(is_start) && name.chars().all(|c| is_start(c) || c.is_ascii_digit())
}

/// A name in an export or import clause. Names that are no identifiers need ECMAScript 2022.
pub(super) fn clause_name(name: &str) -> String {
    let is_start = |c: char| c.is_alphabetic() || c == '_' || c == '$';
    let is_identifier =
        name.chars().next().is_some_and(is_start) && name.chars().all(|c| is_start(c) || c.is_alphanumeric());
    if is_identifier { ascii_name(name) } else { string(name) }
}

/// A property key of an object literal. `__proto__` would set the prototype: nobody gets that far, callers compute it.
pub(super) fn key(name: &str) -> String {
    if is_plain_name(name) { name.to_owned() } else { string(name) }
}

/// A property read.
pub(super) fn member(object: &str, name: &str) -> String {
    if is_plain_name(name) { format!("{object}.{name}") } else { format!("{object}[{}]", string(name)) }
}

/// Text that grows by lines.
#[derive(Default)]
pub(super) struct Lines {
    /// What was written.
    pub text: String,
    depth: usize,
}

impl Lines {
    /// A line at the current depth.
    pub fn line(&mut self, line: &str) {
        if !line.is_empty() {
            for _ in 0..self.depth {
                self.text.push_str("  ");
            }
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// A line, after which everything is one level deeper.
    pub fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
    }

    /// The end of a level, with the line that closes it.
    pub fn close(&mut self, line: &str) {
        self.depth -= 1;
        self.line(line);
    }
}
