// What lowering is easily wrong about: the order of conversions and checks, iterators that nobody
// asks for elements, and names.

//# order: computed keys of literals are converted before their values
let order = "";
const key = (name) => ({ toString() { order += "k" + name; return name; } });
const value = (name) => { order += "v" + name; return name; };
const object = { a: value(0), [key(1)]: value(1), [key(2)]: value(2), b: value(3) };
check(order === "v0k1v1k2v2v3");
check(Object.keys(object).join() === "1,2,a,b" || object[1] === 1);

//# order: computed keys of methods and accessors in literals
let order = "";
const key = (name) => ({ toString() { order += name; return name; } });
const object = { [key("a")]() { return 1; }, get [key("b")]() { return 2; }, set [key("b")](value) {}, [key("c")]: order += "v" };
check(order === "abbcv");
check(object.a() === 1);
check(object.b === 2);

//# order: computed keys of classes are converted one by one
let order = "";
const key = (name) => ({ toString() { order += name; return name; } });
const next = (name) => { order += "(" + name + ")"; return key(name); };
class A { [next("a")]() {} [next("b")]() {} static [next("c")]() {} }
check(order === "(a)a(b)b(c)c");

//# order: computed keys of patterns are converted once
let count = 0;
const key = { toString() { count++; return "a"; } };
const { [key]: a = 2 } = {};
check(a === 2 && count === 1);
const { [key]: b, ...rest } = { a: 1, c: 3 };
check(b === 1 && count === 2);
check(rest.a === undefined && rest.c === 3);

//# order: targets of patterns before their values
let order = "";
const target = () => { order += "t"; return {}; };
const source = { get a() { order += "g"; return undefined; } };
({ a: target().x = (order += "d", 1) } = source);
check(order === "tgd");

//# order: keys of targets of patterns before their values
let order = "";
const target = {};
const source = { get a() { order += "g"; return 1; } };
({ a: target[(order += "k", "x")] } = source);
check(order === "kg");
check(target.x === 1);

//# order: the value is calculated before a private member is looked for
let order = "";
class A { #x = 1; static set(object) { object.#x = (order += "v"); } static add(object) { object.#x += (order += "w"); } }
try { A.set({}); } catch (error) { order += error instanceof TypeError; }
try { A.add({}); } catch (error) { order += error instanceof TypeError; }
check(order === "vtruetrue");

//# iterators: an empty pattern opens and closes an iterator
//needs Symbol Symbol.iterator
let order = "";
const iterable = { [Symbol.iterator]() { order += "o"; return { next() { order += "n"; return {}; }, return() { order += "c"; return {}; } }; } };
const [] = iterable;
check(order === "oc");
let list;
list = [] = iterable;
check(order === "ococ" && list === iterable);

//# iterators: an empty pattern throws for what is not iterable
let count = 0;
for (const value of [undefined, null]) {
  try { const [] = value; } catch (error) { count += error instanceof TypeError; }
  try { [] = value; } catch (error) { count += error instanceof TypeError; }
  try { ((([]) => {})(value)); } catch (error) { count += error instanceof TypeError; }
  try { try { throw value; } catch ([]) {} } catch (error) { count += error instanceof TypeError; }
}
check(count === 8);

//# iterators: holes take values
//needs Symbol Symbol.iterator
let order = "";
const iterable = { [Symbol.iterator]() { return { next() { order += "n"; return {}; }, return() { order += "c"; return {}; } }; } };
const [,] = iterable;
check(order === "nc");
[, ,] = iterable;
check(order === "ncnnc");

//# iterators: an empty pattern in a rest element exhausts its iterator
let taken = 0;
function* values() { taken = 1; yield 1; taken = 2; yield 2; taken = 3; }
const [...[]] = values();
check(taken === 3);
taken = 0;
[...[]] = values();
check(taken === 3);

//# class: extends a primitive throws
let count = 0;
for (const parent of [1, "a", undefined, {}]) {
  try { class A extends parent {} } catch (error) { count += error instanceof TypeError; }
}
try { (class extends 1 {}); } catch (error) { count += error instanceof TypeError; }
try { class B extends 1 {} } catch (error) { count += error instanceof TypeError; }
check(count === 6);

//# class: extends a function without a prototype throws
let count = 0;
function F() {}
F.prototype = 3;
try { class A extends F {} } catch (error) { count += error instanceof TypeError; }
F.prototype = undefined;
try { class B extends F {} } catch (error) { count += error instanceof TypeError; }
F.prototype = null;
class C extends F {}
check(count === 2);

//# class: super in default values of the constructor
class A { get x() { return 3; } constructor(value) { this.value = value; } }
class B extends A { constructor(value = super(5), other = super.x, third = this) { this.other = other; this.third = third; } }
const made = new B();
check(made.value === 5);
check(made.other === 3);
check(made.third === made);
class C extends A { constructor(call = () => super(6)) { call(); } }
check(new C().value === 6);

//# class: this in default values before super()
class A {}
class B extends A { constructor(value = this) { super(); } }
let caught;
try { new B(); } catch (error) { caught = error; }
check(caught instanceof ReferenceError);

//# new.target: a function that asks for it stays anonymous
//not es5-minified: minified functions have other names
const name = (function () { return new.target; }).name;
check(name === "" || name === undefined);

//# catch: its variable in a loop with yield is one for each turn
const functions = [];
function* generator() {
  for (let i = 0; i < 3; i++) {
    try { throw i; } catch (error) { yield error; functions.push(() => error); }
  }
}
for (const _ of generator());
check(functions.map((each) => each()).join() === "0,1,2");

//# catch: its pattern in a loop is one for each turn
const functions = [];
for (let i = 0; i < 3; i++) {
  try { throw { error: i, other: [i] }; } catch ({ error, other: [other] }) { functions.push(() => error + other); }
}
check(functions.map((each) => each()).join() === "0,2,4");

//# functions in blocks: a branch of a sloppy if beside let
//sloppy
let f = 1;
if (true) function f() { return 2; }
check(f === 1);
function g() { let h = 1; if (true) function h() {} return h; }
check(g() === 1);

//# loops behind a throw declare nothing
let a = 0;
function run(flag) {
  if (flag) { throw 1; for (a of [1]); for (a in {}); }
  a = 5;
}
run(false);
check(a === 5);

//# regular expressions: names of groups beyond ASCII
const found = /(?<ñ>a)(?<b>b)/.exec("ab");
check(found.groups.ñ === "a");
check(found.groups.b === "b");

//# class: super() in async arrow functions
//needs Promise
class A { constructor(value) { this.value = value; } }
class B extends A {
  constructor(value) {
    const start = async (text) => { super(text); this.text = text; return this.value; };
    start(value);
  }
}
const made = new B("a");
check(made.value === "a");
check(made.text === "a");

//# order: fields have their values before parameters are taken apart
let order = "";
class A {
  a = (order += "f");
  #b = (order += "g");
  constructor({ c }, d = (order += "d", this.a), ...[e]) { this.c = c; this.d = d; this.e = e; }
}
const made = new A({ get c() { order += "c"; return 1; } }, undefined, 3);
check(order === "fgcd");
check(made.c === 1 && made.d === "f" && made.e === 3);
check(A.length === 1);

//# order: a class that is called throws before its parameters are evaluated
let order = "";
class A { constructor(a = (order += "a")) {} }
try { A(); } catch (error) { order += error instanceof TypeError; }
check(order === "true");

//# switch: the default in front of a case that it falls into
let order = "";
switch (5) { default: case 1: order += "a"; case 6: }
check(order === "a");

//# class: rest of an object in a parameter of the constructor
class A { constructor({ a, ...rest }, ...[{ b, ...others }]) { this.all = [a, rest.c, b, others.d]; } }
check(new A({ a: 1, c: 2 }, { b: 3, d: 4 }).all.join() === "1,2,3,4");

//# class: a static block where there are no private members
let order = "";
const make = () => { class A { static { order += typeof this; } } return A; };
make();
check(order === "function");

//# generators: rest of an object in a parameter is taken at the call
let order = "";
function* generator({ a, ...rest }, b = (order += "b"), { ...c } = { d: 4 }) { yield rest.x; yield c.d; }
const running = generator({ a: 1, x: 2 });
check(order === "b");
check(running.next().value === 2);
check(running.next().value === 4);
check(generator.length === 1);
let caught;
try { generator(null); } catch (error) { caught = error; }
check(caught instanceof TypeError);

//# super: delete evaluates its key and throws
let order = "";
class A { m() { delete super[(order += "k")]; } }
try { new A().m(); } catch (error) { order += error instanceof ReferenceError; }
check(order === "ktrue");
