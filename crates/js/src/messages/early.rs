//! What the language refuses before anything runs and the parser lets through.

use bundle_base::{Diagnostic, Label};

/// A name declared twice where that is not allowed.
pub(crate) fn declared_twice(at: Label, name: &str, first: Label) -> Diagnostic {
    Diagnostic::error("declared-twice", format!("\"{name}\" is declared twice"))
        .at(at.text("declared again here"))
        .note_at("it is declared here first", first)
}

/// Two parameters with one name.
pub(crate) fn parameter_twice(at: Label, name: &str, first: Label) -> Diagnostic {
    Diagnostic::error("declared-twice", format!("two parameters are called \"{name}\""))
        .at(at)
        .note_at("the first one is here", first)
}

/// `export` of one name twice.
pub(crate) fn exported_twice(at: Label, name: &str, first: Label) -> Diagnostic {
    Diagnostic::error("exported-twice", format!("\"{name}\" is exported twice"))
        .at(at.text("exported again here"))
        .note_at("it is exported here first", first)
}

/// `export { x }` without an `x`.
pub(crate) fn undeclared_export(at: Label, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("undeclared-export", format!("\"{name}\" is exported but not declared in this module"))
        .at(at)
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// `export { "x" }` without `from`.
pub(crate) fn local_export_string(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "what is exported must be a name; only what it is exported as may be a string")
        .at(at)
}

/// A string as a name of an export that is no Unicode text.
pub(crate) fn lone_surrogate_name(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "the name of an export cannot contain half of a surrogate pair").at(at)
}

/// `export {} null`.
pub(crate) fn export_unfinished(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a semicolon or a new line must follow this export").at(at)
}

/// `with { type: "json", type: "css" }`.
pub(crate) fn attribute_twice(at: Label, name: &str, first: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("the import attribute \"{name}\" is given twice"))
        .at(at)
        .note_at("it is given here first", first)
}

/// `import { x } from …; x = 1`.
pub(crate) fn import_assigned(at: Label, name: &str, import: Label) -> Diagnostic {
    Diagnostic::error("import-assigned", format!("\"{name}\" is imported and cannot be assigned"))
        .at(at.text("assigned here"))
        .note_at("it is imported here", import)
        .note("only the module that exports it can change it: export a function there that does")
}

/// A private name that no class around declares.
pub(crate) fn undeclared_private(at: Label, name: &str, near: Option<&str>, is_outside: bool) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("undeclared-private-name", format!("no class around declares \"#{name}\"")).at(at);
    let diagnostic = if is_outside {
        diagnostic.note("private members can only be used inside the class that declares them")
    } else {
        diagnostic
    };
    diagnostic.maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// `#x` by itself.
pub(crate) fn lone_private(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a private name can only stand after a dot or before \"in\"").at(at)
}

/// `delete this.#x`.
pub(crate) fn delete_private(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "private members cannot be deleted").at(at)
}

/// `delete x` in strict code.
pub(crate) fn delete_name(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error("strict-mode", format!("\"{name}\" is a variable, and strict mode cannot delete variables"))
        .at(at)
}

/// `break x` without a label `x` around.
pub(crate) fn undefined_label(at: Label, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("undefined-label", format!("no statement around is labelled \"{name}\""))
        .at(at)
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// `break` with nothing to leave.
pub(crate) fn break_outside(at: Label) -> Diagnostic {
    Diagnostic::error("misplaced-jump", "\"break\" stands outside any loop or switch").at(at)
}

/// `continue` with no loop.
pub(crate) fn continue_outside(at: Label) -> Diagnostic {
    Diagnostic::error("misplaced-jump", "\"continue\" stands outside any loop").at(at)
}

/// `continue` to the label of something that is no loop.
pub(crate) fn continue_to_block(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error("misplaced-jump", format!("\"{name}\" is no loop: \"continue\" can only go on with a loop"))
        .at(at)
}

/// `return` at the top level of an ES module, or in a static block.
pub(crate) fn return_outside(at: Label) -> Diagnostic {
    Diagnostic::error("misplaced-jump", "\"return\" stands outside any function").at(at)
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
    Diagnostic::error("misplaced-super", "\"super\" can only be used in methods and field initialisers").at(at)
}

/// `new.target` outside functions.
pub(crate) fn new_target(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "\"new.target\" can only be used in functions").at(at)
}

/// `arguments` in a class field or static block.
pub(crate) fn arguments_in_initializer(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "\"arguments\" cannot be used in a field initialiser or static block").at(at)
}

/// `await` or `yield` in a class field or static block.
pub(crate) fn suspended_initializer(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("\"{word}\" cannot be used in a field initialiser or static block"))
        .at(at)
}

/// `await` or `yield` in the parameters of an arrow function.
pub(crate) fn suspended_parameters(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("\"{word}\" cannot be used in the parameters of an arrow function"))
        .at(at)
}

/// `[{ a = 0 }]` where no pattern is meant.
pub(crate) fn default_outside_pattern(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a default value can only stand in a pattern")
        .at(at)
        .note("an object's property is written with a colon: { name: value }")
}

/// `for (let.a of b)`.
pub(crate) fn let_target(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "the target of \"for … of\" cannot begin with \"let\"").at(at)
}

/// `static prototype() {}`.
pub(crate) fn static_prototype(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a static member cannot be called \"prototype\": every class has that already")
        .at(at)
}

/// `class { constructor = 1 }`.
pub(crate) fn constructor_field(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a field cannot be called \"constructor\"").at(at)
}

/// A reserved word as a name, written with escapes.
pub(crate) fn reserved_word(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error("reserved-word", format!("\"{word}\" is a reserved word and cannot be a name")).at(at)
}

/// A word that strict mode reserves.
pub(crate) fn strict_reserved_word(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error("reserved-word", format!("\"{word}\" is reserved in strict mode and cannot be a name here"))
        .at(at)
        .note("modules and classes are always in strict mode")
}

/// `await` or `yield` as a name where it is an operator.
pub(crate) fn taken_word(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error("reserved-word", format!("\"{word}\" is an operator here and cannot be a name")).at(at)
}

/// `let let`.
pub(crate) fn lexical_let(at: Label) -> Diagnostic {
    Diagnostic::error("reserved-word", "\"let\" cannot be the name of a \"let\", \"const\", \"using\" or class").at(at)
}

/// `eval` or `arguments` bound or assigned in strict code.
pub(crate) fn strict_target(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error("strict-mode", format!("strict mode does not let you declare or assign \"{name}\"")).at(at)
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
    Diagnostic::error("syntax-error", "\"async\" and the name of the method must be on one line").at(at)
}

/// `while (x) let y`.
pub(crate) fn declaration_as_body(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a declaration cannot stand here: only a statement can")
        .at(at)
        .note("put it in a block: { … }")
}

/// `case 1: using x = …`.
pub(crate) fn using_in_case(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "\"using\" cannot stand directly in a case")
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
        .note_at("it is set here first", first)
}

/// `"\u{12_3}"`.
pub(crate) fn bad_code_point(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a code point escape takes hexadecimal digits only").at(at)
}

/// `"\01"` in strict code.
pub(crate) fn octal_escape(at: Label) -> Diagnostic {
    Diagnostic::error("strict-mode", "strict mode has no octal escapes: write \"\\x41\" or \"\\u0041\"").at(at)
}

/// `` `\01` ``.
pub(crate) fn template_escape(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "this template has an invalid escape").at(at)
}

/// `010` in strict code.
pub(crate) fn octal_number(at: Label) -> Diagnostic {
    Diagnostic::error("strict-mode", "strict mode has no numbers with a leading zero: octal ones begin with \"0o\"")
        .at(at)
}

/// A pattern or flags that mean nothing.
pub(crate) fn invalid_regexp(at: Label, words: &str) -> Diagnostic {
    Diagnostic::error("invalid-regexp", format!("invalid regular expression: {words}")).at(at)
}
