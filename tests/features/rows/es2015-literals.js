// Literals of ECMAScript 2015: objects, templates, numbers, escapes, regular expressions.

//# object literals: shorthand properties
const a = 1, b = 2, c = { a, b };
check(c.a === 1 && c.b === 2);

//# object literals: shorthand methods
check({ y() { return 2; } }.y() === 2);

//# object literals: string keyed methods
check({ "foo bar"() { return 4; } }["foo bar"]() === 4);

//# object literals: numeric methods
check({ 1() { return 5; } }[1]() === 5);

//# object literals: computed properties
const x = "y";
check({ [x]: 1 }.y === 1);

//# object literals: computed methods
const x = "y", object = { [x]() { return 1; } };
check(object.y() === 1);

//# object literals: computed accessors
const x = "y";
let kept;
const object = { get [x]() { return 1; }, set [x](value) { kept = value; } };
object.y = "foo";
check(object.y === 1 && kept === "foo");

//# object literals: accessors beside computed properties
const object = { get a() { return 1; }, ["b"]: 2, set a(value) { this.b = value; } };
object.a = 5;
check(object.a === 1 && object.b === 5);

//# object literals: order of keys
//not mujs: it sorts the keys of objects
const object = { b: 1, ["a"]: 2, c: 3 };
check(Object.keys(object).join() === "b,a,c");

//# object literals: a later property wins
const object = { a: 1, ["a"]: 2 };
check(object.a === 2);

//# object literals: computed keys are converted once
let count = 0;
const key = { toString() { count++; return "k"; } };
check({ [key]: 1 }.k === 1 && count === 1);

//# object literals: computed keys before values
const order = [];
const note = (x) => (order.push(x), x);
({ [note("a")]: note("b"), [note("c")]: note("d") });
check(order.join() === "a,b,c,d");

//# object literals: duplicate keys in strict code
const object = { a: 1, a: 2 };
check(object.a === 2);

//# object literals: keywords as names
const object = { class: 1, get if() { return 2; }, default() { return 3; } };
check(object.class === 1 && object.if === 2 && object.default() === 3);

//# object literals: super in methods
const base = { hello() { return "base " + this.name; } };
const object = { __proto__: base, name: "me", hello() { return super.hello() + "!"; } };
check(object.hello() === "base me!");

//# object literals: super in accessors
const base = { get value() { return this.x; } };
const object = { __proto__: base, x: 4, get value() { return super.value + 1; } };
check(object.value === 5);

//# object literals: __proto__
//not mujs: there is no __proto__
check({ __proto__: [] } instanceof Array && !({ __proto__: null } instanceof Object));

//# object literals: computed __proto__ is a property
const object = { ["__proto__"]: 5 };
check(Object.keys(object).join() === "__proto__" && object instanceof Object);

//# object literals: shorthand __proto__ is a property
const __proto__ = [];
check(!({ __proto__ } instanceof Array));

//# object literals: a method named __proto__ is a property
check(!({ __proto__() {} } instanceof Function));

//# object literals: methods have no prototype
//not mujs duktape phantomjs es5: methods are functions, which construct
check(!("prototype" in { method() {} }.method));

//# template literals: basic
const a = "ba", b = "QUX";
check(`foo bar
${a + "z"} ${b.toLowerCase()}` === "foo bar\nbaz qux");

//# template literals: conversion to a string
const a = { toString: () => "foo", valueOf: () => "bar" };
check(`${a}` === "foo");

//# template literals: conversion in order
const order = [];
const one = { toString: () => (order.push("one"), "1") };
const two = () => (order.push("two"), "2");
check(`${one}${two()}` === "12" && order.join() === "one,two");

//# template literals: nested
const n = 3;
check(`a${`b${n}c`}d` === "ab3cd");

//# template literals: nothing in it
check(`` === "" && typeof `` === "string");

//# template literals: numbers, null and undefined
check(`${1}${null}${undefined}${true}` === "1nullundefinedtrue");

//# template literals: line breaks are normalised
check(`a
b`.length === 3);

//# template literals: escapes
check(`\u0041\x41\n\\\`\${}` === "AA\n\\`${}");

//# template literals: a symbol throws
//needs Symbol
let thrown = false;
try { `${Symbol()}`; } catch (error) { thrown = error instanceof TypeError; }
check(thrown);

//# tagged templates: basic
let called = false;
function fn(parts, a, b) {
  called = true;
  return parts instanceof Array && parts.length === 3 && parts[0] === "foo" &&
    parts[1] === "bar\n" && parts.raw[1] === "bar\\n" && a === 123 && b === 456;
}
check(fn`foo${123}bar\n${456}` && called);

//# tagged templates: raw strings
const raw = (parts) => parts.raw[0];
check(raw`\u0041\n` === "\\u0041\\n");

//# tagged templates: one object for each place
const tag = (parts) => parts;
const place = () => tag`a${0}b`;
check(place() === place() && tag`a${0}b` !== tag`a${0}b`);

//# tagged templates: frozen
const tag = (parts) => parts;
check(Object.isFrozen(tag`a`) && Object.isFrozen(tag`a`.raw));

//# tagged templates: this of a method
const object = { x: 5, tag(parts) { return this.x + parts[0]; } };
check(object.tag`a` === "5a");

//# tagged templates: an element of an array is called with it
const list = [function () { return this === list; }];
check(list[0]`x`);

//# tagged templates: new
class Tagged { constructor() { this.is = true; } }
const tag = () => Tagged;
check(new (tag`x`)().is);

//# tagged templates: chained
const tag = (parts, ...rest) => (more) => parts[0] + more[0];
check(tag`a``b` === "ab");

//# tagged templates: invalid escapes are undefined
const tag = (parts) => parts[0] === undefined && parts.raw[0] === "\\unicode and \\xerxes";
check(tag`\unicode and \xerxes`);

//# numbers: octal
check(0o10 === 8 && 0O10 === 8);

//# numbers: binary
check(0b10 === 2 && 0B10 === 2);

//# numbers: as keys
const object = { 0b11: "three", 0o7: "seven" };
check(object[3] === "three" && object[7] === "seven");

//# numbers: converted from strings by our own parse
check(parseInt("11", 2) === 0b11 && 0b11.toString() === "3");

//# escapes: code points in strings
check("\u{1d306}" === "\ud834\udf06" && "\u{41}" === "A");

//# escapes: code points in names
const \u{61}bc = 1;
check(abc === 1);

//# escapes: code points in keys
const object = { \u{61}: 2 };
check(object["\u{61}"] === 2 && object.\u{61} === 2);

//# escapes: names outside of the first plane
const \u{20BB7} = 3, object = { \u{20BB7}: 4 };
check(\u{20BB7} === 3 && object["\u{20BB7}"] === 4);

//# regular expressions: u, code points
check(/^.$/u.test("\u{20BB7}") && !/^.$/.test("\u{20BB7}"));

//# regular expressions: u, escapes
check(/\u{1d306}/u.test("\u{1d306}"));

//# regular expressions: u, classes
check(/^[\u{1f4a9}-\u{1f4ab}]$/u.test("\u{1f4aa}") && !/^[\u{1f4a9}-\u{1f4ab}]$/u.test("\u{1f4ac}"));

//# regular expressions: u, negated classes
check(/^[^x]$/u.test("\u{1f4a9}"));

//# regular expressions: u, ignoring case
check(/\u{10400}/iu.test("\u{10428}"));

//# regular expressions: y
const sticky = /b/y;
sticky.lastIndex = 1;
check(sticky.exec("abc")[0] === "b" && sticky.exec("abc") === null);

//# regular expressions: lastIndex of g
const global = /a/g;
global.exec("aba");
check(global.lastIndex === 1 && global.exec("aba").index === 2);
