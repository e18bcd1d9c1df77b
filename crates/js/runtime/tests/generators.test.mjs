// Generators, async functions and async generators, as the lowering writes them.

import { load } from "./load.mjs";

const now = load("helpers");
const old = load("helpers", { engine: "ie9" });
const { ts_generator } = now;

// function* () {
//   try { const got = yield 1; log(got); yield 2; }
//   catch (e) { log(e); yield 3; }
//   finally { log("finally"); yield 4; }
//   return 5;
// }
const guarded = (helpers, log) => helpers.ts_generator(undefined, (state) => {
  for (;;) {
    switch (state.label) {
      case 0: state.trys.push([0, 3, 5, 7]); return [4, 1];
      case 1: log.push(state.sent()); return [4, 2];
      case 2: state.sent(); return [3, 7];
      case 3: log.push(state.sent()); return [4, 3];
      case 4: state.sent(); return [3, 7];
      case 5: log.push("finally"); return [4, 4];
      case 6: state.sent(); return [7];
      case 7: return [2, 5];
      default: throw new Error("no such label");
    }
  }
});

const delegating = (helpers, inner) => helpers.ts_generator(undefined, (state) =>
  state.label === 0 ? [5, helpers.ts_values(inner)] : [2, state.sent()]);

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

  "re-entry is refused"(assert) {
    const generator = ts_generator(undefined, () => [2, generator.next()]);
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

  async "async functions"(assert) {
    const add = now.async_to_generator(function (a) {
      return ts_generator(this, function (state) {
        if (state.label === 0) return [4, Promise.resolve(a)];
        return [2, state.sent() + this.n];
      });
    });
    assert.equal(await add.call({ n: 2 }, 1), 3);
    assert.deepEqual(await settled(add.call({ n: 2 }, Promise.reject(new Error("no")))), [
      "error",
      "no",
    ]);
    const fails = now.async_to_generator(() => {
      throw new Error("at once");
    });
    assert.deepEqual(await settled(fails()), ["error", "at once"]);
  },

  async "async generators"(assert) {
    // async function* () {
    //   try { yield Promise.resolve(1); log.push(await 2); yield 3 }
    //   finally { log.push("finally") }
    // }
    const log = [];
    const make = now.wrap_async_generator(function () {
      return ts_generator(this, (state) => {
        switch (state.label) {
          case 0: state.trys.push([0, undefined, 4, 5]); return [4, Promise.resolve(1)];
          case 1: state.sent(); return [4, now.await_async_generator(2)];
          case 2: log.push(state.sent()); return [4, 3];
          case 3: state.sent(); return [3, 5];
          case 4: log.push("finally"); return [7];
          case 5: return [2];
          default: throw new Error(`no label ${state.label}`);
        }
      });
    });
    const generator = make();
    assert.equal(generator[Symbol.asyncIterator](), generator);
    const answers = await Promise.all([
      generator.next(),
      generator.next(),
      generator.return("end"),
    ]);
    assert.deepEqual(answers.map(plain), [
      { value: 1, done: false },
      { value: 3, done: false },
      { value: "end", done: true },
    ]);
    assert.deepEqual(log, [2, "finally"]);
    assert.deepEqual(await settled(make().throw(new Error("early"))), ["error", "early"]);
    assert.deepEqual(await settled(make().return(Promise.reject(new Error("rejected")))), [
      "error",
      "rejected",
    ]);
  },

  async "yield* in async generators"(assert) {
    const outer = (inner) => now.wrap_async_generator(function () {
      return ts_generator(this, (state) => state.label === 0
        ? [5, now.ts_values(now.async_generator_delegate(now.async_iterator(inner)))]
        : [2, state.sent()]);
    })();
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
    const iterator = now.async_iterator([Promise.resolve(1)]);
    assert.deepEqual(plain(await iterator.next()), { value: 1, done: false });
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
    assert.deepEqual(await settled(now.async_iterator(sync).next()), ["error", "bad"]);
    assert.equal(closed, 1);
    assert.throws(() => now.async_iterator(null), /null is not iterable/);
  },
};
