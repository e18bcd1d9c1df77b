// Errors that lowered code throws.

export function class_name_tdz_error(name) {
  throw new ReferenceError("Cannot access '" + name + "' before initialization");
}

export function tdz(name) {
  throw new ReferenceError("Cannot access '" + name + "' before initialization");
}

// Its arguments are evaluated in order, and the second may throw.
export function first_of(value) {
  return value;
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

// Three helpers are named by reserved words.
export { extends_ as extends, instanceof_ as instanceof, throw_ as throw };
