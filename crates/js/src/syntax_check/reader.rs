//! The reader of one text, with its state: the current token, what is allowed there, and what was
//! found.

use std::{
    borrow::Cow,
    cell::Cell,
    fmt::{self, Display, Formatter},
};

use super::{
    context::Context,
    escapes,
    expression::Expr,
    keys::Key,
    token::{Kind, Token},
};
use crate::features::Feature;

/// How a text is read.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    /// It is part of an ES module.
    pub is_module: bool,
    /// It will be inside strict code, but is read as sloppy code. This matters only for the
    /// constructs that are noted.
    pub is_strict: bool,
    /// Whether objects with the same key twice are looked for.
    pub wants_keys: bool,
}

/// The place of a mistake, and what is wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mistake {
    /// The byte at which reading stopped.
    pub at: u32,
    /// What is wrong, in a few words.
    pub why: &'static str,
    /// swc's parser overlooks it.
    pub is_ours: bool,
}

impl Display for Mistake {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let known = if self.is_ours { " (swc's parser may overlook it)" } else { "" };
        write!(f, "{} at byte {}{known}", self.why, self.at)
    }
}

/// Reading stopped at a mistake, which the reader keeps. A result without it fits into a register.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stopped;

pub(super) type Read<T> = Result<T, Stopped>;

/// The constructs that a text contains.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FoundFeatures(u64);

impl FoundFeatures {
    #[inline]
    pub fn has(self, feature: Feature) -> bool {
        self.0 & 1 << (feature as u8) != 0
    }

    #[inline]
    fn add(&mut self, feature: Feature) {
        self.0 |= 1 << (feature as u8);
    }

    /// Every construct found, oldest first.
    pub fn iter(self) -> impl Iterator<Item = Feature> {
        Feature::ALL.iter().copied().filter(move |feature| self.has(*feature))
    }
}

/// Reads one text.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub bytes: &'a [u8],
    pub reading: Reading,
    /// The current token.
    pub token: Token,
    /// Where the token before it ends.
    pub end: u32,
    pub context: Context,
    pub found: FoundFeatures,
    /// The last places of an arrow function, `await` and `yield`.
    pub places: Places,
    /// The labels that enclose the current place, inside the current function.
    pub labels: Vec<Cow<'a, str>>,
    /// The keys of the object literals that enclose the current place.
    pub keys: Vec<Key<'a>>,
    /// See `Verdict::Unsure`.
    pub is_unsure: bool,
    /// The last mistake.
    pub mistake: Cell<Option<Mistake>>,
}

/// Places that decide what an expression may become.
#[derive(Clone, Copy)]
pub(super) struct Places {
    /// Where the innermost assignment expression starts: only there, an arrow function can start.
    pub arrow: u32,
    /// The last `await` of the current function. `u32::MAX`: none.
    pub awaited: u32,
    /// The last `yield` operator of the current function. `u32::MAX`: none.
    pub yielded: u32,
}

impl Places {
    /// Whether `place` is at `start` or later.
    pub fn is_since(place: u32, start: u32) -> bool {
        place != u32::MAX && place >= start
    }
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str, reading: Reading) -> Self {
        let module = Context::STRICT
            .with(Context::STRICT_SCAN)
            .with(Context::AWAIT)
            .with(Context::AWAIT_RESERVED);
        let context = Context::NONE.with_if(module, reading.is_module);
        Self {
            text,
            bytes: text.as_bytes(),
            reading,
            token: Token::new(Kind::End, 0, 0, 0),
            end: 0,
            context: context.with_if(Context::STRICT_SCAN, reading.is_strict),
            found: FoundFeatures::default(),
            places: Places { arrow: u32::MAX, awaited: u32::MAX, yielded: u32::MAX },
            labels: Vec::new(),
            keys: Vec::new(),
            is_unsure: false,
            mistake: Cell::new(None),
        }
    }

    /// Skips `#!` and the rest of its line.
    pub fn skip_hashbang(&mut self) {
        let ends = |c: char| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
        let end = self.text.find(ends).unwrap_or(self.text.len());
        self.token.end = u32::try_from(end).unwrap_or(u32::MAX);
    }

    /// Reads the first token. It is on a new line.
    pub fn start(&mut self) -> Read<()> {
        self.end = self.token.end;
        let token = self.scan(self.token.end, Token::NEW_LINE)?;
        self.reach(token)
    }

    /// Goes to the next token.
    #[inline]
    pub fn advance(&mut self) -> Read<()> {
        self.end = self.token.end;
        let token = self.scan(self.token.end, 0)?;
        self.reach(token)
    }

    #[inline]
    fn reach(&mut self, token: Token) -> Read<()> {
        self.token = token;
        if token.has(Token::NOTED) { self.note(token) } else { Ok(()) }
    }

    fn note(&mut self, token: Token) -> Read<()> {
        if token.has(Token::OCTAL) && self.context.has(Context::STRICT) {
            return self.fail_at(token.start, "an octal number or escape in strict code");
        }
        let notes = [
            (Token::CODE_POINT, Feature::CodePointEscape),
            (Token::LINE_SEPARATOR, Feature::LineSeparatorInString),
            (Token::NUMERIC_SEPARATOR, Feature::NumericSeparator),
            (Token::RADIX, Feature::RadixLiteral),
            (Token::ASTRAL, Feature::AstralName),
        ];
        for (flag, feature) in notes {
            if token.has(flag) {
                self.see(feature);
            }
        }
        Ok(())
    }

    /// Returns the token after the current one.
    pub fn peek(&self) -> Read<Token> {
        self.scan(self.token.end, 0)
    }

    #[inline]
    pub fn is(&self, kind: Kind) -> bool {
        self.token.kind == kind
    }

    /// Skips the current token if it is of this kind.
    #[inline]
    pub fn eat(&mut self, kind: Kind) -> Read<bool> {
        if self.token.kind != kind {
            return Ok(false);
        }
        self.advance()?;
        Ok(true)
    }

    #[inline]
    pub fn expect(&mut self, kind: Kind) -> Read<()> {
        if self.token.kind != kind {
            return self.fail("another token is expected");
        }
        self.advance()
    }

    /// Whether the current token is this name.
    pub fn is_name(&self, name: &str) -> bool {
        self.token.kind == Kind::Name && self.text_of(self.token) == name
    }

    #[inline]
    pub fn see(&mut self, feature: Feature) {
        self.found.add(feature);
    }

    /// Goes back to an outer context and keeps what `read` returns.
    #[inline]
    pub fn within<T>(
        &mut self,
        context: Context,
        read: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<T> {
        let outer = std::mem::replace(&mut self.context, context);
        let result = read(self);
        self.context = outer;
        result
    }

    /// An expression stays an expression.
    #[inline]
    pub fn settle(&mut self, expr: Expr) -> Read<()> {
        if expr.has(Expr::PENDING) { self.settle_pending(expr) } else { Ok(()) }
    }

    #[cold]
    fn settle_pending(&mut self, expr: Expr) -> Read<()> {
        if expr.has(Expr::MUST_BIND) {
            return self.fail_ours(expr.start, "`{ a = b }` outside a pattern");
        }
        let notes = [
            (Expr::SHORTHAND, Feature::Shorthand),
            (Expr::SPREAD, Feature::Spread),
            (Expr::TWICE, Feature::DuplicateKey),
        ];
        for (flag, feature) in notes {
            if expr.has(flag) {
                self.see(feature);
            }
        }
        Ok(())
    }

    /// The mistake is at the current token.
    #[cold]
    pub fn fail<T>(&self, why: &'static str) -> Read<T> {
        self.fail_at(self.token.start, why)
    }

    #[cold]
    pub fn fail_at<T>(&self, at: u32, why: &'static str) -> Read<T> {
        self.stop(Mistake { at, why, is_ours: false })
    }

    /// swc's parser overlooks the mistake.
    #[cold]
    pub fn fail_ours<T>(&self, at: u32, why: &'static str) -> Read<T> {
        self.stop(Mistake { at, why, is_ours: true })
    }

    #[cold]
    pub fn stop<T>(&self, mistake: Mistake) -> Read<T> {
        self.mistake.set(Some(mistake));
        Err(Stopped)
    }

    pub fn text_of(&self, token: Token) -> &'a str {
        &self.text[token.start as usize..token.end as usize]
    }

    /// Returns a word without its escapes.
    pub fn word(&self, token: Token) -> Cow<'a, str> {
        let text = self.text_of(token);
        if token.has(Token::ESCAPED) { escapes::decoded(text) } else { Cow::Borrowed(text) }
    }
}
