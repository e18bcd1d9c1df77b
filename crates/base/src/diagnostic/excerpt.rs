//! One line of a source around one place, made safe to print. Sources are hostile: a minified line
//! of a megabyte, escape sequences that would drive the reader's terminal, text that runs from
//! right to left. What leaves this file is one line of bounded width without any control character,
//! and the underlined bytes within it.

use std::ops::Range;

use super::Label;

/// Lines up to this many characters are shown whole.
const WHOLE_LINE: usize = 140;
/// How much of a longer line is shown.
const WINDOW: usize = 110;
/// How much of the window lies before the place.
const BEFORE: usize = 40;
/// Columns of a tab. Two characters of source never share a column, so the underline stays in
/// place.
const TAB: &str = "    ";
/// What stands for text that was cut off.
const CUT: char = '…';

/// A printable line and the place in it.
pub(super) struct Excerpt {
    /// Line number, from 1.
    pub line: usize,
    /// Column of the place, from 1, in code points of the source.
    pub column: usize,
    /// Code points of the source that the label covers, on all its lines.
    pub length: usize,
    /// The line, or a window of it, without control characters.
    pub text: String,
    /// The label's bytes in `text`; of a label over several lines only the first.
    pub marked: Range<usize>,
    /// True if the label lies on this line and is shown whole: only then can it be replaced in the
    /// excerpt.
    pub is_whole: bool,
}

/// Cuts the excerpt for a label. Spans past the end or inside a character are moved to the nearest
/// place before.
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

/// The characters that end a line, as `Source::line_column` counts them.
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

/// The part of a line to show: all of it, or a window with the place in its first half.
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

/// Appends text with everything replaced that could move the cursor, colour the terminal or turn
/// the reading direction.
pub(super) fn push_printable(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\t' => out.push_str(TAB),
            '\u{7f}' => out.push('␡'),
            // The control pictures lie in the order of the characters they stand for.
            '\0'..='\u{1f}' => {
                out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'));
            }
            _ if is_invisible(c) => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

/// C1 controls, the characters that order or embed text of another direction, line separators, byte
/// order marks.
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
