// The WebAssembly module: compiled once, while it arrives where that is possible.

import { ownModule } from "#host";
import { instance } from "../wasm/bundle_wasm.js";

/** Compiles what `initialize` was given; nothing: the module of this package. */
export async function compile(source = ownModule()) {
  if (typeof WebAssembly !== "object")
    throw new Error("bundle-wasm needs WebAssembly, which this browser does not have");
  const isAddress = typeof source === "string" || source instanceof URL;
  const given = await (isAddress ? fetch(source) : source);
  if (given instanceof WebAssembly.Module) return given;
  if (typeof Response !== "function" || !(given instanceof Response))
    return WebAssembly.compile(given);
  if (!given.ok)
    throw new Error(`bundle-wasm: ${given.url} was answered with status ${given.status}`);
  // Browsers stream exactly this type, without parameters.
  const isStreamed = /^application\/wasm$/i.test(given.headers.get("content-type") ?? "");
  const canStream = isStreamed && WebAssembly.compileStreaming !== undefined;
  return canStream
    ? WebAssembly.compileStreaming(given)
    : WebAssembly.compile(await given.arrayBuffer());
}

/** Returns the functions of a new instance. Its memory is its own, and goes with it. */
export async function start(module) {
  const functions = instance();
  await functions.start({ module_or_path: module });
  return functions;
}
