//! Texts that the printer is not to see, because it would change or refuse them: each has a
//! stand-in that is CSS, a word or an address with the number of the text, until the rest is
//! printed.

use bundle_base::woven::{Edit, Woven};
use lightningcss::{
    dependencies::Location,
    printer::PrinterOptions,
    properties::custom::{Token, TokenList, TokenOrValue},
    targets::Targets,
    values::url::Url,
};

/// What every stand-in begins with.
const NAME: &str = "bundle-text-";

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

    pub(super) fn options(self) -> PrinterOptions<'static> {
        PrinterOptions { minify: self.minify, targets: self.targets, ..PrinterOptions::default() }
    }
}

/// The texts, by number.
#[derive(Default)]
pub(super) struct Texts(Vec<String>);

impl Texts {
    /// A stand-in where an image may be.
    pub(super) fn as_url(&mut self, text: String) -> Url<'static> {
        Url { url: self.name(text).into(), loc: Location { line: 0, column: 0 } }
    }

    /// A stand-in for a whole value.
    pub(super) fn as_value(&mut self, text: String) -> TokenList<'static> {
        TokenList(vec![TokenOrValue::Token(Token::Ident(self.name(text).into()))])
    }

    /// Equal texts have one number, so that rules that are equal stay equal.
    fn name(&mut self, text: String) -> String {
        let known = self.0.iter().position(|known| *known == text);
        let number = known.unwrap_or_else(|| {
            self.0.push(text);
            self.0.len() - 1
        });
        format!("{NAME}{number}")
    }

    /// The printed sheet with its texts. A text may have stand-ins of those before it.
    pub(super) fn restored(&self, sheet: &Woven) -> Woven {
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
        let edits = stand_ins(sheet.text())
            .filter_map(|(range, number)| Some(Edit::replace(range, whole.get(number)?.as_str())));
        sheet.edited(&edits.collect::<Vec<_>>())
    }
}

/// Where stand-ins are in printed text, with what the printer wrote around an address, and their
/// numbers.
fn stand_ins(css: &str) -> impl Iterator<Item = (std::ops::Range<usize>, usize)> {
    css.match_indices(NAME).filter_map(move |(at, _)| {
        let digits = css[at + NAME.len()..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + NAME.len() + digits;
        let number = css[at + NAME.len()..end].parse().ok()?;
        let before = css[..at].trim_end_matches(['"', '\'']);
        let Some(before) = before.strip_suffix("url(") else { return Some((at..end, number)) };
        let after = css.len() - css[end..].trim_start_matches(['"', '\'']).len() + 1;
        Some((before.len()..after, number))
    })
}
