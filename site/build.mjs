// Builds the documentation as static pages.
//
// node site/build.mjs BINARY OUT [PLAYGROUND_FOLDER]
//
// BINARY is the bundler: it builds the site's own scripts and styles. OUT is written anew. With
// PLAYGROUND_FOLDER, that folder becomes OUT/playground and pages link to it.

import { execFileSync } from "node:child_process";
import {
  cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { folderPage } from "./build/folder.mjs";
import { render } from "./build/markdown.mjs";
import { pagesOf } from "./build/pages.mjs";
import { indexOf } from "./build/search.mjs";
import { template } from "./build/template.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const repository = dirname(here);

/** Builds the site, and returns the addresses of its pages. */
export function build(binary, out, playground) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const { groups, copied } = JSON.parse(readFileSync(join(here, "navigation.json"), "utf8"));
  const pages = pagesOf(repository, { groups });
  const site = {
    repository,
    pages,
    copied,
    hasPlayground: Boolean(playground),
    examples: playground ? readdirSync(join(playground, "examples")) : [],
    version: version(),
  };
  const rendered = pages.map((page) => ({
    page,
    contents: page.source
      ? render(site, page)
      : { html: "", headings: [], links: [], sections: [] },
  }));
  site.groups = groupsOf(pages);
  for (const each of rendered.filter(({ page }) => !page.source)) {
    each.contents = folderPage(site, each.page, rendered);
  }
  checkAnchors(rendered);
  site.files = assets(binary, out, indexOf(rendered));
  for (const { page, contents } of rendered) {
    const path = join(out, page.address);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, template(site, page, contents));
  }
  cpSync(join(here, "icon.svg"), join(out, "icon.svg"));
  for (const [from, to] of Object.entries(copied)) {
    cpSync(join(repository, from), join(out, to), { recursive: true });
  }
  if (playground) cpSync(playground, join(out, "playground"), { recursive: true });
  return pages.map(({ address }) => address);
}

/** The groups of the navigation, each with its pages; those below a folder's page are nested. */
function groupsOf(pages) {
  const groups = new Map();
  for (const page of pages) {
    page.isNested = pages.some(({ children }) => children?.includes(page));
    if (!groups.has(page.group)) groups.set(page.group, []);
    groups.get(page.group).push(page);
  }
  return [...groups].map(([title, pages]) => ({ title, pages }));
}

/** The version of the workspace. */
function version() {
  const manifest = readFileSync(join(repository, "Cargo.toml"), "utf8");
  return /^version = "([^"]+)"/m.exec(manifest)[1];
}

/** Every link to a heading of another page, or of its own, needs that heading. */
function checkAnchors(rendered) {
  for (const { page, contents } of rendered) {
    for (const { page: target, hash } of contents.links.filter(({ hash }) => hash)) {
      const { html } = rendered.find(({ page }) => page === target).contents;
      if (!html.includes(`id="${decodeURIComponent(hash)}"`)) {
        throw new Error(`${page.file}: ${target.file} has no heading #${hash}`);
      }
    }
  }
}

/** Builds scripts and styles, and says which files a page includes. */
function assets(binary, out, index) {
  const scratch = mkdtempSync(join(tmpdir(), "bundle-site-"));
  try {
    writeFileSync(join(scratch, "index.txt"), index);
    const folder = join(out, "assets");
    const flags = ["--out-dir", folder, "--alias", `search-index=${join(scratch, "index.txt")}`];
    // The index has another path each time, so a cache would only grow.
    const config = join(here, "bundle.config.json");
    execFileSync(resolve(binary), ["--config", config, "--no-cache", ...flags], {
      stdio: ["ignore", 2, 2],
    });
    const { entrypoints } = JSON.parse(readFileSync(join(folder, "entrypoints.json"), "utf8"));
    rmSync(join(folder, "entrypoints.json"));
    return {
      early: entrypoints.early.js.map((file) => `assets/${file}`),
      scripts: entrypoints.site.js.map((file) => `assets/${file}`),
      styles: entrypoints.site.css.map((file) => `assets/${file}`),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [binary, out, playground] = process.argv.slice(2);
  if (!out) {
    console.error("usage: node site/build.mjs BINARY OUT [PLAYGROUND_FOLDER]");
    process.exit(1);
  }
  const pages = build(binary, resolve(out), playground && resolve(playground));
  console.log(`${pages.length} pages in ${out}`);
}
