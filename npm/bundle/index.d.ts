/** What bundle.config.json says; its JSON schema is in this package, docs/config.md describes every key. */
export interface Config {
  root?: string;
  outDir?: string;
  areas?: Record<string, unknown>;
  /** In a configuration that is a script: the plugins. In data: their names, with options. */
  plugins?: unknown[];
  [key: string]: unknown;
}

export interface Options {
  /** The working directory; the project's folder too, if the configuration is an object. Else that of the process. */
  cwd?: string;
  mode?: "development" | "production";
  /** What to build: paths, NAME=PATH, or names of areas. Without any, what the configuration says. */
  entries?: string[];
}

export interface Note {
  message: string;
  file: string | null;
  line?: number;
  column?: number;
  length?: number;
  excerpt?: string;
  label?: string;
}

export interface Diagnostic extends Note {
  /** docs/diagnostics.md explains it, and `bundle explain`. */
  code: string;
  severity: "error" | "warning";
  notes: Note[];
  fix: { message: string; replacement: string | null } | null;
}

export interface Output {
  /** From the working directory, with `/`. */
  path: string;
  bytes: number;
  /** False if the file was like this already, and was left alone. */
  changed: boolean;
}

export interface Result {
  /** Every file, in the order of the build. They are written. */
  outputs: Output[];
  /** Warnings. */
  diagnostics: Diagnostic[];
}

/** A build that has errors. Nothing was written. */
export class BuildError extends Error {
  diagnostics: Diagnostic[];
}

/**
 * Builds once, and writes. `config`: the configuration, the path of its file, or nothing: then bundle.config.json is looked
 * for in the working directory and above.
 */
export function build(config?: Config | string, options?: Options): Promise<Result>;

/** A build of a watcher. */
export interface Rebuild {
  /** The files that were written, from the working directory. */
  written: string[];
  removed: string[];
  /** How long it took; undefined for the first build. */
  milliseconds: number | undefined;
  /** Warnings. */
  diagnostics: Diagnostic[];
}

/** The files that a rebuild is for, from the working directory. */
export interface Changes {
  created: string[];
  changed: string[];
  removed: string[];
}

export interface Watcher {
  on(event: "change", listener: (changes: Changes) => void): this;
  on(event: "build", listener: (build: Rebuild) => void): this;
  /** A build failed. The last good files are kept, and the watcher goes on. */
  on(event: "failure", listener: (error: BuildError) => void): this;
  /** The watcher cannot begin, or has died. */
  on(event: "error", listener: (error: Error) => void): this;
  on(event: "close", listener: () => void): this;
  /** Ends the watcher, and is done when it has ended. */
  close(): Promise<void>;
}

/** Builds, and builds again after each change, as `bundle --watch`. Needs the native program. */
export function watch(config?: Config | string, options?: Options): Watcher;

export interface Context {
  /** Builds and writes. One process is kept: it builds again only what has changed since the last call. */
  rebuild(): Promise<Result>;
  watch(): Watcher;
  /** Ends the process, and what is under way. */
  dispose(): Promise<void>;
}

/** For several builds. Needs the native program. */
export function context(config?: Config | string, options?: Options): Context;

/** What the program understood: the decided configuration, or the graph of the modules. Needs the native program. */
export function inspect(what: "config" | "graph", config?: Config | string, options?: Options): Promise<any>;

/** What a function that a `bundle.config.js` exports receives. */
export interface ConfigEnvironment {
  mode: "development" | "production";
}

/** What a hook is called for: ids by regular expressions and globs, and texts for `transform`. */
export interface HookFilter {
  id?: Patterns;
  code?: Patterns;
}

type Pattern = string | RegExp;
type Patterns = Pattern | Pattern[] | { include?: Pattern | Pattern[]; exclude?: Pattern | Pattern[] };

/** A plugin of Rollup's shape. docs/plugins.md has the table of the hooks that are called. */
export interface Plugin {
  name: string;
  /** What its results follow from besides their input. Without it they are not kept in the cache. */
  cacheKey?: string;
  enforce?: "pre" | "post";
  [hook: string]: any;
}

/** Returns the plugin with filters, so that other modules are not sent to it. */
export function withFilter(
  plugin: Plugin,
  filters: { resolveId?: HookFilter; load?: HookFilter; transform?: HookFilter },
): Plugin;

type Exported = Config | Promise<Config> | ((environment: ConfigEnvironment) => Config | Promise<Config>);

/** Returns its argument: editors then complete the keys in `bundle.config.js`. */
export function defineConfig<T extends Exported>(config: T): T;
