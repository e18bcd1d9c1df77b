//! One component compiled by itself, for whoever wants to look at it. Nothing is remembered.

use std::{cell::Cell, sync::Arc};

use bundle_base::{
    Config, Diagnostic, Diagnostics, FileSystem,
    loader::{File, LoadContext},
};
use bundle_resolve::Resolver;
use bundle_vue::Compiled;
use camino::Utf8Path;

use crate::{loaders, messages, scan::Asks};

/// Compiles a component and gives its blocks, with everything that was found wrong.
pub fn component(
    path: &Utf8Path,
    name: &str,
    (config, fs): (&Config, &Arc<dyn FileSystem>),
) -> (Option<Compiled>, Vec<Diagnostic>) {
    let mut log = Diagnostics::new();
    let bytes = match fs.read(path) {
        Ok(bytes) => bytes,
        Err(error) => return (None, vec![messages::unreadable(name, &error)]),
    };
    let resolver = Resolver::new(config, Arc::clone(fs));
    let asks = Asks { resolver: &resolver, importer: path, has_asked: Cell::new(false) };
    let file = File { path: path.to_owned(), name: name.to_owned(), query: String::new(), bytes: bytes.into() };
    let mut cx = LoadContext { config, fs: &**fs, resolve: &asks, log: &mut log };
    let compiled = loaders::text(&file, &mut cx).map(|source| bundle_vue::compile(&source, &mut cx));
    (compiled, log.take())
}
