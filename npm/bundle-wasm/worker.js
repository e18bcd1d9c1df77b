// The bundler in a worker. worker.d.ts describes the functions. A build that is cancelled ends its
// worker, because nothing else ends a build that runs; sessions keep their files here, and go on in
// the next worker.

import { startThread } from "#host";
import { explain } from "./lib/explain.js";
import { Files } from "./lib/files.js";
import { requestOf, textOf } from "./lib/input.js";
import { compile } from "./lib/module.js";
import { BundlerStopped } from "./lib/project.js";
import { Results } from "./lib/result.js";

export { BundlerStopped };

export async function startBundler({ module, start = startThread } = {}) {
  const bundler = new Bundler(compile(module), start);
  await bundler.call("version");
  return bundler;
}

/** The worker ended because another call was cancelled: this call is made again in the next. */
const AGAIN = Symbol("again");

class Bundler {
  #module;
  #start;
  #thread = null;
  #isTerminated = false;
  #count = 0;

  constructor(module, start) {
    this.#module = module;
    this.#start = start;
  }

  async build(files, config, options) {
    const session = await this.createSession(files, config);
    try {
      return await session.build(options);
    } finally {
      session.free();
    }
  }

  async createSession(files, config) {
    return new Session(this, this.#count++, files, textOf(config));
  }

  explain(code) {
    return explain(code);
  }

  version() {
    return this.call("version");
  }

  terminate() {
    this.#isTerminated = true;
    this.#thread?.end(new BundlerStopped("the bundler was terminated"));
  }

  /**
   * Calls a function of thread.js. `prepare` makes the calls that have to come first in the thread
   * that it is given.
   */
  async call(name, words = [], { signal, onProgress, prepare = () => {} } = {}) {
    for (;;) {
      const module = await this.#module;
      signal?.throwIfAborted();
      if (this.#isTerminated) throw new BundlerStopped("the bundler was terminated");
      const isRunning = this.#thread !== null && !this.#thread.isEnded;
      if (!isRunning) this.#thread = new Thread(this.#start, module);
      const thread = this.#thread;
      const cancel = () => thread.end(AGAIN, signal.reason, running);
      prepare(thread);
      const running = thread.call(name, words, onProgress);
      signal?.addEventListener("abort", cancel);
      try {
        return await running.done;
      } catch (error) {
        if (error !== AGAIN) throw error;
      } finally {
        signal?.removeEventListener("abort", cancel);
      }
    }
  }
}

/** One worker, with the calls that it has not answered. */
class Thread {
  #worker;
  #calls = new Map();
  #count = 0;
  isEnded = false;

  constructor(start, module) {
    this.#worker = start();
    this.#worker.addEventListener("message", ({ data }) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault?.();
      const why = event.message ? `: ${event.message}` : "";
      this.end(new BundlerStopped(`the worker of the bundler ended${why}`));
    });
    this.call("initialize", [module]);
  }

  /** Returns `{ done }`, a promise of the answer. */
  call(name, words, onProgress) {
    const call = { onProgress };
    call.done = new Promise((resolve, reject) => Object.assign(call, { resolve, reject }));
    // Calls that nobody waits for end with their worker.
    call.done.catch(() => {});
    if (this.isEnded) {
      call.reject(AGAIN);
      return call;
    }
    const id = this.#count++;
    this.#worker.postMessage({ id, name, words });
    this.#calls.set(id, call);
    this.#worker.ref?.();
    return call;
  }

  #receive({ id, phase, result, error }) {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    if (phase !== undefined) {
      try {
        call.onProgress?.(phase);
      } catch (error) {
        call.reject(error);
      }
      return;
    }
    this.#calls.delete(id);
    if (this.#calls.size === 0) this.#worker.unref?.();
    if (error === undefined) call.resolve(result);
    else call.reject(thrown(error));
  }

  /** Ends the worker. Its calls reject with `reason`, and `one` of them with its own. */
  end(reason, own, one) {
    if (this.isEnded) return;
    this.isEnded = true;
    this.#worker.terminate();
    for (const call of this.#calls.values()) call.reject(call === one ? own : reason);
    this.#calls.clear();
  }
}

function thrown({ name, message, diagnostic }) {
  const error = name === "BundlerStopped" ? new BundlerStopped(message) : new Error(message);
  return diagnostic === undefined ? error : Object.assign(error, { diagnostic });
}

class Session {
  #bundler;
  #id;
  #files;
  #config;
  #thread = null;
  #results = new Results();

  constructor(bundler, id, files, config) {
    this.#bundler = bundler;
    this.#id = id;
    this.#files = new Files(files);
    this.#config = config;
  }

  async build({ signal, onProgress, ...options } = {}) {
    const words = [this.#id, requestOf(options)];
    const built = await this.#call("build", words, { signal, onProgress });
    return this.#results.of(built);
  }

  async update(changes, options) {
    this.#files.change(changes);
    return this.build(options);
  }

  why(what) {
    return this.#call("ask", [this.#id, "why", what]);
  }

  report() {
    return this.#call("ask", [this.#id, "report"]);
  }

  free() {
    if (this.#thread?.isEnded === false) this.#thread.call("free", [this.#id]);
    this.#thread = null;
  }

  #call(name, words, options) {
    const prepare = (thread) => this.#enter(thread);
    return this.#bundler.call(name, words, { ...options, prepare });
  }

  /** Brings a thread to the state of the files: with all of them, or with what changed. */
  #enter(thread) {
    if (thread !== this.#thread) {
      this.#files.restart();
      thread.call("create", [this.#id, Object.fromEntries(this.#files.take()), this.#config]);
      // A new worker returns the contents of every output, so nothing has to be kept.
      this.#results = new Results();
    } else {
      const changes = this.#files.take();
      if (changes.size > 0) thread.call("change", [this.#id, Object.fromEntries(changes)]);
    }
    this.#thread = thread;
  }
}
