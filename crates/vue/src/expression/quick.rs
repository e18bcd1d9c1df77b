//! The JavaScript that templates are made of, read without a parser: calls, members, literals,
//! operators, functions with simple parameters. Most templates have nothing else, and this takes a
//! tenth of a parser's time.
//!
//! What is not understood is left to the parser, so everything here errs on that side: whatever is
//! accepted is valid, and means what it means to the parser.

use std::ops::Range;

use super::{FreeName, plain::is_reserved};

mod functions; // functions, their parameters and statements
#[cfg(test)]
mod tests;
mod tokens; // white space, words, strings, numbers, operators

/// How deep brackets may nest.
const DEEPEST: usize = 150;

/// True for what can certainly stand behind `return`: an expression, and statements behind that.
pub(crate) fn is_expression(text: &str) -> bool {
    let mut quick = Quick::new(text);
    // Behind `return`, a new line ends the statement, and what follows is another.
    if quick.peek().is_none() || text[..quick.at].contains(['\n', '\r']) {
        return false;
    }
    let is_read =
        quick.expression().is_some() && (!quick.take(b';') || quick.statements().is_some());
    is_read && quick.is_at_end()
}

/// True for what can certainly be a function's parameters.
pub(crate) fn are_parameters(text: &str) -> bool {
    let mut quick = Quick::new(text);
    quick.listed_parameters().is_some() && quick.is_at_end()
}

/// What a text is to the program that it is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// An expression without commas outside of brackets: an argument, the value of a property.
    Value,
    /// An expression: what stands in parentheses.
    Expression,
    /// The parameters of a function: what they declare is known in its body.
    Parameters,
}

/// Adds the free names of a piece, by place, and gives the names that it declares. `depth`: how
/// many brackets are around it. `None`: it takes the parser, and which names were added does not
/// matter.
pub(crate) fn add_free_names<'t>(
    text: &'t str,
    (piece, depth): (Piece, usize),
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

struct Quick<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// The last word that was read: most are looked at twice, because they could be the parameter
    /// of an arrow function.
    word: Range<usize>,
    /// Somebody asks for names.
    wants_names: bool,
    /// What is mentioned; what a function declares anywhere in it is taken out at its end.
    names: Vec<FreeName>,
    /// The functions around.
    scopes: Vec<Scope<'a>>,
}

/// A function.
#[derive(Default)]
struct Scope<'a> {
    declared: Vec<&'a str>,
    /// Where what is mentioned in it begins in the list of names.
    start: usize,
}

/// What an expression is good for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operand {
    /// It may be assigned to.
    Target,
    Value,
}

impl<'a> Quick<'a> {
    fn new(text: &'a str) -> Self {
        let (names, scopes) = (Vec::new(), Vec::new());
        Self { text, at: 0, depth: 0, word: 0..0, wants_names: false, names, scopes }
    }

    /// Reads what is in brackets.
    fn inside<R>(&mut self, read: impl FnOnce(&mut Self) -> Option<R>) -> Option<R> {
        (self.depth < DEEPEST).then_some(())?;
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    /// `a, b`.
    fn expression(&mut self) -> Option<()> {
        self.assignment()?;
        while self.take(b',') {
            self.assignment()?;
        }
        Some(())
    }

    /// An expression without commas.
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

    /// Operands with operators between: what binds how does not matter here.
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

    /// `a.b[c](d)?.e`.
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

    /// What begins with a word.
    fn named(&mut self) -> Option<Operand> {
        let (start, word) = self.word()?;
        match word {
            "true" | "false" | "null" | "this" => Some(Operand::Value),
            "function" => self.function().map(|()| Operand::Value),
            "new" => self.construction().map(|()| Operand::Value),
            // Whether it is an asynchronous function shows only later.
            "async" => None,
            _ if !is_reserved(word) => {
                self.mention(start, word.len(), false);
                Some(Operand::Target)
            }
            _ => None,
        }
    }

    /// Behind `new`: a path of names and arguments.
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

    fn mention(&mut self, start: usize, length: usize, is_shorthand: bool) {
        if self.wants_names {
            self.names.push(FreeName { start, end: start + length, is_shorthand });
        }
    }

    /// Items or arguments, up to the bracket.
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

    /// Properties, up to the brace.
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
                // Twice `__proto__` is a mistake.
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

    /// `` `a${b}` ``.
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
