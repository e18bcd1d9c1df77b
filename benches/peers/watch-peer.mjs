// A peer that watches: node watch-peer.mjs TOOL FOLDER OUT ENTRIES. ENTRIES is JSON from names to
// files. It builds for development, with maps in files and ES5 where the tool supports it, as users
// of the tool configure it. It prints WATCHING after the first build, and runs until it is killed.

import { createRequire } from "node:module";
import { packing } from "./packing.mjs";

const [tool, folder, out, json] = process.argv.slice(2);
const entries = JSON.parse(json);
const packages = createRequire(import.meta.url);
const say = (error) => process.stdout.write(error ? `${error}\n` : "WATCHING\n");

await { rspack: packed, webpack: packed, esbuild, rolldown }[tool]();

async function packed() {
  const { config, make } = await packing(tool, { folder, out, entries });
  make(config).watch({}, (error, stats) =>
    say(error ?? (stats.hasErrors() ? stats.toString("errors-only") : undefined)),
  );
}

async function esbuild() {
  const { context } = packages("esbuild");
  const watching = await context({
    entryPoints: entries,
    bundle: true,
    format: "iife",
    target: "es2015",
    outdir: out,
    sourcemap: true,
    logLevel: "warning",
    charset: "utf8",
  });
  await watching.watch();
  say();
}

async function rolldown() {
  const { watch } = await import("rolldown");
  const watcher = watch({ input: entries, output: { dir: out, format: "iife", sourcemap: true } });
  watcher.on("event", (event) => { if (event.code === "END") say(); });
}
