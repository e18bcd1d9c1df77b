//! Makes the artefacts of a release from a program that `cargo xtask release` built. Everything is
//! a function of the commit, the program and the versions in the lock files: no clock, no order of
//! a folder and no owner of a file gets into an artefact, so two releases of one commit are equal.

#![expect(clippy::disallowed_methods, reason = "it reads the tree and writes artefacts")]

use std::path::PathBuf;
use std::process::ExitCode;

mod ar; // the outer format of Debian's packages
mod archive; // the archive of a platform
mod compress; // gzip and raw deflate, without times
mod container; // the Containerfile
mod crates; // the crates that are linked into a program
mod debian; // the package for Debian
mod entry; // a file of an archive
mod homebrew; // the formula
mod licence; // licence expressions, and the texts of a crate
mod notices; // the licences of everything inside
mod npm; // the packages of npm
mod platform; // the table of platforms
mod release; // version, commit, time, folders
mod sbom; // the list of components
mod sums; // SHA256SUMS
mod tar; // archives for Unix
mod texts; // completions and the manual page
mod time; // days and seconds as dates
mod zip; // archives for Windows

use platform::Platform;
use release::Release;

/// What a run makes.
#[derive(Default)]
struct Wanted {
    target: String,
    binary: PathBuf,
    /// A program of this machine that prints completions and the manual page.
    speaker: PathBuf,
    /// The WebAssembly module and its JavaScript; none: only what belongs to the platform.
    module: Option<PathBuf>,
    /// Whether the artefacts of the platform are made.
    has_platform: bool,
    /// Where the archives will be found, for the formula.
    url: Option<String>,
    root: PathBuf,
    out: PathBuf,
}

fn main() -> ExitCode {
    match wanted(std::env::args().skip(1)).and_then(|wanted| make(&wanted)) {
        Ok(lines) => {
            println!("{lines}");
            ExitCode::SUCCESS
        }
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

fn wanted(mut words: impl Iterator<Item = String>) -> Result<Wanted, String> {
    let mut wanted = Wanted { has_platform: true, ..Wanted::default() };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.as_str() {
            "--target" => wanted.target = value()?,
            "--binary" => wanted.binary = value()?.into(),
            "--speaker" => wanted.speaker = value()?.into(),
            "--module" => wanted.module = Some(value()?.into()),
            "--no-platform" => wanted.has_platform = false,
            "--url" => wanted.url = Some(value()?),
            "--root" => wanted.root = value()?.into(),
            "--out" => wanted.out = value()?.into(),
            _ => return Err(format!("release_maker knows no {word}")),
        }
    }
    Ok(wanted)
}

/// Makes what is wanted, then the lists over everything in the folder, and returns the artefacts
/// with their sizes.
fn make(wanted: &Wanted) -> Result<String, String> {
    let release = Release::new(&wanted.root, &wanted.out, wanted.url.as_deref())?;
    let platforms = Platform::all(&release.root)?;
    if wanted.has_platform {
        let platform = platforms
            .iter()
            .find(|platform| platform.target == wanted.target)
            .ok_or_else(|| format!("npm/bundle/lib/platforms.json has no {}", wanted.target))?;
        of_platform(&release, platform, wanted)?;
    }
    if let Some(module) = &wanted.module {
        let linked = crates::of_module(&release.root)?;
        let notices = notices::text(&release, &linked)?;
        npm::of_all(&release, module, &notices)?;
        release.write(
            &format!("bundle-wasm-{}.cdx.json", release.version),
            sbom::text(&release, ("bundle-wasm", crates::MODULE_TARGET), &linked)?.as_bytes(),
        )?;
        release.write("Containerfile", container::text(&release).as_bytes())?;
    }
    release.write("bundle.rb", homebrew::formula(&release, &platforms)?.as_bytes())?;
    sums::write(&release.out)
}

fn of_platform(release: &Release, platform: &Platform, wanted: &Wanted) -> Result<(), String> {
    let linked = crates::of_program(&release.root, &platform.target)?;
    let notices = notices::text(release, &linked)?;
    let program = release::read(&wanted.binary)?;
    let texts = texts::of(&wanted.speaker)?;
    let contents = archive::Contents { program: &program, texts: &texts, notices: &notices };
    archive::write(release, platform, &archive::entries(release, platform, &contents)?)?;
    if let Some(architecture) = platform.debian() {
        let package = debian::package(release, architecture, &contents)?;
        let version = debian::version(release);
        release.write(&format!("bundle_{version}_{architecture}.deb"), &package)?;
    }
    let name = format!("bundle-{}-{}.cdx.json", release.version, platform.target);
    let components = sbom::text(release, ("bundle", &platform.target), &linked)?;
    release.write(&name, components.as_bytes())?;
    npm::of_platform(release, platform, (&wanted.binary, &notices))
}
