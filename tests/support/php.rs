//! `bundle.php`: PHP 5.6 by its syntax, what it prints and refuses, and a page that it gives its
//! tags, under `php -S` at the root of a site and in a folder below.

use std::fs;
use std::process::Command;
use std::time::Duration;

use super::engines;
use super::examples::Server;
use super::{builds, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![("php::syntax-of-5.6", syntax), ("php::tags", tags), ("php::pages-in-chromium", pages)]
}

fn helper() -> std::path::PathBuf {
    work::root().join("php/bundle.php")
}

fn syntax() -> Result<(), String> {
    let mut command = Command::new("node");
    command.arg(work::support("php_syntax.mjs")).arg("506").arg(helper());
    let ended = builds::run(command, Duration::from_mins(1))?;
    if ended.code == Some(0) { Ok(()) } else { Err(ended.stderr) }
}

fn tags() -> Result<(), String> {
    let folder = work::fresh_directory("tags")?;
    fs::copy(helper(), folder.join("bundle.php")).map_err(|error| error.to_string())?;
    let mut command = Command::new("php");
    command.arg(work::support("tags.php")).arg(&folder);
    let ended = builds::run(command, Duration::from_mins(1))?;
    if ended.code != Some(0) || !ended.stdout.is_empty() {
        return Err(format!("{}{}", ended.stdout, ended.stderr));
    }
    work::remove(&folder);
    Ok(())
}

/// A header and a footer as views have them: what both need comes once, scripts that share a module
/// share its state.
const PAGE: &str = r#"<?php require_once __DIR__ . '/scripts/bundle.php';
$options = array('base' => rtrim(dirname($_SERVER['SCRIPT_NAME']), '/') . '/scripts', 'defer' => true, 'integrity' => true);
?><!doctype html><head><?= bundle_tags(array('pages/cart', 'print'), array('only' => 'css') + $options) ?></head>
<body><pre></pre><?= bundle_tags('pages/cart', $options) ?><?= bundle_tags('pages/list', $options) ?>
<script>var logs = []; function log(text) { logs.push(text); }
addEventListener("load", function () {
  var cart = document.createElement("p");
  cart.className = "cart";
  document.body.appendChild(cart);
  document.querySelector("pre").textContent = [logs.join(), getComputedStyle(cart).top, document.scripts.length - 1,
    document.querySelectorAll("link").length, document.querySelectorAll("[integrity]").length].join(" ");
});</script></body>
"#;

fn pages() -> Result<(), String> {
    let folder = work::fresh_directory("php-pages")?;
    tree::copy(&work::root().join("fixtures/config/manifests-of-three-kinds"), &folder)?;
    let config =
        fs::read_to_string(folder.join("bundle.config.json")).map_err(|error| error.to_string())?;
    let config = config.replace(r#"["entrypoints", "mix", "vite"]"#, r#""php""#);
    let hashed = config.replacen('{', r#"{ "hash": true,"#, 1);
    for (site, config) in [("site", config), ("site/below", hashed)] {
        fs::write(folder.join("bundle.config.json"), config).map_err(|error| error.to_string())?;
        let out = format!("{site}/scripts");
        builds::bundle_or_fail(&folder, &["--out-dir".to_owned(), out])?;
        fs::write(folder.join(site).join("index.php"), PAGE).map_err(|error| error.to_string())?;
    }
    let server = Server::start(&folder.join("site"), &[])?;
    // A stylesheet that is named exactly, and nothing without hashes, may be checked.
    for (page, checked) in [("index.php", 0), ("below/index.php", 5)] {
        let shown = engines::chromium(&server.url(page), &[])?;
        let text = shown.preformatted()?;
        let expected = format!("cart 2,list 4 0px 3 3 {checked}");
        if text != expected || !shown.errors.is_empty() {
            return Err(format!(
                "{page} shows\n{text}\nand should show\n{expected}\n{}",
                shown.errors.join("\n")
            ));
        }
    }
    work::remove(&folder);
    Ok(())
}
