//! Every diagnostic that this crate can report.

use bundle_base::Diagnostic;

use crate::names::listed;

/// A word that names nothing.
pub fn nothing_called(what: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "unknown-module",
        format!("no module, package or output is called \"{what}\""),
    );
    match near {
        Some(near) => diagnostic.fix(format!("did you mean {near}?"), None),
        None => diagnostic.note("`bundle inspect graph` lists the modules"),
    }
}

/// A name that no entry has.
pub fn no_such_entry(name: &str, near: Option<&str>, all: &[&str]) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("unknown-entry", format!("--entry: no entry is called \"{name}\""));
    match near {
        Some(near) => diagnostic.fix(format!("did you mean {near}?"), None),
        None => diagnostic.note(format!("the entries are {}", listed(all))),
    }
}

/// A module that is read, but not kept. `is_address`: its address is used; `names`: its exports
/// whose values are inlined.
pub fn nothing_stays(what: &str, asked: &[String], is_address: bool, names: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "not-in-output",
        format!("{what} is read, but no output contains any of it"),
    );
    let places = listed(asked);
    diagnostic.note(match (asked, is_address, names) {
        ([], ..) => "no module imports it".to_owned(),
        (_, true, _) => format!("its address is used at {places}: it is a file of its own"),
        (_, false, []) => {
            format!(
                "it is imported at {places}, but none of its exports is used, and it has no side \
                 effects"
            )
        }
        (_, false, names) => {
            format!(
                "it is imported at {places}, but only for values that are inlined: {}",
                listed(names)
            )
        }
    })
}

/// Modules that are in outputs, but not in those that an entry loads.
pub fn not_on_page(what: &str, entry: &str, others: &[&str]) -> Diagnostic {
    let sentence = format!("the page of {entry} loads nothing that contains {what}");
    let diagnostic = Diagnostic::error("not-in-output", sentence);
    if others.is_empty() {
        diagnostic.note("no other output contains it either")
    } else {
        diagnostic.note(format!("it is in {}", listed(others)))
    }
}
