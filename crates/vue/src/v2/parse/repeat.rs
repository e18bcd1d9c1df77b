//! `v-for`: `(item, index) in list`.

use crate::{
    mapped_code::{MappedCode, is_space},
    v2::tree::Repeat,
};

/// Parses the value of `v-for`. `None` if it has no `in` or `of`.
pub(crate) fn parse_for(expression: &MappedCode) -> Option<Repeat> {
    let (left, right) = keyword(expression.text())?;
    let list = expression.slice(right..expression.text().len()).trimmed();
    let alias = without_parens(&expression.slice(0..left).trimmed());
    let text = alias.text();
    // Commas in a pattern separate nothing here. Only those after its last bracket count, and of
    // these the last two.
    let after_pattern = text.rfind(['}', ']']).map_or(0, |at| at + 1);
    let mut commas = text[after_pattern..].rmatch_indices(',').map(|(at, _)| after_pattern + at);
    let (final_comma, before) = (commas.next(), commas.next());
    let part = |start: usize, end: usize| alias.slice(start..end).trimmed();
    Some(match (before, final_comma) {
        (Some(first), Some(second)) => Repeat {
            list,
            alias: part(0, first),
            first_index: Some(part(first + 1, second)),
            second_index: Some(part(second + 1, text.len())).filter(|_| second + 1 < text.len()),
        },
        (_, Some(first)) => {
            let first_index = Some(part(first + 1, text.len()));
            Repeat { list, alias: part(0, first), first_index, second_index: None }
        }
        (_, None) => Repeat { list, alias, first_index: None, second_index: None },
    })
}

/// Returns where the first ` in ` or ` of ` begins and ends.
fn keyword(text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    while let Some(found) = text[at..].find(is_space) {
        let start = at + found;
        let word = text[start..].trim_start_matches(is_space);
        let after = word.strip_prefix("in").or_else(|| word.strip_prefix("of"));
        if let Some(after) = after.filter(|after| after.starts_with(is_space)) {
            return Some((start, text.len() - after.trim_start_matches(is_space).len()));
        }
        at = text.len() - word.len();
    }
    None
}

fn without_parens(alias: &MappedCode) -> MappedCode {
    let text = alias.text();
    let start = usize::from(text.starts_with('('));
    let end = text.len() - usize::from(text.ends_with(')'));
    alias.slice(start..end.max(start))
}
