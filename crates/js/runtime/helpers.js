// What lowered code calls. The name of each export is the name that the lowering gives the helper, without its leading
// underscore, and the arguments are the lowering's. The file ships in every bundle that needs a part of it, so:
//
// - everything but `export` is ECMAScript 5, and works in strict and sloppy code;
// - top-level statements have no effects, so that each helper is left out where nobody calls it;
// - nothing newer than ECMAScript 5 is needed at load, and as little as the semantics allow when called. Without
//   settable prototypes (Internet Explorer 9 and 10) statics are copied, and a hidden own property `__proto__` of the
//   subclass remembers its parent.

// ---- objects and keys

function own(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}

function is_object(value) {
  return value === Object(value);
}

// The key of a well-known method; where there is no `Symbol`, the string that polyfills and we agree on.
function well_known(name) {
  return (typeof Symbol === "function" && Symbol[name]) || "@@" + name;
}

// As `well_known`, for symbols so young that libraries register them themselves.
function young_symbol(name) {
  if (typeof Symbol !== "function") throw new TypeError("Symbol." + name + " is not defined: this page needs a polyfill for it");
  return Symbol[name] || Symbol["for"]("Symbol." + name);
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { value: value, writable: true, configurable: true });
}

function own_keys(object) {
  var keys = Object.getOwnPropertyNames(object);
  return Object.getOwnPropertySymbols ? keys.concat(Object.getOwnPropertySymbols(object)) : keys;
}

// In ES5 engines `name` and `length` of functions are fixed: a class with such a static keeps working without it.
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

export function define_property(object, key, value) {
  "use strict";
  key = to_property_key(key);
  if (key in object) define(object, key, { value: value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
  return object;
}

export function define_enumerable_properties(object, descriptors) {
  var keys = own_keys(descriptors);
  var i, descriptor;
  for (i = 0; i < keys.length; i++) {
    descriptor = descriptors[keys[i]];
    descriptor.configurable = descriptor.enumerable = true;
    if ("value" in descriptor) descriptor.writable = true;
    Object.defineProperty(object, keys[i], descriptor);
  }
  return object;
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

export function object_spread_props(target, source) {
  var keys, i;
  if (source === null || source === undefined) return target;
  keys = own_keys(source);
  for (i = 0; i < keys.length; i++) Object.defineProperty(target, keys[i], Object.getOwnPropertyDescriptor(source, keys[i]));
  return target;
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

// ---- iteration

function not_iterable(value) {
  return new TypeError((typeof value === "string" ? '"' + value + '"' : value === null ? "null" : typeof value) + " is not iterable");
}

function iterator_of(value) {
  var method, iterator;
  if (value === null || value === undefined) throw not_iterable(value);
  method = value[well_known("iterator")];
  if (method === null || method === undefined) return array_iterator(array_like(value));
  if (typeof method !== "function") throw not_iterable(value);
  iterator = method.call(value);
  if (!is_object(iterator)) throw new TypeError("Result of the Symbol.iterator method is not an object");
  return iterator;
}

function array_iterator(list) {
  var next = 0;
  return {
    next: function () {
      return next < list.length ? { value: list[next++], done: false } : { value: undefined, done: true };
    }
  };
}

// What is iterable by the language's rules although it has no iterator method in this engine.
function array_like(value) {
  var result = [];
  var kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === "String") return String(value).match(/[\ud800-\udbff][\udc00-\udfff]|[^]/g) || result;
  if (kind === "Map" || kind === "Set") {
    value.forEach(function (item, key) {
      result.push(kind === "Map" ? [key, item] : item);
    });
    return result;
  }
  if (kind === "Arguments" || /^(Uint|Int|Float|Big)[^ ]*Array$/.test(kind) ||
      (well_known("iterator") === "@@iterator" && typeof value.length === "number" && typeof value !== "function")) {
    return value;
  }
  throw not_iterable(value);
}

// True if iterating the value gives its elements by index: then no iterator has to be made.
function is_plain_array(value) {
  return Array.isArray(value) && (value[well_known("iterator")] || [].values) === [].values;
}

function dense_copy(list) {
  var copy = new Array(list.length);
  for (var i = 0; i < list.length; i++) copy[i] = list[i];
  return copy;
}

function step_result(result) {
  if (!is_object(result)) throw new TypeError("Iterator result " + String(result) + " is not an object");
  return result;
}

function close_iterator(iterator) {
  var method = iterator["return"];
  if (method !== undefined && method !== null) step_result(method.call(iterator));
}

function take(value, limit) {
  var iterator = iterator_of(value);
  var next = iterator.next;
  var taken = [];
  var result;
  while (taken.length !== limit) {
    result = step_result(next.call(iterator));
    if (result.done) return taken;
    taken.push(result.value);
  }
  close_iterator(iterator);
  return taken;
}

export function sliced_to_array(value, count) {
  return is_plain_array(value) ? value : take(value, count);
}

export function to_array(value) {
  return is_plain_array(value) ? dense_copy(value) : take(value, -1);
}

export function to_consumable_array(value) {
  return to_array(value);
}

export function create_for_of_iterator_helper_loose(value) {
  var iterator = is_plain_array(value) ? array_iterator(value) : iterator_of(value);
  var next = iterator.next;
  return function () {
    return step_result(next.call(iterator));
  };
}

export function ts_values(value) {
  return iterator_of(value);
}

// ---- classes

export function class_call_check(instance, constructor) {
  // The second test is for classes that have a `Symbol.hasInstance` of their own.
  if (!(instance instanceof constructor) && !Object.prototype.isPrototypeOf.call(constructor.prototype, instance)) {
    throw new TypeError("Class constructor " + (constructor.name || "") + " cannot be invoked without 'new'");
  }
}

function define_members(target, members) {
  for (var i = 0; i < members.length; i++) {
    var member = members[i];
    member.configurable = true;
    member.enumerable = member.enumerable || false;
    if ("value" in member) member.writable = true;
    define(target, to_property_key(member.key), member);
  }
}

export function create_class(constructor, members, statics) {
  if (members) define_members(constructor.prototype, members);
  if (statics) define_members(constructor, statics);
  Object.defineProperty(constructor, "prototype", { writable: false });
  return constructor;
}

function has_settable_prototypes() {
  return Object.setPrototypeOf || { __proto__: [] } instanceof Array;
}

export function set_prototype_of(object, prototype) {
  if (Object.setPrototypeOf) Object.setPrototypeOf(object, prototype);
  else object.__proto__ = prototype;
  return object;
}

export function get_prototype_of(object) {
  return has_settable_prototypes() || !own(object, "__proto__") ? Object.getPrototypeOf(object) : object.__proto__;
}

export function inherits(constructor, parent) {
  var prototype = null;
  if (parent !== null) {
    if (typeof parent !== "function") throw new TypeError("Class extends value " + String(parent) + " is not a constructor or null");
    prototype = parent.prototype;
    if (prototype !== null && !is_object(prototype)) {
      throw new TypeError("Class extends value does not have valid prototype property " + String(prototype));
    }
  }
  constructor.prototype = Object.create(prototype, { constructor: { value: constructor, writable: true, configurable: true } });
  Object.defineProperty(constructor, "prototype", { writable: false });
  if (parent === null) return;
  if (has_settable_prototypes()) set_prototype_of(constructor, parent);
  else inherit_by_copy(constructor, parent);
}

function inherit_by_copy(constructor, parent) {
  var keys = own_keys(parent);
  for (var i = 0; i < keys.length; i++) {
    if (!own(constructor, keys[i]) && !/^(arguments|caller|__proto__)$/.test(keys[i])) {
      Object.defineProperty(constructor, keys[i], Object.getOwnPropertyDescriptor(parent, keys[i]));
    }
  }
  hide(constructor, "__proto__", parent);
}

export function assert_this_initialized(self) {
  if (self === undefined) {
    throw new ReferenceError("Must call super constructor in derived class before accessing 'this' or returning from derived constructor");
  }
  return self;
}

export function possible_constructor_return(self, returned) {
  if (is_object(returned)) return returned;
  if (returned !== undefined) throw new TypeError("Derived constructors may only return object or undefined");
  return assert_this_initialized(self);
}

var reflect_constructs;

// A polyfill of `Reflect.construct` can't make native objects with another prototype; only the real one counts.
function has_reflect_construct() {
  if (reflect_constructs === undefined) {
    try {
      Boolean.prototype.valueOf.call(Reflect.construct(Boolean, [], function () {}));
      reflect_constructs = true;
    } catch (error) {
      reflect_constructs = false;
    }
  }
  return reflect_constructs;
}

export function construct(constructor, args, new_target) {
  var instance;
  if (has_reflect_construct()) return Reflect.construct(constructor, args, new_target || constructor);
  instance = new (Function.prototype.bind.apply(constructor, [null].concat(to_array(args))))();
  return new_target ? adopt(instance, new_target.prototype) : instance;
}

// Makes an instance of a native class one of a subclass.
function adopt(instance, prototype) {
  var level = prototype;
  if (has_settable_prototypes()) return set_prototype_of(instance, prototype);
  for (; level && !(Object.prototype.isPrototypeOf.call(level, instance)); level = Object.getPrototypeOf(level)) {
    own_keys(level).forEach(function (key) {
      if (!own(instance, key)) Object.defineProperty(instance, key, Object.getOwnPropertyDescriptor(level, key));
    });
  }
  return instance;
}

// The class that `new` was called on, known by its prototype: `constructor` may have been replaced.
function new_target_of(instance) {
  var prototype = Object.getPrototypeOf(instance);
  var target = prototype.constructor;
  if (typeof target === "function" && target.prototype === prototype) return target;
  target = function () {};
  target.prototype = prototype;
  return target;
}

function is_native(constructor) {
  return Function.prototype.toString.call(constructor).indexOf("[native code]") >= 0;
}

export function call_super(self, derived, args) {
  var parent = get_prototype_of(derived);
  var returned;
  args = args || [];
  returned = has_reflect_construct() || is_native(parent)
    ? construct(parent, args, new_target_of(self))
    : parent.apply(self, args);
  return is_object(returned) ? returned : self;
}

// Where `Reflect.construct` is real, `call_super` needs no help. Elsewhere the native class is called through a
// function that can be inherited from.
export function wrap_native_super(parent) {
  if (typeof parent !== "function" || has_reflect_construct() || !is_native(parent)) return parent;
  function Wrapper() {
    var instance;
    if (has_settable_prototypes() || !(parent === Error || parent.prototype instanceof Error)) {
      return construct(parent, arguments, new_target_of(this));
    }
    // Errors are worth more as instances of their class than as objects with the engine's own mark.
    instance = construct(parent, arguments);
    hide(this, "message", instance.message);
    if (instance.stack) hide(this, "stack", instance.stack);
  }
  inherits(Wrapper, parent);
  return Wrapper;
}

function holder_of(object, key) {
  while (object && !own(object, key)) object = get_prototype_of(object);
  return object && Object.getOwnPropertyDescriptor(object, key);
}

export function get(target, key, receiver) {
  var descriptor;
  if (typeof Reflect === "object" && Reflect.get) return Reflect.get(target, key, receiver === undefined ? target : receiver);
  descriptor = holder_of(target, key);
  if (!descriptor) return undefined;
  return "value" in descriptor ? descriptor.value : descriptor.get && descriptor.get.call(receiver === undefined ? target : receiver);
}

function set_on(target, key, value, receiver) {
  var descriptor;
  if (typeof Reflect === "object" && Reflect.set) return Reflect.set(target, key, value, receiver);
  descriptor = holder_of(target, key);
  if (descriptor && !("value" in descriptor)) {
    if (!descriptor.set) return false;
    descriptor.set.call(receiver, value);
    return true;
  }
  if (descriptor && !descriptor.writable) return false;
  descriptor = Object.getOwnPropertyDescriptor(receiver, key);
  if (!descriptor) define_property(receiver, key, value);
  else if (!descriptor.writable) return false;
  else Object.defineProperty(receiver, key, { value: value });
  return true;
}

export function set(target, key, value, receiver, is_strict) {
  key = to_property_key(key);
  if (!set_on(target, key, value, receiver === undefined ? target : receiver) && is_strict) {
    throw new TypeError("Cannot assign to read only property '" + String(key) + "' of object");
  }
  return value;
}

export function update(target, key, receiver, is_strict) {
  key = to_property_key(key);
  return {
    get _() {
      return get(target, key, receiver);
    },
    set _(value) {
      set(target, key, value, receiver, is_strict);
    }
  };
}

// ---- private members: a descriptor `{ value, writable }` or `{ get, set }` per instance in a WeakMap

function not_a_member() {
  return new TypeError("Cannot access a private member of an object whose class did not declare it");
}

function add_private(instance, collection) {
  if (collection.has(instance)) throw new TypeError("Cannot initialize a private member twice on the same object");
}

function descriptor_of(receiver, map) {
  if (!map.has(receiver)) throw not_a_member();
  return map.get(receiver);
}

function read_descriptor(receiver, descriptor) {
  if ("value" in descriptor) return descriptor.value;
  if (!descriptor.get) throw new TypeError("The private member was defined without a getter");
  return descriptor.get.call(receiver);
}

function write_descriptor(receiver, descriptor, value) {
  if (descriptor.set) descriptor.set.call(receiver, value);
  else if (descriptor.writable) descriptor.value = value;
  else throw new TypeError("The private member is read-only or was defined without a setter");
  return value;
}

// An object whose `value` is the member: for `++`, and as a target of destructuring.
function reference_to(receiver, descriptor) {
  return {
    get value() {
      return read_descriptor(receiver, descriptor);
    },
    set value(value) {
      write_descriptor(receiver, descriptor, value);
    }
  };
}

export function class_private_field_init(instance, map, descriptor) {
  add_private(instance, map);
  map.set(instance, descriptor);
}

export function class_private_field_get(receiver, map) {
  return read_descriptor(receiver, descriptor_of(receiver, map));
}

export function class_private_field_set(receiver, map, value) {
  return write_descriptor(receiver, descriptor_of(receiver, map), value);
}

export function class_private_field_update(receiver, map) {
  return reference_to(receiver, descriptor_of(receiver, map));
}

// The check comes with the assignment, not before: earlier targets of the pattern are assigned first.
export function class_private_field_destructure(receiver, map) {
  return {
    set value(value) {
      class_private_field_set(receiver, map, value);
    }
  };
}

export function class_private_method_init(instance, set) {
  add_private(instance, set);
  set.add(instance);
}

export function class_private_method_get(receiver, set, method) {
  if (!set.has(receiver)) throw not_a_member();
  return method;
}

export function class_private_method_set() {
  throw new TypeError("Private method is not writable");
}

export function class_private_field_loose_base(receiver, key) {
  if (!own(receiver, key)) throw not_a_member();
  return receiver;
}

var loose_keys = 0;

export function class_private_field_loose_key(name) {
  return "__private_" + loose_keys++ + "_" + name;
}

function check_static(receiver, constructor, descriptor) {
  if (receiver !== constructor) throw not_a_member();
  // The initialiser has not run yet.
  if (descriptor === undefined) throw new TypeError("Cannot access a private static field before its initialization");
}

export function class_static_private_field_spec_get(receiver, constructor, descriptor) {
  check_static(receiver, constructor, descriptor);
  return read_descriptor(receiver, descriptor);
}

export function class_static_private_field_spec_set(receiver, constructor, descriptor, value) {
  check_static(receiver, constructor, descriptor);
  return write_descriptor(receiver, descriptor, value);
}

export function class_static_private_field_update(receiver, constructor, descriptor) {
  check_static(receiver, constructor, descriptor);
  return reference_to(receiver, descriptor);
}

export function class_static_private_field_destructure(receiver, constructor, descriptor) {
  return class_static_private_field_update(receiver, constructor, descriptor);
}

export function class_static_private_method_get(receiver, constructor, method) {
  if (receiver !== constructor) throw not_a_member();
  return method;
}

// ---- errors that lowered code throws

export function class_name_tdz_error(name) {
  throw new ReferenceError("Cannot access '" + name + "' before initialization");
}

export function read_only_error(name) {
  throw new TypeError("Assignment to constant variable '" + name + "'");
}

export function write_only_error(name) {
  throw new TypeError("'" + name + "' was defined without a getter");
}

function throw_(error) {
  throw error;
}

// ---- templates and regular expressions

export function tagged_template_literal(cooked, raw) {
  return Object.freeze(Object.defineProperty(cooked, "raw", { value: Object.freeze(raw || cooked.slice(0)) }));
}

export function tagged_template_literal_loose(cooked, raw) {
  cooked.raw = raw || cooked.slice(0);
  return cooked;
}

// A regular expression that knows its groups by name: `groups` maps a name to an index, or to several of which at
// most one takes part in a match. `source` is what was written; the expression itself has no names.
export function wrap_reg_exp(expression, groups, source) {
  var replace = well_known("replace");
  var native_source = Object.getOwnPropertyDescriptor(RegExp.prototype, "source");

  function Named(pattern, flags) {
    var has_names = pattern instanceof Named && (flags === undefined || pattern.flags === flags || Object(pattern) === pattern);
    var made = has_names ? new RegExp(plain_source(pattern), flags === undefined ? flags_of(pattern) : flags) : new RegExp(pattern, flags);
    return has_names ? set_prototype_of(made, Named.prototype) : made;
  }

  function plain_source() {
    return expression.source;
  }

  function flags_of(pattern) {
    return String(pattern).match(/[a-z]*$/)[0];
  }

  function named(result) {
    var found = Object.create(null);
    Object.keys(groups).forEach(function (name) {
      var candidates = [].concat(groups[name]);
      var taking_part = candidates.filter(function (index) {
        return result[index] !== undefined;
      });
      found[name] = result[taking_part.length ? taking_part[0] : candidates[0]];
    });
    return found;
  }

  function numbered(replacement) {
    return replacement.replace(/\$\$|\$<([^>]*)>/g, function (whole, name) {
      if (name === undefined) return whole;
      return own(groups, name) ? "$" + [].concat(groups[name]).join("$") : "";
    });
  }

  if (!has_settable_prototypes()) return expression;
  Named.prototype = Object.create(RegExp.prototype, { constructor: { value: Named, writable: true, configurable: true } });
  set_prototype_of(Named, RegExp);
  hide(Named.prototype, "exec", function (text) {
    var result = RegExp.prototype.exec.call(this, text);
    if (result) {
      result.groups = named(result);
      if (result.indices) result.indices.groups = named(result.indices);
    }
    return result;
  });
  if (native_source && native_source.get) {
    Object.defineProperty(Named.prototype, "source", {
      configurable: true,
      get: function () {
        return source === undefined ? native_source.get.call(this) : source;
      }
    });
  }
  if (RegExp.prototype[replace]) {
    hide(Named.prototype, replace, function (text, replacement) {
      if (typeof replacement === "string") replacement = numbered(replacement);
      return RegExp.prototype[replace].call(this, text, replacement);
    });
  }
  return set_prototype_of(new RegExp(expression.source, flags_of(expression)), Named.prototype);
}

// ---- generators: the protocol of TypeScript's state machines
//
// `body(state)` runs until it returns an instruction: 2 return, 3 break to a label, 4 yield, 5 yield*, 7 end of a
// finally block; 6 is a thrown error. What resumes it is 0 next, 1 throw, 2 return. An entry of `trys` holds the
// labels [try, catch, finally, end]; `ops` the instructions that wait for finally blocks to end.

var generator_methods;

export function ts_generator(this_arg, body) {
  var generator = Object.create(generator_methods || (generator_methods = make_generator_methods()));
  hide(generator, "@@resume", state_machine(this_arg, body));
  return generator;
}

function make_generator_methods() {
  var methods = Object.create(typeof Iterator === "function" && Iterator.prototype ? Iterator.prototype : Object.prototype);
  function resume(generator, code, value) {
    if (!is_object(generator) || !generator["@@resume"]) throw new TypeError("A generator's method was called on " + String(generator));
    return generator["@@resume"](code, value);
  }
  hide(methods, "next", function next(value) {
    return resume(this, 0, value);
  });
  hide(methods, "throw", function (error) {
    return resume(this, 1, error);
  });
  hide(methods, "return", function (value) {
    return resume(this, 2, value);
  });
  hide(methods, well_known("iterator"), function () {
    return this;
  });
  if (well_known("toStringTag") !== "@@toStringTag") {
    Object.defineProperty(methods, Symbol.toStringTag, { value: "Generator", configurable: true });
  }
  return methods;
}

function state_machine(this_arg, body) {
  var received, delegate, delegate_next;
  var status = 0; // 0 not started, 1 suspended, 2 running, 3 finished
  var state = {
    label: 0,
    trys: [],
    ops: [],
    sent: function () {
      if (received[0] === 1) throw received[1];
      return received[1];
    }
  };

  // Passes a resumption on to the iterator of `yield*`. Gives its result while it goes on; then, `delegate` being
  // unset, the instruction that goes on with the body.
  function ask_delegate(code, value) {
    var iterator = delegate;
    var method = code === 0 ? delegate_next : iterator[code === 1 ? "throw" : "return"];
    var result;
    if (method === undefined || method === null) {
      delegate = undefined;
      if (code === 2) return [2, value];
      close_iterator(iterator);
      throw new TypeError("The iterator does not provide a 'throw' method");
    }
    result = step_result(method.call(iterator, value));
    if (!result.done) return result;
    delegate = undefined;
    return [code === 2 ? 2 : 0, result.value];
  }

  // Finds where an abrupt completion goes. True: `state.label` says where the body goes on.
  function unwind(instruction) {
    var code = instruction[0];
    var region = state.trys[state.trys.length - 1];
    if (!region) {
      if (code !== 3) return false;
      state.label = instruction[1];
      return true;
    }
    if (code === 3 && instruction[1] > region[0] && instruction[1] < region[3]) {
      state.label = instruction[1];
      return true;
    }
    if (code === 6 && state.label < region[1]) {
      state.label = region[1];
      received = instruction;
      return true;
    }
    if (state.label < region[2]) {
      state.label = region[2];
      state.ops.push(instruction);
      return true;
    }
    // The completion began inside the finally block: it replaces the one that waits for its end.
    if (region[2]) state.ops.pop();
    state.trys.pop();
    return unwind(instruction);
  }

  // Carries out instructions until the body has something to say to the caller: an iterator result.
  function run(instruction) {
    var result;
    for (;;) {
      try {
        if (delegate) {
          result = ask_delegate(instruction[0], instruction[1]);
          if (delegate) return result;
          instruction = result;
        }
        if (instruction[0] < 2) received = instruction;
        else if (instruction[0] === 4) {
          state.label++;
          return { value: instruction[1], done: false };
        } else if (instruction[0] === 5) {
          state.label++;
          delegate = instruction[1];
          delegate_next = delegate.next;
          instruction = [0, undefined];
          continue;
        } else if (instruction[0] === 7) {
          instruction = state.ops.pop();
          state.trys.pop();
          if (instruction === undefined) throw new Error("A finally block ended that nobody entered");
          if (!unwind(instruction)) return finish(instruction);
        } else if (!unwind(instruction)) {
          return finish(instruction);
        }
        instruction = body.call(this_arg, state);
      } catch (error) {
        delegate = undefined;
        if (status === 3) throw error;
        instruction = [6, error];
      }
    }
  }

  function finish(instruction) {
    status = 3;
    if (instruction[0] === 6 || instruction[0] === 1) throw instruction[1];
    return { value: instruction[1], done: true };
  }

  return function (code, value) {
    if (status === 2) throw new TypeError("Generator is already running");
    if (status === 3 || (status === 0 && code)) return finish(code ? [code, value] : [2, undefined]);
    status = 2;
    try {
      return run([code, value]);
    } finally {
      if (status === 2) status = 1;
    }
  };
}

// ---- async functions

// Like `await`: an error while asking the value for its promise is a rejection.
function when(value, fulfilled, rejected) {
  var promise;
  try {
    promise = Promise.resolve(value);
  } catch (error) {
    rejected(error);
    return;
  }
  promise.then(fulfilled, rejected);
}

export function async_to_generator(make_generator) {
  return function () {
    var self = this;
    var args = arguments;
    return new Promise(function (resolve, reject) {
      var generator = make_generator.apply(self, args);
      function step(method, value) {
        var result;
        try {
          result = generator[method](value);
        } catch (error) {
          reject(error);
          return;
        }
        if (result.done) resolve(result.value);
        else when(result.value, next, fail);
      }
      function next(value) {
        step("next", value);
      }
      function fail(error) {
        step("throw", error);
      }
      next();
    });
  };
}

// What the body of an async generator yields when it does not yield: it waits for `value`. With `is_delegate` that is
// the answer of the iterator of `yield*`.
function Awaiting(value, is_delegate) {
  this.value = value;
  this.is_delegate = is_delegate;
}

export function await_async_generator(value) {
  return new Awaiting(value, false);
}

var async_generator_methods;

export function wrap_async_generator(make_generator) {
  return function () {
    var methods = async_generator_methods || (async_generator_methods = make_async_generator_methods());
    var generator = Object.create(methods);
    hide(generator, "@@enqueue", request_queue(make_generator.apply(this, arguments)));
    return generator;
  };
}

function make_async_generator_methods() {
  var methods = {};
  ["next", "throw", "return"].forEach(function (name) {
    hide(methods, name, function (value) {
      var self = this;
      return new Promise(function (resolve, reject) {
        if (!is_object(self) || !self["@@enqueue"]) throw new TypeError("An async generator's method was called on " + String(self));
        self["@@enqueue"]({ method: name, value: value, resolve: resolve, reject: reject });
      });
    });
  });
  hide(methods, well_known("asyncIterator"), function () {
    return this;
  });
  if (well_known("toStringTag") !== "@@toStringTag") {
    Object.defineProperty(methods, Symbol.toStringTag, { value: "AsyncGenerator", configurable: true });
  }
  return methods;
}

function request_queue(generator) {
  var queue = [];

  function start() {
    var request = queue[0];
    if (request.method !== "return") resume(request.method, request.value);
    else {
      when(request.value, function (value) {
        resume("return", value, value);
      }, fail);
    }
  }

  function fail(error) {
    resume("throw", error);
  }

  function settle(value, done) {
    queue.shift().resolve({ value: value, done: done });
    if (queue.length) start();
  }

  // `awaited` was waited for already: if the body ends with it, it is not waited for again.
  function resume(method, value, awaited) {
    var result, said;
    try {
      result = generator[method](value);
      said = result.value;
    } catch (error) {
      queue.shift().reject(error);
      if (queue.length) start();
      return;
    }
    if (said instanceof Awaiting) {
      when(said.value, said.is_delegate ? function (answer) {
        hear_delegate(method, answer);
      } : function (value) {
        resume("next", value);
      }, fail);
    } else if (result.done && method === "return" && said === awaited) {
      settle(said, true);
    } else {
      when(said, function (value) {
        settle(value, result.done);
      }, fail);
    }
  }

  function hear_delegate(method, answer) {
    var plain;
    try {
      plain = { done: !!step_result(answer).done, value: answer.value };
    } catch (error) {
      fail(error);
      return;
    }
    if (plain.done) resume(method === "return" ? "return" : "next", plain, plain.value);
    else settle(generator.next(plain).value, false);
  }

  return function (request) {
    queue.push(request);
    if (queue.length === 1) start();
  };
}

// The iterator that `yield*` of an async generator sees: each call gives `Awaiting` first, and when it is resumed with
// the answer, the answer.
export function async_generator_delegate(iterator) {
  var is_waiting = false;
  var next = iterator.next;
  var delegate = {
    next: function (value) {
      return answered(value) || ask(next.call(iterator, value));
    },
    "throw": function (value) {
      var method;
      if (is_waiting) {
        is_waiting = false;
        throw value;
      }
      method = iterator["throw"];
      return ask(method === undefined || method === null ? refuse_throw() : method.call(iterator, value));
    },
    "return": function (value) {
      var answer = answered(value);
      var method = answer || iterator["return"];
      if (answer) return answer;
      return method === undefined || method === null ? { done: true, value: value } : ask(method.call(iterator, value));
    }
  };

  function answered(value) {
    if (!is_waiting) return undefined;
    is_waiting = false;
    return value;
  }

  function ask(promise) {
    is_waiting = true;
    return { done: false, value: new Awaiting(promise, true) };
  }

  function refuse_throw() {
    var method = iterator["return"];
    return Promise.resolve(method === undefined || method === null ? {} : method.call(iterator)).then(function (result) {
      step_result(result);
      throw new TypeError("The iterator does not provide a 'throw' method");
    });
  }

  delegate[well_known("iterator")] = function () {
    return delegate;
  };
  return delegate;
}

export function async_iterator(value) {
  var method, iterator;
  if (value === null || value === undefined) throw not_iterable(value);
  method = value[well_known("asyncIterator")];
  if (method === null || method === undefined) return async_from_sync(iterator_of(value));
  iterator = method.call(value);
  if (!is_object(iterator)) throw new TypeError("Result of the Symbol.asyncIterator method is not an object");
  return iterator;
}

function async_from_sync(iterator) {
  var next = iterator.next;

  // Waits for the value in a result; if waiting fails while the iterator goes on, the iterator is closed.
  function unwrap(result, closes) {
    return new Promise(function (resolve, reject) {
      var done = !!step_result(result).done;
      when(result.value, function (value) {
        resolve({ value: value, done: done });
      }, function (error) {
        try {
          if (!done && closes) iterator["return"] && iterator["return"]();
        } catch (ignored) {
          // The first error is the one to report.
        }
        reject(error);
      });
    });
  }

  function call(method, args, closes) {
    return new Promise(function (resolve) {
      resolve(unwrap(method.apply(iterator, args), closes));
    });
  }

  return {
    next: function () {
      return call(next, arguments, true);
    },
    "return": function (value) {
      var method = iterator["return"];
      if (method === undefined || method === null) return Promise.resolve({ value: value, done: true });
      return call(method, arguments, false);
    },
    "throw": function () {
      var method = iterator["throw"];
      if (method !== undefined && method !== null) return call(method, arguments, true);
      return new Promise(function () {
        close_iterator(iterator);
        throw new TypeError("The iterator does not provide a 'throw' method");
      });
    }
  };
}

// ---- using

function suppressed_error(error, suppressed) {
  var made;
  if (typeof SuppressedError === "function") return new SuppressedError(error, suppressed, "An error was suppressed during disposal");
  made = new Error("An error was suppressed during disposal");
  made.name = "SuppressedError";
  made.error = error;
  made.suppressed = suppressed;
  return made;
}

function disposer_of(value, is_async) {
  var method, sync_method;
  if (!is_object(value)) throw new TypeError("A using declaration needs an object, null or undefined");
  if (is_async) method = value[young_symbol("asyncDispose")];
  if (method === undefined || method === null) {
    sync_method = value[young_symbol("dispose")];
    method = is_async && sync_method ? function () {
      // What a synchronous method gives is not waited for.
      sync_method.call(this);
    } : sync_method;
  }
  if (typeof method !== "function") throw new TypeError("The value of a using declaration is not disposable");
  return method;
}

export function ts_add_disposable_resource(scope, value, is_async) {
  if (value !== null && value !== undefined) {
    scope.stack.push({ value: value, dispose: disposer_of(value, is_async), is_async: is_async });
  } else if (is_async) {
    scope.stack.push({ is_async: true });
  }
  return value;
}

export function ts_dispose_resources(scope) {
  var needs_await = false;
  var has_awaited = false;

  function fail(error) {
    scope.error = scope.hasError ? suppressed_error(error, scope.error) : error;
    scope.hasError = true;
  }

  function next() {
    var resource, result;
    while ((resource = scope.stack.pop())) {
      if (!resource.is_async && needs_await && !has_awaited) {
        scope.stack.push(resource);
        has_awaited = true;
        return Promise.resolve().then(next);
      }
      try {
        if (!resource.dispose) needs_await = true;
        else {
          result = resource.dispose.call(resource.value);
          if (resource.is_async) {
            has_awaited = true;
            return Promise.resolve(result).then(next, function (error) {
              fail(error);
              return next();
            });
          }
        }
      } catch (error) {
        fail(error);
      }
    }
    if (needs_await && !has_awaited) return scope.hasError ? Promise.reject(scope.error) : Promise.resolve();
    if (scope.hasError) throw scope.error;
    return undefined;
  }

  return next();
}

export function using_ctx() {
  var scope = { stack: [], error: undefined, hasError: false };
  var nothing = {};
  return {
    e: nothing,
    u: function (value) {
      return ts_add_disposable_resource(scope, value, false);
    },
    a: function (value) {
      return ts_add_disposable_resource(scope, value, true);
    },
    d: function () {
      if (this.e !== nothing) {
        scope.error = this.e;
        scope.hasError = true;
      }
      return ts_dispose_resources(scope);
    }
  };
}

// ---- decorators

export function ts_decorate(decorators, target, key, descriptor) {
  var has_descriptor = arguments.length > 3;
  var result, i, returned;
  if (descriptor === null) descriptor = Object.getOwnPropertyDescriptor(target, key);
  result = arguments.length < 3 ? target : descriptor;
  if (typeof Reflect === "object" && typeof Reflect.decorate === "function") {
    result = Reflect.decorate(decorators, target, key, descriptor);
  } else {
    for (i = decorators.length - 1; i >= 0; i--) {
      if (!decorators[i]) continue;
      if (arguments.length < 3) returned = decorators[i](result);
      else returned = has_descriptor ? decorators[i](target, key, result) : decorators[i](target, key);
      result = returned || result;
    }
  }
  if (has_descriptor && result) Object.defineProperty(target, key, result);
  return result;
}

export function ts_param(index, decorator) {
  return function (target, key) {
    decorator(target, key, index);
  };
}

export function ts_metadata(key, value) {
  return typeof Reflect === "object" && typeof Reflect.metadata === "function" ? Reflect.metadata(key, value) : undefined;
}

function callable(value, what) {
  if (typeof value !== "function") throw new TypeError(what + " must be a function");
  return value;
}

// The part of a decorator's context that every kind has. `seal` ends the time for `addInitializer`.
function decorator_context(kind, name, metadata, initializers) {
  var is_sealed = false;
  return {
    seal: function () {
      is_sealed = true;
    },
    context: {
      kind: kind,
      name: name,
      metadata: metadata,
      addInitializer: function (initializer) {
        if (is_sealed) throw new TypeError("addInitializer was called after decoration was finished");
        initializers.push(callable(initializer, "An initializer"));
      }
    }
  };
}

// Which property of its descriptor a member's decorators see.
function decorated_part(kind) {
  return kind === "getter" ? "get" : kind === "setter" ? "set" : "value";
}

// What a decorator returned becomes part of the member; `initial` are functions over a field's first value.
function take_returned(member, returned) {
  if (returned === undefined) return;
  if (member.kind === "accessor") {
    if (!is_object(returned)) throw new TypeError("An accessor decorator must return an object with get, set or init, or undefined");
    if (returned.get !== undefined) member.descriptor.get = callable(returned.get, "An accessor decorator's get");
    if (returned.set !== undefined) member.descriptor.set = callable(returned.set, "An accessor decorator's set");
    if (returned.init !== undefined) member.initial.push(callable(returned.init, "An accessor decorator's init"));
    return;
  }
  callable(returned, "What a " + member.kind + " decorator returns");
  if (member.kind === "field") member.initial.push(returned);
  else member.descriptor[decorated_part(member.kind)] = returned;
}

// `decorators` with their `this` values at the same places in `receivers`; the last one comes first.
function decorate_member(member, decorators, receivers, metadata) {
  var i, made, value;
  for (i = decorators.length - 1; i >= 0; i--) {
    made = decorator_context(member.kind, member.shown_name, metadata, member.initializers);
    made.context["static"] = member.is_static;
    made.context["private"] = member.is_private;
    made.context.access = member_access(member);
    value = member.kind === "field" ? undefined
      : member.kind === "accessor" ? { get: member.descriptor.get, set: member.descriptor.set }
      : member.descriptor[decorated_part(member.kind)];
    value = callable(decorators[i], "A decorator").call(receivers[i], value, made.context);
    made.seal();
    take_returned(member, value);
  }
  if (member.kind !== "field" && !member.is_private) Object.defineProperty(member.target, member.name, member.descriptor);
}

// How others reach the member. The object may also come as `this`, as in the proposal of 2022.
function member_access(member) {
  var access = {};
  var name = member.name;
  function get_member(object) {
    if (!arguments.length) object = this;
    if (!member.is_private) return object[name];
    member.check(object);
    return member.kind === "method" ? member.descriptor.value : member.descriptor.get.call(object);
  }
  function set_member(object, value) {
    if (arguments.length < 2) {
      value = object;
      object = this;
    }
    if (!member.is_private) object[name] = value;
    else {
      member.check(object);
      member.descriptor.set.call(object, value);
    }
  }
  access.has = member.is_private ? member.has : function (object) {
    return name in object;
  };
  if (member.kind !== "setter") access.get = get_member;
  if (member.kind !== "method" && member.kind !== "getter") access.set = set_member;
  return access;
}

function private_descriptor(kind, first, second) {
  if (kind === "field" || kind === "accessor") return { get: first, set: second };
  return kind === "getter" ? { get: first } : kind === "setter" ? { set: first } : { value: first };
}

// A function over (instance, value) that runs `functions` one after the other. With `fixed_this`, over (value).
function run_all(functions, fixed_this, has_value) {
  return function (self, value) {
    var i;
    if (fixed_this) {
      value = self;
      self = fixed_this;
    }
    for (i = 0; i < functions.length; i++) {
      if (has_value) value = functions[i].call(self, value);
      else functions[i].call(self);
    }
    return has_value ? value : self;
  };
}

// A function over (instance, value) that calls what the decorators left in a private member's descriptor.
function call_part(descriptor, part, fixed_this) {
  return function (self, value) {
    return fixed_this ? descriptor[part].call(fixed_this, self) : descriptor[part].call(self, value);
  };
}

function parent_metadata(parent) {
  var inherited = parent && typeof Symbol === "function" ? parent[young_symbol("metadata")] : null;
  return Object.create(inherited === undefined ? null : inherited);
}

function set_metadata(target, metadata) {
  if (typeof Symbol === "function") {
    Object.defineProperty(target, young_symbol("metadata"), { configurable: true, enumerable: true, value: metadata });
  }
  return target;
}

function decorate_class(target, decorators, receivers, metadata, initializers) {
  var i, made, returned;
  for (i = decorators.length - 1; i >= 0; i--) {
    made = decorator_context("class", target.name, metadata, initializers);
    returned = callable(decorators[i], "A decorator").call(receivers[i], target, made.context);
    made.seal();
    if (returned !== undefined) target = callable(returned, "What a class decorator returns");
  }
  return set_metadata(target, metadata);
}

// The proposal as of March 2022. A member is [decorators, kind + 5 if static, name, private functions…].
export function apply_decs_2203_r(target, members, class_decorators, parent) {
  var metadata = parent_metadata(parent);
  var results = [];
  var on_instance, on_class;

  function apply(info) {
    var is_static = info[1] >= 5;
    var kind = ["field", "accessor", "method", "getter", "setter"][info[1] % 5];
    var is_private = info.length > 3;
    var member = {
      kind: kind,
      name: info[2],
      shown_name: is_private ? "#" + info[2] : info[2],
      is_static: is_static,
      is_private: is_private,
      target: is_static ? target : target.prototype,
      initializers: is_static ? (on_class = on_class || []) : (on_instance = on_instance || []),
      initial: [],
      check: identity
    };
    if (is_private) member.descriptor = private_descriptor(kind, info[3], info[4]);
    else if (kind !== "field") member.descriptor = Object.getOwnPropertyDescriptor(member.target, member.name);
    decorate_member(member, [].concat(info[0]), [], metadata);
    if (kind === "field" || kind === "accessor") results.push(run_all(member.initial, null, true));
    if (!is_private || kind === "field") return;
    if (kind === "accessor") results.push(call_part(member.descriptor, "get"), call_part(member.descriptor, "set"));
    else results.push(kind === "method" ? member.descriptor.value : call_part(member.descriptor, decorated_part(kind)));
  }

  members.forEach(function (info) {
    // Anything else is the expression of a computed name.
    if (Array.isArray(info)) apply(info);
  });
  if (on_instance) results.push(run_all(on_instance));
  if (on_class) results.push(run_all(on_class));
  if (!class_decorators.length) set_metadata(target, metadata);
  return {
    e: results,
    // Read after the caller has stored the members' functions.
    get c() {
      var initializers = [];
      var decorated;
      if (!class_decorators.length) return undefined;
      decorated = decorate_class(target, class_decorators, [], metadata, initializers);
      return [decorated, function () {
        run_all(initializers)(decorated);
      }];
    }
  };
}

// Splits [this, decorator, this, decorator …] where decorators have a `this`.
function split_decorators(list, have_this) {
  var all = [].concat(list);
  var odd = function (_, index) {
    return index % 2 === 1;
  };
  var even = function (_, index) {
    return index % 2 === 0;
  };
  return have_this ? { decorators: all.filter(odd), receivers: all.filter(even) } : { decorators: all, receivers: [] };
}

// The proposal as of November 2023. A member is [decorators, kind + 8 if static + 16 if decorators have a `this`,
// name, private functions of (instance, value)…].
export function apply_decs_2311(target, class_decorators, members, class_decorators_have_this, brand, parent) {
  var metadata = parent_metadata(parent);
  var results = [];
  var on_instance, on_class;

  function initializers_of(kind, is_static) {
    if (kind === "field" || kind === "accessor") return [];
    return is_static ? (on_class = on_class || []) : (on_instance = on_instance || []);
  }

  function member_of(info, kind, is_static) {
    var is_private = !!info[3];
    var name = is_private ? info[2] : to_property_key(info[2]);
    var has = is_static ? function (object) {
      return object === target;
    } : brand;
    var member = {
      kind: kind,
      name: name,
      shown_name: is_private ? "#" + name : name,
      is_static: is_static,
      is_private: is_private,
      target: is_static ? target : target.prototype,
      initializers: initializers_of(kind, is_static),
      initial: [],
      has: has,
      check: function (object) {
        if (!has(object)) throw not_a_member();
      }
    };
    if (!is_private) {
      member.descriptor = kind === "field" ? {} : Object.getOwnPropertyDescriptor(member.target, name);
    } else if (kind === "field" || kind === "accessor") {
      member.descriptor = private_descriptor(kind, function () {
        return info[3](this);
      }, function (value) {
        info[4](this, value);
      });
    } else member.descriptor = private_descriptor(kind, info[3]);
    return member;
  }

  function apply(info, kind, is_static) {
    var member = member_of(info, kind, is_static);
    var split = split_decorators(info[0], info[1] & 16);
    var fixed_this = is_static ? target : null;
    var is_private_method = member.is_private && kind !== "field";
    decorate_member(member, split.decorators, split.receivers, metadata);
    if (kind === "field" || kind === "accessor") results.push(run_all(member.initial.reverse(), fixed_this, true));
    if (is_private_method && kind === "accessor") {
      results.push(call_part(member.descriptor, "get", fixed_this), call_part(member.descriptor, "set", fixed_this));
    } else if (is_private_method) {
      results.push(kind === "method" ? member.descriptor.value : call_part(member.descriptor, decorated_part(kind)));
    }
    if (kind === "field" || kind === "accessor") results.push(run_all(member.initializers, fixed_this, false));
  }

  // Methods and accessors come before fields, static ones before the others.
  [[8, false], [0, false], [8, true], [0, true]].forEach(function (pass) {
    members.forEach(function (info) {
      var kind = ["field", "accessor", "method", "getter", "setter"][info[1] & 7];
      if ((info[1] & 8) === pass[0] && (kind === "field") === pass[1]) apply(info, kind, pass[0] === 8);
    });
  });
  if (on_instance) results.push(run_all(on_instance));
  if (on_class) results.push(run_all(on_class));
  if (!class_decorators.length) set_metadata(target, metadata);
  return {
    e: results,
    // Read after the caller has stored the members' functions.
    get c() {
      var initializers = [];
      var split = split_decorators(class_decorators, class_decorators_have_this);
      if (!class_decorators.length) return undefined;
      target = decorate_class(target, split.decorators, split.receivers, metadata, initializers);
      return [target, run_all(initializers, target, false)];
    }
  };
}

// Three helpers are named by reserved words.
export { extends_ as extends, instanceof_ as instanceof, throw_ as throw };
