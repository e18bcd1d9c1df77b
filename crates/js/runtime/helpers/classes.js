// Classes. What a class is made of comes as object literals: `create_class(f, { method() {} }, statics)`.

export function class_call_check(self, constructor) {
  // The second test is for classes that have a `Symbol.hasInstance` of their own.
  if (!(self instanceof constructor) && !{}.isPrototypeOf.call(constructor.prototype, self)) {
    throw new TypeError("Class constructor " + constructor.name + " cannot be invoked without 'new'");
  }
}

function define_members(target, members) {
  own_keys(members || {}).forEach(function (key) {
    var member = Object.getOwnPropertyDescriptor(members, key);
    member.enumerable = false;
    define(target, key, member);
  });
}

export function create_class(constructor, members, statics) {
  define_members(constructor.prototype, members);
  define_members(constructor, statics);
  return Object.defineProperty(constructor, "prototype", { writable: false });
}

function has_settable_prototypes() {
  return Object.setPrototypeOf || {}.__proto__;
}

export function set_prototype_of(object, prototype) {
  if (Object.setPrototypeOf) Object.setPrototypeOf(object, prototype);
  else object.__proto__ = prototype;
  return object;
}

// Without settable prototypes, a hidden property of the subclass remembers its parent.
function get_prototype_of(object) {
  return own(object, "__proto__") ? object.__proto__ : Object.getPrototypeOf(object);
}

export function inherits(constructor, parent) {
  if (parent !== null && typeof parent !== "function") {
    throw new TypeError("Class extends value " + String(parent) + " is not a constructor or null");
  }
  constructor.prototype = Object.create(parent && parent.prototype);
  hide(constructor.prototype, "constructor", constructor);
  if (parent && has_settable_prototypes()) set_prototype_of(constructor, parent);
  else if (parent) hide(copy_hidden(constructor, parent), "__proto__", parent);
  return Object.defineProperty(constructor, "prototype", { writable: false });
}

// Copies what an object cannot inherit, but no records of private members.
function copy_hidden(target, source) {
  own_keys(source).forEach(function (key) {
    var descriptor = Object.getOwnPropertyDescriptor(source, key);
    if (own(target, key) || /^#0\./.test(key)) return;
    // Some engines do not describe the length of arrays.
    if (descriptor) Object.defineProperty(target, key, descriptor);
    else target[key] = source[key];
  });
  return target;
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

// A polyfill of `Reflect.construct` can't make native objects with another prototype, and some
// engines have one that does not try; only a complete one counts.
function has_reflect_construct() {
  if (reflect_constructs === undefined) {
    try {
      reflect_constructs = Boolean.prototype.valueOf.call(Reflect.construct(Boolean, [true], Object));
    } catch (error) {
      reflect_constructs = false;
    }
  }
  return reflect_constructs;
}

// `new constructor(...args)`.
export function construct(constructor, args) {
  return new (Function.prototype.bind.apply(constructor, [null].concat(to_array(args))))();
}

// What `new` was called on, known by the prototype of what it makes: `constructor` may have been
// replaced.
function target_of(self) {
  function Target() {}
  Target.prototype = Object.getPrototypeOf(self);
  return self.constructor && self.constructor.prototype === Target.prototype ? self.constructor : Target;
}

export function new_target(self, constructor) {
  return self instanceof constructor ? target_of(self) : undefined;
}

// Calls the parent of a class. `previous`: what an earlier call gave. Where a native parent's object
// cannot become an instance of the class, the instance gets what the object has.
export function call_super(self, derived, args, previous) {
  var parent = get_prototype_of(derived);
  var made;
  class_call_check(self, derived);
  if (has_reflect_construct()) made = Reflect.construct(parent, args, target_of(self));
  else if (/\[native code/.test(Function.prototype.toString.call(parent))) {
    made = new (Function.prototype.bind.apply(parent, [null].concat([].slice.call(args))))();
    made = has_settable_prototypes() ? set_prototype_of(made, Object.getPrototypeOf(self)) : copy_hidden(self, made);
  } else made = parent.apply(self, args);
  if (previous) throw new ReferenceError("Super constructor may only be called once");
  return is_object(made) ? made : self;
}

// `super.key`: `home` is the object that the method belongs to.
export function super_get(home, key, self) {
  var descriptor = descriptor_of(get_prototype_of(home), key);
  if (descriptor) return descriptor.get ? descriptor.get.call(self) : descriptor.value;
}

function descriptor_of(object, key) {
  while (object && !own(object, key)) object = get_prototype_of(object);
  return object && Object.getOwnPropertyDescriptor(object, key);
}

function set_on(target, key, value, receiver) {
  var descriptor;
  if (typeof Reflect === "object" && Reflect.set) return Reflect.set(target, key, value, receiver);
  descriptor = descriptor_of(target, key);
  if (descriptor && !("value" in descriptor)) {
    if (descriptor.set) descriptor.set.call(receiver, value);
    return descriptor.set;
  }
  if (descriptor && !descriptor.writable) return false;
  descriptor = Object.getOwnPropertyDescriptor(receiver, key);
  if (!descriptor) define_property(receiver, key, value);
  else if (!descriptor.writable) return false;
  else receiver[key] = value;
  return true;
}

export function super_set(home, key, value, self) {
  key = to_property_key(key);
  if (!set_on(get_prototype_of(home), key, value, self)) {
    throw new TypeError("Cannot assign to read only property '" + String(key) + "' of object");
  }
  return value;
}

// An object whose `_` is the member: for `++`, and as a target of destructuring.
export function super_update(home, key, self) {
  key = to_property_key(key);
  return {
    get _() {
      return super_get(home, key, self);
    },
    set _(value) {
      super_set(home, key, value, self);
    }
  };
}
