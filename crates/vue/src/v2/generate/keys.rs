//! Keyboard keys by the names that modifiers use.

/// Returns the codes of a key, as JavaScript.
pub(super) fn codes(name: &str) -> Option<&'static str> {
    Some(match name {
        "esc" => "27",
        "tab" => "9",
        "enter" => "13",
        "space" => "32",
        "up" => "38",
        "left" => "37",
        "right" => "39",
        "down" => "40",
        "delete" => "[8,46]",
        _ => return None,
    })
}

/// Returns the values of `$event.key` for a key, as JavaScript: old browsers have names of their
/// own.
pub(super) fn names(name: &str) -> Option<&'static str> {
    Some(match name {
        "esc" => "[\"Esc\",\"Escape\"]",
        "tab" => "\"Tab\"",
        "enter" => "\"Enter\"",
        "space" => "[\" \",\"Spacebar\"]",
        "up" => "[\"Up\",\"ArrowUp\"]",
        "left" => "[\"Left\",\"ArrowLeft\"]",
        "right" => "[\"Right\",\"ArrowRight\"]",
        "down" => "[\"Down\",\"ArrowDown\"]",
        "delete" => "[\"Backspace\",\"Delete\",\"Del\"]",
        _ => return None,
    })
}
