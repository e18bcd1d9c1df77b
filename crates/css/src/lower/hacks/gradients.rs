//! Gradients under a vendor's prefix. The printer reads them as if they had none. But without
//! a direction they begin at the top, and a browser that does not know the prefix needs the
//! background before them.

use std::ops::Range;

use bundle_base::mapped_text::Edit;

/// The prefixes that the printer knows.
const PREFIXES: [&str; 3] = ["-webkit-", "-moz-", "-o-"];
/// The words of a direction that do not begin with a number.
const SIDES: [&str; 5] = ["top", "bottom", "left", "right", "to"];

/// Gives gradients without a direction the one that they have under a prefix. `start`: where the
/// value begins in the stylesheet.
pub(super) fn direct(value: &str, start: usize, edits: &mut Vec<Edit>) {
    for (at, _) in value.match_indices("linear-gradient(") {
        let before = value[..at].strip_suffix("repeating-").unwrap_or(&value[..at]);
        let first = at + "linear-gradient(".len();
        let is_prefixed = PREFIXES.iter().any(|prefix| before.ends_with(prefix));
        if is_prefixed && begins_with_colour(&value[first..]) {
            edits.push(Edit::insert(start + first, "top,"));
        }
    }
}

/// Whether the first argument is no direction, as far as its text tells.
fn begins_with_colour(arguments: &str) -> bool {
    let first = arguments.trim_start();
    let word = first.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let is_number = first.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    let is_unknown = ["var", "calc", "env"].contains(&word) || first.starts_with('/');
    !is_number && !is_unknown && !SIDES.contains(&word)
}

/// The images of one rule that must not join the `background` before them: a browser that does not
/// know the prefix would lose that, too.
#[derive(Default)]
pub(super) struct Images {
    has_background: bool,
    /// The values of the images since the last one without a prefix, which makes them superfluous.
    prefixed: Vec<Range<usize>>,
    /// The printer joins what comes before an image with a prefix that it does not know.
    has_unknown: bool,
}

impl Images {
    /// Takes the next declaration of the rule.
    pub fn declaration(&mut self, css: &str, property: &str, value: &Range<usize>) {
        let text = &css[value.clone()];
        let is_prefixed = PREFIXES.iter().any(|prefix| text.contains(prefix));
        match property {
            "background" if is_prefixed => *self = Self::default(),
            "background" => *self = Self { has_background: true, ..Self::default() },
            "background-image" if text.contains("-ms-") => self.has_unknown = true,
            "background-image" if !is_prefixed && !self.has_unknown => self.prefixed.clear(),
            "background-image" if self.has_background && is_prefixed && !text.contains('!') => {
                self.prefixed.push(value.clone());
            }
            _ => {}
        }
    }

    /// Ends the rule. Returns the values to keep apart.
    pub fn end(&mut self) -> Vec<Range<usize>> {
        std::mem::take(self).prefixed
    }
}
