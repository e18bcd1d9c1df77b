//! Styles in scripts: a statement at the start of a script puts its stylesheets into the page, so
//! that they are applied when the modules run.

use bundle_base::{asset::encoded, config::Format, mapped_text::MappedText};
use bundle_graph::chunk::specifier_from;
use bundle_js::runtime;

use super::{assets, chunks, client, glue::Scope, skeleton::InjectedStyles, writer::Writer};
use crate::{
    scan::Assets,
    text::{self, Lines},
};

/// The stylesheets that a script puts into the page.
#[derive(Default)]
pub(super) struct Injected {
    /// An expression for the text of each. It may call `address`, which gives a file of the output
    /// folder its address.
    sheets: Vec<String>,
    /// Whether one of them calls `address`.
    finds_files: bool,
}

impl Injected {
    /// Returns stylesheets in which the addresses of files are known. `address` maps a path in the
    /// output folder to an address.
    pub fn known(sheets: &[MappedText], address: impl Fn(&str) -> String, assets: &Assets) -> Self {
        let sheet = |sheet| text::string(assets::addressed(sheet, &address, assets).text());
        Self { sheets: sheets.iter().map(sheet).collect(), finds_files: false }
    }

    /// Returns stylesheets in which the script finds the addresses of files.
    pub fn at_run_time(sheets: &[MappedText], assets: &Assets) -> Self {
        let mut finds_files = false;
        let sheet = |sheet: &MappedText| {
            let (text, mut done, mut expression) = (sheet.text(), 0, String::new());
            for (place, hash) in assets::places(text) {
                let file = text::string(&encoded(&assets.get(hash).path));
                let before = text::string(&text[done..place.start]);
                expression.extend([&before, " + address(", &file, ") + "]);
                (done, finds_files) = (place.end, true);
            }
            expression + &text::string(&text[done..])
        };
        let sheets = sheets.iter().map(sheet).collect();
        Self { sheets, finds_files }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sheets.is_empty()
    }
}

impl Writer<'_, '_> {
    /// Writes the statement. Returns where the array of stylesheets is in the text.
    pub(super) fn injected(
        &mut self,
        Injected { sheets, finds_files }: &Injected,
    ) -> InjectedStyles {
        let mut array = Lines::new(self.scope.is_minified());
        array.line(&format!("[{}]", sheets.join(", ")));
        let array = array.text.trim_end().to_owned();
        let config = self.scope.config;
        let owner = || format!("{}:{}", client::key(config), self.scope.chunk.files.script);
        let owner = config.output.is_hot().then(owner);
        let lines = if *finds_files {
            let sheets = format!("function (address) {{ return {array}; }}");
            statement(&sheets, &around(self.scope, owner.is_some()), owner.as_deref())
        } else {
            statement(&array, &Around::default(), owner.as_deref())
        };
        self.lines.lines(&lines);
        let start = self.lines.text.rfind(&array).expect("the statement contains the array");
        let page = |owner| format!("this[{}]", text::string(owner));
        let address = owner.as_deref().filter(|_| *finds_files).map(page);
        InjectedStyles { array: start..start + array.len(), address }
    }
}

/// Lines of the statement before and after those that make the elements.
#[derive(Default)]
struct Around {
    before: Vec<String>,
    /// What else is done with an element, `style`.
    each: &'static str,
    after: Vec<String>,
}

/// Returns the statement, line by line. It is ECMAScript 5, and does nothing outside a page.
/// `owner` marks the elements for the client of hot updates, which exchanges their text.
fn statement(sheets: &str, around: &Around, owner: Option<&str>) -> Vec<String> {
    let (parameter, mark, argument) = match owner {
        Some(owner) => (
            ", owner",
            "\n    style.bundle_dev_owner = owner;",
            format!(", {}", text::string(owner)),
        ),
        None => ("", "", String::new()),
    };
    let open = format!(
        "\
(function (sheets{parameter}) {{
  var script, nonce;
  if (typeof document !== \"object\" || !document) return;
  script = document.currentScript;
  nonce = script && script.getAttribute && (script.nonce || script.getAttribute(\"nonce\"));"
    );
    let elements = format!(
        "  \
  sheets.forEach(function (sheet) {{
    var style = document.createElement(\"style\");
    if (nonce) style.setAttribute(\"nonce\", nonce);{mark}{}
    style.appendChild(document.createTextNode(sheet));
    (document.head || document.getElementsByTagName(\"head\")[0] || \
    document.documentElement).appendChild(style);
  }});",
        around.each
    );
    let mut lines: Vec<String> = open.lines().map(str::to_owned).collect();
    lines.extend_from_slice(&around.before);
    lines.extend(elements.lines().map(str::to_owned));
    lines.extend_from_slice(&around.after);
    lines.push(format!("}})({sheets}{argument});"));
    lines
}

/// Returns what a statement does more whose stylesheets call `address`. A module may set
/// `__webpack_public_path__` afterwards; elements whose text the client has exchanged keep it.
fn around(scope: &Scope<'_>, is_hot: bool) -> Around {
    const FOLLOW: &str = "\
public_path(NAME).followers.push(function () {
var before = sheets;
sheets = write(address);
sheets.forEach(function (sheet, number) {
if (styles[number].textContent === before[number]) styles[number].textContent = sheet;
});
});";
    let is_set_at_run_time = scope.modules_graph().public_path.is_some();
    let mut around = Around::default();
    // Must run while the script does.
    around.before.extend(match scope.format() {
        Format::Esm => None,
        Format::Iife | Format::Cjs => {
            Some(format!("var files = addresses({});", chunks::identity(scope)))
        }
    });
    around.before.extend(is_hot.then(|| "window[owner] = address;".to_owned()));
    if is_set_at_run_time {
        around.before.push("var write = sheets, styles = [];".to_owned());
        around.each = "\n    styles.push(style);";
        let follow = FOLLOW.replace("NAME", &text::string(&scope.config.name));
        around.after.extend(follow.lines().map(str::to_owned));
    }
    around.before.push("sheets = sheets(address);".to_owned());
    around.after.extend(address(scope, is_set_at_run_time));
    around
}

/// Returns the function `address`, line by line. It escapes what would end `url(…)`.
fn address(scope: &Scope<'_>, is_set_at_run_time: bool) -> Vec<String> {
    let (address, functions) = match scope.format() {
        Format::Esm => {
            let folder = text::string(&specifier_from(&scope.chunk.files.script, ""));
            (format!("new URL({folder} + file, import.meta.url).href"), "")
        }
        Format::Iife | Format::Cjs if is_set_at_run_time => {
            ("files.address(file)".to_owned(), runtime::addresses_by_public_path())
        }
        Format::Iife | Format::Cjs => ("files.address(file)".to_owned(), runtime::addresses()),
    };
    let own = [
        "function address(file) {".to_owned(),
        // Glue has quotes only around strings.
        format!("return {address}.replace(/[\\s\\x22\\x27()\\\\]/g, \"\\\\$&\");"),
        "}".to_owned(),
    ];
    own.into_iter().chain(functions.lines().map(|line| line.trim_start().to_owned())).collect()
}
