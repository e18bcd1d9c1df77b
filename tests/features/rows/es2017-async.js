// Async functions and iteration of ECMAScript 2017 and 2018. All of them need a Promise.

//# async functions: return
//needs Promise
async function f() { return "foo"; }
const promise = f();
check(promise instanceof Promise);
promise.then((value) => check(value === "foo"));

//# async functions: throw
//needs Promise
async function f() { throw "foo"; }
f().then(null, (error) => check(error === "foo"));

//# async functions: no line break before function
//needs Promise
async function f() { return 1; }
f().then((value) => check(value === 1));

//# async functions: await
//needs Promise
(async () => {
  const value = await new Promise((resolve) => resolve("x"));
  check(value === "x");
})();

//# async functions: await of a value
//needs Promise
(async () => check((await 5) === 5))();

//# async functions: await of a thenable
//needs Promise
(async () => check((await { then(resolve) { resolve(4); } }) === 4))();

//# async functions: await of a rejection
//needs Promise
(async () => {
  try { await Promise.reject("foo"); } catch (error) { check(error === "foo"); }
})();

//# async functions: the body starts at once
//needs Promise
let started = false;
(async () => { started = true; })();
check(started);

//# async functions: goes on later
//needs Promise
let order = "";
const f = async () => { order += "a"; await null; order += "c"; check(order === "abc"); };
f();
order += "b";

//# async functions: errors of parameters reject
//needs Promise
async function f(a = (() => { throw 5; })()) {}
let rejected = false;
f().then(null, (error) => check(error === 5));

//# async functions: errors of patterns reject
//needs Promise
const f = async ({ a }) => a;
f(null).then(null, (error) => check(error instanceof TypeError));

//# async functions: length
//not absent: nothing awaits
//needs Promise
async function f(a, b = 1, c) {}
check(f.length === 1 && (async (a, b) => a).length === 2);

//# async functions: no prototype
//not absent: nothing awaits
//needs Promise
//not es5: async functions are functions, which construct
async function f() {}
check(!("prototype" in f));

//# async functions: methods
//needs Promise
const object = { x: 3, async m(a) { return this.x + a; }, async "k 1"() { return 1; }, async ["c"]() { return 2; } };
object.m(2).then((value) => check(value === 5));
object["k 1"]().then((value) => check(value === 1));
object.c().then((value) => check(value === 2));

//# async functions: methods of classes
//needs Promise
class C { async m() { return 1; } static async s() { return 2; } }
new C().m().then((value) => check(value === 1));
C.s().then((value) => check(value === 2));

//# async functions: super in methods
//needs Promise
class A { m() { return "a"; } static s() { return "s"; } }
class B extends A {
  async m() { await null; return super.m() + "b"; }
  static async s() { await null; return super.s() + "t"; }
}
new B().m().then((value) => check(value === "ab"));
B.s().then((value) => check(value === "st"));

//# async functions: super in arrows of methods
//needs Promise
class A { m(x) { return "a" + x; } }
class B extends A { m() { return (async () => { await null; return super.m(1); })(); } }
new B().m().then((value) => check(value === "a1"));

//# async functions: arrows
//needs Promise
const f = async (a) => a + 1, g = async a => await a;
f(1).then((value) => check(value === 2));
g(2).then((value) => check(value === 2));

//# async functions: arrows in methods see this
//needs Promise
const object = { x: 4, m() { return async () => this.x; } };
object.m()().then((value) => check(value === 4));

//# async functions: arrows see arguments
//needs Promise
function f() { return (async () => { await null; return arguments[0]; })(); }
f(7).then((value) => check(value === 7));

//# async functions: arrows of async methods see arguments
//needs Promise
class C { async m() { return (async () => arguments[0])(); } static async s() { return (async () => arguments.length)(); } }
new C().m(8).then((value) => check(value === 8));
C.s(1, 2).then((value) => check(value === 2));

//# async functions: new.target in arrows
//needs Promise
function F() { this.is = (async () => new.target === F)(); }
new F().is.then((value) => check(value === true));

//# async functions: arguments
//needs Promise
async function f() { await null; return arguments.length; }
f(1, 2).then((value) => check(value === 2));

//# async functions: try and finally
//needs Promise
let cleaned = 0;
const f = async () => { try { await null; return 1; } finally { await null; cleaned++; } };
f().then((value) => check(value === 1 && cleaned === 1));

//# async functions: return of a rejection in try is not caught
//needs Promise
const f = async () => { try { return Promise.reject(1); } catch { return 2; } };
f().then(null, (error) => check(error === 1));

//# async functions: return await is caught
//needs Promise
const f = async () => { try { return await Promise.reject(1); } catch { return 2; } };
f().then((value) => check(value === 2));

//# async functions: loops
//needs Promise
const f = async () => { let sum = 0; for (let i = 0; i < 4; i++) sum += await i; return sum; };
f().then((value) => check(value === 6));

//# async functions: closures in loops
//needs Promise
const f = async () => { const all = []; for (let i = 0; i < 2; i++) { await null; all.push(() => i); } return all; };
f().then((all) => check(all.map((g) => g()).join() === "0,1"));

//# async functions: await in conditions, calls and literals
//needs Promise
const f = async (x) => [(await x) ? await "a" : "b", `${await 1}`, { [await "k"]: await 2 }.k].join();
f(true).then((value) => check(value === "a,1,2"));

//# async functions: left before await
//needs Promise
let x = 1;
const f = async () => { x += await 5; };
f().then(() => check(x === 6));
x = 100;

//# async functions: destructuring and defaults
//needs Promise
const f = async ({ a = 1, b: [c] } = { b: [2] }, ...rest) => a + c + rest.length;
f(undefined, 0, 0).then((value) => check(value === 5));

//# async functions: for-of with closing
//needs Promise Symbol Symbol.iterator
let closed = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return() { closed++; return {}; } }) };
const f = async () => { for (const item of iterable) { await null; return item; } };
f().then((value) => check(value === 1 && closed === 1));

//# async functions: names
//not absent: nothing awaits
//needs Promise
const f = async () => {}, object = { async m() {} };
async function g() {}
check(f.name === "f" && g.name === "g" && object.m.name === "m");

//# async functions: async as a name
const async = (x) => x;
check(async(5) === 5 && { async }.async === async);

//# async functions: await as a name in sloppy code
//sloppy
var await_ = 1, await = 2;
check(await + await_ === 3);

//# async functions: order of turns
//needs Promise
const order = [];
const f = async () => { await null; order.push(1); };
f();
Promise.resolve().then(() => order.push(2)).then(() => check(order.join() === "1,2"));

//# async functions: optional chains and await
//needs Promise
const f = async (o) => (await o)?.a?.[await "b"] ?? "none";
f({ a: { b: 1 } }).then((value) => check(value === 1));
f(null).then((value) => check(value === "none"));

//# async functions: recursion
//needs Promise
const f = async (n) => (n ? n + (await f(n - 1)) : 0);
f(4).then((value) => check(value === 10));

//# async functions: Promise.all
//needs Promise
const f = async () => (await Promise.all([1, (async () => 2)()])).join();
f().then((value) => check(value === "1,2"));

//# async generators: basic
//needs Promise
async function* g() { yield 1; yield await 2; return 3; }
(async () => {
  const it = g(), one = await it.next(), two = await it.next(), three = await it.next();
  check(one.value === 1 && !one.done && two.value === 2 && three.value === 3 && three.done);
})();

//# async generators: methods
//needs Promise
class C { async *m() { yield 1; } static async *s() { yield 2; } }
const object = { async *m() { yield 3; } };
(async () => {
  check((await new C().m().next()).value + (await C.s().next()).value + (await object.m().next()).value === 6);
})();

//# async generators: requests wait for each other
//needs Promise
async function* g() { yield 1; yield 2; yield 3; }
const it = g();
Promise.all([it.next(), it.next(), it.next(), it.next()]).then((all) =>
  check(all.map((step) => step.value).join() === "1,2,3,"));

//# async generators: yield awaits
//needs Promise
async function* g() { yield Promise.resolve(5); }
g().next().then((step) => check(step.value === 5));

//# async generators: return and throw
//needs Promise
let cleaned = 0;
async function* g() { try { yield 1; yield 2; } finally { cleaned++; } }
(async () => {
  const it = g();
  await it.next();
  const last = await it.return(5);
  check(last.value === 5 && last.done && cleaned === 1);
  const other = g();
  await other.next();
  let thrown;
  try { await other.throw("e"); } catch (error) { thrown = error; }
  check(thrown === "e" && cleaned === 2);
})();

//# async generators: yield*
//needs Promise
async function* inner() { yield 1; return "r"; }
async function* outer() { const r = yield* inner(); yield r; yield* [5]; }
(async () => {
  const seen = [];
  for await (const item of outer()) seen.push(item);
  check(seen.join() === "1,r,5");
})();

//# async generators: super
//needs Promise
class A { m() { return 1; } }
class B extends A { async *m() { yield super.m(); } }
new B().m().next().then((step) => check(step.value === 1));

//# async generators: are their own iterators
//needs Promise Symbol Symbol.asyncIterator
async function* g() {}
const it = g();
check(it[Symbol.asyncIterator]() === it);

//# for await: promises in arrays
//needs Promise
(async () => {
  let sum = 0;
  for await (const item of [1, Promise.resolve(2)]) sum += item;
  check(sum === 3);
})();

//# for await: async iterables
//needs Promise Symbol Symbol.asyncIterator
const iterable = { [Symbol.asyncIterator]() { let n = 0; return { next: async () => ({ done: n > 1, value: n++ }) }; } };
(async () => {
  const seen = [];
  for await (const item of iterable) seen.push(item);
  check(seen.join() === "0,1");
})();

//# for await: closing
//needs Promise Symbol Symbol.asyncIterator
let closed = 0;
const iterable = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }), async return() { closed++; return {}; } }) };
(async () => {
  for await (const item of iterable) break;
  check(closed === 1);
})();

//# for await: patterns and closures
//needs Promise
(async () => {
  const all = [];
  for await (const { a, b = 5 } of [{ a: 1 }, { a: 2, b: 3 }]) all.push(() => a + b);
  check(all.map((f) => f()).join() === "6,5");
})();

//# for await: rejections
//needs Promise
(async () => {
  let caught;
  try { for await (const item of [Promise.reject("e")]); } catch (error) { caught = error; }
  check(caught === "e");
})();

//# for await: a body that throws waits once for closing
//needs Promise Symbol Symbol.asyncIterator
const iterable = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }), return: () => Promise.reject(2) }) };
let ticks = 0, caught;
const count = () => { ticks++; if (caught === undefined) Promise.resolve().then(count); };
(async () => {
  try { for await (const item of iterable) { Promise.resolve().then(count); throw 1; } } catch (error) { caught = error; }
  check(caught === 1 && ticks === 1);
})();

//# async generators: the prototype
//needs Promise
async function* g() { yield 1; }
g.prototype.hello = () => 5;
check(g().hello() === 5 && g() instanceof g);
g().next().then(({ value }) => check(value === 1));

//# for await: labels
//needs Promise
(async () => {
  let text = "";
  outer: for await (const a of [1, 2]) for await (const b of [1, 2]) { if (b === 2) continue outer; text += a; }
  check(text === "12");
})();

//# async functions: await in a pattern with a rest of an object
//needs Promise
(async () => {
  const [{ a, ...b }, c = await 3] = (function* () { yield { a: 1, z: 2 }; })();
  check(a === 1 && b.z === 2 && c === 3);
})();
