//! The packages of npm, made and tried: around the binary and the WebAssembly build that are there for tests, or around published ones.

use crate::{install, shell, wasm};

/// Bytes that both packages together may have once they are installed.
const MOST: &str = "25000000";

/// `cargo xtask npm`: builds as they are published, or as tests do; what it makes is in `target/npm`.
pub fn run(is_debug: bool) -> Result<(), String> {
    install::wasm_target()?;
    install::npm()?;
    let (profile, chosen, most): (&str, &[&str], &[&str]) =
        if is_debug { ("debug", &[], &[]) } else { ("dist", &["--profile", "dist"], &[MOST]) };
    shell::cargo(&["build"]).args(chosen).run()?;
    try_packages(profile, &wasm::build(profile)?, most)
}

/// Packs what was built under a profile, installs that, and compares what it builds with what the binary does.
pub fn try_packages(profile: &str, glue: &str, most: &[&str]) -> Result<(), String> {
    let target = shell::target();
    let path = |name: &str| target.join(name).to_string_lossy().into_owned();
    let (binary, packages) = (path(&format!("{profile}/bundle")), path("npm"));
    shell::program("node", &["npm/pack.mjs", &binary, glue, &packages, env!("CARGO_PKG_VERSION")]).run()?;
    let root = shell::root().to_string_lossy().into_owned();
    let trial = ["tests/npm/run.mjs", &root, &binary, &packages, &path("tmp/npm")];
    shell::program("node", &trial).args(most).run()
}
