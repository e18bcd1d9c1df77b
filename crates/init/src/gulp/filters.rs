//! Steps that leave files out: gulp-filter and gulp-ignore.

use bundle_base::config::matching_of;
use bundle_js::static_evaluation::{ScriptLocation, Value};
use camino::{Utf8Path, Utf8PathBuf};

use super::{
    renamed,
    steps::{Source, Step},
};
use crate::{
    plan::tidy,
    reading::{Reading, is_glob, texts},
};

/// Steps that write another kind of file, with its extension.
const COMPILERS: [(&str, &str); 5] =
    [("sass", "css"), ("less", "css"), ("stylus", "css"), ("coffee", "js"), ("typescript", "js")];

/// A step that leaves files out, and the steps before it.
struct Filter<'s> {
    package: &'static str,
    condition: Option<&'s Value>,
    /// Whether files that match are left out. Else the others are.
    is_exclusion: bool,
    before: &'s [Step],
}

/// Leaves the files out that steps leave out, and sources without files.
pub(super) fn apply(
    reading: &mut Reading<'_>,
    steps: &[Step],
    sources: &mut Vec<Source>,
    place: ScriptLocation,
) {
    for filter in filters(steps) {
        let Some(patterns) = filter.patterns(reading) else {
            let what = format!("the files that {} leaves out", filter.package);
            reading.note(place, what, "remove them from \"areas\" and \"copy\"");
            continue;
        };
        // Those that find nothing are noted later.
        let (mut found, missing): (Vec<Source>, Vec<Source>) = std::mem::take(sources)
            .into_iter()
            .partition(|source| !source.files(reading).is_empty());
        for source in &mut found {
            filter.leave_out(reading, &patterns, source, place);
        }
        found.retain(|source| !source.files(reading).is_empty());
        sources.extend(found.into_iter().chain(missing));
    }
}

/// Returns the filters that no later step undoes. Those of a file that others were joined to are
/// for its source map.
fn filters(steps: &[Step]) -> Vec<Filter<'_>> {
    let joined = steps.iter().rposition(|step| step.name.contains("concat"));
    let mut filters: Vec<Filter<'_>> = Vec::new();
    for (at, step) in steps.iter().enumerate().take(joined.unwrap_or(steps.len())) {
        let words: Vec<&str> = step.name.split(' ').filter(|word| !word.is_empty()).collect();
        let (package, path) = match words.as_slice() {
            ["gulp-filter", path @ ..] | ["gulp-load-plugins", "filter", path @ ..] => {
                ("gulp-filter", path)
            }
            ["gulp-ignore", path @ ..] | ["gulp-load-plugins", "ignore", path @ ..] => {
                ("gulp-ignore", path)
            }
            _ => continue,
        };
        if path == ["restore"] {
            filters.pop();
            continue;
        }
        filters.push(Filter {
            package,
            condition: step.arguments.first(),
            is_exclusion: package == "gulp-ignore" && path != ["include"],
            before: &steps[..at],
        });
    }
    filters
}

impl Filter<'_> {
    /// Returns its patterns; `None`: only running the script would give them.
    fn patterns(&self, reading: &Reading<'_>) -> Option<Vec<String>> {
        let condition = self.condition?;
        let all = match condition {
            Value::Text(_) => 1,
            other => other.elements().len(),
        };
        let patterns = texts(condition);
        if all == 0 || patterns.len() != all {
            return None;
        }
        let plain = |pattern: &String| {
            let (mark, glob) =
                pattern.strip_prefix('!').map_or(("", pattern.as_str()), |glob| ("!", glob));
            let glob = match Utf8Path::new(glob).is_absolute() {
                true => reading.path(glob),
                // Both are about the names of files.
                false if !glob.contains('/') => format!("**/{glob}"),
                false => tidy(glob),
            };
            format!("{mark}{glob}")
        };
        Some(patterns.iter().map(plain).collect())
    }

    fn leave_out(
        &self,
        reading: &mut Reading<'_>,
        patterns: &[String],
        source: &mut Source,
        place: ScriptLocation,
    ) {
        let is_renamed = renamed::are_some(self.before) || self.extension().is_some();
        let are_positive = patterns.iter().all(|pattern| !pattern.starts_with('!'));
        if self.is_exclusion && are_positive && !is_renamed && is_glob(&source.path) {
            // Later files are left out, too.
            return source.leave_out(patterns);
        }
        let mut left_out = Vec::new();
        for file in source.files(reading) {
            let inner = file.strip_prefix(source.base.as_str()).unwrap_or(&file);
            let inner = self.renamed(reading, inner.trim_start_matches('/'), place);
            let path = tidy(&format!("{}/{inner}", source.base));
            if matches(patterns, &[path, inner]) == self.is_exclusion {
                left_out.push(file);
            }
        }
        source.leave_out(&left_out);
    }

    /// Returns the extension that the steps before give files.
    fn extension(&self) -> Option<&'static str> {
        let is_called = |name: &str| self.before.iter().any(|step| step.name.contains(name));
        COMPILERS.iter().find(|(name, _)| is_called(name)).map(|(_, extension)| *extension)
    }

    /// Returns the path that a file has when the filter sees it.
    fn renamed(&self, reading: &mut Reading<'_>, path: &str, place: ScriptLocation) -> String {
        let compiled = self.extension().map(|ending| Utf8Path::new(path).with_extension(ending));
        let path = compiled.map_or_else(|| path.to_owned(), Utf8PathBuf::into_string);
        renamed::through(reading, self.before, &path, place)
    }
}

/// Whether patterns match a file, which has two paths. The last pattern that matches it counts.
fn matches(patterns: &[String], paths: &[String]) -> bool {
    let mut is_match = patterns.first().is_some_and(|first| first.starts_with('!'));
    for pattern in patterns {
        let glob = pattern.strip_prefix('!').unwrap_or(pattern);
        if !matching_of(glob, paths).is_empty() {
            is_match = !pattern.starts_with('!');
        }
    }
    is_match
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_in_order() {
        let is_match = |patterns: &[&str]| {
            let patterns: Vec<String> = patterns.iter().map(|&one| one.to_owned()).collect();
            matches(&patterns, &["js/a.min.js".to_owned()])
        };
        assert!(is_match(&["**/*.js"]));
        assert!(!is_match(&["**/*.js", "!**/*.min.js"]));
        assert!(is_match(&["!**/*.min.js", "**/a.*"]));
        assert!(is_match(&["!**/*.css"]));
        assert!(!is_match(&["**/*.css"]));
    }
}
