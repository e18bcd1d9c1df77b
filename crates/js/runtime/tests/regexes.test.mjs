// Regular expressions with named groups and the flag `y`.

import { load } from "./load.mjs";

const now = load("helpers");
const old = load("helpers", { engine: "ie9" });

export default {
  "groups of a result"(assert) {
    for (const helpers of [now, old]) {
      const found = helpers.match_groups(/(\d{4})-(\d{2})|(x)/.exec("on 2026-11"), { y: 1, m: [2, 3] });
      assert.deepEqual({ ...found.groups }, { y: "2026", m: "11" });
      assert.equal(helpers.match_groups(null, { y: 1 }), null);
      assert.equal(helpers.match_groups("text", { y: 1 }).groups, undefined);
    }
  },

  "replacements with names"(assert) {
    for (const helpers of [now, old]) {
      const replaced = (replacement) =>
        "2026-11".replace(/(\d+)-(\d+)/, helpers.named_replacement(replacement, { y: 1, m: 2 }));
      assert.equal(replaced("$<m>0/$<y> $1 $$<y>$<none>"), "110/2026 2026 $<y>");
      assert.equal(replaced((...all) => all.length + all[5].m), "611");
      assert.equal(replaced(undefined), "undefined");
    }
  },

  "an expression with names"(assert) {
    // A pattern that no engine accepts represents one that an old engine does not accept.
    const date = now.named_regex(/(\d{4})-(\d{2})/, { y: 1, m: 2 }, "(?<");
    assert.equal(date.exec("2026-11").groups.y, "2026");
    assert.equal("2026-11".replace(date, "$<m>/$<y> $1 $$<y>"), "11/2026 2026 $<y>");
    assert.equal("2026-11".replace(date, (...all) => all.pop().m), "11");
    assert.equal("2026-11".match(date).groups.m, "11");
    assert.ok(date.test("2026-11") && !date.test("x"));
    const all = now.named_regex(/(\d)|(x)|/g, { either: [1, 2] }, "(?<", "g");
    const found = [..."1x".matchAll(all)].map((match) => match.groups.either);
    assert.deepEqual(found, ["1", "x", undefined]);
    assert.equal("1".replace(all, () => "no"), "nono");
    const own = now.named_regex(/(\d)/g, { y: 1 }, "(?<y>\\d)", "g");
    assert.equal(own.source, "(?<y>\\d)");
    assert.equal(new RegExp("()" + own.source, own.flags).exec("12").groups.y, "1");
  },

  "a sticky expression"(assert) {
    for (const helpers of [now, old]) {
      const token = helpers.sticky_regex(/a(b)?/);
      token.lastIndex = 1;
      const found = token.exec("xab");
      assert.deepEqual([...found, found.index, token.lastIndex], ["ab", "b", 1, 3]);
      assert.ok(!token.test("xab") && token.lastIndex === 0);
      token.lastIndex = 9;
      assert.equal(token.exec("a"), null);
      const empty = helpers.sticky_regex(/z*/g);
      empty.lastIndex = 1;
      assert.deepEqual([...empty.exec("abz")], [""]);
    }
  },
};
