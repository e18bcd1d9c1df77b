// The part of the harness that needs a newer engine: iterables, promises, disposal, decorators.

export function symbols(scope, { say, show, step, task }) {
  scope.source = (label, list) => ({
    x: label,
    [Symbol.iterator]() {
      say(`iterate ${label}`);
      const items = Array.isArray(list) ? list : [1, 2];
      let at = 0;
      return {
        next(value) {
          say(`next ${label} ${show(value, 1)}`);
          if (label % 11 === 0 && at === 1) throw new TypeError(`e${label}`);
          return at < items.length ? { value: items[at++], done: false } : { value: label, done: true };
        },
        return(value) {
          say(`return ${label} ${show(value, 1)}`);
          if (label % 13 === 0) throw new RangeError(`e${label}`);
          return label % 9 === 0 ? label : { value, done: true };
        },
        ...(label % 3 === 0 && {
          throw(error) {
            say(`throw ${label} ${show(error, 1)}`);
            return { value: "thrown", done: label % 2 === 0 };
          },
        }),
      };
    },
  });
  scope.asyncSource = (label, list) => ({
    [Symbol.asyncIterator]() {
      const items = Array.isArray(list) ? list : [1];
      let at = 0;
      return {
        async next() {
          say(`async next ${label}`);
          return at < items.length ? { value: items[at++], done: false } : { value: label, done: true };
        },
        async return(value) {
          say(`async return ${label}`);
          return { value, done: true };
        },
      };
    },
  });
  scope.later = (label, value) => {
    step();
    return Promise.resolve().then(() => (say(`later ${label}`), value));
  };
  scope.fails = (label) => Promise.reject(new Error(`e${label}`));
  scope.walk = (label, start, asked) => task(label, async () => {
    const iterator = start();
    for (const [word, value] of asked) {
      try {
        const result = await iterator[word](value);
        say(`walk ${label} ${word} ${show(result.value, 0)} ${result.done}`);
      } catch (error) {
        say(`walk ${label} throws ${show(error, 0)}`);
      }
    }
  });
  scope.disposable = (label) => ({
    x: label,
    [label % 3 === 1 ? Symbol.asyncDispose : Symbol.dispose]() {
      say(`dispose ${label}`);
      if (label % 4 === 0) throw new Error(`e${label}`);
    },
    ...(label % 3 === 2 && { [Symbol.asyncDispose]: async () => say(`dispose later ${label}`) }),
    [Symbol.dispose]() {
      say(`dispose now ${label}`);
      if (label % 5 === 0) throw new TypeError(`e${label}`);
    },
  });
  decorators(scope, { say, show });
}

function decorators(scope, { say, show }) {
  scope.dec = (label, how) => {
    say(`dec ${label}`);
    return (value, context, descriptor) =>
      typeof context === "object" && context && "kind" in context
        ? standard(label, how, value, context)
        : legacy(label, how, [value, context, descriptor]);
  };
  scope.par = (label) => (target, name, at) => say(`par ${label} ${typeof target} ${String(name)} ${at}`);
  scope.look = (label, type, instance) => {
    for (const [what, object] of [["type", type], ["prototype", type.prototype], ["instance", instance]])
      for (const name of Object.getOwnPropertyNames(object).sort())
        if (!/^(length|name|prototype|arguments|caller|constructor)$|^[_#@]/.test(name))
          lookAt(label, what, object, name);
    lookAt(label, "type", type, "read");
    lookAt(label, "type", type, "show");
  };

  function lookAt(label, what, object, name) {
    let text;
    try {
      const value = object[name];
      text = typeof value === "function" ? `() ${show(value.call(object, 1, 2), 0)}` : show(value, 0);
    } catch (error) {
      text = `throws ${show(error, 0)}`;
    }
    const { enumerable, writable } = Object.getOwnPropertyDescriptor(object, name) ?? {};
    say(`look ${label} ${what} ${name} ${enumerable} ${writable} ${text}`);
  }

  function standard(label, how, value, context) {
    const { kind, name, static: isStatic, private: isPrivate, access } = context;
    say(`decorate ${label} ${kind} ${String(name)} ${isStatic} ${isPrivate} ${Object.keys(access ?? {}).sort()} ${typeof value}`);
    if (how === "init") context.addInitializer(function () { say(`init ${label} ${typeof this}`); });
    if (how !== "replace") return undefined;
    switch (kind) {
      case "field": return (initial) => (say(`initial ${label} ${show(initial, 1)}`), initial + 1);
      case "accessor": return { init: (initial) => (say(`initial ${label}`), initial + 1), get() { say(`got ${label}`); return value.get.call(this); } };
      case "class": return class extends value { extra = label; };
      default: return function (...all) { say(`wrapped ${label}`); return value.apply(this, all); };
    }
  }

  function legacy(label, how, [target, name, descriptor]) {
    say(`decorate ${label} ${typeof target} ${String(name)} ${descriptor && Object.keys(descriptor).sort()}`);
    if (how !== "replace") return undefined;
    if (name === undefined) return class extends target { extra = label; };
    if (!descriptor || typeof descriptor.value !== "function") return undefined;
    const { value } = descriptor;
    return { ...descriptor, value(...all) { say(`wrapped ${label}`); return value.apply(this, all); } };
  }
}

/** Names that Node 20 lacks. */
export function polyfill() {
  for (const name of ["dispose", "asyncDispose"])
    if (!Symbol[name]) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
  globalThis.SuppressedError ??= class SuppressedError extends Error {
    constructor(error, suppressed, message) {
      super(message);
      Object.assign(this, { error, suppressed });
    }
    get name() {
      return "SuppressedError";
    }
  };
}
