// Destructuring of ECMAScript 2015: declarations, assignments, parameters.

//# declarations: arrays
const [a, , [b], c] = [5, null, [6]];
check(a === 5 && b === 6 && c === undefined);

//# declarations: sparse patterns
const [a, , b] = [1, 2, 3], [, , c] = [, , 4];
check(a === 1 && b === 3 && c === 4);

//# declarations: strings
const [a, b, c] = "ab";
check(a === "a" && b === "b" && c === undefined);

//# declarations: astral characters
const [c] = "\u{20BB7}\u{20BB8}";
check(c === "\u{20BB7}");

//# declarations: objects
const { c, x: d, e } = { c: 7, x: 8 };
check(c === 7 && d === 8 && e === undefined);

//# declarations: objects, of primitives
const { toFixed } = 2, { slice } = "";
check(toFixed === Number.prototype.toFixed && slice === String.prototype.slice);

//# declarations: null and undefined throw
let count = 0;
try { const { a } = null; } catch (error) { count += error instanceof TypeError; }
try { const { b } = undefined; } catch (error) { count += error instanceof TypeError; }
try { const {} = null; } catch (error) { count += error instanceof TypeError; }
try { const [] = undefined; } catch (error) { count += error instanceof TypeError; }
check(count === 4);

//# declarations: computed keys
const qux = "corge", { [qux]: grault } = { corge: "garply" };
check(grault === "garply");

//# declarations: computed keys are evaluated in order
const order = [];
const note = (x) => (order.push(x), x);
const { [note("a")]: a = note("b"), [note("c")]: c } = { c: 1 };
check(order.join() === "a,b,c");

//# declarations: nested
const [e, { x: f, g }] = [9, { x: 10 }], { h, x: [i] } = { h: 11, x: [12] };
check(e === 9 && f === 10 && g === undefined && h === 11 && i === 12);

//# declarations: default values
const { a = 1, b = 2, z: c = 3 } = { b: 2, z: undefined };
const [d = 0, f = 5] = [4, , 6];
check(a === 1 && b === 2 && c === 3 && d === 4 && f === 5);

//# declarations: default values are evaluated when they are needed
let count = 0;
const [a = count++] = [0], { b = count++ } = { b: null };
check(count === 0 && a === 0 && b === null);

//# declarations: default values see earlier bindings
const { a = 1, b = a, c = b + 1 } = {}, [d, e = d] = [7];
check(b === 1 && c === 2 && e === 7);

//# declarations: default values do not see later bindings
let thrown = false;
try { const { a = b, b = 1 } = {}; } catch (error) { thrown = error instanceof ReferenceError; }
check(thrown);

//# declarations: rest elements
const [a, ...b] = [3, 4, 5], [c, ...d] = [6];
check(a === 3 && b.join() === "4,5" && d instanceof Array && d.length === 0);

//# declarations: nested rest elements
const [a, ...[b, ...c]] = [1, 2, 3, 4];
check(b === 2 && c.join() === "3,4");

//# declarations: patterns of rest elements
const [, ...{ length, 0: first }] = [1, 2, 3];
check(length === 2 && first === 2);

//# declarations: empty patterns
const [] = [1, 2], {} = { a: 1 };
check(true);

//# declarations: a trailing comma
const [a,] = [1], { b, } = { b: 2 };
check(a === 1 && b === 2);

//# declarations: several in one statement
const [a, b] = [5, 6], { c, d } = { c: 7, d: 8 };
check(a + b + c + d === 26);

//# declarations: after a plain one, in order
const order = [];
const note = (x) => (order.push(x), [x]);
const a = note(1), [b] = note(2), c = note(3);
check(order.join() === "1,2,3" && b === 2);

//# declarations: in the head of for
let text = "";
for (let [i, j] = [0, 3]; i < j; i++, j--) text += i + "" + j;
check(text === "0312");

//# declarations: in the head of for, closures
const all = [];
for (let [i, n] = [0, 2]; i < n; i++) all.push(() => i);
check(all.map((f) => f()).join() === "0,1");

//# declarations: in the head of for-in
let text = "";
for (const [a, b] in { qux: 1 }) text += b + a;
check(text === "uq");

//# declarations: in the head of for-of
let sum = 0;
for (const { a, b = 3 } of [{ a: 1 }, { a: 2, b: 4 }]) sum += a * b;
check(sum === 11);

//# declarations: catch
let seen;
try { throw [1, { x: 2 }]; } catch ([a, { x }]) { seen = a + x; }
check(seen === 3);

//# declarations: catch with default values
let seen;
try { throw {}; } catch ({ code = 5, ...rest }) { seen = code; }
check(seen === 5);

//# declarations: exported names
export const { a, b: [c] } = { a: 1, b: [2] };
check(a + c === 3);

//# declarations: var, used before
check(a === undefined);
var [a] = [1];
check(a === 1);

//# declarations: getters are read once, in order
const order = [];
const source = {
  get a() { order.push("a"); return 1; },
  get b() { order.push("b"); return undefined; },
};
const { b = 2, a } = source;
check(order.join() === "b,a" && a + b === 3);

//# declarations: the source is evaluated once
let count = 0;
const { a, b } = (count++, { a: 1, b: 2 });
check(count === 1 && a + b === 3);

//# declarations: iterables of ours
//needs Symbol Symbol.iterator
const iterable = { [Symbol.iterator]() { let n = 0; return { next: () => ({ done: n > 2, value: n++ }) }; } };
const [a, b, c, d] = iterable;
check(a === 0 && b === 1 && c === 2 && d === undefined);

//# declarations: generators
const [a, b, c] = (function* () { yield 1; yield 2; })();
check(a === 1 && b === 2 && c === undefined);

//# declarations: iterators are closed
//needs Symbol Symbol.iterator
let closed = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return() { closed++; return {}; } }) };
const [a, b] = iterable;
check(closed === 1);

//# declarations: iterators that are done are not closed
//needs Symbol Symbol.iterator
let closed = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({ done: true }), return() { closed++; return {}; } }) };
const [a, b] = iterable;
check(closed === 0);

//# declarations: an empty pattern closes without a step
//needs Symbol Symbol.iterator
let closed = 0, steps = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => (steps++, {}), return() { closed++; return {}; } }) };
const [] = iterable;
check(closed === 1 && steps === 0);

//# declarations: as many steps as elements
//needs Symbol Symbol.iterator
let steps = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({ value: steps++ }) }) };
const [a, , b] = iterable;
check(steps === 3 && b === 2);

//# declarations: rest takes what is left of an iterator
const [a, ...rest] = (function* () { yield 1; yield 2; yield 3; })();
check(rest.join() === "2,3");

//# declarations: a nested rest pattern exhausts the iterator
let over = false;
function* g() { yield 1; yield 2; over = true; }
const [...[]] = g();
check(over);

//# declarations: maps
//needs Map
const [[key, value]] = new Map([["a", 1]]);
check(key === "a" && value === 1);

//# declarations: numbers do not iterate
let thrown = false;
try { const [a] = 5; } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# assignments: arrays
let a, b, c;
[a, , [b], c] = [5, null, [6]];
check(a === 5 && b === 6 && c === undefined);

//# assignments: swap
let a = 1, b = 2;
[a, b] = [b, a];
check(a === 2 && b === 1);

//# assignments: rotate elements
const list = [1, 2, 3];
[list[0], list[1], list[2]] = [list[2], list[0], list[1]];
check(list.join() === "3,1,2");

//# assignments: objects
let c, d, e;
({ c, x: d, e } = { c: 7, x: 8 });
check(c === 7 && d === 8 && e === undefined);

//# assignments: to properties and elements
const object = {};
[object.x, object["y"]] = [1, 2];
({ a: object.z, b: object[0] } = { a: 3, b: 4 });
check(object.x + object.y + object.z + object[0] === 10);

//# assignments: the value is the right side
let a, b;
const source = [1, 2], other = { b: 3 };
check(([a] = source) === source && ({ b } = other) === other);

//# assignments: chained
let a, b, c, d;
[a, b] = [c, d] = [1, 2];
check(a === 1 && b === 2 && c === 1 && d === 2);

//# assignments: in the middle of an expression
let a, b;
const f = (x) => x;
check(f(([a, b] = [5, 6])).length === 2 && a + b === 11);

//# assignments: default values
let a, b, c;
[a = 1, b = 2] = [, null];
({ c = 3 } = {});
check(a === 1 && b === null && c === 3);

//# assignments: defaults with computed keys
let a;
const key = "k";
({ [key]: a = 4 } = {});
check(a === 4);

//# assignments: rest elements
let a, rest;
[a, ...rest] = [1, 2, 3];
check(rest.join() === "2,3");

//# assignments: rest to a property
const object = {};
[, ...object.rest] = [1, 2, 3];
check(object.rest.join() === "2,3");

//# assignments: nested
let a, b, c;
({ x: [a, { y: b }], z: c } = { x: [1, { y: 2 }], z: 3 });
check(a + b + c === 6);

//# assignments: the targets are evaluated before their values
const order = [];
const target = { get object() { order.push("target"); return {}; } };
const source = { get a() { order.push("value"); return 1; } };
({ a: target.object.x } = source);
check(order.join() === "target,value");

//# assignments: the target of an element before the step
//needs Symbol Symbol.iterator
const order = [];
const target = () => (order.push("target"), {});
const iterable = { [Symbol.iterator]: () => ({ next: () => (order.push("step"), {}), return: () => ({}) }) };
[target().x] = iterable;
check(order.join() === "target,step");

//# assignments: closing an iterator when a target throws
//needs Symbol Symbol.iterator
let closed = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({}), return() { closed++; return {}; } }) };
const fail = () => { throw 1; };
try { [fail().x] = iterable; } catch {}
check(closed === 1);

//# assignments: targets and default values run between the steps of an iterator
const order = [];
const note = (x, value) => (order.push(x), value);
function* g() { order.push("1"); yield; order.push("2"); yield 5; order.push("3"); yield 7; }
const object = {};
let a;
[note("x", object).x = note("default", 4), note("y", object)[note("key", "y")], a] = g();
check(order.join() === "x,1,default,y,key,2,3" && object.x + object.y + a === 16);

//# assignments: a nested pattern is taken apart before the next step
const order = [];
function* g(name) { for (let i = 0; i < 2; i++) { order.push(name + i); yield i ? name : g(name + i); } }
let a, b;
[[, a], b] = g("g");
check(order.join() === "g0,g00,g01,g1" && a === "g0" && b === "g");

//# assignments: rest into a target with code
const list = [], next = () => list;
[next()[0], ...next()[1]] = (function* () { yield 1; yield 2; yield 3; })();
check(list[0] === 1 && list[1].join() === "2,3");

//# assignments: closing an iterator when a default value throws
let closed = 0, a, thrown;
function* g() { try { yield; } finally { closed++; } }
try { [a = null.x()] = g(); } catch (error) { thrown = error instanceof TypeError; }
check(closed === 1 && thrown);

//# assignments: closing an iterator when a generator is left in a pattern
let closed = 0;
function* source() { try { for (;;) yield; } finally { closed++; } }
function* g() { let x; const z = {}; x = [, z[yield 1]] = source(); const [, a = yield 2] = source(); }
const one = g();
one.next();
one.return();
check(closed === 1);
const two = g();
two.next();
two.next("k");
check(closed === 2);
two.return();
check(closed === 3);

//# parameters: this and arguments between the steps of an iterator
function f([a = this.next(), b = arguments[1](a)]) { return a + b; }
check(f.call({ next: () => 4 }, (function* () {})(), (x) => x * 2) === 12);
const arrows = { m() { return (([a = this.n(), b = arguments.length + [].concat(1).length]) => a + b)([]); }, n: () => 1 };
check(arrows.m(0, 0) === 4);

//# loops: heads with code between the steps of an iterator
const order = [];
const note = (x) => (order.push(x), x);
function* g() { order.push("g"); yield; yield; }
for (const [a = note("a"), b = note("b")] of [g(), [0, 1]]) order.push(a + b);
for (let [c = note("c")] = g(); c; c = "") order.push(c);
check(order.join() === "g,a,b,ab,1,g,c,c");

//# assignments: setters are called in order
const order = [];
const object = { set a(v) { order.push("a" + v); }, set b(v) { order.push("b" + v); } };
({ b: object.b, a: object.a } = { a: 1, b: 2 });
check(order.join() === "b2,a1");

//# assignments: empty patterns
const object = { a: 1 };
check(({} = object) === object && ([] = "ab") === "ab");

//# assignments: constants throw
const a = 1;
let thrown = false;
const assign = new Function("f", "try { f(); } catch (error) { return error instanceof TypeError; }");
check(typeof assign === "function");

//# assignments: in for-of heads
let a, b, text = "";
for ([a, b = "-"] of ["xy", "z"]) text += a + b;
check(text === "xyz-");

//# assignments: in for-in heads
let a, text = "";
for ([a] in { pq: 1 }) text += a;
check(text === "p");

//# parameters: arrays
check((([a, , [b], c]) => a === 5 && b === 6 && c === undefined)([5, null, [6]]));

//# parameters: objects
check((({ c, x: d, e }) => c === 7 && d === 8 && e === undefined)({ c: 7, x: 8 }));

//# parameters: nested
check((([e, { x: f, g }], { h, x: [i] }) => e + f + h + i === 42)([9, { x: 10 }], { h: 11, x: [12] }));

//# parameters: default values
check((({ a = 1, b = 2 } = {}, [c = 3] = []) => a + b + c === 6)());

//# parameters: default values see earlier parameters
check(((a, { b = a } = {}) => b)(5) === 5);

//# parameters: null throws
let thrown = false;
try { (({ a }) => a)(null); } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# parameters: strings
check((([a, b]) => a + b)("xy") === "xy");

//# parameters: in functions with arguments
check((function ({ a }, b) { a = 5; return arguments[0].a === 1 && arguments[1] === b; })({ a: 1 }, 2));

//# parameters: do not count for length after a default
check((function ({ a }, [b] = []) {}).length === 1);

//# parameters: in methods, setters and constructors
class A {
  constructor({ a, b: [c] }) { this.sum = a + c; }
  set value([a, b]) { this.sum = a * b; }
  method({ x }) { return x; }
}
const object = new A({ a: 1, b: [2] });
check(object.sum === 3 && object.method({ x: 6 }) === 6);
object.value = [3, 4];
check(object.sum === 12);

//# parameters: computed keys
const key = "k";
check((({ [key]: value }) => value)({ k: 4 }) === 4);

//# parameters: computed keys see earlier parameters
check(((key, { [key]: value }) => value)("k", { k: 4 }) === 4);

//# parameters: names are bound before the body
check((({ a }) => { var b = a; return b; })({ a: 3 }) === 3);

//# parameters: closures in loops
const f = ([a]) => { const all = []; for (let i = 0; i < 2; i++) all.push(() => a + i); return all[1](); };
check(f([5]) === 6);

//# parameters: an iterator is closed
//needs Symbol Symbol.iterator
let closed = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({}), return() { closed++; return {}; } }) };
(([a]) => a)(iterable);
check(closed === 1);
