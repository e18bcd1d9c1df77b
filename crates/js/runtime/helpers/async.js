// Async functions.

// Like `await`: an error while asking the value for its promise is a rejection.
function when(value, fulfilled, rejected) {
  var promise;
  try {
    promise = Promise.resolve(value);
  } catch (error) {
    rejected(error);
    return;
  }
  // `await` does not call a `then` that code has put on the promise itself.
  Promise.prototype.then.call(promise, fulfilled, rejected);
}

// Runs the body of an async function without `try`: a state machine.
export function async_function(body) {
  var label = 0;
  return drive(function (how, value) {
    value = how ? finished(how, value) : body(label, value) || [];
    label = value[0];
    return value;
  });
}

export function guarded_async_function(body) {
  return drive(machine(body));
}

// Runs the body of an async function: a generator that yields what the function waits for.
export function async_to_generator(make, self, args) {
  var generator;
  return drive(function (how, value) {
    var result;
    if (!generator) generator = make.apply(self, args);
    result = generator[how ? "throw" : "next"](value);
    return [!result.done, result.value];
  });
}

function drive(run) {
  return new Promise(function (resolve, reject) {
    function step(how, value) {
      var instruction;
      try {
        instruction = run(how, value);
      } catch (error) {
        reject(error);
        return;
      }
      if (instruction[0]) when(instruction[1], next, fail);
      else resolve(instruction[1]);
    }
    function next(value) {
      step(0, value);
    }
    function fail(error) {
      step(1, error);
    }
    next();
  });
}

// Makes an async generator from a state machine. Its `yield` has a third element in its
// instruction.
export function async_generator(body, prototype) {
  return make_async_generator(machine(body), prototype);
}

// Makes an async generator from a generator that yields instructions.
export function wrap_async_generator(make, self, args, prototype) {
  var generator = make.apply(self, args);
  return make_async_generator(function (how, value) {
    var result = generator[how ? (how === 1 ? "throw" : "return") : "next"](value);
    return result.done ? [0, result.value] : result.value;
  }, prototype);
}

var async_generators;

function async_generator_methods() {
  return async_generators || (async_generators = make_async_generator_methods());
}

// Returns the object from which the async generators of a function inherit.
export function async_generator_prototype(f) {
  return prototype_of_generators(f, async_generator_methods());
}

function make_async_generator(run, prototype) {
  var made = Object.create(prototype || async_generator_methods());
  define_value(made, "@@enqueue", request_queue(run));
  return made;
}

function make_async_generator_methods() {
  var methods = {};
  ["next", "throw", "return"].forEach(function (name, how) {
    define_value(methods, name, function (value) {
      var self = this;
      return new Promise(function (resolve, reject) {
        if (!is_object(self) || !self["@@enqueue"]) throw new TypeError("An async generator's method was called on " + String(self));
        self["@@enqueue"]({ how: how, value: value, resolve: resolve, reject: reject });
      });
    });
  });
  define_value(methods, well_known("asyncIterator"), function () {
    return this;
  });
  return define_value(methods, well_known("toStringTag"), "AsyncGenerator");
}

function request_queue(run) {
  var queue = [];
  var status = 0; // 0 not started, 1 started, 2 finished
  var delegate;

  // Answers the first request, and continues with the next one.
  function settle(value, done) {
    queue.shift().resolve({ value: value, done: done });
    if (queue.length) start();
  }

  function reject(error) {
    status = 2;
    queue.shift().reject(error);
    if (queue.length) start();
  }

  function start() {
    var request = queue[0];
    if (status !== 1 && request.how) status = 2;
    if (request.how === 2) {
      when(request.value, status === 2 ? function (value) {
        settle(value, true);
      } : function (value) {
        resume(2, value);
      }, status === 2 ? reject : fail);
    } else if (status < 2) {
      status = 1;
      resume(request.how, request.value);
    } else if (request.how) reject(request.value);
    else settle(undefined, true);
  }

  function next(value) {
    resume(0, value);
  }

  function fail(error) {
    resume(1, error);
  }

  function resume(how, value) {
    var instruction;
    try {
      if (delegate) {
        when(delegate(how, value), function (result) {
          hear(how, result);
        }, leave);
        return;
      }
    } catch (error) {
      leave(error);
      return;
    }
    try {
      instruction = run(how, value);
    } catch (error) {
      reject(error);
      return;
    }
    if (!instruction[0]) {
      status = 2;
      settle(instruction[1], true);
    } else if (instruction[3]) {
      delegate = instruction[1];
      next();
    } else if (instruction[2] === undefined) when(instruction[1], next, fail);
    else when(instruction[1], give, fail);
  }

  function give(value) {
    settle(value, false);
  }

  // The iterator of `yield*` failed.
  function leave(error) {
    delegate = undefined;
    fail(error);
  }

  function hear(how, result) {
    var done, value;
    try {
      done = step_result(result).done;
      value = result.value;
    } catch (error) {
      leave(error);
      return;
    }
    if (!done) {
      give(value);
      return;
    }
    delegate = undefined;
    resume(how === 2 ? 2 : 0, value);
  }

  return function (request) {
    queue.push(request);
    if (queue.length === 1) start();
  };
}

// Returns a function that resumes the iterator of `yield*` in an async generator.
export function async_delegate(values) {
  var iterator = async_iterator(values);
  var next = iterator.next;
  return function (how, value) {
    var method = how ? iterator[how === 1 ? "throw" : "return"] : next;
    if (how && (method === undefined || method === null)) {
      if (how === 2) return { value: value, done: true };
      method = iterator["return"];
      return Promise.resolve(method === undefined || method === null ? {} : method.call(iterator)).then(function (result) {
        step_result(result);
        throw no_throw();
      });
    }
    return method.call(iterator, value);
  };
}

// A `for await` loop. It is like `for_of`, except for its waiting: the result of `next` is awaited
// and passed to `take`, `close` returns whether `end` has to be called with the awaited `value`,
// and `done` throws what the body threw, whatever the result of closing.
export function for_await(values) {
  var iterator = async_iterator(values);
  var next = iterator.next;
  var is_open = false;
  var has_failed = false;
  var failure;
  return {
    value: undefined,
    next: function () {
      // An iterator that throws is not closed.
      is_open = false;
      return next.call(iterator);
    },
    take: function (result) {
      if (step_result(result).done) return false;
      this.value = result.value;
      return (is_open = true);
    },
    fail: function (error) {
      has_failed = true;
      failure = error;
    },
    close: function () {
      var method = is_open ? iterator["return"] : undefined;
      if (method === undefined || method === null) return false;
      this.value = method.call(iterator);
      return true;
    },
    end: step_result,
    done: function () {
      if (has_failed) throw failure;
    }
  };
}

function async_iterator(value) {
  var method, iterator;
  if (value === null || value === undefined) throw not_iterable(value);
  method = value[well_known("asyncIterator")];
  if (method === null || method === undefined) return async_from_sync(iterator_of(value));
  iterator = method.call(value);
  if (!is_object(iterator)) throw new TypeError("Result of the Symbol.asyncIterator method is not an object");
  return iterator;
}

function async_from_sync(iterator) {
  var next = iterator.next;

  // Waits for the value in a result; if waiting fails while the iterator is not done, the iterator
  // is closed.
  function call(method, args, closes) {
    return new Promise(function (resolve, reject) {
      var result = step_result(method.apply(iterator, args));
      var done = !!result.done;
      when(result.value, function (value) {
        resolve({ value: value, done: done });
      }, function (error) {
        try {
          if (!done && closes) iterator["return"] && iterator["return"]();
        } catch (ignored) {
          // The first error is the one to report.
        }
        reject(error);
      });
    });
  }

  return {
    next: function () {
      return call(next, arguments, true);
    },
    "return": function (value) {
      var method = iterator["return"];
      if (method === undefined || method === null) return Promise.resolve({ value: value, done: true });
      return call(method, arguments, false);
    },
    "throw": function () {
      var method = iterator["throw"];
      if (method !== undefined && method !== null) return call(method, arguments, true);
      return new Promise(function () {
        close_iterator(iterator);
        throw no_throw();
      });
    }
  };
}

// Makes a function from the texts of its parameters and its body. Engines without functions that
// begin with `keywords` make a plain one, which may be without `await` and `yield`.
export function function_of_text(keywords, texts) {
  var make = Function, plain;
  try {
    make = Function("return (" + keywords + " () {}).constructor")();
  } catch (error) {}
  plain = make.apply(void 0, texts);
  return make !== Function || keywords.indexOf("async") < 0 ? plain : function () {
    var self = this, args = arguments;
    return new Promise(function (resolve) {
      resolve(plain.apply(self, args));
    });
  };
}
