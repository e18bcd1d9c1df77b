//! Messages about syntax errors whose cause is clear from the words around the place. They suggest
//! what to write.

use bundle_base::{Diagnostic, Label, diagnostic::Note};

use crate::parse::Template;

fn error(at: Label, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("syntax-error", message).at(at)
}

fn maybe_note_at(mut diagnostic: Diagnostic, message: &str, label: Option<Label>) -> Diagnostic {
    if label.is_some() {
        diagnostic.notes.push(Note { message: message.to_owned(), label });
    }
    diagnostic
}

/// `import` in a function or block.
pub(crate) fn import_inside(at: Label, opener: Option<Label>, specifier: &str) -> Diagnostic {
    let found = error(at, "`import` is only allowed at the top level of a file");
    maybe_note_at(found, "it is inside this", opener).fix(
        format!(
            "move it to the top of the file, or write `import(\"{specifier}\")` here, which \
             returns a promise"
        ),
        None,
    )
}

/// `export` in a function or block.
pub(crate) fn export_inside(at: Label, opener: Option<Label>) -> Diagnostic {
    let found = error(at, "`export` is only allowed at the top level of a file");
    maybe_note_at(found, "it is inside this", opener)
        .fix("declare and export the variable at the top level, and assign its value here", None)
}

/// `export name`.
pub(crate) fn export_without_braces(at: Label, name: &str) -> Diagnostic {
    error(at, "an exported name must be in braces").fix(
        format!("write `export {{ {name} }}`, or `export default {name}`"),
        Some(format!("{{ {name} }}")),
    )
}

/// `import a, b from`.
pub(crate) fn import_without_braces(at: Label, name: &str) -> Diagnostic {
    error(at, "only the default import is written without braces")
        .fix(format!("write `import first, {{ {name} }} from …`"), None)
}

/// `export default const`.
pub(crate) fn default_of_variables(at: Label, keyword: &str) -> Diagnostic {
    error(at, format!("`export default` takes a value, and `{keyword}` declares variables")).fix(
        format!(
            "write `export default value`, or `export {keyword} name = value` without `default`"
        ),
        None,
    )
}

/// `function () {}` as a statement.
pub(crate) fn function_without_name(at: Label) -> Diagnostic {
    error(at, "this function needs a name").fix(
        "write `function name() { … }`, or, to call it at once, put it in parentheses: `(function \
         () { … })()`",
        None,
    )
}

/// `else` without `if`, `catch` without `try`, `case` without `switch`.
pub(crate) fn without_partner(at: Label, word: &str, partner: &str) -> Diagnostic {
    let remedy = match partner {
        "switch" => "write it directly in the braces of a `switch`",
        "try" => "write it directly after `try { … }`",
        _ => "write one statement between `if (…)` and `else`, or several in braces",
    };
    error(at, format!("this `{word}` has no matching `{partner}`")).fix(remedy, None)
}

/// `await` in a function that is not async.
pub(crate) fn await_outside_async(at: Label) -> Diagnostic {
    error(at, "`await` is only allowed in async functions and at the top level of modules")
        .fix("write `async` before the function", None)
}

/// `await` in the value of a class field, in a module.
pub(crate) fn await_in_field(at: Label) -> Diagnostic {
    error(at, "`await` is not allowed here, as in the value of a class field")
        .fix("await the value in a variable before the class", None)
}

/// `yield` in a function that is not a generator.
pub(crate) fn yield_outside_generator(at: Label) -> Diagnostic {
    error(at, "`yield` is only allowed in generator functions")
        .fix("write `function*` instead of `function`", None)
}

/// Whether HTML closes an element by itself.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// A JSX element that is never closed; `name` is empty for `<>`.
pub(crate) fn element_never_closed(at: Label, name: &str) -> Diagnostic {
    let fix = if is_void(name) {
        format!("write `/>` at the end of `<{name}>`: in JSX every element must be closed")
    } else {
        format!("write `</{name}>` where it ends, or `/>` at the end of the tag if it is empty")
    };
    error(at, format!("the element `<{name}>` is never closed")).fix(fix, None)
}

/// `<string>value` in a .tsx file.
pub(crate) fn type_before_a_value(at: Label, name: &str) -> Diagnostic {
    error(at, format!("in .tsx files `<{name}>` begins an element"))
        .fix(format!("write the type after the value: `value as {name}`"), None)
}

/// `<T>(value: T) => value` in a .tsx file.
pub(crate) fn type_of_an_arrow_function(at: Label, name: &str) -> Diagnostic {
    error(at, format!("in .tsx files `<{name}>` begins an element"))
        .fix(format!("for a function with this type parameter, write `<{name},>`"), None)
}

/// `<b>text</i>`. `is_open`: the closing tag closes another open element.
pub(crate) fn elements_crossed(
    at: Label,
    [found, wanted]: [&str; 2],
    opening: Label,
    is_open: bool,
) -> Diagnostic {
    if is_void(wanted) {
        return element_never_closed(opening, wanted);
    }
    let crossed =
        error(at, format!("`</{found}>` does not close `<{wanted}>`, which is open here"))
            .note_at("it is opened here", opening);
    if is_open {
        crossed.fix(format!("write `</{wanted}>` before it"), None)
    } else {
        crossed.fix(format!("write `</{wanted}>` instead"), Some(format!("</{wanted}>")))
    }
}

/// `<p>a } b</p>`
pub(crate) fn sign_in_element(at: Label, sign: &str) -> Diagnostic {
    error(at, format!("`{sign}` is not allowed in the text of an element"))
        .fix(format!("write `{{\"{sign}\"}}` for the character itself"), None)
}

/// `<p>{if (a) b}</p>`
pub(crate) fn statement_in_element(at: Label) -> Diagnostic {
    error(at, "braces in an element take an expression, and this is a statement").fix(
        "write `condition ? <a /> : <b />`, `list.map(…)`, or call a function that has the \
         statement",
        None,
    )
}

/// `<p><!-- a --></p>`
pub(crate) fn html_comment_in_element(at: Label) -> Diagnostic {
    error(at, "HTML comments are not allowed in JSX").fix("write `{/* … */}`", None)
}

/// `<p>a</p><p>b</p>` as one value.
pub(crate) fn elements_side_by_side(at: Label) -> Diagnostic {
    error(at, "two adjacent elements are not one value")
        .fix("put one element around them, or `<>` and `</>`", None)
}

/// `</script>` in a script.
pub(crate) fn closing_tag_alone(at: Label) -> Diagnostic {
    error(at, "this closing tag does not close anything")
        .fix("remove it: HTML belongs in the page, not in a script", None)
}

/// Template syntax that a server would replace, in a script that the server does not process.
pub(crate) fn template_syntax(at: Label, template: Template) -> Diagnostic {
    let (message, example) = match template {
        Template::Php => (
            "this is PHP, but bundled scripts are not processed by PHP",
            "<?= json_encode($data, JSON_HEX_TAG) ?>",
        ),
        Template::Other => (
            "this is template syntax, but bundled scripts are not processed by a template engine",
            "…",
        ),
    };
    error(at, message)
        .note(format!(
            "put the data into the page: `<script type=\"application/json\" \
             id=\"data\">{example}</script>`"
        ))
        .note("then read it here: `JSON.parse(document.getElementById(\"data\").textContent)`")
        .fix(
            "for a single text, write an attribute such as `data-user=\"…\"`, and read \
              `element.dataset.user`",
            None,
        )
}
