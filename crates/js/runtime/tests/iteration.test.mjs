// Iteration: spread, array patterns, objects.

import { load } from "./load.mjs";

const now = load("helpers");
const old = load("helpers", { engine: "ie9" });

function counting(limit, log) {
  let n = 0;
  return {
    [Symbol.iterator]() { return this; },
    next() { log.push("next"); n += 1; return { value: n, done: n > limit }; },
    return() { log.push("return"); return {}; },
  };
}

export default {
  "a pattern takes what it needs and closes"(assert) {
    const log = [];
    assert.deepEqual([...now.sliced_to_array(counting(9, log), 2)], [1, 2]);
    assert.deepEqual(log, ["next", "next", "return"]);
    log.length = 0;
    now.sliced_to_array(counting(1, log), 2);
    assert.deepEqual(log, ["next", "next"]);
    log.length = 0;
    now.sliced_to_array(counting(1, log), 0);
    assert.deepEqual(log, ["return"]);
  },

  "errors of next do not close"(assert) {
    const log = [];
    const broken = {
      [Symbol.iterator]: () => ({
        next() {
          throw new Error("next");
        },
        return() {
          log.push("return");
          return {};
        },
      }),
    };
    assert.throws(() => now.to_array(broken), /next/);
    assert.deepEqual(log, []);
  },

  "results must be objects"(assert) {
    const of = (iterator) => ({ [Symbol.iterator]: () => iterator });
    assert.throws(() => now.to_array(of({ next: () => 1 })), /Iterator result 1 is not an object/);
    assert.throws(() => now.to_array(of(1)), { name: "TypeError" });
    assert.throws(() => now.sliced_to_array(of({ next: () => ({}), return: () => 1 }), 1), {
      name: "TypeError",
    });
  },

  "what is not iterable"(assert) {
    for (const value of [null, undefined, 1, {}, () => 1]) {
      assert.throws(() => now.to_consumable_array(value), {
        name: "TypeError",
        message: /is not iterable/,
      });
    }
  },

  "spread makes a dense copy"(assert) {
    const list = now.run("[1, , 3]");
    const copy = now.to_consumable_array(list);
    assert.notEqual(copy, list);
    assert.ok(1 in copy);
    const same = now.run("[1, 2]");
    assert.equal(now.to_array(same), same);
    const rest = now.array_rest(list, 1);
    assert.equal(rest.length, 2);
    assert.ok(0 in rest);
  },

  "a replaced array iterator is used"(assert) {
    const helpers = load("helpers");
    const taken = helpers.run(`
      Array.prototype[Symbol.iterator] = function () {
        var n = 0;
        return { next: function () { return { value: "own", done: n++ > 0 }; } };
      };
      to_array([1, 2, 3]).join()`);
    assert.equal(taken, "own");
  },

  "strings and array-likes without Symbol"(assert) {
    assert.equal(old.to_consumable_array("a\u{1f600}b").length, 3);
    assert.equal(old.to_consumable_array("").length, 0);
    assert.equal(
      old.run("(function () { return to_consumable_array(arguments).join(); })(1, 2)"),
      "1,2",
    );
    assert.equal(old.to_consumable_array({ length: 1, 0: "node" })[0], "node");
    assert.throws(() => old.to_consumable_array({}), /is not iterable/);
    assert.throws(() => now.to_consumable_array({ length: 1 }), /is not iterable/);
  },

  "arguments beside a polyfilled Symbol"(assert) {
    const helpers = load("helpers", { engine: "ie9" });
    helpers.run('Symbol = function () {}; Symbol.iterator = "@@polyfilled";');
    assert.equal(
      helpers.run("(function () { return to_consumable_array(arguments).join(); })(1, 2)"),
      "1,2",
    );
    assert.throws(() => helpers.to_consumable_array({ length: 1 }), /is not iterable/);
  },

  "object spread"(assert) {
    for (const helpers of [now, old]) {
      const spread = helpers.object_spread(
        {},
        {
          a: 1,
          get b() {
            return 2;
          },
        },
        null,
        undefined,
        "x",
        3,
        { a: 4 },
      );
      assert.deepEqual({ ...spread }, { a: 4, b: 2, 0: "x" });
      assert.ok("value" in Object.getOwnPropertyDescriptor(spread, "b"));
    }
    const mark = Symbol("mark");
    assert.equal(now.object_spread({}, { [mark]: 1 })[mark], 1);
    const setter = Object.create({ set a(_) { throw new Error("assigned"); } });
    assert.equal(now.object_spread(setter, { a: 1 }).a, 1);
    const props = now.object_spread_props({}, { get b() { return 2; } });
    assert.equal(typeof Object.getOwnPropertyDescriptor(props, "b").get, "function");
    const proto = now.object_spread({}, JSON.parse('{"__proto__": 1}'));
    assert.ok(Object.hasOwn(proto, "__proto__"));
  },

  "object rest"(assert) {
    const mark = Symbol("mark");
    for (const helpers of [now, old]) {
      assert.deepEqual(
        { ...helpers.object_without_properties({ a: 1, b: 2, 3: 4 }, ["a", 3]) },
        { b: 2 },
      );
      assert.throws(() => helpers.object_without_properties(null, []), /Cannot destructure null/);
    }
    assert.deepEqual(Reflect.ownKeys(now.object_without_properties({ [mark]: 1, a: 1 }, [mark])), [
      "a",
    ]);
    assert.throws(() => now.object_destructuring_empty(undefined), /Cannot destructure undefined/);
  },

  "extends"(assert) {
    for (const helpers of [now, old]) {
      assert.deepEqual(
        { ...helpers.extends({ a: 1 }, null, { b: 2 }, "x") },
        { a: 1, b: 2, 0: "x" },
      );
    }
  },

  "keys are converted once, as the language does"(assert) {
    const key = { toString: () => ({}), valueOf: () => "value" };
    assert.equal(now.to_property_key(key), "value");
    assert.equal(now.to_property_key(-0), "0");
    assert.equal(now.to_property_key({ [Symbol.toPrimitive]: (hint) => hint }), "string");
    assert.throws(
      () => now.to_property_key(Object.create(null)),
      /Cannot convert object to primitive/,
    );
  },

  "tagged templates"(assert) {
    const cooked = now.tagged_template_literal(["a", undefined], ["a", "\\u{zz}"]);
    assert.ok(Object.isFrozen(cooked) && Object.isFrozen(cooked.raw));
    assert.deepEqual(Object.keys(cooked), ["0", "1"]);
    assert.equal(cooked.raw[1], "\\u{zz}");
    assert.deepEqual([...now.tagged_template_literal(["x"]).raw], ["x"]);
  },
};
