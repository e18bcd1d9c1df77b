//! What users and outputs call a file. No path of the machine gets in: inside the project it is
//! relative to it, outside it starts at the package, and a file of no package outside goes up from
//! the project.

use bundle_base::FileSystem;
use camino::{Utf8Path, Utf8PathBuf};

use crate::{disk::Disk, package::Package, path};

/// Knows where the project is, by the path that the configuration gives and by its real one.
pub struct Names {
    project: Utf8PathBuf,
    /// The same, links followed: files found through links must still count as inside.
    real: Utf8PathBuf,
}

impl Names {
    pub fn new(project: &Utf8Path, disk: &Disk) -> Self {
        let real = disk.canonical(project).unwrap_or_else(|_| project.to_owned());
        Self { project: project.to_owned(), real }
    }

    /// The project's directory under the name by which a path lies in it.
    pub fn root_of(&self, file: &Utf8Path) -> Option<&Utf8Path> {
        [&self.real, &self.project]
            .into_iter()
            .find(|root| file.starts_with(root))
            .map(Utf8PathBuf::as_path)
    }

    /// Relative to the project, outside it `name@version/path`.
    pub fn name(&self, file: &Utf8Path, package: Option<&Package>) -> String {
        if let Some(inside) = self.root_of(file).and_then(|root| file.strip_prefix(root).ok()) {
            return if inside.as_str().is_empty() { ".".to_owned() } else { path::slashed(inside) };
        }
        let named = package.and_then(|package| Some((package.name.as_ref()?, package)));
        let Some((name, package)) = named else { return self.outside(file) };
        let inside = file.strip_prefix(&package.dir).map(path::slashed).unwrap_or_default();
        match &package.version {
            Some(version) => format!("{name}@{version}/{inside}"),
            None => format!("{name}/{inside}"),
        }
    }

    /// A file of no package: from the project upwards, if they share a folder. If all they share is
    /// the machine, the way would tell where on it the project is, so only the end of the path is
    /// named.
    fn outside(&self, file: &Utf8Path) -> String {
        let shared = self.real.ancestors().find(|above| file.starts_with(above));
        if shared.is_some_and(|folder| folder.parent().is_some()) {
            return path::relative(&self.real, file);
        }
        let names: Vec<&str> =
            file.components().map(|c| c.as_str()).filter(|name| *name != "/").collect();
        format!(".../{}", names[names.len().saturating_sub(2)..].join("/"))
    }
}
