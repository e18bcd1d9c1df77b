// Generators: the protocol of TypeScript's state machines.
//
// `body(state)` runs until it returns an instruction: 2 return, 3 break to a label, 4 yield, 5
// yield*, 7 end of a finally block; 6 is a thrown error. What resumes it is 0 next, 1 throw, 2
// return. An entry of `trys` holds the labels [try, catch, finally, end]; `ops` the instructions
// that wait for finally blocks to end.

var generator_methods;

export function ts_generator(this_arg, body) {
  var generator = Object.create(generator_methods || (generator_methods = make_generator_methods()));
  hide(generator, "@@resume", state_machine(this_arg, body));
  return generator;
}

function make_generator_methods() {
  var methods = Object.create(typeof Iterator === "function" && Iterator.prototype ? Iterator.prototype : Object.prototype);
  function resume(generator, code, value) {
    if (!is_object(generator) || !generator["@@resume"]) throw new TypeError("A generator's method was called on " + String(generator));
    return generator["@@resume"](code, value);
  }
  hide(methods, "next", function next(value) {
    return resume(this, 0, value);
  });
  hide(methods, "throw", function (error) {
    return resume(this, 1, error);
  });
  hide(methods, "return", function (value) {
    return resume(this, 2, value);
  });
  hide(methods, well_known("iterator"), function () {
    return this;
  });
  if (well_known("toStringTag") !== "@@toStringTag") {
    Object.defineProperty(methods, well_known("toStringTag"), { value: "Generator", configurable: true });
  }
  return methods;
}

function state_machine(this_arg, body) {
  var received, delegate, delegate_next;
  var status = 0; // 0 not started, 1 suspended, 2 running, 3 finished
  var state = {
    label: 0,
    trys: [],
    ops: [],
    sent: function () {
      if (received[0] === 1) throw received[1];
      return received[1];
    }
  };

  // Passes a resumption on to the iterator of `yield*`. Returns its result while it goes on; then,
  // with `delegate` unset, the instruction that goes on with the body.
  function ask_delegate(code, value) {
    var iterator = delegate;
    var method = code === 0 ? delegate_next : iterator[code === 1 ? "throw" : "return"];
    var result;
    if (method === undefined || method === null) {
      delegate = undefined;
      if (code === 2) return [2, value];
      close_iterator(iterator);
      throw new TypeError("The iterator does not provide a 'throw' method");
    }
    result = step_result(method.call(iterator, value));
    if (!result.done) return result;
    delegate = undefined;
    return [code === 2 ? 2 : 0, result.value];
  }

  // Finds where an abrupt completion goes. True: `state.label` says where the body goes on.
  function unwind(instruction) {
    var code = instruction[0];
    var region = state.trys[state.trys.length - 1];
    if (!region) {
      if (code !== 3) return false;
      state.label = instruction[1];
      return true;
    }
    if (code === 3 && instruction[1] > region[0] && instruction[1] < region[3]) {
      state.label = instruction[1];
      return true;
    }
    if (code === 6 && state.label < region[1]) {
      state.label = region[1];
      received = instruction;
      return true;
    }
    if (state.label < region[2]) {
      state.label = region[2];
      state.ops.push(instruction);
      return true;
    }
    // The completion began inside the finally block: it replaces the one that waits for its end.
    if (region[2]) state.ops.pop();
    state.trys.pop();
    return unwind(instruction);
  }

  // Carries out instructions until the body has something to say to the caller: an iterator result.
  function run(instruction) {
    var result;
    for (;;) {
      try {
        if (delegate) {
          result = ask_delegate(instruction[0], instruction[1]);
          if (delegate) return result;
          instruction = result;
        }
        if (instruction[0] < 2) received = instruction;
        else if (instruction[0] === 4) {
          state.label++;
          return { value: instruction[1], done: false };
        } else if (instruction[0] === 5) {
          state.label++;
          delegate = instruction[1];
          delegate_next = delegate.next;
          instruction = [0, undefined];
          continue;
        } else if (instruction[0] === 7) {
          instruction = state.ops.pop();
          state.trys.pop();
          if (instruction === undefined) throw new Error("A finally block ended that nobody entered");
          if (!unwind(instruction)) return finish(instruction);
        } else if (!unwind(instruction)) {
          return finish(instruction);
        }
        instruction = body.call(this_arg, state);
      } catch (error) {
        delegate = undefined;
        if (status === 3) throw error;
        instruction = [6, error];
      }
    }
  }

  function finish(instruction) {
    status = 3;
    if (instruction[0] === 6 || instruction[0] === 1) throw instruction[1];
    return { value: instruction[1], done: true };
  }

  return function (code, value) {
    if (status === 2) throw new TypeError("Generator is already running");
    if (status === 3 || (status === 0 && code)) return finish(code ? [code, value] : [2, undefined]);
    status = 2;
    try {
      return run([code, value]);
    } finally {
      if (status === 2) status = 1;
    }
  };
}
