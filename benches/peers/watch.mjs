// Milliseconds and CPU time of an edit, by bundle and by peers, in one run: from a saved file to
// the first output with the edit on the disk, and to complete output. Our first output is the
// update that pages load. The times are those of files; no tool is asked how long it took.
//
// node watch.mjs BINARY FOLDER [filter] [--edits N]
//
// The filter is a part of `INPUT/TOOL`. Started by `cargo xtask bench watch`.

import {
  mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { mix } from "./mix/project.mjs";
import { AREAS, writeShop } from "./shop/generate.mjs";
import { writeSynthetic } from "./synthetic.mjs";
import { table } from "./table.mjs";
import { cpuTime, memory, middleAndWorst, options, ours, sleep, start } from "./watched.mjs";

const HERE = import.meta.dirname;
/** What does not come within this is taken to be missed; a first build may take longer. */
const [LIMIT, LIMIT_OF_FIRST] = [60_000, 300_000];
/** Nothing was written for this long: the output is complete. */
const QUIET = 400;

const [binary, folder, ...words] = process.argv.slice(2);
const { number: edits, rest: [filter = ""] } = options(words, "--edits", 9);

const isBody = (text, number) =>
  text.replace(/\breturn /, `window.edited = "mark${number}";\n  return `);
const isExported = (text, number) =>
  `${text}\nexport const added${number} = (window.edited = "mark${number}");\n`;

/** What is edited, how, and where the mark that an edit leaves has to be found. */
const INPUTS = [
  {
    name: "shop",
    write: (to) => writeShop(to),
    entries: (to) =>
      Object.fromEntries(AREAS.map((area) => [area, join(to, "src/areas", area, "index.js")])),
    tools: ["bundle", "rspack", "webpack", "mix"],
    edits: [
      {
        what: "a module of an area",
        file: "src/areas/events/utilities/EventsUtilities0.js",
        edit: isBody,
      },
      { what: "a common module", file: "src/shared/http.js", edit: isBody },
      {
        what: "a component's template",
        file: "src/areas/events/pages/EventsPage0.vue",
        edit: (text, number) => text.replace(/<template>\s*<(\w+)/, `$& title="mark${number}"`),
      },
      {
        what: "an SCSS partial",
        file: "src/styles/_mixins.scss",
        edit: (text, number) => `${text}\n.mark${number} { color: red }\n`,
      },
    ],
  },
  {
    name: "5,000 modules",
    write: (to) => writeSynthetic(join(to, "src"), 5000),
    entries: (to) => ({ main: join(to, "src/main.js") }),
    tools: ["bundle", "rspack", "esbuild", "rolldown", "webpack"],
    edits: [
      { what: "a body", file: "src/f100/m2410.js", edit: isBody },
      { what: "exports", file: "src/f100/m2410.js", edit: isExported },
    ],
  },
  {
    name: "50,000 modules, 100 entries",
    write: (to) => {
      for (let at = 0; at < 100; at++) writeSynthetic(join(to, `src/area${at}`), 500);
    },
    entries: (to) =>
      Object.fromEntries(
        Array.from({ length: 100 }, (_, at) => [`area${at}`, join(to, `src/area${at}/main.js`)]),
      ),
    tools: ["bundle"],
    edits: [{ what: "a body", file: "src/area50/f010/m250.js", edit: isBody }],
  },
];

const rows = [];
for (const input of INPUTS) {
  const tools = input.tools.filter((tool) => `${input.name}/${tool}`.includes(filter));
  if (tools.length === 0) continue;
  const source = join(folder, input.name.replaceAll(/\W+/g, "-"));
  rmSync(source, { recursive: true, force: true });
  input.write(source);
  for (const tool of tools) {
    // What Mix works with is older than what the others have.
    rmSync(join(source, "node_modules"), { force: true });
    symlinkSync(
      join(HERE, tool === "mix" ? "mix/node_modules" : "node_modules"),
      join(source, "node_modules"),
    );
    rows.push(...(await measured(input, source, tool)));
  }
}
const HEADINGS = [
  "input", "edit", "tool", "first, ms", "worst", "complete, ms", "worst", "CPU ms",
  "first build, ms", "MiB",
];
process.stdout.write(`${table(HEADINGS, rows)}\n`);

async function measured(input, source, tool) {
  const out = join(source, `out-${tool}`);
  mkdirSync(out, { recursive: true });
  const begin = performance.now();
  const { command, env } = how(tool, { source, out, entries: input.entries(source) });
  const watcher = start(tool, command, { cwd: source, env });
  await quiet(out, 0, () => /watching|compiled successfully/i.test(watcher.said), LIMIT_OF_FIRST);
  const first = lastChange(out) - (performance.timeOrigin + begin);
  const result = [];
  for (const edit of input.edits) {
    const costs = [];
    const file = join(source, edit.file);
    const text = readFileSync(file, "utf8");
    for (let number = 0; number < edits; number++)
      costs.push(
        await once(watcher, out, {
          file,
          text: edit.edit(text, 1000 + number),
          mark: `mark${1000 + number}`,
        }),
      );
    await once(watcher, out, { file, text, mark: undefined });
    const of = (key) =>
      middleAndWorst(costs.map((cost) => cost[key])).map((time) => time.toFixed(0));
    const cpu = costs.reduce((sum, cost) => sum + cost.cpu, 0) / edits;
    result.push([
      input.name,
      edit.what,
      tool,
      ...of("first"),
      ...of("complete"),
      cpu.toFixed(0),
      first.toFixed(0),
      memory(watcher.pid).toFixed(0),
    ]);
    process.stderr.write(`${result.at(-1).join(" | ")}\n`);
  }
  await watcher.kill();
  return result;
}

/** One edit: until the first file of the output has it, and until the last one was changed. */
async function once(watcher, out, { file, text, mark }) {
  const [before, used] = [lastChange(out), cpuTime(watcher.pid)];
  writeFileSync(file, text);
  const saved = statSync(file).ctimeMs;
  await quiet(out, before, () => true);
  const complete = lastChange(out) - saved;
  if (mark === undefined) return undefined;
  const marked = written(out, mark, saved);
  if (!marked.length) throw new Error(`${mark} is in no output`);
  return { first: Math.min(...marked) - saved, complete, cpu: cpuTime(watcher.pid) - used };
}

/** Waits until something newer than `before` is there and nothing follows. */
async function quiet(out, before, isReady, limit = LIMIT) {
  const end = performance.now() + limit;
  let [last, since] = [before, performance.now()];
  for (;;) {
    await sleep(20);
    const now = lastChange(out);
    if (now !== last) [last, since] = [now, performance.now()];
    if (last > before && isReady() && performance.now() - since > QUIET) return;
    if (performance.now() > end) throw new Error(`nothing was written to ${out}`);
  }
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** When a file came to its place or was written, in milliseconds since 1970. */
function lastChange(folder) {
  return Math.max(
    0,
    ...files(folder).map((file) => {
      try {
        return statSync(file).ctimeMs;
      } catch {
        return 0;
      }
    }),
  );
}

/** When the scripts and stylesheets came that have a mark. */
function written(out, mark, since) {
  const isOne = (file) =>
    /\.(js|css)$/.test(file) &&
    statSync(file).ctimeMs >= since &&
    readFileSync(file).includes(mark);
  return files(out)
    .filter(isOne)
    .map((file) => statSync(file).ctimeMs);
}

/** The command that watches, and its environment. */
function how(tool, { source, out, entries }) {
  if (tool === "bundle") return { command: ours(binary, { source, out, entries }) };
  if (tool === "mix") return mix(source, out, entries);
  return {
    command: [
      process.execPath,
      join(HERE, "watch-peer.mjs"),
      tool,
      source,
      out,
      JSON.stringify(entries),
    ],
  };
}
