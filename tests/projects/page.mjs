// Loads built entries in a page of headless Chromium, in the order of a project's page, and
// collects what goes wrong. An entry is named as the page names it: by its area, or by its source
// where the manifest is Vite's. The server behind the page has the outputs at their public path,
// the project's web folder at `/`, and answers all else with an empty object: what a page
// complains about without its back end is named in `expected`.

import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, relative } from "node:path";
import { DevTools } from "../support/devtools.mjs";
import { parseWithComments } from "./configuration.mjs";

const KINDS = {
  ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml",
  ".json": "application/json", ".png": "image/png", ".woff2": "font/woff2",
};
const LIMIT_MS = 60_000;
const SETTLED_MS = 1500;

/** The errors of all pages of the project. `own`: with the files of its own tool. */
export async function loadPages(project, root, { own, built }) {
  const errors = [];
  for (const page of project.pages ?? []) {
    const places = own ? ownPlaces(project, root) : builtPlaces(root);
    const files = own ? page.own : entryFiles(page, root, { ...places, built });
    if (!files) continue;
    const html = document(page, files, places.isModule);
    const server = await serve(html, places.folders);
    try {
      errors.push(...(await load(`http://127.0.0.1:${server.address().port}${page.path ?? "/"}`)));
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }
  const expected = (project.expected ?? []).map((pattern) => new RegExp(pattern));
  return errors.filter((error) => !expected.some((pattern) => pattern.test(error)));
}

/** Where URLs lead: pairs of a prefix and a folder, the most exact first. */
function builtPlaces(root) {
  const config = parseWithComments(readFileSync(join(root, "bundle.config.json"), "utf8"));
  const production = config.modes?.production ?? {};
  const outDir = join(root, production.outDir ?? config.outDir ?? "dist");
  const publicPath = production.publicPath ?? config.publicPath ?? "";
  const prefix = publicPath.startsWith("/") ? publicPath : "/";
  const isModule = config.format === "esm";
  return { outDir, prefix, isModule, folders: [[prefix, outDir], ...webFolders(root)] };
}

function ownPlaces(project, root) {
  const served = Object.entries(project.own.served ?? {});
  return { folders: [...served.map(([url, at]) => [url, join(root, at)]), ...webFolders(root)] };
}

function webFolders(root) {
  return [["/~/", root], ["/", join(root, "public")], ["/", join(root, "web")], ["/", root]];
}

/** URLs of the styles and scripts of a page's entries, in order, each once. */
function entryFiles({ entries }, root, { outDir, prefix, built }) {
  const manifest = (name) => {
    const file = join(outDir, name); // a checkout may have one of another tool
    const isOurs = built.written.includes(relative(root, file));
    return isOurs ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  };
  const entrypoints = manifest("entrypoints.json")?.entrypoints ??
    namedEntries(manifest("manifest.json"), prefix);
  return [...new Set(entries.flatMap((name) => {
    const files = entrypoints
      ? [...(entrypoints[name]?.css ?? []), ...(entrypoints[name]?.js ?? [])]
      : namedFiles(name, root, { outDir, prefix, built });
    if (!files.length) throw new Error(`the build wrote no entry ${name}`);
    return files.map((url) => url.src ?? url);
  }))];
}

/**
 * The entries of Vite's manifest by their sources, as `@vite(…)` names them, or those of webpack's
 * by their names.
 */
function namedEntries(manifest, prefix) {
  if (!manifest) return undefined;
  const isWebpack = Object.values(manifest).every((value) => typeof value === "string");
  if (isWebpack) return webpackEntries(manifest);
  const entries = Object.entries(manifest).map(([source, { file: own, css = [] }]) => {
    const files = [...css, own].map((each) => prefix + each);
    return [source, { js: files }];
  });
  return Object.fromEntries(entries);
}

function webpackEntries(manifest) {
  const entries = {};
  for (const [name, address] of Object.entries(manifest)) {
    const [, entry, extension] = /^(.*)\.(js|css)$/.exec(name) ?? [];
    if (entry) (entries[entry] ??= { js: [], css: [] })[extension].push(address);
  }
  return entries;
}

/** Without such a manifest: what the entry loads at first, by the metafile. */
function namedFiles(name, root, { outDir, prefix, built: { outputs } }) {
  const found = [];
  const add = (file) => {
    if (found.includes(file) || !outputs[file]) return;
    for (const { path, kind } of outputs[file].imports ?? [])
      if (!kind?.startsWith("dynamic")) add(path);
    found.push(file);
  };
  for (const [file, output] of Object.entries(outputs))
    if (output.name === name && /\.(js|css)$/.test(file)) add(file);
  const url = (file) => prefix + relative(outDir, join(root, file));
  return [...found.filter((file) => file.endsWith(".css")), ...found.filter((file) =>
    file.endsWith(".js"))].map(url);
}

function document(page, files, isModule) {
  const { globals = "", before = [], body = '<div id="app"></div>', head = "" } = page;
  const tag = (url) =>
    /\.css(\?|$)/.test(url)
      ? `<link rel="stylesheet" href="${url}">`
      : `<script${isModule ? ' type="module"' : ""} src="${url}"></script>`;
  const styles = files.filter((url) => /\.css(\?|$)/.test(url));
  const scripts = files.filter((url) => !styles.includes(url));
  return [
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>page</title>',
    '<meta name="csrf-token" content="token"><link rel="icon" href="data:,">',
    head, ...styles.map(tag), `</head><body>${body}<script>${globals}</script>`,
    ...before.map((file) => tag(`/~/${file}`)), ...scripts.map(tag), "</body></html>",
  ].join("\n");
}

function serve(html, folders) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(request.url.replace(/[?#].*/, "")));
    const file = folders
      .filter(([prefix]) => path.startsWith(prefix))
      .map(([prefix, folder]) => join(folder, path.slice(prefix.length)))
      .find((each) => existsSync(each) && statSync(each).isFile());
    if (extname(path) === "" || !(file || KINDS[extname(path)])) {
      // A document is the page, everything else a call of the back end.
      const isPage = request.headers["sec-fetch-dest"] === "document";
      response.setHeader("Content-Type", isPage ? "text/html" : "application/json");
      return response.end(isPage ? html : "{}");
    }
    if (!file) return response.writeHead(404).end();
    response.setHeader("Content-Type", KINDS[extname(file)] ?? "application/octet-stream");
    response.end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** Opens the page and waits until it is quiet. */
async function load(url) {
  const errors = [];
  let loaded = () => {};
  const hear = ({ method, params }) => {
    if (method === "Page.loadEventFired") loaded();
    const error = complaint(method, params);
    if (error) errors.push(error);
  };
  const browser = new DevTools({ hear, fail: (error) => errors.push(String(error)) });
  const limit = new Promise((resolve) => setTimeout(resolve, LIMIT_MS, "late").unref());
  try {
    await browser.open(["Runtime", "Log", "Page"]);
    const ready = new Promise((resolve) => (loaded = resolve));
    await browser.call("Page.navigate", { url });
    if ((await Promise.race([ready, limit])) === "late") errors.push("the page does not load");
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  } catch (error) {
    errors.push(String(error));
  }
  await browser.end();
  return errors;
}

/** What an event of the browser complains about: exceptions, console.error, files not there. */
function complaint(method, params) {
  if (method === "Runtime.exceptionThrown") {
    const { text, exception } = params.exceptionDetails;
    return exception?.description ?? `${text} ${exception?.value ?? ""}`;
  }
  if (method === "Runtime.consoleAPICalled" && params.type === "error") {
    const texts = params.args.map(({ value, description }) => description ?? value);
    return `console: ${texts.join(" ")}`;
  }
  const { entry } = method === "Log.entryAdded" ? params : {};
  if (entry?.level !== "error" || !/\.(js|css)(\?|$)/.test(entry.url ?? "")) return undefined;
  if (!entry.url.startsWith("http://127.0.0.1")) return undefined;
  return `${entry.source}: ${entry.text} ${new URL(entry.url).pathname}`;
}
