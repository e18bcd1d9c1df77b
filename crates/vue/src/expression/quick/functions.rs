//! Reads functions, their parameters and statements, as far as they occur in generated code.

use super::{
    super::plain::is_reserved,
    tokens::{Quick, Scope},
};

/// How many names a function may declare. They are searched one by one.
const MOST_NAMES: usize = 32;

impl<'a> Quick<'a> {
    /// Reads a function after the word `function`.
    pub(super) fn function(&mut self) -> Option<()> {
        let mut declared = Vec::new();
        if self.peek()? != b'(' {
            let (_, name) = self.word()?;
            (!is_reserved(name)).then_some(())?;
            declared.push(name);
        }
        self.expect(b'(')?;
        self.scopes.push(Scope { declared, start: self.names.len() });
        self.parameters(Some(b')'))?;
        self.hand_out_names()?;
        self.expect(b'{')?;
        self.block()?;
        self.close_scope()
    }

    /// Reads an arrow function. Returns false and reads nothing if there is none.
    pub(super) fn arrow_function(&mut self) -> Option<bool> {
        let names = match self.peek()? {
            b'(' => self.names_in_parentheses(),
            byte if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' => {
                let start = self.at;
                let name = self.word()?.1;
                let is_arrow = self.take_arrow()? && !is_reserved(name);
                self.at = if is_arrow { self.at } else { start };
                is_arrow.then(|| vec![name])
            }
            _ => None,
        };
        names.map_or(Some(false), |names| self.arrow_body(names).map(|()| true))
    }

    /// Reads `(a, b) =>`. Reads nothing if there is anything else.
    fn names_in_parentheses(&mut self) -> Option<Vec<&'a str>> {
        let start = self.at;
        let names = self.listed_names().filter(|_| self.take_arrow() == Some(true));
        self.at = if names.is_some() { self.at } else { start };
        names
    }

    /// Reads `(a, b)`.
    fn listed_names(&mut self) -> Option<Vec<&'a str>> {
        self.at += 1;
        let mut names = Vec::new();
        while !self.take(b')') {
            let (_, name) = self.word()?;
            (!is_reserved(name) && !names.contains(&name) && names.len() < MOST_NAMES)
                .then_some(())?;
            names.push(name);
            if !self.take(b',') {
                return self.expect(b')').map(|()| names);
            }
        }
        Some(names)
    }

    fn arrow_body(&mut self, declared: Vec<&'a str>) -> Option<()> {
        self.scopes.push(Scope { declared, start: self.names.len() });
        if self.take(b'{') {
            self.block()?;
        } else {
            self.assignment()?;
        }
        self.close_scope()
    }

    /// Ends a scope. Names that it does not declare pass to the enclosing scope.
    fn close_scope(&mut self) -> Option<()> {
        self.hand_out_names()?;
        self.scopes.pop().map(|_| ())
    }

    /// Removes the names that the scope declares from those mentioned so far. The rest is final:
    /// names that parameters mention do not refer to declarations in the body.
    fn hand_out_names(&mut self) -> Option<()> {
        let (text, scope) = (self.text, self.scopes.last_mut()?);
        let mut kept = scope.start;
        for at in scope.start..self.names.len() {
            let name = self.names[at];
            if !scope.declared.contains(&&text[name.start..name.end]) {
                self.names[kept] = name;
                kept += 1;
            }
        }
        self.names.truncate(kept);
        scope.start = kept;
        Some(())
    }

    fn declare(&mut self, name: &'a str) -> Option<()> {
        (!is_reserved(name)).then_some(())?;
        // Outside of every function there is no scope to add the name to.
        let Some(Scope { declared, .. }) = self.scopes.last_mut() else { return Some(()) };
        (declared.len() < MOST_NAMES).then(|| declared.push(name))
    }

    /// Reads parameters up to the end of the text. Returns the names that they declare.
    pub(super) fn listed_parameters(&mut self) -> Option<Vec<&'a str>> {
        self.scopes.push(Scope { declared: Vec::new(), start: self.names.len() });
        self.parameters(None)?;
        self.hand_out_names()?;
        self.scopes.pop().map(|scope| scope.declared)
    }

    /// Reads parameters up to the closing parenthesis, or to the end of the text. No two may have
    /// the same name.
    pub(super) fn parameters(&mut self, close: Option<u8>) -> Option<()> {
        let known = self.scopes.last()?.declared.len();
        loop {
            match (close, self.peek()) {
                (None, None) => break,
                (Some(close), Some(byte)) if byte == close => break,
                _ => {}
            }
            if self.peek()? == b'.' {
                self.spread()?;
                let (_, name) = self.word()?;
                self.declare(name)?;
                break;
            }
            self.inside(Self::pattern)?;
            self.default_value()?;
            if !self.take(b',') {
                break;
            }
        }
        let names = &self.scopes.last()?.declared[known..];
        let is_unique =
            names.iter().enumerate().all(|(index, name)| !names[..index].contains(name));
        is_unique.then_some(())?;
        close.map_or(Some(()), |close| self.expect(close))
    }

    fn default_value(&mut self) -> Option<()> {
        if self.peek() == Some(b'=') && self.assign_operator() {
            self.assignment()
        } else {
            Some(())
        }
    }

    /// Reads a name, `{ a, b: c = d, ...e }` or `[a, b]`.
    fn pattern(&mut self) -> Option<()> {
        if self.take(b'[') {
            while !self.take(b']') {
                self.inside(Self::pattern)?;
                self.default_value()?;
                if !self.take(b',') {
                    return self.expect(b']');
                }
            }
            return Some(());
        }
        if !self.take(b'{') {
            let (_, name) = self.word()?;
            return self.declare(name);
        }
        while !self.take(b'}') {
            if self.peek()? == b'.' {
                self.spread()?;
                let (_, name) = self.word()?;
                self.declare(name)?;
                return self.expect(b'}');
            }
            let (_, key) = self.word()?;
            if self.take(b':') {
                self.inside(Self::pattern)?;
            } else {
                self.declare(key)?;
            }
            self.default_value()?;
            if !self.take(b',') {
                return self.expect(b'}');
            }
        }
        Some(())
    }

    /// Reads statements and the closing brace.
    fn block(&mut self) -> Option<()> {
        self.inside(Self::statements)?;
        self.expect(b'}')
    }

    /// Reads statements up to a closing brace or the end.
    pub(super) fn statements(&mut self) -> Option<()> {
        while !matches!(self.peek(), None | Some(b'}')) {
            self.statement()?;
        }
        Some(())
    }

    fn statement(&mut self) -> Option<()> {
        let start = self.at;
        match self.peek()? {
            b';' => {
                self.at += 1;
                return Some(());
            }
            b'{' => {
                self.at += 1;
                return self.block();
            }
            // It could be a directive like `"use strict"`.
            b'\'' | b'"' => return None,
            byte if byte.is_ascii_alphabetic() => match self.word()?.1 {
                "var" => self.variables()?,
                "if" => return self.inside(Self::condition),
                "return" => self.result()?,
                "function" => return None,
                _ => {
                    self.at = start;
                    self.expression()?;
                }
            },
            _ => self.expression()?,
        }
        self.end_of_statement()
    }

    /// Reads `;`, or accepts a place where it may be omitted.
    fn end_of_statement(&mut self) -> Option<()> {
        match self.peek() {
            None | Some(b'}') => Some(()),
            Some(b';') => {
                self.at += 1;
                Some(())
            }
            // At the start of a line, `var` cannot continue any statement.
            Some(_) => {
                (self.is_line_start() && self.text[self.at..].starts_with("var ")).then_some(())
            }
        }
    }

    /// Reads variables after `var`.
    fn variables(&mut self) -> Option<()> {
        loop {
            let (_, name) = self.word()?;
            self.declare(name)?;
            self.default_value()?;
            if !self.take(b',') {
                return Some(());
            }
        }
    }

    /// Reads the rest of an `if` statement.
    fn condition(&mut self) -> Option<()> {
        self.expect(b'(')?;
        self.expression()?;
        self.expect(b')')?;
        self.statement()?;
        let behind = self.at;
        if self.peek() == Some(b'e') && self.word()?.1 == "else" {
            return self.statement();
        }
        self.at = behind;
        Some(())
    }

    /// Reads the rest of a `return` statement, which has to be in a function.
    fn result(&mut self) -> Option<()> {
        (!self.scopes.is_empty()).then_some(())?;
        let behind = self.at;
        match self.peek()? {
            b';' | b'}' => Some(()),
            _ if self.text[behind..self.at].contains(['\n', '\r']) => None,
            _ => self.expression(),
        }
    }
}
