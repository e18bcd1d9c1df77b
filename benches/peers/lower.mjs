// Lowering to ES5 beside swc, Babel's preset-env and TypeScript, on the same files in one run:
// MB/s on one core, and bytes of the outputs after one minifier and gzip.
//
// node lower.mjs BINARY FOLDER PHASES [filter]
//
// No tool says how long it lowers: that is its whole run for es5 less its whole run for esnext, in
// one process after a run that warms it up. `PHASES` is our bench of phases, which does the same.
// Of some runs the fastest counts: a difference of two medians is mostly noise on a busy machine.
// Files are prepared by bundling them for esnext, so that each is one module without imports.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { classes } from "./lower/classes.mjs";
import { writeSynthetic } from "./synthetic.mjs";

const require = createRequire(new URL("lower/package.json", import.meta.url));
const root = resolve(import.meta.dirname, "../..");
const packages = join(import.meta.dirname, "lower/node_modules");

const [binary, folder, phases, filter = ""] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

/** Name → a function that returns the text that is lowered. */
const INPUTS = {
  three: () => bundled(join(packages, "three/build/three.module.js")),
  rxjs: () => bundled(join(packages, "rxjs/dist/esm/index.js")),
  "react-dom": () => bundled(join(packages, "react-dom/client.js")),
  classes: () => classes(400),
  generated: () => {
    writeSynthetic(join(folder, "generated"), 1000);
    return bundled(join(folder, "generated/main.js"));
  },
  es5: () => read(join(root, "tests/node_modules/lodash/lodash.js")),
  sample: () => read(join(import.meta.dirname, "lower/sample.js")),
};

/** Name → the text lowered to `es5` or left at `esnext`. */
const TOOLS = {
  swc: (text, target) =>
    require("@swc/core").transformSync(text, {
      configFile: false, swcrc: false, isModule: true,
      jsc: { parser: { syntax: "ecmascript" }, target, externalHelpers: false },
    }).code,
  babel: (text, target) =>
    require("@babel/core").transformSync(text, {
      babelrc: false, configFile: false, compact: false, sourceType: "module",
      presets: target === "es5"
        ? [[require.resolve("@babel/preset-env"), { forceAllTransforms: true, modules: false }]]
        : [],
    }).code,
  typescript: (text, target) => {
    const ts = require("typescript");
    const compilerOptions = {
      target: ts.ScriptTarget[target === "es5" ? "ES5" : "ESNext"], module: ts.ModuleKind.ESNext,
      allowJs: true, downlevelIteration: true,
    };
    return ts.transpileModule(text, { compilerOptions, fileName: "file.js" }).outputText;
  },
};

const rows = [];
for (const [name, prepare] of Object.entries(INPUTS)) {
  if (!name.includes(filter)) continue;
  const path = join(folder, `${name}.js`);
  const text = prepare();
  writeFileSync(path, text);
  rows.push(await row(name, path, text));
}
print();
if ("class-sample".includes(filter)) printScripts();

function read(path) {
  return readFileSync(path, "utf8");
}

function bundled(entry, target = "esnext") {
  const out = join(folder, `bundled-${target}.js`);
  const args = ["--target", target, "--format", "esm", "--no-minify", "--sourcemap", "none"];
  const to = ["--no-config", "--no-cache", "--out-file", out];
  execFileSync(binary, [entry, ...to, ...args], { stdio: "pipe" });
  return read(out);
}

/** What a page's script costs with all helpers, as the only thing in it. */
function printScripts() {
  const entry = join(import.meta.dirname, "lower/class-sample.js");
  const config = join(folder, "loose.config.json");
  writeFileSync(config, '{ "loose": true }');
  console.log("\nThe class sample as a script for IE 9, bytes\n");
  console.log("| output | plain | gzipped | minified | gzipped |\n| --- | ---: | ---: | ---: | ---: |");
  for (const [name, args] of [["faithful", ["--no-config"]], ["loose", ["--config", config]]]) {
    const cells = ["--no-minify", "--minify"].flatMap((minify) => {
      const out = join(folder, `class-sample-${name}.js`);
      const rest = ["--no-cache", "--target", "ie 9", "--sourcemap", "none", "--out-file", out];
      execFileSync(binary, [entry, ...args, minify, ...rest], { stdio: "pipe" });
      return [readFileSync(out).length, gzipSync(readFileSync(out), { level: 9 }).length];
    });
    console.log(`| ${[name, ...cells].join(" | ")} |`);
  }
}

async function row(name, path, text) {
  const megabytes = Buffer.byteLength(text) / 1e6;
  const tools = { ours: { ...ours(path, megabytes), ...(await sizes(bundled(path, "es5"))) } };
  for (const [tool, lower] of Object.entries(TOOLS)) {
    const [es5, esnext] = ["es5", "esnext"].map((target) => fastest(() => lower(text, target)));
    tools[tool] = {
      lower: rate(megabytes, es5 - esnext),
      whole: megabytes / es5,
      ...(await sizes(lower(text, "es5"))),
    };
    process.stderr.write(`${name}: ${tool}\n`);
  }
  return { name, megabytes, tools };
}

/** What takes no time that can be told from none is free. */
function rate(megabytes, seconds) {
  return seconds > 0 ? megabytes / seconds : Infinity;
}

/** By the bench of phases: the library alone, without a disk. */
function ours(path, megabytes) {
  const line = execFileSync(phases, ["--lower", path], { encoding: "utf8" });
  const { parse, analyse, lowered, print, printLowered } = JSON.parse(line);
  return {
    lower: rate(megabytes, (lowered - analyse) / 1e3),
    whole: megabytes / ((lowered + printLowered) / 1e3),
    parse: megabytes / (parse / 1e3),
    print: megabytes / (print / 1e3),
  };
}

/** Seconds. */
function fastest(run) {
  const times = [];
  const limit = Date.now() + 4000;
  run();
  do {
    const started = process.hrtime.bigint();
    run();
    times.push(Number(process.hrtime.bigint() - started) / 1e9);
  } while (times.length < 15 && Date.now() < limit);
  return Math.min(...times);
}

async function sizes(text) {
  const { code } = await require("terser").minify(text, { module: true, ecma: 5 });
  return { bytes: Buffer.byteLength(text), minified: code.length, gzipped: gzipSync(code, { level: 9 }).length };
}

function print() {
  const number = (value) =>
    value >= 1e5 ? "free" : value >= 10 ? value.toFixed(0) : value.toPrecision(2);
  const names = ["ours", ...Object.keys(TOOLS)];
  const line = (cells) => console.log(`| ${cells.join(" | ")} |`);
  const table = (title, cell) => {
    console.log(`\n${title}\n`);
    line(["file", "MB", ...names]);
    line(["---", "---:", ...names.map(() => "---:")]);
    for (const { name, megabytes, tools } of rows)
      line([name, megabytes.toFixed(2), ...names.map((tool) => cell(tools[tool]))]);
  };
  table("Lowering alone, MB/s (es5 less esnext)", ({ lower }) => number(lower));
  table("Parse, lower and print, MB/s", ({ whole }) => number(whole));
  table("Lowered, bytes", ({ bytes }) => String(bytes));
  table("Lowered and minified by terser, bytes", ({ minified }) => String(minified));
  table("The same, gzipped", ({ gzipped }) => String(gzipped));
  console.log("\nOurs, MB/s, without lowering\n");
  line(["file", "parse", "print"]);
  line(["---", "---:", "---:"]);
  for (const { name, tools } of rows) line([name, number(tools.ours.parse), number(tools.ours.print)]);
}
