//! The pages on which components are shown: a folder with the runtime, the driver's scripts and all
//! cases as one script.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::components::{Built, Case, Form, Seen};
use super::{engines, work};

/// A browser with a runtime and one form of every case.
pub struct Page {
    pub name: &'static str,
    pub engine: &'static str,
    /// The runtime's version, as cases name it.
    pub vue: &'static str,
    pub form: Form,
}

impl Page {
    /// The one that `expected.html` is written from.
    pub fn is_first(&self) -> bool {
        self.name == ALL[0].name
    }
}

/// Every page.
pub const ALL: [Page; 6] = [
    Page { name: "chromium", engine: "chromium", vue: "2.7", form: Form::Plain },
    Page { name: "phantomjs", engine: "phantomjs", vue: "2.7", form: Form::Plain },
    Page { name: "chromium, minified", engine: "chromium", vue: "2.7", form: Form::Minified },
    Page { name: "chromium, registry", engine: "chromium", vue: "2.7", form: Form::Registry },
    Page { name: "chromium, esnext", engine: "chromium", vue: "2.7", form: Form::Modern },
    Page { name: "chromium, Vue 2.6", engine: "chromium", vue: "2.6", form: Form::Plain },
];

/// The fields of a case that components.js reads.
#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    script: &'a str,
    style: Option<&'a str>,
    check: Option<&'a str>,
}

/// What a page saw of each case, by its name.
pub type SeenByCase = HashMap<String, Result<Seen, String>>;

/// What the page shows of each case. A case that stops the page must not affect the others: if the
/// page stops, each half of the cases is shown separately.
pub fn show(page: &Page, cases: &[(&Case, &Built)]) -> SeenByCase {
    match (open(page, cases), cases) {
        (Ok(seen), _) => seen.into_iter().map(|(name, seen)| (name, Ok(seen))).collect(),
        (Err(_), []) => HashMap::new(),
        (Err(text), [(case, _)]) => HashMap::from([(case.name.clone(), Err(text))]),
        (Err(_), _) => {
            let (left, right) = cases.split_at(cases.len() / 2);
            show(page, left).into_iter().chain(show(page, right)).collect()
        }
    }
}

fn open(page: &Page, cases: &[(&Case, &Built)]) -> Result<HashMap<String, Seen>, String> {
    let folder = work::fresh_directory("components")?;
    lay_out(page, cases, &folder)?;
    let url = format!("file://{}", folder.join("index.html").display());
    let seen = if page.engine == "phantomjs" {
        engines::phantom(&url, &[])?
    } else {
        engines::chromium(&url, &[])?
    };
    let results = seen
        .body
        .split_once("<pre id=\"results\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"));
    let (json, _) =
        results.ok_or_else(|| format!("the page does not end:\n{}", seen.errors.join("\n")))?;
    let results = serde_json::from_str(json).map_err(|error| format!("{error}: {json}"))?;
    work::remove(&folder);
    Ok(results)
}

fn lay_out(page: &Page, cases: &[(&Case, &Built)], folder: &Path) -> Result<(), String> {
    let package = if page.vue == "2.7" { "vue" } else { "vue-2.6" };
    let runtime = work::root().join("tests/node_modules").join(package).join("dist/vue.js");
    let mut files = vec![(runtime, "vue.js")];
    files.extend(["prelude.js", "dom.js", "components.js"].map(|name| (work::support(name), name)));
    for (from, name) in &files {
        fs::copy(from, folder.join(name))
            .map_err(|error| format!("{}: {error}", from.display()))?;
    }
    let entries = cases.iter().map(|(case, built)| Entry {
        name: &case.name,
        script: &built.script,
        style: built.style.as_deref(),
        check: case.check.as_deref(),
    });
    let json =
        serde_json::to_string(&entries.collect::<Vec<_>>()).map_err(|error| error.to_string())?;
    // Both are line breaks in the strings of ES5, and none in those of JSON.
    let json = json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let names = files.iter().map(|(_, name)| *name).collect::<Vec<_>>();
    let order = [names[0], "cases.js", names[1], names[2], names[3]];
    let scripts = order.map(|name| format!("<script src=\"{name}\"></script>\n")).concat();
    let page = format!(
        "<!doctype html>\n<meta \
         charset=\"utf-8\">\n<title>components</title>\n<body>\n{scripts}</body>\n"
    );
    let written = fs::write(folder.join("cases.js"), format!("var cases = {json};\n"));
    written
        .and_then(|()| fs::write(folder.join("index.html"), page))
        .map_err(|error| error.to_string())
}
