//! Reads array and object literals, templates and regular expressions.

use super::{
    characters::is_special_in_template,
    context::Context,
    escapes,
    expression::{Expr, Form, Parts},
    functions::FunctionKind,
    reader::{Read, Reader},
    token::{Kind, Token},
    tokens::offset,
};
use crate::features::{Feature, pattern_features};

impl<'a> Reader<'a> {
    pub fn array(&mut self) -> Read<Expr> {
        let start = self.token.start;
        let outer = self.context;
        self.context = outer.with(Context::IN);
        self.advance()?;
        let mut parts = Parts::new();
        while !self.is(Kind::BracketClose) {
            if self.is(Kind::Comma) {
                self.advance()?;
                continue;
            }
            if self.eat(Kind::Ellipsis)? {
                parts.note(Expr::SPREAD);
                let item = self.assignment()?;
                parts.add_rest(item);
                if self.is(Kind::Comma) {
                    parts.is_no_pattern();
                }
            } else {
                let item = self.assignment()?;
                parts.add(item);
            }
            if !self.is(Kind::BracketClose) {
                self.expect(Kind::Comma)?;
            }
        }
        self.context = outer;
        self.advance()?;
        self.end_of_literal(parts, start)
    }

    /// A literal that cannot be a pattern stays an expression.
    fn end_of_literal(&mut self, parts: Parts, start: u32) -> Read<Expr> {
        let literal = parts.literal(start);
        if literal.has(Expr::PATTERN) {
            return Ok(literal);
        }
        self.settle(literal)?;
        Ok(Expr::new(Form::Literal, 0, start))
    }

    pub fn object(&mut self) -> Read<Expr> {
        let start = self.token.start;
        let outer = self.context;
        self.context = outer.with(Context::IN);
        let first_key = self.keys.len();
        self.advance()?;
        let mut parts = Parts::new();
        while !self.is(Kind::BraceClose) {
            self.property(&mut parts)?;
            if !self.is(Kind::BraceClose) {
                self.expect(Kind::Comma)?;
            }
        }
        if self.repeats_key(first_key) {
            parts.note(Expr::TWICE);
        }
        self.context = outer;
        self.advance()?;
        self.end_of_literal(parts, start)
    }

    fn property(&mut self, parts: &mut Parts) -> Read<()> {
        match self.token.kind {
            Kind::Ellipsis => self.spread_property(parts),
            Kind::Times => {
                self.advance()?;
                self.method(FunctionKind::GENERATOR, parts)
            }
            Kind::Get | Kind::Set | Kind::Async => self.property_with_modifier(parts),
            _ => self.plain_property(parts),
        }
    }

    fn spread_property(&mut self, parts: &mut Parts) -> Read<()> {
        self.advance()?;
        self.see(Feature::ObjectRestSpread);
        let rest = self.assignment()?;
        // In a pattern, it is the last part, and not a pattern itself.
        if rest.form == Form::Name {
            parts.add(rest);
        } else {
            let binds = if rest.has(Expr::SIMPLE) { Expr::TARGET } else { 0 };
            parts.add(Expr::new(Form::Other, binds | rest.only(Expr::PENDING), rest.start));
        }
        if self.is(Kind::Comma) {
            parts.is_no_pattern();
        }
        Ok(())
    }

    /// `get`, `set` or `async`: a modifier, or a key.
    fn property_with_modifier(&mut self, parts: &mut Parts) -> Read<()> {
        let next = self.peek()?;
        let is_key = matches!(
            next.kind,
            Kind::Colon | Kind::ParenOpen | Kind::Comma | Kind::BraceClose | Kind::Assign
        );
        if is_key {
            return self.plain_property(parts);
        }
        let modifier = self.token.kind;
        self.advance()?;
        if modifier != Kind::Async {
            return self.accessor(modifier, parts);
        }
        if self.token.is_on_new_line() {
            return self.fail_ours(self.token.start, "a new line after `async`");
        }
        let kind = if self.eat(Kind::Times)? {
            FunctionKind::GENERATOR.with_async()
        } else {
            FunctionKind::PLAIN.with_async()
        };
        self.method(kind, parts)
    }

    fn accessor(&mut self, modifier: Kind, parts: &mut Parts) -> Read<()> {
        parts.is_no_pattern();
        let key = self.property_name()?;
        self.add_key(key, if modifier == Kind::Get { 1 } else { 2 });
        self.function_after_name(FunctionKind::accessor(modifier), Context::SUPER)
    }

    fn method(&mut self, kind: FunctionKind, parts: &mut Parts) -> Read<()> {
        let key = self.property_name()?;
        self.rest_of_method(key, kind, parts)
    }

    fn rest_of_method(&mut self, key: Token, kind: FunctionKind, parts: &mut Parts) -> Read<()> {
        parts.is_no_pattern();
        self.see(Feature::Shorthand);
        self.add_key(key, 0);
        self.function_after_name(kind, Context::SUPER)
    }

    fn plain_property(&mut self, parts: &mut Parts) -> Read<()> {
        let key = self.property_name()?;
        match self.token.kind {
            Kind::Colon => {
                self.add_key(key, 0);
                self.advance()?;
                let value = self.assignment()?;
                parts.add(value);
                Ok(())
            }
            Kind::ParenOpen => self.rest_of_method(key, FunctionKind::PLAIN, parts),
            Kind::Comma | Kind::BraceClose | Kind::Assign if key.kind.is_word() => {
                self.shorthand(key, parts)
            }
            // The parser takes an escaped `get` for `get`.
            _ if key.has(Token::ESCAPED) => self.fail_ours(key.start, "`:` is expected"),
            _ => self.fail("`:` is expected"),
        }
    }

    fn shorthand(&mut self, key: Token, parts: &mut Parts) -> Read<()> {
        if key.kind == Kind::Arguments && self.context.has(Context::FIELD) {
            return self.fail_ours(key.start, "`arguments` in a class field");
        }
        if matches!(key.kind, Kind::Static) && self.context.has(Context::STRICT) {
            return self.fail_ours(key.start, "a reserved word as a name");
        }
        self.check_name(key)?;
        let is_fixed =
            matches!(key.kind, Kind::Eval | Kind::Arguments) && self.context.has(Context::STRICT);
        if is_fixed {
            parts.is_no_pattern();
        }
        if self.eat(Kind::Assign)? {
            parts.note(Expr::MUST_BIND);
            self.value()?;
        } else {
            self.add_key(key, 0);
            parts.note(Expr::SHORTHAND);
        }
        Ok(())
    }

    /// The key of a property or of a class member. Returns its token; for a computed key, its
    /// bracket.
    pub fn property_name(&mut self) -> Read<Token> {
        let key = self.token;
        match key.kind {
            Kind::BracketOpen => {
                self.see(Feature::ComputedKey);
                self.advance()?;
                self.whole_value()?;
                self.expect(Kind::BracketClose)?;
                return Ok(key);
            }
            Kind::BigInt => self.see(Feature::BigInt),
            Kind::Text | Kind::SymbolText | Kind::Number => {}
            kind if kind.is_word() => {}
            _ => return self.fail("a property name is expected"),
        }
        self.advance()?;
        Ok(key)
    }

    /// A template. `is_tagged`: it may contain wrong escapes.
    pub fn template(&mut self, is_tagged: bool) -> Read<()> {
        self.see(Feature::TemplateLiteral);
        let start = self.token.start;
        let mut is_right = true;
        let mut at = start as usize + 1;
        loop {
            let (end, is_last) = self.template_part(at, &mut is_right)?;
            self.token.end = end;
            if !is_right && !is_tagged {
                return self.fail_ours(start, "a wrong escape in a template");
            }
            self.advance()?;
            if is_last {
                break;
            }
            self.whole_expression()?;
            if !self.is(Kind::BraceClose) {
                return self.fail("`}` is expected");
            }
            at = self.token.start as usize + 1;
        }
        if !is_right {
            self.see(Feature::InvalidEscapeInTemplate);
        }
        Ok(())
    }

    /// Returns where the text of a template ends, after `${` or the backquote, and whether it is
    /// the last one.
    fn template_part(&self, mut at: usize, is_right: &mut bool) -> Read<(u32, bool)> {
        loop {
            let Some(&byte) = self.bytes.get(at) else {
                return self.fail("a template that does not end");
            };
            at += 1;
            if !is_special_in_template(byte) {
                continue;
            }
            match byte {
                b'`' => return Ok((offset(at), true)),
                b'$' if self.bytes.get(at) == Some(&b'{') => return Ok((offset(at + 1), false)),
                b'\\' => {
                    let (length, is_known) = escapes::in_template(&self.bytes[at..]);
                    *is_right &= is_known;
                    at += length as usize;
                }
                _ => {}
            }
        }
    }

    /// A regular expression; the current token is `/` or `/=`.
    pub fn regular_expression(&mut self) -> Read<Expr> {
        let start = self.token.start;
        let end = self.pattern_end(start as usize + 1)?;
        let pattern = &self.text[start as usize + 1..end];
        let flags = self.regex_flags(end + 1)?;
        for feature in pattern_features(pattern, flags) {
            self.see(feature);
        }
        self.token.end = offset(end + 1 + flags.len());
        self.advance()?;
        Ok(Expr::other(start))
    }

    /// Returns the place of the `/` after a pattern.
    fn pattern_end(&self, mut at: usize) -> Read<usize> {
        let mut in_class = false;
        loop {
            match self.bytes.get(at) {
                None | Some(b'\n' | b'\r') => {
                    return self.fail("a regular expression that does not end");
                }
                Some(b'\\') => {
                    if matches!(self.bytes.get(at + 1), None | Some(b'\n' | b'\r')) {
                        return self.fail("a regular expression that does not end");
                    }
                    at += 1;
                }
                Some(b'[') => in_class = true,
                Some(b']') => in_class = false,
                Some(b'/') if !in_class => return Ok(at),
                Some(_) => {}
            }
            at += 1;
        }
    }

    fn regex_flags(&self, start: usize) -> Read<&'a str> {
        let known = "dgimsuvy";
        let mut seen = 0_u16;
        let mut end = start;
        while let Some(flag) = self.bytes.get(end).filter(|byte| byte.is_ascii_alphabetic()) {
            match known.bytes().position(|known| known == *flag) {
                Some(at) if seen & 1 << at == 0 => seen |= 1 << at,
                _ => return self.fail("an unknown flag, or a flag twice"),
            }
            end += 1;
        }
        let continues = self.text[end..]
            .chars()
            .next()
            .is_some_and(|c| c == '\\' || super::characters::continues_name(c));
        if continues { self.fail("an unknown flag") } else { Ok(&self.text[start..end]) }
    }
}

impl Reader<'_> {
    /// Notes a key, if keys are looked for. `kind`: 1 is a getter, 2 a setter.
    fn add_key(&mut self, token: Token, kind: u8) {
        if self.reading.wants_keys && self.context.has(Context::STRICT_SCAN) {
            let text = self.text_of(token);
            self.keys.extend(super::keys::key(token, text, kind));
        }
    }

    /// Whether two keys from `first` on are the same. Forgets them.
    fn repeats_key(&mut self, first: usize) -> bool {
        let repeats = self.keys.len() - first > 1 && super::keys::repeat(&mut self.keys[first..]);
        self.keys.truncate(first);
        repeats
    }
}
