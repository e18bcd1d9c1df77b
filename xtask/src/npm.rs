//! The packages of npm, made and tried: around the binary and the WebAssembly build that are there
//! for tests, or around published ones.

use crate::{install, shell, wasm};

/// A program at a fixed place needs no table of what to change at the start: a megabyte less. Only
/// Linux starts such.
const AT_ITS_PLACE: [&str; 2] = ["--", "-Crelocation-model=static"];

/// How much time packing takes for how much less: the most for what is published.
const QUALITY: &str = "11";
const QUALITY_OF_TRIALS: &str = "1";

/// Bytes that both packages together may have once they are installed.
const MOST: &str = "25000000";

/// `cargo xtask npm`: builds as they are published, or as tests do; what it makes is in
/// `target/npm`.
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

/// Packs what was built under a profile, installs that, and compares what it builds with what the
/// binary does.
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
