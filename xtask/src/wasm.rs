//! Makes the WebAssembly build that npm and browsers get, and compares it in Node with the binary
//! on every fixture.

use std::fs;
use std::path::Path;

use crate::{dist, install, packages, shell};

/// The Rust target, and the folder where cargo puts what it builds for it.
const TARGET: &str = "wasm32-unknown-unknown";
/// Sets the size of the stack. Parsers recurse as deep as the source nests: the nesting limit of
/// bundle_js for this target fits into this stack, and does not fit into Rust's default of one
/// mebibyte in unoptimised code.
const STACK: &str = "-Clink-arg=-zstack-size=16777216";

/// `cargo xtask wasm`: builds the binary and the module, and compares them on the fixtures; with a
/// filter, on those whose names contain it. Without a filter, the npm packages are tested too, one
/// of them in Chromium.
pub fn run(filters: &[&str]) -> Result<(), String> {
    install::wasm_target()?;
    install::npm()?;
    install::pages()?;
    // Builds all default packages: for another choice of packages, cargo chooses other features and
    // compiles everything again.
    shell::cargo(&["build"]).run()?;
    let glue = build("debug")?;
    let path = |name: &str| shell::target().join(name).to_string_lossy().into_owned();
    let root = shell::root().to_string_lossy().into_owned();
    let comparison = ["tests/wasm/run.mjs", &root, &path("debug/bundle"), &glue, &path("tmp/wasm")];
    shell::program("node", &comparison).args(filters).run()?;
    if !filters.is_empty() {
        return Ok(());
    }
    let binary = path("debug/bundle");
    packages::try_packages(Path::new(&binary), &glue, &[])?;
    let package = package(&glue, "debug")?;
    for script in ["tests/wasm/package.mjs", "tests/wasm/browser.mjs"] {
        let words = [script, &root, &binary, &package, &path("tmp/wasm-package")];
        shell::program("node", &words).run()?;
    }
    Ok(())
}

/// Makes the package `bundle-wasm` from a module, and returns its folder.
pub fn package(glue: &str, profile: &str) -> Result<String, String> {
    let folder = shell::target().join(format!("wasm/package-{profile}"));
    let folder = folder.to_string_lossy().into_owned();
    let maker = ["npm/wasm-package.mjs", glue, &folder, env!("CARGO_PKG_VERSION")];
    shell::program("node", &maker).run()?;
    Ok(folder)
}

/// Options of the build for npm. It is as small as possible, because pages load it. Stripping it
/// like the binary would remove the section from which the glue learns which features of
/// WebAssembly are used.
const PUBLISHED: [&str; 8] = [
    "--profile",
    "dist",
    "--config",
    "profile.dist.opt-level=\"z\"",
    "--config",
    "profile.dist.package.swc_ecma_parser.opt-level=\"z\"",
    "--config",
    "profile.dist.strip=\"debuginfo\"",
];

/// Builds the module under the profile `debug` or `dist`, and its JavaScript. Returns the folder of
/// both.
pub fn build(profile: &str) -> Result<String, String> {
    let (chosen, nameless): (&[&str], &[&str]) =
        if profile == "dist" { (&PUBLISHED, &["--nameless"]) } else { (&[], &[]) };
    // The crate is a `cdylib` only here: elsewhere every build would link one that is not used.
    let library = [
        "rustc",
        "--target",
        TARGET,
        "--package",
        "bundle_wasm",
        "--lib",
        "--crate-type",
        "cdylib",
    ];
    let mut build = shell::cargo(&library).args(chosen);
    if profile == "dist" {
        shell::cargo(&["fetch", "--locked", "--target", TARGET]).run()?;
        build = build.args(&["--config", &dist::remapped(TARGET)?]);
    }
    build.args(&["--", STACK]).run()?;
    let target = shell::target();
    let path = |name: &str| target.join(name).to_string_lossy().into_owned();
    let (module, glue) =
        (path(&format!("{TARGET}/{profile}/bundle_wasm.wasm")), path(&format!("wasm/{profile}")));
    let maker = [
        "run",
        "--quiet",
        "--locked",
        "--manifest-path",
        "xtask/glue/Cargo.toml",
        "--target-dir",
        &path("glue"),
    ];
    shell::cargo(&maker).args(&["--", &module, &glue]).args(nameless).run()?;
    let package = target.join(&glue).join("package.json");
    // The glue is an ES module under a name that Node takes for CommonJS.
    fs::write(&package, r#"{ "type": "module" }"#)
        .map_err(|error| format!("{}: {error}", package.display()))?;
    Ok(glue)
}
