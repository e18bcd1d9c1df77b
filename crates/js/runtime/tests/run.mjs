// Runs the tests of the run-time modules: `node crates/js/runtime/tests/run.mjs`. A file
// `x.test.mjs` exports an object of tests by name, each a function of `assert`.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";

const here = new URL(".", import.meta.url);
const failures = [];
let count = 0;
for (const file of readdirSync(here).filter((name) => name.endsWith(".test.mjs")).sort()) {
  const { default: tests } = await import(new URL(file, here));
  for (const [name, test] of Object.entries(tests)) {
    count += 1;
    try {
      await test(assert);
    } catch (error) {
      failures.push(`${file}: ${name}\n  ${String(error.stack ?? error).replace(/\n/g, "\n  ")}`);
    }
  }
}
process.stdout.write(failures.map((failure) => `FAIL ${failure}\n`).join(""));
process.stdout.write(`run-time modules: ${count - failures.length} of ${count} tests passed\n`);
process.exitCode = failures.length ? 1 : 0;
