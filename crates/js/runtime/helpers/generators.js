// Generators as state machines. See docs/design/generators.md.
//
// `body(label, sent, state)` runs from a label until it has an instruction for its helper:
//
//   [label, value]                 await, or yield in a generator: go on at the label
//   [label, value, finally]        yield: `return` goes on at the label `finally`, if it is not 0
//   [label, values, finally, 1]    yield*
//   [0, value]                     return; so does nothing at all
//
// `state.h` is the label that handles errors, or 0. What resumes a body is 0 next, 1 throw, 2 return.

// Returns a function that resumes a body, and returns its instruction. Errors that the body does
// not handle are thrown.
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

var generator_methods;

export function generator(body) {
  var made = Object.create(generator_methods || (generator_methods = make_generator_methods()));
  hide(made, "@@resume", resumer(machine(body)));
  return made;
}

function make_generator_methods() {
  var methods = Object.create(typeof Iterator === "function" && Iterator.prototype ? Iterator.prototype : Object.prototype);
  ["next", "throw", "return"].forEach(function (name, how) {
    hide(methods, name, function (value) {
      if (!is_object(this) || !this["@@resume"]) throw new TypeError("A generator's method was called on " + String(this));
      return this["@@resume"](how, value);
    });
  });
  hide(methods, well_known("iterator"), function () {
    return this;
  });
  tag(methods, "Generator");
  return methods;
}

function tag(methods, name) {
  if (well_known("toStringTag") !== "@@toStringTag") {
    Object.defineProperty(methods, well_known("toStringTag"), { value: name, configurable: true });
  }
}

function resumer(run) {
  var status = 0; // 0 waits, 1 runs, 2 is finished
  var delegate;

  function go_on(how, value) {
    var result;
    for (;;) {
      if (delegate) {
        try {
          result = delegate(how, value);
          if (!result.done) return result;
          value = result.value;
          if (how < 2) how = 0;
        } catch (error) {
          how = 1;
          value = error;
        }
        delegate = undefined;
      }
      result = run(how, value);
      if (!result[3]) break;
      delegate = result[1];
      how = 0;
      value = undefined;
    }
    return { value: result[1], done: !result[0] };
  }

  return function (how, value) {
    var result;
    if (status === 1) throw new TypeError("Generator is already running");
    if (status) {
      if (how === 1) throw value;
      return { value: how ? value : undefined, done: true };
    }
    status = 1;
    try {
      result = go_on(how, value);
      status = delegate || !result.done ? 0 : 2;
      return result;
    } finally {
      if (status) status = 2;
    }
  };
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
