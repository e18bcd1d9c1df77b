//! Decides how large pages may be.

use super::{super::messages, deciding::Deciding};
use crate::{
    config::{Budget, BudgetFor, Entry, WrittenAt, raw::Written, shared::fits},
    diagnostic::nearest,
};

/// Units of sizes: multiples of 1000, or with an `i` of 1024.
const UNITS: [(&str, f64); 6] =
    [("", 1.0), ("b", 1.0), ("kb", 1e3), ("kib", 1024.0), ("mb", 1e6), ("mib", 1024.0 * 1024.0)];

impl Deciding<'_> {
    pub(super) fn budgets(&mut self, entries: &[Entry]) -> Vec<Budget> {
        let mut budgets = Vec::new();
        for raw in &self.raw.budgets {
            let is_gzip = raw.gzip.as_ref().is_some_and(|gzip| gzip.value);
            let limits = [
                (BudgetFor::Js, &raw.js),
                (BudgetFor::Css, &raw.css),
                (BudgetFor::Total, &raw.total),
            ];
            for (of, written) in
                limits.into_iter().filter_map(|(of, written)| Some((of, written.as_ref()?)))
            {
                let Some(bytes) = self.size(written) else { continue };
                budgets.push(Budget {
                    entries: raw.entries.value.clone(),
                    of,
                    bytes,
                    is_gzip,
                    at: WrittenAt(written.origin.label().cloned()),
                });
            }
            // If arguments choose the entries, budgets of entries that are not built are valid.
            let is_wanted = |entry: &Entry| fits(&raw.entries.value, &entry.name);
            if self.raw.entries.chosen.is_empty()
                && !self.is_broken
                && !entries.iter().any(is_wanted)
            {
                let near =
                    nearest(&raw.entries.value, entries.iter().map(|entry| entry.name.as_str()));
                self.log.push(messages::budget_without_entry(
                    &raw.entries.origin,
                    &raw.entries.value,
                    near,
                ));
            }
        }
        budgets
    }

    /// Parses a size to bytes; `None`: it is invalid, which is reported.
    pub(super) fn size(&mut self, written: &Written<String>) -> Option<u64> {
        let text = written.value.trim();
        let (number, unit) =
            text.split_at(text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len()));
        let unit = unit.to_ascii_lowercase();
        let factor = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| factor);
        let number =
            number.trim().parse::<f64>().ok().filter(|number| *number >= 0.0 && *number < 1e12);
        if factor.is_none() || number.is_none() {
            self.log.push(messages::bad_size(&written.origin, &written.value));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "its range was checked"
        )]
        factor.zip(number).map(|(factor, number)| (number * factor).round() as u64)
    }
}
