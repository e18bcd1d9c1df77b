//! `@import`s with one text that mean several files. If `cart/_index.scss` is loaded as `cart`,
//! `@import "cart"` in it means `cart/_cart.scss`. The compiler knows the files that it is loading
//! by the text of their addresses, so it would see a cycle. `./cart` and `././cart` are other texts
//! for the same file: each file gets one of its own.

use std::ops::Range;

use bundle_base::stylesheet::{after_token, bare, list};
use camino::Utf8PathBuf;
use rustc_hash::FxHashMap;

/// What makes an address another text. More files than this have no address in common.
const PREFIX: &str = "././././././././././././././././././././././././././././././././";

/// The addresses of `@import`s, without `./` at their beginning. For each number of `./` that makes
/// another text of the address, the file that this text means: an empty path if that is not beside
/// its importer.
#[derive(Default)]
pub(super) struct AmbiguousImports(FxHashMap<String, Vec<Option<Utf8PathBuf>>>);

impl AmbiguousImports {
    /// Returns what is put before addresses in a text, and where, in bytes. `beside`: returns the
    /// file beside the importer that an address means; only an address of such a file may get a
    /// prefix.
    pub fn prefixes(
        &mut self,
        text: &str,
        is_indented: bool,
        beside: impl Fn(&str) -> Option<Utf8PathBuf>,
    ) -> Vec<(usize, &'static str)> {
        let mut found = Vec::new();
        for address in addresses(text, is_indented) {
            let written = &text[address.clone()];
            let number = self.number(written, beside(written));
            if number > 0 {
                found.push((address.start, &PREFIX[..2 * number.min(PREFIX.len() / 2)]));
            }
        }
        found
    }

    /// Returns how often `./` is put before an address, so that the text means this file alone.
    fn number(&mut self, address: &str, file: Option<Utf8PathBuf>) -> usize {
        let bare = address.trim_start_matches("./");
        let written = (address.len() - bare.len()) / 2;
        let texts = self.0.entry(bare.to_owned()).or_default();
        let is_free = |known: Option<&Option<Utf8PathBuf>>| match known {
            Some(Some(known)) => file.as_ref() == Some(known),
            Some(None) | None => true,
        };
        let number = match file {
            Some(_) => (written..=texts.len())
                .find(|number| is_free(texts.get(*number)))
                .unwrap_or(written),
            None => written,
        };
        texts.resize(texts.len().max(number + 1), None);
        texts[number].get_or_insert(file.unwrap_or_default());
        number - written
    }
}

/// Returns the addresses of the `@import`s of a text, without quotation marks.
fn addresses(text: &str, is_indented: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains("@import") {
        return found;
    }
    let (mut at, mut is_start) = (0, true);
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        if is_start && rest.starts_with("@import") {
            let end = list_end(text, at, is_indented);
            let items = list(text, at + "@import".len()..end).into_iter();
            found.extend(items.filter_map(|item| address(text, bare(text, item), is_indented)));
            at = end;
        } else if rest.starts_with("//") && (is_start || text[..at].ends_with([' ', '\t'])) {
            at += rest.find('\n').unwrap_or(rest.len());
        } else {
            is_start = matches!(character, ';' | '{' | '}')
                || is_indented && character == '\n'
                || is_start && (character.is_whitespace() || rest.starts_with("/*"));
            at = after_token(text, at);
        }
    }
    found
}

/// Returns where the list of an `@import` ends: in the indented syntax, with its line.
fn list_end(text: &str, mut at: usize, is_indented: bool) -> usize {
    let ends: &[char] = if is_indented { &['\n'] } else { &[';', '}'] };
    while at < text.len() && !text[at..].starts_with(ends) {
        at = after_token(text, at);
    }
    at
}

/// Returns an item of the list without its quotation marks. Only the indented syntax has others.
fn address(text: &str, mut item: Range<usize>, is_indented: bool) -> Option<Range<usize>> {
    while let Some(comment) = text[item.clone()].strip_prefix("//") {
        let start = item.end - comment.find('\n').map_or(0, |length| comment.len() - length);
        item = bare(text, start..item.end);
    }
    let written = &text[item.clone()];
    if let Some(quote) = written.chars().next().filter(|first| "'\"".contains(*first)) {
        let length = written[1..].find(quote)?;
        return Some(item.start + 1..item.start + 1 + length);
    }
    let is_plain = |c: char| c.is_alphanumeric() || "-_./~@".contains(c);
    (is_indented && !written.is_empty() && written.chars().all(is_plain)).then_some(item)
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use super::*;

    #[test]
    fn each_file_has_its_own_text_for_an_address() {
        let mut ambiguous = AmbiguousImports::default();
        let mut of = |path: &str, text: &str| -> Vec<String> {
            let folder = Utf8Path::new(path).parent().expect("a file is in a folder");
            let beside = |address: &str| {
                let name = address.trim_start_matches("./");
                let above =
                    name.strip_prefix("../").and_then(|name| Some(folder.parent()?.join(name)));
                (address != "far").then(|| above.unwrap_or_else(|| folder.join(name)))
            };
            let found = ambiguous.prefixes(text, path.ends_with("sass"), beside);
            found.into_iter().map(|(at, prefix)| format!("{prefix}{}", &text[at..])).collect()
        };
        let none: Vec<String> = Vec::new();
        assert_eq!(of("/p/shop.scss", "@import 'cart', \"far\"; .a { b: \"cart\" }"), none);
        assert_eq!(of("/p/cart/_index.scss", "@import url(x), \"cart\""), ["./cart\""]);
        assert_eq!(of("/p/cart/cart/_index.scss", "@import 'cart'"), ["././cart'"]);
        assert_eq!(of("/p/cart/_rows.scss", "@import 'cart'"), ["./cart'"]);
        assert_eq!(of("/p/cart/_rows.scss", "@import 'far'"), none);
        assert_eq!(of("/p/rows/_a.sass", "@import cart"), ["./././cart"]);
        // A file may have such an address itself.
        assert_eq!(of("/p/rows/_b.scss", "@import './cart'"), ["./././cart'"]);
        // Files of many folders may mean the same one.
        for number in 0..100 {
            assert_eq!(of(&format!("/p/parts/{number}/_a.scss"), "@import '../vars'"), none);
        }
        assert_eq!(of("/p/vars/_a.scss", "@import '../vars'"), ["./../vars'"]);
    }

    #[test]
    fn addresses_of_imports() {
        let of = |text: &str, is_indented| {
            let found = addresses(text, is_indented).into_iter();
            found.map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        let scss = "// it's\n@import\n  \"a\", // b\n  'c';\n/* @import 'd' */ .e { @import 'f'; \
                    content: \"@import 'g'\" }\na: url(http://x) @import 'h';";
        assert_eq!(of(scss, false), ["a", "c", "f"]);
        assert_eq!(of("@import a, 'b', url(c)\n.d\n  @import e\n", true), ["a", "b", "e"]);
        assert_eq!(of("@import 'never closed", false), Vec::<String>::new());
    }
}
