// A page without a browser, for what outputs log: scripts in order, `log(…)`, and as much of a
// document as the run-time code of bundlers touches. Scripts that are appended to the document are
// loaded at once, from the file whose path ends like their URL; `<style>` elements are kept.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import vm from "node:vm";

/**
 * Loads a page of a project and returns what it logs, and its styles. `page` is one of
 * `{ scripts }`, `{ html }`, `{ entry, manifest }` and `{ node }`; `files` are the outputs.
 */
export async function load(root, page, files) {
  const logs = [];
  const styles = [];
  const host = { root, files, logs, styles, waiting: [] };
  const tags = tagsOf(page, host).filter(({ url }) => !isMissing(url, host));
  if (page.node) {
    globalThis.log = (...values) => logs.push(values.map(shown).join(" "));
    createRequire(import.meta.url)(join(root, find(files, page.node)));
  }
  const context = newContext(host, page);
  for (const { url, isModule } of tags) {
    const file = find(files, url.replace(/^\?/, ""));
    if (file.endsWith(".css")) styles.push(stylesheet(host, file));
    else if (isModule) await runModule(context, join(root, file));
    else run(context, host, Object.assign(context.document.createElement("script"), {
      src: `https://page.example/${file}`, path: join(root, file),
    }));
  }
  for (let round = 0; round < 5; round++) {
    await new Promise((done) => setTimeout(done, 5));
  }
  return { logs: logs.map(tidyLog), styles: tidyStyles(styles.map((one) => (typeof one === "string" ? one : one())).join("\n")) };
}

/** Whether a script that begins with `?` is not there: small ones may be a part of others. */
function isMissing(url, { files }) {
  return url.startsWith("?") && !files.some((file) => withoutHash(file) === url.slice(1));
}

/** The stylesheets and scripts that a page includes, in order. */
function tagsOf(page, { root, files }) {
  if (page.scripts) return page.scripts.map((url) => ({ url, isModule: page.modules }));
  if (page.html) {
    const text = readFileSync(join(root, find(files, page.html)), "utf8");
    const tags = [...text.matchAll(/<(script|link)\b([^>]*)>/g)];
    const included = tags.flatMap(([, name, attributes]) => {
      const value = (key) => new RegExp(`\\b${key}=["']?([^"'\\s>]+)`).exec(attributes)?.[1];
      if (name === "link" && value("rel") !== "stylesheet") return [];
      const url = value(name === "link" ? "href" : "src");
      return url ? [{ url, isModule: value("type") === "module" }] : [];
    });
    // Deferred scripts run in the order of the document.
    return included.filter(({ url }) => !/^(https?:)?\/\//.test(url));
  }
  if (page.entry) {
    const manifest = JSON.parse(readFileSync(join(root, page.manifest), "utf8"));
    // Bud's has no key for all entries.
    const { css = [], js = [] } = manifest[page.entry] ?? manifest.entrypoints[page.entry];
    return [...css, ...js].map((url) => ({ url: url.src ?? url }));
  }
  return [];
}

/** The output whose path ends like a URL, hashes aside. */
function find(files, url) {
  const wanted = withoutHash(url.replace(/[?#].*/, "").replace(/^(\.?\/)+/, ""));
  const parts = wanted.split("/");
  for (let start = 0; start < parts.length; start++) {
    const tail = parts.slice(start).join("/");
    const exact = url.replace(/[?#].*/, "").split("/").slice(-(parts.length - start)).join("/");
    const found = files.filter((file) => `/${file}`.endsWith(`/${exact}`));
    if (found.length) return found.sort((a, b) => a.length - b.length)[0];
    const alike = files.filter((file) => `/${withoutHash(file)}`.endsWith(`/${tail}`));
    if (alike.length) return alike.sort((a, b) => a.length - b.length)[0];
  }
  throw new Error(`no output is ${url}: ${files.join(" ")}`);
}

/** A path with `[hash]` for a hash, and without the separator before it. */
export function withoutHash(path) {
  const [eight, hex] = ["[0-9A-Za-z_-]{8}", "[0-9a-f]{7,64}"];
  for (const kind of [eight, hex]) {
    const pattern = new RegExp(`[-._](${kind})((?:\\.[a-z0-9]+)+)$`);
    const [whole, word, ending] = pattern.exec(path) ?? [];
    if (whole && isHash(word)) return path.slice(0, -whole.length) + ending;
  }
  return path;
}

function isHash(word) {
  if (/^[0-9a-f]{7,64}$/.test(word)) return /[0-9]/.test(word);
  return word.length === 8 && /[0-9A-Z]/.test(word) && !/^[A-Z]?[a-z_-]+$/.test(word);
}

/** The text of a stylesheet, in which url() names outputs. */
function stylesheet(host, file) {
  const text = readFileSync(join(host.root, file), "utf8");
  const imported = text.replace(/@import (?:url\()?["']?(\.\/[^"')]+)["']?\)?;/g, (_, url) =>
    stylesheet(host, join(dirname(file), url)));
  return withFiles(imported, host, dirname(file));
}

function withFiles(text, { files }, folder) {
  return text.replace(/url\((["']?)([^"')]*)\1\)/g, (whole, _, url) => {
    if (/^(data:|[a-z]+:\/\/|#|\/\/)/.test(url)) return whole;
    const path = url.startsWith("/") ? url : join(folder, url);
    try {
      return `url(${withoutHash(find(files, path))})`;
    } catch {
      return `url(missing ${url})`;
    }
  });
}

function run(context, host, script) {
  host.scripts.push(script);
  context.document.currentScript = script;
  try {
    vm.runInContext(readFileSync(script.path, "utf8"), context, { filename: script.path });
  } catch (error) {
    host.logs.push(`throws ${error}`);
  }
  context.document.currentScript = null;
}

async function runModule(context, path) {
  context.modules ??= new Map();
  const link = (specifier, importer) =>
    moduleAt(resolve(dirname(importer.identifier), specifier));
  const moduleAt = (file) => {
    if (context.modules.has(file)) return context.modules.get(file);
    const module = new vm.SourceTextModule(readFileSync(file, "utf8"), {
      context,
      identifier: file,
      initializeImportMeta: (meta) => (meta.url = `https://page.example${file}`),
      importModuleDynamically: async (specifier, importer) => {
        const imported = link(specifier, importer);
        if (imported.status === "unlinked") await imported.link(link);
        await imported.evaluate();
        return imported;
      },
    });
    context.modules.set(file, module);
    return module;
  };
  const module = moduleAt(path);
  if (module.status === "unlinked") await module.link(link);
  await module.evaluate();
}

function newContext(host, { globals = "" }) {
  host.scripts = [];
  const context = vm.createContext({
    console: { ...console, log() {}, warn() {}, info() {} }, setTimeout, clearTimeout, setInterval,
    clearInterval, queueMicrotask, URL,
    location: { href: "https://page.example/", protocol: "https:", host: "page.example" },
    navigator: { userAgent: "node" },
    addEventListener() {}, removeEventListener() {}, dispatchEvent() {},
    log: (...values) => host.logs.push(values.map(shown).join(" ")),
  });
  for (const name of ["window", "self", "top"]) context[name] = context;
  context.document = newDocument(host, (script) => append(context, host, script));
  vm.runInContext(globals, context);
  return context;
}

/** What happens when an element is added to the document. */
function append(context, host, element) {
  if (element.tagName === "STYLE") host.styles.push(() => withFiles(element.text(), host, ""));
  if (element.tagName === "LINK") queueMicrotask(() => element.onload?.({ type: "load" }));
  if (element.tagName !== "SCRIPT" || !element.src) return;
  setTimeout(() => {
    try {
      const path = join(host.root, find(host.files, element.src));
      run(context, host, Object.assign(element, { path }));
      element.fire("load");
    } catch (error) {
      host.logs.push(`throws ${error.message}`);
      element.fire("error");
    }
  });
}

function newDocument(host, appended) {
  const make = (tag) => newElement(tag, appended);
  const root = make("html");
  const [head, body] = [root.appendChild(make("head")), root.appendChild(make("body"))];
  const byTag = (tag) => {
    if (tag === "script") return host.scripts;
    return { head: [head], body: [body] }[tag] ?? [];
  };
  return {
    head, body, documentElement: root, currentScript: null, readyState: "complete",
    baseURI: "https://page.example/", childNodes: [root],
    createElement: make,
    createElementNS: (_, tag) => make(tag),
    createTextNode: (text) => ({ nodeType: 3, data: text }),
    createEvent: () => ({ initEvent() {}, initCustomEvent() {} }),
    createDocumentFragment: () => make("fragment"),
    importNode: (node) => node,
    getElementsByTagName: byTag,
    getElementById: () => null,
    querySelector: (selector) => byTag(selector)[0] ?? null,
    querySelectorAll: () => [],
    addEventListener() {}, removeEventListener() {},
  };
}

function newElement(tag, appended) {
  const attributes = {};
  const handlers = {};
  const element = {
    nodeType: 1, tagName: tag.toUpperCase(), nodeName: tag.toUpperCase(), childNodes: [], style: {},
    src: "", parentNode: null, sheet: null, attributes: [], innerHTML: "",
    get firstChild() { return element.childNodes[0] ?? null; },
    setAttribute(name, value) {
      attributes[name] = String(value);
      if (name === "src") element.src = value;
    },
    getAttribute: (name) => attributes[name] ?? element[name] ?? null,
    hasAttribute: (name) => name in attributes,
    removeAttribute: (name) => delete attributes[name],
    addEventListener: (name, handler) => (handlers[name] = handler),
    removeEventListener() {},
    fire(type) {
      element[`on${type}`]?.({ type, target: element });
      handlers[type]?.({ type, target: element });
    },
    appendChild: (child) => element.insertBefore(child),
    insertBefore(child) {
      child.parentNode = element;
      element.childNodes.push(child);
      if (child.nodeType === 1) appended(child);
      return child;
    },
    removeChild(child) {
      element.childNodes = element.childNodes.filter((each) => each !== child);
      return child;
    },
    remove() {}, querySelector: () => null, querySelectorAll: () => [],
    text: () => element.childNodes.map(({ data }) => data).join("") + element.innerHTML,
  };
  return element;
}

function shown(value) {
  if (value === null || typeof value !== "object") return String(value);
  return Array.isArray(value) ? `[${value.map(shown).join(", ")}]` : JSON.stringify(value);
}

/** Addresses of files without hashes, and inlined files by their type. */
function tidyLog(text) {
  return text
    .replace(/data:([\w/+-]+)[^\s,"]*,[^\s"]*/g, "data:$1")
    .replace(/[^\s"]+\.[a-z0-9]+(\?[^\s"]*)?/g, (path) => hashless(path));
}

function hashless(path) {
  const [file, query] = path.split("?");
  const plain = withoutHash(file).replace(/\b[0-9a-f]{16,64}(?=\.)/, "[hash]");
  return query && isHash(query.replace(/^v=/, "")) ? plain : plain + (query ? `?${query}` : "");
}

/** Styles as two minifiers would agree on them. */
export function tidyStyles(text) {
  return text
    .replace(/@charset "[^"]*";/g, "")
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/url\((["']?)(.*?)\1\)/g, (_, __, url) => `url(${tidyAddress(url)})`)
    .replace(/\s+/g, " ")
    .replace(/ ?([{}:;,>]) ?/g, "$1")
    .replace(/;}/g, "}")
    .replace(/[^{}]+\{\}/g, "")
    .replace(/\{([^{}]*)\}/g, (_, rule) => `{${rule.split(/;(?![^(]*\))/).sort().join(";")}}`)
    .replace(/'/g, '"')
    .trim();
}

function tidyAddress(url) {
  return url.startsWith("data:") ? `data:${/^data:([\w/+-]*)/.exec(url)[1]}` : url;
}
