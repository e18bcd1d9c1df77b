//! Styles in scripts: a statement at the start of a script puts its stylesheets into the page, so
//! that they are applied when the modules run.

use std::ops::Range;

use super::{client, writer::Writer};
use crate::text;

impl Writer<'_, '_> {
    /// Writes the statement. Returns where the array of stylesheets is in the text.
    pub(super) fn injected(&mut self, stylesheets: &[String]) -> Range<usize> {
        let stylesheets: Vec<String> =
            stylesheets.iter().map(|stylesheet| text::string(stylesheet)).collect();
        let array = format!("[{}]", stylesheets.join(", "));
        let config = self.scope.config;
        let owner = || format!("{}:{}", client::key(config), self.scope.chunk.files.script);
        let owner = config.output.is_hot().then(owner);
        self.lines.lines(&statement(&array, owner.as_deref()));
        let start = self.lines.text.rfind(&array).expect("the statement contains the array");
        start..start + array.len()
    }
}

/// Returns the statement, line by line. It is ECMAScript 5, and does nothing outside a page.
/// `owner` marks the elements for the client of hot updates, which exchanges their text.
fn statement(array: &str, owner: Option<&str>) -> Vec<String> {
    let (parameter, mark, argument) = match owner {
        Some(owner) => (
            ", owner",
            "\n    style.bundle_dev_owner = owner;",
            format!(", {}", text::string(owner)),
        ),
        None => ("", "", String::new()),
    };
    let statement = format!(
        "\
(function (sheets{parameter}) {{
  var script, nonce;
  if (typeof document !== \"object\" || !document) return;
  script = document.currentScript;
  nonce = script && script.getAttribute && (script.nonce || script.getAttribute(\"nonce\"));
  sheets.forEach(function (sheet) {{
    var style = document.createElement(\"style\");
    if (nonce) style.setAttribute(\"nonce\", nonce);{mark}
    style.appendChild(document.createTextNode(sheet));
    (document.head || document.getElementsByTagName(\"head\")[0] || \
    document.documentElement).appendChild(style);
  }});"
    );
    let mut lines: Vec<String> = statement.lines().map(str::to_owned).collect();
    lines.push(format!("}})({array}{argument});"));
    lines
}
