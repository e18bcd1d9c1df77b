// How modules of one output meet at run time: CommonJS bodies and lazily run ES modules behind
// functions, namespace objects, and the values that only the page or Node can know. The same rules
// as in helpers/ hold: ECMAScript 5 except for `export`, no effects at the top level, strict and
// sloppy code alike.

function own(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}

function is_object(value) {
  return value === Object(value);
}

// ---- bodies that run when first asked

// The `require` function of a CommonJS body. While the body runs, others see what it has exported
// so far. A body that threw runs again when it is required again, as in Node.
export function commonjs(factory, require) {
  var module;
  return function () {
    var made = module;
    var is_done = false;
    if (!made) {
      made = module = { exports: {}, loaded: false };
      try {
        factory.call(made.exports, made, made.exports, require);
        is_done = made.loaded = true;
      } finally {
        if (!is_done) module = undefined;
      }
    }
    return made.exports;
  };
}

// Runs an ES module's body once. A request while it runs returns at once with what is there; an
// error is final.
export function lazy(body) {
  var failure;
  return function () {
    var run = body;
    if (failure) throw failure.error;
    if (!run) return;
    body = undefined;
    try {
      run();
    } catch (error) {
      failure = { error: error };
      throw error;
    }
  };
}

// As `lazy`, for a body with top-level await: returns one promise, also for requests while it runs.
export function lazy_async(body) {
  var promise;
  return function () {
    var run = body;
    var done, fail;
    if (run) {
      body = undefined;
      promise = new Promise(function (resolve, reject) {
        done = resolve;
        fail = reject;
      });
      try {
        done(run());
      } catch (error) {
        fail(error);
      }
    }
    return promise;
  };
}

// ---- namespaces

function define_getter(target, name, getter, is_hidden) {
  Object.defineProperty(target, name, { enumerable: !is_hidden, get: getter });
}

function live(object, name) {
  return function () {
    return object[name];
  };
}

// A namespace object: `getters` has a function per export. Names are in the order of their code
// units; nothing can be added, assigned or removed. `is_hidden`: whether a name is not enumerable;
// without it, all are.
export function namespace(getters, is_hidden) {
  var result = Object.create(null);
  Object.getOwnPropertyNames(getters).sort().forEach(function (name) {
    define_getter(result, name, getters[name], is_hidden && is_hidden(getters, name));
  });
  if (typeof Symbol === "function" && typeof Symbol.toStringTag === "symbol") {
    Object.defineProperty(result, Symbol.toStringTag, { value: "Module" });
  } else if (!own(result, "__esModule")) {
    // Vue and Vue Router take `default` of what has `Symbol.toStringTag` or `__esModule`.
    Object.defineProperty(result, "__esModule", { value: true });
  }
  return Object.preventExtensions(result);
}

// A namespace that also shows what the CommonJS modules or externals in `raws` have exported so
// far, except `default`; its own exports win, then earlier ones.
export function namespace_dynamic(getters, raws) {
  var all = {};
  Object.keys(getters).forEach(function (name) {
    define_own(all, name, getters[name]);
  });
  raws.forEach(function (raw) {
    names_of(raw).forEach(function (name) {
      if (name === "default" || name === "__esModule" || own(all, name)) return;
      define_own(all, name, live(raw, name), is_hidden(raw, name));
    });
  });
  return namespace(all, is_hidden);
}

// As assignment, but `__proto__` is a name like any other.
function define_own(target, name, value, is_hidden) {
  Object.defineProperty(target, name, { value: value, enumerable: !is_hidden, writable: true, configurable: true });
}

// The own names of a value, including those that are not enumerable.
function names_of(value) {
  return is_object(value) ? Object.getOwnPropertyNames(value) : [];
}

function is_hidden(object, name) {
  return !Object.prototype.propertyIsEnumerable.call(object, name);
}

// What `require` of an ES module returns: every export live, marked with `__esModule`. It is the
// same object each time.
export function to_commonjs(module_namespace) {
  var result, names;
  if (own(module_namespace, "module.exports")) return module_namespace["module.exports"];
  result = remembered(module_namespace);
  if (!result) {
    result = remember(module_namespace, {});
    names = names_of(module_namespace);
    if (names.indexOf("__esModule") < 0) Object.defineProperty(result, "__esModule", { value: true });
    names.forEach(function (name) {
      define_getter(result, name, live(module_namespace, name), is_hidden(module_namespace, name));
    });
  }
  return result;
}

// Maps a namespace to the result of `require`: the namespace itself can't be extended.
var required;

function remembered(key) {
  if (!required) required = typeof WeakMap === "function" ? new WeakMap() : pairs();
  return required.get(key);
}

function remember(key, value) {
  required.set(key, value);
  return value;
}

// The part of `Map` that is needed here, for engines that lack it. It has one pair for each ES
// module that is required.
function pairs() {
  var keys = [];
  var values = [];
  return {
    get: function (key) {
      return values[keys.indexOf(key)];
    },
    set: function (key, value) {
      keys.push(key);
      values.push(value);
    }
  };
}

// Whether a CommonJS value was an ES module. A namespace of ours, which `module.exports` may be, is
// a value like others, as in engines with symbols.
function is_marked(raw) {
  var mark;
  if (!raw || !raw.__esModule) return false;
  mark = is_object(raw) && Object.getPrototypeOf(raw) === null && Object.getOwnPropertyDescriptor(raw, "__esModule");
  return !(mark && mark.value && !mark.enumerable);
}

// The default import of a CommonJS module or external, as a function: decided when it is read,
// because a module in a cycle may mark itself later.
export function default_of(raw) {
  return function () {
    return is_marked(raw) ? raw["default"] : raw;
  };
}

// The value of `import * as` for a CommonJS value. A function or a class is its own namespace, as
// in webpack, because sources call it: `import * as $ from "jquery"; $(run)`. Node's ES modules
// (`is_node`) cannot.
export function import_star(raw, is_node) {
  return typeof raw === "function" && !is_node ? raw : to_namespace(raw, is_node);
}

// The namespace of a CommonJS value as an object, also for `import()`. Node's ES modules
// (`is_node`) see the value as `default` even if it has `__esModule`.
export function to_namespace(raw, is_node) {
  var result;
  if (is_marked(raw) && !is_node) return raw;
  result = Object.create(null);
  define_getter(result, "default", function () {
    return raw;
  });
  names_of(raw).forEach(function (name) {
    if (name !== "default") define_getter(result, name, live(raw, name), is_hidden(raw, name));
  });
  return result;
}

// ---- what is not there

function not_found(specifier) {
  var error = new Error('Cannot find module "' + specifier + '"');
  error.code = "MODULE_NOT_FOUND";
  return error;
}

export function missing(specifier) {
  throw not_found(specifier);
}

// The `require` of bodies that use it as a value: nothing can be looked up by name at run time.
export function unknown_require(specifier) {
  var error = not_found(specifier);
  error.message += ": this require call was not followed when the bundle was built";
  throw error;
}

// Replaces an `import()` that a comment leaves to the browser. A browser that lacks `import()`
// cannot parse it, so it is text, and only the call fails there. A policy without `unsafe-eval`
// forbids it.
export function native_import(address, options) {
  return new Promise(function (resolve) {
    resolve(
      options
        ? Function("address", "options", "return import(address, options)")(address, options)
        : Function("address", "return import(address)")(address)
    );
  });
}

// ---- what the page knows

// `global` is not looked up: it is Node's name, and Node has `globalThis`.
export function global_this() {
  if (typeof globalThis === "object") return globalThis;
  if (typeof window === "object") return window;
  if (typeof self === "object") return self;
  return Function("return this")();
}

// A page global by its dotted name; `window.`, `self.` and `globalThis.` at the front mean the
// global object itself. In development `specifier` is given, and a missing global is an error that
// names the missing script tag.
export function page_global(name, specifier) {
  var names = name.split(".");
  var value = global_this();
  var i;
  if (names.length > 1 && /^(window|self|globalThis|global)$/.test(names[0])) names.shift();
  for (i = 0; i < names.length && value !== undefined && value !== null; i++) value = value[names[i]];
  if (i < names.length) value = undefined;
  if (value === undefined && specifier) {
    throw new Error('The page has no global "' + name + '", which stands for "' + specifier +
      '" in this bundle: include its script before this one');
  }
  return value;
}

// Replace `module.hot` and `import.meta.hot` where pages show edits: a registry gives each module
// its own.
export function hot() {}

export function meta_hot() {}

var meta;

// `import.meta`. A page can put any element with the name `currentScript` into `document`, so only
// a script counts.
export function import_meta() {
  var script = typeof document === "object" && document ? document.currentScript : undefined;
  var url;
  if (meta) return meta;
  if (script && String(script.tagName).toUpperCase() === "SCRIPT" && script.src) url = script.src;
  else if (typeof location === "object" && location) url = location.href;
  meta = Object.create(null);
  meta.url = url;
  return meta;
}

// As `import_meta`, in Node, which knows the script's file. Only `?` and `#` mean something else in
// an address.
export function import_meta_of_file() {
  var path;
  if (!meta) {
    path = __filename.replace(/\\/g, "/");
    meta = Object.create(null);
    meta.url = "file://" + (path.charAt(0) === "/" ? "" : "/") + encodeURI(path).replace(/[?#]/g, encodeURIComponent);
  }
  return meta;
}

// The function that `require.context` returns: `map` has a function per name that returns the
// module.
export function context(map, id) {
  function find(name) {
    if (!own(map, name)) throw not_found(name);
    return map[name];
  }
  function require(name) {
    return find(name)();
  }
  require.keys = function () {
    return Object.keys(map);
  };
  require.resolve = function (name) {
    find(name);
    return name;
  };
  require.id = id;
  return require;
}
