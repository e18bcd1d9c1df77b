//! The commands `test`, `bless` and `conformance`: each installs what the drivers in tests/ need,
//! and runs them.

use std::path::Path;

use crate::{install, release, shell};

/// `cargo xtask test`: everything; with a filter, the named fixtures, packages and examples only.
pub fn run(arguments: &[&str]) -> Result<(), String> {
    install::everything()?;
    let (flags, filters): (Vec<&str>, Vec<&str>) =
        arguments.iter().partition(|each| each.starts_with("--"));
    if let Some(unknown) = flags.iter().find(|&&flag| flag != "--full") {
        return Err(format!("cargo xtask test knows no {unknown}"));
    }
    if filters.len() > 1 {
        return Err("cargo xtask test takes one filter: a part of the names of fixtures".to_owned());
    }
    let with_counts =
        |run: shell::Run| if flags.is_empty() { run } else { run.env("BUNDLE_TEST_FULL", "1") };
    if !filters.is_empty() {
        return with_counts(shell::cargo(&["test", "--test", "fixtures", "--"]))
            .args(&filters)
            .run();
    }
    shell::program("node", &["crates/js/runtime/tests/run.mjs"]).run()?;
    release::test()?;
    // All test binaries run, even if one fails: its failures are read together with the others.
    with_counts(shell::cargo(&["test", "--workspace", "--no-fail-fast"])).run()
}

/// `cargo xtask bless`: the fixtures' drivers write `expected/`, and what the guides print, instead
/// of comparing. The diff is reviewed like code.
pub fn bless(filters: &[&str]) -> Result<(), String> {
    install::everything()?;
    let run = shell::cargo(&["test", "--test", "fixtures", "--"]).env("BUNDLE_BLESS", "1");
    run.args(filters).run()?;
    shell::program("git", &["status", "--short", "fixtures", "docs/guides"]).run()
}

/// `cargo xtask conformance test262 DIR`: the standard's own tests, built for es2015 and es5,
/// against the committed list, beside Babel's preset-env.
pub fn test262(directory: &str, options: &[&str]) -> Result<(), String> {
    if !Path::new(directory).join("test/language").is_dir() {
        return Err(format!(
            "{directory} is not a checkout of github.com/tc39/test262: it has no test/language"
        ));
    }
    install::lowering()?;
    let binary = built()?;
    let script = "tests/conformance/test262.mjs";
    let directory =
        std::path::absolute(directory).map_err(|error| format!("{directory}: {error}"))?;
    let node = [
        "--experimental-vm-modules",
        "--no-warnings",
        script,
        &directory.to_string_lossy(),
        &binary,
    ];
    shell::program("node", &node).args(options).run()
}

/// `cargo xtask conformance babel DIR`: the exec fixtures of preset-env's plugins, lowered to es5,
/// beside swc.
pub fn babel(directory: &str, options: &[&str]) -> Result<(), String> {
    beside_swc("babel", directory, "packages/babel-preset-env", options)
}

/// `cargo xtask conformance fuzz`: generated programs, as they are written and lowered. Thousands
/// of them are built: by a release build.
pub fn fuzz(arguments: &[&str]) -> Result<(), String> {
    install::lowering()?;
    install::mujs()?;
    shell::cargo(&["build", "--release"]).run()?;
    let binary = shell::target().join("release/bundle").to_string_lossy().into_owned();
    shell::program("node", &["tests/conformance/fuzz.mjs", &binary]).args(arguments).run()
}

/// `cargo xtask conformance terser DIR`: what terser's cases print, from minified output, beside
/// swc.
pub fn terser(directory: &str, options: &[&str]) -> Result<(), String> {
    beside_swc("terser", directory, "test/compress", options)
}

/// Runs a comparison with npm's swc.
fn beside_swc(name: &str, directory: &str, within: &str, options: &[&str]) -> Result<(), String> {
    if !Path::new(directory).join(within).is_dir() {
        return Err(format!(
            "{directory} is not a checkout of github.com/{name}/{name}: it has no {within}"
        ));
    }
    install::lowering()?;
    let script = format!("tests/conformance/{name}.mjs");
    let directory =
        std::path::absolute(directory).map_err(|error| format!("{directory}: {error}"))?;
    shell::program("node", &[&script, &directory.to_string_lossy(), &built()?]).args(options).run()
}

/// `cargo xtask conformance sass-spec DIR`: Sass's specification, against the committed list.
pub fn sass_spec(directory: &str, options: &[&str]) -> Result<(), String> {
    let directory =
        std::path::absolute(directory).map_err(|error| format!("{directory}: {error}"))?;
    shell::cargo(&["test", "--test", "sass_spec", "--"])
        .args(&[&*directory.to_string_lossy()])
        .args(options)
        .run()
}

/// `cargo xtask conformance readers DIR…`: code of other projects that reads manifests of Laravel
/// Mix and of Vite.
pub fn readers(checkouts: &[&str]) -> Result<(), String> {
    install::pages()?;
    shell::program("node", &["tests/conformance/readers.mjs", &built()?]).args(checkouts).run()
}

/// `cargo xtask conformance vue [DIR…]`: random components, or those of folders, beside the
/// official compiler.
pub fn vue(arguments: &[&str]) -> Result<(), String> {
    install::npm()?;
    shell::program("node", &["tests/conformance/vue.mjs", &built()?]).args(arguments).run()
}

/// Builds the binary with all default packages, and returns its path. For another choice of
/// packages, cargo chooses other features and compiles everything again.
fn built() -> Result<String, String> {
    shell::cargo(&["build"]).run()?;
    Ok(shell::target().join("debug/bundle").to_string_lossy().into_owned())
}
