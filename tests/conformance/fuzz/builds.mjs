// Builds many programs at once, each as an entry of its own, for every lane. A program that the
// binary refuses is a failure of its own, and the others are built again without it.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Lane → what it is built with, and where it runs. */
export const LANES = {
  es5: { args: ["--target=es5", "--no-minify"], engine: "node" },
  "es5-minified": { args: ["--target=es5", "--minify"], engine: "node" },
  es2015: { args: ["--target=es2015", "--no-minify"], engine: "node" },
  es2017: { args: ["--target=es2017", "--no-minify"], engine: "node" },
  es2020: { args: ["--target=es2020", "--no-minify"], engine: "node" },
  "es2018-minified": { args: ["--target=es2018", "--minify"], engine: "node" },
  "es2022-minified": { args: ["--target=es2022", "--minify"], engine: "node" },
  mujs: { from: "es5", engine: "mujs" },
  "mujs-minified": { from: "es5-minified", engine: "mujs" },
};

const CONFIG = { javascript: "{}", legacy: '{ "decorators": "legacy" }' };

/** The built text of each program, or why there is none: `[{ text } or { failure }]`. */
export function build(binary, work, programs, lane) {
  const results = programs.map(() => null);
  for (const group of Object.keys(CONFIG)) {
    const some = programs.map((one, at) => ({ ...one, at })).filter((one) => groupOf(one) === group);
    if (some.length > 0) buildGroup({ binary, folder: join(work, group), group, lane }, some, results);
  }
  return results;
}

function groupOf({ kind }) {
  return kind === "legacy" ? "legacy" : "javascript";
}

function buildGroup({ binary, folder, group, lane }, some, results) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "bundle.config.json"), CONFIG[group]);
  const file = ({ at, kind }) => `p${at}.${kind === "legacy" ? "mts" : kind === "sloppy" ? "cjs" : "mjs"}`;
  for (const one of some) writeFileSync(join(folder, file(one)), one.text);
  let left = some;
  while (left.length > 0) {
    const failure = run(binary, folder, left.map(file), LANES[lane].args);
    if (failure === null) break;
    const named = new Map(
      [...failure.matchAll(/^(error.*)\n\s*--> (p\d+\.\w+):/gm)].map(([, words, path]) => [path, words]),
    );
    const fit = left.filter((one) => !named.has(file(one)));
    // What names no file, a crash for one, is found by halves.
    const bad = fit.length === left.length ? (left.length === 1 ? left : null) : left.filter((one) => named.has(file(one)));
    if (bad === null) {
      const middle = left.length >> 1;
      for (const half of [left.slice(0, middle), left.slice(middle)])
        buildGroup({ binary, folder, group, lane }, half, results);
      return;
    }
    for (const one of bad) results[one.at] = { failure: (named.get(file(one)) ?? failure.trim().split("\n")[0]).replaceAll(file(one), "it") };
    left = left.filter((one) => !bad.includes(one));
  }
  for (const one of left) results[one.at] = { text: readFileSync(join(folder, `out/p${one.at}.js`), "utf8") };
}

function run(binary, folder, files, args) {
  if (existsSync(join(folder, "out"))) rmSync(join(folder, "out"), { recursive: true });
  const all = [
    ...files, "--no-cache", "--out-dir", "out", "--format=iife", "--sourcemap=none", "--jobs=1", ...args,
  ];
  const ended = spawnSync(binary, all, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28, timeout: 120_000 });
  return ended.status === 0 ? null : ended.stderr || `ended with ${ended.status ?? ended.signal}`;
}
