//! Reads `for`, `while` and `do`.

use super::{
    context::Context,
    expression::{Expr, Form},
    reader::{Read, Reader},
    statements::follows_let,
    token::{Kind, Token},
};
use crate::features::Feature;

/// The code before `;`, `in` or `of` in the head of a `for` loop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// Something with which no loop over values starts.
    Other,
    /// Something that `in` or `of` may follow.
    Target,
    /// A `var` declaration of one name with a value, which `in` may follow in sloppy code.
    NameWithValue,
    /// A declaration without a value, which `in` or `of` must follow.
    NeedsValue,
    /// `using`, which `of` must follow.
    Using,
}

impl Reader<'_> {
    fn loop_body(&mut self) -> Read<()> {
        let inside = self.context.with(Context::BREAK.with(Context::CONTINUE));
        self.within(inside, Self::statement)
    }

    pub fn while_statement(&mut self) -> Read<()> {
        self.advance()?;
        self.head()?;
        self.loop_body()
    }

    pub fn do_statement(&mut self) -> Read<()> {
        self.advance()?;
        self.loop_body()?;
        self.expect(Kind::While)?;
        self.head()?;
        self.eat(Kind::Semicolon)?;
        Ok(())
    }

    pub fn for_statement(&mut self) -> Read<()> {
        self.advance()?;
        let is_await = self.is(Kind::Await) && self.context.has(Context::AWAIT);
        self.is_unsure |= self.is(Kind::Await) && !is_await && !self.reading.is_module;
        if is_await {
            if self.token.has(Token::ESCAPED) {
                return self.fail("a keyword with an escape");
            }
            self.advance()?;
        }
        self.expect(Kind::ParenOpen)?;
        let start = self.for_start(is_await)?;
        match self.token.kind {
            Kind::Of => self.for_of(start, is_await)?,
            _ if is_await => return self.fail("`for await` without `of`"),
            Kind::In => self.for_in(start)?,
            _ => self.for_parts(start)?,
        }
        self.expect(Kind::ParenClose)?;
        self.loop_body()
    }

    fn for_of(&mut self, start: Start, is_await: bool) -> Read<()> {
        if !matches!(start, Start::Target | Start::NeedsValue | Start::Using) {
            return self.fail("a wrong loop with `of`");
        }
        self.see(if is_await { Feature::AsyncGenerator } else { Feature::ForOf });
        if is_await && !self.context.has(Context::FUNCTION) {
            self.see(Feature::TopLevelAwait);
        }
        self.advance()?;
        self.whole_value()?;
        Ok(())
    }

    fn for_in(&mut self, start: Start) -> Read<()> {
        let is_right = match start {
            Start::Target | Start::NeedsValue => true,
            Start::NameWithValue => !self.context.has(Context::STRICT),
            Start::Other | Start::Using => false,
        };
        if !is_right {
            return self.fail_ours(self.token.start, "a wrong loop with `in`");
        }
        self.advance()?;
        self.whole_expression()?;
        Ok(())
    }

    /// The two other parts of a head with semicolons.
    fn for_parts(&mut self, start: Start) -> Read<()> {
        if matches!(start, Start::NeedsValue | Start::Using) {
            return self.fail("a value is expected");
        }
        self.expect(Kind::Semicolon)?;
        if !self.is(Kind::Semicolon) {
            self.whole_expression()?;
        }
        if !self.is(Kind::Semicolon) {
            return self.fail_ours(self.token.start, "`;` is expected");
        }
        self.advance()?;
        if !self.is(Kind::ParenClose) {
            self.whole_expression()?;
        }
        Ok(())
    }

    fn for_start(&mut self, is_await: bool) -> Read<Start> {
        match self.token.kind {
            Kind::Semicolon => Ok(Start::Other),
            Kind::Var | Kind::Const => self.for_variables(),
            Kind::Let if follows_let(self.peek()?) => self.for_variables(),
            Kind::Using if self.starts_using(self.token, false)? => self.for_using(false),
            Kind::Await if self.context.has(Context::AWAIT) => {
                let next = self.peek()?;
                if next.kind == Kind::Using && self.starts_using(next, true)? {
                    self.advance()?;
                    return self.for_using(true);
                }
                self.for_expression(is_await)
            }
            _ => self.for_expression(is_await),
        }
    }

    /// Whether `using` is followed by a name and `of`.
    fn starts_using(&self, using: Token, is_await: bool) -> Read<bool> {
        let name = self.scan(using.end, 0)?;
        if !name.kind.is_name() || name.is_on_new_line() || name.kind == Kind::Of && !is_await {
            return Ok(false);
        }
        let next = self.scan(name.end, 0)?;
        Ok(matches!(next.kind, Kind::Of | Kind::In))
    }

    fn for_using(&mut self, is_await: bool) -> Read<Start> {
        self.see(Feature::Using);
        if is_await && !self.context.has(Context::FUNCTION) {
            self.see(Feature::TopLevelAwait);
        }
        self.advance()?;
        self.binding_name(false)?;
        Ok(Start::Using)
    }

    /// A declaration in the head of a loop.
    fn for_variables(&mut self) -> Read<Start> {
        let keyword = self.token.kind;
        if keyword != Kind::Var {
            self.see(Feature::BlockScoping);
        }
        self.advance()?;
        let mut count = 0;
        let mut start;
        loop {
            let is_pattern = !self.token.kind.is_word();
            self.binding(keyword != Kind::Var)?;
            count += 1;
            let has_value = self.eat(Kind::Assign)?;
            if has_value {
                self.within(self.context.without(Context::IN), Self::value)?;
            }
            let needs_value = is_pattern || keyword == Kind::Const;
            start = match (has_value, needs_value) {
                (true, _) if keyword == Kind::Var && !is_pattern => Start::NameWithValue,
                (true, _) => Start::Other,
                (false, true) => Start::NeedsValue,
                (false, false) => Start::Target,
            };
            if !self.eat(Kind::Comma)? {
                break;
            }
            if start == Start::NeedsValue {
                return self.fail("a value is expected");
            }
        }
        Ok(match start {
            _ if count == 1 => start,
            Start::NeedsValue => return self.fail("a value is expected"),
            _ => Start::Other,
        })
    }

    /// An expression or a pattern in the head of a loop.
    fn for_expression(&mut self, is_await: bool) -> Read<Start> {
        let first = self.token;
        let outer = self.context;
        self.context = outer.without(Context::IN);
        let expr = self.assignment()?;
        let result = match self.token.kind {
            Kind::Of | Kind::In => self.for_target(expr, first, is_await),
            _ => {
                self.settle(expr)?;
                self.sequence(expr)?;
                Ok(Start::Other)
            }
        };
        self.context = outer;
        result
    }

    fn for_target(&mut self, expr: Expr, first: Token, is_await: bool) -> Read<Start> {
        let is_async = first.kind == Kind::Async && self.end == first.end;
        if self.is(Kind::Of) && is_async && !is_await {
            return self.fail("`for (async of`");
        }
        if expr.form == Form::Literal {
            if !expr.has(Expr::TARGET) {
                return self.fail_ours(expr.start, "nothing can be assigned to this literal");
            }
            self.see(Feature::Destructuring);
        } else if !expr.has(Expr::SIMPLE) {
            return self.fail("nothing can be assigned to the target of the loop");
        }
        Ok(Start::Target)
    }
}
