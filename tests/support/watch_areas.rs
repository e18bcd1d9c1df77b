//! The files that an edit writes: twenty edits of the Laravel-shaped example while it is watched.
//! Each may write the files of its area and no others, which the modification times show.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::watching::{Watching, outputs};
use super::{tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![("edits-write-the-files-of-their-area", edits_write_their_area)]
}

/// An edit: of a file in `resources/assets`, the text before and after (nothing before: the text is
/// added at the end), and the files below `public/scripts` that it writes, without their maps.
type Edit = (&'static str, &'static str, &'static str, &'static [&'static str]);

const EVENTS: &str = "chunks/shared~events-summer-sale+events-winter.js";

const EDITS: &[Edit] = &[
    // The events area: one event, the other, and what both share.
    ("js/events/winter/index.js", "Warm things", "Wool", &["events/winter.js"]),
    (
        "js/events/summer-sale/index.js",
        "",
        "document.title = 'Sale';\n",
        &["events/summer-sale.js"],
    ),
    ("js/events/days-left.js", "only today", "last day", &[EVENTS]),
    ("js/events/days-left.js", "", "export const late = 1;\n", &[EVENTS]),
    // An import of another shared area changes the event alone.
    (
        "js/events/winter/index.js",
        "import { find } from \"@/utils\";",
        "import { find, money } from \"@/utils\";\ndocument.title = money.format(1000);",
        &["events/winter.js"],
    ),
    // The shared areas are scripts of their own: who uses them is not written again.
    (
        "js/utils/dom.js",
        "within.querySelector(",
        "(within || document).querySelector(",
        &["utils.js"],
    ),
    ("js/utils/money.js", "\",\"", "\".\"", &["utils.js"]),
    ("js/utils/index.js", "", "export const version = 2;\n", &["utils.js"]),
    ("js/libraries/countdown.js", "", "window.countdowns = 1;\n", &["libraries.js"]),
    ("js/services/basket.js", "", "window.baskets = 1;\n", &["services.js"]),
    ("js/common/index.js", "", "window.common = 1;\n", &["common.js"]),
    ("js/auth/rules.js", "", "window.rules = 1;\n", &["auth.js"]),
    // Components: their scripts, and their styles.
    ("js/trade/buy/BuyScreen.vue", "in the basket", "in your basket", &["trade/buy.js"]),
    (
        "js/trade/buy/ProductCard.vue",
        "</style>",
        ".new { color: red }\n</style>",
        &["trade/buy.css"],
    ),
    (
        "js/trade/sell/SellForm.vue",
        "</style>",
        ".new { color: red }\n</style>",
        &["trade/sell.css"],
    ),
    // Stylesheets: of an area, and a partial that is only in one of them.
    ("sass/events/_banner.scss", "height: 96px", "height: 97px", &["sass/events.css"]),
    ("sass/events.scss", "", ".new { color: red }\n", &["sass/events.css"]),
    ("sass/components/_price.scss", "", ".new { color: red }\n", &["sass/app.css"]),
    ("sass/settings/_fonts.scss", "", ".letters { color: red }\n", &["sass/app.css"]),
    // Nothing that is in an output.
    ("js/events/winter/index.js", "", "// the end\n", &[]),
];

fn edits_write_their_area() -> Result<(), String> {
    let fresh = work::fresh_directory("areas")?;
    let project = fresh.join("project");
    tree::copy(&work::root().join("fixtures/examples/laravel-market"), &project)?;
    let scripts = project.join("public/scripts");
    // A developer may have built it by hand.
    if scripts.exists() {
        tree::remove(&scripts)?;
    }
    let (mut watching, _) = Watching::start(&project)?;
    for (number, &(name, before, after, expected)) in EDITS.iter().enumerate() {
        let earlier = outputs(&scripts)?;
        let name = format!("resources/assets/{name}");
        let text = edited(&project.join(&name), before, after)?;
        let settled = watching.fence(&name, &text)?;
        let now = outputs(&scripts)?;
        let written: BTreeSet<&str> = now
            .iter()
            .filter(|(file, output)| earlier.get(*file) != Some(*output))
            .map(|(file, _)| file.trim_end_matches(".map"))
            .collect();
        let expected: BTreeSet<&str> = expected.iter().copied().collect();
        if !settled.is_built || written != expected {
            return Err(format!("edit {number}, of {name}, writes {written:?}: {settled:#?}"));
        }
    }
    drop(watching);
    work::remove(&fresh);
    Ok(())
}

fn edited(file: &Path, before: &str, after: &str) -> Result<String, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    if before.is_empty() {
        return Ok(text + after);
    }
    if text.contains(before) {
        Ok(text.replacen(before, after, 1))
    } else {
        Err(format!("{} does not contain {before}", file.display()))
    }
}
