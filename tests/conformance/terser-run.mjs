// Prints what a text prints, by terser's own sandbox in the checkout. A process that terser.mjs
// starts, and asks text by text: what never ends is ended with it.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { run_code: runCode } = await import(pathToFileURL(join(process.argv[2], "test/sandbox.js")));

process.on("unhandledRejection", () => {});
process.on("uncaughtException", () => {});
process.on("message", ({ text, before }) => process.send(printed(text, before)));

function printed(text, before) {
  const outcome = runCode(text, before);
  return typeof outcome === "string"
    ? { stdout: outcome }
    : { error: outcome?.name ?? "thrown", words: String(outcome) };
}
