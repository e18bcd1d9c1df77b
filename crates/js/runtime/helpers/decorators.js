// Decorators.

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

// What a decorator returned becomes part of the member; `initial` are functions of a field's first
// value.
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

// `decorators` with their `this` values at the same indices in `receivers`; the last one comes
// first.
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

// A function of (instance, value) that runs `functions` one after the other. With `fixed_this`, of
// (value).
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

// A function of (instance, value) that calls what the decorators left in a private member's
// descriptor.
function call_part(descriptor, part, fixed_this) {
  return function (self, value) {
    return fixed_this ? descriptor[part].call(fixed_this, self) : descriptor[part].call(self, value);
  };
}

// None where there are no symbols.
function metadata_key() {
  return typeof Symbol === "function" && (Symbol.metadata || Symbol["for"]("Symbol.metadata"));
}

function parent_metadata(parent) {
  var inherited = parent && metadata_key() ? parent[metadata_key()] : null;
  return Object.create(inherited === undefined ? null : inherited);
}

function set_metadata(target, metadata) {
  if (metadata_key()) {
    Object.defineProperty(target, metadata_key(), { configurable: true, enumerable: true, value: metadata });
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

// The proposal as of March 2022. A member is [decorators, kind + 5 if static, name, private
// functions…].
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

// The proposal as of November 2023. A member is [decorators, kind + 8 if static + 16 if decorators
// have a `this`, name, private functions of (instance, value)…].
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
