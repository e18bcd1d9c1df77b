// The two hosts that must agree: the binary in a folder, and a Session of the WebAssembly build
// over the same files in memory. Both return { outputs: Map of path to bytes, diagnostics }.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { pathToFileURL } from "node:url";
import { files } from "./cases.mjs";

const CONFIG = "bundle.config.json";
/** Milliseconds: a build that hangs is a failure and not a run that hangs. */
const LIMIT = 60_000;

/** Builds with the binary what lies in `folder`, and takes its outputs away again. */
export async function native(binary, folder, config, input) {
  writeFileSync(join(folder, CONFIG), config);
  const { code, stderr } = await run(binary, ["--log-format", "json", "--no-cache"], folder);
  if (code !== 0 && code !== 1) throw new Error(`the binary ended with ${code}: ${stderr}`);
  const outputs = new Map();
  for (const [path, bytes] of files(folder)) {
    if (path === CONFIG || input.get(path)?.equals(bytes)) continue;
    outputs.set(path, bytes);
    if (input.has(path)) writeFileSync(join(folder, path), input.get(path));
    else remove(folder, path, input);
  }
  const lines = stderr.split("\n").filter((line) => line !== "");
  return { outputs, diagnostics: lines.map((line) => JSON.parse(line)) };
}

/** With the folders that were made for it. */
function remove(folder, path, input) {
  const isOfInput = (prefix) => [...input.keys()].some((known) => known.startsWith(`${prefix}/`));
  let top = path;
  while (posix.dirname(top) !== "." && !isOfInput(posix.dirname(top))) top = posix.dirname(top);
  rmSync(join(folder, top), { recursive: true, force: true });
}

function run(program, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ["ignore", "ignore", "pipe"],
      timeout: LIMIT,
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child
      .on("error", reject)
      .on("close", (code, signal) => resolve({ code: code ?? signal, stderr }));
  });
}

/**
 * The WebAssembly build that wasm-bindgen left in `folder`. A Session that trapped spoils its
 * instance: the next one gets a new instance.
 */
export class Wasm {
  constructor(folder) {
    this.folder = folder;
    this.module = new WebAssembly.Module(readFileSync(join(folder, "bundle_wasm_bg.wasm")));
    this.instance = null;
  }

  async ready() {
    if (this.instance !== null) return;
    const { instance } = await import(pathToFileURL(join(this.folder, "bundle_wasm.js")));
    this.instance = instance();
    this.instance.initSync({ module: this.module });
  }

  /** `ready` was awaited. */
  build(config, input) {
    try {
      const session = new this.instance.Session();
      session.write(CONFIG, config);
      for (const [path, bytes] of input) if (path !== CONFIG) session.writeBytes(path, bytes);
      const { outputs, diagnostics } = JSON.parse(session.build("{}"));
      const bytesByPath = outputs.map(({ path }, at) => [path, session.output(at)]);
      session.free();
      return {
        outputs: new Map(bytesByPath),
        diagnostics: diagnostics.map(({ drawn, ...diagnostic }) => diagnostic),
      };
    } catch (error) {
      this.instance = null;
      throw error;
    }
  }
}

/** Makes a folder that is empty, and returns its path. */
export function fresh(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
