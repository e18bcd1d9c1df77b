//! Every message that this crate can report, one function each. The submodules hold those of one
//! area.

use bundle_base::{Diagnostic, Label, diagnostic::Severity};

use crate::parse::JsonMistake;

mod contents; // files in another language
mod early; // early errors
mod grammar; // what the grammar forbids
mod regexp; // regular expressions
mod suggestions; // what the user probably meant, with what to write
mod vue_jsx; // Vue 2's JSX

pub(crate) use contents::not_javascript;
pub(crate) use early::*;
pub(crate) use grammar::grammar;
pub(crate) use regexp::invalid_regexp;
pub(crate) use suggestions::*;
pub(crate) use vue_jsx::*;

/// A panic while a part was processed: a bug of this crate or of swc.
pub(crate) fn internal_error(part: Label, panic: &str) -> Diagnostic {
    let name = part.source.name.clone();
    Diagnostic::error("internal-error", format!("bundle crashed while compiling {name}"))
        .at(part)
        .note(format!("panic message: {panic}"))
        .note("this is a bug in bundle, not in your file: report it with the file if you can")
}

/// The parser's own message, for mistakes without a better one.
pub(crate) fn syntax_error(at: Label, words: &str) -> Diagnostic {
    Diagnostic::error("syntax-error", words).at(at)
}

/// swc's own message about a construct that it could not compile.
pub(crate) fn not_lowered(at: Label, words: &str) -> Diagnostic {
    Diagnostic::error("not-supported", format!("this cannot be compiled: {words}")).at(at)
}

/// `export =` beside `import` or `export`.
pub(crate) fn export_equals_in_module(at: Label, other: Label) -> Diagnostic {
    Diagnostic::error(
        "not-supported",
        "`export =` cannot be compiled in a file with `import` or `export`",
    )
    .at(at.text("this makes the file a CommonJS module"))
    .note_at("this makes it an ES module", other)
    .fix("write `export default`, or `import name = require(…)` for every import", None)
}

/// The remedy for a package, whose files the user does not edit.
const OF_A_PACKAGE: &str =
    "if the package needs the module, point an alias at a file of your own that imports it by name";

/// `require(expression)`, whose module is not known while building.
pub(crate) fn dynamic_require(at: Label) -> Diagnostic {
    let at = at.text("the module is only known at run time, and this call throws then");
    let remedies = [
        "to bundle every file of a folder, write `require.context(\"./folder\", true, /\\.js$/)`",
        "to bundle one module, write its name as a string, or point an alias at a file that does",
    ];
    unknown_module(at, "`require`", remedies)
}

/// `import(expression)`, whose module is not known while building.
pub(crate) fn dynamic_import(at: Label) -> Diagnostic {
    let at = at.text("the module is only known at run time");
    let remedies = [
        "to bundle every file of a folder, write `import.meta.glob(\"./folder/*.js\")`",
        "to bundle a few known modules, write one `import()` with a string for each of them",
    ];
    unknown_module(at, "`import()`", remedies)
}

fn unknown_module(at: Label, what: &str, remedies: [&str; 2]) -> Diagnostic {
    let is_installed = at.source.is_of_a_package();
    let sentence = format!("this {what} takes an expression, so no module is bundled for it");
    let found = Diagnostic::warning("dynamic-require", sentence).at(at);
    if is_installed {
        return found.note(OF_A_PACKAGE);
    }
    remedies.into_iter().fold(found, Diagnostic::note)
}

/// `new Worker(new URL(expression, import.meta.url))`, whose module is not known while building.
pub(crate) fn dynamic_worker(at: Label) -> Diagnostic {
    Diagnostic::warning(
        "dynamic-worker",
        "the address of this worker is an expression, so no module is bundled for it",
    )
    .at(at.text("the module is only known at run time"))
    .note("the browser resolves the address relative to the output script")
    .note("to bundle it, write a string: `new Worker(new URL(\"./worker.js\", import.meta.url))`")
}

/// `new Worker` in an output format that is not for a page.
pub(crate) fn worker_not_bundled(at: Label) -> Diagnostic {
    Diagnostic::warning(
        "worker-not-bundled",
        "no file is written for this worker: the output is not for a page",
    )
    .at(at.text("left unchanged"))
    .note("a CommonJS module does not know its own address, and Node has no web workers")
    .remedy("build for a page, with --format iife or esm and without --platform node")
}

/// `require.context` or `import.meta.glob` with arguments that are not literals.
pub(crate) fn open_glob(at: Label, name: &str) -> Diagnostic {
    let example = match name {
        "require.context" => "require.context(\"./folder\", true, /\\.js$/)",
        "import.meta.webpackContext" => "import.meta.webpackContext(\"./folder\")",
        _ => "import.meta.glob(\"./folder/*.js\", { eager: true })",
    };
    Diagnostic::error("open-glob", format!("the arguments of `{name}` must be literals"))
        .at(at.text("the files are looked up while building, before any variable has a value"))
        .note(format!("write them directly in the call: `{example}`"))
}

/// An assignment to `module.exports` or `exports` in an ES module.
pub(crate) fn exports_in_module(at: Label) -> Diagnostic {
    Diagnostic::warning(
        "exports-in-module",
        "this file is an ES module, so it has no `module` and no `exports`",
    )
    .at(at.text("this assignment throws when it runs"))
    .note(
        "`export`, `import.meta`, a top-level `await`, the extension .mjs or \"type\": \"module\" \
         in package.json makes it an ES module",
    )
    .note("write `export default …` or `export { … }` instead")
}

/// Direct `eval(…)` or `with`, which look names up at run time.
pub(crate) fn direct_eval(at: Label) -> Diagnostic {
    Diagnostic::warning(
        "direct-eval",
        "direct `eval` and `with` look names up at run time, and bundling renames them",
    )
    .at(at.text("this code may not find the names of its module"))
    .note("call `(0, eval)(…)` or `new Function(…)` instead: both see global names only")
}

/// A target that has a construct, in relation to a target that lacks it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Having {
    /// A whole target.
    Target(String),
    /// Queries to add to the target's query. They leave out the browsers that lack the construct.
    Without(String),
}

/// A construct in the source that the target lacks and that cannot be lowered. `lacking`: the
/// browsers of the target that lack it; `having`: the nearest target that has it, if there is one.
pub(crate) fn exceeds_target(
    at: Label,
    construct: &str,
    lacking: &str,
    having: Option<&Having>,
    advice: &str,
) -> Diagnostic {
    let has = if lacking.contains([' ', ',']) { "have" } else { "has" };
    let has = if lacking.split_whitespace().count() == 2 { "has" } else { has };
    let found = Diagnostic::error(
        "exceeds-target",
        format!("{construct} cannot be compiled for {lacking}"),
    )
    .at(at.text(format!("{lacking} {has} no equivalent")));
    let found = match having {
        Some(Having::Target(having)) => found.note(format!("the target \"{having}\" supports it")),
        Some(Having::Without(queries)) => found.note(format!(
            "the other browsers of the target support it: add \"{queries}\" to the query"
        )),
        None => found,
    };
    found.fix(advice, None)
}

/// Adds that the configuration may allow a regular expression that the target lacks.
pub(crate) fn may_be_allowed(found: Diagnostic) -> Diagnostic {
    found.note(
        "if only newer browsers run it, allow it: \"severity\": { \"exceeds-target\": \"warn\" }",
    )
}

/// What becomes of a construct that the target lacks, if the configuration allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// A regular expression becomes a call.
    Called,
    /// A regular expression gets methods of its own.
    Helped,
    /// It stays.
    Kept,
}

/// Turns the error about such a construct into a warning, as the configuration requires.
pub(crate) fn allowed_excess(mut found: Diagnostic, allowed: Allowed) -> Diagnostic {
    found.severity = Severity::Warning;
    found.note(match allowed {
        Allowed::Called => {
            "it is compiled to `new RegExp(…)`, which throws where it runs in an engine that lacks \
             it"
        }
        Allowed::Helped => {
            "its own methods work everywhere; methods of strings treat it as one without this in \
             an engine that lacks it"
        }
        Allowed::Kept => "it is left as it is, so an engine that lacks it cannot parse the output",
    })
}

/// A construct in the rendered text that the target lacks.
pub(crate) fn written_exceeds_target(at: Label, construct: &str, target: &str) -> Diagnostic {
    let module = at.source.name.clone();
    let sentence = format!(
        "the compiled code of {module} contains {construct}, which is not available in {target}"
    );
    Diagnostic::error("exceeds-target", sentence)
        .at(at)
        .note("the excerpt shows the compiled code, not your source")
        .note(
            "this is a bug in bundle: until it is fixed, avoid the construct or choose a newer \
             target",
        )
}

/// `import` or `export` in a rendered text whose format has none.
pub(crate) fn written_module_syntax(at: Label) -> Diagnostic {
    let module = at.source.name.clone();
    Diagnostic::error(
        "exceeds-target",
        format!(
            "the compiled code of {module} contains `import` or `export`, which is not allowed in \
             a classic script"
        ),
    )
    .at(at)
    .note("this is a bug in bundle, not in your file: report it with the file if you can")
}

/// A rendered text that is not valid JavaScript.
pub(crate) fn written_unreadable(at: Label, words: &str) -> Diagnostic {
    let module = at.source.name.clone();
    Diagnostic::error(
        "internal-error",
        format!("the compiled code of {module} is not valid JavaScript: {words}"),
    )
    .at(at)
    .note("the excerpt shows the compiled code, not your source")
    .note("this is a bug in bundle, not in your file: report it with the file if you can")
}

/// An assignment to a `const`.
pub(crate) fn constant_assigned(at: Label, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "assign-to-constant",
        format!("\"{name}\" is a constant, so this assignment throws when it runs"),
    )
    .at(at)
    .fix("declare it with `let` if it has to change", None)
}

/// Nesting that needs more stack than there is.
pub(crate) fn nested_too_deeply(at: Label) -> Diagnostic {
    let fix = if at.source.path.extension() == Some("json") {
        "reduce the nesting, or load the data at run time"
    } else {
        "split it: put the parts into variables, or the data into a JSON file"
    };
    Diagnostic::error("nested-too-deeply", "this code is nested too deeply to be compiled")
        .at(at.text("the limit is reached here"))
        .note(
            "thousands of brackets, elements, operators or `else if`s are inside each other: a \
             program probably wrote this code",
        )
        .fix(fix, None)
}

/// A mistake in a JSON file.
pub(crate) fn invalid_json(at: Label, mistake: JsonMistake) -> Diagnostic {
    let (message, fix) = match mistake {
        JsonMistake::Empty => ("this JSON file is empty", "write at least `{}`"),
        JsonMistake::Comment => {
            ("JSON does not allow comments", "remove it, or make the file a .js module")
        }
        JsonMistake::TrailingComma => ("JSON does not allow trailing commas", "remove the comma"),
        JsonMistake::SingleQuotes => ("JSON strings need double quotes", "write \" instead of '"),
        JsonMistake::UnquotedKey => {
            ("JSON keys need double quotes", "put the key in double quotes")
        }
        JsonMistake::NoValue => (
            "a JSON value is missing here",
            "write a string, number, object, array, true, false or null",
        ),
        JsonMistake::NoColon => ("a colon is missing after the key", "write `\"key\": value`"),
        JsonMistake::NoComma => {
            ("a comma is missing between two values", "write a comma, or close the object or array")
        }
        JsonMistake::Unclosed => ("this bracket is never closed", "close it"),
        JsonMistake::UnterminatedString => {
            ("this string is never closed", "close it with \", and write a line break in it as \\n")
        }
        JsonMistake::ControlCharacter => (
            "a string contains a control character",
            "write it as an escape, such as \\t or \\u0007",
        ),
        JsonMistake::Escape => (
            "this escape is not allowed in JSON",
            "use \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u with four digits",
        ),
        JsonMistake::Number => (
            "this is not a JSON number",
            "write digits without a leading zero or `+`, such as 0.5 or -1e3",
        ),
        JsonMistake::AfterEnd => (
            "there is more text after the end of the JSON value",
            "remove it: a JSON file holds one value",
        ),
    };
    Diagnostic::error("invalid-json", message).at(at).fix(fix, None)
}

/// A bracket that is not closed before the end of the file.
pub(crate) fn never_closed(opener: Label, close: char) -> Diagnostic {
    let open = match close {
        ')' => '(',
        ']' => '[',
        _ => '{',
    };
    Diagnostic::error("syntax-error", format!("this `{open}` is never closed"))
        .at(opener)
        .fix(format!("write the missing `{close}` where it belongs"), None)
}

/// A closing bracket that closes nothing, or another bracket than the open one (`other`).
pub(crate) fn never_opened(at: Label, close: char, other: Option<Label>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("syntax-error", format!("this `{close}` does not close anything")).at(at);
    match other {
        Some(other) => diagnostic.note_at("this must be closed first", other),
        None => diagnostic.fix("remove it, or add the bracket that it should close", None),
    }
}

/// A text that ends in the middle of a statement.
pub(crate) fn unexpected_end(at: Label, words: &str) -> Diagnostic {
    Diagnostic::error(
        "syntax-error",
        format!("the file ends in the middle of a statement: {words}"),
    )
    .at(at)
}

/// A string, template, comment or regular expression that is not closed before the end of the file.
pub(crate) fn unterminated(at: Label, what: &str, fix: &str) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("this {what} is never closed")).at(at).fix(fix, None)
}

/// A missing token before another one. `near`: the keyword that `found` may be a misspelling of.
pub(crate) fn expected(at: Label, wanted: &str, found: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("`{wanted}` is missing before `{found}`"))
        .at(at)
        .maybe_fix(near, |near| format!("did you mean `{near}`?"))
}

/// A missing name.
pub(crate) fn name_expected(at: Label, found: &str) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("a name is missing before `{found}`")).at(at)
}

/// A missing comma or closing bracket in a list.
pub(crate) fn expected_in_list(at: Label, found: &str, opener: Label, close: char) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("syntax-error", format!("`,` or `{close}` is missing before `{found}`"))
            .at(at)
            .note_at("the list begins here", opener);
    match (found, close) {
        (";", '}') => {
            diagnostic.fix("separate the properties of an object with commas", Some(",".to_owned()))
        }
        _ => diagnostic,
    }
}

/// A missing closing bracket.
pub(crate) fn expected_close(at: Label, found: &str, opener: Label, close: char) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("`{close}` is missing before `{found}`"))
        .at(at)
        .note_at("it should close this", opener)
}

/// A token after the end of a statement. `misspelt`: the word before it, and the keyword that the
/// word nearly is.
pub(crate) fn statement_goes_on(
    at: Label,
    found: &str,
    misspelt: Option<(Label, &str)>,
) -> Diagnostic {
    let message = format!("unexpected `{found}` after the end of a statement");
    match misspelt {
        Some((word, keyword)) => Diagnostic::error("syntax-error", message)
            .at(word)
            .fix(format!("did you mean `{keyword}`?"), Some(keyword.to_owned())),
        None => Diagnostic::error("syntax-error", message)
            .at(at)
            .fix("add an operator, a comma, a semicolon or a line break before it", None),
    }
}

/// A token that cannot be here.
pub(crate) fn unexpected(at: Label, found: &str, expected: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("syntax-error", format!("unexpected `{found}`")).at(at);
    match expected {
        Some(expected) => diagnostic.note(format!("expected here: {expected}")),
        None => diagnostic.note("a value, such as a name, a number or a string, was expected here"),
    }
}

/// A character that cannot start a token.
pub(crate) fn unexpected_character(at: Label, character: char) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("syntax-error", format!("unexpected character {character:?}")).at(at);
    match character {
        '“' | '”' | '„' | '‘' | '’' | '‚' => {
            diagnostic.fix("replace the typographic quotes: write \" or '", None)
        }
        '−' | '–' | '—' => diagnostic.fix("write an ordinary minus sign", None),
        _ => diagnostic,
    }
}

/// A decorator in a place where the configured kind of decorators allows none.
pub(crate) fn decorator_misplaced(at: Label) -> Diagnostic {
    Diagnostic::error("not-supported", "a decorator is not allowed here")
        .at(at)
        .note(
            "legacy decorators do not support private members, and standard ones do not support \
             parameters",
        )
        .remedy("move it, or choose the other kind with \"decorators\" in the configuration")
}

/// Sloppy code of a CommonJS file that is an error in ES modules, whose code is strict.
pub(crate) fn sloppy_in_module(at: Label, words: &str) -> Diagnostic {
    let name = at.source.name.clone();
    Diagnostic::error(
        "sloppy-in-module",
        format!("{name} cannot be included in an ES module, where all code is strict: {words}"),
    )
    .at(at)
    .note("the excerpt shows the compiled code, not your source")
    .remedy(KEEPS_SLOPPY_MODE)
}

/// A global whose name is reserved in ES modules.
pub(crate) fn sloppy_name_in_module(at: Label, name: &str) -> Diagnostic {
    let sentence = format!(
        "the global \"{name}\" cannot be used in an ES module, where its name is a reserved word"
    );
    Diagnostic::error("sloppy-in-module", sentence).at(at).remedy(KEEPS_SLOPPY_MODE)
}

const KEEPS_SLOPPY_MODE: &str =
    "build with --format iife or cjs, where CommonJS files keep their sloppy mode";
