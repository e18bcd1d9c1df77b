// context(config): a process that builds at each request and keeps results for the next.

"use strict";

const native = require("./native.js");

/** `bundle build --on-request`. It is started by the first request, and again after it has died. */
class Builder {
  #binary;
  #request;
  #child;
  #last = Promise.resolve();
  #isEnded = false;

  constructor(binary, request) {
    this.#binary = binary;
    this.#request = request;
  }

  /** Builds, after the requests before it: `{ outputs, diagnostics }`. */
  build() {
    const answer = this.#last.then(() => this.#ask());
    this.#last = answer.catch(() => {});
    return answer;
  }

  /** Ends the process, and is done when it has ended. */
  async end() {
    this.#isEnded = true;
    this.#child?.kill();
    await this.#last;
  }

  #ask() {
    if (this.#isEnded) throw new Error("this context is disposed");
    if (this.#child === undefined) this.#child = this.#start();
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const answer = { outputs: [], diagnostics: [] };
      let unanswered = 2;
      const take = (line) => {
        if (line.answered && --unanswered === 0) done(resolve, answer);
        if (native.isOutput(line)) answer.outputs.push(native.outputOf(line));
        if (line.severity !== undefined) answer.diagnostics.push(line);
      };
      const fail = (why) =>
        done(reject, new Error(this.#isEnded ? "this context is disposed" : why));
      const done = (settle, value) => {
        child.removeAllListeners("line").removeAllListeners("end");
        settle(value);
      };
      child.on("line", take).on("end", fail);
      child.stdin.write("build\n");
    });
  }

  #start() {
    const { cwd } = this.#request;
    const child = native.start(this.#binary, this.#request, ["build", "--on-request"], true);
    let rest = "";
    native.lines(child.stdout, (line) => child.emit("line", line));
    native.lines(
      child.stderr,
      (line) => child.emit("line", line),
      (text) => (rest += text),
    );
    const kill = () => child.kill();
    process.on("exit", kill);
    const end = (why) => {
      process.removeListener("exit", kill);
      this.#child = undefined;
      child.emit("end", why);
    };
    child.on("error", ({ message }) => end(`${this.#binary} cannot be run in ${cwd}: ${message}`));
    child.on("close", (code, signal) =>
      end(`${this.#binary} ended with ${signal ?? code}: ${rest.trim()}`),
    );
    return child;
  }
}

module.exports = { Builder };
