//! Specifiers that begin with `/`: files of the project that scripts and stylesheets ask for by an
//! address.

use super::{OxcRequest, Resolver};
use crate::answer::{RequestSyntax, Resolution, ResolveRequest};

impl Resolver {
    /// Finds a file of a package by an address such as `/node_modules/flags/be.svg`, which webpack
    /// finds in the project: no server has this folder.
    pub(super) fn installed(&self, request: &ResolveRequest<'_>) -> Option<Resolution> {
        let inner =
            request.specifier.strip_prefix('/').filter(|_| request.kind == RequestSyntax::Asset)?;
        let specifier = inner.starts_with("node_modules/").then(|| format!("./{inner}"))?;
        let directory = self.names.project();
        self.find(&OxcRequest { request, directory, specifier: &specifier }).ok()
    }

    /// Finds `/js/a.js` below the project's folder, as Vite and webpack do. A file that is there
    /// wins over one of the machine.
    pub(super) fn below_root(&self, request: &ResolveRequest<'_>) -> Option<Resolution> {
        let inner = request.specifier.strip_prefix('/')?;
        if request.kind.is_url()
            || request.kind == RequestSyntax::Entry
            || self.is_aliased(request.specifier)
        {
            return None;
        }
        let directory = self.names.project();
        self.find(&OxcRequest { request, directory, specifier: &format!("./{inner}") }).ok()
    }
}
