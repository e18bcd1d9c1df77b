//! Less, Stylus and others: a program of the user's compiles them, which reads a sheet from its
//! standard input and prints CSS. Its source map, if it prints one in the last line, says which
//! partial a rule was written in.

use std::sync::Arc;

use bundle_base::{
    Label, Source, Span,
    config::absolute,
    decode,
    fs::FileKind,
    loader::{LoadContext, StyleText},
    place::Place,
    sheet::after_token,
    woven::Woven,
};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexMap;

use crate::{
    mapped::{Css, Offsets},
    messages,
    urls::unquoted,
};

/// The sheet as CSS; `None`: the log says why.
pub fn compile(
    sheet: &StyleText<'_>,
    command: &[String],
    cx: &mut LoadContext<'_>,
) -> Option<Woven> {
    let folder = sheet.source.path.parent().unwrap_or(Utf8Path::new("/"));
    let label = Label::new(sheet.source, Span::new((sheet.origin)(0), (sheet.origin)(0)));
    let mut files = Files { folder, sheet, found: IndexMap::new() };
    // Before it runs: what it stumbles over may be mended there.
    files.follow(sheet.text, folder, cx);
    match cx.tools.run(command, folder, sheet.text) {
        Ok(css) => Some(files.woven(&Css::with_its_map(css), &label, cx)),
        Err(failed) => {
            let place = failed.said().and_then(|said| files.place(said, cx));
            cx.log.push(messages::command_failed(
                place.unwrap_or(label),
                sheet.lang,
                command,
                &failed,
            ));
            None
        }
    }
}

/// The files that a sheet is made of.
struct Files<'f> {
    folder: &'f Utf8Path,
    sheet: &'f StyleText<'f>,
    found: IndexMap<Utf8PathBuf, Option<Arc<Source>>>,
}

impl Files<'_> {
    /// Reads what a text imports, so that a change of it counts. What the program finds in places
    /// of its own is unknown here.
    fn follow(&mut self, text: &str, folder: &Utf8Path, cx: &LoadContext<'_>) {
        for address in imports(text) {
            let path = absolute(folder, address);
            let ending = self
                .sheet
                .source
                .path
                .extension()
                .filter(|ending| *ending != "vue")
                .unwrap_or(self.sheet.lang);
            let ending = if ending == "stylus" { "styl" } else { ending };
            let candidates = [
                path.clone(),
                Utf8PathBuf::from(format!("{path}.{ending}")),
                path.join(format!("index.{ending}")),
            ];
            let is_file = |path: &Utf8PathBuf| cx.fs.kind(path) == Some(FileKind::File);
            let Some(path) = candidates.into_iter().find(is_file) else { continue };
            if path == self.sheet.source.path || self.found.contains_key(&path) {
                continue;
            }
            if let Some(source) = self.file(&path, cx) {
                self.follow(&source.text, path.parent().unwrap_or(folder), cx);
            }
        }
    }

    fn file(&mut self, path: &Utf8Path, cx: &LoadContext<'_>) -> Option<Arc<Source>> {
        let read = || {
            let bytes = cx.fs.read(path).ok()?;
            decode::source(path, &cx.resolve.name(path), &bytes, cx.config.script.source_charset)
                .ok()
        };
        self.found.entry(path.to_owned()).or_insert_with(read).clone()
    }

    /// A file as the program calls it; `None`: it is what it got on its standard input.
    fn named(&mut self, name: &str, cx: &LoadContext<'_>) -> Option<Arc<Source>> {
        // Absolute paths have lost their first slash in maps.
        let candidates = [absolute(self.folder, name), absolute(Utf8Path::new("/"), name)];
        let is_file = |path: &Utf8PathBuf| cx.fs.kind(path) == Some(FileKind::File);
        let path = candidates.into_iter().find(is_file)?;
        if path == self.sheet.source.path { None } else { self.file(&path, cx) }
    }

    fn woven(&mut self, css: &Css, label: &Label, cx: &LoadContext<'_>) -> Woven {
        if css.segments.is_empty() {
            let mut woven = Woven::default();
            woven.mark(&label.source, label.span.start);
            woven.push_str(&css.text);
            return woven;
        }
        let own = Offsets::new(self.sheet.text);
        let sources: Vec<Option<(Arc<Source>, Offsets)>> = css
            .sources
            .iter()
            .map(|name| {
                self.named(name, cx).map(|source| (Arc::clone(&source), Offsets::new(&source.text)))
            })
            .collect();
        css.woven(|source, place, woven| match sources.get(source) {
            Some(Some((source, offsets))) => {
                let at = offsets.utf16(&source.text, place);
                woven.mark(source, u32::try_from(at).expect("texts are under 4 GiB"));
            }
            Some(None) | None => {
                woven.mark(
                    self.sheet.source,
                    (self.sheet.origin)(own.utf16(self.sheet.text, place)),
                );
            }
        })
    }

    /// Where a program says that a mistake is: `in x.less on line 2, column 1`, `x.styl:3:1`.
    fn place(&mut self, said: &str, cx: &LoadContext<'_>) -> Option<Label> {
        let (file, place) = said.lines().find_map(|line| less(line).or_else(|| colons(line)))?;
        if let Some(source) = self.named(file, cx) {
            let at =
                u32::try_from(Offsets::new(&source.text).characters(&source.text, place)).ok()?;
            return Some(Label::new(&source, Span::new(at, at)));
        }
        let at =
            (self.sheet.origin)(Offsets::new(self.sheet.text).characters(self.sheet.text, place));
        Some(Label::new(self.sheet.source, Span::new(at, at)))
    }
}

fn less(line: &str) -> Option<(&str, Place)> {
    let (before, after) = line.split_once(" on line ")?;
    let (line, rest) = after.split_once(", column ")?;
    let column = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    let file = before.rsplit_once(" in ").map_or(before, |(_, file)| file);
    Some((file.trim(), Place { line: number(line)?, column: number(column)? }))
}

fn colons(line: &str) -> Option<(&str, Place)> {
    let mut parts = line.split_whitespace().next_back()?.trim_end_matches(':').rsplitn(3, ':');
    let (column, line) = (parts.next()?, parts.next()?);
    Some((parts.next()?, Place { line: number(line)?, column: number(column)? }))
}

/// A number that counts from one.
fn number(text: &str) -> Option<u32> {
    text.parse::<u32>().ok()?.checked_sub(1)
}

/// The addresses of `@import` and `@require`.
fn imports(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['@', '/', '"', '\'']).map(|next| at + next) {
        let rest = &text[next..];
        at = after_comment(text, next).unwrap_or_else(|| after_token(text, next));
        let Some(rest) = rest.strip_prefix("@import").or_else(|| rest.strip_prefix("@require"))
        else {
            continue;
        };
        let mut rest = rest.trim_start();
        // `(reference, optional)`
        if rest.starts_with('(') {
            rest = rest.split_once(')').map_or("", |(_, rest)| rest).trim_start();
        }
        let string = rest.strip_prefix("url(").unwrap_or(rest).trim_start();
        if string.starts_with(['"', '\'']) {
            let end = after_token(string, 0);
            found.push(unquoted(&string[..end]));
        }
    }
    found
}

/// The place after `// …`, which CSS does not know.
fn after_comment(text: &str, at: usize) -> Option<usize> {
    text[at..]
        .starts_with("//")
        .then(|| text[at..].find('\n').map_or(text.len(), |length| at + length))
}

#[cfg(test)]
mod tests;
