//! The recipes of docs/php.md: its files, unchanged, in a project of each framework, built in both
//! modes, served at the root and in a sub-folder, opened in browsers. The other files of the
//! projects are in tests/recipes, and for CodeIgniter 3 in its example. `php_packages.rs` does the
//! same for docs/php-packages.md.

use std::fs;
use std::path::{Path, PathBuf};

use super::engines::{self, Page};
use super::examples::Server;
use super::{builds, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("recipes::plain-php", || run(&PLAIN)),
        ("recipes::codeigniter-3", || run(&CODEIGNITER_3)),
        ("recipes::codeigniter-3-under-apache", apache),
        ("recipes::codeigniter-4", || run(&CODEIGNITER_4)),
        ("recipes::laravel", || run(&LARAVEL)),
        ("recipes::before-the-first-build", unbuilt),
    ]
}

/// Sections of a document.
pub struct Recipe {
    /// The file, in `docs`.
    pub document: &'static str,
    pub headings: &'static [&'static str],
    /// What a project has beside the files of the document. Later folders replace files of earlier
    /// ones.
    pub around: &'static [&'static str],
    pub root: &'static str,
    pub out_dir: &'static str,
    /// The folder on the web.
    pub public: &'static str,
    pub page: &'static str,
    /// A page that boots the application, and prints no tags; its text, if the test has to write
    /// it.
    pub plain: Option<(&'static str, &'static str)>,
    /// The command that the page with tags names, before the first build.
    pub command: &'static str,
    /// What a project does once before it is built.
    pub prepare: fn(&Path) -> Result<(), String>,
}

pub const PLAIN: Recipe = Recipe {
    document: "php.md",
    headings: &["Plain PHP"],
    around: &[],
    root: "src",
    out_dir: "scripts",
    public: "",
    page: "summer.php",
    plain: None,
    command: "npx bundle",
    prepare: |_| Ok(()),
};

pub const CODEIGNITER_3: Recipe = Recipe {
    headings: &["CodeIgniter 3"],
    around: &["fixtures/examples/codeigniter-admin"],
    root: "application/assets/js",
    out_dir: "application/scripts",
    public: "",
    page: "events/summer",
    plain: Some((
        "plain.php",
        "<?php define('BASEPATH', 1); define('APPPATH', __DIR__ . '/application/');
        require APPPATH . 'helpers/bundle_helper.php'; echo 'it boots';",
    )),
    ..PLAIN
};

pub const CODEIGNITER_4: Recipe = Recipe {
    headings: &["CodeIgniter 4"],
    around: &["tests/recipes/codeigniter4"],
    root: "resources/js",
    out_dir: "public/scripts",
    public: "public",
    page: "events/summer",
    plain: Some((
        "plain.php",
        "<?php define('FCPATH', __DIR__ . '/'); require __DIR__ . \
         '/../app/Helpers/bundle_helper.php'; echo 'it boots';",
    )),
    ..PLAIN
};

pub const LARAVEL: Recipe = Recipe {
    headings: &["Laravel"],
    around: &["tests/recipes/laravel"],
    // A route of its own.
    plain: Some(("plain", "")),
    ..CODEIGNITER_4
};

const MODES: [&str; 2] = ["development", "production"];

/// Both modes, at the root of a server and in a sub-folder.
pub fn run(recipe: &Recipe) -> Result<(), String> {
    for mode in MODES {
        let project = built(recipe, mode)?;
        expect_page(&Server::start(&project.join(recipe.public), &[])?, recipe, mode)?;
        expect_page(&Server::below(&project, recipe.public)?, recipe, mode)?;
        work::remove(&project);
    }
    Ok(())
}

/// The `.htaccess` of the document too: who may have which files, and for how long.
fn apache() -> Result<(), String> {
    for (mode, below) in
        [("production", ""), ("development", "back/office"), ("production", "back/office")]
    {
        let project = built(&CODEIGNITER_3, mode)?;
        let server = Server::apache(&project, below)?;
        expect_page(&server, &CODEIGNITER_3, mode)?;
        server.expect_status("application/scripts/bundle.php", 403)?;
        server.expect_status("application/helpers/bundle_helper.php", 403)?;
        for file in tree::contents(&project.join("application/scripts"))?.keys() {
            expect_kept(&server, file, mode)?;
        }
        work::remove(&project);
    }
    Ok(())
}

/// Browsers may keep hashed files for ever, images in both modes; all others are requested again.
fn expect_kept(server: &Server, file: &str, mode: &str) -> Result<(), String> {
    let kept = match Path::new(file).extension().and_then(|extension| extension.to_str()) {
        Some("png") => "public, max-age=31536000, immutable",
        Some("js" | "css") if mode == "production" => "public, max-age=31536000, immutable",
        Some("js" | "css") => "no-cache",
        _ => return Ok(()),
    };
    let answer = server.get(&format!("application/scripts/{file}"))?;
    if answer.contains(&format!("\r\nCache-Control: {kept}\r\n")) {
        return Ok(());
    }
    Err(format!("{mode}: {file} is not sent with {kept}:\n{answer}"))
}

fn unbuilt() -> Result<(), String> {
    [&PLAIN, &CODEIGNITER_3, &CODEIGNITER_4, &LARAVEL].into_iter().try_for_each(boots)
}

/// In a fresh checkout an application boots, as `composer install` makes it do, and a page with
/// tags says which command is missing.
pub fn boots(recipe: &Recipe) -> Result<(), String> {
    let project = project(recipe)?;
    let public = project.join(recipe.public);
    if let Some((page, text)) = recipe.plain.filter(|(_, text)| !text.is_empty()) {
        write(&public.join(page), text)?;
    }
    let server = Server::start(&public, &["-d", "display_errors=1"])?;
    let expect = |page: &str, text: &str| {
        let answer = server.get(page)?;
        let is_right = answer.contains(text);
        is_right
            .then_some(())
            .ok_or(format!("{:?}: {page} does not say {text}:\n{answer}", recipe.headings))
    };
    expect(recipe.page, &format!("The scripts are not built yet: run {}", recipe.command))?;
    if let Some((page, _)) = recipe.plain {
        expect(page, "it boots")?;
    }
    work::remove(&project);
    Ok(())
}

/// A built project of the document's files and the files that they need.
pub fn built(recipe: &Recipe, mode: &str) -> Result<PathBuf, String> {
    let project = project(recipe)?;
    builds::bundle_or_fail(&project, &["--mode".to_owned(), mode.to_owned()])?;
    Ok(project)
}

/// The same without a build.
pub fn project(recipe: &Recipe) -> Result<PathBuf, String> {
    let project = work::fresh_directory("recipe")?;
    for around in recipe.around {
        tree::copy(&work::root().join(around), &project)?;
    }
    // Of an example that somebody built by hand.
    let _ = fs::remove_dir_all(project.join(recipe.out_dir));
    let text = document(recipe.document)?;
    for heading in recipe.headings {
        let found = files(&text, heading);
        if found.is_empty() {
            return Err(format!("docs/{}: {heading} has no files", recipe.document));
        }
        for (path, text) in found {
            write(&project.join(path), &text)?;
        }
    }
    tree::copy(&work::root().join("tests/recipes/sources"), &project.join(recipe.root))?;
    let config = configuration(&document("php.md")?)?;
    let config = config.replace("\"src\"", &format!("\"{}\"", recipe.root));
    let config = config.replace("\"scripts\"", &format!("\"{}\"", recipe.out_dir));
    write(&project.join("bundle.config.json"), &config)?;
    (recipe.prepare)(&project)?;
    Ok(project)
}

/// A file of `docs`.
pub fn document(name: &str) -> Result<String, String> {
    let path = work::root().join("docs").join(name);
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file, and the folders that it lies in.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// The indented text that begins with a brace, before the first recipe.
fn configuration(document: &str) -> Result<String, String> {
    let lines: Vec<&str> = document.lines().collect();
    let begin =
        lines.iter().position(|line| *line == "    {").ok_or("docs/php.md has no configuration")?;
    Ok(indented(&lines[begin..]))
}

/// The lines of a section.
pub fn section<'a>(document: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = document.lines().skip_while(|line| line.strip_prefix("## ") != Some(heading));
    lines.skip(1).take_while(|line| !line.starts_with("## ")).collect()
}

/// The files of a section: a paragraph that begins with a path, and the text below it.
fn files<'a>(document: &'a str, heading: &str) -> Vec<(&'a str, String)> {
    let section = section(document, heading);
    let mut found = Vec::new();
    for (at, line) in section.iter().enumerate() {
        let Some((path, _)) = line.strip_prefix("**`").and_then(|rest| rest.split_once("`**"))
        else {
            continue;
        };
        let Some(rest) = section[at..].iter().position(|line| line.is_empty()) else { continue };
        if let Some((text, _)) = printed(&section[at + rest + 1..]) {
            found.push((path, text));
        }
    }
    found
}

/// The text of a file that lines begin with, indented or between fences, and how many lines of the
/// document it takes, without the fences.
pub fn printed(lines: &[&str]) -> Option<(String, usize)> {
    if lines.first()?.starts_with("```") {
        let text: Vec<&str> =
            lines[1..].iter().take_while(|line| **line != "```").copied().collect();
        return Some((format!("{}\n", text.join("\n")), text.len()));
    }
    let text = indented(lines);
    (text.len() > 1).then(|| (text.clone(), text.lines().count()))
}

fn indented(lines: &[&str]) -> String {
    let own = lines.iter().take_while(|line| line.is_empty() || line.starts_with("    "));
    let text: Vec<&str> = own.map(|line| line.strip_prefix("    ").unwrap_or_default()).collect();
    format!("{}\n", text.join("\n").trim_end())
}

/// The page shows what the scripts write, and its tags are right.
pub fn expect_page(server: &Server, recipe: &Recipe, mode: &str) -> Result<(), String> {
    let url = server.url(recipe.page);
    let reported = |error: String| format!("{url}, {mode}: {error}");
    for open in [engines::chromium, engines::phantom] {
        shown(&open(&url, &[])?, mode).map_err(reported)?;
    }
    tags(&server.get(recipe.page)?, mode).map_err(reported)
}

fn shown(page: &Page, mode: &str) -> Result<(), String> {
    if !page.errors.is_empty() {
        return Err(format!("complains:\n{}\n{}", page.errors.join("\n"), page.body));
    }
    let text = "<p id=\"days\">common, summer in 10 days, 3px, 320 pixels</p>";
    if !page.body.contains(text) {
        return Err(format!("does not show {text}:\n{}", page.body));
    }
    let is_checked = page.body.contains("integrity=\"sha384-");
    if is_checked == (mode == "production") {
        Ok(())
    } else {
        Err(format!("has integrity: {is_checked}:\n{}", page.body))
    }
}

/// Every tag has the nonce that the policy says for its kind, and no file has two.
fn tags(answer: &str, mode: &str) -> Result<(), String> {
    let all: Vec<&str> = answer
        .split('<')
        .filter(|tag| tag.starts_with("script ") || tag.starts_with("link "))
        .collect();
    let nonce = |tag: &&&str| {
        let of = if tag.starts_with("script") { "script-src " } else { "style-src " };
        let policy = answer.split_once(of).and_then(|(_, rest)| rest.split([';', '\r']).next());
        let value = tag.split_once("nonce=\"").and_then(|(_, rest)| rest.split('"').next());
        value
            .zip(policy)
            .is_some_and(|(value, policy)| policy.contains(&format!("'nonce-{value}'")))
    };
    let mut unique = all.clone();
    unique.sort_unstable();
    unique.dedup();
    // A stylesheet, and four scripts: of both entries, of what all share, and of what events share,
    // which in production is not worth one.
    let count = if mode == "production" { 4 } else { 5 };
    if [all.len(), unique.len(), all.iter().filter(nonce).count()] == [count; 3] {
        return Ok(());
    }
    Err(format!("{mode} has these tags: {all:#?} in\n{answer}"))
}
