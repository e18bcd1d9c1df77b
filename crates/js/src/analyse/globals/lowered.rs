//! What constructs need once they are lowered. What helpers ask for first is no need: they do
//! without it.

/// What a helper needs, by its name without the underscore, and what it was before it was lowered.
pub(super) fn needs(helper: &str) -> &'static [(&'static str, &'static str)] {
    match helper {
        "async_to_generator" => &[("Promise", "async function")],
        "wrap_async_generator" => &[("Promise", "async generator")],
        "async_generator_delegate" => &[("Promise", "yield*")],
        "ts_add_disposable_resource" => &[("Symbol", "using")],
        // Only where something of it is waited for, which is not known of a list.
        "ts_dispose_resources" => &[("Promise", "using")],
        "using_ctx" => &[("Promise", "using"), ("Symbol", "using")],
        "async_iterator" => &[("Promise", "for await")],
        _ => &[],
    }
}

/// What a name was before, where the text says something else in its place.
pub(super) fn construct(name: &str, text: &str) -> Option<&'static str> {
    match name {
        "WeakMap" | "WeakSet" if !text.starts_with("Weak") => Some("#private"),
        _ => None,
    }
}
