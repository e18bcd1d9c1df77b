//! Hides hacks for one old browser from the printer: `*zoom: 1`, `width: 1px\9`, `filter:
//! progid:…`, and mistakes that browsers ignore. They are invalid CSS, so the printer would change
//! or remove them, and often what is next to them. Stand-ins that are valid CSS replace them until
//! the stylesheet is printed. A restored hack comes after the other declarations of its rule,
//! because its purpose is to override them.

use std::ops::Range;

use bundle_base::{
    mapped_text::{Edit, MappedText},
    stylesheet::{Item, items},
};

mod gradients; // gradients under a prefix
mod lengths; // lengths without a unit

/// The prefix of every stand-in.
pub(super) const NAME: &str = "bundle-hack-";

/// The hacks that were replaced. The number of a stand-in is the index of its hack.
pub(super) struct Hacks {
    texts: Vec<String>,
}

impl Hacks {
    /// Returns the number of a text. Equal texts have the same number, so that equal rules stay
    /// equal.
    fn number(&mut self, text: &str) -> usize {
        self.texts.iter().position(|known| known == text).unwrap_or_else(|| {
            self.texts.push(text.to_owned());
            self.texts.len() - 1
        })
    }
}

/// Replaces the hacks of a stylesheet by stand-ins, and returns both.
pub(super) fn protect(stylesheet: &MappedText) -> (MappedText, Hacks) {
    let css = stylesheet.text();
    let mut hacks = Hacks { texts: Vec::new() };
    let mut edits = Vec::new();
    let mut images = gradients::Images::default();
    for item in items(css) {
        if !matches!(item, Item::Declaration { .. }) {
            keep_apart(images.end(), &mut hacks, &mut edits);
        }
        match item {
            Item::Declaration { property, value } => {
                images.declaration(css, &css[property.clone()], &value);
                if is_hack(&css[property.clone()], &css[value.clone()]) {
                    let range = property.start..value.end;
                    let text = format!("{NAME}{}:0", hacks.number(&css[range.clone()]));
                    edits.push(Edit::replace(range, text));
                } else {
                    gradients::direct(&css[value.clone()], value.start, &mut edits);
                }
            }
            Item::AtRule { name, prelude } => {
                let condition = &css[prelude.clone()];
                if &css[name.clone()] == "media" && condition.trim().is_empty() {
                    // It always applies, but the printer writes `not all` unless it minifies.
                    edits.push(Edit::replace(prelude, " all "));
                    continue;
                }
                let is_put_aside = match &css[name] {
                    "media" => has_escaped_digit(condition) || lengths::are_bare_in(condition),
                    "supports" => has_prefixed_property(condition),
                    _ => false,
                };
                if is_put_aside {
                    // Some hacks are not media queries, and have no space before them. Their
                    // stand-in needs one.
                    let is_apart = css[..prelude.start].ends_with(char::is_whitespace);
                    let space = if is_apart { "" } else { " " };
                    let text = format!("{space}({NAME}{}:0)", hacks.number(&css[prelude.clone()]));
                    edits.push(Edit::replace(prelude, text));
                }
            }
            Item::Junk(_) => {}
            Item::Selectors(range) => {
                for (at, found) in of_selectors(&css[range.clone()]) {
                    let text = format!("{NAME}{}", hacks.number(found));
                    let at = range.start + at;
                    edits.push(Edit::replace(at..at + found.len(), text));
                }
            }
        }
    }
    keep_apart(images.end(), &mut hacks, &mut edits);
    (stylesheet.edited(&edits), hacks)
}

/// Ends values with an empty hack. The printer does not read such a value, and so does not join it
/// with others.
fn keep_apart(values: Vec<Range<usize>>, hacks: &mut Hacks, edits: &mut Vec<Edit>) {
    for value in values {
        let end = Edit::insert(value.end, format!(" {NAME}{}", hacks.number("")));
        let place = edits.partition_point(|edit| edit.range.start < value.end);
        edits.insert(place, end);
    }
}

/// Whether a declaration is a hack: `*zoom: 1`, `_height: 1px`, `color: red\9`, `width: 1px !ie`,
/// `filter: alpha(opacity=50)`, `top: expression(…)`.
fn is_hack(property: &str, value: &str) -> bool {
    let begins_well = |c: char| c.is_alphabetic() || matches!(c, '-' | '\\') || !c.is_ascii();
    let is_odd = !property.starts_with(begins_well);
    // Nearly all values have none of these characters, and are not copied.
    let lower =
        if value.contains([':', '(', '!']) { value.to_ascii_lowercase() } else { String::new() };
    let is_filter = property.eq_ignore_ascii_case("filter") && value.contains('=');
    // An escape in a string is not a hack: `content: "\9"`.
    let is_plain = !value.contains(['"', '\'']);
    is_odd
        || is_filter
        || property.eq_ignore_ascii_case("behavior")
        || lower.contains("progid:")
        || lower.contains("expression(")
        || is_plain && has_escaped_digit(value)
        || lengths::are_bare(property, value)
        || has_odd_importance(&lower)
}

/// Whether a text contains `\9` or `\0`, which is meant for browsers that read it as a part of a
/// number.
fn has_escaped_digit(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.match_indices('\\').any(|(at, _)| {
        bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            && !bytes.get(at + 2).is_some_and(u8::is_ascii_hexdigit)
    })
}

/// Whether a condition tests a property with a vendor's prefix: the printer would test the standard
/// one instead, which other browsers have too.
fn has_prefixed_property(condition: &str) -> bool {
    condition.split('(').any(|part| part.trim_start().starts_with('-') && part.contains(':'))
}

/// Whether a value ends with `!ie`.
fn has_odd_importance(value: &str) -> bool {
    let word = value.rsplit_once('!').map(|(_, word)| word.trim());
    word == Some("ie")
}

/// Finds hacks in selectors: `*:first-child+html` and `*+html`, which IE 7 alone matches, and
/// `_:-ms-…`, which makes all browsers but IE ignore the rule. The printer would remove the star of
/// the first, and turn the others into rules of their own.
fn of_selectors(selectors: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for words in ["*:first-child+html", "*:first-child + html", "*+html", "* + html"] {
        found.extend(selectors.match_indices(words));
    }
    for (at, _) in selectors.match_indices("_:-") {
        let rest = &selectors[at..];
        let end = rest.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(rest.len());
        if at == 0 || selectors[..at].ends_with(|c: char| c == ',' || c.is_whitespace()) {
            found.push((at, &rest[..end]));
        }
    }
    found.sort_unstable();
    found
}

/// Puts the hacks back into the printed stylesheet.
pub(super) fn restore(stylesheet: &MappedText, hacks: &Hacks) -> MappedText {
    if hacks.texts.is_empty() {
        return stylesheet.edited(&[]);
    }
    let stylesheet = behind_the_others(stylesheet);
    let css = stylesheet.text();
    let mut edits = Vec::new();
    for (at, _) in css.match_indices(NAME) {
        let digits = css[at + NAME.len()..].bytes().take_while(u8::is_ascii_digit).count();
        let number = css[at + NAME.len()..at + NAME.len() + digits].parse::<usize>();
        let Some(text) = number.ok().and_then(|number| hacks.texts.get(number)) else { continue };
        let mut range = whole(css, at, at + NAME.len() + digits);
        if text.is_empty() {
            range.start = css[..at].trim_end().len();
        }
        edits.push(Edit::replace(range, text.as_str()));
    }
    stylesheet.edited(&edits)
}

/// Extends the range of a stand-in to the value that it was given, and to the parentheses of a
/// media query.
fn whole(css: &str, start: usize, end: usize) -> Range<usize> {
    let rest = css[end..].trim_start();
    let Some(value) =
        rest.strip_prefix(':').map(str::trim_start).and_then(|rest| rest.strip_prefix('0'))
    else {
        return start..end;
    };
    let end = css.len() - value.len();
    if css[..start].ends_with('(') && value.starts_with(')') {
        start - 1..end + 1
    } else {
        start..end
    }
}

/// Moves stand-ins for declarations to the end of their rows, because the printer has an order of
/// its own.
fn behind_the_others(stylesheet: &MappedText) -> MappedText {
    let css = stylesheet.text();
    let items = items(css);
    let mut mapped = MappedText::default();
    let mut done = 0;
    for row in rows(css, &items) {
        let ranges = items[row].iter().filter_map(|item| match item {
            Item::Declaration { property, value } => Some(property.start..value.end),
            Item::AtRule { .. } | Item::Junk(_) | Item::Selectors(_) => None,
        });
        let (hacks, others): (Vec<_>, Vec<_>) =
            ranges.partition(|range| css[range.clone()].starts_with(NAME));
        let (Some(_), Some(first), Some(last)) = (hacks.first(), others.first(), others.last())
        else {
            continue;
        };
        let start = first.start.min(hacks[0].start);
        let end = last.end.max(hacks[hacks.len() - 1].end);
        mapped.push_slice(stylesheet, done..start);
        let indent = css[..start].len() - css[..start].trim_end_matches(' ').len();
        for (index, range) in others.iter().chain(&hacks).enumerate() {
            if index > 0 {
                // Declarations are printed on lines of their own, or all on one line.
                let is_pretty = css[..start - indent].ends_with('\n');
                mapped.push_str(&if is_pretty {
                    format!(";\n{}", " ".repeat(indent))
                } else {
                    ";".to_owned()
                });
            }
            mapped.push_slice(stylesheet, range.clone());
        }
        done = end;
    }
    mapped.push_slice(stylesheet, done..css.len());
    mapped
}

/// Finds runs of declarations with nothing between them but semicolons and white space. Each run is
/// a range of indices into `items`.
fn rows(css: &str, items: &[Item]) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut row: Option<(usize, usize)> = None;
    for (index, item) in items.iter().enumerate() {
        let Item::Declaration { property, value } = item else {
            rows.extend(row.take().map(|(first, _)| first..index));
            continue;
        };
        let goes_on = row.is_some_and(|(_, end)| {
            css[end..property.start].chars().all(|c| c == ';' || c.is_whitespace())
        });
        let first = match row {
            Some((first, _)) if goes_on => first,
            _ => {
                rows.extend(row.take().map(|(first, _)| first..index));
                index
            }
        };
        row = Some((first, value.end));
    }
    rows.extend(row.map(|(first, _)| first..items.len()));
    rows
}

#[cfg(test)]
mod tests {
    use bundle_base::Source;

    use super::*;

    fn put_aside(css: &str) -> String {
        let (stylesheet, hacks) = protect(&MappedText::of(&Source::new("/a.css", "a.css", css)));
        assert_eq!(restore(&stylesheet, &hacks).text(), css, "what comes back");
        stylesheet.text().to_owned()
    }

    #[test]
    fn hacks_are_put_aside_and_come_back() {
        for (css, expected) in [
            ("a{top:0;*zoom:1}", "a{top:0;bundle-hack-0:0}"),
            ("a{_top:0}b{_top:0;_left:1}", "a{bundle-hack-0:0}b{bundle-hack-0:0;bundle-hack-1:0}"),
            ("a{top:0\\9}b{top:0\\0/}", "a{bundle-hack-0:0}b{bundle-hack-1:0}"),
            ("@media \\0screen{a{top:0}}", "@media (bundle-hack-0:0){a{top:0}}"),
            ("@media screen\\9{}", "@media (bundle-hack-0:0){}"),
            ("*+html a,b{top:0}", "bundle-hack-0 a,b{top:0}"),
            ("_:-ms-lang(x),a{top:0}", "bundle-hack-0,a{top:0}"),
            ("@supports (a:b) and (-webkit-c:d){}", "@supports (bundle-hack-0:0){}"),
            (
                "a{background:red;background-image:-o-linear-gradient(top,red,blue)}",
                "a{background:red;background-image:-o-linear-gradient(top,red,blue) bundle-hack-0}",
            ),
            (
                "a{content:\"\\9\";-webkit-x:y;--z:1\\31}",
                "a{content:\"\\9\";-webkit-x:y;--z:1\\31}",
            ),
        ] {
            assert_eq!(put_aside(css), expected, "{css}");
        }
    }

    #[test]
    fn a_hack_follows_what_it_overrides() {
        let of = |css: &str| {
            behind_the_others(&MappedText::of(&Source::new("/a.css", "a.css", css)))
                .text()
                .to_owned()
        };
        assert_eq!(
            of("a{bundle-hack-0:0;top:0;bundle-hack-1:0;left:0}b{c:d}"),
            "a{top:0;left:0;bundle-hack-0:0;bundle-hack-1:0}b{c:d}"
        );
        assert_eq!(
            of("a {\n  bundle-hack-0: 0;\n  top: 0;\n}\n"),
            "a {\n  top: 0;\n  bundle-hack-0: 0;\n}\n"
        );
        assert_eq!(of("a{bundle-hack-0:0}"), "a{bundle-hack-0:0}");
    }
}
