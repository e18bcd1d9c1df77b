//! The source map of a file that another program compiled, or that plugins transformed, so that our
//! source maps lead to what the user wrote. `//# sourceMappingURL=` in the last line holds the map
//! (a data URL) or names its file. A map that cannot be used is a warning, and our source maps lead
//! to the compiled file.

use std::sync::Arc;

use bundle_base::{
    Label, Source, Span,
    asset::private,
    config::{SourceMap, absolute, relative},
    decode::decode,
    fs::FsError,
    loader::{File, LoadContext, PluginOutput},
    place::{Lines, Place, last_line},
    search,
    text_map::{InputMap, Original, TextMap},
};
use camino::{Utf8Path, Utf8PathBuf};

use crate::messages;

/// The size in bytes of the largest map that is read.
const LARGEST: usize = 64 << 20;

/// Returns the source map of a script; `None` if it has none that can be used, or if the build
/// makes no source maps.
pub(super) fn of(
    file: &File,
    source: &Arc<Source>,
    cx: &mut LoadContext<'_>,
) -> Option<Arc<TextMap>> {
    if cx.config.output.source_map == SourceMap::None {
        return None;
    }
    if let Some(made) = &file.made {
        return of_plugins(made, file, source, cx);
    }
    let (span, address) = address(&source.text)?;
    let at = || Label::new(source, span);
    let place = Whereabouts::new(file);
    let (folder, bytes) = match read(address, &place, cx) {
        Ok(found) => found,
        // Many packages lack the maps that they name, and the user cannot change that.
        Err(Unread::Missing(_)) if place.is_of_a_package => return None,
        Err(Unread::Missing(why)) => {
            cx.log.push(messages::input_map_missing(at(), address, &why));
            return None;
        }
        Err(Unread::Broken(why)) => {
            cx.log.push(messages::input_map_broken(at(), why));
            return None;
        }
    };
    if bytes.len() > LARGEST {
        cx.log.push(messages::input_map_too_large(at(), bytes.len() >> 20, LARGEST >> 20));
        return None;
    }
    let mut map = match bundle_js::decode_map(&bytes) {
        Ok(map) => map,
        Err(why) => {
            cx.log.push(messages::input_map_broken(at(), &why));
            return None;
        }
    };
    for original in &mut map.sources {
        place.settle(original, &folder, cx);
    }
    if let Err(why) = check(&mut map, &source.text) {
        cx.log.push(messages::input_map_wrong(at(), &why));
        return None;
    }
    Some(Arc::new(TextMap::Mapped(map)))
}

/// Returns the source map of a text that plugins made of the file's own. Users cannot correct the
/// maps of plugins, so what is wrong in one is left out without a word, as in Rollup.
fn of_plugins(
    made: &PluginOutput,
    file: &File,
    source: &Source,
    cx: &LoadContext<'_>,
) -> Option<Arc<TextMap>> {
    let mut map = bundle_js::decode_map(made.map.as_ref()?.as_bytes()).ok()?;
    let bytes = cx.fs.read(&file.path).ok()?;
    let content = decode(&bytes, cx.config.script.source_charset).ok()?;
    let (lines, widths) = (Lines::new(&source.text).count(), widths(&content));
    map.segments.retain_mut(|segment| {
        let Some((_, place, _)) = &mut segment.origin else { return segment.at.line < lines };
        let Some(width) = widths.get(place.line as usize) else { return false };
        place.column = place.column.min(*width);
        segment.at.line < lines
    });
    let is_in_project = file.path.starts_with(&cx.config.project);
    let content = Some(content);
    map.sources = vec![Original { name: source.name.clone(), is_in_project, content }];
    Some(Arc::new(TextMap::Mapped(map)))
}

/// Finds the comment in the last line that is not blank, and returns its place and the address in
/// it.
fn address(text: &str) -> Option<(Span, &str)> {
    let text = text.trim_end();
    let line = last_line(text);
    if !search::contains(&text[line..], "sourceMappingURL=") {
        return None;
    }
    let found = ["//# ", "//@ ", "/*# ", "/*@ "]
        .iter()
        .filter_map(|open| text[line..].rfind(open))
        .max()?;
    let at = line + found;
    let comment = text[at + "//# ".len()..].strip_prefix("sourceMappingURL=")?;
    let comment = if text[at..].starts_with("/*") { comment.strip_suffix("*/")? } else { comment };
    let address = comment.trim_end();
    let is_address = !address.is_empty()
        && !address.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`'));
    let place = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    // The label ends before the address: a data URL would fill the screen.
    let shown = place(at)..place(text.len().min(at + "//# sourceMappingURL=".len()));
    is_address.then_some((Span::new(shown.start, shown.end), address))
}

/// Why a map cannot be read.
enum Unread {
    Missing(String),
    Broken(&'static str),
}

/// Reads a map. Returns the folder that its sources are relative to, and its bytes.
fn read(
    address: &str,
    place: &Whereabouts<'_>,
    cx: &LoadContext<'_>,
) -> Result<(Utf8PathBuf, Vec<u8>), Unread> {
    let own_folder = place.path.parent().unwrap_or(Utf8Path::new("/"));
    if let Some(data) = bundle_resolve::data_url(address) {
        return data.map(|url| (own_folder.to_owned(), url.bytes)).map_err(Unread::Broken);
    }
    if has_scheme(address) || address.starts_with("//") {
        return Err(Unread::Missing("addresses on the network are not read".to_owned()));
    }
    let plain = address.split(['?', '#']).next().unwrap_or(address);
    let decoded =
        String::from_utf8(bundle_resolve::unescape(plain)).unwrap_or_else(|_| plain.to_owned());
    let path = absolute(own_folder, &decoded);
    let bytes = cx.fs.read(&path).map_err(|error: FsError| Unread::Missing(error.to_string()))?;
    Ok((path.parent().unwrap_or(own_folder).to_owned(), bytes))
}

/// Returns true for an address with a scheme: `webpack:`, `https:`. A single letter is a drive.
fn has_scheme(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.chars().all(is_part))
}

/// The place of a compiled file. It decides the names of the sources of its map, which follow the
/// same rules as names of modules.
struct Whereabouts<'f> {
    path: &'f Utf8Path,
    name: &'f str,
    /// The folder that names in the project are relative to; `None` for a file of a package outside
    /// the project.
    root: Option<Utf8PathBuf>,
    is_of_a_package: bool,
}

impl<'f> Whereabouts<'f> {
    fn new(file: &'f File) -> Self {
        let depth = Utf8Path::new(&file.name).components().count();
        let is_inside = file.path.ends_with(&file.name);
        let root = file.path.ancestors().nth(depth).filter(|_| is_inside).map(Utf8Path::to_owned);
        let is_of_a_package =
            root.is_none() || file.name.split('/').any(|folder| folder == "node_modules");
        Self { path: &file.path, name: &file.name, root, is_of_a_package }
    }

    /// Gives a source its name in outputs, and its text if the map does not contain it.
    fn settle(&self, original: &mut Original, folder: &Utf8Path, cx: &LoadContext<'_>) {
        let written = original.name.strip_prefix("file://").unwrap_or(&original.name).to_owned();
        if has_scheme(&written) {
            return;
        }
        let path = absolute(folder, &written);
        // A map may name any file of the machine, and our map would contain its text, so private
        // files are not read.
        if original.content.is_none() && !written.is_empty() && private(&path, cx.fs).is_none() {
            let text = cx.fs.read(&path).ok().filter(|bytes| bytes.len() <= LARGEST);
            original.content =
                text.and_then(|bytes| decode(&bytes, cx.config.script.source_charset).ok());
        }
        (original.name, original.is_in_project) = match &self.root {
            _ if written.is_empty() => (format!("{}?source", self.name), self.root.is_some()),
            Some(root) if shares_a_folder(root, &path) => (relative(root, &path), true),
            Some(_) => (self.beside(&path), true),
            None => (self.in_package(&path), false),
        };
    }

    /// Returns a name from only the end of a path, because its beginning belongs to the machine.
    fn beside(&self, path: &Utf8Path) -> String {
        let folder = Utf8Path::new(self.name).parent().unwrap_or(Utf8Path::new(""));
        folder.join(path.file_name().unwrap_or("source")).as_str().replace('\\', "/")
    }

    /// Returns `name@version/path` if the source is in the package of the file, and otherwise a
    /// name beside the file.
    fn in_package(&self, path: &Utf8Path) -> String {
        let way = relative(self.path.parent().unwrap_or(self.path), path);
        let up = way.split('/').take_while(|step| *step == "..").count();
        let mut folders: Vec<&str> = self.name.split('/').collect();
        folders.pop();
        let package = if self.name.starts_with('@') { 2 } else { 1 };
        if folders.len() < up + package {
            return self.beside(path);
        }
        folders.truncate(folders.len() - up);
        folders.extend(way.split('/').skip(up));
        folders.join("/")
    }
}

/// Returns true if the relative path from a folder to a file reveals nothing about where both are
/// on the machine.
fn shares_a_folder(root: &Utf8Path, path: &Utf8Path) -> bool {
    // A project in memory is in `/`: every path shares that folder, which is its own.
    let shared = root.ancestors().find(|above| path.starts_with(above));
    shared.is_some_and(|shared| shared == root || shared.parent().is_some())
}

/// Refuses a map that has lines beyond the end of this text or of its sources. Columns beyond the
/// end of a line are moved there: compilers count columns in several ways.
fn check(map: &mut InputMap, text: &str) -> Result<(), String> {
    let lines = Lines::new(text).count();
    if let Some(segment) = map.segments.iter().find(|segment| segment.at.line >= lines) {
        return Err(format!("it has a line {}, and the file has {lines}", segment.at.line + 1));
    }
    let widths: Vec<Option<Vec<u32>>> =
        map.sources.iter().map(|s| s.content.as_deref().map(widths)).collect();
    for segment in &mut map.segments {
        let Some((source, place, _)) = &mut segment.origin else { continue };
        let Some(widths) = &widths[*source as usize] else { continue };
        let Some(width) = widths.get(place.line as usize) else {
            let name = &map.sources[*source as usize].name;
            return Err(format!(
                "it has a line {} of {name}, which has {}",
                place.line + 1,
                widths.len()
            ));
        };
        place.column = place.column.min(*width);
    }
    Ok(())
}

/// Returns the width of every line.
fn widths(text: &str) -> Vec<u32> {
    let mut widths = Vec::new();
    let mut at = Place::default();
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let is_rest_of_end =
            line == "\n" && at.column == 0 && text[..offset(text, line)].ends_with('\r');
        if is_rest_of_end {
            continue;
        }
        let end = line.trim_end_matches(['\n', '\r', '\u{2028}', '\u{2029}']);
        widths.push(Place::default().after(end).column);
        at = Place::default().after(line);
    }
    if text.is_empty() || text.ends_with(['\n', '\r', '\u{2028}', '\u{2029}']) {
        widths.push(0);
    }
    widths
}

fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_file_says_where_its_map_is() {
        let found = |text| address(text).map(|(_, address)| address);
        assert_eq!(found("a;\n//# sourceMappingURL=a.js.map\n\n"), Some("a.js.map"));
        assert_eq!(found("'\u{2028}'"), None);
        assert_eq!(found("a;\u{2028}//# sourceMappingURL=a.js.map"), Some("a.js.map"));
        assert_eq!(found("a;//@ sourceMappingURL=a.js.map"), Some("a.js.map"));
        assert_eq!(found("a;\n/*# sourceMappingURL=a.js.map */"), Some("a.js.map"));
        assert_eq!(found("//# sourceMappingURL=a.js.map\na;"), None);
        assert_eq!(found("a = \"//# sourceMappingURL=a.js.map\";"), None);
        assert_eq!(found("//# sourceMappingURL="), None);
        assert_eq!(found(""), None);
    }

    #[test]
    fn widths_are_those_of_lines() {
        assert_eq!(widths(""), [0]);
        assert_eq!(widths("ab\r\n\r\nc\u{1f600}\n"), [2, 0, 3, 0]);
        assert_eq!(widths("a\rb\n\nc"), [1, 1, 0, 1]);
    }
}
