// Wrapping, namespaces, and what only the page knows.

import { load } from "./load.mjs";

const now = load("interop");
const old = load("interop", { engine: "ie9" });

export default {
  "commonjs runs once and shows cycles what there is"(assert) {
    let runs = 0;
    const require = now.commonjs(function (module, exports) {
      runs += 1;
      assert.equal(this, exports);
      exports.early = 1;
      assert.equal(require().early, 1);
      module.exports = { final: true };
    });
    assert.equal(require(), require());
    assert.ok(require().final);
    assert.equal(runs, 1);
  },

  "a body that throws runs again"(assert) {
    let runs = 0;
    const require = now.commonjs((module) => {
      runs += 1;
      if (runs === 1) throw new Error("first");
      module.exports = runs;
    });
    assert.throws(require, /first/);
    assert.equal(require(), 2);
  },

  "lazy bodies run once and keep their error"(assert) {
    let runs = 0;
    const init = now.lazy(() => { runs += 1; init(); });
    init();
    init();
    assert.equal(runs, 1);
    const error = new Error("no");
    const fails = now.lazy(() => { runs += 1; throw error; });
    for (const _ of [1, 2]) assert.throws(fails, (thrown) => thrown === error);
    assert.equal(runs, 2);
    const odd = now.lazy(() => { throw undefined; });
    let caught = 0;
    for (const _ of [1, 2]) try { odd(); } catch { caught += 1; }
    assert.equal(caught, 2);
  },

  async "lazy async bodies give one promise"(assert) {
    let runs = 0;
    const init = now.lazy_async(async () => { runs += 1; });
    assert.equal(init(), init());
    await init();
    assert.equal(runs, 1);
    await assert.rejects(now.lazy_async(() => { throw new Error("at once"); })(), /at once/);
  },

  "namespaces"(assert) {
    for (const interop of [now, old]) {
      let value = 1;
      const ns = interop.namespace({ b: () => value, default: () => "d", a: () => 2 });
      assert.deepEqual(Object.keys(ns), ["a", "b", "default"]);
      assert.equal(Object.getPrototypeOf(ns), null);
      assert.ok(!Object.isExtensible(ns));
      value = 5;
      assert.equal(ns.b, 5);
      assert.throws(() => { "use strict"; ns.b = 1; }, { name: "TypeError" });
      assert.equal("hasOwnProperty" in ns, false);
    }
    assert.equal(String(Object.prototype.toString.call(now.namespace({}))), "[object Module]");
    assert.equal(now.namespace({}).__esModule, undefined);
    assert.equal(old.namespace({}).__esModule, true);
    assert.deepEqual(Object.keys(old.namespace({})), []);
    assert.equal(old.namespace({ __esModule: () => "own" }).__esModule, "own");
    assert.ok(
      "__proto__" in
        now.namespace(Object.defineProperty({}, "__proto__", { value: () => 1, enumerable: true })),
    );
  },

  "namespaces over CommonJS values"(assert) {
    const raw = { a: "raw a", c: 3, default: 4 };
    const ns = now.namespace_dynamic({ a: () => "own a", b: () => 2 }, [
      raw,
      { c: 5, d: 6 },
      null,
      7,
    ]);
    assert.deepEqual(Object.keys(ns), ["a", "b", "c", "d"]);
    raw.c = 30;
    assert.deepEqual([ns.a, ns.c, ns.d], ["own a", 30, 6]);
  },

  "require of an ES module"(assert) {
    for (const interop of [now, old]) {
      let value = 1;
      const ns = interop.namespace({ value: () => value });
      const required = interop.to_commonjs(ns);
      assert.equal(required, interop.to_commonjs(ns));
      assert.notEqual(required, interop.to_commonjs(interop.namespace({})));
      assert.equal(required.__esModule, true);
      assert.deepEqual(Object.keys(required), ["value"]);
      value = 2;
      assert.equal(required.value, 2);
      assert.equal(
        interop.to_commonjs(interop.namespace({ "module.exports": () => "all" })),
        "all",
      );
    }
  },

  "imports of CommonJS values"(assert) {
    const { default_of, import_star, to_namespace } = now;
    const marked = { __esModule: true, default: 1, x: 2 };
    assert.equal(default_of(marked)(), 1);
    const late = { x: 1 };
    const read = default_of(late);
    assert.equal(read(), late);
    late.__esModule = true;
    assert.equal(read(), undefined);
    for (const raw of [null, undefined, 0, "text"]) assert.equal(default_of(raw)(), raw);
    assert.equal(to_namespace(marked, false), marked);
    const node = to_namespace(marked, true);
    assert.deepEqual([node.default, node.x], [marked, 2]);
    const plain = { x: 1, default: 5 };
    const ns = to_namespace(plain, false);
    assert.equal(ns.default, plain);
    plain.x = 2;
    assert.equal(ns.x, 2);
    assert.equal(to_namespace(null, false).default, null);
    assert.deepEqual(Object.keys(to_namespace("text", false)), ["default"]);
    const callable = Object.assign(() => 1, { extra: 2 });
    assert.deepEqual([to_namespace(callable).default, to_namespace(callable).extra], [callable, 2]);
    assert.equal(import_star(callable, false), callable);
    assert.equal(import_star(callable, true).default, callable);
    assert.equal(import_star(marked, false), marked);
    assert.equal(import_star(plain, false).default, plain);
  },

  "what is missing"(assert) {
    const found = { name: "Error", code: "MODULE_NOT_FOUND", message: 'Cannot find module "x"' };
    assert.throws(() => now.missing("x"), found);
    assert.throws(() => now.unknown_require("x"), {
      code: "MODULE_NOT_FOUND",
      message: /not followed when the bundle was built/,
    });
  },

  async "an import of the browser rejects where the browser has none"(assert) {
    const page = load("interop");
    page.run("Function = function () { throw new SyntaxError('import'); }");
    page.realm.Promise = Promise;
    await assert.rejects(page.native_import("/own.js"), /import/);
  },

  "page globals"(assert) {
    const page = load("interop");
    page.run("this.jQuery = 1; this.app = { Vue: 2, nothing: null };");
    page.realm.jQuery = 1;
    page.realm.app = { Vue: 2, nothing: null };
    assert.equal(page.global_this().jQuery, 1);
    assert.equal(page.page_global("jQuery"), 1);
    assert.equal(page.page_global("window.jQuery"), 1);
    assert.equal(page.page_global("app.Vue", "vue"), 2);
    assert.equal(page.page_global("app.nothing", "x"), null);
    assert.equal(page.page_global("app.nothing.deep"), undefined);
    assert.throws(
      () => page.page_global("Missing", "missing"),
      /no global "Missing", which stands for "missing"/,
    );
    assert.ok(old.global_this());
  },

  "import.meta.url"(assert) {
    const urlOf = (set) => {
      const page = load("interop");
      Object.assign(page.realm, set);
      return page.import_meta().url;
    };
    const location = { href: "http://page/" };
    assert.equal(
      urlOf({ document: { currentScript: { tagName: "SCRIPT", src: "http://s/a.js" } }, location }),
      "http://s/a.js",
    );
    assert.equal(
      urlOf({ document: { currentScript: { tagName: "IMG", src: "http://evil/" } }, location }),
      "http://page/",
    );
    assert.equal(urlOf({}), undefined);
  },

  "require.context"(assert) {
    const context = now.context({ "./a.js": () => "A" }, "id");
    assert.equal(context("./a.js"), "A");
    assert.deepEqual([...context.keys()], ["./a.js"]);
    assert.equal(context.resolve("./a.js"), "./a.js");
    assert.equal(context.id, "id");
    assert.throws(() => context("./b.js"), { code: "MODULE_NOT_FOUND" });
    assert.throws(() => context("toString"), { code: "MODULE_NOT_FOUND" });
  },
};
