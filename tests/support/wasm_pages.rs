//! WebAssembly of real npm packages, on a page in Chromium: tests/web-assembly has the sources. One
//! package was made by wasm-bindgen, one by Emscripten, and one is a file with imports.

use std::fs;
use std::path::PathBuf;

use super::engines;
use super::examples::Server;
use super::{builds, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("pages", pages),
        ("pages-split", split),
        ("pages-es-modules", modules),
        ("pages-with-another-type", other_type),
        ("pages-without-a-file", without_a_file),
        ("pages-in-node", in_node),
    ]
}

/// What the page shows, whatever the form of its scripts.
const SHOWN: &str = "address: pqc_kyber_bg-3b9c9656.wasm; kyber: 32 same bytes; maps: 3 and 1; \
                     second kyber: 32 same bytes; second maps: 4; worker: 32 same bytes; \
                     zstd: true true";

/// A built copy of the program, and its server.
struct Site {
    folder: PathBuf,
    server: Server,
}

impl Site {
    fn new(how: &[&str], router: &[&str]) -> Result<Self, String> {
        let sources = work::root().join("tests/web-assembly");
        let folder = work::fresh_directory("web-assembly")?;
        tree::copy(&sources, &folder)?;
        let scripts = folder.join("scripts").to_string_lossy().into_owned();
        let given = ["main.js", "second.js", "--out-dir", &scripts];
        let arguments: Vec<String> = given.iter().chain(how).map(|s| (*s).to_owned()).collect();
        let ended = builds::bundle_or_fail(&sources, &arguments)?;
        if !ended.stderr.is_empty() {
            return Err(format!("{how:?} builds, but says:\n{}", ended.stderr));
        }
        let server = Server::start(&folder, router)?;
        Ok(Self { folder, server })
    }

    /// The page shows `what`, and has requested `asked` files.
    fn shows(self, what: &str, asked: usize) -> Result<(), String> {
        let page = engines::chromium(&self.server.url("page.html"), &[])?;
        // The package that Emscripten made reports the type, and the browser a missing file.
        let is_ours = |error: &&String| !error.starts_with("console: ") && !error.contains("404");
        if let Some(error) = page.errors.iter().find(is_ours) {
            return Err(error.clone());
        }
        let asked = format!("<p id=\"asked\">{asked} files</p>");
        for part in [format!("<p id=\"log\">{what}</p>"), asked] {
            if !page.body.contains(&part) {
                return Err(format!("the page does not show {part}:\n{}", page.body));
            }
        }
        drop(self.server);
        work::remove(&self.folder);
        Ok(())
    }
}

/// Each script is a program of its own, which asks for its files.
fn pages() -> Result<(), String> {
    for how in [&[][..], &["--minify"], &["--modules", "registry"], &["--target", "es2017"]] {
        Site::new(how, &[])?.shows(SHOWN, 4).map_err(|error| format!("{how:?}: {error}"))?;
    }
    Ok(())
}

/// Scripts that share modules ask for each file once. The worker asks for its own.
fn split() -> Result<(), String> {
    let minified = &["--splitting", "--minify"];
    let modern = &["--splitting", "--target", "es2017", "--minify"];
    let registry = &["--splitting", "--modules", "registry"];
    for how in [&["--splitting"][..], minified, modern, registry] {
        Site::new(how, &[])?.shows(SHOWN, 2).map_err(|error| format!("{how:?}: {error}"))?;
    }
    Ok(())
}

/// The same as ES modules, with and without `await` at the top level.
fn modules() -> Result<(), String> {
    for target in ["es2020", "es2022"] {
        let site = Site::new(&["--splitting", "--format", "esm", "--target", target], &[])?;
        let page = site.folder.join("page.html");
        let html = fs::read_to_string(&page).map_err(|error| error.to_string())?;
        let html = html.replace("src=\"scripts/", "type=\"module\" src=\"scripts/");
        fs::write(&page, html).map_err(|error| error.to_string())?;
        site.shows(SHOWN, 2).map_err(|error| format!("{target}: {error}"))?;
    }
    Ok(())
}

/// Apache without the type: the browser cannot compile while it loads.
fn other_type() -> Result<(), String> {
    Site::new(&["--splitting"], &["other_type.php"])?.shows(SHOWN, 2)
}

/// A failure names the address and the status, and only what needs the file fails.
fn without_a_file() -> Result<(), String> {
    let site = Site::new(&["--splitting"], &[])?;
    let file = "scripts/assets/pqc_kyber_bg-3b9c9656.wasm";
    fs::remove_file(site.folder.join(file)).map_err(|error| error.to_string())?;
    let said = format!("Could not load {}: the server answered 404", site.server.url(file));
    let shown = format!(
        "address: pqc_kyber_bg-3b9c9656.wasm; failed: {said}; maps: 3 and 1; second failed: \
         {said}; second maps: 4; worker: failed: {said}; zstd: true true"
    );
    // The browser does not list what failed.
    site.shows(&shown, 1)
}

/// In Node, the package is imported statically in every format, and reads its file.
fn in_node() -> Result<(), String> {
    let sources = work::root().join("tests/web-assembly");
    let folder = work::fresh_directory("web-assembly")?;
    for (format, name) in [("cjs", "node.cjs"), ("esm", "node.mjs"), ("iife", "classic.cjs")] {
        let script = folder.join(name).to_string_lossy().into_owned();
        let given = ["node.js", "--platform", "node", "--format", format, "--out-file", &script];
        builds::bundle_or_fail(&sources, &given.map(str::to_owned))?;
        let mut node = std::process::Command::new("node");
        node.arg(&script).current_dir("/");
        let ended = builds::run(node, std::time::Duration::from_secs(20))?;
        if ended.stdout.trim() != "32 same bytes" {
            return Err(format!("{format}: {}{}", ended.stdout, ended.stderr));
        }
    }
    work::remove(&folder);
    Ok(())
}
