// The HTML around the contents of a page: head, header, navigation, the list "On this page", the
// pages before and after. Everything here works without scripts; what does not is added by
// src/site.ts.

import { escape } from "./highlight.mjs";
import { relative } from "./pages.mjs";

/** Only files of the site itself, no text in the page as a script or style. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const LOGO = `<svg class="logo" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
<path d="M3 5h5c5 0 4 7 9 7h4M3 12h18M3 19h5c5 0 4-7 9-7"/></svg>`;
const ICON_MENU = `<svg viewBox="0 0 24 24" aria-hidden="true">
<path d="M4 7h16M4 12h16M4 17h16"/></svg>`;
const ICON_SEARCH = `<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="11" cy="11" r="6"/>
<path d="m16 16 4 4"/></svg>`;
const ICON_THEME = `<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8"/>
<path class="half" d="M12 4a8 8 0 0 1 0 16z"/></svg>`;

/** A whole page. `contents` is what `render` of markdown.mjs made. */
export function template(site, page, contents) {
  const to = (address) => escape(relative(page.address, address));
  const isStart = page.address === "index.html";
  const title = isStart
    ? "bundle: a front-end bundler for pages that PHP renders"
    : `${contents.title} · bundle`;
  const styles = site.files.styles.map((file) => `<link rel="stylesheet" href="${to(file)}">`);
  const scripts = site.files.scripts.map((file) => `<script defer src="${to(file)}"></script>`);
  const early = site.files.early.map((file) => `<script src="${to(file)}"></script>`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escape(describe(contents))}">
<title>${escape(title)}</title>
<link rel="icon" href="${to("icon.svg")}" type="image/svg+xml">
${[...early, ...styles, ...scripts].join("\n")}
</head>
<body class="${isStart ? "start" : "page"}">
<a class="skip" href="#contents">Skip to the contents</a>
<header class="header">
<a class="menu-button" href="#navigation">${ICON_MENU}<span>Menu</span></a>
<a class="home" href="${to("index.html")}">${LOGO}<span>bundle</span></a>
<div class="tools">
<button class="search-button" type="button" aria-keyshortcuts="/">${ICON_SEARCH}
<span>Search</span><kbd aria-hidden="true">/</kbd></button>
${headerLinks(site, page, to)}
<button class="theme-button" type="button" aria-label="Dark colours" aria-pressed="false">
${ICON_THEME}</button>
</div>
</header>
<div class="frame">
<main id="contents" tabindex="-1">
${isStart ? "" : `<p class="group">${escape(page.group)}</p>\n`}<article>
${isStart ? hero(site, contents.html, to) : withList(contents)}</article>
${neighbours(site, page, to)}
<footer class="footer">
<p>bundle ${escape(site.version)} · <a href="${to("LICENSE.txt")}">MIT licence</a></p>
<p class="source">This page is <code>${escape(page.file)}</code> in the repository.</p>
</footer>
</main>
${navigation(site, page, to)}
${onThisPage(contents, "aside")}
</div>
</body>
</html>
`;
}

/** What a search engine shows below the title: the first paragraph. */
function describe({ sections }) {
  const text = sections[0].text;
  return text.length < 160 ? text : `${text.slice(0, text.lastIndexOf(" ", 157))}…`;
}

function headerLinks(site, page, to) {
  const links = [
    ["guides/index.html", "Guides", /^guides\//],
    ["config.html", "Reference", /^config\.html/],
  ];
  if (site.hasPlayground) links.push(["playground/index.html", "Playground", /^playground/]);
  const items = links.map(([address, label, here]) => {
    const current = here.test(page.address) ? ' aria-current="true"' : "";
    return `<a href="${to(address)}"${current}>${label}</a>`;
  });
  return `<nav class="shortcuts" aria-label="Main">${items.join("")}</nav>`;
}

function navigation(site, page, to) {
  const item = ({ address, label, isNested }) => {
    const current = address === page.address ? ' aria-current="page"' : "";
    const nested = isNested ? ' class="nested"' : "";
    return `<li${nested}><a href="${to(address)}"${current}>${escape(label)}</a></li>`;
  };
  const groups = site.groups.map(({ title, pages }, at) => {
    const heading = `<p id="group-${at}">${escape(title)}</p>`;
    return `${heading}\n<ul aria-labelledby="group-${at}">\n${pages.map(item).join("\n")}\n</ul>`;
  });
  return `<nav id="navigation" class="navigation" aria-label="Pages">
${groups.join("\n")}
</nav>`;
}

/**
 * The headings of a page: beside it on wide screens, above it on others. There is no list for one
 * heading.
 */
function onThisPage({ headings }, form) {
  const listed = headings.filter(({ level }) => level <= 3);
  if (listed.length < 2) return form === "aside" ? '<aside class="toc"></aside>' : "";
  const items = listed.map(
    ({ id, level, text }) => `<li class="level-${level}"><a href="#${id}">${escape(text)}</a></li>`,
  );
  const list = `<ul>\n${items.join("\n")}\n</ul>`;
  if (form === "details") {
    return `<details class="toc-above"><summary>On this page</summary>\n${list}\n</details>`;
  }
  return `<aside class="toc" aria-label="On this page"><p>On this page</p>\n${list}\n</aside>`;
}

/** The contents, with the list of headings below the title for narrow screens. */
const withList = (contents) =>
  contents.html.replace("</h1>\n", (end) => end + onThisPage(contents, "details"));

function neighbours({ pages }, page, to) {
  const at = pages.indexOf(page);
  const link = (other, rel, word) =>
    other
      ? `<a class="${rel}" rel="${rel}" href="${to(other.address)}">
<span>${word}</span> ${escape(other.label)}</a>`
      : "";
  const both = link(pages[at - 1], "prev", "Previous") + link(pages[at + 1], "next", "Next");
  return `<nav class="neighbours" aria-label="Previous and next page">${both}</nav>`;
}

/** What is above the first section of the first page gets a form of its own. */
function hero(site, html, to) {
  const at = html.indexOf("<h2");
  const buttons = [
    `<a class="button primary" href="#start-in-two-minutes">Start in two minutes</a>`,
    `<a class="button" href="${to("guides/index.html")}">Move over from another tool</a>`,
  ];
  if (site.hasPlayground) {
    buttons.push(`<a class="button" href="${to("playground/index.html")}">Playground</a>`);
  }
  const intro = html
    .slice(0, at)
    .replace("<ul>", `<p class="buttons">${buttons.join("\n")}</p>\n<ul class="features">`);
  return `<div class="hero">\n${intro}</div>\n${html.slice(at)}`;
}
