//! A stylesheet with more selectors than Internet Explorer 9 reads: it is written in parts, and
//! Chromium computes the same styles as for the stylesheet in one piece.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::engines;
use super::examples::Server;
use super::{builds, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![("styles::ten-thousand-selectors", ten_thousand)]
}

const SELECTORS: usize = 10_000;
/// Elements that are looked at.
const ELEMENTS: usize = 300;
/// How many selectors of a stylesheet Internet Explorer 9 reads.
const MOST: usize = 4095;

fn ten_thousand() -> Result<(), String> {
    let folder = work::fresh_directory("big-sheets")?;
    let write = |name: &str, text: &str| {
        fs::write(folder.join(name), text).map_err(|error| error.to_string())
    };
    write("main.js", "import \"./main.css\";\n")?;
    write("main.css", &stylesheet())?;
    for (out, target) in [("split", "ie 9"), ("whole", "ie 10")] {
        for (form, minify) in [("plain", &[][..]), ("small", &["--minify"][..])] {
            let out = format!("{out}-{form}");
            let fixed = ["main.js", "--out-dir", &out, "--target", target];
            let arguments: Vec<String> =
                fixed.iter().chain(minify).map(|argument| (*argument).to_owned()).collect();
            builds::bundle_or_fail(&folder, &arguments)?;
            write(&format!("{out}.html"), &page(&out))?;
        }
    }
    let server = Server::start(&folder, &[])?;
    let shown = |page: &str| -> Result<(String, Vec<usize>), String> {
        let page = engines::chromium(&server.url(&format!("{page}.html")), &[])?;
        let text = page.preformatted()?;
        let (styles, counts) = text.split_once('|').ok_or("the page tells no counts")?;
        Ok((styles.to_owned(), counts.split(',').filter_map(|count| count.parse().ok()).collect()))
    };
    for form in ["plain", "small"] {
        let (split, counts) = shown(&format!("split-{form}"))?;
        let (whole, of_whole) = shown(&format!("whole-{form}"))?;
        if split != whole || !split.contains("9999px") {
            return Err(format!(
                "{form}: the parts of the sheet style\n{split}\nand the whole\n{whole}"
            ));
        }
        if of_whole != [SELECTORS]
            || counts.iter().sum::<usize>() != SELECTORS
            || counts.iter().any(|count| *count > MOST)
        {
            return Err(format!(
                "{form}: the parts have {counts:?} selectors, the whole {of_whole:?}"
            ));
        }
    }
    drop(server);
    work::remove(Path::new(&folder));
    Ok(())
}

/// Later rules win over earlier ones; some stand in conditions, and one has more selectors than a
/// stylesheet may have.
fn stylesheet() -> String {
    let mut text = String::new();
    let many = 4500;
    for number in 0..many {
        let _ = write!(text, "{}.m{number}", if number == 0 { "" } else { "," });
    }
    text.push_str(" { outline-offset: 1px; }\n");
    for number in many..SELECTORS {
        let element = number % ELEMENTS;
        let rule = format!(".e{element}:not(.x{number}) {{ outline-offset: {number}px; }}\n");
        match number % 7 {
            0 => drop(writeln!(text, "@media screen {{ {rule} }}")),
            1 => drop(writeln!(text, "@media print {{ {rule} }}")),
            _ => text.push_str(&rule),
        }
    }
    text
}

/// A page that shows what its elements have, and how many selectors each stylesheet has.
fn page(out: &str) -> String {
    let elements = (0..ELEMENTS).fold(String::new(), |mut text, number| {
        let _ = write!(text, "<i class=\"e{number} m{}\"></i>", number * 7);
        text
    });
    format!(
        r#"<!doctype html>
<meta charset="utf-8">
<title>{out}</title>
<link rel="stylesheet" href="{out}/main.css">
<body>{elements}
<script>
  onload = function () {{
    var styles = [].map.call(document.querySelectorAll("i"), function (element) {{
      return getComputedStyle(element).outlineOffset;
    }});
    var counts = [];
    function count(rules) {{
      return [].reduce.call(rules, function (sum, rule) {{
        if (rule.styleSheet) sheet(rule.styleSheet);
        return sum + (rule.selectorText ? rule.selectorText.split(",").length : rule.cssRules ? count(rule.cssRules) : 0);
      }}, 0);
    }}
    function sheet(each) {{
      counts.push(count(each.cssRules));
    }}
    sheet(document.styleSheets[0]);
    var shown = document.createElement("pre");
    shown.textContent = styles.join(" ") + "|" + counts.join(",");
    document.body.appendChild(shown);
  }};
</script>
</body>
"#
    )
}
