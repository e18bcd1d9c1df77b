// Decorators: TypeScript's and the proposal's.

import { load } from "./load.mjs";

const helpers = load("helpers");
const old = load("helpers", { engine: "ie9" });
const metadata = helpers.run('Symbol.metadata || Symbol["for"]("Symbol.metadata")');

export default {
  "typescript"(assert) {
    const { ts_decorate } = helpers;
    const log = [];
    const note = (name) => () => {
      log.push(name);
    };
    class Plain {
      m() {
        return 1;
      }
    }
    const twice = (target, key, descriptor) => ({
      ...descriptor,
      value() {
        return descriptor.value.call(this) * 2;
      },
    });
    ts_decorate([note("a"), twice, note("b")], Plain.prototype, "m", null);
    assert.equal(new Plain().m(), 2);
    assert.deepEqual(log, ["b", "a"]);
    class Other {}
    assert.equal(ts_decorate([() => Other, () => undefined], Plain), Other);
    ts_decorate(
      [helpers.ts_param(0, (target, key, index) => log.push(`${key}${index}`))],
      Plain.prototype,
      "m",
      null,
    );
    assert.equal(log.at(-1), "m0");
    ts_decorate([note("field")], Plain.prototype, "f", undefined);
    assert.equal(log.at(-1), "field");
  },

  "babel's fields"(assert) {
    for (const { decorate_field, define_decorated } of [helpers, old]) {
      const seen = [];
      const see = (target, key, descriptor) => {
        seen.push([key, JSON.stringify(descriptor), typeof descriptor.initializer]);
      };
      const hide = (target, key, descriptor) => ({ ...descriptor, enumerable: false });
      class Class {}
      const define = (key, decorators, initializer) =>
        decorate_field(decorators, Class.prototype, key, initializer);
      const self = new Class();
      const kept = define("kept", [see, hide], function () {
        return this;
      });
      define_decorated(self, "kept", kept);
      assert.equal(self.kept, self);
      assert.equal(self.propertyIsEnumerable("kept"), false);
      assert.deepEqual(seen.pop(), [
        "kept",
        '{"configurable":true,"enumerable":false,"writable":true}',
        "function",
      ]);
      define_decorated(self, "empty", define("empty", [see], null));
      assert.equal(self.empty === undefined && self.hasOwnProperty("empty"), true);
      assert.equal(JSON.parse(seen.pop()[1]).initializer, null);
      const accessor = define("accessor", [() => ({ get: () => 3 })], () => 1);
      assert.equal(accessor, undefined);
      define_decorated(self, "accessor", accessor);
      assert.equal(self.accessor, 3);
      assert.equal(self.hasOwnProperty("accessor"), false);
    }
  },

  "babel's methods and static fields"(assert) {
    for (const { decorate_member, decorate_static } of [helpers, old]) {
      class Class {
        m() {
          return 1;
        }
        get g() {
          return 1;
        }
      }
      Class.s = 1;
      const twice = (target, key, { value }) => ({ value: () => value() * 2, writable: true });
      decorate_member([twice, twice], Class.prototype, "m");
      assert.equal(Class.prototype.m(), 4);
      const value = (target, key, descriptor) => ({
        initializer() {
          return [this === Class.prototype, descriptor.writable];
        },
      });
      decorate_member([value], Class.prototype, "g");
      assert.deepEqual(Class.prototype.g, [true, undefined]);
      const more = (target, key, { initializer }) => ({ initializer: () => initializer() + 1 });
      decorate_static([more, more], Class, "s");
      assert.equal(Class.s, 3);
    }
  },

  "methods, fields and the class"(assert) {
    for (const { apply_decorators } of [helpers, old]) {
      const seen = [];
      const see = (value, context) => {
        seen.push(`${context.kind} ${context.name} ${context.static ?? ""}`.trim());
        context.addInitializer(function () {
          this.ready = context.name;
        });
      };
      const Class = new Function("return function Class() {}")();
      Class.prototype.m = () => 1;
      const double = (value) => () => value() * 2;
      const add = (text) => () => (value) => value + text;
      const list = [[see], [see, double], [add("b"), add("a")]];
      const made = apply_decorators(list, Class, [[2, "m"], [0, "f"]], "Class");
      assert.equal(made, Class);
      assert.equal(new Class().m(), 2);
      assert.deepEqual(seen, ["method m false", "class Class"]);
      const self = {};
      list[0](self);
      assert.equal(self.ready, "m");
      list[2](self);
      assert.equal(self.ready, "Class");
      assert.equal(list[3]({}, "v"), "vba");
      assert.equal(typeof list[4], "function");
    }
  },

  "private members"(assert) {
    let context;
    const brands = new WeakSet();
    class Class {
      "#m"() {
        return 1;
      }
    }
    const list = [[(value, it) => void (context = it)], [(value) => () => value() + 1]];
    const has = (object) => brands.has(object);
    const members = [[0, "#f", has, (o) => o.f, (o, v) => (o.f = v)], [2, "#m", has, () => 0]];
    helpers.apply_decorators(list, Class, members);
    assert.ok(!("#m" in Class.prototype));
    assert.equal(list[5](), 2);
    assert.equal(context.name, "#f");
    assert.ok(context.private);
    assert.ok(!context.access.has({}));
    const object = { f: 1 };
    context.access.set(object, 2);
    assert.equal(context.access.get(object), 2);
    assert.throws(() => context.addInitializer(() => {}), /after decoration was finished/);
  },

  "what decorators return"(assert) {
    const apply = (decorator, member) => {
      class Class {
        m() {}
        get a() {}
        set a(value) {}
      }
      helpers.apply_decorators([[decorator]], Class, [member]);
    };
    assert.throws(() => apply(1, [0, "f"]), /A decorator must be a function/);
    assert.throws(() => apply(() => 1, [0, "f"]), /returns must be a function/);
    assert.throws(() => apply(() => null, [2, "m"]), /returns must be a function/);
    assert.throws(() => apply(() => 1, [1, "a"]), /must return an object/);
    assert.throws(() => apply(() => ({ get: 1 }), [1, "a"]), /get must be a function/);
    const owner = {
      decorator() {
        this.used = true;
      },
    };
    apply([owner, owner.decorator], [2, "m"]);
    assert.ok(owner.used);
  },

  "metadata is inherited"(assert) {
    class Parent {
      static [metadata] = { inherited: 1 };
    }
    class Class extends Parent {
      m() {}
    }
    const keep = (value, context) => {
      context.metadata[context.name] = context.kind;
    };
    helpers.apply_decorators([[keep]], Class, [[2, "m"]]);
    assert.equal(Class[metadata].inherited, 1);
    assert.equal(Class[metadata].m, "method");
    assert.ok(!("m" in Parent[metadata]));
  },
};
