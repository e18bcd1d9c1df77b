//! Makes the npm packages and tests them: around the binary and the WebAssembly module of a debug
//! build, or around those that are published.

use crate::{install, packages, shell, wasm};

/// Links the binary for a fixed address: it then needs no relocation table, and is a megabyte
/// smaller. Only Linux runs such binaries.
const AT_ITS_PLACE: [&str; 2] = ["--", "-Crelocation-model=static"];

/// The most bytes that both packages together may have once they are installed.
const MOST: &str = "25000000";

/// `cargo xtask npm`: makes and tests the packages in `target/npm`, as they are published, or from
/// a debug build.
pub fn run(is_debug: bool) -> Result<(), String> {
    install::wasm_target()?;
    install::npm()?;
    if is_debug {
        shell::cargo(&["build"]).run()?;
        return packages::try_packages("debug", &wasm::build("debug")?, &[]);
    }
    let build = shell::cargo(&["rustc", "--bin", "bundle", "--profile", "dist"]);
    if cfg!(target_os = "linux") { build.args(&AT_ITS_PLACE) } else { build }.run()?;
    packages::try_packages("dist", &wasm::build("dist")?, &[MOST])
}
