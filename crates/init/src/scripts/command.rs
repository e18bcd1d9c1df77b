//! A command of a script: its program, its arguments and the variables that it sets.

/// Programs that run a script.
pub(super) const MANAGERS: [&str; 4] = ["npm", "yarn", "pnpm", "bun"];
/// Programs that run what follows their variables.
const BEFORE: [&str; 3] = ["cross-env", "env", "npx"];
/// A command of a script.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Command {
    /// The name of the script in the project's package.json.
    pub script: String,
    /// The program and its arguments, without quotes. Empty if they are in `not_read`.
    pub words: Vec<String>,
    /// The arguments that another script gives: `npm run js -- dark`.
    pub given: Vec<String>,
    /// The folder in which it runs, relative to the project; empty for the project's own.
    pub folder: String,
    /// The words of a command that runs in another folder, and is not read there.
    pub not_read: Vec<String>,
}

impl Command {
    /// Whether the command calls a program: `webpack`, `npx webpack`, `node_modules/.bin/webpack`,
    /// `node node_modules/webpack/bin/webpack.js`.
    pub fn calls(&self, program: &str) -> bool {
        self.position(program).is_some()
    }

    /// Returns the words after a program.
    pub fn after(&self, program: &str) -> &[String] {
        self.position(program).map_or(&[], |at| &self.words[at + 1..])
    }

    /// Returns the variables that the command sets for its program: `cross-env THEME=shop webpack`.
    pub fn variables(&self) -> Vec<(String, String)> {
        let words = self.set_words().iter().filter_map(|word| word.split_once('='));
        words.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// Returns the value of an option: `--mode dark`, `--mode=dark`.
    pub fn value(&self, names: &[&str]) -> Option<&str> {
        let is_option = |word: &String| names.contains(&word.split('=').next().unwrap_or_default());
        let at = self.words.iter().position(is_option)?;
        let inner = self.words[at].split_once('=').map(|(_, value)| value);
        inner.or_else(|| self.words.get(at + 1).map(String::as_str))
    }

    /// Returns the values of an option that may be there several times.
    pub fn values(&self, name: &str) -> Vec<String> {
        let next = self.words.iter().skip(1).map(Some).chain(std::iter::once(None));
        let value = |(word, next): (&String, Option<&String>)| match word.split_once('=') {
            Some((option, value)) if option == name => Some(value.to_owned()),
            Some(_) => None,
            None => next.filter(|_| word == name).cloned(),
        };
        self.words.iter().zip(next).filter_map(value).collect()
    }

    /// Whether the command goes on until it is stopped.
    pub(super) fn watches(&self) -> bool {
        let has = |flag: &str| self.words.iter().any(|word| word == flag);
        // npm's `-w` names a workspace.
        let program = self.words[self.set_words().len()..].first();
        let is_manager = program.is_some_and(|word| MANAGERS.contains(&file_name(word)));
        has("--watch")
            || has("-w") && !is_manager
            || self.after("kirbyup").first().is_some_and(|word| word == "serve")
    }

    /// Returns the words in front of the program: variables, and what sets them.
    pub(super) fn set_words(&self) -> &[String] {
        let is_set = |word: &String| {
            BEFORE.contains(&word.as_str()) || !word.starts_with('-') && word.contains('=')
        };
        let end = self.words.iter().position(|word| !is_set(word)).unwrap_or(self.words.len());
        &self.words[..end]
    }

    /// Takes its words away if no reader knows what it does: commands of other folders are read
    /// only if they call esbuild, which can be told its folder.
    pub(super) fn where_it_is_read(mut self) -> Self {
        if !self.folder.is_empty() && !self.calls("esbuild") {
            self.not_read = std::mem::take(&mut self.words);
        }
        self
    }

    fn position(&self, program: &str) -> Option<usize> {
        let is_program = |word: &String| {
            let script = word.rsplit_once("/bin/").and_then(|(_, name)| name.strip_suffix(".js"));
            file_name(word) == program || script == Some(program)
        };
        self.words.iter().position(is_program)
    }
}

/// Returns the last part of a path: the program of `node_modules/.bin/webpack`.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
