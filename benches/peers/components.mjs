// How long Vue's own compiler takes for the templates of element-ui, once Node has warmed up: what `cargo xtask bench components` prints beside
// the time that all blocks of the same files take here. node components.mjs

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const { parse, compileTemplate } = createRequire(resolve(import.meta.dirname, "../../tests/package.json"))("vue/compiler-sfc");

/** Turns that warm up, and turns that count. */
const [WARM, RUNS] = [10, 7];

const folder = resolve(import.meta.dirname, "../../tests/node_modules/element-ui/packages");
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".vue")).map((name) => join(folder, name));
const templates = files.flatMap((filename) => {
  const { template } = parse({ source: readFileSync(filename, "utf8"), filename, sourceMap: false });
  return template ? [{ filename, source: template.content }] : [];
});
const times = [];
for (let turn = 0; turn < WARM + RUNS; turn++) {
  const begun = process.cpuUsage();
  for (const template of templates) compileTemplate({ ...template, isProduction: true, prettify: false, transformAssetUrls: true });
  const { user, system } = process.cpuUsage(begun);
  if (turn >= WARM) times.push((user + system) / 1000);
}
const median = times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
process.stdout.write(`Vue's compiler, templates    ${median.toFixed(2)} ms CPU  for ${templates.length} of ${files.length} files\n`);
