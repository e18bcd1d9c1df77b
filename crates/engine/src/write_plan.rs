//! The write plan: where each output goes and in which step, what outputs may not replace, and
//! which files of earlier builds are removed. All of it is decided here, so it is the same for
//! every host; a host only carries it out.

use std::{borrow::Cow, collections::BTreeSet};

use bundle_base::{Diagnostics, config::absolute};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;

use crate::{OutputFile, OutputKind, Outputs, messages};

mod generations; // which files of earlier builds are kept, and which are removed
mod model; // what a plan depends on, and its steps
mod targets; // the path of each output, with links followed, and what is at that path

use generations::EntrypointsFile;
pub use generations::Generations;
pub use model::{WriteContext, WriteStep};
use targets::Inputs;
pub use targets::{PlannedFile, Target};

/// The files of a build with their places.
pub struct WritePlan<'a> {
    context: WriteContext<'a>,
    /// The files to write, in the order of the outputs.
    pub targets: Vec<Target<'a>>,
    inputs: Inputs<'a>,
    taken: FxHashSet<Utf8PathBuf>,
}

/// Finds the places of all outputs, and of `more`, a file that is not an output (the metafile).
/// `Err`: an output cannot go where it should.
pub fn plan<'a>(
    context: WriteContext<'a>,
    outputs: &'a Outputs,
    more: Option<PlannedFile<'a>>,
) -> Result<WritePlan<'a>, Diagnostics> {
    let mut log = Diagnostics::new();
    let mut planned = planned(&context, outputs, &mut log);
    planned.extend(more);
    let targets = targets::all(&context, planned, &mut log);
    let inputs = Inputs::of(&context, outputs);
    inputs.check(&context, &targets, &mut log);
    log.stop_on_error()?;
    let taken = targets.iter().map(|target| target.path.clone()).collect();
    Ok(WritePlan { context, targets, inputs, taken })
}

/// Returns every output with the path that it should have.
fn planned<'a>(
    context: &WriteContext<'a>,
    outputs: &'a Outputs,
    log: &mut Diagnostics,
) -> Vec<PlannedFile<'a>> {
    let output = &context.config.output;
    let target = |file: &'a OutputFile| {
        let path = absolute(&output.dir, &file.path);
        let may_lie_there =
            |dir: &Utf8PathBuf| file.kind == OutputKind::SourceMap && path.starts_with(dir);
        if !path.starts_with(&output.dir)
            && !output.source_map_dir.as_ref().is_some_and(may_lie_there)
        {
            log.push(messages::output_outside(&file.path));
        }
        let bytes = Cow::Borrowed(file.bytes.as_slice());
        PlannedFile { path, bytes, step: WriteStep::of(file) }
    };
    outputs.files.iter().map(target).collect()
}

/// These functions read the disk, so they are called when no other build writes there.
impl WritePlan<'_> {
    /// Returns every folder that holds files of this build or of earlier ones.
    pub fn folders(&self) -> BTreeSet<Utf8PathBuf> {
        let dir = &self.context.config.output.dir;
        let before = self.before();
        let files = self
            .targets
            .iter()
            .map(|target| target.path.clone())
            .chain(before.files().map(|file| dir.join(file)));
        files
            .filter_map(|file| file.parent().map(Utf8Path::to_owned))
            .chain([dir.clone()])
            .collect()
    }

    /// Decides which files of earlier builds are kept and which are removed. `entrypoints.json`
    /// lists them, so its target gets a new text; without that manifest nothing is removed.
    /// `is_chosen`: the user named entries, so there may be others; `unfinished`: files that a
    /// killed build was about to remove, or to name.
    pub fn next_generation(
        &mut self,
        is_chosen: bool,
        unfinished: &BTreeSet<String>,
    ) -> Generations {
        let Some(at) = self.entrypoints_file() else { return Generations::default() };
        let unfinished = generations::inside(unfinished.iter().map(String::as_str));
        let (before, context) = (self.before(), self.context);
        let mut next = before.next_generation(
            &self.targets[at].bytes,
            context.config.mode,
            is_chosen,
            &unfinished,
        );
        self.targets[at].bytes = Cow::Owned(std::mem::take(&mut next.manifest));
        for target in self
            .targets
            .iter_mut()
            .filter(|target| next.is_part && target.step == WriteStep::Manifest)
        {
            let merged = context
                .fs
                .read(&target.path)
                .ok()
                .and_then(|before| generations::merged(&target.bytes, &before));
            target.bytes = merged.map_or_else(|| std::mem::take(&mut target.bytes), Cow::Owned);
        }
        next
    }

    /// Whether a file of an earlier build may be removed. The manifest that names it may
    /// be wrong, so a file is kept if it really lies outside the output folder, was just written,
    /// or was read by the build.
    pub fn may_go(&self, path: &Utf8Path) -> bool {
        let (fs, dir) = (self.context.fs, &self.context.config.output.dir);
        // On a file system that ignores case, a new file may be the old one: both names have the
        // same real path.
        let (Ok(dir), Ok(real)) = (fs.canonical(dir), fs.canonical(path)) else { return false };
        real.starts_with(&dir) && !self.needs(&real)
    }

    /// Whether this file was just written, perhaps under another name, or was read by the build.
    pub fn is_needed(&self, path: &Utf8Path) -> bool {
        self.context.fs.canonical(path).is_ok_and(|real| self.needs(&real))
    }

    fn needs(&self, real: &Utf8Path) -> bool {
        self.taken.contains(real) || self.inputs.has(real)
    }

    fn entrypoints_file(&self) -> Option<usize> {
        self.targets.iter().position(|target| target.step == WriteStep::EntrypointsFile)
    }

    fn before(&self) -> EntrypointsFile {
        let text = self
            .entrypoints_file()
            .and_then(|at| self.context.fs.read(&self.targets[at].path).ok());
        text.map(|bytes| EntrypointsFile::parse(&bytes)).unwrap_or_default()
    }
}
