// What every program under test finds in scope, on any engine from mujs on: `log` and `logs`, `assert`, `done`.
// ECMAScript 5 only, and no `console`, timers or `Promise`: mujs has none of them.
var logs = [];

function log() {
  var words = [];
  for (var i = 0; i < arguments.length; i++) words.push(String(arguments[i]));
  logs.push(words.join(" "));
}

var assert = (function () {
  function show(value, seen) {
    seen = seen || [];
    if (value === null || typeof value !== "object") {
      if (typeof value === "string") return JSON.stringify(value);
      if (typeof value === "function") return "function " + (value.name || "");
      return value === 0 && 1 / value < 0 ? "-0" : String(value);
    }
    if (seen.indexOf(value) >= 0) return "[circular]";
    seen = seen.concat([value]);
    if (Object.prototype.toString.call(value) === "[object Array]") {
      return "[" + value.map(function (each) { return show(each, seen); }).join(", ") + "]";
    }
    var keys = Object.keys(value);
    if (keys.length === 0 && value instanceof Error) return String(value);
    return "{" + keys.map(function (key) { return key + ": " + show(value[key], seen); }).join(", ") + "}";
  }

  function is(a, b) {
    return a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b;
  }

  function same(a, b, depth) {
    if (is(a, b)) return true;
    if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
    if (depth > 100) throw new Error("assert.deepEqual: more than 100 levels");
    var kind = Object.prototype.toString.call(a);
    if ((kind === "[object Array]") !== (Object.prototype.toString.call(b) === "[object Array]")) return false;
    if (kind === "[object Date]") return a.getTime() === b.getTime();
    if (kind === "[object RegExp]") return String(a) === String(b);
    var keys = Object.keys(a).sort();
    var others = Object.keys(b).sort();
    if (keys.length !== others.length || a.length !== b.length) return false;
    return keys.every(function (key, at) {
      return key === others[at] && same(a[key], b[key], depth + 1);
    });
  }

  function fail(message, text) {
    throw new Error("assertion failed: " + (message ? message + ": " : "") + text);
  }

  function assert(condition, message) {
    if (!condition) fail(message, show(condition) + " is not true");
  }
  assert.equal = function (actual, expected, message) {
    if (!is(actual, expected)) fail(message, "got " + show(actual) + ", expected " + show(expected));
  };
  assert.deepEqual = function (actual, expected, message) {
    if (!same(actual, expected, 0)) fail(message, "got " + show(actual) + ", expected " + show(expected));
  };
  assert.throws = function (run, part, message) {
    var error;
    try {
      run();
    } catch (thrown) {
      error = { thrown: thrown };
    }
    if (!error) fail(message, "nothing was thrown, expected an error with " + show(part));
    var text = String(error.thrown);
    if (part !== undefined && text.indexOf(part) < 0) fail(message, "threw " + text + ", expected " + show(part));
    return error.thrown;
  };
  return assert;
})();

// `var finish = done.async(); … finish(error?)`: the program is over once every finish function was called.
var done = (function () {
  var done = { pending: 0, errors: [], notify: null };
  done.async = function () {
    var over = false;
    done.pending++;
    return function (error) {
      if (over) return;
      over = true;
      if (error) done.errors.push(String((error && error.stack) || error));
      done.pending--;
      if (done.pending === 0 && done.notify) done.notify();
    };
  };
  return done;
})();
