// Compares bundle with its peers: CPU time, memory and sizes for the same programs and lanes. All
// tools are measured in one run, because only figures of one run can be compared. Started by `cargo
// xtask bench peers`, which builds and installs what this needs.
//
// node run.mjs BINARY FOLDER [filter] [--repeat N] [--no-maps]
//
// The filter is a part of PROGRAM/LANE/TOOL: three, /es5, synthetic-1000/esnext-minified. Tools
// take turns, and the least CPU time of all turns counts. Every output runs before it counts: it
// has to print what the program prints unbundled.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { INPUTS, prepare } from "./inputs.mjs";
import { markdown } from "./table.mjs";
import { LANES, TOOLS } from "./tools.mjs";

/**
 * V8's stack in KiB, for outputs that need more than the default. A page cannot set it, so the
 * table says so.
 */
const LARGE_STACK = 7000;

const [binary, folder, ...rest] = process.argv.slice(2);
const repeat = Number(rest.includes("--repeat") ? rest[rest.indexOf("--repeat") + 1] : 3);
const maps = !rest.includes("--no-maps");
const filter = rest.find((word, at) => !word.startsWith("--") && rest[at - 1] !== "--repeat") ?? "";
if (!(repeat >= 1)) throw new Error("--repeat takes a number from 1");

const results = [];
for (const input of INPUTS) {
  const lanes = LANES.filter((lane) => toolsOf(input, lane).length > 0);
  if (lanes.length === 0) continue;
  process.stderr.write(`${input.name}\n`);
  const prepared = prepare(input, join(folder, "inputs"));
  for (const lane of lanes) results.push(...measureLane(prepared, lane, toolsOf(input, lane)));
}
process.stdout.write(`${markdown(results, { repeat, maps })}\n`);

function toolsOf(input, lane) {
  return TOOLS.filter(
    (tool) =>
      tool.has({ lane, input }) && `${input.name}/${lane.name}/${tool.name}`.includes(filter),
  );
}

function measureLane(input, lane, tools) {
  const measured = new Map(tools.map((tool) => [tool, []]));
  for (let turn = 0; turn < repeat; turn++) {
    for (const tool of tools) {
      const turns = measured.get(tool);
      if ((turn > 0 && tool.isForSizes) || turns.some(({ error }) => error)) continue;
      turns.push(build(tool, input, lane));
      process.stderr.write(
        `  ${lane.name} ${tool.name} ${turns.at(-1).error ?? `${turns.at(-1).cpu.toFixed(2)} s`}\n`,
      );
    }
  }
  return tools.map((tool) => summary(tool, input, lane, measured.get(tool)));
}

/** One build in a fresh folder, and what it cost. */
function build(tool, input, lane) {
  const place = placeOf(tool, input, lane);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const report = join(folder, "costs.json");
  rmSync(report, { force: true });
  const command = tool.command({ lane, input, out: join(place, "out.js"), maps, binary });
  const measure = [join(import.meta.dirname, "measure.py"), report, ...command];
  const { status, stderr } = spawnSync("python3", measure, {
    cwd: input.folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const warnings = [...new Set(tool.warnings(stderr))];
  if (status !== 0) return { error: shortened(stderr) || `exit code ${status}`, warnings };
  if (!existsSync(join(place, "out.js"))) return { error: "wrote nothing", warnings };
  return { ...JSON.parse(readFileSync(report, "utf8")), warnings };
}

function placeOf(tool, input, lane) {
  return join(folder, "outputs", input.name, lane.name, tool.name);
}

/** The least of all turns, what was written, and whether it runs. */
function summary(tool, input, lane, turns) {
  const { isForSizes = false } = tool;
  const { warnings } = turns[0];
  const what = {
    input,
    lane,
    tool: tool.name,
    isForSizes,
    warnings,
    doesLess: warnings.some((text) => text.startsWith("not-yet-supported")),
  };
  const failed = turns.find(({ error }) => error);
  if (failed) return { ...what, error: failed.error };
  const file = join(placeOf(tool, input, lane), "out.js");
  const { runs, error } = ran(file, input.line);
  const least = (of) => Math.min(...turns.map((turn) => turn[of]));
  const text = readFileSync(file, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\n?$/, "");
  const gzip = gzipSync(text, { level: 9 }).length;
  return {
    ...what,
    cpu: least("cpu"),
    wall: least("wall"),
    memory: least("memory"),
    bytes: statSync(file).size,
    gzip,
    runs,
    error,
  };
}

/** Runs an output as a classic script in Node. */
function ran(file, line) {
  writeFileSync(join(file, "../package.json"), '{ "type": "commonjs" }\n');
  const node = (...flags) => spawnSync(process.execPath, [...flags, file], { encoding: "utf8" });
  const first = node();
  if (first.stdout.trim() === line) return { runs: "yes" };
  if (!first.stderr.includes("Maximum call stack"))
    return { error: shortened(first.stderr) || `printed ${shortened(first.stdout)}` };
  return node(`--stack-size=${LARGE_STACK}`).stdout.trim() === line
    ? { runs: "with a large stack" }
    : { error: "overflows the stack" };
}

/** The line that says what went wrong, for a cell of a table. */
function shortened(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const said = lines.find((line) => /^(\w*Error|error)\b/i.test(line)) ?? lines[0] ?? "";
  return said.replaceAll("|", "\\|").slice(0, 160);
}
