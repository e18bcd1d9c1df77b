//! Globals and helpers that do no harm.

/// How a helper of the lowering behaves, its arguments harmless.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Helper {
    /// It has no effect.
    Pure,
    /// It changes its first argument.
    Changes,
    /// It changes its first argument and reads the properties of the others.
    Copies,
    /// It walks its first argument.
    Walks,
    /// Anything.
    Unknown,
}

/// How a helper behaves, by its name without the underscore.
pub(super) fn helper(name: &str) -> Helper {
    match name {
        "async_to_generator"
        | "wrap_async_generator"
        | "get_prototype_of"
        | "tagged_template_literal"
        | "tagged_template_literal_loose"
        | "type_of"
        | "wrap_native_super"
        | "wrap_reg_exp"
        | "class_private_field_loose_key"
        | "identity" => Helper::Pure,
        "create_class"
        | "inherits"
        | "set_prototype_of"
        | "define_property"
        | "define_enumerable_properties"
        | "class_private_method_init"
        | "class_private_field_init" => Helper::Changes,
        "extends" | "object_spread" | "object_spread_props" => Helper::Copies,
        "to_consumable_array" | "sliced_to_array" | "to_array" => Helper::Walks,
        _ => Helper::Unknown,
    }
}

/// Globals of the language: they are always there, and reading a member of them runs nothing.
pub(in crate::analyse) fn is_standard(name: &str) -> bool {
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

/// Globals of pages: reading them, or a member of them, runs nothing that a program would rely on.
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

/// Functions that only compute, given primitive values.
pub(super) fn computes(object: Option<&str>, name: &str) -> bool {
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

/// Constructors that only make an object, given primitive values.
pub(super) fn constructs(name: &str) -> bool {
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

/// Constructors that walk an iterable.
pub(super) fn collects(name: &str) -> bool {
    matches!(name, "Map" | "Set" | "WeakMap" | "WeakSet")
}
