//! Display names of files, for messages and outputs. No absolute path is in a name: inside the
//! project it is relative to the project; outside, it starts at the package, or, for a file without
//! a package, goes up from the project.

use bundle_base::{FileSystem, config::relative};
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::{disk::Disk, package::Package, path};

/// The directory of the project, which names are relative to.
pub struct FileNames {
    /// The path that the configuration gives.
    project: Utf8PathBuf,
    /// The real path: files found through links must still count as inside the project.
    real: Utf8PathBuf,
}

impl FileNames {
    pub fn new(project: &Utf8Path, disk: &Disk) -> Self {
        let real = disk.canonical(project).unwrap_or_else(|_| project.to_owned());
        Self { project: project.to_owned(), real }
    }

    /// Returns the project's directory as configured.
    pub fn project(&self) -> &Utf8Path {
        &self.project
    }

    /// Returns the project's directory, real or as configured, if the path is inside it.
    pub fn root_of(&self, file: &Utf8Path) -> Option<&Utf8Path> {
        [&self.real, &self.project]
            .into_iter()
            .find(|root| path::inside(root, file).is_some())
            .map(Utf8PathBuf::as_path)
    }

    /// Returns the name of a file: relative to the project, or, outside it, `name@version/path`.
    pub fn name(&self, file: &Utf8Path, package: Option<&Package>) -> String {
        if let Some(inside) = self.root_of(file).and_then(|root| path::inside(root, file)) {
            return if inside.as_str().is_empty() { ".".to_owned() } else { path::slashed(inside) };
        }
        let named = package.and_then(|package| Some((package.name.as_ref()?, package)));
        let Some((name, package)) = named else { return self.outside(file) };
        let inside = path::inside(&package.dir, file).map(path::slashed).unwrap_or_default();
        match &package.version {
            Some(version) => format!("{name}@{version}/{inside}"),
            None => format!("{name}/{inside}"),
        }
    }

    /// Returns the name of a file without a package: relative to the project, if they share a
    /// folder. If they share only the root of the machine, such a path would reveal where the
    /// project is, so only the end of the file's path is the name.
    fn outside(&self, file: &Utf8Path) -> String {
        let shared = self.real.ancestors().find(|above| file.starts_with(above));
        if shared.is_some_and(|folder| folder.parent().is_some()) {
            return relative(&self.real, file);
        }
        let is_name = |part: &Utf8Component<'_>| matches!(part, Utf8Component::Normal(_));
        let names: Vec<&str> =
            file.components().filter(is_name).map(|part| part.as_str()).collect();
        format!(".../{}", names[names.len().saturating_sub(2)..].join("/"))
    }
}
