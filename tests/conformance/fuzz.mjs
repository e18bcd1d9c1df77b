// Differential fuzzing of the lowering: generated programs must do, lowered and minified, in Node
// and in mujs, what they do in Node as they are written. Started by `cargo xtask conformance fuzz`.
//
// node fuzz.mjs BINARY [--count N] [--seed N] [--kind NAME] [--lane NAME] [--show SEED]
//                      [--shrink SEED] [--smallest N]
//
// Programs with decorators or `using`, which Node lacks, are compared with what Babel (`using`),
// TypeScript (its own decorators) or one of both (standard decorators) makes of them. --show prints
// a program and what differs; --shrink makes it small first, and --smallest the first N of each
// lane. Any difference ends with exit code 1.

import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { LANES, build } from "./fuzz/builds.mjs";
import { Child } from "./fuzz/child.mjs";
import { judge } from "./fuzz/judge.mjs";
import { program } from "./fuzz/program.mjs";
import { shrink } from "./fuzz/shrink.mjs";

/** Programs of one build. */
const BATCH = 100;
/** Differences that are printed for a lane. */
const SHOWN = 8;

const [binary, ...rest] = process.argv.slice(2);
const option = (name, otherwise) =>
  rest.includes(name) ? rest[rest.indexOf(name) + 1] : otherwise;
const kind = option("--kind");
const lanes = Object.keys(LANES).filter((lane) => [lane, ""].includes(option("--lane", "")));
const asked = { binary: resolve(binary), lanes, kind };

process.on("unhandledRejection", () => {});
if (rest.includes("--show")) await show(Number(option("--show")), false);
else if (rest.includes("--shrink")) await show(Number(option("--shrink")), true);
else await run();
process.exit();

async function run() {
  const first = Number(option("--seed", 1));
  const count = Number(option("--count", 2000));
  const queue = [];
  for (let at = 0; at < count; at += BATCH)
    queue.push(Array.from({ length: Math.min(BATCH, count - at) }, (_, number) => first + at + number));
  const started = Date.now();
  const totals = { count: 0, differences: [] };
  await Promise.all(Array.from({ length: availableParallelism() }, () => worker(queue, totals)));
  report(totals, (Date.now() - started) / 1000);
  if (rest.includes("--smallest")) await showSmallest(totals.differences, Number(option("--smallest")));
}

/** Small programs for each lane; those that an earlier lane has shown already are left out. */
async function showSmallest(differences, count) {
  const work = mkdtempSync(join(tmpdir(), "bundle-fuzz-"));
  const shown = new Set();
  for (const lane of lanes) {
    const seeds = differences.filter((one) => one.lane === lane && !shown.has(one.seed)).slice(0, count);
    for (const { seed } of seeds) {
      shown.add(seed);
      const one = program(seed, kind);
      const options = { binary: asked.binary, work, lanes: [lane] };
      one.text = await shrink(options, one, true);
      const { differences: [found] } = await judge(options, [one]);
      console.log(`\n## ${lane}, seed ${seed}, ${one.kind}\n${one.text.trim()}`);
      if (found) printDifference(found.expected.lines, found.got.lines);
    }
  }
  rmSync(work, { recursive: true, force: true });
}

/**
 * Takes batches until none is left, in a process that is replaced when it hangs or dies. What differs
 * has to differ in a process of its own too: V8 has mistakes that come and go with what ran before.
 */
async function worker(queue, totals) {
  const batches = new Child();
  for (let seeds = queue.shift(); seeds; seeds = queue.shift()) {
    const answer = await batches.answer({ ...asked, seeds });
    if (answer) {
      totals.count += answer.count;
      for (const seed of new Set(answer.differences.map((one) => one.seed)))
        totals.differences.push(...(await alone(seed)));
    } else if (seeds.length === 1) totals.differences.push(...(await alone(seeds[0])));
    // Found by halves.
    else queue.push(seeds.slice(0, seeds.length >> 1), seeds.slice(seeds.length >> 1));
  }
  batches.end();
}

/** The differences of one program. Node 20 dies of some programs as they are written; that is none. */
async function alone(seed) {
  const child = new Child();
  const answer = await child.answer({ ...asked, seeds: [seed] });
  child.end();
  if (answer) return answer.differences;
  const untouched = await child.answer({ ...asked, seeds: [seed], lanes: [] });
  child.end();
  return untouched ? [{ seed, kind: "any", lane: "any", expected: "an end", got: "it hangs, or ends the process" }] : [];
}

function report({ count, differences }, seconds) {
  const byLane = new Map();
  for (const one of differences) byLane.set(one.lane, [...(byLane.get(one.lane) ?? []), one]);
  for (const [lane, some] of byLane) {
    console.log(`${lane}: ${some.length} programs differ`);
    for (const { seed, kind, expected, got } of some.sort((a, b) => a.seed - b.seed).slice(0, SHOWN))
      console.log(`    seed ${seed} (${kind}): expected ${String(expected).slice(0, 100)}, got ${String(got).slice(0, 140)}`);
  }
  const seeds = new Set(differences.map(({ seed }) => seed));
  console.log(`${count} programs in ${lanes.length} lanes, ${seeds.size} of them differ somewhere, ${Math.round(seconds)} s`);
  process.exitCode = seeds.size > 0 ? 1 : 0;
}

/** One program and what differs. */
async function show(seed, small) {
  const work = mkdtempSync(join(tmpdir(), "bundle-fuzz-"));
  const one = program(seed, kind);
  const first = await judge({ binary: asked.binary, work, lanes }, [one]);
  const lane = first.differences[0]?.lane;
  if (small && lane) one.text = await shrink({ binary: asked.binary, work, lanes: [lane] }, one);
  const { differences } = small && lane ? await judge({ binary: asked.binary, work, lanes }, [one]) : first;
  console.log(`// seed ${seed}, ${one.kind}\n${one.text}`);
  for (const { lane, expected, got } of differences) {
    console.log(`// ${lane} differs`);
    printDifference([...expected.lines, ...expected.names], [...got.lines, ...got.names]);
  }
  if (differences.length > 0 && LANES[differences[0].lane].args)
    console.log(build(asked.binary, work, [one], differences[0].lane)[0].text ?? "");
  rmSync(work, { recursive: true, force: true });
  process.exitCode = differences.length > 0 ? 1 : 0;
}

function printDifference(expected, got) {
  const at = expected.findIndex((line, at) => line !== got[at]);
  const from = Math.max(0, at < 0 ? expected.length - 3 : at - 3);
  for (const [name, list] of [["expected", expected], ["got", got]])
    console.log(`//   ${name}: ${list.slice(from, from + 6).join(" | ")}`);
}
