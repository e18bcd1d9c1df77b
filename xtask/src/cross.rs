//! Compiles the program for the other platforms that it is made for. `cargo xtask cross` goes as
//! far as `cargo check`; a release links too. A target needs its standard library, from rustup or
//! compiled from the sources of any Rust that is installed with them, and a C compiler.

use std::env::consts::{ARCH, OS};
use std::path::{Path, PathBuf};

use crate::{
    shell::{self, Run},
    stubs, toolchain,
};

/// A target, and a C compiler for it; zig does for all of them.
struct Target {
    name: &'static str,
    compiler: &'static str,
    /// The system that brings its own compiler for this target, as `std::env::consts::OS` has it.
    home: &'static str,
}

const TARGETS: [Target; 7] = [
    Target { name: "x86_64-unknown-linux-gnu", compiler: "x86_64-linux-gnu-gcc", home: "linux" },
    Target { name: "x86_64-unknown-linux-musl", compiler: "musl-gcc", home: "" },
    Target { name: "aarch64-unknown-linux-gnu", compiler: "aarch64-linux-gnu-gcc", home: "" },
    Target { name: "aarch64-unknown-linux-musl", compiler: "aarch64-linux-musl-gcc", home: "" },
    Target { name: "x86_64-apple-darwin", compiler: "o64-clang", home: "macos" },
    Target { name: "aarch64-apple-darwin", compiler: "oa64-clang", home: "macos" },
    Target { name: "x86_64-pc-windows-gnu", compiler: "x86_64-w64-mingw32-gcc", home: "" },
];

/// What compiles for any target: zig as a C compiler, called through a command of cargo.
const ZIG: &str = "cargo-zigbuild";

/// Where Debian's rustc is, whose sources are a package too.
const DEBIANS_RUSTC: &str = "/usr/bin/rustc";

/// Where the standard library of a target comes from.
enum Library {
    Installed,
    /// It is compiled from its sources, by this compiler.
    Sources(PathBuf),
}

/// `cargo xtask cross`: checks these targets, or all.
pub fn run(wanted: &[&str]) -> Result<(), String> {
    let unknown = wanted.iter().find(|name| TARGETS.iter().all(|target| target.name != **name));
    if let Some(unknown) = unknown {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        return Err(format!("{unknown} is none of {}", known.join(", ")));
    }
    let chosen = TARGETS.iter().filter(|it| wanted.is_empty() || wanted.contains(&it.name));
    let results: Vec<(&str, Result<(), String>)> =
        chosen.map(|target| (target.name, target.check())).collect();
    let mut has_failed = false;
    for (name, result) in &results {
        has_failed |= result.is_err();
        let outcome = result.as_ref().map_or_else(String::as_str, |()| "compiles");
        eprintln!("{name}: {outcome}");
    }
    if has_failed { Err("not every target was compiled".to_owned()) } else { Ok(()) }
}

/// Cargo as it compiles for a target.
pub struct Compiling {
    /// Cargo, without arguments.
    pub cargo: Run,
    /// The flags with which rustc links the program.
    pub linking: Vec<String>,
}

/// Returns the cargo that compiles for a target: this machine's, or zig's if the target has no C
/// compiler or no standard library here.
pub fn compiling(name: &str, subcommand: &str) -> Result<Compiling, String> {
    let target = TARGETS.iter().find(|target| target.name == name);
    let is_own = || Compiling { cargo: shell::cargo(&[subcommand]), linking: Vec::new() };
    match target {
        Some(target) if name != toolchain::host()? => target.compiling(subcommand),
        Some(_) | None => Ok(is_own()),
    }
}

impl Target {
    fn check(&self) -> Result<(), String> {
        let arguments = ["--bin", "bundle", "--target", self.name];
        let run = self.compiling("check")?.cargo.args(&arguments);
        run.env("CARGO_TARGET_DIR", shell::target().join("cross")).run()
    }

    fn compiling(&self, subcommand: &str) -> Result<Compiling, String> {
        let library = self.library()?;
        let has_zig = shell::is_installed(ZIG);
        let has_compiler = self.home == OS || shell::is_installed(self.compiler);
        if !has_zig && !has_compiler {
            return Err(format!(
                "no C compiler is installed for it: {}, or zig (pip install {ZIG})",
                self.compiler
            ));
        }
        let is_for_this_linker =
            self.home == OS || self.name.starts_with(ARCH) && self.name.contains(OS);
        let cargo = if has_compiler && is_for_this_linker {
            shell::cargo(&[subcommand])
        } else if has_compiler {
            let name = self.name.to_uppercase().replace('-', "_");
            shell::cargo(&[subcommand]).env(&format!("CARGO_TARGET_{name}_LINKER"), self.compiler)
        } else {
            shell::program(ZIG, &[subcommand])
        };
        let mut linking = if has_compiler { Vec::new() } else { stubs::flags(self.name)? };
        let cargo = match library {
            Library::Installed => cargo,
            Library::Sources(rustc) => {
                if self.name.ends_with("-musl") {
                    // The files with which programs start are zig's.
                    linking.push("-Clink-self-contained=no".to_owned());
                }
                // The variable allows what only nightly compilers may do.
                cargo
                    .args(&["-Z", "build-std=std,panic_unwind"])
                    .env("RUSTC", rustc)
                    .env("RUSTC_BOOTSTRAP", "1")
            }
        };
        Ok(Compiling { cargo, linking })
    }

    fn library(&self) -> Result<Library, String> {
        let ours = sysroot("rustc")?;
        if ours.join("lib/rustlib").join(self.name).join("lib").exists() {
            return Ok(Library::Installed);
        }
        for (rustc, sysroot) in [
            (PathBuf::from("rustc"), Some(ours)),
            (PathBuf::from(DEBIANS_RUSTC), sysroot(DEBIANS_RUSTC).ok()),
        ] {
            if sysroot.is_some_and(|root| root.join("lib/rustlib/src/rust/library").exists()) {
                return Ok(Library::Sources(rustc));
            }
        }
        Err(format!(
            "its standard library is not installed: rustup target add {}, or its sources: rustup \
             component add rust-src (Debian: apt-get install rustc-web rust-web-src)",
            self.name
        ))
    }
}

fn sysroot(rustc: &str) -> Result<PathBuf, String> {
    let printed = shell::program(rustc, &["--print", "sysroot"]).output()?;
    Ok(Path::new(printed.trim()).to_owned())
}
