// What stays a global: lowering changes syntax only, and the metafile names what is missing.

//# Map: basic
//needs Map
const map = new Map([["a", 1]]);
check(map.get("a") === 1 && map.size === 1);

//# Set: basic
//needs Set
check(new Set([1, 1]).size === 1);

//# WeakMap: basic
//needs WeakMap
const key = {}, map = new WeakMap();
map.set(key, 1);
check(map.get(key) === 1);

//# WeakSet: basic
//needs WeakSet
const key = {}, set = new WeakSet();
set.add(key);
check(set.has(key));

//# WeakRef: basic
//needs WeakRef
const key = {};
check(new WeakRef(key).deref() === key);

//# Proxy: get
//needs Proxy
check(new Proxy({}, { get: () => 5 }).x === 5);

//# Reflect: ownKeys
//needs Reflect.ownKeys
check(Reflect.ownKeys({ a: 1 }).join() === "a");

//# Promise: all
//needs Promise
Promise.all([1, 2]).then((all) => check(all.join() === "1,2"));

//# Symbol: basic
//needs Symbol
const symbol = Symbol("x"), object = { [symbol]: 1 };
check(object[symbol] === 1 && Object.keys(object).length === 0);

//# Symbol: typeof
//needs Symbol
check(typeof Symbol() === "symbol");

//# Symbol: toPrimitive in templates
//needs Symbol Symbol.toPrimitive
const object = { [Symbol.toPrimitive]: (hint) => hint };
check(`${object}` === "string");

//# Object.assign
//needs Object.assign
check(Object.assign({}, { a: 1 }).a === 1);

//# Object.entries
//needs Object.entries
check(Object.entries({ a: 1 })[0].join() === "a,1");

//# Object.fromEntries
//needs Object.fromEntries
check(Object.fromEntries([["a", 1]]).a === 1);

//# Array.from
//needs Array.from
check(Array.from({ length: 2 }).length === 2);

//# Array.of
//needs Array.of
check(Array.of(7).length === 1);

//# Number.isInteger
//needs Number.isInteger
check(Number.isInteger(5));

//# Math.trunc
//needs Math.trunc
check(Math.trunc(1.5) === 1);

//# String.fromCodePoint
//needs String.fromCodePoint
check(String.fromCodePoint(0x41) === "A");

//# String.raw
//needs String.raw
check(String.raw`\n${1}` === "\\n1");

//# methods: includes
//needs Array.prototype.includes
check([1, 2].includes(2));

//# methods: padStart
//needs String.prototype.padStart
check("a".padStart(2) === " a");

//# methods: flat
//needs Array.prototype.flat
check([[1]].flat().length === 1);

//# methods: at
//methods at
const list = [1, 2];
check(list.at(-1) === 2);

//# methods: find
//methods find
const list = [1, 2];
check(list.find((x) => x > 1) === 2);

//# typed arrays
//needs Uint8Array
check(new Uint8Array(2).length === 2);

//# structuredClone, only where it is
const copy = typeof structuredClone === "function" ? structuredClone({ a: 1 }) : { a: 1 };
check(copy.a === 1);

//# globals that are checked first
const has = typeof Map === "function" && new Map().size === 0;
check(has || typeof Map === "undefined");
