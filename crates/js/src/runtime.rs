//! Our own runtime modules, as source texts. They are modules like any other: resolved by these
//! specifiers, parsed, tree-shaken and hoisted. Apart from `export`, all are ECMAScript 5, so they
//! are never lowered.

use std::sync::LazyLock;

/// The specifier of the module with the helpers that lowered code calls.
pub const HELPERS: &str = "bundle:runtime/helpers";

/// The specifier of the module with the functions that wrap and link modules.
pub const INTEROP: &str = "bundle:runtime/interop";

/// The specifier of the module that loads and runs the classic scripts of a page whose output is
/// split.
pub const CHUNKS: &str = "bundle:runtime/chunks";

/// As `CHUNKS`, for entries that load no scripts: the page includes all that they need.
pub const CHUNKS_WITHOUT_LOADS: &str = "bundle:runtime/chunks_without_loads";

/// The specifier of the module that keeps the registry: each module as a function under its key.
pub const REGISTRY: &str = "bundle:runtime/registry";

/// The specifier of the module that gives a classic script the address of its files.
pub const ADDRESSES: &str = "bundle:runtime/addresses";

/// The specifier of the module that keeps `__webpack_public_path__`.
pub const PUBLIC_PATH: &str = "bundle:runtime/public_path";

/// The function that the module of `PUBLIC_PATH` exports.
pub(crate) const PUBLIC_PATH_FUNCTION: &str = "public_path";

/// As `ADDRESSES`, in builds where a module names `__webpack_public_path__`.
pub const ADDRESSES_BY_PUBLIC_PATH: &str = "bundle:runtime/addresses_by_public_path";

/// As `CHUNKS`, in builds where a module names `__webpack_public_path__`.
pub const CHUNKS_BY_PUBLIC_PATH: &str = "bundle:runtime/chunks_by_public_path";

/// The specifier of the module that assembles a Vue component from its parts.
pub const COMPONENT: &str = "bundle:runtime/component";

/// The specifier of the module that inserts SVG symbols into a page.
pub const SPRITES: &str = "bundle:runtime/sprites";

/// The specifier of the module that compiles WebAssembly files.
pub const WASM: &str = "bundle:runtime/wasm";

/// The client that applies hot updates on a page, as plain functions without comments. An entry's
/// script puts the text into a function of its own and calls `connect`.
pub fn client() -> &'static str {
    &CLIENT
}

/// Every entry's script contains the client, so its text is made once.
static CLIENT: LazyLock<String> = LazyLock::new(|| {
    let text = concat!(
        include_str!("../runtime/addresses.js"),
        include_str!("../runtime/client.js"),
        include_str!("../runtime/client_forms.js"),
        include_str!("../runtime/client_links.js"),
        include_str!("../runtime/client_overlay.js"),
        include_str!("../runtime/client_places.js"),
        include_str!("../runtime/client_updates.js"),
        include_str!("../runtime/hot.js"),
        include_str!("../runtime/client_socket.js"),
    );
    plain(text)
});

/// The functions by which a classic script finds its files, as plain functions without comments:
/// `addresses` and what it calls.
pub fn addresses() -> &'static str {
    static FUNCTIONS: LazyLock<String> =
        LazyLock::new(|| plain(include_str!("../runtime/addresses.js")));
    &FUNCTIONS
}

/// As `addresses`, in builds where a module names `__webpack_public_path__`.
pub fn addresses_by_public_path() -> &'static str {
    static FUNCTIONS: LazyLock<String> = LazyLock::new(|| plain(&BY_PUBLIC_PATH[0]));
    &FUNCTIONS
}

/// The texts of `ADDRESSES_BY_PUBLIC_PATH` and `CHUNKS_BY_PUBLIC_PATH`. The functions that they
/// replace get another name, so that the texts of all other builds need not differ.
static BY_PUBLIC_PATH: LazyLock<[String; 2]> = LazyLock::new(|| {
    let addresses = include_str!("../runtime/addresses.js")
        .replace("export function addresses(", "function addresses_of_script(")
        .replace("folder(", "folder_of_script(");
    let loads = include_str!("../runtime/chunk_loads.js")
        .replace("export function loads(", "function loads_of_script(");
    let chunks = [include_str!("../runtime/chunks.js"), &loads].concat();
    let addresses = [
        include_str!("../runtime/public_path.js"),
        include_str!("../runtime/public_path_addresses.js"),
        &addresses,
    ]
    .concat();
    let chunks = [&addresses, include_str!("../runtime/public_path_loads.js"), &chunks].concat();
    [addresses, chunks]
});

/// Returns a text without `export` and comments.
fn plain(text: &str) -> String {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.map(|line| line.strip_prefix("export ").unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// The helpers are one module, kept in one file per subject.
const HELPERS_TEXT: &str = concat!(
    include_str!("../runtime/helpers/objects.js"),
    include_str!("../runtime/helpers/iteration.js"),
    include_str!("../runtime/helpers/classes.js"),
    include_str!("../runtime/helpers/privates.js"),
    include_str!("../runtime/helpers/literals.js"),
    include_str!("../runtime/helpers/regexes.js"),
    include_str!("../runtime/helpers/numbers.js"),
    include_str!("../runtime/helpers/generators.js"),
    include_str!("../runtime/helpers/async.js"),
    include_str!("../runtime/helpers/using.js"),
    include_str!("../runtime/helpers/decorators.js"),
    include_str!("../runtime/helpers/errors.js"),
    include_str!("../runtime/helpers/jsx.js"),
    include_str!("../runtime/helpers/amd.js"),
);

/// Returns the text of a runtime module; `None` for any other specifier.
pub fn source(specifier: &str) -> Option<&'static str> {
    match specifier {
        HELPERS => Some(HELPERS_TEXT),
        INTEROP => Some(include_str!("../runtime/interop.js")),
        CHUNKS => Some(concat!(
            include_str!("../runtime/addresses.js"),
            include_str!("../runtime/chunks.js"),
            include_str!("../runtime/chunk_loads.js")
        )),
        CHUNKS_WITHOUT_LOADS => Some(include_str!("../runtime/chunks.js")),
        ADDRESSES => Some(include_str!("../runtime/addresses.js")),
        PUBLIC_PATH => Some(include_str!("../runtime/public_path.js")),
        ADDRESSES_BY_PUBLIC_PATH => Some(&BY_PUBLIC_PATH[0]),
        CHUNKS_BY_PUBLIC_PATH => Some(&BY_PUBLIC_PATH[1]),
        COMPONENT => Some(include_str!("../runtime/component.js")),
        SPRITES => Some(include_str!("../runtime/sprites.js")),
        WASM => Some(include_str!("../runtime/wasm.js")),
        REGISTRY => Some(include_str!("../runtime/registry.js")),
        _ => None,
    }
}

/// Returns our version of a built-in module of Node for pages, by the name without `node:`; `None`
/// for any other module.
pub fn of_node(name: &str) -> Option<&'static str> {
    let text = match name {
        "console" => include_str!("../runtime/node/console.js"),
        "events" => include_str!("../runtime/node/events.js"),
        "os" => include_str!("../runtime/node/os.js"),
        "path" | "path/posix" => include_str!("../runtime/node/path.js"),
        "process" => include_str!("../runtime/node/process.js"),
        "querystring" => include_str!("../runtime/node/querystring.js"),
        "timers" => include_str!("../runtime/node/timers.js"),
        "tty" => include_str!("../runtime/node/tty.js"),
        "sys" | "util" => include_str!("../runtime/node/util.js"),
        _ => return None,
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::client;

    #[test]
    fn functions_of_the_client_have_names_of_their_own() {
        let mut known = BTreeSet::new();
        for line in client().lines().filter_map(|line| line.strip_prefix("function ")) {
            let name = line.split('(').next().unwrap_or(line);
            assert!(known.insert(name), "two functions of the client are called {name}");
        }
        assert!(known.contains("connect"), "{known:?}");
    }
}
