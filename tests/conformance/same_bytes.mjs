// node same_bytes.mjs BEFORE AFTER [FILTER]: two binaries build every fixture in each of its forms,
// the example projects, and the generated shop of the benches. All outputs must be the same bytes:
// scripts, stylesheets, source maps, manifests and metafiles. It is for changes that should change
// no output. Prints how many builds and files were compared; the exit code is 1 if something
// differs.

import { spawnSync } from "node:child_process";
import {
  cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { LeftOut, configurations, directories, files, layOut, read } from "../wasm/cases.mjs";
import { fresh, native } from "../wasm/hosts.mjs";
import { AREAS, writeShop } from "../../benches/peers/shop/generate.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
/** One for each of two cores. */
const LANES = 2;

const [before, after, filter = ""] = process.argv
  .slice(2)
  .map((word, at) => (at < 2 ? resolve(word) : word));
const scratch = mkdtempSync(join(tmpdir(), "same-bytes-"));
const count = { builds: 0, files: 0, leftOut: 0 };
const failures = [];

const waiting = directories(join(ROOT, "fixtures")).filter((path) => nameOf(path).includes(filter));
await Promise.all(Array.from({ length: LANES }, (_, lane) => work(join(scratch, `${lane}`))));
for (const name of readdirSync(join(ROOT, "fixtures/examples"))) {
  const folder = join(ROOT, "fixtures/examples", name);
  if (`examples::${name}`.includes(filter) && existsSync(join(folder, "bundle.config.json")))
    compareProject(`examples::${name}`, (to) => cpSync(folder, to, { recursive: true }));
}
if ("shop".includes(filter)) compareProject("shop", shop);
rmSync(scratch, { recursive: true, force: true });

for (const text of failures) console.log(text);
console.log(
  `${count.files} files of ${count.builds} builds are compared, ${failures.length} builds ` +
    `differ; ${count.leftOut} cases have no configuration of their own`,
);
process.exit(failures.length === 0 && count.builds > 0 ? 0 : 1);

function nameOf(directory) {
  return `${basename(join(directory, ".."))}::${basename(directory)}`;
}

async function work(folder) {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    fresh(folder);
    try {
      await compareCase(next, join(folder, "project"));
    } catch (error) {
      if (!(error instanceof LeftOut)) failures.push(`${nameOf(next)}: ${error.stack}`);
      count.leftOut += 1;
    }
  }
}

async function compareCase(directory, folder) {
  const fixture = read(directory);
  layOut(fixture, folder);
  const input = files(folder);
  for (const { name, text } of configurations(fixture, input)) {
    const [one, other] = [
      await native(before, folder, text, input),
      await native(after, folder, text, input),
    ];
    compare(`${nameOf(directory)} [${name}]`, one.outputs, other.outputs);
  }
}

/** `lay`: puts the project into a new folder. */
function compareProject(name, lay) {
  const outputs = [before, after].map((binary, at) => {
    const folder = join(scratch, name.replaceAll(":", "-"), "project");
    fresh(join(folder, ".."));
    lay(folder);
    const input = new Map(regular(folder));
    const built = spawnSync(binary, ["--no-cache", "--metafile", "meta.json"], {
      cwd: folder,
      encoding: "utf8",
    });
    if (built.status !== 0)
      failures.push(`${name}: binary ${at + 1} ends with ${built.status}: ${built.stderr}`);
    return new Map(regular(folder).filter(([path, bytes]) => !input.get(path)?.equals(bytes)));
  });
  compare(name, ...outputs);
}

/** Paths with bytes of all regular files; links are not followed. */
function regular(folder) {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return found
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(folder, path), readFileSync(path)]);
}

function shop(folder) {
  writeShop(folder);
  symlinkSync(join(ROOT, "benches/peers/node_modules"), join(folder, "node_modules"));
  const areas = Object.fromEntries(AREAS.map((area) => [area, `src/areas/${area}/index.js`]));
  const alias = { "@": "./src", vue$: "./node_modules/vue/dist/vue.runtime.esm.js" };
  writeFileSync(
    join(folder, "bundle.config.json"),
    JSON.stringify({ areas, alias, outDir: "out", splitting: true, sourcemap: true }),
  );
}

function compare(name, one, other) {
  count.builds += 1;
  count.files += one.size;
  const paths = new Set([...one.keys(), ...other.keys()]);
  const differing = [...paths].filter(
    (path) => !(one.has(path) && other.has(path) && one.get(path).equals(other.get(path))),
  );
  if (differing.length > 0) failures.push(`${name}: ${differing.join(", ")}`);
}
