//! `cargo xtask release`: builds the program and the module as they are published. `xtask/release`
//! then makes the archives, packages and lists from them: it is a program of its own, because it
//! has dependencies and `xtask` has none.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{dist, install, shell, toolchain, wasm};

/// What is released.
#[derive(Default)]
struct Options {
    /// Rust's name of the platform; this machine's if none is named.
    target: Option<String>,
    /// A program that was built already.
    binary: Option<PathBuf>,
    /// A module that was built already, with its JavaScript.
    module: Option<PathBuf>,
    /// Whether to make what the platform has.
    has_platform: bool,
    /// Whether to make what is the same for all platforms.
    has_common: bool,
    /// Whether to make everything twice and to compare.
    is_checked: bool,
    out: Option<PathBuf>,
    /// The folder of the archives on the web, for Homebrew.
    url: Option<String>,
}

/// Runs the command with the words after its name.
pub fn run(words: &[&str]) -> Result<(), String> {
    let options = read(words)?;
    let host = toolchain::host()?;
    let target = options.target.clone().unwrap_or_else(|| host.clone());
    let mut given = vec!["--root".to_owned(), text(shell::root()), "--target".to_owned(), target];
    let mut give = |flag: &str, path: &Path| given.extend([flag.to_owned(), text(path)]);
    if options.has_platform {
        let binary = program(&options, &host)?;
        give("--binary", &binary);
        give("--speaker", &speaker(&binary)?);
    }
    if options.has_common {
        give("--module", &module(&options)?);
    }
    if !options.has_platform {
        given.push("--no-platform".to_owned());
    }
    if let Some(url) = &options.url {
        given.extend(["--url".to_owned(), url.clone()]);
    }
    let out = options.out.unwrap_or_else(|| shell::target().join("release-files"));
    make(&given, &out)?;
    if options.is_checked {
        let again = shell::target().join("release-files-again");
        if again.exists() {
            fs::remove_dir_all(&again).map_err(|error| format!("{}: {error}", again.display()))?;
        }
        make(&given, &again)?;
        same(&out, &again)?;
    }
    Ok(())
}

/// The program that makes the files.
const MAKER: &str = "xtask/release/Cargo.toml";

/// Checks the program that makes the files: it is in no workspace with the rest.
pub fn check() -> Result<(), String> {
    shell::cargo(&["fmt", "--manifest-path", MAKER, "--", "--check", "-l"]).run()?;
    let folder = text(&shell::target().join("release-maker"));
    let clippy = ["clippy", "--quiet", "--locked", "--all-targets", "--manifest-path", MAKER];
    shell::cargo(&clippy).args(&["--target-dir", &folder, "--", "-D", "warnings"]).run()
}

/// Runs the tests of that program.
pub fn test() -> Result<(), String> {
    let folder = text(&shell::target().join("release-maker"));
    let test = ["test", "--quiet", "--locked", "--manifest-path", MAKER, "--target-dir", &folder];
    shell::cargo(&test).run()
}

fn read(words: &[&str]) -> Result<Options, String> {
    let mut options = Options { has_platform: true, has_common: true, ..Options::default() };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        let absolute = |path: &str| std::path::absolute(path).map_err(|error| error.to_string());
        match *word {
            "--target" => options.target = Some((*value()?).to_owned()),
            "--binary" => options.binary = Some(absolute(value()?)?),
            "--module" => options.module = Some(absolute(value()?)?),
            "--out" => options.out = Some(absolute(value()?)?),
            "--url" => options.url = Some((*value()?).to_owned()),
            "--check" => options.is_checked = true,
            "--part" => match *value()? {
                "platform" => options.has_common = false,
                "common" => options.has_platform = false,
                "lists" => (options.has_common, options.has_platform) = (false, false),
                part => return Err(format!("no part is named {part}: platform, common or lists")),
            },
            _ => return Err(format!("cargo xtask release knows no {word}")),
        }
    }
    Ok(options)
}

/// Returns the program that is published, and builds it unless it is given.
fn program(options: &Options, host: &str) -> Result<PathBuf, String> {
    match &options.binary {
        Some(binary) => Ok(binary.clone()),
        None => dist::build(options.target.as_deref().unwrap_or(host)),
    }
}

/// Returns a program of this version that this machine can run. One for another platform may not
/// run here; then a debug build prints the texts.
fn speaker(binary: &Path) -> Result<PathBuf, String> {
    if shell::program(&text(binary), &["--version"]).output().is_ok() {
        return Ok(binary.to_owned());
    }
    shell::cargo(&["build", "--locked", "--bin", "bundle"]).run()?;
    Ok(shell::target().join("debug/bundle"))
}

/// Returns the folder of the module that is published, and builds it unless it is given.
fn module(options: &Options) -> Result<PathBuf, String> {
    if let Some(module) = &options.module {
        return Ok(module.clone());
    }
    install::wasm_target()?;
    wasm::build("dist").map(PathBuf::from)
}

/// Makes the artefacts in a folder. Those of other platforms that lie in it stay.
fn make(given: &[String], out: &Path) -> Result<(), String> {
    let (folder, out) = (text(&shell::target().join("release-maker")), text(out));
    let build = ["run", "--quiet", "--locked", "--manifest-path", MAKER];
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    shell::cargo(&build)
        .args(&["--target-dir", &folder, "--"])
        .args(&given)
        .args(&["--out", &out])
        .run()
}

/// Compares two releases byte for byte: what the second has, the first has too.
fn same(out: &Path, again: &Path) -> Result<(), String> {
    let listed = fs::read_dir(again).map_err(|error| format!("{}: {error}", again.display()))?;
    let names: Vec<_> = listed.flatten().map(|entry| entry.file_name()).collect();
    let read = |path: PathBuf| fs::read(&path).map_err(|e| format!("{}: {e}", path.display()));
    let mut different = Vec::new();
    for name in &names {
        // These two are about everything in the folder.
        let is_list = ["SHA256SUMS", "bundle.rb"].iter().any(|list| name == list);
        if !is_list && read(out.join(name))? != read(again.join(name))? {
            different.push(name.to_string_lossy().into_owned());
        }
    }
    if different.is_empty() {
        eprintln!("release: {} files, twice the same bytes", names.len());
        return Ok(());
    }
    Err(format!("two releases differ in {}", different.join(", ")))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
