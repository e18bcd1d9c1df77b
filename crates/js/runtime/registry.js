// Modules as functions under their keys. A table has [needs, factory, kind] per key. `needs` lists
// the keys of the modules and externals that run before the module, in order. `kind` is 1 for
// CommonJS, 2 for an ES module that awaits at its top level, otherwise missing. A factory returns
// the function that is the module's body. The factory of an ES module first declares its exports
// and its functions: so everything exists before anything runs, as the specification requires for
// cycles. The same rules as in helpers/ hold: ECMAScript 5 except for `export`, no effects at the
// top level, strict and sloppy alike.

// Scripts that are split share one registry on their page, next to what chunks.js keeps under
// `key`. The first script of an entry makes it.
export function share(page, key, helpers, client) {
  var chunks = page[key];
  if (!chunks.modules) chunks.modules = registry(client, has_script);
  chunks.modules.help(helpers);

  function has_script(file) {
    return has(chunks.scripts, file);
  }
}

// `client`: the client that shows edits on the page, if there is one. Then nothing of a module is
// final (hot.js), and a module knows which modules it has requested. `has_script`: whether a file
// is one of the scripts that bring modules.
export function registry(client, has_script) {
  // The functions of our runtime that modules and this registry call. Scripts bring them.
  var helpers = {};
  var definitions = {};
  var modules = {};
  var COMMONJS = 1;
  var ASYNC = 2;
  var is_hot = Boolean(client);
  var load_of_all;
  var inside = {
    has_script: has_script,
    definitions: definitions,
    modules: modules,
    changed: {},
    kept: {},
    help: help,
    replace: replace,
    run: run,
    exports: exports_of
  };

  // The argument of a factory, through which it reaches other modules. `load` brings other scripts
  // of the build.
  function Bundle(module, load) {
    this.module = module;
    this.load = load;
  }
  Bundle.prototype = {
    helpers: helpers,
    of: asking(namespace_of, true),
    run: asking(run),
    require: asking(require),
    import: asking(import_module),
    namespace: asking(namespace_of_commonjs),
    default_of: asking(function (key) {
      return helpers.default_of(require(key));
    }),
    // The value of `module.hot`, or of `import.meta.hot`, for the module.
    hot: function (specifiers, is_meta) {
      return client ? client.hot(inside, this.module, specifiers, is_meta) : undefined;
    },
    // Declares the exports of an ES module: a function per name. `is_open`: `stars` will add more.
    exports: function (getters, is_open) {
      var namespace = this.module.namespace;
      Object.keys(getters).sort().forEach(function (name) {
        Object.defineProperty(namespace, name, { enumerable: true, configurable: is_open || is_hot, get: getters[name] });
      });
      if (!is_open) close(namespace, is_hot);
    },
    // Reads values that exist once everything before the module has run.
    before: function (read) {
      this.module.read = read;
    },
    // Adds what CommonJS modules or externals have exported so far, except `default`; earlier ones
    // win.
    stars: function (keys) {
      var namespace = this.module.namespace;
      keys.map(require).forEach(function (raw) {
        if (raw !== Object(raw)) return;
        Object.getOwnPropertyNames(raw).forEach(function (name) {
          if (name === "default" || name === "__esModule" || has(namespace, name)) return;
          Object.defineProperty(namespace, name, {
            configurable: true,
            enumerable: Object.prototype.propertyIsEnumerable.call(raw, name),
            get: function () {
              return raw[name];
            }
          });
        });
      });
      put_in_order(namespace, is_hot);
      close(namespace, is_hot);
    }
  };

  if (client) client.join(inside);
  return { define: define, help: help, run: first(run), require: first(require) };

  // Requests a module on behalf of another one. Chains of `require` are deep, so there is no
  // needless function in between. `is_static`: an `import` makes the request, so the module is also
  // among the needs.
  function asking(action, is_static) {
    if (!is_hot) return action;
    return function (key, is_node) {
      this.module.asked[key] = !is_static || this.module.asked[key] === true;
      return action(key, is_node);
    };
  }

  // A script requests a module: no other module can run it again.
  function first(action) {
    return function (key) {
      module_of(key).is_first = true;
      return action(key);
    };
  }

  // Replaces old definitions by new ones.
  function replace(table) {
    Object.keys(table).forEach(function (key) {
      delete definitions[key];
    });
    define(table, load_of_all);
  }

  function exports_of(key) {
    var module = module_of(key);
    return module.kind === COMMONJS ? require(key) : module.namespace;
  }

  // If several scripts bring a module, or a function of our runtime, the first one counts.
  function define(table, load, functions) {
    if (functions) help(functions);
    load_of_all = load_of_all || load;
    Object.keys(table).forEach(function (key) {
      if (!has(definitions, key)) definitions[key] = { needs: table[key][0], factory: table[key][1], kind: table[key][2], load: load };
    });
  }

  function help(functions) {
    Object.keys(functions).forEach(function (name) {
      if (!has(helpers, name)) helpers[name] = functions[name];
    });
  }

  function module_of(key) {
    var definition;
    if (has(modules, key)) return modules[key];
    if (!has(definitions, key)) throw not_found(key);
    definition = definitions[key];
    return (modules[key] = {
      key: key,
      needs: definition.needs,
      factory: definition.factory,
      kind: definition.kind,
      load: definition.load,
      // An ES module's exports. Getters are put into it when its factory is called.
      namespace: definition.kind === COMMONJS ? undefined : Object.create(null),
      body: undefined,
      read: undefined,
      is_declared: false,
      is_entered: false,
      is_first: false,
      // The modules that it has requested; true: by `require` or `import()`.
      asked: {},
      // The modules that it had requested in these ways before an update exchanged it.
      asked_before: {},
      failure: undefined,
      promise: undefined,
      // The module that it waits for now.
      awaited: undefined,
      // `module` of CommonJS, while its body runs and after.
      made: undefined,
      // Namespaces of CommonJS, for importers as Node reads them and for others.
      namespaces: {}
    });
  }

  // The exports of an ES module, whether it ran or not.
  function namespace_of(key) {
    return module_of(key).namespace;
  }

  // Calls the factories of a module and of everything it needs. A loop: chains of imports are long.
  function declare(module) {
    var stack = [module];
    while (stack.length) {
      module = stack.pop();
      if (module.is_declared) continue;
      module.is_declared = true;
      if (module.kind !== COMMONJS) module.body = module.factory(new Bundle(module, module.load));
      push_all(stack, module.needs.map(module_of));
    }
  }

  // Runs a module once, after everything it needs, and returns its namespace; for a module that
  // awaits, a promise of it. A request while it runs returns at once with what is there. An error
  // is final, also for everything that needed the module.
  function run(key) {
    var module = module_of(key);
    if (module.kind === COMMONJS) return require(key);
    declare(module);
    if (module.kind === ASYNC) {
      return start(module).then(function () {
        return module.namespace;
      });
    }
    walk(module);
    return module.namespace;
  }

  function walk(first) {
    var stack = [];
    enter(first);
    try {
      while (stack.length) step(stack[stack.length - 1]);
    } catch (error) {
      stack.forEach(function (frame) {
        frame.module.failure = { error: error };
      });
      throw error;
    }

    function enter(module) {
      if (module.failure) throw module.failure.error;
      if (module.is_entered) return;
      module.is_entered = true;
      stack.push({ module: module, next: 0 });
    }

    function step(frame) {
      var needed;
      if (frame.next < frame.module.needs.length) {
        needed = module_of(frame.module.needs[frame.next++]);
        if (needed.kind === COMMONJS) require(needed.key);
        else enter(needed);
      } else {
        body_of(frame.module)();
        stack.pop();
      }
    }
  }

  function body_of(module) {
    if (module.read) module.read();
    return module.body;
  }

  // As `run`, for a module that awaits: returns one promise.
  function start(module) {
    var done, fail;
    if (!module.promise) {
      module.is_entered = true;
      module.promise = new Promise(function (resolve, reject) {
        done = resolve;
        fail = reject;
      });
      try {
        done(after(module, 0));
      } catch (error) {
        fail(error);
      }
    }
    return module.promise;
  }

  function after(module, next) {
    var needed;
    for (; next < module.needs.length; next++) {
      needed = module_of(module.needs[next]);
      if (needed.kind !== ASYNC) {
        run(needed.key);
      } else if (!waits(needed, module)) {
        module.awaited = needed;
        return start(needed).then(after.bind(undefined, module, next + 1));
      }
    }
    module.awaited = undefined;
    return body_of(module)();
  }

  // Whether a module waits for another one, perhaps through others. In a cycle, the module that was
  // requested last does not wait.
  function waits(module, other) {
    while (module && module !== other) module = module.awaited;
    return Boolean(module);
  }

  // What `require` returns. A CommonJS body runs when it is first required; while it runs, others
  // see what it has exported so far. A body that threw runs again when it is required again, as in
  // Node.
  function require(key) {
    var module = module_of(key);
    var is_done = false;
    var made;
    if (module.kind !== COMMONJS) return helpers.to_commonjs(run(key));
    if (!module.made) {
      made = module.made = { exports: {}, loaded: false };
      try {
        module.needs.forEach(run);
        module.factory(new Bundle(module, module.load)).call(made.exports, made, made.exports);
        is_done = made.loaded = true;
      } finally {
        if (!is_done) module.made = undefined;
      }
      return made.exports;
    }
    return module.made.exports;
  }

  // The value to which the promise of `import()` resolves. CommonJS is seen as its importer sees
  // it.
  function import_module(key, is_node) {
    return module_of(key).kind === COMMONJS ? helpers.to_namespace(require(key), is_node) : run(key);
  }

  // The namespace of a CommonJS module, for importers that use it whole.
  function namespace_of_commonjs(key, is_node) {
    var namespaces = module_of(key).namespaces;
    if (!has(namespaces, is_node)) namespaces[is_node] = helpers.import_star(require(key), is_node);
    return namespaces[is_node];
  }
}

function push_all(list, more) {
  more.forEach(function (each) {
    list.push(each);
  });
}

function has(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}

// Defines the properties of a namespace again, for good unless it is hot, and in the order of
// names. All are removed before any is added: mujs mixes up the properties of an object that loses
// only some.
function put_in_order(namespace, is_hot) {
  var names = Object.getOwnPropertyNames(namespace).sort();
  var descriptors = names.map(function (name) {
    return Object.getOwnPropertyDescriptor(namespace, name);
  });
  names.forEach(function (name) {
    delete namespace[name];
  });
  names.forEach(function (name, i) {
    descriptors[i].configurable = is_hot;
    Object.defineProperty(namespace, name, descriptors[i]);
  });
}

// Marks an object as a namespace. Nothing can be added to it, unless it is hot.
function close(namespace, is_hot) {
  if (typeof Symbol === "function" && typeof Symbol.toStringTag === "symbol") {
    Object.defineProperty(namespace, Symbol.toStringTag, { value: "Module", configurable: is_hot });
  } else if (!has(namespace, "__esModule")) {
    // See `namespace` in interop.js.
    Object.defineProperty(namespace, "__esModule", { value: true, configurable: is_hot });
  }
  if (!is_hot) Object.preventExtensions(namespace);
}

function not_found(key) {
  return new Error("The page has no module " + key + ": its script belongs to another build, or is missing");
}
