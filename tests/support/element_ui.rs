//! All components of npm's element-ui, on pages: tests/element-ui must show the same text as when
//! webpack and vue-loader 15 built it. That text is in tests/element-ui/expected, so that no run of
//! the tests needs that toolchain.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::engines::{self, Page};
use super::{builds, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("mounted", || shows("mounted", &[])),
        ("mounted-minified", || shows("mounted", &["--minify"])),
        ("used", || shows("used", &[])),
        ("used-minified", || shows("used", &["--minify"])),
        ("phantomjs", in_phantom),
    ]
}

/// Hundreds of steps, each with a frame of the browser.
const LIMIT: Duration = Duration::from_mins(2);

/// How many lines of a difference are reported.
const TOLD: usize = 40;

fn shows(part: &str, further: &[&str]) -> Result<(), String> {
    let fresh = work::fresh_directory("element-ui")?;
    let script = build("main.js", &fresh, further)?;
    let page = engines::chromium_within(LIMIT, &address(&[&script], part), &[])?;
    let shown = transcript(&page)?;
    let path = program().join("expected").join(part).with_extension("txt");
    let expected =
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    if shown != expected {
        let kept = fresh.join("shown.txt");
        fs::write(&kept, &shown).map_err(|error| error.to_string())?;
        return Err(format!(
            "other than in {} (all of it is in {}):\n{}",
            path.display(),
            kept.display(),
            difference(&expected, &shown)
        ));
    }
    work::remove(&fresh);
    Ok(())
}

/// A browser of ES5 draws with other properties of styles, so what it shows is not compared: every
/// component must be there.
fn in_phantom() -> Result<(), String> {
    let fresh = work::fresh_directory("element-ui")?;
    let scripts = [build("polyfills.js", &fresh, &[])?, build("main.js", &fresh, &[])?];
    let page = engines::phantom_within(
        LIMIT,
        &address(&scripts.each_ref().map(PathBuf::as_path), "mounted"),
        &[],
    )?;
    let shown = transcript(&page)?;
    if shown.trim_end().ends_with("116 components mounted, 0 not:") {
        work::remove(&fresh);
        return Ok(());
    }
    let complaints = shown
        .lines()
        .filter(|line| ["warns", "fails", "console"].iter().any(|word| line.starts_with(word)));
    let reported: Vec<&str> = complaints.chain(shown.lines().last()).collect();
    Err(format!("not every component is on the page:\n{}", reported.join("\n")))
}

fn program() -> PathBuf {
    work::root().join("tests/element-ui")
}

/// Builds an entry of the program into a script of that name.
fn build(entry: &str, folder: &Path, further: &[&str]) -> Result<PathBuf, String> {
    let script = folder.join(entry);
    let mut arguments =
        vec![entry.to_owned(), "--out-file".to_owned(), script.to_string_lossy().into_owned()];
    arguments.extend(further.iter().map(|&argument| argument.to_owned()));
    let ended = builds::bundle_or_fail(&program(), &arguments)?;
    if ended.stderr.is_empty() {
        Ok(script)
    } else {
        Err(format!("it builds, but says:\n{}", ended.stderr))
    }
}

/// The page with these scripts; the last one is the program.
fn address(scripts: &[&Path], part: &str) -> String {
    let scripts: Vec<String> =
        scripts.iter().map(|script| format!("file://{}", script.display())).collect();
    format!("file://{}?{}#{part}", program().join("page.html").display(), scripts.join("&"))
}

/// What the page wrote, without the escapes of markup.
fn transcript(page: &Page) -> Result<String, String> {
    if !page.errors.is_empty() {
        return Err(format!("the page complains:\n{}", page.errors.join("\n")));
    }
    let written = page
        .body
        .split_once("<pre id=\"transcript\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"));
    let (text, _) = written.ok_or_else(|| format!("the page has no transcript:\n{}", page.body))?;
    Ok(text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&"))
}

/// The first lines that differ, under the scene and the step in which they stand.
fn difference(expected: &str, shown: &str) -> String {
    let (expected, shown): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), shown.lines().collect());
    let same = expected.iter().zip(&shown).take_while(|(one, other)| one == other).count();
    let mut reported = String::new();
    for sign in ["===", "---"] {
        if let Some(title) = expected[..same].iter().rfind(|line| line.starts_with(sign)) {
            let _ = writeln!(reported, "{title}");
        }
    }
    for (title, lines) in [("vue-loader", &expected), ("bundle", &shown)] {
        let _ = writeln!(reported, "{title}, from line {}:", same + 1);
        lines.iter().skip(same).take(TOLD).for_each(|line| {
            let _ = writeln!(reported, "  {line}");
        });
    }
    reported
}
