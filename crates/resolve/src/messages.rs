//! Every message of this crate, one function each. `reason` finds the message for a reason.
//! Messages point at the specifier, except those about a file that cannot be parsed or loaded: they
//! point at that file, and are reported once for all importers.

use bundle_base::{Diagnostic, Label, config::Format, merge_conflict};

use crate::{
    answer::RequestSyntax,
    failure::{BrokenJson, Failure, MissingFile, MissingReplacement, MissingTsconfig, Reason},
    path,
};

mod packages; // messages about packages and their fields
mod wording; // the wording that messages share

use packages::{
    broken_package, builtin, missing_import, missing_package, no_entry, not_exported, yarn_pnp,
};
use wording::{RequestPlace, list};

/// The most characters of a specifier that a message shows.
const SHORT: usize = 80;

impl Failure {
    /// Returns the diagnostic. `at` is the specifier's literal; `None` if there is no text, as for
    /// an entry.
    pub fn diagnostic(&self, at: impl Into<Option<Label>>) -> Diagnostic {
        let place = RequestPlace { at: at.into(), kind: self.kind };
        let mut diagnostic = reason(&self.reason, &short(&self.specifier), &place);
        if place.is_in_a_package() {
            diagnostic.fix = None;
        }
        if !is_about_a_file(&self.reason) {
            diagnostic.primary = place.at.as_ref().map(|label| label.clone().text(place.words()));
        }
        diagnostic
    }
}

/// Whether a message is reported once, however many imports need the file.
fn is_about_a_file(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::BrokenJson(_) | Reason::MissingTsconfig(_) | Reason::TsconfigCycle { .. }
    )
}

fn reason(reason: &Reason, specifier: &str, place: &RequestPlace) -> Diagnostic {
    match reason {
        Reason::Empty => empty(),
        Reason::TooLong { length } => too_long(specifier, *length),
        Reason::Nul => nul(specifier),
        Reason::NotAName => not_a_name(specifier),
        Reason::LoaderSyntax => loader_syntax(specifier),
        Reason::Address { format } => address(specifier, *format),
        Reason::DataUrl { problem } => data_url(problem),
        Reason::MissingFile(missing) => missing_file(place, specifier, missing),
        Reason::WrongCase { on_disk, fixed } => {
            wrong_case(place, specifier, on_disk, fixed.as_deref())
        }
        Reason::NoIndex { directory, files } => no_index(place, directory, files),
        Reason::NotAFile { path } => not_a_file(path),
        Reason::Denied { path } => denied(path),
        Reason::LinkLoop { path } => link_loop(path),
        Reason::DeadLink { path, target } => dead_link(path, target),
        Reason::MissingPackage(missing) => missing_package(place, specifier, missing),
        Reason::NoEntry { package, fields, has_types } => no_entry(package, fields, *has_types),
        Reason::NotExported(hidden) => not_exported(place, specifier, hidden),
        Reason::BrokenPackage { package_json, problem } => broken_package(package_json, problem),
        Reason::MissingImport { package_json, near } => {
            missing_import(place, specifier, package_json.as_deref(), near.as_deref())
        }
        Reason::MissingAlias { key, target, reason } => {
            missing_alias(place, (key, target), specifier, reason)
        }
        Reason::MissingReplacement(missing) => missing_replacement(place, specifier, missing),
        Reason::MissingDirectory { wanted, near, is_file } => {
            missing_directory(place, wanted, near.as_deref(), *is_file)
        }
        Reason::Cycle => alias_cycle(specifier),
        Reason::BrokenJson(broken) => broken_json(broken),
        Reason::MissingTsconfig(missing) => missing_tsconfig(missing),
        Reason::TsconfigCycle { path } => tsconfig_cycle(path),
        Reason::Builtin { name, stand_in, is_from_package } => {
            builtin(place, name, *stand_in, *is_from_package)
        }
        Reason::YarnPnp { package, manifest } => yarn_pnp(package, manifest),
        Reason::Other { words } => {
            Diagnostic::error("unresolved", format!("\"{specifier}\" cannot be resolved: {words}"))
        }
    }
}

fn empty() -> Diagnostic {
    Diagnostic::error("empty-specifier", "the module name is empty".to_owned())
        .note("write a file (\"./counter.js\") or a package (\"vue\")")
}

fn too_long(specifier: &str, length: usize) -> Diagnostic {
    Diagnostic::error(
        "specifier-too-long",
        format!("the module name is {length} bytes long: \"{specifier}\""),
    )
    .note("no file system allows such a path: is this the text of a module instead of its name?")
}

fn nul(specifier: &str) -> Diagnostic {
    Diagnostic::error(
        "specifier-with-nul",
        format!("the module name contains the character U+0000: \"{specifier}\""),
    )
    .note("no file can have such a name")
}

fn not_a_name(specifier: &str) -> Diagnostic {
    Diagnostic::error(
        "not-a-module-name",
        format!("\"{specifier}\" is neither a path nor the name of a package"),
    )
    .note(
        "paths begin with \"./\", \"../\" or \"/\"; package names consist of letters, digits, \
         \"-\", \"_\" and \".\"",
    )
}

fn loader_syntax(specifier: &str) -> Diagnostic {
    let found = Diagnostic::error(
        "loader-syntax",
        format!("\"{specifier}\" uses webpack's syntax for loaders, which is not supported"),
    );
    if specifier.contains("expose-loader") {
        let file = specifier.rsplit('!').next().unwrap_or(specifier);
        return found.note("expose-loader makes a module a global of the page").note(format!(
            "import the module, and assign it: import value from \"{file}\"; window.name = value;"
        ));
    }
    found.note(
        "import the file itself, without the text before the last \"!\": its extension \
           decides how it is loaded",
    )
}

fn address(specifier: &str, format: Format) -> Diagnostic {
    let form = match format {
        Format::Iife => "a classic script",
        Format::Cjs => "a CommonJS module",
        Format::Esm => "an ES module",
    };
    Diagnostic::error("url-import", format!("\"{specifier}\" is a URL, which {form} cannot import"))
        .note("install the package with npm, and import it by its name")
        .note(format!(
            "or load it in the page with <script src>, and name its global: --external \
             \"{specifier}=ItsGlobalName\""
        ))
}

fn data_url(problem: &str) -> Diagnostic {
    Diagnostic::error("bad-data-url", format!("this data: URL cannot be decoded: {problem}"))
        .note("it must look like data:text/javascript,… or data:text/javascript;base64,…")
}

fn missing_file(place: &RequestPlace, specifier: &str, missing: &MissingFile) -> Diagnostic {
    let wanted = &missing.wanted;
    let message = match (&missing.package, place.kind) {
        (Some(package), _) => format!("the package {package} has no file for \"{specifier}\""),
        (None, RequestSyntax::Entry) => format!("the entry {wanted} does not exist"),
        (
            None,
            RequestSyntax::Import
            | RequestSyntax::Require
            | RequestSyntax::Url
            | RequestSyntax::Asset,
        ) => {
            format!("there is no file {wanted}")
        }
    };
    let is_asset = place.kind == RequestSyntax::Asset;
    let mut diagnostic = if is_asset {
        Diagnostic::error("missing-asset", message)
    } else {
        Diagnostic::error("missing-file", message)
    };
    let near = missing.near.as_ref().filter(|_| !place.is_in_a_package());
    if let Some(near) = near {
        diagnostic.fix = Some(place.instead(near));
    }
    if !missing.beside.is_empty() {
        diagnostic = diagnostic.note(format!(
            "the package is installed, and contains {}",
            list(&missing.beside, "and")
        ));
    }
    match &missing.missing_directory {
        Some(directory) => diagnostic.note(format!("there is no directory {directory} either")),
        None if near.is_none() && is_asset => {
            diagnostic.note("an address that begins with `/` is left unchanged, for the server")
        }
        None if near.is_none() && !missing.extensions.is_empty() => diagnostic.note(format!(
            "it was looked for as written and with {}",
            list(&missing.extensions, "and")
        )),
        None => diagnostic,
    }
}

fn wrong_case(
    place: &RequestPlace,
    specifier: &str,
    on_disk: &str,
    fixed: Option<&str>,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        "wrong-case",
        format!("\"{specifier}\" differs from {on_disk} in upper and lower case"),
    )
    .note("some systems find the file anyway; most servers and build machines do not");
    diagnostic.fix = fixed.map(|fixed| place.instead(fixed));
    diagnostic
}

fn no_index(place: &RequestPlace, directory: &str, files: &[String]) -> Diagnostic {
    if place.kind == RequestSyntax::Asset {
        return Diagnostic::error(
            "directory-without-index",
            format!("{directory} is a directory, but a file is needed here"),
        )
        .fix("write the name of a file in it", None);
    }
    let mut diagnostic = Diagnostic::error(
        "directory-without-index",
        format!("{directory} is a directory and has no index file"),
    );
    match files {
        [] => diagnostic.note("it contains no script"),
        [only] => {
            diagnostic.fix = Some(place.instead(only));
            diagnostic
        }
        [first, ..] => {
            diagnostic.fix = Some(place.instead(first));
            diagnostic.note(format!("scripts in it: {}", list(files, "and")))
        }
    }
}

fn not_a_file(path: &str) -> Diagnostic {
    Diagnostic::error("not-a-file", format!("{path} is a FIFO, a socket or a device"))
        .note("only regular files can be bundled: reading anything else may never end")
}

fn denied(path: &str) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("{path} cannot be read: permission denied"))
        .note("check the permissions of the file and of the directories above it")
}

fn link_loop(path: &str) -> Diagnostic {
    Diagnostic::error("link-loop", format!("{path} is a symbolic link that leads back to itself"))
        .note("remove the link, or let it point at a file")
}

fn dead_link(path: &str, target: &str) -> Diagnostic {
    Diagnostic::error(
        "dead-link",
        format!("{path} is a symbolic link to {target}, which does not exist"),
    )
    .note("remove the link, or let it point at a file")
}

fn missing_alias(
    place: &RequestPlace,
    alias: (&str, &str),
    specifier: &str,
    inner: &Reason,
) -> Diagnostic {
    let (key, target) = alias;
    reason(inner, specifier, place).note(format!("\"{key}\" is an alias for {target}"))
}

fn missing_replacement(
    place: &RequestPlace,
    specifier: &str,
    missing: &MissingReplacement,
) -> Diagnostic {
    let MissingReplacement { package_json, field, target, reason: inner } = missing;
    let mut diagnostic = reason(inner, target, place);
    // A specifier that is similar to the replacement would be wrong in the importer.
    diagnostic.fix = None;
    diagnostic.note(format!(
        "\"{field}\" in {package_json} puts \"{target}\" in place of \"{specifier}\""
    ))
}

fn missing_directory(
    place: &RequestPlace,
    wanted: &str,
    near: Option<&str>,
    is_file: bool,
) -> Diagnostic {
    let message = if is_file {
        format!("{wanted} is a file, not a directory")
    } else {
        format!("there is no directory {wanted}")
    };
    let mut diagnostic = Diagnostic::error("missing-directory", message);
    diagnostic.fix = near.map(|near| place.instead(near));
    diagnostic
}

fn alias_cycle(specifier: &str) -> Diagnostic {
    Diagnostic::error("alias-circle", format!("resolving \"{specifier}\" leads back to itself"))
        .note(
            "look for aliases, tsconfig paths or \"browser\" entries that lead to each other; \
         \"name$\" makes an alias \
         exact",
        )
}

fn broken_json(broken: &BrokenJson) -> Diagnostic {
    if let Some(conflict) = merge_conflict::found(&broken.source) {
        return conflict;
    }
    let name = &broken.source.name;
    let diagnostic =
        Diagnostic::error("broken-json", format!("{name} cannot be read: {}", broken.problem))
            .at(Label::new(&broken.source, broken.span));
    if name.contains("node_modules/") {
        return diagnostic
            .note("reinstall the package: this file determines what an import of it loads");
    }
    diagnostic.note("correct it: this file determines how imports are resolved here")
}

fn missing_tsconfig(missing: &MissingTsconfig) -> Diagnostic {
    let wanted = &missing.wanted;
    let Some((source, span)) = &missing.from else {
        return Diagnostic::error("missing-tsconfig", format!("there is no {wanted}"))
            .note("it is configured as \"tsconfig\"");
    };
    Diagnostic::error(
        "missing-tsconfig",
        format!("{} refers to {wanted}, which does not exist", source.name),
    )
    .at(Label::new(source, *span))
    .note("install the package that contains it, or correct \"extends\"")
}

fn tsconfig_cycle(path: &str) -> Diagnostic {
    Diagnostic::error("tsconfig-circle", format!("{path} extends itself in a cycle"))
        .note("remove one \"extends\" of the cycle")
}

/// Returns a specifier for a message: shortened, and safe to print on a terminal.
fn short(specifier: &str) -> String {
    let mut text = path::printable(&specifier.chars().take(SHORT).collect::<String>());
    if specifier.chars().nth(SHORT).is_some() {
        text.push('…');
    }
    text
}
