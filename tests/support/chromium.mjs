// Opens a page in headless Chromium and prints one line of JSON, as phantom.js does: what went wrong, what it shows.
// node chromium.mjs URL MILLISECONDS [STEP…]: each is a selector to click, or one with what is typed (`#name<-Minseo`). With SCREENSHOT=file.png it
// keeps a picture, with CHECK=file.js it adds the complaints of an expression that is a list of them.
// It speaks the DevTools protocol over a pipe: no port, nothing that another test could meet.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const [url, limit, ...steps] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "bundle-chromium-"));
const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
  "--hide-scrollbars", `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank",
];
// The widths of texts are the same whatever fonts a machine has.
const env = { ...process.env, FONTCONFIG_FILE: fileURLToPath(new URL("../fonts/fonts.conf", import.meta.url)) };
const browser = spawn("chromium", flags, { env, stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] });
let said = "";
browser.stderr.on("data", (text) => (said += text));
browser.on("error", (error) => end({ errors: [String(error)] }));
let errors = [];
const timer = setTimeout(() => end({ errors: [...errors, `nothing after ${limit} ms`, said] }), Number(limit));

const waiting = new Map();
const listeners = [];
let lastId = 0;
let buffered = "";
browser.stdio[4].on("data", (text) => {
  const messages = (buffered + text).split("\0");
  buffered = messages.pop();
  for (const message of messages.map((each) => JSON.parse(each))) {
    if (message.id) waiting.get(message.id)(message);
    else for (const listener of listeners) listener(message);
  }
});

/** Calls a method; rejects with the protocol's error. */
function call(method, params = {}, sessionId) {
  const id = ++lastId;
  browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
  return new Promise((resolve, reject) =>
    waiting.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result))),
  );
}

const event = (method) => new Promise((resolve) => listeners.push((message) => message.method === method && resolve(message.params)));

function end(answer) {
  clearTimeout(timer);
  process.stdout.write(JSON.stringify({ logs: [], errors: [], body: "", ...answer }) + "\n");
  browser.once("exit", () => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    process.exit(0);
  });
  browser.kill("SIGKILL");
}

/** What the page or the browser complains about, as it comes. */
function collectErrors() {
  const errors = [];
  listeners.push(({ method, params }) => {
    if (method === "Runtime.exceptionThrown") {
      const { text, exception } = params.exceptionDetails;
      errors.push(exception?.description ?? text);
    }
    if (method === "Runtime.consoleAPICalled") errors.push(`console: ${params.args.map(({ value }) => value).join(" ")}`);
    const isMistake = method === "Log.entryAdded" && ["warning", "error"].includes(params.entry.level);
    if (isMistake && !params.entry.url?.endsWith("/favicon.ico")) {
      errors.push(`${params.entry.source}: ${params.entry.text} ${params.entry.url ?? ""}`);
    }
  });
  return errors;
}

try {
  const { targetId } = await call("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
  const inPage = (method, params) => call(method, params, sessionId);
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await inPage("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  errors = collectErrors();
  for (const domain of ["Runtime", "Log", "Page"]) await inPage(`${domain}.enable`);
  const loaded = event("Page.loadEventFired");
  await inPage("Page.navigate", { url });
  await loaded;
  for (const step of steps) {
    const [selector, text] = step.split("<-");
    const target = `document.querySelector(${JSON.stringify(selector)})`;
    const typed = `(function (at) { at.value = ${JSON.stringify(text)}; at.dispatchEvent(new Event("input", { bubbles: true })); })(${target})`;
    await evaluate(text === undefined ? `${target}.click()` : typed);
  }
  // With `done` on the page (prelude.js) until the program is over.
  while (await evaluate("typeof done === 'undefined' ? 0 : done.pending")) await new Promise((resolve) => setTimeout(resolve, 20));
  // One more turn, for what the page does after its last event.
  await evaluate("new Promise((resolve) => setTimeout(resolve, 100))");
  const body = await evaluate("document.body.innerHTML");
  if (process.env.CHECK) errors.push(...(await evaluate(readFileSync(process.env.CHECK, "utf8"))));
  if (process.env.SCREENSHOT) {
    const { data } = await inPage("Page.captureScreenshot", {});
    writeFileSync(process.env.SCREENSHOT, Buffer.from(data, "base64"));
  }
  end({ errors, body });
} catch (error) {
  end({ errors: [String(error), said] });
}
