//! The globals that constructs need once they are lowered. A global that a helper first checks for
//! does not count, because the helper works without it.

use crate::builtins::BIG_INT_LITERAL;

/// Returns the globals that a helper needs, each with the construct that was lowered to the helper.
/// `helper` is the name without the underscore.
pub(super) fn needs(helper: &str) -> &'static [(&'static str, &'static str)] {
    match helper {
        "async_function" | "guarded_async_function" | "async_to_generator" | "function_of_text" => {
            &[("Promise", "async function")]
        }
        "async_generator" | "async_generator_prototype" | "wrap_async_generator" => {
            &[("Promise", "async generator")]
        }
        "async_delegate" => &[("Promise", "yield*")],
        "using" => &[("Symbol", "using")],
        "for_await" => &[("Promise", "for await")],
        _ => &[],
    }
}

/// Returns the construct that was lowered to a name, if the source text does not begin with the
/// name.
pub(super) fn construct(name: &str, text: &str) -> Option<&'static str> {
    match name {
        "BigInt" if text.starts_with(|first: char| first.is_ascii_digit()) => Some(BIG_INT_LITERAL),
        "WeakMap" | "WeakSet" if !text.starts_with("Weak") => Some("#private"),
        _ => None,
    }
}
