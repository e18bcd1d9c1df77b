//! Lengths without a unit: `width: 100`. Browsers ignore the declaration, and the printer would add
//! `px`.

/// Properties whose values have no numbers but lengths, percentages and `0`.
const PROPERTIES: [&str; 32] = [
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "border-bottom-width",
    "border-left-width",
    "border-radius",
    "border-right-width",
    "border-spacing",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-top-width",
    "border-width",
    "bottom",
    "box-shadow",
    "column-gap",
    "font-size",
    "gap",
    "height",
    "left",
    "letter-spacing",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "outline-offset",
    "outline-width",
    "right",
    "row-gap",
    "text-indent",
    "text-shadow",
    "top",
    "width",
    "word-spacing",
];

/// Whether a declaration has a length without a unit.
pub(super) fn are_bare(property: &str, value: &str) -> bool {
    // Nearly all values end here.
    if !value.split([' ', ',', '\n', '\t']).any(is_number) {
        return false;
    }
    let property = property.to_ascii_lowercase();
    let is_side = |name: &str| property == name || property.starts_with(&format!("{name}-"));
    // Numbers in functions are something else.
    !value.contains('(')
        && (PROPERTIES.binary_search(&property.as_str()).is_ok()
            || is_side("margin")
            || is_side("padding"))
}

/// Whether a media query compares with a length without a unit: `(max-width: 600)`.
pub(super) fn are_bare_in(query: &str) -> bool {
    query.split('(').any(|part| {
        let feature = part.split(')').next().unwrap_or(part).split_once(':');
        feature.is_some_and(|(name, value)| {
            let name = name.trim().to_ascii_lowercase();
            (name.ends_with("width") || name.ends_with("height")) && is_number(value.trim())
        })
    })
}

/// Whether a word is a number other than zero.
fn is_number(word: &str) -> bool {
    let digits = word.trim_start_matches(['+', '-']);
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_need_a_unit() {
        assert!(PROPERTIES.is_sorted());
        for (property, value) in [
            ("width", "100"),
            ("Margin", "0 10"),
            ("padding-left", "-1.5"),
            ("box-shadow", "0 0 10 red"),
        ] {
            assert!(are_bare(property, value), "{property}: {value}");
        }
        for (property, value) in [
            ("width", "0"),
            ("margin", "0 auto 0.0 1px"),
            ("flex", "1 1 0"),
            ("line-height", "2"),
            ("width", "calc(1px * 2)"),
            ("box-shadow", "0 0 1px rgba(0, 0, 0, 0.5)"),
            ("border-image-width", "1"),
        ] {
            assert!(!are_bare(property, value), "{property}: {value}");
        }
        assert!(are_bare_in("screen and (max-width: 600)"));
        assert!(!are_bare_in("(min-width: 0) and (max-width: 600px) and (min-resolution: 2)"));
    }
}
