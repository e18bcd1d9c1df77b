//! Programs with stylesheets: `fixtures/styles/<case>/` is built in three forms, and Chromium must
//! compute the same styles for every element of `page.html` as with the stylesheets of npm's
//! `sass`, linked one by one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{builds, engines, tree, work};

/// case.json of a program with styles. An unknown key is a failure: a misspelt one would silently
/// test nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
struct Settings {
    /// The point of the case where its name does not say it, or the reason for what is narrowed.
    #[serde(rename = "why")]
    _why: String,
    /// Further arguments.
    args: Vec<String>,
    /// The target of the first two forms, instead of ES5: browsers. The build may warn about what
    /// they lack.
    target: Option<String>,
    /// Parts of what the build says: each must be said. Without any, nothing may be.
    says: Vec<String>,
    /// Text that the second form must have, and must not have.
    present: Vec<String>,
    absent: Vec<String>,
}

/// A form of a stylesheet, as styles.js takes it.
#[derive(Serialize)]
struct Stylesheet {
    form: &'static str,
    text: String,
}

/// The results of the page.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Results {
    differences: Vec<String>,
    /// The oracle's stylesheets change something.
    is_styled: bool,
}

const FORMS: [(&str, &[&str]); 3] = [
    ("plain", &["--target", "es5", "--sourcemap", "inline"]),
    ("minified", &["--target", "es5", "--minify", "--sourcemap", "inline"]),
    ("esnext", &["--target", "esnext"]),
];

/// One case.
pub fn run(directory: &Path) -> Result<(), String> {
    let settings = match fs::read_to_string(directory.join("case.json")) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| format!("case.json: {error}"))?,
        Err(_) => Settings::default(),
    };
    let folder = work::fresh_directory("styles")?;
    tree::copy(directory, &folder)?;
    let stylesheets: Vec<Stylesheet> = FORMS
        .iter()
        .map(|(form, arguments)| built(form, arguments, &settings, &folder))
        .collect::<Result<_, _>>()?;
    let minified = &stylesheets[1].text;
    for text in &settings.present {
        if !minified.contains(text.as_str()) {
            return Err(format!("{text:?} is not in the sheet:\n{minified}"));
        }
    }
    if let Some(text) = settings.absent.iter().find(|text| minified.contains(text.as_str())) {
        return Err(format!("{text:?} is in the sheet:\n{minified}"));
    }
    compare(&stylesheets, &folder)?;
    maps(&folder)?;
    work::remove(&folder);
    Ok(())
}

fn built(
    form: &'static str,
    arguments: &[&str],
    settings: &Settings,
    folder: &Path,
) -> Result<Stylesheet, String> {
    let out = format!("out/{form}");
    let fixed = ["main.js", "--out-dir", &out].into_iter().chain(arguments.iter().copied());
    let target = settings.target.as_deref().unwrap_or("es5");
    let fixed = fixed.map(|argument| if argument == "es5" { target } else { argument });
    let arguments: Vec<String> =
        fixed.map(str::to_owned).chain(settings.args.iter().cloned()).collect();
    let ended = builds::bundle_or_fail(folder, &arguments)?;
    let said: Vec<&str> = ended.stderr.lines().filter(|line| line.contains("warning")).collect();
    let is_said = |part: &String| ended.stderr.contains(part.as_str());
    let says_more = settings.target.is_none() && said.len() > settings.says.len();
    if !settings.says.iter().all(is_said) || says_more {
        return Err(format!(
            "{form}: the build says\n{}\nand not {:?}",
            ended.stderr, settings.says
        ));
    }
    let path = folder.join(&out).join("main.css");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let config = fs::read_to_string(folder.join("bundle.config.json")).unwrap_or_default();
    if form != "esnext" && !text.is_ascii() && !config.contains("utf8") {
        return Err(format!("{form}: the sheet is not ASCII:\n{text}"));
    }
    Ok(Stylesheet { form, text })
}

/// Checks the maps at the marks.
fn maps(folder: &Path) -> Result<(), String> {
    check_maps(&["plain", "minified"].map(|form| folder.join("out").join(form).join("main.css")))
}

/// Every mark in these stylesheets, whose maps are in them, leads to its place.
pub fn check_maps(stylesheets: &[PathBuf]) -> Result<(), String> {
    let mut command = Command::new("node");
    command.arg(work::support("styles_maps.mjs")).args(stylesheets);
    let ended = builds::run(command, Duration::from_mins(1))?;
    if ended.code == Some(0) { Ok(()) } else { Err(format!("{}{}", ended.stdout, ended.stderr)) }
}

/// Shows the page with the oracle's stylesheets and with ours.
fn compare(stylesheets: &[Stylesheet], folder: &Path) -> Result<(), String> {
    let mut command = Command::new("node");
    command.arg(work::support("styles.mjs")).arg(folder).arg("main.js");
    let ended = builds::run(command, Duration::from_mins(1))?;
    let links: Vec<String> = serde_json::from_str(&ended.stdout)
        .map_err(|error| format!("styles.mjs: {error}\n{}", ended.stderr))?;
    let body = fs::read_to_string(folder.join("page.html"))
        .map_err(|error| format!("page.html: {error}"))?;
    let links = links.iter().map(|link| format!("<link rel=\"stylesheet\" href=\"{link}\">\n"));
    let links = links.collect::<Vec<_>>().concat();
    let json = serde_json::to_string(stylesheets)
        .map_err(|error| error.to_string())?
        .replace("</", "<\\/");
    let script =
        fs::read_to_string(work::support("styles.js")).map_err(|error| error.to_string())?;
    let page = format!(
        "<!doctype html>\n<meta \
         charset=\"utf-8\">\n<title>styles</title>\n{links}<body>\n<main>{body}</main>\n\
         <script>var sheets = {json};\n{script}</script>\n</body>\n"
    );
    fs::write(folder.join("index.html"), page).map_err(|error| error.to_string())?;
    let seen = engines::chromium(&format!("file://{}", folder.join("index.html").display()), &[])?;
    let results = seen
        .body
        .split_once("<pre id=\"results\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"));
    let (json, _) =
        results.ok_or_else(|| format!("the page does not end:\n{}", seen.errors.join("\n")))?;
    let json = json.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let results: Results =
        serde_json::from_str(&json).map_err(|error| format!("{error}: {json}"))?;
    if !results.is_styled {
        return Err("the sheets change nothing of what is shown".to_owned());
    }
    if results.differences.is_empty() {
        return Ok(());
    }
    let shown: Vec<&str> = results.differences.iter().take(20).map(String::as_str).collect();
    Err(format!(
        "{} differences:\n{}\n{}",
        results.differences.len(),
        shown.join("\n"),
        stylesheets[0].text
    ))
}
