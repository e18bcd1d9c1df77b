//! Messages about syntax errors, by the parser's error kinds. The parser's own messages presume
//! that the reader knows the specification; these name the mistake in the code, and what to write
//! instead.

use bundle_base::{Diagnostic, Label};
use swc_ecma_parser::error::SyntaxError;

/// A message and its remedy.
type Words = (&'static str, &'static str);

/// Returns the message for an error kind that means the same in every place.
pub(crate) fn grammar(at: &Label, kind: &SyntaxError) -> Option<Diagnostic> {
    let (message, fix) = modules(kind)
        .or_else(|| variables(kind))
        .or_else(|| functions(kind))
        .or_else(|| classes(kind))
        .or_else(|| expressions(kind))
        .or_else(|| literals(kind))
        .or_else(|| elements(kind))?;
    Some(Diagnostic::error("syntax-error", message).at(at.clone()).fix(fix, None))
}

fn modules(kind: &SyntaxError) -> Option<Words> {
    Some(match kind {
        SyntaxError::ReservedWordInImport => (
            "a reserved word cannot name an import",
            "give it a name: `import { default as name } from …`",
        ),
        SyntaxError::ImportBindingIsString(_) => (
            "a string cannot name an import",
            "give it a name: `import { \"a-b\" as name } from …`",
        ),
        SyntaxError::ExportBindingIsString => (
            "an export without `from` must name a variable; only its exported name may be a string",
            "write `export { name as \"a-b\" }`",
        ),
        SyntaxError::ImportRequiresOneOrTwoArgs => {
            ("`import()` takes one module specifier", "write `import(\"./module.js\")`")
        }
        SyntaxError::TrailingCommaInsideImport => {
            ("a comma cannot follow the specifier in `import()`", "remove the comma")
        }
        SyntaxError::ExportDefaultWithOutFrom | SyntaxError::ExportExpectFrom(_) => {
            ("this export has no `from`", "write `export … from \"./module.js\"`")
        }
        SyntaxError::LegacyCommentInModule => (
            "`<!--` and `-->` begin comments only in classic scripts, not in ES modules",
            "write `//` or `/* … */`",
        ),
        _ => return None,
    })
}

fn variables(kind: &SyntaxError) -> Option<Words> {
    Some(match kind {
        SyntaxError::ConstDeclarationsRequireInitialization => (
            "a `const` is declared without a value",
            "write `= …` after its name, or `let` if it gets a value later",
        ),
        SyntaxError::PatVarWithoutInit => (
            "this pattern has no value to destructure",
            "write `= …` after it: `const { a } = object`",
        ),
        SyntaxError::InitRequiredForUsingDecl => {
            ("a `using` is declared without a value", "write `= …` after its name")
        }
        SyntaxError::CommaAfterRestElement
        | SyntaxError::NonLastRestParam
        | SyntaxError::TS1014 => (
            "`...` takes all the rest, so nothing can follow it",
            "move it to the end, without a comma after it",
        ),
        SyntaxError::DotsWithoutIdentifier => ("a name is missing after `...`", "write `...name`"),
        SyntaxError::AssignProperty => {
            ("an object literal cannot have default values", "write `name: value`")
        }
        SyntaxError::InvalidPat => (
            "this cannot be assigned to",
            "write names, properties or patterns on the left: `[a, object.b] = list`",
        ),
        SyntaxError::InvalidAssignTarget | SyntaxError::NotSimpleAssign | SyntaxError::TS2406 => (
            "this cannot be assigned to: it is a value",
            "assign to a variable or a property, or compare with `===`",
        ),
        SyntaxError::TooManyVarInForInHead => {
            ("this loop declares more than one variable", "declare one: `for (const item of list)`")
        }
        SyntaxError::VarInitializerInForInHead => (
            "the variable of this loop cannot have an initial value",
            "remove `= …`: the loop gives it its values",
        ),
        SyntaxError::TS1106 => (
            "`for (async of …)` could mean two things",
            "rename the variable, or put it in parentheses",
        ),
        SyntaxError::TS1123 => {
            ("a name is missing after `let`, `const` or `var`", "write `let name = …`")
        }
        _ => return None,
    })
}

fn functions(kind: &SyntaxError) -> Option<Words> {
    Some(match kind {
        SyntaxError::LineBreakInThrow => {
            ("`throw` and its value must be on one line", "move the value up to `throw`")
        }
        SyntaxError::LineBreakBeforeArrow => {
            ("`=>` must be on the line where the parameters end", "move `=>` up to the parameters")
        }
        SyntaxError::IllegalLanguageModeDirective => (
            "\"use strict\" is not allowed in a function whose parameters have defaults or \
             patterns",
            "write it at the top of the file; in an ES module it can be left out",
        ),
        SyntaxError::LabelledGeneratorOrAsync | SyntaxError::LabelledFunctionInStrict => (
            "a function cannot have a label",
            "remove the label, or put the function in a block: { … }",
        ),
        SyntaxError::YieldParamInGen => {
            ("`yield` is not allowed in the parameters of a generator", "move it into the function")
        }
        SyntaxError::AwaitParamInAsync => {
            ("`await` is not allowed in the parameters of a function", "move it into the function")
        }
        SyntaxError::AwaitForStmt => {
            ("`for await` is for `for … of` loops only", "write `for await (const a of b)`")
        }
        SyntaxError::AwaitStar => ("`await*` does not exist", "write `await Promise.all(…)`"),
        SyntaxError::MultipleDefault { .. } => {
            ("this `switch` has a second `default`", "keep one of them, or write `case …:`")
        }
        SyntaxError::DuplicateLabel(_) => {
            ("an enclosing statement already has this label", "give one of the two another name")
        }
        SyntaxError::GetterParam => {
            ("a getter cannot have parameters", "remove them, or make it a method without `get`")
        }
        SyntaxError::SetterParam | SyntaxError::SetterParamRequired => {
            ("a setter must have exactly one parameter", "write `set name(value) { … }`")
        }
        SyntaxError::RestPatInSetter => {
            ("the parameter of a setter cannot begin with `...`", "write a plain name")
        }
        SyntaxError::ArrowNotAllowed => {
            ("an arrow function is not allowed here", "put it in parentheses: `(() => …)`")
        }
        _ => return None,
    })
}

fn classes(kind: &SyntaxError) -> Option<Words> {
    Some(match kind {
        SyntaxError::DuplicateConstructor => (
            "this class has a second constructor",
            "merge the two; parameters can have defaults: `(a, b = 1)`",
        ),
        SyntaxError::ConstructorAccessor
        | SyntaxError::AsyncConstructor
        | SyntaxError::GeneratorConstructor => (
            "a constructor cannot be a getter, a setter, an async method or a generator",
            "give it another name, or remove the word before it",
        ),
        SyntaxError::PropertyNamedConstructor => (
            "a field cannot be called \"constructor\"",
            "write a method `constructor() { … }`, or choose another name",
        ),
        SyntaxError::PrivateConstructor => {
            ("a private member cannot be called \"#constructor\"", "choose another name")
        }
        SyntaxError::SpaceBetweenHashAndIdent => {
            ("there is a space between `#` and the name", "write `#name`")
        }
        SyntaxError::InvalidSuperPrivateName => (
            "private members cannot be accessed on `super`",
            "write `this.#name`: it belongs to the class that declares it",
        ),
        SyntaxError::TS1172 | SyntaxError::TS1174 => {
            ("a class can extend only one class", "keep one of them")
        }
        SyntaxError::InvalidLeadingDecorator => (
            "a decorator is only allowed before a class or a class member",
            "move it, or call it as a function",
        ),
        SyntaxError::DecoratorOnExport | SyntaxError::TS8038 => (
            "decorators can be before `export` or after it, but not both",
            "write all of them in one place",
        ),
        _ => return None,
    })
}

fn expressions(kind: &SyntaxError) -> Option<Words> {
    Some(match kind {
        SyntaxError::UnaryInExp { .. } => {
            ("`-a ** b` could mean two things", "write `(-a) ** b` or `-(a ** b)`")
        }
        SyntaxError::NullishCoalescingWithLogicalOp => (
            "`??` mixed with `||` or `&&` could mean two things",
            "add parentheses: `(a || b) ?? c` or `a || (b ?? c)`",
        ),
        SyntaxError::ReservedWordInObjShorthandOrPat => (
            "a reserved word cannot be a shorthand property",
            "write `class: value`, or `class: name` in a pattern",
        ),
        SyntaxError::SpreadInParenExpr => (
            "`...` is not allowed in parentheses",
            "write `[...list]`, `{ ...object }` or `f(...list)`",
        ),
        SyntaxError::EmptyParenExpr => {
            ("these parentheses are empty", "write a value in them, or `() => …` for a function")
        }
        SyntaxError::SuperCallOptional => {
            ("`super` cannot be called with `?.`", "write `super(…)`")
        }
        SyntaxError::OptChainCannotFollowConstructorCall => {
            ("`new` cannot be used with `?.`", "check it first: `if (a) new a.B()`")
        }
        SyntaxError::TaggedTplInOptChain => {
            ("a tagged template cannot be used with `?.`", "check it first: `if (a) a.b`…``")
        }
        SyntaxError::TS2703 => ("`delete` only removes properties", "write `delete object.name`"),
        _ => return None,
    })
}

fn literals(kind: &SyntaxError) -> Option<Words> {
    Some(match kind {
        SyntaxError::IdentAfterNum => (
            "a name cannot begin with a digit, and letters cannot follow a number",
            "begin the name with a letter, `_` or `$`",
        ),
        SyntaxError::NumericSeparatorIsAllowedOnlyBetweenTwoDigits => {
            ("`_` in a number is only allowed between two digits", "write it like `1_000`")
        }
        SyntaxError::ExpectedDigit { radix: 16 } => {
            ("a digit is missing after `0x`", "use 0 to 9 and a to f")
        }
        SyntaxError::ExpectedDigit { radix: 8 } => ("a digit is missing after `0o`", "use 0 to 7"),
        SyntaxError::ExpectedDigit { radix: 2 } => ("a digit is missing after `0b`", "use 0 and 1"),
        SyntaxError::ExpectedDigit { .. } => {
            ("a digit is missing in this number", "write a number such as `1.5`")
        }
        SyntaxError::NumLitTerminatedWithExp => {
            ("digits are missing after the `e` of this number", "write `1e3`")
        }
        SyntaxError::BadCharacterEscapeSequence { .. }
        | SyntaxError::InvalidUnicodeEscape
        | SyntaxError::ExpectedUnicodeEscape
        | SyntaxError::InvalidStrEscape => (
            "this escape is incomplete or invalid",
            "write \\x41, \\u0041 or \\u{1F600}; a backslash itself is written \\\\",
        ),
        SyntaxError::EscapeInReservedWord { .. } => {
            ("a keyword cannot be written with escapes", "write it without escapes")
        }
        SyntaxError::InvalidIdentChar => {
            ("this character is not allowed in a name", "use letters, digits, `_` and `$`")
        }
        _ => return None,
    })
}

fn elements(kind: &SyntaxError) -> Option<Words> {
    Some(match kind {
        SyntaxError::EmptyJSXAttr => {
            ("this attribute has empty braces", "write a value in them, or remove the attribute")
        }
        SyntaxError::InvalidJSXValue => (
            "the value of an attribute must be in quotes or braces",
            "write `name=\"text\"` or `name={value}`",
        ),
        _ => return None,
    })
}
