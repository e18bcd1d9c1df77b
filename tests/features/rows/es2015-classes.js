// Classes of ECMAScript 2015: statements, expressions, super, and classes of built-ins.

//# class: statement
class C {}
check(typeof C === "function");

//# class: expression
check(typeof class {} === "function" && typeof class D {} === "function");

//# class: is block scoped
class C { static is() { return 1; } }
const outer = C;
{ class C {} var inner = C; }
check(C === outer && inner !== C);

//# class: the name of an expression is its own
const A = class B { own() { return B; } };
check(new A().own() === A && typeof B === "undefined");

//# class: the name inside is constant
class C { set() { C = 1; } }
let thrown = false;
try { new C().set(); } catch (error) { thrown = error instanceof TypeError; }
check(thrown && typeof C === "function");

//# class: anonymous
check(new (class { x() { return 2; } })().x() === 2);

//# class: constructor
class C { constructor() { this.x = 1; } }
check(C.prototype.constructor === C && new C().x === 1);

//# class: prototype is not writable
class C {}
const descriptor = Object.getOwnPropertyDescriptor(C, "prototype");
check(descriptor.writable === false && !descriptor.enumerable && !descriptor.configurable);

//# class: methods
class C { method() { return 2; } }
check(typeof C.prototype.method === "function" && new C().method() === 2);

//# class: string keyed methods
class C { "foo bar"() { return 2; } }
check(new C()["foo bar"]() === 2);

//# class: computed methods
const name = "method";
class C { [name]() { return 2; } }
check(new C().method() === 2);

//# class: optional semicolons
class C { ; method() { return 2; }; method2() { return 2; } ; }
check(new C().method() === 2 && new C().method2() === 2);

//# class: static methods
class C { static method() { return 3; } }
check(C.method() === 3);

//# class: computed static methods
const name = "method";
class C { static [name]() { return 3; } }
check(C.method() === 3);

//# class: accessors
let kept;
class C { get foo() { return "foo"; } set bar(x) { kept = x; } }
new C().bar = true;
check(new C().foo === "foo" && kept);

//# class: computed accessors
const name = "foo";
let kept;
class C { get [name]() { return "foo"; } set ["b" + "ar"](x) { kept = x; } }
new C().bar = 4;
check(new C().foo === "foo" && kept === 4);

//# class: static accessors
let kept;
class C { static get foo() { return "foo"; } static set foo(x) { kept = x; } }
C.foo = true;
check(C.foo === "foo" && kept);

//# class: a getter and a setter apart
class C { get a() { return this.x; } method() {} set a(v) { this.x = v; } }
const c = new C();
c.a = 3;
check(c.a === 3);

//# class: methods are not enumerable
class C { foo() {} static bar() {} get baz() { return 1; } }
let count = 0;
for (const key in new C()) count++;
for (const key in C) count++;
check(count === 0 && Object.keys(C.prototype).length === 0);

//# class: methods can be overwritten
class C { foo() {} }
C.prototype.foo = 5;
check(new C().foo === 5);

//# class: implicit strict mode
//sloppy
class C { static method() { return this === undefined; } }
check((0, C.method)());

//# class: is not callable
class C {}
let thrown = false;
try { C(); } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# class: extends
class B {}
class C extends B {}
check(new C() instanceof B && B.prototype.isPrototypeOf(C.prototype));

//# class: extends, statics
class B { static hello() { return "hello " + this.label; } }
class C extends B {}
C.label = "C";
check(C.hello() === "hello C");

//# class: extends, statics defined later
//not mujs: statics are copied when the class is made
class B {}
class C extends B {}
B.late = () => 5;
check(C.late() === 5);

//# class: extends, static accessors
class B { static get value() { return this.x; } }
class C extends B {}
C.x = 4;
check(C.value === 4);

//# class: extends, prototype of the constructor
//not mujs: prototypes cannot be set
class B {}
class C extends B {}
check(Object.getPrototypeOf(C) === B);

//# class: extends an expression
let B;
class C extends (B = class {}) {}
check(new C() instanceof B);

//# class: extends a function
function B(x) { this.x = x; }
B.prototype.method = function () { return this.x; };
class C extends B {}
check(new C(5).method() === 5);

//# class: extends null
class C extends null { static is() { return 1; } }
check(C.is() === 1 && Object.getPrototypeOf(C.prototype) === null);

//# class: extends null, new throws
class C extends null {}
let thrown = false;
try { new C(); } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# class: extends something else throws
let count = 0;
try { class C extends 5 {} } catch (error) { count += error instanceof TypeError; }
try { class C extends undefined {} } catch (error) { count += error instanceof TypeError; }
try { class C extends {} {} } catch (error) { count += error instanceof TypeError; }
check(count === 3);

//# class: the heritage is evaluated once, before the members
const order = [];
const note = (x, y) => (order.push(x), y);
class C extends note("heritage", Object) { [note("a", "a")]() {} static [note("b", "b")]() {} }
check(order.join() === "heritage,a,b");

//# class: a default constructor passes its arguments
class B { constructor(...all) { this.all = all; } }
class C extends B {}
check(new C(1, 2, 3).all.join() === "1,2,3");

//# class: constructors may return objects
class B { constructor() { return { x: 4 }; } }
class C extends B { constructor() { super(); this.y = 5; } }
const c = new C();
check(c.x === 4 && c.y === 5 && !(c instanceof C));

//# class: constructors may return objects of their own
const other = {};
class C extends Object { constructor() { super(); return other; } }
check(new C() === other);

//# class: derived constructors must not return other values
class B {}
class C extends B { constructor() { super(); return 1; } }
let thrown = false;
try { new C(); } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# class: base constructors may return other values
class B { constructor() { this.x = 2; return 1; } }
check(new B().x === 2);

//# class: super() twice throws
class B {}
class C extends B { constructor() { super(); super(); } }
let thrown = false;
try { new C(); } catch (error) { thrown = error instanceof ReferenceError; }
check(thrown);

//# class: this before super() throws
class B {}
class C extends B { constructor() { this.x = 1; super(); } }
let thrown = false;
try { new C(); } catch (error) { thrown = error instanceof ReferenceError; }
check(thrown);

//# class: no super() throws
class B {}
class C extends B { constructor() {} }
let thrown = false;
try { new C(); } catch (error) { thrown = error instanceof ReferenceError; }
check(thrown);

//# class: no super() but a result of its own
class B {}
const made = {};
class C extends B { constructor() { return made; } }
check(new C() === made);

//# class: super() in branches
class B { constructor(x) { this.x = x; } }
class C extends B { constructor(y) { if (y) super(1); else { super(2); } this.y = y; } }
check(new C(true).x === 1 && new C(false).x === 2);

//# class: super() in try and in loops
class B { constructor(x) { this.x = x; } }
class C extends B { constructor() { for (;;) { try { super(3); break; } finally { var f = 1; } } this.f = f; } }
check(new C().x === 3 && new C().f === 1);

//# class: super() with evaluated arguments
class B { constructor(...all) { this.all = all; } }
class C extends B { constructor(a) { super(a, ...[2, 3], a); } }
check(new C(1).all.join() === "1,2,3,1");

//# class: the value of super()
class B {}
let value;
class C extends B { constructor() { value = super(); } }
check(new C() === value);

//# class: temporal dead zone
let passed = false;
try { make(); } catch (error) { passed = error instanceof ReferenceError; }
function make() { return new C(); }
class C {}
check(passed);

//# class: static members see the class
class C { static make() { return new C(); } static self = C; }
check(C.make() instanceof C && C.self === C);

//# class: generator methods
class C { *items() { yield 1; yield 2; } static *all() { yield 3; } }
check([...new C().items(), ...C.all()].join() === "1,2,3");

//# class: an iterator method
//needs Symbol Symbol.iterator
class C { *[Symbol.iterator]() { yield* [1, 2]; } }
check([...new C()].join() === "1,2");

//# class: toString of instances
class C { toString() { return "C!"; } }
check(`${new C()}` === "C!" && new C() + "" === "C!");

//# class: methods named like keywords
class C { static static() { return 1; } get() { return 2; } set() { return 3; } async() { return 4; } }
const c = new C();
check(C.static() + c.get() + c.set() + c.async() === 10);

//# class: names of methods that are numbers
class C { 1() { return "one"; } 0b10() { return "two"; } }
check(new C()[1]() + new C()[2]() === "onetwo");

//# class: in expressions and defaults
const f = (A = class { x() { return 1; } }) => new A().x();
check(f() === 1);

//# super: statement in constructors
let passed = false;
class B { constructor(a) { passed = a === "barbaz"; } }
class C extends B { constructor(a) { super("bar" + a); } }
new C("baz");
check(passed);

//# super: expression in constructors
class B { constructor(a) { return ["foo" + a]; } }
class C extends B { constructor(a) { return super("bar" + a); } }
check(new C("baz")[0] === "foobarbaz");

//# super: in methods, property access
class B {}
B.prototype.qux = "foo";
B.prototype.corge = "baz";
class C extends B { quux(a) { return super.qux + a + super["corge"]; } }
C.prototype.qux = "garply";
check(new C().quux("bar") === "foobarbaz");

//# super: in methods, method calls
class B { qux(a) { return "foo" + a; } }
class C extends B { qux(a) { return super.qux("bar" + a); } }
check(new C().qux("baz") === "foobarbaz");

//# super: method calls use this
class B { foo() { return this.x; } }
class C extends B { foo() { return super.foo(); } }
const c = new C();
c.x = 6;
check(c.foo() === 6);

//# super: computed method calls
class B { foo() { return 1 + this.x; } }
class C extends B { x = 1; bar(name) { return super[name](); } }
check(new C().bar("foo") === 2);

//# super: not dynamic
class B { qux() { return "bar"; } }
class C extends B { qux() { return super.qux() + this.corge; } }
const object = { qux: C.prototype.qux, corge: "ley" };
check(object.qux() === "barley");

//# super: in static methods
class B { static make() { return "B" + this.x; } }
class C extends B { static x = 1; static make() { return super.make() + "C"; } }
check(C.make() === "B1C");

//# super: in accessors
class B { get v() { return this.x; } set v(value) { this.x = value; } }
class C extends B { get v() { return super.v + 1; } set v(value) { super.v = value * 2; } }
const c = new C();
c.v = 5;
check(c.v === 11);

//# super: assignment to a property that is no accessor
class B {}
class C extends B { set() { super.x = 4; } }
const c = new C();
c.set();
check(c.x === 4 && !("x" in B.prototype));

//# super: update and compound assignment
class B { get v() { return this.x; } set v(value) { this.x = value; } }
class C extends B { go() { this.x = 1; super.v++; ++super.v; super.v += 4; return [super.v++, super.v].join(); } }
check(new C().go() === "7,8");

//# super: in arrows and defaults
class B { m(x) { return "m" + x; } }
class C extends B { m(x, f = () => super.m(x)) { return f(); } }
check(new C().m(3) === "m3");

//# super: in computed keys of nested objects
class B { name() { return "key"; } }
class C extends B { make() { return { [super.name()]: 1 }; } }
check(new C().make().key === 1);

//# super: in object literals with Object.setPrototypeOf
//needs Object.setPrototypeOf
const base = { hello: () => "base" };
const object = { hello() { return super.hello() + "!"; } };
Object.setPrototypeOf(object, base);
check(object.hello() === "base!");

//# super: deep hierarchies
class A { f() { return "a"; } }
class B extends A { f() { return super.f() + "b"; } }
class C extends B { f() { return super.f() + "c"; } }
check(new C().f() === "abc");

//# super: a method that nobody has
class B {}
class C extends B { f() { return super.nothing; } }
check(new C().f() === undefined);

//# super: delete throws
class B { m() { } }
class C extends B { m() { try { delete super.m; } catch (error) { return error instanceof ReferenceError; } } }
check(new C().m() === true);

//# subclass: Array, length
class List extends Array {}
const list = new List();
list[2] = "foo";
check(list.length === 3);
list.length = 1;
check(list[2] === undefined);

//# subclass: Array, methods of its own
class List extends Array { last() { return this[this.length - 1]; } }
const list = new List();
list.push(1, 2);
check(list.last() === 2 && list.length === 2);

//# subclass: Array, is an array
class List extends Array {}
check(Array.isArray(new List()));

//# subclass: Array, instanceof
class List extends Array {}
check(new List() instanceof List && new List() instanceof Array);

//# subclass: Array, constructor with arguments
class List extends Array { constructor(...all) { super(); this.push(...all); } }
check(new List(1, 2).join() === "1,2");

//# subclass: Array, concat and map
class List extends Array {}
const list = new List();
list.push(1, 2);
check(list.concat([3]).length === 3 && list.map((x) => x + 1).join() === "2,3");

//# subclass: Error
class MyError extends Error { constructor(message) { super(message); this.code = 5; } }
const error = new MyError("hello");
check(error instanceof Error && error.message === "hello" && error.code === 5);

//# subclass: Error, instanceof its own class
class MyError extends Error { hello() { return "hi"; } }
check(new MyError() instanceof MyError && new MyError().hello() === "hi");

//# subclass: Error, its name
class MyError extends Error { get name() { return "MyError"; } }
check(String(new MyError("m")) === "MyError: m");

//# subclass: Error, thrown
class MyError extends TypeError {}
let seen;
try { throw new MyError("x"); } catch (error) { seen = error instanceof MyError && error.message; }
check(seen === "x");

//# subclass: Function
class F extends Function { hello() { return 4; } }
const f = new F("return 5");
check(f() === 5 && f.hello() === 4);

//# subclass: RegExp
class R extends RegExp { hello() { return this.source; } }
const r = new R("ab", "g");
check(r.test("xab") && r.hello() === "ab" && r.global);

//# subclass: Date
class D extends Date { year() { return this.getFullYear(); } }
check(new D(2020, 1, 1).year() === 2020);

//# subclass: Number, String, Boolean
class N extends Number {}
class S extends String { twice() { return this + this; } }
class B extends Boolean {}
check(new N(5) + 1 === 6 && new S("ab").twice() === "abab" && String(new B(true)) === "true");

//# subclass: Object
class O extends Object { constructor() { super(); this.x = 1; } m() { return this.x; } }
check(new O().m() === 1);

//# subclass: Map
//needs Map
class M extends Map { twice(key) { return this.get(key) * 2; } }
const map = new M([["a", 2]]);
check(map.twice("a") === 4 && map instanceof M);

//# subclass: Set
//needs Set
class S extends Set { first() { return this.values().next().value; } }
check(new S([5]).first() === 5);

//# subclass: Promise
//needs Promise
class P extends Promise {}
const promise = new P((resolve) => resolve(5));
check(promise instanceof P);
promise.then((value) => check(value === 5));

//# subclass: of a subclass of Array
class A extends Array { m() { return "A"; } }
class B extends A { m() { return super.m() + "B"; } }
const b = new B();
b.push(1);
check(b.m() === "AB" && b.length === 1);

//# subclass: of a native class that Reflect makes
//needs Map
class Base extends Map { constructor(...all) { super(...all); this.made = true; } }
class Derived extends Base {}
check(new Derived().made && new Derived() instanceof Derived);

//# subclass: mixins
const Named = (Base) => class extends Base { name() { return "n" + super.name(); } };
class A { name() { return "a"; } }
class B extends Named(Named(A)) {}
check(new B().name() === "nna");

//# subclass: the constructor property
class A {}
class B extends A {}
check(new B().constructor === B && new A().constructor === A);

//# subclass: Symbol.species
//needs Symbol Symbol.species
class List extends Array { static get [Symbol.species]() { return Array; } }
const list = new List();
list.push(1);
check(!(list.map((x) => x) instanceof List) && list instanceof Array);

//# subclass: instanceof by Symbol.hasInstance
//needs Symbol Symbol.hasInstance
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0; } }
check(2 instanceof Even && !(1 instanceof Even));
