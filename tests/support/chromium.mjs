// Opens a page in headless Chromium and prints one line of JSON, as phantom.js does: what went
// wrong, and what the page shows.
//
// node chromium.mjs URL MILLISECONDS [STEP…]
//
// A step is a selector to click, or a selector with a text to type (`#name<-Minseo`). With
// SCREENSHOT=file.png it saves a picture. With CHECK=file.js it adds the complaints of an
// expression that is a list of them.

import { readFileSync, writeFileSync } from "node:fs";
import { DevTools } from "./devtools.mjs";

const [url, limit, ...steps] = process.argv.slice(2);
const listeners = [];
const hear = (message) => listeners.forEach((listener) => listener(message));
const browser = new DevTools({ hear, fail: (error) => end({ errors: [String(error)] }) });
let errors = [];
const timer = setTimeout(
  () => end({ errors: [...errors, `nothing after ${limit} ms`, browser.said] }),
  Number(limit),
);

const event = (method) =>
  new Promise((resolve) =>
    listeners.push((message) => message.method === method && resolve(message.params)),
  );

function end(answer) {
  clearTimeout(timer);
  process.stdout.write(JSON.stringify({ logs: [], errors: [], body: "", ...answer }) + "\n");
  browser.kill().then(() => process.exit(0));
}

/** The page as text, in pieces: Chromium drops what a slow reader leaves in the pipe's buffer. */
async function bodyOf(browser) {
  const most = 50_000;
  for (let body = ""; ; ) {
    const [from, to] = [body.length, body.length + most];
    const piece = await browser.evaluate(`document.body.innerHTML.slice(${from}, ${to})`);
    body += piece;
    if (piece.length < most) return body;
  }
}

/** What the page or the browser complains about, as it comes. */
function collectErrors() {
  const errors = [];
  listeners.push(({ method, params }) => {
    if (method === "Runtime.exceptionThrown") {
      const { text, exception } = params.exceptionDetails;
      errors.push(exception?.description ?? text);
    }
    if (method === "Runtime.consoleAPICalled")
      errors.push(`console: ${params.args.map(({ value }) => value).join(" ")}`);
    const isMistake =
      method === "Log.entryAdded" && ["warning", "error"].includes(params.entry.level);
    if (isMistake && !params.entry.url?.endsWith("/favicon.ico")) {
      errors.push(`${params.entry.source}: ${params.entry.text} ${params.entry.url ?? ""}`);
    }
  });
  return errors;
}

try {
  errors = collectErrors();
  await browser.open(["Runtime", "Log", "Page"]);
  const loaded = event("Page.loadEventFired");
  await browser.call("Page.navigate", { url });
  await loaded;
  for (const step of steps) {
    const [selector, text] = step.split("<-");
    const target = `document.querySelector(${JSON.stringify(selector)})`;
    const typed =
      `(function (at) { at.value = ${JSON.stringify(text)}; at.dispatchEvent(new Event("input", ` +
      `{ bubbles: true })); })(${target})`;
    await browser.evaluate(text === undefined ? `${target}.click()` : typed);
  }
  // With `done` on the page (prelude.js) until the program is over.
  while (await browser.evaluate("typeof done === 'undefined' ? 0 : done.pending"))
    await new Promise((resolve) => setTimeout(resolve, 20));
  // One more turn, for what the page does after its last event.
  await browser.evaluate("new Promise((resolve) => setTimeout(resolve, 100))");
  const body = await bodyOf(browser);
  if (process.env.CHECK)
    errors.push(...(await browser.evaluate(readFileSync(process.env.CHECK, "utf8"))));
  if (process.env.SCREENSHOT) {
    const { data } = await browser.call("Page.captureScreenshot", {});
    writeFileSync(process.env.SCREENSHOT, Buffer.from(data, "base64"));
  }
  end({ errors, body });
} catch (error) {
  end({ errors: [String(error), browser.said] });
}
