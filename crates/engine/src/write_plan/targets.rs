//! Finds where outputs go on the disk. Links are followed, because users link outputs into their
//! server's folders. An output never replaces a directory or a special file, another output, or a
//! file that the build has read.

use std::borrow::Cow;

use bundle_base::{
    Diagnostic, Diagnostics,
    config::FILE,
    fs::{FileKind, FsError},
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{WriteContext, WriteStep};
use crate::{Outputs, messages};

/// A file to write or replace.
pub struct Target<'a> {
    /// The path to write to, with symbolic links followed.
    pub path: Utf8PathBuf,
    /// The path for messages, with links not followed.
    pub shown: String,
    /// The contents to write.
    pub bytes: Cow<'a, [u8]>,
    /// When the file is put in its place.
    pub step: WriteStep,
}

/// A file to write.
pub struct PlannedFile<'a> {
    /// The path before symbolic links are followed.
    pub path: Utf8PathBuf,
    /// The contents to write.
    pub bytes: Cow<'a, [u8]>,
    /// When the file is put in its place.
    pub step: WriteStep,
}

/// Finds the target of every file. Reports what cannot be replaced and files that have the same
/// target.
pub(super) fn all<'a>(
    context: &WriteContext<'_>,
    planned: Vec<PlannedFile<'a>>,
    log: &mut Diagnostics,
) -> Vec<Target<'a>> {
    let mut targets: Vec<Target<'a>> = Vec::new();
    // By real path: the position in `targets`. A map, because there may be thousands.
    let mut taken: FxHashMap<Utf8PathBuf, usize> = FxHashMap::default();
    for PlannedFile { path, bytes, step } in planned {
        let shown = context.shown(&path);
        let path = match followed(context, &path, &shown) {
            Ok(path) => path,
            Err(diagnostic) => {
                log.push(*diagnostic);
                continue;
            }
        };
        match context.fs.kind(&path) {
            Some(FileKind::Directory) => log.push(messages::output_is_directory(&shown)),
            Some(FileKind::Other) => log.push(messages::output_is_special(&shown)),
            Some(FileKind::File) | None => {}
        }
        match taken.get(&path).map(|&at| &targets[at]) {
            Some(other) if other.shown == shown => log.push(messages::two_outputs_at(&shown)),
            Some(other) => log.push(messages::outputs_linked(&other.shown, &shown)),
            None => drop(taken.insert(path.clone(), targets.len())),
        }
        targets.push(Target { path, shown, bytes, step });
    }
    targets
}

/// Follows the links of a path, the last one even if it leads to no file yet.
fn followed(
    context: &WriteContext<'_>,
    path: &Utf8Path,
    shown_path: &str,
) -> Result<Utf8PathBuf, Box<Diagnostic>> {
    let fs = context.fs;
    let mut path = path.to_owned();
    // A chain of links may lead to a file that does not exist; operating systems follow as many
    // links.
    for _ in 0..40 {
        match fs.canonical(&path) {
            Ok(real) => return Ok(real),
            Err(FsError::Loop) => return Err(Box::new(messages::output_through_loop(shown_path))),
            Err(_) => {}
        }
        let folder = path.parent().unwrap_or(Utf8Path::new("/"));
        let real = fs.canonical(folder).ok();
        match (fs.read_link(&path), real) {
            (Some(target), Some(real)) => path = real.join(target),
            (None, Some(real)) => return Ok(real.join(path.file_name().unwrap_or_default())),
            (_, None) => {
                let dead =
                    path.ancestors().skip(1).find_map(|above| Some((above, fs.read_link(above)?)));
                let dead = dead.filter(|(above, _)| fs.canonical(above) == Err(FsError::NotFound));
                return match dead {
                    Some((link, target)) => {
                        let link = context.shown(link);
                        Err(Box::new(messages::output_through_dead_link(
                            shown_path,
                            &link,
                            target.as_str(),
                        )))
                    }
                    None => Ok(path),
                };
            }
        }
    }
    Err(Box::new(messages::output_through_loop(shown_path)))
}

/// The files that the build has read, with links followed, because an output folder may be a link.
pub(super) struct Inputs<'a> {
    /// The folders that module keys are relative to.
    folders: Vec<Utf8PathBuf>,
    keys: FxHashSet<&'a str>,
    /// The real paths of inputs that are links. Empty if the configuration follows links, because
    /// module keys are real paths then.
    linked: Vec<Utf8PathBuf>,
}

impl<'a> Inputs<'a> {
    /// Returns the inputs of a build.
    pub fn of(context: &WriteContext<'_>, outputs: &'a Outputs) -> Self {
        let modules =
            outputs.inputs.iter().map(|key| key.split_once('?').map_or(&**key, |(file, _)| file));
        let keys: FxHashSet<&str> =
            modules.chain([FILE, "package.json", "tsconfig.json"]).collect();
        let canonical =
            |path: &Utf8Path| context.fs.canonical(path).unwrap_or_else(|_| path.to_owned());
        let mut folders = vec![canonical(&context.config.project), canonical(context.cwd)];
        folders.dedup();
        let linked = if context.config.resolve.follow_symlinks {
            Vec::new()
        } else {
            folders
                .iter()
                .flat_map(|folder| keys.iter().map(|key| canonical(&folder.join(key))))
                .collect()
        };
        Self { folders, keys, linked }
    }

    /// Whether a file, with links followed, is an input.
    pub fn has(&self, path: &Utf8Path) -> bool {
        let mut below = self.folders.iter().filter_map(|folder| path.strip_prefix(folder).ok());
        below.any(|key| self.keys.contains(key.as_str()))
            || self.linked.iter().any(|input| input == path)
    }

    /// Reports every target that would overwrite an input.
    pub fn check(&self, context: &WriteContext<'_>, targets: &[Target<'_>], log: &mut Diagnostics) {
        let config = context.config;
        for target in targets.iter().filter(|target| self.has(&target.path)) {
            let copied = config.copy.iter().find(|rule| target.path.starts_with(&rule.from));
            log.push(match copied {
                Some(rule) => messages::output_over_copied(&target.shown, rule),
                None => messages::output_over_input(&target.shown, config.output.file.is_some()),
            });
        }
    }
}
