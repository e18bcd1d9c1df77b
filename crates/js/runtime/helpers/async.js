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
  // Not the promise's own `then`: what somebody put there is not called by `await`.
  Promise.prototype.then.call(promise, fulfilled, rejected);
}

export function async_to_generator(make_generator) {
  return function () {
    var self = this;
    var args = arguments;
    return new Promise(function (resolve, reject) {
      var generator = make_generator.apply(self, args);
      function step(method, value) {
        var result;
        try {
          result = generator[method](value);
        } catch (error) {
          reject(error);
          return;
        }
        if (result.done) resolve(result.value);
        else when(result.value, next, fail);
      }
      function next(value) {
        step("next", value);
      }
      function fail(error) {
        step("throw", error);
      }
      next();
    });
  };
}

// What the body of an async generator yields for `await`: it waits for `value`. With `is_delegate`
// that is the answer of the iterator of `yield*`.
function Awaiting(value, is_delegate) {
  this.value = value;
  this.is_delegate = is_delegate;
}

export function await_async_generator(value) {
  return new Awaiting(value, false);
}

var async_generator_methods;

export function wrap_async_generator(make_generator) {
  return function () {
    var methods = async_generator_methods || (async_generator_methods = make_async_generator_methods());
    var generator = Object.create(methods);
    hide(generator, "@@enqueue", request_queue(make_generator.apply(this, arguments)));
    return generator;
  };
}

function make_async_generator_methods() {
  var methods = {};
  ["next", "throw", "return"].forEach(function (name) {
    hide(methods, name, function (value) {
      var self = this;
      return new Promise(function (resolve, reject) {
        if (!is_object(self) || !self["@@enqueue"]) throw new TypeError("An async generator's method was called on " + String(self));
        self["@@enqueue"]({ method: name, value: value, resolve: resolve, reject: reject });
      });
    });
  });
  hide(methods, well_known("asyncIterator"), function () {
    return this;
  });
  if (well_known("toStringTag") !== "@@toStringTag") {
    Object.defineProperty(methods, well_known("toStringTag"), { value: "AsyncGenerator", configurable: true });
  }
  return methods;
}

function request_queue(generator) {
  var queue = [];

  function start() {
    var request = queue[0];
    if (request.method !== "return") resume(request.method, request.value);
    else {
      when(request.value, function (value) {
        resume("return", value, value);
      }, fail);
    }
  }

  function fail(error) {
    resume("throw", error);
  }

  function settle(value, done) {
    queue.shift().resolve({ value: value, done: done });
    if (queue.length) start();
  }

  // `awaited` was waited for already: if the body ends with it, it is not waited for again.
  function resume(method, value, awaited) {
    var result, said;
    try {
      result = generator[method](value);
      said = result.value;
    } catch (error) {
      queue.shift().reject(error);
      if (queue.length) start();
      return;
    }
    if (said instanceof Awaiting) {
      when(said.value, said.is_delegate ? function (answer) {
        hear_delegate(method, answer);
      } : function (value) {
        resume("next", value);
      }, fail);
    } else if (result.done && method === "return" && said === awaited) {
      settle(said, true);
    } else {
      when(said, function (value) {
        settle(value, result.done);
      }, fail);
    }
  }

  function hear_delegate(method, answer) {
    var plain;
    try {
      plain = { done: !!step_result(answer).done, value: answer.value };
    } catch (error) {
      fail(error);
      return;
    }
    if (plain.done) resume(method === "return" ? "return" : "next", plain, plain.value);
    else settle(generator.next(plain).value, false);
  }

  return function (request) {
    queue.push(request);
    if (queue.length === 1) start();
  };
}

// The iterator that `yield*` of an async generator sees: each call first gives `Awaiting`, and
// then, when it is resumed with the answer, the answer.
export function async_generator_delegate(iterator) {
  var is_waiting = false;
  var next = iterator.next;
  var delegate = {
    next: function (value) {
      return answered(value) || ask(next.call(iterator, value));
    },
    "throw": function (value) {
      var method;
      if (is_waiting) {
        is_waiting = false;
        throw value;
      }
      method = iterator["throw"];
      return ask(method === undefined || method === null ? refuse_throw() : method.call(iterator, value));
    },
    "return": function (value) {
      var answer = answered(value);
      var method = answer || iterator["return"];
      if (answer) return answer;
      return method === undefined || method === null ? { done: true, value: value } : ask(method.call(iterator, value));
    }
  };

  function answered(value) {
    if (!is_waiting) return undefined;
    is_waiting = false;
    return value;
  }

  function ask(promise) {
    is_waiting = true;
    return { done: false, value: new Awaiting(promise, true) };
  }

  function refuse_throw() {
    var method = iterator["return"];
    return Promise.resolve(method === undefined || method === null ? {} : method.call(iterator)).then(function (result) {
      step_result(result);
      throw new TypeError("The iterator does not provide a 'throw' method");
    });
  }

  delegate[well_known("iterator")] = function () {
    return delegate;
  };
  return delegate;
}

export function async_iterator(value) {
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

  // Waits for the value in a result; if waiting fails while the iterator goes on, the iterator is
  // closed.
  function unwrap(result, closes) {
    return new Promise(function (resolve, reject) {
      var done = !!step_result(result).done;
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

  function call(method, args, closes) {
    return new Promise(function (resolve) {
      resolve(unwrap(method.apply(iterator, args), closes));
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
        throw new TypeError("The iterator does not provide a 'throw' method");
      });
    }
  };
}
