// The tabs of the results: sizes, source maps, globals, two targets compared, `why`, the report;
// and diagnostics.

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { VIEW } from "./visitor.mjs";

export const tests = {
  async "outputs are listed with their sizes"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=market`);
    await visitor.built();
    const text = await visitor.output("public/scripts/trade.js");
    await visitor.until("!document.getElementById('outputs-list').textContent.includes('…')");
    const row = await visitor.run(
      "[...document.querySelectorAll('#outputs-list tr')].map((row) => [...row.cells]" +
        ".map((cell) => cell.textContent)).find(([path]) => path.endsWith('/trade.js'))",
    );
    assert.equal(row[1], inWords(Buffer.byteLength(text)));
    // Compressors differ in a few bytes.
    assert(Math.abs(parseFloat(row[2]) - gzipSync(text).length / 1000) < 0.2, row.join());
    const paths = await visitor.outputs();
    assert(paths.includes("public/scripts/entrypoints.json"));
    assert(paths.includes("public/scripts/trade.js.map"));
  },

  async "a place of the output leads to its source, and back"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    const output = await visitor.output("dist/app.js");
    const at = output.indexOf("Nobody");
    await visitor.run(`${VIEW("output-text")}.dispatch({ selection: { anchor: ${at} } })`);
    const where = await visitor.said("output-source");
    assert.match(where, /^From src\/Account\.js:17:\d+/);
    await visitor.run("document.querySelector('#output-text .cm-content').focus()");
    await visitor.press("Enter");
    assert.match(await visitor.selected(), /Nobody/);
    const place = (await visitor.text()).indexOf("deposit(...amounts)");
    await visitor.run(`${VIEW("editor")}.dispatch({ selection: { anchor: ${place} } })`);
    const highlighted = await visitor.until(
      "[...document.querySelectorAll('#output-text .piece')]" +
        ".map((piece) => piece.textContent).join('')",
    );
    assert.match(highlighted, /deposit/);
  },

  async "the globals of each output are listed"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    await visitor.tab("globals");
    const text = await visitor.until("document.querySelector('#globals table')?.textContent");
    assert.match(text, /consoleglobalsrc\/main\.js:6/);
    assert.match(text, /documentglobalsrc\/main\.js:5/);
    assert.doesNotMatch(text, /WeakMap/, "private members need none");
  },

  async "two targets are compared"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    await visitor.tab("compare");
    await visitor.run("document.getElementById('compare-run').click()");
    await visitor.until("document.querySelector('#compare-text .cm-deletedChunk')");
    const table = await visitor.said("compare-result");
    assert.match(table, /dist\/app\.js\d\.\d kB\d\.\d kB−/);
    assert.match(await visitor.said("compare-text"), /check_new/);
  },

  async "why answers, and suggests modules"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    await visitor.tab("why");
    await visitor.until("document.querySelector('#why-names option[value=\"src/Account.js\"]')");
    await visitor.run("document.getElementById('why-what').value = 'src/Account.js'");
    await visitor.run("document.getElementById('why-what').focus()");
    await visitor.press("Enter");
    await visitor.says("why-answer", "src/main.js");
  },

  async "the report is shown in a sandbox"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    await visitor.tab("report");
    const inside =
      "document.querySelector('#report-frame iframe')?.contentDocument" +
      "?.querySelector('iframe')";
    await visitor.until(`${inside}?.srcdoc.includes("dist/app.js")`);
    assert.equal(await visitor.run(`${inside}.getAttribute("sandbox")`), "allow-scripts");
  },

  async "diagnostics are shown, explained, and gone when they are fixed"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    const before = await visitor.run(`(${VIEW("editor")}).state.doc.toString()`);
    await visitor.type("src/Account.js", before.replace("this.owner = owner;", "this.owner = ;"));
    await visitor.until("document.querySelector('#problems-list .error')");
    await visitor.until("document.querySelector('#editor .cm-lintRange-error')", "an underline");
    assert.equal(await visitor.run("document.querySelector('#files .badge').textContent"), "1");
    await visitor.run("document.querySelector('#problems-list .where .link').click()");
    const place = await visitor.run(
      `((state) => state.doc.lineAt(state.selection.main.from).number)(${VIEW("editor")}.state)`,
    );
    assert.equal(place, 7);
    await visitor.run("[...document.querySelectorAll('#problems-list .link')].at(-1).click()");
    const explained = await visitor.until(
      "document.querySelector('dialog .explained')?.textContent",
    );
    assert(explained.length > 100, explained);
    await visitor.press("Escape");
    await visitor.type("src/Account.js", before);
    await visitor.until("document.querySelectorAll('#problems-list li').length === 0");
  },
};

/** As the page writes sizes. */
function inWords(bytes) {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}
