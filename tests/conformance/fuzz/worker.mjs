// A process that fuzz.mjs starts: it generates, builds and runs batches of programs.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge } from "./judge.mjs";
import { program } from "./program.mjs";

const work = mkdtempSync(join(tmpdir(), "bundle-fuzz-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
process.on("SIGTERM", () => process.exit());
// What a program leaves behind is nobody's.
process.on("unhandledRejection", () => {});
process.on("uncaughtException", () => {});

process.on("message", async ({ seeds, binary, lanes, kind }) => {
  const programs = seeds.map((seed) => program(seed, kind));
  const { differences, count } = await judge({ binary, work, lanes }, programs);
  process.send({
    count,
    differences: differences.map(({ program, lane, expected, got }) => ({
      seed: program.seed, kind: program.kind, lane, ...firstDifference(expected, got),
    })),
  });
});

function firstDifference(expected, got) {
  for (const list of ["lines", "names"])
    for (let at = 0; at < Math.max(expected[list].length, got[list].length); at++)
      if (expected[list][at] !== got[list][at])
        return { expected: expected[list][at] ?? "nothing more", got: got[list][at] ?? "nothing more" };
  return {};
}
