// Makes one document of index.html and the outputs, for the preview's frame: scripts, stylesheets
// and images that the page names are written into it, because the frame may load nothing.

import { nameOf } from "../project/paths";
import { frameScript } from "./frame-script";
import { guarded } from "./loop-guard";

/** The frame's own policy: what is written into the document runs, and nothing is loaded. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' data:",
  "style-src 'unsafe-inline' data:",
  "img-src data: blob:",
  "font-src data:",
  "media-src data: blob:",
  "worker-src 'none'",
  "connect-src 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "base-uri 'none'",
].join("; ");

const TYPES: Record<string, string> = {
  js: "text/javascript",
  css: "text/css",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
  ttf: "font/ttf",
};

/** A file that the document may name: of the project, of a package, or an output. */
export type Contents = string | Uint8Array;

/** What to show, and the addresses that the page names but nothing has. */
export interface PreviewDocument {
  html: string;
  missing: string[];
}

export function previewDocument(
  page: string,
  files: ReadonlyMap<string, Contents>,
  outputs: ReadonlySet<string>,
): PreviewDocument {
  const parsed = new DOMParser().parseFromString(page, "text/html");
  const missing: string[] = [];
  const find = (address: string | null) => {
    if (address === null || /^(?:[a-z][\w+.-]*:|\/\/|#)/i.test(address)) return undefined;
    const path = pathOf(address);
    if (!files.has(path)) missing.push(address);
    return files.get(path);
  };
  for (const script of [...parsed.querySelectorAll("script")]) inlineScript(parsed, script, find);
  for (const link of [...parsed.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet"]')]) {
    const contents = find(link.getAttribute("href"));
    if (contents === undefined) continue;
    const style = parsed.createElement("style");
    style.textContent = textOf(contents).replace(/<\/style/gi, "<\\/style");
    link.replaceWith(style);
  }
  for (const image of [...parsed.querySelectorAll("img[src]")]) {
    const address = image.getAttribute("src");
    const contents = find(address);
    if (contents !== undefined) image.setAttribute("src", addressWith(address ?? "", contents));
  }
  for (const other of [...parsed.querySelectorAll("base, meta[http-equiv], link[rel~=preload]")]) {
    other.remove();
  }
  parsed.head.prepend(policy(parsed), hook(parsed, files, outputs));
  return { html: `<!DOCTYPE html>\n${parsed.documentElement.outerHTML}`, missing };
}

function inlineScript(
  parsed: Document,
  script: HTMLScriptElement,
  find: (address: string | null) => Contents | undefined,
) {
  const isModule = script.type === "module";
  if (!isModule && script.type !== "" && !/javascript/i.test(script.type)) return;
  const address = script.getAttribute("src");
  const contents = address === null ? (script.textContent ?? "") : find(address);
  if (contents === undefined) return;
  const copy = parsed.createElement("script");
  if (isModule) copy.type = "module";
  const isPackage = address !== null && address.includes("node_modules/");
  const text = isPackage ? textOf(contents) : guarded(textOf(contents));
  copy.textContent = text.replace(/<\/script/gi, "<\\/script").replace(/<!--/g, "\\x3c!--");
  // Scripts with these attributes run when the page has been read.
  if (address !== null && script.defer && !isModule) {
    parsed.body.append(copy);
    script.remove();
  } else script.replaceWith(copy);
}

function policy(parsed: Document) {
  const meta = parsed.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = POLICY;
  return meta;
}

/** Dynamic chunks and the files that scripts name come from here. */
function hook(
  parsed: Document,
  files: ReadonlyMap<string, Contents>,
  outputs: ReadonlySet<string>,
) {
  const addresses: Record<string, string> = {};
  for (const path of outputs) {
    const contents = files.get(path);
    if (contents === undefined || path.endsWith(".map")) continue;
    const copy = path.endsWith(".js") ? guarded(textOf(contents)) : contents;
    addresses[path] = addressWith(path, copy);
  }
  const script = parsed.createElement("script");
  script.textContent = frameScript(addresses);
  return script;
}

/** The path in the project that an address of index.html means. */
function pathOf(address: string): string {
  const parts: string[] = [];
  for (const part of address.replace(/[?#].*$/, "").split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

const textOf = (contents: Contents) =>
  typeof contents === "string" ? contents : new TextDecoder().decode(contents);

/** A `data:` address. */
function addressWith(path: string, contents: Contents): string {
  const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  const type = TYPES[/\.(\w+)$/.exec(nameOf(path))?.[1] ?? ""] ?? "application/octet-stream";
  return `data:${type};base64,${btoa(binary)}`;
}
