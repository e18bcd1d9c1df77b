//! Names of members: `a["b"]` is `a.b`, and `{ "a": 1 }` is `{ a: 1 }`.

use swc_common::util::take::Take;
use swc_ecma_ast::{Expr, IdentName, Lit, Number, PropName, Str};

/// Shortens the name of a property. `may_be_name`: whether a text that is a word means the same.
pub(super) fn shorten_key(key: &mut PropName, may_be_name: impl Fn(&str) -> bool) {
    if let PropName::Computed(computed) = key {
        match &mut *computed.expr {
            Expr::Lit(Lit::Str(text)) if text.value.as_str().is_some_and(&may_be_name) => {
                *key = PropName::Str(text.take());
            }
            Expr::Lit(Lit::Num(number)) => *key = PropName::Num(number.clone()),
            _ => return,
        }
    }
    if let PropName::Str(text) = key {
        if let Some(name) = as_name(text) {
            *key = PropName::Ident(IdentName::new(name.into(), text.span));
        } else if let Some(index) = as_index(text) {
            *key = PropName::Num(index);
        }
    }
}

/// Returns a text if it is a name in every edition.
pub(super) fn as_name(text: &Str) -> Option<String> {
    let name = text.value.as_str()?;
    let mut bytes = name.bytes();
    let is_name = bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_' || first == b'$')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$');
    is_name.then(|| name.to_owned())
}

/// Returns the number if a text is the printed form of a whole number.
pub(super) fn as_index(text: &Str) -> Option<Number> {
    let digits = text.value.as_str()?;
    let is_whole = digits == "0"
        || digits.len() < 10
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0')
            && !digits.is_empty();
    let value = digits.parse().ok().filter(|_| is_whole)?;
    Some(Number { span: text.span, value, raw: None })
}
