// The page by keyboard only.

import assert from "node:assert/strict";

export const tests = {
  async "skip links, tabs and the editor"({ visit }) {
    const visitor = await visit();
    await visitor.built();
    await visitor.press("Tab");
    assert.match(await visitor.focus(), /^a#\.Skip to the editor/);
    await visitor.press("Tab");
    assert.match(await visitor.focus(), /^a#\.Skip to the results/);
    for (const id of ["example", "target", "minify", "share", "help"]) {
      await visitor.press("Tab");
      assert.match(await visitor.focus(), new RegExp(`#${id}\\.`));
    }
    await visitor.press("Tab");
    assert.match(await visitor.focus(), /HelloWorld\.vue/);
    await visitor.press("ArrowRight");
    assert.match(await visitor.focus(), /main\.js/);
    assert.match(await visitor.text(), /Vue\.component/);
    await visitor.press("End");
    assert.match(await visitor.focus(), /bundle\.config\.json/);
    for (const name of ["New", "Rename", "Delete"]) {
      await visitor.press("Tab");
      assert.match(await visitor.focus(), new RegExp(`${name}$`));
    }
    await visitor.press("Tab");
    assert.match(await visitor.focus(), /Editor: bundle\.config\.json/);
    const before = await visitor.text();
    await visitor.press("Tab");
    assert.notEqual(await visitor.text(), before, "Tab indents");
    await visitor.press("Escape");
    await visitor.press("Tab");
    assert.doesNotMatch(await visitor.focus(), /Editor:/, "Escape, then Tab leaves");
  },

  async "shortcuts reach editor, tabs and dialogs"({ visit }) {
    const visitor = await visit();
    await visitor.built();
    await visitor.press("3", { alt: true });
    assert.match(await visitor.focus(), /result-tabs-tab-preview/);
    await visitor.press("ArrowRight");
    assert.equal(await visitor.run("document.getElementById('panel-outputs').hidden"), false);
    await visitor.press("ArrowLeft");
    await visitor.press("ArrowLeft");
    assert.match(await visitor.focus(), /result-tabs-tab-report/);
    await visitor.press("2", { alt: true });
    assert.match(await visitor.focus(), /HelloWorld\.vue/);
    await visitor.press("1", { alt: true });
    assert.match(await visitor.focus(), /Editor: /);
    await visitor.press("F2");
    await visitor.until("document.querySelector('dialog[open]')");
    await visitor.press("Escape");
    await visitor.until("!document.querySelector('dialog')");
    assert.match(await visitor.focus(), /Editor: /, "the focus returns");
    await visitor.run("document.getElementById('help').focus()");
    await visitor.press("Enter");
    await visitor.until("document.querySelector('dialog .shortcuts')");
  },

  async "an edit by keys changes the preview"({ visit }) {
    const visitor = await visit();
    await visitor.built();
    await visitor.press("2", { alt: true });
    await visitor.press("ArrowRight");
    await visitor.press("1", { alt: true });
    await visitor.press("Home", { ctrl: true });
    for (const key of "console.log(7);") await visitor.press(key);
    await visitor.console("7");
  },
};
