// Private members.

import { load } from "./load.mjs";

const alien = {
  name: "TypeError",
  message: /private member of an object whose class did not declare it/,
};

const engines = { now: load("helpers"), ie9: load("helpers", { engine: "ie9" }) };
const tests = {
  "fields": (helpers) => (assert) => {
    const members = helpers.private_members();
    const self = {};
    helpers.private_add(self, members, { x: 1 });
    assert.equal(helpers.private_of(self, members).x++, 1);
    assert.equal(helpers.private_of(self, members).x, 2);
    assert.throws(() => helpers.private_add(self, members, {}), /twice on the same object/);
    for (const other of [{}, Object.create(self), 1, null, undefined]) {
      assert.throws(() => helpers.private_of(other, members), alien);
    }
    assert.throws(() => helpers.private_of(self, helpers.private_members()), alien);
    assert.deepEqual([Object.keys(self), JSON.stringify(self)], [[], "{}"]);
    for (const key in self) assert.fail(key);
  },

  "methods": (helpers) => (assert) => {
    const members = helpers.private_members();
    const self = {};
    const method = () => 1;
    helpers.private_add(self, members, {});
    assert.equal(helpers.private_of(self, members, method), method);
    assert.throws(() => helpers.private_of({}, members, method), alien);
  },

  "accessors": (helpers) => (assert) => {
    "use strict";
    const self = { n: 1 };
    const get = function () { return this.n; };
    const set = function (n) { this.n = n; };
    const both = helpers.private_accessor({}, self, "both", get, set);
    both.both += 4;
    assert.equal(self.n, 5);
    const reader = helpers.private_accessor({}, self, "reader", get);
    assert.throws(() => { reader.reader = 1; }, { name: "TypeError" });
    const writer = helpers.private_accessor({}, self, "writer", undefined, set);
    writer.writer = 7;
    assert.equal(self.n, 7);
    assert.throws(() => writer.writer, /'#writer' was defined without a getter/);
  },

  "#x in value": (helpers) => (assert) => {
    const members = helpers.private_members();
    const self = {};
    helpers.private_add(self, members, {});
    assert.equal(helpers.private_in(self, members), true);
    assert.equal(helpers.private_in({}, members), false);
    assert.throws(() => helpers.private_in(1, members), { name: "TypeError" });
  },
};

const all = {};
for (const [name, test] of Object.entries(tests)) {
  for (const [engine, helpers] of Object.entries(engines)) all[`${name} (${engine})`] = test(helpers);
}
all["a subclass has no record of its parent, though its statics are copied"] = (assert) => {
  const helpers = engines.ie9;
  const members = helpers.private_members();
  const Parent = function () {};
  const Child = function () {};
  helpers.private_add(Parent, members, { x: 1 });
  helpers.inherits(Child, Parent);
  assert.throws(() => helpers.private_of(Child, members), alien);
};
export default all;
