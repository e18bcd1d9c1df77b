//! Makes the npm packages and tests them: with the binary and the WebAssembly module of a debug
//! build, or with those that are published.

use crate::{dist, install, packages, shell, toolchain, wasm};

/// The most bytes that both packages together may have once they are installed.
const MOST: &str = "25000000";

/// `cargo xtask npm`: makes and tests the packages in `target/npm`, as they are published, or from
/// a debug build.
pub fn run(is_debug: bool) -> Result<(), String> {
    install::wasm_target()?;
    install::npm()?;
    if is_debug {
        shell::cargo(&["build"]).run()?;
        let binary = shell::target().join("debug/bundle");
        return packages::try_packages(&binary, &wasm::build("debug")?, &[]);
    }
    let binary = dist::build(&toolchain::host()?)?;
    packages::try_packages(&binary, &wasm::build("dist")?, &[MOST])
}
