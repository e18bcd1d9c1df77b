//! Every sentence this crate can say, one function each, by code.

use bundle_base::{Diagnostic, Label};

/// Our own bug, or swc's: a panic while working on a part.
pub(crate) fn internal_error(part: Label, panic: &str) -> Diagnostic {
    let name = part.source.name.clone();
    Diagnostic::error("internal-error", format!("this tool broke while working on {name}"))
        .at(part)
        .note(format!("the program panicked with: {panic}"))
        .note("this is a bug in the bundler, not in your file: report it with the file if you can")
}

/// The parser's own words, for mistakes that have no better ones.
pub(crate) fn syntax_error(at: Label, words: &str) -> Diagnostic {
    Diagnostic::error("syntax-error", words).at(at)
}

/// swc's own words about something it could not compile.
pub(crate) fn not_lowered(at: Label, words: &str) -> Diagnostic {
    Diagnostic::error("not-supported", format!("this cannot be compiled: {words}")).at(at)
}

/// `require(expression)`: nothing tells which module.
pub(crate) fn dynamic_require(at: Label) -> Diagnostic {
    Diagnostic::warning("dynamic-require", "this `require` takes an expression, so no module is bundled for it")
        .at(at.text("which module it means is known at run time only; it throws there"))
        .note("to bundle every file of a folder, write `require.context(\"./folder\", true, /\\.js$/)`")
        .note("to bundle one module, write its name as a string, or point an alias at a file that does")
}

/// `eval(…)` or `with`: names are looked up at run time.
pub(crate) fn direct_eval(at: Label) -> Diagnostic {
    Diagnostic::warning("direct-eval", "direct `eval` and `with` look names up at run time, and bundling renames them")
        .at(at.text("code in here may not find the names of its module"))
        .note("call `(0, eval)(…)` or `new Function(…)` instead: both see global names only")
}

/// The source uses what the target lacks, and nothing can be done about it.
pub(crate) fn exceeds_target(at: Label, construct: &str, target: &str, advice: &str) -> Diagnostic {
    Diagnostic::error("exceeds-target", format!("{construct} cannot be compiled to {target}"))
        .at(at.text(format!("{target} has no equivalent")))
        .fix(advice, None)
}

/// The text about to be written uses what the target lacks.
pub(crate) fn written_exceeds_target(at: Label, construct: &str, target: &str) -> Diagnostic {
    let module = at.source.name.clone();
    Diagnostic::error("exceeds-target", format!("the code written for {module} has {construct}, which {target} lacks"))
        .at(at)
        .note("the excerpt is the compiled code, just before it would have been written")
        .note("this is a gap in the bundler: until it is closed, leave the construct out or choose a newer target")
}

/// The text about to be written has `import` or `export` where the format has none.
pub(crate) fn written_module_syntax(at: Label) -> Diagnostic {
    let module = at.source.name.clone();
    Diagnostic::error(
        "exceeds-target",
        format!("the code written for {module} has `import` or `export`, which a classic script cannot have"),
    )
    .at(at)
    .note("this is a bug in the bundler, not in your file: report it with the file if you can")
}

/// The text about to be written is no JavaScript.
pub(crate) fn written_unreadable(at: Label, words: &str) -> Diagnostic {
    let module = at.source.name.clone();
    Diagnostic::error("internal-error", format!("the code written for {module} is not valid JavaScript: {words}"))
        .at(at)
        .note("the excerpt is the compiled code, just before it would have been written")
        .note("this is a bug in the bundler, not in your file: report it with the file if you can")
}

/// An assignment to a `const`.
pub(crate) fn constant_assigned(at: Label, name: &str) -> Diagnostic {
    Diagnostic::warning("assign-to-constant", format!("\"{name}\" is a constant, so this assignment throws when it runs"))
        .at(at)
        .fix("declare it with `let` if it has to change", None)
}
