//! Inlines `@import`: the text of an imported stylesheet replaces the import, under the conditions
//! of all importers. A stylesheet that is imported twice under the same conditions counts at its
//! last import, as in a browser, or at its first where postcss-import is configured. Imports from
//! the network remain imports, at the top of the result.

use std::{ops::Range, sync::Arc};

use bundle_base::{
    Label, Source,
    asset::{private, private_file},
    config::{Urls, absolute, matching},
    decode,
    fs::FileKind,
    loader::{LoadContext, is_css_or_sass},
    mapped_text::MappedText,
    stylesheet::{Item, after_semicolon, items},
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::{compile, messages, missing, postcss, sass, urls};

mod prelude; // reads and writes what follows `@import`

use prelude::{Condition, Prelude};

/// Returns the stylesheet with its imports inlined. `file` is the source that contains it. `None`:
/// the log has an error.
pub fn bundle(
    stylesheet: MappedText,
    file: &Arc<Source>,
    cx: &mut LoadContext<'_>,
) -> Option<MappedText> {
    if !stylesheet.text().contains("@import") && !stylesheet.text().contains("@charset") {
        return Some(stylesheet);
    }
    let mut bundling = Bundling { cx, open: vec![file.path.clone()], pieces: Vec::new() };
    bundling.add(&stylesheet, &[])?;
    let pieces = bundling.pieces;
    let pieces =
        if postcss::uses_postcss_import(cx) { first_ones(pieces) } else { last_ones(pieces) };
    Some(joined(&pieces))
}

struct Bundling<'b, 'c> {
    cx: &'b mut LoadContext<'c>,
    /// The chain of files that are being read: each is imported by the one before it.
    open: Vec<Utf8PathBuf>,
    /// The pieces found so far, in the order of the cascade.
    pieces: Vec<Piece>,
}

/// One piece of the result.
struct Piece {
    conditions: Vec<Condition>,
    content: Content,
}

enum Content {
    /// A part of a file that is CSS or was compiled to it. `part` is where it begins in that CSS,
    /// which distinguishes several parts of one file.
    Here { file: Utf8PathBuf, part: usize, text: MappedText },
    /// An import that remains: its address, without quotes.
    Elsewhere(String),
}

impl Bundling<'_, '_> {
    /// Adds the pieces of a stylesheet. The pieces of an imported one replace its import.
    fn add(&mut self, stylesheet: &MappedText, conditions: &[Condition]) -> Option<()> {
        let css = stylesheet.text();
        let mut begins = 0;
        let mut may_import = true;
        for item in items(css) {
            let Item::AtRule { name, prelude } = item else {
                may_import = false;
                continue;
            };
            let statement = name.start - 1..after_semicolon(css, prelude.end);
            match &css[name.clone()] {
                "charset" => {
                    self.part(stylesheet, begins..statement.start, conditions);
                    begins = statement.end;
                }
                // `@layer a, b;` may precede imports, and keeps its place, which decides the order
                // of layers.
                "layer" if css[..statement.end].ends_with(';') => {}
                "import" => {
                    self.part(stylesheet, begins..statement.start, conditions);
                    begins = statement.end;
                    let label = self.label(stylesheet, name.start - 1..prelude.end);
                    if may_import {
                        self.import(&css[prelude], label, conditions)?;
                    } else {
                        self.cx.log.push(messages::late_import(label));
                    }
                }
                _ => may_import = false,
            }
        }
        self.part(stylesheet, begins..css.len(), conditions);
        Some(())
    }

    fn part(&mut self, stylesheet: &MappedText, range: Range<usize>, conditions: &[Condition]) {
        if stylesheet.text()[range.clone()].trim().is_empty() {
            return;
        }
        let file = self.open.last().expect("something is being read").clone();
        let mut text = MappedText::default();
        text.push_slice(stylesheet, range.clone());
        let content = Content::Here { file, part: range.start, text };
        self.pieces.push(Piece { conditions: conditions.to_vec(), content });
    }

    fn label(&self, stylesheet: &MappedText, range: Range<usize>) -> Label {
        let file = self.open.last().expect("something is being read");
        stylesheet
            .label(range)
            .unwrap_or_else(|| messages::label(&Source::new(file.clone(), "", ""), 0..0))
    }

    fn import(&mut self, prelude: &str, label: Label, conditions: &[Condition]) -> Option<()> {
        let Some(Prelude { address, condition }) = prelude::read(prelude) else {
            self.cx.log.push(messages::bad_import(label));
            return Some(());
        };
        let conditions: Vec<Condition> = conditions.iter().cloned().chain([condition]).collect();
        if is_elsewhere(&address) {
            self.pieces.push(Piece { conditions, content: Content::Elsewhere(address) });
            return Some(());
        }
        if address.contains('*') && !address.starts_with(['~', '@']) {
            for path in matched(&address, &label.source.path, self.cx) {
                // Files of one folder may import all of it.
                if !self.open.contains(&path) {
                    self.file(path, label.clone(), &conditions)?;
                }
            }
            return Some(());
        }
        let may_stay = self.cx.config.assets.urls == Urls::Rebased;
        if may_stay && find(&address, &label.source.path, self.cx).is_none() {
            self.cx.log.push(messages::kept_import(label, &address));
            self.pieces.push(Piece { conditions, content: Content::Elsewhere(address) });
            return Some(());
        }
        let path = find_or_report(&address, &label, self.cx)?;
        self.file(path, label, &conditions)
    }

    /// Adds the pieces of a file that an import at `label` means.
    fn file(&mut self, path: Utf8PathBuf, label: Label, conditions: &[Condition]) -> Option<()> {
        if self.open.contains(&path) {
            self.cx.log.push(messages::import_cycle(label));
            return Some(());
        }
        let mut imported = read(&path, self.cx)?;
        if self.cx.config.assets.urls == Urls::Rebased {
            imported = urls::rebased(imported, &path, &self.open[0]);
        }
        self.open.push(path);
        let added = self.add(&imported, conditions);
        self.open.pop();
        added
    }
}

/// Reads a file and compiles it to CSS. `None`: the log has an error.
pub fn read(path: &Utf8Path, cx: &mut LoadContext<'_>) -> Option<MappedText> {
    let name = cx.resolve.name(path);
    let bytes = cx.fs.read(path).map_err(|error| Box::new(messages::unreadable(&name, &error)));
    let charset = cx.config.script.source_charset;
    let source = match bytes.and_then(|bytes| decode::source(path, &name, &bytes, charset)) {
        Ok(source) => source,
        Err(diagnostic) => {
            cx.log.push(*diagnostic);
            return None;
        }
    };
    let is_compiled =
        |lang: &&str| matches!(*lang, "scss" | "sass") || cx.config.preprocessor(lang).is_some();
    let lang = path.extension().filter(is_compiled).unwrap_or("css");
    compile::file(&source, lang, cx)
}

/// Returns the stylesheet that an address means in the file of `label`. `None`: there is none, or
/// it is private; the log has the error.
pub fn find_or_report(
    address: &str,
    label: &Label,
    cx: &mut LoadContext<'_>,
) -> Option<Utf8PathBuf> {
    let from = &label.source.path;
    let found = find(address, from, cx);
    if found.is_none() {
        let names = cx.fs.list(from.parent().unwrap_or(from)).unwrap_or_default();
        let names = names.iter().map(|entry| entry.name.as_str());
        let others = names.filter(|name| Some(*name) != from.file_name());
        let near = bundle_base::diagnostic::nearest(address.trim_start_matches("./"), others);
        cx.log.push(missing::stylesheet(address, near, label.clone(), cx));
    }
    let found = found?;
    if let Some(why) = private(&found, cx.fs) {
        cx.log.push(private_file(&cx.resolve.name(&found), why).at(label.clone()));
        return None;
    }
    Some(found)
}

/// Tries a file next to the importer, then a package. `~name` is always a package, `./name` never.
/// The extension may be left out, as with css-loader and postcss-import.
fn find(address: &str, from: &Utf8Path, cx: &LoadContext<'_>) -> Option<Utf8PathBuf> {
    let plain = address.split(['?', '#']).next().unwrap_or(address);
    if let Some(package) = plain.strip_prefix('~') {
        return cx.resolve.style(package.trim_start_matches('/'), from);
    }
    let beside = absolute(from.parent().unwrap_or(from), plain);
    let is_file = |path: &Utf8PathBuf| cx.fs.kind(path) == Some(FileKind::File);
    let spellings = [beside.clone(), format!("{beside}.css").into(), beside.join("index.css")];
    if let Some(found) = spellings.into_iter().find(is_file) {
        return Some(found);
    }
    if plain.starts_with('.') { None } else { cx.resolve.style(plain, from) }
}

/// Returns the stylesheets that a pattern means: `blocks/*`, as with postcss-easy-import. A folder
/// without one is not a mistake.
fn matched(address: &str, from: &Utf8Path, cx: &LoadContext<'_>) -> Vec<Utf8PathBuf> {
    let pattern = absolute(from.parent().unwrap_or(from), address);
    let Some(folder) = sass::fixed_folder(&pattern) else { return Vec::new() };
    let glob = pattern.strip_prefix(&folder).unwrap_or(&pattern);
    let is_style = |path: &Utf8PathBuf| {
        let extension = path.extension().unwrap_or_default();
        is_css_or_sass(extension) || cx.config.preprocessor(extension).is_some()
    };
    let all = matching(cx.fs, &folder, glob.as_str());
    let is_shown = |path: &Utf8PathBuf| private(path, cx.fs).is_none();
    all.into_iter().filter(|path| is_style(path) && is_shown(path)).collect()
}

/// Whether an address is on the network, or is a path on the server of the page.
fn is_elsewhere(address: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    address.starts_with('/') || address.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// Joins the pieces to one stylesheet. Imports that remain come first, because browsers ignore an
/// `@import` after a rule.
fn joined(pieces: &[Piece]) -> MappedText {
    let mut mapped = MappedText::default();
    for piece in pieces {
        if let Content::Elsewhere(address) = &piece.content {
            mapped.push_str(&prelude::written(address, &piece.conditions));
            mapped.push_str("\n");
        }
    }
    for Piece { conditions, content } in pieces {
        let Content::Here { text, .. } = content else { continue };
        let wrappers: Vec<String> = conditions.iter().flat_map(Condition::wrappers).collect();
        for wrapper in &wrappers {
            mapped.push_str(&format!("{wrapper} {{\n"));
        }
        mapped.push_slice(text, 0..text.text().len());
        mapped.push_str("\n");
        mapped.push_str(&"}\n".repeat(wrappers.len()));
    }
    mapped
}

/// Removes each piece that comes again later under the same conditions.
fn last_ones(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.reverse();
    let mut pieces = first_ones(pieces);
    pieces.reverse();
    pieces
}

/// Removes each piece that was there before under the same conditions.
fn first_ones(mut pieces: Vec<Piece>) -> Vec<Piece> {
    // By what a piece contains, the conditions under which it was there.
    let mut seen: FxHashMap<(String, usize), Vec<Vec<Condition>>> = FxHashMap::default();
    let is_new = |piece: &Piece| {
        let content = match &piece.content {
            Content::Here { file, part, .. } => (file.to_string(), *part),
            Content::Elsewhere(address) => (address.clone(), usize::MAX),
        };
        let before = seen.entry(content).or_default();
        let is_new = !before.contains(&piece.conditions);
        if is_new {
            before.push(piece.conditions.clone());
        }
        is_new
    };
    pieces.retain(is_new);
    pieces
}
