// What differs between hosts, for Node: the module is a file, and workers are threads.

import { readFile } from "node:fs/promises";
import { Worker as Thread, parentPort } from "node:worker_threads";

// Seeds of hash tables: before version 20 Node has this, and not as a global.
globalThis.crypto ??= (await import("node:crypto")).webcrypto;

/** Returns the bytes of the module of this package. */
export function ownModule() {
  return readFile(new URL("../wasm/bundle_wasm_bg.wasm", import.meta.url));
}

/** Starts a thread that runs thread.js, with the methods of a browser's worker that are used. */
export function startThread() {
  const thread = new Thread(new URL("../thread.js", import.meta.url));
  // A program that waits for nothing else ends although the thread still listens.
  thread.unref();
  return {
    addEventListener(type, receive) {
      thread.on(type, (value) => receive(type === "message" ? { data: value } : value));
    },
    postMessage(message, transfer) {
      thread.postMessage(message, transfer);
    },
    ref: () => thread.ref(),
    unref: () => thread.unref(),
    terminate: () => void thread.terminate(),
  };
}

/** The channel of a thread to the one that started it. */
export const channel = {
  onMessage(receive) {
    parentPort.on("message", receive);
  },
  send(message, transfer) {
    parentPort.postMessage(message, transfer);
  },
};
