//! `cargo xtask bench peers`, `bench sizes`, `bench shop`, `bench watch`, `bench page` and `bench
//! memory`: the release build beside other bundlers. What is measured, and how, is in
//! benches/peers; here is only what has to be there before it starts.

use crate::{install, shell};

/// Vue's own compilers beside ours, on the components of element-ui.
pub fn components() -> Result<(), String> {
    install::peers()?;
    let ours = shell::cargo(&["bench", "--bench", "phases", "--", "components"]).output()?;
    eprint!("{ours}");
    shell::program("node", &["benches/peers/components.mjs"]).env("OURS", &ours).run()
}

/// The generated shop, whose pages are opened.
pub fn shop(arguments: &[&str]) -> Result<(), String> {
    install::pages()?;
    run("shop/run.mjs", arguments)
}

/// Edits, from the disk to the disk.
pub fn watch(arguments: &[&str]) -> Result<(), String> {
    install::mix()?;
    run("watch.mjs", arguments)
}

/// Edits, from the disk to the page.
pub fn page(arguments: &[&str]) -> Result<(), String> {
    install::pages()?;
    run("page.mjs", arguments)
}

/// Builds, installs the peers, and compares by a script of benches/peers.
pub fn run(script: &str, arguments: &[&str]) -> Result<(), String> {
    install::peers()?;
    // With all that is built by default: another choice of packages chooses other features, and
    // compiles everything again.
    shell::cargo(&["build", "--release"]).run()?;
    let binary = shell::target().join("release/bundle").to_string_lossy().into_owned();
    let folder = shell::target().join("bench").to_string_lossy().into_owned();
    shell::program("node", &[&format!("benches/peers/{script}"), &binary, &folder])
        .args(arguments)
        .run()
}
