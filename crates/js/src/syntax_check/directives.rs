//! Reads the directives at the start of a body, of which only `"use strict"` has a meaning.

use super::{
    escapes,
    reader::Reader,
    token::{Kind, Token},
};

/// The meaning of the directives at the start of a body.
#[derive(Clone, Copy)]
pub(super) struct Directives {
    /// One of them means `use strict`, however it is written.
    pub is_strict: bool,
    /// One of them is written `use strict`, without escapes.
    pub is_plainly_strict: bool,
}

impl Reader<'_> {
    /// Looks at the directives from the current token on, and stays there.
    pub fn directives(&self) -> Directives {
        let mut found = Directives { is_strict: false, is_plainly_strict: false };
        let mut token = self.token;
        while matches!(token.kind, Kind::Text | Kind::SymbolText) {
            let Ok(next) = self.scan(token.end, 0) else { break };
            if !ends_directive(next) {
                break;
            }
            let raw = self.text_of(token);
            found.is_strict |= escapes::decoded(&raw[1..raw.len() - 1]) == "use strict";
            found.is_plainly_strict |= self.is_use_strict(token);
            token = next;
            if next.kind == Kind::Semicolon {
                let Ok(after) = self.scan(next.end, 0) else { break };
                token = after;
            }
        }
        found
    }

    /// Whether a token is `"use strict"`, written without escapes.
    pub fn is_use_strict(&self, token: Token) -> bool {
        matches!(self.text_of(token), "\"use strict\"" | "'use strict'")
    }
}

/// Whether a string before this token is a whole statement.
fn ends_directive(next: Token) -> bool {
    match next.kind {
        Kind::Semicolon | Kind::BraceClose | Kind::End => true,
        Kind::Comma
        | Kind::Dot
        | Kind::Question
        | Kind::QuestionDot
        | Kind::ParenOpen
        | Kind::BracketOpen
        | Kind::Backquote => false,
        kind if kind >= Kind::Assign && kind <= Kind::Exponent => false,
        Kind::In | Kind::Instanceof => false,
        _ => next.is_on_new_line(),
    }
}
