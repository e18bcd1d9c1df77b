// Tools that watch, as processes: how bundle is configured and started, and what a process and its
// child processes cost. For watch.mjs, page.mjs and memory.mjs.

import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A tick of the system's clock, as /proc counts. */
const TICK = 10;

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A number behind a flag, and the words that are no flags. */
export function options(words, flag, usual) {
  const number = Number(words.includes(flag) ? words[words.indexOf(flag) + 1] : usual);
  if (!(number >= 1)) throw new Error(`${flag} takes a number from 1`);
  return {
    number,
    rest: words.filter((word, at) => !word.startsWith("--") && words[at - 1] !== flag),
  };
}

/** Starts a tool with its own process group. `said` grows with what it prints. */
export function start(name, command, { cwd, env = {} }) {
  const child = spawn(command[0], command.slice(1), {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  let isOver = false;
  const tool = {
    pid: child.pid,
    said: "",
    /** Resolves when nothing runs any more. */
    kill() {
      isOver = true;
      const ended = new Promise((resolve) => child.once("close", resolve));
      process.kill(-child.pid);
      return ended;
    },
  };
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes) => (tool.said += bytes));
  child.on("exit", () => {
    if (!isOver) throw new Error(`${name} ended: ${tool.said}`);
  });
  // Nothing goes on behind a bench that fails.
  process.on("exit", () => {
    if (!isOver) process.kill(-child.pid);
  });
  return tool;
}

/** Waits until something is true; `what` is a text or gives one, and says what did not come. */
export async function until(what, isTrue, { limit = 60_000, pause = 20 } = {}) {
  const end = performance.now() + limit;
  while (!(await isTrue())) {
    if (performance.now() > end)
      throw new Error(`waited for: ${typeof what === "string" ? what : what()}`);
    await sleep(pause);
  }
}

/**
 * Writes our configuration, and returns our command. `more`, and then BENCH_CONFIG and BENCH_ARGS,
 * override the configuration.
 */
export function ours(binary, { source, out, entries, more = {}, words = [] }) {
  const config = {
    name: "bench", root: "src", outDir: out, charset: "utf8", publicPath: "/", mode: "development",
    areas: entries,
    ...(Object.keys(entries).length > 1 ? { splitting: true } : {}),
    ...(existsSync(join(source, "src/shared"))
      ? { alias: { "@": ".", vue$: "../node_modules/vue/dist/vue.runtime.esm.js" } }
      : {}),
    ...more,
    ...JSON.parse(process.env.BENCH_CONFIG ?? "{}"),
  };
  writeFileSync(join(source, "bundle.config.json"), JSON.stringify(config, null, 2));
  return [
    binary, "--watch", "--sourcemap", "file", ...words,
    ...(process.env.BENCH_ARGS?.split(" ") ?? []),
  ];
}

/** A process and those that it started, by any of its threads. */
function tree(pid) {
  const tasks = existsSync(`/proc/${pid}/task`) ? readdirSync(`/proc/${pid}/task`) : [];
  const children = tasks.flatMap((task) =>
    read(`/proc/${pid}/task/${task}/children`).trim().split(" ").filter(Boolean),
  );
  return [pid, ...children.flatMap((child) => tree(Number(child)))];
}

/** Milliseconds, with those of processes that it has waited for. */
export function cpuTime(pid) {
  const of = (id) => {
    const fields = read(`/proc/${id}/stat`).split(") ")[1]?.split(" ") ?? [];
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * TICK, 0);
  };
  return tree(pid).map(of).reduce((a, b) => a + b, 0);
}

/** MiB that are in memory. */
export function memory(pid) {
  const of = (id) => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${id}/status`))?.[1] ?? 0) / 1024;
  return tree(pid).map(of).reduce((a, b) => a + b, 0);
}

/** Nothing, if the process has ended meanwhile. */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The middle one of some numbers, and the greatest. */
export function middleAndWorst(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return [sorted[sorted.length >> 1], sorted.at(-1)];
}
