//! Messages about WebAssembly files.

use std::fmt::Display;

use bundle_base::{Diagnostic, Label};

/// A file that is imported as WebAssembly and is none. `why`: what is wrong with it.
pub fn broken_wasm(name: &str, why: &dyn Display) -> Diagnostic {
    Diagnostic::error("bad-wasm", format!("{name} is not a WebAssembly module: {why}"))
        .note("its imports and exports are read, because a script imports more than its address")
        .remedy(
            "compile or download it again; a component has to be compiled to core modules first; \
             for the address of the file alone, import it with `?url`",
        )
}

/// Adds to the diagnostic of a missing module that a WebAssembly file imports it.
pub fn imported_by_wasm(mut failure: Diagnostic) -> Diagnostic {
    // `env` is not a package that one installs.
    if failure.code == "missing-package" {
        failure.notes.clear();
    }
    failure.note("the excerpt shows what the WebAssembly file imports").remedy(
        "to give it these values yourself, import the function that starts it, \
         \"./file.wasm?init\", and call it with them; or name a module for this specifier in \
         \"alias\"",
    )
}

/// WebAssembly that browsers of the target cannot run.
pub fn wasm_at_run_time(label: Label, who: &str, files: usize) -> Diagnostic {
    let found = Diagnostic::warning(
        "wasm-at-run-time",
        format!("this needs WebAssembly at run time, which these browsers lack: {who}"),
    )
    .at(label.text("compiled when the page runs it"));
    let found = match files {
        1 => found,
        more => found.note(format!("{more} WebAssembly files are run; this is the first")),
    };
    found.remedy(
        "load it with import() after a check for `typeof WebAssembly === \"object\"`, and have \
         other code for browsers without it; then silence this warning",
    )
}
