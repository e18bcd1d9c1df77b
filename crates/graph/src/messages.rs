//! Every diagnostic that this crate reports, one function each.

use bundle_base::{
    Diagnostic, Label,
    diagnostic::{Note, nearest},
};

/// The most exports that a message lists.
const LISTED: usize = 8;

fn not_exported(import: Label, name: &str, from: &str) -> Diagnostic {
    Diagnostic::error("missing-export", format!("\"{name}\" is not exported by {from}"))
        .at(import.text("imported here"))
}

/// An import names an export that its module does not have. `known`: the exports that it has,
/// without `default`.
pub fn missing_export(import: Label, name: &str, from: &str, known: &[String]) -> Diagnostic {
    let missing = not_exported(import, name, from);
    match (nearest(name, known.iter().map(String::as_str)), known) {
        (Some(near), _) => missing.fix(format!("did you mean \"{near}\"?"), Some(near.to_owned())),
        (None, []) => missing.note(format!(
            "{from} exports nothing: to export a declaration, write `export` before it"
        )),
        (None, known) => missing.note(format!("{from} exports {}", list(known))),
    }
}

/// Adds to the diagnostic of a missing name that a WebAssembly file imports it.
pub fn imported_by_wasm(mut found: Diagnostic) -> Diagnostic {
    // The excerpt is not in the file, so nothing in it can be replaced.
    if let Some(fix) = &mut found.fix {
        fix.replacement = None;
    }
    found.note("the excerpt shows what the WebAssembly file imports")
}

/// A WebAssembly file without an export of this name. `of`: the file, with the query of its module.
pub fn not_in_wasm(import: Label, name: &str, of: &str, known: &[String]) -> Diagnostic {
    let file = of.split('?').next().unwrap_or(of);
    let missing = not_exported(import, name, file);
    match (nearest(name, known.iter().map(String::as_str)), known) {
        (Some(near), _) => missing.fix(format!("did you mean \"{near}\"?"), Some(near.to_owned())),
        (None, []) => missing.note("the file exports nothing; its address is its default export"),
        (None, known) => missing.note(format!("{file} exports {}", list(known))),
    }
}

/// The module declares the name and does not export it.
pub fn declared_but_not_exported(
    import: Label,
    name: &str,
    from: &str,
    declared: Label,
) -> Diagnostic {
    not_exported(import, name, from).note_at("it is declared here, but not exported", declared).fix(
        format!("write `export` before the declaration, or add `export {{ {name} }}` to {from}"),
        None,
    )
}

/// The importee has only a default export, which the import probably means.
pub fn only_default_export(import: Label, name: &str, from: &str) -> Diagnostic {
    not_exported(import, name, from).fix(
        format!("{from} has only a default export: write `import {name} from …` without braces"),
        None,
    )
}

/// A default import of a module without a default export. `named`: its other exports.
pub fn missing_default_export(import: Label, from: &str, named: &[String]) -> Diagnostic {
    let missing = Diagnostic::error("missing-export", format!("{from} has no default export"))
        .at(import.text("imported here"));
    match named {
        [] => missing.note(format!("{from} exports nothing")),
        others => missing.fix(
            format!("it exports {}: import these in braces, or add `export default`", list(others)),
            None,
        ),
    }
}

/// An import of a name from a stylesheet without exports.
pub fn stylesheet_without_exports(import: Label, stylesheet: &str) -> Diagnostic {
    let (stem, extension) = stylesheet.rsplit_once('.').unwrap_or((stylesheet, "css"));
    Diagnostic::error("missing-export", format!("{stylesheet} has no exports"))
        .at(import.text("imported here"))
        .note(
            "class names are exported only by CSS modules, whose file names contain `.module`; \
             `:export { name: value }` exports values",
        )
        .fix(
            format!(
                "rename it to {stem}.module.{extension}, or import only its styles: import \"…\""
            ),
            None,
        )
}

/// The script of a component has no default export, so the component has no options.
pub fn missing_options(script: Label, file: &str) -> Diagnostic {
    Diagnostic::error("missing-export", format!("the script of {file} has no default export"))
        .at(script)
        .note("a component is the default export of its script")
        .fix("write `export default { … }` with the component's options", None)
}

/// How an entry point reaches the stylesheet that it evaluates first.
pub struct StyleChain {
    /// The names of the modules from the entry point to the stylesheet.
    pub names: Vec<String>,
    /// The import of the stylesheet.
    pub at: Option<Label>,
    /// Whether the entry point is in a package, so the user cannot change it.
    pub is_of_a_package: bool,
}

/// Two stylesheets are in one file, and two entry points evaluate them in different orders. The
/// file has the order of the first one.
pub fn style_order(stylesheets: [&str; 2], chains: &[StyleChain; 2]) -> Diagnostic {
    let [earlier, later] = stylesheets;
    let [first, other] = chains.each_ref().map(|chain| chain.names.first().map_or("", |name| name));
    let mut found = Diagnostic::warning(
        "style-order",
        format!(
            "{earlier} and {later} are in the same output, but {first} and {other} import them in \
             different orders"
        ),
    );
    for (chain, stylesheet) in chains.iter().zip(stylesheets) {
        let sentence = format!("{stylesheet} comes first here: {}", chain.names.join(" → "));
        found = match &chain.at {
            Some(at) => found.note_at(sentence, at.clone()),
            None => found.note(sentence),
        };
    }
    let found = found.note(format!("{earlier} comes first in the output"));
    if chains[1].is_of_a_package {
        return found.fix(
            format!(
                "if {earlier} and {later} style different elements, write \"silence\": \
                 [\"style-order\"]; the order in a package cannot be changed"
            ),
            None,
        );
    }
    found.fix(format!("import {earlier} at the top of {other}, before {later}"), None)
}

/// Two `export *` bring the same name for different things.
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

/// Two `export *` of a module bring different things under one name; the first counts. `at`: the
/// second one.
pub fn conflicting_stars(at: Label, name: &str, [first, second]: [&str; 2]) -> Diagnostic {
    Diagnostic::warning(
        "ambiguous-export",
        format!("\"{name}\" of {second} is left out: an `export *` before it has the name too"),
    )
    .at(at.text("the second `export *`"))
    .note(format!("\"{name}\" comes from {first}; native ES modules would export neither"))
    .fix(format!("write the one that you mean: `export {{ {name} }} from …`"), None)
}

/// A cycle of re-exports without a declaration; `cycle` begins and ends with the same module.
pub fn circular_export(import: Label, name: &str, cycle: &[String]) -> Diagnostic {
    Diagnostic::error(
        "circular-export",
        format!("\"{name}\" is re-exported in a cycle and never declared"),
    )
    .at(import.text("imported here"))
    .note(format!("each module re-exports it from the next: {}", cycle.join(" → ")))
    .fix(format!("declare it in one of these modules: `export const {name} = …`"), None)
}

/// A member that a namespace does not have: `undefined` at run time.
pub fn missing_member(at: Label, name: &str, from: &str, known: &[String]) -> Diagnostic {
    let message = format!("\"{name}\" is not exported by {from}: it is always undefined here");
    let missing = Diagnostic::warning("missing-member", message).at(at.text("read here"));
    match (nearest(name, known.iter().map(String::as_str)), known) {
        // The label covers the namespace too, so a replacement with the name alone would delete it.
        (Some(near), _) => missing.fix(format!("did you mean \"{near}\"?"), None),
        (None, []) => missing.note(format!("{from} exports nothing")),
        (None, known) => missing.note(format!("{from} exports {}", list(known))),
    }
}

/// Top-level await in a format whose scripts cannot await.
pub fn top_level_await(at: Label, format: &str) -> Diagnostic {
    Diagnostic::error(
        "top-level-await",
        format!("top-level await cannot be compiled to {format}, which runs synchronously"),
    )
    .at(at)
    .remedy(
        "move it into an async function, load the module with import(), or build with --format esm",
    )
}

/// A WebAssembly file whose exports are imported in a format whose scripts cannot await.
pub fn wasm_in_script(at: Label, format: &str) -> Diagnostic {
    Diagnostic::error(
        "top-level-await",
        format!("{format} cannot wait for this WebAssembly file to compile"),
    )
    .at(at.text("imported here"))
    .note("browsers compile WebAssembly asynchronously, so a module that imports it has to wait")
    .note(
        "only a classic script without `globalName` may finish later, because nobody waits for it",
    )
    .remedy(
        "load this module, or the one that imports it, with import(); or import a function that \
         starts it: \"./file.wasm?init\"",
    )
}

/// `require` of a module with top-level await.
pub fn require_of_async(at: Label, of: &str, awaits: Label) -> Diagnostic {
    Diagnostic::error(
        "require-of-async",
        format!("{of} cannot be loaded by require: it runs asynchronously"),
    )
    .at(at.text("required here"))
    .note_at("top-level await", awaits)
    .fix("load it with import()", None)
}

/// A name of another module is read before that module has run, because the modules import each
/// other. `cycle`: the keys along the import chain.
pub fn read_before_initialisation(
    at: Label,
    name: &str,
    declared: Label,
    cycle: &[String],
) -> Diagnostic {
    let mut found = Diagnostic::warning(
        "read-before-initialisation",
        format!("\"{name}\" is read before it has a value: these modules import each other"),
    )
    .at(at.text("read while the module is evaluated"));
    found
        .notes
        .push(Note { message: "it gets its value here, later".to_owned(), label: Some(declared) });
    found.note(format!("import chain: {}", cycle.join(" → "))).fix(
        "read it inside a function that runs later, or move what both need into a third module",
        None,
    )
}

/// A worker reads a page global.
pub fn page_global_in_worker(at: Label, global: &str, worker: &str) -> Diagnostic {
    Diagnostic::warning(
        "external-in-worker",
        format!("the worker {worker} has no page globals, so it cannot read \"{global}\""),
    )
    .at(at.text("imported here"))
    .note("a worker cannot access the variables and the document of the page that starts it")
    .remedy(
        "take it out of \"externals\" so that it is bundled, or import it only in modules of \
             the page",
    )
}

/// A worker that is an ES module imports an external by a bare specifier.
pub fn bare_specifier_in_worker(at: Label, specifier: &str, worker: &str) -> Diagnostic {
    Diagnostic::warning(
        "external-in-worker",
        format!(
            "the worker {worker} cannot import \"{specifier}\": import maps do not apply to workers"
        ),
    )
    .at(at.text("imported here"))
    .remedy("take it out of \"externals\" so that it is bundled, or import it by its address")
}

fn list(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().take(LISTED).map(|n| format!("\"{n}\"")).collect();
    let rest = if names.len() > LISTED {
        format!(" and {} more", names.len() - LISTED)
    } else {
        String::new()
    };
    format!("{}{rest}", quoted.join(", "))
}

/// Manual chunks need each other; `names` begins and ends with the same one. Per step: the importer
/// and the importee, and the place of the import.
pub fn shared_in_a_cycle(names: &[&str], steps: Vec<([String; 2], Option<Label>)>) -> Diagnostic {
    let sentence = format!(
        "the shared areas {} need each other, so none of them can come first on a page",
        names.join(" → ")
    );
    let mut diagnostic = Diagnostic::error("shared-in-a-cycle", sentence);
    for (number, ([from, to], at)) in steps.into_iter().enumerate() {
        let step = format!("{from} imports {to}");
        diagnostic = match at {
            Some(at) if number == 0 => diagnostic.at(at),
            Some(at) => diagnostic.note_at(step, at),
            None => diagnostic.note(step),
        };
    }
    diagnostic.remedy(
        "move what both need into the bundle that comes first or into a bundle of its own, or \
         merge them into one shared area",
    )
}

/// Manual chunks without entries need each other, so the first one has the modules of all.
pub fn shared_merged(names: &[&str]) -> Diagnostic {
    let (first, others) = (names[0], names[1..].join(" and "));
    let sentence =
        format!("the shared areas {} need each other, so they are one", names.join(" and "));
    Diagnostic::warning("shared-merged", sentence)
        .note(format!(
            "all their modules are in the script of {first}; no script is written for {others}"
        ))
        .remedy(format!("name the packages of {others} in {first}, and remove the others"))
}

/// A manual chunk imports a module that lies in the folder of one page.
pub fn shared_needs_private(at: Label, chunk: &str, owner: &str, module: &str) -> Diagnostic {
    let sentence =
        format!("the shared area {chunk} imports {module}, which belongs to the folder of {owner}");
    Diagnostic::warning("shared-needs-private", sentence)
        .at(at)
        .note(format!("every page with {chunk} loads it"))
        .remedy(format!("move it into the folder of {chunk}"))
}
