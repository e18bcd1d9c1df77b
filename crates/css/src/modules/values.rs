//! Values that sheets and scripts share: `@value primary: #333`, `@value primary from
//! "./colors.css"`, and `:export { primary: #333 }`.

use std::ops::Range;

use bundle_base::{
    Label,
    sheet::{
        Item, after_semicolon, after_token, block_end,
        exports::{Export, Exports, Word},
        is_keyframes, items, list,
    },
    woven::{Edit, Woven},
};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexMap;

use super::Telling;
use crate::{imports, messages, urls::unquoted};

type Values = IndexMap<String, String>;

/// The sheet without `@value`, with what it declares in the place of its names. `None`: the log
/// says why.
pub(super) fn replaced(sheet: Woven, telling: &mut Telling<'_, '_>) -> Option<Woven> {
    if !sheet.text().contains("@value") {
        return Some(sheet);
    }
    let mut reading = Reading { open: vec![telling.file.path.clone()], telling };
    let values = reading.values(&sheet)?;
    let css = sheet.text();
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
    let told =
        values.into_iter().map(|(name, value)| Export { name, value: vec![Word::Own(value)] });
    telling.exports.names.extend(told);
    Some(sheet.edited(&edits))
}

/// Puts values in the place of their names, which stand as words by themselves.
fn replace(css: &str, range: Range<usize>, values: &Values, edits: &mut Vec<Edit>) {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    let mut at = range.start;
    while at < range.end {
        let length = css[at..range.end].find(|c| !is_part(c)).unwrap_or(range.end - at);
        let token = after_token(css, at).min(range.end);
        // `url(` without quotes begins as a word does.
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

/// A text with values in the place of their names.
fn expanded(text: &str, values: &Values) -> String {
    let mut edits = Vec::new();
    replace(text, 0..text.len(), values, &mut edits);
    Woven::new(text.to_owned(), bundle_base::woven::Weave::default())
        .edited(&edits)
        .text()
        .to_owned()
}

/// Values that are being read, from file to file.
struct Reading<'r, 't, 'c> {
    telling: &'r mut Telling<'t, 'c>,
    /// Files that are being read: each is asked for by the one before.
    open: Vec<Utf8PathBuf>,
}

impl Reading<'_, '_, '_> {
    /// What a sheet declares and takes from others.
    fn values(&mut self, sheet: &Woven) -> Option<Values> {
        let css = sheet.text();
        let mut values = Values::new();
        for item in items(css) {
            let Item::AtRule { name, prelude } = item else { continue };
            if &css[name.clone()] != "value" {
                continue;
            }
            let label = sheet.label(name.start - 1..prelude.end)?;
            let text = &css[prelude];
            match text.rsplit_once(" from ").filter(|(_, from)| !from.contains(':')) {
                Some((names, from)) => self.import((names, from.trim()), &label, &mut values)?,
                None => match text.split_once(':') {
                    Some((name, value)) => {
                        let value = expanded(value.trim(), &values);
                        values.insert(name.trim().to_owned(), value);
                    }
                    None => self.telling.cx.log.push(messages::bad_value(label)),
                },
            }
        }
        Some(values)
    }

    /// `a, b as c from "./colors.css"`, where the address may be the name of a value.
    fn import(
        &mut self,
        (names, from): (&str, &str),
        label: &Label,
        values: &mut Values,
    ) -> Option<()> {
        let address = unquoted(values.get(from).map_or(from, String::as_str)).to_owned();
        // Others' rules are asked for by them.
        if self.open.len() == 1 {
            self.telling.sheet(&address, label.clone()).ok()?;
        }
        let path = imports::found(&address, label, self.telling.cx)?;
        let others = self.read(&path, label)?;
        let names = names.trim().trim_start_matches('(').trim_end_matches(')');
        for part in list(names, 0..names.len()) {
            let mut words = names[part].split_whitespace();
            let Some(name) = words.next() else { continue };
            let local = words.nth(1).unwrap_or(name);
            let Some(value) = others.get(name) else {
                let near =
                    bundle_base::diagnostic::nearest(name, others.keys().map(String::as_str));
                self.telling.cx.log.push(messages::unknown_value(
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
            self.telling.cx.log.push(messages::import_circle(label.clone()));
            return Some(Values::new());
        }
        let sheet = imports::read(path, self.telling.cx)?;
        self.open.push(path.to_owned());
        let values = self.values(&sheet);
        self.open.pop();
        values
    }
}

/// The sheet without its blocks `:export`, which are told. One that ended up under another
/// selector, because its partial was imported in a rule or into scoped styles, tells nothing and
/// goes too: no browser knows it.
pub(super) fn exported(sheet: Woven, exports: &mut Exports) -> Woven {
    if !sheet.text().contains(":export") {
        return sheet;
    }
    let css = sheet.text();
    let mut edits = Vec::new();
    let mut end = 0;
    let mut is_told = true;
    for item in items(css) {
        match item {
            Item::Selectors(range) if range.start >= end && is_export(css, &range) => {
                end = block_end(css, range.end);
                is_told = &css[range.clone()] == ":export";
                edits.push(Edit::remove(range.start..end));
            }
            Item::Declaration { property, .. } if property.start < end && !is_told => {}
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
    sheet.edited(&edits)
}

/// Each of the selectors ends with `:export`, or what scoping makes of it.
fn is_export(css: &str, range: &Range<usize>) -> bool {
    list(css, range.clone()).into_iter().all(|selector| {
        let selector = css[selector].trim();
        let unscoped = selector.rsplit_once("[data-v-").filter(|(_, id)| id.ends_with(']'));
        unscoped.map_or(selector, |(before, _)| before).ends_with(":export")
    })
}
