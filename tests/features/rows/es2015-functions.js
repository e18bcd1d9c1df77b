// Functions of ECMAScript 2015: default and rest parameters, arrows, names, new.target.

//# default parameters: basic
check((function (a = 1, b = 2) { return a === 3 && b === 2; })(3));

//# default parameters: undefined takes the default
check((function (a = 1, b = 2) { return a === 1 && b === 3; })(undefined, 3));

//# default parameters: null and 0 do not
check((function (a = 1, b = 2) { return a === null && b === 0; })(null, 0));

//# default parameters: refer to earlier parameters
check((function (a, b = a, c = a + b) { return c; })(5) === 10);

//# default parameters: evaluated at each call
let count = 0;
const next = (value = ++count) => value;
next();
next(9);
check(next() === 2);

//# default parameters: evaluated left to right
const order = [];
const note = (x) => (order.push(x), x);
(function (a = note(1), b = note(2), c = note(3)) {})(undefined, 0);
check(order.join() === "1,3");

//# default parameters: arguments does not see defaults
check((function (a = "baz", b = "qux", c = "quux") {
  a = "corge";
  return arguments.length === 2 && arguments[0] === undefined && arguments[1] === "bar";
})(undefined, "bar"));

//# default parameters: temporal dead zone
let thrown = false;
try {
  (function (a = a) {})();
} catch (error) {
  thrown = error instanceof ReferenceError;
}
check(thrown);

//# default parameters: later parameters are in the temporal dead zone
let thrown = false;
try {
  (function (a = b, b) {})();
} catch (error) {
  thrown = error instanceof ReferenceError;
}
check(thrown);

//# default parameters: a scope of their own
check((function (a = () => typeof b) { var b = 1; return a(); })() === "undefined");

//# default parameters: a variable of the body with the name of a parameter
check((function (a, read = () => a) {
  var a;
  const before = a;
  a = 2;
  return before === 1 && read() === 1 && a === 2;
})(1));

//# default parameters: closures see assignments of parameters
check((function (a, read = () => a) { a = 2; return read(); })(1) === 2);

//# default parameters: length counts those before the first
check((function (a, b = 1, c) {}).length === 1 && (function (a = 1) {}).length === 0);

//# default parameters: errors are thrown by the call
let thrown;
const fail = () => { throw 5; };
try {
  ((a = fail()) => a)();
} catch (error) {
  thrown = error;
}
check(thrown === 5);

//# default parameters: this
const object = { x: 7, method(a = this.x) { return a; } };
check(object.method() === 7);

//# default parameters: in methods and setters
const object = { set value(v = 4) { this.kept = v; } };
object.value = undefined;
check(object.kept === 4);

//# default parameters: with a nested function of the same name in the body
check((function (f = () => 1) {
  const outer = f;
  function f() { return 2; }
  return outer() === 2 && f() === 2;
})());

//# rest parameters: basic
check((function (a, ...rest) {
  return rest instanceof Array && rest.join() === "2,3" && a === 1;
})(1, 2, 3));

//# rest parameters: empty
check((function (a, ...rest) { return rest.length; })() === 0);

//# rest parameters: do not count for length
check((function (a, ...rest) {}).length === 1 && (function (...rest) {}).length === 0);

//# rest parameters: arguments are not mapped
check((function (first, ...rest) {
  first = 5;
  rest[0] = 6;
  return arguments[0] === 1 && arguments[1] === 2;
})(1, 2));

//# rest parameters: a pattern
check((function (...[a, b = 4, ...more]) { return a === 1 && b === 4 && more.length === 0; })(1));

//# rest parameters: an object pattern
check((function (...{ length, 0: first }) { return length === 2 && first === "a"; })("a", "b"));

//# rest parameters: after defaults
check((function (a = 1, ...rest) { return a === 1 && rest.join() === "2"; })(undefined, 2));

//# rest parameters: in arrows
check(((...all) => all.length)(1, 2, 3) === 3);

//# arrow functions: no parameter
check((() => 5)() === 5);

//# arrow functions: one parameter without parentheses
const double = (x) => x * 2, plain = x => x + "bar";
check(double(2) === 4 && plain("foo") === "foobar");

//# arrow functions: several parameters
check(((a, b) => a + b)("x", "y") === "xy");

//# arrow functions: lexical this
const object = { x: "bar", y() { return (z) => this.x + z; } };
const { y } = object, other = object.y;
check(object.y()("baz") === "barbaz");

//# arrow functions: this is not changed by call, apply and bind
const object = { x: "bar", y() { return (z) => this.x + z; } };
const arrow = object.y();
check(arrow.call({ x: 1 }, "") === "bar" && arrow.apply({ x: 1 }, [""]) === "bar");
check(arrow.bind({ x: 1 })("") === "bar");

//# arrow functions: lexical arguments
const outer = function () { return () => arguments[0]; };
check(outer(5)(6) === 5);

//# arrow functions: nested, with this and arguments of the outermost function
const object = {
  x: 1,
  method() { return () => () => [this.x, arguments.length, arguments[1]].join(); },
};
check(object.method("a", "b")()() === "1,2,b");

//# arrow functions: an object as the result
check((() => ({ a: 1 }))().a === 1);

//# arrow functions: lexical super
class Base { qux() { return "quux"; } }
class Derived extends Base { baz() { return () => super.qux(); } }
check(new Derived().baz()() === "quux");

//# arrow functions: super() inside
class Base { constructor(x) { this.x = x; } }
class Derived extends Base { constructor() { const call = () => super(4); call(); } }
check(new Derived().x === 4);

//# arrow functions: lexical new.target
function Made() { return () => new.target === Made; }
check(new Made()() && Made()() === false);

//# arrow functions: this at the top of a module is undefined
check((() => this)() === undefined);

//# arrow functions: line breaks
check(((
  a,
  b,
) =>
  a + b)(1, 2) === 3);

//# arrow functions: precedence of bodies
const choose = (a) => a ? (b) => b : (c) => -c;
check(choose(true)(1) === 1 && choose(false)(1) === -1);

//# arrow functions: have no arguments in a module
check(typeof arguments === "undefined" || true);

//# arrow functions: in default parameters
check((function (a, f = () => this.x + a) { return f(); }).call({ x: 1 }, 2) === 3);

//# arrow functions: in class fields' initialisers see the instance
class A { x = 3; get = () => this.x; }
const { get } = new A();
check(get() === 3);

//# arrow functions: this in parameters of arrows
check((function () { return ((a = this.x) => a)(); }).call({ x: 8 }) === 8);

//# function names: declarations and expressions
//not mujs: functions' names are no own properties there
function foo() {}
check(foo.name === "foo" && (function bar() {}).name === "bar");

//# function names: variables
//not mujs: functions' names are no own properties there
//not phantomjs: functions' names cannot be configured there
const arrow = () => {}, plain = function () {};
let cls = class {};
check(arrow.name === "arrow" && plain.name === "plain" && cls.name === "cls");

//# function names: methods
//not mujs: functions' names are no own properties there
//not phantomjs: functions' names cannot be configured there
const object = { foo() {}, bar: function () {}, baz: () => {}, "qux quux"() {} };
check(object.foo.name === "foo" && object.bar.name === "bar" && object.baz.name === "baz");
check(object["qux quux"].name === "qux quux");

//# function names: shorthand properties keep theirs
//not mujs: functions' names are no own properties there
//not phantomjs: functions' names cannot be configured there
const inner = () => {};
const object = { inner, other: inner };
check(object.inner.name === "inner" && object.other.name === "inner");

//# function names: getters and setters
//not mujs: functions' names are no own properties there
//not phantomjs duktape: functions' names cannot be configured there
const object = { get foo() { return 1; }, set foo(value) {} };
const descriptor = Object.getOwnPropertyDescriptor(object, "foo");
check(descriptor.get.name === "get foo" && descriptor.set.name === "set foo");

//# function names: default values
//not mujs: functions' names are no own properties there
//not phantomjs-minified: functions' names cannot be configured there
const { a = () => {}, b = class {} } = {};
const [c = function () {}] = [];
check(a.name === "a" && b.name === "b" && c.name === "c");

//# function names: default parameters
//not mujs: functions' names are no own properties there
//not phantomjs-minified: functions' names cannot be configured there
check((function (a = () => {}) { return a.name; })() === "a");

//# function names: assignment
//not mujs: functions' names are no own properties there
//not phantomjs: functions' names cannot be configured there
let a, b;
a = () => {};
[b = () => {}] = [];
check(a.name === "a" && b.name === "b");

//# function names: classes
//not mujs phantomjs: functions' names cannot be configured there
class foo {}
class bar { static name() {} }
check(foo.name === "foo" && typeof bar.name === "function");

//# function names: class expressions
//not mujs: functions' names are no own properties there
//not phantomjs: functions' names cannot be configured there
check((class foo {}).name === "foo" && (class bar { static name() {} }).name !== "bar");

//# function names: methods of classes
//not mujs: functions' names are no own properties there
//not phantomjs: functions' names cannot be configured there
class C { foo() {} static bar() {} ["b" + "az"]() {} }
check(C.prototype.foo.name === "foo" && C.bar.name === "bar" && C.prototype.baz.name === "baz");

//# function names: computed keys
//not mujs: functions' names are no own properties there
//not phantomjs duktape: functions' names cannot be configured there
const key = "a" + 1;
const object = { [key]: () => {}, [key + "b"]() {} };
check(object.a1.name === "a1" && object.a1b.name === "a1b");

//# function names: of a parenthesised or other expression there is none
//not mujs: functions' names are no own properties there
const a = (0, function () {});
check(a.name === "");

//# function names: new Function
//not mujs: functions' names are no own properties there
check(typeof new Function().name === "string");

//# new.target: in functions
function f() { return new.target; }
check(f() === undefined && new (function () { this.is = new.target; })().is !== undefined);

//# new.target: in constructors of classes
let seen;
class A { constructor() { seen = new.target; } }
class B extends A {}
new A();
check(seen === A);
new B();
check(seen === B);

//# new.target: a call through another object is no construction
function F() { return new.target === undefined; }
check(F.call({}) === true && ({ F }).F() === true);

//# new.target: an abstract class
class Shape { constructor() { if (new.target === Shape) throw new TypeError("abstract"); } }
class Square extends Shape {}
let thrown = false;
try { new Shape(); } catch (error) { thrown = error instanceof TypeError; }
check(thrown && new Square() instanceof Shape);

//# new.target: in methods it is undefined
class A { method() { return new.target; } get value() { return new.target; } }
check(new A().method() === undefined && new A().value === undefined);

//# new.target: in fields
class A { target = new.target; }
check(new A().target === undefined);

//# new.target: by Reflect.construct
//needs Reflect.construct
function F() { this.is = new.target; }
function G() {}
check(Reflect.construct(F, [], G).is === G);

//# functions: methods do not construct
//not mujs duktape phantomjs es5: methods construct in builds for production
const { method } = { method() {} };
let thrown = false;
try { new method(); } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# functions: length is kept by defaults in arrows
check(((a, b, c = 1) => {}).length === 2);

//# functions: strict mode in modules
check((function () { return this; })() === undefined);

//# functions: trailing commas
function f(a, b,) { return a + b; }
check(f(1, 2,) === 3 && f.length === 2);
