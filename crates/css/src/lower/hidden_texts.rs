//! Hides texts from the printer, which would change or refuse them: a stand-in replaces each of
//! them until the rest is printed. It is valid CSS, a word or an address with the number of the
//! text.

use bundle_base::mapped_text::{Edit, MappedText};
use lightningcss::{
    dependencies::Location,
    printer::PrinterOptions,
    properties::custom::{Token, TokenList, TokenOrValue},
    targets::Targets,
    values::url::Url,
};

/// The prefix of every stand-in.
pub(super) const NAME: &str = "bundle-text-";

/// How values are printed.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub minify: bool,
    pub targets: Targets,
}

impl Form {
    pub(super) fn comma(self) -> &'static str {
        if self.minify { "," } else { ", " }
    }

    /// Returns the options that print for no target.
    pub(super) fn as_written(self) -> PrinterOptions<'static> {
        PrinterOptions { minify: self.minify, ..PrinterOptions::default() }
    }

    pub(super) fn options(self) -> PrinterOptions<'static> {
        PrinterOptions { minify: self.minify, targets: self.targets, ..PrinterOptions::default() }
    }
}

/// The texts that stand-ins replace. The number of a stand-in is the index of its text.
#[derive(Default)]
pub(super) struct HiddenTexts(Vec<String>);

impl HiddenTexts {
    /// Adds a text, and returns a stand-in that may replace an image.
    pub(super) fn as_url(&mut self, text: String) -> Url<'static> {
        Url { url: self.name(text).into(), loc: Location { line: 0, column: 0 } }
    }

    /// Adds a text, and returns a stand-in for a whole value.
    pub(super) fn as_value(&mut self, text: String) -> TokenList<'static> {
        TokenList(vec![TokenOrValue::Token(Token::Ident(self.name(text).into()))])
    }

    /// Adds a text, and returns a class whose selector replaces a list of selectors.
    pub(super) fn as_class(&mut self, text: String) -> String {
        self.name(text)
    }

    /// Adds a text, and returns the name of its stand-in. Equal texts have the same number, so that
    /// equal rules stay equal.
    fn name(&mut self, text: String) -> String {
        let known = self.0.iter().position(|known| *known == text);
        let number = known.unwrap_or_else(|| {
            self.0.push(text);
            self.0.len() - 1
        });
        format!("{NAME}{number}")
    }

    /// Puts the texts back into the printed stylesheet. A text may contain stand-ins of texts
    /// before it.
    pub(super) fn restored(&self, stylesheet: &MappedText) -> MappedText {
        let mut whole: Vec<String> = Vec::new();
        for text in &self.0 {
            let edits =
                stand_ins(text).filter_map(|(range, number)| Some((range, whole.get(number)?)));
            let (mut done, mut restored) = (0, String::new());
            for (range, inner) in edits {
                restored.push_str(&text[done..range.start]);
                restored.push_str(inner);
                done = range.end;
            }
            restored.push_str(&text[done..]);
            whole.push(restored);
        }
        let edits = stand_ins(stylesheet.text())
            .filter_map(|(range, number)| Some(Edit::replace(range, whole.get(number)?.as_str())));
        stylesheet.edited(&edits.collect::<Vec<_>>())
    }
}

/// Returns where stand-ins are in printed text, including what the printer wrote on both sides of
/// an address and before a class, and their numbers.
fn stand_ins(css: &str) -> impl Iterator<Item = (std::ops::Range<usize>, usize)> {
    css.match_indices(NAME).filter_map(move |(at, _)| {
        let digits = css[at + NAME.len()..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + NAME.len() + digits;
        let number = css[at + NAME.len()..end].parse().ok()?;
        let before = css[..at].trim_end_matches(['"', '\'']);
        let Some(before) = before.strip_suffix("url(") else {
            let start = at - usize::from(css[..at].ends_with('.'));
            return Some((start..end, number));
        };
        let after = css.len() - css[end..].trim_start_matches(['"', '\'']).len() + 1;
        Some((before.len()..after, number))
    })
}
