//! Prints template literals. In the compact form their escapes are shortened: `\n` is a line break.

use std::{borrow::Cow, fmt::Write, iter::Peekable, str::CharIndices};

use swc_common::{BytePos, Span};
use swc_ecma_ast::{Expr, TaggedTpl, Tpl, TplElement};

use super::{Printer, precedence::Need};

/// Writes into a string, which cannot fail.
macro_rules! put {
    ($out:expr, $($rest:tt)*) => {
        write!($out, $($rest)*).expect("strings can be written")
    };
}

impl Printer<'_> {
    pub(super) fn template(&mut self, node: &Tpl) {
        self.leading(node.span);
        self.at(node.span);
        self.template_parts(node, Self::quasi);
        self.after(node.span);
    }

    /// Prints a template with a tag, which sees how the text is written.
    pub(super) fn tagged(&mut self, node: &TaggedTpl, need: Need) {
        self.leading(node.span);
        self.at(node.span);
        self.expr(&node.tag, need.head(true));
        self.leading(node.tpl.span);
        self.at(node.tpl.span);
        self.template_parts(&node.tpl, |printer, element| {
            printer.at(element.span);
            printer.out.literal(&element.raw);
            printer.after(element.span);
        });
        self.after(node.tpl.span);
        self.after(node.span);
    }

    fn template_parts(&mut self, node: &Tpl, print: impl Fn(&mut Self, &TplElement)) {
        self.out.mark("`");
        let mut values = node.exprs.iter();
        for quasi in &node.quasis {
            print(self, quasi);
            if let Some(value) = values.next() {
                self.hole(value);
            }
        }
        self.out.mark("`");
    }

    fn hole(&mut self, value: &Expr) {
        self.out.mark("${");
        self.expr(value, Need::ANY);
        self.out.closing("}");
    }

    fn quasi(&mut self, node: &TplElement) {
        let mut raw = Cow::Borrowed(node.raw.as_str());
        if raw.contains('\r') {
            raw = Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n"));
        }
        if self.out.is_compact || self.out.ascii && !raw.is_ascii() {
            self.shortened(node.span, &raw);
        } else if !raw.is_empty() {
            self.own(node.span);
            self.out.literal(&raw);
        }
    }

    /// Prints a text whose escapes are shortened, with the place of each of its lines.
    fn shortened(&mut self, span: Span, raw: &str) {
        let Shortened { text, lines } = Shortened::new(raw, self.out.ascii);
        let (mut done, mut origin) = (0, 0);
        for (at, next) in lines {
            if at != 0 {
                self.at_offset(span, origin);
            }
            self.out.literal(&text[done..=at]);
            (done, origin) = (at + 1, next);
        }
        self.at_offset(span, origin);
        self.out.literal(&text[done..]);
        self.after(span);
    }

    fn at_offset(&mut self, span: Span, offset: usize) {
        if self.maps {
            let offset = u32::try_from(offset).expect("texts are under 4 GiB");
            self.out.announce(self.placed(span.lo) + BytePos(offset));
        }
    }
}

/// The text of a template with shortened escapes.
struct Shortened {
    text: String,
    /// The line breaks: where each is in the text, and where the raw text continues after it.
    lines: Vec<(usize, usize)>,
}

impl Shortened {
    fn new(raw: &str, ascii: bool) -> Self {
        let mut made = Self { text: String::with_capacity(raw.len()), lines: Vec::new() };
        let mut rest = raw.char_indices().peekable();
        // Where `\0` ends: before a digit it must be written in another way.
        let mut zero = None;
        while let Some((_, c)) = rest.next() {
            let c = if c == '\\' { made.escape(&mut rest, ascii) } else { Some(c) };
            let Some(c) = c else { continue };
            if c.is_ascii_digit() && zero == Some(made.text.len()) {
                made.text.truncate(made.text.len() - 1);
                made.text.push_str("x00");
            }
            made.character(c, ascii);
            if c == '\0' {
                zero = Some(made.text.len());
            }
            made.note_line(c, raw, &mut rest);
        }
        made
    }

    /// Records a line break that was just written.
    fn note_line(&mut self, c: char, raw: &str, rest: &mut Peekable<CharIndices<'_>>) {
        if c == '\n' {
            let next = rest.peek().map_or(raw.len(), |(at, _)| *at);
            self.lines.push((self.text.len() - 1, next));
        }
    }

    /// Returns the character that an escape means. `None`: the escape was written, or means
    /// nothing.
    fn escape(&mut self, rest: &mut Peekable<CharIndices<'_>>, ascii: bool) -> Option<char> {
        let Some((at, c)) = rest.next() else { return Some('\\') };
        match c {
            'n' => Some('\n'),
            't' => Some('\t'),
            '0' => Some('\0'),
            '\u{2028}' | '\u{2029}' => None,
            'x' | 'u' => self.code(c, rest, ascii),
            '\n' => {
                self.text.push_str("\\\n");
                self.lines.push((self.text.len() - 1, at + 1));
                None
            }
            '\\' | 'r' | 'v' | 'b' | 'f' | '`' | '1'..='7' => {
                self.text.push('\\');
                self.text.push(c);
                None
            }
            other => Some(other),
        }
    }

    fn code(
        &mut self,
        kind: char,
        rest: &mut Peekable<CharIndices<'_>>,
        ascii: bool,
    ) -> Option<char> {
        let mut ahead = rest.clone();
        let found = match kind {
            'x' => digits(&mut ahead, 2).and_then(char::from_u32),
            _ => unicode(&mut ahead).filter(|c| !ascii || c.is_ascii()),
        };
        let Some(c) = found else {
            self.text.push('\\');
            self.text.push(kind);
            return None;
        };
        *rest = ahead;
        if matches!(c, '\\' | '`') {
            self.text.push('\\');
        }
        Some(c)
    }

    fn character(&mut self, c: char, ascii: bool) {
        let out = &mut self.text;
        match c {
            // Characters from escapes must not begin a hole.
            '{' if out.ends_with('$') => out.push_str("\\{"),
            '\0' => out.push_str("\\0"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\u{b}' => out.push_str("\\v"),
            '\n' | '\t' | '\x20'..='\x7e' => out.push(c),
            '\x01'..='\x1f' => put!(out, "\\x{:02x}", u32::from(c)),
            '\u{7f}'..='\u{a0}' | '\u{ad}' => put!(out, "\\x{:x}", u32::from(c)),
            '\u{7f}'..='\u{ff}' if ascii => put!(out, "\\x{:x}", u32::from(c)),
            '\u{2028}' | '\u{2029}' | '\u{feff}' => put!(out, "\\u{:04X}", u32::from(c)),
            _ if ascii => put!(out, "\\u{{{:X}}}", u32::from(c)),
            _ => out.push(c),
        }
    }
}

/// Reads hexadecimal digits.
fn digits(rest: &mut Peekable<CharIndices<'_>>, count: usize) -> Option<u32> {
    let mut value = 0;
    for _ in 0..count {
        value = value * 16 + rest.next()?.1.to_digit(16)?;
    }
    Some(value)
}

/// Reads an escape after `\u`, which may be the first of a pair.
fn unicode(rest: &mut Peekable<CharIndices<'_>>) -> Option<char> {
    let high = unit(rest)?;
    if !(0xd800..0xdc00).contains(&high) {
        return char::from_u32(high);
    }
    if rest.next()?.1 != '\\' || rest.next()?.1 != 'u' {
        return None;
    }
    let low = unit(rest)?;
    (0xdc00..0xe000).contains(&low).then_some(())?;
    char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
}

fn unit(rest: &mut Peekable<CharIndices<'_>>) -> Option<u32> {
    if rest.next_if(|(_, c)| *c == '{').is_none() {
        return digits(rest, 4);
    }
    let mut value = rest.next()?.1.to_digit(16)?;
    loop {
        let (_, c) = rest.next()?;
        if c == '}' {
            return Some(value);
        }
        value = value.checked_mul(16)?.checked_add(c.to_digit(16)?)?;
        if value > 0x10_ffff {
            return None;
        }
    }
}
