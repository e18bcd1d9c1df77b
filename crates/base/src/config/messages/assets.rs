//! Messages about assets: the names of files, symbols and classes, and what is copied.

use super::origin::placed;
use crate::{config::raw::Origin, diagnostic::Diagnostic};

pub(in crate::config) fn bad_asset_names(origin: &Origin, pattern: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "bad-asset-names",
            format!("\"{pattern}\" is not a valid pattern for file names"),
        ),
        origin,
    )
    .note(
        "names are relative to the output folder and stay in it, and distinguish files by [name] \
         or [hash]",
    )
    .fix("write a path with [dir], [name], [hash] and [ext]: \"assets/[name]-[hash][ext]\"", None)
}

pub(in crate::config) fn bad_asset_extension(
    origin: &Origin,
    extension: &str,
    why: &str,
) -> Diagnostic {
    let sentence = format!("\"{extension}\" cannot be one of `assets.extensions`: {why}");
    placed(Diagnostic::error("bad-asset-extension", sentence), origin).fix(
        "list extensions of files that scripts import by their address: [\"glsl\", \"csv\"]",
        None,
    )
}

pub(in crate::config) fn copy_leads_out(origin: &Origin, to: &str) -> Diagnostic {
    placed(
        Diagnostic::error("bad-output-name", format!("\"{to}\" is not in the output folder")),
        origin,
    )
    .fix("write a folder relative to outDir: \"images\"", None)
}

pub(in crate::config) fn bad_symbol_id(origin: &Origin, pattern: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "bad-asset-names",
            format!("\"{pattern}\" is not a valid pattern for symbol ids"),
        ),
        origin,
    )
    .note("an id must contain [name], may contain [dir], and cannot contain spaces, #, \", < or &")
    .fix("write a pattern: \"icon-[name]\"", None)
}

pub(in crate::config) fn bad_module_names(origin: &Origin, pattern: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "bad-module-names",
            format!("\"{pattern}\" is not a valid pattern for class names"),
        ),
        origin,
    )
    .note(
        "a name must contain [local], begin with a letter or `_`, and consist of letters, digits, \
         `-` and `_`",
    )
    .fix("write a pattern of [local], [name] and [hash]: \"[name]__[local]_[hash]\"", None)
}
