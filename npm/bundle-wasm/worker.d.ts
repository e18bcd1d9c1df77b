// The functions of `bundle-wasm` in a worker of their own: the page stays alive while it builds,
// and a build can be cancelled in any phase.

import type { Config, Files, Options, Result, Session } from "./index.js";

export type * from "./index.js";
export { BundlerStopped } from "./index.js";

export interface WorkerOptions {
  /** The address of the WebAssembly module, or the compiled module. Else that of the package. */
  module?: string | URL | WebAssembly.Module;
  /** Starts the worker, where its script is not `thread.js` of this package. */
  start?: () => Worker;
}

export interface Bundler {
  build(files: Files, config?: Config | null, options?: Options): Promise<Result>;
  createSession(files: Files, config?: Config | null): Promise<Session>;
  explain(code: string): Promise<string | null>;
  version(): Promise<string>;
  /** Ends the worker. Builds that run reject with `BundlerStopped`. */
  terminate(): void;
}

/**
 * Starts a worker. A build that is cancelled ends its worker; the next build starts another one,
 * and a session goes on with its files. A session whose worker ran out of memory does the same.
 */
export function startBundler(options?: WorkerOptions): Promise<Bundler>;
