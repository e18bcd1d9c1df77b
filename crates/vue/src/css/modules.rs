//! Styles whose names are the file's own (`<style module>`): classes, ids and keyframes get names that no other file has, and a script is told which.

use std::ops::Range;

use bundle_base::sheet::{Item, is_keyframes, items, list};

use super::{
    animations::Keyframes,
    rewrite::Rewrite,
    selector::{self, Kind},
};
use crate::code::Code;

/// Renames what the sheet declares. `suffix`: what makes names the file's own. Gives the sheet, and its names with the new ones in the order of their
/// first mention.
pub(crate) fn own_names(sheet: &Code, suffix: &str) -> (Code, Vec<(String, String)>) {
    let css = sheet.text();
    let items = items(css);
    let frames = Keyframes::of(css, &items, &format!("_{suffix}"));
    let mut renaming = Renaming { css, suffix, out: Rewrite::new(sheet), names: Vec::new() };
    for item in &items {
        match item {
            Item::Selectors(range) => renaming.selectors(range.clone()),
            Item::AtRule { name, prelude } if is_keyframes(&css[name.clone()]) => renaming.name(prelude.clone()),
            Item::AtRule { .. } | Item::Junk(_) => {}
            Item::Declaration { property, value } => {
                frames.animate(css, (property.clone(), value.clone()), &mut renaming.out);
            }
        }
    }
    let Renaming { out, names, .. } = renaming;
    (out.finish(), names)
}

struct Renaming<'c> {
    css: &'c str,
    suffix: &'c str,
    out: Rewrite<'c>,
    names: Vec<(String, String)>,
}

impl Renaming<'_> {
    fn selectors(&mut self, range: Range<usize>) {
        for selector in list(self.css, range) {
            for piece in selector::parse(self.css, selector) {
                match piece.kind {
                    Kind::Class(name) => self.name(name),
                    Kind::Other if self.css[piece.range.clone()].starts_with('#') => {
                        self.name(piece.range.start + 1..piece.range.end);
                    }
                    Kind::Pseudo { name, inner: Some(inner) } => match &self.css[name] {
                        ":global" => self.out.keep_only(piece.range, inner),
                        ":local" => {
                            self.out.replace(piece.range.start..inner.start, "");
                            self.selectors(inner.clone());
                            self.out.replace(inner.end..piece.range.end, "");
                        }
                        _ => self.selectors(inner),
                    },
                    Kind::Pseudo { inner: None, .. } | Kind::Combinator | Kind::Other => {}
                }
            }
        }
    }

    fn name(&mut self, range: Range<usize>) {
        let name = &self.css[range.clone()];
        if name.is_empty() {
            return;
        }
        if !self.names.iter().any(|(known, _)| known == name) {
            self.names.push((name.to_owned(), format!("{name}_{}", self.suffix)));
        }
        self.out.insert(range.end, &format!("_{}", self.suffix));
    }
}
