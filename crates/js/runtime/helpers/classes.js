// Classes.

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
    define(target, member.key, member);
  }
}

export function create_class(constructor, members, statics) {
  if (members) define_members(constructor.prototype, members);
  if (statics) define_members(constructor, statics);
  Object.defineProperty(constructor, "prototype", { writable: false });
  return constructor;
}

function has_settable_prototypes() {
  return Object.setPrototypeOf || {}.__proto__ === Object.prototype;
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

// A polyfill of `Reflect.construct` can't make native objects with another prototype; only the
// native one counts.
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

// Where `Reflect.construct` is native, `call_super` needs no help. Elsewhere the native class is
// called through a function that can be inherited from.
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
