//! `cargo xtask bench` with `peers`, `sizes`, `shop`, `watch`, `page`, `wasm`, `floor` or `memory`:
//! the release build beside other bundlers. The scripts in benches/peers decide what is measured,
//! and how; this file prepares what they need.

use crate::{install, shell, wasm};

/// Compares Vue's own compilers with ours, on the components of element-ui.
pub fn components() -> Result<(), String> {
    install::peers()?;
    let ours = shell::cargo(&["bench", "--bench", "phases", "--", "components"]).output()?;
    eprint!("{ours}");
    shell::program("node", &["benches/peers/components.mjs"]).env("OURS", &ours).run()
}

/// Compares builds of the generated shop, and opens its pages.
pub fn shop(arguments: &[&str]) -> Result<(), String> {
    install::pages()?;
    run("shop/run.mjs", arguments)
}

/// Measures edits while watching, from the saved file to the output on the disk.
pub fn watch(arguments: &[&str]) -> Result<(), String> {
    install::mix()?;
    run("watch.mjs", arguments)
}

/// Measures edits while watching, from the saved file to the page.
pub fn page(arguments: &[&str]) -> Result<(), String> {
    install::pages()?;
    run("page.mjs", arguments)
}

/// Measures the WebAssembly build, as it is published, beside the binary.
pub fn wasm(arguments: &[&str]) -> Result<(), String> {
    install::peers()?;
    shell::cargo(&["build", "--release"]).run()?;
    let path = |name: &str| shell::target().join(name).to_string_lossy().into_owned();
    let package = wasm::package(&wasm::build("dist")?, "dist")?;
    let script = ["benches/peers/wasm.mjs", &path("release/bundle"), &path("bench"), &package];
    shell::program("node", &script).args(arguments).run()
}

/// Measures lowering to ES5 beside swc, Babel and TypeScript.
pub fn lower(arguments: &[&str]) -> Result<(), String> {
    install::lowering()?;
    shell::cargo(&["build", "--release"]).run()?;
    let path = |name: &str| shell::target().join(name).to_string_lossy().into_owned();
    let script =
        ["benches/peers/lower.mjs", &path("release/bundle"), &path("bench/lower"), &phases()?];
    shell::program("node", &script).args(arguments).run()
}

/// Measures cold builds beside reading, parsing and writing alone.
pub fn floor(arguments: &[&str]) -> Result<(), String> {
    run("floor.mjs", &[&[&*phases()?], arguments].concat())
}

/// Builds the benches of phases, and returns the path of their program.
fn phases() -> Result<String, String> {
    let built = ["bench", "--bench", "phases", "--no-run", "--message-format=json"];
    let built = shell::cargo(&built).output()?;
    let is_bench = |line: &&str| line.contains("\"kind\":[\"bench\"]");
    let path = |line: &str| {
        let (_, path) = line.split_once("\"executable\":\"")?;
        path.split('"').next().map(|path| path.replace("\\\\", "\\"))
    };
    built.lines().filter(is_bench).find_map(path).ok_or_else(|| "cargo built no bench".to_owned())
}

/// Builds the binary, installs the peers, and runs a script of benches/peers.
pub fn run(script: &str, arguments: &[&str]) -> Result<(), String> {
    install::peers()?;
    // Builds all default packages: for another choice of packages, cargo chooses other features and
    // compiles everything again.
    shell::cargo(&["build", "--release"]).run()?;
    let binary = shell::target().join("release/bundle").to_string_lossy().into_owned();
    let folder = shell::target().join("bench").to_string_lossy().into_owned();
    shell::program("node", &[&format!("benches/peers/{script}"), &binary, &folder])
        .args(arguments)
        .run()
}
