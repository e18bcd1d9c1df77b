//! The documentation as a site, with the playground in it: built by the binary, and tested in
//! Chromium.

use crate::{install, shell, wasm};

/// `cargo xtask site`: builds `target/site` as it is published. `is_debug`: with debug builds.
pub fn run(is_debug: bool) -> Result<(), String> {
    install::wasm_target()?;
    install::site()?;
    let (profile, build): (&str, &[&str]) =
        if is_debug { ("debug", &["build"]) } else { ("release", &["build", "--release"]) };
    shell::cargo(build).run()?;
    let of_module = if is_debug { "debug" } else { "dist" };
    let package = wasm::package(&wasm::build(of_module)?, of_module)?;
    let path = |name: &str| shell::target().join(name).to_string_lossy().into_owned();
    let binary = path(&format!("{profile}/bundle"));
    let (playground, site, pictures) = (path("playground"), path("site"), path("tmp/site"));
    let root = shell::root().to_string_lossy().into_owned();
    let scripts: [&[&str]; 5] = [
        &["npm/playground/build.mjs", &binary, &package, &playground],
        &["site/build.mjs", &binary, &site, &playground],
        &["tests/playground/run.mjs", &root, &binary, &playground, &path("tmp/playground")],
        &["tests/site/run.mjs", &root, &site, &pictures],
        &["tests/site/commands.mjs", &root, &binary, &path("tmp/site-commands")],
    ];
    scripts.iter().try_for_each(|script| shell::program("node", script).run())
}
