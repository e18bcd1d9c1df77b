//! What an identifier is. This does not use the parser's tables: a letter is what Unicode calls
//! alphabetic. That differs from `ID_Start` in a few characters that no name of a global contains.

/// Words that cannot name a variable, in sloppy or in strict code.
const RESERVED: &[&str] = &[
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Whether a text is an identifier name: `foo`, `$`, `été`. Reserved words are included,
/// because properties can have these names.
pub(super) fn is_identifier_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | '$'))
        && letters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '\u{200c}' | '\u{200d}'))
}

/// Whether a text can name a variable.
fn is_identifier(name: &str) -> bool {
    is_identifier_name(name) && !RESERVED.contains(&name)
}

/// Whether a text is a dotted path whose first name can be a variable: `App.lib.jq`.
pub(super) fn is_path(path: &str) -> bool {
    let mut names = path.split('.');
    names.next().is_some_and(is_identifier) && names.all(is_identifier_name)
}

/// Returns a dotted path without the name of the global object, with which a page global may be
/// written.
pub(super) fn without_object(path: &str) -> &str {
    let objects = ["window.", "self.", "globalThis."];
    objects.iter().find_map(|object| path.strip_prefix(object)).unwrap_or(path)
}

/// Returns a path of members as a dotted one: `App.lib.a-b` for `App.lib["a-b"]`. `None`: it is not
/// such a path, or a name in brackets has a dot.
pub fn dotted(path: &str) -> Option<String> {
    let length = path.find('[').unwrap_or(path.len());
    let (first, mut rest) = path.split_at(length);
    let mut names = is_path(first).then(|| vec![first])?;
    while !rest.is_empty() {
        if let Some(member) = rest.strip_prefix('.') {
            let length = member.find('[').unwrap_or(member.len());
            names.push(&member[..length]);
            rest = &member[length..];
            names.last()?.split('.').all(is_identifier_name).then_some(())?;
        } else {
            let quote = rest.strip_prefix('[')?.chars().next().filter(|c| "'\"".contains(*c))?;
            let (name, after) = rest[2..].split_once(quote)?;
            rest = after.strip_prefix(']')?;
            names.push((!name.is_empty() && !name.contains('.')).then_some(name)?);
        }
    }
    Some(names.join("."))
}

/// Whether the first `*` of a path is in brackets: `App["*"]`.
pub(super) fn has_star_in_brackets(path: &str) -> bool {
    let before = path.split_once('*').map_or("", |(before, _)| before);
    before.rfind('[') > before.rfind(']')
}

/// Whether `define` can replace a path: `process.env.NODE_ENV`, `import.meta.env.DEV`.
pub(super) fn is_definable(path: &str) -> bool {
    is_path(path)
        || path == "this"
        || path.strip_prefix("import.meta").is_some_and(|rest| rest.is_empty() || is_tail(rest))
}

fn is_tail(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|names| names.split('.').all(is_identifier_name))
}

/// Whether a text is a valid value for `define`: JSON, an identifier or a dotted path.
pub(super) fn is_value(text: &str) -> bool {
    is_path(text)
        || matches!(text, "this" | "undefined")
        || text
            .strip_prefix("this")
            .or_else(|| text.strip_prefix("import.meta"))
            .is_some_and(is_tail)
        || serde_json::from_str::<serde_json::Value>(text).is_ok()
}

/// Converts a text to a similar path of identifiers, `my-lib` to `myLib`; `None` if that is
/// impossible.
pub(super) fn near_identifier(path: &str) -> Option<String> {
    let mut words = path
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.'))
        .filter(|w| !w.is_empty());
    let mut name = words.next()?.to_owned();
    for word in words {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    is_path(&name).then_some(name)
}
