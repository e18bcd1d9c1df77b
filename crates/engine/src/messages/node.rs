//! Messages about Node's built-in modules and globals in code for pages.

use std::collections::BTreeSet;

use bundle_base::{Diagnostic, FxIndexMap, Label};

use super::places::{SHOWN, place};

/// Several built-in modules of Node that no package replaces, as one error with one command.
/// `first` and `others` are the errors of single requests.
pub fn node_builtins(first: Diagnostic, others: &[Diagnostic]) -> Diagnostic {
    let mut places: FxIndexMap<String, Vec<String>> = FxIndexMap::default();
    for single in std::iter::once(&first).chain(others) {
        let name = single.message.split('"').nth(1).unwrap_or_default();
        let at = places.entry(name.to_owned()).or_default();
        at.extend(single.primary.as_ref().map(place));
    }
    let names: Vec<&str> = places.keys().map(String::as_str).collect();
    let packages: BTreeSet<&str> =
        names.iter().filter_map(|name| bundle_resolve::stand_in(name)).collect();
    let without: Vec<&str> =
        names.iter().copied().filter(|name| bundle_resolve::stand_in(name).is_none()).collect();
    let mut diagnostic = Diagnostic::error(
        "node-builtin",
        format!("browsers do not have these built-in modules of Node: {}", names.join(", ")),
    );
    diagnostic.primary = first.primary;
    for (name, at) in &places {
        diagnostic = diagnostic.note(match at.len().saturating_sub(SHOWN) {
            0 => format!("{name}: imported at {}", at.join(", ")),
            more => format!("{name}: imported at {} and {more} more", at[..SHOWN].join(", ")),
        });
    }
    if !without.is_empty() {
        diagnostic = diagnostic.note(format!(
            "\"node\": \"shims\" in the configuration replaces those that have no version for \
             browsers by empty modules ({})",
            without.join(", ")
        ));
    }
    let diagnostic = diagnostic.note("if this runs in Node, not in pages: --platform node");
    if packages.is_empty() {
        return diagnostic;
    }
    diagnostic.remedy(format!(
        "`npm install {}` installs versions for browsers, which are then used",
        Vec::from_iter(packages).join(" ")
    ))
}

/// A global of Node in code for pages. `package`: its version for browsers.
pub fn node_global(label: Label, name: &str, package: &str) -> Diagnostic {
    let variable = environment_variable(&label).map(ToOwned::to_owned);
    let diagnostic = Diagnostic::warning(
        "node-global",
        format!("`{name}` is a global of Node, which browsers do not have"),
    )
    .at(label)
    .note("a browser throws a ReferenceError when it runs this code");
    let install = format!("`npm install {package}` installs a version for browsers");
    let diagnostic = match name {
        "process" => diagnostic
            .note("\"node\": \"shims\" in the configuration uses a small version of our own"),
        _ => diagnostic,
    };
    match variable {
        Some(variable) => diagnostic.note(install).remedy(format!(
            "give its value in the configuration: \"define\": {{ \"{variable}\": … }}"
        )),
        None => diagnostic.remedy(format!("{install}, which is then used everywhere")),
    }
}

/// Returns `process.env.NAME` if the text at a label goes on like that.
fn environment_variable(label: &Label) -> Option<&str> {
    let text = label.source.text.get(label.span.start as usize..)?;
    let name = text.strip_prefix("process.env.")?;
    let length = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    (length > 0).then(|| &text[.."process.env.".len() + length])
}
