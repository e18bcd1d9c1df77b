//! Recognizes expressions that need no parser: most expressions of a template are names, paths and
//! literals.

/// True for a name, a path of names, a number, a string or a call without arguments, each with or
/// without `!` before it. `false` means nothing: the text may still be an expression.
pub(crate) fn is_plain(text: &str) -> bool {
    let text = text.trim_matches([' ', '\n', '\t', '\r']);
    let text = text.trim_start_matches('!');
    let Some(first) = text.bytes().next() else { return false };
    match first {
        b'0' => text.len() == 1,
        b'1'..=b'9' => text.len() < 16 && text.bytes().all(|byte| byte.is_ascii_digit()),
        b'\'' | b'"' => is_string(text, first),
        _ => is_path(text.strip_suffix("()").unwrap_or(text)),
    }
}

/// True for an ASCII name that is not a reserved word.
pub(crate) fn is_name(text: &str) -> bool {
    is_word(text) && !is_reserved(text)
}

fn is_path(text: &str) -> bool {
    let mut segments = text.split('.');
    segments
        .next()
        .is_some_and(|first| is_name(first) || matches!(first, "true" | "false" | "null" | "this"))
        && segments.all(is_word)
}

fn is_word(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
    text.bytes().next().is_some_and(|first| !first.is_ascii_digit()) && text.bytes().all(is_part)
}

fn is_string(text: &str, quote: u8) -> bool {
    let inside = text.as_bytes().get(1..text.len() - 1).unwrap_or_default();
    text.len() >= 2
        && text.as_bytes().last() == Some(&quote)
        && inside.iter().all(|byte| *byte != quote && !matches!(byte, b'\\' | b'\n' | b'\r'))
}

/// True for words that are never names, or not everywhere. They are compared by first letter
/// because this is called for every name.
pub(super) fn is_reserved(word: &str) -> bool {
    let Some(first) = word.bytes().next() else { return false };
    match first {
        b'a' => word == "await",
        b'b' => word == "break",
        b'c' => matches!(word, "case" | "catch" | "class" | "const" | "continue"),
        b'd' => matches!(word, "debugger" | "default" | "delete" | "do"),
        b'e' => matches!(word, "else" | "enum" | "export" | "extends"),
        b'f' => matches!(word, "false" | "finally" | "for" | "function"),
        b'i' => matches!(word, "if" | "implements" | "import" | "in" | "instanceof" | "interface"),
        b'l' => word == "let",
        b'n' => matches!(word, "new" | "null"),
        b'p' => matches!(word, "package" | "private" | "protected" | "public"),
        b'r' => word == "return",
        b's' => matches!(word, "static" | "super" | "switch"),
        b't' => matches!(word, "this" | "throw" | "true" | "try" | "typeof"),
        b'v' => matches!(word, "var" | "void"),
        b'w' => matches!(word, "while" | "with"),
        b'y' => word == "yield",
        _ => false,
    }
}
