// Bindings of ECMAScript 2015: let, const, functions in blocks.

//# const: basic
const foo = 123;
check(foo === 123);

//# const: block scoped
const bar = 123;
{ const bar = 456; }
check(bar === 123);

//# const: in loops
let scopes = "";
for (const x in { a: 1 }) scopes += x;
for (const y of ["b"]) scopes += y;
check(scopes === "ab");

//# const: a binding for each turn of for-in
const all = [];
for (const key in { a: 1, b: 1 }) all.push(() => key);
check(all[0]() === "a" && all[1]() === "b");

//# const: a binding for each turn of for-of
const all = [];
for (const item of ["a", "b"]) all.push(() => item);
check(all[0]() === "a" && all[1]() === "b");

//# const: in a head of for
let sum = 0;
for (const n = 5; sum < n;) sum++;
check(sum === 5);

//# const: temporal dead zone
let passed = false;
try { read(); } catch (error) { passed = error instanceof ReferenceError; }
function read() { return late; }
const late = 1;
check(passed && read() === 1);

//# const: assignment throws
//sloppy
const foo = 1;
let thrown = false;
try { (function () { eval("0"); })(); foo === 1; } catch (error) { thrown = true; }
check(!thrown);

//# let: basic
let foo = 123;
foo++;
check(foo === 124);

//# let: block scoped
let bar = 123;
{ let bar = 456; }
check(bar === 123);

//# let: shadowing a parameter
check((function (a) { { let a = 2; } return a; })(1) === 1);

//# let: shadowing in nested blocks
let a = 1;
{ let a = 2; { let a = 3; check(a === 3); } check(a === 2); }
check(a === 1);

//# let: without an initialiser in a loop starts undefined
let text = "";
for (let i = 0; i < 2; i++) { let x; text += x; x = i; }
check(text === "undefinedundefined");

//# let: in for heads
let baz = 1;
for (let baz = 0; false;) {}
check(baz === 1);

//# let: a binding for each turn
const all = [];
for (let i = 0; i < 3; i++) all.push(() => i);
check(all.map((f) => f()).join() === "0,1,2");

//# let: a binding for each turn of a loop that changes it
const all = [];
for (let i = 0; i < 6; i++) { all.push(() => i); i += 1; }
check(all.map((f) => f()).join() === "1,3,5");

//# let: closures that assign
const all = [];
for (let i = 0; i < 2; i++) all.push([() => i, () => i++]);
all[0][1]();
check(all[0][0]() === 1 && all[1][0]() === 1);

//# let: closures in the head
const all = [];
for (let i = 0, read = () => i; i < 2; i++) all.push(read);
check(all[1]() === 0);

//# let: closures in the update
const all = [];
for (let i = 0; i < 2; all.push(() => i), i++);
check(all.map((f) => f()).join() === "1,2");

//# let: closures in a while loop
const all = [];
let n = 0;
while (n < 2) { const kept = n++; all.push(() => kept); }
check(all.map((f) => f()).join() === "0,1");

//# let: closures in a do loop
const all = [];
let n = 0;
do { const kept = n; all.push(() => kept); } while (++n < 2);
check(all.map((f) => f()).join() === "0,1");

//# let: closures with break, continue and return
const f = (stop) => {
  const all = [];
  for (let i = 0; i < 9; i++) {
    if (i % 2) continue;
    if (i > stop) break;
    all.push(() => i);
    if (i === 6) return "early" + all.length;
  }
  return all.map((g) => g()).join();
};
check(f(4) === "0,2,4" && f(9) === "early4");

//# let: closures with labels
const all = [];
outer: for (let i = 0; i < 3; i++) {
  for (let j = 0; j < 3; j++) {
    if (j === 1) continue outer;
    if (i === 2) break outer;
    all.push(() => i + "" + j);
  }
}
check(all.map((f) => f()).join() === "00,10");

//# let: closures that use this and arguments
const f = function () {
  const all = [];
  for (let i = 0; i < 2; i++) all.push(() => this.x + i + arguments[0]);
  return all[1]();
};
check(f.call({ x: 10 }, 100) === 111);

//# let: var inside of a loop with closures
const all = [];
for (let i = 0; i < 2; i++) { var last = i; all.push(() => i + last); }
check(last === 1 && all[0]() === 1);

//# let: functions inside of a loop with closures
const all = [];
for (let i = 0; i < 2; i++) { function read() { return i; } all.push(read); }
check(all.map((f) => f()).join() === "0,1");

//# let: temporal dead zone
let passed = false;
try { read(); } catch (error) { passed = error instanceof ReferenceError; }
function read() { return late; }
let late = 1;
check(passed && read() === 1);

//# let: temporal dead zone of typeof
let passed = false;
{
  const read = () => typeof late;
  try { read(); } catch (error) { passed = error instanceof ReferenceError; }
  let late = 1;
}
check(passed);

//# let: temporal dead zone in switch
let passed = false;
switch (1) {
  case 0: let x = 1;
  case 1: try { (() => x)(); } catch (error) { passed = error instanceof ReferenceError; }
}
check(passed);

//# let: in switch
const f = (n) => { switch (n) { case 1: let x = 5; return x; default: x = 7; return x; } };
check(f(1) === 5);

//# let: names of a function's variables and of blocks
var x = 1;
{ let x = 2; { var y = x; } }
check(x === 1 && y === 2);

//# let: a name that a global has
let Object = 5;
check(Object === 5);

//# let: undefined after a declaration without value
let x;
check(x === undefined);

//# let: assignment in the temporal dead zone throws
let passed = false;
try { write(); } catch (error) { passed = error instanceof ReferenceError; }
function write() { late = 2; }
let late = 1;
check(passed && late === 1);

//# let: catch parameters and blocks
let e = 1;
try { throw 2; } catch (e) { let f = e; check(f === 2); }
check(e === 1);

//# let: name of a class in a loop
const all = [];
for (let i = 0; i < 2; i++) { class A { static n = i; } all.push(A); }
check(all[0] !== all[1] && all[0].n === 0 && all[1].n === 1);

//# functions in blocks: block scoped in modules
function f() { return 1; }
{ function f() { return 2; } }
check(f() === 1);

//# functions in blocks: hoisted in their block
{
  check(f() === 2);
  function f() { return 2; }
}

//# functions in blocks: not visible outside in modules
{ function inner() {} }
check(typeof inner === "undefined");

//# functions in blocks: in sloppy code they are variables too
//sloppy
{ function inner() { return 5; } }
check(inner() === 5);

//# functions in blocks: in sloppy code, beside let of the same name
//sloppy
let inner = 1;
{ function inner() { return 5; } }
check(inner === 1);

//# functions in blocks: in a sloppy if
//sloppy
if (true) function inner() { return 5; }
check(inner() === 5);

//# functions in blocks: in a sloppy if beside let
//sloppy
let inner = 1;
if (true) function inner() {}
check(inner === 1);

//# functions in blocks: labelled, in sloppy code
//sloppy
label: function f() { return 3; }
check(f() === 3);

//# functions in blocks: undefined before their block, in sloppy code
//sloppy
check(inner === undefined);
{ function inner() {} }
check(typeof inner === "function");

//# sloppy code: this is the global object
//sloppy
check((function () { return this; })() !== undefined);

//# sloppy code: arguments are mapped
//not mujs: arguments are not mapped there
//sloppy
check((function (a) { a = 5; return arguments[0]; })(1) === 5);

//# sloppy code: arguments are not mapped with a default
//sloppy
check((function (a, b = 1) { a = 5; return arguments[0]; })(1) === 1);

//# sloppy code: names of ours as variables
//sloppy
let exports = 1, module = 2, require = 3;
check(exports + module + require === 6);

//# sloppy code: let as a name
//sloppy
var let_ = 1, yield_ = 2;
var yield = 5;
check(yield + let_ + yield_ === 8);

//# statements: labels and blocks
let text = "";
out: { text += "a"; if (text) break out; text += "b"; }
check(text === "a");

//# statements: switch with blocks
const f = (x) => { switch (x) { case 1: { const y = 2; return y; } default: { const y = 3; return y; } } };
check(f(1) === 2 && f(0) === 3);

//# statements: try, catch and finally in loops with closures
const all = [];
for (let i = 0; i < 3; i++) {
  try { if (i === 1) continue; all.push(() => i); } finally { all.push(() => "f" + i); }
}
check(all.map((f) => f()).join() === "0,f0,f1,2,f2");
