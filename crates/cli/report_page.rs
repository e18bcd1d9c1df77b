//! `bundle report`: writes the page that shows what is in each output and why.

use std::fs;

use crate::{
    args::Invocation,
    messages, metafile,
    report::{self, Reporter},
};
use bundle_base::{Diagnostics, config::absolute};
use bundle_report::page::{is_page, page};

/// Writes the page. An existing file that is not a report is not overwritten.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads and writes the files that it gets"
)]
pub fn run(
    reporter: Reporter,
    invocation: &Invocation,
    out: &str,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let (metafile, cwd) = metafile::source::read_or_build(reporter, invocation, &mut log)?;
    let path = absolute(&cwd, out);
    if fs::read(&path).is_ok_and(|found| !is_page(&found)) {
        log.push(messages::page_over_file(out));
    } else if let Err(error) = fs::write(&path, page(&metafile)) {
        log.push(messages::page_not_written(out, &error));
    }
    log.stop_on_error()?;
    report::answer(&format!("  {out}\n"))
}

/// Returns the text of the page.
pub fn text(reporter: Reporter, invocation: &Invocation) -> Result<String, Diagnostics> {
    let mut log = Diagnostics::new();
    let (metafile, _) = metafile::source::read_or_build(reporter, invocation, &mut log)?;
    log.stop_on_error()?;
    Ok(page(&metafile))
}
