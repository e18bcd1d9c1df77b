//! Reads a rendered text without building a tree: a tokenizer and a recursive descent over bytes.
//! It accepts the syntax of ECMAScript 2025 and `using` declarations, refuses what swc's parser
//! refuses, and notes which constructs occur. It reads each text once; where only the end of an
//! expression shows that it was a pattern or the head of an arrow function, a summary of the
//! expression (`expression::Expr`) says whether it can be one.

mod arrows; // parentheses, `async`, and arrow functions
mod bindings; // the patterns of declarations and parameters
mod chains; // members, calls, `new`, `import` and `super`
mod characters; // the classes of characters
mod classes; // classes and their members
mod context; // what the enclosing code allows
mod directives; // `"use strict"`
mod escapes; // escapes in strings, templates and names
mod expression; // the summary of an expression
mod functions; // functions, parameters and bodies
mod keys; // the keys of object literals, for those that occur twice
mod literals; // array and object literals, templates, regular expressions
mod loops; // `for`, `while`, `do`
mod modules; // `import` and `export`
mod numbers; // number literals
mod operators; // assignments, conditions, and binary and unary operators
mod primary; // the smallest expressions
mod reader; // the state of reading one text
mod statements; // statements
mod token; // the kinds of tokens
mod tokens; // bytes -> tokens
mod words; // keywords

use context::Context;
use reader::Reader;

pub(crate) use reader::{FoundFeatures, Mistake, Reading};

/// The result of reading a text.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// The text is right and contains these constructs.
    Readable(FoundFeatures),
    /// The text has a mistake.
    Unreadable(Mistake),
    /// A script uses what only a module can contain, or `await` as a name: only the parser tells
    /// which of them it is.
    Unsure,
}

/// Reads a text.
pub(crate) fn read(text: &str, reading: Reading) -> Verdict {
    let mut reader = Reader::new(text, reading);
    match reader.program() {
        _ if reader.is_unsure => Verdict::Unsure,
        Ok(()) => Verdict::Readable(reader.found),
        Err(_) => Verdict::Unreadable(reader.mistake.take().expect("reading stopped at it")),
    }
}

/// Whether a word, written without escapes, is an identifier in every place.
pub(crate) fn is_always_name(word: &str) -> bool {
    words::kind_of(word.as_bytes()) == token::Kind::Name
}

impl Reader<'_> {
    fn program(&mut self) -> reader::Read<()> {
        if self.text.starts_with("#!") {
            self.skip_hashbang();
        }
        self.start()?;
        if !self.reading.is_module && self.token.kind == token::Kind::Text {
            let directives = self.directives();
            if directives.is_strict {
                self.context = self.context.with(Context::STRICT_SCAN);
            }
            if self.is_use_strict(self.token) {
                self.context = self.context.with(Context::STRICT);
            }
        }
        while self.token.kind != token::Kind::End {
            self.item(statements::StatementContext::Top)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
