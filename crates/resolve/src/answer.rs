//! The request and the result of resolution. Both are plain data: a `Resolution` is cached under
//! its request, and compared when the request is resolved again.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::package::Package;

/// A request: a specifier in an importer.
#[derive(Clone, Copy, Debug)]
pub struct ResolveRequest<'a> {
    /// The specifier as written, with its query.
    pub specifier: &'a str,
    /// The syntax of the request.
    pub kind: RequestSyntax,
    /// The absolute path of the importer; for entries, the directory that they are relative to.
    pub importer: &'a Utf8Path,
}

/// The syntax of a request. It decides which conditions of `exports` hold, and what a specifier
/// without `./` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestSyntax {
    /// `import`, `export from`, `import()`: the condition `import` holds.
    Import,
    /// `require`, `require.resolve`: the condition `require` holds.
    Require,
    /// `new Worker(new URL("x.js", import.meta.url))`: relative even without `./`, as URLs are.
    Url,
    /// The URL of an asset, which is used unchanged, as in `url("x.png")`: like `Url`, but the
    /// file's whole name must be written.
    Asset,
    /// An entry: relative even without `./`, then a package.
    Entry,
}

impl RequestSyntax {
    /// All kinds, in declaration order.
    pub(crate) const ALL: [Self; 5] =
        [Self::Import, Self::Require, Self::Url, Self::Asset, Self::Entry];

    /// Whether specifiers of this kind are URLs, which may be addresses on a server.
    pub(crate) fn is_url(self) -> bool {
        matches!(self, Self::Url | Self::Asset)
    }
}

/// Whether an importer may be TypeScript, so that `./x.js` may lead to `x.ts`. A .vue file
/// may have a script in TypeScript; its name does not show that.
pub fn may_be_typescript(importer: &Utf8Path) -> bool {
    matches!(importer.extension(), Some("ts" | "tsx" | "mts" | "cts" | "vue"))
}

/// The result of resolution.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// A module that is a file.
    Module(Resolved),
    /// The contents of a `data:` URL.
    Data {
        /// Its media type without parameters: `text/javascript`.
        mime: String,
        /// The decoded contents.
        bytes: Vec<u8>,
    },
    /// A module that is not bundled: configured as external, an address on the network (in ES
    /// modules), or a built-in of Node in a build for Node.
    External {
        /// The specifier that the output imports at run time, as written.
        specifier: String,
        /// The page global that holds the module, if one is configured.
        global: Option<String>,
    },
    /// An empty module: the package's `browser` field or an alias is `false`.
    Ignored {
        /// The name of what is ignored, for messages.
        name: String,
    },
    /// Our own version of a built-in module of Node, as `"node": "shims"` requests.
    OfNode {
        /// The name without `node:`.
        name: String,
    },
}

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Resolved {
    /// The absolute path: the real path, unless the configuration keeps symbolic links.
    pub path: Utf8PathBuf,
    /// `?query` and `#fragment` of the specifier as written, or empty. With `path` the identity of
    /// the module.
    pub query: String,
    /// The name of the file in messages and outputs: relative to the project, with `/`; outside the
    /// project `name@version/path`. It has no query. Two copies of a package outside the project
    /// have the same names, so a name does not identify a file.
    pub name: String,
    /// The package that the file is part of.
    pub package: Option<Arc<Package>>,
}
