//! Flips the functions of `transform`: what moves, turns or skews to one side does so to the other.

use std::ops::Range;

use bundle_base::{
    mapped_text::Edit,
    stylesheet::{bare, list},
};

use super::values::{edited, function, negated, words};

/// Returns the flipped value. `None`: it stays.
pub fn flipped(value: &str) -> Option<String> {
    let mut edits = Vec::new();
    functions(value, 0..value.len(), &mut edits);
    edited(value, &edits)
}

/// Flips functions, also those in the fallback of a variable.
fn functions(value: &str, range: Range<usize>, edits: &mut Vec<Edit>) {
    for word in words(&value[range.clone()]) {
        let word = range.start + word.start..range.start + word.end;
        let Some((name, inner)) = function(&value[word.clone()]) else { continue };
        let inner = word.start + inner.start..word.start + inner.end;
        let Some(numbers) = turned(name) else {
            functions(value, inner, edits);
            continue;
        };
        let arguments = list(value, inner).into_iter().enumerate();
        let arguments = arguments.filter(|(index, _)| numbers.contains(index));
        edits.extend(arguments.filter_map(|(_, argument)| {
            let argument = bare(value, argument);
            Some(Edit::replace(argument.clone(), negated(&value[argument])?))
        }));
    }
}

/// Returns which arguments of a function get the other sign.
fn turned(name: &str) -> Option<&'static [usize]> {
    // A mirrored matrix is the product of it and of the mirror, on both sides.
    Some(match name.to_ascii_lowercase().as_str() {
        "translate" | "translatex" | "translate3d" | "rotate" | "rotatey" | "rotatez" => &[0],
        "skewx" | "skewy" | "skew" => &[0, 1],
        "matrix" => &[1, 2, 4],
        "matrix3d" => &[1, 3, 4, 12],
        "rotate3d" => &[0, 3],
        _ => return None,
    })
}
