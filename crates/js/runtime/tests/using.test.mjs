// The resources of `using` and `await using`.

import { load } from "./load.mjs";

const helpers = load("helpers");
const dispose = helpers.run('Symbol.dispose || Symbol["for"]("Symbol.dispose")');
const asyncDispose = helpers.run('Symbol.asyncDispose || Symbol["for"]("Symbol.asyncDispose")');

const waited = async (resources) => {
  while (resources.d()) {
    try {
      await resources.p;
    } catch (error) {
      resources.e(error);
    }
  }
};

export default {
  "the last resource is disposed of first"(assert) {
    const log = [];
    const resources = helpers.using();
    const a = { [dispose]: () => log.push("a") };
    assert.equal(resources.u(a), a);
    assert.equal(resources.u(null), null);
    assert.equal(resources.u(undefined), undefined);
    resources.u({ [dispose]: () => log.push("b") });
    assert.ok(!resources.d());
    assert.deepEqual(log, ["b", "a"]);
  },

  "errors are kept with those that came before"(assert) {
    const resources = helpers.using();
    const failing = (name) => ({
      [dispose]() {
        throw new Error(name);
      },
    });
    resources.u(failing("x"));
    resources.u(failing("y"));
    resources.e(undefined);
    assert.throws(
      () => resources.d(),
      (error) =>
        error.name === "SuppressedError" &&
        error.error.message === "x" &&
        error.suppressed.error.message === "y" &&
        "suppressed" in error.suppressed &&
        error.suppressed.suppressed === undefined,
    );
  },

  "what is no resource"(assert) {
    const resources = helpers.using();
    assert.throws(() => resources.u({}), /not disposable/);
    assert.throws(() => resources.u(1), /needs an object/);
    assert.throws(() => resources.u({ [asyncDispose]() {} }), /not disposable/);
    assert.ok(!resources.d());
  },

  async "asynchronous ones are waited for"(assert) {
    const log = [];
    const resources = helpers.using();
    resources.a({
      async [asyncDispose]() {
        await 1;
        log.push("a");
      },
    });
    resources.a({
      [dispose]() {
        log.push("b");
        throw new Error("b");
      },
    });
    resources.a({ [asyncDispose]: () => Promise.reject(new Error("c")) });
    await assert.rejects(
      waited(resources),
      (error) => error.error.message === "b" && error.suppressed.message === "c",
    );
    assert.deepEqual(log, ["b", "a"]);
  },

  async "nothing is waited for once"(assert) {
    const resources = helpers.using();
    let count = 0;
    resources.a(null);
    resources.a(undefined);
    while (resources.d()) count += 1;
    assert.equal(count, 1);
  },
};
