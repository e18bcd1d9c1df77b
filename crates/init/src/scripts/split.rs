//! The text of a script as commands, each with the folder in which it runs.

use bundle_base::config::{absolute, relative};
use camino::Utf8Path;

use super::{super::facts::ProjectFacts, command::Command};

/// Splits the text of a script into its commands. `package`: whose script it is. `folder`: where it
/// runs, relative to `project`.
pub(super) fn commands(
    project: &Utf8Path,
    package: &ProjectFacts,
    script: &str,
    text: &str,
    folder: &str,
) -> Vec<Command> {
    // `2>&1`, `2>/dev/null`
    let text = text.replace("2>&1", "").replace("2>/dev/null", "").replace("&>/dev/null", "");
    let text = with_variables(package, text);
    let mut found = Vec::new();
    let mut folder = folder.to_owned();
    // `(cd theme && npm run build) && webpack`: the folders outside the brackets.
    let mut outside = Vec::new();
    for part in text.split(['&', ';', '|']) {
        let mut part = part.trim();
        while let Some(inner) = part.strip_prefix('(') {
            outside.push(folder.clone());
            part = inner.trim_start();
        }
        let inner = part.strip_suffix(')').filter(|_| !outside.is_empty() && !part.contains('('));
        let words = words(inner.unwrap_or(part));
        match words.as_slice() {
            [] => {}
            [change, to, ..] if change == "cd" => folder = within(project, &folder, to),
            _ => found.push(Command {
                script: script.to_owned(),
                words,
                folder: folder.clone(),
                ..Command::default()
            }),
        }
        if inner.is_some() {
            folder = outside.pop().unwrap_or(folder);
        }
    }
    found
}

fn words(command: &str) -> Vec<String> {
    let words = command.split_whitespace().map(|word| word.trim_matches(['"', '\'']));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Returns a path of a folder of the project, relative to the project.
pub(super) fn within(project: &Utf8Path, folder: &str, path: &str) -> String {
    relative(project, &absolute(&project.join(folder), path.trim_end_matches('/')))
}

/// Puts the values of npm's variables in their places: `$npm_package_config_css`.
fn with_variables(package: &ProjectFacts, mut text: String) -> String {
    if text.contains("npm_package_") {
        let mut variables = package.variables();
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
