//! The key `preprocess`: a command for each stylesheet language.

use jsonc_parser::ast::Value;

use super::{
    super::{raw::Pair, style::LANGUAGES},
    reader::Reader,
};

/// Reads `preprocess`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Pair<Vec<String>>> {
    for property in reader.object(value, "preprocess") {
        if !LANGUAGES.iter().any(|names| names.contains(&property.name.as_str())) {
            reader.unknown(property, "preprocess", LANGUAGES.concat());
        }
    }
    reader.pairs(value, "preprocess", command)
}

/// Reads a command: a list of words, or a text that is split at blanks.
fn command(reader: &mut Reader<'_>, value: &Value<'_>, key: &str) -> Option<Vec<String>> {
    let command = match value.as_string_lit() {
        Some(text) => words(&text.value),
        None => reader.strings(value, key)?.into_iter().map(|word| word.value).collect(),
    };
    if command.first().is_none_or(String::is_empty) {
        reader.wrong(value, key, "a command: \"lessc --source-map-inline -\"");
        return None;
    }
    Some(command)
}

/// Splits a command into words; text in quotes is one word.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in text.chars() {
        match (c, quote) {
            (_, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (_, None) if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_make_words_but_in_quotes() {
        assert_eq!(
            words(" lessc  --include-path='my styles' \"\" - "),
            ["lessc", "--include-path=my styles", "", "-"]
        );
    }
}
