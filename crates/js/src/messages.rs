//! Every sentence this crate can say, one function each, by code.

use bundle_base::{Diagnostic, Label};

use crate::parse::{Instead, JsonMistake};

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

/// `import(expression)`: nothing tells which module.
pub(crate) fn dynamic_import(at: Label) -> Diagnostic {
    Diagnostic::warning("dynamic-require", "this `import()` takes an expression, so no module is bundled for it")
        .at(at.text("which module it means is known at run time only"))
        .note("to bundle every file of a folder, write `import.meta.glob(\"./folder/*.js\")`")
        .note("to bundle one of a few modules, write `import()` with a string for each of them")
}

/// `require.context` or `import.meta.glob` with something else than literals.
pub(crate) fn open_glob(at: Label, name: &str) -> Diagnostic {
    let example = match name {
        "require.context" => "require.context(\"./folder\", true, /\\.js$/)",
        _ => "import.meta.glob(\"./folder/*.js\", { eager: true })",
    };
    Diagnostic::error("open-glob", format!("the arguments of `{name}` must be literals"))
        .at(at.text("the files are looked up while building, when no variable has a value"))
        .note(format!("write them in place: `{example}`"))
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
    Diagnostic::warning(
        "assign-to-constant",
        format!("\"{name}\" is a constant, so this assignment throws when it runs"),
    )
    .at(at)
    .fix("declare it with `let` if it has to change", None)
}

// ---- early errors: what the language refuses before anything runs

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

/// Nesting that would need more stack than there is.
pub(crate) fn nested_too_deeply(at: Label) -> Diagnostic {
    Diagnostic::error("nested-too-deeply", "this code is nested too deeply to be compiled")
        .at(at.text("here it is too deep"))
        .note("brackets, elements, operators and `else if`s in each other, tens of thousands of them: written by a program, no doubt")
        .fix("split it: put the parts into variables, or the data into a JSON file", None)
}

/// A JSON text that is none.
pub(crate) fn invalid_json(at: Label, mistake: JsonMistake) -> Diagnostic {
    let (message, fix) = match mistake {
        JsonMistake::Empty => ("this JSON file is empty", "write at least `{}`"),
        JsonMistake::Comment => ("JSON has no comments", "remove it, or make the file a .js module"),
        JsonMistake::TrailingComma => ("JSON has no trailing commas", "remove the comma"),
        JsonMistake::SingleQuotes => ("JSON strings have double quotes", "write \" instead of '"),
        JsonMistake::UnquotedKey => ("keys in JSON have double quotes", "put the key into double quotes"),
        JsonMistake::NoValue => {
            ("a JSON value is missing here", "write a string, number, object, array, true, false or null")
        }
        JsonMistake::NoColon => ("a colon is missing after the key", "write `\"key\": value`"),
        JsonMistake::NoComma => ("a comma is missing between two values", "write a comma, or close what is open"),
        JsonMistake::Unclosed => ("this bracket is never closed", "close it"),
        JsonMistake::UnterminatedString => {
            ("this string is never closed", "close it with \"; a line break in it is written \\n")
        }
        JsonMistake::ControlCharacter => {
            ("a control character stands in a string", "write it as an escape, such as \\t or \\u0007")
        }
        JsonMistake::Escape => {
            ("JSON has no such escape", "use \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u with four digits")
        }
        JsonMistake::Number => {
            ("this is no JSON number", "write digits without leading zero or `+`, such as 0.5 or -1e3")
        }
        JsonMistake::AfterEnd => ("the JSON value has ended, and more follows", "remove it: a file holds one value"),
    };
    Diagnostic::error("invalid-json", message).at(at).fix(fix, None)
}

/// `<<<<<<<` in a file.
pub(crate) fn merge_conflict(at: Label) -> Diagnostic {
    Diagnostic::error("merge-conflict", "a merge was left unfinished in this file")
        .at(at.text("a conflict marker"))
        .fix("keep the lines you want, and remove the others together with the markers", None)
}

/// A file that is something else than its name says.
pub(crate) fn not_javascript(at: Label, instead: Instead) -> Diagnostic {
    let (message, fix) = match instead {
        Instead::VueComponent => ("this is a Vue component, not JavaScript", "name the file .vue"),
        Instead::Html => ("this is HTML, not JavaScript", "import the script that the page includes, not the page"),
        Instead::Css => ("this is a stylesheet, not JavaScript", "name the file .css or .scss"),
        Instead::Php => {
            ("this is PHP, not JavaScript", "PHP runs on the server: write what it would print, or pass it to the page")
        }
        Instead::Json => ("this is JSON, not JavaScript", "name the file .json, or write `export default` before it"),
        Instead::TypeScript => (
            "this is TypeScript, in a file that says it is JavaScript",
            "name the file .ts (.tsx if it has JSX), or remove the types",
        ),
        Instead::TypeScriptWithJsx => {
            ("this file has JSX, and TypeScript reads `<` as a type in .ts files", "name the file .tsx")
        }
    };
    Diagnostic::error("syntax-error", message).at(at).fix(fix, None)
}

/// A bracket without its partner at the end of the file.
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

/// A closing bracket that closes nothing, or not what is open.
pub(crate) fn never_opened(at: Label, close: char, other: Option<Label>) -> Diagnostic {
    let diagnostic = Diagnostic::error("syntax-error", format!("this `{close}` does not close anything")).at(at);
    match other {
        Some(other) => diagnostic.note_at("what is open here has to be closed first", other),
        None => diagnostic.fix("remove it, or open what it should close", None),
    }
}

/// The text ends in the middle of something.
pub(crate) fn unexpected_end(at: Label, words: &str) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("the file ends in the middle of a statement: {words}")).at(at)
}

/// A string, template, comment or regular expression that goes on to the end.
pub(crate) fn unterminated(at: Label, what: &str, fix: &str) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("this {what} is never closed")).at(at).fix(fix, None)
}

/// Something that must stand before something else; `near` is the keyword that it may have been meant to be.
pub(crate) fn expected(at: Label, wanted: &str, found: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("`{wanted}` is missing before `{found}`"))
        .at(at)
        .maybe_fix(near, |near| format!("did you mean `{near}`?"))
}

/// A name that is missing.
pub(crate) fn name_expected(at: Label, found: &str) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("a name is missing before `{found}`")).at(at)
}

/// A comma or the end of a list.
pub(crate) fn expected_in_list(at: Label, found: &str, opener: Label, close: char) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("`,` or `{close}` is missing before `{found}`"))
        .at(at)
        .note_at("it has to go on or be closed here", opener)
}

/// The end of a bracket.
pub(crate) fn expected_close(at: Label, found: &str, opener: Label, close: char) -> Diagnostic {
    Diagnostic::error("syntax-error", format!("`{close}` is missing before `{found}`"))
        .at(at)
        .note_at("it would close this", opener)
}

/// A statement that should have ended; `misspelt` is the word before and the keyword that it nearly is.
pub(crate) fn statement_goes_on(at: Label, found: &str, misspelt: Option<(Label, &str)>) -> Diagnostic {
    let message = format!("unexpected `{found}` after the end of a statement");
    match misspelt {
        Some((word, keyword)) => Diagnostic::error("syntax-error", message)
            .at(word)
            .fix(format!("did you mean `{keyword}`?"), Some(keyword.to_owned())),
        None => Diagnostic::error("syntax-error", message)
            .at(at)
            .fix("an operator, a comma, a semicolon or a line break is missing before it", None),
    }
}

/// Something that cannot stand here.
pub(crate) fn unexpected(at: Label, found: &str, expected: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("syntax-error", format!("unexpected `{found}`")).at(at);
    match expected {
        Some(expected) => diagnostic.note(format!("expected here: {expected}")),
        None => diagnostic.note("a value, such as a name, a number or a string, was expected here"),
    }
}

/// A character that JavaScript does not know.
pub(crate) fn unexpected_character(at: Label, character: char) -> Diagnostic {
    let diagnostic = Diagnostic::error("syntax-error", format!("unexpected character {character:?}")).at(at);
    match character {
        '“' | '”' | '„' | '‘' | '’' | '‚' => {
            diagnostic.fix("typographic quotes are no quotes in JavaScript: write \" or '", None)
        }
        '−' | '–' | '—' => diagnostic.fix("write an ordinary minus sign", None),
        _ => diagnostic,
    }
}

/// `await` in a function that is not async.
pub(crate) fn await_outside_async(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "`await` is only allowed in async functions and at the top level of modules")
        .at(at)
        .fix("write `async` before the function", None)
}

/// A JSX element without its end.
pub(crate) fn element_never_closed(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "a JSX element is never closed: its `</…>` is missing here")
        .at(at)
        .fix("close every element, also those that HTML leaves open: `<br />`", None)
}

/// A line break between `throw` and its value.
pub(crate) fn line_break_in_throw(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "`throw` and its value must stand on one line").at(at)
}

/// `return` at the top level of an ES module.
pub(crate) fn return_in_module(at: Label) -> Diagnostic {
    Diagnostic::error("syntax-error", "an ES module cannot `return`")
        .at(at)
        .fix("put the code into a function, or the rest into an `if`", None)
}

/// A decorator where the chosen kind of decorators has none.
pub(crate) fn decorator_misplaced(at: Label) -> Diagnostic {
    Diagnostic::error("not-supported", "a decorator cannot stand here")
        .at(at)
        .note("legacy decorators know no private members, the standard ones no parameters")
        .fix("move it, or choose the other kind with \"decorators\" in the configuration", None)
}
