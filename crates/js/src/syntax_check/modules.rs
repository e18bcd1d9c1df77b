//! Reads `import` and `export`.

use super::{
    context::Context,
    reader::{Read, Reader},
    statements::{StatementContext, follows_let},
    token::{Kind, Token},
};
use crate::features::Feature;

impl Reader<'_> {
    /// A statement that starts with `import` or `export`.
    pub fn module_item(&mut self, context: StatementContext) -> Read<()> {
        let is_import = self.is(Kind::Import);
        if is_import && matches!(self.peek()?.kind, Kind::ParenOpen | Kind::Dot) {
            // At the top level, the parser does not read `in` as an operator here.
            self.expression()?;
            return self.required_semicolon();
        }
        if context != StatementContext::Top {
            return self.fail("`import` or `export` inside a statement");
        }
        self.is_unsure |= !self.reading.is_module;
        self.advance()?;
        if is_import { self.import() } else { self.export() }
    }

    /// The parser does not look for this semicolon.
    fn required_semicolon(&mut self) -> Read<()> {
        if matches!(self.token.kind, Kind::Semicolon | Kind::BraceClose)
            || self.token.is_on_new_line()
        {
            return self.semicolon();
        }
        self.fail_ours(self.token.start, "`;` is expected")
    }

    fn import(&mut self) -> Read<()> {
        if self.is_text() {
            self.advance()?;
            self.attributes()?;
            return self.required_semicolon();
        }
        self.import_phase()?;
        let has_default = self.token.kind.is_word();
        if has_default {
            self.imported_name()?;
        }
        if !has_default || self.eat(Kind::Comma)? {
            match self.token.kind {
                Kind::Times => {
                    self.advance()?;
                    self.expect_name("as")?;
                    self.imported_name()?;
                }
                Kind::BraceOpen => self.import_list()?,
                _ => return self.fail_ours(self.token.start, "`*` or `{` is expected"),
            }
        }
        self.from()
    }

    /// Skips `defer` or `source` before the imported names.
    fn import_phase(&mut self) -> Read<()> {
        let next = self.peek()?;
        let is_phase = if self.is_name("defer") {
            next.kind == Kind::Times
        } else {
            self.is_name("source")
                && next.kind.is_name()
                && (self.text_of(next) != "from" || self.scan(next.end, 0)?.kind == Kind::Name)
        };
        if is_phase { self.advance() } else { Ok(()) }
    }

    fn imported_name(&mut self) -> Read<()> {
        self.binding_name(false)
    }

    fn import_list(&mut self) -> Read<()> {
        self.expect(Kind::BraceOpen)?;
        while !self.is(Kind::BraceClose) {
            let name = self.token;
            self.export_name()?;
            if self.is_name("as") {
                self.advance()?;
                self.imported_name()?;
            } else if name.kind == Kind::Static {
                return self.fail_ours(name.start, "a reserved word as a name");
            } else if name.kind.is_word() {
                self.check_name(name)?;
            } else {
                return self.fail("`as` is expected");
            }
            if !self.is(Kind::BraceClose) {
                self.expect(Kind::Comma)?;
            }
        }
        self.advance()
    }

    /// A name in the braces of an import or export: any word, or a string.
    fn export_name(&mut self) -> Read<Token> {
        let name = self.token;
        if !name.kind.is_word() && !self.is_text() {
            return self.fail("a name is expected");
        }
        self.advance()?;
        Ok(name)
    }

    fn is_text(&self) -> bool {
        matches!(self.token.kind, Kind::Text | Kind::SymbolText)
    }

    fn expect_name(&mut self, name: &str) -> Read<()> {
        if self.is_name(name) { self.advance() } else { self.fail("another word is expected") }
    }

    /// `from "…"` and the end of the statement.
    fn from(&mut self) -> Read<()> {
        self.expect_name("from")?;
        if !self.is_text() {
            return self.fail("a string is expected");
        }
        self.advance()?;
        self.attributes()?;
        self.semicolon()
    }

    /// `with { … }`
    fn attributes(&mut self) -> Read<()> {
        let is_assert = self.is_name("assert") && !self.token.is_on_new_line();
        if !self.is(Kind::With) && !is_assert {
            return Ok(());
        }
        self.advance()?;
        if !self.is(Kind::BraceOpen) {
            return self.fail("`{` is expected");
        }
        let attributes = self.object()?;
        self.settle(attributes)
    }

    fn export(&mut self) -> Read<()> {
        match self.token.kind {
            Kind::Default => {
                self.advance()?;
                self.export_default()
            }
            Kind::Times => self.export_all(),
            Kind::BraceOpen => self.export_list(),
            Kind::Class => self.class(true),
            Kind::Var | Kind::Const => self.variables(),
            Kind::Let if follows_let(self.peek()?) => self.variables(),
            Kind::Function => self.exported_function(false),
            Kind::Async if self.starts_async_function()? => self.exported_function(true),
            _ => self.fail("a declaration is expected"),
        }
    }

    fn starts_async_function(&self) -> Read<bool> {
        let next = self.peek()?;
        Ok(next.kind == Kind::Function && !next.is_on_new_line())
    }

    fn exported_function(&mut self, is_async: bool) -> Read<()> {
        if is_async {
            self.advance()?;
        }
        self.function_declaration(is_async, true)?;
        Ok(())
    }

    fn export_default(&mut self) -> Read<()> {
        let is_async = self.is(Kind::Async) && self.starts_async_function()?;
        if is_async {
            self.advance()?;
        }
        match self.token.kind {
            Kind::Function => {
                self.function_declaration(is_async, false)?;
                Ok(())
            }
            Kind::Class => self.class(false),
            _ => {
                self.within(self.context.with(Context::IN), Self::value)?;
                self.semicolon()
            }
        }
    }

    fn export_all(&mut self) -> Read<()> {
        self.advance()?;
        if self.is_name("as") {
            self.see(Feature::ExportNamespace);
            self.advance()?;
            self.export_name()?;
        }
        self.from()
    }

    fn export_list(&mut self) -> Read<()> {
        self.advance()?;
        let mut wrong = None;
        while !self.is(Kind::BraceClose) {
            let local = self.export_name()?;
            if !local.kind.is_name() {
                wrong = wrong.or(Some(local));
            }
            if self.is_name("as") {
                self.advance()?;
                self.export_name()?;
            }
            if !self.is(Kind::BraceClose) {
                self.expect(Kind::Comma)?;
            }
        }
        self.advance()?;
        if self.is_name("from") {
            return self.from();
        }
        match wrong {
            Some(name) => self.fail_at(name.start, "a reserved word or string as a local name"),
            None => self.required_semicolon(),
        }
    }
}
