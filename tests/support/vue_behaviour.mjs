// What a compiled template does, as text. Its render function runs in a world of made-up values.
// Everything that it passes to Vue's helpers is written down, every function among these values is
// called, and the effects of these calls on the component are written down too.
//
//   difference(one, other, { functional }) // null, or { world, expected, actual }
//
// Two templates that differ for a user differ in one of the worlds: in the first every value is
// truthy, in the second every value is falsy, and in the others values are texts, numbers, lists,
// objects and nothing, chosen by their path.

const WORLDS = 9;
/**
 * How many of a hundred values are plain ones. Few of these have properties or can be called, so
 * they often end a render.
 */
const PLAIN_VALUES = [0, 100, 6, 10, 15, 22, 30, 45, 65];
/** Steps of one world: a template that loops for ever ends here, in the same way on both sides. */
const STEPS = 12_000;
/** Effects that are compared: a template that changes things for ever tells enough with these. */
const EFFECTS = 3_000;
/** Levels of data that are written down. */
const DEPTH = 40;
const OUT_OF_STEPS = "out of steps";
const PATH = Symbol("path");

/** A text's number, the same everywhere. */
function numberOf(text) {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum ^ (sum >>> 15)) >>> 0;
}

/** Names that templates have from the language. Nobody may change what others will find there. */
const LANGUAGE = [
  "Math", "Number", "Date", "Array", "Object", "Boolean", "String", "RegExp", "Map", "Set", "JSON",
  "Intl",
];
const FUNCTIONS = [
  "isFinite", "isNaN", "parseFloat", "parseInt", "decodeURI", "decodeURIComponent", "encodeURI",
  "encodeURIComponent",
];
for (const name of [...LANGUAGE, ...FUNCTIONS]) Object.freeze(globalThis[name]);
for (const name of LANGUAGE) {
  const methods = Object.getOwnPropertyDescriptors(globalThis[name].prototype ?? {});
  for (const { value } of Object.values(methods)) Object.freeze(value);
}

/** Compiled code, as something that gives its functions anew. */
export function loaded(code) {
  const names = [...LANGUAGE, ...FUNCTIONS];
  const body =
    `"use strict";\nreturn (function () {${code}\nreturn { render, staticRenderFns };\n})();`;
  const make = new Function("require", ...names, body);
  // As parameters, because a template may assign to them.
  return () => make((specifier) => `module:${specifier}`, ...names.map((name) => globalThis[name]));
}

/** null where both do the same in every world. */
export function difference(one, other, { functional = false } = {}) {
  const expectedCode = loaded(one);
  let actualCode;
  try {
    actualCode = loaded(other);
  } catch (error) {
    return { world: "none", expected: "code", actual: `${error.name}: ${error.message}` };
  }
  for (let world = 0; world < WORLDS; world++) {
    const run = (code) => new Recording(code, world).run(functional);
    const [expected, actual] = [run(expectedCode), run(actualCode)];
    // Where the stack ends is chance: the result of code that recurses forever differs from run to
    // run.
    const isSteady = () => [1, 2, 3].every(() => run(expectedCode) === expected);
    if (expected !== actual && isSteady()) return { world, ...around(expected, actual) };
  }
  return null;
}

function around(expected, actual) {
  let at = 0;
  while (expected[at] === actual[at]) at++;
  const part = (text) => text.slice(Math.max(0, at - 80), at + 120);
  return { expected: part(expected), actual: part(actual) };
}

const EVENTS = [
  { type: "keyup", keyCode: 13, key: "Enter", button: 0 },
  { type: "keydown", keyCode: 65, key: "a", ctrlKey: true, shiftKey: true },
  { type: "keydown", keyCode: 46, key: "Delete", metaKey: true, button: 2 },
  { type: "click", button: 1, altKey: true },
  { type: "click", button: 0 },
];

/** One template in one world. */
class Recording {
  constructor(code, world) {
    this.parts = code();
    this.world = world;
    this.effects = [];
    this.made = [];
    this.steps = STEPS;
    this.unknowns = new Map();
    this.own = new Map();
    this.calls = 0;
    this.helpers = helpersOf(this);
    this.setup = this.names("setup.");
    this.component = this.componentProxy();
  }

  run(functional) {
    let tree;
    try {
      const { render } = this.parts;
      tree = this.written(
        functional
          ? render.call(undefined, this.helpers._c, this.component)
          : render.call(this.component, this.helpers._c),
      );
    } catch (error) {
      // What was made until then is all there is to compare.
      tree = { "render threw": kindOf(error), made: this.made };
    }
    return JSON.stringify({ tree, effects: this.effects });
  }

  step(cost = 1) {
    this.steps -= cost;
    if (this.steps < 0) throw new Error(OUT_OF_STEPS);
  }

  effect(...words) {
    if (this.effects.length < EFFECTS) this.effects.push(words);
  }

  /** What is at a path, in this world. */
  value(path) {
    if (this.world === 0) return this.unknown(path);
    if (this.world === 1) return path.includes("(") ? null : /[.[]/.test(path) ? undefined : false;
    const chance = numberOf(`${this.world} ${path}`);
    if (chance % 100 >= PLAIN_VALUES[this.world]) return this.unknown(path);
    const values = [
      false,
      true,
      0,
      7,
      -1.5,
      "",
      `text ${path.slice(-8)}`,
      null,
      undefined,
      "a-b",
      [1, "two", { x: 3 }],
      { x: 1, y: [2], name: "n" },
    ];
    return values[(chance >>> 8) % values.length];
  }

  /** A value of which only its origin is known: it can be read, called, changed, and iterated. */
  unknown(given) {
    const path = given.length > 240 ? `deep ${numberOf(given)}` : given;
    if (!this.unknowns.has(path)) this.unknowns.set(path, unknownProxy(this, path));
    return this.unknowns.get(path);
  }

  /**
   * An object whose properties are what the world has under these names, and that remembers what is
   * written.
   */
  names(prefix, fixed = {}) {
    return new Proxy(
      {},
      {
        get: (_, key) => {
          this.step();
          if (typeof key === "symbol") return undefined;
          if (Object.hasOwn(fixed, key)) return fixed[key]();
          const path = prefix + key;
          return this.own.has(path) ? this.own.get(path) : this.value(path);
        },
        set: (_, key, value) => {
          this.effect("set", prefix + String(key), this.written(value));
          this.own.set(prefix + String(key), value);
          return true;
        },
        deleteProperty: (_, key) => {
          this.effect("delete", prefix + String(key));
          this.own.set(prefix + String(key), undefined);
          return true;
        },
        has: () => true,
      },
    );
  }

  componentProxy() {
    const fixed = { _self: () => this.component, _setupProxy: () => this.setup };
    for (const name of Object.keys(this.helpers)) fixed[name] = () => this.helpers[name];
    return this.names("", fixed);
  }

  /** A value as data. Functions are called: what they return and do is what they are. */
  written(value, depth = 0, key = "") {
    this.step();
    if (depth > DEPTH) return "deep";
    if (value === null || typeof value === "boolean" || typeof value === "string") return value;
    if (value === undefined) return { undefined: true };
    if (typeof value === "number")
      return Object.is(value, -0) || !Number.isFinite(value) ? { number: String(value) } : value;
    if (typeof value === "symbol" || typeof value === "bigint")
      return { [typeof value]: String(value) };
    const path = pathOf(value);
    if (path !== null) return { unknown: path };
    if (value === this.component) return { component: true };
    if (value === this.setup) return { setup: true };
    if (typeof value === "function") return this.calledFunction(value, depth, key);
    if (Array.isArray(value)) return Array.from(value, (each) => this.written(each, depth + 1));
    if (value instanceof Promise) return this.promised(value);
    if (value instanceof Date || value instanceof Error || value instanceof RegExp)
      return { [value.constructor.name]: value instanceof RegExp ? String(value) : true };
    if (value instanceof Map || value instanceof Set)
      return { [value.constructor.name]: this.written([...value], depth + 1) };
    return this.writtenObject(value, depth);
  }

  promised(value) {
    value.catch(() => {});
    return { promise: true };
  }

  writtenObject(value, depth) {
    const written = {};
    for (const key of Object.keys(value)) {
      const own = Object.getOwnPropertyDescriptor(value, key);
      // Getters are written as functions: reading them is a call.
      written[key] = own?.get
        ? { get: this.calledFunction(own.get, depth, key, value) }
        : this.written(value[key], depth + 1, key);
    }
    return written;
  }

  calledFunction(called, depth, key, self = undefined) {
    // Slots are in slots; a function that returns itself, or one that makes another, has to end.
    if (this.calls > (key === "slot" ? 12 : 3)) return { function: called.length };
    this.calls += 1;
    const before = this.effects.splice(0);
    const outcomes = this.argumentsFor(key).map((given) => {
      try {
        return this.written(called.apply(self, given), depth + 1);
      } catch (error) {
        return `threw ${kindOf(error)}`;
      }
    });
    const effects = this.effects;
    this.effects = before;
    this.calls -= 1;
    return { function: outcomes, effects };
  }

  /** What a function is called with, by the name of the property that has it. */
  argumentsFor(key) {
    if (key === "slot")
      return this.calls > 1
        ? [[this.unknown("slotProps")]]
        : [[this.unknown("slotProps")], [{ x: 1, item: [2] }]];
    if (key === "callback") return [[" 5 "], ["m "], [null], [6]];
    const listeners = EVENTS.map((event, at) => [this.event(event, at), this.unknown("second")]);
    return this.calls > 1 ? listeners.slice(0, 2) : listeners;
  }

  event(event, at) {
    const options = [
      { selected: true, _value: "own", value: "x" },
      { selected: at === 0, value: " 2 " },
    ];
    const target = {
      value: at === 0 ? " 7 " : ` v${at} `,
      checked: at !== 1,
      options,
      multiple: at === 0,
      composing: at === 2,
    };
    const made = { ...event, target, currentTarget: at === 3 ? {} : target };
    for (const name of ["stopPropagation", "preventDefault"]) made[name] = () => this.effect(name);
    return made;
  }
}

function kindOf(error) {
  return error?.message === OUT_OF_STEPS ? OUT_OF_STEPS : error?.name ?? "a value";
}

function pathOf(value) {
  if (typeof value !== "function") return null;
  const path = value[PATH];
  return typeof path === "string" ? path : null;
}

const CALLBACK_METHODS = new Set(["map", "filter", "forEach", "some", "every", "find"]);

function unknownProxy(recording, path) {
  const kept = new Map();
  const text = `‹${path}›`;
  const itself = new Proxy(function () {}, {
    get(_, key) {
      recording.step();
      if (key === PATH) return path;
      if (key === Symbol.toPrimitive)
        return (hint) => (hint === "number" ? numberOf(path) % 89 : text);
      if (key === Symbol.iterator)
        return () =>
          [recording.value(`${path}[0]`), recording.value(`${path}[1]`)][Symbol.iterator]();
      if (typeof key === "symbol" || key === "then") return undefined;
      if (kept.has(key)) return kept.get(key);
      if (["toString", "valueOf", "toJSON"].includes(key)) return () => text;
      if (key === "length") return 2;
      // A call through `call` or `apply` is a call: modifiers and older JavaScript write them so.
      if (key === "apply") return (_self, given) => itself(...Array.from(given ?? []));
      if (key === "call") return (_self, ...given) => itself(...given);
      if (key === "bind") return () => itself;
      if (CALLBACK_METHODS.has(key)) return (callback) => looked(recording, path, key, callback);
      return recording.value(/^\d+$/.test(key) ? `${path}[${key}]` : `${path}.${key}`);
    },
    set(_, key, value) {
      recording.effect("set", `${path}.${String(key)}`, recording.written(value));
      kept.set(key, value);
      return true;
    },
    apply(_, _self, given) {
      // Code that calls itself through what it is given has to end before the stack does.
      recording.step(10);
      recording.effect(
        "call",
        path,
        given.map((each) => recording.written(each)),
      );
      return recording.value(`${path}(${given.length})`);
    },
    construct(_, given) {
      recording.effect(
        "new",
        path,
        given.map((each) => recording.written(each)),
      );
      return recording.unknown(`new ${path}`);
    },
    deleteProperty(_, key) {
      recording.effect("delete", `${path}.${String(key)}`);
      return true;
    },
    has: (_, key) =>
      typeof key === "string" && (key === "prototype" || numberOf(path + key) % 2 === 0),
    ownKeys: () => ["first", "second", "prototype"],
    getOwnPropertyDescriptor: (target, key) =>
      key === "prototype"
        ? Reflect.getOwnPropertyDescriptor(target, key)
        : {
            value: recording.value(`${path}.${String(key)}`),
            enumerable: true,
            configurable: true,
            writable: true,
          },
    getPrototypeOf: () => Function.prototype,
  });
  return itself;
}

function looked(recording, path, method, callback) {
  recording.effect(method, path);
  const results = [0, 1].map((at) =>
    typeof callback === "function" ? callback(recording.value(`${path}[${at}]`), at) : null,
  );
  return method === "map" ? results : recording.value(`${path}.${method}()`);
}

/** Vue's helpers, each of which writes down what it was given. */
function helpersOf(recording) {
  const write = (value, key) => recording.written(value, 0, key);
  const node = (kind, parts) => {
    const made = { node: kind, ...parts };
    if (recording.made.length < 300) recording.made.push(made);
    return made;
  };
  const textOf = (value) => {
    const path = pathOf(value);
    if (path !== null) return `{${path}}`;
    if (value === null || value === undefined) return "";
    return typeof value === "object" || typeof value === "function"
      ? JSON.stringify(write(value))
      : String(value);
  };
  const answer = (...words) => numberOf(JSON.stringify([recording.world, ...words]));
  const helpers = {
    _c(tag, data, children, normalization) {
      if (
        Array.isArray(data) ||
        (data !== undefined && data !== null && typeof data !== "object" && pathOf(data) === null)
      ) {
        [data, children, normalization] = [undefined, data, children];
      }
      return node("element", {
        tag: write(tag),
        data: write(data),
        children: write(children),
        normalization: normalization || 0,
      });
    },
    _v: (text) => node("text", { text: write(text) }),
    _e: (text) => node("empty", { text: write(text) }),
    _s: textOf,
    _n(value) {
      const number = parseFloat(value);
      return Number.isNaN(number) ? value : number;
    },
    _l: (list, render) =>
      node("list", {
        of: write(list),
        items: entriesOf(recording, list).map((entry) => write(render(...entry))),
      }),
    _t: (name, fallback, props, bound) =>
      node("slot", {
        name: write(name),
        fallback:
          typeof fallback === "function" && pathOf(fallback) === null
            ? write(fallback())
            : write(fallback),
        props: write(props),
        bound: write(bound),
      }),
    _u: (slots, result, isDynamic, key) => ({
      slots: slots.map(function each(slot) {
        if (Array.isArray(slot)) return slot.map(each);
        // The key is a number that the compiler wrote into the code: it only matters whether there
        // is one.
        return slot?.fn
          ? { key: write(slot.key), proxy: Boolean(slot.proxy), slot: write(slot.fn, "slot") }
          : write(slot);
      }),
      result: write(result ?? null),
      isDynamic: Boolean(isDynamic),
      hasKey: key !== undefined,
    }),
    _m(index, isInFor) {
      const render = recording.parts.staticRenderFns[index];
      const tree = render
        ? write(render.call(recording.component, helpers._c, recording.component))
        : "missing";
      return node("static", { isInFor: Boolean(isInFor), tree });
    },
    _o: (vnode, id, key) => node("once", { key: write(key), vnode: write(vnode), id: write(id) }),
    _f:
      (name) =>
      (...given) => {
        recording.effect(
          "filter",
          name,
          given.map((each) => write(each)),
        );
        return recording.unknown(`filter ${name}(${given.map(textOf).join()})`);
      },
    _k(...given) {
      recording.effect(
        "key",
        given.map((each) => write(each)),
      );
      return answer("key", write(given[1])) % 2 === 0;
    },
    _q: (one, other) => answer("equal", write(one), write(other)) % 2 === 0,
    _i: (list, value) => (answer("index", write(list), write(value)) % 3) - 1,
    _b: (data, tag, bound, isProp, isSync) => ({
      ...data,
      "(bound)": [
        write(tag),
        write(bound),
        Boolean(isProp),
        Boolean(isSync),
        data["(bound)"] ?? null,
      ],
    }),
    _g: (data, listeners) => ({
      ...data,
      "(listeners)": [write(listeners), data["(listeners)"] ?? null],
    }),
    _d: (base, pairs) => ({ ...base, "(dynamic)": pairs.map((each) => write(each)) }),
    _p: (value, mark) => (typeof value === "string" ? mark + value : { mark, value: write(value) }),
    $set: (target, key, value) => recording.effect("$set", write(target), write(key), write(value)),
  };
  return helpers;
}

/** What a loop's function is called with, as Vue goes through a source. */
function entriesOf(recording, list) {
  const path = pathOf(list);
  if (path !== null) return [0, 1].map((at) => [recording.value(`${path}[${at}]`), at]);
  if (Array.isArray(list) || typeof list === "string")
    return Array.from(list)
      .slice(0, 4)
      .map((each, at) => [each, at]);
  if (typeof list === "number")
    return Array.from({ length: Math.max(0, Math.min(Math.floor(list) || 0, 4)) }, (_, at) => [
      at + 1,
      at,
    ]);
  if (list && typeof list === "object")
    return Object.keys(list)
      .slice(0, 4)
      .map((key, at) => [list[key], key, at]);
  return [];
}
