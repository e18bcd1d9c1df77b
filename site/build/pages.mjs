// Which pages the site has: the groups of navigation.json, the address of each document, and
// whether every document of docs/ is in a group.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/**
 * The pages in the order of the navigation, each with its group. A page is
 * `{ file, address, label, title, group, source }`; that of a folder has `children`
 * instead of a source.
 */
export function pagesOf(repository, navigation) {
  const pages = navigation.groups.flatMap(({ title, pages }) =>
    pages.map(({ file, folder, label }) => ({
      file: file ?? `${folder}/`,
      address: addressOf(file ?? `${folder}/README.md`),
      group: title,
      label,
      source: file && readFileSync(join(repository, file), "utf8"),
    })),
  );
  const documents = ["docs", "docs/guides", "docs/design"].flatMap((folder) =>
    readdirSync(join(repository, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  );
  const named = new Set(pages.map(({ file }) => file));
  const forgotten = documents.filter((file) => !named.has(file));
  if (forgotten.length) throw new Error(`navigation.json has no ${forgotten.join(", ")}`);
  for (const page of pages) {
    page.title = /^# (.*)$/m.exec(page.source ?? "")?.[1].replaceAll("`", "") ?? page.label;
    page.label ??= page.title;
  }
  for (const page of pages.filter(({ source }) => !source)) {
    page.children = pages.filter(({ file }) => file !== page.file && isIn(file, page.file));
  }
  return pages;
}

const isIn = (file, folder) => file.startsWith(folder);

/** Where the page of a document is, relative to the site's folder. */
export function addressOf(file) {
  const path = file.replace(/^docs\//, "").toLowerCase();
  return path.replace(/(^|\/)readme\.md$/, "$1index.html").replace(/\.md$/, ".html");
}

/** How a page refers to a file of the site, both relative to the site's folder. */
export function relative(from, to) {
  const [path, hash] = to.split("#");
  const way = path === from && hash ? "" : posix.relative(posix.dirname(from), path);
  return hash ? `${way}#${hash}` : way;
}

/**
 * What a link of a document leads to: `{ address }` on the site, or `{ source }`, a file of the
 * repository that is no page. A link to something that does not exist is an error.
 */
export function targetOf(site, page, link) {
  if (/^(https?|mailto):/.test(link)) return { address: link, isForeign: true };
  const [path, hash] = link.split("#");
  const file = path ? posix.join(posix.dirname(page.file), decodeURI(path)) : page.file;
  const target = site.pages.find((each) => each.file === file || each.file === `${file}/`);
  const suffix = hash ? `#${hash}` : "";
  if (target) return { address: target.address + suffix, page: target, hash };
  for (const [from, to] of Object.entries(site.copied)) {
    if (file === from) return { address: to };
    if (isIn(file, `${from}/`)) return { address: posix.join(to, file.slice(from.length)) };
  }
  if (!existsSync(join(site.repository, file))) {
    throw new Error(`${page.file}: the link ${link} leads nowhere`);
  }
  return { source: file };
}
