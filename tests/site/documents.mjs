// Parses every page of the site strictly, and follows its links: to pages, headings, scripts,
// styles and images. Nothing may lead out of the site's folder but links to other sites. For
// run.mjs.

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { parse } from "../../site/node_modules/parse5/dist/index.js";

/** What is wrong with the pages. The playground has tests of its own. */
export function checkDocuments(repository, site) {
  const pages = readdirSync(site, { recursive: true })
    .filter((path) => path.endsWith(".html") && !path.startsWith("playground/"))
    .map((path) => read(site, path));
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const documents = ["docs", "docs/guides", "docs/design"].flatMap((folder) =>
    readdirSync(join(repository, folder)).filter((name) => name.endsWith(".md")),
  );
  const complaints = pages.flatMap((page) => [...page.complaints, ...links(site, page, byPath)]);
  if (pages.length < documents.length) complaints.push(`only ${pages.length} pages`);
  console.log(
    `${pages.length} pages, ${pages.reduce((sum, { links }) => sum + links.length, 0)} links`,
  );
  return complaints;
}

/** A page: its ids, its links, and what is wrong with it alone. */
function read(site, path) {
  const text = readFileSync(join(site, path), "utf8");
  const page = { path, ids: new Set(), links: [], complaints: [] };
  const complain = (what) => page.complaints.push(`${path}: ${what}`);
  const onParseError = ({ code, startLine }) => complain(`line ${startLine}: ${code}`);
  let level = 0;
  walk(parse(text, { onParseError, sourceCodeLocationInfo: true }), (element, parents) => {
    const attributes = Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));
    const name = element.tagName;
    if (attributes.id !== undefined) {
      if (page.ids.has(attributes.id) || !attributes.id) complain(`two ids "${attributes.id}"`);
      page.ids.add(attributes.id);
    }
    if (/^h[1-6]$/.test(name)) {
      const next = Number(name[1]);
      if (next > level + 1 || (next === 1 && level)) complain(`${name} after h${level}`);
      level = next;
    }
    if (name === "img" && !attributes.alt) complain("an image without alt");
    if (attributes.href && name === "a" && !textOf(element).trim())
      complain(`an empty link to ${attributes.href}`);
    if (name === "a" && parents.includes("a")) complain("a link in a link");
    if (name === "script" && !attributes.src) complain("a script in the page");
    if (name === "style" || attributes.style !== undefined) complain("a style in the page");
    if (Object.keys(attributes).some((each) => each.startsWith("on")))
      complain("a handler in the page");
    const address = attributes.href ?? attributes.src;
    if (address !== undefined) page.links.push({ name, address });
  });
  if (level === 0) complain("no headings");
  if (!/<title>[^<]{6,}<\/title>/.test(text)) complain("no title");
  return page;
}

function walk(node, visit, parents = []) {
  if (node.tagName) visit(node, parents);
  const below = node.tagName ? [...parents, node.tagName] : parents;
  for (const child of node.childNodes ?? []) walk(child, visit, below);
}

const textOf = (node) => node.value ?? (node.childNodes ?? []).map(textOf).join("");

/** Links of a page that lead nowhere, or out. */
function links(site, page, byPath) {
  return page.links.flatMap(({ name, address }) => {
    const complaint = (what) => [`${page.path}: ${address} ${what}`];
    if (/^https:\/\//.test(address)) return name === "a" ? [] : complaint("is another site's");
    if (/^[a-z]+:|^\//.test(address)) return complaint("is not relative");
    const [path, hash] = address.split("#");
    const file = path ? posix.join(posix.dirname(page.path), decodeURI(path)) : page.path;
    if (file.startsWith("..")) return complaint("leads out of the site");
    if (!existsSync(join(site, file)) || !statSync(join(site, file)).isFile()) {
      return complaint("leads nowhere");
    }
    const target = byPath.get(file);
    if (!hash || !target || target.ids.has(decodeURIComponent(hash))) return [];
    return complaint("has no such heading");
  });
}
