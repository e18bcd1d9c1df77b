// The project's Node process for the WebAssembly build, which asks and waits: a thread beside it
// evaluates the configuration and runs plugins.

"use strict";

const { MessageChannel, Worker, receiveMessageOnPort } = require("node:worker_threads");

/** What the thread runs. The program writes to standard output, and reads from standard input. */
const BOOT = `
const { workerData: { port, signal, program } } = require("worker_threads");
const say = (text) => {
  port.postMessage(text);
  Atomics.add(signal, 0, 1);
  Atomics.notify(signal, 0);
  return true;
};
process.stdout.write = say;
process.on("exit", () => say(null));
import("data:text/javascript,export default (url) => import(url)").then(({ default: load }) => {
  new Function("require", "importModule", "unread", program)(require, load, "");
  port.on("message", (text) => process.stdin.emit("data", text));
  process.stdin.ref = () => port.ref();
  process.stdin.unref = () => port.unref();
});`;

class Tools {
  #program;
  #setup = [];
  #thread = null;
  #asked = 0;

  /** `program`: what the thread evaluates. */
  constructor(program) {
    this.#program = program;
  }

  /**
   * Sends a request, and waits. All texts are JSON: the request `{ value, isSetup, limit }`, the
   * answer `{ value }`, `{ failure }`, `{ ended }` or `{ broken }`. `back` answers what the thread
   * asks meanwhile.
   */
  ask(request, back) {
    const { value, isSetup, limit } = JSON.parse(request);
    if (this.#thread === null) this.#start();
    const answer = this.#answer(value, limit * 1000, back);
    if (isSetup) this.#setup.push(value);
    return JSON.stringify(answer);
  }

  end() {
    this.#thread?.worker.terminate();
    this.#thread = null;
  }

  #start() {
    const { port1, port2 } = new MessageChannel();
    const signal = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(BOOT, {
      eval: true,
      stdin: true,
      workerData: { port: port2, signal, program: this.#program },
      transferList: [port2],
    });
    worker.on("error", () => {});
    worker.unref();
    port1.unref();
    this.#thread = { worker, port: port1, signal };
    for (const value of this.#setup) this.#answer(value, 60_000, () => "null");
  }

  #answer(value, limit, back) {
    const { port, signal } = this.#thread;
    const id = (this.#asked += 1);
    const say = (message) => port.postMessage(`${JSON.stringify(message)}\n`);
    say({ ...value, id });
    const end = Date.now() + limit;
    while (true) {
      const seen = Atomics.load(signal, 0);
      const got = receiveMessageOnPort(port);
      if (got === undefined) {
        const left = end - Date.now();
        if (left > 0 && Atomics.wait(signal, 0, seen, left) !== "timed-out") continue;
        this.end();
        return { broken: `it did not end within ${limit / 1000} seconds` };
      }
      if (got.message === null) {
        this.end();
        return { ended: "" };
      }
      const { bundle } = JSON.parse(got.message);
      if (bundle.of === id) {
        say({ back: bundle.back, value: JSON.parse(back(JSON.stringify(bundle.ask))) });
      } else if (bundle.id === id) {
        return bundle.failure ? { failure: bundle.failure } : { value: bundle.value ?? null };
      }
    }
  }
}

module.exports = { Tools };
