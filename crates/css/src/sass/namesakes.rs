//! `@import`s with one text that mean several files. If `cart/_index.scss` is loaded as `cart`,
//! `@import "cart"` in it means `cart/_cart.scss`. The compiler knows the files that it is loading
//! by the text of their addresses, so it would see a cycle. `./cart` and `././cart` are other texts
//! for the same file: each folder gets one of its own.

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

/// What makes an address another text. More folders than this have no address in common.
const PREFIX: &str = "././././././././././././././././././././././././././././././././";

/// The addresses of `@import`s, each with the folders of the files that have it.
#[derive(Default)]
pub(super) struct Namesakes {
    folders: FxHashMap<String, Vec<Utf8PathBuf>>,
}

impl Namesakes {
    /// Returns what is put before addresses in a text, and where, in bytes. `is_beside`: whether an
    /// address means a file beside the importer; only then it may get a prefix.
    pub fn prefixes(
        &mut self,
        text: &str,
        importer: &Utf8Path,
        is_beside: impl Fn(&str) -> bool,
    ) -> Vec<(usize, &'static str)> {
        let folder = importer.parent().unwrap_or(importer);
        let mut found = Vec::new();
        for (at, rule) in text.match_indices("@import") {
            let begin = at + rule.len();
            let end = text[begin..].find([';', '\n', '}']).map_or(text.len(), |end| begin + end);
            for (at, address) in quoted(&text[begin..end]) {
                let number = self.number(address, folder).min(PREFIX.len() / 2);
                if number > 0 && is_beside(address) {
                    found.push((begin + at, &PREFIX[..2 * number]));
                }
            }
        }
        found
    }

    /// Returns how many other folders had an address before this one.
    fn number(&mut self, address: &str, folder: &Utf8Path) -> usize {
        let Some(folders) = self.folders.get_mut(address) else {
            self.folders.insert(address.to_owned(), vec![folder.to_owned()]);
            return 0;
        };
        folders.iter().position(|known| known == folder).unwrap_or_else(|| {
            folders.push(folder.to_owned());
            folders.len() - 1
        })
    }
}

/// Returns the strings of a list of addresses, each with the place behind its quotation mark.
fn quoted(list: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let open = rest + list[rest..].find(['"', '\''])?;
        let quote = char::from(list.as_bytes()[open]);
        let length = list[open + 1..].find(quote)?;
        rest = open + 1 + length + 1;
        Some((open + 1, &list[open + 1..open + 1 + length]))
    })
}

#[cfg(test)]
mod tests {
    use super::Namesakes;

    #[test]
    fn each_folder_has_its_own_text_for_an_address() {
        let mut namesakes = Namesakes::default();
        let mut of = |path: &str, text: &str| -> Vec<String> {
            let found = namesakes.prefixes(text, path.into(), |address| address != "far");
            found.into_iter().map(|(at, prefix)| format!("{prefix}{}", &text[at..])).collect()
        };
        let none: Vec<String> = Vec::new();
        assert_eq!(of("/p/shop.scss", "@import 'cart', \"far\"; .a { b: \"cart\" }"), none);
        assert_eq!(of("/p/cart/_index.scss", "@import url(x), \"cart\""), ["./cart\""]);
        assert_eq!(of("/p/cart/cart/_index.scss", "@import 'cart'"), ["././cart'"]);
        assert_eq!(of("/p/cart/_rows.scss", "@import 'cart'"), ["./cart'"]);
        assert_eq!(of("/p/cart/_rows.scss", "@import 'far'"), none);
    }
}
