// The bundler as WebAssembly, over files in memory. `bundle-wasm` runs it on the calling thread,
// `bundle-wasm/worker` in a worker; both have the same functions.

/** A file: text, or bytes. */
export type Contents = string | Uint8Array;

/** Files by their paths in the project's folder: `src/main.js`, `node_modules/vue/package.json`. */
export type Files = Record<string, Contents>;

/** Files that are new or different, by their paths; `null` removes a file or a whole folder. */
export type Changes = Record<string, Contents | null>;

/** What bundle.config.json says, as an object or as its text. docs/config.md describes each key. */
export type Config = Record<string, unknown> | string;

/** A phase of a build. They begin in this order. */
export type Phase = "scan" | "link" | "chunk" | "render" | "emit";

export interface Options {
  /** Builds for this mode, as `--mode` does. */
  mode?: "development" | "production";
  /** False: no metafile is made, and `why` and `report` have no answer. Default: true. */
  metafile?: boolean;
  /** Called when a phase begins. */
  onProgress?: (phase: Phase) => void;
  /**
   * Ends the build: the promise rejects with the signal's reason. Only a worker can end a build
   * that runs. On the calling thread the signal is looked at before the build begins.
   */
  signal?: AbortSignal;
}

/** A file that the command line would write. */
export interface Output {
  /** From the project's folder: `dist/main.js`. */
  path: string;
  /** Later results of the session share the bytes of outputs that did not change. */
  contents: Uint8Array;
  /** `contents` as text. */
  readonly text: string;
  /**
   * False if the last build without errors had the same bytes under this path. After a build that
   * was cancelled or ended, every output counts as changed.
   */
  changed: boolean;
}

export interface Note {
  message: string;
  file: string | null;
  /** From 1. */
  line?: number;
  /** From 1, in UTF-16 code units. */
  column?: number;
  /** In UTF-16 code units. */
  length?: number;
  excerpt?: string;
  label?: string;
}

export interface Diagnostic extends Note {
  /** docs/diagnostics.md explains it, and so does `explain`. */
  code: string;
  severity: "error" | "warning";
  notes: Note[];
  fix: { message: string; replacement: string | null } | null;
  /** The whole message as the command line prints it, without colors. */
  text: string;
}

export interface Result {
  /** Empty if a diagnostic is an error. */
  outputs: Output[];
  diagnostics: Diagnostic[];
  /** The object that `--metafile` writes, without `gzip`; `null` if there are no outputs. */
  metafile: Record<string, any> | null;
}

/** A project that is built incrementally: a build repeats only what a change affects. */
export interface Session {
  /** Builds what changed since the last build; all the first time. */
  build(options?: Options): Promise<Result>;
  /** Changes files, and builds. A change of `bundle.config.json` changes the configuration. */
  update(changes: Changes, options?: Options): Promise<Result>;
  /**
   * What `bundle why` prints about a module, a package or an output of the last good build. Rejects
   * with an error that has a `diagnostic` if nothing has this name, or if nothing was built since
   * the session began or a build of it was cancelled.
   */
  why(what: string): Promise<string>;
  /** The page that `bundle report` writes about the last good build. */
  report(): Promise<string>;
  /** Frees the memory of the session. */
  free(): void;
}

/**
 * Loads the WebAssembly module. Call it only to load the module from another place; the other
 * functions load it themselves.
 *
 * @param module where the module is, its bytes, a response with it, or the compiled module. If
 *   nothing is given: the file of this package. Responses are compiled while they arrive, if their
 *   type is `application/wasm`.
 */
export function initialize(
  module?: string | URL | Response | Promise<Response> | BufferSource | WebAssembly.Module,
): Promise<void>;

/** A build ended without a result: it was terminated, or there was no memory left. */
export class BundlerStopped extends Error {}

/** Builds once. Without `config`, `bundle.config.json` among the files is the configuration. */
export function build(files: Files, config?: Config | null, options?: Options): Promise<Result>;

/** Begins a session. Nothing is built yet. */
export function createSession(files: Files, config?: Config | null): Promise<Session>;

/** The text of `bundle explain CODE`, or `null` if there is no such code. */
export function explain(code: string): Promise<string | null>;

/** The version of the bundler. */
export function version(): Promise<string>;
