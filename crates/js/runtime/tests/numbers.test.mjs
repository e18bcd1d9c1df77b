// Numbers and BigInts.

import { load } from "./load.mjs";

const { power } = load("helpers");

export default {
  "powers of numbers"(assert) {
    const values = [0, -0, 1, -1, 2, 0.5, -3, 1e200, Infinity, -Infinity, NaN];
    for (const base of values)
      for (const exponent of values) assert.equal(power(base, exponent), base ** exponent);
    assert.equal(power("2", "3"), 8);
    assert.equal(power(null, undefined), NaN);
  },

  "powers of BigInts"(assert) {
    for (const base of [0n, 1n, -1n, 2n, -3n, 10n ** 30n])
      for (const exponent of [0n, 1n, 2n, 3n, 4n, 7n, 64n, 100n])
        assert.equal(power(base, exponent), base ** exponent);
    assert.equal(power(Object(2n), { valueOf: () => 10n }), 1024n);
  },

  "what throws"(assert) {
    assert.throws(() => power(2n, -1n), { name: "RangeError" });
    assert.throws(() => power(2n, 1), { name: "TypeError" });
    assert.throws(() => power(2, 1n), { name: "TypeError" });
    assert.throws(() => power(2, Symbol()), { name: "TypeError" });
  },

  "each operand is converted once, the left one first"(assert) {
    const seen = [];
    const value = (name, number) => ({ valueOf: () => (seen.push(name), number) });
    assert.equal(power(value("left", 2), value("right", 3)), 8);
    assert.throws(() => power(value("left", 2n), value("right", 3)), { name: "TypeError" });
    assert.deepEqual(seen, ["left", "right", "left", "right"]);
  },
};
