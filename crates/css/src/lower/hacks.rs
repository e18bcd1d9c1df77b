//! What old sheets say to one old browser: `*zoom: 1`, `width: 1px\9`, `filter: progid:…`. It is no
//! CSS, so the printer would drop it, and often what stands beside it, or change it. It gets names
//! that are CSS while the printer has it, and comes back as it was written: in a rule behind the
//! other declarations, because what it is for is to override them.

use bundle_base::{
    sheet::{Item, items},
    woven::{Edit, Woven},
};

use super::rows;

/// What every stand-in begins with.
pub(super) const NAME: &str = "bundle-hack-";

/// What was taken out, by number.
pub(super) struct Hacks {
    texts: Vec<String>,
}

impl Hacks {
    /// The number of a text: equal ones have one, so that rules that are equal stay equal.
    fn number(&mut self, text: &str) -> usize {
        self.texts.iter().position(|known| known == text).unwrap_or_else(|| {
            self.texts.push(text.to_owned());
            self.texts.len() - 1
        })
    }
}

/// The sheet without hacks, and these.
pub(super) fn protect(sheet: &Woven) -> (Woven, Hacks) {
    let css = sheet.text();
    let mut hacks = Hacks { texts: Vec::new() };
    let mut edits = Vec::new();
    for item in items(css) {
        match item {
            Item::Declaration { property, value } => {
                if is_hack(&css[property.clone()], &css[value.clone()]) {
                    let range = property.start..value.end;
                    let text = format!("{NAME}{}:0", hacks.number(&css[range.clone()]));
                    edits.push(Edit::replace(range, text));
                }
            }
            Item::AtRule { name, prelude } => {
                if &css[name] == "media" && has_escaped_digit(&css[prelude.clone()]) {
                    // Some are no query, and need no space before them.
                    let space = if css[..prelude.start].ends_with("media") { " " } else { "" };
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
    (sheet.edited(&edits), hacks)
}

/// `*zoom: 1`, `_height: 1px`, `color: red\9`, `width: 1px !ie`, `filter: alpha(opacity=50)`, `top:
/// expression(…)`.
fn is_hack(property: &str, value: &str) -> bool {
    let begins_well = |c: char| c.is_alphabetic() || matches!(c, '-' | '\\') || !c.is_ascii();
    let is_odd = !property.starts_with(begins_well);
    // As nearly always.
    let lower =
        if value.contains([':', '(', '!']) { value.to_ascii_lowercase() } else { String::new() };
    let is_filter = property.eq_ignore_ascii_case("filter") && value.contains('=');
    // Not in an icon's `content: "\9a"`.
    let is_plain = !value.contains(['"', '\'']);
    is_odd
        || is_filter
        || property.eq_ignore_ascii_case("behavior")
        || lower.contains("progid:")
        || lower.contains("expression(")
        || is_plain && has_escaped_digit(value)
        || has_odd_importance(&lower)
}

/// `\9`, `\0`: browsers that take it for a part of a number are meant.
fn has_escaped_digit(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.match_indices('\\').any(|(at, _)| {
        bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            && !bytes.get(at + 2).is_some_and(u8::is_ascii_hexdigit)
    })
}

/// `!ie`.
fn has_odd_importance(value: &str) -> bool {
    let word = value.rsplit_once('!').map(|(_, word)| word.trim());
    word == Some("ie")
}

/// `*:first-child+html` and `*+html`, which IE 7 alone finds, and `_:-ms-…`, which makes all but IE
/// leave out the rule. The printer takes the star off the first, and makes the others rules of
/// their own.
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

/// The sheet with its hacks.
pub(super) fn restore(sheet: &Woven, hacks: &Hacks) -> Woven {
    if hacks.texts.is_empty() {
        return sheet.edited(&[]);
    }
    let sheet = behind_the_others(sheet);
    let css = sheet.text();
    let mut edits = Vec::new();
    for (at, _) in css.match_indices(NAME) {
        let digits = css[at + NAME.len()..].bytes().take_while(u8::is_ascii_digit).count();
        let number = css[at + NAME.len()..at + NAME.len() + digits].parse::<usize>();
        let Some(text) = number.ok().and_then(|number| hacks.texts.get(number)) else { continue };
        edits.push(Edit::replace(whole(css, at, at + NAME.len() + digits), text.as_str()));
    }
    sheet.edited(&edits)
}

/// A stand-in with the value it was given, and the parentheses of a media query.
fn whole(css: &str, start: usize, end: usize) -> std::ops::Range<usize> {
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

/// The sheet with stand-ins for declarations at the end of their rows: the printer has its own
/// order.
fn behind_the_others(sheet: &Woven) -> Woven {
    let css = sheet.text();
    let items = items(css);
    let mut woven = Woven::default();
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
        woven.push_slice(sheet, done..start);
        let indent = css[..start].len() - css[..start].trim_end_matches(' ').len();
        for (index, range) in others.iter().chain(&hacks).enumerate() {
            if index > 0 {
                // Printed on lines of their own, or all on one.
                let is_pretty = css[..start - indent].ends_with('\n');
                woven.push_str(&if is_pretty {
                    format!(";\n{}", " ".repeat(indent))
                } else {
                    ";".to_owned()
                });
            }
            woven.push_slice(sheet, range.clone());
        }
        done = end;
    }
    woven.push_slice(sheet, done..css.len());
    woven
}

#[cfg(test)]
mod tests {
    use bundle_base::Source;

    use super::*;

    fn put_aside(css: &str) -> String {
        let (sheet, hacks) = protect(&Woven::of(&Source::new("/a.css", "a.css", css)));
        assert_eq!(restore(&sheet, &hacks).text(), css, "what comes back");
        sheet.text().to_owned()
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
            (
                "a{content:\"\\9\";-webkit-x:y;--z:1\\31}",
                "a{content:\"\\9\";-webkit-x:y;--z:1\\31}",
            ),
        ] {
            assert_eq!(put_aside(css), expected, "{css}");
        }
    }

    #[test]
    fn a_hack_stands_behind_what_it_overrides() {
        let of = |css: &str| {
            behind_the_others(&Woven::of(&Source::new("/a.css", "a.css", css))).text().to_owned()
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
