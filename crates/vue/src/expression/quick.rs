//! Reads the JavaScript that templates usually contain without a parser: calls, members, literals,
//! operators, functions with simple parameters. Most templates contain nothing else, and this takes
//! a tenth of the parser's time.
//!
//! Everything else is left to the parser. So a rejection here means nothing, but whatever is
//! accepted is valid and has the same meaning to the parser.

use self::tokens::Quick;
use super::{free_name::FreeName, plain::is_reserved};

mod functions; // reads functions, their parameters and statements
#[cfg(test)]
mod tests;
mod tokens; // the text that is read; reads words, strings, numbers and operators

/// True for texts that are certainly valid after `return`: an expression, and then perhaps
/// statements.
pub(crate) fn is_expression(text: &str) -> bool {
    let mut quick = Quick::new(text);
    // A line break after `return` ends the statement, and the text would become a second one.
    if quick.peek().is_none() || text[..quick.at].contains(['\n', '\r']) {
        return false;
    }
    let is_read =
        quick.expression().is_some() && (!quick.take(b';') || quick.statements().is_some());
    is_read && quick.is_at_end()
}

/// True for texts that are certainly valid as the parameters of a function.
pub(crate) fn are_parameters(text: &str) -> bool {
    let mut quick = Quick::new(text);
    quick.listed_parameters().is_some() && quick.is_at_end()
}

/// The role of a text in the program that it is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// An expression without commas outside of brackets: an argument, or the value of a property.
    Value,
    /// An expression as in parentheses.
    Expression,
    /// The parameters of a function. The names that they declare are known in its body.
    Parameters,
}

/// Adds the free names of a piece to `names`, sorted by place, and returns the names that it
/// declares. `depth`: how many brackets it is in. `None` if the parser has to read it; the names
/// that were added are then meaningless.
pub(crate) fn add_free_names<'t>(
    text: &'t str,
    piece: Piece,
    depth: usize,
    names: &mut Vec<FreeName>,
) -> Option<Vec<&'t str>> {
    let mut quick =
        Quick { depth, wants_names: true, names: std::mem::take(names), ..Quick::new(text) };
    let declared = match piece {
        Piece::Value => quick.assignment().map(|()| Vec::new()),
        Piece::Expression => quick.expression().map(|()| Vec::new()),
        Piece::Parameters => quick.listed_parameters(),
    };
    let is_read = quick.is_at_end();
    *names = quick.names;
    declared.filter(|_| is_read)
}

/// The role that an expression can have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operand {
    /// It may be assigned to.
    Target,
    Value,
}

impl Quick<'_> {
    /// Reads `a, b`.
    fn expression(&mut self) -> Option<()> {
        self.assignment()?;
        while self.take(b',') {
            self.assignment()?;
        }
        Some(())
    }

    /// Reads an expression without commas.
    fn assignment(&mut self) -> Option<()> {
        self.inside(|quick| {
            if quick.arrow_function()? {
                return Some(());
            }
            let operand = quick.operation()?;
            match quick.peek() {
                None | Some(b',' | b')' | b']' | b'}' | b':') => Some(()),
                Some(b'?') if quick.take(b'?') => {
                    quick.assignment()?;
                    quick.expect(b':')?;
                    quick.assignment()
                }
                Some(_) if quick.assign_operator() => {
                    if operand == Operand::Target {
                        quick.assignment()
                    } else {
                        None
                    }
                }
                Some(_) => Some(()),
            }
        })
    }

    /// Reads operands with operators between them. Precedence does not matter here.
    fn operation(&mut self) -> Option<Operand> {
        let mut operand = self.unary()?;
        while self.binary_operator() {
            self.unary()?;
            operand = Operand::Value;
        }
        Some(operand)
    }

    fn unary(&mut self) -> Option<Operand> {
        let mut is_unary = false;
        while self.unary_operator() {
            is_unary = true;
        }
        let operand = self.member()?;
        Some(if is_unary { Operand::Value } else { operand })
    }

    /// Reads `a.b[c](d)?.e`.
    fn member(&mut self) -> Option<Operand> {
        let mut operand = self.primary()?;
        let mut is_optional = false;
        loop {
            match self.peek() {
                Some(b'.') if self.take(b'.') => {
                    self.property_name()?;
                    operand = Operand::Target;
                }
                Some(b'[') => {
                    self.at += 1;
                    self.expression()?;
                    self.expect(b']')?;
                    operand = Operand::Target;
                }
                Some(b'(') => {
                    self.at += 1;
                    self.list(b')')?;
                    operand = Operand::Value;
                }
                Some(b'?') if self.take_optional() => {
                    is_optional = true;
                    operand = Operand::Value;
                    if !matches!(self.peek(), Some(b'(' | b'[')) {
                        self.property_name()?;
                    }
                }
                _ => return Some(if is_optional { Operand::Value } else { operand }),
            }
        }
    }

    fn primary(&mut self) -> Option<Operand> {
        let value = Some(Operand::Value);
        match self.peek()? {
            b'\'' | b'"' => self.string().and(value),
            b'0'..=b'9' => self.number().and(value),
            b'[' => {
                self.at += 1;
                self.list(b']').and(value)
            }
            b'{' => {
                self.at += 1;
                self.object().and(value)
            }
            b'`' => self.template().and(value),
            b'(' => {
                self.at += 1;
                self.expression()?;
                self.expect(b')').and(value)
            }
            _ => self.named(),
        }
    }

    /// Reads an operand that begins with a word.
    fn named(&mut self) -> Option<Operand> {
        let (start, word) = self.word()?;
        match word {
            "true" | "false" | "null" | "this" => Some(Operand::Value),
            "function" => self.function().map(|()| Operand::Value),
            "new" => self.construction().map(|()| Operand::Value),
            // Only later tokens show whether it is an asynchronous function.
            "async" => None,
            _ if !is_reserved(word) => {
                self.mention(start, word.len(), false);
                Some(Operand::Target)
            }
            _ => None,
        }
    }

    /// Reads the path of names and the arguments after `new`.
    fn construction(&mut self) -> Option<()> {
        let (start, name) = self.word()?;
        (!is_reserved(name)).then_some(())?;
        self.mention(start, name.len(), false);
        while self.take(b'.') {
            self.property_name()?;
        }
        self.expect(b'(')?;
        self.list(b')')
    }

    /// Reads items or arguments, and the closing bracket.
    fn list(&mut self, close: u8) -> Option<()> {
        while !self.take(close) {
            self.spread()?;
            self.assignment()?;
            if !self.take(b',') {
                return self.expect(close);
            }
        }
        Some(())
    }

    fn spread(&mut self) -> Option<()> {
        if self.peek() == Some(b'.') {
            self.text[self.at..].starts_with("...").then_some(())?;
            self.at += 3;
        }
        Some(())
    }

    /// Reads properties, and the closing brace.
    fn object(&mut self) -> Option<()> {
        while !self.take(b'}') {
            self.property()?;
            if !self.take(b',') {
                return self.expect(b'}');
            }
        }
        Some(())
    }

    fn property(&mut self) -> Option<()> {
        match self.peek()? {
            b'.' => {
                self.spread()?;
                return self.assignment();
            }
            b'\'' | b'"' => {
                let start = self.at;
                self.string()?;
                // `__proto__` is an error if it occurs twice.
                (self.text.get(start + 1..self.at - 1) != Some("__proto__")).then_some(())?;
            }
            b'0'..=b'9' => self.number()?,
            b'[' => {
                self.at += 1;
                self.assignment()?;
                self.expect(b']')?;
            }
            _ => {
                let (start, word) = self.word()?;
                (word != "__proto__").then_some(())?;
                if matches!(self.peek()?, b',' | b'}') {
                    (!is_reserved(word)).then_some(())?;
                    self.mention(start, word.len(), true);
                    return Some(());
                }
            }
        }
        self.expect(b':')?;
        self.assignment()
    }

    /// Reads `` `a${b}` ``.
    fn template(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.text.as_bytes().get(self.at)? {
                b'`' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => return None,
                b'$' if self.text.as_bytes().get(self.at + 1) == Some(&b'{') => {
                    self.at += 2;
                    self.inside(Self::expression)?;
                    self.expect(b'}')?;
                }
                _ => self.at += 1,
            }
        }
    }
}
