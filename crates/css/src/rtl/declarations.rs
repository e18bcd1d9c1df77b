//! Flips one declaration. The first rule that fits a property counts, as in rtlcss.

use std::ops::Range;

use bundle_base::{mapped_text::Edit, stylesheet::list};

use super::{
    background, transforms,
    values::{self, edited, negated, other_side, swapped, with_words, words},
};

/// Returns the name and the value of a declaration for pages that are read from right to left.
/// `None`: it stays.
pub fn flipped(property: &str, value: &str) -> (Option<String>, Option<String>) {
    if property.starts_with("--") {
        return (None, None);
    }
    let name = property.to_ascii_lowercase();
    let safe_area = safe_area(value);
    if name.contains("left") {
        return (Some(name.replacen("left", "right", 1)), safe_area);
    }
    if name.contains("right") {
        return (Some(name.replacen("right", "left", 1)), safe_area);
    }
    let (plain, important) = values::important(safe_area.as_deref().unwrap_or(value));
    let flipped = of_property(&name, plain).map(|flipped| flipped + important);
    (None, flipped.or(safe_area))
}

/// Returns a value with the insets of the other side, which a page reads by `env()`.
fn safe_area(value: &str) -> Option<String> {
    const INSET: &str = "safe-area-inset-";
    let mut parts = value.split(INSET);
    let first = parts.next()?.to_owned();
    let flipped = parts.map(|part| match (part.strip_prefix("left"), part.strip_prefix("right")) {
        (Some(rest), _) => format!("{INSET}right{rest}"),
        (None, Some(rest)) => format!("{INSET}left{rest}"),
        (None, None) => format!("{INSET}{part}"),
    });
    value.contains(INSET).then(|| first + &flipped.collect::<String>())
}

/// Returns the flipped value of a property without a side.
fn of_property(name: &str, value: &str) -> Option<String> {
    let has = |part: &str| name.contains(part);
    let ends = |part: &str| name.ends_with(part);
    if has("direction") {
        directions(value)
    } else if is_of_four_sides(name) {
        sides(value)
    } else if has("border-radius") {
        Some(radius(value))
    } else if has("shadow") {
        shadow(value)
    } else if has("transform-origin") || has("perspective-origin") {
        background::origin(value)
    } else if ends("transform") && !name.starts_with("text-") {
        transforms::flipped(value)
    } else if ends("transition") || ends("transition-property") {
        other_side(value)
    } else if background::is_image(name) || background::is_position(name) {
        background::flipped(name, value)
    } else if ["float", "clear", "text-align"].into_iter().any(has)
        || ["justify-content", "justify-items", "justify-self"].into_iter().any(has)
    {
        other_side(value)
    } else if has("cursor") {
        cursor(value)
    } else {
        None
    }
}

/// Whether the values of a property are its four sides, from the top clockwise.
fn is_of_four_sides(name: &str) -> bool {
    let names = ["margin", "padding", "border-color", "border-style", "border-width", "inset"];
    names.contains(&name) || ["scroll-margin", "scroll-padding"].contains(&name)
}

fn directions(value: &str) -> Option<String> {
    with_words(
        value,
        words(value).into_iter().map(|word| {
            let text = swapped(&value[word.clone()].to_ascii_lowercase(), "ltr", "rtl");
            (word, text)
        }),
    )
}

fn sides(value: &str) -> Option<String> {
    let [_, right, _, left] = &words(value)[..] else { return None };
    let edits = [(right, left), (left, right)]
        .map(|(place, word)| Edit::replace(place.clone(), &value[word.clone()]));
    edited(value, &edits)
}

/// Flips the radii of corners, from the top left clockwise; those after a slash are vertical.
fn radius(value: &str) -> String {
    let slash = background::slash(value).unwrap_or(value.len());
    let (horizontal, vertical) = value.split_at(slash);
    [horizontal, vertical].map(corners).concat()
}

fn corners(value: &str) -> String {
    let words = words(value);
    let text = |word: &Range<usize>| value[word.clone()].to_owned();
    let order: &[usize] = match words.len() {
        2 => &[1, 0],
        // The bottom left corner has the radius of the top right one.
        3 => &[1, 0, 1, 2],
        4 => &[1, 0, 3, 2],
        _ => return value.to_owned(),
    };
    let all = order.iter().map(|index| text(&words[*index])).collect::<Vec<_>>().join(" ");
    let (first, last) = (words[0].start, words[words.len() - 1].end);
    format!("{}{all}{}", &value[..first], &value[last..])
}

/// Flips the horizontal offset of each shadow: its first number.
fn shadow(value: &str) -> Option<String> {
    let shadows = list(value, 0..value.len()).into_iter().filter_map(|one| {
        let is_offset = |word: &Range<usize>| {
            let word = &value[word.clone()];
            values::number(word).is_some() || values::is_function(word, "calc")
        };
        let words = words(&value[one.clone()]);
        let words = words.into_iter().map(|word| one.start + word.start..one.start + word.end);
        let offset = words.into_iter().find(is_offset)?;
        Some((offset.clone(), negated(&value[offset])))
    });
    with_words(value, shadows)
}

/// Flips cursors that show a corner.
fn cursor(value: &str) -> Option<String> {
    with_words(
        value,
        words(value).into_iter().map(|word| {
            let name = value[word.clone()].to_ascii_lowercase();
            let instead = match name.strip_suffix("-resize") {
                Some("ne") => Some("nw"),
                Some("nw") => Some("ne"),
                Some("se") => Some("sw"),
                Some("sw") => Some("se"),
                Some("nesw") => Some("nwse"),
                Some("nwse") => Some("nesw"),
                Some(_) | None => None,
            };
            (word, instead.map(|corner| format!("{corner}-resize")))
        }),
    )
}
