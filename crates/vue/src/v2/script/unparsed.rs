//! A script without setup. No compiled code depends on its declarations, so it is parsed only if
//! warnings about the template may follow from it. A search in its text decides that.

use std::{ops::Range, sync::Arc};

use bundle_base::Source;

use super::{
    block::{ScriptBlock, language},
    default_export,
    file::File,
    options,
};
use crate::v2::bindings::{Bindings, Facts};

/// How many bytes after the words `components` and `name` are searched for names of components.
const FAR: usize = 2000;

/// A script that has not been parsed.
#[derive(Clone, Copy)]
pub struct Unread<'a> {
    /// The component's file.
    pub source: &'a Arc<Source>,
    pub block: &'a ScriptBlock,
}

impl<'a> Unread<'a> {
    /// Parses the script and returns what its options declare, also those of `Vue.extend({ … })`.
    /// `None` if there are none or the script has errors, which are reported when its module is
    /// compiled.
    pub fn read(self) -> Option<(Bindings, Facts)> {
        let file = File { source: self.source };
        let language = language(self.block.lang())?;
        let module =
            bundle_js::parse_block(file.source, self.block.range.clone(), language).ok()?;
        let options = default_export::find(&module, file)?.options()?;
        let bindings = Bindings { names: options::names_of(options), is_setup: false };
        Some((bindings, Facts { components: options::components(options), has_all_names: false }))
    }

    /// False if the script certainly declares no prop of this name.
    pub fn may_have_prop(self, name: &str) -> bool {
        self.behind("props").any(|text| words(text).any(|word| word == name))
    }

    /// Returns the words that may be names of components: those within `FAR` bytes of the words
    /// `components` and `name`.
    pub fn component_words(self) -> impl Iterator<Item = &'a str> {
        let text = self.text();
        let mut begins: Vec<usize> = ["components", "name"]
            .iter()
            .flat_map(|word| text.match_indices(word))
            .map(|(at, word)| at + word.len())
            .collect();
        begins.sort_unstable();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for begin in begins {
            let end = text.floor_char_boundary(begin + FAR);
            match ranges.last_mut() {
                Some(last) if last.end >= begin => last.end = end,
                _ => ranges.push(begin..end),
            }
        }
        ranges.into_iter().flat_map(move |range| words(&text[range]))
    }

    fn text(self) -> &'a str {
        self.source.text.get(self.block.range.clone()).unwrap_or_default()
    }

    /// Returns the text after each occurrence of a word.
    fn behind(self, word: &'static str) -> impl Iterator<Item = &'a str> {
        let text = self.text();
        text.match_indices(word).map(move |(at, _)| &text[at + word.len()..])
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '-')))
        .filter(|word| !word.is_empty())
}
