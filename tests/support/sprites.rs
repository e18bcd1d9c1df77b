//! SVGs that are symbols of a page, in Chromium: `<use>` shows them, from scripts in the head too.

use std::fs;

use super::engines;
use super::examples::Server;
use super::{builds, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![("assets::symbols-in-chromium", shown)]
}

const WAVE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><style>.line{fill:url(#paint)}</style>
<linearGradient id="paint"><stop stop-color="#f00"/></linearGradient><rect class="line" width="20" height="10"/></svg>"##;
const DOT: &str = r#"<svg viewBox="0 0 8 8" fill="blue"><style>.line{fill:green}</style><circle class="line" cx="4" cy="4" r="4"/></svg>"#;
const PAGE: &str = r##"<!doctype html><script src="head.js"></script><body>
<svg width="40" height="20"><use id="wave" xlink:href="#icon-wave"/></svg><svg width="8" height="8"><use id="dot" xlink:href="#icon-dot"/></svg>
<script src="body.js"></script><pre></pre><script>
addEventListener("load", function () {
  var wave = document.querySelector("#icon-wave rect"), dot = document.querySelector("#icon-dot circle");
  var box = document.getElementById("wave").getBBox();
  document.querySelector("pre").textContent = [
    document.querySelectorAll("#bundle-symbols").length,
    Array.prototype.map.call(document.querySelectorAll("symbol"), function (each) { return each.id; }).sort(),
    getComputedStyle(wave).fill, getComputedStyle(dot).fill, box.width > 0 && box.height > 0,
    document.getElementById("bundle-symbols").getBoundingClientRect().width
  ].join(" ");
});
</script>"##;

fn shown() -> Result<(), String> {
    let folder = work::fresh_directory("sprites")?;
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder"))
            .map_err(|error| error.to_string())?;
        fs::write(path, text).map_err(|error| error.to_string())
    };
    write("icons/wave.svg", WAVE)?;
    write("icons/dot.svg", DOT)?;
    write("head.js", "import \"./icons/*.svg?sprite\";\n")?;
    write("body.js", "import \"./icons/wave.svg?sprite\";\n")?;
    for minify in [&[][..], &["--minify"]] {
        let fixed = ["head.js", "body.js", "--out-dir", "out"];
        let arguments: Vec<String> =
            fixed.iter().chain(minify).map(|argument| (*argument).to_owned()).collect();
        builds::bundle_or_fail(&folder, &arguments)?;
        write("out/page.html", PAGE)?;
        let server = Server::start(&folder.join("out"), &[])?;
        let page = engines::chromium(&server.url("page.html"), &[])?;
        let text = page.preformatted()?;
        let expected = "1 icon-dot,icon-wave url(\"#icon-wave-paint\") rgb(0, 128, 0) true 0";
        if text.replace("&quot;", "\"") != expected || !page.errors.is_empty() {
            return Err(format!(
                "the page shows\n{text}\nand should show\n{expected}\n{}",
                page.errors.join("\n")
            ));
        }
    }
    work::remove(&folder);
    Ok(())
}
