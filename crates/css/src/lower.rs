//! CSS for the browsers that were asked for: what they do not have is written in another way, what
//! they have under a prefix gets it, and what a minifier takes off goes. Comments go in any case,
//! but legal ones.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, RwLock},
};

use bundle_base::{
    Config, Diagnostics, Label, Source, Span,
    config::Minify,
    sheet::{Item, Unbalanced, unbalanced},
    woven::Woven,
};
use lightningcss::{
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserFlags, ParserOptions, StyleSheet},
    targets::Targets,
};

use crate::{depth, messages};

mod blocks; // declarations of a sheet that was parsed
mod charset; // characters beyond ASCII
mod gradients; // gradients under prefixes
mod hacks; // what old sheets say to one old browser
mod origins; // where what was printed was written
mod prefixes; // those that the printer leaves out
mod refused; // what browsers would leave out
mod targets; // browsers
mod texts; // what the printer is not to see
mod unsupported; // what some of them do not have

use texts::Texts;

pub(crate) use targets::has_ie_9;

/// The sheet as it is going to be written, or `None`: the log says why. `file`: what it stands in.
pub fn lower(
    sheet: &Woven,
    file: &Arc<Source>,
    config: &Config,
    log: &mut Diagnostics,
) -> Option<Woven> {
    if sheet.text().trim().is_empty() {
        return Some(Woven::default());
    }
    let place =
        |at: usize| sheet.label(at..at + 1).unwrap_or_else(|| Label::new(file, Span::default()));
    if let Some(at) = depth::too_deep(sheet.text()) {
        log.push(messages::nested_too_deeply(place(at)));
        return None;
    }
    if let Some(found) = unbalanced(sheet.text()) {
        log.push(match found {
            Unbalanced::Open(at) => messages::open_rule(place(at)),
            Unbalanced::Stray(at) => messages::stray_brace(place(at)),
            Unbalanced::Comment(at) => messages::open_comment(place(at)),
        });
        return None;
    }
    let (sheet, hacks) = hacks::protect(sheet);
    if let Some(browsers) =
        targets::named(&config.script.target).filter(|_| !config.is_silenced(unsupported::CODE))
    {
        unsupported::warn(&sheet, &browsers, log);
    }
    let sheet = prefixes::with_selectors(sheet, &config.script.target);
    let printed = catch_unwind(AssertUnwindSafe(|| {
        if let Some(parsed) = without_complaints(sheet.text()) {
            return Some(printed(parsed, config)?.woven(&sheet));
        }
        let sheet = refused::without(&sheet, log);
        Some(printed(StyleSheet::parse(sheet.text(), options(None)).ok()?, config)?.woven(&sheet))
    }));
    let Ok(Some(sheet)) = printed else {
        log.push(messages::css_gave_up(file));
        return None;
    };
    let sheet = hacks::restore(&sheet, &hacks);
    Some(charset::escaped(&sheet, config.script.charset))
}

/// A sheet as the printer has it.
struct Printed {
    text: String,
    /// What was written where.
    rules: Vec<origins::Rule>,
    texts: Texts,
}

impl Printed {
    /// With the origins of what it was made of.
    fn woven(&self, sheet: &Woven) -> Woven {
        prefixes::spelt(&self.texts.restored(&origins::of(&self.text, &self.rules, sheet)))
    }
}

fn printed(mut parsed: StyleSheet<'_>, config: &Config) -> Option<Printed> {
    let targets: Targets = targets::of(&config.script.target);
    let minify = config.output.minify != Minify::No;
    gradients::keep_directions(&mut parsed.rules);
    parsed.minify(MinifyOptions { targets, ..MinifyOptions::default() }).ok()?;
    let form = texts::Form { minify, targets };
    let mut texts = gradients::put_aside(&mut parsed.rules, form);
    prefixes::add(&mut parsed.rules, (&config.script.target, form), &mut texts);
    let mut map = parcel_sourcemap::SourceMap::new("/");
    // The metafile asks for it too: how much of a sheet is whose.
    let options =
        PrinterOptions { minify, source_map: Some(&mut map), targets, ..PrinterOptions::default() };
    let text = parsed.to_css(options).ok()?.code;
    Some(Printed { text, rules: origins::rules(&map), texts })
}

/// A sheet that the parser understands all of.
fn without_complaints(css: &str) -> Option<StyleSheet<'_>> {
    let warnings = Warnings::default();
    let parsed = StyleSheet::parse(css, options(Some(Arc::clone(&warnings)))).ok()?;
    let is_empty = warnings.read().is_ok_and(|warnings| warnings.is_empty());
    is_empty.then_some(parsed)
}

type Warnings<'t> =
    Arc<RwLock<Vec<lightningcss::error::Error<lightningcss::error::ParserError<'t>>>>>;

/// Browsers go on after a mistake, and so does this.
fn options(warnings: Option<Warnings<'_>>) -> ParserOptions<'_> {
    ParserOptions {
        error_recovery: true,
        warnings,
        flags: ParserFlags::empty(),
        ..ParserOptions::default()
    }
}

/// Declarations that stand in a row, nothing between them but semicolons: by their indices among
/// the items.
fn rows(css: &str, items: &[Item]) -> Vec<std::ops::Range<usize>> {
    let mut rows = Vec::new();
    let mut row: Option<(usize, usize)> = None;
    for (index, item) in items.iter().enumerate() {
        let Item::Declaration { property, value } = item else {
            rows.extend(row.take().map(|(first, _)| first..index));
            continue;
        };
        let goes_on = row.is_some_and(|(_, end)| {
            css[end..property.start].chars().all(|c| c == ';' || c.is_whitespace())
        });
        let first = match row {
            Some((first, _)) if goes_on => first,
            _ => {
                rows.extend(row.take().map(|(first, _)| first..index));
                index
            }
        };
        row = Some((first, value.end));
    }
    rows.extend(row.map(|(first, _)| first..items.len()));
    rows
}
