// node run.mjs BINARY FOLDER [FILTER]: the shared cache on servers that exist, with what can go wrong
// in them. Each build starts on an empty disk. Its outputs must be those of a build without a shared
// cache, and it must end well; its time stands beside that of a build without.
//
// Needs nginx, redis-server and faketime of Debian, and `pip install "moto[server]" boto3`. What is
// missing is left out, and that is printed. FILTER: a server's name, or a part of it.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { writeSynthetic } from "../../benches/peers/synthetic.mjs";
import { nginx } from "./nginx.mjs";
import { redis } from "./redis.mjs";
import { s3 } from "./s3.mjs";

const MODULES = 2000;
// The most modules that a build may analyse if it uses a store. It analyses a few before the store
// answers; if it uses nothing, it analyses all.
const FEW = MODULES / 10;
const PAIRS = 3;
let machines = 0;

const [binary, scratch, filter = ""] = process.argv
  .slice(2)
  .map((word, at) => (at < 2 ? resolve(word) : word));
rmSync(scratch, { recursive: true, force: true });
const sources = join(scratch, "sources");
writeSynthetic(sources, MODULES);
const wanted = outputs(await build({ BUNDLE_CACHE_REMOTE: "" }));

for (const open of [nginx, redis, s3]) {
  if (!open.name.includes(filter)) continue;
  const missing = open.programs.filter((name) => spawnSync("which", [name]).status !== 0);
  if (missing.length > 0) {
    console.log(`${open.name}: left out, because ${missing.join(" and ")} are not installed`);
    continue;
  }
  const server = await open(join(scratch, open.name));
  try {
    await tried(open.name, server);
  } finally {
    await server.stop();
  }
}

/** Fills a server, and has builds read it, or write to it, with each fault. */
async function tried(name, server) {
  const good = { BUNDLE_CACHE_REMOTE: server.address, ...server.credentials };
  const filling = await build({ ...good, BUNDLE_CACHE_WRITE: "main" });
  assert.deepEqual([filling.status, outputs(filling)], [0, wanted]);
  assert.ok(filling.shared.written?.segments > 0, JSON.stringify(filling.log.slice(-3)));
  const read = await compared(`${name}: as it should be`, good);
  assert.ok(read.fewest < FEW, JSON.stringify(read.counts));
  assert.ok(read.shared.wanted > 0, JSON.stringify(read.shared));
  await twoWriters(name, good);
  for (const fault of [...server.faults, ...damages(server, good)]) {
    const title = `${name}: ${fault.name}`;
    if (fault.before && spawnSync("which", [fault.before[0]]).status !== 0) {
      console.log(`${title}: left out, because ${fault.before[0]} is not installed`);
      continue;
    }
    const end = await fault.begin?.();
    const built = await compared(title, { ...good, ...fault.variables }, fault.before);
    await end?.();
    const warnings = built.log.filter(({ code }) => code === "shared-cache");
    assert.equal(warnings.length, fault.warns ? 1 : 0, `${title}: ${JSON.stringify(built.log)}`);
    assert.equal(built.fewest < FEW, Boolean(fault.isHarmless), title);
  }
}

/** What can be wrong with the values of any server. Each is set right again. */
function damages(server, good) {
  const changed = (change) => async () => {
    const names = (await server.list()).filter((name) => name.includes("/main/"));
    const kept = await Promise.all(names.map(async (name) => [name, await server.get(name)]));
    await change(kept);
    return async () => {
      for (const [name, value] of kept) await server.set(name, value);
    };
  };
  const segments = (kept) => kept.filter(([name]) => name.endsWith(".pack"));
  const half = (value) => value.subarray(0, value.length / 2);
  return [
    {
      name: "segments are cut off",
      begin: changed(async (kept) => {
        for (const [name, value] of segments(kept)) await server.set(name, half(value));
      }),
    },
    {
      name: "segments are swapped",
      begin: changed(async (kept) => {
        const all = segments(kept);
        for (const [at, [name]] of all.entries()) await server.set(name, all.at(at - 1)[1]);
      }),
    },
    {
      name: "segments are 100 MB of nothing",
      begin: changed(async (kept) => {
        for (const [name] of segments(kept)) await server.set(name, Buffer.alloc(100e6));
      }),
    },
    {
      name: "segments are gone",
      begin: changed(async (kept) => {
        for (const [name] of segments(kept)) await server.remove(name);
      }),
    },
    {
      name: "the manifest is cut off",
      begin: changed(async (kept) => {
        for (const [name, value] of kept.filter(([name]) => name.endsWith(".json")))
          await server.set(name, half(value));
      }),
    },
    {
      name: "the manifest is another version's",
      begin: changed(async (kept) => {
        const other = await machine({
          variables: { ...good, BUNDLE_CACHE_WRITE: "main" },
          target: "es2015",
        });
        assert.equal(other.status, 0);
        const before = kept.filter(([name]) => name.endsWith(".json"));
        const isNew = (name) =>
          name.includes("/main/") &&
          name.endsWith(".json") &&
          before.every(([old]) => old !== name);
        const found = (await server.list()).find(isNew);
        for (const [name] of before) await server.set(name, await server.get(found));
      }),
    },
  ];
}

/** Two builds write different results at once. Whatever the manifest lists then is intact. */
async function twoWriters(name, good) {
  const variables = { ...good, BUNDLE_CACHE_WRITE: "main" };
  const one = { variables, edit: "f000/m1.js" };
  const both = await Promise.all([machine(one), machine({ ...one, edit: "f001/m25.js" })]);
  for (const { status, folder } of both) assert.equal(status, 0, folder);
  const found = spawnSync(binary, ["cache", "verify"], {
    cwd: both[0].folder,
    env: { ...process.env, ...good },
    encoding: "utf8",
  });
  assert.equal(found.status, 0, found.stderr);
  console.log(`${name}: two writers at once: ${found.stdout.trim().split("\n").at(-1)}`);
}

/**
 * Builds with a shared cache and without in turns, and prints both medians. `fewest`: how many
 * modules the luckiest build made itself. On a busy machine a build may be faster than the store.
 */
async function compared(title, variables, before) {
  const [times, without, analysed] = [[], [], []];
  let built;
  for (let at = 0; at < PAIRS; at++) {
    built = await build(variables, before);
    assert.equal(built.status, 0, JSON.stringify(built.log));
    assert.deepEqual(outputs(built), wanted, title);
    times.push(built.seconds);
    analysed.push(built.counts.analysed);
    const alone = await build({ BUNDLE_CACHE_REMOTE: "" }, before);
    without.push(alone.seconds);
    rmSync(alone.folder, { recursive: true });
  }
  const { listed, arrived, wanted: asked, failures } = built.shared;
  const said = failures.length ? `; ${failures[0]}` : "";
  const share = (median(times) / median(without)).toFixed(2);
  const [taken, usual] = [times, without].map((all) => median(all).toFixed(3));
  const seconds = `${taken} s, without ${usual} s (${share})`;
  console.log(
    `${title}: ${seconds}, ${listed ? `${arrived} of ${asked} segments` : "nothing"} arrived${said}`
  );
  return { ...built, fewest: Math.min(...analysed) };
}

async function build(variables, before) {
  return machine({ variables, before });
}

/** A build on a machine with an empty disk. `before`: a command in front of it. */
async function machine({ variables, before = [], edit, target = "es5" }) {
  const folder = join(scratch, `machine-${machines++}`);
  if (edit) {
    cpSync(sources, folder, { recursive: true });
    writeFileSync(
      join(folder, edit),
      `${readFileSync(join(folder, edit))}globalThis.edited = ${Math.random()};\n`
    );
  } else {
    mkdirSync(folder);
  }
  writeFileSync(
    join(folder, "bundle.config.json"),
    JSON.stringify({
      root: edit ? "." : "../sources",
      areas: { main: "main.js" },
      outDir: "out",
      target,
    })
  );
  const [program, ...words] = [...before, binary, "--log-format", "json"];
  const begin = performance.now();
  const child = spawn(program, words, {
    cwd: folder,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [text, errors] = ["", ""];
  child.stdout.on("data", (data) => (text += data));
  child.stderr.on("data", (data) => (errors += data));
  const status = await new Promise((done) => child.on("close", done));
  const seconds = (performance.now() - begin) / 1000;
  const log = `${text}${errors}`
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const of = (key) => log.find((line) => line[key])?.[key];
  return { folder, status, seconds, log, counts: of("counts"), shared: of("sharedCache") };
}

function outputs({ folder }) {
  const out = join(folder, "out");
  const names = readdirSync(out).sort();
  const texts = names.map((name) => [name, readFileSync(join(out, name), "utf8")]);
  rmSync(folder, { recursive: true });
  return texts;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
