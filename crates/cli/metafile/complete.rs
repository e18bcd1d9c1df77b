//! Completes metafiles of the engine with what it does not know.

use bundle_engine::{OutputFile, OutputKind, Outputs, output_path};
use serde_json::json;

use crate::{project::Project, sizes};

/// Adds to the metafile of a build how the outputs were built, the gzip sizes of scripts and
/// stylesheets, and versions of packages.
pub fn complete(project: &Project, outputs: &mut Outputs, jobs: Option<usize>) {
    let Some(metafile) = &mut outputs.metafile else { return };
    let is_text = |file: &&OutputFile| matches!(file.kind, OutputKind::Script | OutputKind::Style);
    let files: Vec<&OutputFile> = outputs.files.iter().filter(is_text).collect();
    let packed = sizes::each(&files, jobs, |file| sizes::gzip(&file.bytes));
    for (file, gzip) in files.iter().zip(packed) {
        if let Some(entry) = metafile["outputs"].get_mut(output_path(&project.config, &file.path)) {
            entry["gzip"] = json!(gzip);
        }
    }
    bundle_report::metafile::complete(metafile, &project.config, project.fs.as_ref());
}
