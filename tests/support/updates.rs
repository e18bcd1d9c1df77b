//! Pages that show edits by themselves, end to end: `fixtures/updates/_shop` is a site of PHP that
//! is watched, served and edited while browsers have it open. updates.mjs has the steps; they are
//! the same under every server and in both browsers.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::apache::Host;
use super::examples::Server;
use super::watching::{Settled, Watching};
use super::{builds, engines, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("under-php", under_php),
        ("under-apache", under_apache),
        ("under-a-name", || under_a_host("under-a-name", Host::Named("shop.test"))),
        ("over-https", || under_a_host("over-https", Host::Secure("shop.test"))),
        ("in-phantomjs", in_phantomjs),
        ("left-by-nobody", left_by_nobody),
        ("random-modules", random_modules),
    ]
}

/// Of a story that goes on: each of its edits has a limit of its own.
const LIMIT: Duration = Duration::from_mins(5);

/// In a folder of the site.
fn under_php() -> Result<(), String> {
    let project = project()?;
    let server = Server::below(&project, "")?;
    let (watching, _) = Watching::start(&project)?;
    story("under-php", &project, &["chromium".as_ref(), server.url("").as_ref()])?;
    drop(watching);
    work::remove(&project);
    Ok(())
}

/// At the root of a site whose scripts and stylesheets browsers may keep.
fn under_apache() -> Result<(), String> {
    let project = project()?;
    let server = Server::apache(&project, "")?;
    let kept = server.get("vue.min.js")?;
    expect(kept.contains("\r\nCache-Control: max-age=600\r\n"), "browsers may keep scripts")?;
    let (watching, _) = Watching::start(&server.documents())?;
    story("under-apache", &server.documents(), &["chromium".as_ref(), server.url("").as_ref()])?;
    drop(watching);
    work::remove(&project);
    Ok(())
}

/// Under a name that could lead anywhere. Nobody has listed it, so the page asks its own server and
/// nobody else, though its policy would let it.
fn under_a_host(name: &str, host: Host) -> Result<(), String> {
    let project = project()?;
    may_connect(&project)?;
    let server = Server::apache_as(host, &project, "")?;
    if host == Host::Named("shop.test") {
        server.expect_status("", 403)?;
    }
    let (watching, _) = Watching::start(&server.documents())?;
    story(name, &server.documents(), &["chromium".as_ref(), server.url("").as_ref()])?;
    drop(watching);
    work::remove(&project);
    Ok(())
}

fn in_phantomjs() -> Result<(), String> {
    let project = project()?;
    let (watching, _) = Watching::start(&project)?;
    story("in-phantomjs", &project, &["phantomjs".as_ref(), engines::phantom_path()?.as_ref()])?;
    drop(watching);
    work::remove(&project);
    Ok(())
}

/// Programs that nobody chose, edited at random while their page runs.
fn random_modules() -> Result<(), String> {
    for seed in ["1", "2", "3"] {
        let project = project()?;
        let server = Server::below(&project, "")?;
        let (watching, _) = Watching::start(&project)?;
        let url = server.url("");
        let arguments = ["chromium".as_ref(), url.as_ref(), "random".as_ref(), seed.as_ref()];
        story("random-modules", &project, &arguments)?;
        drop(watching);
        work::remove(&project);
    }
    Ok(())
}

/// A watcher that is killed takes nothing away. The next build does, and what it writes knows
/// nothing of watching.
fn left_by_nobody() -> Result<(), String> {
    let project = project()?;
    let (mut watching, _) = Watching::start(&project)?;
    // After this nothing is built any more: the project was copied a moment before.
    watching.fence("src/prices.js", "export const total = () => 'seven won';\n")?;
    let reported = mentions(&project)?;
    let [update, status, script] = &reported[..] else {
        return Err(format!("an update, the status and the script: {reported:?}"));
    };
    let is_update = update.starts_with("bundle-dev/") && !update.contains("status");
    expect(
        is_update && status == "bundle-dev/status.json" && script == "shop.js",
        "pages can ask while somebody watches",
    )?;
    drop(watching);
    expect(project.join("dist/bundle-dev/status.json").exists(), "nobody could take it away")?;
    builds::bundle_or_fail(&project, &[])?;
    expect(mentions(&project)?.is_empty(), "a build leaves nothing of the watcher's")?;

    let mut command = Command::new(work::binary());
    command.arg("--no-updates");
    let (mut watching, _) = Watching::start_as(command, &project)?;
    let built = watching.fence("src/prices.js", "export const total = () => 'eight won';\n")?;
    expect(is_written(&built, "dist/shop.js"), "it watches")?;
    expect(mentions(&project)?.is_empty(), "without updates nothing is told")?;
    // A failing build would tell, too.
    let failed = watching.fence("src/prices.js", "export const total = (;\n")?;
    expect(
        !failed.is_built && mentions(&project)?.is_empty(),
        "without updates no mistake is told",
    )?;
    drop(watching);
    work::remove(&project);
    Ok(())
}

/// The site, with the page's own Vue, in a new folder.
pub fn project() -> Result<PathBuf, String> {
    let folder = work::fresh_directory("shop")?;
    tree::copy(&work::root().join("fixtures/updates/_shop"), &folder)?;
    let vue = work::root().join("tests/node_modules/vue/dist/vue.min.js");
    fs::copy(&vue, folder.join("vue.min.js"))
        .map_err(|error| format!("{}: {error}", vue.display()))?;
    Ok(folder)
}

/// Has the policy of the page allow connections to this machine.
pub fn may_connect(project: &Path) -> Result<(), String> {
    let allowed = "default-src 'self'; connect-src 'self' http://127.0.0.1:*;";
    change(&project.join("index.php"), "default-src 'self';", allowed)
}

/// Changes one place of a file.
pub fn change(file: &Path, from: &str, to: &str) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    if !text.contains(from) {
        return Err(format!("{} has no {from}", file.display()));
    }
    fs::write(file, text.replacen(from, to, 1))
        .map_err(|error| format!("{}: {error}", file.display()))
}

/// Tells the story, and how long the page took to show each edit.
pub fn story(name: &str, project: &Path, browser: &[&Path]) -> Result<(), String> {
    let mut command = Command::new("node");
    command.arg(work::support("updates.mjs")).arg(project).args(browser);
    let ended = builds::run(command, LIMIT)?;
    if ended.code != Some(0) {
        return Err(format!("{}{}", ended.stdout, ended.stderr));
    }
    // Written past the capture of the test harness, which shows it of failed tests only.
    let _ = write!(std::io::stderr(), "updates::{name}, milliseconds: {}", ended.stdout);
    Ok(())
}

/// The outputs in whose name or text the client or its folder is.
fn mentions(project: &Path) -> Result<Vec<String>, String> {
    let is_one = |(name, bytes): &(String, Vec<u8>)| {
        name.contains("bundle-dev") || String::from_utf8_lossy(bytes).contains("bundle-dev")
    };
    let found = tree::contents(&project.join("dist"))?.into_iter().filter(is_one);
    Ok(found.map(|(name, _)| name).collect())
}

fn is_written(settled: &Settled, file: &str) -> bool {
    settled.written.iter().flatten().any(|written| written == file)
}

fn expect(is_so: bool, what: &str) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(format!("not so: {what}")) }
}
