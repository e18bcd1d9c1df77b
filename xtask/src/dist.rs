//! The program as it is published: the same bytes from every clone, without a path of the machine.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{
    cross::{self, Compiling},
    shell, toolchain,
};

/// Links the binary for a fixed address: it then needs no relocation table, and is a megabyte
/// smaller. Only Linux runs such binaries.
const AT_ITS_PLACE: &str = "-Crelocation-model=static";

/// Takes the place of the time at which C is compiled, which mimalloc would print.
const NO_TIME: &str = "-Wno-builtin-macro-redefined -D__DATE__=\"-\" -D__TIME__=\"-\"";

/// Builds the program for a target, and returns its file.
pub fn build(target: &str) -> Result<PathBuf, String> {
    // The folders of the registry's sources are known only when they are there.
    shell::cargo(&["fetch", "--locked", "--target", target]).run()?;
    let flags = remapped(target)?;
    let Compiling { cargo, mut linking } = cross::compiling(target, "rustc")?;
    let build = cargo.args(&["--locked", "--bin", "bundle", "--profile", "dist"]);
    let build = build.args(&["--target", target, "--config", &flags]);
    // Microsoft's compiler does not let these names be defined.
    let variable = format!("CFLAGS_{}", target.replace('-', "_"));
    let build = if target.contains("-msvc") { build } else { build.env(&variable, NO_TIME) };
    linking.extend(target.contains("-linux-").then(|| AT_ITS_PLACE.to_owned()));
    let linking: Vec<&str> = linking.iter().map(String::as_str).collect();
    build.args(&["--"]).args(&linking).run()?;
    let name = if target.contains("-windows-") { "bundle.exe" } else { "bundle" };
    let program = shell::target().join(target).join("dist").join(name);
    names_no_folder(&program)?;
    Ok(program)
}

/// Returns the setting of cargo that gives sources the same paths on every machine: those of the
/// repository are relative, and crates are in `/crates`.
pub fn remapped(target: &str) -> Result<String, String> {
    let target_folder = shell::target();
    let mut pairs = vec![
        (shell::root().to_owned(), "."),
        (target_folder, "target"),
        (toolchain::cargo_home()?, "/cargo"),
    ];
    for registry in toolchain::registries()? {
        pairs.push((registry, "/crates"));
    }
    let flags = pairs.iter().map(|(from, to)| {
        let from = from.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"--remap-path-prefix={from}={to}\"")
    });
    let flags: Vec<String> = flags.collect();
    Ok(format!("target.{target}.rustflags=[{}]", flags.join(",")))
}

/// Searches a program for the folders of this machine.
fn names_no_folder(program: &Path) -> Result<(), String> {
    let bytes = fs::read(program).map_err(|error| format!("{}: {error}", program.display()))?;
    let folders = [shell::root().to_owned(), shell::target(), toolchain::cargo_home()?];
    for folder in folders {
        let name = format!("{}{}", folder.to_string_lossy(), std::path::MAIN_SEPARATOR);
        if bytes.windows(name.len()).any(|window| window == name.as_bytes()) {
            return Err(format!("{} contains the path {name}", program.display()));
        }
    }
    Ok(())
}
