// Exchanges modules while their page runs, for client.js: what webpack's `module.hot` and Vite's
// `import.meta.hot` do. A module is out of date if its text changed, or if it imports one that is
// out of date and does not accept that. Every module that is out of date runs again, starting from
// the modules that accept it; a module that nobody accepts needs a reload. The exports object of an
// ES module stays the same one, so its importers read the new values. `inside` is what registry.js
// reveals of a registry. The same rules as in helpers/ hold: ECMAScript 5 except for `export`, no
// effects at the top level, strict and sloppy alike.

// The value of a module's `module.hot`, or of `import.meta.hot` if `is_meta`. webpack gives new
// data to each `dispose`, and calls those that accept others with names; Vite keeps the data, and
// calls with exports. `specifiers` maps the specifiers of the module's imports to keys. `page` has
// what `invalidate` and `on` need.
export function hot_of(inside, module, specifiers, is_meta, page) {
  var state = module.hot || (module.hot = new_state());
  var kept = inside.kept[module.key];
  state.data = kept || (is_meta ? {} : undefined);
  if (is_meta) inside.kept[module.key] = state.data;
  return {
    active: true,
    data: state.data,
    is_changed: inside.changed[module.key] === true,
    accept: function (what, then, failed) {
      var names = [].concat(what);
      var call;
      if (what === undefined || typeof what === "function") {
        state.accepts_itself = true;
        if (what) state.own.push(is_meta ? { then: what } : { failed: what });
        return;
      }
      call = { keys: names.map(key_of), is_list: Array.isArray(what), then: then, failed: failed, is_meta: is_meta };
      call.keys.forEach(function (key) {
        if (!has(state.accepted, key)) state.accepted[key] = [];
        state.accepted[key].push(call);
      });
    },
    decline: function (what) {
      if (what === undefined) state.is_declined = true;
      else {
        [].concat(what).map(key_of).forEach(function (key) {
          state.declined[key] = true;
        });
      }
    },
    dispose: dispose,
    addDisposeHandler: dispose,
    removeDisposeHandler: function (action) {
      state.disposers = state.disposers.filter(function (known) {
        return known.action !== action;
      });
    },
    prune: function (action) {
      state.pruners.push(action);
    },
    invalidate: function () {
      page.invalidate(inside, module.key);
    },
    reload: page.reload,
    on: page.on,
    off: page.off,
    status: page.status,
    addStatusHandler: page.on_status,
    removeStatusHandler: page.off_status
  };

  function dispose(action) {
    state.disposers.push({ action: action, is_meta: is_meta });
  }

  function key_of(specifier) {
    return specifiers && has(specifiers, specifier) ? specifiers[specifier] : specifier;
  }
}

function new_state() {
  return { own: [], accepts_itself: false, is_declined: false, accepted: {}, declined: {}, disposers: [], pruners: [], data: undefined };
}

// Puts new rows of a table into a registry and runs what is out of date. `on_prune` gets the keys of
// modules that the rows cut off. `invalid`: a module that no longer accepts what it accepted.
// Returns false if a reload is needed; nothing was done then. It throws what modules throw.
export function exchange(inside, rows, on_prune, invalid) {
  var plan = plan_of(inside, rows, invalid);
  var before;
  if (!plan) return false;
  if (loses_imports(inside.modules, rows)) before = imported(inside.modules);
  inside.changed = {};
  Object.keys(rows).forEach(function (key) {
    inside.changed[key] = true;
  });
  Object.keys(plan.outdated).forEach(function (key) {
    dispose_module(inside, inside.modules[key]);
  });
  inside.replace(rows);
  Object.keys(plan.outdated).concat(Object.keys(rows)).forEach(function (key) {
    if (has(inside.modules, key)) reset(inside.modules[key], inside.definitions[key]);
  });
  run_boundaries(inside, plan.boundaries);
  Object.keys(plan.accepting).forEach(function (key) {
    run_again(inside, key, plan.accepting[key]);
  });
  if (before) prune(inside, before, on_prune);
  return true;
}

// Whether a new row imports less than the module does now. Few do, and only these can cut a module
// off.
function loses_imports(modules, rows) {
  return Object.keys(rows).some(function (key) {
    return has(modules, key) && modules[key].needs.some(function (needed) {
      return rows[key][0].indexOf(needed) < 0;
    });
  });
}

// The modules that the scripts of the page run, and those that these import, each with its `prune`
// handlers. A module that has not run again yet also counts: the modules that it imports keep their
// state.
function imported(modules) {
  var found = {};
  var stack = Object.keys(modules).filter(function (key) {
    return modules[key].is_first;
  });
  var module;
  while (stack.length) {
    module = modules[stack.pop()];
    if (!module || has(found, module.key)) continue;
    found[module.key] = module.hot ? module.hot.pruners : [];
    stack.push.apply(stack, module.needs.concat(Object.keys(module.asked), Object.keys(module.asked_before)));
  }
  return found;
}

// A module that an update has cut off cleans up, and runs again if a later update imports it. If it
// was out of date as well, it has cleaned up already.
function prune(inside, before, on_prune) {
  var after = imported(inside.modules);
  var gone = Object.keys(before).filter(function (key) {
    return !has(after, key);
  });
  if (gone.length) on_prune(gone);
  gone.forEach(function (key) {
    var module = inside.modules[key];
    dispose_module(inside, module);
    reset(module, inside.definitions[key]);
    before[key].forEach(function (action) {
      action(inside.kept[key]);
    });
  });
}

// The modules that are out of date, and those that accept them: themselves, or others, whose
// callbacks run. Modules that have not run count as new.
function plan_of(inside, rows, invalid) {
  var plan = { outdated: {}, accepting: {}, boundaries: [] };
  var parents = parents_of(inside.modules);
  var queue = Object.keys(rows).filter(function (key) {
    return is_active(inside.modules[key]);
  });
  var key;
  if (invalid !== undefined) queue.push(invalid);
  while (queue.length) {
    key = queue.pop();
    if (has(plan.outdated, key)) continue;
    if (!follow(inside.modules[key])) return undefined;
  }
  plan.boundaries = plan.boundaries.filter(function (boundary) {
    return !has(plan.outdated, boundary.importer.key);
  });
  return plan;

  function follow(module) {
    var hot = module.hot || new_state();
    plan.outdated[module.key] = true;
    if (hot.is_declined) return false;
    if (hot.accepts_itself && module.key !== invalid) {
      plan.accepting[module.key] = hot.own;
      return true;
    }
    return !module.is_first && has(parents, module.key) && parents[module.key].every(function (parent) {
      var hot = parent.hot || new_state();
      if (has(hot.declined, module.key)) return false;
      if (has(hot.accepted, module.key)) plan.boundaries.push({ importer: parent, key: module.key, calls: hot.accepted[module.key] });
      else queue.push(parent.key);
      return true;
    });
  }
}

function is_active(module) {
  return Boolean(module && (module.is_declared || module.made));
}

// The modules that import or have requested each module.
function parents_of(modules) {
  var parents = {};
  Object.keys(modules).forEach(function (key) {
    var module = modules[key];
    if (!is_active(module)) return;
    module.needs.concat(Object.keys(module.asked)).forEach(function (needed) {
      if (!has(parents, needed)) parents[needed] = [];
      if (parents[needed].indexOf(module) < 0) parents[needed].push(module);
    });
  });
  return parents;
}

// A module cleans up, and keeps the data for its next version.
function dispose_module(inside, module) {
  var hot = module.hot;
  var data;
  if (!hot) return;
  hot.disposers.forEach(function (known) {
    if (!known.is_meta && !data) data = {};
    known.action(known.is_meta ? hot.data : data);
  });
  if (data) inside.kept[module.key] = data;
  module.hot = undefined;
}

// Resets a module to its new definition, as if it had never run.
function reset(module, definition) {
  var namespace = module.namespace || Object.create(null);
  Object.getOwnPropertyNames(namespace).forEach(function (name) {
    delete namespace[name];
  });
  module.needs = definition.needs;
  module.factory = definition.factory;
  module.kind = definition.kind;
  module.load = definition.load;
  module.namespace = definition.kind === 1 ? undefined : namespace;
  module.body = module.read = module.failure = module.promise = module.made = undefined;
  module.is_declared = module.is_entered = false;
  module.namespaces = {};
  // A module that it loaded late may still be in use: the page shows it, or the new body loads it
  // again.
  Object.keys(module.asked).forEach(function (asked) {
    if (module.asked[asked]) module.asked_before[asked] = true;
  });
  module.asked = {};
}

function run_again(inside, key, calls) {
  try {
    inside.run(key);
  } catch (error) {
    if (!calls.some(function (call) {
      return call.failed;
    })) throw error;
    calls.forEach(function (call) {
      if (call.failed) call.failed(error, { moduleId: key });
    });
    return;
  }
  calls.forEach(function (call) {
    if (call.then) call.then(inside.exports(key));
  });
}

// Runs all accepted modules, of which each callback may use several. Then the modules that accept
// them read their exports again, and the callbacks run.
function run_boundaries(inside, boundaries) {
  var failures = {};
  boundaries.forEach(function (boundary) {
    try {
      inside.run(boundary.key);
    } catch (error) {
      failures[boundary.key] = { error: error };
    }
  });
  boundaries.forEach(function (boundary) {
    if (!boundary.importer.read || failures[boundary.key]) return;
    try {
      boundary.importer.read();
    } catch (error) {
      // It reads other modules too, and one of them has failed.
      failures[boundary.key] = { error: error };
    }
  });
  calls_of(boundaries).forEach(function (made) {
    var failed = made.keys.filter(function (key) {
      return failures[key];
    })[0];
    try {
      if (failed !== undefined) throw failures[failed].error;
      if (made.call.then) made.call.then(arguments_for(inside, made.keys, made.call));
    } catch (error) {
      if (!made.call.failed) throw error;
      made.call.failed(error, { moduleId: made.importer.key, dependencyId: failed === undefined ? made.keys[0] : failed });
    }
  });
}

// The callbacks, each with the changed modules that it is for. As in webpack, one for a list of
// modules is called once; as in Vite, that of an `import.meta.hot` is called for each module.
function calls_of(boundaries) {
  var calls = [];
  boundaries.forEach(function (boundary) {
    boundary.calls.forEach(function (call) {
      var known = calls.filter(function (made) {
        return made.call === call && !call.is_meta;
      })[0];
      if (known) known.keys.push(boundary.key);
      else calls.push({ call: call, importer: boundary.importer, keys: [boundary.key] });
    });
  });
  return calls;
}

// webpack passes the names of the changed modules, Vite passes exports: of one module, or of all
// that were named, but only of those that changed.
function arguments_for(inside, keys, call) {
  var key = keys[0];
  if (!call.is_meta) return keys;
  if (!call.is_list) return inside.exports(key);
  return call.keys.map(function (named) {
    return named === key ? inside.exports(named) : undefined;
  });
}
