// Builds the project after each change, in a worker. A change waits a moment for the next one. A
// build that takes long is cancelled by a change; a short one is cheaper to finish, because a
// cancelled build ends its worker, and the next one begins anew.

import type { FileChanges, Project } from "../project/project";
import type { Packages } from "../project/packages";
import type { Bundler, Result, Session } from "./interface";

/** Milliseconds without a keystroke before a build. */
const QUIET = 50;
/** A build that runs for so many milliseconds is cancelled by a change. */
const PATIENCE = 400;

export interface Built extends Result {
  /** How long it took, with the way to the worker and back. */
  milliseconds: number;
}

export interface BuildListener {
  building(): void;
  built(built: Built): void;
  failed(sentence: string): void;
}

export class Builds {
  #project: Project;
  #packages: Packages;
  #bundler: Bundler;
  #listener: BuildListener;
  #session: Session | null = null;
  #waiting: FileChanges = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: { since: number; abort: AbortController } | null = null;

  constructor(project: Project, packages: Packages, bundler: Bundler, listener: BuildListener) {
    this.#project = project;
    this.#packages = packages;
    this.#bundler = bundler;
    this.#listener = listener;
    project.onChange((changes) => this.#changed(changes));
  }

  get bundler() {
    return this.#bundler;
  }

  /** The session of the last build. */
  get session() {
    return this.#session;
  }

  /** All that a build reads: the project's files, and those of packages. */
  files(): Record<string, string> {
    return Object.fromEntries([...this.#packages.files(), ...this.#project.files]);
  }

  /** Builds at once. */
  async now() {
    clearTimeout(this.#timer);
    if (this.#running !== null) return;
    const changes = this.#waiting;
    this.#waiting = new Map();
    const abort = new AbortController();
    this.#running = { since: performance.now(), abort };
    this.#listener.building();
    try {
      const built = await this.#build(changes, abort.signal);
      if (this.#waiting.size === 0) this.#listener.built(built);
    } catch (error) {
      // The next build takes over the changes of a cancelled one.
      if (abort.signal.aborted) this.#waiting = new Map([...changes, ...this.#waiting]);
      else this.#fail(error);
    } finally {
      this.#running = null;
      if (this.#waiting.size > 0) this.#soon();
    }
  }

  async #build(changes: FileChanges, signal: AbortSignal): Promise<Built> {
    const isWhole = this.#session === null || changes.size === 0;
    const texts = isWhole ? this.#project.files.values() : changes.values();
    const fresh = await this.#packages.load([...texts].filter((text) => text !== null));
    // If this build is cancelled, the next one takes them over.
    for (const [path, text] of fresh) changes.set(path, text);
    signal.throwIfAborted();
    const since = performance.now();
    let result: Result;
    if (this.#session === null) {
      this.#session = await this.#bundler.createSession(this.files());
      result = await this.#session.build({ signal });
    } else {
      result = await this.#session.update(Object.fromEntries(changes), { signal });
    }
    return Object.assign(result, { milliseconds: performance.now() - since });
  }

  #changed(changes: FileChanges) {
    for (const [path, text] of changes) this.#waiting.set(path, text);
    if (this.#running === null) this.#soon();
    else if (performance.now() - this.#running.since > PATIENCE) this.#cancel();
    else {
      // The build may turn out to be a long one.
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#cancel(), PATIENCE);
    }
  }

  #cancel() {
    this.#running?.abort.abort();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), QUIET);
  }

  #fail(error: unknown) {
    // The worker may have ended: the next build starts with a new session.
    this.#session?.free();
    this.#session = null;
    const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
    const isMemory = /memory/i.test(message);
    if (isMemory) {
      this.#listener.failed(
        "The build needed more memory than WebAssembly has here. The bundler was started again; " +
          "make the files smaller, and the next change builds them.",
      );
    } else if (name === "BundlerStopped") {
      this.#listener.failed("The bundler stopped. The next change starts it again.");
    } else {
      this.#listener.failed(`The build did not end as it should: ${message}`);
    }
  }
}
