//! Packs the npm packages and tests them: they build the same outputs as the binary.

use std::path::Path;

use crate::shell;

/// The compression level of the packages: the highest for what is published.
const QUALITY: &str = "11";
const QUALITY_OF_TRIALS: &str = "1";

/// Packs a binary and a module, installs the packages, and compares what they build with what the
/// binary builds.
pub fn try_packages(binary: &Path, glue: &str, most: &[&str]) -> Result<(), String> {
    let target = shell::target();
    let path = |name: &str| target.join(name).to_string_lossy().into_owned();
    let (binary, packages) = (binary.to_string_lossy().into_owned(), path("npm"));
    let quality = if most.is_empty() { QUALITY_OF_TRIALS } else { QUALITY };
    shell::program(
        "node",
        &["npm/pack.mjs", &binary, glue, &packages, env!("CARGO_PKG_VERSION"), quality],
    )
    .run()?;
    let root = shell::root().to_string_lossy().into_owned();
    let trial = ["tests/npm/run.mjs", &root, &binary, &packages, &path("tmp/npm")];
    shell::program("node", &trial).args(most).run()
}
