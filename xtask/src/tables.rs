//! The tables in `generated/` folders, which scripts write from npm packages. `cargo xtask check`
//! proves that they are what the scripts write.

use crate::{install, shell};

/// The first version of each browser that has a construct.
const FIRST_VERSIONS: &str = "crates/js/tables/first_versions.mjs";

/// Writes every table again.
pub fn write() -> Result<(), String> {
    install::npm()?;
    shell::program("node", &[FIRST_VERSIONS]).run()
}

/// Compares every table with what its script writes.
pub fn check() -> Result<(), String> {
    install::npm()?;
    shell::program("node", &[FIRST_VERSIONS, "--check"]).run()
}
