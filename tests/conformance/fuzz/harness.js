// What generated programs find in scope: `log`, and values that log what is done to them.
// ECMAScript 5, since mujs runs it too; `symbols` is what only newer engines have.

var textOf = Function.prototype.toString;

/** Lowering changes the text of functions, so all that are not native have the same. */
function shortText() {
  var text = textOf.call(this);
  return /\[native code/.test(text) ? text : "function () {}";
}

function harness(symbols) {
  "use strict";
  var lines = [], names = [], tasks = [], kept = [], turns = {}, steps = 0;

  /** Programs end: after some thousand steps everything throws. */
  function step() {
    if (++steps > 2000) throw new RangeError("too many steps");
  }

  function say(text) {
    step();
    if (lines.length < 400) lines.push(text);
  }

  function isArray(value) {
    return Object.prototype.toString.call(value) === "[object Array]";
  }

  function ofError(error) {
    var message = String(error.message);
    return error.name + (/^e\d+$/.test(message) ? " " + message : "");
  }

  // Programs make strings of errors too, and engines and helpers have words of their own.
  Error.prototype.toString = function () {
    return ofError(this);
  };

  Function.prototype.toString = shortText;

  function ofArray(value, depth) {
    var parts = [];
    for (var i = 0; i < value.length && i < 9; i++) parts.push(i in value ? show(value[i], depth + 1) : "hole");
    return "[" + parts.join(", ") + "]";
  }

  function ofObject(value, depth) {
    var parts = [];
    Object.keys(value).sort().forEach(function (key) {
      var found = Object.getOwnPropertyDescriptor(value, key);
      var text = "value" in found
        ? show(found.value, depth + 1)
        : (found.get ? "get" : "") + (found.set ? "set" : "");
      parts.push((isSource(key) ? "source" : key) + ": " + text);
    });
    return "{" + parts.join(", ") + "}";
  }

  /** The text of a function may be a part of a string or a key, and is short like this. */
  function isSource(value) {
    return /=>|(class|function|\))[^]*\{/.test(value);
  }

  function isGlobal(value) {
    return typeof globalThis === "object" && value === globalThis;
  }

  function show(value, depth) {
    var type = typeof value;
    if (type === "string") return isSource(value) ? "source" : JSON.stringify(value);
    if (type === "number") return value === 0 && 1 / value < 0 ? "-0" : String(value);
    if (type === "function") return "function";
    if (type === "symbol") return "symbol";
    if (value === null || type !== "object") return String(value);
    if (isGlobal(value)) return "global";
    if (depth > 3) return "…";
    if (value instanceof Error) return ofError(value);
    if (isArray(value)) return ofArray(value, depth);
    if (typeof value.next === "function") return "iterator";
    if (typeof value.then === "function") return "promise";
    return ofObject(value, depth);
  }

  function log() {
    var parts = [];
    for (var i = 0; i < arguments.length; i++) parts.push(show(arguments[i], 0));
    say(parts.join(" "));
  }

  function t(label, value) {
    say("t" + label + " " + show(value, 1));
    return value;
  }

  function val(label, value) {
    return {
      valueOf: function () { say("valueOf " + label); return value; },
      toString: function () { say("toString " + label); return "s" + value; }
    };
  }

  function key(label, name) {
    return { toString: function () { say("key " + label); return name; } };
  }

  function err(label) {
    return new [Error, TypeError, RangeError][label % 3]("e" + label);
  }

  /** An object whose members log: `a` and `b` with accessors, `x`, and a method. */
  function obj(label) {
    var a = label % 7, b = { x: label % 5 };
    step();
    return {
      get a() { say("get a" + label); return a; },
      set a(value) { say("set a" + label + " " + show(value, 1)); a = value; },
      get b() { say("get b" + label); return label % 4 === 0 ? undefined : b; },
      set b(value) { say("set b" + label); b = value; },
      m: function () {
        say("m" + label + " " + (this === undefined ? "none" : typeof this) + " " + arguments.length);
        return label % 3 === 0 ? { m: fn(label + 1000), x: 1 } : arguments[0];
      },
      x: label % 2 ? label : null
    };
  }

  function fn(label) {
    step();
    return function () {
      say("fn" + label + " " + (this === undefined ? "none" : typeof this) + " " + arguments.length + " " + show(arguments[0], 1));
      return label % 4 === 0 ? [label, arguments.length] : arguments[0];
    };
  }

  function tag(label) {
    return function (parts) {
      var values = [];
      for (var i = 1; i < arguments.length; i++) values.push(show(arguments[i], 1));
      say("tag" + label + " " + show(parts, 0) + show(parts.raw, 0) + " " + values.join());
      return parts.length;
    };
  }

  function turn(label) {
    turns[label] = (turns[label] || 0) + 1;
    step();
    return turns[label] < 4;
  }

  function keep(label, closure) {
    if (kept.length < 40) kept.push([label, closure]);
  }

  /** Names and lengths of functions: they differ in minified programs, so they are apart. */
  function named(value) {
    if (typeof value === "function") names.push(String(value.name) + " " + value.length);
  }

  function drive(label, iterator, asked) {
    for (var i = 0; i < asked.length; i++) {
      try {
        var word = asked[i][0], result = iterator[word](asked[i][1]);
        say("drive" + label + " " + word + " " + show(result.value, 0) + " " + result.done);
      } catch (error) {
        say("drive" + label + " throws " + show(error, 0));
      }
    }
  }

  /** A task may start others like itself. */
  function task(label, start) {
    step();
    tasks.push([label, start]);
  }

  var scope = {
    log: log, t: t, val: val, key: key, err: err, obj: obj, fn: fn, tag: tag, turn: turn, keep: keep,
    named: named, drive: drive, task: task
  };
  if (symbols) symbols(scope, { say: say, show: show, step: step, task: task });

  /** What the closures see that loops left behind. */
  function end() {
    kept.forEach(function (each) {
      try {
        say("kept " + each[0] + " " + show(each[1](), 0));
      } catch (error) {
        say("kept " + each[0] + " throws " + show(error, 0));
      }
    });
  }

  return { scope: scope, lines: lines, names: names, tasks: tasks, say: say, show: show, end: end };
}

/** The names that programs use, in the order of their parameters. */
var PARAMETERS = [
  "log", "t", "val", "key", "err", "obj", "fn", "tag", "turn", "keep", "named", "drive", "task",
  "source", "asyncSource", "later", "fails", "walk", "disposable", "dec", "par", "look"
];

/** Runs a program that is synchronous: its lines and names. */
function runProgram(run, symbols) {
  var made = harness(symbols);
  try {
    run.apply(undefined, PARAMETERS.map(function (name) { return made.scope[name]; }));
  } catch (error) {
    made.say("throws " + made.show(error, 0));
  }
  return made;
}
