//! Members that a file sees twice without a namespace. Sass takes one that comes from one module
//! both times; sasso 0.21 reports that it is available from several:
//!
//! ```scss
//! @use "mixins" as *; // @forward "typography";
//! @use "mixins/typography" as *;
//! ```
//!
//! The second rule gets a namespace. It stays, because it may be the first to load the module.

use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use super::tokens;

const GLOBAL: &str = " as *";

/// The modules that files forward whole, directly or not, by path.
#[derive(Default)]
pub(super) struct Forwarded(FxHashMap<Utf8PathBuf, Vec<Utf8PathBuf>>);

/// What is known of the files of a compilation.
pub(super) struct Modules<'m> {
    /// Returns the file that an address means in another file.
    pub find: &'m dyn Fn(&str, &Utf8Path) -> Option<Utf8PathBuf>,
    /// Returns the text of a file.
    pub text: &'m dyn Fn(&Utf8Path) -> Option<String>,
}

impl Forwarded {
    /// Gives a namespace to each rule `@use "…" as *` of a text whose module the file of another
    /// such rule forwards. The text keeps its length.
    pub fn apart(&mut self, text: &mut String, path: &Utf8Path, modules: &Modules<'_>) {
        if text.matches(GLOBAL).nth(1).is_none() {
            return;
        }
        let rules: Vec<(Utf8PathBuf, usize)> = rules(text, "@use ")
            .filter_map(|(address, rest)| {
                let is_global = text[rest.clone()].starts_with(GLOBAL);
                Some(((modules.find)(address, path).filter(|_| is_global)?, rest.start))
            })
            .collect();
        let mut repeated = Vec::new();
        for (file, at) in &rules {
            let others = rules.iter().filter(|(other, _)| other != file);
            if others.into_iter().any(|(other, _)| self.of(other, modules).contains(file)) {
                repeated.push(at + GLOBAL.len() - 1);
            }
        }
        for star in repeated {
            // A rule without a namespace gets one from its address: `@use "a/z"`.
            let is_taken = |name: char| {
                let is_alone = |word: &str| word.len() == 1 && word.starts_with(name);
                text.split(|c: char| !c.is_alphanumeric()).any(is_alone)
            };
            let is_free = |name: &char| !is_taken(*name);
            if let Some(name) = ('a'..='z').rev().find(is_free) {
                text.replace_range(star..=star, &name.to_string());
            }
        }
    }

    /// Returns the modules that a file forwards whole.
    fn of(&mut self, file: &Utf8Path, modules: &Modules<'_>) -> Vec<Utf8PathBuf> {
        if let Some(known) = self.0.get(file) {
            return known.clone();
        }
        // Files may forward each other.
        self.0.insert(file.to_owned(), Vec::new());
        let text = (modules.text)(file).unwrap_or_default();
        let mut all = Vec::new();
        for (address, rest) in rules(&text, "@forward ") {
            if text[rest].trim().is_empty()
                && let Some(next) = (modules.find)(address, file)
            {
                all.extend(self.of(&next, modules));
                all.push(next);
            }
        }
        self.0.insert(file.to_owned(), all.clone());
        all
    }
}

/// Returns the addresses of rules, and where what follows them is.
fn rules<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = (&'t str, Range<usize>)> {
    let places = tokens::in_code(text, text.match_indices(word).map(|(at, _)| at).collect());
    places.into_iter().filter_map(move |at| {
        let start = at + word.len();
        let quote = text[start..].chars().next().filter(|first| ['"', '\''].contains(first))?;
        let length = text[start + 1..].find(quote)?;
        let rest = start + length + 2;
        let end = text[rest..].find([';', '\n']).map_or(text.len(), |end| rest + end);
        let address = &text[start + 1..start + 1 + length];
        let is_of_sass = address.starts_with("sass:");
        (!is_of_sass).then_some((address, rest..end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_modules_that_others_forward_get_a_namespace() {
        let texts = [
            ("/mixins/index", "@forward 'type'; @forward 'rtl' as rtl-*;\n// @forward 'old';"),
            ("/mixins/type", "@forward 'size'; @forward '../mixins'"),
        ];
        let find = |address: &str, from: &Utf8Path| {
            let folder = from.parent()?;
            Some(match address {
                "mixins" | "../mixins" => "/mixins/index".into(),
                address if address.starts_with("mixins/") => Utf8Path::new("/").join(address),
                address => folder.join(address),
            })
        };
        let text = |path: &Utf8Path| {
            let known = texts.iter().find(|(name, _)| path == *name);
            known.map(|(_, text)| (*text).to_owned())
        };
        let modules = Modules { find: &find, text: &text };
        let mut forwarded = Forwarded::default();
        let mut apart = |text: &str| {
            let mut text = text.to_owned();
            forwarded.apart(&mut text, "/main".into(), &modules);
            text
        };
        assert_eq!(
            apart("@use 'mixins/size' as *; @use \"mixins\" as *;\n@use 'x' as z;"),
            "@use 'mixins/size' as y; @use \"mixins\" as *;\n@use 'x' as z;"
        );
        for kept in [
            "@use 'mixins' as *; @use 'mixins/rtl' as *; @use 'mixins/old' as *;",
            "@use 'mixins' as m; @use 'mixins/type' as *;",
            "@use 'mixins' as *; // @use 'mixins/type' as *;",
            "/*\n@use 'mixins' as *;\n*/ @use 'mixins/type' as *;",
        ] {
            assert_eq!(apart(kept), kept);
        }
    }
}
