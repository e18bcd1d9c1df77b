//! Reads members, calls, `new`, `import` and `super`.

use super::{
    context::Context,
    expression::{Expr, Form},
    reader::{Read, Reader},
    token::Kind,
};
use crate::features::Feature;

impl Reader<'_> {
    /// An expression that can be on the left of an assignment operator, or a call.
    pub fn left_hand_side(&mut self) -> Read<Expr> {
        let first = self.first_of_chain()?;
        self.chain(first, true)
    }

    fn first_of_chain(&mut self) -> Read<Expr> {
        match self.token.kind {
            Kind::New => self.new_operator(),
            Kind::Super => self.super_reference(true),
            Kind::Import => self.import_expression(true),
            _ => self.primary(),
        }
    }

    /// The members and calls after `expr`.
    #[inline]
    fn chain(&mut self, mut expr: Expr, allows_calls: bool) -> Read<Expr> {
        loop {
            let continues = match self.token.kind {
                Kind::Dot | Kind::BracketOpen | Kind::Backquote | Kind::QuestionDot => true,
                Kind::ParenOpen => allows_calls,
                _ => false,
            };
            if !continues || matches!(expr.form, Form::Arrow | Form::PrivateName) {
                return Ok(expr);
            }
            self.settle(expr)?;
            expr = self.link(expr, allows_calls)?;
        }
    }

    fn link(&mut self, expr: Expr, allows_calls: bool) -> Read<Expr> {
        let is_optional = expr.form == Form::OptionalChain;
        let member = if is_optional {
            Expr::new(Form::OptionalChain, 0, expr.start)
        } else {
            Expr::new(Form::Member, Expr::SIMPLE | Expr::TARGET, expr.start)
        };
        match self.token.kind {
            Kind::Dot => {
                self.advance()?;
                self.member_name()?;
                Ok(member)
            }
            Kind::BracketOpen => {
                self.computed_member()?;
                Ok(member)
            }
            Kind::ParenOpen => {
                self.arguments()?;
                let form = if is_optional { Form::OptionalChain } else { Form::Other };
                Ok(Expr::new(form, 0, expr.start))
            }
            Kind::Backquote if is_optional => self.fail("a template in an optional chain"),
            Kind::Backquote => {
                self.template(true)?;
                Ok(Expr::other(expr.start))
            }
            _ if !allows_calls => self.fail_ours(self.token.start, "`?.` after `new`"),
            _ => self.optional_link(expr.start),
        }
    }

    fn optional_link(&mut self, start: u32) -> Read<Expr> {
        self.see(Feature::OptionalChain);
        self.advance()?;
        match self.token.kind {
            Kind::BracketOpen => self.computed_member()?,
            Kind::ParenOpen => {
                self.arguments()?;
            }
            _ => self.member_name()?,
        }
        Ok(Expr::new(Form::OptionalChain, 0, start))
    }

    /// The name after a dot.
    fn member_name(&mut self) -> Read<()> {
        if self.is(Kind::PrivateName) {
            self.see(Feature::PrivateMember);
        } else if !self.token.kind.is_word() {
            return self.fail("a property name is expected");
        }
        self.advance()
    }

    fn computed_member(&mut self) -> Read<()> {
        self.advance()?;
        self.whole_expression()?;
        self.expect(Kind::BracketClose)
    }

    /// `( … )` of a call. Returns the number of arguments.
    fn arguments(&mut self) -> Read<usize> {
        self.expect(Kind::ParenOpen)?;
        let outer = self.context;
        self.context = outer.with(Context::IN);
        let mut count = 0;
        while !self.is(Kind::ParenClose) {
            if self.eat(Kind::Ellipsis)? {
                self.see(Feature::Spread);
            }
            self.value()?;
            count += 1;
            if !self.is(Kind::ParenClose) {
                self.expect(Kind::Comma)?;
            }
        }
        self.context = outer;
        self.advance()?;
        Ok(count)
    }

    fn new_operator(&mut self) -> Read<Expr> {
        let start = self.token.start;
        self.advance()?;
        if self.eat(Kind::Dot)? {
            return self.new_target(start);
        }
        let callee = match self.token.kind {
            Kind::New => self.new_operator()?,
            Kind::Super => self.super_reference(false)?,
            Kind::Import => self.import_expression(false)?,
            _ => self.primary()?,
        };
        if matches!(callee.form, Form::Arrow | Form::PrivateName) {
            return self.fail_ours(callee.start, "no class after `new`");
        }
        let callee = self.chain(callee, false)?;
        self.settle(callee)?;
        if self.is(Kind::ParenOpen) {
            self.arguments()?;
        } else if self.is(Kind::QuestionDot) {
            return self.fail_ours(self.token.start, "`?.` after `new`");
        }
        Ok(Expr::other(start))
    }

    fn new_target(&mut self, start: u32) -> Read<Expr> {
        if !self.is_name("target") {
            return self.fail_ours(self.token.start, "`target` is expected");
        }
        if !self.context.has(Context::NEW_TARGET) {
            return self.fail_at(start, "`new.target` outside a function");
        }
        self.see(Feature::NewTarget);
        self.advance()?;
        Ok(Expr::other(start))
    }

    fn super_reference(&mut self, allows_calls: bool) -> Read<Expr> {
        let start = self.token.start;
        self.advance()?;
        match self.token.kind {
            Kind::ParenOpen if allows_calls => {
                self.arguments()?;
                return Ok(Expr::other(start));
            }
            Kind::Dot => {
                self.advance()?;
                if !self.token.kind.is_word() {
                    return self.fail("a property name is expected");
                }
                self.advance()?;
            }
            Kind::BracketOpen => self.computed_member()?,
            _ => return self.fail("`super` alone"),
        }
        if !self.context.has(Context::SUPER) {
            return self.fail_at(start, "`super` outside a method");
        }
        self.see(Feature::ObjectSuper);
        Ok(Expr::new(Form::Member, Expr::SIMPLE | Expr::TARGET, start))
    }

    /// `import( … )` or `import.meta`.
    fn import_expression(&mut self, allows_calls: bool) -> Read<Expr> {
        let start = self.token.start;
        self.advance()?;
        if self.eat(Kind::Dot)? {
            self.is_unsure |= !self.reading.is_module;
            if self.is_name("meta") {
                self.see(Feature::ImportMeta);
                self.advance()?;
                return Ok(Expr::other(start));
            }
            if !self.is_name("defer") && !self.is_name("source") {
                return self.fail_ours(self.token.start, "`meta` is expected");
            }
            self.advance()?;
        }
        if !self.is(Kind::ParenOpen) {
            return self.fail("`import` alone");
        }
        if !allows_calls {
            return self.fail_ours(start, "`import()` after `new`");
        }
        self.see(Feature::DynamicImport);
        let count = self.arguments()?;
        if count == 0 || count > 2 {
            return self.fail_at(start, "`import()` with no argument or more than two");
        }
        Ok(Expr::other(start))
    }
}
