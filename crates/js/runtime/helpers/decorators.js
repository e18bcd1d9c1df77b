// Decorators.

// TypeScript's. Without a key, the decorators are those of a class; without a descriptor, the
// member is a field. `null` means the descriptor of the target.
export function ts_decorate(decorators, target, key, descriptor) {
  var of_class = arguments.length < 3;
  var result, i, decorator;
  if (descriptor === null) descriptor = Object.getOwnPropertyDescriptor(target, key);
  result = of_class ? target : descriptor;
  // Libraries of metadata replace the function.
  if (typeof Reflect === "object" && typeof Reflect.decorate === "function") {
    result = Reflect.decorate(decorators, target, key, descriptor);
  } else {
    for (i = decorators.length - 1; i >= 0; i--) {
      decorator = decorators[i];
      if (decorator) result = (of_class ? decorator(result) : decorator(target, key, result)) || result;
    }
  }
  if (!of_class && result) Object.defineProperty(target, key, result);
  return result;
}

export function ts_param(index, decorator) {
  return function (target, key) {
    decorator(target, key, index);
  };
}

// A decorator of TypeScript that adds metadata about a type. Without a library of metadata there is
// none.
export function ts_metadata(key, value) {
  if (typeof Reflect === "object" && typeof Reflect.metadata === "function") {
    return Reflect.metadata(key, value);
  }
}

// Babel's, with `legacy`. They may return another descriptor.
function described(decorators, target, key, descriptor) {
  for (var i = decorators.length - 1; i >= 0; i--) {
    var decorator = decorators[i];
    descriptor = decorator(target, key, descriptor) || descriptor;
  }
  return descriptor;
}

function initial_descriptor(initializer) {
  return { configurable: true, enumerable: true, writable: true, initializer: initializer };
}

function value_of(descriptor, self) {
  return descriptor.initializer ? descriptor.initializer.call(self) : undefined;
}

function define_described(target, key, descriptor) {
  if (descriptor.initializer !== undefined) {
    descriptor.value = value_of(descriptor, target);
    descriptor.initializer = undefined;
  }
  Object.defineProperty(target, key, descriptor);
}

// Decorates a method or accessor.
export function decorate_member(decorators, target, key) {
  var descriptor = Object.getOwnPropertyDescriptor(target, key);
  if ("value" in descriptor) descriptor.writable = true;
  define_described(target, key, described(decorators, target, key, descriptor));
}

// Decorates a static field, which has its value already.
export function decorate_static(decorators, target, key) {
  var own = Object.getOwnPropertyDescriptor(target, key);
  var descriptor = initial_descriptor(function () {
    return own ? own.value : undefined;
  });
  define_described(target, key, described(decorators, target, key, descriptor));
}

// Decorates a field. `initializer` is a function that returns its value, or `null`. Returns the
// descriptor for `define_decorated`, unless the decorators want the property in the prototype.
export function decorate_field(decorators, target, key, initializer) {
  var descriptor = described(decorators, target, key, initial_descriptor(initializer));
  if (descriptor.initializer !== undefined) return descriptor;
  Object.defineProperty(target, key, descriptor);
}

// Defines a field of an instance.
export function define_decorated(target, key, descriptor) {
  if (descriptor) {
    Object.defineProperty(target, key, {
      configurable: descriptor.configurable,
      enumerable: descriptor.enumerable,
      writable: descriptor.writable,
      value: value_of(descriptor, target)
    });
  }
}

function callable(value, what) {
  if (typeof value !== "function") throw new TypeError(what + " must be a function");
  return value;
}

// Calls a decorator, or the decorator in [receiver, decorator]. Until it returns, it may add to
// `initializers`.
function call_decorator(decorator, value, context, initializers) {
  var receiver, is_over;
  if (Array.isArray(decorator)) {
    receiver = decorator[0];
    decorator = decorator[1];
  }
  context.addInitializer = function (initializer) {
    if (is_over) throw new TypeError("addInitializer was called after decoration was finished");
    initializers.push(callable(initializer, "An initializer"));
  };
  value = callable(decorator, "A decorator").call(receiver, value, context);
  is_over = true;
  return value;
}

// A function of (this, value) that returns the result of the last of the functions.
function run_all(functions, has_value) {
  return function (self, value) {
    for (var i = 0; i < functions.length; i++) {
      if (has_value) value = functions[i].call(self, value);
      else functions[i].call(self);
    }
    return value;
  };
}

// How others reach a member. Those of a private member are functions of its class.
function member_access(kind, key, of_private) {
  var access = {
    has: of_private[0] || function (object) {
      return key in object;
    }
  };
  if (kind !== 4) access.get = of_private[1] || function (object) {
    return object[key];
  };
  if (kind < 2 || kind === 4) access.set = of_private[2] || function (object, value) {
    object[key] = value;
  };
  return access;
}

// The proposal as of November 2023. `list` holds the decorators: those of the class if there is a
// `name`, and those of each member. They are replaced by functions of (this): what initialises
// methods, static methods, and the class. Those of the members follow: for a field or accessor, a
// function of (this, value) and the initialisers after it; for each function of a private member,
// the function itself. A member is [kind + 8 if it is static, key, functions of a private one …].
// Returns the class.
export function apply_decorators(list, target, members, name) {
  // mujs refuses one argument in strict code.
  var decorators = list.splice(0, list.length);
  var of_class = arguments.length > 3 && decorators.shift();
  var metadata_key = typeof Symbol === "function" && (Symbol.metadata || Symbol["for"]("Symbol.metadata"));
  var metadata = metadata_key && get_prototype_of(target)[metadata_key];
  var initializers = [[], [], []];
  var i, returned;
  metadata = Object.create(metadata === undefined || !metadata_key ? null : metadata);
  for (i = 0; i < 3; i++) list.push(run_all(initializers[i]));

  members = members.map(function (info, index) {
    var kind = info[0] % 8;
    var is_static = info[0] > 7;
    var home = is_static ? target : target.prototype;
    var is_private = info.length > 2;
    var member = {
      decorators: decorators[index],
      kind: kind,
      part: ["", "", "value", "get", "set"][kind],
      is_static: is_static,
      is_private: is_private,
      home: home,
      key: info[1],
      access: info.slice(2),
      descriptor: kind ? Object.getOwnPropertyDescriptor(home, info[1]) : {},
      initial: [],
      extra: kind < 2 ? [] : initializers[+is_static]
    };
    if (kind < 2) list.push(run_all(member.initial, true), run_all(member.extra));
    member.place = list.length;
    if (is_private && kind) store(member);
    return member;
  });
  // A private method was public only to be found.
  members.forEach(function (member) {
    if (member.is_private && member.kind) delete member.home[member.key];
  });

  function store(member) {
    if (member.kind === 1) {
      list[member.place] = member.descriptor.get;
      list[member.place + 1] = member.descriptor.set;
    } else list[member.place] = member.descriptor[member.part];
  }

  function apply(member) {
    var kind = member.kind;
    var descriptor = member.descriptor;
    var i, returned, context;
    for (i = member.decorators.length - 1; i >= 0; i--) {
      context = {
        kind: ["field", "accessor", "method", "getter", "setter"][kind],
        name: member.key,
        access: member_access(kind, member.key, member.access),
        metadata: metadata
      };
      context["static"] = member.is_static;
      context["private"] = member.is_private;
      returned = call_decorator(
        member.decorators[i],
        kind === 1 ? { get: descriptor.get, set: descriptor.set } : kind ? descriptor[member.part] : undefined,
        context,
        member.extra
      );
      if (returned === undefined) continue;
      if (kind === 1) {
        if (!is_object(returned)) throw new TypeError("An accessor decorator must return an object with get, set or init, or undefined");
        if (returned.get !== undefined) descriptor.get = callable(returned.get, "get");
        if (returned.set !== undefined) descriptor.set = callable(returned.set, "set");
        if (returned.init !== undefined) member.initial.unshift(callable(returned.init, "init"));
      } else {
        callable(returned, "What a decorator returns");
        if (kind) descriptor[member.part] = returned;
        else member.initial.unshift(returned);
      }
    }
    if (kind && member.is_private) store(member);
    else if (kind) Object.defineProperty(member.home, member.key, descriptor);
  }

  // Methods and accessors come before fields, static ones before the others.
  for (i = 0; i < 4; i++) {
    members.forEach(function (member) {
      if (member.is_static === (i % 2 < 1) && !member.kind === i > 1) apply(member);
    });
  }
  if (of_class) {
    for (i = of_class.length - 1; i >= 0; i--) {
      returned = call_decorator(of_class[i], target, { kind: "class", name: name, metadata: metadata }, initializers[2]);
      if (returned !== undefined) target = callable(returned, "What a decorator returns");
    }
  }
  if (metadata_key) Object.defineProperty(target, metadata_key, { configurable: true, enumerable: true, value: metadata });
  return target;
}
