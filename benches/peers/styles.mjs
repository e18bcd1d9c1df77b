// SCSS to minified CSS as one cold command: by bundle, npm's sass in JavaScript, the native
// compiler of sass-embedded, and Rspack with sass-loader. `cargo xtask bench styles` prints the
// result.
//
// node styles.mjs BINARY FOLDER [--repeat N]

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { arch, platform } from "node:process";
import { join } from "node:path";

const [binary, folder, ...options] = process.argv.slice(2);
const repeat = Number(options[options.indexOf("--repeat") + 1] || 5);
const packages = join(import.meta.dirname, "node_modules");

/** What is compiled: a name, and the sheets. */
const INPUTS = {
  "bootstrap 5": [join(packages, "bootstrap/scss/bootstrap.scss")],
  "theme-chalk": sheets(join(packages, "element-ui/packages/theme-chalk/src")),
};

/**
 * The stylesheets of a folder, without partials, without those that produce no CSS by themselves,
 * and without display.scss, which no current Sass compiles.
 */
function sheets(folder) {
  const isEntry = (name) =>
    /^[^_].*\.scss$/.test(name) && name !== "display.scss" && statSync(join(folder, name)).size > 0;
  const names = readdirSync(folder).filter(isEntry);
  return names.sort().map((name) => join(folder, name));
}

/** The goal: CPU time of ours, of that of sass-embedded's compiler. */
const LIMIT = 0.7;

const native = join(packages, `sass-embedded-${platform}-${arch}`, "dart-sass/sass");
const TOOLS = {
  bundle: (sheets, out) => [
    binary, ...sheets, "--out-dir", out, "--minify", "--target", "chrome 100",
  ],
  "sass-embedded": (sheets, out) => [
    native,
    "--quiet",
    "--style=compressed",
    "--no-source-map",
    ...sheets.map((sheet, index) => `${sheet}:${out}/${index}.css`),
  ],
  sass: (sheets, out) => [
    process.execPath,
    join(packages, "sass/sass.js"),
    "--quiet",
    "--style=compressed",
    "--no-source-map",
    ...sheets.map((sheet, index) => `${sheet}:${out}/${index}.css`),
  ],
  rspack: (sheets, out) => [
    process.execPath,
    join(import.meta.dirname, "styles-rspack.mjs"),
    out,
    ...sheets,
  ],
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const rows = [];
for (const [name, sheets] of Object.entries(INPUTS)) {
  const costs = {};
  for (const tool of Object.keys(TOOLS)) costs[tool] = least(name, tool, sheets);
  for (const [tool, cost] of Object.entries(costs)) {
    const ratio = costs.bundle.cpu / cost.cpu;
    rows.push([
      name,
      tool,
      cost.cpu.toFixed(3),
      cost.wall.toFixed(3),
      (cost.memory / 2 ** 20).toFixed(0),
      String(cost.bytes),
      tool === "bundle" ? "" : ratio.toFixed(2),
    ]);
    if (tool === "sass-embedded") rows.at(-1).push(ratio <= LIMIT ? "met" : "**not met**");
  }
}
console.log(
  `CPU seconds of the process tree, the least of ${repeat}. The goal is ${LIMIT} of ` +
    "sass-embedded's.",
);
console.log(
  "| input | tool | CPU s | wall s | peak MiB | bytes | bundle's CPU × | goal |\n" +
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
);
for (const row of rows) console.log(`| ${row.join(" | ")} |`);

function least(name, tool, sheets) {
  let best;
  for (let turn = 0; turn < repeat; turn++) {
    const out = join(folder, `${name}-${tool}`.replaceAll(" ", "-"));
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const report = join(folder, "report.json");
    execFileSync(
      "python3",
      [join(import.meta.dirname, "measure.py"), report, ...TOOLS[tool](sheets, out)],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const cost = JSON.parse(readFileSync(report, "utf8"));
    if (!best || cost.cpu < best.cpu) best = { ...cost, bytes: written(out) };
  }
  return best;
}

function written(out) {
  const list = execFileSync("find", [out, "-name", "*.css"], { encoding: "utf8" })
    .split("\n")
    .filter(Boolean);
  const bytes = list.reduce((sum, file) => sum + statSync(file).size, 0);
  if (bytes < 100_000) throw new Error(`${out} has ${bytes} bytes of CSS`);
  return bytes;
}
