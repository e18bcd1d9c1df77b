//! What a command calls: the program, its options with their values, and paths.

use super::super::{
    plan::tidy,
    scripts::{Command, file_name},
};

/// Words in front of a program.
const BEFORE: [&str; 12] = [
    "npx",
    "do",
    "cross-env",
    "cross-env-shell",
    "env",
    "exec",
    "dlx",
    "x",
    "pnpm",
    "yarn",
    "bunx",
    "bun",
];

/// A call of a program.
pub(super) struct Call<'c> {
    pub program: &'c str,
    /// Variables that the command sets for it, as `NAME=value`.
    pub variables: Vec<&'c str>,
    pub words: &'c [String],
}

impl<'c> Call<'c> {
    /// Returns what a command calls: `npx sass`, `cross-env NODE_ENV=production postcss`,
    /// `npx @tailwindcss/cli`. `None`: something else, or what watches.
    pub(super) fn of(command: &'c Command) -> Option<Self> {
        let is_before =
            |word: &str| BEFORE.contains(&word) || word.starts_with('-') || word.contains('=');
        let names = command.words.iter().map(|word| file_name(word));
        let at = names.clone().position(|word| !is_before(word))?;
        let word = command.words[at].as_str();
        // `tailwindcss@3`
        let name = file_name(word).split('@').next().unwrap_or_default();
        let program = if word.starts_with("@tailwindcss/cli") { "tailwindcss" } else { name };
        let variables = command.words[..at].iter().map(String::as_str);
        let variables = variables.filter(|word| word.contains('=') && !word.starts_with('-'));
        Some(Self { program, variables: variables.collect(), words: &command.words[at + 1..] })
    }
}

/// The words of a call.
#[derive(Default)]
pub(super) struct Words {
    /// Those that are no options.
    pub paths: Vec<String>,
    /// Options, with the value that follows or stands behind `=`.
    pub options: Vec<(String, Option<String>)>,
}

impl Words {
    /// Reads words. `with_value`: the options that a value follows. `> FILE` is an option, and what
    /// is in brackets is left out: `-t [ babelify --global ]`.
    pub(super) fn of(words: &[String], with_value: &[&str]) -> Self {
        let mut read = Self::default();
        let mut words = words.iter().map(String::as_str);
        let mut depth = 0_usize;
        while let Some(word) = words.next() {
            depth += usize::from(word.starts_with('['));
            if depth > 0 {
                depth -= usize::from(word.ends_with(']'));
                continue;
            }
            if word == ">" {
                read.options.push((word.to_owned(), words.next().map(tidy)));
                continue;
            }
            if !word.starts_with('-') {
                read.paths.push(tidy(word));
                continue;
            }
            let (option, value) = match word.split_once('=') {
                Some((option, value)) => (option, Some(value)),
                None if with_value.contains(&word) => (word, words.next()),
                None => (word, None),
            };
            let value = value.map(|value| value.trim_matches(['"', '\'']).to_owned());
            read.options.push((option.to_owned(), value));
        }
        read
    }

    /// Returns the value of an option that has one of these names.
    pub(super) fn value(&self, names: &[&str]) -> Option<String> {
        let mut found = self.options.iter().filter(|(name, _)| names.contains(&name.as_str()));
        found.find_map(|(_, value)| value.clone())
    }

    /// Returns whether an option is there.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.options.iter().any(|(name, _)| names.contains(&name.as_str()))
    }
}
