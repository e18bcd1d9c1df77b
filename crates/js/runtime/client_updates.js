// Updates for client.js: scripts in bundle-dev/, each with the modules that one build changed. They
// are plain scripts with the nonce of the script that has the client, so any policy that lets that
// one run lets them run. The updates that lead from the state of the page to the status are loaded
// in order and applied together (hot.js).

// `name`: the project; `running`: the hash of each script of the page; `own`: the script with the
// client. `reload` reloads the page.
function make_updates(page, place, reload, safely) {
  var registries = [];
  var arrived = {};
  // Per script the hash that no update leads to.
  var refused = {};
  var listeners = {};
  var phase = "idle";
  var services = {
    reload: safely(reload),
    invalidate: function (inside, key) {
      setTimeout(safely(function () {
        report("vite:invalidate", { path: path_of(key) });
        if (!attempt(inside, {}, key)) reload();
      }), 0);
    },
    on: function (event, action) {
      listeners[event] = (listeners[event] || []).concat([action]);
    },
    off: function (event, action) {
      listeners[event] = (listeners[event] || []).filter(function (known) {
        return known !== action;
      });
    },
    status: function () {
      return phase;
    },
    on_status: function (action) {
      services.on("status", action);
    },
    off_status: function (action) {
      services.off("status", action);
    }
  };
  return {
    join: function (inside) {
      registries.push(inside);
    },
    hot: function (inside, module, specifiers, is_meta) {
      return hot_of(inside, module, specifiers, is_meta, services);
    },
    arrive: function (id, tables) {
      arrived[id] = tables;
    },
    updates_to: updates_to,
    bring: bring,
    report: report
  };

  // Mistakes of listeners are those of the page.
  function report(event, payload) {
    (listeners[event] || []).forEach(function (action) {
      try {
        action(payload);
      } catch (error) {
        print(error);
      }
    });
  }

  function print(error) {
    if (page.console && page.console.error) page.console.error(error);
  }

  function now(state) {
    phase = state;
    report("status", state);
  }

  // The updates that bring all of these scripts to the status, in order, if there are any, each with
  // the scripts that need it. They are looked for from the newest on: if an edit was undone, the
  // page's hash occurs twice.
  function updates_to(files, status) {
    var wanted = {};
    var is_whole = files.every(function (file) {
      var running = place.running[file] && place.running[file].hash;
      var hash = status.scripts[file];
      if (!running || refused[file] === hash) return false;
      status.updates.slice().reverse().forEach(function (update) {
        var step = update.scripts[file];
        if (hash === running || !step || step[1] !== hash) return;
        if (!has(wanted, update.id)) wanted[update.id] = {};
        wanted[update.id][file] = true;
        hash = step[0];
      });
      return hash === running;
    });
    return is_whole && status.updates.filter(function (update) {
      return has(wanted, update.id);
    }).map(function (update) {
      return { id: update.id, scripts: wanted[update.id] };
    });
  }

  // `done` gets whether the page now matches the status.
  function bring(steps, files, status, done) {
    var missing = steps.filter(function (step) {
      return !has(arrived, step.id);
    });
    if (!missing.length) return done(take(steps, files, status));
    load(place.output + "bundle-dev/" + missing[0].id + ".js", place.own, safely(function () {
      if (has(arrived, missing[0].id)) return bring(steps, files, status, done);
      refuse(files, status);
      done(false);
    }));
  }

  function refuse(files, status) {
    files.forEach(function (file) {
      refused[file] = status.scripts[file];
    });
  }

  function take(steps, files, status) {
    var is_done;
    var all = registries.map(function (inside) {
      return rows_for(inside, steps);
    });
    var payload = { type: "update", updates: updates_of(all) };
    now("prepare");
    report("vite:beforeUpdate", payload);
    is_done = registries.every(function (inside, number) {
      return !Object.keys(all[number]).length || attempt(inside, all[number]);
    });
    now("idle");
    if (!is_done) refuse(files, status);
    else {
      files.forEach(function (file) {
        place.running[file].hash = status.scripts[file];
      });
      restyle(steps);
      report("vite:afterUpdate", payload);
    }
    return is_done;
  }

  // Exchanges modules. Returns false if that is impossible or a module throws.
  function attempt(inside, rows, invalid) {
    try {
      return exchange(inside, rows, function (keys) {
        report("vite:beforePrune", { type: "prune", paths: keys.map(path_of) });
      }, invalid);
    } catch (error) {
      print(error);
      report("vite:error", { type: "error", err: { message: String(error && error.message), stack: String(error && error.stack) } });
      return false;
    }
  }

  // Exchanges the styles that scripts of the page have put into it.
  function restyle(steps) {
    var newest = {};
    each_table(steps, function (table) {
      if (table[3]) newest[table[0]] = table[3];
    });
    Object.keys(newest).forEach(function (file) {
      exchange_styles("bundle-dev:" + place.name + ":" + file, newest[file]);
    });
  }

  // The newest rows of all scripts that bring modules to a registry, which gets new functions of
  // our runtime with them.
  function rows_for(inside, steps) {
    var rows = {};
    each_table(steps, function (table) {
      if (!inside.has_script(table[0])) return;
      table[1].forEach(function (make) {
        inside.help(make());
      });
      Object.keys(table[2]).forEach(function (key) {
        rows[key] = table[2][key];
      });
    });
    return rows;
  }

  function each_table(steps, action) {
    steps.forEach(function (step) {
      arrived[step.id].forEach(function (table) {
        if (has(step.scripts, table[0])) action(table);
      });
    });
  }
}

// The changed modules, as Vite lists them.
function updates_of(all) {
  var updates = [];
  all.forEach(function (rows) {
    Object.keys(rows).forEach(function (key) {
      updates.push({ type: "js-update", path: path_of(key), acceptedPath: path_of(key), timestamp: Date.now() });
    });
  });
  return updates;
}

// The path of a module, as Vite writes it.
function path_of(key) {
  return "/" + key;
}

// `owner`: what the script has written into its elements. Their number may change: an old browser
// limits the number of rules that it reads from one element.
function exchange_styles(owner, sheets) {
  var old = all("style").filter(function (style) {
    return style.bundle_dev_owner === owner;
  });
  var last = old[Math.min(old.length, sheets.length) - 1];
  if (!last) return;
  sheets.forEach(function (sheet, number) {
    var style = old[number] || last.cloneNode(false);
    if (!old[number]) {
      if (nonce_of(last)) style.setAttribute("nonce", nonce_of(last));
      style.bundle_dev_owner = owner;
      last.parentNode.insertBefore(style, last.nextSibling);
      last = style;
    }
    if (style.textContent !== sheet) style.textContent = sheet;
  });
  old.slice(sheets.length).forEach(remove);
}

function has(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}

function load(address, own, done) {
  var script = document.createElement("script");
  var nonce = own && nonce_of(own);
  script.onload = script.onerror = function () {
    script.onload = script.onerror = null;
    remove(script);
    done();
  };
  if (nonce) script.setAttribute("nonce", nonce);
  try {
    script.src = address;
  } catch (error) {
    // A policy requires trusted types. Without the update the page is reloaded.
    return done();
  }
  (document.head || document.getElementsByTagName("head")[0] || document.documentElement).appendChild(script);
}
