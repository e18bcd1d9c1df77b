//! Resolves the files that a stylesheet refers to: images, fonts, cursors. An address is relative
//! to the file in which it was written, which may be a partial. The file is inlined into the
//! stylesheet, or becomes an asset of the output, with a placeholder for its address.

use std::{ops::Range, sync::Arc};

use bundle_base::{
    Label, Source,
    asset::{self, Address, Asset, PLACEHOLDER, Wanted},
    config::{absolute, relative},
    loader::{AddressTarget, LoadContext},
    mapped_text::{Edit, MappedText},
    stylesheet::{Item, after_token, items},
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::messages;

/// Replaces the addresses of files in a stylesheet. `file` is the source that contains it. Files
/// that are not inlined are added to `assets`.
pub fn moved(
    stylesheet: MappedText,
    file: &Arc<Source>,
    assets: &mut Vec<Arc<Asset>>,
    cx: &mut LoadContext<'_>,
) -> MappedText {
    let mut moving = Moving { file, assets, cx, known: FxHashMap::default() };
    let mut edits = Vec::new();
    for reference in all(stylesheet.text()) {
        let text = moving.moved(&stylesheet, &reference);
        edits.extend(text.map(|text| Edit::replace(reference.range, text)));
    }
    if edits.is_empty() { stylesheet } else { stylesheet.edited(&edits) }
}

/// Makes the addresses in a stylesheet relative to the folder of the stylesheet `outer`, into which
/// it is inlined. `file` is its path.
pub fn rebased(stylesheet: MappedText, file: &Utf8Path, outer: &Utf8Path) -> MappedText {
    let [Some(from), Some(to)] = [file, outer].map(Utf8Path::parent) else { return stylesheet };
    let references = all(stylesheet.text()).into_iter();
    let edits = references.filter_map(|Reference { range, address, is_string }| {
        if from == to || is_elsewhere(&address) || address.starts_with(['/', '~']) {
            return None;
        }
        let (path, rest) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
        let address = relative(to, &absolute(from, path)) + rest;
        let address = address.replace('"', "%22");
        let text = if is_string { format!("\"{address}\"") } else { format!("url(\"{address}\")") };
        Some(Edit::replace(range, text))
    });
    let edits: Vec<Edit> = edits.collect();
    if edits.is_empty() { stylesheet } else { stylesheet.edited(&edits) }
}

/// Returns the addresses in the declarations of a stylesheet, in order.
fn all(css: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    for item in items(css) {
        let Item::Declaration { property, value } = item else { continue };
        if !css[value.clone()].contains('(') {
            continue;
        }
        // Internet Explorer resolves the addresses of `behavior` from the page.
        if css[property.clone()].to_ascii_lowercase().ends_with("behavior") {
            continue;
        }
        if is_ignored(css, property.start) {
            continue;
        }
        found.extend(references(css, value));
    }
    found
}

/// An address in a stylesheet.
struct Reference {
    /// Where it is: a `url(…)`, or a string.
    range: Range<usize>,
    /// The address, with its escapes resolved.
    address: String,
    /// Whether it is a string without `url()`: an image of an `image-set()`.
    is_string: bool,
}

/// Returns the addresses in a value, in order.
fn references(css: &str, value: Range<usize>) -> Vec<Reference> {
    let mut found = Vec::new();
    // For each open parenthesis, whether it opens an `image-set()`.
    let mut open: Vec<bool> = Vec::new();
    let mut at = value.start;
    while at < value.end {
        let end = after_token(css, at).min(value.end);
        let rest = &css[at..value.end];
        if is_url(rest) && !follows_a_word(css, at) {
            let end = url_end(css, at, value.end);
            let inner = css[at + 4..end].trim_end_matches(')').trim();
            if !is_ignored(css, at) {
                found.push(Reference {
                    range: at..end,
                    address: unescaped(unquoted(inner)),
                    is_string: false,
                });
            }
            at = end;
            continue;
        }
        match rest.as_bytes()[0] {
            b'(' => open.push(css[value.start..at].to_ascii_lowercase().ends_with("image-set")),
            b')' => drop(open.pop()),
            b'"' | b'\'' if open.last() == Some(&true) => {
                found.push(Reference {
                    range: at..end,
                    address: unescaped(unquoted(&css[at..end])),
                    is_string: true,
                });
            }
            _ => {}
        }
        at = end;
    }
    found
}

/// Whether `/* webpackIgnore: true */` is before a declaration or an address, which then stays as
/// it is (css-loader).
fn is_ignored(css: &str, before: usize) -> bool {
    let comment = css[..before].trim_end().strip_suffix("*/");
    let comment = comment.and_then(|text| text.rsplit_once("/*"));
    let words = comment.and_then(|(_, text)| text.trim().split_once(':'));
    words.is_some_and(|(key, value)| key.trim() == "webpackIgnore" && value.trim() == "true")
}

fn is_url(text: &str) -> bool {
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url("))
}

fn follows_a_word(css: &str, at: usize) -> bool {
    css[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Returns the place after the parenthesis that closes a `url(`.
fn url_end(css: &str, start: usize, limit: usize) -> usize {
    let mut at = start + 4;
    let is_quoted = css[at..limit].trim_start().starts_with(['"', '\'']);
    while at < limit && css.as_bytes()[at] != b')' {
        at = if is_quoted || css.as_bytes()[at] == b'\\' { after_token(css, at) } else { at + 1 };
    }
    (at + 1).min(limit)
}

pub(crate) fn unquoted(text: &str) -> &str {
    let quoted = |quote| text.strip_prefix(quote).and_then(|text: &str| text.strip_suffix(quote));
    quoted('"').or_else(|| quoted('\'')).unwrap_or(text)
}

/// Resolves the escapes of a text (CSS Syntax 4.3.7).
pub(crate) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(backslash) = rest.find('\\') {
        plain.push_str(&rest[..backslash]);
        rest = &rest[backslash + 1..];
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits == 0 {
            let escaped = rest.chars().next();
            plain.extend(escaped.filter(|c| *c != '\n'));
            rest = &rest[escaped.map_or(0, char::len_utf8)..];
            continue;
        }
        let code = u32::from_str_radix(&rest[..digits], 16).unwrap_or(0);
        plain.push(char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}'));
        rest = &rest[digits..];
        rest = rest.strip_prefix([' ', '\t', '\n']).unwrap_or(rest);
    }
    plain.push_str(rest);
    plain
}

struct Moving<'m, 'c> {
    file: &'m Arc<Source>,
    assets: &'m mut Vec<Arc<Asset>>,
    cx: &'m mut LoadContext<'c>,
    /// By the file that contains an address and the address as written: what replaces it. `None`:
    /// nothing does.
    known: FxHashMap<(Utf8PathBuf, String), Option<String>>,
}

impl Moving<'_, '_> {
    /// Returns what replaces a reference. `None`: it stays as it is.
    fn moved(&mut self, stylesheet: &MappedText, reference: &Reference) -> Option<String> {
        if is_elsewhere(&reference.address) {
            return None;
        }
        let label = stylesheet
            .label(reference.range.clone())
            .unwrap_or_else(|| messages::label(self.file, 0..0));
        let key = (label.source.path.clone(), reference.address.clone());
        if !self.known.contains_key(&key) {
            let address = self.address(&reference.address, label);
            self.known.insert(key.clone(), address);
        }
        let address = self.known[&key].as_ref()?;
        Some(if reference.is_string {
            format!("\"{address}\"")
        } else {
            format!("url(\"{address}\")")
        })
    }

    fn address(&mut self, written: &str, label: Label) -> Option<String> {
        let AddressTarget { path, name, query } = self.find(written, label.clone())?;
        if let Some(why) = asset::private(&path, self.cx.fs) {
            self.cx.log.push(asset::private_file(&name, why).at(narrowed(label, written).0));
            return None;
        }
        let bytes: Arc<Vec<u8>> = match self.cx.fs.read(&path) {
            Ok(bytes) => bytes.into(),
            Err(error) => {
                self.cx.log.push(messages::unreadable(&name, &error).at(label));
                return None;
            }
        };
        let (asked, fragment) = query.split_at(query.find('#').unwrap_or(query.len()));
        let requested = Wanted::of(asked);
        // A fragment is a place in a file, and would be lost if the file were inlined.
        let wanted =
            requested.unwrap_or(if fragment.is_empty() { Wanted::Either } else { Wanted::File });
        match asset::address(&name, &bytes, wanted, &self.cx.config.assets) {
            Address::Inline(url) => Some(url.to_string()),
            Address::File(asset) => {
                let kept = if requested.is_some() { "" } else { asked };
                let address = format!("{PLACEHOLDER}{}{kept}{fragment}", asset.hash);
                if !self.assets.contains(&asset) {
                    self.assets.push(asset);
                }
                Some(address)
            }
        }
    }

    /// Resolves an address from the file in which it is written, else from the stylesheet into
    /// which all files are compiled, as tools do that know nothing of partials.
    fn find(&mut self, written: &str, label: Label) -> Option<AddressTarget> {
        let address =
            written.strip_prefix('~').map_or(written, |package| package.trim_start_matches('/'));
        let importer = label.source.path.clone();
        let (label, is_exact) = narrowed(label, written);
        match self.cx.resolve.asset(address, &importer, label.clone()) {
            Ok(found) => found,
            Err(mut missing) => {
                let beside = self.cx.resolve.asset(address, &self.file.path, label);
                beside.unwrap_or_else(|_| {
                    // An address that was built from variables is not in the source, so the fix
                    // cannot replace it.
                    if let Some(fix) = missing.fix.as_mut().filter(|_| !is_exact) {
                        fix.replacement = None;
                    }
                    self.cx.log.push(*missing);
                    None
                })
            }
        }
    }
}

/// Narrows a label to the address in the declaration that the label begins with. The flag: whether
/// the address was found there.
fn narrowed(label: Label, address: &str) -> (Label, bool) {
    let start = label.span.start as usize;
    let rest = &label.source.text[start..];
    let statement = &rest[..rest.find([';', '}']).unwrap_or(rest.len())];
    let Some(at) = statement.find(address) else { return (label, false) };
    (messages::label(&label.source, start + at..start + at + address.len()).text(label.text), true)
}

/// Whether an address is a place in the page, on another host, or holds its data itself.
fn is_elsewhere(address: &str) -> bool {
    let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    address.is_empty() || address.starts_with('#') || address.starts_with("//") || has_scheme
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(value: &str) -> Vec<String> {
        references(value, 0..value.len()).into_iter().map(|reference| reference.address).collect()
    }

    #[test]
    fn addresses_are_found_however_they_are_written() {
        assert_eq!(addresses("url(a.png) no-repeat, URL( 'b c.png' )"), ["a.png", "b c.png"]);
        assert_eq!(
            addresses(r#"url("a)b.png") url(a\)b.png) url("\61 .png")"#),
            ["a)b.png", "a)b.png", "a.png"]
        );
        assert_eq!(addresses("/* url(x.png) */ \"url(y.png)\" myurl(z.png)"), Vec::<String>::new());
        let set = r#"image-set("a.png" 1x, url(b.png) type("image/png") 2x)"#;
        assert_eq!(addresses(set), ["a.png", "b.png"]);
    }
}
