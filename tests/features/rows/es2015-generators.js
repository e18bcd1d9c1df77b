// Generators of ECMAScript 2015. Those that are only stepped by hand need no Symbol.

//# generators: basic
function* g() { yield 5; yield 6; }
const it = g();
const one = it.next(), two = it.next(), three = it.next();
check(one.value === 5 && one.done === false && two.value === 6 && three.done === true);
check(three.value === undefined);

//# generators: expressions
const g = function* () { yield 5; };
check(g().next().value === 5);

//# generators: shorthand methods
const object = { *g() { yield 5; }, *"h i"() { yield 6; }, *["j"]() { yield 7; } };
check(object.g().next().value + object["h i"]().next().value + object.j().next().value === 18);

//# generators: this
function* g() { yield this.x; yield this.y; }
const it = { g, x: 5, y: 6 }.g();
check(it.next().value === 5 && it.next().value === 6);

//# generators: arguments
function* g() { yield arguments.length; yield arguments[1]; }
const it = g(1, 2);
check(it.next().value === 2 && it.next().value === 2);

//# generators: new throws
function* g() { yield 1; }
let thrown = false;
try { new g(); } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# generators: the prototype
function* g() { yield 1; }
g.prototype.hello = () => 5;
check(g().hello() === 5 && g() instanceof g);
check(g().next().value === 1);

//# generators: the prototype of expressions
const g = function* () { try { yield 1; } finally {} }, h = function* k() { yield* g(); };
h.prototype.hello = () => 5;
check(g() instanceof g && h().hello() === 5 && !(g() instanceof h) && h().next().value === 1);

//# generators: the prototype has no constructor
function* g() {}
g();
check(!Object.prototype.hasOwnProperty.call(g.prototype, "constructor"));

//# generators: another prototype
function* g() { yield 1; }
const next = Object.getPrototypeOf(g.prototype).next || g().next;
g.prototype = { next };
check(g().next().value === 1 && g() instanceof g);
g.prototype = null;
check(g().next().value === 1);

//# generators: yield in with
//sloppy
function* g(object) {
  let last = 0;
  with (object) { yield a; a = yield a + 1; for (let i = 0; i < 2; i++) yield i + b; var b = 9; last = a; }
  with ({ last: 5 }) yield last;
  return last;
}
const object = { a: 1, b: 10 }, it = g(object), seen = [];
seen.push(it.next().value, it.next().value, it.next(7).value, it.next().value, it.next().value);
check(seen.join() === "1,2,10,11,5" && object.a === 7 && object.b === 9 && it.next().value === 7);
let thrown;
try { (function* () { with (null) yield 1; })().next(); } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# generators: sending values
let sent;
function* g() { sent = [yield 5, yield 6]; }
const it = g();
it.next();
it.next("foo");
it.next("bar");
check(sent.join() === "foo,bar");

//# generators: precedence of yield
let result;
function* g() { result = (yield 1) + (yield 2) * 10; }
const it = g();
it.next(); it.next(3); it.next(4);
check(result === 43);

//# generators: yield without a value
function* g() { yield; const x = [yield, yield]; return x.length; }
const it = g();
check(it.next().value === undefined);
it.next(); it.next();
check(it.next().value === 2);

//# generators: return
function* g() { yield 1; return 2; }
const it = g();
it.next();
const last = it.next();
check(last.value === 2 && last.done && it.next().value === undefined);

//# generators: throw()
let caught;
function* g() { try { yield 5; } catch (error) { caught = error; yield 6; } }
const it = g();
it.next();
check(it.throw("foo").value === 6 && caught === "foo" && it.next().done);

//# generators: throw() that nobody catches
function* g() { yield 5; yield 6; }
const it = g();
it.next();
let thrown;
try { it.throw("foo"); } catch (error) { thrown = error; }
check(thrown === "foo" && it.next().done);

//# generators: throw() before the start
let started = false, thrown;
function* g() { started = true; yield 1; }
const it = g();
try { it.throw(4); } catch (error) { thrown = error; }
check(!started && thrown === 4 && it.next().done);

//# generators: return()
let cleaned = 0;
function* g() { try { yield 5; yield 6; } finally { cleaned++; } }
const it = g();
it.next();
const last = it.return("quxquux");
check(last.value === "quxquux" && last.done && cleaned === 1 && it.next().done);

//# generators: return() before the start
let cleaned = 0;
function* g() { try { yield 5; } finally { cleaned++; } }
const it = g(), last = it.return(7);
check(last.value === 7 && last.done && cleaned === 0);

//# generators: return() with a yield in finally
function* g() { try { yield 1; } finally { yield 2; } }
const it = g();
it.next();
const middle = it.return(3);
check(middle.value === 2 && !middle.done);
const last = it.next();
check(last.value === 3 && last.done);

//# generators: return in finally wins
function* g() { try { yield 1; } finally { return 9; } }
const it = g();
it.next();
check(it.return(3).value === 9);

//# generators: errors end them
let thrown;
function* g() { yield 1; throw 5; }
const it = g();
it.next();
try { it.next(); } catch (error) { thrown = error; }
check(thrown === 5 && it.next().done);

//# generators: running ones cannot be resumed
let thrown = false, it;
function* g() { try { it.next(); } catch (error) { thrown = error instanceof TypeError; } yield 1; }
it = g();
it.next();
check(thrown);

//# generators: parameters are evaluated by the call
let count = 0, thrown = false;
function* g(a = count++) { yield a; }
const it = g();
check(count === 1 && it.next().value === 0);
function* h({ a }) { yield a; }
try { h(null); } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# generators: nested try, catch and finally
const order = [];
function* g() {
  try {
    try { order.push(yield 1); throw "a"; } catch (error) { order.push(error); yield 2; throw "b"; }
    finally { order.push("f1"); yield 3; }
  } catch (error) { order.push(error); } finally { order.push("f2"); }
  return "end";
}
const it = g();
it.next(); it.next("x"); it.next(); const last = it.next();
check(order.join() === "x,a,f1,b,f2" && last.value === "end");

//# generators: loops
function* g(n) { for (let i = 0; i < n; i++) { if (i === 1) continue; if (i === 4) break; yield i; } }
const seen = [];
for (let it = g(9), step; !(step = it.next()).done;) seen.push(step.value);
check(seen.join() === "0,2,3");

//# generators: while and do
function* g() { let n = 0; while (n < 2) yield n++; do { yield n; } while (n++ < 3); }
const seen = [];
for (let it = g(), step; !(step = it.next()).done;) seen.push(step.value);
check(seen.join() === "0,1,2,3");

//# generators: for-in
function* g(object) { for (const key in object) yield key; }
const seen = [];
for (let it = g({ a: 1, b: 2 }), step; !(step = it.next()).done;) seen.push(step.value);
check(seen.join() === "a,b");

//# generators: for-of
function* g(list) { for (const [a, b = yield "default"] of list) yield a + b; }
const it = g([["a", "b"], ["c"]]);
check(it.next().value === "ab" && it.next().value === "default" && it.next("d").value === "cd");

//# generators: for-of in one that is returned closes the inner one
//needs Symbol Symbol.iterator
let closed = 0;
const inner = { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return() { closed++; return {}; } }) };
function* g() { for (const item of inner) yield item; }
const it = g();
it.next();
it.return();
check(closed === 1);

//# generators: switch
function* g(x) { switch (x) { case yield "a": return 1; case yield "b": yield "c"; default: return 3; } }
const it = g(5);
check(it.next().value === "a" && it.next(0).value === "b" && it.next(5).value === "c");
check(it.next().value === 3);

//# generators: labels
function* g() { outer: for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; yield i + "" + j; } }
const it = g();
check(it.next().value === "00" && it.next().value === "10" && it.next().done);

//# generators: labelled blocks
function* g() { out: { yield 1; if (yield 2) break out; yield 3; } yield 4; }
const it = g();
it.next(); it.next();
check(it.next(true).value === 4);

//# generators: closures in loops
function* g() { const all = []; for (let i = 0; i < 2; i++) { all.push(() => i); yield i; } return all; }
const it = g();
it.next(); it.next();
check(it.next().value.map((f) => f()).join() === "0,1");

//# generators: conditions and logical operators
function* g() { return (yield 1) ? (yield 2) || (yield 3) : (yield 4) && (yield 5); }
const it = g();
it.next();
check(it.next(true).value === 2 && it.next(0).value === 3 && it.next("end").value === "end");

//# generators: assignment order
const object = { log: [] };
function* g() { object.log.push("start"); object[yield "key"] = yield "value"; }
const it = g();
it.next(); it.next("k"); it.next(5);
check(object.k === 5);

//# generators: the left side is read before the yield
let x = 1;
function* g() { x += yield 1; return x; }
const it = g();
it.next();
x = 100;
check(it.next(1).value === 2);

//# generators: arguments of calls are evaluated in order
const order = [];
const note = (x) => (order.push(x), x);
function* g() { return [note(1), yield note(2), note(3)].join(); }
const it = g();
it.next();
check(it.next("y").value === "1,y,3" && order.join() === "1,2,3");

//# generators: calls of methods keep this
const object = { x: 3, add(a, b) { return this.x + a + b; } };
function* g() { return object.add(yield, yield); }
const it = g();
it.next(); it.next(1);
check(it.next(2).value === 6);

//# generators: new, templates, objects and spread with yield
class P { constructor(...all) { this.all = all; } }
function* g() { return [new P(yield 1, ...[yield 2]).all.join(), `${yield 3}!`, { [yield 4]: yield 5 }.k]; }
const it = g();
it.next(); it.next("a"); it.next("b"); it.next("c"); it.next("k");
check(it.next("v").value.join() === "a,b,c!,v");

//# generators: destructuring with yield
function* g() { const { a = yield 1, [yield 2]: b } = { k: 5 }; return a + b; }
const it = g();
it.next();
it.next(3);
check(it.next("k").value === 8);

//# generators: yield* of an array
function* g() { yield* [1, 2]; yield 3; }
const it = g();
check([it.next(), it.next(), it.next()].map((step) => step.value).join() === "1,2,3");

//# generators: yield* of a generator gives its result
function* inner() { yield 1; return "result"; }
function* outer() { return "got " + (yield* inner()); }
const it = outer();
it.next();
check(it.next().value === "got result");

//# generators: yield* of a string
function* g() { yield* "ab"; }
const it = g();
check(it.next().value + it.next().value === "ab");

//# generators: yield* passes values on
const seen = [];
function* inner() { seen.push(yield 1); seen.push(yield 2); }
function* outer() { yield* inner(); }
const it = outer();
it.next(); it.next("a"); it.next("b");
check(seen.join() === "a,b");

//# generators: yield* passes errors on
let caught;
function* inner() { try { yield 1; } catch (error) { caught = error; yield 2; } }
function* outer() { yield* inner(); }
const it = outer();
it.next();
check(it.throw("e").value === 2 && caught === "e");

//# generators: yield* passes returns on
let cleaned = false;
function* inner() { try { yield 1; } finally { cleaned = true; } }
function* outer() { yield* inner(); }
const it = outer();
it.next();
check(it.return(5).value === 5 && cleaned);

//# generators: yield* of an iterable of ours
//needs Symbol Symbol.iterator
const iterable = { [Symbol.iterator]() { let n = 0; return { next: () => ({ done: n > 1, value: n++ }) }; } };
function* g() { yield* iterable; }
check([...g()].join() === "0,1");

//# generators: yield* without throw closes the iterator
//needs Symbol Symbol.iterator
let closed = 0, thrown = false;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return() { closed++; return {}; } }) };
function* g() { yield* iterable; }
const it = g();
it.next();
try { it.throw(1); } catch (error) { thrown = error instanceof TypeError; }
check(closed === 1 && thrown);

//# generators: the steps of yield* are passed on as they are
//needs Symbol Symbol.iterator
const step = { done: false, value: 1, extra: 5 };
const iterable = { [Symbol.iterator]: () => ({ next: () => step }) };
function* g() { yield* iterable; }
check(g().next() === step);

//# generators: are their own iterators
//needs Symbol Symbol.iterator
function* g() { yield 1; }
const it = g();
check(it[Symbol.iterator]() === it);

//# generators: spread
function* g() { yield 1; yield 2; }
check([...g()].join() === "1,2");

//# generators: to string
//not mujs phantomjs: they have no Symbol.toStringTag
function* g() {}
check(Object.prototype.toString.call(g()) === "[object Generator]");

//# generators: in classes with super
class A { *g() { yield "a"; } }
class B extends A { *g() { yield* super.g(); yield "b"; } }
const it = new B().g();
check(it.next().value + it.next().value === "ab");

//# generators: recursion
function* walk(tree) { if (tree) { yield* walk(tree.left); yield tree.value; yield* walk(tree.right); } }
const seen = [];
for (let it = walk({ value: 2, left: { value: 1 }, right: { value: 3 } }), s; !(s = it.next()).done;) seen.push(s.value);
check(seen.join() === "1,2,3");

//# generators: hoisted functions inside
function* g() { yield inner(); function inner() { return 5; } }
check(g().next().value === 5);

//# generators: names that they assign outside
let total = 0;
function* g() { total += 1; yield; total += 2; }
const it = g();
it.next(); it.next();
check(total === 3);

//# generators: optional chains and ?? with yield
function* g(o) { return o?.a[yield 1] ?? (yield 2); }
const it = g({ a: { k: null } });
it.next();
it.next("k");
check(it.next(7).value === 7 && g(null).next().value === 2);

//# generators: in sloppy code, this of a plain call
//sloppy
function* g() { yield this === undefined; }
check(g().next().value === false);

//# generators: a variable of the name of the generator
function* g() { var g = 5; yield g; }
check(g().next().value === 5);

//# generators: catch parameters
function* g() { const error = "outer"; try { throw "inner"; } catch (error) { yield error; } yield error; }
const it = g();
check(it.next().value === "inner" && it.next().value === "outer");

//# generators: two at once
function* g(n) { let x = n; while (true) x += yield x; }
const a = g(1), b = g(10);
a.next(); b.next();
check(a.next(1).value === 2 && b.next(5).value === 15 && a.next(1).value === 3);
