//! Reads parentheses, `async`, and arrow functions.

use super::{
    context::Context,
    expression::{Expr, Form, Parts},
    reader::{Places, Read, Reader},
    token::{Kind, Token},
};
use crate::features::Feature;

/// The items between parentheses, before it is known whether they are parameters.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
struct Items {
    parts: Parts,
    /// The last item; `None`: there is no item.
    last: Option<Expr>,
    count: usize,
    /// An item is `...a`.
    has_spread: bool,
    /// `...a` is not the last item, or a comma follows it.
    has_early_spread: bool,
    has_last_comma: bool,
    /// An item has a default value, if the items are parameters.
    has_default: bool,
    /// An item is an array or object literal.
    has_literal: bool,
}

impl Reader<'_> {
    /// `( … )`, or an arrow function that starts with it.
    pub fn parentheses(&mut self) -> Read<Expr> {
        let start = self.token.start;
        let can_be_arrow = self.places.arrow == start;
        let items = self.items()?;
        if self.is(Kind::Arrow) {
            if !can_be_arrow {
                return self.fail("`=>` after what cannot be parameters");
            }
            return self.arrow_of_items(&items, start, false);
        }
        self.parenthesized(&items, start)
    }

    fn parenthesized(&mut self, items: &Items, start: u32) -> Read<Expr> {
        let Some(last) = items.last else {
            return self.fail_at(start, "nothing between parentheses");
        };
        if items.has_spread || items.has_last_comma {
            return self.fail_at(start, "`...` or a last comma between parentheses");
        }
        self.settle(items.parts.literal(start))?;
        let is_simple = items.count == 1 && last.has(Expr::SIMPLE);
        let flags = if is_simple { Expr::SIMPLE | Expr::TARGET } else { 0 };
        Ok(Expr::new(Form::Other, flags, start))
    }

    fn items(&mut self) -> Read<Items> {
        let outer = self.context;
        self.context = outer.with(Context::IN);
        self.advance()?;
        let mut items = Items {
            parts: Parts::new(),
            last: None,
            count: 0,
            has_spread: false,
            has_early_spread: false,
            has_last_comma: false,
            has_default: false,
            has_literal: false,
        };
        while !self.is(Kind::ParenClose) {
            items.has_last_comma = false;
            items.has_early_spread |= items.has_spread;
            self.one_item(&mut items)?;
            if self.is(Kind::Arrow) {
                return self.fail_ours(self.token.start, "`=>` after what cannot be parameters");
            }
            if !self.is(Kind::ParenClose) {
                self.expect(Kind::Comma)?;
                items.has_last_comma = true;
            }
        }
        items.has_early_spread |= items.has_spread && items.has_last_comma;
        self.context = outer;
        self.advance()?;
        Ok(items)
    }

    fn one_item(&mut self, items: &mut Items) -> Read<()> {
        let is_rest = self.eat(Kind::Ellipsis)?;
        let item = self.assignment()?;
        if is_rest {
            items.parts.add_rest(item);
            items.has_spread = true;
        } else {
            items.parts.add(item);
        }
        items.has_default |= item.form == Form::Assignment;
        items.has_literal |= item.form == Form::Literal;
        items.count += 1;
        items.last = Some(item);
        Ok(())
    }

    fn arrow_of_items(&mut self, items: &Items, start: u32, is_async: bool) -> Read<Expr> {
        if self.token.is_on_new_line() {
            return self.fail("`=>` on a new line");
        }
        if !items.parts.has(Expr::BINDS) || items.has_early_spread {
            return self.fail_at(start, "what stands before `=>` cannot be parameters");
        }
        if Places::is_since(self.places.awaited, start)
            && (is_async || self.context.has(Context::AWAIT))
            || Places::is_since(self.places.yielded, start)
        {
            return self.fail_ours(start, "`await` or `yield` in a parameter");
        }
        if items.has_default || items.has_spread {
            self.see(Feature::Parameters);
        }
        if items.has_literal {
            self.see(Feature::Destructuring);
        }
        let is_simple = !(items.has_default || items.has_spread || items.has_literal);
        let is_block = self.arrow(is_async, is_simple)?;
        // The parser takes such an operator for the rest of a wrong expression, on any line.
        if is_block && self.token.kind.is_operator_sign() {
            return self.fail("an operator after an arrow function");
        }
        Ok(Expr::new(Form::Arrow, 0, start))
    }

    pub fn arrow_of_name(&mut self, name: Expr) -> Read<Expr> {
        if !name.has(Expr::BINDS) {
            return self.fail_at(name.start, "a name that no parameter may have");
        }
        self.arrow(false, true)?;
        Ok(Expr::new(Form::Arrow, 0, name.start))
    }

    /// `=>` and what follows it. Returns whether that is a block.
    fn arrow(&mut self, is_async: bool, is_simple: bool) -> Read<bool> {
        self.see(Feature::ArrowFunction);
        if is_async {
            self.see(Feature::AsyncFunction);
        }
        let outer = self.places;
        let context = self
            .context
            .without(Context::BODY)
            .with(Context::FUNCTION)
            .with_if(Context::AWAIT, is_async)
            .with_if(Context::AWAIT_RESERVED, self.reading.is_module);
        self.advance()?;
        let is_block = self.is(Kind::BraceOpen);
        if is_block {
            self.arrow_block(context, is_simple)?;
        } else {
            self.within(context, Self::value)?;
        }
        self.places = outer;
        Ok(is_block)
    }

    /// `async`: a name, the start of an async function or arrow function, or a call.
    pub fn async_start(&mut self) -> Read<Expr> {
        let name = self.token;
        let next = self.peek()?;
        let can_be_arrow = self.places.arrow == name.start && !next.is_on_new_line();
        if next.kind == Kind::Function && !next.is_on_new_line() {
            self.advance()?;
            self.function_expression(true)?;
            return Ok(Expr::other(name.start));
        }
        self.advance()?;
        if can_be_arrow && self.is(Kind::ParenOpen) {
            return self.async_items(name.start);
        }
        if can_be_arrow && self.token.kind.is_name() && self.peek()?.kind == Kind::Arrow {
            return self.async_arrow_of_name(name);
        }
        let all = Expr::BINDS | Expr::TARGET | Expr::SIMPLE;
        self.name_or_arrow(Expr::new(Form::Name, all, name.start))
    }

    fn async_arrow_of_name(&mut self, start: Token) -> Read<Expr> {
        self.binding_name(false)?;
        if self.token.is_on_new_line() || Places::is_since(self.places.awaited, start.start) {
            return self.fail("a wrong async arrow function");
        }
        self.arrow(true, true)?;
        Ok(Expr::new(Form::Arrow, 0, start.start))
    }

    /// `async ( … )`: a call, or an arrow function.
    fn async_items(&mut self, start: u32) -> Read<Expr> {
        let items = self.items()?;
        if self.is(Kind::Arrow) {
            return self.arrow_of_items(&items, start, true);
        }
        if items.has_last_comma {
            // Right by the specification; the parser refuses it.
            return self.fail_at(start, "a last comma in a call of `async`");
        }
        self.settle(items.parts.literal(start))?;
        if items.has_spread {
            self.see(Feature::Spread);
        }
        Ok(Expr::other(start))
    }
}
