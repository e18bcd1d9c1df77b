//! Where a command runs a script: in a workspace that it names, or in a folder.

use bundle_base::config::matching;
use bundle_js::static_evaluation::yaml;
use serde_json::Value as Json;

use super::{
    super::{facts::ProjectFacts, reading::texts},
    command::{MANAGERS, file_name},
    split::within,
};

/// The words of a manager of packages that name a workspace, that name a folder, and that mean all
/// workspaces.
type Options = [&'static [&'static str]; 3];

/// Where a manager of packages runs a script.
pub(super) struct Place {
    /// The folders, relative to the project. A workspace that is not found is one as it is named.
    pub folders: Vec<String>,
    /// The words of the command without those of the place.
    pub words: Vec<String>,
}

/// Reads the words of a command that runs in `folder`. `None`: it names no other place.
pub(super) fn place_of(facts: &ProjectFacts, folder: &str, words: &[String]) -> Option<Place> {
    let at = words.iter().position(|word| MANAGERS.contains(&file_name(word)))?;
    let (before, after) = words.split_at(at + 1);
    let manager = file_name(&words[at]);
    let [of_workspace, of_folder, of_all] = options(manager);
    let mut place = Place { folders: Vec::new(), words: before.to_vec() };
    let mut rest = after.iter();
    while let Some(word) = rest.next() {
        let (option, value) = match word.split_once('=') {
            Some((option, value)) => (option, Some(value)),
            None => (word.as_str(), None),
        };
        if of_folder.contains(&option) {
            let to = value.or_else(|| rest.next().map(String::as_str))?;
            place.folders.push(within(&facts.project, folder, to));
        } else if of_workspace.contains(&option) {
            let name = value.or_else(|| rest.next().map(String::as_str))?;
            place.folders.extend(named(facts, name.trim_matches(['"', '\''])));
        } else if of_all.contains(&option) {
            place.folders.extend(all(facts));
        } else if word != "foreach" {
            place.words.push(word.clone());
            // What follows is for the script. npm has options behind its name, too.
            let is_name = manager != "npm" && !word.starts_with('-') && word != "run";
            if is_name || word == "--" {
                break;
            }
        }
    }
    place.words.extend(rest.cloned());
    (!place.folders.is_empty()).then_some(place)
}

fn options(manager: &str) -> Options {
    match manager {
        "npm" => [&["-w", "--workspace"], &["--prefix", "-C"], &["-ws", "--workspaces"]],
        "pnpm" => [&["--filter", "-F"], &["--dir", "-C"], &["-r", "--recursive"]],
        "yarn" => [&["workspace"], &["--cwd"], &["workspaces"]],
        _ => [&["--filter", "-F"], &["--cwd"], &[]],
    }
}

/// Returns the folders of a workspace, which its name or its folder names.
fn named(facts: &ProjectFacts, name: &str) -> Vec<String> {
    let folder = within(&facts.project, "", name);
    if facts.is_file(&format!("{folder}/package.json")) {
        return vec![folder];
    }
    let has_name = |folder: &String| {
        let text = facts.text(&facts.project.join(folder).join("package.json"));
        let package: Option<Json> = serde_json::from_str(&text).ok();
        package.is_some_and(|package| package["name"] == name)
    };
    let found: Vec<String> = all(facts).into_iter().filter(has_name).collect();
    if found.is_empty() { vec![name.to_owned()] } else { found }
}

/// Returns the folders of all workspaces.
fn all(facts: &ProjectFacts) -> Vec<String> {
    let listed = facts.package.get("workspaces");
    let listed = listed.and_then(|all| all.as_array().or_else(|| all.get("packages")?.as_array()));
    let mut patterns: Vec<String> =
        listed.into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect();
    let of_pnpm = yaml(&facts.text(&facts.project.join("pnpm-workspace.yaml")));
    patterns.extend(of_pnpm.iter().flat_map(|file| texts(&file.get("packages"))));
    let of_pattern = |pattern: &String| {
        let pattern = within(&facts.project, "", pattern) + "/package.json";
        let found = matching(&*facts.fs, &facts.project, &pattern);
        let folders = found.iter().filter_map(|file| Some(facts.below(file.parent()?).to_string()));
        let found = folders.filter(|folder| !folder.contains("node_modules"));
        if facts.is_file(&pattern) {
            vec![pattern.trim_end_matches("/package.json").to_owned()]
        } else {
            found.collect()
        }
    };
    patterns.iter().flat_map(of_pattern).collect()
}
