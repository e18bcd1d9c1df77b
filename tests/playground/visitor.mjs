// A visitor of the playground: a browser with an empty profile on the page, and what a person does
// there: type, press keys, look at the preview. Complaints of the page are collected.

import { writeFileSync } from "node:fs";
import { DevTools } from "../support/devtools.mjs";

const DESKTOP = { width: 1280, height: 800, deviceScaleFactor: 1, mobile: false };
export const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, mobile: true };
const LIMIT = 60_000;
/** Bytes that a page may store. */
const QUOTA = 1e9;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Visitor {
  /** Exceptions and errors of the page itself. */
  complaints = [];
  /** Parts of complaints that a test is about. */
  expects = [];

  /** `before`: a script that runs in each document before those of the page. */
  static async open(address, { before, size = DESKTOP, isDark = false, quota = QUOTA } = {}) {
    const visitor = new Visitor();
    visitor.browser = new DevTools({
      hear: (message) => visitor.#hear(message),
      fail: (error) => visitor.complaints.push(String(error)),
      // Pictures are for people.
      fonts: null,
    });
    await visitor.browser.open(["Page", "Runtime", "Log", "Network"]);
    // What a page may store depends on the machine's free space. The tests do not.
    const { origin } = new URL(address);
    const hasStorage = origin !== "null";
    if (hasStorage) {
      const room = { origin, quotaSize: quota };
      await visitor.browser.call("Storage.overrideQuotaForOrigin", room);
    }
    await visitor.resize(size);
    await visitor.browser.call("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: isDark ? "dark" : "light" }],
    });
    if (before !== undefined) {
      await visitor.browser.call("Page.addScriptToEvaluateOnNewDocument", { source: before });
    }
    await visitor.go(address);
    return visitor;
  }

  async resize(size) {
    await this.browser.call("Emulation.setDeviceMetricsOverride", size);
  }

  async go(address) {
    const loaded = new Promise((resolve) => (this.onLoad = resolve));
    await this.browser.call("Page.navigate", { url: "about:blank" });
    await loaded;
    const again = new Promise((resolve) => (this.onLoad = resolve));
    await this.browser.call("Page.navigate", { url: address });
    await again;
  }

  run(expression) {
    return this.browser.evaluate(expression);
  }

  /** Waits until an expression of the page is true. */
  async until(expression, what = expression, limit = LIMIT) {
    const end = Date.now() + limit;
    for (;;) {
      const value = await this.run(`((value) => value instanceof Node || value)(${expression})`);
      if (value) return value;
      if (Date.now() > end) {
        const seen = await this.run("document.getElementById('status')?.textContent");
        const message = await this.run("document.getElementById('message')?.textContent");
        throw new Error(`not within ${limit} ms: ${what} (status “${seen}”, message “${message}”)`);
      }
      await wait(25);
    }
  }

  built() {
    return this.until(
      "/^Built|^Errors/.test(document.getElementById('status').textContent) && " +
        "!document.body.classList.contains('is-building')",
      "a build",
    );
  }

  /** The lines of the preview's console, when there is one that matches. */
  async console(text) {
    const wanted = JSON.stringify(text);
    return this.until(
      `[...document.querySelectorAll('#console li')].map((line) => line.textContent)` +
        `.find((line) => line.includes(${wanted}))`,
      `“${text}” in the console`,
    );
  }

  /** Replaces the text of a file, by its tab and the keyboard. */
  async type(path, text) {
    await this.choose(path);
    await this.run("document.querySelector('#editor .cm-content').focus()");
    await this.press("a", { ctrl: true });
    await this.browser.call("Input.insertText", { text });
  }

  async choose(path) {
    await this.run(`document.querySelector('#files [data-tab=${JSON.stringify(path)}]').click()`);
  }

  tab(name) {
    return this.run(`document.querySelector('#result-tabs [data-tab=${name}]').click()`);
  }

  /** The text of a written file, as the page shows it. */
  async output(path) {
    await this.tab("outputs");
    await this.run(
      `[...document.querySelectorAll('#outputs-list button')]` +
        `.find((row) => row.textContent === ${JSON.stringify(path)}).click()`,
    );
    return this.run(`${VIEW("output-text")}.state.doc.toString()`);
  }

  /** The text of an element. */
  said(id) {
    return this.run(`document.getElementById(${JSON.stringify(id)}).textContent`);
  }

  /** Waits until the text of an element has a part. */
  says(id, part) {
    const text = `document.getElementById(${JSON.stringify(id)})?.textContent`;
    return this.until(`${text}?.includes(${JSON.stringify(part)})`, `“${part}” in #${id}`);
  }

  /** The paths of all written files. */
  async outputs() {
    await this.tab("outputs");
    return this.run(
      "[...document.querySelectorAll('#outputs-list button')].map((row) => row.textContent)",
    );
  }

  /** The text in the editor. */
  text() {
    return this.run(`${VIEW("editor")}.state.doc.toString()`);
  }

  /** What the editor has selected. */
  selected() {
    return this.run(
      `(({ doc, selection: { main } }) => doc.sliceString(main.from, main.to))` +
        `(${VIEW("editor")}.state)`,
    );
  }

  async press(key, { ctrl = false, alt = false, shift = false } = {}) {
    const known = KEYS[key] ?? letter(key);
    const event = {
      key: known.key ?? key,
      code: known.code,
      windowsVirtualKeyCode: known.code_,
      modifiers: (alt ? 1 : 0) | (ctrl ? 2 : 0) | (shift ? 8 : 0),
    };
    const isText = key.length === 1 && !ctrl && !alt;
    const text = isText ? key : key === "Enter" ? "\r" : undefined;
    const type = text === undefined ? "rawKeyDown" : "keyDown";
    await this.browser.call("Input.dispatchKeyEvent", { type, ...event, text });
    await this.browser.call("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  /** What has the focus, in words. */
  focus() {
    return this.run(
      "((at) => at.tagName.toLowerCase() + '#' + at.id + '.' + " +
        "(at.getAttribute('aria-label') ?? at.textContent.slice(0, 40)))(document.activeElement)",
    );
  }

  async picture(file) {
    await wait(300);
    const { data } = await this.browser.call("Page.captureScreenshot", {});
    writeFileSync(file, Buffer.from(data, "base64"));
  }

  leave() {
    return this.browser.end();
  }

  #hear({ method, params }) {
    if (method === "Page.loadEventFired") this.onLoad?.();
    if (method === "Network.requestWillBeSent") this.onRequest?.(params);
    if (method === "Runtime.exceptionThrown") {
      const { text, exception } = params.exceptionDetails;
      this.complaints.push(exception?.description ?? text);
    }
    if (method === "Log.entryAdded" && params.entry.level === "error") {
      this.complaints.push(`${params.entry.text} ${params.entry.url ?? ""}`);
    }
  }
}

/** The CodeMirror view in an element. */
export const VIEW = (id) => `document.querySelector('#${id} .cm-content').cmTile.root.view`;

/** A key with a letter; other characters have no code of their own. */
const letter = (key) =>
  /^[a-z]$/.test(key)
    ? { code: `Key${key.toUpperCase()}`, code_: key.toUpperCase().charCodeAt(0) }
    : { code: "", code_: 0 };

const KEYS = {
  Tab: { code: "Tab", code_: 9 },
  Enter: { code: "Enter", code_: 13 },
  Escape: { code: "Escape", code_: 27 },
  ArrowRight: { code: "ArrowRight", code_: 39 },
  ArrowLeft: { code: "ArrowLeft", code_: 37 },
  ArrowDown: { code: "ArrowDown", code_: 40 },
  Home: { code: "Home", code_: 36 },
  End: { code: "End", code_: 35 },
  Delete: { code: "Delete", code_: 46 },
  F2: { code: "F2", code_: 113 },
  " ": { code: "Space", code_: 32 },
  1: { code: "Digit1", code_: 49 },
  2: { code: "Digit2", code_: 50 },
  3: { code: "Digit3", code_: 51 },
};
