// node browser.mjs REPOSITORY BINARY PACKAGE SCRATCH [EVERY]: the package bundle-wasm in a worker
// of a page in Chromium. The binary builds the page. Every EVERY-th fixture must come out of the
// worker as the binary builds it. A build is cancelled in each phase, and the page stays alive.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { DevTools } from "../support/devtools.mjs";
import { LeftOut, configurations, directories, files, layOut, read } from "./cases.mjs";
import { fresh, native } from "./hosts.mjs";

const [repository, binary, folder, scratch, every = "40"] = process.argv.slice(2);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const PHASES = ["scan", "link", "chunk", "render", "emit"];

const site = buildPage();
const server = createServer(answer);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const errors = [];
const hear = ({ method, params }) => {
  if (method === "Runtime.exceptionThrown") errors.push(params.exceptionDetails);
};
const browser = new DevTools({ hear, fail: (error) => errors.push(error) });
try {
  await browser.open(["Runtime", "Page"]);
  const url = `http://127.0.0.1:${server.address().port}/index.html`;
  await browser.call("Page.navigate", { url });
  while (!(await browser.evaluate("typeof built === 'function'"))) await pause(20);
  const compared = await compareSample();
  for (const phase of PHASES)
    assert.equal(await browser.evaluate(`cancelled(${JSON.stringify(phase)})`), `at ${phase}`);
  const frames = await browser.evaluate("framesDuringBuild()");
  assert.ok(frames > 2, `the page drew ${frames} frames while the worker built`);
  assert.deepEqual(errors, []);
  console.log(`bundle-wasm in a worker of Chromium: ${compared} fixtures as the binary builds them`);
} finally {
  await browser.end();
  server.close();
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Builds the page with the binary, and returns its folder. */
function buildPage() {
  const project = fresh(join(scratch, "page"));
  cpSync(folder, join(project, "node_modules/bundle-wasm"), { recursive: true });
  cpSync(join(import.meta.dirname, "page.js"), join(project, "page.js"));
  const config = { areas: { page: "page.js" }, outDir: "out", target: "es2020" };
  writeFileSync(join(project, "bundle.config.json"), JSON.stringify(config));
  const { status, stderr } = spawnSync(binary, ["--no-cache"], { cwd: project, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const page = '<!doctype html><title>bundle-wasm</title><script src="page.js"></script>';
  writeFileSync(join(project, "out/index.html"), page);
  return join(project, "out");
}

function answer({ url }, response) {
  const path = join(site, new URL(url, "http://localhost").pathname);
  try {
    const bytes = readFileSync(path);
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain" }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

async function compareSample() {
  const all = directories(join(repository, "fixtures"));
  let compared = 0;
  for (const directory of all.filter((_, at) => at % Number(every) === 0)) {
    try {
      compared += await compareCase(directory, fresh(join(scratch, "case")));
    } catch (error) {
      if (!(error instanceof LeftOut)) throw new Error(`${directory}: ${error.message}`);
    }
  }
  assert.ok(compared > all.length / Number(every) / 3, `only ${compared} were compared`);
  return compared;
}

async function compareCase(directory, project) {
  const fixture = read(directory);
  // Some diagnostics are the command line's own; run.mjs knows which.
  if (fixture.isAboutDiagnostics) return 0;
  layOut(fixture, project);
  const input = files(project);
  const [{ text }] = configurations(fixture, input);
  const expected = await native(binary, project, text, input);
  const sources = Object.fromEntries(
    [...input, ["bundle.config.json", Buffer.from(text)]].map(([path, bytes]) => [
      path,
      bytes.toString("base64"),
    ]),
  );
  const found = await browser.evaluate(`built(${JSON.stringify(sources)})`);
  const codes = (list) => list.map(({ code }) => code);
  if (codes(found.diagnostics).includes("nested-too-deeply")) return 0;
  assert.deepEqual(codes(found.diagnostics), codes(expected.diagnostics));
  const outputs = Object.fromEntries(
    [...expected.outputs].map(([path, bytes]) => [path, bytes.toString("base64")]),
  );
  assert.deepEqual(found.outputs, outputs);
  return 1;
}
