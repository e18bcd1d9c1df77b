//! `@import` of stylesheets: what they say stands where they were asked for, under the conditions
//! of who asks. A sheet that is asked for twice counts where it is asked for last, as in a browser.
//! What is on the network stays, and comes first.

use std::{ops::Range, sync::Arc};

use bundle_base::{
    Label, Source,
    asset::{private, private_file},
    config::absolute,
    decode,
    fs::FileKind,
    loader::LoadContext,
    sheet::{Item, after_semicolon, items},
    woven::Woven,
};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{loader, messages};

mod prelude; // what stands behind `@import`

use prelude::{Condition, Prelude};

/// The sheet with what it imports. `file`: what it stands in.
pub fn bundle(sheet: Woven, file: &Arc<Source>, cx: &mut LoadContext<'_>) -> Option<Woven> {
    if !sheet.text().contains("@import") && !sheet.text().contains("@charset") {
        return Some(sheet);
    }
    let mut bundling = Bundling { cx, open: vec![file.path.clone()], sheets: Vec::new() };
    bundling.add(&sheet, &[])?;
    Some(joined(bundling.sheets))
}

struct Bundling<'b, 'c> {
    cx: &'b mut LoadContext<'c>,
    /// Files that are being read: each is imported by the one before.
    open: Vec<Utf8PathBuf>,
    /// In the order of the cascade.
    sheets: Vec<Sheet>,
}

/// A part of what a sheet becomes.
struct Sheet {
    conditions: Vec<Condition>,
    content: Content,
}

enum Content {
    /// What a file says.
    Here { file: Utf8PathBuf, part: usize, text: Woven },
    /// An address as it was written, with quotes.
    Elsewhere(String),
}

impl Bundling<'_, '_> {
    /// Adds a sheet after all that it imports.
    fn add(&mut self, sheet: &Woven, conditions: &[Condition]) -> Option<()> {
        let css = sheet.text();
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
                    self.part(sheet, begins..statement.start, conditions);
                    begins = statement.end;
                }
                // Its place says in which order layers count.
                "layer" if css[..statement.end].ends_with(';') => {}
                "import" => {
                    self.part(sheet, begins..statement.start, conditions);
                    begins = statement.end;
                    let label = self.label(sheet, name.start - 1..prelude.end);
                    if may_import {
                        self.import(&css[prelude], label, conditions)?;
                    } else {
                        self.cx.log.push(messages::late_import(label));
                    }
                }
                _ => may_import = false,
            }
        }
        self.part(sheet, begins..css.len(), conditions);
        Some(())
    }

    fn part(&mut self, sheet: &Woven, range: Range<usize>, conditions: &[Condition]) {
        if sheet.text()[range.clone()].trim().is_empty() {
            return;
        }
        let file = self.open.last().expect("something is being read").clone();
        let mut text = Woven::default();
        text.push_slice(sheet, range.clone());
        let content = Content::Here { file, part: range.start, text };
        self.sheets.push(Sheet { conditions: conditions.to_vec(), content });
    }

    fn label(&self, sheet: &Woven, range: Range<usize>) -> Label {
        let file = self.open.last().expect("something is being read");
        sheet
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
            self.sheets.push(Sheet { conditions, content: Content::Elsewhere(address) });
            return Some(());
        }
        let path = found(&address, &label, self.cx)?;
        if self.open.contains(&path) {
            self.cx.log.push(messages::import_circle(label));
            return Some(());
        }
        let imported = read(&path, self.cx)?;
        self.open.push(path);
        let added = self.add(&imported, &conditions);
        self.open.pop();
        added
    }
}

/// A file as CSS; `None`: the log says why.
pub fn read(path: &Utf8Path, cx: &mut LoadContext<'_>) -> Option<Woven> {
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
    loader::compiled_file(&source, lang, cx)
}

/// The sheet that an address means where it is written; `None`: there is none, which the log says.
pub fn found(address: &str, label: &Label, cx: &mut LoadContext<'_>) -> Option<Utf8PathBuf> {
    let from = &label.source.path;
    let found = find(address, from, cx);
    if found.is_none() {
        let names = cx.fs.list(from.parent().unwrap_or(from)).unwrap_or_default();
        let names = names.iter().map(|entry| entry.name.as_str());
        let near = bundle_base::diagnostic::nearest(address.trim_start_matches("./"), names);
        cx.log.push(messages::missing_style(label.clone(), address, near));
    }
    let found = found?;
    if let Some(why) = private(&found, cx.fs) {
        cx.log.push(private_file(&cx.resolve.name(&found), why).at(label.clone()));
        return None;
    }
    Some(found)
}

/// An address means a file beside who writes it, or a package.
fn find(address: &str, from: &Utf8Path, cx: &LoadContext<'_>) -> Option<Utf8PathBuf> {
    let plain = address.split(['?', '#']).next().unwrap_or(address);
    if let Some(package) = plain.strip_prefix('~') {
        return cx.resolve.style(package.trim_start_matches('/'), from);
    }
    let beside = absolute(from.parent().unwrap_or(from), plain);
    if cx.fs.kind(&beside) == Some(FileKind::File) {
        return Some(beside);
    }
    if plain.starts_with('.') { None } else { cx.resolve.style(plain, from) }
}

/// On the network, or for the server to say.
fn is_elsewhere(address: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    address.starts_with('/') || address.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// All of them as one sheet: what is elsewhere first, because a browser asks for nothing behind a
/// rule.
fn joined(sheets: Vec<Sheet>) -> Woven {
    let mut woven = Woven::default();
    let sheets = last_ones(sheets);
    for sheet in &sheets {
        if let Content::Elsewhere(address) = &sheet.content {
            woven.push_str(&prelude::written(address, &sheet.conditions));
            woven.push_str("\n");
        }
    }
    for Sheet { conditions, content } in &sheets {
        let Content::Here { text, .. } = content else { continue };
        let wrappers: Vec<String> = conditions.iter().flat_map(Condition::wrappers).collect();
        for wrapper in &wrappers {
            woven.push_str(&format!("{wrapper} {{\n"));
        }
        woven.push_slice(text, 0..text.text().len());
        woven.push_str("\n");
        woven.push_str(&"}\n".repeat(wrappers.len()));
    }
    woven
}

/// Without what comes again later under the same conditions.
fn last_ones(sheets: Vec<Sheet>) -> Vec<Sheet> {
    let is_same = |a: &Sheet, b: &Sheet| {
        a.conditions == b.conditions
            && match (&a.content, &b.content) {
                (
                    Content::Here { file, part, .. },
                    Content::Here { file: other, part: of_other, .. },
                ) => file == other && part == of_other,
                (Content::Elsewhere(address), Content::Elsewhere(other)) => address == other,
                (Content::Here { .. }, Content::Elsewhere(_))
                | (Content::Elsewhere(_), Content::Here { .. }) => false,
            }
    };
    let comes_again =
        |index: usize| sheets[index + 1..].iter().any(|later| is_same(&sheets[index], later));
    let stays: Vec<bool> = (0..sheets.len()).map(|index| !comes_again(index)).collect();
    sheets.into_iter().zip(stays).filter_map(|(sheet, stays)| stays.then_some(sheet)).collect()
}
