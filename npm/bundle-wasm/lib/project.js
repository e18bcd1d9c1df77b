// A project in an instance of its own. The instance goes when the project is freed, or when it
// panicked or ran out of memory; then the next build starts another one with the same files.

import { start } from "./module.js";

/** The build ended without a result. The message says why. */
export class BundlerStopped extends Error {
  name = "BundlerStopped";
}

/** From here on, a trap that nothing explains is taken for a lack of memory: of 4 GB. */
const NEARLY_ALL = 3.5e9;

export class Project {
  #module;
  #files = new Map();
  #config;
  #changes = new Map();
  #running = null;

  /** @param module the compiled module, or a promise of it */
  constructor(module, files, config) {
    this.#module = module;
    this.#config = textOf(config);
    this.change(files);
  }

  /** Changes files, by path; `null` removes a file or a folder. Nothing is built. */
  change(changes) {
    for (const [path, contents] of checked(changes)) {
      this.#changes.set(path, contents);
      if (contents !== null) this.#files.set(path, contents);
      else for (const known of below(path, this.#files.keys())) this.#files.delete(known);
    }
  }

  /**
   * Builds. Of the outputs that did not change, only the paths are returned.
   *
   * @returns {{ outputs: { path, changed, contents? }[], diagnostics: object[], metafile }}
   */
  async build({ mode, metafile = true } = {}, onProgress = () => {}) {
    const { session, instance } = await this.#started();
    let failure = null;
    try {
      session.listen({ begins: onProgress, failed: (text) => (failure = JSON.parse(text)) });
      this.#write(session);
      const answer = JSON.parse(session.build(JSON.stringify({ mode, metafile })));
      const outputs = answer.outputs.map(({ path, changed }, at) =>
        changed ? { path, changed, contents: session.output(at) } : { path, changed },
      );
      return { ...answer, outputs, diagnostics: answer.diagnostics.map(diagnostic) };
    } catch (error) {
      const size = instance.memory.buffer.byteLength;
      this.free();
      if (failure === null) throw stopped(error, size);
      return { outputs: [], diagnostics: [diagnostic(failure)], metafile: null };
    }
  }

  /** What `why` and `report` of the last build answer: `question` is the name of one of them. */
  async ask(question, ...words) {
    const { session } = await this.#started();
    const { text, diagnostic: refusal } = JSON.parse(session[question](...words));
    if (refusal === undefined) return text;
    throw Object.assign(new Error(refusal.message), { diagnostic: diagnostic(refusal) });
  }

  free() {
    this.#running = null;
    this.#changes = new Map(this.#files);
  }

  /** A build that was begun twice at once gets one instance. */
  #started() {
    this.#running ??= (async () => {
      const instance = await start(await this.#module);
      const session = new instance.Session();
      session.configure(this.#config);
      return { instance, session };
    })();
    return this.#running;
  }

  #write(session) {
    for (const [path, contents] of this.#changes) {
      if (contents === null) session.remove(path);
      else if (typeof contents === "string") session.write(path, contents);
      else session.writeBytes(path, contents);
    }
    this.#changes.clear();
  }
}

function textOf(config) {
  if (config === undefined || config === null) return undefined;
  if (typeof config === "string") return config;
  if (typeof config === "object") return JSON.stringify(config, null, 2);
  throw new TypeError("the configuration is an object, or the text of bundle.config.json");
}

function checked(files) {
  if (typeof files !== "object" || files === null)
    throw new TypeError("files are an object: contents by path");
  const entries = Object.entries(files);
  for (const [path, contents] of entries) {
    if (contents !== null && typeof contents !== "string" && !(contents instanceof Uint8Array))
      throw new TypeError(`${path}: the contents of a file are a string or a Uint8Array`);
  }
  return entries;
}

function below(path, all) {
  return [...all].filter((known) => known === path || known.startsWith(`${path}/`));
}

function diagnostic({ drawn, ...said }) {
  return { ...said, text: drawn };
}

function stopped(error, memory) {
  if (memory >= NEARLY_ALL)
    return new BundlerStopped("there is no memory left: WebAssembly has 4 GB at most");
  if (error instanceof RangeError)
    return new BundlerStopped("a source nests deeper than the stack of this engine allows");
  if (error instanceof WebAssembly.RuntimeError)
    return new BundlerStopped(`the build ended without a result (${error.message})`);
  return error;
}
