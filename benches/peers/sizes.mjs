// Bytes and gzipped bytes of the programs in tests/packages, minified, beside those of other
// bundlers. Each program uses its package as users do, so unused parts of the package count. The
// tests (`npm::*`) show that the outputs work; here they only have to parse. Started by `cargo
// xtask bench sizes`.
//
// node sizes.mjs BINARY FOLDER [filter]: a part of a package's name

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { table } from "./table.mjs";
import { LANES, TOOLS } from "./tools.mjs";

const PACKAGES = resolve(import.meta.dirname, "../../tests/packages");

const [binary, folder, filter = ""] = process.argv.slice(2);
const packages = readdirSync(PACKAGES).filter((name) => name.includes(filter));
for (const lane of LANES.filter(({ minify }) => minify)) {
  const tools = TOOLS.filter((tool) => tool.has({ lane, input: { modules: 1 } }));
  const rows = packages.map((name) => {
    process.stderr.write(`${lane.name} ${name}\n`);
    return { name, sizes: tools.map((tool) => size(tool, name, lane)) };
  });
  process.stdout.write(
    `${lane.name}: bytes / gzip\n\n` +
      `${table(["package", ...tools.map(({ name }) => name)], lines(rows, tools))}\n\n`,
  );
}

/**
 * A line for each package, then the sums. Last, bundle's gzipped sums divided by those of each
 * tool, over what both can build.
 */
function lines(rows, tools) {
  const cell = ({ error, bytes, gzip }) => error ?? `${bytes} / ${gzip}`;
  const sum = (at, of, counts) =>
    rows
      .filter(({ sizes }) => counts(sizes))
      .reduce((total, { sizes }) => total + sizes[at][of], 0);
  const ratio = (of, mine) =>
    tools.map((_, at) => {
      const counts = (sizes) => !sizes[mine].error && !sizes[at].error;
      return (sum(mine, of, counts) / sum(at, of, counts)).toFixed(3);
    });
  return [
    ...rows.map(({ name, sizes }) => [name, ...sizes.map(cell)]),
    ["**bundle /**, bytes", ...ratio("bytes", 0)],
    ["**bundle /**, gzip", ...ratio("gzip", 0)],
    ["**bundle-chunk /**, gzip", ...ratio("gzip", 1)],
  ];
}

function size(tool, name, lane) {
  const place = join(folder, "sizes", lane.name, name, tool.name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const use = join(PACKAGES, name, "use.json");
  const { args = [] } = existsSync(use) ? JSON.parse(readFileSync(use, "utf8")) : {};
  const alias = args.includes("--alias")
    ? args[args.indexOf("--alias") + 1].split("$=")
    : undefined;
  const input = {
    entry: join(PACKAGES, name, "main.js"),
    alias: alias && [alias[0], join(PACKAGES, "../node_modules", alias[1])],
  };
  const out = join(place, "out.js");
  const [program, ...words] = tool.command({ lane, input, out, maps: false, binary });
  const { status, stderr } = spawnSync(program, words, {
    cwd: join(PACKAGES, name),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0 || !existsSync(out))
    return { error: `no: ${stderr.trim().split("\n")[0].slice(0, 60)}` };
  if (spawnSync(process.execPath, ["--check", out]).status !== 0)
    return { error: "does not parse" };
  const text = readFileSync(out);
  return { bytes: text.length, gzip: gzipSync(text, { level: 9 }).length };
}
