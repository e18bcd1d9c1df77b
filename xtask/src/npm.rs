//! Makes the npm packages and tests them: around the binary and the WebAssembly module of a debug
//! build, or around those that are published.

use crate::{install, shell, wasm};

/// Links the binary for a fixed address: it then needs no relocation table, and is a megabyte
/// smaller. Only Linux runs such binaries.
const AT_ITS_PLACE: [&str; 2] = ["--", "-Crelocation-model=static"];

/// The compression level of the packages: the highest for what is published.
const QUALITY: &str = "11";
const QUALITY_OF_TRIALS: &str = "1";

/// The most bytes that both packages together may have once they are installed.
const MOST: &str = "25000000";

/// `cargo xtask npm`: makes and tests the packages in `target/npm`, as they are published, or from
/// a debug build.
pub fn run(is_debug: bool) -> Result<(), String> {
    install::wasm_target()?;
    install::npm()?;
    if is_debug {
        shell::cargo(&["build"]).run()?;
        return try_packages("debug", &wasm::build("debug")?, &[]);
    }
    let build = shell::cargo(&["rustc", "--bin", "bundle", "--profile", "dist"]);
    if cfg!(target_os = "linux") { build.args(&AT_ITS_PLACE) } else { build }.run()?;
    try_packages("dist", &wasm::build("dist")?, &[MOST])
}

/// Packs what was built under a profile, installs the packages, and compares what they build with
/// what the binary builds.
pub fn try_packages(profile: &str, glue: &str, most: &[&str]) -> Result<(), String> {
    let target = shell::target();
    let path = |name: &str| target.join(name).to_string_lossy().into_owned();
    let (binary, packages) = (path(&format!("{profile}/bundle")), path("npm"));
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
