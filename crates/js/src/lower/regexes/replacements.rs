//! The second argument of `text.replace(expression, …)` if the expression has named groups, which
//! the new expression lacks. `$<name>` in a string becomes `$01`, and a function gets the groups as
//! its last argument.

use std::fmt::Write;

use swc_ecma_ast::{Expr, ExprOrSpread, Lit, Pat};

use super::{groups::names, rewriting::Needs};
use crate::lower::build;

/// Arguments of the function after the groups: the place, the text, and the named groups.
const BEHIND_GROUPS: usize = 3;

/// Lowers a replacement.
pub(super) fn lower(argument: &mut ExprOrSpread, needs: &Needs) {
    match &mut *argument.expr {
        Expr::Lit(Lit::Str(text)) => {
            if let Some(plain) = text.value.as_str()
                && let Some(new) = numbered(plain, needs)
            {
                *argument.expr = Expr::Lit(Lit::Str(new.into()));
            }
        }
        // It does not take the named groups.
        Expr::Arrow(arrow)
            if arrow.params.len() <= needs.groups + BEHIND_GROUPS
                && !arrow.params.iter().any(Pat::is_rest) => {}
        value => {
            let value = std::mem::take(value);
            let lowered = build::helper("named_replacement", vec![value, names(&needs.names)]);
            *argument.expr = lowered;
        }
    }
}

/// Returns a replacement with numbers instead of names; `None` if it has no names.
fn numbered(text: &str, needs: &Needs) -> Option<String> {
    if !text.contains("$<") {
        return None;
    }
    let mut new = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        new.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest.strip_prefix("$<").and_then(|rest| rest.split_once('>'));
        if let Some((name, after)) = name {
            let named = needs.names.iter().find(|(known, _)| **known == *name);
            for number in named.iter().flat_map(|(_, numbers)| numbers) {
                // With two digits: a digit may follow.
                _ = write!(new, "${number:02}");
            }
            rest = after;
        } else {
            let end = if rest.starts_with("$$") { 2 } else { 1 };
            new.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    new.push_str(rest);
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_numbers() {
        let names = vec![("a".into(), vec![1]), ("b".into(), vec![2, 3])];
        let needs = Needs { names, groups: 3, is_sticky: false };
        let numbered = |text: &str| numbered(text, &needs);
        assert_eq!(numbered("$1$$"), None);
        assert_eq!(numbered("$<a>0-$<b>$$<a>$<c>$<").as_deref(), Some("$010-$02$03$$<a>$<"));
    }
}
