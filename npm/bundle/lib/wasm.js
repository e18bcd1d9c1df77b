// The bundler as WebAssembly, for platforms without a program: the same build, on the disk of this
// process.

"use strict";

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { brotliDecompressSync } = require("node:zlib");
const { Disk, inner } = require("./disk.js");
const { Tools } = require("./tools.js");
const { NotWritten, write } = require("./write.js");

const FOLDER = join(__dirname, "../wasm");

/**
 * Compiled once; every build has an instance of its own, because memory of WebAssembly never
 * shrinks.
 */
let compiled = null;

async function instance() {
  const { node } = process.versions;
  if (Number(node.split(".")[0]) < 18)
    throw new Error(`the WebAssembly build needs Node 18 or later, and this is ${node}`);
  compiled =
    compiled ||
    new WebAssembly.Module(
      brotliDecompressSync(readFileSync(join(FOLDER, "bundle_wasm_bg.wasm.br"))),
    );
  // Seeds of hash tables: before version 20 Node has this, and not as a global.
  if (!globalThis.crypto) globalThis.crypto = require("node:crypto").webcrypto;
  const glue = await import(pathToFileURL(join(FOLDER, "bundle_wasm.js")));
  const started = glue.instance();
  started.initSync({ module: compiled });
  return started;
}

/**
 * Runs a build that a request describes (crates/wasm/src/disk.rs). Returns `{ outputs, kind,
 * diagnostics }`; the text of each diagnostic is `drawn`.
 */
async function build(request) {
  const glue = await instance();
  const tools = new Tools(glue.nodeProgram());
  const disk = new Disk(tools);
  const { cwd, config, entries } = request;
  const asked = {
    ...request,
    cwd: inner(cwd),
    config: config && inner(config),
    entries: entries.map(inner),
  };
  let answer;
  try {
    answer = JSON.parse(glue.buildOnDisk(disk, JSON.stringify(asked)));
  } catch (error) {
    if (disk.failure === null)
      throw new Error(
        `the WebAssembly build ended (${error.message}); the native program has more room`,
      );
    return { outputs: [], diagnostics: [disk.failure] };
  } finally {
    tools.end();
  }
  try {
    return { outputs: write(answer), kind: answer.kind, diagnostics: answer.diagnostics };
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error;
    const failure = JSON.parse(glue.notWritten(error.shown, error.message, request.color === true));
    return { outputs: [], diagnostics: [...answer.diagnostics, failure] };
  }
}

module.exports = { build };
