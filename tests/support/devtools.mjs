// Headless Chromium with one empty page, controlled with the DevTools protocol over a pipe: no
// port, and nothing that another test could meet. For chromium.mjs, updates.mjs and the bench of
// edits (benches/peers/page.mjs).

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The widths of texts are the same whatever fonts a machine has. */
const FONTS = fileURLToPath(new URL("../fonts/fonts.conf", import.meta.url));

/**
 * A running browser. `hear` gets every event; `flags`: more flags for the browser; `fonts`: another
 * configuration of fonts, or `null` for those of the machine. It is connected to its page once
 * `open` has resolved.
 */
export class DevTools {
  /** What the browser has written. */
  said = "";
  #waiting = new Map();
  #lastId = 0;
  #sessionId;

  constructor({ hear, fail, flags: more = [], fonts = FONTS }) {
    this.profile = mkdtempSync(join(tmpdir(), "bundle-chromium-"));
    const flags = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--no-default-browser-check", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
      `--user-data-dir=${this.profile}`, "--remote-debugging-pipe", ...more, "about:blank",
    ];
    this.process = spawn("chromium", flags, {
      env: fonts === null ? process.env : { ...process.env, FONTCONFIG_FILE: fonts },
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    });
    this.process.stderr.on("data", (text) => (this.said += text));
    this.process.on("error", fail);
    let buffered = "";
    this.process.stdio[4].on("data", (text) => {
      const messages = (buffered + text).split("\0");
      buffered = messages.pop();
      for (const message of messages.map((each) => JSON.parse(each))) {
        if (message.id) this.#waiting.get(message.id)(message);
        else hear(message);
      }
    });
  }

  /** Makes the page, and turns on what is heard of. */
  async open(domains) {
    const { targetId } = await this.call("Target.createTarget", { url: "about:blank" });
    this.#sessionId = (
      await this.call("Target.attachToTarget", { targetId, flatten: true })
    ).sessionId;
    for (const domain of domains) await this.call(`${domain}.enable`);
  }

  /** Calls a method; rejects with the protocol's error. */
  call(method, params = {}) {
    const id = ++this.#lastId;
    this.process.stdio[3].write(
      JSON.stringify({ id, method, params, sessionId: this.#sessionId }) + "\0",
    );
    return new Promise((resolve, reject) =>
      this.#waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
      ),
    );
  }

  /** The value of an expression in the page, also of a promise. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.call("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Ends the browser. Killed, it would leave processes that go on writing into the profile. */
  async end() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.call("Browser.close").catch(() => {});
    const timer = setTimeout(() => this.process.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(timer);
    this.#clean();
  }

  /** Ends it at once. */
  async kill() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
    this.#clean();
  }

  #clean() {
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
