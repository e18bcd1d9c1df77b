//! The kinds of mistakes in a JSON text.

/// A kind of mistake in a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonMistake {
    Empty,
    Comment,
    TrailingComma,
    SingleQuotes,
    UnquotedKey,
    NoValue,
    NoColon,
    NoComma,
    Unclosed,
    UnterminatedString,
    ControlCharacter,
    Escape,
    Number,
    AfterEnd,
}
