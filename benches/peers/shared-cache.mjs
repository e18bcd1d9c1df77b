// The shared cache of a company: CI machines with empty disks build a repository commit by commit
// over a link of 20 ms and 100 Mbit/s. What is transferred, found and waited for stands beside a
// model, which is then computed for 400 developers and 2,000 builds a day. Stores that are bad in
// several ways come last.
//
//     node benches/peers/shared-cache.mjs BINARY FOLDER [--modules 40000] [--commits 50] [--repeat 3]
//         [--svg FILE]
//
// Writes FOLDER/shared-cache.json with all numbers.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { random as randomBy } from "../../tests/support/random_numbers.mjs";
import { writeSynthetic } from "./synthetic.mjs";

const LATENCY = 20; // ms, there and back
const RATE = 12_500; // bytes a millisecond: 100 Mbit/s
const SIZES = [1, 1, 1, 2, 2, 3, 4, 6, 10, 40]; // modules that a commit changes

const [binary, folder, ...flags] = process.argv.slice(2);
const flag = (name, usual) => (flags.includes(name) ? flags[flags.indexOf(name) + 1] : usual);
const modules = Number(flag("--modules", 40_000));
const commits = Number(flag("--commits", 50));
const repeat = Number(flag("--repeat", 3));

const store = { values: new Map(), mood: "good", down: 0, up: 0 };
const port = await serve(store);
const repository = resolve(folder, `repository-${modules}`);
prepare();
const random = randomBy(7);

const cold = [];
for (let at = 0; at < repeat; at++) cold.push((await build({ BUNDLE_CACHE_REMOTE: "" })).seconds);
const usual = median(cold);
const first = await build({ BUNDLE_CACHE_WRITE: "main" });
console.log(`without a shared cache ${usual.toFixed(2)} s, first build ${first.seconds.toFixed(2)} s`);

const read = [];
for (let at = 0; at < repeat; at++) read.push(await build({}));
const warm = median(read.map(({ seconds }) => seconds));
console.log(`empty disks, builds that only read: ${warm.toFixed(2)} s (${(warm / usual).toFixed(3)}), ${said(read[0])}`);

const rows = [];
for (let commit = 0; commit < commits; commit++) {
  const size = SIZES[random(SIZES.length)];
  for (let at = 0; at < size; at++) change(random(modules), commit);
  const pull = await build({ BUNDLE_CACHE_WRITE: `pull-${commit}` });
  const main = await build({ BUNDLE_CACHE_WRITE: "main" });
  rows.push({ commit, size, pull, main });
  console.log(
    `commit ${commit}, ${size} modules: pull request ${said(pull)}; main ${said(main)}`,
  );
}

const bad = {};
for (const mood of ["silent", "slow", "stalling", "errors", "cut off", "gone"]) {
  bad[mood] = await compared(mood, {});
}
// Builds that write find a store in which nothing is yet, and which takes nothing.
const empty = { BUNDLE_CACHE_REMOTE: `http://127.0.0.1:${port}/empty`, BUNDLE_CACHE_WRITE: "main" };
for (const mood of ["silent", "full", "full and silent", "gone"]) {
  bad[`${mood}, written to`] = await compared(mood, empty);
}

const measured = rows.flatMap(({ size, pull, main }) => [
  { size, ...pull },
  { size, ...main },
]);
const model = modelled(first, measured);
const result = { modules, cold: usual, warm, first, rows, bad, model };
writeFileSync(join(folder, "shared-cache.json"), JSON.stringify(result, null, 1));
console.log(JSON.stringify({ median: median(measured.map((run) => run.seconds)), model, bad }, null, 1));
if (flag("--svg")) writeFileSync(flag("--svg"), picture(result));
process.exit();

/** Returns how much longer builds take with a store in some mood, at the median of pairs. */
async function compared(mood, variables) {
  store.mood = mood;
  const [with_, without] = [[], []];
  for (let at = 0; at < repeat; at++) {
    with_.push((await build(variables)).seconds);
    without.push((await build({ BUNDLE_CACHE_REMOTE: "" })).seconds);
  }
  const share = median(with_) / median(without);
  const times = `${median(with_).toFixed(2)} and ${median(without).toFixed(2)} s`;
  const written = variables.BUNDLE_CACHE_WRITE ? ", written to" : "";
  console.log(`a store that is ${mood}${written}: ${share.toFixed(3)} of a build without it, ${times}`);
  return share;
}

/** Writes the repository, without the commits of an earlier run, and its configuration. */
function prepare() {
  mkdirSync(folder, { recursive: true });
  writeSynthetic(repository, modules);
  writeFileSync(
    join(repository, "bundle.config.json"),
    JSON.stringify({
      areas: { main: "main.js" },
      outDir: join(resolve(folder), "out"),
      target: "es5",
      minify: true,
      sourcemap: "file",
      cache: { remote: `http://127.0.0.1:${port}/company` },
    }),
  );
}

/** Changes a module, so that its text and its output differ. */
function change(at, commit) {
  const feature = String(Math.floor(at / 24)).padStart(3, "0");
  const file = join(repository, `f${feature}`, `m${at}.js`);
  if (!existsSync(file)) return;
  const text = readFileSync(file, "utf8").replace(/globalThis\.changed = .*\n/, "");
  writeFileSync(file, `${text}globalThis.changed = ${commit};\n`);
}

/** Builds on a machine with an empty disk: the repository has no node_modules. */
async function build(variables) {
  const [down, up] = [store.down, store.up];
  const begin = performance.now();
  const child = spawn(binary, ["--log-format", "json"], {
    cwd: repository,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (data) => (text += data));
  await new Promise((done) => child.on("close", done));
  const seconds = (performance.now() - begin) / 1000;
  const lines = text.trim().split("\n").map((line) => JSON.parse(line));
  const counts = lines.find((line) => line.counts).counts;
  const shared = lines.find((line) => line.sharedCache)?.sharedCache;
  return {
    seconds,
    down: store.down - down,
    up: store.up - up,
    found: counts.restored,
    made: counts.analysed + counts.rendered,
    waited: shared?.waited,
    gaveUp: shared?.gaveUp,
    failures: shared?.failures,
  };
}

/** Keeps values in memory, behind the link. Returns the port. */
async function serve(state) {
  let free = 0;
  const sent = async (response, bytes) => {
    const rate = state.mood === "slow" ? RATE / 100 : RATE;
    for (let at = 0; at < bytes.length && !response.destroyed; at += 16_384) {
      const part = bytes.subarray(at, at + 16_384);
      free = Math.max(free, performance.now()) + part.length / rate;
      // Timers are no more exact than a millisecond, so small debts add up to one of them.
      if (free - performance.now() > 1) await delay(free - performance.now());
      response.write(part);
    }
    response.end();
  };
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => setTimeout(() => answer(Buffer.concat(parts)), LATENCY));
    const answer = (body) => {
      const { mood, values } = state;
      if (mood === "silent") return;
      if (mood === "errors") return response.writeHead(503).end();
      if (mood === "gone") return request.socket.destroy();
      if (request.method === "PUT") {
        if (mood === "full and silent") return;
        if (mood === "full") return response.writeHead(507).end();
        state.up += body.length;
        values.set(request.url, body);
        return response.writeHead(201).end();
      }
      const value = values.get(request.url);
      if (request.method === "DELETE") return response.writeHead(value ? 204 : 404).end(values.delete(request.url) && "");
      if (!value) return response.writeHead(404).end();
      state.down += value.length;
      response.writeHead(200, { "content-length": value.length });
      const isSegment = request.url.endsWith(".pack");
      if (mood === "stalling" && isSegment) return response.write(value.subarray(0, 1000));
      if (mood === "cut off" && isSegment) {
        response.write(value.subarray(0, value.length / 2), () => request.socket.destroy());
        return;
      }
      sent(response, value);
    };
  });
  // A connection is there after one more way there and back.
  server.on("connection", (socket) => {
    socket.setNoDelay(true);
    socket.pause();
    setTimeout(() => socket.resume(), LATENCY);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server.address().port;
}

/**
 * The model: a build fetches the complete set and one segment for each build of main since; it makes
 * a record and a rendering for each changed module, and a rendering for what imports it. A day has
 * 400 developers, 2,000 builds, a quarter of them of main.
 */
function modelled(first, measured) {
  const total = first.made;
  const made = ({ size }) => 2 * size;
  const whole = first.up;
  const perEntry = median(measured.filter(({ up, made }) => made > 0 && up < whole / 2).map(({ up, made }) => up / made));
  const builds = 2000;
  const ofMain = builds / 4;
  const changed = SIZES.reduce((sum, size) => sum + size, 0) / SIZES.length;
  // Each 25th build of main writes a complete set.
  const written = ofMain * ((24 / 25) * 2 * changed * perEntry + whole / 25) + (builds - ofMain) * 2 * changed * perEntry;
  const read = builds * (whole + 12 * 2 * changed * perEntry);
  return {
    entries: total,
    hitsPredicted: Object.fromEntries([...new Set(SIZES)].map((size) => [size, 1 - made({ size }) / total])),
    hitsMeasured: Object.fromEntries(
      [...new Set(SIZES)].map((size) => {
        const of = measured.filter((run) => run.size === size);
        return [size, of.length ? median(of.map(({ found, made }) => found / (found + made))) : null];
      }),
    ),
    bytesPerEntry: perEntry,
    wholeSet: whole,
    perDay: { gigabytesRead: read / 1e9, gigabytesWritten: written / 1e9 },
    // Sixteen generations of complete sets and what was added to them, and pull requests of a month.
    storedGigabytes: (2 * whole + 24 * 2 * changed * perEntry + 30 * (builds - ofMain) * 2 * changed * perEntry) / 1e9,
    hoursSavedPerDay: (builds * (usual - median(measured.map(({ seconds }) => seconds)))) / 3600,
  };
}

/** Bytes read in each build of the simulation, beside what the model says. */
function picture({ rows, first, model }) {
  const [width, height, left, bottom] = [760, 300, 60, 40];
  const runs = rows.map(({ pull }) => pull.down / 1e6);
  let [added, segments] = [0, 0];
  const predicted = rows.map(({ size }) => {
    const now = (first.up + added) / 1e6;
    if (segments > 24) [added, segments] = [0, 0];
    else [added, segments] = [added + 2 * size * model.bytesPerEntry, segments + 1];
    return now;
  });
  const most = 1.2 * Math.max(...runs, ...predicted);
  const x = (at) => left + (at * (width - left - 20)) / Math.max(1, rows.length - 1);
  const y = (value) => height - bottom - (value * (height - bottom - 20)) / most;
  const path = (values) => values.map((value, at) => `${at ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const marks = [0, most / 2, most].map(
    (value) => `<text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${value.toFixed(0)}</text>`,
  );
  const dots = runs.map((value, at) => `<circle cx="${x(at).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3"/>`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<title>Megabytes that a build with an empty disk reads, commit by commit</title>
<rect width="${width}" height="${height}" fill="#fff"/>
${marks.join("\n")}
<line x1="${left}" y1="${y(0)}" x2="${width - 20}" y2="${y(0)}" stroke="#888"/>
<path d="${path(predicted)}" fill="none" stroke="#c60" stroke-width="2"/>
<g fill="#06c">${dots}</g>
<text x="${left}" y="14">MB read by a build; dots: simulation, line: model</text>
<text x="${width / 2}" y="${height - 10}" text-anchor="middle">commits</text>
</svg>
`;
}

function said({ seconds, down, made, waited, gaveUp, failures }) {
  const failed = failures.length ? `, ${failures.join("; ")}` : "";
  return `${seconds.toFixed(2)} s, ${(down / 1e6).toFixed(1)} MB, ${made} made, ${Math.round(waited)} ms waited${gaveUp ? ", gave up" : ""}${failed}`;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
