//! Scripts that run other scripts, as in `npm run css && npm run js`: they count as the commands of
//! these, in workspaces and other folders too.

use std::sync::Arc;

use indexmap::IndexSet;
use serde_json::Value as Json;

use super::{
    super::facts::ProjectFacts,
    command::{Command, MANAGERS, file_name},
    split,
    workspaces::{Place, place_of},
};

/// Returns the commands of a script, and those of the scripts that it runs.
pub(super) fn commands(facts: &ProjectFacts, name: &str) -> Vec<Command> {
    let mut follower = Follower { project: facts, followed: IndexSet::new(), found: Vec::new() };
    let project = Package { facts, folder: "", told: None };
    follower.with_hooks(&project, name, &Given::default());
    follower.found
}

/// What a command gives to the scripts that it runs.
#[derive(Default)]
struct Given {
    /// Variables, as `NAME=value`.
    variables: Vec<String>,
    /// Arguments: `npm run js -- dark`.
    arguments: Vec<String>,
}

/// Whose scripts are followed.
struct Package<'p> {
    facts: &'p ProjectFacts,
    /// Where it is, relative to the project.
    folder: &'p str,
    /// The script of the project that runs those of another package.
    told: Option<&'p str>,
}

struct Follower<'f> {
    project: &'f ProjectFacts,
    /// The scripts, with their folders and with what they are given.
    followed: IndexSet<(String, String, Vec<String>)>,
    found: Vec<Command>,
}

impl Follower<'_> {
    /// Adds the commands of a script, and those of the two that npm runs with it.
    fn with_hooks(&mut self, package: &Package<'_>, name: &str, given: &Given) {
        let of_hooks = Given { variables: given.variables.clone(), arguments: Vec::new() };
        self.script(package, &format!("pre{name}"), &of_hooks);
        self.script(package, name, given);
        self.script(package, &format!("post{name}"), &of_hooks);
    }

    /// Adds the commands of a script.
    fn script(&mut self, package: &Package<'_>, name: &str, given: &Given) {
        /// The most scripts, each with what it is given.
        const MOST: usize = 200;
        let scripts = package.facts.package.get("scripts");
        let Some(text) = scripts.and_then(|all| all.get(name)?.as_str()) else { return };
        let with = [given.variables.as_slice(), given.arguments.as_slice()].concat();
        let key = (package.folder.to_owned(), name.to_owned(), with);
        if self.followed.len() >= MOST || !self.followed.insert(key) {
            return;
        }
        let told = package.told.unwrap_or(name);
        let project = &self.project.project;
        let mut commands = split::commands(project, package.facts, told, text, package.folder);
        // The shell gets them behind the whole text.
        if let Some(last) = commands.last_mut() {
            last.words.extend_from_slice(&given.arguments);
            last.given.clone_from(&given.arguments);
        }
        for mut command in commands {
            command.words.splice(0..0, given.variables.iter().cloned());
            self.command(package, &command);
        }
    }

    /// Adds a command, or those of the scripts that it runs.
    fn command(&mut self, package: &Package<'_>, command: &Command) {
        let given = given_by(command);
        let place = place_of(self.project, &command.folder, &command.words).unwrap_or(Place {
            folders: vec![command.folder.clone()],
            words: command.words.clone(),
        });
        for folder in place.folders {
            let mut here = command.clone();
            here.folder.clone_from(&folder);
            if folder == package.folder {
                self.run(package, here, &place.words, &given);
                continue;
            }
            let path = self.project.project.join(&folder);
            let facts = ProjectFacts::of(&path, Arc::clone(&self.project.fs));
            let told = Some(command.script.as_str());
            let other = Package { facts: &facts, folder: &folder, told };
            self.run(&other, here, &place.words, &given);
        }
    }

    /// Adds the scripts of a package that a command runs, or the command, if it runs none.
    fn run(&mut self, package: &Package<'_>, command: Command, words: &[String], given: &Given) {
        let names = run_by(package.facts, words);
        for name in &names {
            self.with_hooks(package, name, given);
        }
        // Of several workspaces, some may have no such script.
        let is_without = !package.folder.is_empty()
            && !package.facts.package.is_null()
            && words.iter().any(|word| word == "run");
        if names.is_empty() && !is_without {
            self.found.push(command.where_it_is_read());
        }
    }
}

/// Returns what a command gives to the scripts that it runs: `THEME=dark npm run js -- red`.
fn given_by(command: &Command) -> Given {
    let before = command.set_words();
    let program = command.words.get(before.len());
    let runs_one = program.is_some_and(|word| MANAGERS.contains(&file_name(word)));
    let at = command.words.iter().position(|word| word == "--").filter(|_| runs_one);
    Given {
        variables: before.iter().filter(|word| word.contains('=')).cloned().collect(),
        arguments: at.map_or(Vec::new(), |at| command.words[at + 1..].to_vec()),
    }
}

/// Returns the scripts of a package that a command runs: `npm run css`, `yarn css`, `run-s css js`,
/// `npm-run-all build:*`.
fn run_by(facts: &ProjectFacts, words: &[String]) -> Vec<String> {
    let Some(scripts) = facts.package.get("scripts").and_then(Json::as_object) else {
        return Vec::new();
    };
    // What follows `--` is for the script.
    let mut words = words.iter().map(|word| file_name(word)).take_while(|word| *word != "--");
    let mut names = Vec::new();
    while let Some(word) = words.next() {
        match word {
            manager if MANAGERS.contains(&manager) => {
                names.extend(words.find(|word| !word.starts_with('-') && *word != "run"));
            }
            "npm-run-all" | "npm-run-all2" | "run-s" | "run-p" => {
                names.extend(words.by_ref().filter(|word| !word.starts_with('-')));
            }
            // `concurrently "npm:build-*"`
            _ => names.extend(word.strip_prefix("npm:")),
        }
    }
    // `*` is a part between colons, and `**` any of them.
    let fits = |pattern: &str, name: &str| match pattern.split_once('*') {
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            let inner = rest.strip_suffix(after.trim_start_matches('*'));
            inner.is_some_and(|inner| after.starts_with('*') || !inner.contains(':'))
        }),
        None => pattern == name,
    };
    let fitting = |pattern: &&str| {
        let names = scripts.keys().filter(|name| fits(pattern, name)).cloned();
        names.collect::<Vec<_>>()
    };
    names.iter().flat_map(fitting).collect()
}
