//! Every sentence this crate can say.

use bundle_base::{Diagnostic, Label, diagnostic::Note};

/// An import names an export that its module does not have.
pub fn missing_export(import: Label, name: &str, from: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("missing-export", format!("\"{name}\" is not exported by {from}"))
        .at(import.text("imported here"))
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// The importee is probably meant to be used by its default export.
pub fn only_default_export(import: Label, name: &str, from: &str) -> Diagnostic {
    missing_export(import, name, from, None)
        .fix(format!("{from} has only a default export: write `import {name} from …` without braces"), None)
}

/// A default import of a module that has none.
pub fn missing_default_export(import: Label, from: &str, named: &[String]) -> Diagnostic {
    let missing =
        Diagnostic::error("missing-export", format!("{from} has no default export")).at(import.text("imported here"));
    match named {
        [] => missing.note(format!("{from} exports nothing")),
        others => {
            missing.fix(format!("it exports {}: import these in braces, or add `export default`", list(others)), None)
        }
    }
}

/// Two `export *` give the same name to different things.
pub fn ambiguous_export(import: Label, name: &str, from: &str, origins: [&str; 2]) -> Diagnostic {
    let [first, second] = origins;
    Diagnostic::error(
        "ambiguous-export",
        format!("\"{name}\" is ambiguous: {from} gets it by `export *` from two modules"),
    )
    .at(import.text("imported here"))
    .note(format!("one is in {first}, the other in {second}"))
    .fix(format!("import it from one of them, or add `export {{ {name} }} from …` to {from}"), None)
}

/// A re-export that only leads back to itself.
pub fn circular_export(import: Label, name: &str, from: &str) -> Diagnostic {
    Diagnostic::error("circular-export", format!("\"{name}\" of {from} is re-exported in a circle and never declared"))
        .at(import.text("imported here"))
        .fix("declare it in one of the modules of the circle", None)
}

/// A member of a namespace that does not exist: `undefined` at run time.
pub fn missing_member(at: Label, name: &str, from: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::warning("missing-member", format!("\"{name}\" is not exported by {from}: it is always undefined here"))
        .at(at.text("read here"))
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// Top-level await in a format whose files cannot wait.
pub fn top_level_await(at: Label, format: &str) -> Diagnostic {
    Diagnostic::error(
        "top-level-await",
        format!("top-level await cannot be written as {format}: such a script cannot wait"),
    )
    .at(at)
    .fix("move it into an async function, load the module with import(), or build with --format esm", None)
}

/// `require` of a module that awaits.
pub fn require_of_async(at: Label, of: &str, awaits: Label) -> Diagnostic {
    Diagnostic::error("require-of-async", format!("{of} cannot be loaded by require: it has to be waited for"))
        .at(at.text("required here"))
        .note_at("top-level await", awaits)
        .fix("load it with import()", None)
}

/// A name of another module is read before that module ran, because the modules import each other.
pub fn read_before_initialisation(at: Label, name: &str, declared: Label, cycle: &[String]) -> Diagnostic {
    let mut found = Diagnostic::warning(
        "read-before-initialisation",
        format!("\"{name}\" is read before it has a value: these modules import each other"),
    )
    .at(at.text("read while the module is evaluated"));
    found.notes.push(Note { message: "it gets its value here, later".to_owned(), label: Some(declared) });
    found
        .note(format!("import chain: {}", cycle.join(" → ")))
        .fix("read it inside a function that runs later, or move what both need into a third module", None)
}

fn list(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().take(5).map(|n| format!("\"{n}\"")).collect();
    let rest = if names.len() > 5 { format!(" and {} more", names.len() - 5) } else { String::new() };
    format!("{}{rest}", quoted.join(", "))
}
