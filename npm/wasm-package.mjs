// node wasm-package.mjs GLUE OUT VERSION: makes the package bundle-wasm as a folder, from what
// `cargo xtask wasm` left in GLUE. pack.mjs makes the archive of it.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = import.meta.dirname;

/** Makes the folder `out` anew. */
export function wasmPackage(glue, out, version) {
  rmSync(out, { recursive: true, force: true });
  cpSync(join(here, "bundle-wasm"), out, { recursive: true });
  const description = JSON.parse(readFileSync(join(here, "bundle-wasm/package.json"), "utf8"));
  const described = { ...description, version };
  writeFileSync(join(out, "package.json"), `${JSON.stringify(described, null, 2)}\n`);
  cpSync(join(here, "../LICENSE"), join(out, "LICENSE"));
  const wasm = join(out, "wasm");
  mkdirSync(wasm);
  for (const name of ["bundle_wasm.js", "bundle_wasm_bg.wasm"])
    cpSync(join(glue, name), join(wasm, name));
  const texts = JSON.stringify(explanations(), null, 1);
  writeFileSync(join(wasm, "explanations.js"), `export default ${texts};\n`);
}

/** The sections of docs/diagnostics.md by code, as `bundle explain` prints them. */
function explanations() {
  const document = readFileSync(join(here, "../docs/diagnostics.md"), "utf8");
  const sections = document.split("\n## ").slice(1);
  const parts = sections.map((section) => /^(.*)\n([^]*)$/.exec(section));
  return Object.fromEntries(parts.map(([, code, text]) => [code.trim(), text.trim()]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) wasmPackage(...process.argv.slice(2));
