// Classes: inheritance, attributes, native superclasses, members of `super`.

import { load } from "./load.mjs";

const both = { strict: load("helpers"), sloppy: load("helpers", { strict: false }) };
const old = load("helpers", { engine: "ie9" });

// class Base { static make() {} greet() {} get size() {} }  class Derived extends Base { … }
const pair = `
  function Base(name) { class_call_check(this, Base); this.name = name; }
  create_class(Base, [{ key: "greet", value: function greet() { return "I am " + this.name; } },
                      { key: "size", get: function () { return this._size || 1; },
                        set: function (n) { this._size = n; } }],
                     [{ key: "make", value: function make() { return new this("made"); } }]);
  function Derived() {
    var self;
    class_call_check(this, Derived);
    self = call_super(this, Derived, arguments);
    self.more = 1;
    return self;
  }
  inherits(Derived, Base);
  create_class(Derived, [{ key: "greet", value: function greet() {
    return get(get_prototype_of(Derived.prototype), "greet", this).call(this) + "!";
  } }]);
`;

const inheritance = (helpers) => (assert) => {
  const { Base, Derived } = helpers.run(`${pair}; ({ Base: Base, Derived: Derived })`);
  const made = new Derived("x");
  assert.equal(made.greet(), "I am x!");
  assert.ok(made instanceof Derived && made instanceof Base);
  assert.equal(made.more, 1);
  assert.equal(made.constructor, Derived);
  assert.equal(Derived.make().greet(), "I am made!");
  assert.ok(Derived.make() instanceof Derived);
  assert.equal(helpers.get_prototype_of(Derived), Base);
  made.size = 3;
  assert.equal(made.size, 3);
  assert.throws(() => Derived(), /Class constructor Derived cannot be invoked without 'new'/);
};

const attributes = (helpers) => (assert) => {
  const { Base } = helpers.run(`${pair}; ({ Base: Base })`);
  assert.deepEqual(Object.keys(Base.prototype), []);
  assert.deepEqual(Object.keys(Base), []);
  const method = Object.getOwnPropertyDescriptor(Base.prototype, "greet");
  assert.deepEqual([method.enumerable, method.configurable, method.writable], [false, true, true]);
  assert.equal(Object.getOwnPropertyDescriptor(Base, "prototype").writable, false);
};

export default {
  "inheritance": inheritance(both.strict),
  "inheritance, sloppy": inheritance(both.sloppy),
  "inheritance without settable prototypes": inheritance(old),
  "attributes of members": attributes(both.strict),
  "attributes of members, old engine": attributes(old),

  "a class cannot extend what is not a constructor"(assert) {
    const { inherits } = both.strict;
    assert.throws(
      () => inherits(function () {}, 3),
      /Class extends value 3 is not a constructor or null/,
    );
    const odd = function () {};
    odd.prototype = 3;
    assert.throws(() => inherits(function () {}, odd), /valid prototype property 3/);
    const nothing = function () {};
    inherits(nothing, null);
    assert.equal(Object.getPrototypeOf(nothing.prototype), null);
  },

  "native classes as superclasses"(assert) {
    const { Failure, List } = both.strict.run(`
      function Failure() {
        class_call_check(this, Failure);
        return call_super(this, Failure, arguments);
      }
      inherits(Failure, wrap_native_super(Error));
      function List() { class_call_check(this, List); return call_super(this, List, arguments); }
      inherits(List, wrap_native_super(Array));
      ({ Failure: Failure, List: List })`);
    const failure = new Failure("no");
    assert.ok(failure instanceof Failure);
    assert.equal(failure.message, "no");
    assert.equal(Object.prototype.toString.call(failure), "[object Error]");
    const list = new List(1, 2, 3);
    assert.equal(list.length, 3);
    list[5] = 1;
    assert.equal(list.length, 6);
    assert.ok(list.map(String) instanceof List);
  },

  "an error class in an old engine has its members and its message"(assert) {
    const Failure = old.run(`
      function Failure() {
        class_call_check(this, Failure);
        return call_super(this, Failure, arguments);
      }
      inherits(Failure, wrap_native_super(Error));
      create_class(Failure, [{ key: "shout", value: function () { return this.message + "!"; } }]);
      Failure`);
    const failure = new Failure("no");
    assert.equal(failure.shout(), "no!");
    assert.ok(failure instanceof Failure);
    assert.equal(String(failure), "Error: no");
    assert.deepEqual(Object.keys(failure), []);
  },

  "an array class in an old engine has its members"(assert) {
    const List = old.run(`
      function List() { class_call_check(this, List); return call_super(this, List, arguments); }
      inherits(List, wrap_native_super(Array));
      create_class(List, [{ key: "last", value: function () { return this[this.length - 1]; } }]);
      List`);
    const list = new List(1, 2, 3);
    assert.equal(list.last(), 3);
    list.push(4);
    assert.equal(list.last(), 4);
  },

  "new.target survives a replaced constructor property"(assert) {
    const instance = both.strict.run(
      `${pair}; Derived.prototype.constructor = Object; new Derived("x")`,
    );
    assert.equal(instance.greet(), "I am x!");
  },

  "constructors that return"(assert) {
    const { possible_constructor_return: give } = both.strict;
    const self = {};
    const other = {};
    assert.equal(give(self, undefined), self);
    assert.equal(give(self, other), other);
    assert.throws(() => give(self, 1), /may only return object or undefined/);
    assert.throws(
      () => give(undefined, undefined),
      (error) => error.name === "ReferenceError" && /super constructor/.test(error.message),
    );
  },

  "spread arguments of new"(assert) {
    for (const helpers of [both.strict, old]) {
      const Point = helpers.run("(function Point(x, y) { this.x = x; this.y = y; })");
      const point = helpers.construct(Point, [1, 2]);
      assert.equal(point.x + point.y, 3);
      assert.ok(point instanceof Point);
    }
  },

  "assignment to members of super"(assert) {
    for (const helpers of [both.strict, old]) {
      const { set, get, update } = helpers;
      const parent = Object.defineProperty({}, "fixed", { value: 1 });
      Object.defineProperty(parent, "size", {
        get() { return this.n; },
        set(n) { this.n = n; },
      });
      const self = Object.create(Object.create(parent));
      set(parent, "size", 2, self, true);
      assert.equal(self.n, 2);
      assert.equal(get(parent, "size", self), 2);
      assert.equal(update(parent, "size", self, true)._++, 2);
      assert.equal(self.n, 3);
      set(parent, "free", 4, self, true);
      assert.ok(Object.hasOwn(self, "free"));
      assert.ok(!Object.hasOwn(parent, "free"));
      assert.throws(() => set(parent, "fixed", 2, self, true), {
        name: "TypeError",
        message: /read only property 'fixed'/,
      });
      assert.equal(set(parent, "fixed", 2, self, false), 2);
      assert.equal(get(parent, "absent", self), undefined);
    }
  },

  "fields are defined, not assigned"(assert) {
    const { define_property } = both.sloppy;
    const parent = Object.defineProperty({}, "x", { set() { throw new Error("assigned"); } });
    const self = Object.create(parent);
    define_property(self, "x", 1);
    assert.deepEqual(Object.getOwnPropertyDescriptor(self, "x"), {
      value: 1,
      writable: true,
      enumerable: true,
      configurable: true,
    });
    assert.throws(() => define_property(Object.freeze({}), "y", 1), { name: "TypeError" });
    let asked = 0;
    define_property(self, { toString() { asked += 1; return "once"; } }, 1);
    assert.equal(asked, 1);
  },

  "a static called name does not stop an engine with fixed function names"(assert) {
    const helpers = load("helpers");
    const Named = helpers.run(
      'Object.defineProperty(function Named() {}, "name", ' +
        "{ configurable: false, writable: false })",
    );
    helpers.create_class(Named, null, [
      { key: "name", value: 1 },
      { key: "other", value: 2 },
    ]);
    assert.equal(Named.other, 2);
    assert.throws(() => helpers.create_class(Named, null, [{ key: "prototype", value: 1 }]), {
      name: "TypeError",
    });
  },

  "instanceof and typeof"(assert) {
    const { "instanceof": is, type_of } = both.strict;
    assert.equal(is([], both.strict.realm.Array) || is([], Array), true);
    assert.equal(is(3, { [Symbol.hasInstance]: (n) => n === 3 }), true);
    assert.throws(() => is(1, 2), { name: "TypeError" });
    assert.equal(type_of(Symbol()), "symbol");
    assert.equal(type_of(null), "object");
    assert.equal(type_of(undefined), "undefined");
    assert.equal(old.type_of({}), "object");
  },

  "polyfilled symbols are symbols"(assert) {
    const helpers = load("helpers", { engine: "ie9" });
    const symbol = helpers.run(
      "Symbol = function () {}; Symbol.iterator = new Symbol(); Symbol.iterator",
    );
    assert.equal(helpers.type_of(symbol), "symbol");
    assert.equal(helpers.to_property_key(symbol), symbol);
  },
};
