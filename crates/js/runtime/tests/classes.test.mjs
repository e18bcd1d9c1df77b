// Classes: inheritance, attributes, native superclasses, members of `super`.

import { load } from "./load.mjs";

const both = { strict: load("helpers"), sloppy: load("helpers", { strict: false }) };
const old = load("helpers", { engine: "ie9" });

// class Base { static make() {} greet() {} get size() {} }  class Derived extends Base { … }
const pair = `
  function Base(name) { check_new(this, Base); this.name = name; }
  create_class(Base, { greet: function () { return "I am " + this.name; },
                       get size() { return this._size || 1; },
                       set size(n) { this._size = n; } },
                     { make: function () { return new this("made"); } });
  function Derived() {
    var self = call_super(this, Derived, arguments);
    self.more = 1;
    return self;
  }
  create_class(inherits(Derived, Base), { greet: function () {
    return super_get(Derived.prototype, "greet", this).call(this) + "!";
  } });
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
  assert.equal(helpers.super_get(Derived, "make", Derived), Base.make);
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
      /Class extends value number is not a constructor or null/,
    );
    const odd = function () {};
    odd.prototype = 3;
    assert.throws(() => inherits(function () {}, odd), { name: "TypeError" });
    const nothing = function () {};
    inherits(nothing, null);
    assert.equal(Object.getPrototypeOf(nothing.prototype), null);
  },

  "native classes as superclasses"(assert) {
    const { Failure, List } = both.strict.run(`
      function Failure() {
        return call_super(this, Failure, arguments);
      }
      inherits(Failure, Error);
      function List() { return call_super(this, List, arguments); }
      inherits(List, Array);
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
        return call_super(this, Failure, arguments);
      }
      create_class(inherits(Failure, Error), { shout: function () { return this.message + "!"; } });
      Failure`);
    const failure = new Failure("no");
    assert.equal(failure.shout(), "no!");
    assert.ok(failure instanceof Failure);
    assert.equal(String(failure), "Error: no");
    assert.deepEqual(Object.keys(failure), []);
  },

  "a known parent is called without asking what it is"(assert) {
    for (const helpers of [both.strict, old]) {
      const { List, Third } = helpers.run(`${pair};
        function List() { return as_instance(this, call_class(this, List, arguments)); }
        create_class(inherits(List, Array), { last: function () { return this[this.length - 1]; } });
        function Third() { return call_class(this, Third, arguments); }
        create_class(inherits(Third, Derived));
        ({ List: List, Third: Third })`);
      const list = new List(1, 2, 3);
      list.push(4);
      assert.equal(list.last(), 4);
      assert.ok(list instanceof List);
      assert.equal(new List(3).length, 3);
      assert.equal(new Third("x").greet(), "I am x!");
      assert.equal(new Third("x").constructor, Third);
      assert.throws(() => Third("x"), /Class constructor Third cannot be invoked without 'new'/);
    }
  },

  "symbols and names are keys of members"(assert) {
    const { create_keyed_class } = both.strict;
    const key = Symbol("key");
    const Keyed = create_keyed_class(function () {}, { [key]: 1 }, { [key]: 2, length: 3 });
    assert.equal(new Keyed()[key], 1);
    assert.equal(Keyed[key], 2);
    assert.equal(Keyed.length, 3);
    assert.ok(!Object.getOwnPropertyDescriptor(Keyed, key).enumerable);
  },

  "an array class in an old engine has its members"(assert) {
    const List = old.run(`
      function List() { return call_super(this, List, arguments); }
      create_class(inherits(List, Array), { last: function () { return this[this.length - 1]; } });
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
      const { super_set, super_get, super_update } = helpers;
      const parent = Object.defineProperty({}, "fixed", { value: 1 });
      Object.defineProperty(parent, "size", {
        get() { return this.n; },
        set(n) { this.n = n; },
      });
      const home = Object.create(parent);
      const self = Object.create(Object.create(home));
      super_set(home, "size", self, 2);
      assert.equal(self.n, 2);
      assert.equal(super_get(home, "size", self), 2);
      assert.equal(super_update(home, "size", self)._++, 2);
      assert.equal(self.n, 3);
      super_set(home, "free", self, 4);
      assert.ok(Object.hasOwn(self, "free"));
      assert.ok(!Object.hasOwn(home, "free"));
      assert.throws(() => super_set(home, "fixed", self, 2), {
        name: "TypeError",
        message: /read only property 'fixed'/,
      });
      assert.equal(super_set(home, "fixed", self, 2, true), 2);
      assert.equal(++super_update(home, "fixed", self, true)._, 2);
      assert.equal(self.fixed, 1);
      assert.equal(super_get(home, "absent", self), undefined);
    }
  },

  "a second super() throws, and so does a call without new"(assert) {
    const { Derived } = both.strict.run(`${pair}; ({ Derived: Derived })`);
    const { call_super, call_super_once, object_for_super } = both.strict;
    const self = Object.create(Derived.prototype);
    assert.equal(object_for_super(self, undefined), self);
    assert.notEqual(object_for_super(self, self), self);
    assert.equal(Object.getPrototypeOf(object_for_super(self, self)), Derived.prototype);
    assert.throws(() => call_super_once(call_super(self, Derived, []), self), {
      name: "ReferenceError",
    });
    assert.throws(() => call_super({}, Derived, []), /invoked without 'new'/);
  },

  "new.target"(assert) {
    for (const helpers of [both.strict, old]) {
      const { Base, Derived } = helpers.run(`${pair}; ({ Base: Base, Derived: Derived })`);
      assert.equal(helpers.new_target(new Derived("x"), Base), Derived);
      assert.equal(helpers.new_target(undefined, Base), undefined);
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
    helpers.create_keyed_class(Named, null, { name: 1, other: 2 });
    assert.equal(Named.other, 2);
    helpers.define_static(Named, "name", 1);
    helpers.define_static(Named, "third", 3);
    assert.equal(Named.third, 3);
    assert.throws(() => helpers.create_keyed_class(Named, null, { prototype: 1 }), {
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
