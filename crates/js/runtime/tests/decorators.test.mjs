// Decorators: TypeScript's, and the proposal's two stages.

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
    assert.equal(helpers.ts_metadata("design:type", String), undefined);
  },

  "March 2022"(assert) {
    for (const { apply_decs_2203_r: apply } of [helpers, old]) {
      const seen = [];
      const log = (value, context) => {
        seen.push(`${context.kind} ${String(context.name)} ${context.static ?? ""}`.trim());
      };
      const Class = new Function("return function Class() {}")();
      Class.prototype.m = () => 1;
      const double = (value) => function () { return value.call(this) * 2; };
      const add = (n) => () => (value) => value + n;
      const init = (value, context) =>
        context.addInitializer(function () {
          this.ready = true;
        });
      const { e, c } = apply(
        Class,
        [
          [[log, double], 2, "m"],
          [[add(1), add(10)], 0, "f"],
          [init, 2, "m"].slice(0, 0),
          [
            log,
            0,
            "p",
            function () {
              return this.p;
            },
            function () {},
          ],
        ].filter((x) => x.length),
        [],
      );
      assert.equal(c, undefined);
      assert.equal(new Class().m(), 2);
      assert.equal(e[0]({}, 1), 12);
      assert.deepEqual(seen, ["method m false", "field #p false"]);
      const result = apply(
        Class,
        [
          [
            init,
            3,
            "g",
            function () {
              return 1;
            },
          ],
        ],
        [() => undefined, log],
      );
      const self = {};
      result.e[1](self);
      assert.ok(self.ready);
      assert.equal(result.e[0](self), 1);
      assert.equal(result.c[0], Class);
      assert.throws(() => apply(Class, [[1, 0, "f"]], []), /A decorator must be a function/);
      assert.throws(
        () => apply(Class, [[() => 1, 0, "f"]], []),
        /field decorator returns must be a function/,
      );
    }
  },

  "November 2023"(assert) {
    const { apply_decs_2311: apply } = helpers;
    class Parent {
      static [metadata] = { inherited: 1 };
    }
    class Class {
      m() {
        return 1;
      }
      static s() {
        return 2;
      }
      get a() {
        return this.v;
      }
      set a(v) {
        this.v = v;
      }
    }
    const order = [];
    const keep = (value, context) => {
      order.push(`${context.static ? "static " : ""}${context.kind}`);
      context.metadata[context.name] = context.kind;
    };
    const brand = (object) => Object.hasOwn(object, "brand");
    let context;
    const { e, c } = apply(
      Class,
      [keep],
      [
        [
          [
            (v, k) => {
              context = k;
            },
            (value) => value + 1,
          ].slice(0, 1),
          0,
          "p",
          (self) => self.p,
          (self, v) => {
            self.p = v;
          },
        ],
        [keep, 2, "m"],
        [[() => ({ init: (v) => `${v}1` }), () => ({ init: (v) => `${v}2` })], 1, "a"],
        [keep, 10, "s"],
      ],
      0,
      brand,
      Parent,
    );
    assert.deepEqual(order, ["static method", "method", "class"]);
    const [initial, extra] = e;
    assert.equal(initial({}, "v"), "v12");
    assert.equal(typeof extra, "function");
    const [decorated, run] = c;
    assert.equal(decorated, Class);
    assert.equal(Class[metadata].inherited, 1);
    assert.equal(Class[metadata].m, "method");
    run();
    assert.equal(context.name, "#p");
    assert.equal(context.access.get({ brand: 1, p: 5 }), 5);
    assert.ok(!context.access.has({}));
    assert.throws(() => context.access.get({ p: 5 }), { name: "TypeError" });
    assert.throws(() => context.addInitializer(() => {}), /after decoration was finished/);
  },

  "decorators with a this"(assert) {
    const { apply_decs_2311: apply } = helpers;
    const owner = { dec() { this.used = true; } };
    class Class { m() {} }
    apply(Class, [], [[[owner, owner.dec], 2 | 16, "m"]], 0, undefined, undefined);
    assert.ok(owner.used);
  },
};
