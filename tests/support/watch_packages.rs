//! A package manager at work in a watched project: it writes slowly, as npm does, and no build
//! fails because of files that are not there yet.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::watching::{Settled, Watching};
use super::{tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("packages-that-are-installed-slowly", installed_slowly),
        ("package-that-is-edited-by-hand", edited_by_hand),
        ("packages-that-are-removed", removed),
    ]
}

/// A package of many files, and a small one.
const LARGE: &str = "lodash-es";
const SMALL: &str = "dayjs";

/// As npm calls what it puts aside.
const ASIDE: &str = ".lodash-es-a1B2c3D4";

/// Longer than any quiet that is taken for the end: until a package arrives from the network.
const NETWORK: Duration = Duration::from_millis(1500);
const PAUSE: Duration = Duration::from_millis(20);

/// A project that imports packages.
struct Site {
    fresh: PathBuf,
    folder: PathBuf,
}

impl Site {
    fn new() -> Result<Self, String> {
        let fresh = work::fresh_directory("watched")?;
        let folder = fresh.join("project");
        let site = Self { fresh, folder };
        site.write("bundle.config.json", r#"{ "areas": { "a": "a.js" }, "outDir": "out" }"#)?;
        site.write(
            "a.js",
            "import { debounce } from 'lodash-es';\nimport dayjs from 'dayjs';\nlog(debounce, \
             dayjs);\n",
        )?;
        Ok(site)
    }

    fn package(&self, name: &str) -> PathBuf {
        self.folder.join("node_modules").join(name)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(name);
        let above = path.parent().expect("it lies in the folder");
        fs::create_dir_all(above)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| format!("{name}: {error}"))
    }

    /// Fills a package's folder with what the tests have of it, with pauses.
    fn fill(&self, name: &str, pause: Duration) -> Result<(), String> {
        let source = work::root().join("tests/node_modules").join(name);
        copy_slowly(&source, &self.package(name), pause)
    }

    fn end(self, process: Watching) {
        drop(process);
        work::remove(&self.fresh);
    }
}

fn copy_slowly(from: &Path, to: &Path, pause: Duration) -> Result<(), String> {
    let reported = |error: std::io::Error| format!("{}: {error}", from.display());
    fs::create_dir_all(to).map_err(reported)?;
    for (number, entry) in fs::read_dir(from).map_err(reported)?.enumerate() {
        let entry = entry.map_err(reported)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_slowly(&entry.path(), &target, pause)?;
        } else {
            fs::copy(entry.path(), target).map_err(reported)?;
        }
        if number % 8 == 0 {
            thread::sleep(pause);
        }
    }
    Ok(())
}

fn expect_built(settled: &Settled, when: &str) -> Result<(), String> {
    if settled.is_built {
        Ok(())
    } else {
        Err(format!("{when} a build fails:\n{}", settled.diagnostics.join("\n")))
    }
}

fn installed_slowly() -> Result<(), String> {
    let site = Site::new()?;
    let (mut process, first) = Watching::start(&site.folder)?;
    if first.is_built {
        return Err("nothing is installed yet".to_owned());
    }
    // Files that are made while the process starts count as changed once it watches.
    site.write(
        "a.js",
        "import { debounce } from 'lodash-es';\nimport dayjs from \
                        'dayjs';\nlog(dayjs, debounce);\n",
    )?;
    process.settled_after("a.js")?;
    for name in [LARGE, SMALL] {
        fs::create_dir_all(site.package(name)).map_err(|error| error.to_string())?;
    }
    thread::sleep(NETWORK);
    site.fill(LARGE, PAUSE)?;
    thread::sleep(NETWORK);
    site.fill(SMALL, PAUSE)?;
    expect_built(&process.next_build()?, "during the installation")?;

    let aside = site.package(ASIDE);
    fs::rename(site.package(LARGE), &aside).map_err(|error| error.to_string())?;
    thread::sleep(NETWORK);
    fs::create_dir(site.package(LARGE)).map_err(|error| error.to_string())?;
    thread::sleep(NETWORK);
    site.fill(LARGE, PAUSE)?;
    tree::remove(&aside)?;
    expect_built(&process.next_build()?, "while a package is replaced")?;
    site.end(process);
    Ok(())
}

/// An edit of one file is not an installation: it is built at once, and so is a mistake in it.
fn edited_by_hand() -> Result<(), String> {
    let site = Site::new()?;
    site.fill(LARGE, Duration::ZERO)?;
    site.fill(SMALL, Duration::ZERO)?;
    let (mut process, first) = Watching::start(&site.folder)?;
    expect_built(&first, "with everything installed")?;
    let edited = "node_modules/lodash-es/debounce.js";
    site.write(edited, "export default ;\n")?;
    let settled = process.settled_after(edited)?;
    if settled.is_built {
        return Err("the mistake in the package is not noticed".to_owned());
    }
    site.write(edited, "export default 'edited';\n")?;
    expect_built(&process.settled_after(edited)?, "after the correction")?;
    site.end(process);
    Ok(())
}

/// A package that is removed and does not come back is reported as an error before long.
fn removed() -> Result<(), String> {
    let site = Site::new()?;
    site.fill(LARGE, Duration::ZERO)?;
    site.fill(SMALL, Duration::ZERO)?;
    let (mut process, first) = Watching::start(&site.folder)?;
    expect_built(&first, "with everything installed")?;
    tree::remove(&site.folder.join("node_modules"))?;
    while process.next_build()?.is_built {}
    site.end(process);
    Ok(())
}
