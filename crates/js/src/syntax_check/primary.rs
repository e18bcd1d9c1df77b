//! Reads primary expressions: names, literals, functions, classes and parentheses.

use super::{
    context::Context,
    expression::{Expr, Form},
    reader::{Mistake, Read, Reader},
    token::{Kind, Token},
};
use crate::features::Feature;

impl Reader<'_> {
    /// A name, literal, function, class, or something in parentheses.
    pub fn primary(&mut self) -> Read<Expr> {
        let start = self.token.start;
        match self.token.kind {
            Kind::Name | Kind::Get | Kind::Set | Kind::Of | Kind::Using => self.plain_name(),
            Kind::ParenOpen => self.parentheses(),
            Kind::Text | Kind::Number | Kind::This | Kind::Null | Kind::True | Kind::False => {
                self.literal(Form::Other)
            }
            Kind::BigInt => {
                self.see(Feature::BigInt);
                self.literal(Form::Other)
            }
            Kind::SymbolText => self.literal(Form::Symbol),
            Kind::PrivateName => {
                self.see(Feature::PrivateMember);
                self.literal(Form::PrivateName)
            }
            Kind::BracketOpen => self.array(),
            Kind::BraceOpen => self.object(),
            Kind::Function => {
                self.function_expression(false)?;
                Ok(Expr::other(start))
            }
            Kind::Class => {
                self.class(false)?;
                Ok(Expr::other(start))
            }
            Kind::Backquote => {
                self.template(false)?;
                Ok(Expr::other(start))
            }
            Kind::Slash | Kind::AssignSlash => self.regular_expression(),
            Kind::Async => self.async_start(),
            kind if kind.is_name() => self.restricted_name(),
            _ => self.fail("an expression is expected"),
        }
    }

    fn literal(&mut self, form: Form) -> Read<Expr> {
        let start = self.token.start;
        self.advance()?;
        Ok(Expr::new(form, 0, start))
    }

    /// A name that no code reserves, or the only parameter of an arrow function.
    fn plain_name(&mut self) -> Read<Expr> {
        let start = self.token.start;
        self.advance()?;
        let all = Expr::BINDS | Expr::TARGET | Expr::SIMPLE;
        self.name_or_arrow(Expr::new(Form::Name, all, start))
    }

    pub fn name_or_arrow(&mut self, name: Expr) -> Read<Expr> {
        let is_arrow =
            self.is(Kind::Arrow) && !self.token.is_on_new_line() && self.places.arrow == name.start;
        if is_arrow { self.arrow_of_name(name) } else { Ok(name) }
    }

    /// A name that some code reserves, or to which strict code cannot assign.
    fn restricted_name(&mut self) -> Read<Expr> {
        let name = self.token;
        self.check_reference(name)?;
        self.advance()?;
        let is_fixed =
            matches!(name.kind, Kind::Eval | Kind::Arguments) && self.context.has(Context::STRICT);
        let flags = if is_fixed { 0 } else { Expr::BINDS | Expr::TARGET | Expr::SIMPLE };
        let expr = Expr::new(Form::Name, flags, name.start);
        // The parser does not accept `let => …`.
        if name.kind == Kind::Let { Ok(expr) } else { self.name_or_arrow(expr) }
    }

    /// The token is a word. Checks that it can be a name here.
    pub fn check_name(&mut self, name: Token) -> Read<()> {
        let context = self.context;
        let is_reserved = match name.kind {
            Kind::Yield => context.has(Context::STRICT) || context.has(Context::YIELD),
            Kind::Let | Kind::Static | Kind::StrictReserved => context.has(Context::STRICT),
            Kind::Await => {
                self.places.awaited = name.start;
                self.is_unsure |= !self.reading.is_module && !context.has(Context::AWAIT);
                context.has(Context::AWAIT) || context.has(Context::AWAIT_RESERVED)
            }
            kind => !kind.is_name(),
        };
        if !is_reserved {
            return Ok(());
        }
        let why = "a reserved word as a name";
        // The parser overlooks some that are written with an escape.
        self.stop(Mistake { at: name.start, why, is_ours: name.has(Token::ESCAPED) })
    }

    /// `check_name` for a name that is used, not declared.
    pub fn check_reference(&mut self, name: Token) -> Read<()> {
        if name.kind == Kind::Arguments && self.context.has(Context::FIELD) {
            return self.fail_at(name.start, "`arguments` in a class field");
        }
        self.check_name(name)
    }
}
