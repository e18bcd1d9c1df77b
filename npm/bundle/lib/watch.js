// watch(config): the program's own watcher, whose lines become events.

"use strict";

const { EventEmitter } = require("node:events");
const native = require("./native.js");

/** See index.d.ts. */
class Watcher extends EventEmitter {
  #child;
  #isClosed = false;
  #ended;
  #written = [];
  #diagnostics = [];
  #asError;

  /** `asError` makes an error of diagnostics. */
  constructor(binary, request, asError) {
    super();
    this.#asError = asError;
    this.#child = native.start(binary, request, ["--watch"]);
    const kill = () => this.#child.kill();
    process.on("exit", kill);
    this.#ended = new Promise((resolve) => {
      this.#child.on("error", (error) => this.emit("error", error));
      this.#child.on("close", (code, signal) => {
        process.removeListener("exit", kill);
        if (!this.#isClosed) this.emit("error", this.#death(signal ?? code));
        this.emit("close");
        resolve();
      });
    });
    native.lines(this.#child.stderr, (line) => this.#diagnostics.push(line));
    // What belongs to a build is on the other stream, and there before the line that ends it.
    native.lines(this.#child.stdout, (line) =>
      setImmediate(() => setImmediate(() => this.#take(line))),
    );
  }

  /** Ends the watcher, and is done when it has ended. */
  close() {
    this.#isClosed = true;
    this.#child.kill();
    return this.#ended;
  }

  #take(line) {
    if (line.output !== undefined && line.changed) this.#written.push(line.output);
    if (line.changes !== undefined) this.emit("change", line.changes);
    if (line.failed) this.emit("failure", this.#asError(this.#diagnostics.splice(0)));
    if (line.mode !== undefined) this.#built(this.#written.splice(0), [], undefined);
    if (line.rebuilt !== undefined) this.#built(line.rebuilt, line.removed, line.milliseconds);
  }

  #built(written, removed, milliseconds) {
    const diagnostics = this.#diagnostics.splice(0);
    this.emit("build", { written, removed, milliseconds, diagnostics });
  }

  #death(how) {
    const diagnostics = this.#diagnostics.splice(0);
    const hasErrors = diagnostics.some(({ severity }) => severity === "error");
    return hasErrors ? this.#asError(diagnostics) : new Error(`the watcher ended with ${how}`);
  }
}

module.exports = { Watcher };
