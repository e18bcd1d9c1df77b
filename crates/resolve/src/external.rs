//! Which specifiers are external. A key means what it means in other bundlers:
//!
//! - `vue`: exactly this specifier. Without a page global, also `vue/…`, because the output loads
//!   the package at run time anyway. With a page global it is not, because the global does not hold
//!   `vue/dist/x.js`.
//! - `lodash/*`: one `*` matches any text, including `/`.
//! - `./vendor/x.js` (or absolute): the file, relative to the project, whatever specifier its
//!   importers write.

use bundle_base::config::{Config, External};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{answer::Resolution, path};

/// The configured externals, in order; the first that matches applies.
pub struct Externals {
    rules: Vec<(Rule, External)>,
}

enum Rule {
    Exactly(String),
    /// The package's name, or a path in the package.
    Package(String),
    Pattern {
        before: String,
        after: String,
    },
    File(Utf8PathBuf),
}

impl Externals {
    pub fn new(config: &Config) -> Self {
        let rule = |(key, external): (&String, &External)| {
            (Rule::new(key, external, &config.project), external.clone())
        };
        Self { rules: config.resolve.externals.iter().map(rule).collect() }
    }

    /// Returns the external that a specifier matches, if there is one.
    pub fn find(&self, specifier: &str, directory: &Utf8Path) -> Option<Resolution> {
        let file = path::is_path(specifier).then(|| path::join(directory, specifier));
        let (_, external) =
            self.rules.iter().find(|(rule, _)| rule.fits(specifier, file.as_deref()))?;
        Some(Resolution::External {
            specifier: specifier.to_owned(),
            global: external.global.clone(),
        })
    }
}

impl Rule {
    fn new(key: &str, external: &External, project: &Utf8Path) -> Self {
        if let Some((before, after)) = key.split_once('*') {
            Self::Pattern { before: before.to_owned(), after: after.to_owned() }
        } else if path::is_path(key) {
            Self::File(path::join(project, key))
        } else if external.global.is_none() {
            Self::Package(key.to_owned())
        } else {
            Self::Exactly(key.to_owned())
        }
    }

    fn fits(&self, specifier: &str, file: Option<&Utf8Path>) -> bool {
        match self {
            Self::Exactly(key) => key == specifier,
            Self::Package(key) => specifier
                .strip_prefix(key.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            Self::Pattern { before, after } => {
                specifier.len() >= before.len() + after.len()
                    && specifier.starts_with(before.as_str())
                    && specifier.ends_with(after.as_str())
            }
            Self::File(path) => file == Some(path),
        }
    }
}
