//! Small pieces of JavaScript text: strings, property names, lines at an indentation.

use bundle_graph::record::Literal;

/// Returns a string literal in ASCII; U+2028 and U+2029 are escaped too.
pub(crate) fn string(text: &str) -> String {
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

/// Returns an identifier in ASCII: every engine reads `\u` escapes in names, but older ones only
/// those of four digits.
pub(crate) fn ascii_name(name: &str) -> String {
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

/// Whether a name needs no quotes as a property in ECMAScript 5 (which allows
/// reserved words there).
pub(crate) fn is_plain_name(name: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    name.chars().next().is_some_and(is_start)
        && name.chars().all(|c| is_start(c) || c.is_ascii_digit())
}

/// Returns a name for an export or import clause. Names that are not identifiers need ECMAScript
/// 2022.
pub(crate) fn clause_name(name: &str) -> String {
    let is_start = |c: char| c.is_alphabetic() || c == '_' || c == '$';
    let is_identifier = name.chars().next().is_some_and(is_start)
        && name.chars().all(|c| is_start(c) || c.is_alphanumeric());
    if is_identifier { ascii_name(name) } else { string(name) }
}

/// Returns a property key for an object literal. Callers must not pass `__proto__`, which would set
/// the prototype; they define it in another way.
pub(crate) fn key(name: &str) -> String {
    if is_plain_name(name) { name.to_owned() } else { string(name) }
}

/// Returns an expression that reads a property.
pub(crate) fn member(object: &str, name: &str) -> String {
    if is_plain_name(name) {
        format!("{object}.{name}")
    } else {
        format!("{object}[{}]", string(name))
    }
}

/// Returns an expression for a literal.
pub(crate) fn literal(value: &Literal) -> String {
    match value {
        Literal::Undefined => "void 0".to_owned(),
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(value) => value.to_string(),
        Literal::String(value) => string(value),
    }
}

/// Text that is built line by line; minified, without white space that is not needed.
#[derive(Default)]
pub(crate) struct Lines {
    /// The text written so far.
    pub text: String,
    /// Whether indentation, line ends and unneeded spaces are left out.
    is_compact: bool,
    /// True after glue that had a semicolon. Only such a semicolon may be dropped before `}`: at
    /// the end of a piece it may be a whole statement.
    ends_in_glue: bool,
    depth: usize,
}

impl Lines {
    /// Returns empty lines; `is_compact` leaves out white space that is not needed.
    pub fn new(is_compact: bool) -> Self {
        Self { is_compact, ..Self::default() }
    }

    /// Returns empty lines that start at an indentation of `depth` levels.
    pub fn deep(is_compact: bool, depth: usize) -> Self {
        Self { is_compact, depth, ..Self::default() }
    }

    /// Appends a line at the current depth.
    pub fn line(&mut self, line: &str) {
        if self.is_compact {
            return self.push_compact(line);
        }
        if !line.is_empty() {
            for _ in 0..self.depth {
                self.text.push_str("  ");
            }
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// Appends lines. A line that ends with `{` opens a level, and one that begins with `}` closes
    /// it.
    pub fn lines(&mut self, lines: &[String]) {
        for line in lines {
            match (line.starts_with('}'), line.ends_with('{')) {
                (true, _) => self.close(line),
                (false, true) => self.open(line),
                (false, false) => self.line(line),
            }
        }
    }

    /// Appends a line, and indents the following lines by one more level.
    pub fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
    }

    /// Indents the following lines by one more level.
    pub fn deeper(&mut self) {
        self.depth += 1;
    }

    /// Ends a level with the line that closes it.
    pub fn close(&mut self, line: &str) {
        self.depth -= 1;
        self.line(line);
    }

    /// Returns the text to append a rendered piece to. If the piece begins with a legal comment,
    /// that comment starts on a line of its own.
    pub fn for_piece(&mut self, piece: &str) -> &mut String {
        if self.is_compact
            && piece.starts_with('/')
            && !self.text.is_empty()
            && !self.text.ends_with('\n')
        {
            self.text.push('\n');
        }
        self.ends_in_glue = false;
        &mut self.text
    }

    /// Appends glue with only those spaces that separate two words. The only quoted text in glue is
    /// strings in double quotes.
    fn push_compact(&mut self, line: &str) {
        let is_word =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '\\') || !c.is_ascii();
        let mut characters = line.chars().peekable();
        let mut in_string = false;
        while let Some(c) = characters.next() {
            self.ends_in_glue |= c == ';';
            match c {
                '\\' if in_string => self.text.extend([c, characters.next().unwrap_or_default()]),
                '"' => {
                    in_string = !in_string;
                    self.text.push(c);
                }
                _ if in_string => self.text.push(c),
                ' ' => {
                    let between = (self.text.chars().next_back(), characters.peek().copied());
                    if let (Some(before), Some(after)) = between
                        && is_word(before)
                        && is_word(after)
                    {
                        self.text.push(c);
                    }
                }
                '}' => {
                    if self.ends_in_glue && self.text.ends_with(';') {
                        self.text.pop();
                    }
                    self.text.push(c);
                }
                _ => self.text.push(c),
            }
        }
    }
}
