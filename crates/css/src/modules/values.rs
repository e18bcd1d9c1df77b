//! Values that stylesheets and scripts share: `@value primary: #333`, `@value primary from
//! "./colors.css"`, and `:export { primary: #333 }`.

use std::ops::Range;

use bundle_base::{
    Label,
    mapped_text::{Edit, MappedText},
    stylesheet::{
        Item, after_semicolon, after_token, block_end,
        exports::{Export, Exports, Word},
        is_keyframes, items, list,
    },
};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexMap;

use super::collector::ExportCollector;
use crate::{imports, messages, urls::unquoted};

type Values = IndexMap<String, String>;

/// Removes the `@value` rules of a stylesheet, replaces the names of values by the values, and
/// exports the values. `None`: the log has an error.
pub(super) fn replaced(
    stylesheet: MappedText,
    collector: &mut ExportCollector<'_, '_>,
) -> Option<MappedText> {
    if !stylesheet.text().contains("@value") {
        return Some(stylesheet);
    }
    let mut reading = Reading { open: vec![collector.file.path.clone()], collector };
    let values = reading.values(&stylesheet)?;
    let css = stylesheet.text();
    let mut edits = Vec::new();
    for item in items(css) {
        match item {
            Item::AtRule { name, prelude } if &css[name.clone()] == "value" => {
                edits.push(Edit::remove(name.start - 1..after_semicolon(css, prelude.end)));
            }
            Item::AtRule { name, .. } if is_keyframes(&css[name.clone()]) => {}
            Item::AtRule { prelude: text, .. } | Item::Declaration { value: text, .. } => {
                replace(css, text, &values, &mut edits);
            }
            Item::Junk(_) | Item::Selectors(_) => {}
        }
    }
    let exports =
        values.into_iter().map(|(name, value)| Export { name, value: vec![Word::Own(value)] });
    collector.exports.names.extend(exports);
    Some(stylesheet.edited(&edits))
}

/// Replaces the names of values in a range. A name counts only as a whole word.
fn replace(css: &str, range: Range<usize>, values: &Values, edits: &mut Vec<Edit>) {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    let mut at = range.start;
    while at < range.end {
        let length = css[at..range.end].find(|c| !is_part(c)).unwrap_or(range.end - at);
        let token = after_token(css, at).min(range.end);
        // A `url(` without quotes begins like a word, but is a longer token.
        if length == 0 || token > at + length {
            at = token;
            continue;
        }
        let is_name = !css[range.start..at].ends_with(['#', '.', '@', '$']);
        if let Some(value) = values.get(&css[at..at + length]).filter(|_| is_name) {
            edits.push(Edit::replace(at..at + length, value.as_str()));
        }
        at += length;
    }
}

/// Returns a text with the names of values replaced.
fn expanded(text: &str, values: &Values) -> String {
    let mut edits = Vec::new();
    replace(text, 0..text.len(), values, &mut edits);
    MappedText::new(text.to_owned(), bundle_base::mapped_text::TextOrigins::default())
        .edited(&edits)
        .text()
        .to_owned()
}

/// Reads the values of a stylesheet, and follows `@value … from` to other files.
struct Reading<'r, 't, 'c> {
    collector: &'r mut ExportCollector<'t, 'c>,
    /// The chain of files that are being read: each is imported by the one before it.
    open: Vec<Utf8PathBuf>,
}

impl Reading<'_, '_, '_> {
    /// Returns the values that a stylesheet declares or imports. `None`: the log has an error.
    fn values(&mut self, stylesheet: &MappedText) -> Option<Values> {
        let css = stylesheet.text();
        let mut values = Values::new();
        for item in items(css) {
            let Item::AtRule { name, prelude } = item else { continue };
            if &css[name.clone()] != "value" {
                continue;
            }
            let label = stylesheet.label(name.start - 1..prelude.end)?;
            let text = &css[prelude];
            match text.rsplit_once(" from ").filter(|(_, from)| !from.contains(':')) {
                Some((names, from)) => self.import(names, from.trim(), &label, &mut values)?,
                None => match text.split_once(':') {
                    Some((name, value)) => {
                        let value = expanded(value.trim(), &values);
                        values.insert(name.trim().to_owned(), value);
                    }
                    None => self.collector.cx.log.push(messages::bad_value(label)),
                },
            }
        }
        Some(values)
    }

    /// Reads `a, b as c from "./colors.css"`. The address may be the name of a value.
    fn import(
        &mut self,
        names: &str,
        from: &str,
        label: &Label,
        values: &mut Values,
    ) -> Option<()> {
        let address = unquoted(values.get(from).map_or(from, String::as_str)).to_owned();
        // The page needs the rules of an imported stylesheet too. Imports of that one are requested
        // by itself, when it is loaded.
        if self.open.len() == 1 {
            self.collector.stylesheet_index(&address, label.clone()).ok()?;
        }
        let path = imports::find_or_report(&address, label, self.collector.cx)?;
        let others = self.read(&path, label)?;
        let names = names.trim().trim_start_matches('(').trim_end_matches(')');
        for part in list(names, 0..names.len()) {
            let mut words = names[part].split_whitespace();
            let Some(name) = words.next() else { continue };
            let local = words.nth(1).unwrap_or(name);
            let Some(value) = others.get(name) else {
                let near =
                    bundle_base::diagnostic::nearest(name, others.keys().map(String::as_str));
                self.collector.cx.log.push(messages::unknown_value(
                    label.clone(),
                    name,
                    &address,
                    near,
                ));
                continue;
            };
            values.insert(local.to_owned(), value.clone());
        }
        Some(())
    }

    fn read(&mut self, path: &Utf8Path, label: &Label) -> Option<Values> {
        if self.open.iter().any(|open| open == path) {
            self.collector.cx.log.push(messages::import_cycle(label.clone()));
            return Some(Values::new());
        }
        let stylesheet = imports::read(path, self.collector.cx)?;
        self.open.push(path.to_owned());
        let values = self.values(&stylesheet);
        self.open.pop();
        values
    }
}

/// Removes the `:export` blocks of a stylesheet, and exports their contents. A block that ended up
/// under another selector, because its partial was imported in a rule or into scoped styles,
/// exports nothing and is removed too: browsers do not know it.
pub(super) fn exported(stylesheet: MappedText, exports: &mut Exports) -> MappedText {
    if !stylesheet.text().contains(":export") {
        return stylesheet;
    }
    let css = stylesheet.text();
    let mut edits = Vec::new();
    let mut end = 0;
    let mut is_exported = true;
    for item in items(css) {
        match item {
            Item::Selectors(range) if range.start >= end && is_export(css, &range) => {
                end = block_end(css, range.end);
                is_exported = &css[range.clone()] == ":export";
                edits.push(Edit::remove(range.start..end));
            }
            Item::Declaration { property, .. } if property.start < end && !is_exported => {}
            Item::Declaration { property, value } if property.start < end => {
                let name = css[property].to_owned();
                let value = vec![Word::Own(css[value].to_owned())];
                exports.names.retain(|known| known.name != name);
                exports.names.push(Export { name, value });
            }
            Item::Selectors(_) | Item::AtRule { .. } | Item::Junk(_) | Item::Declaration { .. } => {
            }
        }
    }
    stylesheet.edited(&edits)
}

/// Whether each of the selectors ends with `:export`, or with what scoping turns it into.
fn is_export(css: &str, range: &Range<usize>) -> bool {
    list(css, range.clone()).into_iter().all(|selector| {
        let selector = css[selector].trim();
        let unscoped = selector.rsplit_once("[data-v-").filter(|(_, id)| id.ends_with(']'));
        unscoped.map_or(selector, |(before, _)| before).ends_with(":export")
    })
}
