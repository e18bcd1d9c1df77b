// node package.mjs REPOSITORY BINARY PACKAGE SCRATCH: the package bundle-wasm in Node, on this
// thread and in a worker: outputs, sessions, progress, cancellation in each phase, mistakes, and
// builds that end without a result. PACKAGE is its folder (npm/wasm-package.mjs).

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { files } from "./cases.mjs";

const [repository, binary, folder, scratch] = process.argv.slice(2);
const PHASES = ["scan", "link", "chunk", "render", "emit"];
const address = (name) => pathToFileURL(join(folder, name));
const here = await import(address("index.js"));
const { startBundler, BundlerStopped } = await import(address("worker.js"));

const SOURCES = {
  "src/main.js": 'import { a } from "./a"; import "./main.scss"; console.log(`${a}!`);',
  "src/a.js": "export const a = Math.max(1, 2);",
  "src/main.scss": "$c: red; p { a { color: $c } }",
};
const CONFIG = { root: "src", areas: { main: "main.js", other: "a.js" }, outDir: "out" };

/** For `many`. */
const MANY = { areas: { main: "main.js" }, format: "esm" };

const worker = await startBundler();
for (const [name, bundler] of [["this thread", here], ["a worker", worker]]) {
  await buildsOnce(bundler);
  await keepsWhatDidNotChange(bundler);
  await reportsMistakes(bundler);
  await answersQuestions(bundler);
  await refusesWhatIsNoFile(bundler);
  await goesOnAfterATrap(bundler);
  for (const example of ["codeigniter-admin", "laravel-market"])
    await buildsAsTheBinary(bundler, example);
  console.log(`bundle-wasm on ${name}: passed`);
}
await looksAtTheSignalFirst();
await cancelsAtOnce();
for (const phase of PHASES) await cancels(phase);
await cancelsOnlyOne();
await terminates();
console.log("bundle-wasm in a worker: cancelled in each phase, and terminated");

async function buildsOnce(bundler) {
  const phases = [];
  const onProgress = (phase) => phases.push(phase);
  const { outputs, diagnostics, metafile } = await bundler.build(SOURCES, CONFIG, { onProgress });
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(phases, PHASES);
  const paths = outputs.map(({ path }) => path);
  for (const path of ["out/main.js", "out/main.css", "out/other.js", "out/entrypoints.json"])
    assert.ok(paths.includes(path), `${path} is not in ${paths}`);
  const css = outputs.find(({ path }) => path === "out/main.css");
  assert.equal(css.text, "p a{color:red}\n");
  assert.deepEqual(css.contents, new Uint8Array(Buffer.from(css.text)));
  assert.ok(metafile.inputs["src/a.js"] !== undefined && metafile.outputs["out/main.js"]);
  const readable = await bundler.build(SOURCES, CONFIG, { mode: "development", metafile: false });
  assert.ok(readable.outputs.some(({ path }) => path === "out/main.js.map"));
  assert.equal(readable.metafile, null);
}

async function keepsWhatDidNotChange(bundler) {
  const session = await bundler.createSession(SOURCES, CONFIG);
  const first = await session.build();
  const changed = ({ outputs }) => outputs.filter((it) => it.changed).map(({ path }) => path);
  assert.equal(changed(first).length, first.outputs.length);
  const second = await session.update({ "src/main.scss": "p { color: blue }" });
  assert.deepEqual(changed(second), ["out/main.css"]);
  assert.deepEqual(
    second.outputs.map(({ path, text }) => [path, text.length > 0]),
    first.outputs.map(({ path }) => [path, true]),
  );
  const clean = await bundler.build({ ...SOURCES, "src/main.scss": "p { color: blue }" }, CONFIG);
  const texts = ({ outputs }) => outputs.map(({ path, text }) => [path, text]);
  assert.deepEqual(texts(second), texts(clean));
  const gone = await session.update({ src: null, "src/main.js": "console.log(1)", "src/a.js": "" });
  assert.ok(!gone.outputs.some(({ path }) => path === "out/main.css"));
  session.free();
  const fresh = await bundler.createSession(SOURCES, CONFIG);
  const replaced = { src: null, "src/main.js": "console.log(1)", "src/a.js": "" };
  assert.deepEqual(texts(await fresh.update(replaced)), texts(gone));
  fresh.free();
  const own = await bundler.createSession({
    "bundle.config.json": '{ "areas": { "one": "one.js" } }',
    "one.js": "console.log(1)",
  });
  const path = async (result) => (await result).outputs[0].path;
  assert.equal(await path(own.build()), "dist/one.js");
  const renamed = { "bundle.config.json": '{ "areas": { "two": "one.js" } }' };
  assert.equal(await path(own.update(renamed)), "dist/two.js");
}

async function reportsMistakes(bundler) {
  const broken = { ...SOURCES, "src/a.js": "export const a = ;" };
  const session = await bundler.createSession(broken, CONFIG);
  const failed = await session.build();
  assert.deepEqual(failed.outputs, []);
  assert.equal(failed.metafile, null);
  const [{ code, severity, file, line, column, text }] = failed.diagnostics;
  assert.deepEqual([code, severity, file], ["syntax-error", "error", "src/a.js"]);
  assert.deepEqual([line, column], [1, 18]);
  assert.ok(text.startsWith("error[syntax-error]: ") && text.includes("src/a.js:1:18"), text);
  assert.match(await bundler.explain(code), /^syntax-error\n\n.{40}/);
  assert.equal(await bundler.explain("constructor"), null);
  const mended = await session.update({ "src/a.js": "export const a = 2;" });
  assert.deepEqual(mended.diagnostics, []);
  const wrong = await bundler.build(SOURCES, "{ broken");
  assert.equal(wrong.diagnostics[0].code, "broken-json");
  const nothing = await bundler.build({});
  assert.equal(nothing.diagnostics[0].severity, "error");
}

async function answersQuestions(bundler) {
  const session = await bundler.createSession(SOURCES, CONFIG);
  await assert.rejects(session.why("a.js"), (error) => error.diagnostic.code === "nothing-built");
  await session.build();
  assert.match(await session.why("a.js"), /a\.js is in out\/chunks/);
  assert.match(await session.report(), /^<!doctype html>/);
  await assert.rejects(session.why("b.js"), (error) => error.diagnostic.code === "unknown-module");
  assert.match(await bundler.version(), /^\d+\.\d+\.\d+$/);
}

async function refusesWhatIsNoFile(bundler) {
  await assert.rejects(bundler.build({ "a.js": 1 }, CONFIG), /a\.js: the contents/);
  await assert.rejects(bundler.build(null, CONFIG), /files are an object/);
  await assert.rejects(bundler.build(SOURCES, 1), /the configuration is/);
  await assert.rejects(bundler.build(SOURCES, CONFIG, { metafile: 1 }), TypeError);
  await assert.rejects(bundler.build(SOURCES, CONFIG, { mode: 1 }), TypeError);
  const failing = () => {
    throw new Error("from onProgress");
  };
  const failed = bundler.build(SOURCES, CONFIG, { onProgress: failing });
  await assert.rejects(failed, /from onProgress/);
  const odd = Object.fromEntries([["__proto__", "x"], ["../../up.js", "x"], ["a//b.js", "x"]]);
  assert.deepEqual((await bundler.build({ ...SOURCES, ...odd }, CONFIG)).diagnostics, []);
}

/** Memory of WebAssembly ends at 4 GB. The session goes on with its files. */
async function goesOnAfterATrap(bundler) {
  const session = await bundler.createSession(SOURCES, CONFIG);
  await session.build();
  const large = new Uint8Array(1.5e9);
  const tooMuch = session.update({ "1.bin": large, "2.bin": large, "3.bin": large });
  await assert.rejects(tooMuch, (error) => {
    assert.ok(error instanceof BundlerStopped, error);
    return /no memory left/.test(error.message);
  });
  const after = await session.update({ "1.bin": null, "2.bin": null, "3.bin": null });
  assert.deepEqual(after.diagnostics, []);
  assert.ok(after.outputs.length > 3);
  session.free();
}

async function buildsAsTheBinary(bundler, example) {
  const copy = join(scratch, example);
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(repository, "fixtures/examples", example), copy, { recursive: true });
  const input = files(copy);
  const { outputs, diagnostics } = await bundler.build(Object.fromEntries(input));
  assert.deepEqual(diagnostics.filter(({ severity }) => severity === "error"), []);
  const built = spawnSync(binary, ["--no-cache"], { cwd: copy, encoding: "utf8" });
  assert.equal(built.status, 0, built.stderr);
  for (const { path, contents } of outputs)
    assert.ok(readFileSync(join(copy, path)).equals(contents), `${example}: ${path} differs`);
  assert.ok(outputs.length > 5);
}

async function looksAtTheSignalFirst() {
  const signal = AbortSignal.abort(new Error("changed my mind"));
  await assert.rejects(here.build(SOURCES, CONFIG, { signal }), /changed my mind/);
}

/** Many modules, so that every phase takes a while. */
function many() {
  const names = Array.from({ length: 400 }, (_, at) => `m${at}`);
  const module = (name) => `export class ${name} { async run(...a) { return [...a, ${name}] } }`;
  const entry = names.map((name) => `export { ${name} } from "./${name}";`).join("\n");
  const sources = names.map((name) => [`${name}.js`, module(name)]);
  return { "main.js": entry, ...Object.fromEntries(sources) };
}

async function cancels(phase) {
  const session = await worker.createSession(many(), MANY);
  const stop = new AbortController();
  const onProgress = (begun) => begun === phase && stop.abort(new Error(`at ${phase}`));
  const cancelled = session.build({ signal: stop.signal, onProgress });
  await assert.rejects(cancelled, new RegExp(`at ${phase}`));
  const { outputs } = await session.update({ "extra.js": "" });
  assert.ok(outputs[0].text.includes("m399"));
  session.free();
}

async function cancelsAtOnce() {
  const stop = new AbortController();
  const session = await worker.createSession(many(), MANY);
  const cancelled = session.build({ signal: stop.signal });
  stop.abort();
  await assert.rejects(cancelled, { name: "AbortError" });
  session.free();
}

/** A build of another session, which waits for the one that is cancelled. */
async function cancelsOnlyOne() {
  const one = await worker.createSession(many(), MANY);
  const other = await worker.createSession(SOURCES, CONFIG);
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  const cancelled = one.build({ signal: stop.signal, onProgress });
  const waiting = other.build();
  await assert.rejects(cancelled, { name: "AbortError" });
  assert.ok((await waiting).outputs.length > 3);
  one.free();
  other.free();
}

async function terminates() {
  const bundler = await startBundler();
  const session = await bundler.createSession(many(), MANY);
  const running = session.build({ onProgress: () => bundler.terminate() });
  await assert.rejects(running, BundlerStopped);
  await assert.rejects(session.build(), /terminated/);
}
