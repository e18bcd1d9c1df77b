// Private members: a descriptor `{ value, writable }` or `{ get, set }` per instance in a WeakMap.

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

// The check comes with the assignment, not before: earlier targets of the pattern are assigned
// first.
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
