// Private members.

import { load } from "./load.mjs";

const helpers = load("helpers");
const alien = {
  name: "TypeError",
  message: /private member of an object whose class did not declare it/,
};

export default {
  "fields"(assert) {
    const map = new WeakMap();
    const self = {};
    helpers.class_private_field_init(self, map, { writable: true, value: 1 });
    assert.equal(helpers.class_private_field_get(self, map), 1);
    assert.equal(helpers.class_private_field_set(self, map, 5), 5);
    assert.equal(helpers.class_private_field_update(self, map).value++, 5);
    helpers.class_private_field_destructure(self, map).value = 9;
    assert.equal(helpers.class_private_field_get(self, map), 9);
    assert.throws(
      () => helpers.class_private_field_init(self, map, {}),
      /twice on the same object/,
    );
    assert.throws(() => helpers.class_private_field_get({}, map), alien);
    assert.throws(() => helpers.class_private_field_set({}, map, 1), alien);
    const target = helpers.class_private_field_destructure({}, map);
    assert.throws(() => { target.value = 1; }, alien);
  },

  "accessors"(assert) {
    const map = new WeakMap();
    const self = { n: 1 };
    helpers.class_private_field_init(self, map, { get() { return this.n; }, set: undefined });
    assert.equal(helpers.class_private_field_get(self, map), 1);
    assert.throws(() => helpers.class_private_field_set(self, map, 1), /without a setter/);
    const writer = new WeakMap();
    helpers.class_private_field_init(self, writer, { get: undefined, set(n) { this.n = n; } });
    helpers.class_private_field_set(self, writer, 7);
    assert.equal(self.n, 7);
    assert.throws(() => helpers.class_private_field_get(self, writer), /without a getter/);
    const shared = { get() { return this.n; }, set(n) { this.n = n; } };
    const other = { n: 1 };
    const both = new WeakMap([[self, shared], [other, shared]]);
    helpers.class_private_field_update(self, both).value += 1;
    helpers.class_private_field_update(other, both).value += 1;
    assert.deepEqual([self.n, other.n], [8, 2]);
  },

  "methods"(assert) {
    const set = new WeakSet();
    const self = {};
    const method = () => 1;
    helpers.class_private_method_init(self, set);
    assert.equal(helpers.class_private_method_get(self, set, method), method);
    assert.throws(() => helpers.class_private_method_get({}, set, method), alien);
    assert.throws(() => helpers.class_private_method_init(self, set), /twice/);
  },

  "statics"(assert) {
    const Class = function () {};
    const field = { writable: true, value: 1 };
    assert.equal(helpers.class_static_private_field_spec_get(Class, Class, field), 1);
    assert.equal(helpers.class_static_private_field_spec_set(Class, Class, field, 2), 2);
    helpers.class_static_private_field_update(Class, Class, field).value++;
    helpers.class_static_private_field_destructure(Class, Class, field).value += 1;
    assert.equal(field.value, 4);
    assert.throws(() => helpers.class_static_private_field_spec_get({}, Class, field), alien);
    assert.throws(
      () => helpers.class_static_private_field_spec_get(Class, Class, undefined),
      /before its initialization/,
    );
    assert.throws(() => helpers.class_static_private_method_get({}, Class, 1), alien);
  },

  "names instead of maps"(assert) {
    const key = helpers.class_private_field_loose_key("x");
    assert.notEqual(key, helpers.class_private_field_loose_key("x"));
    const self = { [key]: 1 };
    assert.equal(helpers.class_private_field_loose_base(self, key)[key], 1);
    assert.throws(() => helpers.class_private_field_loose_base({}, key), alien);
  },
};
