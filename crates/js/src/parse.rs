//! Text → program, or every mistake in it as a diagnostic. The parser runs only on a text that does
//! not nest too deeply for its stack, and its errors are put in the user's words.

use bundle_base::{Diagnostic, Label, Span, loader::Language};

use crate::{PartInput, ast, messages};

pub(crate) mod block; // scripts in the middle of another file
mod contents; // what a file may contain instead of JavaScript
mod depth; // how deep a text may nest
mod errors; // the parser's errors in the user's words
mod guess; // what the user probably meant where the parser stopped
pub(crate) mod json; // whether a text is JSON
mod jsx; // which JSX element is open
mod mistakes; // files whose contents do not match their extension
mod program; // swc's parser, and whether a text is an ES module or a script

pub(crate) use contents::{Contents, Template};
pub(crate) use json::JsonMistake;
pub(crate) use program::{Parsed, SyntaxKinds};

/// Parses one part. `Err` holds every mistake found, in order of position.
pub(crate) fn parse(input: &PartInput<'_>) -> Result<Parsed, Vec<Diagnostic>> {
    let text = input.source.text.as_str();
    if let Some(at) = depth::too_deep(text, input.language) {
        return Err(vec![messages::nested_too_deeply(Label::new(input.source, at))]);
    }
    let result = ast::guarded(input.source, || program::parse(input))
        .map_err(|broken| vec![errors::after_panic(input, broken)])?;
    let parsed = result.map_err(|errors| errors::report(input, &errors))?;
    match mistakes::page(input) {
        Some(page) => Err(vec![page]),
        None => Ok(parsed),
    }
}

/// Finds the place where a text nests too deeply for code that parses and walks it with less stack
/// than `analyse` has: deeper than `levels` brackets, or than as many operators as need the same
/// stack.
pub fn too_deep(text: &str, language: Language, levels: usize) -> Option<Span> {
    depth::deeper_than_levels(text, language, levels)
}
