//! The settings that were not carried over, as text.

use std::{collections::HashSet, fmt::Write as _};

use super::plan::Note;

/// Removes notes that several readers made of one thing.
pub fn keep_first(notes: &mut Vec<Note>) {
    let mut known = HashSet::new();
    notes.retain(|note| known.insert((note.at.clone(), note.what.clone())));
}

/// Returns how many of so many notes with one remedy, or files, are shown before a number.
pub fn shown(count: usize) -> usize {
    const MOST: usize = 12;
    if count > MOST { 10 } else { count }
}

/// Returns the names of a list as text; a long list ends with the number of further names.
pub fn listed(names: &[&str]) -> String {
    let (shown, rest) = names.split_at(shown(names.len()));
    let text = shown.join(", ");
    if rest.is_empty() { text } else { format!("{text} and {} more", rest.len()) }
}

/// Returns what was not carried over. Notes in a row with one remedy share its line.
pub fn text(notes: &[Note]) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let mut text = "\nnot carried over:\n".to_owned();
    for alike in notes.chunk_by(|one, next| one.remedy == next.remedy) {
        let (shown, rest) = alike.split_at(shown(alike.len()));
        for one in shown {
            let _ = writeln!(text, "  {}", line(one));
        }
        if !rest.is_empty() {
            let _ = writeln!(text, "  and {} more like these", rest.len());
        }
        let _ = writeln!(text, "      {}", alike[0].remedy);
    }
    text
}

/// Returns a note with its place.
pub fn line(note: &Note) -> String {
    if note.at.is_empty() { note.what.clone() } else { format!("{}  {}", note.at, note.what) }
}
