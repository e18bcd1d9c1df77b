// What the package takes for granted of an engine. fraction.js assigns `BigInt` in strict code if
// there is none, and typed-function redefines the name of functions, which ECMAScript 5 refuses.
if (typeof BigInt === "undefined") window.BigInt = undefined;

const define = Object.defineProperty;
Object.defineProperty = function (object, key, descriptor) {
  const own = typeof object === "function" && key === "name" && Object.getOwnPropertyDescriptor(object, key);
  return own && !own.configurable ? object : define(object, key, descriptor);
};
