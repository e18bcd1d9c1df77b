// Syntax since ECMAScript 2023, decorators, and explicit resource management.

//# regular expressions: v, differences
check(/^[\p{L}--[a-z]]$/v.test("A") && !/^[\p{L}--[a-z]]$/v.test("a"));

//# regular expressions: v, intersections
check(/^[\p{L}&&[a-z]]$/v.test("a") && !/^[\p{L}&&[a-z]]$/v.test("A"));

//# regular expressions: v, strings
check(/^[\q{abc|d}]$/v.test("abc") && /^[\q{abc|d}]$/v.test("d") && !/^[\q{abc|d}]$/v.test("a"));

//# regular expressions: modifiers
//not node: Node 20 has no modifiers
check(/a(?i:b)c/.test("aBc") && !/a(?i:b)c/.test("ABC"));

//# regular expressions: duplicate named groups
//not node: Node 20 has no duplicate names
const match = /(?<y>\d{4})-x|x-(?<y>\d{4})/.exec("x-2020");
check(match.groups.y === "2020");

//# hashbang
//hashbang
check(true);

//# using: disposes at the end of a block
//not node: Node 20 has no using
//needs Symbol Symbol.dispose
const order = [];
{ using a = { [Symbol.dispose]: () => order.push("a") }; order.push("body"); }
check(order.join() === "body,a");

//# using: in reverse order
//not node: Node 20 has no using
//needs Symbol Symbol.dispose
const order = [];
const made = (x) => ({ [Symbol.dispose]: () => order.push(x) });
{ using a = made("a"), b = made("b"); using c = made("c"); }
check(order.join() === "c,b,a");

//# using: null and undefined
//not node: Node 20 has no using
//needs Symbol Symbol.dispose
let ended = false;
{ using a = null, b = undefined; ended = true; }
check(ended);

//# using: after an error
//not node: Node 20 has no using
//needs Symbol Symbol.dispose
let disposed = false, thrown;
try { using a = { [Symbol.dispose]() { disposed = true; } }; throw 1; } catch (error) { thrown = error; }
check(disposed && thrown === 1);

//# using: return and break
//not node: Node 20 has no using
//needs Symbol Symbol.dispose
const order = [];
const made = (x) => ({ [Symbol.dispose]: () => order.push(x) });
const f = () => { using a = made("a"); return "value"; };
for (const x of [1, 2]) { using b = made("b" + x); break; }
check(f() === "value" && order.join() === "b1,a");

//# using: in heads of loops
//not node: Node 20 has no using
//needs Symbol Symbol.dispose
const order = [];
const made = (x) => ({ [Symbol.dispose]: () => order.push(x) });
for (using a of [made(1), made(2)]) order.push("body");
check(order.join() === "body,1,body,2");

//# using: what cannot be disposed throws
//not node: Node 20 has no using
//needs Symbol Symbol.dispose
let thrown = false;
try { using a = {}; } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# using: errors of disposing are collected
//not node: Node 20 has no using
//needs Symbol Symbol.dispose SuppressedError
let seen;
try { using a = { [Symbol.dispose]() { throw "dispose"; } }; throw "body"; } catch (error) { seen = error; }
check(seen.error === "dispose" && seen.suppressed === "body");

//# using: at the top of a module
//not node: Node 20 has no using
//needs Symbol Symbol.dispose
using a = { [Symbol.dispose]() {}, x: 5 };
check(a.x === 5);

//# await using
//not node: Node 20 has no using
//needs Promise Symbol Symbol.dispose Symbol.asyncDispose
const order = [];
(async () => {
  { await using a = { async [Symbol.asyncDispose]() { await null; order.push("a"); } }; order.push("body"); }
  check(order.join() === "body,a");
})();

//# decorators: classes
//not node: Node 20 has no decorators
const mark = (value, { kind, name }) => { value.mark = kind + name; };
@mark class C {}
check(C.mark === "classC");

//# decorators: a class may be replaced
//not node: Node 20 has no decorators
const replace = () => class Other { x = 1; };
@replace class C {}
check(new C().x === 1);

//# decorators: methods
//not node: Node 20 has no decorators
const twice = (method) => function (...all) { return method.call(this, ...all) * 2; };
class C { v = 2; @twice m(x) { return this.v + x; } @twice static s() { return 4; } }
check(new C().m(1) === 6 && C.s() === 8);

//# decorators: fields
//not node: Node 20 has no decorators
const plus = () => (value) => value + 1;
class C { @plus x = 1; @plus static y = 2; }
check(new C().x === 2 && C.y === 3);

//# decorators: accessors
//not node: Node 20 has no decorators
const plus = (get) => function () { return get.call(this) + 1; };
class C { @plus get x() { return 1; } }
check(new C().x === 2);

//# decorators: auto accessors
//not node: Node 20 has no decorators
const logged = ({ get, set }) => ({ get() { return get.call(this) * 2; }, init: (value) => value + 1 });
class C { @logged accessor x = 1; }
const c = new C();
check(c.x === 4);
c.x = 5;
check(c.x === 10);

//# decorators: those of a class come before its heritage, and see the names outside
//not node: Node 20 has no decorators
let order = "";
const K = 1;
const note = (text) => { order += text; return (value) => { order += "!"; }; };
const parent = () => { order += "p"; return class {}; };
const A = @note("d" + K) class K extends parent() { @note("m") [(order += "k", "x")]() {} };
check(order === "d1pmk!!" && A.name !== "K1");

//# decorators: a static private member beside keys that wait
//not node: Node 20 has no decorators
const replace = (value) => class extends value {};
const noted = [];
const note = (text) => () => { noted.push(text); };
function* make() {
  return @replace class Own extends (yield "parent") {
    static #secret = 5;
    @(note(yield "decorator")) [yield "key"]() { return Own.#secret; }
    static read() { return Own.#secret; }
    static value = this === Own && Own.#secret + 1;
    static { var local = 7; this.local = local; }
  };
}
const steps = make();
check(steps.next().value === "parent" && steps.next(Object).value === "decorator" && steps.next("d").value === "key");
const A = steps.next("m").value;
check(new A().m() === 5 && A.read() === 5 && A.value === 6 && A.local === 7 && noted.join() === "d");

//# decorators: auto accessors without decorators
//not node: Node 20 has no decorators
class C { accessor x = 1; static accessor y = 2; }
const c = new C();
c.x++;
check(c.x === 2 && C.y === 2 && !("x" in Object.keys(c)));

//# decorators: order of evaluation
//not node: Node 20 has no decorators
const order = [];
const note = (x) => (order.push(x), () => { order.push("call " + x); });
@note("class") class C { @note("m") m() {} @note("s") static s() {} }
check(order.join() === "class,m,s,call s,call m,call class");

//# decorators: several on one member
//not node: Node 20 has no decorators
const add = (x) => (method) => function () { return method.call(this) + x; };
class C { @add("a") @add("b") m() { return "m"; } }
check(new C().m() === "mba");

//# decorators: addInitializer
//not node: Node 20 has no decorators
const bound = (method, { name, addInitializer }) => { addInitializer(function () { this[name] = this[name].bind(this); }); };
class C { v = 5; @bound m() { return this.v; } }
const { m } = new C();
check(m() === 5);

//# decorators: private members
//not node: Node 20 has no decorators
let seen;
const mark = (method, context) => { seen = context.private + context.name; };
class C { @mark #m() { return 1; } go() { return this.#m(); } }
check(seen === "true#m" && new C().go() === 1);

//# decorators: access of context
//not node: Node 20 has no decorators
let access;
const take = (value, context) => { access = context.access; };
class C { @take x = 4; }
check(access.get(new C()) === 4);

//# decorators: expressions
//not node: Node 20 has no decorators
const all = { of: { kind: (x) => (value) => { value.kind = x; } } };
@all.of.kind("a") class A {}
@(all["of"].kind("b")) class B {}
check(A.kind + B.kind === "ab");

//# decorators: metadata
//not node: Node 20 has no decorators
const meta = (value, { metadata }) => { if (metadata) metadata.x = 1; };
class C { @meta m() {} }
check(true);

//# decorators of TypeScript: classes and members
//not node: Node 20 has no decorators
//typescript
const order = [];
const note = (target, key, descriptor) => { order.push(key ?? "class", typeof descriptor); };
@note class C { @note m() {} @note get x() { return 1; } @note static s() {} @note f = 1; }
check(order.join() === "m,object,x,object,f,undefined,s,object,class,undefined");

//# decorators of TypeScript: parameters
//not node: Node 20 has no decorators
//typescript
const order = [];
const note = (target, key, index) => { order.push(`${String(key)}${index}`); };
class C { constructor(@note a) {} m(@note a, @note b) {} }
check(order.join() === "m1,m0,undefined0");

//# decorators of TypeScript: a replaced method
//not node: Node 20 has no decorators
//typescript
const twice = (target, key, descriptor) => ({ ...descriptor, value() { return descriptor.value.call(this) * 2; } });
class C { @twice m() { return 3; } }
check(new C().m() === 6);

//# decorators of TypeScript: a replaced class
//not node: Node 20 has no decorators
//typescript
const extend = (Base) => class extends Base { extra = 1; };
@extend class C { own = 2; }
const c = new C();
check(c.extra === 1 && c.own === 2);

//# decorators of TypeScript: with static members that use the class
//not node: Node 20 has no decorators
//typescript
const mark = (target) => { target.marked = true; };
@mark class C { static self = () => C; static x = 1; }
check(C.self() === C && C.marked && C.x === 1);
