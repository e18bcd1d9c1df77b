// The package bundle-wasm, as the page uses it: the types, and a bundler that starts early.
// build.mjs says where the package is.

import { startBundler } from "bundle-wasm/worker";
import type { Bundler } from "bundle-wasm/worker";
import address from "bundle-wasm/wasm/bundle_wasm_bg.wasm";

export type { Bundler, Diagnostic, Note, Output, Result, Session } from "bundle-wasm/worker";

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiles the WebAssembly module while it arrives, once: a new worker then starts at once. */
function compile(): Promise<WebAssembly.Module> {
  compiled ??= (async () => {
    const response = await fetch(address);
    if (!response.ok) throw new Error("its WebAssembly module could not be loaded.");
    // Browsers stream exactly this type, without parameters.
    const isTyped = /^application\/wasm$/i.test(response.headers.get("content-type") ?? "");
    if (isTyped && WebAssembly.compileStreaming) return WebAssembly.compileStreaming(response);
    return WebAssembly.compile(await response.arrayBuffer());
  })();
  compiled.catch(() => (compiled = undefined));
  return compiled;
}

/** Starts a bundler in a worker. */
export async function start(): Promise<Bundler> {
  return startBundler({ module: await compile() });
}
