//! The state of printing: the text so far, and the place in the source of what is printed next.

use swc_common::{BytePos, Span, comments::Comment};
use swc_ecma_ast::{ModuleItem, Stmt};

use super::{nested::NestedComments, writer::Writer};
use crate::render::{
    mapping::Mapper,
    positions::{self, Position},
    rendered::{Fragment, Piece, Role},
};

/// No expression begins there.
const NOWHERE: usize = usize::MAX;

/// How to print.
pub(crate) struct Style {
    /// How many levels to indent. Ignored where `is_compact`.
    pub indent: u32,
    /// Escapes characters beyond ASCII.
    pub ascii: bool,
    /// The target lacks escapes by code point, binary numbers and numeric separators.
    pub is_es5: bool,
    /// Without white space.
    pub is_compact: bool,
}

/// Prints statements one after the other.
pub(crate) struct Printer<'a> {
    pub(super) out: Writer<'a>,
    pub(super) comments: NestedComments,
    pub(super) is_es5: bool,
    pub(super) maps: bool,
    /// The place of the enclosing construct, for nodes without a place.
    pub(super) around: BytePos,
    /// The next place is not announced.
    pub(super) skips_place: bool,
    pub(super) starts: Starts,
}

/// Where in the text constructs begin whose first token is restricted.
pub(super) struct Starts {
    /// A statement, which may not begin with `{`, `function` or `class`.
    pub statement: usize,
    /// The body of an arrow function, which may not begin with `{`.
    pub arrow: usize,
    /// A default export, which may not begin with `function` or `class`.
    pub default: usize,
    /// The head of a loop, which may not begin with `let`.
    pub head: usize,
    /// The target of an assignment. `JavaScriptCore` in its ES5 days refuses most that begin with
    /// `function`.
    pub target: usize,
}

impl Starts {
    const NONE: Self = Self {
        statement: NOWHERE,
        arrow: NOWHERE,
        default: NOWHERE,
        head: NOWHERE,
        target: NOWHERE,
    };
}

impl<'a> Printer<'a> {
    pub fn new(style: &Style, comments: NestedComments, mapper: Option<Mapper<'a>>) -> Self {
        let maps = mapper.is_some();
        let mut out = Writer::new(style.indent, style.ascii, mapper);
        out.is_compact = style.is_compact;
        Self {
            out,
            comments,
            is_es5: style.is_es5,
            maps,
            around: BytePos::DUMMY,
            skips_place: false,
            starts: Starts::NONE,
        }
    }

    /// Writes a comment on a line of its own.
    pub fn comment_line(&mut self, comment: &Comment) {
        let is_compact = std::mem::take(&mut self.out.is_compact);
        self.out.comment_line(comment);
        self.out.is_compact = is_compact;
    }

    /// Prints a statement of the top level. `moves`: it is a function that may move, so the text is
    /// cut around it.
    pub fn statement(&mut self, statement: &Stmt, moves: bool) {
        if moves {
            self.cut(Role::Head);
        }
        self.out.begin_statement();
        self.stmt(statement);
        if moves {
            self.cut(Role::Text);
        }
        self.out.line();
    }

    /// Prints an item of a module.
    pub fn item(&mut self, item: &ModuleItem) {
        match item {
            ModuleItem::Stmt(statement) => self.statement(statement, false),
            ModuleItem::ModuleDecl(declaration) => {
                self.out.begin_statement();
                self.module_decl(declaration);
                self.out.line();
            }
        }
    }

    /// Returns the text as one piece.
    pub fn finish(self) -> Piece {
        self.out.finish()
    }

    /// Ends the last statement. Returns the first piece and the fragments after it.
    pub fn cut_up(mut self) -> (Piece, Vec<Fragment>) {
        self.out.start();
        self.out.cut_up()
    }

    fn cut(&mut self, next: Role) {
        self.out.cut(next);
        self.starts = Starts::NONE;
    }

    /// Enters a construct: nodes inside without a place get its place. Returns what `leave` takes.
    pub(super) fn enter(&mut self, at: BytePos) -> BytePos {
        let outer = self.around;
        if self.maps && Position::new(at) != Position::Unknown {
            self.around = at;
        }
        outer
    }

    pub(super) fn leave(&mut self, outer: BytePos) {
        self.around = outer;
    }

    /// Announces the beginning of a node.
    pub(super) fn at(&mut self, span: Span) {
        if !self.maps || std::mem::take(&mut self.skips_place) {
            return;
        }
        let at = self.placed(span.lo);
        if !at.is_dummy() {
            self.out.announce(at);
        }
    }

    /// Returns the place of a node that begins at `at`, which may be unknown.
    pub(super) fn placed(&self, at: BytePos) -> BytePos {
        if at.is_dummy() && !self.around.is_dummy() {
            positions::construct(self.around)
        } else {
            at
        }
    }

    /// Announces the end of a node, for a mark right after it.
    pub(super) fn after(&mut self, span: Span) {
        self.end(span, 0);
    }

    /// Announces the last byte of a node, for the mark that closes it.
    pub(super) fn last(&mut self, span: Span) {
        self.end(span, 1);
    }

    fn end(&mut self, span: Span, back: u32) {
        if !self.maps {
            return;
        }
        if span.lo.is_dummy() && !self.around.is_dummy() {
            self.out.announce(BytePos::DUMMY);
        } else if !span.hi.is_dummy() {
            self.out.announce(BytePos(span.hi.0 - back));
        }
    }
}
