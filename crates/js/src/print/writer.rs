//! The text that is printed: tokens with the white space between them, slots, and where the tokens
//! come from. A slot is an identifier without text; the text can be cut at marked slots.

use std::fmt::Write;

use swc_common::{
    BytePos,
    comments::{Comment, CommentKind},
};

use crate::render::{
    mapping::{Mapper, Token},
    positions::Position,
    rendered::{Fragment, Piece, Role, SlotUse},
    slot,
};

/// A place in the text where no token is.
const NOWHERE: usize = usize::MAX;

/// Collects the text of a piece.
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(super) struct Writer<'a> {
    piece: Piece,
    /// The role of the current piece. `fragments` holds the pieces before it.
    role: Role,
    fragments: Vec<Fragment>,
    pub indent: u32,
    pub ascii: bool,
    at_line_start: bool,
    mapper: Option<Mapper<'a>>,
    /// The place in the source that was announced for the next token.
    position: BytePos,
    /// Prints no indentation and no line breaks, and delays a semicolon until the next token.
    pub is_compact: bool,
    has_pending_semicolon: bool,
    /// Where the text's last word ends: a name, keyword, number or regular expression.
    word_end: usize,
}

impl<'a> Writer<'a> {
    pub fn new(indent: u32, ascii: bool, mapper: Option<Mapper<'a>>) -> Self {
        Self {
            piece: Piece::default(),
            role: Role::Text,
            fragments: Vec::new(),
            indent,
            ascii,
            at_line_start: true,
            mapper,
            position: BytePos::DUMMY,
            is_compact: false,
            has_pending_semicolon: false,
            word_end: NOWHERE,
        }
    }

    /// Begins a statement of the top level.
    pub fn begin_statement(&mut self) {
        self.position = BytePos::DUMMY;
        if let Some(mapper) = &mut self.mapper {
            mapper.begin_statement();
        }
    }

    /// Returns the piece.
    pub fn finish(mut self) -> Piece {
        Piece { map: self.mapper.as_mut().and_then(Mapper::finish), ..self.piece }
    }

    /// Returns the first piece and the fragments after it, if there are any.
    pub fn cut_up(mut self) -> (Piece, Vec<Fragment>) {
        if self.fragments.is_empty() {
            return (self.finish(), Vec::new());
        }
        self.cut(Role::Text);
        (self.fragments.remove(0).piece, self.fragments)
    }

    /// Ends the current piece and begins one with the role `next`.
    pub fn cut(&mut self, next: Role) {
        self.start();
        let role = std::mem::replace(&mut self.role, next);
        if role == Role::Text && self.piece.text.is_empty() && !self.fragments.is_empty() {
            return;
        }
        let map = self.mapper.as_mut().and_then(Mapper::finish);
        let piece = Piece { map, ..std::mem::take(&mut self.piece) };
        self.fragments.push(Fragment { role, piece });
        self.word_end = NOWHERE;
    }

    /// How long the current piece is.
    pub fn here(&self) -> usize {
        self.piece.text.len()
    }

    /// Whether the text ends with another text.
    pub fn ends_with(&self, end: &str) -> bool {
        self.piece.text.ends_with(end)
    }

    /// Sets the place of the next token.
    pub fn announce(&mut self, at: BytePos) {
        self.position = at;
    }

    /// Records where the token that is about to be written comes from.
    fn map(&mut self, token: Token<'_>) {
        if let Some(mapper) = &mut self.mapper {
            let announced = std::mem::replace(&mut self.position, BytePos::DUMMY);
            mapper.token(&self.piece, token, Position::new(announced));
        }
    }

    /// Records where punctuation that is about to be written comes from.
    #[inline]
    fn map_mark(&mut self, text: &'static str) {
        if let Some(mapper) = &mut self.mapper {
            let announced = std::mem::replace(&mut self.position, BytePos::DUMMY);
            mapper.mark(&self.piece, text, Position::new(announced));
        }
    }

    /// Writes what a token needs before it: the semicolon of the last statement, and indentation.
    pub fn start(&mut self) {
        if std::mem::take(&mut self.has_pending_semicolon) {
            self.piece.text.push(';');
        }
        if self.at_line_start && !self.is_compact {
            for _ in 0..self.indent {
                self.piece.text.push_str("  ");
            }
            self.at_line_start = false;
        }
    }

    /// Writes punctuation or an operator.
    pub fn mark(&mut self, text: &'static str) {
        self.start();
        self.map_mark(text);
        self.piece.text.push_str(text);
    }

    /// Writes an operator that must not merge with the sign before it: `- -x`, `+ ++x`.
    pub fn sign(&mut self, text: &'static str) {
        self.start();
        if text.starts_with(['+', '-']) && self.piece.text.ends_with(&text[..1]) {
            self.piece.text.push(' ');
        }
        self.mark(text);
    }

    /// Writes a mark before which a statement needs no semicolon: `}` or `;`.
    pub fn closing(&mut self, text: &'static str) {
        self.has_pending_semicolon = false;
        self.mark(text);
    }

    /// Writes a keyword.
    pub fn keyword(&mut self, text: &'static str) {
        self.word(text);
    }

    /// Writes a keyword, number or regular expression, apart from the word before it.
    pub fn word(&mut self, text: &str) {
        self.apart();
        self.map(Token::Word(text));
        self.piece.text.push_str(text);
        self.word_end = self.piece.text.len();
    }

    /// Begins a word: writes a space if a word precedes.
    fn apart(&mut self) {
        self.start();
        if self.word_end == self.piece.text.len() {
            self.piece.text.push(' ');
        }
    }

    /// Writes a literal that no word can merge with.
    pub fn literal(&mut self, text: &str) {
        if !text.is_empty() {
            self.start();
            self.map(Token::Word(text));
            self.piece.text.push_str(text);
        }
    }

    /// Writes the rest of a token.
    pub fn rest(&mut self, text: &str) {
        self.piece.text.push_str(text);
    }

    /// Marks the end of the text as the end of a word.
    pub fn end_word(&mut self) {
        self.word_end = self.piece.text.len();
    }

    /// Writes a name. `printed` is how it is spelled in the text.
    pub fn name(&mut self, printed: &str) {
        self.apart();
        self.map(Token::Name(printed));
        self.piece.text.push_str(printed);
        self.word_end = self.piece.text.len();
    }

    /// Writes the name of a private member, with its `#`, which needs no space before it.
    pub fn private_name(&mut self, printed: &str) {
        self.start();
        self.map(Token::Name(printed));
        self.piece.text.push_str(printed);
        self.word_end = self.piece.text.len();
    }

    /// Records a slot. `name` is the text of its identifier.
    pub fn slot(&mut self, slot: u32, name: &str) {
        let around = self.role;
        let mention = match around {
            Role::Text => Some(Role::Mention),
            Role::Function => Some(Role::Inner),
            Role::Head | Role::Mention | Role::Inner => None,
        };
        let mention = mention.filter(|_| slot::is_marked(name));
        self.apart();
        if let Some(mention) = mention {
            self.cut(mention);
        }
        self.map(Token::Slot(slot));
        let at = u32::try_from(self.piece.text.len()).expect("rendered texts are under 4 GiB");
        self.piece.slots.push(SlotUse { at, slot });
        self.word_end = self.piece.text.len();
        if mention.is_some() {
            self.cut(around);
        } else if self.role == Role::Head {
            self.cut(Role::Function);
        }
    }

    /// Writes an operator that is a word.
    pub fn operator_word(&mut self, text: &'static str) {
        self.apart();
        self.map_mark(text);
        self.piece.text.push_str(text);
        self.word_end = self.piece.text.len();
    }

    /// Writes a space between tokens that would merge.
    pub fn separate(&mut self) {
        self.start();
        self.piece.text.push(' ');
    }

    /// Writes a space. Drops the announced place, whose token did not come.
    pub fn space(&mut self) {
        self.position = BytePos::DUMMY;
        self.start();
        self.piece.text.push(' ');
    }

    /// Writes a space that only helps the reader.
    pub fn gap(&mut self) {
        if !self.is_compact {
            self.space();
        }
    }

    /// Ends a statement.
    pub fn semicolon(&mut self) {
        self.position = BytePos::DUMMY;
        self.start();
        if self.is_compact {
            self.has_pending_semicolon = true;
        } else {
            self.piece.text.push(';');
        }
    }

    /// Begins a new line, unless the text is at the start of one.
    pub fn line(&mut self) {
        if self.is_compact {
            return;
        }
        self.position = BytePos::DUMMY;
        if !self.at_line_start {
            // A space follows a comment, even at the end of a line. Spaces before a slot are kept.
            let written = self.piece.slots.last().map_or(0, |slot| slot.at as usize);
            while self.piece.text.len() > written && self.piece.text.ends_with(' ') {
                self.piece.text.pop();
            }
            self.piece.text.push('\n');
            self.at_line_start = true;
        }
    }

    /// Writes a comment without the white space around it.
    pub fn comment(&mut self, comment: &Comment) {
        let (open, close) = match comment.kind {
            CommentKind::Line => ("//", ""),
            CommentKind::Block => ("/*", "*/"),
        };
        self.position = BytePos::DUMMY;
        self.start();
        self.piece.text.push_str(open);
        self.comment_text(&comment.text);
        self.piece.text.push_str(close);
    }

    /// Writes a comment on a line of its own.
    pub fn comment_line(&mut self, comment: &Comment) {
        self.comment(comment);
        self.line();
    }

    /// Escapes comments for the character set too: in an EUC-KR page a stray byte can end a line.
    fn comment_text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\r' => {}
                '\u{2028}' | '\u{2029}' => self.escape(c),
                _ if self.ascii && !c.is_ascii() => self.escape(c),
                _ => self.piece.text.push(c),
            }
        }
    }

    fn escape(&mut self, c: char) {
        let mut units = [0; 2];
        for unit in c.encode_utf16(&mut units) {
            write!(self.piece.text, "\\u{unit:04x}").expect("strings can be written");
        }
    }
}
