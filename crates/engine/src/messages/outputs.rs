//! Output files that cannot be written.

use bundle_base::Diagnostic;

/// An output that would overwrite an input. `is_one_file`: the configuration names the output file,
/// not a folder.
pub fn output_over_input(path: &str, is_one_file: bool) -> Diagnostic {
    let remedy = if is_one_file {
        "name another file: --out-file dist/main.js"
    } else {
        "write into another folder: --out-dir dist"
    };
    Diagnostic::error(
        "output-overwrites-input",
        format!("the output {path} would overwrite a file that this build reads"),
    )
    .fix(remedy, None)
}

/// Two outputs with the same path.
pub fn two_outputs_at(path: &str) -> Diagnostic {
    Diagnostic::error("duplicate-output", format!("two outputs would be written to {path}"))
        .note("give one of them another name: an area, \"rtl\", or --metafile meta.json")
}

/// Two outputs with different paths that links lead to the same file.
pub fn outputs_linked(one: &str, other: &str) -> Diagnostic {
    Diagnostic::error("duplicate-output", format!("{one} and {other} lead to the same file"))
        .note("remove the symbolic link, or give one of the outputs another name")
}

/// A path whose symbolic links form a cycle.
pub fn output_through_loop(path: &str) -> Diagnostic {
    Diagnostic::error(
        "not-written",
        format!("cannot write {path}: its symbolic links form a cycle"),
    )
    .note("remove one of the links, or name another folder with --out-dir")
}

/// A path through a link whose target does not exist.
pub fn output_through_dead_link(path: &str, link: &str, target: &str) -> Diagnostic {
    let sentence =
        format!("cannot write {path}: {link} is a symbolic link to {target}, which does not exist");
    Diagnostic::error("not-written", sentence)
        .note("create the folder that it points to, or remove the link")
}

/// An output whose path is a directory.
pub fn output_is_directory(path: &str) -> Diagnostic {
    Diagnostic::error("output-is-directory", format!("cannot write {path}: it is a directory"))
        .note("remove it, or give the output another name")
}

/// An output whose path is a FIFO, a socket or a device.
pub fn output_is_special(path: &str) -> Diagnostic {
    Diagnostic::error(
        "not-written",
        format!("cannot write {path}: it is a FIFO, a socket or a device"),
    )
    .note("an output replaces the whole file, so it has to be a regular file")
}

/// An output whose path is outside the output folder.
pub fn output_outside(path: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-output-name",
        format!("the output {path} would be outside the output folder"),
    )
}
