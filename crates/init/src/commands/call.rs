//! A call of a command: the program, its options with their values, and paths.

use super::super::{
    facts::ProjectFacts,
    reading::path_below,
    scripts::{Command, file_name},
};

/// Words in front of a program.
const BEFORE: [&str; 14] = [
    "npx",
    "npm",
    "do",
    "cross-env",
    "cross-env-shell",
    "env",
    "exec",
    "run",
    "dlx",
    "x",
    "pnpm",
    "yarn",
    "bunx",
    "bun",
];

/// Programs that leave `url()` as it is written.
pub(super) const COMPILERS: [&str; 5] = ["sass", "node-sass", "tailwindcss", "postcss", "lessc"];

/// A call of a program.
pub(super) struct Call<'c> {
    pub program: &'c str,
    /// Variables that the command sets for it, as `NAME=value`.
    pub variables: Vec<&'c str>,
    pub words: &'c [String],
}

impl<'c> Call<'c> {
    /// Returns what a command calls: `npx sass`, `cross-env NODE_ENV=production postcss`, `npx
    /// @tailwindcss/cli`.
    pub(super) fn of(command: &'c Command) -> Option<Self> {
        let is_before = |word: &String| {
            BEFORE.contains(&file_name(word)) || word.starts_with('-') || word.contains('=')
        };
        let at = command.words.iter().position(|word| !is_before(word))?;
        let word = command.words[at].as_str();
        // `tailwindcss@3`
        let name = file_name(word).split('@').next().unwrap_or_default();
        let program = match name {
            _ if word.starts_with("@tailwindcss/cli") => "tailwindcss",
            "tailwind" => "tailwindcss",
            "postcss-cli" => "postcss",
            name => name,
        };
        let variables = command.words[..at].iter().map(String::as_str);
        let variables = variables.filter(|word| word.contains('=') && !word.starts_with('-'));
        Some(Self { program, variables: variables.collect(), words: &command.words[at + 1..] })
    }
}

/// The words of a call.
#[derive(Default)]
pub(super) struct Words {
    /// Arguments that are not options.
    pub paths: Vec<String>,
    /// Options, with the value that follows, after a space or `=`.
    pub options: Vec<(String, Option<String>)>,
}

impl Words {
    /// Reads words. `with_value`: the options that a value follows. `> FILE` is an option, and what
    /// is in brackets is left out: `-t [ babelify --global ]`.
    pub(super) fn of(words: &[String], with_value: &[&str]) -> Self {
        let mut read = Self::default();
        let mut depth = 0_usize;
        let spaced = words.iter().flat_map(|word| apart(word));
        let mut words = spaced.peekable();
        while let Some(word) = words.next() {
            depth += usize::from(opens(word));
            if depth > 0 {
                depth -= usize::from(word.ends_with(']'));
                continue;
            }
            let takes_next = word == ">" || with_value.contains(&word);
            if !word.starts_with('-') && word != ">" {
                read.paths.push(word.to_owned());
                continue;
            }
            let (option, value) = match word.split_once('=') {
                Some((option, value)) => (option, Some(value)),
                None if takes_next => (word, words.next_if(|next| !opens(next))),
                None => (word, None),
            };
            let value = value.map(|value| value.trim_matches(['"', '\'']).to_owned());
            read.options.push((option.to_owned(), value));
        }
        read
    }

    /// Returns the values of an option that has one of these names.
    pub(super) fn values(&self, names: &[&str]) -> impl Iterator<Item = &String> {
        let found = self.options.iter().filter(|(name, _)| names.contains(&name.as_str()));
        found.filter_map(|(_, value)| value.as_ref())
    }

    /// Returns the first value of an option that has one of these names.
    pub(super) fn value(&self, names: &[&str]) -> Option<String> {
        self.values(names).next().cloned()
    }

    /// Returns the path that an option gives, relative to the project.
    pub(super) fn path(&self, facts: &ProjectFacts, names: &[&str]) -> Option<String> {
        let path = path_below(facts, "", &self.value(names)?);
        Some(path.trim_end_matches('/').to_owned())
    }

    /// Returns the paths, relative to the project.
    pub(super) fn local(&self, facts: &ProjectFacts) -> Vec<String> {
        self.paths.iter().map(|path| path_below(facts, "", path)).collect()
    }

    /// Whether an option is there.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.options.iter().any(|(name, _)| names.contains(&name.as_str()))
    }
}

/// Whether a word opens a bracket; `[name].js` is a pattern.
fn opens(word: &str) -> bool {
    word.starts_with('[') && word.find(']').is_none_or(|at| at + 1 == word.len())
}

/// Returns the parts of `a.js>b.js`.
fn apart(word: &str) -> Vec<&str> {
    match word.split_once('>') {
        Some((from, to)) if !from.is_empty() || !to.is_empty() => {
            [from, ">", to].into_iter().filter(|part| !part.is_empty()).collect()
        }
        _ => vec![word],
    }
}
