//! The commands that scripts of package.json run. A script that runs others, as in `npm run css &&
//! npm run js`, counts as their commands.

use serde_json::Value as Json;

use super::facts::ProjectFacts;

pub use command::{Command, file_name};

mod command; // a command and its words
mod follow; // scripts that run other scripts
mod split; // texts as commands
mod workspaces; // where scripts run

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

/// Parts of the names of scripts that build nothing for production.
const FOR_DEVELOPMENT: [&str; 9] =
    ["dev", "development", "watch", "start", "serve", "lint", "storybook", "test", "tests"];
/// Parts of the names of other builds than the one for production.
const OTHER_PARTS: [&str; 8] =
    ["staging", "stage", "local", "debug", "demo", "docs", "analyze", "stats"];

/// Returns the commands of each script that builds for production, the likeliest first. Where none
/// has a usual name, they are those of one with another name, or of those that build parts.
pub fn builds(facts: &ProjectFacts) -> Vec<Vec<Command>> {
    let of = |names: &[&str]| -> Vec<Vec<Command>> {
        let all = names.iter().map(|name| follow::commands(facts, name));
        all.filter(|commands| !commands.is_empty()).collect()
    };
    let mut builds = of(&BUILDS);
    if builds.is_empty() {
        builds = of(&OTHER_BUILDS);
        builds.truncate(1);
    }
    if builds.is_empty() {
        builds.extend(["prod", "production", "build"].iter().find_map(|name| parts(facts, name)));
    }
    builds
}

/// Returns the commands of `build:css`, `build:js` and the like; `None` if there are none.
fn parts(facts: &ProjectFacts, build: &str) -> Option<Vec<Command>> {
    let mut found: Vec<Command> = Vec::new();
    let is_part = |name: &&String| {
        name.strip_prefix(build).is_some_and(|rest| rest.starts_with([':', '-', '_']))
            && !is_named(name, &FOR_DEVELOPMENT)
            && !is_named(name, &OTHER_PARTS)
    };
    for name in names(facts).filter(is_part) {
        for command in follow::commands(facts, name) {
            if !command.watches() && !found.contains(&command) {
                found.push(command);
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Returns the commands of a script for production that runs all of these and more: `"all": "npm
/// run build && npm run css"`. Without such a script, these.
pub fn with_callers(facts: &ProjectFacts, build: &[Command]) -> Vec<Command> {
    let others = names(facts).filter(|name| !is_named(name, &FOR_DEVELOPMENT));
    let runs_more = |commands: &Vec<Command>| {
        commands.len() > build.len() && build.iter().all(|command| commands.contains(command))
    };
    let mut others = others.map(|name| follow::commands(facts, name)).filter(runs_more);
    let more = if build.is_empty() { None } else { others.next() };
    let mut commands = more.unwrap_or_else(|| build.to_vec());
    commands.retain(|command| build.contains(command) || !command.watches());
    commands
}

/// Returns the names and texts of all scripts.
fn texts(facts: &ProjectFacts) -> impl Iterator<Item = (&String, &Json)> {
    facts.package.get("scripts").and_then(Json::as_object).into_iter().flatten()
}

/// Returns the names of all scripts.
fn names(facts: &ProjectFacts) -> impl Iterator<Item = &String> {
    texts(facts).map(|(name, _)| name)
}

/// Returns the commands of all scripts.
pub fn all(facts: &ProjectFacts) -> Vec<Command> {
    let texts = texts(facts).filter_map(|(name, text)| Some((name, text.as_str()?)));
    let commands =
        texts.flat_map(|(name, text)| split::commands(&facts.project, facts, name, text, ""));
    commands.map(Command::where_it_is_read).collect()
}

/// Returns the commands of scripts that are not for development, by their names and by what they
/// call: `dev`, `test:js` and `sass --watch` are.
pub fn for_production(facts: &ProjectFacts) -> Vec<Command> {
    let is_other =
        |command: &Command| is_named(&command.script, &FOR_DEVELOPMENT) || command.watches();
    all(facts).into_iter().filter(|command| !is_other(command)).collect()
}

/// Returns the commands that watch, without those of tests.
pub fn that_watch(facts: &ProjectFacts) -> Vec<Command> {
    let is_watching =
        |command: &Command| command.watches() && !is_named(&command.script, &["test", "tests"]);
    all(facts).into_iter().filter(is_watching).collect()
}

/// Whether a part of the script's name is one of these words.
fn is_named(script: &str, words: &[&str]) -> bool {
    script.split([':', '-', '_']).any(|part| words.contains(&part))
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bundle_base::fs::MemoryFs;
    use camino::Utf8Path;

    use super::*;

    /// Looks at a project with a workspace, `@team/dark` in themes/dark, that builds with esbuild.
    fn project(script: &str) -> ProjectFacts {
        let scripts = format!(r#"{{ "build": "{script}", "js": "webpack" }}"#);
        let package = format!(r#"{{ "workspaces": ["themes/*"], "scripts": {scripts} }}"#);
        let dark = r#"{ "name": "@team/dark", "scripts": { "build": "esbuild dark.js" } }"#;
        let files = MemoryFs::new().with("/p/package.json", package);
        let files = files.with("/p/themes/dark/package.json", dark);
        ProjectFacts::of(Utf8Path::new("/p"), Arc::new(files))
    }

    /// Returns the commands of a script, each with its folder; a question mark if it is not read.
    fn commands(script: &str) -> Vec<String> {
        let shown = |command: &Command| {
            let mark = if command.not_read.is_empty() { "" } else { "?" };
            let words = [command.words.as_slice(), command.not_read.as_slice()].concat();
            format!("{}{mark}: {}", command.folder, words.join(" "))
        };
        builds(&project(script)).iter().flatten().map(shown).collect()
    }

    #[test]
    fn scripts_of_workspaces() {
        for script in [
            "npm run build -w @team/dark",
            "npm run build --workspace=themes/dark",
            "npm run build --workspaces --if-present",
            "npm --prefix themes/dark run build",
            "pnpm --filter @team/dark build",
            "yarn workspace @team/dark run build",
            "yarn --cwd themes/dark build",
            "cd themes/dark && npm run build",
            "(cd themes/dark && npm run build)",
        ] {
            assert_eq!(commands(script), ["themes/dark: esbuild dark.js"], "{script}");
        }
        assert_eq!(commands("npm run css -w none"), ["none?: npm run css -w none"]);
        let script = "cd themes && sass a.scss b.css && cd .. && npm run js";
        assert_eq!(commands(script), ["themes?: sass a.scss b.css", ": webpack"]);
    }

    #[test]
    fn variables_of_scripts() {
        let script = "A=1 npm run js -- --mode x && cross-env A=2 npm run js";
        assert_eq!(commands(script), [": A=1 webpack --mode x", ": A=2 webpack"]);
    }

    #[test]
    fn commands_that_watch() {
        let watches = |script: &str| !that_watch(&project(script)).is_empty();
        let serve = "kirbyup serve src/index.js";
        for script in ["sass -w a.scss:b.css", "npx webpack -w", "cpx -w a b", serve] {
            assert!(watches(script), "{script}");
        }
        for script in ["npm run sass -w @team/dark", "npm run js --workspace=dark", "cpx a b"] {
            assert!(!watches(script), "{script}");
        }
    }
}
