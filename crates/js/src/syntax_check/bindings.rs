//! Reads the patterns of declarations and parameters.

use super::{
    context::Context,
    reader::{Mistake, Read, Reader},
    token::{Kind, Token},
};
use crate::features::Feature;

impl Reader<'_> {
    /// A name or a pattern that declares names. `is_lexical`: in `let` or `const`.
    pub fn binding(&mut self, is_lexical: bool) -> Read<()> {
        match self.token.kind {
            Kind::BracketOpen => self.array_pattern(),
            Kind::BraceOpen => self.object_pattern(),
            _ => self.binding_name(is_lexical),
        }
    }

    /// A name that is declared.
    pub fn binding_name(&mut self, is_lexical: bool) -> Read<()> {
        let name = self.token;
        if !name.kind.is_word() {
            return self.fail("a name is expected");
        }
        if is_lexical && name.kind == Kind::Let {
            return self.fail("`let` as a name in a declaration");
        }
        self.check_name(name)?;
        if self.is_fixed(name) {
            return self.fail("`eval` or `arguments` declared in strict code");
        }
        self.advance()
    }

    /// Whether no strict code may declare this name.
    fn is_fixed(&self, name: Token) -> bool {
        matches!(name.kind, Kind::Eval | Kind::Arguments) && self.context.has(Context::STRICT)
    }

    fn array_pattern(&mut self) -> Read<()> {
        self.see(Feature::Destructuring);
        self.advance()?;
        while !self.is(Kind::BracketClose) {
            if self.eat(Kind::Comma)? {
                continue;
            }
            let is_rest = self.eat(Kind::Ellipsis)?;
            self.binding(false)?;
            if is_rest {
                if !self.is(Kind::BracketClose) {
                    return self.fail_ours(self.token.start, "something after the rest");
                }
                break;
            }
            self.default_value()?;
            if !self.is(Kind::BracketClose) {
                self.expect(Kind::Comma)?;
            }
        }
        self.advance()
    }

    fn default_value(&mut self) -> Read<()> {
        if self.eat(Kind::Assign)? {
            self.whole_value()?;
        }
        Ok(())
    }

    fn object_pattern(&mut self) -> Read<()> {
        self.see(Feature::Destructuring);
        self.advance()?;
        while !self.is(Kind::BraceClose) {
            if self.eat(Kind::Ellipsis)? {
                self.see(Feature::ObjectRestSpread);
                self.binding_name(false)?;
                if !self.is(Kind::BraceClose) {
                    return self.fail("something after the rest");
                }
                break;
            }
            self.property_pattern()?;
            if !self.is(Kind::BraceClose) {
                self.expect(Kind::Comma)?;
            }
        }
        self.advance()
    }

    fn property_pattern(&mut self) -> Read<()> {
        let key = self.property_name()?;
        if self.eat(Kind::Colon)? {
            self.binding(false)?;
            return self.default_value();
        }
        if !key.kind.is_word() {
            return self.fail("`:` is expected");
        }
        // The parser checks such names less closely, and not at all if a default value follows.
        let has_default = self.is(Kind::Assign);
        let is_overlooked =
            matches!(key.kind, Kind::Static) || has_default && key.kind != Kind::EscapedReserved;
        if self.check_name(key).is_err() {
            let mistake = self.mistake.take().expect("a name was refused");
            return self.stop(Mistake { is_ours: is_overlooked, ..mistake });
        }
        if self.is_fixed(key) {
            return self.fail_ours(key.start, "`eval` or `arguments` declared in strict code");
        }
        self.default_value()
    }
}
