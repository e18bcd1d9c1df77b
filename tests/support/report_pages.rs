//! The page of `bundle report` in Chromium, opened as a file: it shows the outputs, finds names in
//! them, and follows links. Names that look like markup stay text.

use std::fs;
use std::process::Command;
use std::time::Duration;

use super::{builds, engines, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("reports::of-an-example", example),
        ("reports::of-element-ui", large),
        ("reports::hostile-names", hostile),
        ("reports::pages-files-and-partials", columns),
    ]
}

/// The page without its data.
fn shown(body: &str) -> &str {
    body.split("<script").next().unwrap_or(body)
}

/// Clicks go on asking the page; each then has to be shown.
fn opened(
    folder: &std::path::Path,
    steps: &[&str],
    shows: &[&str],
) -> Result<engines::Page, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bundle"));
    command.args(["report", "--minify", "--splitting", "--out", "page.html"]).current_dir(folder);
    let ended = builds::run(command, Duration::from_mins(2))?;
    if ended.code != Some(0) {
        return Err(ended.stderr);
    }
    let page = engines::chromium(&format!("file://{}", folder.join("page.html").display()), steps)?;
    if !page.errors.is_empty() {
        return Err(page.errors.join("\n"));
    }
    match shows.iter().find(|text| !page.body.contains(**text)) {
        Some(missing) => Err(format!("the page does not show {missing}\n{}", shown(&page.body))),
        None => Ok(page),
    }
}

fn example() -> Result<(), String> {
    let folder = work::fresh_directory("report-example")?;
    tree::copy(&work::root().join("fixtures/examples/laravel-market"), &folder)?;
    // The page is searched for names that no edit of the example changes.
    let config = folder.join("bundle.config.json");
    let text = fs::read_to_string(&config).map_err(|error| error.to_string())?;
    fs::write(&config, text.replace("\"hash\": true", "\"hash\": false"))
        .map_err(|error| error.to_string())?;
    let steps = ["#search<-productcard", "#found-list button"];
    let shows = [
        "title=\"public/scripts/trade/buy.css, ",
        ">1 module, ",
        "How the entry trade/buy comes to it, in public/scripts/trade/buy.js",
        "BuyScreen.vue:15</button> <code>import ProductCard from \"./ProductCard.vue\";</code> \
         <span class=\"soft\">uses default</span>",
    ];
    opened(&folder, &steps, &shows)?;
    // Every level of the map can be reached.
    opened(
        &folder,
        &["#by-package", "#map .group"],
        &["<nav id=\"way\" aria-label=\"Where the map is\"><button type=\"button\" \
             class=\"link\">all packages ("],
    )?;
    work::remove(&folder);
    Ok(())
}

const LARGE: &str = "import Vue from \"vue\";\nimport ElementUI from \"element-ui\";\nimport { \
                     debounce } from \"lodash-es\";\n\
    import { debounce as old } from \"old\";\nVue.use(ElementUI, debounce, old);\n";

fn large() -> Result<(), String> {
    let folder = work::fresh_directory("report-large")?;
    fs::create_dir_all(folder.join("node_modules/old/node_modules/lodash-es"))
        .map_err(|error| error.to_string())?;
    let write = |path: &str, text: &str| {
        fs::write(folder.join(path), text).map_err(|error| format!("{path}: {error}"))
    };
    write("main.js", LARGE)?;
    write("bundle.config.json", r#"{ "areas": { "main": "main.js" } }"#)?;
    write("node_modules/old/index.js", "export { debounce } from \"lodash-es\";\n")?;
    write(
        "node_modules/old/node_modules/lodash-es/index.js",
        "export function debounce() { return \"older\"; }\n",
    )?;
    write(
        "node_modules/old/node_modules/lodash-es/package.json",
        r#"{ "name": "lodash-es", "version": "3.0.0" }"#,
    )?;
    for name in fs::read_dir(work::root().join("tests/node_modules"))
        .map_err(|error| error.to_string())?
        .flatten()
    {
        let to = folder.join("node_modules").join(name.file_name());
        std::os::unix::fs::symlink(name.path(), to).map_err(|error| error.to_string())?;
    }
    let shows = [
        "How the entry main comes to it, in dist/main.js",
        "title=\"element-ui.common.js, ",
        "<td>lodash-es</td><td>3.0.0</td><td>node_modules/old/node_modules/lodash-es</td>",
        "<td>4.17.21</td>",
    ];
    opened(&folder, &["#search<-element-ui.common", "#found-list button"], &shows)?;
    work::remove(&folder);
    Ok(())
}

fn hostile() -> Result<(), String> {
    let folder = work::fresh_directory("report-hostile")?;
    let name = "a<img src=x onerror=\"document.title='run'\">&amp;<!-- '`${1}.js";
    let write = |path: &str, text: &str| {
        fs::write(folder.join(path), text).map_err(|error| format!("{path}: {error}"))
    };
    write(name, "console.log(1);\n")?;
    write(
        "main.js",
        &format!(
            "import {}; // </script><script>document.title='run'</script>\n",
            serde_json::json!(format!("./{name}"))
        ),
    )?;
    write("bundle.config.json", r#"{ "areas": { "main": "main.js" } }"#)?;
    let page =
        opened(&folder, &["#search<-onerror", "#found-list button"], &["a&lt;img src=x onerror="])?;
    if page.body.contains("<img") || page.body.matches("</script>").count() != 2 {
        return Err(format!("a name became markup: {}", shown(&page.body)));
    }
    work::remove(&folder);
    Ok(())
}

/// Two pages that share a script; one has a stylesheet of two partials.
fn columns() -> Result<(), String> {
    let folder = work::fresh_directory("report-columns")?;
    let write = |path: &str, text: &str| {
        fs::write(folder.join(path), text).map_err(|error| format!("{path}: {error}"))
    };
    write(
        "bundle.config.json",
        r#"{ "areas": { "cart": "cart.js", "list": "list.js" }, "splitting": { "minSize": 0 } }"#,
    )?;
    write(
        "cart.js",
        "import { a } from \"./shared\";\nimport \"./style.scss\";\nconsole.log(a(1));\n",
    )?;
    write("list.js", "import { a } from \"./shared\";\nconsole.log(a(2));\n")?;
    write("shared.js", "export function a(x) { return x * Math.random(); }\n")?;
    write("style.scss", "@use \"part\";\n.main { color: red }\n")?;
    write("_part.scss", ".part { color: blue; background: green; margin: 1px; padding: 2px }\n")?;
    let shows = [
        // The mode, and how many files there are.
        ">production, minified: 4 files, ",
        // What the page without a stylesheet loads: nothing of styles, and as much in all as in scripts.
        "<td class=\"name\">list</td>",
        "<td class=\"soft files\">dist/chunks/shared~cart+list.js, dist/cart.js, \
         dist/cart.css</td>",
        // The pages that load a script that several need.
        "dist/chunks/shared~cart+list.js</button></td><td class=\"files\">cart, list</td>",
        "dist/cart.css</button></td><td class=\"files\">cart</td>",
        // Partials with their parts of the stylesheet.
        "title=\"_part.scss, 57 B\"",
        "title=\"style.scss, 16 B\"",
    ];
    let page = opened(&folder, &["#search<-scss", "#by-output"], &shows)?;
    totals(&page.body)?;
    work::remove(&folder);
    Ok(())
}

/// The row of the page with a stylesheet sums up its columns, and the other page is smaller.
fn totals(body: &str) -> Result<(), String> {
    let row = |name: &str| {
        let (_, rest) = body.split_once(&format!("<td class=\"name\">{name}</td>"))?;
        let cells = rest
            .split("</td>")
            .take(3)
            .map(|cell| cell.rsplit('>').next().unwrap_or_default().to_owned());
        Some(cells.collect::<Vec<String>>())
    };
    let (Some(cart), Some(list)) = (row("cart"), row("list")) else {
        return Err("a page has no row".to_owned());
    };
    if !cart[1].starts_with("74 B (")
        || !list[1].is_empty()
        || list[0] != list[2]
        || cart[0] == cart[2]
    {
        return Err(format!("the columns are {cart:?} and {list:?}"));
    }
    let at = |name: &str| body.find(&format!("<td class=\"name\">{name}</td>"));
    if at("cart") < at("list") {
        Ok(())
    } else {
        Err("the largest page is not the first".to_owned())
    }
}
