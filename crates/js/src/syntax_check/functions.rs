//! Reads functions, parameters and bodies.

use super::{
    context::Context,
    reader::{Read, Reader},
    statements::StatementContext,
    token::Kind,
};
use crate::features::Feature;

/// The kind of a function.
#[derive(Clone, Copy)]
pub(super) struct FunctionKind {
    is_async: bool,
    is_generator: bool,
    /// How many parameters it must have.
    parameters: Option<u8>,
}

impl FunctionKind {
    pub const PLAIN: Self = Self { is_async: false, is_generator: false, parameters: None };
    pub const GENERATOR: Self = Self { is_async: false, is_generator: true, parameters: None };

    pub fn with_async(self) -> Self {
        Self { is_async: true, ..self }
    }

    /// A getter or a setter.
    pub fn accessor(modifier: Kind) -> Self {
        let count = u8::from(modifier == Kind::Set);
        Self { parameters: Some(count), ..Self::PLAIN }
    }

    fn feature(self) -> Option<Feature> {
        match (self.is_async, self.is_generator) {
            (true, true) => Some(Feature::AsyncGenerator),
            (true, false) => Some(Feature::AsyncFunction),
            (false, true) => Some(Feature::Generator),
            (false, false) => None,
        }
    }
}

/// The facts about a list of parameters.
struct Parameters {
    count: usize,
    has_rest: bool,
    /// All are plain names.
    are_simple: bool,
}

impl Reader<'_> {
    /// A function after `async`, if it has it.
    pub fn function_expression(&mut self, is_async: bool) -> Read<()> {
        let kind = self.function_kind(is_async)?;
        if !self.is(Kind::ParenOpen) {
            let context = self.context_of(kind).without(Context::FIELD);
            self.within(context, |reader| reader.binding_name(false))?;
        }
        self.function_after_name(kind, Context::NONE)
    }

    /// A function declaration. `needs_name`: only a default export may lack it. Returns whether it
    /// is a plain function.
    pub fn function_declaration(&mut self, is_async: bool, needs_name: bool) -> Read<bool> {
        let kind = self.function_kind(is_async)?;
        if needs_name || !self.is(Kind::ParenOpen) {
            self.binding_name(false)?;
        }
        self.function_after_name(kind, Context::NONE)?;
        Ok(!kind.is_async && !kind.is_generator)
    }

    /// Skips `function` and `*`.
    fn function_kind(&mut self, is_async: bool) -> Read<FunctionKind> {
        self.expect(Kind::Function)?;
        let is_generator = self.eat(Kind::Times)?;
        Ok(FunctionKind { is_async, is_generator, parameters: None })
    }

    fn context_of(&self, kind: FunctionKind) -> Context {
        self.context
            .without(Context::BODY)
            .with(Context::IN.with(Context::FUNCTION))
            .with_if(Context::AWAIT, kind.is_async)
            .with_if(Context::YIELD, kind.is_generator)
            .with_if(Context::AWAIT_RESERVED, self.reading.is_module)
    }

    /// The parameters and the body of a function. `more`: what else is allowed inside.
    pub fn function_after_name(&mut self, kind: FunctionKind, more: Context) -> Read<()> {
        if let Some(feature) = kind.feature() {
            self.see(feature);
        }
        let outer = (self.places, self.context);
        let inside = self
            .context_of(kind)
            .without(Context::FIELD.with(Context::SUPER))
            .with(Context::NEW_TARGET)
            .with(more);
        self.context = inside.with(Context::PARAMETERS);
        let start = self.token.start;
        let parameters = self.parameters()?;
        let is_wrong = kind
            .parameters
            .is_some_and(|count| parameters.count != usize::from(count) || parameters.has_rest);
        if is_wrong {
            return self.fail_at(start, "a getter or setter with wrong parameters");
        }
        self.context = inside;
        self.body(parameters.are_simple, true)?;
        (self.places, self.context) = outer;
        self.advance()
    }

    fn parameters(&mut self) -> Read<Parameters> {
        self.expect(Kind::ParenOpen)?;
        let mut found = Parameters { count: 0, has_rest: false, are_simple: true };
        while !self.is(Kind::ParenClose) {
            if found.has_rest {
                return self.fail("a parameter after the rest");
            }
            found.count += 1;
            found.has_rest = self.eat(Kind::Ellipsis)?;
            let is_name = self.token.kind.is_word();
            self.binding(false)?;
            let has_default = self.is(Kind::Assign);
            if found.has_rest || has_default {
                self.see(Feature::Parameters);
            }
            if has_default {
                if found.has_rest {
                    return self.fail("a rest parameter with a default value");
                }
                self.advance()?;
                self.value()?;
            }
            found.are_simple &= is_name && !has_default && !found.has_rest;
            if !self.is(Kind::ParenClose) {
                self.expect(Kind::Comma)?;
                if found.has_rest {
                    return self.fail("a comma after the rest");
                }
            }
        }
        self.advance()?;
        Ok(found)
    }

    /// The block of an arrow function. The parser sees no directives in it.
    pub fn arrow_block(&mut self, context: Context, is_simple: bool) -> Read<()> {
        let outer = self.context;
        self.context = context.with(Context::IN);
        self.body(is_simple, false)?;
        self.context = outer;
        self.advance()
    }

    /// A function's body, up to its `}`: the code after it is read in the enclosing context.
    fn body(&mut self, is_simple: bool, has_directives: bool) -> Read<()> {
        if self.is(Kind::Semicolon) {
            return self.fail_ours(self.token.start, "`;` before a function's body");
        }
        if !self.is(Kind::BraceOpen) {
            return self.fail("`{` is expected");
        }
        let labels = std::mem::take(&mut self.labels);
        self.advance()?;
        if matches!(self.token.kind, Kind::Text | Kind::SymbolText) {
            self.body_directives(is_simple, has_directives)?;
        }
        while !self.is(Kind::BraceClose) {
            self.item(StatementContext::Body)?;
        }
        self.labels = labels;
        Ok(())
    }

    fn body_directives(&mut self, is_simple: bool, has_directives: bool) -> Read<()> {
        let found = self.directives();
        if found.is_plainly_strict && !is_simple {
            return self.fail("\"use strict\" in a function whose parameters are not all names");
        }
        if found.is_strict {
            self.context = self.context.with(Context::STRICT_SCAN);
        }
        if has_directives && self.is_use_strict(self.token) {
            self.context = self.context.with(Context::STRICT);
        }
        Ok(())
    }
}
