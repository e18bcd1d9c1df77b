//! Cuts the line of a place out of a source and makes it safe to print. Sources are hostile: a
//! minified line of a megabyte, escape sequences that would control the user's terminal, text that
//! runs from right to left. The result is one line of bounded width without any control character,
//! and the range of it to underline.

use std::ops::Range;

use super::model::Label;

/// Lines up to this many characters are shown whole.
const WHOLE_LINE: usize = 140;
/// The number of characters shown of a longer line.
const WINDOW: usize = 110;
/// The number of characters of the window that are before the place.
const BEFORE: usize = 40;
/// A tab, shown as spaces. Every character of the source has a column of its own, so the underline
/// is in the right place.
const TAB: &str = "    ";
/// Replaces text that was cut off.
const CUT: char = '…';

/// A printable line and the place in it.
pub(super) struct Excerpt {
    /// Line number, from 1.
    pub line: usize,
    /// Column of the place, from 1, in code points of the source.
    pub column: usize,
    /// The length of the label in code points of the source, over all its lines.
    pub length: usize,
    /// The line, or a window of it, without control characters.
    pub text: String,
    /// The label's range in `text`, in bytes. If the label has several lines, only the first is
    /// marked.
    pub marked: Range<usize>,
    /// Whether the whole label is on this line and shown: only then can its text be replaced in the
    /// excerpt.
    pub is_whole: bool,
}

/// Cuts the excerpt for a label. An offset past the end or inside a character is moved to the
/// nearest valid one before.
pub(super) fn excerpt(label: &Label) -> Excerpt {
    let text = label.source.text.as_str();
    let start = boundary(text, label.span.start as usize);
    let end = boundary(text, label.span.end as usize).max(start);
    let line_start = text[..start].rfind(ends_line).map_or(0, |at| at + width_at(text, at));
    let line_end = text[start..].find(ends_line).map_or(text.len(), |at| start + at);
    let on_line = end.min(line_end.max(start));
    let window = window(text, line_start..line_end.max(start), start);

    let mut shown = String::new();
    if window.start > line_start {
        shown.push(CUT);
    }
    push_printable(&mut shown, &text[window.start..start]);
    let from = shown.len();
    push_printable(&mut shown, &text[start..on_line.min(window.end)]);
    let to = shown.len();
    push_printable(&mut shown, &text[on_line.min(window.end)..window.end]);
    if window.end < line_end {
        shown.push(CUT);
    }
    let at = label.source.line_column(u32::try_from(start).unwrap_or(u32::MAX));
    Excerpt {
        line: at.line as usize,
        column: at.column as usize,
        length: text[start..end].chars().count(),
        text: shown,
        marked: from..to,
        is_whole: end <= window.end && end == on_line,
    }
}

/// Whether a character ends a line, as `Source::line_column` counts lines.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn width_at(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns the part of a line to show: all of it, or a window that has the place in its first half.
fn window(text: &str, line: Range<usize>, place: usize) -> Range<usize> {
    let is_short = text[line.clone()].chars().nth(WHOLE_LINE).is_none();
    if is_short {
        return line;
    }
    let start = text[line.start..place]
        .char_indices()
        .rev()
        .nth(BEFORE - 1)
        .map_or(line.start, |(at, _)| line.start + at);
    let end =
        text[start..line.end].char_indices().nth(WINDOW).map_or(line.end, |(at, _)| start + at);
    start..end.max(place)
}

/// Appends text, and replaces every character that could move the cursor, colour the terminal or
/// change the reading direction.
pub(super) fn push_printable(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\t' => out.push_str(TAB),
            '\u{7f}' => out.push('␡'),
            // The control pictures are in the order of the control characters.
            '\0'..='\u{1f}' => {
                out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'));
            }
            _ if is_invisible(c) => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

/// Whether a character is a C1 control, changes the direction of text, separates lines, or
/// is a byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
    )
}
