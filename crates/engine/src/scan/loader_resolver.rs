//! Connects loaders to the resolver: implements `bundle_base::loader::Resolve` by means of
//! `bundle_resolve::Resolver`.

use std::cell::Cell;

use bundle_base::{
    Diagnostic, Label,
    loader::{AddressTarget, Resolve},
};
use bundle_resolve::{RequestSyntax, Resolution, ResolveRequest, Resolved, Resolver, unescape};
use camino::{Utf8Path, Utf8PathBuf};

use crate::messages;

/// The resolver, for the loader of one file.
pub(crate) struct LoaderResolver<'s> {
    pub resolver: &'s Resolver,
    pub importer: &'s Utf8Path,
    /// The loader has called the resolver.
    pub has_resolved: Cell<bool>,
}

impl<'s> LoaderResolver<'s> {
    /// Returns the resolver for the loader of the file `importer`.
    pub fn new(resolver: &'s Resolver, importer: &'s Utf8Path) -> Self {
        Self { resolver, importer, has_resolved: Cell::new(false) }
    }
}

impl Resolve for LoaderResolver<'_> {
    fn resolve(&self, specifier: &str, label: Label) -> Result<Utf8PathBuf, Box<Diagnostic>> {
        self.has_resolved.set(true);
        match self.resolver.resolve(&ResolveRequest {
            specifier,
            kind: RequestSyntax::Import,
            importer: self.importer,
        }) {
            Ok(Resolution::Module(found)) => Ok(found.path),
            Ok(
                Resolution::External { .. }
                | Resolution::Ignored { .. }
                | Resolution::Data { .. }
                | Resolution::OfNode { .. },
            ) => Err(Box::new(messages::not_a_file(label, specifier))),
            Err(failure) => Err(Box::new(failure.diagnostic(label))),
        }
    }

    fn asset(
        &self,
        address: &str,
        importer: &Utf8Path,
        label: Label,
    ) -> Result<Option<AddressTarget>, Box<Diagnostic>> {
        self.has_resolved.set(true);
        let ask = |specifier: &str| {
            self.resolver.resolve(&ResolveRequest {
                specifier,
                kind: RequestSyntax::Asset,
                importer,
            })
        };
        let plain = String::from_utf8(unescape(address)).ok().filter(|plain| plain != address);
        let found =
            ask(address).or_else(|failure| plain.and_then(|plain| ask(&plain).ok()).ok_or(failure));
        match found {
            Ok(Resolution::Module(Resolved { path, name, query, .. })) => {
                Ok(Some(AddressTarget { path, name, query }))
            }
            Ok(
                Resolution::External { .. }
                | Resolution::Ignored { .. }
                | Resolution::Data { .. }
                | Resolution::OfNode { .. },
            ) => Ok(None),
            Err(failure) => Err(Box::new(failure.diagnostic(label))),
        }
    }

    fn style(&self, specifier: &str, importer: &Utf8Path) -> Option<Utf8PathBuf> {
        self.has_resolved.set(true);
        self.resolver.resolve_style(specifier, importer)
    }

    fn name(&self, path: &Utf8Path) -> String {
        self.resolver.name(path)
    }
}
