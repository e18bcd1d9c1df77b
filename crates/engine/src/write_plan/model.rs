//! The input of a write plan besides the outputs, and the steps in which files are renamed into
//! their places.

use bundle_base::{Config, FileSystem, config::relative};
use camino::Utf8Path;

use crate::{ENTRYPOINTS_FILE, OutputFile, OutputKind};

/// A project on a disk: what a write plan depends on besides the outputs.
#[derive(Clone, Copy)]
pub struct WriteContext<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The folder that paths in messages are relative to.
    pub cwd: &'a Utf8Path,
    /// The file system.
    pub fs: &'a dyn FileSystem,
}

impl WriteContext<'_> {
    pub(super) fn shown(&self, path: &Utf8Path) -> String {
        relative(self.cwd, path)
    }
}

/// When a file is renamed into its place. The steps run in this order, so a reader of a manifest
/// finds every file that the manifest names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WriteStep {
    /// Scripts, stylesheets, source maps, assets, and `more`.
    File,
    /// Manifests for backends.
    Manifest,
    /// `entrypoints.json`, which lists what this build wrote, for our own later builds. It comes
    /// last because it names all other files.
    EntrypointsFile,
}

impl WriteStep {
    pub(super) fn of(file: &OutputFile) -> Self {
        match file.kind {
            OutputKind::Manifest if file.path == ENTRYPOINTS_FILE => Self::EntrypointsFile,
            OutputKind::Manifest => Self::Manifest,
            OutputKind::Script | OutputKind::SourceMap | OutputKind::Style | OutputKind::Asset => {
                Self::File
            }
        }
    }
}
