// Private members. A map from objects to records holds the private fields of a class.

function not_a_member() {
  return new TypeError("Cannot access a private member of an object whose class did not declare it");
}

// Without `WeakMap`, a hidden property of the object holds the record.
export function private_members() {
  var key = "#0" + Math.random();
  return typeof WeakMap === "function" ? new WeakMap() : {
    has: function (object) {
      return is_object(object) && own(object, key);
    },
    get: function (object) {
      return object[key];
    },
    set: function (object, record) {
      Object.defineProperty(object, key, { value: record });
    }
  };
}

export function private_add(object, members, record) {
  if (members.has(object)) throw new TypeError("Cannot initialize a private member twice on the same object");
  members.set(object, record);
}

// The record of an object. With a method, the record only shows that the object has it.
export function private_of(object, members, method) {
  if (!members.has(object)) throw not_a_member();
  return method || members.get(object);
}

export function private_set(object, members, key, value) {
  return private_of(object, members)[key] = value;
}

// A target in a pattern: assigning to its `value` assigns to the private member. A read-only one is
// a method.
export function private_target(object, members, key, is_read_only) {
  return {
    set value(value) {
      if (is_read_only) private_of(object, members), read_only_error(key);
      private_set(object, members, key, value);
    }
  };
}

export function private_accessor(record, object, name, get, set) {
  return Object.defineProperty(record, name, {
    get: function () {
      return get ? get.call(object) : write_only_error("#" + name);
    },
    // Sloppy code would not notice that there is no setter.
    set: function (value) {
      return set ? set.call(object, value) : read_only_error("#" + name);
    }
  });
}

export function private_in(object, members) {
  if (!is_object(object)) throw new TypeError("Cannot use 'in' operator to search for a private member in a value that is no object");
  return members.has(object);
}
