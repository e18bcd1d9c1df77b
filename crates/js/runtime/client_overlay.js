// The errors of the last build over the page, for client.js. Everything is made with DOM calls and
// text nodes, never with markup, and works under a policy without inline styles.

// The errors of the last build, over the page. Once closed, the errors of the same build are not
// shown again. The findings of lint are not shown again while they stay the same, because every
// build reports them.
function make_overlay(name, safely) {
  var key = "bundle-dev:closed:" + name;
  var closed = stored(key);
  var on_key = safely(function (event) {
    if (event.keyCode !== 27) return;
    event.stopPropagation();
    close();
  });
  var host;
  var shown;
  var focused;
  return { show: show, hide: hide };

  function show(problems, build) {
    var what = problems.every(is_finding) ? JSON.stringify(problems) : build;
    if (!problems.length || what === closed) return hide();
    // The next poll comes soon: a page without a body, or one that drops the overlay, gets it then.
    if (!document.body || host && shown === what && document.body.contains(host)) return;
    hide();
    shown = what;
    focused = document.activeElement;
    host = element(document.body, "div", "all: initial; position: fixed; top: 0; left: 0; width: 100%; height: 100%; " +
      "z-index: 2147483647; overflow: auto; display: block; background: rgba(16, 18, 24, 0.7); text-align: left");
    host.id = "bundle-dev-overlay";
    draw(host.attachShadow ? host.attachShadow({ mode: "open" }) : host, name, problems, safely(close)).focus();
    document.addEventListener("keydown", on_key, true);
  }

  function close() {
    closed = shown;
    // The next page of the tab has the same findings. The names of builds repeat with other
    // watchers.
    if (closed.charAt(0) === "[") store(key, closed);
    hide();
  }

  function hide() {
    var had_focus = host && host.contains(document.activeElement);
    if (!host) return;
    document.removeEventListener("keydown", on_key, true);
    remove(host);
    host = null;
    if (had_focus && focused && focused.focus) focused.focus();
  }
}

// The dialog. Its colours are its own, for pages in light and dark alike.
function draw(root, name, problems, close) {
  var title = (problems.length === 1 ? "1 problem" : problems.length + " problems") + " in " + name;
  var panel = element(root, "div", "display: block; box-sizing: border-box; max-width: 960px; margin: 16px auto; " +
    "border-top: 4px solid #ff6b6b; padding: 0 16px 8px; background: #1c1e26; color: #e9eaf0; outline: none; " +
    "font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif; color-scheme: dark");
  var head = element(panel, "div", "display: block; position: sticky; top: 0; padding: 12px 0; background: #1c1e26");
  var button = element(head, "button", "float: right; margin: 0; padding: 4px 12px; border: 1px solid #8b90a5; " +
    "border-radius: 4px; background: #2c2f3b; color: #ffffff; font: inherit; cursor: pointer", "Close");
  element(head, "div", "display: block; padding: 4px 0; font-size: 16px; font-weight: 600; line-height: 20px", title);
  panel.setAttribute("role", "alertdialog");
  panel.setAttribute("aria-label", title);
  panel.setAttribute("tabindex", "-1");
  button.type = "button";
  button.onclick = close;
  problems.forEach(function (problem) {
    draw_problem(panel, problem);
  });
  return panel;
}

function is_finding(problem) {
  return problem.code === "lint";
}

function draw_problem(panel, problem) {
  var code_font = "font: 13px/1.5 ui-monospace, Consolas, Menlo, 'DejaVu Sans Mono', monospace; ";
  var box = element(panel, "div", "display: block; padding: 12px 0; border-top: 1px solid #3a3e4d; word-wrap: break-word");
  var at = [problem.file, problem.line, problem.column].filter(Boolean).join(":");
  var is_warning = problem.severity === "warning";
  var code = [is_warning && "warning", problem.code, problem.rule].filter(Boolean).join(" ");
  var line = element(box, "div", "display: block; " + code_font);
  if (at) element(line, "span", "color: #8ab4ff; margin-right: 12px", at);
  if (code) element(line, "span", is_warning ? "color: #ffd580" : "color: #ff9b9b", code);
  element(box, "div", "display: block; margin: 4px 0; font-weight: 600; white-space: pre-wrap", problem.message);
  if (problem.excerpt) {
    element(box, "pre", "display: block; margin: 8px 0; padding: 8px 12px; overflow: auto; white-space: pre; " +
      "background: #12131a; color: #e9eaf0; " + code_font, problem.excerpt).setAttribute("tabindex", "0");
  }
  (problem.notes || []).forEach(function (note) {
    element(box, "div", "display: block; margin: 4px 0; color: #b9bdcc; white-space: pre-wrap", note);
  });
}

// Styles are set one by one, because a policy against inline styles checks attributes. `important`
// is for old browsers without shadow trees, where the page's own styles reach the overlay.
function element(parent, tag, styles, text) {
  var made = document.createElement(tag);
  styles.split(";").forEach(function (each) {
    var colon = each.indexOf(":");
    if (colon > 0) made.style.setProperty(each.slice(0, colon).trim(), each.slice(colon + 1).trim(), "important");
  });
  if (text) made.textContent = text;
  parent.appendChild(made);
  return made;
}
