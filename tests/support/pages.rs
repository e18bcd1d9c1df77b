//! Classic scripts that split, on real pages in real browsers: `fixtures/splitting/_pages` has the
//! sources, and pages that include their scripts in several orders, with `async` and `defer`.

use std::path::{Path, PathBuf};

use super::engines::{self, Page};
use super::examples::Server;
use super::{builds, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("pages::chromium", chromium),
        ("pages::phantomjs", phantom),
        ("pages::scripts-that-are-cut-or-no-scripts", spoilt),
        ("pages::scripts-of-two-builds", mixed),
        ("pages::sheets-of-what-is-loaded-later", stylesheets),
        ("pages::styles-in-scripts", injected),
        ("pages::public-path-that-a-module-sets", public_path),
        ("pages::names-with-hashes", hashed),
        ("pages::scripts-that-a-page-leaves-out", incomplete),
    ]
}

/// Page by page, what it shows before anything is clicked.
const SHOWN: [(&str, &str); 4] = [
    ("defer", "shared; b 10; a 11; "),
    ("async", "shared; a 1; "),
    ("sync-chunk-first", "shared; a 1; b 11; "),
    ("sync-chunk-last", "shared; b 10; a 11; "),
];

fn built() -> Result<PathBuf, String> {
    let copy = work::fresh_directory("pages")?;
    tree::copy(&work::root().join("fixtures/splitting/_pages"), &copy)?;
    build(&copy)?;
    Ok(copy)
}

fn build(copy: &Path) -> Result<(), String> {
    let arguments =
        ["src/a.js", "src/b.js", "--splitting", "--out-dir", "scripts"].map(str::to_owned);
    builds::bundle_or_fail(copy, &arguments).map(drop)
}

fn chromium() -> Result<(), String> {
    let copy = built()?;
    let server = Server::start(&copy, &[])?;
    for (name, shown) in SHOWN {
        let url = server.url(&format!("pages/{name}.html"));
        expect(name, &engines::chromium(&url, &[])?, shown)?;
        let total = if shown.contains("b 10") || shown.contains("b 11") { 11 } else { 1 };
        let loaded = format!("{shown}later, styled 7px; shown {total}; ");
        expect(name, &engines::chromium(&url, &["#go"])?, &loaded)?;
    }
    let lost = engines::chromium(&server.url("pages/lost-chunk.html"), &["#go"])?;
    let said = |file: &str| {
        format!("shared; a 1; {file} could not be loaded: /nowhere/{file} cannot be had; ")
    };
    // The script or its stylesheet, whichever fails first. The browser itself reports the requests that
    // failed.
    let lost = Page { errors: Vec::new(), ..lost };
    expect("lost-chunk", &lost, &said("chunks/later.js"))
        .or_else(|_| expect("lost-chunk", &lost, &said("chunks/later.css")))?;
    drop(server);
    work::remove(&copy);
    Ok(())
}

/// An ES5 browser without `Promise`: everything but `import()` works, and that says what is
/// missing.
fn phantom() -> Result<(), String> {
    let copy = built()?;
    let server = Server::start(&copy, &[])?;
    for (name, shown) in SHOWN {
        expect(name, &engines::phantom(&server.url(&format!("pages/{name}.html")), &[])?, shown)?;
    }
    let page = engines::phantom(&server.url("pages/defer.html"), &["#go"])?;
    if !page.errors.iter().any(|error| error.contains("import() in a.js needs Promise")) {
        return Err(format!(
            "without Promise, import() does not say so: {}",
            page.errors.join("\n")
        ));
    }
    drop(server);
    work::remove(&copy);
    Ok(())
}

/// The stylesheet of what `import()` asks for is not there: the promise is rejected with its address.
/// Where the page has the stylesheet already, nobody asks for it.
fn stylesheets() -> Result<(), String> {
    let copy = built()?;
    let defer = copy.join("pages/defer.html");
    let text = std::fs::read_to_string(&defer).map_err(|error| error.to_string())?;
    let link = "<link rel=\"stylesheet\" href=\"../scripts/chunks/later.css\">";
    std::fs::write(
        copy.join("pages/linked.html"),
        text.replacen("<body>", &format!("{link}\n<body>"), 1),
    )
    .map_err(|error| error.to_string())?;
    let server = Server::start(&copy, &[])?;
    let shown = "shared; b 10; a 11; later, styled 7px; shown 11; ";
    let page = engines::chromium(&server.url("pages/linked.html"), &["#go"])?;
    expect("linked", &page, shown)?;
    std::fs::remove_file(copy.join("scripts/chunks/later.css"))
        .map_err(|error| error.to_string())?;
    let address = server.url("scripts/chunks/later.css");
    let said = format!(
        "shared; b 10; a 11; chunks/later.css could not be loaded: {address} cannot be had; "
    );
    let page = engines::chromium(&server.url("pages/defer.html"), &["#go"])?;
    expect("defer", &Page { errors: Vec::new(), ..page }, &said)?;
    drop(server);
    work::remove(&copy);
    Ok(())
}

/// The same pages with the names that the manifest gives: scripts that name each other, and what
/// they load, know the new ones.
fn hashed() -> Result<(), String> {
    let copy = work::fresh_directory("pages")?;
    tree::copy(&work::root().join("fixtures/splitting/_pages"), &copy)?;
    let wrong = |error: std::io::Error| error.to_string();
    let config = r#"{ "root": "src", "areas": { "a": { "entry": "a.js" }, "b": { "entry": "b.js" } }, "outDir": "scripts", "splitting": true,
        "hash": true, "manifest": ["mix", "entrypoints"], "sourcemap": "inline" }"#;
    std::fs::write(copy.join("bundle.config.json"), config).map_err(wrong)?;
    builds::bundle_or_fail(&copy, &["--minify".to_owned()])?;
    let manifest =
        std::fs::read_to_string(copy.join("scripts/mix-manifest.json")).map_err(wrong)?;
    let names: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&manifest).map_err(|error| error.to_string())?;
    let server = Server::start(&copy, &[])?;
    for (page, shown) in SHOWN {
        let path = copy.join(format!("pages/{page}.html"));
        let mut html = std::fs::read_to_string(&path).map_err(wrong)?;
        for (name, hashed) in &names {
            let in_folder = format!("scripts{}", hashed.as_str().unwrap_or_default());
            html = html.replace(&format!("scripts{name}\""), &format!("{in_folder}\""));
        }
        std::fs::write(&path, html).map_err(wrong)?;
        let total = if shown.contains("b 10") || shown.contains("b 11") { 11 } else { 1 };
        let loaded = format!("{shown}later, styled 7px; shown {total}; ");
        expect(
            page,
            &engines::chromium(&server.url(&format!("pages/{page}.html")), &["#go"])?,
            &loaded,
        )?;
    }
    drop(server);
    work::remove(&copy);
    Ok(())
}

/// Scripts that put their styles into the page: no stylesheet is written, and none is asked for. What
/// entries share may be styles alone. Without `publicPath`, scripts find their images themselves.
fn injected() -> Result<(), String> {
    let copy = work::fresh_directory("pages")?;
    tree::copy(&work::root().join("fixtures/splitting/_pages"), &copy)?;
    let put = |path: &str, text: &str| {
        std::fs::write(copy.join(path), text).map_err(|error| error.to_string())
    };
    let read =
        |path: &str| std::fs::read_to_string(copy.join(path)).map_err(|error| error.to_string());
    put("src/b.css", "#go { outline: 3px dotted red; background: url(dot.svg?url) }\n")?;
    put("src/both.css", "#go { margin-left: 19px }\n")?;
    put("src/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n")?;
    let styled = "const styles = \
                  getComputedStyle(document.getElementById(\"go\"));\nlog(styles.backgroundImage + \
                  styles.marginLeft);\n";
    put("src/a.js", &format!("import \"./both.css\";\n{}", read("src/a.js")?))?;
    put(
        "src/b.js",
        &format!("import \"./both.css\";\nimport \"./b.css\";\n{styled}{}", read("src/b.js")?),
    )?;
    let page = read("pages/defer.html")?;
    let tag = page
        .lines()
        .find(|line| line.contains("shared~a+b+later.js"))
        .ok_or("the page has no shared script")?;
    put("pages/defer.html", &page.replace(tag, &format!("{tag}\n{}", tag.replace("+later", ""))))?;
    for options in [
        r#""publicPath": "/scripts", "minify": false"#,
        r#""publicPath": "/scripts", "minify": true"#,
        r#""minify": false"#,
        r#""minify": true"#,
    ] {
        let config = format!(
            r#"{{ "root": "src", "areas": {{ "a": "a.js", "b": "b.js" }}, "outDir": "scripts", "splitting": true,
                "styles": "inject", {options} }}"#
        );
        put("bundle.config.json", &config)?;
        builds::bundle_or_fail(&copy, &[])?;
        if copy.join("scripts/b.css").exists() || copy.join("scripts/chunks/later.css").exists() {
            return Err("a sheet is written".to_owned());
        }
        let server = Server::start(&copy, &[])?;
        let address = server.url("scripts/assets/dot-");
        let page = engines::chromium(&server.url("pages/defer.html"), &["#go"])?;
        let is_shown = |text: &str| page.body.contains(text);
        if !page.errors.is_empty()
            || !is_shown("later, styled 7px")
            || !is_shown(&address)
            || !is_shown(")19px; ")
        {
            return Err(format!(
                "{options}: {address} is not in\n{}\n{}",
                page.body,
                page.errors.join("\n")
            ));
        }
        let page = engines::phantom(&server.url("pages/defer.html"), &[])?;
        if !page.errors.is_empty() || !page.body.contains(&address) {
            return Err(format!("{options}: PhantomJS shows\n{}", page.body));
        }
    }
    work::remove(&copy);
    Ok(())
}

/// A script sets `__webpack_public_path__`, although another address is configured: everything that
/// is loaded afterwards comes from there, and so do the images of styles that are on the page
/// already.
fn public_path() -> Result<(), String> {
    let copy = work::fresh_directory("pages")?;
    tree::copy(&work::root().join("fixtures/splitting/_pages"), &copy)?;
    let change = |path: &str, change: &dyn Fn(String) -> String| {
        let text = std::fs::read_to_string(copy.join(path)).unwrap_or_default();
        std::fs::write(copy.join(path), change(text)).map_err(|error| error.to_string())
    };
    let shown = |id: &str| {
        format!("log(getComputedStyle(document.getElementById(\"{id}\")).backgroundImage);\n")
    };
    let base = "__webpack_public_path__ = window.appRoot + \"scripts/\";\n";
    change("src/base.js", &|_| base.to_owned())?;
    change("src/b.css", &|_| "#go { background: url(b.svg?url) }\n".to_owned())?;
    change("src/b.svg", &|_| "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n".to_owned())?;
    change("src/later.svg", &|_| {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"l\"/>\n".to_owned()
    })?;
    change("src/later.css", &|css| css + "#log { background: url(later.svg?url) }\n")?;
    change("src/later.js", &|script| script + &shown("log"))?;
    let first = "import \"./base.js\";\nimport \"./b.css\";\n";
    change("src/b.js", &|script| format!("{first}{script}{}", shown("go")))?;
    let said = "<script>appRoot = \"/\";</script>\n<script defer";
    change("pages/defer.html", &|page| page.replacen("<script defer", said, 1))?;
    for options in [r#""minify": false"#, r#""minify": true"#, r#""modules": "registry""#] {
        let config = format!(
            r#"{{ "root": "src", "areas": {{ "a": "a.js", "b": "b.js" }}, "outDir": "scripts", "splitting": true,
                "styles": "inject", "publicPath": "/elsewhere", {options} }}"#
        );
        change("bundle.config.json", &|_| config.clone())?;
        builds::bundle_or_fail(&copy, &[])?;
        let server = Server::start(&copy, &[])?;
        let url = server.url("pages/defer.html");
        let images = ["b", "later"].map(|name| server.url(&format!("scripts/assets/{name}-")));
        let whole = (engines::chromium(&url, &["#go"])?, &images[..]);
        let first = (engines::phantom(&url, &[])?, &images[..1]);
        for (page, images) in [whole, first] {
            // A browser may show the page before the script that sets the address runs, which waits
            // for another one.
            let is_early = |error: &String| error.contains("/elsewhere/assets/b-");
            let is_whole = images.iter().all(|image| page.body.contains(image));
            if !is_whole || !page.errors.iter().all(is_early) {
                let errors = page.errors.join("\n");
                return Err(format!("{options}: {images:?} are not in\n{}\n{errors}", page.body));
            }
        }
    }
    work::remove(&copy);
    Ok(())
}

/// What `import()` asks for comes, but is cut off, or is the server's page about an error: the
/// promise is rejected with the address. The browser itself reports that it cannot read it.
fn spoilt() -> Result<(), String> {
    let copy = built()?;
    let server = Server::start(&copy, &[])?;
    let later = copy.join("scripts/chunks/later.js");
    let whole = std::fs::read(&later).map_err(|error| error.to_string())?;
    let address = server.url("scripts/chunks/later.js");
    let said = format!(
        "shared; b 10; a 11; chunks/later.js could not be loaded: {address} is not the script that \
         it should be: it is cut off, or another file; "
    );
    for text in [&whole[..whole.len() / 2], b"<!doctype html>\n<h1>404 Page Not Found</h1>\n", b""]
    {
        std::fs::write(&later, text).map_err(|error| error.to_string())?;
        let page = engines::chromium(&server.url("pages/defer.html"), &["#go"])?;
        expect("defer", &Page { errors: Vec::new(), ..page }, &said)?;
    }
    drop(server);
    work::remove(&copy);
    Ok(())
}

/// The shared script of another build, which exports other names: each script that needs it reports
/// the error with both names, and does not run.
fn mixed() -> Result<(), String> {
    let copy = built()?;
    let shared = "scripts/chunks/shared~a+b+later.js";
    let before = std::fs::read(copy.join(shared)).map_err(|error| error.to_string())?;
    let source = copy.join("src/shared.js");
    let text = std::fs::read_to_string(&source).map_err(|error| error.to_string())?;
    std::fs::write(
        &source,
        text.replace("add(by)", "increase(by)") + "export { increase as add };\n",
    )
    .map_err(|error| error.to_string())?;
    build(&copy)?;
    std::fs::write(copy.join(shared), before).map_err(|error| error.to_string())?;
    let server = Server::start(&copy, &[])?;
    let url = server.url("pages/defer.html");
    let page = engines::chromium(&url, &[])?;
    for script in ["a.js", "b.js"] {
        let said = format!(
            "{script} was built together with another version of chunks/shared~a+b+later.js"
        );
        if !page.errors.iter().any(|error| error.contains(&said)) {
            return Err(format!("nobody says that {said}:\n{}", page.errors.join("\n")));
        }
    }
    expect("defer", &Page { errors: Vec::new(), ..page }, "")?;
    // PhantomJS does not report errors in timers, where entries report theirs.
    expect("defer", &engines::phantom(&url, &[])?, "")?;
    drop(server);
    work::remove(&copy);
    Ok(())
}

/// A page that includes entries without what they need would be blank, and its console empty. In
/// both modes, and nothing is said where scripts are only late.
fn incomplete() -> Result<(), String> {
    for mode in ["production", "development"] {
        let copy = work::fresh_directory("pages")?;
        tree::copy(&work::root().join("fixtures/splitting/_pages"), &copy)?;
        let arguments =
            ["src/a.js", "src/b.js", "--splitting", "--out-dir", "scripts", "--mode", mode];
        builds::bundle_or_fail(&copy, &arguments.map(str::to_owned)).map(drop)?;
        let server = Server::start(&copy, &[])?;
        for open in [engines::chromium, engines::phantom] {
            let page = open(&server.url("pages/incomplete.html"), &[])?;
            for file in ["a.js", "b.js"] {
                let said = format!(
                    "{file} has not run: the page has no script tag for chunks/shared~a+b+later.js"
                );
                let count = page.errors.iter().filter(|error| error.contains(&said)).count();
                if count != 1 || page.errors.len() != 2 {
                    return Err(format!("{mode}: the console has\n{}", page.errors.join("\n")));
                }
            }
            expect("incomplete", &Page { errors: Vec::new(), ..page }, "")?;
            expect(
                "added-later",
                &open(&server.url("pages/added-later.html"), &[])?,
                "shared; a 1; b 11; ",
            )?;
        }
        drop(server);
        work::remove(&copy);
    }
    Ok(())
}

fn expect(name: &str, page: &Page, shown: &str) -> Result<(), String> {
    if !page.errors.is_empty() {
        return Err(format!("{name} complains:\n{}", page.errors.join("\n")));
    }
    let paragraph = format!("<p id=\"log\">{shown}</p>");
    if page.body.contains(&paragraph) {
        Ok(())
    } else {
        Err(format!("{name} does not show {shown:?}:\n{}", page.body))
    }
}
