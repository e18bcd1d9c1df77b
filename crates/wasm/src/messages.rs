//! Every diagnostic that only the WebAssembly build reports.

use bundle_base::Diagnostic;

/// A feature that only the native program has. `package`: the npm package that contains it.
pub fn native_only(what: &str, package: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("native-only", format!("{what} needs the native program"))
        .note("this is the WebAssembly build, which can only build once and write the outputs");
    match package {
        Some(package) => diagnostic.fix(
            format!(
                "install the optional dependencies, which include {package}: npm install \
                 --include=optional"
            ),
            None,
        ),
        None => diagnostic.fix(
            "build the program for this platform from source, and set BUNDLE_BINARY to its path",
            None,
        ),
    }
}

/// A file that the host could not write. `why`: the host's error message.
pub fn not_written(path: &str, why: &str) -> Diagnostic {
    Diagnostic::error("not-written", format!("cannot write {path}: {why}")).note(
        "give yourself write permission to the folder, make room on the disk, or name \
               another `outDir`",
    )
}

/// A panic, which is a bug in bundle.
pub fn internal_error(why: &str) -> Diagnostic {
    Diagnostic::error("internal-error", format!("internal error in bundle: {why}")).note(
        "this is a bug in bundle, not in your sources; nothing was written; a report with the \
         sources would help",
    )
}
