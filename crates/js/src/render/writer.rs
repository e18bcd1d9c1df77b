//! Prints. swc's printer calls a writer for every token. This writer fills a string, indents by two
//! spaces, and records a slot for each identifier that represents one.

use std::{fmt::Write, ops::Range};

use bundle_base::{
    Config,
    config::{Charset, Target},
};
use bundle_graph::plan::RenderPlan;
use swc_common::{
    BytePos, SourceMap, Span, Spanned,
    comments::{Comment, CommentKind, Comments, SingleThreadedComments},
    sync::Lrc,
};
use swc_ecma_ast::{EsVersion, Stmt};
use swc_ecma_codegen::{Emitter, Node, text_writer::WriteJs};

use super::{
    mapping::{Mapper, Token},
    part::Part,
    positions::Position,
    rendered::{Fragment, Piece, Role, SlotUse},
    slot,
};
use crate::ast::is_legal;

/// Prints the statements of one part.
pub(super) struct Printer<'a> {
    part: Part<'a>,
    ascii: bool,
    target: EsVersion,
}

impl<'a> Printer<'a> {
    pub(super) fn new(part: Part<'a>) -> Self {
        let ascii = part.config.script.charset == Charset::Ascii;
        Self { part, ascii, target: version(&part.config.script.target) }
    }

    /// Prints statements. `comments` are printed before the statement of the same index. `outdent`:
    /// how many levels less to indent than the plan says.
    pub(super) fn print(
        &self,
        statements: &[Stmt],
        comments: &[Vec<Comment>],
        outdent: u32,
    ) -> Piece {
        let legal = self.legal_comments(statements);
        let mapper = mapper(self.part);
        let mut emitter = Emitter {
            cfg: swc_ecma_codegen::Config::default()
                .with_target(self.target)
                .with_ascii_only(self.ascii),
            cm: Lrc::new(SourceMap::default()),
            comments: legal.as_ref().map(|c| c as &dyn Comments),
            wr: SlotWriter::new(self.part.plan.indent.saturating_sub(outdent), self.ascii, mapper),
        };
        for (index, statement) in statements.iter().enumerate() {
            for comment in comments.get(index).into_iter().flatten() {
                emitter.wr.comment_line(comment);
            }
            emitter.wr.begin_statement();
            statement.emit_with(&mut emitter).expect("writing to a string cannot fail");
            emitter.wr.end_line();
        }
        emitter.wr.finish()
    }

    /// Returns the legal comments below the top level. Those of the top level are printed with
    /// their statements.
    fn legal_comments(&self, statements: &[Stmt]) -> Option<SingleThreadedComments> {
        let table = self.part.ast.comments.restore();
        {
            let (mut leading, mut trailing) = table.borrow_all_mut();
            for statement in statements {
                leading.remove(&statement.span_lo());
            }
            for comments in [&mut leading, &mut trailing] {
                comments.retain(|_, list| {
                    list.retain(is_legal);
                    !list.is_empty()
                });
            }
            if leading.is_empty() && trailing.is_empty() {
                return None;
            }
        }
        Some(table)
    }
}

/// Returns the mapper that records where the tokens of a part were written, if a map is wanted.
pub(super) fn mapper(part: Part<'_>) -> Option<Mapper<'_>> {
    Mapper::new(part.ast, calls(part.plan), part.mapping)
}

/// Returns the slots of calls that replace requests.
pub(super) fn calls(plan: &RenderPlan) -> Range<u32> {
    let slot = |number: usize| u32::try_from(number).expect("a module has under 2^32 slots");
    slot(plan.bindings.len())..slot(plan.bindings.len() + plan.calls.len())
}

/// Prints without white space and ends each statement. Comments precede it, each on its own line.
/// The text is cut at marked slots, and around the statements that `is_movable` finds, which are
/// functions.
pub(super) fn compact<N: Node>(
    (nodes, is_movable): (&[N], impl Fn(&N) -> bool),
    comments: &[Comment],
    mapper: Option<Mapper<'_>>,
    config: &Config,
) -> (Piece, Vec<Fragment>) {
    let ascii = config.script.charset == Charset::Ascii;
    let mut emitter = Emitter {
        cfg: swc_ecma_codegen::Config::default()
            .with_target(version(&config.script.target))
            .with_ascii_only(ascii)
            .with_minify(true),
        cm: Lrc::new(SourceMap::default()),
        comments: None,
        wr: SlotWriter::new(0, ascii, mapper),
    };
    for comment in comments {
        emitter.wr.comment_line(comment);
    }
    emitter.wr.is_compact = true;
    for node in nodes {
        let moves = is_movable(node);
        if moves {
            emitter.wr.cut(Role::Head);
        }
        emitter.wr.begin_statement();
        node.emit_with(&mut emitter).expect("writing to a string cannot fail");
        if moves {
            emitter.wr.cut(Role::Text);
        }
    }
    emitter.wr.start();
    emitter.wr.cut_up()
}

/// Returns the version for swc's printer, where it only decides how characters are escaped.
fn version(target: &Target) -> EsVersion {
    match target {
        Target::Ecma(..=5) | Target::Browsers(_) => EsVersion::Es5,
        Target::Ecma(_) => EsVersion::latest(),
    }
}

#[expect(clippy::struct_excessive_bools, reason = "facts that exclude nothing of each other")]
struct SlotWriter<'a> {
    piece: Piece,
    /// The role of the current piece. `fragments` holds the pieces before it.
    role: Role,
    fragments: Vec<Fragment>,
    indent: u32,
    ascii: bool,
    at_line_start: bool,
    mapper: Option<Mapper<'a>>,
    /// The position that the printer announced for the next token.
    position: BytePos,
    /// Prints no indentation and no line breaks, and delays a semicolon until the next token.
    is_compact: bool,
    has_pending_semicolon: bool,
}

impl<'a> SlotWriter<'a> {
    fn new(indent: u32, ascii: bool, mapper: Option<Mapper<'a>>) -> Self {
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
        }
    }

    fn begin_statement(&mut self) {
        self.position = BytePos::DUMMY;
        if let Some(mapper) = &mut self.mapper {
            mapper.begin_statement();
        }
    }

    fn finish(mut self) -> Piece {
        Piece { map: self.mapper.as_mut().and_then(Mapper::finish), ..self.piece }
    }

    /// Returns the first piece and the fragments after it, if there are any.
    fn cut_up(mut self) -> (Piece, Vec<Fragment>) {
        if self.fragments.is_empty() {
            return (self.finish(), Vec::new());
        }
        self.cut(Role::Text);
        (self.fragments.remove(0).piece, self.fragments)
    }

    /// Ends the current piece and begins one with the role `next`.
    fn cut(&mut self, next: Role) {
        self.start();
        let role = std::mem::replace(&mut self.role, next);
        if role == Role::Text && self.piece.text.is_empty() && !self.fragments.is_empty() {
            return;
        }
        let map = self.mapper.as_mut().and_then(Mapper::finish);
        let piece = Piece { map, ..std::mem::take(&mut self.piece) };
        self.fragments.push(Fragment { role, piece });
    }

    /// Records where the token that is about to be written comes from.
    fn map(&mut self, span: Option<Span>, token: Token<'_>) {
        let announced = std::mem::replace(&mut self.position, BytePos::DUMMY);
        if let Some(mapper) = &mut self.mapper {
            let own = span.map(|span| span.lo).filter(|at| !at.is_dummy());
            mapper.token(&self.piece, token, Position::new(own.unwrap_or(announced)));
        }
    }

    /// Writes a token.
    fn token(&mut self, span: Option<Span>, token: Token<'_>, text: &str) {
        if !text.is_empty() {
            self.start();
            self.map(span, token);
            self.piece.text.push_str(text);
        }
    }

    /// Writes text that is not a token. Drops the announced position, whose token did not come.
    fn between(&mut self, text: &str) {
        self.position = BytePos::DUMMY;
        self.write(text);
    }

    fn start(&mut self) {
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

    fn write(&mut self, text: &str) {
        if !text.is_empty() {
            self.start();
            self.piece.text.push_str(text);
        }
    }

    fn end_line(&mut self) {
        if !self.at_line_start && !self.is_compact {
            // The printer puts a space after a comment, even at the end of a line. Spaces before a
            // slot are kept.
            let written = self.piece.slots.last().map_or(0, |slot| slot.at as usize);
            while self.piece.text.len() > written && self.piece.text.ends_with(' ') {
                self.piece.text.pop();
            }
            self.piece.text.push('\n');
            self.at_line_start = true;
        }
    }

    fn comment_line(&mut self, comment: &Comment) {
        let (open, close) = match comment.kind {
            CommentKind::Line => ("//", ""),
            CommentKind::Block => ("/*", "*/"),
        };
        self.write(open);
        self.comment_text(&comment.text);
        self.write(close);
        self.end_line();
    }

    /// Escapes comments for the character set too: in an EUC-KR page a stray byte can end a line.
    fn comment_text(&mut self, text: &str) {
        self.start();
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

type Written = swc_ecma_codegen::Result;

impl WriteJs for SlotWriter<'_> {
    fn increase_indent(&mut self) -> Written {
        self.indent += 1;
        Ok(())
    }

    fn decrease_indent(&mut self) -> Written {
        self.indent -= 1;
        Ok(())
    }

    fn write_semi(&mut self, _: Option<Span>) -> Written {
        self.position = BytePos::DUMMY;
        if self.is_compact {
            self.start();
            self.has_pending_semicolon = true;
        } else {
            self.write(";");
        }
        Ok(())
    }

    fn write_space(&mut self) -> Written {
        self.between(" ");
        Ok(())
    }

    fn write_keyword(&mut self, span: Option<Span>, text: &'static str) -> Written {
        self.token(span, Token::Word(text), text);
        Ok(())
    }

    fn write_operator(&mut self, span: Option<Span>, text: &str) -> Written {
        self.token(span, Token::Mark(text), text);
        Ok(())
    }

    fn write_param(&mut self, text: &str) -> Written {
        self.token(None, Token::Word(text), text);
        Ok(())
    }

    fn write_property(&mut self, text: &str) -> Written {
        self.token(None, Token::Word(text), text);
        Ok(())
    }

    fn write_line(&mut self) -> Written {
        self.position = BytePos::DUMMY;
        self.end_line();
        Ok(())
    }

    fn write_lit(&mut self, span: Span, text: &str) -> Written {
        self.token(Some(span), Token::Word(text), text);
        Ok(())
    }

    fn write_comment(&mut self, text: &str) -> Written {
        self.position = BytePos::DUMMY;
        self.comment_text(text);
        Ok(())
    }

    fn write_str_lit(&mut self, span: Span, text: &str) -> Written {
        self.token(Some(span), Token::Word(text), text);
        Ok(())
    }

    fn write_str(&mut self, text: &str) -> Written {
        self.token(None, Token::Word(text), text);
        Ok(())
    }

    fn write_symbol(&mut self, span: Span, text: &str) -> Written {
        let Some(slot) = slot::number(text) else {
            self.token(Some(span), Token::Name(text), text);
            return Ok(());
        };
        let is_mention = self.role == Role::Text && slot::is_marked(text);
        if is_mention {
            self.cut(Role::Mention);
        }
        self.start();
        self.map(Some(span), Token::Slot(slot));
        let at = u32::try_from(self.piece.text.len()).expect("rendered texts are under 4 GiB");
        self.piece.slots.push(SlotUse { at, slot });
        if is_mention {
            self.cut(Role::Text);
        } else if self.role == Role::Head {
            self.cut(Role::Function);
        }
        Ok(())
    }

    fn write_punct(
        &mut self,
        span: Option<Span>,
        text: &'static str,
        needs_semicolon: bool,
    ) -> Written {
        self.has_pending_semicolon &= needs_semicolon;
        self.token(span, Token::Mark(text), text);
        Ok(())
    }

    fn care_about_srcmap(&self) -> bool {
        self.mapper.is_some()
    }

    fn add_srcmap(&mut self, position: BytePos) -> Written {
        self.position = position;
        Ok(())
    }

    fn commit_pending_semi(&mut self) -> Written {
        if self.has_pending_semicolon {
            self.start();
        }
        Ok(())
    }
}
