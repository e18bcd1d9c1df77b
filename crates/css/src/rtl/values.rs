//! Words, numbers and functions of a value.

use std::ops::Range;

use bundle_base::{mapped_text::Edit, stylesheet::after_token};

/// Returns the words of a value: what white space, commas, slashes and comments separate outside of
/// parentheses. A function is one word, also if the next one follows at once.
pub fn words(value: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let (mut start, mut at, mut depth) = (0, 0, 0_u32);
    while at < value.len() {
        let end = after_token(value, at);
        let byte = value.as_bytes()[at];
        let is_comment = byte == b'/' && value[at..].starts_with("/*");
        let is_between = byte.is_ascii_whitespace() || matches!(byte, b',' | b'/');
        if is_comment || is_between && depth == 0 {
            words.extend(Some(start..at).filter(|word| !word.is_empty()));
            start = end;
        }
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    words.push(start..end);
                    start = end;
                }
            }
            _ => {}
        }
        at = end;
    }
    words.extend(Some(start..value.len()).filter(|word| !word.is_empty()));
    words
}

/// Returns the name of a function, and where its arguments are in the word.
pub fn function(word: &str) -> Option<(&str, Range<usize>)> {
    let open = word.find('(')?;
    let is_name = word[..open].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_name && word.ends_with(')')).then(|| (&word[..open], open + 1..word.len() - 1))
}

/// Whether a word is the function of this name.
pub fn is_function(word: &str, name: &str) -> bool {
    function(word).is_some_and(|(found, _)| found.eq_ignore_ascii_case(name))
}

/// Returns the bytes of the number that a word begins with: `-1.5` of `-1.5px`.
pub fn number(word: &str) -> Option<usize> {
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    let sign = word.len() - digits.len();
    let length = digits.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    digits[..length].bytes().any(|byte| byte.is_ascii_digit()).then_some(sign + length)
}

/// Whether a word is a percentage.
pub fn is_percentage(word: &str) -> bool {
    number(word).is_some_and(|length| &word[length..] == "%")
}

/// Returns a number, or what a function gives, with the other sign. `None`: the word is neither, or
/// a variable, which may be flipped itself.
pub fn negated(word: &str) -> Option<String> {
    if let Some((name, inner)) = function(word) {
        let inner = &word[inner];
        if name.eq_ignore_ascii_case("var") {
            return None;
        }
        return Some(if name.eq_ignore_ascii_case("calc") {
            format!("{name}(-1*({inner}))")
        } else {
            format!("calc(-1*{word})")
        });
    }
    let length = number(word)?;
    if word[..length].parse() == Ok(0.0) {
        return Some(word.to_owned());
    }
    Some(match word.strip_prefix('-') {
        Some(rest) => rest.to_owned(),
        None => format!("-{}", word.trim_start_matches('+')),
    })
}

/// Returns 100 % minus a percentage. `None`: the word is neither a percentage nor `calc()`.
pub fn complement(word: &str) -> Option<String> {
    if let Some((name, inner)) = function(word) {
        let is_calc = name.eq_ignore_ascii_case("calc");
        return is_calc.then(|| format!("{name}(100% - ({}))", &word[inner]));
    }
    let length = number(word).filter(|_| is_percentage(word))?;
    let decimals = word[..length].split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let number: f64 = word[..length].parse().ok()?;
    Some(format!("{:.decimals$}%", 100.0 - number))
}

/// Returns a text in which two words have changed places, in any case. `None`: it has neither.
pub fn swapped(text: &str, one: &str, other: &str) -> Option<String> {
    swapped_if(text, one, other, |found, word| found == word)
}

/// Returns a text in which `left` and `right` have changed places. `None`: it has neither.
pub fn other_side(text: &str) -> Option<String> {
    swapped_if(text, "left", "right", str::eq_ignore_ascii_case)
}

fn swapped_if(
    text: &str,
    one: &str,
    other: &str,
    is_same: impl Fn(&str, &str) -> bool,
) -> Option<String> {
    let is_in_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let (mut swapped, mut done, mut at) = (String::new(), 0, 0);
    while at < text.len() {
        let length = text.as_bytes()[at..].iter().take_while(|byte| is_in_word(byte)).count();
        let word = &text[at..at + length];
        let instead =
            if is_same(word, one) { Some(other) } else { is_same(word, other).then_some(one) };
        if let Some(instead) = instead.filter(|_| length > 0) {
            swapped.push_str(&text[done..at]);
            swapped.push_str(instead);
            done = at + length;
        }
        let rest = &text.as_bytes()[at + length..];
        at += length + rest.iter().take_while(|byte| !is_in_word(byte)).count();
    }
    (done > 0).then(|| swapped + &text[done..])
}

/// Returns a value without `!important`, and that with the white space before it.
pub fn important(value: &str) -> (&str, &str) {
    let bang =
        value.rfind('!').filter(|at| value[at + 1..].trim().eq_ignore_ascii_case("important"));
    bang.map_or((value, ""), |at| value.split_at(value[..at].trim_end().len()))
}

/// Returns a value with edits. `None`: there are none.
pub fn edited(value: &str, edits: &[Edit]) -> Option<String> {
    let (mut text, mut done) = (String::new(), 0);
    for edit in edits {
        text.push_str(&value[done..edit.range.start]);
        text.push_str(&edit.text);
        done = edit.range.end;
    }
    (!edits.is_empty()).then(|| text + &value[done..])
}

/// Returns a value with other words. `None`: there are none.
pub fn with_words(
    value: &str,
    words: impl IntoIterator<Item = (Range<usize>, Option<String>)>,
) -> Option<String> {
    let edits: Vec<Edit> =
        words.into_iter().filter_map(|(range, text)| Some(Edit::replace(range, text?))).collect();
    edited(value, &edits)
}
