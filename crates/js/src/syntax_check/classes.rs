//! Reads classes and their members.

use super::{
    context::Context,
    escapes,
    functions::FunctionKind,
    reader::{Read, Reader},
    statements::StatementContext,
    token::{Kind, Token},
};
use crate::features::Feature;

impl Reader<'_> {
    /// A class. `needs_name`: it is a declaration.
    pub fn class(&mut self, needs_name: bool) -> Read<()> {
        self.see(Feature::Class);
        let outer = self.context;
        let strict = Context::STRICT.with(Context::STRICT_SCAN);
        self.context = outer.with(strict.with(Context::NEW_TARGET));
        self.advance()?;
        if needs_name || !matches!(self.token.kind, Kind::Extends | Kind::BraceOpen) {
            self.binding_name(true)?;
        }
        if self.eat(Kind::Extends)? {
            let heritage = self.left_hand_side()?;
            self.settle(heritage)?;
            self.check_heritage(heritage)?;
        }
        self.expect(Kind::BraceOpen)?;
        let mut has_constructor = false;
        self.context = self.context.with(Context::SUPER);
        while !self.is(Kind::BraceClose) {
            if self.eat(Kind::Semicolon)? {
                continue;
            }
            let is_constructor = self.member()?;
            if is_constructor && has_constructor {
                return self.fail("a second constructor");
            }
            has_constructor |= is_constructor;
        }
        self.context = outer;
        self.advance()
    }

    fn check_heritage(&self, heritage: super::expression::Expr) -> Read<()> {
        use super::expression::Form;
        match heritage.form {
            Form::Arrow => self.fail("an arrow function after `extends`"),
            Form::PrivateName => self.fail_ours(heritage.start, "a private name without `in`"),
            _ => Ok(()),
        }
    }

    /// Returns whether the member is a constructor.
    fn member(&mut self) -> Read<bool> {
        if !self.is(Kind::Static) {
            return self.member_after_static(false);
        }
        let next = self.peek()?;
        match next.kind {
            // A member whose name is `static`.
            Kind::ParenOpen | Kind::Assign | Kind::Semicolon | Kind::BraceClose => {
                self.member_after_static(false)
            }
            Kind::BraceOpen => {
                self.advance()?;
                self.static_block()?;
                Ok(false)
            }
            _ => {
                self.advance()?;
                self.member_after_static(true)
            }
        }
    }

    fn static_block(&mut self) -> Read<()> {
        self.see(Feature::StaticBlock);
        let outer = (self.context, self.places);
        let inside = Context::FUNCTION
            .with(Context::IN)
            .with(Context::FIELD)
            .with(Context::AWAIT_RESERVED)
            .with(Context::STATIC_BLOCK);
        self.context = self.context.without(Context::BODY).with(inside);
        let labels = std::mem::take(&mut self.labels);
        self.advance()?;
        while !self.is(Kind::BraceClose) {
            self.item(StatementContext::Body)?;
        }
        self.labels = labels;
        (self.context, self.places) = outer;
        self.advance()
    }

    fn member_after_static(&mut self, is_static: bool) -> Read<bool> {
        match self.token.kind {
            Kind::Times => {
                self.advance()?;
                self.method_member(FunctionKind::GENERATOR, is_static)?;
                Ok(false)
            }
            Kind::Get | Kind::Set | Kind::Async => self.member_with_modifier(is_static),
            _ => self.plain_member(is_static),
        }
    }

    /// `get`, `set` or `async`: a modifier, or a name.
    fn member_with_modifier(&mut self, is_static: bool) -> Read<bool> {
        let modifier = self.token.kind;
        let next = self.peek()?;
        let is_name = match next.kind {
            Kind::ParenOpen | Kind::Assign | Kind::Semicolon | Kind::BraceClose | Kind::End => true,
            Kind::Times if modifier != Kind::Async => next.is_on_new_line(),
            _ => modifier == Kind::Async && next.is_on_new_line(),
        };
        if is_name {
            return self.plain_member(is_static);
        }
        self.advance()?;
        if modifier != Kind::Async {
            self.method_member(FunctionKind::accessor(modifier), is_static)?;
            return Ok(false);
        }
        let is_generator = self.eat(Kind::Times)?;
        let kind = if is_generator { FunctionKind::GENERATOR } else { FunctionKind::PLAIN };
        self.method_member(kind.with_async(), is_static)?;
        Ok(false)
    }

    /// A generator, async method, getter or setter: any method that is not plain.
    fn method_member(&mut self, kind: FunctionKind, is_static: bool) -> Read<()> {
        let key = self.class_member_name()?;
        if !is_static && self.is_named_constructor(key) {
            return self.fail_at(key.start, "a constructor that is no plain method");
        }
        self.method_of_class(kind)
    }

    fn method_of_class(&mut self, kind: FunctionKind) -> Read<()> {
        self.function_after_name(kind, Context::SUPER)
    }

    fn plain_member(&mut self, is_static: bool) -> Read<bool> {
        let key = self.class_member_name()?;
        let is_constructor = self.is_named_constructor(key);
        if self.is(Kind::ParenOpen) {
            self.method_of_class(FunctionKind::PLAIN)?;
            return Ok(is_constructor && !is_static);
        }
        if is_constructor {
            return self.fail_at(key.start, "a field named `constructor`");
        }
        self.see(Feature::ClassField);
        if self.is(Kind::Assign) {
            self.field_value()?;
        }
        if !self.is(Kind::BraceClose) && !self.token.is_on_new_line() {
            if !self.is(Kind::Semicolon) {
                return self.fail("`;` is expected");
            }
            self.advance()?;
        }
        Ok(false)
    }

    fn field_value(&mut self) -> Read<()> {
        let outer = (self.context, self.places);
        let inside = Context::FUNCTION
            .with(Context::IN)
            .with(Context::FIELD)
            .with_if(Context::AWAIT_RESERVED, self.reading.is_module);
        self.context = self.context.without(Context::BODY).with(inside);
        self.advance()?;
        self.value()?;
        (self.context, self.places) = outer;
        Ok(())
    }

    /// The name of a member, which may be private.
    fn class_member_name(&mut self) -> Read<Token> {
        if !self.is(Kind::PrivateName) {
            return self.property_name();
        }
        let name = self.token;
        self.see(Feature::PrivateMember);
        if escapes::decoded(self.text_of(name)) == "#constructor" {
            return self.fail("`#constructor`");
        }
        self.advance()?;
        Ok(name)
    }

    fn is_named_constructor(&self, key: Token) -> bool {
        match key.kind {
            Kind::Name => self.word(key) == "constructor",
            Kind::Text => {
                let raw = self.text_of(key);
                escapes::decoded(&raw[1..raw.len() - 1]) == "constructor"
            }
            _ => false,
        }
    }
}
