// A browser on pages of the site: opens them, presses keys, takes pictures, and notes what they
// request and complain about. For run.mjs.

import { writeFileSync } from "node:fs";
import { DevTools } from "../support/devtools.mjs";

/** Widths and heights of the screens. */
export const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, mobile: true };
export const DESKTOP = { width: 1280, height: 800, deviceScaleFactor: 1, mobile: false };

const KEYS = { Enter: 13, Escape: 27, ArrowDown: 40, ArrowUp: 38, "/": 191 };

export class Browser {
  /** Addresses that pages asked for. */
  requests = [];
  /** What pages and the browser complained about. */
  complaints = [];
  #devtools;
  #loaded = () => {};

  constructor() {
    const fail = (error) => this.complaints.push(String(error));
    // The machine's own fonts, as a reader sees them.
    this.#devtools = new DevTools({ hear: (message) => this.#hear(message), fail, fonts: null });
  }

  #hear({ method, params }) {
    if (method === "Page.loadEventFired") this.#loaded();
    if (method === "Network.requestWillBeSent") this.requests.push(params.request.url);
    if (method === "Runtime.exceptionThrown") {
      const { text, exception } = params.exceptionDetails;
      this.complaints.push(exception?.description ?? text);
    }
    if (method === "Log.entryAdded" && ["warning", "error"].includes(params.entry.level)) {
      this.complaints.push(`${params.entry.text} ${params.entry.url ?? ""}`);
    }
  }

  start() {
    return this.#devtools.open(["Page", "Runtime", "Log", "Network"]);
  }

  /** Sets the screen, the colours of the system, and whether it is paper. */
  async show(screen, colours = "light", media = "screen") {
    await this.#devtools.call("Emulation.setDeviceMetricsOverride", screen);
    await this.#devtools.call("Emulation.setEmulatedMedia", {
      media,
      features: [{ name: "prefers-color-scheme", value: colours }],
    });
  }

  /** Turns scripts of pages on or off. */
  scripts(areOn) {
    return this.#devtools.call("Emulation.setScriptExecutionDisabled", { value: !areOn });
  }

  /** Turns storage of pages off, by a script that runs before theirs. */
  async withoutStorage() {
    const source = `Object.defineProperty(window, "localStorage", {
      get() { throw new DOMException("denied", "SecurityError"); } });`;
    const { identifier } = await this.#devtools.call("Page.addScriptToEvaluateOnNewDocument", {
      source,
    });
    return () => this.#devtools.call("Page.removeScriptToEvaluateOnNewDocument", { identifier });
  }

  async open(url) {
    // An address that differs only in its fragment would not be loaded again.
    for (const each of ["about:blank", url]) {
      const loaded = new Promise((resolve) => (this.#loaded = resolve));
      await this.#devtools.call("Page.navigate", { url: each });
      await loaded;
    }
  }

  evaluate(expression) {
    return this.#devtools.evaluate(expression);
  }

  /** Waits until an expression is true; says after ten seconds that it never was. */
  async until(expression) {
    const end = Date.now() + 10_000;
    while (!(await this.evaluate(expression).catch(() => false))) {
      if (Date.now() > end) throw new Error(`never true: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async press(key) {
    const event = { key, windowsVirtualKeyCode: KEYS[key], code: key };
    const text = { Enter: "\r", "/": "/" }[key];
    await this.#devtools.call("Input.dispatchKeyEvent", { type: "keyDown", text, ...event });
    await this.#devtools.call("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  type(text) {
    return this.#devtools.call("Input.insertText", { text });
  }

  /** Writes a picture of what is on the screen. */
  async picture(path) {
    const { data } = await this.#devtools.call("Page.captureScreenshot", { format: "png" });
    writeFileSync(path, Buffer.from(data, "base64"));
  }

  end() {
    return this.#devtools.end();
  }
}
