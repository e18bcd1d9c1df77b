//! Gets the metafile that a command such as `bundle why` reads: a stored one, or the metafile of a
//! build whose outputs are not written.

use std::sync::Arc;

use bundle_base::Diagnostics;
use camino::Utf8PathBuf;
use serde_json::Value;

use super::{complete::complete, relative::relative_to_cwd, stored};
use crate::{args::Invocation, build, progress::Progress, project, report::Reporter};

/// Returns the metafile that a command reads, and the working directory that its paths are relative
/// to: the file that `--metafile` names, or else the metafile of a build whose outputs are not
/// written.
pub fn read_or_build(
    reporter: Reporter,
    invocation: &Invocation,
    log: &mut Diagnostics,
) -> Result<(Value, Utf8PathBuf), Diagnostics> {
    if let Some(file) = &invocation.metafile {
        let cwd = project::working_directory(log);
        log.stop_on_error()?;
        let cwd = cwd.unwrap_or_default();
        return Ok((stored::read("--metafile", file, &cwd)?, cwd));
    }
    let Some(mut project) = project::open(invocation, log) else { return Err(std::mem::take(log)) };
    Arc::make_mut(&mut project.config).output.metafile = true;
    let mut progress = Progress::start(reporter.shows_progress());
    let (mut built, _) = build::build(&project, invocation, &mut progress, log)?;
    complete(&project, &mut built.outputs, invocation.jobs);
    drop(progress);
    reporter.report_all(&log.take());
    let metafile = built.outputs.metafile.unwrap_or_default();
    let shown = relative_to_cwd(&project, &metafile).into_owned();
    Ok((shown, project.cwd))
}
