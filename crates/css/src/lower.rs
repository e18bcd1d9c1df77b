//! Lowers CSS for the target browsers: rewrites constructs that they lack, adds the vendor prefixes
//! that they need, and minifies. Comments are always removed, except legal ones. lightningcss
//! parses and prints the stylesheet ("the printer" in the modules below); the modules work around
//! its bugs and gaps.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use bundle_base::{
    Config, Diagnostics, Label, Source, Span, config::Minify, mapped_text::MappedText,
    stylesheet::unbalanced,
};
use lightningcss::{
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, StyleSheet},
    targets::{Features, Targets},
};

use crate::{depth, messages};

mod as_written; // keeps values that the printer would change to others
mod blocks; // visits the declarations of a parsed stylesheet
mod charset; // escapes characters beyond ASCII
mod fallbacks; // keeps declarations before a newer value of the same property
mod fragile_selectors; // keeps lists of selectors that some browser ignores
mod gradients; // prints gradients under vendor prefixes
mod hacks; // hides hacks for one old browser from the printer
mod hidden_texts; // hides texts from the printer
mod invalid_css; // removes invalid CSS, as browsers do
mod line_comments; // warns about `//`
mod logical; // lowers properties of sides that depend on the text
mod media; // media queries without `<` and `>`
mod origins; // finds where printed CSS was written
mod parse; // parses a stylesheet
mod prefixes; // adds vendor prefixes that the printer leaves out
mod targets; // the target as browser versions
mod theme_header; // keeps the header of a WordPress theme
mod unmergeable_rules; // keeps rules apart that the printer would merge
mod unsupported; // warns about what target browsers lack

use hidden_texts::{Form, HiddenTexts};
use parse::{options, without_complaints};

pub(crate) use logical::Direction;
pub(crate) use targets::has_ie_9;

/// Returns the stylesheet as it is written to the output, or `None` if the log has an error. `file`
/// is the source that contains the stylesheet; most pages that have it are read in `direction`.
pub fn lower(
    stylesheet: &MappedText,
    direction: Direction,
    file: &Arc<Source>,
    config: &Config,
    log: &mut Diagnostics,
) -> Option<MappedText> {
    if stylesheet.text().trim().is_empty() {
        return Some(MappedText::default());
    }
    let place = |at: usize| {
        stylesheet.label(at..at + 1).unwrap_or_else(|| Label::new(file, Span::default()))
    };
    if let Some(at) = depth::too_deep(stylesheet.text()) {
        log.push(messages::nested_too_deeply(place(at)));
        return None;
    }
    if let Some(found) = unbalanced(stylesheet.text()) {
        log.push(found.diagnostic(place(found.offset())));
        return None;
    }
    line_comments::warn(stylesheet, log);
    let (stylesheet, hacks) = hacks::protect(stylesheet);
    if let Some(browsers) =
        targets::named(&config.script.target).filter(|_| !config.is_silenced(unsupported::CODE))
    {
        unsupported::warn(&stylesheet, &browsers, log);
    }
    let stylesheet = prefixes::with_selectors(stylesheet, &config.script.target);
    let printed = catch_unwind(AssertUnwindSafe(|| {
        if let Some(mut parsed) = without_complaints(stylesheet.text()) {
            theme_header::keep(&mut parsed, stylesheet.text());
            return Some(printed(parsed, config, direction)?.mapped(&stylesheet));
        }
        let stylesheet = invalid_css::without(&stylesheet, log);
        let mut parsed = StyleSheet::parse(stylesheet.text(), options(None)).ok()?;
        theme_header::keep(&mut parsed, stylesheet.text());
        Some(printed(parsed, config, direction)?.mapped(&stylesheet))
    }));
    let Ok(Some(stylesheet)) = printed else {
        log.push(messages::css_gave_up(file));
        return None;
    };
    let stylesheet = hacks::restore(&stylesheet, &hacks);
    Some(charset::escaped(&stylesheet, config.script.charset))
}

/// A stylesheet as the printer returns it.
struct Printed {
    text: String,
    /// Where each printed rule was written.
    rules: Vec<origins::Rule>,
    texts: HiddenTexts,
}

impl Printed {
    /// Returns the printed text with its origins. `stylesheet` is the stylesheet that was printed.
    fn mapped(&self, stylesheet: &MappedText) -> MappedText {
        prefixes::spelt(&self.texts.restored(&origins::of(&self.text, &self.rules, stylesheet)))
    }
}

fn printed(mut parsed: StyleSheet<'_>, config: &Config, direction: Direction) -> Option<Printed> {
    let exclude = Features::LogicalProperties;
    let targets = Targets { exclude, ..targets::of(&config.script.target) };
    let minify = config.output.minify != Minify::No;
    gradients::keep_directions(&mut parsed.rules);
    let form = Form { minify, targets };
    let mut texts = HiddenTexts::default();
    as_written::keep(&mut parsed.rules, form, &mut texts);
    if targets.browsers.is_some() {
        fallbacks::keep(&mut parsed.rules);
    }
    fragile_selectors::put_aside(&mut parsed.rules, form, &mut texts);
    media::without_comparisons(&mut parsed.rules, form);
    unmergeable_rules::keep(&mut parsed.rules, targets);
    parsed.minify(MinifyOptions { targets, ..MinifyOptions::default() }).ok()?;
    unmergeable_rules::without_marks(&mut parsed.rules);
    logical::lower(&mut parsed.rules, &config.script.target, direction);
    gradients::put_aside(&mut parsed.rules, form, &mut texts);
    prefixes::add(&mut parsed.rules, &config.script.target, form, &mut texts);
    let mut map = parcel_sourcemap::SourceMap::new("/");
    // The source map is needed in every build: the metafile reports how many bytes of a stylesheet
    // come from which file.
    let options =
        PrinterOptions { minify, source_map: Some(&mut map), targets, ..PrinterOptions::default() };
    let text = parsed.to_css(options).ok()?.code;
    Some(Printed { text, rules: origins::rules(&map), texts })
}
