// How the page looks: no violation of WCAG A and AA by axe-core, no sideways scrolling, and
// pictures for people.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PHONE } from "./visitor.mjs";

const TABS = ["preview", "outputs", "globals", "compare", "why", "report"];
const BROKEN = 'import { missing } from "./Account";\nmissing(;\n';

export const tests = {
  async "on a desktop, in light and dark"(context) {
    for (const isDark of [false, true]) await tour(context, "desktop", { isDark });
  },

  async "on a phone, in light and dark"(context) {
    for (const isDark of [false, true]) await tour(context, "phone", { isDark, size: PHONE });
  },
};

/** Each tab, a dialog, and diagnostics: checked, and in a picture. */
async function tour({ repository, scratch, site, visit }, device, options) {
  const axe = readFileSync(
    join(repository, "npm/playground/node_modules/axe-core/axe.min.js"),
    "utf8",
  );
  const name = `${device}-${options.isDark ? "dark" : "light"}`;
  const visitor = await visit(`${site.address}#example=class`, options);
  await visitor.built();
  await visitor.browser.call("Runtime.evaluate", { expression: axe });
  const found = [];
  const check = async (view) => {
    await visitor.picture(join(scratch, `${name}-${view}.png`));
    for (const violation of await violations(visitor)) found.push(`${name}, ${view}: ${violation}`);
    const isWide = await visitor.run("document.documentElement.scrollWidth > innerWidth");
    assert.equal(isWide, false, `${name}, ${view}: scrolls sideways`);
  };
  await check("code");
  await visitor.run("document.getElementById('view-results').click()");
  for (const tab of TABS) {
    await visitor.tab(tab);
    if (tab === "compare") {
      await visitor.run("document.getElementById('compare-run').click()");
      await visitor.until("document.querySelector('#compare-text .cm-editor')");
    }
    await new Promise((resolve) => setTimeout(resolve, 400));
    await check(tab);
  }
  await visitor.tab("preview");
  await visitor.run("document.getElementById('view-code').click()");
  await visitor.type("src/main.js", BROKEN);
  await visitor.until("document.querySelector('#problems-list .error')");
  await check("errors");
  await visitor.run("document.getElementById('help').click()");
  await visitor.until("document.querySelector('dialog[open]')");
  await check("help");
  assert.deepEqual(found, []);
}

function violations(visitor) {
  return visitor.run(`axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    iframes: false,
  }).then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => id + ": " + help + " " + target + " " +
      (any[0]?.message ?? ""))))`);
}
