//! Applies `rules` of the configuration: a request without a query gets the query of the first rule
//! that matches its file.

use bundle_base::config::{ResolveConfig, Rule};
use camino::Utf8Path;
use globset::{GlobBuilder, GlobMatcher};

use crate::path;

/// The configured rules, in order.
pub struct Rules {
    rules: Vec<Compiled>,
}

struct Compiled {
    folder: Option<String>,
    /// `None`: the pattern is invalid, which was reported.
    pattern: Option<GlobMatcher>,
    query: String,
}

impl Rules {
    /// Compiles the configured patterns.
    pub fn of(config: &ResolveConfig) -> Self {
        let compiled = |rule: &Rule| Compiled {
            folder: rule.folder.clone(),
            pattern: GlobBuilder::new(&rule.pattern)
                .literal_separator(true)
                .build()
                .map(|glob| glob.compile_matcher())
                .ok(),
            query: rule.query.clone(),
        };
        Self { rules: config.rules.iter().map(compiled).collect() }
    }

    /// Returns the position of the rule that applies to a file. `name`: the name that outputs have
    /// for it, perhaps with a query.
    pub fn position(&self, name: &str) -> Option<usize> {
        let file = Utf8Path::new(path::without_query(name));
        self.rules.iter().position(|rule| {
            let place = match &rule.folder {
                Some(folder) => file.strip_prefix(folder).ok().map(Utf8Path::as_str),
                None => file.file_name(),
            };
            let fits = |place: &str| rule.pattern.as_ref().is_some_and(|p| p.is_match(place));
            place.is_some_and(fits)
        })
    }

    /// Returns the query that requests of a file get.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.position(name).map(|position| self.rules[position].query.as_str())
    }
}
