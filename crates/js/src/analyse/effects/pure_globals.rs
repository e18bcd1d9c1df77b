//! Globals and helpers without side effects.

use swc_ecma_ast::{Expr, ExprOrSpread, Lit};

/// What a lowering helper does with harmless arguments.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Helper {
    /// It has no side effect.
    Pure,
    /// It changes its first argument.
    Changes,
    /// It changes its first argument and reads the properties of the others.
    Copies,
    /// It iterates its first argument.
    Walks,
    /// It may have any effect.
    Unknown,
}

/// Returns what a helper does. `name` has no underscore.
pub(super) fn helper(name: &str) -> Helper {
    match name {
        "named_regex"
        | "sticky_regex"
        | "tagged_template_literal"
        | "tagged_template_literal_loose"
        | "type_of"
        | "private_members"
        | "identity" => Helper::Pure,
        "create_class" | "create_keyed_class" | "create_loose_class" | "inherits"
        | "define_property" | "define_static" | "define_value" | "define_accessor"
        | "private_accessor" | "private_add"
        // It copies the descriptors of a literal, and calls no getter.
        | "object_spread_props" => Helper::Changes,
        "extends" | "object_spread" => Helper::Copies,
        "to_consumable_array" | "sliced_to_array" | "to_array" | "array_rest" | "loose_list" => {
            Helper::Walks
        }
        _ => Helper::Unknown,
    }
}

/// Whether a name is a global of the language: it always exists, and reading its members runs no
/// code.
pub(crate) fn is_standard(name: &str) -> bool {
    matches!(
        name,
        "Array"
            | "ArrayBuffer"
            | "BigInt"
            | "Boolean"
            | "DataView"
            | "Date"
            | "Error"
            | "EvalError"
            | "Float32Array"
            | "Float64Array"
            | "Function"
            | "Infinity"
            | "Int16Array"
            | "Int32Array"
            | "Int8Array"
            | "Intl"
            | "JSON"
            | "Map"
            | "Math"
            | "NaN"
            | "Number"
            | "Object"
            | "Promise"
            | "Proxy"
            | "RangeError"
            | "ReferenceError"
            | "Reflect"
            | "RegExp"
            | "Set"
            | "String"
            | "Symbol"
            | "SyntaxError"
            | "TypeError"
            | "URIError"
            | "Uint16Array"
            | "Uint32Array"
            | "Uint8Array"
            | "Uint8ClampedArray"
            | "WeakMap"
            | "WeakRef"
            | "WeakSet"
            | "arguments"
            | "decodeURI"
            | "decodeURIComponent"
            | "encodeURI"
            | "encodeURIComponent"
            | "escape"
            | "eval"
            | "globalThis"
            | "isFinite"
            | "isNaN"
            | "parseFloat"
            | "parseInt"
            | "undefined"
            | "unescape"
    )
}

/// Whether a name is a global of pages: reading it or a member of it runs no code that a program
/// relies on.
pub(super) fn is_of_pages(name: &str) -> bool {
    matches!(
        name,
        "CustomEvent"
            | "Document"
            | "DocumentFragment"
            | "Element"
            | "Event"
            | "HTMLElement"
            | "Image"
            | "Node"
            | "SVGElement"
            | "XMLHttpRequest"
            | "clearInterval"
            | "clearTimeout"
            | "console"
            | "document"
            | "history"
            | "localStorage"
            | "location"
            | "navigator"
            | "performance"
            | "screen"
            | "self"
            | "sessionStorage"
            | "setInterval"
            | "setTimeout"
            | "window"
    )
}

/// Whether a function only computes a value, given primitive arguments.
pub(crate) fn computes(object: Option<&str>, name: &str) -> bool {
    match object {
        None => matches!(
            name,
            "Array"
                | "Boolean"
                | "Error"
                | "Number"
                | "Object"
                | "RangeError"
                | "ReferenceError"
                | "String"
                | "Symbol"
                | "SyntaxError"
                | "TypeError"
                | "isFinite"
                | "isNaN"
                | "parseFloat"
                | "parseInt"
        ),
        Some("Math" | "Number" | "Date") => true,
        Some("String") => name == "fromCharCode",
        Some("Symbol") => name == "for",
        Some("Array") => matches!(name, "isArray" | "of"),
        Some("Promise") => name == "resolve",
        _ => false,
    }
}

/// Whether a call makes a BigInt, as the lowered form of a literal does. With other arguments,
/// `BigInt` may throw.
pub(super) fn makes_big_int(function: &str, arguments: &[ExprOrSpread]) -> bool {
    let is_integer = |text: &str| match text.strip_prefix("0x") {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit()),
        None => !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()),
    };
    match arguments {
        [ExprOrSpread { spread: None, expr }] if function == "BigInt" => match &**expr {
            Expr::Lit(Lit::Str(text)) => text.value.as_str().is_some_and(is_integer),
            Expr::Lit(Lit::Num(number)) => number.value.fract() == 0.0,
            _ => false,
        },
        _ => false,
    }
}

/// Whether a constructor only makes an object, given primitive arguments.
pub(crate) fn constructs(name: &str) -> bool {
    matches!(
        name,
        "Array"
            | "ArrayBuffer"
            | "Boolean"
            | "Date"
            | "Error"
            | "Float32Array"
            | "Float64Array"
            | "Int16Array"
            | "Int32Array"
            | "Int8Array"
            | "Number"
            | "Object"
            | "RangeError"
            | "ReferenceError"
            | "RegExp"
            | "String"
            | "SyntaxError"
            | "TypeError"
            | "Uint16Array"
            | "Uint32Array"
            | "Uint8Array"
            | "Uint8ClampedArray"
    )
}

/// Whether a constructor iterates its argument.
pub(super) fn collects(name: &str) -> bool {
    matches!(name, "Map" | "Set" | "WeakMap" | "WeakSet")
}
