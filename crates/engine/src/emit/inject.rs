//! Styles in scripts: a statement at the start of a script puts its stylesheets into the page, so
//! that they are applied when the modules run.

use crate::text;

/// Returns the statement, line by line. It is ECMAScript 5, and does nothing outside a page.
pub(super) fn statement(stylesheets: &[String]) -> Vec<String> {
    let function = "\
(function (sheets) {
  var script, nonce;
  if (typeof document !== \"object\" || !document) return;
  script = document.currentScript;
  nonce = script && script.getAttribute && (script.nonce || script.getAttribute(\"nonce\"));
  sheets.forEach(function (sheet) {
    var style = document.createElement(\"style\");
    if (nonce) style.setAttribute(\"nonce\", nonce);
    style.appendChild(document.createTextNode(sheet));
    (document.head || document.getElementsByTagName(\"head\")[0] || \
    document.documentElement).appendChild(style);
  });";
    let stylesheets: Vec<String> =
        stylesheets.iter().map(|stylesheet| text::string(stylesheet)).collect();
    let mut lines: Vec<String> = function.lines().map(str::to_owned).collect();
    lines.push(format!("}})([{}]);", stylesheets.join(", ")));
    lines
}
