// What runners of other projects' suites share: a seeded sample, a pool that builds, and the
// comparison with the committed list of what fails. Cases run in processes of their own, which may
// hang or die. A list is JSON: lane → reason → names of cases.

import { execFile, fork } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { basename, dirname, resolve } from "node:path";

/** Installed for all tests. */
export const acorn = createRequire(new URL("../package.json", import.meta.url))("acorn");

/** `--count N` and the like, as the runners get them behind DIR and BINARY. */
export function options(words) {
  const after = (name, otherwise) =>
    words.includes(name) ? words[words.indexOf(name) + 1] : otherwise;
  return {
    count: Number(after("--count", Infinity)),
    seed: Number(after("--seed", 262)),
    show: after("--show"),
    bless: words.includes("--bless"),
  };
}

/** Fisher and Yates, with a small generator that gives the same numbers everywhere. */
export function shuffled(list, seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const result = [...list];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other], result[at]];
  }
  return result;
}

/** Those that `--show` and `--count` choose, in the order of their names. */
export function chosen(cases, { count, seed, show }) {
  if (show) return cases.filter(({ name }) => name.includes(show));
  const sample = count < cases.length ? shuffled(cases, seed).slice(0, count) : cases;
  return sample.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Calls `work` for each, as many at a time as there are processors. */
export async function inParallel(all, work) {
  const queue = [...all];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** Builds one entry by the real binary. Its text, or in one line why there is none. */
export function bundle(binary, entry, args) {
  const out = `${entry}.out.js`;
  const all = [basename(entry), "--no-config", "--out-file", out, "--sourcemap", "none", ...args];
  const limits = { cwd: dirname(entry), timeout: 60_000, maxBuffer: 1 << 26 };
  return new Promise((done) =>
    execFile(resolve(binary), all, limits, (error, _, stderr) => {
      if (!error) return done({ text: readFileSync(out, "utf8") });
      const code = error.code ?? error.signal;
      const words = stderr.split("\n").slice(0, 2).join(" ").trim();
      done({ failure: code === 1 ? `refused: ${words}` : `crash: exit code ${code}: ${words}` });
    }),
  );
}

/** What an engine of ES5 would refuse, in words, or nothing. */
export function beyondEs5(text) {
  try {
    acorn.parse(text, { ecmaVersion: 5, allowReturnOutsideFunction: true });
    return null;
  } catch (error) {
    return `the output is no ES5: ${error.message}`;
  }
}

const LIMIT = 30_000;

/**
 * As many processes as there are processors, each of which answers `message`s of one case at a
 * time. `ask` gives the answer, or in one line how the process ended without one.
 */
export class Runners {
  #script;
  #idle = [];
  #waiting = [];

  constructor(script, args = []) {
    this.#script = { path: script, args };
    for (let number = 0; number < availableParallelism(); number++) this.#idle.push(null);
  }

  async ask(message) {
    if (this.#idle.length === 0) await new Promise((done) => this.#waiting.push(done));
    const child = this.#idle.pop() ?? this.#started();
    const { answer, isAlive } = await this.#answer(child, message);
    this.#idle.push(isAlive ? child : null);
    this.#waiting.shift()?.();
    return answer;
  }

  end() {
    for (const child of this.#idle) child?.kill();
  }

  #started() {
    const execArgv = ["--experimental-vm-modules", "--no-warnings"];
    return fork(this.#script.path, this.#script.args, {
      execArgv,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
  }

  #answer(child, message) {
    return new Promise((done) => {
      const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT);
      const finish = (answer, isAlive) => {
        clearTimeout(timer);
        child.removeAllListeners();
        done({ answer, isAlive });
      };
      child.once("message", (answer) => finish(answer, true));
      child.once("exit", (code, signal) =>
        finish({ failure: `ends the process: ${signal ?? code}` }, false),
      );
      child.send(message);
    });
  }
}

/**
 * Prints the surprises and the table, and ends with exit code 1 where the list is not right.
 * `lanes` has for each name the failures (name of a case → its words) of `ours` and of `swc`;
 * `skipped` counts cases by rule.
 */
export function report({ file, cases, lanes, skipped }, { bless, show }) {
  const known = JSON.parse(readFileSync(file, "utf8"));
  const names = new Set(cases.map(({ name }) => name));
  let isFine = true;
  for (const [lane, { ours, swc }] of Object.entries(lanes)) {
    const expected = new Set(Object.values(known[lane] ?? {}).flat());
    const fails = [...ours].filter(([name]) => show || !expected.has(name));
    const passes = [...expected].filter((name) => names.has(name) && !ours.has(name));
    for (const [name, words] of fails) {
      console.log(`${lane} fails: ${name}\n    ${show ? words : firstLine(words)}`);
    }
    if (show)
      for (const [name, words] of swc) console.log(`${lane} by swc fails: ${name}\n    ${words}`);
    for (const name of passes) console.log(`${lane} passes, but is listed as failing: ${name}`);
    isFine &&= fails.length === 0 && passes.length === 0;
  }
  if (bless) write(file, known, lanes, names);
  table(cases.length, lanes, skipped);
  process.exitCode = isFine ? 0 : 1;
}

function firstLine(words) {
  return String(words).split("\n")[0].slice(0, 240);
}

function table(count, lanes, skipped) {
  const rows = [["lane", "cases", "ours pass", "swc pass"]];
  const rate = (failed) => `${count - failed} (${((100 * (count - failed)) / count).toFixed(2)} %)`;
  for (const [lane, { ours, swc }] of Object.entries(lanes)) {
    rows.push([lane, String(count), rate(ours.size), rate(swc.size)]);
  }
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths[at] + 2))
        .join("")
        .trimEnd(),
    );
  for (const [rule, number] of skipped)
    console.log(`skipped: ${String(number).padStart(4)}  ${rule}`);
}

/**
 * The list as it should be: reasons stay, what passes goes, what is new stands under its own words
 * for now.
 */
function write(file, known, lanes, names) {
  for (const [lane, { ours }] of Object.entries(lanes)) {
    const reasons = Object.entries(known[lane] ?? {});
    const stays = (name) => !names.has(name) || ours.has(name);
    const byReason = new Map(reasons.map(([reason, all]) => [reason, all.filter(stays)]));
    const listed = new Set([...byReason.values()].flat());
    for (const [name, words] of ours) {
      if (listed.has(name)) continue;
      const reason = firstLine(words).slice(0, 160);
      byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
    }
    const kept = [...byReason]
      .filter(([, all]) => all.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    known[lane] = Object.fromEntries(kept.map(([reason, all]) => [reason, all.sort()]));
  }
  writeFileSync(file, JSON.stringify(known, null, 2) + "\n");
}
