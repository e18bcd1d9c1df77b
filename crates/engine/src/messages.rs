//! Every diagnostic that this crate can report, one function each.

use std::sync::Arc;

use bundle_base::{
    Diagnostic, Label, Source, Span, diagnostic::Severity, fs::FsError, loader::preprocessor_advice,
};

mod copies; // copied files, and pages from templates
mod node; // Node's built-in modules and globals
mod outputs; // output files that cannot be written
mod places; // further places of a diagnostic
mod plugins; // plugins
mod stimulus; // Stimulus controllers
mod vue; // Vue
mod wasm; // WebAssembly files

pub use copies::{
    copy_over_asset, copy_over_output, copy_taken, not_copied, nothing_to_copy, output_over_copied,
    template_expression, unknown_page_entry,
};
pub use node::{node_builtins, node_global};
pub use outputs::{
    output_is_directory, output_is_special, output_outside, output_over_input,
    output_through_dead_link, output_through_loop, outputs_linked, two_outputs_at,
};
pub use places::{also_at, also_in};
pub use plugins::{
    Hook, babel_failed, babel_plugin_missing, babel_without_node, invalid_plugin_answer,
    not_loaded, plugin_unanswered, plugin_warning, unknown_module_type,
};
pub use stimulus::{
    bad_stimulus_controllers, bad_stimulus_fetch, no_stimulus_controller, no_stimulus_controllers,
    no_stimulus_package,
};
pub use vue::{installed_vue_3, vue_copies};
pub use wasm::{broken_wasm, imported_by_wasm, wasm_at_run_time};

/// A file of a kind that no loader is configured for.
pub fn no_loader(name: &str, extension: &str) -> Diagnostic {
    let sentence = format!("no loader is configured for .{extension} files: {name}");
    Diagnostic::error("no-loader", sentence)
        .note("only images, fonts, media and documents are published by default")
        .fix(
            format!(
                "import its text with `?raw` or its address with `?url`, or list the extension \
                 in \
                 bundle.config.json: \"assets\": {{ \"extensions\": [\"{extension}\"] }}"
            ),
            None,
        )
}

/// Adds to the diagnostic of an unknown or private file that the file is an entry. Returns other
/// diagnostics unchanged.
pub fn of_an_entry(found: Diagnostic) -> Diagnostic {
    match found.code {
        "no-loader" | "private-file" => found
            .note("an entry is a script, a stylesheet or a component")
            .fix("name the script of the page, such as src/main.js", None),
        _ => found,
    }
}

/// A source in a language that no loader supports.
pub fn foreign_language(name: &str, extension: &str) -> Diagnostic {
    let found = Diagnostic::error("no-loader", format!("there is no loader for {name}"));
    if let Some(advice) = preprocessor_advice(extension) {
        return found
            .note("style languages other than CSS and Sass are compiled by configured commands")
            .remedy(advice);
    }
    found
        .note(format!(
            "files ending in .{extension} are written in a language that browsers do not understand"
        ))
        .remedy(
            "compile it with its own compiler first; to use the file as it is, import it with \
                 `?url` or `?raw`",
        )
}

/// A polyfill of `polyfills: "usage"` that is in no installed package.
pub fn polyfill_not_installed(label: Label, specifier: &str) -> Diagnostic {
    Diagnostic::error(
        "polyfill-not-installed",
        format!("this needs {specifier}, which is not installed"),
    )
    .at(label)
    .note("`\"polyfills\": \"usage\"` takes polyfills from the core-js 3 that the project installs")
    .remedy("npm i core-js")
}

/// A polyfill that the installed core-js lacks, because it is older. As with Babel, the code then
/// does without it.
pub fn polyfill_not_in_version(label: Label, specifier: &str, version: &str) -> Diagnostic {
    Diagnostic::warning(
        "polyfill-not-installed",
        format!("this needs {specifier}, which the installed core-js {version} does not have"),
    )
    .at(label.text("left without a polyfill"))
    .remedy("npm i core-js@3")
}

/// A global that the target lacks and that no polyfill provides. `who`: the browser or engine;
/// `chain`: the imports by which the module is in the output.
pub fn missing_global(
    label: Label,
    name: &str,
    who: &str,
    chain: &str,
    is_polyfilled: bool,
) -> Diagnostic {
    let remedy = if is_polyfilled {
        format!(
            "set `\"polyfills\": \"usage\"`, import a polyfill, or check that {name} exists before \
             using it"
        )
    } else {
        format!(
            "core-js has no polyfill for it: include one in the page, or check that {name} exists \
             before using it"
        )
    };
    Diagnostic::error(
        "missing-global",
        format!("this needs {name}, which {who} does not have in its standard form"),
    )
    .at(label)
    .note(format!("import chain: {chain}"))
    .remedy(remedy)
}

/// A BigInt literal, compiled for a target without BigInts. `who`: the browsers that lack them;
/// `modules`: how many modules have such literals.
pub fn big_int_at_run_time(label: Label, who: &str, chain: &str, modules: usize) -> Diagnostic {
    let found = Diagnostic::warning(
        "bigint-at-run-time",
        format!("this needs BigInt at run time, which {who} does not have"),
    )
    .at(label.text("compiled to a call of `BigInt`, which throws where there is none"))
    .note(format!("import chain: {chain}"));
    let found = match modules {
        1 => found,
        more => found.note(format!("{more} modules have BigInt literals; this is the first")),
    };
    found.remedy(
        "run the page only in browsers that have BigInt (no polyfill can add it), or check for \
         `typeof BigInt === \"function\"` first; then silence this warning",
    )
}

/// A request with an expression whose folder is outside the project, or the whole project.
pub fn context_leads_out(at: Label, folder: &str) -> Diagnostic {
    Diagnostic::warning(
        "dynamic-require",
        format!("this request may mean any file in \"{folder}\", so no module is bundled for it"),
    )
    .at(at)
    .note("only folders inside the project and in packages are searched")
    .remedy("begin the text with a folder of the project: \"./pages/\" + name")
}

/// A rule that applies to no file of the build.
pub fn unused_rule(written: &str) -> Diagnostic {
    Diagnostic::warning("unused-rule", format!("no imported file matches \"{written}\" in `rules`"))
        .note("patterns are relative to `root`; those without `/` are for the names of files")
}

/// An asset larger than `assets.warnAbove`. `bytes` and `limit` are in bytes.
pub fn large_asset(name: &str, bytes: usize, limit: usize) -> Diagnostic {
    let [size, limit] = [bytes, limit].map(|bytes| bytes.div_ceil(1024));
    Diagnostic::warning("large-asset", format!("{name} is {size} KiB, and pages load it unchanged"))
        .note(format!("`assets.warnAbove` is {limit} KiB"))
        .remedy("compress it, or raise `assets.warnAbove` in bundle.config.json")
}

/// An asset that would have the path of a script or a stylesheet.
pub fn asset_over_output(path: &str) -> Diagnostic {
    Diagnostic::error(
        "asset-name-taken",
        format!("an asset would be written to {path}, which is already the path of another output"),
    )
    .fix("give assets a folder of their own in `assets.names`: \"assets/[name]-[hash][ext]\"", None)
}

/// A manifest whose path another output of the build already has, such as a copied file.
pub fn manifest_over_output(path: &str) -> Diagnostic {
    Diagnostic::error(
        "asset-name-taken",
        format!("the manifest would be written to {path}, already the path of another output"),
    )
    .note("rename the other file, leave it out of `copy`, or write another form of manifest")
}

/// A file that is imported with `?sprite` and is not a valid SVG. `at`: the offset of the mistake
/// in bytes.
pub fn bad_svg(source: &Arc<Source>, at: usize, why: &str) -> Diagnostic {
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    Diagnostic::error("bad-svg", format!("{} cannot be read as SVG: {why}", source.name))
        .at(Label::new(source, Span::new(at, at)))
        .fix("correct the SVG, or import its address by `?url`", None)
}

/// A page with more stylesheets than old browsers read.
pub fn too_many_stylesheets(entry: &str, stylesheets: usize, most: usize) -> Diagnostic {
    Diagnostic::warning(
        "too-many-sheets",
        format!(
            "the page of {entry} has {stylesheets} stylesheets, and Internet Explorer 9 reads \
                 only {most}"
        ),
    )
    .note("each shared chunk with styles has a stylesheet of its own, and large ones are split")
    .fix(
        "import styles that many entries share in one place, or put all of them into scripts: \
         \"styles\": \"inject\"",
        None,
    )
}

/// Two SVG symbols with the same id.
pub fn symbol_twice(id: &str, first: &str, second: &str) -> Diagnostic {
    Diagnostic::error(
        "duplicate-symbol",
        format!("{first} and {second} would both be the symbol {id}"),
    )
    .fix(
        "give one of them another name, or add the folder to the id: \"assets\": { \
              \"symbolId\": \"icon-[dir]-[name]\" }",
        None,
    )
}

/// A stylesheet that refers to a file, with `styles: "inject"` and without `publicPath`, in an ES
/// module for browsers without `import.meta`. Injected styles resolve addresses relative to the
/// page, which may be anywhere.
pub fn injected_address(stylesheet: &str, file: &str) -> Diagnostic {
    Diagnostic::error(
        "injected-address",
        format!(
            "{stylesheet} refers to {file}, whose address is unknown to injected styles without \
             `publicPath`"
        ),
    )
    .note(
        "browsers resolve addresses in injected styles relative to the page, and those of `target` \
         have no `import.meta`, by which an ES module finds its files",
    )
    .fix("set `publicPath` to the URL of the output folder", None)
}

/// Two assets with different contents that `assets.names` gives the same path.
pub fn asset_name_taken(path: &str, first: &str, second: &str) -> Diagnostic {
    Diagnostic::error(
        "asset-name-taken",
        format!("{first} and {second} would both be written to {path}"),
    )
    .note("`assets.names` gives files with different contents the same name")
    .fix("add [hash] or [dir] to the name: \"assets/[name]-[hash][ext]\"", None)
}

/// Adds to a diagnostic the advice to reinstall the package, instead of an edit of its files.
pub fn reinstall(diagnostic: Diagnostic, package: &str) -> Diagnostic {
    diagnostic.note(format!(
        "{package} is an installed package: do not edit it, but reinstall it or install another \
         version"
    ))
}

/// Adds to a diagnostic what to do about a construct of a package that the target lacks.
pub fn exceeds_target_in_package(diagnostic: Diagnostic) -> Diagnostic {
    let remedy = match diagnostic.severity {
        Severity::Error => {
            "raise `target`, or, if only newer browsers run it, allow it: \"severity\": { \
             \"exceeds-target\": \"warn\" }"
        }
        Severity::Warning => {
            "raise `target`, or, if only newer browsers run it, hide this warning: \"silence\": \
             [\"exceeds-target\"]"
        }
    };
    diagnostic.remedy(remedy)
}

/// A specifier that must lead to a file, because the file's text is read, and does not.
pub fn not_a_file(at: Label, specifier: &str) -> Diagnostic {
    Diagnostic::error("not-a-file", format!("\"{specifier}\" does not lead to a file"))
        .at(at)
        .note("it is external, disabled by an alias or a package, or a data URL")
}

/// A file that exists and cannot be read.
pub fn unreadable(name: &str, why: &FsError) -> Diagnostic {
    let found = Diagnostic::error("unreadable-file", format!("{name} cannot be read: {why}"));
    if *why == FsError::Denied { found.note("check the permissions of the file") } else { found }
}

/// Adds to a diagnostic which entry leads to the file: the entry is a link or a package, so the
/// user knows the file by another name.
pub fn linked_entry(found: Diagnostic, entry: &str) -> Diagnostic {
    found.note(format!("the entry {entry} leads to this file"))
}

/// Adds to a diagnostic about a file of a package where the file is imported.
pub fn imported_from(found: Diagnostic, importer: &Label) -> Diagnostic {
    found.note_at("imported here", importer.clone().text(""))
}

/// Top-level await in a module that becomes a function, for a target without async functions.
pub fn unlowered_top_level_await(at: Label) -> Diagnostic {
    Diagnostic::error(
        "top-level-await",
        "top-level await cannot be compiled for this target, which has no async functions",
    )
    .at(at)
    .remedy(
        "move it into an async function, which can be compiled, or choose a target with async \
         functions, such as es2017",
    )
}

/// Adds to the failure of a `require` that its file joins several AMD modules. `name`: that of the
/// file.
pub fn in_amd_modules(failure: Diagnostic, name: &str) -> Diagnostic {
    let file = name.rsplit('/').next().unwrap_or(name);
    failure.note("this file joins AMD modules, which need an AMD loader or a page").note(format!(
        "load it as a classic script: \"rules\": {{ \"{file}\": {{ \"as\": \"script\", \
         \"exports\": \"NAME\" }} }}, where NAME is the global variable that it declares"
    ))
}

/// Makes the failure of an `import()` a warning, because the program handles its rejection.
pub fn optional_import(failure: Diagnostic) -> Diagnostic {
    optional(
        failure,
        "its rejection is handled, so this is only a warning; it rejects when it runs",
    )
}

/// Makes the failure of a request inside of `try` a warning.
pub fn optional_in_try(failure: Diagnostic) -> Diagnostic {
    optional(failure, "it is inside `try`, so this is only a warning; it throws when it runs")
}

/// Makes it a warning that the folder of a `require.context` is missing.
pub fn optional_folder(failure: Diagnostic) -> Diagnostic {
    optional(failure, "the folder does not exist, so the request fails when it runs")
}

fn optional(mut failure: Diagnostic, why: &str) -> Diagnostic {
    failure.severity = Severity::Warning;
    failure.note(why)
}

/// Adds to a failure that the import was made by `provide`, and is not in the source.
pub fn asked_by_provide(mut failure: Diagnostic, name: &str) -> Diagnostic {
    if let Some(label) = &mut failure.primary {
        label.text = format!("\"provide\" in the configuration makes `{name}` an import");
    }
    failure
}

/// A folder in which `require.context`, `import.meta.glob`, or a pattern of files or sprites
/// matches no file.
pub fn empty_context(at: Label, folder: &str) -> Diagnostic {
    Diagnostic::warning("empty-context", format!("no file in {folder} matches")).at(at)
}

/// An invalid pattern of `require.context`, `import.meta.glob`, files or sprites.
pub fn bad_pattern(at: Label, pattern: &str, why: &str) -> Diagnostic {
    Diagnostic::error("bad-pattern", format!("the pattern {pattern} cannot be used: {why}")).at(at)
}

/// An entry that resolves to something that is not bundled.
pub fn entry_is_not_a_file(entry: &str) -> Diagnostic {
    Diagnostic::error(
        "entry-not-a-file",
        format!("the entry {entry} is not a file that can be bundled"),
    )
    .fix("take it out of \"externals\", or name a file of the project", None)
}

/// A worker that is external, and so is not bundled.
pub fn worker_is_external(at: Label, specifier: &str) -> Diagnostic {
    Diagnostic::error(
        "external-worker",
        format!("the worker {specifier} is external, so no file is written for it"),
    )
    .at(at.text("started here"))
    .remedy(
        "take it out of \"externals\", or give `Worker` the address of a file on the \
                 server as a string",
    )
}

/// An entry without contents. `begin`: the beginning of its text, if it can be shown.
pub fn empty_entry(name: &str, begin: Option<Label>) -> Diagnostic {
    let sentence = format!("the entry {name} contains no code, so its output is empty");
    let warning = Diagnostic::warning("empty-entry", sentence);
    let warning = match begin {
        Some(begin) => warning.at(begin),
        None => warning,
    };
    warning.fix("add code to it, or remove it from the entries", None)
}

/// An import with `with { type: … }` of a file that is not of this type, or of an unknown type.
pub fn attribute_mismatch(at: Label, wanted: &str, found: &str) -> Diagnostic {
    Diagnostic::error(
        "attribute-mismatch",
        format!("{found} is not of the type \"{wanted}\" that the import asks for"),
    )
    .at(at.text("imported here"))
    .fix("leave `with { … }` out, or import a file of that type", None)
}

/// A source map that a file names and that cannot be read.
pub fn input_map_missing(at: Label, address: &str, why: &str) -> Diagnostic {
    let address: String = address.chars().take(100).collect();
    Diagnostic::warning(
        "input-map-missing",
        format!("the source map {address} cannot be read: {why}"),
    )
    .at(at.text("named here"))
    .note("source maps of the output refer to this file, not to its original sources")
}

/// A source map that cannot be decoded.
pub fn input_map_broken(at: Label, why: &str) -> Diagnostic {
    Diagnostic::warning(
        "input-map-broken",
        format!("the source map of this file cannot be read: {why}"),
    )
    .at(at)
    .note("source maps of the output refer to this file, not to its original sources")
}

/// A source map that does not fit the text of its file.
pub fn input_map_wrong(at: Label, why: &str) -> Diagnostic {
    Diagnostic::warning(
        "input-map-wrong",
        format!("the source map does not match this file: {why}"),
    )
    .at(at)
    .note("source maps of the output refer to this file, not to its original sources")
    .fix("compile the file again", None)
}

/// A source map that is too large to read. Sizes are in MiB.
pub fn input_map_too_large(at: Label, megabytes: usize, most: usize) -> Diagnostic {
    Diagnostic::warning(
        "input-map-too-large",
        format!("the source map of this file is {megabytes} MiB"),
    )
    .at(at)
    .note(format!(
        "the limit is {most} MiB; source maps of the output refer to this file, not to its \
         original sources"
    ))
}
