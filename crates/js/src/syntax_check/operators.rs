//! Reads assignments, conditions, and binary and unary operators.

use super::{
    context::Context,
    expression::{Expr, Form},
    reader::{Read, Reader},
    token::{Kind, Token},
};
use crate::features::Feature;

impl Reader<'_> {
    /// Expressions with commas between them.
    pub fn expression(&mut self) -> Read<Expr> {
        let first = self.value()?;
        if self.is(Kind::Comma) { self.sequence(first) } else { Ok(first) }
    }

    /// The rest of expressions with commas between them.
    pub fn sequence(&mut self, first: Expr) -> Read<Expr> {
        while self.eat(Kind::Comma)? {
            self.value()?;
        }
        Ok(Expr::other(first.start))
    }

    /// `expression` where `in` is an operator.
    pub fn whole_expression(&mut self) -> Read<Expr> {
        self.within(self.context.with(Context::IN), Self::expression)
    }

    /// `value` where `in` is an operator.
    pub fn whole_value(&mut self) -> Read<Expr> {
        self.within(self.context.with(Context::IN), Self::value)
    }

    /// An expression without commas, which is not a pattern.
    #[inline]
    pub fn value(&mut self) -> Read<Expr> {
        let expr = self.assignment()?;
        self.settle(expr)?;
        Ok(expr)
    }

    /// An expression without commas. It may turn out to be a pattern.
    pub fn assignment(&mut self) -> Read<Expr> {
        if self.is(Kind::Yield) && self.context.has(Context::YIELD) {
            return self.yield_operator();
        }
        self.places.arrow = self.token.start;
        let left = self.condition()?;
        if left.form == Form::Arrow {
            return Ok(left);
        }
        match self.token.kind {
            Kind::Assign => self.assign(left),
            Kind::AssignOther | Kind::AssignExponent | Kind::AssignLogical | Kind::AssignSlash => {
                self.assign_with_operator(left)
            }
            _ => Ok(left),
        }
    }

    fn assign(&mut self, left: Expr) -> Read<Expr> {
        let mut flags = Expr::TARGET;
        if left.form == Form::Literal {
            if !left.has(Expr::TARGET) {
                return self.fail_ours(left.start, "nothing can be assigned to this literal");
            }
            self.see(Feature::Destructuring);
            flags |= left.only(Expr::BINDS);
        } else {
            if !left.has(Expr::SIMPLE) {
                let why = "nothing can be assigned to this";
                // The parser lets a parameter have two default values.
                return if self.context.has(Context::PARAMETERS) {
                    self.fail_ours(left.start, why)
                } else {
                    self.fail_at(left.start, why)
                };
            }
            flags |= left.only(Expr::BINDS);
        }
        self.advance()?;
        self.value()?;
        Ok(Expr::new(Form::Assignment, flags, left.start))
    }

    fn assign_with_operator(&mut self, left: Expr) -> Read<Expr> {
        if !left.has(Expr::SIMPLE) {
            return self.fail_at(left.start, "nothing can be assigned to this");
        }
        match self.token.kind {
            Kind::AssignLogical => self.see(Feature::LogicalAssignment),
            Kind::AssignExponent => self.see(Feature::Exponent),
            _ => {}
        }
        self.advance()?;
        self.value()?;
        Ok(Expr::other(left.start))
    }

    fn condition(&mut self) -> Read<Expr> {
        let left = self.unary()?;
        if left.form == Form::Arrow {
            return Ok(left);
        }
        let test = self.binary(left, 0)?;
        if !self.is(Kind::Question) {
            return Ok(test);
        }
        self.settle(test)?;
        self.advance()?;
        if self.is(Kind::Dot) {
            return self.fail_ours(self.token.start, "`?` and `.` with a space between");
        }
        self.whole_value()?;
        self.expect(Kind::Colon)?;
        self.value()?;
        Ok(Expr::other(test.start))
    }

    /// The operators after `left` that bind more strongly than `least`.
    #[inline]
    fn binary(&mut self, mut left: Expr, least: u8) -> Read<Expr> {
        loop {
            let operator = self.token.kind;
            let precedence = operator.precedence();
            let is_over =
                precedence <= least || operator == Kind::In && !self.context.has(Context::IN);
            if left.form == Form::PrivateName && (is_over || operator != Kind::In) {
                return self.fail_ours(left.start, "a private name without `in`");
            }
            if is_over {
                return Ok(left);
            }
            left = self.operation(left, operator, precedence)?;
        }
    }

    fn operation(&mut self, left: Expr, operator: Kind, precedence: u8) -> Read<Expr> {
        self.settle(left)?;
        if operator == Kind::Exponent && matches!(left.form, Form::Unary | Form::Typeof) {
            return self.fail("`**` after a unary operator");
        }
        self.advance()?;
        let least = if operator == Kind::Exponent { precedence - 1 } else { precedence };
        let right = self.unary()?;
        let right = self.binary(right, least)?;
        self.settle(right)?;
        self.result(left, operator, right)
    }

    /// Checks the mixing of logical operators, and notes the operator.
    fn result(&mut self, left: Expr, operator: Kind, right: Expr) -> Read<Expr> {
        let is_mixed = match operator {
            Kind::Nullish => left.form == Form::Logical || right.form == Form::Logical,
            Kind::And | Kind::Or => left.form == Form::Nullish || right.form == Form::Nullish,
            _ => false,
        };
        if is_mixed {
            return self.fail_at(left.start, "`??` mixed with `&&` or `||`");
        }
        let form = match operator {
            Kind::Nullish => {
                self.see(Feature::Nullish);
                Form::Nullish
            }
            Kind::And | Kind::Or => Form::Logical,
            _ => {
                self.note_operation(left, operator, right);
                Form::Other
            }
        };
        Ok(Expr::new(form, 0, left.start))
    }

    fn note_operation(&mut self, left: Expr, operator: Kind, right: Expr) {
        match (left.form, operator, right.form) {
            (_, Kind::Exponent, _) => self.see(Feature::Exponent),
            (Form::PrivateName, Kind::In, _) => self.see(Feature::PrivateIn),
            (Form::Typeof, Kind::Equal, Form::Symbol)
            | (Form::Symbol, Kind::Equal, Form::Typeof) => self.see(Feature::TypeofSymbol),
            _ => {}
        }
    }

    fn unary(&mut self) -> Read<Expr> {
        match self.token.kind {
            Kind::Not | Kind::Tilde | Kind::Plus | Kind::Minus | Kind::Void => {
                self.unary_operator(Form::Unary)
            }
            Kind::Typeof => self.unary_operator(Form::Typeof),
            Kind::Delete => self.delete(),
            Kind::PlusPlus | Kind::MinusMinus => self.prefix_update(),
            Kind::Await if self.context.has(Context::AWAIT) => self.await_operator(),
            _ => self.postfix_update(),
        }
    }

    fn unary_operator(&mut self, form: Form) -> Read<Expr> {
        let start = self.token.start;
        self.advance()?;
        self.operand()?;
        Ok(Expr::new(form, 0, start))
    }

    /// The operand of a unary operator.
    fn operand(&mut self) -> Read<Expr> {
        let operand = self.unary()?;
        if operand.form == Form::PrivateName {
            return self.fail_ours(operand.start, "a private name without `in`");
        }
        self.settle(operand)?;
        Ok(operand)
    }

    fn delete(&mut self) -> Read<Expr> {
        let start = self.token.start;
        self.advance()?;
        let operand = self.operand()?;
        if operand.form == Form::Name && self.context.has(Context::STRICT) {
            return self.fail_at(start, "`delete` of a name in strict code");
        }
        Ok(Expr::new(Form::Unary, 0, start))
    }

    fn prefix_update(&mut self) -> Read<Expr> {
        let start = self.token.start;
        self.advance()?;
        if !self.operand()?.has(Expr::SIMPLE) {
            return self.fail_at(start, "nothing can be assigned to the operand");
        }
        Ok(Expr::other(start))
    }

    fn postfix_update(&mut self) -> Read<Expr> {
        let expr = self.left_hand_side()?;
        let is_update = matches!(self.token.kind, Kind::PlusPlus | Kind::MinusMinus);
        if !is_update || self.token.is_on_new_line() || expr.form == Form::Arrow {
            return Ok(expr);
        }
        if !expr.has(Expr::SIMPLE) {
            return self.fail_at(expr.start, "nothing can be assigned to the operand");
        }
        self.advance()?;
        Ok(Expr::other(expr.start))
    }

    fn await_operator(&mut self) -> Read<Expr> {
        let start = self.token.start;
        self.check_operator_word()?;
        self.places.awaited = start;
        self.advance()?;
        if !self.context.has(Context::FUNCTION) {
            self.see(Feature::TopLevelAwait);
            if self.token.is_on_new_line() {
                // Right by the specification; the parser refuses it.
                return self.fail("a new line after `await`");
            }
        }
        self.operand()?;
        Ok(Expr::new(Form::Unary, 0, start))
    }

    /// `await` or `yield` is an operator here. It has no escapes, and is not among parameters.
    fn check_operator_word(&self) -> Read<()> {
        if self.token.has(Token::ESCAPED) {
            return self.fail_ours(self.token.start, "a keyword with an escape");
        }
        if self.context.has(Context::PARAMETERS) {
            return self.fail("`await` or `yield` in a parameter");
        }
        Ok(())
    }

    fn yield_operator(&mut self) -> Read<Expr> {
        let start = self.token.start;
        self.check_operator_word()?;
        self.places.yielded = start;
        self.advance()?;
        // The parser lets no value start with `let` or `#`.
        let has_value = !self.token.is_on_new_line()
            && !matches!(
                self.token.kind,
                Kind::Semicolon
                    | Kind::BraceClose
                    | Kind::ParenClose
                    | Kind::BracketClose
                    | Kind::Comma
                    | Kind::Colon
                    | Kind::In
                    | Kind::Question
                    | Kind::Let
                    | Kind::PrivateName
                    | Kind::End
            );
        if has_value {
            self.eat(Kind::Times)?;
            self.value()?;
        }
        Ok(Expr::other(start))
    }
}
