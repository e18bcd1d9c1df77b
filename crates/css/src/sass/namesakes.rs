//! `@import` of a file with the name of the importer or its folder: in `cart/_index.scss`,
//! `@import "cart"` means `cart/_cart.scss`. The compiler knows the files that it is loading by
//! the text of their addresses. If the index was loaded as `cart` too, it would see a cycle.
//! `./cart` is another text for the same file.

use camino::Utf8Path;

/// Returns where such addresses begin in a text, in bytes. `is_beside`: whether an address means
/// another file beside the importer.
pub(super) fn find(
    text: &str,
    importer: &Utf8Path,
    is_beside: impl Fn(&str) -> bool,
) -> Vec<usize> {
    let stem = importer.file_stem().unwrap_or_default();
    let folder = importer.parent().and_then(Utf8Path::file_name).unwrap_or_default();
    let names = [stem.strip_prefix('_').unwrap_or(stem), folder];
    let mut found = Vec::new();
    for (at, rule) in text.match_indices("@import") {
        let begin = at + rule.len();
        let end = text[begin..].find([';', '\n', '}']).map_or(text.len(), |end| begin + end);
        found.extend(quoted(&text[begin..end]).filter_map(|(at, address)| {
            (names.contains(&address) && is_beside(address)).then_some(begin + at)
        }));
    }
    found
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
    use super::find;

    #[test]
    fn addresses_like_the_importer_or_its_folder() {
        let text = "@import 'a', \"cart\", \"index\"; @import url(cart); .cart { a: \"cart\" }";
        let of = |path: &str| {
            let found = find(text, path.into(), |_| true).into_iter();
            found.map(|at| &text[at - 1..]).map(|text| &text[..6]).collect::<Vec<_>>()
        };
        assert_eq!(of("/p/cart/_index.scss"), ["\"cart\"", "\"index"]);
        assert_eq!(of("/p/_cart.scss"), ["\"cart\""]);
        assert!(of("/p/shop/_items.scss").is_empty());
        assert!(find(text, "/p/_cart.scss".into(), |_| false).is_empty());
    }
}
