//! `bundle init`: writes the configuration that `bundle_init` makes for the working directory.
//! Nothing is overwritten without `--force`.

use std::{fs, sync::Arc};

use bundle_base::{Diagnostics, fs::OsFs};
use camino::Utf8Path;

use crate::{messages, project, report};

/// Writes a configuration into the working directory. `from` names the files to read.
pub fn run(from: &[String], is_forced: bool, mut log: Diagnostics) -> Result<(), Diagnostics> {
    log.stop_on_error()?;
    let Some(cwd) = project::working_directory(&mut log) else { return Err(log) };
    let made = bundle_init::configuration(&cwd, Arc::new(OsFs), from, is_forced, &mut log);
    let Some(made) = made else { return Err(log) };
    for (path, text) in &made.files {
        let path = cwd.join(path);
        if let Some(folder) = path.parent() {
            let _ = fs::create_dir_all(folder);
        }
        if let Err(why) = write(&path, text) {
            log.push(messages::config_not_written(&path, &why));
        }
    }
    log.stop_on_error()?;
    report::answer(&made.summary)
}

#[expect(clippy::disallowed_methods, reason = "only the command line writes")]
fn write(path: &Utf8Path, text: &str) -> std::io::Result<()> {
    fs::write(path, text)
}
