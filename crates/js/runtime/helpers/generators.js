// Generators as state machines. See docs/design/generators.md.
//
// `body(label, sent, state)` runs from a label until it has an instruction for its helper:
//
//   [label, value]                 await, or yield in a generator: go on at the label
//   [label, value, finally]        yield: `return` goes on at the label `finally`, if it is not 0
//   [label, values, finally, 1]    yield*
//   [0, value]                     return; so does nothing at all
//
// `state.h` is the label that handles errors, or 0. A body is resumed by 0 next, 1 throw, 2 return.

// A body is run by a function that resumes it and returns its instruction. Errors that the body does
// not handle are thrown. This one runs a body that has finished.
function finished(how, value) {
  if (how === 1) throw value;
  return Array(0, how ? value : undefined);
}

// Runs a body that may have `try`.
function machine(body) {
  var label = 0;
  var on_return = 0;
  var state = { h: 0 };
  return function (how, value) {
    var instruction;
    if (how === 2) {
      if (!on_return) return [0, value];
      label = on_return;
    }
    for (;;) {
      if (how === 1) {
        if (!state.h) throw value;
        label = state.h;
      }
      try {
        instruction = body(label, value, state) || [0];
        label = instruction[0];
        on_return = instruction[2];
        return instruction;
      } catch (error) {
        how = 1;
        value = error;
      }
    }
  };
}

// Follows the instruction `yield*`. A result of the other iterator is passed on as it is: it is the
// fifth element of an instruction.
function delegating(run) {
  var delegate;
  return function (how, value) {
    var result;
    for (;;) {
      if (delegate) {
        try {
          result = delegate(how, value);
          if (!result.done) return [1, 0, 0, 0, result];
          value = result.value;
          if (how < 2) how = 0;
        } catch (error) {
          how = 1;
          value = error;
        }
        delegate = undefined;
      }
      result = run(how, value);
      if (!result[3]) return result;
      delegate = result[1];
      how = 0;
      value = undefined;
    }
  };
}

// The object from which all generators inherit.
var generators;

function generator_methods() {
  if (!generators) {
    generators = Object.create(typeof Iterator === "function" && Iterator.prototype || Object.prototype);
    "next throw return".split(" ").forEach(function (name, how) {
      define_value(generators, name, function (value) {
        return this["@@resume"](how, value);
      });
    });
    define_value(generators, well_known("iterator"), function () {
      return this;
    });
    define_value(generators, well_known("toStringTag"), "Generator");
  }
  return generators;
}

// Returns the object from which the generators of a function inherit: its `prototype`. If the
// engine made it for a plain function, it is made to inherit from the object of all generators.
function prototype_of_generators(f, methods) {
  var own = f.prototype;
  if (!is_object(own)) return methods;
  if ({}.hasOwnProperty.call(own, "constructor") && own.constructor === f) {
    delete own.constructor;
    if (!set_prototype_of(own, methods)) copy_hidden(own, methods);
  }
  return own;
}

export function generator_prototype(f) {
  return prototype_of_generators(f, generator_methods());
}

// Makes a generator from a body. Without `run`, the body has no `try` and no `yield*`.
export function generator(body, prototype, run) {
  var label = 0;
  run = run || function (how, value) {
    return how ? finished(how, value) : body(label, value) || [];
  };
  return define_value(Object.create(prototype || generator_methods()), "@@resume", function (how, value) {
    var step = run;
    if (!step) throw new TypeError("Generator is already running");
    run = 0;
    try {
      value = step(how, value);
      run = (label = value[0]) && step;
    } finally {
      run = run || finished;
    }
    return value[4] || { value: value[1], done: !label };
  });
}

// Makes a generator from a body without `yield*`.
export function guarded_generator(body, prototype) {
  return generator(body, prototype, machine(body));
}

export function delegating_generator(body, prototype) {
  return generator(body, prototype, delegating(machine(body)));
}

// Returns a function that resumes the iterator of `yield*`.
export function delegate(values) {
  var iterator = iterator_of(values);
  var next = iterator.next;
  return function (how, value) {
    var method = how ? iterator[how === 1 ? "throw" : "return"] : next;
    if (how && (method === undefined || method === null)) {
      if (how === 2) return { value: value, done: true };
      close_iterator(iterator);
      throw no_throw();
    }
    return step_result(method.call(iterator, value));
  };
}

function no_throw() {
  return new TypeError("The iterator does not provide a 'throw' method");
}

// Returns a function that returns the next key of a `for`-`in` loop, or `undefined` at the end. A
// key that was deleted meanwhile is skipped.
export function for_in(value) {
  var keys = [];
  var next = 0;
  for (var key in value) keys.push(key);
  return function () {
    var found;
    while (next < keys.length) {
      found = keys[next++];
      if (found in Object(value)) return found;
    }
    return undefined;
  };
}
