// The floor of a cold build beside the build: what reading, parsing and writing alone cost. The
// files are those of the build's source map, and as many bytes are written as it wrote. Started by
// `cargo xtask bench floor`. The steps take turns, and the median of all turns counts.
//
// node floor.mjs BINARY FOLDER FLOOR [filter] [--repeat N]
//
// FLOOR is the bench `phases`, and the filter a part of an input's name. "outside parsing": the CPU
// time of the build less that of parsing, as a multiple of the floor.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { INPUTS, prepare } from "./inputs.mjs";
import { table } from "./table.mjs";
import { LANES, TOOLS } from "./tools.mjs";

const MIB = 1024 * 1024;
const LIMIT = 4;
const [binary, folder, floor, ...rest] = process.argv.slice(2);
const repeat = Number(rest.includes("--repeat") ? rest[rest.indexOf("--repeat") + 1] : 3);
const filter = rest.find((word, at) => !word.startsWith("--") && rest[at - 1] !== "--repeat") ?? "";
if (!(repeat >= 1)) throw new Error("--repeat takes a number from 1");

const lane = LANES.find(({ name }) => name === "esnext");
const inputs = INPUTS.filter(({ name, vue }) => name.includes(filter) && !vue);
const rows = inputs.map((input) => row({ ...input, ...prepare(input, join(folder, "inputs")) }));
const head = [
  "input", "build CPU s", "floor CPU s", "read CPU s", "build MiB", "floor MiB", "build / floor",
  "outside parsing", "limit", "",
];
process.stdout.write(`${table(head, rows)}\n`);

function row(input) {
  const place = join(folder, "outputs", input.name, "floor");
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const out = join(place, "out.js");
  const build = TOOLS[0].command({ lane, input, out, maps: true, binary });
  measured(build, input);
  const { sources } = JSON.parse(readFileSync(`${out}.map`, "utf8"));
  const list = join(place, "sources.txt");
  // Sources of our own runtime are no files.
  const files = sources.map((source) => resolve(dirname(out), source)).filter(isFile);
  writeFileSync(list, `${files.join("\n")}\n`);
  const outputs = [out, `${out}.map`].flatMap((file) => [
    join(place, "floor", file.slice(place.length)), String(statSync(file).size),
  ]);
  const steps = {
    build,
    floor: [floor, "--floor", list, ...outputs],
    read: [floor, "--floor", list],
    parsed: [floor, "--floor", list, join(place, "floor/none"), "0"],
  };
  const costs = Object.fromEntries(Object.keys(steps).map((step) => [step, []]));
  for (let turn = 0; turn < repeat; turn++) {
    for (const [step, command] of Object.entries(steps)) costs[step].push(measured(command, input));
  }
  const median = (step, of) =>
    costs[step].map((cost) => cost[of]).sort((a, b) => a - b)[Math.floor(repeat / 2)];
  const parsing = median("parsed", "cpu") - median("read", "cpu");
  const outside = (median("build", "cpu") - parsing) / median("floor", "cpu");
  return [
    input.name,
    ...["build", "floor", "read"].map((step) => median(step, "cpu").toFixed(2)),
    ...["build", "floor"].map((step) => (median(step, "memory") / MIB).toFixed(0)),
    (median("build", "cpu") / median("floor", "cpu")).toFixed(2),
    outside.toFixed(2),
    LIMIT,
    outside <= LIMIT ? "met" : "**not met**",
  ];
}

function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function measured(command, input) {
  const report = join(folder, "costs.json");
  const words = [join(import.meta.dirname, "measure.py"), report, ...command];
  const { status, stderr } = spawnSync("python3", words, {
    cwd: input.folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${input.name}: ${command[0]}: ${stderr}`);
  return JSON.parse(readFileSync(report, "utf8"));
}
