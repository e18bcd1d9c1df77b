//! Applies `rules` of the configuration: a request without a query gets the query of the first rule
//! that matches its file.

use bundle_base::config::{ResolveConfig, Rule};

use crate::{RequestSyntax, Resolution, ResolveRequest, Resolved, path};

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

    /// Gives a file the query that a rule has for it. Of the rules, an address in a stylesheet
    /// follows those that say how the file is published; workers are files as they are.
    pub(crate) fn applied(&self, found: Resolution, request: &ResolveRequest<'_>) -> Resolution {
        let Resolution::Module(module) = found else { return found };
        let applies = |query: &&str| {
            // What makes the exports of a file a global imports the file itself.
            let is_itself = query.starts_with(EXPOSE) && request.importer == module.path;
            module.query.is_empty()
                && !is_itself
                && match request.kind {
                    RequestSyntax::Import | RequestSyntax::Require | RequestSyntax::Entry => true,
                    RequestSyntax::Asset => ["?inline", "?url"].contains(query),
                    RequestSyntax::Url => false,
                }
        };
        let query = self.position(&module.name).map(|position| self.rules[position].query.as_str());
        match query.filter(applies) {
            Some(query) => Resolution::Module(Resolved { query: query.to_owned(), ..module }),
            None => Resolution::Module(module),
        }
    }
}
