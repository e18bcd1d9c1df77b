// The memory of a watcher over many rebuilds of the shop. Each edit is followed by a rebuild, and
// after every tenth rebuild the watcher's memory is measured. Nine of ten edits are of a random
// module, the tenth is of the SCSS partial that all components use. The curve is drawn
// into docs/images/watch-memory.svg, which docs/design/testing.md shows.
//
// node memory.mjs BINARY FOLDER [--rebuilds N]
//
// The edits are the same in every run. A module keeps its last edit. The exit code is 1 if the
// memory at the end is more than 1.05 times the memory after 50 rebuilds. Started by `cargo xtask
// bench memory`.

import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { random as randomBy } from "../../tests/support/random_numbers.mjs";
import { curve } from "./curve.mjs";
import { AREAS, writeShop } from "./shop/generate.mjs";
import { memory, options, ours, start, until } from "./watched.mjs";

const HERE = import.meta.dirname;
const PICTURE = join(HERE, "../../docs/images/watch-memory.svg");
const SEED = 1000;
/** Memory is noted after so many rebuilds; the first that counts is the one after `FROM`. */
const [EACH, FROM, LIMIT] = [10, 50, 1.05];

const [binary, folder, ...words] = process.argv.slice(2);
const { number: rebuilds } = options(words, "--rebuilds", 1000);
if (rebuilds < FROM + EACH) throw new Error(`--rebuilds takes a number from ${FROM + EACH}`);

const source = join(folder, "memory");
rmSync(source, { recursive: true, force: true });
writeShop(source);
symlinkSync(join(HERE, "node_modules"), join(source, "node_modules"));
const entries = Object.fromEntries(
  AREAS.map((area) => [area, join(source, "src/areas", area, "index.js")]),
);
const watcher = start(
  "bundle",
  ours(binary, { source, out: join(source, "out"), entries, words: ["--log-format", "json"] }),
  { cwd: source },
);
await until("the first build", () => watcher.said.includes('{"watching":true}'));
const first = memory(watcher.pid);

const random = randomBy(SEED);
const modules = readdirSync(join(source, "src"), { recursive: true })
  .filter((file) => /\.(js|vue)$/.test(file))
  .sort()
  .map((file) => join(source, "src", file));
const texts = modules.map((file) => readFileSync(file, "utf8"));
const partial = join(source, "src/styles/_tokens.scss");
const tokens = readFileSync(partial, "utf8");
const points = [{ at: 0, mebibytes: first }];
for (let at = 1; at <= rebuilds; at++) {
  await (at % 10 === 0 ? rebuildStyles(at) : rebuild(random(modules.length), at));
  if (at % EACH === 0) points.push({ at, mebibytes: memory(watcher.pid) });
  if (at % 100 === 0)
    process.stderr.write(`${at} rebuilds: ${points.at(-1).mebibytes.toFixed(1)} MiB\n`);
}
await watcher.kill();

const [start50, last] = [points.find(({ at }) => at === FROM).mebibytes, points.at(-1).mebibytes];
const most = Math.max(...points.map(({ mebibytes }) => mebibytes));
mkdirSync(join(PICTURE, ".."), { recursive: true });
writeFileSync(
  PICTURE,
  curve(points, {
    title: `Memory of bundle --watch over ${rebuilds.toLocaleString("en-US")} rebuilds of the shop`,
    limit: start50 * LIMIT,
    from: FROM,
  }),
);
process.stdout.write(
  `after the first build ${first.toFixed(1)} MiB, after ${FROM} rebuilds ${start50.toFixed(1)}, ` +
    `after ${rebuilds} ${last.toFixed(1)}, at most ${most.toFixed(1)}: ` +
    `${(last / start50).toFixed(3)} of that after ${FROM}; the limit is ${LIMIT}\n`,
);
process.exit(last / start50 <= LIMIT ? 0 : 1);

/** Edits the partial, and waits until everything is written. */
function rebuildStyles(number) {
  const color = `#${String(number).padStart(6, "0")}`;
  return written(number, partial, tokens.replace(/#\w{6}/, color));
}

/** Edits a module, and waits until everything is written. */
function rebuild(which, number) {
  const statement = `window.edited = ${number};`;
  const isComponent = modules[which].endsWith(".vue");
  const text = isComponent
    ? texts[which].replace("<script>\n", `<script>\n${statement}\n`)
    : `${texts[which]}\n${statement}\n`;
  return written(number, modules[which], text);
}

async function written(number, file, text) {
  const before = watcher.said.length;
  writeFileSync(file, text);
  await until(`rebuild ${number}`, () => /^\{"rebuilt":/m.test(watcher.said.slice(before)), {
    pause: 5,
  });
  if (watcher.said.includes('{"failed"')) throw new Error(watcher.said.slice(before));
}
