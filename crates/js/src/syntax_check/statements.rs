//! Reads statements and declarations.

use super::{
    context::Context,
    expression::{Expr, Form},
    reader::{Mistake, Read, Reader},
    token::{Kind, Token},
};
use crate::features::Feature;

/// Where a statement is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StatementContext {
    /// At the top level.
    Top,
    /// In a function's body.
    Body,
    /// In a block or in a case of a `switch`.
    Block,
    /// Alone, for example after `if ( … )`. Declarations are not allowed.
    Alone,
}

impl Reader<'_> {
    /// A statement that is not in a list.
    pub fn statement(&mut self) -> Read<()> {
        self.item(StatementContext::Alone)
    }

    /// A statement or declaration.
    pub fn item(&mut self, context: StatementContext) -> Read<()> {
        match self.token.kind {
            Kind::BraceOpen => self.block(),
            Kind::Semicolon => self.advance(),
            Kind::Var => self.variables(),
            Kind::If => self.if_statement(),
            Kind::Return => self.return_statement(),
            Kind::For => self.for_statement(),
            Kind::While => self.while_statement(),
            Kind::Do => self.do_statement(),
            Kind::Throw => self.throw_statement(),
            Kind::Try => self.try_statement(),
            Kind::Switch => self.switch_statement(),
            Kind::Break | Kind::Continue => self.jump(),
            Kind::With => self.with_statement(),
            Kind::Debugger => {
                self.advance()?;
                self.semicolon()
            }
            Kind::Function | Kind::Class | Kind::Const => self.declaration(context),
            Kind::Import | Kind::Export => self.module_item(context),
            Kind::Let | Kind::Using | Kind::Await | Kind::Async => self.maybe_declaration(context),
            _ => self.expression_statement(),
        }
    }

    /// `;`, or a place where it may be missing.
    pub fn semicolon(&mut self) -> Read<()> {
        match self.token.kind {
            Kind::Semicolon => self.advance(),
            Kind::BraceClose => Ok(()),
            _ if self.token.is_on_new_line() => Ok(()),
            _ => self.fail("`;` is expected"),
        }
    }

    fn ends_statement(&self) -> bool {
        matches!(self.token.kind, Kind::Semicolon | Kind::BraceClose) || self.token.is_on_new_line()
    }

    /// `{ … }`
    pub fn block(&mut self) -> Read<()> {
        self.expect(Kind::BraceOpen)?;
        while !self.is(Kind::BraceClose) {
            self.item(StatementContext::Block)?;
        }
        self.advance()
    }

    fn declaration(&mut self, context: StatementContext) -> Read<()> {
        if context == StatementContext::Alone {
            return self.fail("a declaration where only a statement is allowed");
        }
        match self.token.kind {
            Kind::Function => self.function_item(false, context),
            Kind::Class => self.class(true),
            _ => self.variables(),
        }
    }

    fn function_item(&mut self, is_async: bool, context: StatementContext) -> Read<()> {
        if context == StatementContext::Block && self.context.has(Context::STRICT_SCAN) {
            self.see(Feature::BlockFunction);
        }
        self.function_declaration(is_async, true)?;
        Ok(())
    }

    /// A word that starts a declaration only if the right token follows.
    fn maybe_declaration(&mut self, context: StatementContext) -> Read<()> {
        let next = self.peek()?;
        let is_same_line = !next.is_on_new_line();
        match self.token.kind {
            Kind::Let if context != StatementContext::Alone && follows_let(next) => {
                self.variables()
            }
            Kind::Using
                if context != StatementContext::Alone && is_same_line && self.can_be_name(next) =>
            {
                self.using_declaration(false)
            }
            Kind::Await
                if next.kind == Kind::Using && is_same_line && self.context.has(Context::AWAIT) =>
            {
                self.await_using(context)
            }
            Kind::Async if next.kind == Kind::Function && is_same_line => {
                if context == StatementContext::Alone {
                    return self.fail_ours(next.start, "a function where no declaration may be");
                }
                self.advance()?;
                self.function_item(true, context)
            }
            _ => self.expression_statement(),
        }
    }

    /// Whether a token can be a name here.
    fn can_be_name(&self, token: Token) -> bool {
        match token.kind {
            Kind::Await => !self.context.has(Context::AWAIT.with(Context::AWAIT_RESERVED)),
            Kind::Yield => !self.context.has(Context::YIELD.with(Context::STRICT)),
            kind => kind.is_name(),
        }
    }

    fn await_using(&mut self, context: StatementContext) -> Read<()> {
        let using = self.peek()?;
        let name = self.scan(using.end, 0)?;
        if context == StatementContext::Alone || name.is_on_new_line() || !self.can_be_name(name) {
            return self.expression_statement();
        }
        self.places.awaited = self.token.start;
        self.advance()?;
        if !self.context.has(Context::FUNCTION) {
            self.see(Feature::TopLevelAwait);
        }
        self.using_declaration(true)
    }

    fn using_declaration(&mut self, _is_await: bool) -> Read<()> {
        self.see(Feature::Using);
        self.advance()?;
        loop {
            self.binding_name(false)?;
            self.expect(Kind::Assign)?;
            self.value()?;
            if !self.eat(Kind::Comma)? {
                return self.semicolon();
            }
        }
    }

    /// `var`, `let` or `const`.
    pub fn variables(&mut self) -> Read<()> {
        let keyword = self.token.kind;
        if keyword != Kind::Var {
            self.see(Feature::BlockScoping);
        }
        self.advance()?;
        loop {
            let is_pattern = !self.token.kind.is_word();
            self.binding(keyword != Kind::Var)?;
            if self.eat(Kind::Assign)? {
                self.whole_value()?;
            } else if is_pattern || keyword == Kind::Const {
                return self.fail("a value is expected");
            }
            if !self.eat(Kind::Comma)? {
                return self.semicolon();
            }
        }
    }

    fn expression_statement(&mut self) -> Read<()> {
        let first = self.token;
        let expr = self.whole_expression()?;
        if self.is(Kind::Colon) && expr.form == Form::Name && self.end == first.end {
            return self.labelled(first);
        }
        self.semicolon()
    }

    fn labelled(&mut self, name: Token) -> Read<()> {
        let label = self.word(name);
        if self.labels.contains(&label) {
            return self.fail_at(name.start, "a label twice");
        }
        self.labels.push(label);
        self.advance()?;
        if self.is(Kind::Function) {
            if self.context.has(Context::STRICT) {
                return self.fail("a function with a label in strict code");
            }
            if !self.function_declaration(false, true)? {
                return self.fail_at(name.start, "a generator with a label");
            }
        } else {
            self.statement()?;
        }
        self.labels.pop();
        Ok(())
    }

    /// `break` or `continue`
    fn jump(&mut self) -> Read<()> {
        let start = self.token.start;
        let allowed = if self.is(Kind::Break) { Context::BREAK } else { Context::CONTINUE };
        self.advance()?;
        let has_label = !self.ends_statement();
        if has_label {
            let name = self.token;
            self.check_reference(name)?;
            let label = self.word(name);
            if !self.labels.contains(&label) {
                return self.fail_jump(start, "an unknown label");
            }
            self.advance()?;
        }
        let needs_loop = !has_label || allowed == Context::CONTINUE;
        if needs_loop && !self.context.has(allowed) {
            return self.fail_jump(start, "`break` or `continue` outside a loop");
        }
        self.semicolon()
    }

    /// To the parser, a label is enough for any `break`, and code in a static block is in the loops
    /// that enclose the class.
    fn fail_jump(&self, start: u32, why: &'static str) -> Read<()> {
        let is_ours = !self.labels.is_empty() || self.context.has(Context::STATIC_BLOCK);
        self.stop(Mistake { at: start, why, is_ours })
    }

    /// `( … )` with an expression.
    pub fn head(&mut self) -> Read<Expr> {
        self.expect(Kind::ParenOpen)?;
        let expr = self.whole_expression()?;
        self.expect(Kind::ParenClose)?;
        Ok(expr)
    }

    fn if_statement(&mut self) -> Read<()> {
        loop {
            self.advance()?;
            self.head()?;
            self.statement()?;
            if !self.eat(Kind::Else)? {
                return Ok(());
            }
            if !self.is(Kind::If) {
                return self.statement();
            }
        }
    }

    fn return_statement(&mut self) -> Read<()> {
        if self.context.has(Context::STATIC_BLOCK) {
            return self.fail_ours(self.token.start, "`return` in a static block");
        }
        self.advance()?;
        if !self.ends_statement() {
            self.whole_expression()?;
        }
        self.semicolon()
    }

    fn throw_statement(&mut self) -> Read<()> {
        self.advance()?;
        if self.token.is_on_new_line() {
            return self.fail("a new line after `throw`");
        }
        self.whole_expression()?;
        self.semicolon()
    }

    fn with_statement(&mut self) -> Read<()> {
        if self.context.has(Context::STRICT) {
            return self.fail("`with` in strict code");
        }
        self.advance()?;
        self.head()?;
        self.statement()
    }

    fn try_statement(&mut self) -> Read<()> {
        self.advance()?;
        self.block()?;
        let has_catch = self.eat(Kind::Catch)?;
        if has_catch {
            if self.eat(Kind::ParenOpen)? {
                self.binding(false)?;
                self.expect(Kind::ParenClose)?;
            } else {
                self.see(Feature::OptionalCatchBinding);
            }
            self.block()?;
        }
        if self.eat(Kind::Finally)? {
            return self.block();
        }
        if has_catch { Ok(()) } else { self.fail("`catch` or `finally` is expected") }
    }

    fn switch_statement(&mut self) -> Read<()> {
        self.advance()?;
        self.head()?;
        self.expect(Kind::BraceOpen)?;
        let outer = self.context;
        self.context = outer.with(Context::BREAK);
        let mut has_default = false;
        while !self.is(Kind::BraceClose) {
            if self.is(Kind::Default) {
                if has_default {
                    return self.fail("a second `default`");
                }
                has_default = true;
                self.advance()?;
            } else {
                self.expect(Kind::Case)?;
                self.whole_expression()?;
            }
            self.expect(Kind::Colon)?;
            while !matches!(self.token.kind, Kind::Case | Kind::Default | Kind::BraceClose) {
                self.item(StatementContext::Block)?;
            }
        }
        self.context = outer;
        self.advance()
    }
}

/// Whether `let` before this token starts a declaration.
pub(super) fn follows_let(next: Token) -> bool {
    matches!(next.kind, Kind::BraceOpen | Kind::BracketOpen) || next.kind.is_name()
}
