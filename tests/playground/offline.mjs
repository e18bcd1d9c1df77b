// Without a network after the first visit; without service workers and storage; and only requests
// to the page's own site.

import assert from "node:assert/strict";

/** What the page says about working offline. */
const offline = (visitor) => visitor.until("document.getElementById('offline').textContent");

export const tests = {
  async "the page works offline after the first visit"({ visit, site }) {
    const visitor = await visit();
    await visitor.built();
    assert.equal(await offline(visitor), "Works offline");
    await site.stop();
    await visitor.go(`${site.address}#example=tsx`);
    await visitor.built();
    await visitor.type(
      "src/main.tsx",
      'import { chunk } from "lodash-es"; console.log(chunk([1, 2, 3], 2));',
    );
    await visitor.console("[[1, 2], [3]]");
    await visitor.tab("compare");
    await visitor.run("document.getElementById('compare-run').click()");
    await visitor.until("document.querySelector('#compare-result table')");
    // The service worker itself is asked for, in vain.
    visitor.expects.push("sw.js", "ERR_CONNECTION_REFUSED");
  },

  async "where a browser has no room the page says that it does not work offline"({ visit }) {
    const visitor = await visit(undefined, { quota: 1000 });
    await visitor.built();
    assert.match(await offline(visitor), /^Does not work offline: ./);
    visitor.expects.push("sw.js", "QuotaExceeded");
  },

  async "every request goes to the page's own site"({ visit, site }) {
    const visitor = await visit();
    const hosts = new Set();
    visitor.onRequest = ({ request }) => hosts.add(new URL(request.url).origin);
    await visitor.go(site.address);
    await visitor.built();
    for (const tab of ["outputs", "globals", "compare", "why", "report"]) await visitor.tab(tab);
    hosts.delete("null");
    assert.deepEqual([...hosts], [new URL(site.address).origin]);
  },

  async "without service workers, storage and compression the page works"({ visit, site }) {
    const before = `
      for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
        const get = () => { throw new DOMException("no", "SecurityError") };
        Object.defineProperty(window, name, { get });
      }
      delete Navigator.prototype.serviceWorker;
      delete window.CompressionStream;
      delete window.DecompressionStream;
    `;
    const visitor = await visit(`${site.address}#example=class`, { before });
    await visitor.built();
    await visitor.type("src/main.js", "console.log('plain');");
    await visitor.console("plain");
    await visitor.press("s", { alt: true });
    const shared = await visitor.until("document.getElementById('link')?.value");
    assert(shared.startsWith(`${site.address}#t=`), shared);
    const other = await visit(shared, { before });
    await other.console("plain");
  },
};
