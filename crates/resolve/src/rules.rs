//! Applies `rules` of the configuration: a request without a query gets the query of the first rule
//! that matches its file.

use bundle_base::config::{ResolveConfig, Rule};

use crate::path;

/// How the query of an exposed file begins: `?expose=$,jQuery`.
pub const EXPOSE: &str = "?expose=";

/// The configured rules, in order.
pub struct Rules {
    rules: Vec<Rule>,
}

impl Rules {
    /// Takes the configured rules.
    pub fn of(config: &ResolveConfig) -> Self {
        Self { rules: config.rules.clone() }
    }

    /// Returns the position of the rule that applies to a file. `name`: the name that outputs have
    /// for it, perhaps with a query.
    pub fn position(&self, name: &str) -> Option<usize> {
        let file = path::without_query(name);
        self.rules.iter().position(|rule| rule.files.fits(file))
    }

    /// Returns the query that requests of a file get.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.position(name).map(|position| self.rules[position].query.as_str())
    }
}
