//! Where outputs go: links followed, because users link outputs into their server's folders, and nothing replaced that is no
//! regular file, that another output replaces too, or that the build has read.

use bundle_base::{Diagnostic, Diagnostics, fs::FsError};
use bundle_engine::Outputs;
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    messages,
    project::{FILE, Project, shown},
};

/// A file to be replaced.
pub struct Place<'a> {
    /// Where it goes; a symbolic link is followed, because users link outputs into their server's folders.
    pub path: Utf8PathBuf,
    /// The same as the user sees it, links not followed.
    pub shown: String,
    pub bytes: &'a [u8],
}

/// Where everything goes, as far as something can go there.
pub fn all<'a>(project: &Project, wanted: Vec<(Utf8PathBuf, &'a [u8])>, log: &mut Diagnostics) -> Vec<Place<'a>> {
    let mut places: Vec<Place<'a>> = Vec::new();
    // By where a place really is: positions of places, because there may be thousands.
    let mut taken: FxHashMap<Utf8PathBuf, usize> = FxHashMap::default();
    for (path, bytes) in wanted {
        let shown = shown(&path, &project.cwd);
        let path = match followed(project, &path, &shown) {
            Ok(path) => path,
            Err(diagnostic) => {
                log.push(*diagnostic);
                continue;
            }
        };
        if path.is_dir() {
            log.push(messages::output_is_directory(Utf8Path::new(&shown)));
        } else if path.exists() && !path.is_file() {
            log.push(messages::output_is_special(Utf8Path::new(&shown)));
        }
        match taken.get(&path).map(|&at| &places[at]) {
            Some(other) if other.shown == shown => log.push(messages::two_outputs_at(Utf8Path::new(&shown))),
            Some(other) => log.push(messages::outputs_linked(&other.shown, &shown)),
            None => drop(taken.insert(path.clone(), places.len())),
        }
        places.push(Place { path, shown, bytes });
    }
    places
}

/// The path with its links followed, the last one even where it leads to no file yet.
fn followed(project: &Project, path: &Utf8Path, shown_path: &str) -> Result<Utf8PathBuf, Box<Diagnostic>> {
    let fs = &project.fs;
    let mut path = path.to_owned();
    // A chain of links to a file that is not there; the system follows as many.
    for _ in 0..40 {
        match fs.canonical(&path) {
            Ok(real) => return Ok(real),
            Err(FsError::Loop) => return Err(Box::new(messages::output_through_loop(Utf8Path::new(shown_path)))),
            Err(_) => {}
        }
        let folder = path.parent().unwrap_or(Utf8Path::new("/"));
        let real = fs.canonical(folder).ok();
        match (fs.read_link(&path), real) {
            (Some(target), Some(real)) => path = real.join(target),
            (None, Some(real)) => return Ok(real.join(path.file_name().unwrap_or_default())),
            (_, None) => {
                let dead = path.ancestors().skip(1).find_map(|above| Some((above, fs.read_link(above)?)));
                let dead = dead.filter(|(above, _)| fs.canonical(above) == Err(FsError::NotFound));
                return match dead {
                    Some((link, target)) => {
                        let link = shown(link, &project.cwd);
                        Err(Box::new(messages::output_through_dead_link(shown_path, &link, target.as_str())))
                    }
                    None => Ok(path),
                };
            }
        }
    }
    Err(Box::new(messages::output_through_loop(Utf8Path::new(shown_path))))
}

/// Refuses to overwrite what the build has read. Compared by where the paths lead, because an output folder may be a link.
pub fn check_inputs(project: &Project, outputs: &Outputs, places: &[Place<'_>], log: &mut Diagnostics) {
    let modules = outputs.inputs.iter().map(|key| key.split_once('?').map_or(&**key, |(file, _)| file));
    let read: FxHashSet<&str> = modules.chain([FILE, "package.json", "tsconfig.json"]).collect();
    let canonical = |path: &Utf8Path| project.fs.canonical(path).unwrap_or_else(|_| path.to_owned());
    let mut folders = vec![canonical(&project.config.project), canonical(&project.cwd)];
    folders.dedup();
    // Modules are called by where links lead, unless the configuration keeps links.
    let kept: Vec<Utf8PathBuf> = if project.config.resolve.follow_symlinks {
        Vec::new()
    } else {
        folders.iter().flat_map(|folder| read.iter().map(|key| canonical(&folder.join(key)))).collect()
    };
    let is_read = |path: &Utf8Path| {
        let below = folders.iter().filter_map(|folder| path.strip_prefix(folder).ok());
        below.into_iter().any(|key| read.contains(key.as_str())) || kept.iter().any(|input| input == path)
    };
    for place in places.iter().filter(|place| is_read(&place.path)) {
        log.push(messages::output_over_input(Utf8Path::new(&place.shown), project.config.output.file.is_some()));
    }
}
