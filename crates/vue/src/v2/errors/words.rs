//! Finds keywords and operators in an expression.

use std::ops::Range;

use crate::expression::without_strings;

/// Returns the first keyword of a statement, or word that cannot be a variable, with its place.
pub(super) fn keyword(expression: &str) -> Option<(Range<usize>, &'static str)> {
    const KEYWORDS: &[&str] = &[
        "do",
        "if",
        "for",
        "let",
        "new",
        "try",
        "var",
        "case",
        "else",
        "with",
        "await",
        "break",
        "catch",
        "class",
        "const",
        "super",
        "throw",
        "while",
        "yield",
        "delete",
        "export",
        "import",
        "return",
        "switch",
        "default",
        "extends",
        "finally",
        "continue",
        "debugger",
        "function",
        "arguments",
    ];
    words(&without_strings(expression)).find_map(|(start, word)| {
        let known = KEYWORDS.iter().find(|keyword| **keyword == word)?;
        Some((start..start + word.len(), *known))
    })
}

/// Returns the first operator that looks like a call, `delete(x)`, with its place.
pub(super) fn operator_call(expression: &str) -> Option<(Range<usize>, &'static str)> {
    const OPERATORS: [&str; 3] = ["delete", "typeof", "void"];
    // Most expressions have no such operator.
    if !expression.contains('(') || !OPERATORS.iter().any(|operator| expression.contains(operator))
    {
        return None;
    }
    let code = without_strings(expression);
    // No call ends after the last `)`. Searching there for every operator would take long.
    let calls = &code[..=code.rfind(')')?];
    let (range, operator) = words(calls).find_map(|(start, word)| {
        let operator = OPERATORS.into_iter().find(|operator| *operator == word)?;
        let arguments = calls[start + word.len()..].trim_start().strip_prefix('(')?;
        let end = calls.len() - arguments.len() + arguments.find(')')? + 1;
        Some((start..end, operator))
    })?;
    (!code[..range.start].ends_with('$')).then_some((range, operator))
}

/// Returns the words of letters, digits and `_`, with their positions.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut rest = code;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c| !is_part(c));
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let start = code.len() - rest.len();
        let word;
        (word, rest) = rest.split_at(end);
        (!word.is_empty()).then_some((start, word))
    })
}
