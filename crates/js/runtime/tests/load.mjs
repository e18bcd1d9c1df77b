// A run-time module as old engines would see it: an ES5 script in a realm of its own, strict or
// sloppy, with everything newer than ES5 there or taken away.

import { readFileSync, readdirSync } from "node:fs";
import vm from "node:vm";

const reserved = /^export \{([^}]*)\};$/m;

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

// The helpers are one module in several files. The module that lets scripts meet, and the client,
// include addresses.js. So do the modules for builds that name `__webpack_public_path__`.
export const files = (name) => {
  const apart = ["public_path.js", "public_path_addresses.js", "addresses.js"];
  if (name === "addresses_by_public_path") return apart;
  const chunks = ["chunks.js", "chunk_loads.js"];
  if (name === "chunks_by_public_path") return [...apart, "public_path_loads.js", ...chunks];
  if (name === "chunks") return ["addresses.js", ...chunks];
  if (name === "client")
    return [
      "addresses.js",
      "hot.js",
      ...readdirSync(new URL("../", import.meta.url)).filter((file) => file.startsWith("client")),
    ];
  if (name !== "helpers") return [`${name}.js`];
  return readdirSync(new URL("../helpers/", import.meta.url))
    .sort()
    .map((file) => `helpers/${file}`);
};

// The names that functions get where others replace them, as in src/runtime.rs.
const renamed = (path) => {
  const text = read(path);
  if (path === "chunk_loads.js")
    return text.replace("export function loads(", "function loads_of_script(");
  if (path !== "addresses.js") return text;
  return text
    .replace("export function addresses(", "function addresses_of_script(")
    .replaceAll("folder(", "folder_of_script(");
};

/**
 * The text of a run-time module as a script, and the names it exports with the local names they
 * stand for.
 */
export function script(name) {
  const text = files(name).map(name.endsWith("_by_public_path") ? renamed : read).join("");
  const exports = new Map(
    [...text.matchAll(/^export (?:function|var) (\w+)/gm)].map(([, local]) => [local, local]),
  );
  for (const pair of (reserved.exec(text)?.[1] ?? "").split(",").filter((part) => part.trim())) {
    const [local, exported] = pair.trim().split(" as ");
    exports.set(exported, local);
  }
  return { text: text.replace(reserved, "").replace(/^export (?=function|var)/gm, ""), exports };
}

const newer = [
  "Symbol", "WeakMap", "WeakSet", "Map", "Set", "Promise", "Reflect", "Proxy", "globalThis",
  "Iterator",
];
const remove = `
  ${JSON.stringify(newer)}.forEach(function (name) { delete this[name]; }, this);
  delete Object.assign; delete Object.setPrototypeOf; delete Object.getOwnPropertySymbols;
  delete Array.from;
  delete Array.prototype.values; delete Array.prototype.find; delete Object.prototype.__proto__;`;

/**
 * Evaluates a module. `engine`: "now", or "ie9" (ES5, no settable prototypes). `more` is code to
 * run beside it.
 */
export function load(name, { strict = true, engine = "now", more = "" } = {}) {
  const { text, exports } = script(name);
  const context = vm.createContext({});
  if (engine === "ie9") vm.runInContext(remove, context);
  const list = [...exports]
    .map(([exported, local]) => `${JSON.stringify(exported)}: ${local}`)
    .join(", ");
  const directive = strict ? '"use strict";' : "";
  return vm.runInContext(
    `(function () { ${directive} ${text}\n${more}; return { ${list}, realm: this, ` +
      "run: function (code) { return eval(code); } }; }).call(this)",
    context,
  );
}
