//! Flips backgrounds: the position of each layer, and the direction of its gradient.

use std::ops::Range;

use bundle_base::{
    mapped_text::Edit,
    stylesheet::{after_token, list},
};

use super::values::{
    complement, edited, function, is_function, is_percentage, negated, number, other_side, words,
};

/// Whether the values of a property are images alone.
pub fn is_image(name: &str) -> bool {
    name.ends_with("background-image")
}

/// Whether the values of a property have positions.
pub fn is_position(name: &str) -> bool {
    ["background", "object"].iter().any(|kind| {
        ["", "-position", "-position-x"].iter().any(|part| name.ends_with(&format!("{kind}{part}")))
    })
}

/// Returns the flipped value of a background or of a position. `None`: it stays.
pub fn flipped(name: &str, value: &str) -> Option<String> {
    let mut edits = Vec::new();
    for layer in list(value, 0..value.len()) {
        if is_position(name) {
            edits.extend(position(value, &layer, name.ends_with("-x")));
        }
        gradients(value, layer, &mut edits);
    }
    edits.sort_by_key(|edit| edit.range.start);
    edited(value, &edits)
}

/// Returns the flipped value of `transform-origin` or `perspective-origin`.
pub fn origin(value: &str) -> Option<String> {
    let words = words(value);
    if words.iter().any(|word| is_keyword(&value[word.clone()], &["left", "center", "right"])) {
        return other_side(value);
    }
    let is_vertical = |word: &Range<usize>| is_keyword(&value[word.clone()], &["top", "bottom"]);
    let first = words.into_iter().find(|word| !is_vertical(word))?;
    let text = match &value[first.clone()] {
        "0" => "100%".to_owned(),
        word => complement(word)?,
    };
    edited(value, &[Edit::replace(first, text)])
}

/// Returns the offset of the slash of a value outside of parentheses.
pub fn slash(value: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_u32);
    while at < value.len() {
        match value.as_bytes()[at] {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'/' if depth == 0 && !value[at..].starts_with("/*") => return Some(at),
            _ => {}
        }
        at = after_token(value, at);
    }
    None
}

/// Flips the position of a layer, which a slash separates from the size. A length alone counts from
/// the other side, if it can be said.
fn position(value: &str, layer: &Range<usize>, is_horizontal: bool) -> Vec<Edit> {
    let text = &value[layer.clone()];
    let text = &text[..slash(text).unwrap_or(text.len())];
    let is_side = |word: &str| is_keyword(word, &["left", "center", "right", "top", "bottom"]);
    let is_part = |word: &Range<usize>| {
        let word = &text[word.clone()];
        is_side(word) || number(word).is_some() || is_function(word, "calc")
    };
    let parts: Vec<Range<usize>> = words(text).into_iter().filter(is_part).collect();
    let sides = parts.iter().filter(|part| is_side(&text[(*part).clone()])).count();
    let replaced = |part: &Range<usize>, text: String| {
        Edit::replace(layer.start + part.start..layer.start + part.end, text)
    };
    let swapped = |part: &Range<usize>| Some(replaced(part, other_side(&text[part.clone()])?));
    let Some(first) = parts.first() else { return Vec::new() };
    let word = &text[first.clone()];
    if parts.len() >= 3 || sides == 2 {
        return parts.iter().filter_map(swapped).collect();
    }
    if word == "0" {
        return vec![replaced(first, "100%".to_owned())];
    }
    if is_percentage(word) || function(word).is_some() {
        return complement(word).map(|text| replaced(first, text)).into_iter().collect();
    }
    if is_side(word) {
        return swapped(first).into_iter().collect();
    }
    match &parts[..] {
        _ if is_horizontal => Vec::new(),
        [_] => vec![replaced(first, format!("right {word} top 50%"))],
        [_, second] if sides == 0 => vec![
            replaced(first, format!("right {word}")),
            replaced(second, format!("top {}", &text[second.clone()])),
        ],
        _ => Vec::new(),
    }
}

/// Flips the directions of gradients, also of those in other functions.
fn gradients(value: &str, range: Range<usize>, edits: &mut Vec<Edit>) {
    let text = &value[range.clone()];
    for word in words(text) {
        let Some((name, inner)) = function(&text[word.clone()]) else { continue };
        let start = range.start + word.start;
        let inner = start + inner.start..start + inner.end;
        if name.to_ascii_lowercase().ends_with("gradient") {
            edits.extend(direction(value, inner.clone()));
        }
        gradients(value, inner, edits);
    }
}

/// Flips the words of a gradient that are sides, and its first number if it has an angle.
fn direction(value: &str, inner: Range<usize>) -> Vec<Edit> {
    let text = &value[inner.clone()];
    let words = words(text);
    let is_angle = |word: &Range<usize>| {
        let word = &text[word.clone()];
        number(word)
            .is_some_and(|length| is_keyword(&word[length..], &["deg", "grad", "rad", "turn"]))
    };
    let has_number = |word: &&Range<usize>| number(&text[(*word).clone()]).is_some();
    let turned = words.iter().find(has_number).filter(|_| words.iter().any(is_angle));
    let edit = |word: &Range<usize>| {
        let flipped = if turned == Some(word) {
            negated(&text[word.clone()])
        } else {
            other_side(&text[word.clone()])
        };
        Some(Edit::replace(inner.start + word.start..inner.start + word.end, flipped?))
    };
    // Functions are flipped by themselves.
    words
        .iter()
        .filter(|word| function(&text[(*word).clone()]).is_none())
        .filter_map(edit)
        .collect()
}

fn is_keyword(word: &str, keywords: &[&str]) -> bool {
    keywords.iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
}
