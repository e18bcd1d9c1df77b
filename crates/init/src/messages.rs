//! Every sentence that says why a project gets no configuration.

use bundle_base::{Diagnostic, config};
use camino::Utf8Path;

/// There is a configuration already, or a file that the configuration would name.
pub fn config_exists(file: &str) -> Diagnostic {
    let remedy = if config::FILES[1..].contains(&file) {
        "`bundle init --force` writes bundle.config.json beside it, which is then read instead"
    } else {
        "`bundle init --force` replaces it"
    };
    Diagnostic::error("config-exists", format!("{file} exists already, and was left as it is"))
        .fix(remedy, None)
}

/// `--from` names no file.
pub fn no_file_to_read(file: &str) -> Diagnostic {
    Diagnostic::error("nothing-to-read", format!("there is no file {file}"))
        .note("`bundle init` without --from looks for the configurations of other tools itself")
}

/// What a configuration looks like, for those who write one.
const EXAMPLE: &str = "write bundle.config.json: { \"outDir\": \"public/js\", \
                       \"areas\": { \"app\": \"src/app.js\" } }";

/// Nothing in the project decides what to build. `below`: configurations in folders of the project.
/// `is_project`: whether the first is in another project.
pub fn nothing_found(below: &[String], is_project: bool) -> Diagnostic {
    let message =
        "there is no configuration of another tool here, and no entry script in the usual places";
    let diagnostic = Diagnostic::error("nothing-to-read", message);
    let Some(first) = below.first() else { return diagnostic.fix(EXAMPLE, None) };
    let folder = first.rsplit_once('/').map_or(".", |(folder, _)| folder);
    let remedy = if is_project {
        format!("run it where the package.json is: cd {folder} && npx bundle init")
    } else {
        name_other(first)
    };
    diagnostic.note(format!("folders have some: {}", first_of(below))).fix(remedy, None)
}

/// Returns the first of several files as text.
fn first_of(files: &[String]) -> String {
    let shown = files.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
    if files.len() > 3 { format!("{shown} and {} more", files.len() - 3) } else { shown }
}

fn name_other(file: &str) -> String {
    format!("name the one to read: npx bundle init --from {file}")
}

/// Commands of package.json have no output that can be carried over.
pub fn no_outputs_of_commands(notes: &[String]) -> Diagnostic {
    noted("no script of package.json has an output that can be carried over".to_owned(), notes)
        .fix(EXAMPLE, None)
}

/// A configuration names no entry. `notes`: what was found, but not understood. `others`: further
/// configurations of the project.
pub fn nothing_known(file: &Utf8Path, notes: &[String], others: &[String]) -> Diagnostic {
    let message = format!("{file} names no entry that can be known without running it");
    let diagnostic = noted(message, notes);
    match others.first() {
        Some(first) => diagnostic
            .note(format!("the project has other configurations: {}", first_of(others)))
            .fix(name_other(first), None),
        None => diagnostic.fix(format!("{EXAMPLE}; or read another file with --from FILE"), None),
    }
}

/// All files that a configuration names are missing.
pub fn files_missing(file: &Utf8Path, notes: &[String]) -> Diagnostic {
    noted(format!("the files that {file} names do not exist"), notes)
}

/// A configuration consists of packages that are not installed.
pub fn packages_missing(file: &Utf8Path, packages: &[String]) -> Diagnostic {
    let are = if packages.len() == 1 { "is" } else { "are" };
    let all = packages.join(", ");
    let message = format!("{file} is made of {all}, which {are} not installed");
    Diagnostic::error("nothing-to-read", message)
        .fix("`npm install` installs it; then run `bundle init` again", None)
}

fn noted(message: String, notes: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::error("nothing-to-read", message);
    notes.iter().fold(diagnostic, |diagnostic, note| diagnostic.note(note.clone()))
}
