// Browsers that lack something, input that is too large, and a bundler that fails.

import assert from "node:assert/strict";
import { VIEW } from "./visitor.mjs";

export const tests = {
  async "without WebAssembly there is a sentence"({ visit, site }) {
    await saysWhatIsMissing(visit, site, "delete window.WebAssembly;", /WebAssembly/);
  },

  async "without workers there is a sentence"({ visit, site }) {
    await saysWhatIsMissing(visit, site, "delete window.Worker;", /web workers/);
  },

  async "without JavaScript there is a sentence"({ visit, site }) {
    const visitor = await visit("about:blank");
    await visitor.browser.call("Emulation.setScriptExecutionDisabled", { value: true });
    await visitor.go(site.address);
    await new Promise((resolve) => setTimeout(resolve, 3500));
    const { root } = await visitor.browser.call("DOM.getDocument");
    const { nodeId } = await visitor.browser.call("DOM.querySelector", {
      nodeId: root.nodeId,
      selector: "#unsupported",
    });
    const { outerHTML } = await visitor.browser.call("DOM.getOuterHTML", { nodeId });
    assert.match(outerHTML, /needs JavaScript modules, WebAssembly/);
    await visitor.browser.call("Emulation.setScriptExecutionDisabled", { value: false });
  },

  async "5 MB can be pasted, and the page answers"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    await visitor.choose("src/main.js");
    const paste = `${VIEW("editor")}.dispatch({ changes: { from: 0, insert: TEXT } })`;
    const text = '"export const text = " + JSON.stringify("x".repeat(5_000_000)) + ";\\n"';
    await visitor.run(paste.replace("TEXT", text));
    const since = performance.now();
    assert.equal(await visitor.run("1 + 1"), 2);
    assert(performance.now() - since < 1500, "the page answers");
    await visitor.built();
    await visitor.press("s", { alt: true });
    await visitor.says("message", "too large");
    await visitor.run(paste.replace("TEXT", '"y".repeat(8_000_000)'));
    await visitor.says("message", "12 million");
  },

  async "a keystroke ends a long build"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    await visitor.choose("src/main.js");
    const many =
      "Array.from({ length: 60_000 }, (_, at) => `console.log(${at} ** 2, { ...window });`)";
    await visitor.run(
      `${VIEW("editor")}.dispatch({ changes: { from: 0, insert: ${many}.join("\\n") } })`,
    );
    await visitor.until("document.body.classList.contains('is-building')");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const wasBuilding = await visitor.run("document.body.classList.contains('is-building')");
    const since = performance.now();
    await visitor.type("src/main.js", "console.log('short again');");
    await visitor.console("short again");
    const took = performance.now() - since;
    console.log(`      after a long build, the next one was shown in ${Math.round(took)} ms`);
    assert(wasBuilding, "the build was long");
    assert(took < 10_000, `${took} ms`);
  },

  async "a worker without memory is replaced, and a sentence says so"({ visit, site }) {
    // The worker dies as it does when WebAssembly cannot grow its memory.
    const before = `
      const real = window.Worker;
      window.Worker = class extends real {
        postMessage(message, ...rest) {
          this.isDead ||= window.failNext;
          if (!this.isDead) return super.postMessage(message, ...rest);
          window.failNext = false;
          setTimeout(() => this.dispatchEvent(
            new ErrorEvent("error", { message: "RangeError: Out of memory" })));
        }
      };
    `;
    const visitor = await visit(`${site.address}#example=class`, { before });
    await visitor.built();
    await visitor.run("window.failNext = true");
    await visitor.type("src/main.js", "console.log('lost');");
    const said = await visitor.until("document.getElementById('message').textContent");
    assert.match(said, /bundler was started again|starts it again/);
    await visitor.type("src/main.js", "console.log('found');");
    await visitor.console("found");
    assert.equal(await visitor.run("document.getElementById('message').hidden"), true);
  },
};

async function saysWhatIsMissing(visit, site, before, wanted) {
  const visitor = await visit(site.address, { before });
  const text = await visitor.until(
    "((at) => getComputedStyle(at).display !== 'none' && at.textContent)" +
      "(document.getElementById('unsupported'))",
  );
  assert.match(text, wanted);
  assert.match(text, /another browser/);
}
