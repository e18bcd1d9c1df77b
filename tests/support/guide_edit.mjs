// A page that is open while somebody edits a file: does it show the edit, and was it loaded again?
// Prints one line of JSON: `{"errors": […], "reloaded": true}`.
//
// node guide_edit.mjs URL MILLISECONDS FILE FROM TO

import { readFileSync, writeFileSync } from "node:fs";
import { DevTools } from "./devtools.mjs";

const [url, limit, file, from, to] = process.argv.slice(2);
const errors = [];
let loaded = () => {};
const hear = ({ method, params }) => {
  if (method === "Runtime.exceptionThrown") {
    const { text, exception } = params.exceptionDetails;
    errors.push(exception?.description ?? text);
  }
  if (method === "Page.loadEventFired") loaded();
};
const end = (answer) => {
  process.stdout.write(JSON.stringify({ errors, reloaded: false, ...answer }) + "\n");
  browser.kill().then(() => process.exit(0));
};
const browser = new DevTools({ hear, fail: (error) => end({ errors: [String(error)] }) });
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether the page shows a text, in whatever case; false while it is being loaded. */
const shows = async (text) => {
  const shown = "document.body ? document.body.innerText.toLowerCase() : ''";
  return (await browser.evaluate(shown).catch(() => "")).includes(text.toLowerCase());
};

await browser.open(["Runtime", "Page"]);
const load = new Promise((resolve) => (loaded = resolve));
await browser.call("Page.navigate", { url });
await load;
// Until the client has the status that it compares the next one with.
await pause(700);
await browser.evaluate("window.isTheSame = true");
writeFileSync(file, readFileSync(file, "utf8").replace(from, () => to));
const begun = Date.now();
while (!(await shows(to))) {
  if (Date.now() - begun > Number(limit)) errors.push(`the page never shows ${to}`);
  if (errors.length) break;
  await pause(30);
}
end({ reloaded: (await browser.evaluate("window.isTheSame === true")) !== true });
