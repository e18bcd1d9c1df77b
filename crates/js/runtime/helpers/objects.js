// The helpers that lowered code calls. The files of this folder are one module: they are joined in
// the order of `source` in ../../src/runtime.rs. The name of each export is the name that the
// lowering gives the helper, without its leading underscore, and the arguments are the lowering's.
// The file ships in every bundle that needs a part of it, so:
//
// - everything except `export` is ECMAScript 5, and works in strict and sloppy code;
// - top-level statements have no effects, so that each helper is left out where no code calls it;
// - nothing newer than ECMAScript 5 is needed at load, and as little as the semantics allow when
//   called. Without settable prototypes (Internet Explorer 9 and 10) statics are copied, and a
//   hidden own property `__proto__` of the subclass remembers its parent.
//
// This file: objects and keys.

function own(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}

function is_object(value) {
  return value === Object(value);
}

// The key of a well-known method. If there is no `Symbol`, the string that polyfills and this
// runtime agree on.
function well_known(name) {
  return (typeof Symbol === "function" && Symbol[name]) || "@@" + name;
}

// As `well_known`, for symbols so young that libraries register them themselves.
function young_symbol(name) {
  if (typeof Symbol !== "function") throw new TypeError("Symbol." + name + " is not defined: this page needs a polyfill for it");
  return Symbol[name] || Symbol["for"]("Symbol." + name);
}

export function define_value(object, key, value, is_enumerable) {
  return Object.defineProperty(object, key, { value: value, enumerable: is_enumerable, writable: true, configurable: true });
}

function own_keys(object) {
  var keys;
  if (typeof Reflect === "object" && Reflect.ownKeys) return Reflect.ownKeys(object);
  keys = Object.getOwnPropertyNames(object);
  return Object.getOwnPropertySymbols ? keys.concat(Object.getOwnPropertySymbols(object)) : keys;
}

// In ES5 engines `name` and `length` of functions are fixed: a class with such a static keeps
// working without it.
function define(target, key, descriptor) {
  try {
    Object.defineProperty(target, key, descriptor);
  } catch (error) {
    if (typeof target !== "function" || (key !== "name" && key !== "length")) throw error;
  }
}

export function to_primitive(value, hint) {
  var exotic, order, i, method, result;
  if (!is_object(value) || type_of(value) === "symbol") return value;
  exotic = value[well_known("toPrimitive")];
  if (exotic !== undefined && exotic !== null) {
    result = exotic.call(value, hint || "default");
    if (!is_object(result)) return result;
    throw new TypeError("Cannot convert object to primitive value");
  }
  order = hint === "string" ? ["toString", "valueOf"] : ["valueOf", "toString"];
  for (i = 0; i < 2; i++) {
    method = value[order[i]];
    if (typeof method === "function") {
      result = method.call(value);
      if (!is_object(result)) return result;
    }
  }
  throw new TypeError("Cannot convert object to primitive value");
}

export function to_property_key(value) {
  var key = to_primitive(value, "string");
  return type_of(key) === "symbol" ? key : String(key);
}

export function type_of(value) {
  var type = typeof value;
  // A polyfilled symbol is an object whose constructor is `Symbol`.
  return type === "object" && value && typeof Symbol === "function" && typeof Symbol.iterator === "object" &&
    value.constructor === Symbol && value !== Symbol.prototype ? "symbol" : type;
}

function instanceof_(value, target) {
  var method = is_object(target) && typeof Symbol === "function" && Symbol.hasInstance && target[Symbol.hasInstance];
  return method ? !!method.call(target, value) : value instanceof target;
}

// `object` is new, or an instance of a class. Assigning is faster than defining.
export function define_property(object, key, value) {
  "use strict";
  // The engine converts a key that is an object once; looking it up and assigning would do so
  // twice.
  if (is_object(key) || key in object) define_value(object, key, value, true);
  else object[key] = value;
  return object;
}

// A static field whose key is, or may be, "name" or "length".
export function define_static(constructor, key, value) {
  define(constructor, key, { value: value, enumerable: true, configurable: true, writable: true });
}

function copy_properties(target, source, excluded) {
  var keys, i, key;
  if (source === null || source === undefined) return target;
  source = Object(source);
  keys = own_keys(source);
  for (i = 0; i < keys.length; i++) {
    key = keys[i];
    if ((!excluded || excluded.indexOf(key) < 0) && Object.prototype.propertyIsEnumerable.call(source, key)) {
      define_property(target, key, source[key]);
    }
  }
  return target;
}

export function object_spread(target) {
  for (var i = 1; i < arguments.length; i++) copy_properties(target, arguments[i]);
  return target;
}

// Adds the properties of a literal. A setter joins the getter of the same key, and the other way.
export function object_spread_props(target, source) {
  var keys = own_keys(source);
  var i, descriptor;
  for (i = 0; i < keys.length; i++) {
    descriptor = Object.getOwnPropertyDescriptor(source, keys[i]);
    if (!descriptor.set) delete descriptor.set;
    if (!descriptor.get) delete descriptor.get;
    Object.defineProperty(target, keys[i], descriptor);
  }
  return target;
}

// `{ get [key]() {} }`: `kind` is "get" or "set".
export function define_accessor(object, kind, key, method) {
  var descriptor = { enumerable: true, configurable: true };
  descriptor[kind] = method;
  return Object.defineProperty(object, key, descriptor);
}

// `{ ...a, __proto__: value }`: a value that is neither an object nor `null` is ignored.
export function set_literal_prototype(object, value) {
  if ((value === null || is_object(value)) && !set_prototype_of(object, value)) object.__proto__ = value;
  return object;
}

function extends_(target) {
  var i, source, keys, k;
  if (Object.assign) return Object.assign.apply(Object, arguments);
  for (i = 1; i < arguments.length; i++) {
    source = arguments[i];
    keys = source === null || source === undefined ? [] : own_keys(Object(source));
    for (k = 0; k < keys.length; k++) {
      if (Object.prototype.propertyIsEnumerable.call(source, keys[k])) target[keys[k]] = source[keys[k]];
    }
  }
  return target;
}

export function object_destructuring_empty(value) {
  if (value === null || value === undefined) throw new TypeError("Cannot destructure " + value);
  return value;
}

export function object_without_properties(source, excluded) {
  return copy_properties({}, object_destructuring_empty(source), excluded.map(to_property_key));
}

export function object_without_properties_loose(source, excluded) {
  return object_without_properties(source, excluded);
}

export function identity(value) {
  return value;
}

// `super` in async functions: a function that returns an object whose `value` reads or writes a
// member.
export function super_access(get, set) {
  return function (key) {
    return Object.defineProperty({}, "value", {
      get: function () {
        return get(key);
      },
      set: function (value) {
        set(key, value);
      }
    });
  };
}
