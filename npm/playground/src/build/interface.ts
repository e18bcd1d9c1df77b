// The types of the package bundle-wasm, and how its worker is loaded. The package is not part of
// this page's scripts: it lies beside them in bundle-wasm/, as npm has it.

import type { Bundler, WorkerOptions } from "../../../bundle-wasm/worker";

export type { Bundler, Diagnostic, Note, Output, Result, Session } from "../../../bundle-wasm/worker";

interface WorkerModule {
  startBundler(options?: WorkerOptions): Promise<Bundler>;
  BundlerStopped: new () => Error;
}

const inPage = (path: string) => new URL(path, document.baseURI).href;

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiles the WebAssembly module while it arrives, once: a new worker then starts at once. */
function compile(): Promise<WebAssembly.Module> {
  const address = inPage("bundle-wasm/wasm/bundle_wasm_bg.wasm");
  compiled ??= (async () => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} could not be loaded.`);
    const isTyped = response.headers.get("content-type")?.startsWith("application/wasm");
    if (isTyped && WebAssembly.compileStreaming) return WebAssembly.compileStreaming(response);
    return WebAssembly.compile(await response.arrayBuffer());
  })();
  compiled.catch(() => (compiled = undefined));
  return compiled;
}

/** Starts a bundler in a worker. */
export async function start(): Promise<Bundler> {
  const address = inPage("bundle-wasm/worker.js");
  const [module, { startBundler }] = await Promise.all([
    compile(),
    import(/* webpackIgnore: true */ address) as Promise<WorkerModule>,
  ]);
  return startBundler({ module });
}
