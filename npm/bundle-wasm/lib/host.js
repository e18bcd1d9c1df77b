// What differs between hosts, for browsers: where the module is, and how a worker starts.

/** Returns the response with the module of this package. */
export function ownModule() {
  return fetch(new URL("../wasm/bundle_wasm_bg.wasm", import.meta.url));
}

/** Starts a worker that runs thread.js. */
export function startThread() {
  return new Worker(new URL("../thread.js", import.meta.url), { type: "module", name: "bundle" });
}

/** The channel of a worker to the page that started it. */
export const channel = {
  onMessage(receive) {
    globalThis.addEventListener("message", ({ data }) => receive(data));
  },
  send(message, transfer) {
    globalThis.postMessage(message, transfer);
  },
};
