//! Which specifiers stay outside. A key means what users of the other bundlers expect of it:
//!
//! - `vue`: exactly this specifier. Without a page global also `vue/…`, because the output will
//!   load the package anyway; with one not, because `vue/dist/x.js` is not what the global holds.
//! - `lodash/*`: one `*` stands for any text, `/` included.
//! - `./vendor/x.js` (or absolute): the file, relative to the project, however it is written by its
//!   importers.

use bundle_base::config::{Config, External};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{answer::Resolution, path};

/// The configured externals, in order; the first that fits counts.
pub struct Externals {
    rules: Vec<(Rule, External)>,
}

enum Rule {
    Exactly(String),
    /// The name, or a path in it.
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

    /// The external that a specifier is, if it is one.
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
