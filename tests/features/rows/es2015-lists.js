// Spread and for-of of ECMAScript 2015.

//# spread: arrays in calls
check(Math.max(...[1, 2, 3]) === 3);

//# spread: arrays in array literals
check(["a", ...["b", "c"], "d"].join() === "a,b,c,d");

//# spread: holes in calls become undefined
check((function (a, b) { return arguments.length === 2 && a === undefined; })(...[, 1]));

//# spread: holes in array literals become undefined
const result = [...[, 1]];
check(result.length === 2 && "0" in result && result[0] === undefined);

//# spread: strings in calls
check(((a, b) => a + b)(..."xy") === "xy");

//# spread: strings in array literals
check([..."ab"].join() === "a,b");

//# spread: astral characters in calls
check([..."a\u{20BB7}b"].length === 3);

//# spread: arguments
const f = function () { return [...arguments].join(); };
check(f(1, 2) === "1,2");

//# spread: in new
class P { constructor(...all) { this.all = all; } }
check(new P(...[1, 2], 3).all.join() === "1,2,3");

//# spread: new Date
check(new Date(...[2020, 1, 2]).getMonth() === 1);

//# spread: in calls of methods keeps this
const object = { x: 5, method(...all) { return this.x + all.length; } };
check(object.method(...[1, 2]) === 7);

//# spread: in calls of computed methods evaluates once
let count = 0;
const object = { x: 5, method() { return this.x; } };
const read = () => (count++, object);
check(read()["meth" + "od"](...[]) === 5 && count === 1);

//# spread: in super calls
class A { constructor(a, b) { this.sum = a + b; } sum2(a, b) { return a * b; } }
class B extends A {
  constructor(...all) { super(...all); }
  sum2(...all) { return super.sum2(...all) + 1; }
}
check(new B(1, 2).sum === 3 && new B(1, 2).sum2(3, 4) === 13);

//# spread: several
check([...[1], ...[], ...[2, 3]].join() === "1,2,3");

//# spread: a copy
const a = [1], b = [...a];
b.push(2);
check(a.length === 1 && b.length === 2);

//# spread: evaluation order
const order = [];
const note = (x) => (order.push(x), [x]);
[...note(1), order.push("x"), ...note(2)];
check(order.join() === "1,x,2");

//# spread: generators in calls
function* g() { yield 1; yield 2; }
check(Math.max(...g()) === 2);

//# spread: iterables of ours
//needs Symbol Symbol.iterator
const iterable = {
  [Symbol.iterator]() {
    let n = 0;
    return { next: () => ({ done: n > 2, value: n++ }) };
  },
};
check([...iterable].join() === "0,1,2");

//# spread: iterables that inherit their method
//needs Symbol Symbol.iterator
const iterable = { [Symbol.iterator]: () => { let n = 0; return { next: () => ({ done: n++ > 0 }) }; } };
check([...Object.create(iterable)].length === 1);

//# spread: maps
//needs Map
check([...new Map([[1, 2]])][0][1] === 2);

//# spread: sets
//needs Set
check(Math.max(...new Set([1, 5])) === 5);

//# spread: numbers throw
let thrown = false;
try { Math.max(...2); } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# spread: undefined throws
let thrown = false;
try { [...undefined]; } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# spread: an object without iterator throws
let thrown = false;
try { [...{ length: 1 }]; } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# for-of: arrays
let text = "";
for (const item of ["a", "b"]) text += item;
check(text === "ab");

//# for-of: holes
let count = 0;
for (const item of [, ,]) count += item === undefined;
check(count === 2);

//# for-of: strings
let text = "";
for (const item of "foo") text += item + "-";
check(text === "f-o-o-");

//# for-of: astral characters
let count = 0;
for (const item of "\u{20BB7}\u{20BB8}") count++;
check(count === 2);

//# for-of: arguments
check((function () { let sum = 0; for (const each of arguments) sum += each; return sum; })(1, 2) === 3);

//# for-of: an array that grows
const list = [1, 2];
let seen = 0;
for (const item of list) if (seen++ === 0) list.push(3);
check(seen === 3);

//# for-of: an assignment target
const object = {};
for (object.x of [1, 2]);
check(object.x === 2);

//# for-of: a pattern
let sum = 0;
for (const [a, { b }] of [[1, { b: 2 }], [3, { b: 4 }]]) sum += a * b;
check(sum === 14);

//# for-of: a pattern that is assigned
let a, b;
for ({ a, b = 5 } of [{ a: 1 }]);
check(a === 1 && b === 5);

//# for-of: var
for (var last of [1, 2, 3]);
check(last === 3);

//# for-of: closures have their own binding
const all = [];
for (const item of [1, 2]) all.push(() => item);
check(all[0]() === 1 && all[1]() === 2);

//# for-of: closures over var share it
const all = [];
for (var item of [1, 2]) all.push(() => item);
check(all[0]() === 2);

//# for-of: break
let seen = "";
for (const item of [1, 2, 3]) { if (item === 2) break; seen += item; }
check(seen === "1");

//# for-of: continue
let seen = "";
for (const item of [1, 2, 3]) { if (item === 2) continue; seen += item; }
check(seen === "13");

//# for-of: labels
let seen = "";
outer: for (const a of [1, 2]) for (const b of [1, 2]) { if (b === 2) continue outer; seen += a; }
check(seen === "12");

//# for-of: return
check((function () { for (const item of [1, 2]) return item; })() === 1);

//# for-of: break out of a loop with closures
const all = [];
for (const item of [1, 2, 3]) { if (item === 3) break; all.push(() => item); }
check(all.map((f) => f()).join() === "1,2");

//# for-of: return out of a loop with closures
const read = [];
const f = () => { for (const item of [1, 2]) { read.push(() => item); if (item === 2) return item + 5; } };
check(f() === 7 && read[1]() === 2);

//# for-of: let in the body
let sum = 0;
for (const item of [1, 2]) { let half = item / 2; sum += half; }
check(sum === 1.5);

//# for-of: the expression is evaluated once
let count = 0;
for (const item of (count++, [1, 2]));
check(count === 1);

//# for-of: the name of the variable outside of the loop
const item = "outer";
for (const item of [1]);
check(item === "outer");

//# for-of: the expression does not see the variable
let thrown = false;
try { for (const x of [x]); } catch (error) { thrown = error instanceof ReferenceError; }
check(thrown);

//# for-of: generators
let sum = 0;
function* g() { yield 1; yield 2; }
for (const item of g()) sum += item;
check(sum === 3);

//# for-of: iterables of ours
//needs Symbol Symbol.iterator
let text = "";
const iterable = { [Symbol.iterator]() { let n = 0; return { next: () => ({ done: n > 1, value: n++ }) }; } };
for (const item of iterable) text += item;
check(text === "01");

//# for-of: maps
//needs Map
let sum = 0;
for (const [key, value] of new Map([[1, 2], [3, 4]])) sum += key * value;
check(sum === 14);

//# for-of: break closes the iterator
//needs Symbol Symbol.iterator
let closed = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({ done: false }), return() { closed++; return {}; } }) };
for (const item of iterable) break;
check(closed === 1);

//# for-of: throw closes the iterator
//needs Symbol Symbol.iterator
let closed = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({ done: false }), return() { closed++; return {}; } }) };
try { for (const item of iterable) throw 1; } catch {}
check(closed === 1);

//# for-of: return closes the iterator
//needs Symbol Symbol.iterator
let closed = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({ done: false }), return() { closed++; return {}; } }) };
(() => { for (const item of iterable) return 1; })();
check(closed === 1);

//# for-of: an outer continue closes the iterator
//needs Symbol Symbol.iterator
let closed = 0, turns = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({ done: false }), return() { closed++; return {}; } }) };
outer: while (turns++ < 2) for (const item of iterable) continue outer;
check(closed === 2);

//# for-of: an error of the iterator does not close it
//needs Symbol Symbol.iterator
let closed = 0, thrown;
const iterable = { [Symbol.iterator]: () => ({ next() { throw 4; }, return() { closed++; return {}; } }) };
try { for (const item of iterable); } catch (error) { thrown = error; }
check(closed === 0 && thrown === 4);

//# for-of: an error of closing does not hide the first
//needs Symbol Symbol.iterator
let thrown;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({}), return() { throw "second"; } }) };
try { for (const item of iterable) throw "first"; } catch (error) { thrown = error; }
check(thrown === "first");

//# for-of: closing must give an object
//needs Symbol Symbol.iterator
let thrown = false;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({}), return: () => 1 }) };
try { for (const item of iterable) break; } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# for-of: what does not iterate throws
let thrown = false;
try { for (const item of 5); } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# for-of: a class of Array
class List extends Array {}
const list = new List();
list.push(1, 2);
let sum = 0;
for (const item of list) sum += item;
check(sum === 3);

//# for-in: closures have their own binding
const all = [];
for (const key in { a: 1, b: 1 }) all.push(() => key);
check(all.map((f) => f()).join() === "a,b");

//# for-in: a pattern
let text = "";
for (const [first, second = "-"] in { ab: 1, c: 1 }) text += second;
check(text === "b-");
