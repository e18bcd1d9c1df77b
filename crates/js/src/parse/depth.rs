//! Measures how deep a text nests. Parser and passes are recursive, and a stack overflow cannot be
//! caught, so the text is measured before any recursive code sees it. The measure is an
//! approximation, not a lexer: it may be slightly too high (a regular expression after `)` is read
//! as code), and the limit is far above what people write.

use bundle_base::{Span, loader::Language};

mod limit;
#[cfg(test)]
mod tests;

use limit::{EXPLOSIVE, HEAVY, LEVEL, LIGHT, Limit, depth_limit, is_surely_flat};

/// Returns the deepest place of a text that nests too deeply.
pub(super) fn too_deep(text: &str, language: Language) -> Option<Span> {
    deeper_than(text, language, &Limit { cost: depth_limit(), light: LIGHT })
}

/// The same for code with less stack: a number of levels of brackets. Operators count twice,
/// because code that only parses and walks needs relatively more stack for an operator.
pub(super) fn deeper_than_levels(text: &str, language: Language, levels: usize) -> Option<Span> {
    deeper_than(text, language, &Limit { cost: levels * LEVEL, light: 2 * LIGHT })
}

fn deeper_than(text: &str, language: Language, limit: &Limit) -> Option<Span> {
    let has_jsx = language != Language::TypeScript;
    if is_surely_flat(text, !has_jsx, limit.cost / limit.light) {
        return None;
    }
    Scanner { light: limit.light, ..Scanner::new(text, has_jsx) }.deepest(limit.cost)
}

/// The kind of token that precedes the current place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Previous {
    /// An operator: an operand must follow.
    Operator,
    /// The end of an operand, or of something that may be one.
    Operand,
    /// `}`, which may end a block or an operand.
    Brace,
    /// `;`: the statement ends, unless `else` follows.
    Semicolon,
    /// `.`: the next word is the name of a property.
    Dot,
}

/// The preceding word, if it changes the meaning of the next token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Else,
    Extends,
    Other,
}

/// One level of brackets.
#[derive(Clone, Copy, Default)]
struct Frame {
    /// The byte that closes it; 0 at the top level.
    close: u8,
    /// The offset where it opens.
    start: usize,
    /// Whether it is `${ … }` in a template.
    is_template: bool,
    /// The cost of operators, members and prefixes since the statement or item began. Each may be
    /// nested in the one before.
    links: usize,
    /// The number of open JSX elements.
    elements: usize,
    /// The number of open type arguments.
    arguments: usize,
    /// Whether it is in a place that the parser tries more than once.
    is_explosive: bool,
    /// The state between `class` and its `{`.
    heritage: Heritage,
}

/// How much of the head of a class was read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Heritage {
    #[default]
    None,
    /// `class` was read.
    Class,
    /// `extends` was read.
    Extends,
}

impl Frame {
    fn cost(&self) -> usize {
        let explosion = if self.is_explosive { EXPLOSIVE } else { 0 };
        (1 + self.elements + self.arguments) * LEVEL + self.links + explosion
    }
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
    has_jsx: bool,
    /// The cost of an operator.
    light: usize,
    frames: Vec<Frame>,
    /// The cost of all frames except the last.
    total: usize,
    previous: Previous,
    word_before: Word,
    /// The type arguments opened last are where an operand must follow: they belong to a cast or to
    /// an arrow function.
    is_cast: bool,
    /// The last token was the `>` of such type arguments.
    after_cast: bool,
    /// The offsets of templates that are not closed yet.
    templates: Vec<usize>,
    /// The offset of a comment that is not closed before the end of the text.
    comment_start: Option<usize>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, has_jsx: bool) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            has_jsx,
            light: LIGHT,
            frames: vec![Frame::default()],
            total: 0,
            previous: Previous::Operator,
            word_before: Word::Other,
            is_cast: false,
            after_cast: false,
            templates: Vec::new(),
            comment_start: None,
        }
    }
}

impl Scanner<'_> {
    fn deepest(mut self, limit: usize) -> Option<Span> {
        while let Some(start) = self.next_token() {
            if self.total + self.frame().cost() > limit {
                return Some(span(start, start + 1));
            }
        }
        None
    }

    /// Reads one token and returns its offset.
    fn next_token(&mut self) -> Option<usize> {
        let mut is_new_line = self.at == 0;
        loop {
            match *self.text.get(self.at)? {
                b'\n' | b'\r' => {
                    is_new_line = true;
                    self.at += 1;
                }
                b' ' | b'\t' => self.at += 1,
                b'/' if self.comment() => {}
                byte => {
                    let start = self.at;
                    self.token(byte, is_new_line);
                    return Some(start);
                }
            }
        }
    }

    fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the top is never closed")
    }

    fn token(&mut self, byte: u8, is_new_line: bool) {
        let after_cast = std::mem::take(&mut self.after_cast);
        if self.previous == Previous::Semicolon && !self.text[self.at..].starts_with(b"else") {
            self.frame().links = 0;
        }
        match byte {
            b'"' | b'\'' => self.string(byte),
            b'`' => {
                self.templates.push(self.at);
                self.at += 1;
                self.template();
            }
            b'(' | b'[' | b'{' => self.open(byte, after_cast),
            b')' | b']' | b'}' => self.close(byte),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' | b'#' | b'\\' | 0x80.. => {
                self.word(is_new_line);
            }
            b';' => self.punctuation(Previous::Semicolon, 0),
            b',' => {
                let frame = self.frame();
                (frame.links, frame.arguments) = (0, 0);
                self.punctuation(Previous::Operator, 0);
            }
            b'.' => {
                let is_spread = self.text[self.at..].starts_with(b"...");
                self.at += if is_spread { 2 } else { 0 };
                self.punctuation(
                    if is_spread { Previous::Operator } else { Previous::Dot },
                    if is_spread { 0 } else { LIGHT },
                );
            }
            b'/' if self.previous != Previous::Operand && self.previous != Previous::Brace => {
                self.regex();
            }
            b'<' => self.less(),
            b'>' if self.frame().arguments > 0 => {
                self.frame().arguments -= 1;
                self.after_cast = self.is_cast && self.frame().arguments == 0;
                self.punctuation(Previous::Operand, 0);
            }
            b'/' if self.next_is(b'>') => {
                let frame = self.frame();
                frame.elements = frame.elements.saturating_sub(1);
                self.at += 1;
                self.punctuation(Previous::Operand, 0);
            }
            b'!' | b'~' | b'+' | b'-' | b':' => self.punctuation(Previous::Operator, LIGHT),
            b'?' => {
                self.at += usize::from(self.next_is(b'?'));
                self.punctuation(Previous::Operator, HEAVY);
            }
            _ => {
                let cost = if self.text[self.at..].starts_with(b"=>") { HEAVY } else { LIGHT };
                let is_operator = |b: &u8| b"=&|^%*>".contains(b);
                let length = self.text[self.at + 1..].iter().take_while(|b| is_operator(b)).count();
                self.at += length;
                self.punctuation(Previous::Operator, cost);
            }
        }
    }

    fn next_is(&self, byte: u8) -> bool {
        self.text.get(self.at + 1) == Some(&byte)
    }

    fn punctuation(&mut self, previous: Previous, links: usize) {
        self.link(links);
        self.previous = previous;
        self.at += 1;
    }

    fn link(&mut self, cost: usize) {
        let cost = if cost == LIGHT { self.light } else { cost };
        self.frame().links += cost;
    }

    /// Skips a comment, if one starts here.
    fn comment(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let length = match rest.get(1) {
            Some(b'/') => memchr::memchr(b'\n', rest),
            Some(b'*') => memchr::memmem::find(&rest[2..], b"*/").map(|at| at + 4),
            _ => return false,
        };
        if length.is_none() && rest[1] == b'*' {
            self.comment_start = Some(self.at);
        }
        self.at += length.unwrap_or(rest.len());
        true
    }

    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(&byte) = self.text.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'\n' => break,
                b if b == quote => break,
                _ => {}
            }
        }
        self.previous = Previous::Operand;
    }

    /// Skips the text of a template, up to its end or to `${`.
    fn template(&mut self) {
        while let Some(&byte) = self.text.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'`' => {
                    self.templates.pop();
                    break;
                }
                b'$' if self.text.get(self.at) == Some(&b'{') => {
                    self.open(b'{', false);
                    self.frame().is_template = true;
                    return;
                }
                _ => {}
            }
        }
        self.previous = Previous::Operand;
    }

    fn regex(&mut self) {
        self.at += 1;
        let mut in_class = false;
        while let Some(&byte) = self.text.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'\n' => break,
                b'/' if !in_class => break,
                _ => {}
            }
        }
        self.previous = Previous::Operand;
    }

    fn open(&mut self, byte: u8, is_cast: bool) {
        let is_explosive =
            is_cast && byte == b'(' || byte != b'{' && self.frame().heritage == Heritage::Extends;
        if byte == b'{' {
            self.frame().heritage = Heritage::None;
        }
        self.total += self.frame().cost();
        let close = match byte {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        self.frames.push(Frame { close, start: self.at, is_explosive, ..Frame::default() });
        self.previous = Previous::Operator;
        self.at += 1;
    }

    /// Closes the nearest bracket of its kind, and all that is open inside. A closing bracket
    /// without an opening one is ignored.
    fn close(&mut self, byte: u8) {
        self.at += 1;
        self.previous = if byte == b'}' { Previous::Brace } else { Previous::Operand };
        if !self.frames.iter().rev().take(64).any(|frame| frame.close == byte) {
            return;
        }
        loop {
            let Some(frame) = self.frames.pop() else { return };
            self.total -= self.frames.last().map_or(0, Frame::cost);
            if frame.close == byte {
                // A call, index or block that follows another is a link of a chain.
                self.link(LIGHT);
                if frame.is_template {
                    self.template();
                }
                return;
            }
        }
    }

    fn word(&mut self, is_new_line: bool) {
        let rest = &self.text[self.at..];
        let length = rest.iter().take_while(|byte| IS_WORD[usize::from(**byte)]).count();
        let word = &rest[..length];
        self.at += length;
        let previous = std::mem::replace(&mut self.previous, Previous::Operand);
        if previous == Previous::Dot {
            return;
        }
        if !may_be_keyword(word) {
            if ends_statement(previous, is_new_line) {
                self.end_statement();
            }
            self.word_before = Word::Other;
            return;
        }
        let continues = matches!(
            word,
            b"else"
                | b"catch"
                | b"finally"
                | b"while"
                | b"of"
                | b"in"
                | b"instanceof"
                | b"as"
                | b"satisfies"
                | b"extends"
        );
        if ends_statement(previous, is_new_line) && !continues
            || matches!(word, b"case" | b"default")
        {
            self.end_statement();
        }
        let cost = match word {
            b"if" if self.word_before == Word::Else => LIGHT,
            b"if" | b"for" | b"while" | b"do" | b"with" | b"try" => HEAVY,
            b"class" if self.word_before == Word::Extends => EXPLOSIVE,
            b"typeof" | b"void" | b"delete" | b"new" | b"await" | b"yield" | b"in"
            | b"instanceof" | b"else" | b"as" | b"satisfies" | b"keyof" | b"extends" | b"infer"
            | b"readonly" | b"unique" => LIGHT,
            _ => 0,
        };
        let heritage = &mut self.frame().heritage;
        *heritage = match word {
            b"class" => Heritage::Class,
            b"extends" if *heritage != Heritage::None => Heritage::Extends,
            _ => *heritage,
        };
        self.word_before = match word {
            b"else" => Word::Else,
            b"extends" => Word::Extends,
            _ => Word::Other,
        };
        if cost > 0 || matches!(word, b"return" | b"throw" | b"case" | b"default" | b"of") {
            self.previous = Previous::Operator;
        }
        self.link(cost);
    }

    fn end_statement(&mut self) {
        let frame = self.frame();
        (frame.links, frame.arguments) = (0, 0);
    }

    /// Reads `<`: an operator, the start or end of a JSX element, or type arguments.
    fn less(&mut self) {
        let is_element =
            self.has_jsx && (self.previous != Previous::Operand || self.frame().elements > 0);
        match self.text.get(self.at + 1) {
            Some(b'/') if self.has_jsx => {
                let frame = self.frame();
                frame.elements = frame.elements.saturating_sub(1);
                self.at += 1;
                self.punctuation(Previous::Operator, 0);
            }
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'>') if is_element => {
                self.frame().elements += 1;
                self.punctuation(Previous::Operator, 0);
            }
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'{' | b'[') if !self.has_jsx => {
                if self.frame().arguments == 0 {
                    self.is_cast = self.previous != Previous::Operand;
                }
                self.frame().arguments += 1;
                self.punctuation(Previous::Operator, 0);
            }
            _ => self.punctuation(Previous::Operator, LIGHT),
        }
    }
}

/// The bytes of names, keywords and numbers.
const IS_WORD: [bool; 256] = {
    let mut is_word = [false; 256];
    let mut at = 0;
    while at < is_word.len() {
        #[expect(clippy::cast_possible_truncation, reason = "the table has 256 entries")]
        let byte = at as u8;
        is_word[at] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#' | b'\\' | 0x80..);
        at += 1;
    }
    is_word
};

/// Whether a word is as long as a keyword, and begins and ends like one. Most names are not.
fn may_be_keyword(word: &[u8]) -> bool {
    let is_lower = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_lowercase);
    (2..=10).contains(&word.len()) && is_lower(word.first()) && is_lower(word.last())
}

/// Whether a word that continues nothing begins a statement.
fn ends_statement(previous: Previous, is_new_line: bool) -> bool {
    previous == Previous::Brace || previous == Previous::Operand && is_new_line
}

/// Returns the bracket that is open at a place, and the character that closes it.
pub(super) fn open_bracket(text: &str, language: Language, until: usize) -> Option<(Span, char)> {
    let mut scanner = Scanner::new(text, language != Language::TypeScript);
    // The text is measured as if it ended there.
    scanner.text = &text.as_bytes()[..until.min(text.len())];
    while scanner.next_token().is_some() {}
    let frame = scanner.frames.last().filter(|frame| frame.close != 0)?;
    Some((span(frame.start, frame.start + 1), char::from(frame.close)))
}

/// Returns the start of a template or comment that is never closed.
pub(super) fn open_text(text: &str, language: Language) -> Option<Span> {
    let mut scanner = Scanner::new(text, language != Language::TypeScript);
    while scanner.next_token().is_some() {}
    let start = scanner.comment_start.or(scanner.templates.pop())?;
    Some(span(start, start + 1))
}

fn span(start: usize, end: usize) -> Span {
    let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(narrow(start), narrow(end))
}
