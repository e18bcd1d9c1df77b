//! Messages of `bundle init`.

use bundle_base::{Diagnostic, config};
use camino::Utf8Path;

/// There is a configuration already.
pub fn config_exists(file: &str) -> Diagnostic {
    let remedy = if file == config::FILES[0] {
        "`bundle init --force` replaces it"
    } else {
        "`bundle init --force` writes bundle.config.json beside it, which is then read instead"
    };
    Diagnostic::error("config-exists", format!("{file} exists already, and was left as it is"))
        .fix(remedy, None)
}

/// `--from` names no file.
pub fn no_file_to_read(file: &str) -> Diagnostic {
    Diagnostic::error("nothing-to-read", format!("there is no file {file}"))
        .note("`bundle init` without --from looks for the configurations of other tools itself")
}

/// Nothing says what to build. `notes`: what was found, but not understood.
pub fn nothing_to_build(file: Option<&Utf8Path>, notes: &[String]) -> Diagnostic {
    let message = match file {
        Some(file) => format!("{file} names no entry that can be known without running it"),
        None => {
            "no configuration of another tool is here, and no script in a usual place".to_owned()
        }
    };
    let diagnostic = Diagnostic::error("nothing-to-read", message);
    let all = notes.iter().fold(diagnostic, |diagnostic, note| diagnostic.note(note.clone()));
    all.fix(
        "write bundle.config.json: { \"outDir\": \"public/js\", \"areas\": { \"app\": \
         \"src/app.js\" } }",
        None,
    )
}

/// A file of `bundle init` could not be written.
pub fn config_not_written(path: &Utf8Path, why: &std::io::Error) -> Diagnostic {
    Diagnostic::error("not-written", format!("{path} could not be written: {why}"))
}
