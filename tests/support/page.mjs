// A small page for classic scripts, in a Node context. What it simulates, and nothing more:
// - `window`, `self` and `document`, with `document.currentScript` and
//   `getElementsByTagName("script")`;
// - script elements with `src`, `nonce`, `onload`, `onerror`: appended to `document.head`, they
//   load in a later turn from a folder that stands for `https://page.example/`, run to their end,
//   and then fire `load`; a missing file fires `error`;
// - stylesheets that are appended as links: they exist or they do not;
// - a script that throws: the error goes to `errors`, and the page goes on, as in a browser.
// It has no parser, no layout, no `async` or `defer`: the caller decides the order of scripts.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

export const ORIGIN = "https://page.example/";

/**
 * Makes a context a page over the files of a folder. `change(text, file)` may alter what the server
 * sends.
 */
export function openPage(context, folder, change = (text) => text) {
  const scripts = [];
  const page = { errors: [], requests: [], run, appended: [] };

  function run(file, attributes = {}) {
    execute(Object.assign(element("script"), attributes, { src: ORIGIN + file }));
  }

  function execute(script) {
    const file = script.src.slice(ORIGIN.length).split("?")[0];
    page.requests.push(file);
    const path = join(folder, file);
    if (!script.src.startsWith(ORIGIN) || !existsSync(path)) throw new Error(`404: ${script.src}`);
    const text = change(readFileSync(path, "utf8"), file);
    if (text === undefined) throw new Error(`404: ${script.src}`);
    scripts.push(script);
    context.document.currentScript = script;
    try {
      new vm.Script(text, { filename: path }).runInContext(context);
    } catch (error) {
      page.errors.push(error);
    } finally {
      context.document.currentScript = null;
    }
  }

  function present(address) {
    const file = address.slice(ORIGIN.length).split("?")[0];
    page.requests.push(file);
    if (!address.startsWith(ORIGIN) || !existsSync(join(folder, file)))
      throw new Error(`404: ${address}`);
  }

  function element(name) {
    const attributes = {};
    return {
      tagName: name.toUpperCase(),
      src: "",
      onload: null,
      onerror: null,
      parentNode: null,
      getAttribute: (key) => attributes[key] ?? null,
      setAttribute: (key, value) => (attributes[key] = String(value)),
    };
  }

  const head = {
    appendChild(script) {
      script.parentNode = head;
      page.appended.push(script);
      setTimeout(() => {
        try {
          if (script.tagName === "LINK") present(script.href);
          else execute(script);
        } catch {
          script.onerror?.({ type: "error" });
          return;
        }
        script.onload?.({ type: "load" });
      });
      return script;
    },
    removeChild(script) {
      script.parentNode = null;
      page.appended.splice(page.appended.indexOf(script), 1);
      if (scripts.includes(script)) scripts.splice(scripts.indexOf(script), 1);
    },
  };
  const getElementsByTagName = (name) =>
    name === "script" ? scripts : name === "head" ? [head] : [];
  context.document = {
    currentScript: null,
    head,
    documentElement: head,
    createElement: element,
    getElementsByTagName,
  };
  context.window = context;
  context.self = context;
  return page;
}
