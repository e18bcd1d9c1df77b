// Iteration.

function not_iterable(value) {
  return new TypeError((typeof value === "string" ? '"' + value + '"' : value === null ? "null" : typeof value) + " is not iterable");
}

function iterator_of(value) {
  var method, iterator;
  if (value === null || value === undefined) throw not_iterable(value);
  if (is_plain_array(value)) return array_iterator(value);
  method = value[well_known("iterator")];
  if (method === null || method === undefined) return array_iterator(array_like(value));
  if (typeof method !== "function") throw not_iterable(value);
  iterator = method.call(value);
  if (!is_object(iterator)) throw new TypeError("Result of the Symbol.iterator method is not an object");
  return iterator;
}

function array_iterator(list) {
  var next = 0;
  return {
    next: function () {
      return next < list.length ? { value: list[next++], done: false } : { value: undefined, done: true };
    }
  };
}

// A value that is iterable by the language's rules although it has no iterator method in this
// engine.
function array_like(value) {
  var result = [];
  var kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === "String") return String(value).match(/[\ud800-\udbff][\udc00-\udfff]|[^]/g) || result;
  if (kind === "Map" || kind === "Set") {
    value.forEach(function (item, key) {
      result.push(kind === "Map" ? [key, item] : item);
    });
    return result;
  }
  if (kind === "Arguments" || /^(Uint|Int|Float|Big)[^ ]*Array$/.test(kind) ||
      (well_known("iterator") === "@@iterator" && typeof value.length === "number" && typeof value !== "function")) {
    return value;
  }
  throw not_iterable(value);
}

// True if iterating the value gives its elements by index: then no iterator has to be made. A
// polyfilled `Symbol` may come without iterators of arrays.
function is_plain_array(value) {
  var method;
  if (!Array.isArray(value)) return false;
  method = value[well_known("iterator")];
  return method === [].values || (!method && (typeof Symbol !== "function" || typeof Symbol.iterator !== "symbol"));
}

function dense_copy(list) {
  var copy = new Array(list.length);
  for (var i = 0; i < list.length; i++) copy[i] = list[i];
  return copy;
}

function step_result(result) {
  if (!is_object(result)) throw new TypeError("Iterator result " + String(result) + " is not an object");
  return result;
}

function close_iterator(iterator) {
  var method = iterator["return"];
  if (method !== undefined && method !== null) step_result(method.call(iterator));
}

function take(value, limit) {
  var iterator = iterator_of(value);
  var next = iterator.next;
  var taken = [];
  var result;
  while (taken.length !== limit) {
    result = step_result(next.call(iterator));
    if (result.done) return taken;
    taken.push(result.value);
  }
  close_iterator(iterator);
  return taken;
}

export function sliced_to_array(value, count) {
  return is_plain_array(value) ? value : take(value, count);
}

// For patterns with a rest element. A plain array is its own result, because lowered code takes it
// for the value of the assignment; the rest of a subclass must be an array.
export function to_array(value) {
  return is_plain_array(value) && value.constructor === Array ? value : to_consumable_array(value);
}

// The elements from an index on, without holes.
export function array_rest(value, from) {
  var list = to_array(value);
  var rest = [];
  while (from < list.length) rest.push(list[from++]);
  return rest;
}

export function to_consumable_array(value) {
  return is_plain_array(value) ? dense_copy(value) : take(value, -1);
}

// `...` with the option `loose`: an iterator is asked for its items, anything else for its indices.
export function loose_list(value) {
  var list = [];
  var method = !Array.isArray(value) && value !== null && value !== undefined && value[well_known("iterator")];
  var iterator, result;
  if (!method) return dense_copy(Array.isArray(value) ? value : list.slice.call(value));
  iterator = method.call(value);
  while (!(result = iterator.next()).done) list.push(result.value);
  return list;
}

// A `for`-`of` loop with the option `loose`, which does not close what it iterates.
export function iterate(values) {
  var list = is_plain_array(values) && values;
  var iterator = list || iterator_of(values);
  var next = iterator.next;
  var index = 0;
  return {
    value: undefined,
    next: function () {
      var result = list ? { value: list[index], done: index++ >= list.length } : step_result(next.call(iterator));
      this.value = result.value;
      return !result.done;
    }
  };
}

// `f.call(self, ...list)`: the arguments are evaluated before it turns out that `f` is not a
// function. A function may have another prototype, without `apply`.
export function apply(f, self, list) {
  return Function.prototype.apply.call(f, self, list);
}

// A `for`-`of` loop: `next` returns whether there is one more item and puts it into `value`, `fail`
// remembers what the body threw, and `close` ends the iteration and throws that.
export function for_of(values) {
  var list = is_plain_array(values) ? values : null;
  var iterator = list ? null : iterator_of(values);
  var next = iterator && iterator.next;
  var index = 0;
  var is_open = !list;
  var has_failed = false;
  var failure;
  return {
    value: undefined,
    next: function () {
      var result;
      if (list) {
        if (index >= list.length) return false;
        this.value = list[index++];
        return true;
      }
      // An iterator that throws is not closed.
      is_open = false;
      result = step_result(next.call(iterator));
      if (result.done) return false;
      this.value = result.value;
      return (is_open = true);
    },
    fail: function (error) {
      has_failed = true;
      failure = error;
    },
    close: function () {
      if (!has_failed) {
        if (is_open) close_iterator(iterator);
        return;
      }
      try {
        if (is_open && iterator["return"]) iterator["return"]();
      } catch (error) {
        // The error of the body propagates.
      }
      throw failure;
    }
  };
}

// An array pattern that runs code between its values: returns a function that returns the next one.
// `rest` returns those that are left; `fail` and `close` are as in `for_of`.
export function array_steps(values) {
  var iterator = for_of(values);
  var is_open = true;
  function next() {
    return is_open && (is_open = iterator.next()) ? iterator.value : undefined;
  }
  next.rest = function () {
    var rest = [];
    while (is_open && (is_open = iterator.next())) rest.push(iterator.value);
    return rest;
  };
  next.fail = iterator.fail;
  next.close = iterator.close;
  return next;
}

// Takes an array pattern apart by a function that gets what `array_steps` returns.
export function by_steps(values, take_apart, self, list) {
  var next = array_steps(values);
  try {
    take_apart.call(self, next, list);
  } catch (error) {
    next.fail(error);
  } finally {
    next.close();
  }
}
