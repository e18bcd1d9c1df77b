// Generators, async functions and async generators, as the lowering writes them.

import { load } from "./load.mjs";

const now = load("helpers");
const old = load("helpers", { engine: "ie9" });
// function* () {
//   try { const got = yield 1; log(got); yield 2; }
//   catch (e) { log(e); yield 3; }
//   finally { log("finally"); yield 4; }
//   return 5;
// }
const guarded = (helpers, log) => {
  let next, value;
  return helpers.guarded_generator((label, sent, state) => {
    for (;;) {
      switch (label) {
        case 0: state.h = 3; return [1, 1, 8];
        case 1: log.push(sent); return [2, 2, 8];
        case 2: label = 5; break;
        case 3: state.h = 7; log.push(sent); return [4, 3, 8];
        case 4: // falls through
        case 5: next = 10; // falls through
        case 6: state.h = 0; log.push("finally"); return [9, 4];
        case 7: value = sent; next = 11; label = 6; break;
        case 8: value = sent; next = 12; label = 6; break;
        case 9: label = next; break;
        case 10: return [0, 5];
        case 11: throw value;
        case 12: return [0, value];
        default: throw new Error("no such label");
      }
    }
  });
};

const delegating = (helpers, inner) => helpers.delegating_generator((label, sent) =>
  label ? [0, sent] : [1, helpers.delegate(inner), 0, 1]);

const plain = ({ value, done }) => ({ value, done });

const protocol = (helpers) => (assert) => {
  const log = [];
  let generator = guarded(helpers, log);
  assert.deepEqual(plain(generator.next()), { value: 1, done: false });
  generator.next("got");
  assert.deepEqual(log, ["got"]);
  assert.equal(generator.throw("oops").value, 3);
  assert.equal(generator.next().value, 4);
  assert.deepEqual(plain(generator.next()), { value: 5, done: true });
  assert.deepEqual(plain(generator.next()), { value: undefined, done: true });
  assert.deepEqual(plain(generator.return(8)), { value: 8, done: true });
  assert.throws(() => generator.throw(new Error("late")), /late/);

  generator = guarded(helpers, log);
  generator.next();
  assert.equal(generator.return("early").value, 4);
  assert.deepEqual(plain(generator.next()), { value: "early", done: true });

  generator = guarded(helpers, log);
  generator.next();
  generator.return("first");
  assert.throws(() => generator.throw(new Error("second")), /second/);

  generator = guarded(helpers, log);
  assert.throws(() => generator.throw(new Error("before the start")), /before the start/);
  assert.equal(generator.next().done, true);
};

const settled = async (promise) =>
  promise.then(
    (value) => ["ok", value],
    (error) => ["error", error.message ?? error],
  );

export default {
  "protocol": protocol(now),
  "protocol, old engine": protocol(old),

  "a generator is an iterator"(assert) {
    assert.equal(now.to_array(guarded(now, [])).join(), "1,2,4");
    assert.equal(old.to_array(guarded(old, [])).join(), "1,2,4");
    assert.deepEqual(Object.keys(guarded(now, [])), []);
    assert.equal(String(guarded(now, [])), "[object Generator]");
  },

  "a body without try"(assert) {
    for (const helpers of [now, old]) {
      const make = () => helpers.generator((label, sent) => {
        if (label === 0) return [1, "a"];
        if (label === 1) return [2, sent];
        if (sent) throw new Error(sent);
        return undefined;
      });
      let generator = make();
      assert.deepEqual(plain(generator.next()), { value: "a", done: false });
      assert.deepEqual(plain(generator.next("b")), { value: "b", done: false });
      assert.deepEqual(plain(generator.next()), { value: undefined, done: true });
      assert.deepEqual(plain(generator.next()), { value: undefined, done: true });
      generator = make();
      generator.next();
      assert.deepEqual(plain(generator.return(3)), { value: 3, done: true });
      assert.deepEqual(plain(generator.next()), { value: undefined, done: true });
      generator = make();
      generator.next();
      assert.throws(() => generator.throw(new Error("in")), /in/);
      assert.equal(generator.next().done, true);
      generator = make();
      generator.next();
      generator.next();
      assert.throws(() => generator.next("out"), /out/);
      assert.deepEqual(plain(generator.return(4)), { value: 4, done: true });
      assert.throws(() => generator.next.call({}), { name: "TypeError" });
    }
  },

  "re-entry is refused"(assert) {
    const generator = now.generator(() => [0, generator.next()]);
    assert.throws(() => generator.next(), /already running/);
  },

  "yield* passes everything on"(assert) {
    const log = [];
    const inner = {
      [Symbol.iterator]() { return this; },
      next(value) { log.push(["next", value]); return { value: "n", done: false }; },
      throw(error) { log.push(["throw", error]); return { value: "t", done: true }; },
      return(value) { log.push(["return", value]); return { value: "r", done: true }; },
    };
    let generator = delegating(now, inner);
    generator.next("ignored");
    generator.next(1);
    assert.deepEqual(plain(generator.throw(2)), { value: "t", done: true });
    assert.deepEqual(log, [["next", undefined], ["next", 1], ["throw", 2]]);
    generator = delegating(now, inner);
    generator.next();
    assert.deepEqual(plain(generator.return(3)), { value: "r", done: true });
  },

  "yield* of an iterator without throw closes it"(assert) {
    let closed = 0;
    const inner = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false }),
        return() {
          closed += 1;
          return {};
        },
      }),
    };
    const generator = delegating(now, inner);
    generator.next();
    assert.throws(() => generator.throw(1), /does not provide a 'throw' method/);
    assert.equal(closed, 1);
  },

  "for-in skips keys that were deleted"(assert) {
    const object = { a: 1, b: 2, c: 3 };
    const next = old.for_in(object);
    assert.equal(next(), "a");
    delete object.b;
    assert.equal(next(), "c");
    assert.equal(next(), undefined);
    assert.equal(old.for_in(null)(), undefined);
    assert.equal(old.for_in("x")(), "0");
  },

  async "async functions"(assert) {
    const add = (a) => now.async_function((label, sent) => label ? [0, sent + 2] : [1, a]);
    assert.equal(await add(Promise.resolve(1)), 3);
    assert.deepEqual(await settled(add(Promise.reject(new Error("no")))), ["error", "no"]);
    const caught = now.guarded_async_function((label, sent, state) => {
      if (label) return [0, [label, sent]];
      state.h = 7;
      return [1, Promise.reject("caught")];
    });
    assert.deepEqual(await settled(caught), ["ok", [7, "caught"]]);
    const fails = now.async_function(() => {
      throw new Error("at once");
    });
    assert.deepEqual(await settled(fails), ["error", "at once"]);
    assert.deepEqual(await settled(now.async_function(() => {})), ["ok", undefined]);
  },

  async "async functions as generators"(assert) {
    const add = function (a) {
      return now.async_to_generator(function* (b) {
        return (yield a) + b + this.n;
      }, this, arguments);
    };
    assert.equal(await add.call({ n: 2 }, 1), 4);
    const fails = now.async_to_generator(() => {
      throw new Error("in the parameters");
    });
    assert.deepEqual(await settled(fails), ["error", "in the parameters"]);
  },

  async "async generators"(assert) {
    // async function* () {
    //   try { yield Promise.resolve(1); log.push(await 2); yield 3 }
    //   finally { log.push("finally") }
    // }
    const log = [];
    let next;
    const machines = () => now.async_generator((label, sent, state) => {
      for (;;) {
        switch (label) {
          case 0: state.h = 5; return [1, Promise.resolve(1), 6];
          case 1: return [2, 2];
          case 2: log.push(sent); return [3, 3, 6];
          case 3: next = 9; // falls through
          case 4: state.h = 0; log.push("finally"); label = next; break;
          case 5: next = 7; label = 4; break;
          case 6: next = 8; label = 4; break;
          case 7: throw sent;
          case 8: return [0, sent];
          default: return undefined;
        }
      }
    });
    const generators = () => now.wrap_async_generator(function* () {
      try {
        yield [1, Promise.resolve(1), 0];
        log.push(yield [1, 2]);
        yield [1, 3, 0];
      } finally {
        log.push("finally");
      }
    });
    for (const make of [machines, generators]) {
      log.length = 0;
      const generator = make();
      assert.equal(generator[Symbol.asyncIterator](), generator);
      const answers = await Promise.all([
        generator.next(),
        generator.next(),
        generator.return("end"),
        generator.next(),
      ]);
      assert.deepEqual(answers.map(plain), [
        { value: 1, done: false },
        { value: 3, done: false },
        { value: "end", done: true },
        { value: undefined, done: true },
      ]);
      assert.deepEqual(log, [2, "finally"]);
      assert.deepEqual(await settled(make().throw(new Error("early"))), ["error", "early"]);
      assert.deepEqual(await settled(make().return(Promise.reject(new Error("rejected")))), [
        "error",
        "rejected",
      ]);
    }
  },

  async "yield* in async generators"(assert) {
    const outer = (inner) => now.async_generator((label, sent) =>
      label ? [0, sent] : [1, now.async_delegate(inner), 0, 1]);
    let generator = outer([Promise.resolve("a"), "b"]);
    assert.deepEqual(plain(await generator.next()), { value: "a", done: false });
    assert.deepEqual(plain(await generator.next()), { value: "b", done: false });
    assert.deepEqual(plain(await generator.next()), { value: undefined, done: true });
    let closed = 0;
    const inner = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ value: 1 }),
        async return(value) {
          closed += 1;
          return { value: `${value}!`, done: true };
        },
      }),
    };
    generator = outer(inner);
    await generator.next();
    assert.deepEqual(plain(await generator.return("bye")), { value: "bye!", done: true });
    generator = outer(inner);
    await generator.next();
    assert.match((await settled(generator.throw(1)))[1], /does not provide a 'throw' method/);
    assert.equal(closed, 2);
  },

  async "for await over synchronous iterators waits for values"(assert) {
    const iterator = now.for_await([Promise.resolve(1)]);
    assert.equal(iterator.take(await iterator.next()), true);
    assert.equal(iterator.value, 1);
    assert.equal(iterator.take(await iterator.next()), false);
    assert.equal(iterator.close(), false);
    let closed = 0;
    const sync = {
      [Symbol.iterator]: () => ({
        next: () => ({ value: Promise.reject(new Error("bad")), done: false }),
        return() {
          closed += 1;
          return {};
        },
      }),
    };
    assert.deepEqual(await settled(now.for_await(sync).next()), ["error", "bad"]);
    assert.equal(closed, 1);
    assert.throws(() => now.for_await(null), /null is not iterable/);
  },
};
