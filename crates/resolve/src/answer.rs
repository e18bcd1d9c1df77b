//! What goes in and what comes out. Both are plain data: a `Resolution` is remembered under its
//! question, and compared when the question is asked again.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::package::Package;

/// A question: which module does this specifier mean here?
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// As written, with its query.
    pub specifier: &'a str,
    /// The syntax that asks.
    pub kind: AskKind,
    /// The file that asks, absolute; for entries the directory that they are relative to.
    pub importer: &'a Utf8Path,
}

/// The syntax that asks. It decides which conditions of `exports` hold, and what a specifier
/// without `./` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AskKind {
    /// `import`, `export from`, `import()`: the condition `import` holds.
    Import,
    /// `require`, `require.resolve`: the condition `require` holds.
    Require,
    /// `new Worker(new URL("x.js", import.meta.url))`: relative even without `./`, as URLs are.
    Url,
    /// The same of a file that is used as it is, `url("x.png")`: by its whole name.
    Asset,
    /// An entry: relative even without `./`, then a package.
    Entry,
}

impl AskKind {
    /// All of them, in declaration order.
    pub(crate) const ALL: [Self; 5] =
        [Self::Import, Self::Require, Self::Url, Self::Asset, Self::Entry];

    /// An address, which may be a server's.
    pub(crate) fn is_url(self) -> bool {
        matches!(self, Self::Url | Self::Asset)
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// A file.
    Module(Resolved),
    /// The contents of a `data:` URL.
    Data {
        /// Its media type without parameters: `text/javascript`.
        mime: String,
        /// Its contents.
        bytes: Vec<u8>,
    },
    /// Not ours to bundle: configured so, an address on the network (in ES modules), or a built-in
    /// of Node for Node.
    External {
        /// What the output asks for at run time, as written.
        specifier: String,
        /// The page global that has it, if one is configured.
        global: Option<String>,
    },
    /// An empty module: the package's `browser` field or an alias says `false`.
    Ignored {
        /// What was ignored, for people.
        name: String,
    },
}

/// A file found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Resolved {
    /// Where it is: absolute, and its real path unless the configuration keeps symbolic links.
    pub path: Utf8PathBuf,
    /// `?query` and `#fragment` of the specifier as written, or empty. With `path` the identity of
    /// the module.
    pub query: String,
    /// What users and outputs call the file: relative to the project with `/`; outside it
    /// `name@version/path`. Without the query. Two copies of a package outside the project have one
    /// name: it identifies nothing.
    pub name: String,
    /// The package it is part of.
    pub package: Option<Arc<Package>>,
}
