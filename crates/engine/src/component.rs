//! Compiles single components, for callers that want the compiled blocks and not a build. Nothing
//! is kept between two components except the resolver's answers.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostic, Diagnostics, FileSystem,
    loader::{File, LoadContext, NoBlocks},
    tools::Tools,
};
use bundle_resolve::Resolver;
use bundle_vue::Compiled;
use camino::Utf8Path;

use crate::{loaders, messages, scan::LoaderResolver};

/// Compiles components with one configuration.
pub struct Components<'p> {
    config: &'p Config,
    fs: &'p dyn FileSystem,
    resolver: Resolver,
    tools: &'p dyn Tools,
}

impl<'p> Components<'p> {
    /// Creates a compiler. Nothing is read before the first component.
    pub fn new(config: &'p Config, fs: &'p Arc<dyn FileSystem>, tools: &'p dyn Tools) -> Self {
        Self { config, fs: &**fs, resolver: Resolver::new(config, Arc::clone(fs)), tools }
    }

    /// Compiles the component at `path`, which diagnostics call `name`. Returns its compiled blocks
    /// (`None` if the file cannot be read or decoded), and all diagnostics.
    pub fn compile(&self, path: &Utf8Path, name: &str) -> (Option<Compiled>, Vec<Diagnostic>) {
        let mut log = Diagnostics::new();
        let bytes = match self.fs.read(path) {
            Ok(bytes) => bytes,
            Err(error) => return (None, vec![messages::unreadable(name, &error)]),
        };
        let asks = LoaderResolver::new(&self.resolver, path);
        let file = File {
            path: path.to_owned(),
            name: name.to_owned(),
            query: String::new(),
            bytes: bytes.into(),
            made: None,
        };
        let mut cx = LoadContext {
            config: self.config,
            fs: self.fs,
            resolve: &asks,
            styles: &bundle_css::Styles,
            tools: self.tools,
            blocks: &NoBlocks,
            before: None,
            log: &mut log,
        };
        let compiled =
            loaders::text(&file, &mut cx).map(|source| bundle_vue::compile(&source, &mut cx));
        (compiled, log.take())
    }
}
