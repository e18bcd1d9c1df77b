//! The commands that scripts of package.json run. A script that runs others, as in `npm run css &&
//! npm run js`, counts as their commands.

use indexmap::IndexSet;
use serde_json::Value as Json;

use super::facts::ProjectFacts;

/// Scripts that build for production, the likeliest first.
const BUILDS: [&str; 11] = [
    "prod",
    "production",
    "build:prod",
    "build:production",
    "build-prod",
    "build-production",
    "prod:build",
    "production:build",
    "prod-build",
    "production-build",
    "build",
];
/// Scripts that do so where none of `BUILDS` exists.
const OTHER_BUILDS: [&str; 3] = ["dist", "bundle", "compile"];

/// Programs that run a script.
const MANAGERS: [&str; 4] = ["npm", "yarn", "pnpm", "bun"];

/// A command of a script.
pub struct Command {
    /// The name of the script.
    pub script: String,
    /// The program and its arguments, without quotes.
    pub words: Vec<String>,
    /// Those of the arguments that another script gives: `npm run js -- dark`.
    pub given: Vec<String>,
}

impl Command {
    /// Returns whether the command calls a program: `webpack`, `npx webpack`,
    /// `node_modules/.bin/webpack`, `node node_modules/webpack/bin/webpack.js`.
    pub fn calls(&self, program: &str) -> bool {
        self.position(program).is_some()
    }

    /// Returns the words after a program.
    pub fn after(&self, program: &str) -> &[String] {
        self.position(program).map_or(&[], |at| &self.words[at + 1..])
    }

    /// Returns the variables that the command sets for its program: `cross-env THEME=shop webpack`.
    pub fn variables(&self) -> Vec<(String, String)> {
        let is_before = |word: &&String| ["cross-env", "env", "npx"].contains(&word.as_str());
        let words = self.words.iter().skip_while(is_before);
        let set = words.map_while(|word| word.split_once('='));
        set.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    fn position(&self, program: &str) -> Option<usize> {
        let is_program = |word: &String| {
            let script = word.rsplit_once("/bin/").and_then(|(_, name)| name.strip_suffix(".js"));
            file_name(word) == program || script == Some(program)
        };
        self.words.iter().position(is_program)
    }
}

/// Returns the commands of each script that builds for production, the likeliest first. Where none
/// has a usual name, they are those of one with another name.
pub fn builds(facts: &ProjectFacts) -> Vec<Vec<Command>> {
    let of = |names: &[&str]| -> Vec<Vec<Command>> {
        names.iter().map(|name| of_script(facts, name)).filter(|all| !all.is_empty()).collect()
    };
    let mut builds = of(&BUILDS);
    if builds.is_empty() {
        builds = of(&OTHER_BUILDS);
        builds.truncate(1);
    }
    builds
}

/// Returns the commands of all scripts.
pub fn all(facts: &ProjectFacts) -> Vec<Command> {
    let scripts = facts.package.get("scripts").and_then(Json::as_object);
    let texts =
        scripts.into_iter().flatten().filter_map(|(name, text)| Some((name, text.as_str()?)));
    texts.flat_map(|(name, text)| commands(facts, name, text)).collect()
}

/// Returns the commands of scripts that are not for development, by their names and by what they
/// call: `dev`, `test:js` and `sass --watch` are.
pub fn for_production(facts: &ProjectFacts) -> Vec<Command> {
    let is_other = |command: &Command| {
        is_named(command, &["dev", "development", "watch", "start", "serve", "lint", "storybook"])
            || is_named(command, &["test", "tests"])
            || watches(command)
    };
    all(facts).into_iter().filter(|command| !is_other(command)).collect()
}

/// Returns the commands that watch, without those of tests.
pub fn that_watch(facts: &ProjectFacts) -> Vec<Command> {
    let is_it = |command: &Command| watches(command) && !is_named(command, &["test", "tests"]);
    all(facts).into_iter().filter(is_it).collect()
}

fn watches(command: &Command) -> bool {
    command.words.iter().any(|word| ["-w", "--watch"].contains(&word.as_str()))
}

/// Returns whether a part of the script's name is one of these words.
fn is_named(command: &Command, words: &[&str]) -> bool {
    command.script.split([':', '-', '_']).any(|part| words.contains(&part))
}

/// Returns the words after `build` of each call of a program in the likeliest script that builds
/// with it: `tool build a.js && tool build b.js`.
pub fn arguments_of(facts: &ProjectFacts, program: &str) -> Vec<Vec<String>> {
    let arguments = |command: &Command| match command.after(program) {
        [build, rest @ ..] if build == "build" => Some(rest.to_vec()),
        _ => None,
    };
    let of_script = |commands: &Vec<Command>| commands.iter().filter_map(arguments).collect();
    builds(facts).iter().map(of_script).find(|all: &Vec<_>| !all.is_empty()).unwrap_or_default()
}

/// Returns the words after a program in the likeliest script that builds with it: the tasks of
/// `grunt sass copy`.
pub fn words_after(facts: &ProjectFacts, program: &str) -> Vec<String> {
    let of_program = |command: &Command| command.calls(program);
    // `grunt sass && grunt copy`
    let build = builds(facts).into_iter().find(|commands| commands.iter().any(of_program));
    let words = build.iter().flatten().flat_map(|command| command.after(program));
    words.filter(|word| !word.starts_with('-')).cloned().collect()
}

/// Returns the last part of a path: the program of `node_modules/.bin/webpack`.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Splits the text of a script into its commands.
fn commands(facts: &ProjectFacts, script: &str, text: &str) -> Vec<Command> {
    let words = |command: &str| -> Vec<String> {
        let words = command.split_whitespace().map(|word| word.trim_matches(['"', '\'']));
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    // `2>&1`, `2>/dev/null`
    let text = text.replace("2>&1", "").replace("2>/dev/null", "").replace("&>/dev/null", "");
    let text = with_variables(facts, text);
    let commands = text.split(['&', ';', '|']).map(words).filter(|words| !words.is_empty());
    let command = |words| Command { script: script.to_owned(), words, given: Vec::new() };
    commands.map(command).collect()
}

/// Puts the values of npm's variables in their places: `$npm_package_config_css`.
fn with_variables(facts: &ProjectFacts, mut text: String) -> String {
    if text.contains("npm_package_") {
        let mut variables = facts.variables();
        // A name may begin with another one.
        variables.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        for (name, value) in variables {
            for written in [format!("${{{name}}}"), format!("${name}"), format!("%{name}%")] {
                text = text.replace(&written, &value);
            }
        }
    }
    text
}

/// Returns the commands of a script, and those of the scripts that it runs.
fn of_script(facts: &ProjectFacts, name: &str) -> Vec<Command> {
    let mut followed = IndexSet::new();
    let mut found = Vec::new();
    // npm runs these two with a script.
    for name in [format!("pre{name}"), name.to_owned(), format!("post{name}")] {
        follow(facts, &name, &[], &mut followed, &mut found);
    }
    found
}

/// Adds the commands of a script that is run with arguments.
fn follow(
    facts: &ProjectFacts,
    name: &str,
    given: &[String],
    followed: &mut IndexSet<(String, Vec<String>)>,
    found: &mut Vec<Command>,
) {
    /// The most scripts, each with the arguments that it is run with.
    const MOST: usize = 200;
    let Some(text) = facts.package.get("scripts").and_then(|all| all.get(name)?.as_str()) else {
        return;
    };
    if followed.len() >= MOST || !followed.insert((name.to_owned(), given.to_vec())) {
        return;
    }
    let mut commands = commands(facts, name, text);
    // The shell gets them behind the whole text.
    if let Some(last) = commands.last_mut() {
        last.words.extend_from_slice(given);
        last.given = given.to_vec();
    }
    for command in commands {
        // What follows is for another folder.
        if command.words[0] == "cd" {
            break;
        }
        let others = run_by(facts, &command);
        if others.is_empty() {
            found.push(command);
            continue;
        }
        let given = arguments_behind(&command);
        for other in others {
            follow(facts, &other, given, followed, found);
        }
    }
}

/// Returns the arguments that a command gives to the script that it runs: `npm run js -- dark`.
fn arguments_behind(command: &Command) -> &[String] {
    let runs_one = MANAGERS.contains(&file_name(&command.words[0]));
    let at = command.words.iter().position(|word| word == "--").filter(|_| runs_one);
    at.map_or(&[], |at| &command.words[at + 1..])
}

/// Returns the scripts that a command runs: `npm run css`, `yarn css`, `run-s css js`, `npm-run-all
/// build:*`.
fn run_by(facts: &ProjectFacts, command: &Command) -> Vec<String> {
    let Some(scripts) = facts.package.get("scripts").and_then(Json::as_object) else {
        return Vec::new();
    };
    if ["--prefix", "--cwd", "-C"].iter().any(|flag| command.words.iter().any(|word| word == flag))
    {
        return Vec::new();
    }
    // What follows `--` is for the script.
    let mut words =
        command.words.iter().map(|word| file_name(word)).take_while(|word| *word != "--");
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
