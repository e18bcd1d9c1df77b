//! The two renderings of a diagnostic: drawn text for people, one line of JSON for programs. Every
//! label becomes a snippet of one line with its own line number, so the drawing library gets
//! neither a huge file nor a huge line. Line and column always refer to the source, never to the
//! excerpt.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use serde_json::{Value, json};

use super::{
    excerpt::{Excerpt, excerpt, push_printable},
    model::{Diagnostic, Label, Note, Severity, Suggestion},
    nearest::nearest,
};

/// Wider than any excerpt. Excerpts are already cut, and the library's own cutting does not know
/// their columns.
const WIDTH: usize = 1000;
/// The longest message in characters: messages may quote specifiers of any length.
const LONGEST_MESSAGE: usize = 2000;

/// Renders a diagnostic as drawn text with its excerpts, without a trailing newline. `color`: with
/// ANSI colours.
pub fn render_text(diagnostic: &Diagnostic, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.term_width(WIDTH).render(&groups(diagnostic));
    // The library pads lines to the column of a label; the trailing blanks are removed. It also
    // marks an excerpt whose place is on the line above, as with all of ours, as if it were of a
    // second file; and it draws a leading bar to an excerpt even if there is none.
    let has_place =
        diagnostic.primary.is_some() || diagnostic.notes.iter().any(|note| note.label.is_some());
    let is_noise = |line: &str| is_only(line, ":::") || (!has_place && is_only(line, "|"));
    let lines = drawn.lines().map(str::trim_end).filter(|line| !is_noise(line));
    let mut lines: Vec<&str> = lines.collect();
    lines.truncate(lines.iter().rposition(|line| !is_only(line, "|")).map_or(0, |last| last + 1));
    lines.join("\n")
}

/// Whether a line shows nothing but `sign`, in colour or not. Escape sequences never come
/// from a source, see `excerpt`.
fn is_only(line: &str, sign: &str) -> bool {
    let plain = line.split('\u{1b}').enumerate().flat_map(|(i, part)| match part.split_once('m') {
        Some((_, rest)) if i > 0 => rest.chars(),
        Some(_) | None => part.chars(),
    });
    plain.filter(|c| *c != ' ').eq(sign.chars())
}

/// Renders a diagnostic as one line of JSON.
pub fn render_json(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut line =
        json!({ "code": diagnostic.code, "severity": severity, "message": diagnostic.message });
    put_place(&mut line, diagnostic.primary.as_ref());
    let notes = diagnostic.notes.iter().map(|note| {
        let mut item = json!({ "message": note.message });
        put_place(&mut item, note.label.as_ref());
        item
    });
    line["notes"] = notes.collect();
    line["fix"] = diagnostic.fix.as_ref().map_or(Value::Null, |fix| {
        let replacement = match &diagnostic.primary {
            Some(label) => replacement(label, fix),
            None => fix.replacement.clone(),
        };
        json!({ "message": fix.message, "replacement": replacement })
    });
    line.to_string()
}

fn put_place(object: &mut Value, label: Option<&Label>) {
    let Some(label) = label else {
        object["file"] = Value::Null;
        return;
    };
    let shown = excerpt(label);
    object["file"] = slashes(&label.source.name).into();
    object["line"] = shown.line.into();
    object["column"] = shown.column.into();
    object["length"] = shown.length.into();
    object["excerpt"] = shown.text.into();
    if !label.text.is_empty() {
        object["label"] = label.text.as_str().into();
    }
}

/// Returns one group for the message and its place, one for each other place, and one for the
/// remedy.
fn groups(diagnostic: &Diagnostic) -> Vec<Group<'static>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code);
    let mut group = Group::with_title(title);
    if let Some(label) = &diagnostic.primary {
        group = draw_place(group, label);
    }
    let mut groups = Vec::new();
    for Note { message, label } in &diagnostic.notes {
        match label {
            Some(label) => {
                groups.push(group);
                group = draw_place(
                    Group::with_title(Level::NOTE.secondary_title(printable(message))),
                    label,
                );
            }
            None => group = group.element(Level::NOTE.message(printable(message))),
        }
    }
    groups.push(group);
    groups.extend(diagnostic.fix.as_ref().map(|fix| draw_fix(diagnostic.primary.as_ref(), fix)));
    groups
}

fn draw_place(group: Group<'static>, label: &Label) -> Group<'static> {
    let shown = excerpt(label);
    let origin = Origin::path(printable(&slashes(&label.source.name)))
        .line(shown.line)
        .char_column(shown.column);
    let mut mark = AnnotationKind::Primary.span(shown.marked);
    if !label.text.is_empty() {
        mark = mark.label(printable(&label.text));
    }
    group
        .element(origin)
        .element(Snippet::source(shown.text).line_start(shown.line).annotation(mark))
}

/// Draws the remedy: the corrected line if the replacement is known, otherwise only the message.
fn draw_fix(label: Option<&Label>, fix: &Suggestion) -> Group<'static> {
    let title = Group::with_title(Level::HELP.secondary_title(printable(&fix.message)));
    let Some((label, text)) = label.and_then(|label| Some((label, replacement(label, fix)?)))
    else {
        return title;
    };
    let shown: Excerpt = excerpt(label);
    if !shown.is_whole || text.contains(['\n', '\r']) || text.len() > LONGEST_MESSAGE {
        return title;
    }
    let patch = Patch::new(shown.marked, printable(&text));
    title.element(Snippet::source(shown.text).line_start(shown.line).patch(patch))
}

/// Returns the replacement with the quotes of the text it replaces: labels of specifiers and keys
/// include the quotes, and suggested names have none.
fn replacement(label: &Label, fix: &Suggestion) -> Option<String> {
    let text = fix.replacement.as_ref()?;
    let old = label.source.text.get(label.span.start as usize..label.span.end as usize)?;
    // If the misspelt name is only a part of the labelled text, the suggested name cannot replace
    // all of it.
    let is_name = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
    if is_name(old) && is_name(text) && nearest(old, [text.as_str()]).is_none() {
        return None;
    }
    let quote = old.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    Some(match quote {
        Some(q) if old.len() > 1 && old.ends_with(q) && !text.starts_with(['"', '\'', '`']) => {
            format!("{q}{text}{q}")
        }
        Some(_) | None => text.clone(),
    })
}

/// Removes control characters except line breaks from a message, and cuts it to a bounded length.
fn printable(text: &str) -> String {
    let cut = text.char_indices().nth(LONGEST_MESSAGE).map(|(at, _)| at);
    let mut out = String::new();
    for (i, line) in text[..cut.unwrap_or(text.len())].split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        push_printable(&mut out, line);
    }
    if cut.is_some() {
        out.push('…');
    }
    out
}

fn slashes(path: &str) -> String {
    path.replace('\\', "/")
}

#[cfg(test)]
mod tests;
