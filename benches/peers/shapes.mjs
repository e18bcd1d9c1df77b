// The ten most common shapes of an entry, built by bundle, esbuild and Rollup. The outputs are
// written side by side under FOLDER/shapes, to be read; their sizes are printed as a table.
// docs/design/output.md says where ours is longer, and why. Started by `cargo xtask bench shapes`.
//
// node shapes.mjs BINARY FOLDER [filter]: a part of a shape's name

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import commonjs from "@rollup/plugin-commonjs";
import resolve from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { rollup } from "rollup";
import { table } from "./table.mjs";

const HERE = join(import.meta.dirname, "shapes");
const [binary, folder, filter = ""] = process.argv.slice(2);

/**
 * What is built: the form of the output, and which peers read the shape as it is, without a plugin
 * for its language.
 */
const SHAPES = [
  { name: "one-module" },
  { name: "two-modules" },
  { name: "commonjs-package" },
  { name: "cycle" },
  { name: "dynamic-import" },
  { name: "dynamic-import", shown: "dynamic-import, as chunks", format: "esm", splits: true },
  { name: "class-library", format: "esm" },
  { name: "component", peers: [] },
  { name: "json", peers: ["esbuild"] },
  // Neither peer looks into a worker: they would copy its address.
  { name: "worker", peers: [] },
  { name: "typescript", entry: "main.ts", peers: ["esbuild"] },
];

const TOOLS = {
  "bundle": bundle,
  "bundle es5": (job) => bundle(job, "es5"),
  esbuild,
  rollup: byRollup,
};

const rows = [];
for (const shape of SHAPES.filter(({ name }) => name.includes(filter))) {
  const shown = shape.shown ?? shape.name;
  const cells = [];
  for (const [tool, build] of Object.entries(TOOLS)) {
    for (const minify of [false, true])
      cells.push(await size(shape, shown, { tool, build, minify }));
  }
  rows.push([shown, ...cells]);
}
const heads = Object.keys(TOOLS).flatMap((tool) => [tool, `${tool}, minified`]);
process.stdout.write(`${table(["shape", ...heads], rows)}\n`);

/** The bytes of all that a tool writes for a shape; a dash where it does not read it. */
async function size(shape, shown, { tool, build, minify }) {
  if (!tool.startsWith("bundle") && !(shape.peers ?? ["esbuild", "rollup"]).includes(tool))
    return "–";
  const out = join(
    folder,
    "shapes",
    shown.replace(/\W+/g, "-"),
    `${tool.replace(" ", "-")}${minify ? "-min" : ""}`,
  );
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await build({
    entry: join(HERE, shape.name, shape.entry ?? "main.js"),
    format: shape.format ?? "iife",
    splits: shape.splits,
    minify,
    out,
  });
  const scripts = readdirSync(out, { recursive: true }).filter((file) => file.endsWith(".js"));
  if (scripts.length === 0) throw new Error(`${tool} wrote nothing for ${shown}`);
  return scripts.reduce((sum, file) => sum + statSync(join(out, file)).size, 0);
}

function run(program, words) {
  const { status, stderr } = spawnSync(program, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}\n${stderr}`);
}

function bundle({ entry, format, splits, minify, out }, target = "esnext") {
  run(binary, [
    entry, "--no-config", "--out-dir", out, "--format", format, "--target", target, "--sourcemap",
    "none", "--external", "vue=Vue",
    minify ? "--minify" : "--no-minify",
    ...(splits ? ["--splitting"] : []),
  ]);
}

function esbuild({ entry, format, splits, minify, out }) {
  const program = createRequire(import.meta.url).resolve(
    `@esbuild/${process.platform}-${process.arch}/bin/esbuild`,
  );
  run(program, [
    entry, "--bundle", `--outdir=${out}`, `--format=${format}`, "--target=esnext",
    "--log-level=warning",
    ...(minify ? ["--minify"] : []),
    ...(splits ? ["--splitting"] : []),
  ]);
}

async function byRollup({ entry, format, splits, minify, out }) {
  const build = await rollup({ input: entry, plugins: [resolve(), commonjs()], onLog: () => {} });
  await build.write({
    dir: out,
    format,
    inlineDynamicImports: !splits,
    plugins: minify ? [terser({ module: format === "esm" })] : [],
  });
  await build.close();
}
