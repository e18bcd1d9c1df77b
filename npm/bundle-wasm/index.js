// The bundler on the calling thread. index.d.ts describes the functions.

import { explain } from "./lib/explain.js";
import { requestOf } from "./lib/input.js";
import { compile, start } from "./lib/module.js";
import { BundlerStopped, Project } from "./lib/project.js";
import { Results } from "./lib/result.js";

export { BundlerStopped };

let compiled = null;

export async function initialize(module) {
  // A module that could not be loaded may be there the next time.
  compiled ??= compile(module).catch((error) => {
    compiled = null;
    throw error;
  });
  await compiled;
}

async function module() {
  await initialize();
  return compiled;
}

export async function build(files, config, options) {
  const session = await createSession(files, config);
  try {
    return await session.build(options);
  } finally {
    session.free();
  }
}

export async function createSession(files, config) {
  return new Session(new Project(module, files, config));
}

class Session {
  #project;
  #results = new Results();

  constructor(project) {
    this.#project = project;
  }

  async build({ signal, onProgress, ...options } = {}) {
    signal?.throwIfAborted();
    return this.#results.of(await this.#project.build(requestOf(options), onProgress));
  }

  async update(changes, options) {
    this.#project.change(changes);
    return this.build(options);
  }

  why(what) {
    return this.#project.ask("why", what);
  }

  report() {
    return this.#project.ask("report");
  }

  free() {
    this.#project.free();
  }
}

export { explain };

export async function version() {
  return (await start(await module())).version();
}
