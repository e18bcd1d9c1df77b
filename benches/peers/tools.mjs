// How each tool is called for the same output: one classic script of everything, in UTF-8, with
// only legal comments, for browsers, in production. esbuild and bundle are programs; the others are
// Node packages that api.mjs calls, as projects of their users do. No tool is given a number of
// threads.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const API = join(import.meta.dirname, "api.mjs");

/** What is asked for. */
export const LANES = [
  { name: "es5", target: "es5", minify: false },
  { name: "es5-minified", target: "es5", minify: true },
  { name: "esnext", target: "esnext", minify: false },
  { name: "esnext-minified", target: "esnext", minify: true },
];

/** Every tool, ours first: which lanes it has, its command line, and what it complained of. */
export const TOOLS = [
  { name: "bundle", has, command: bundle, warnings: bundleWarnings },
  // The whole output compressed once more, which has no map.
  {
    name: "bundle-chunk",
    has: (job) => has(job) && job.lane.minify && job.input.modules <= 5000 && !job.input.vue,
    command: bundleChunk,
    warnings: bundleWarnings,
    isForSizes: true,
  },
  {
    name: "esbuild",
    has: isEsnext,
    command: esbuild,
    warnings: marked(/^▲ \[WARNING\] (.*?)(?: \[[a-z-]+\])?$/gmu),
  },
  {
    name: "rolldown",
    has: (job) => isEsnext(job) && !job.input.types,
    command: api("rolldown"),
    warnings: marked(/^warning: (.*)$/gm),
  },
  {
    name: "rspack",
    has: (job) => has(job) && !job.input.types,
    command: api("rspack"),
    warnings: marked(/^warning: (.*)$/gm),
  },
  // For its sizes, which are the smallest there are: one run, and none of the large programs.
  {
    name: "rollup",
    has: ({ lane, input }) =>
      isEsnext({ lane, input }) && lane.minify && input.modules < 5000 && !input.types,
    command: api("rollup"),
    warnings: marked(/^warning: (.*)$/gm),
    isForSizes: true,
  },
];

/** Components are for pages: what they cost in ES5 is the question. */
function has({ lane, input }) {
  return !input.vue || lane.target === "es5";
}

function isEsnext({ lane, input }) {
  return lane.target === "esnext" && !input.vue;
}

function bundle({ lane, input, out, maps, binary }) {
  const config = join(dirname(out), "bundle.config.json");
  if (!input.vue)
    writeFileSync(config, JSON.stringify({ root: dirname(input.entry), charset: "utf8" }));
  return [
    binary,
    input.entry,
    ...(input.vue ? [] : ["--config", config]),
    "--log-format",
    "json",
    "--target",
    lane.target,
    "--out-file",
    out,
    lane.minify ? "--minify" : "--no-minify",
    "--sourcemap",
    maps ? "file" : "none",
    ...(input.alias ? ["--alias", `${input.alias[0]}$=${input.alias[1]}`] : []),
  ];
}

function bundleChunk(job) {
  return bundle({ ...job, maps: false }).map((word) =>
    word === "--minify" ? "--minify=chunk" : word,
  );
}

function bundleWarnings(stderr) {
  const lines = stderr
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
  return lines.map(({ code, message }) => `${code}: ${message}`);
}

function esbuild({ lane, input, out, maps }) {
  const platform = `@esbuild/${process.platform}-${process.arch}`;
  const binary = createRequire(import.meta.url).resolve(`${platform}/bin/esbuild`);
  return [
    binary, input.entry, "--bundle", "--format=iife", "--platform=browser",
    `--target=${lane.target}`, `--outfile=${out}`, "--log-level=warning", "--legal-comments=inline",
    "--charset=utf8",
    '--define:process.env.NODE_ENV="production"',
    ...(lane.minify ? ["--minify"] : []),
    ...(maps ? ["--sourcemap"] : []),
    ...(input.alias ? [`--alias:${input.alias[0]}=${input.alias[1]}`] : []),
  ];
}

function api(tool) {
  return ({ lane, input, out, maps }) => [
    process.execPath,
    API,
    tool,
    JSON.stringify({ lane, entry: input.entry, alias: input.alias, vue: input.vue, out, maps }),
  ];
}

function marked(pattern) {
  return (stderr) => [...stderr.matchAll(pattern)].map((found) => found[1]);
}
