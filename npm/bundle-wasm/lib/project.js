// A project in an instance of its own. The instance goes when the project is freed, or when it
// panicked or ran out of memory; then the next build starts another one with the same files.

import { Files } from "./files.js";
import { textOf } from "./input.js";
import { start } from "./module.js";

/** The build ended without a result. The message says why. */
export class BundlerStopped extends Error {
  name = "BundlerStopped";
}

export class Project {
  #module;
  #files;
  #config;
  #running = null;

  /** @param module a function that returns the compiled module, or a promise of it */
  constructor(module, files, config) {
    this.#module = module;
    this.#config = textOf(config);
    this.#files = new Files(files);
  }

  /** Changes files, by path; `null` removes a file or a folder. Nothing is built. */
  change(changes) {
    this.#files.change(changes);
  }

  /**
   * Builds. Of the outputs that did not change, only the paths are returned.
   *
   * @returns {{ outputs: { path, changed, contents? }[], diagnostics: object[], metafile }}
   */
  async build(request, onProgress = () => {}) {
    const session = await this.#started();
    let failure = null;
    try {
      session.listen({ begins: onProgress, failed: (text) => (failure = JSON.parse(text)) });
      this.#write(session);
      const answer = JSON.parse(session.build(JSON.stringify(request)));
      const outputs = answer.outputs.map(({ path, changed }, at) =>
        changed ? { path, changed, contents: session.output(at) } : { path, changed },
      );
      return { ...answer, outputs, diagnostics: answer.diagnostics.map(diagnostic) };
    } catch (error) {
      this.free();
      if (failure === null) throw stopped(error);
      return { outputs: [], diagnostics: [diagnostic(failure)], metafile: null };
    }
  }

  /** What `why` and `report` of the last build answer: `question` is the name of one of them. */
  async ask(question, ...words) {
    const session = await this.#started();
    let answer;
    try {
      answer = session[question](...words);
    } catch (error) {
      this.free();
      throw stopped(error);
    }
    const { text, diagnostic: refusal } = JSON.parse(answer);
    if (refusal === undefined) return text;
    throw Object.assign(new Error(refusal.message), { diagnostic: diagnostic(refusal) });
  }

  free() {
    this.#running = null;
    this.#files.restart();
  }

  /** A build that was begun twice at once gets one instance. */
  #started() {
    this.#running ??= (async () => {
      const instance = await start(await this.#module());
      const session = new instance.Session();
      session.configure(this.#config);
      return session;
    })().catch((error) => {
      // The module may be there the next time.
      this.#running = null;
      throw stopped(error);
    });
    return this.#running;
  }

  #write(session) {
    for (const [path, contents] of this.#files.take()) {
      if (contents === null) session.remove(path);
      else if (typeof contents === "string") session.write(path, contents);
      else session.writeBytes(path, contents);
    }
  }
}

function diagnostic({ drawn, ...said }) {
  return { ...said, text: drawn };
}

/**
 * A panic calls `failed` before it traps. `unreachable` without that call means that an allocation
 * failed. What an engine throws when its stack ends is its own affair.
 */
function stopped(error) {
  const isTrap = error instanceof WebAssembly.RuntimeError;
  const isRange = error instanceof RangeError;
  const isMemory =
    (isTrap && /unreachable/i.test(error.message)) ||
    (isRange && /allocation|memory/i.test(error.message));
  if (isMemory)
    return new BundlerStopped("there is no memory left: WebAssembly has 4 GB at most");
  if (isTrap || isRange || error?.name === "InternalError")
    return new BundlerStopped("a source nests deeper than the stack of this engine allows");
  return error;
}
