// Classes. The members of a class come as object literals: `create_class(f, { method() {} },
// statics)`.

export function check_new(self, child) {
  // Not `instanceof`: a class may have a `Symbol.hasInstance` of its own.
  if (!{}.isPrototypeOf.call(child.prototype, self)) throw new TypeError("Class constructor " + child.name + " cannot be invoked without 'new'");
}

function define_members(target, members) {
  Object.keys(members || {}).forEach(function (key) {
    var member = Object.getOwnPropertyDescriptor(members, key);
    member.enumerable = false;
    Object.defineProperty(target, key, member);
  });
}

export function create_class(child, members, statics) {
  define_members(child.prototype, members);
  define_members(child, statics);
  return Object.defineProperty(child, "prototype", { writable: false });
}

// For keys that may be symbols, and statics that are called "name" or "length".
export function create_keyed_class(child, members, statics) {
  [members || {}, statics || {}].forEach(function (members, is_static) {
    own_keys(members).forEach(function (key) {
      var member = Object.getOwnPropertyDescriptor(members, key);
      member.enumerable = false;
      define(is_static ? child : child.prototype, key, member);
    });
  });
  return create_class(child);
}

// With the option `loose`, members are as the literals have them.
export function create_loose_class(child, members, statics) {
  copy_members(child.prototype, members);
  return copy_members(child, statics);
}

function copy_members(target, members) {
  Object.keys(members || {}).forEach(function (key) {
    Object.defineProperty(target, key, Object.getOwnPropertyDescriptor(members, key));
  });
  return target;
}

// Returns the object; nothing if the engine cannot change prototypes.
function set_prototype_of(object, prototype) {
  return Object.setPrototypeOf ? Object.setPrototypeOf(object, prototype) : {}.__proto__ && (object.__proto__ = prototype) && object;
}

// Without settable prototypes, a hidden property of the subclass remembers its parent.
export function get_prototype_of(object) {
  return object.__proto__ || Object.getPrototypeOf(object);
}

export function refuse_parent(value) {
  throw new TypeError("Class extends value " + typeof value + " is not a constructor or null");
}

// `create_class` follows.
export function inherits(child, parent) {
  // Converting the value would run its code. `refuse_parent` is written out: most programs need no
  // other use of it.
  if (parent !== null && typeof parent !== "function") throw new TypeError("Class extends value " + typeof parent + " is not a constructor or null");
  child.prototype = define_value(Object.create(parent && parent.prototype), "constructor", child);
  if (parent && !set_prototype_of(child, parent)) define_value(copy_hidden(child, parent), "__proto__", parent);
  return child;
}

// Copies what an object cannot inherit, but no records of private members.
function copy_hidden(target, source) {
  Object.getOwnPropertyNames(source).forEach(function (key) {
    if ({}.hasOwnProperty.call(target, key) || /^#0\d/.test(key)) return;
    // Some engines do not describe the properties of arrays.
    var member = Object.getOwnPropertyDescriptor(source, key);
    if (member) Object.defineProperty(target, key, member);
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

// `new child(...args)`. `args` is an array, or `arguments`.
export function construct(child, args) {
  return new (Function.bind.apply(child, [].concat(null, [].slice.call(args))))();
}

// The function that `new` was called on, known by the prototype of the new object: `constructor`
// may have been replaced.
function target_of(self) {
  var prototype = Object.getPrototypeOf(self);
  var target = self.constructor;
  if (!target || target.prototype !== prototype) (target = function () {}).prototype = prototype;
  return target;
}

export function new_target(self, constructor) {
  return self instanceof constructor ? target_of(self) : undefined;
}

// Calls the parent of a class, if it is a class that became a function.
export function call_class(self, child, args) {
  check_new(self, child);
  args = get_prototype_of(child).apply(self, args);
  return Object(args) === args ? args : self;
}

// If a native parent's object cannot become an instance of the class, the instance gets the members
// of the object.
export function as_instance(self, made) {
  return set_prototype_of(made, Object.getPrototypeOf(self)) || copy_hidden(self, made);
}

// Whether `Reflect` is complete. Polyfills and Duktape cannot make native objects with another
// prototype; Duktape does not set members of receivers either.
var reflects;

function reflect_constructs() {
  if (reflects === undefined) {
    reflects = false;
    try {
      reflects = !true.valueOf.call(Reflect.construct(Boolean, arguments, Object));
    } catch (error) {
      // It is not.
    }
  }
  return reflects;
}

// Calls the parent of a class.
export function call_super(self, child, args) {
  var parent = get_prototype_of(child);
  check_new(self, child);
  if (reflect_constructs()) return Reflect.construct(parent, args, target_of(self));
  return /\[native code/.test(Function.toString.call(parent)) ? as_instance(self, construct(parent, args)) : call_class(self, child, args);
}

// For classes whose keys are calculated before the class exists.
export function check_parent(parent) {
  if (parent !== null) {
    if (typeof parent !== "function") refuse_parent(parent);
    if (reflect_constructs()) Reflect.construct(Object, [], parent);
    Object.create(parent.prototype);
  }
  return parent;
}

// The object that `super()` turns into an instance. A second `super()` throws, but only after its
// parent has run, so the parent then gets an object of its own.
export function object_for_super(self, previous) {
  return previous ? Object.create(Object.getPrototypeOf(self)) : self;
}

// `previous` is the result of an earlier `super()`, `made` the result of this one.
export function call_super_once(made, previous) {
  if (previous) throw new ReferenceError("Super constructor may only be called once");
  return made;
}

// `super.key`: `home` is the object that the method belongs to.
export function super_get(home, key, self) {
  var member;
  while (!member && (home = get_prototype_of(home))) member = Object.getOwnPropertyDescriptor(home, key);
  return member && (member.get ? member.get.call(self) : member.value);
}

function descriptor_of(object, key) {
  while (object && !own(object, key)) object = get_prototype_of(object);
  return object && Object.getOwnPropertyDescriptor(object, key);
}

function set_on(target, key, value, receiver) {
  var descriptor;
  if (reflect_constructs() && Reflect.set) return Reflect.set(target, key, value, receiver);
  descriptor = descriptor_of(target, key);
  if (descriptor && !("value" in descriptor)) {
    if (descriptor.set) descriptor.set.call(receiver, value);
    return descriptor.set;
  }
  if (descriptor && !descriptor.writable) return false;
  descriptor = own(receiver, key) && Object.getOwnPropertyDescriptor(receiver, key);
  if (!descriptor) define_property(receiver, key, value);
  else if (!descriptor.writable) return false;
  else receiver[key] = value;
  return true;
}

// `super.key = value`.
export function super_set(home, key, self, value, is_sloppy) {
  key = to_property_key(key);
  if (!set_on(get_prototype_of(home), key, value, self) && !is_sloppy) {
    throw new TypeError("Cannot assign to read only property '" + String(key) + "' of object");
  }
  return value;
}

// An object whose `_` is the member: for `++`, and as a target of destructuring. The first use
// converts the key.
export function super_update(home, key, self, is_sloppy) {
  return {
    get _() {
      return super_get(home, key = to_property_key(key), self);
    },
    set _(value) {
      super_set(home, key = to_property_key(key), self, value, is_sloppy);
    }
  };
}
