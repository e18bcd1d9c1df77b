//! Which specifiers are external. A key means what it means in other bundlers:
//!
//! - `vue`: exactly this specifier. Without a page global, also `vue/…`, because the output loads
//!   the package at run time anyway. With a page global it is not, because the global does not hold
//!   `vue/dist/x.js`.
//! - `lodash/*`: one `*` matches any text, including `/`. A `*` in the page global means that text
//!   in camel case: with `wp.*`, `@wordpress/block-editor` is `wp.blockEditor`. Texts that give no
//!   name do not match. In `App["*"]` it means the text as it is.
//! - `./vendor/x.js` (or absolute): the file, relative to the project, whatever specifier its
//!   importers write.

use bundle_base::config::{Config, External, absolute};
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
    /// Compiles the externals of a configuration.
    pub fn new(config: &Config) -> Self {
        let rule = |(key, external): (&String, &External)| {
            (Rule::new(key, external, &config.project), external.clone())
        };
        Self { rules: config.resolve.externals.iter().map(rule).collect() }
    }

    /// Returns the external that a specifier matches, if there is one.
    pub fn find(&self, specifier: &str, directory: &Utf8Path) -> Option<Resolution> {
        let has_files = self.rules.iter().any(|(rule, _)| matches!(rule, Rule::File(_)));
        let is_path = has_files && path::is_path(specifier);
        let file = is_path.then(|| absolute(directory, specifier));
        let (external, matched) = self.rule(specifier, file.as_deref())?;
        let name = name(external, matched);
        let global = external.global.as_deref().map(|global| filled(global, &name));
        Some(Resolution::External { specifier: specifier.to_owned(), global })
    }

    /// Returns the rule for a specifier, with the text that `*` matches; `None` if it is not an
    /// external.
    fn rule<'s>(
        &self,
        specifier: &'s str,
        file: Option<&Utf8Path>,
    ) -> Option<(&External, &'s str)> {
        let fits = |(rule, external): &'_ (Rule, External)| {
            let matched = rule.matched(specifier, file)?;
            let global = external.global.as_deref().unwrap_or_default();
            let fits = if external.keeps_text { fits_brackets } else { is_name };
            (!global.contains('*') || fits(&name(external, matched))).then_some(matched)
        };
        let (external, matched) =
            self.rules.iter().find_map(|rule| Some((&rule.1, fits(rule)?)))?;
        (!external.is_bundled).then_some((external, matched))
    }

    /// Returns the name that WordPress knows the script of an external by.
    pub fn handle(&self, specifier: &str) -> String {
        let handle = self
            .rule(specifier, None)
            .and_then(|(external, matched)| Some(filled(external.handle.as_deref()?, matched)));
        handle.unwrap_or_else(|| match specifier {
            "lodash-es" => "lodash".to_owned(),
            "react-dom/client" => "react-dom".to_owned(),
            "react/jsx-runtime" | "react/jsx-dev-runtime" => "react-jsx-runtime".to_owned(),
            other => match other.strip_prefix("@wordpress/") {
                Some(package) => format!("wp-{package}"),
                None => other.to_owned(),
            },
        })
    }
}

/// Returns the name of a member that the text which `*` matches gives.
fn name(external: &External, matched: &str) -> String {
    if external.keeps_text { matched.to_owned() } else { camel_case(matched) }
}

/// Returns whether a text can be in brackets: dots separate the names of a global.
fn fits_brackets(text: &str) -> bool {
    !text.is_empty() && !text.contains('.')
}

/// Returns whether a text can follow a dot.
fn is_name(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || "_$".contains(c);
    !text.starts_with(|c: char| c.is_numeric()) && !text.is_empty() && text.chars().all(is_letter)
}

/// Replaces `*` by a text.
fn filled(pattern: &str, text: &str) -> String {
    pattern.replacen('*', text, 1)
}

/// Returns `blockEditor` for `block-editor`.
fn camel_case(text: &str) -> String {
    let mut name = String::new();
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        match rest.next_if(|next| letter == '-' && next.is_ascii_lowercase()) {
            Some(next) => name.push(next.to_ascii_uppercase()),
            None => name.push(letter),
        }
    }
    name
}

impl Rule {
    fn new(key: &str, external: &External, project: &Utf8Path) -> Self {
        if let Some((before, after)) = key.split_once('*') {
            Self::Pattern { before: before.to_owned(), after: after.to_owned() }
        } else if path::is_path(key) {
            Self::File(absolute(project, key))
        } else if external.global.is_none() {
            Self::Package(key.to_owned())
        } else {
            Self::Exactly(key.to_owned())
        }
    }

    /// Returns the text that `*` matches, empty without one; `None`: the rule is for others.
    fn matched<'s>(&self, specifier: &'s str, file: Option<&Utf8Path>) -> Option<&'s str> {
        match self {
            Self::Exactly(key) => (key == specifier).then_some(""),
            Self::Package(key) => specifier
                .strip_prefix(key.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                .then_some(""),
            Self::Pattern { before, after } => {
                specifier.strip_prefix(before.as_str())?.strip_suffix(after.as_str())
            }
            Self::File(path) => (file == Some(path)).then_some(""),
        }
    }
}
