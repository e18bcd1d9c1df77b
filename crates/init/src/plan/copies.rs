//! Files that are copied unchanged. Copies to folders outside that of the outputs are left out. So
//! are copies of what an area writes to the same file.

use bundle_base::config::matching_of;
use camino::Utf8Path;
use serde_json::{Map, Value as Json};

use super::{Copied, Plan, tidy};
use crate::webpack;

impl Plan {
    /// Copies files; `from` is relative to the project, `to` to the folder of the outputs.
    pub fn copy(&mut self, from: &str, to: &str) {
        self.copied(from, to, false);
    }

    /// Copies files; both paths are relative to the project.
    pub fn copy_within(&mut self, from: &str, to: &str) {
        self.copied(from, to, true);
    }

    fn copied(&mut self, from: &str, to: &str, is_of_project: bool) {
        let (from, to) = (tidy(from), tidy(to));
        self.copies.push(Copied { from, to, is_of_project, ignored: Vec::new() });
    }

    /// Writes `copy`. Notes copies to other folders than that of the outputs.
    pub(super) fn finish_copies(&mut self, out_dir: &str, areas: &Map<String, Json>) {
        let mut copies = Vec::new();
        for mut copied in std::mem::take(&mut self.copies) {
            let Some(to) = below(&copied, out_dir) else {
                let folder = if out_dir.is_empty() { "the project" } else { out_dir };
                let to = if copied.to.is_empty() { "the project" } else { &copied.to };
                let what = format!("a copy of {} to {to}, outside {folder}", copied.from);
                let remedy = "copy it once, or build it with a configuration of its own";
                self.note("", what, remedy);
                continue;
            };
            if leaves_nothing(&mut copied, &to, areas) {
                continue;
            }
            let Copied { from, ignored, .. } = copied;
            let mut copy = Map::from_iter([("from".to_owned(), Json::from(from))]);
            let has_to = !to.is_empty() && to != ".";
            copy.extend(has_to.then(|| ("to".to_owned(), to.into())));
            copy.extend((!ignored.is_empty()).then(|| ("ignore".to_owned(), ignored.into())));
            let copy = if copy.len() == 1 { copy["from"].take() } else { Json::Object(copy) };
            if !copies.contains(&copy) {
                copies.push(copy);
            }
        }
        if !copies.is_empty() {
            self.set("copy", copies);
        }
    }
}

/// Returns where a copy goes below the folder of the outputs; `None` if it is outside.
fn below(copied: &Copied, out_dir: &str) -> Option<String> {
    let to = &copied.to;
    if !copied.is_of_project {
        return Some(to.clone());
    }
    let below = Utf8Path::new(to).strip_prefix(out_dir).ok()?;
    if below.starts_with("..") {
        return None;
    }
    let is_folder = to.ends_with('/') && !below.as_str().is_empty();
    Some(format!("{below}{}", if is_folder { "/" } else { "" }))
}

/// Leaves out files that an area reads and writes to where the copy would go: a task that minifies
/// copies in place. Returns whether that is all of the copy.
fn leaves_nothing(copied: &mut Copied, to: &str, areas: &Map<String, Json>) -> bool {
    for (name, area) in areas {
        let entry = area.get("entry").unwrap_or(area).as_str().unwrap_or_default();
        let Some(written) = written(copied, to, entry) else { continue };
        let ending = if entry.ends_with("css") { "css" } else { "js" };
        if written != format!("{name}.{ending}") {
            continue;
        }
        if copied.from == entry {
            return true;
        }
        webpack::leave_out(copied, &[entry.to_owned()]);
    }
    false
}

/// Returns where a copy writes a file, below the folder of the outputs; `None` if it does not.
fn written(copied: &Copied, to: &str, file: &str) -> Option<String> {
    let from = copied.from.trim_end_matches('/');
    if from == file {
        let is_folder = to.is_empty() || to == "." || to.ends_with('/');
        let name = Utf8Path::new(file).file_name().unwrap_or_default();
        return Some(if is_folder { tidy(&format!("{to}/{name}")) } else { to.to_owned() });
    }
    let is_glob = from.contains(['*', '?', '{']);
    let folder = if is_glob { webpack::fixed_folders(from) } else { from.to_owned() };
    if is_glob && matching_of(from, &[file.to_owned()]).is_empty() {
        return None;
    }
    let inner = Utf8Path::new(file).strip_prefix(&folder).ok()?;
    Some(tidy(&format!("{to}/{inner}")))
}
