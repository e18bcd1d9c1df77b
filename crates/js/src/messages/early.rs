//! Messages about early errors that the parser lets through.

use bundle_base::{Diagnostic, Label};

/// A name declared twice where that is not allowed.
pub(crate) fn declared_twice(at: Label, name: &str, first: Label) -> Diagnostic {
    Diagnostic::error("declared-twice", format!("\"{name}\" is declared twice"))
        .at(at.text("declared again here"))
        .note_at("it is first declared here", first)
}

/// Two parameters with one name.
pub(crate) fn parameter_twice(at: Label, name: &str, first: Label) -> Diagnostic {
    Diagnostic::error("declared-twice", format!("two parameters are called \"{name}\""))
        .at(at)
        .note_at("the first parameter is here", first)
}

/// `export` of one name twice.
pub(crate) fn exported_twice(at: Label, name: &str, first: Label) -> Diagnostic {
    Diagnostic::error("exported-twice", format!("\"{name}\" is exported twice"))
        .at(at.text("exported again here"))
        .note_at("it is first exported here", first)
}

/// `export { x }` without an `x`.
pub(crate) fn undeclared_export(at: Label, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "undeclared-export",
        format!("\"{name}\" is exported but not declared in this module"),
    )
    .at(at)
    .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// `export { "x" }` without `from`.
pub(crate) fn local_export_string(at: Label) -> Diagnostic {
    Diagnostic::error(
        "syntax-error",
        "an export without `from` must name a variable; only its exported name may be a string",
    )
    .at(at)
}

/// An export name, written as a string, that is not well-formed Unicode.
pub(crate) fn lone_surrogate_name(at: Label) -> Diagnostic {
    Diagnostic::error(
        "syntax-error",
        "the name of an export cannot contain half of a surrogate pair",
    )
    .at(at)
}

/// `export {} null`.
pub(crate) fn export_unfinished(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a semicolon or a new line must follow this export").at(at)
}

/// `with { type: "json", type: "css" }`.
pub(crate) fn attribute_twice(at: Label, name: &str, first: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("the import attribute \"{name}\" is given twice"))
        .at(at)
        .note_at("it is first given here", first)
}

/// `import { x } from …; x = 1`.
pub(crate) fn import_assigned(at: Label, name: &str, import: Label) -> Diagnostic {
    Diagnostic::error(
        "import-assigned",
        format!("\"{name}\" is imported, so it cannot be assigned"),
    )
    .at(at.text("assigned here"))
    .note_at("it is imported here", import)
    .note("only the module that exports it can change it: export a function there that does")
}

/// A private name that no enclosing class declares.
pub(crate) fn undeclared_private(
    at: Label,
    name: &str,
    near: Option<&str>,
    is_outside: bool,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "undeclared-private-name",
        format!("no enclosing class declares \"#{name}\""),
    )
    .at(at);
    let diagnostic = if is_outside {
        diagnostic.note("private members can only be used inside the class that declares them")
    } else {
        diagnostic
    };
    diagnostic.maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// `#x` by itself.
pub(crate) fn lone_private(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a private name can only follow a dot or precede \"in\"")
        .at(at)
}

/// `delete this.#x`.
pub(crate) fn delete_private(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "private members cannot be deleted").at(at)
}

/// Adds why the code is strict. `module`: the `import` or `export` that makes its file an ES
/// module.
pub(crate) fn because_strict(diagnostic: Diagnostic, module: Option<Label>) -> Diagnostic {
    match module {
        Some(word) => diagnostic
            .note_at("this makes the file an ES module, which is always in strict mode", word),
        None => {
            diagnostic.note("ES modules, classes and code under \"use strict\" are in strict mode")
        }
    }
}

/// `with` in strict code.
pub(crate) fn with_statement(at: Label) -> Diagnostic {
    Diagnostic::error("strict-mode", "strict mode does not allow `with`")
        .at(at)
        .fix("name the object: `settings.size` instead of `size` in `with (settings)`", None)
}

/// `delete x` in strict code.
pub(crate) fn delete_name(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error(
        "strict-mode",
        format!("\"{name}\" is a variable, and strict mode cannot delete variables"),
    )
    .at(at)
    .fix("set it to `undefined`, or delete a property: `delete object.name`", None)
}

/// `break x` without an enclosing label `x`. `known`: the enclosing labels.
pub(crate) fn undefined_label(
    at: Label,
    name: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "undefined-label",
        format!("no enclosing statement is labelled \"{name}\""),
    )
    .at(at);
    match (near, known) {
        (Some(near), _) => {
            diagnostic.fix(format!("did you mean \"{near}\"?"), Some(near.to_owned()))
        }
        (None, []) => {
            diagnostic.note(format!("a loop gets a label like this: `{name}: for (…) {{ … }}`"))
        }
        (None, known) => diagnostic.note(format!("the enclosing labels are {}", known.join(", "))),
    }
}

/// `break x` in a function inside the statement labelled `x`.
pub(crate) fn label_outside_function(at: Label, name: &str, label: Label) -> Diagnostic {
    Diagnostic::error("undefined-label", format!("\"{name}\" is a label outside of this function"))
        .at(at)
        .note_at("the label is here, and a jump cannot leave a function", label)
        .fix("use `return`, or a `for … of` loop instead of `forEach` or a similar method", None)
}

/// `break` or `continue` outside of any loop. `is_in_function`: a loop encloses the function.
pub(crate) fn jump_outside(at: Label, word: &str, is_in_function: bool) -> Diagnostic {
    let places = if word == "break" { "loop or switch" } else { "loop" };
    let diagnostic =
        Diagnostic::error("misplaced-jump", format!("`{word}` is outside of any {places}")).at(at);
    if is_in_function {
        diagnostic.note("the loop encloses the function, and a jump cannot leave a function").fix(
            "write `return`, or use a `for … of` loop instead of `forEach` or a similar method",
            None,
        )
    } else {
        diagnostic
    }
}

/// `continue` to a label that is not on a loop.
pub(crate) fn continue_to_block(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error(
        "misplaced-jump",
        format!("\"{name}\" does not label a loop, and \"continue\" needs a loop"),
    )
    .at(at)
}

/// `return` at the top level of an ES module, or in a static block.
pub(crate) fn return_outside(at: Label) -> Diagnostic {
    Diagnostic::error("misplaced-jump", "`return` is outside of any function")
        .at(at)
        .fix("put the code into a function, or the rest into an `if`", None)
}

/// `super(…)` elsewhere than in the constructor of a derived class.
pub(crate) fn super_call(at: Label) -> Diagnostic {
    Diagnostic::error(
        "misplaced-super",
        "\"super()\" can only be called in the constructor of a class that extends another",
    )
    .at(at)
}

/// `super.x` outside methods.
pub(crate) fn super_member(at: Label) -> Diagnostic {
    Diagnostic::error(
        "misplaced-super",
        "\"super\" can only be used in methods and field initialisers",
    )
    .at(at)
}

/// `new.target` outside functions.
pub(crate) fn new_target(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "\"new.target\" can only be used in functions").at(at)
}

/// `arguments` in a class field or static block.
pub(crate) fn arguments_in_initializer(at: Label) -> Diagnostic {
    Diagnostic::error(
        "syntax-error",
        "\"arguments\" cannot be used in a field initialiser or static block",
    )
    .at(at)
}

/// `await` or `yield` in a class field or static block.
pub(crate) fn suspended_initializer(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error(
        "syntax-error",
        format!("\"{word}\" cannot be used in a field initialiser or static block"),
    )
    .at(at)
}

/// `await` or `yield` in the parameters of an arrow function.
pub(crate) fn suspended_parameters(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error(
        "syntax-error",
        format!("\"{word}\" cannot be used in the parameters of an arrow function"),
    )
    .at(at)
}

/// `[{ a = 0 }]` where it is not a pattern.
pub(crate) fn default_outside_pattern(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "default values are only allowed in patterns")
        .at(at)
        .note("an object's property is written with a colon: { name: value }")
}

/// `for (let.a of b)`.
pub(crate) fn let_target(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "the target of \"for … of\" cannot begin with \"let\"").at(at)
}

/// `static prototype() {}`.
pub(crate) fn static_prototype(at: Label) -> Diagnostic {
    Diagnostic::error(
        "syntax-error",
        "a static member cannot be called \"prototype\": every class already has one",
    )
    .at(at)
}

/// `class { constructor = 1 }`.
pub(crate) fn constructor_field(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a field cannot be called \"constructor\"").at(at)
}

/// A reserved word as a name.
pub(crate) fn reserved_word(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error(
        "reserved-word",
        format!("\"{word}\" is a reserved word and cannot be a name"),
    )
    .at(at)
    .fix(format!("choose another name, such as \"{word}_\""), None)
}

/// A word that strict mode reserves.
pub(crate) fn strict_reserved_word(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error(
        "reserved-word",
        format!("\"{word}\" is reserved in strict mode and cannot be a name here"),
    )
    .at(at)
}

/// `await` or `yield` as a name where it is an operator.
pub(crate) fn taken_word(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error(
        "reserved-word",
        format!("\"{word}\" is an operator here and cannot be a name"),
    )
    .at(at)
}

/// `let let`.
pub(crate) fn lexical_let(at: Label) -> Diagnostic {
    Diagnostic::error(
        "reserved-word",
        "\"let\" cannot be a name declared by \"let\", \"const\", \"using\" or \"class\"",
    )
    .at(at)
}

/// `eval` or `arguments` bound or assigned in strict code.
pub(crate) fn strict_target(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error(
        "strict-mode",
        format!("strict mode does not let you declare or assign \"{name}\""),
    )
    .at(at)
}

/// A name that begins with a joiner, or is missing.
pub(crate) fn name_start(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a name cannot begin like this").at(at)
}

/// `g\u0065t x() {}`.
pub(crate) fn escaped_word(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a keyword cannot be written with escapes").at(at)
}

/// `async` and a method's name on two lines.
pub(crate) fn async_line_break(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "\"async\" and the name of the method must be on one line")
        .at(at)
}

/// `while (x) let y`.
pub(crate) fn declaration_as_body(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a declaration is not allowed here, only a statement")
        .at(at)
        .note("put it in a block: { … }")
}

/// `case 1: using x = …`.
pub(crate) fn using_in_case(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "\"using\" is not allowed directly in a case")
        .at(at)
        .note("put the statements of the case in a block: { … }")
}

/// `for (a; b)`.
pub(crate) fn for_semicolons(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "the head of this \"for\" needs two semicolons").at(at)
}

/// `new import("x")`.
pub(crate) fn new_import(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "\"import()\" cannot be called with \"new\"").at(at)
}

/// `import(...x)`.
pub(crate) fn import_spread(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "\"import()\" takes no spread arguments").at(at)
}

/// `{ __proto__: a, __proto__: b }`.
pub(crate) fn prototype_twice(at: Label, first: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "an object literal can set \"__proto__\" only once")
        .at(at)
        .note_at("it is first set here", first)
}

/// `"\u{12_3}"`.
pub(crate) fn bad_code_point(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a code point escape can only contain hexadecimal digits")
        .at(at)
}

/// `"\01"` in strict code.
pub(crate) fn octal_escape(at: Label) -> Diagnostic {
    Diagnostic::error("strict-mode", "strict mode does not allow octal escapes")
        .at(at)
        .fix("write \"\\x07\" instead of \"\\07\"", None)
}

/// `import source x from …`, `import.defer(…)`.
pub(crate) fn import_phase(at: Label, phase: &str) -> Diagnostic {
    Diagnostic::error(
        "unsupported-import-phase",
        format!("`import {phase}` is not supported: bundled modules run when they are imported"),
    )
    .at(at)
    .fix("import the module itself, or load it with `import()` when it is needed", None)
}

/// `` `\01` ``.
pub(crate) fn template_escape(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "this template has an invalid escape").at(at)
}

/// `010` in strict code.
pub(crate) fn octal_number(at: Label, digits: &str) -> Diagnostic {
    let decimal = match digits.trim_start_matches('0') {
        "" => "0",
        decimal => decimal,
    };
    let diagnostic =
        Diagnostic::error("strict-mode", "strict mode does not allow numbers with a leading zero")
            .at(at);
    match u64::from_str_radix(digits, 8) {
        Ok(value) => diagnostic.fix(
            format!(
                "write 0o{decimal} for the octal number {value}, or {decimal} for the decimal \
                 number"
            ),
            None,
        ),
        Err(_) => diagnostic.fix("remove the leading zero", Some(decimal.to_owned())),
    }
}

/// `import * as x from …; x.y = 1`. A namespace is read-only, so strict code throws.
pub(crate) fn namespace_assigned(
    at: Label,
    namespace: &str,
    is_delete: bool,
    import: Label,
) -> Diagnostic {
    let done = if is_delete { "deleted" } else { "assigned" };
    Diagnostic::warning(
        "assign-to-constant",
        format!(
            "members of the namespace \"{namespace}\" cannot be {done}, so this throws when it runs"
        ),
    )
    .at(at)
    .note_at("the namespace is imported here", import)
    .fix("export a function from that module which changes the value, and call it here", None)
}
