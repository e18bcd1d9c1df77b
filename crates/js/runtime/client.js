// The client that shows edits on a page. `bundle --watch` puts it at the top of every entry script,
// after the text of addresses.js, and `connect` is called while the script runs. Any server that
// serves files will do: the client polls one small file of the output folder,
// bundle-dev/status.json. The watcher writes that file with every build: a hash of each script and
// stylesheet, the updates of the last edits, and the errors. Changed modules are exchanged while
// the page runs (client_updates.js). Otherwise the page is reloaded, as for a changed view. A
// changed stylesheet is swapped, and errors are shown over the page. A mistake in the client turns
// it off: it never throws into the page. It prints to the console only warnings, and what modules
// and listeners throw. It runs no text as code and writes no markup, so it works under any policy
// that allows requests to the output folder. The same rules as in helpers/ hold: ECMAScript 5 except
// for `export`, no effects at the top level, strict and sloppy alike.

// `script`: the name of its project, its file below the output folder, the configured URL of that
// folder, its own hash. The first script of a project makes the client of the page, and the others
// register with it. Scripts that came before the first one are kept in a list until then.
export function connect(page, script) {
  var key = "bundle-dev:" + script.name;
  var queue = page[key];
  var own;
  if (typeof document !== "object" || !document) return;
  try {
    own = own_script(script.file);
    if (!queue || !queue.add) {
      page[key] = start(page, script.name, places_of(page, [
        folder(page.BUNDLE_PUBLIC_PATH, script.name, script.file, script.path, own)
      ].concat(own ? folder(undefined, script.name, script.file, "", own) : [])), own);
      if (queue) queue.forEach(page[key].push);
    }
    page[key].add(script.file, script.hash, own && own.src);
  } catch (error) {
    // A page whose client cannot run is like a page without one.
  }
}

// A file has changed if earlier answers, in `known`, gave it another hash; a script that runs also
// knows its own hash. Edits follow each other, so the client polls often for a minute after an
// edit, after the page has loaded, and after its tab became visible again.
function start(page, name, places, own) {
  // The output folder: one of the places, tried in turn until one has a status.
  var output = places[0];
  var tried = 0;
  var is_busy = false;
  var refused;
  var loaded_at = Date.now();
  var running = {};
  var overlay = make_overlay(name, safely);
  var socket = make_socket(page, look_again, safely);
  // What the previous page of the tab stored of its last status.
  var last = parsed(stored("bundle-dev:last:" + output)) || {};
  var count = 0;
  var is_asking = false;
  var is_due = false;
  // Browsers refuse requests of pages that come from the disk, each with a line in the console.
  var is_off = /^file:/.test(output);
  var quick_until;
  var timer;
  var known;
  var build;
  var place = { name: name, output: output, running: running, own: own };
  var updates = make_updates(page, place, function () {
    reload(Object.keys(running).map(function (file) {
      return running[file].address;
    }), 0);
  }, safely);
  hurry();
  timer = setTimeout(safely(ask), 0);
  document.addEventListener("visibilitychange", safely(look_again));
  when_loaded(page, safely(function () {
    put_back(safely);
  }));
  return {
    add: add,
    push: function (script) {
      add(script[0], script[1]);
    },
    join: updates.join,
    hot: updates.hot,
    update: updates.arrive
  };

  function add(file, hash, address) {
    running[file] = { hash: hash, address: address || output + file };
    if (!file_of(running[file].address)) {
      warn(page, file + " is not updated, because it is not below " + output + ": if it is of another project, give each project its own \"name\"");
    }
  }

  function safely(action) {
    return function (a, b) {
      try {
        return action(a, b);
      } catch (error) {
        stop();
      }
    };
  }

  function stop() {
    is_off = true;
    clearTimeout(timer);
    socket.close();
    try {
      overlay.hide();
    } catch (error) {
      // The page has taken the overlay apart.
    }
  }

  function hurry() {
    quick_until = Date.now() + 60000;
  }

  function look_again() {
    if (document.hidden) return;
    hurry();
    clearTimeout(timer);
    ask();
  }

  // The address is new each time: old browsers take an answer from their cache, and a server may
  // treat two files with the same second and size as one.
  function ask() {
    if (is_off || document.hidden) return;
    is_due = is_asking;
    if (is_asking) return;
    is_asking = true;
    count += 1;
    request(output + "bundle-dev/status.json?" + Date.now() + "-" + count, false, safely(hear));
  }

  function hear(code, text) {
    var status = code >= 200 && code < 300 && as_status(text);
    is_asking = false;
    if (is_off) return;
    if (status) apply(status);
    else if (!known) look_elsewhere(code);
    else if (is_gone(code)) stop_polling();
    else ask_in(1500);
    if (status && !is_off) socket.follow(status.socket, status.build);
  }

  // Nothing is here: the watcher writes elsewhere, or it does not run. A server that answers with
  // another error may be busy. No answer at all means that the browser blocks the request.
  function look_elsewhere(code) {
    is_busy = is_busy || code && !is_gone(code);
    if (!code) refused = refused || output;
    tried += 1;
    output = place.output = places[tried % places.length];
    last = parsed(stored("bundle-dev:last:" + output)) || {};
    if (tried % places.length) return ask_in(0);
    if (is_busy) return ask_in(is_quick() ? 1500 : 10000);
    if (refused && tried < 5 * places.length) return ask_in(1500);
    stop();
    if (refused) warn(page, no_updates(page, refused));
  }

  // The folder was there: it was removed, or the watcher has ended. It may come back, and a tab
  // that becomes visible again polls again.
  function stop_polling() {
    overlay.hide();
    socket.close();
    if (is_quick()) ask_in(5000);
  }

  // A request that became due meanwhile is sent at once.
  function ask_in(wait) {
    clearTimeout(timer);
    timer = setTimeout(safely(ask), is_due ? 0 : wait);
    is_due = false;
  }

  // The watcher reports what changed before it has written the scripts themselves (`ahead`).
  // Changes that need these scripts wait.
  function apply(status) {
    var addresses = script_addresses();
    var files = outdated_scripts(addresses, status.scripts);
    var steps = updates.updates_to(files, status);
    var links = outdated_links(status.styles);
    var is_view = known ? has_new_view(status) : is_view_newer(status);
    var workers = new_workers(status);
    var before = known;
    var worthy;
    if (known && build !== status.build) hurry();
    build = status.build;
    overlay.show(status.problems, status.build);
    if (status.ahead && (!steps || workers.length)) return ask_in(is_quick() ? 50 : 1500);
    worthy = steps ? [] : files.filter(function (file) {
      return is_worth_a_reload(file, status.scripts[file]);
    });
    // The server prints other tags.
    is_view = is_view || has_other_files(status);
    files.forEach(function (file) {
      if (!steps && worthy.indexOf(file) < 0 && is_first(["bundle-dev", name, file, status.scripts[file], "cache"].join(":"))) {
        warn(page, file + " is older than the last build: a cache or a service worker keeps it");
      }
    });
    if (worthy.length || workers.length || is_view) {
      updates.report("vite:beforeFullReload", { type: "full-reload" });
      reload(worthy.map(function (file) {
        return addresses[file];
      }).concat(workers, links.map(original)), is_view ? loaded_at + 3000 - Date.now() : 0);
    } else {
      links.forEach(function (link) {
        swap(page, link, status.styles[file_of(link.href)], safely);
      });
    }
    learn(status);
    if (is_off) return;
    if (!steps || !steps.length) return ask_in(socket.pause(is_quick() ? 500 : 1500));
    is_asking = true;
    updates.bring(steps, files, status, safely(function (is_done) {
      is_asking = false;
      // If the updates failed, the scripts count as out of date as before.
      if (!is_done) known = before;
      ask_in(is_done ? socket.pause(500) : 50);
    }));
  }

  function is_quick() {
    return Date.now() < quick_until;
  }

  function learn(status) {
    known = {
      scripts: merged(known && known.scripts, status.scripts),
      styles: merged(known && known.styles, status.styles),
      attached: status.attached || {},
      views: status.views,
      watcher: watcher_of(status)
    };
    store("bundle-dev:last:" + output, JSON.stringify({
      styles: known.styles, attached: known.attached, views: known.views, watcher: known.watcher, at: Date.now()
    }));
  }

  // Whether a view has changed since the status before. Another watcher counts from the start.
  function has_new_view(status) {
    return status.views !== (known.watcher === watcher_of(status) ? known.views : 0);
  }

  // Whether a view has changed since the status that the page before this one had, so perhaps after
  // this page was printed. A page that was away for a while most likely has the new view.
  function is_view_newer(status) {
    return last.watcher === watcher_of(status) && status.views > last.views && is_after_last();
  }

  // Whether this page follows the one before it in the tab at once, so that it may have been printed
  // before the last build.
  function is_after_last() {
    return loaded_at - last.at < 20000;
  }

  // Scripts that differ from the status: they run and report another hash, or earlier answers gave
  // another one.
  function outdated_scripts(addresses, hashes) {
    return Object.keys(addresses).filter(function (file) {
      var hash = hashes[file];
      if (!hash) return false;
      return running[file] ? running[file].hash !== hash : Boolean(known && known.scripts[file] !== hash);
    });
  }

  // Whether the page needs other files: a script of it has another name now, or another list of
  // stylesheets and workers.
  function has_other_files(status) {
    if (!Object.keys(status.scripts).length) return false;
    return Object.keys(running).some(function (file) {
      if (status.scripts[file]) {
        return known ? known.scripts[file] && has_other_list(known, status, file) :
          last.attached && is_after_last() && has_other_list(last, status, file) && lacks_links(attached(status, file));
      }
      // Another project may have the same name.
      if (file_of(running[file].address) !== file) return false;
      return known && known.scripts[file] || is_first(["bundle-dev", name, file, "gone"].join(":"));
    });
  }

  // Whether one of some files is a stylesheet that no link of the page has.
  function lacks_links(files) {
    var linked = all("link").map(function (link) {
      return file_of(link.href);
    });
    return files.some(function (file) {
      return /\.css$/.test(file) && linked.indexOf(file) < 0;
    });
  }

  // The addresses of workers that have changed.
  function new_workers(status) {
    var found = {};
    Object.keys(known ? running : {}).forEach(function (file) {
      attached(status, file).forEach(function (part) {
        if (known.scripts[part] && status.scripts[part] && known.scripts[part] !== status.scripts[part]) found[output + part] = 1;
      });
    });
    return Object.keys(found);
  }

  // A script that is older than the status, although nothing has just changed, comes from a cache.
  // It is worth one reload for each hash: with more, a page could reload forever.
  function is_worth_a_reload(file, hash) {
    return known && known.scripts[file] !== hash || is_first(["bundle-dev", name, file, hash].join(":"));
  }

  function script_addresses() {
    var addresses = {};
    all("script").forEach(function (script) {
      var file = file_of(script.src);
      if (file) addresses[file] = script.src;
    });
    Object.keys(running).forEach(function (file) {
      addresses[file] = running[file].address;
    });
    return addresses;
  }

  // A link that a newer one is about to replace does not count. A stylesheet that changed after the
  // status of the page before this one may have loaded before the change or after it: swapping it
  // does no harm.
  function outdated_links(hashes) {
    var before = (known || last).styles || {};
    return all("link").filter(function (link) {
      var file = /(^|\s)stylesheet(\s|$)/i.test(link.rel) && !link.bundle_dev_after && file_of(link.href);
      return file && hashes[file] && (known || before[file]) && before[file] !== hashes[file];
    });
  }

  // The file of an address below the output folder, wherever that is.
  function file_of(address) {
    var plain = typeof address === "string" ? address.split(/[?#]/)[0] : "";
    var length = 0;
    // Places may be nested.
    places.forEach(function (start) {
      if (plain.slice(0, start.length) === start) length = Math.max(length, start.length);
    });
    return length ? decoded(plain.slice(length)) : "";
  }

  // PHP keeps views, and checks only after two seconds, counted in whole ones, whether one has
  // changed (OPcache as it is configured by default). If a page that has just loaded were reloaded
  // for a view at once, it would get the old view.
  function reload(addresses, wait) {
    var renewed = safely(function () {
      keep(page);
      page.location.reload();
    });
    is_off = true;
    if (wait > 0) {
      setTimeout(safely(function () {
        renew(page, addresses, renewed);
      }), wait);
    } else renew(page, addresses, renewed);
  }
}

// The builds of a watcher have its name.
function watcher_of(status) {
  return String(status.build).split("-")[0];
}

// The stylesheets of a script, and the scripts of the workers that it starts.
function attached(status, file) {
  return (status.attached || {})[file] || [];
}

function has_other_list(before, now, file) {
  return String(attached(before, file)) !== String(attached(now, file));
}

function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch (error) {
    return address;
  }
}

function all(tag) {
  return [].slice.call(document.getElementsByTagName(tag));
}

function when_loaded(page, action) {
  function later() {
    setTimeout(action, 0);
  }
  if (document.readyState === "complete") later();
  else page.addEventListener("load", later);
}

function merged(before, now) {
  var both = {};
  [before || {}, now].forEach(function (hashes) {
    Object.keys(hashes).forEach(function (file) {
      both[file] = hashes[file];
    });
  });
  return both;
}

// `done` gets the status code, or 0 if there is no answer, and the text. An aborted request of an
// old browser throws when it is read.
function request(address, is_fresh, done) {
  var asked = new XMLHttpRequest();
  var timer = setTimeout(give_up, 10000);
  function end(code, text) {
    clearTimeout(timer);
    asked.onreadystatechange = function () {};
    done(code, text);
  }
  function give_up() {
    end(0, "");
    asked.abort();
  }
  asked.onreadystatechange = function () {
    if (asked.readyState === 4) end(asked.status, asked.responseText);
  };
  try {
    asked.open("GET", address, true);
    if (is_fresh) asked.setRequestHeader("Cache-Control", "no-cache");
    asked.send();
  } catch (error) {
    end(0, "");
  }
}

// Anything else is another file, one of another version, or half of one.
function as_status(text) {
  var status = parsed(text);
  var is_complete = status && status.version === 2 && status.scripts && status.styles && Array.isArray(status.updates) && Array.isArray(status.problems);
  return is_complete ? status : undefined;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    return undefined;
  }
}

// The storage of the tab. It may be missing, full or forbidden.
function stored(key) {
  try {
    return sessionStorage.getItem(key);
  } catch (error) {
    return null;
  }
}

function store(key, text) {
  try {
    sessionStorage.setItem(key, text);
    return sessionStorage.getItem(key) === text;
  } catch (error) {
    return false;
  }
}

// Whether a key is queried for the first time in this tab. If nothing can be stored, the answer is
// always no.
function is_first(key) {
  return !stored(key) && store(key, "1");
}
