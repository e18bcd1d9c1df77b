// Syntax of ECMAScript 2016 to 2021, but async functions.

//# exponentiation: basic
check(2 ** 3 === 8 && -(5 ** 2) === -25 && (-5) ** 2 === 25);

//# exponentiation: assignment
let a = 2;
a **= 3;
check(a === 8);

//# exponentiation: right to left
check(2 ** 3 ** 2 === 512);

//# exponentiation: assignment to members evaluates once
let count = 0;
const object = { x: 3 };
const read = () => (count++, object);
read().x **= 2;
read()["x"] **= 1;
check(object.x === 9 && count === 2);

//# exponentiation: conversions in order
const order = [];
const number = (x) => ({ valueOf: () => (order.push(x), x) });
check(number(2) ** number(3) === 8 && order.join() === "2,3");

//# functions: strict code with simple parameters only
let refused = false;
try { new Function("a = 1", "'use strict';"); } catch (error) { refused = error instanceof SyntaxError; }
check(refused || true);

//# object rest properties
const { a, ...rest } = { a: 1, b: 2, c: 3 };
check(rest.a === undefined && rest.b === 2 && rest.c === 3 && Object.keys(rest).length === 2);

//# object rest properties: computed keys are left out
const key = "b", { [key]: b, ...rest } = { a: 1, b: 2 };
check(b === 2 && Object.keys(rest).join() === "a");

//# object rest properties: numeric keys
const { 1: one, ...rest } = { 1: "a", 2: "b" };
check(one === "a" && rest[2] === "b" && !(1 in rest));

//# object rest properties: own enumerable ones
const base = { inherited: 1 };
function Made() { this.own = 2; }
Made.prototype = base;
const { ...rest } = new Made();
check(Object.keys(rest).join() === "own" && !("inherited" in rest));

//# object rest properties: getters are called
let count = 0;
const { x, ...rest } = { x: 1, get y() { count++; return 5; } };
check(count === 1 && rest.y === 5 && Object.getOwnPropertyDescriptor(rest, "y").value === 5);

//# object rest properties: nested
const { a: { b, ...inner }, ...outer } = { a: { b: 1, c: 2 }, d: 3 };
check(inner.c === 2 && outer.d === 3 && !("a" in outer));

//# object rest properties: parameters
check((({ a, ...rest }) => rest.b)({ a: 1, b: 2 }) === 2);

//# object rest properties: assignments
let a, rest;
const object = {};
({ a, ...rest } = { a: 1, b: 2 });
({ a, ...object.rest } = { a: 1, c: 3 });
check(rest.b === 2 && object.rest.c === 3);

//# object rest properties: for-of
let text = "";
for (const { a, ...rest } of [{ a: 1, b: 2 }, { c: 3 }]) text += Object.keys(rest);
check(text === "bc");

//# object rest properties: catch
let seen;
try { throw { a: 1, b: 2 }; } catch ({ a, ...rest }) { seen = rest.b; }
check(seen === 2);

//# object rest properties: null throws
let thrown = false;
try { const { ...rest } = null; } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# object rest properties: of arrays and strings
const { length, ...rest } = [1, 2];
check(length === 2 && rest[0] === 1 && rest[1] === 2 && !("length" in rest));

//# object spread properties
const spread = { b: 2, c: 3 }, object = { a: 1, ...spread, d: 4 };
check(object !== spread && object.a + object.b + object.c + object.d === 10);

//# object spread properties: later ones win
check({ a: 1, ...{ a: 2 } }.a === 2 && { ...{ a: 2 }, a: 1 }.a === 1);

//# object spread properties: null, undefined and primitives
check(Object.keys({ ...null, ...undefined, ...5, ...true }).length === 0 && { ..."ab" }[1] === "b");

//# object spread properties: getters of the source are called
let count = 0;
const object = { ...{ get x() { count++; return 1; } } };
check(count === 1 && Object.getOwnPropertyDescriptor(object, "x").value === 1);

//# object spread properties: getters of the target stay
const object = { get x() { return this.y; }, ...{ y: 5 } };
check(object.x === 5);

//# object spread properties: setters of the target are not called
let called = 0;
const object = { set x(value) { called++; }, ...{ x: 1 } };
check(called === 0 && object.x === 1);

//# object spread properties: order of evaluation
const order = [];
const note = (x) => (order.push(x), { [x]: 1 });
({ a: note("a"), ...note("b"), c: note("c") });
check(order.join() === "a,b,c");

//# object spread properties: methods, computed keys and accessors beside
const object = { m() { return 1; }, ...{ x: 2 }, ["k"]: 3, get g() { return 4; } };
check(object.m() + object.x + object.k + object.g === 10);

//# object spread properties: symbols
//needs Symbol
const symbol = Symbol(), { ...copy } = { [symbol]: 5 };
check(copy[symbol] === 5 && { ...copy }[symbol] === 5);

//# object spread properties: __proto__ of the source
const object = { ...{ ["__proto__"]: 5 } };
check(Object.keys(object).join() === "__proto__");

//# template literals: revision
const tag = (parts) => parts[0];
check(tag`\u{` === undefined && tag`\x` === undefined && tag`\01` === undefined);

//# regular expressions: s
check(/a.b/s.test("a\nb") && !/a.b/.test("a\nb"));

//# regular expressions: s, and dotAll
//not es5: flags of ECMAScript 5 are those of the lowered expression
check(/a/s.dotAll === true);

//# regular expressions: named groups
const match = /(?<year>\d{4})-(?<day>\d{2})/.exec("2020-12");
check(match.groups.year === "2020" && match.groups.day === "12");

//# regular expressions: named groups, back references
check(/(?<a>.)\k<a>/.test("xx") && !/(?<a>.)\k<a>/.test("xy"));

//# regular expressions: named groups, in replacements
check("2020-12".replace(/(?<y>\d+)-(?<m>\d+)/, "$<m>/$<y>") === "12/2020");

//# regular expressions: named groups, without a match
check(/(?<a>x)|(?<b>y)/.exec("y").groups.a === undefined);

//# regular expressions: property escapes
check(/^\p{Lu}$/u.test("Ä") && !/^\p{Lu}$/u.test("ä") && /^\P{Lu}$/u.test("ä"));

//# regular expressions: property escapes, scripts
check(/^\p{Script=Greek}+$/u.test("αβγ") && !/\p{Script=Greek}/u.test("abc"));

//# regular expressions: property escapes, in classes
check(/^[\p{L}\d]+$/u.test("aÄ1") && !/[^\p{L}]/u.test("aÄ"));

//# optional catch binding
let caught = false;
try { throw 1; } catch { caught = true; }
check(caught);

//# optional catch binding: with finally
let order = "";
try { throw 1; } catch { order += "c"; } finally { order += "f"; }
check(order === "cf");

//# optional catch binding: in generators
//needs Promise
(async () => { try { await Promise.reject(1); } catch { check(true); } })();

//# strings: line separators in literals
check(" ".length === 1 && " ".charCodeAt(0) === 0x2029);

//# optional chaining: properties
const foo = { baz: 42 };
check(foo?.baz === 42 && null?.foo === undefined && undefined?.foo === undefined);

//# optional chaining: elements
const foo = { baz: 42 };
check(foo?.["baz"] === 42 && null?.["foo"] === undefined);

//# optional chaining: calls
const foo = { baz() { return this.value; }, value: 42 };
check(foo.baz?.() === 42 && foo.nothing?.() === undefined && null?.foo() === undefined);

//# optional chaining: calls of functions
const f = () => 3, g = null;
check(f?.() === 3 && g?.() === undefined);

//# optional chaining: this in calls
const a = { b: { c() { return this.x; }, x: 5 } };
check(a?.b?.c() === 5 && a.b?.c?.() === 5 && (a?.b).c() === 5 && (a?.b.c)() === 5);

//# optional chaining: short circuits the whole chain
let count = 0;
const n = null;
check(n?.a.b.c[count++](count++) === undefined && count === 0);

//# optional chaining: parentheses end the chain
let thrown = false;
const n = null;
try { (n?.a).b; } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# optional chaining: evaluates once
let count = 0;
const read = () => (count++, { a: { b: 1 } });
check(read()?.a?.b === 1 && count === 1);

//# optional chaining: delete
const a = { b: 1, c: 2 }, n = null;
check(delete a?.b && !("b" in a) && delete n?.b && delete a?.["c"] && !("c" in a));

//# optional chaining: falsy values that are no null
check(""?.length === 0 && (0)?.toFixed(1) === "0.0" && false?.toString() === "false");

//# optional chaining: with spread
const f = (...all) => all.length;
const o = { f };
check(o?.f(...[1, 2], 3) === 3 && o.g?.(...[1]) === undefined);

//# optional chaining: super
class A { m() { return this.x; } }
class B extends A { x = 4; go() { return super.m?.() + (super.none?.() ?? 1); } }
check(new B().go() === 5);

//# optional chaining: private names
class A { #x = { y: 1 }; static get(o) { return o?.#x?.y; } }
check(A.get(new A()) === 1 && A.get(null) === undefined);

//# optional chaining: template tags are refused
check(typeof null?.x === "undefined");

//# nullish coalescing
check((null ?? 42) === 42 && (undefined ?? 42) === 42 && (false ?? 42) === false && (0 ?? 42) === 0);

//# nullish coalescing: right side only when needed
let count = 0;
1 ?? count++;
check(count === 0 && (null ?? ++count) === 1);

//# nullish coalescing: left side once
let count = 0;
const read = () => (count++, 5);
check((read() ?? 6) === 5 && count === 1);

//# nullish coalescing: chained, and with other operators
check((null ?? undefined ?? 3) === 3 && ((null || undefined) ?? 4) === 4 && (null ?? (1 && 2)) === 2);

//# nullish coalescing: in defaults and conditions
check(((a = null ?? 5) => a)() === 5 && (undefined ?? true ? 1 : 2) === 1);

//# logical assignment: ||=
let a, b = 1;
a ||= 2; b ||= 2;
check(a === 2 && b === 1);

//# logical assignment: ||= short circuits
let a = 1, i = 1;
a ||= ++i;
check(i === 1);

//# logical assignment: ||= does not set when it is true
const object = Object.freeze({ x: 1 });
object.x ||= 2;
check(object.x === 1);

//# logical assignment: &&=
let a = 1, b;
a &&= 2; b &&= 2;
check(a === 2 && b === undefined);

//# logical assignment: &&= short circuits
let a, i = 1;
a &&= ++i;
check(a === undefined && i === 1);

//# logical assignment: ??=
let a, b = 0;
a ??= 2; b ??= 2;
check(a === 2 && b === 0);

//# logical assignment: ??= short circuits
let a = 1, i = 1;
a ??= ++i;
check(a === 1 && i === 1);

//# logical assignment: members evaluate once
let count = 0;
const object = { x: null, y: 1 };
const read = () => (count++, object);
read().x ??= 5; read()["y"] &&= 6;
check(object.x === 5 && object.y === 6 && count === 2);

//# logical assignment: the value
let a = null;
check((a ??= 4) === 4 && (a ||= 5) === 4 && (a &&= 6) === 6);

//# logical assignment: names of functions
//not mujs: functions' names are no own properties there
//not phantomjs: functions' names cannot be configured there
let a;
a ??= () => {};
check(a.name === "a");

//# logical assignment: private and super members
class B { get v() { return this.x; } set v(value) { this.x = value; } }
class A extends B { #p; go() { this.#p ??= 3; super.v ??= 4; this.#p &&= this.#p + 1; return this.#p + super.v; } }
check(new A().go() === 8);

//# numeric separators
check(1_000_000.000_001 === 1000000.000001 && 0b10_10 === 10 && 0xa_b === 0xab && 1e1_0 === 1e10);

//# BigInt: literals
//needs BigInt
check(1n + 2n === BigInt("3") && typeof 1n === "bigint");

//# BigInt: large, hexadecimal, octal and binary literals
//needs BigInt
check(0xffn === 255n && 0b11n === 3n && 0o17n === 15n && 9007199254740993n === BigInt("9007199254740993"));

//# BigInt: arithmetic
//needs BigInt
let a = 5n;
a *= 2n; a++;
check(a === 11n && -a === -11n && a / 2n === 5n && a % 2n === 1n);

//# BigInt: exponentiation
//needs BigInt
let a = 2n;
a **= 3n;
check(2n ** 64n === 18446744073709551616n && a === 8n);

//# BigInt: as a key
const object = { 1n: "one" };
check(object[1] === "one");

//# BigInt: with numeric separators
//needs BigInt
check(1_000n === 1000n);

//# globalThis
check(typeof globalThis === "object" && globalThis.check === check);
