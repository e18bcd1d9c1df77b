//! The WebAssembly build: made as npm and browsers will get it, and compared in Node with the
//! binary on every fixture.

use std::fs;

use crate::{install, npm, shell};

/// The target of Rust, and where cargo puts what it builds for it.
const TARGET: &str = "wasm32-unknown-unknown";
/// Parsers recurse as deep as the source nests: the limit of bundle_js for this target fits into
/// this, and Rust's own mebibyte does not hold it in unoptimised code.
const STACK: &str = "-Clink-arg=-zstack-size=16777216";

/// `cargo xtask wasm`: builds both and compares; with a filter, the fixtures of such names only.
/// Without one, as packages of npm too.
pub fn run(filters: &[&str]) -> Result<(), String> {
    install::wasm_target()?;
    install::npm()?;
    // With all that is built by default: another choice of packages chooses other features, and
    // compiles everything again.
    shell::cargo(&["build"]).run()?;
    let glue = build("debug")?;
    let path = |name: &str| shell::target().join(name).to_string_lossy().into_owned();
    let root = shell::root().to_string_lossy().into_owned();
    let comparison = ["tests/wasm/run.mjs", &root, &path("debug/bundle"), &glue, &path("tmp/wasm")];
    shell::program("node", &comparison).args(filters).run()?;
    if filters.is_empty() { npm::try_packages("debug", &glue, &[]) } else { Ok(()) }
}

/// What is built for npm, as small as can be: who has the program does not use it. What strips the
/// binary would take away what tells the glue which features of WebAssembly are used.
const PUBLISHED: [&str; 6] = [
    "--profile",
    "dist",
    "--config",
    "profile.dist.opt-level=\"z\"",
    "--config",
    "profile.dist.strip=\"debuginfo\"",
];

/// Builds the module, under the profile `debug` or `dist`, with the JavaScript around it, and
/// answers where they are.
pub fn build(profile: &str) -> Result<String, String> {
    let (chosen, nameless): (&[&str], &[&str]) =
        if profile == "dist" { (&PUBLISHED, &["--nameless"]) } else { (&[], &[]) };
    // Only here it is a library of its own: elsewhere that would be linked at every build, and
    // nobody would use it.
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
    shell::cargo(&library).args(chosen).args(&["--", STACK]).run()?;
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
