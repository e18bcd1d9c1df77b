//! The WebAssembly build: made as npm and browsers will get it, and compared in Node with the binary on every fixture.

use std::fs;

use crate::{install, shell};

/// The target of Rust, and where cargo puts what it builds for it.
const TARGET: &str = "wasm32-unknown-unknown";
/// Parsers recurse as deep as the source nests: the limit of bundle_js for this target fits into this, and Rust's own
/// mebibyte does not hold it in unoptimised code.
const STACK: &str = "-Clink-arg=-zstack-size=16777216";

/// `cargo xtask wasm`: builds both and compares; with a filter, the fixtures of such names only.
pub fn run(filters: &[&str]) -> Result<(), String> {
    install::wasm_target()?;
    install::npm()?;
    // With all that is built by default: another choice of packages chooses other features, and compiles everything again.
    shell::cargo(&["build"]).run()?;
    // Only here it is a library of its own: elsewhere that would be linked at every build, and nobody would use it.
    let library = ["--package", "bundle_wasm", "--lib", "--crate-type", "cdylib"];
    shell::cargo(&[&["rustc", "--target", TARGET], library.as_slice(), &["--", STACK]].concat()).run()?;
    let target = shell::target();
    let path = |name: &str| target.join(name).to_string_lossy().into_owned();
    let (module, glue) = (path(&format!("{TARGET}/debug/bundle_wasm.wasm")), path("wasm"));
    let maker = ["--manifest-path", "xtask/glue/Cargo.toml", "--target-dir", &path("glue")];
    shell::cargo(&[&["run", "--quiet", "--locked"], maker.as_slice(), &["--", &module, &glue]].concat()).run()?;
    let package = target.join("wasm/package.json");
    // The glue is an ES module under a name that Node takes for CommonJS.
    fs::write(&package, r#"{ "type": "module" }"#).map_err(|error| format!("{}: {error}", package.display()))?;
    let root = shell::root().to_string_lossy().into_owned();
    let (binary, scratch) = (path("debug/bundle"), path("tmp/wasm"));
    let comparison = ["tests/wasm/run.mjs", &root, &binary, &glue, &scratch];
    shell::program("node", &comparison).args(filters).run()
}
