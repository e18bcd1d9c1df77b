//! Every diagnostic that only the WebAssembly build reports.

use std::panic::PanicHookInfo;

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
pub fn panicked(info: &PanicHookInfo<'_>) -> Diagnostic {
    let place =
        info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
    let why = format!("{} ({place})", info.payload_as_str().unwrap_or("no message"));
    Diagnostic::error("internal-error", format!("internal error in bundle: {why}")).note(
        "this is a bug in bundle, not in your sources; nothing was written; a report with the \
         sources would help",
    )
}

/// A question about a build, when there is none without errors.
pub fn nothing_built() -> Diagnostic {
    Diagnostic::error("nothing-built", "no build of this session has succeeded yet")
        .note("build first; if the build reports errors, fix them and build again")
}

/// A question about a build that was made without a metafile.
pub fn no_metafile() -> Diagnostic {
    Diagnostic::error("nothing-built", "the last build made no metafile")
        .note("build again without `metafile: false`")
}
