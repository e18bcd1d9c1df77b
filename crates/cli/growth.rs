//! Sizes before and now, and the modules whose sizes differ between two metafiles.

use bundle_report::parsed_metafile::{Metafile, Output, file_of};
use indexmap::IndexMap;

/// An output or a module with its size before and now. `None` if it did not or does not exist.
#[derive(Debug, PartialEq, Eq)]
pub struct Sized<'f> {
    pub name: &'f str,
    pub before: Option<u64>,
    pub now: Option<u64>,
    pub gzip: (Option<u64>, Option<u64>),
}

impl Sized<'_> {
    /// Returns the growth in bytes, negative if it shrank.
    pub fn growth(&self) -> i64 {
        let signed = |bytes: Option<u64>| i64::try_from(bytes.unwrap_or(0)).unwrap_or(i64::MAX);
        signed(self.now) - signed(self.before)
    }

    /// Returns how the sizes compare, in a word.
    pub fn state(&self) -> &'static str {
        match (self.before, self.now) {
            (None, _) => "new",
            (Some(_), None) => "gone",
            (Some(before), Some(now)) if now > before => "grown",
            (Some(before), Some(now)) if now < before => "shrunk",
            (Some(_), Some(_)) => "same",
        }
    }
}

/// Returns the modules of the wanted outputs whose sizes differ, the one that grew most first.
pub fn modules<'f>(
    before: &'f Metafile,
    now: &'f Metafile,
    is_wanted: impl Fn(&str, &Output) -> bool,
) -> Vec<Sized<'f>> {
    let mut found: IndexMap<&str, Sized<'f>> = IndexMap::new();
    for (metafile, is_now) in [(now, true), (before, false)] {
        let wanted = metafile.outputs.iter().filter(|(path, output)| is_wanted(path, output));
        for (key, inside) in wanted.flat_map(|(_, output)| &output.inputs) {
            let name = file_of(key);
            let it = found.entry(name).or_insert_with(|| Sized {
                name,
                before: None,
                now: None,
                gzip: (None, None),
            });
            let bytes = if is_now { &mut it.now } else { &mut it.before };
            *bytes = Some(bytes.unwrap_or(0) + inside.bytes_in_output);
        }
    }
    // A module without bytes on one side is not kept there.
    let mut found: Vec<Sized<'_>> = found
        .into_values()
        .map(|it| Sized { before: unless_zero(it.before), now: unless_zero(it.now), ..it })
        .collect();
    found.retain(|it| it.growth() != 0);
    found.sort_by_key(|it| std::cmp::Reverse(it.growth()));
    found
}

fn unless_zero(bytes: Option<u64>) -> Option<u64> {
    bytes.filter(|bytes| *bytes > 0)
}
