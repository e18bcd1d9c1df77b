// How classic scripts that are split meet on a page. Every script of a build pushes a record of
// itself onto one object of the page, `page["bundle:NAME"]`, or `page["bundle:NAME:ENTRY"]` if
// entries share no scripts: [file, version, [[file, version] …],
// factory, entry, table]. `entry` is 1 for an entry, or the global name that gets the entry's
// exports; `table` holds modules for a registry, if the build has one. The object is an array until
// the first entry's script arrives. From then on it runs what is complete, so scripts may arrive in
// any order. The same rules as in helpers/ hold: ECMAScript 5 except for `export`, no effects at
// the top level, strict and sloppy alike.

// `loads` is what a script needs to load others (chunk_loads.js). Only entries that load scripts,
// themselves or in the scripts that they need, have it; the first script that has it passes it on.
export function install(page, name, file, path, loads, entry) {
  var key = "bundle:" + name + (entry ? ":" + entry : "");
  var queue = page[key];
  var chunks = {};
  var loading = {};
  var waiting = [];
  var is_busy = false;
  var is_asking;
  var timer;
  var loader;
  if (queue && queue.learn) return queue.learn(loads, file, path);
  page[key] = { push: register, learn: learn, scripts: chunks };
  learn(loads, file, path);
  if (queue) queue.forEach(add);
  settle();

  function learn(loads, file, path) {
    if (!loader && loads) loader = loads([page, name, file, path], chunks, loading, give);
  }

  function register(record) {
    add(record);
    settle();
  }

  // The first script of a file counts: a second tag for it changes nothing.
  function add(record) {
    var chunk = { file: record[0], version: record[1], needs: record[2], factory: record[3], table: record[5] };
    if (has(chunks, chunk.file)) return;
    chunks[chunk.file] = chunk;
    // Code that waits for it continues before the next task, as in webpack:
    // `document.currentScript` is still its tag then.
    if (has(loading, chunk.file)) loading[chunk.file].arrive();
    chunk.global = typeof record[4] === "string" && record[4];
    if (record[4] && !is_in_what_is_loaded(chunk.file)) waiting.push(chunk);
  }

  // The entry in the file of a bundle, "file#", is for pages that include the file. Whoever loads
  // the file wants its other modules.
  function is_in_what_is_loaded(name) {
    return name.slice(-1) === "#" && has(loading, name.slice(0, -1));
  }

  // Runs entries that have everything they need, in the order in which they came. If one throws,
  // the others still run: the first error is thrown at the end, later ones are reported separately.
  function settle() {
    var errors = [];
    var chunk;
    if (is_busy) return;
    is_busy = true;
    while ((chunk = next_complete())) {
      try {
        run(chunk);
        if (chunk.global) show(chunk.global, chunk.gives);
      } catch (error) {
        errors.push(error);
      }
    }
    is_busy = false;
    if (waiting.length && page.document && page.addEventListener) {
      if (document.readyState === "complete") ask_later();
      else if (!is_asking) page.addEventListener("load", ask_later);
      is_asking = true;
    }
    errors.slice(1).forEach(report);
    if (errors.length) throw errors[0];
  }

  // Sets a dotted name. Objects on the way are made where the page lacks them.
  function show(path, value) {
    var names = path.split(".");
    var last = names.pop();
    var object = page;
    names.forEach(function (each) {
      object = object[each] = object[each] || {};
    });
    object[last] = value;
  }

  function report(error) {
    setTimeout(function () {
      throw error;
    });
  }

  function next_complete() {
    var i;
    for (i = 0; i < waiting.length; i++) {
      if (!missing(waiting[i]).length) return waiting.splice(i, 1)[0];
    }
  }

  // The files that a chunk needs, directly or not, and that have not arrived.
  function missing(chunk) {
    var seen = {};
    var files = [];
    var stack = [chunk];
    function enter(need) {
      if (has(seen, need[0])) return;
      seen[need[0]] = true;
      if (has(chunks, need[0])) stack.push(chunks[need[0]]);
      else files.push(need[0]);
    }
    while (stack.length) stack.pop().needs.forEach(enter);
    return files;
  }

  // All scripts that a page names, `async` and `defer` ones too, have arrived when the page has
  // loaded. A script that still waits then waits forever, unless a script of the page adds tags
  // later: each script that arrives restarts the second.
  function ask_later() {
    clearTimeout(timer);
    timer = setTimeout(complain, 1000);
  }

  function complain() {
    waiting.forEach(function (chunk) {
      var files = missing(chunk);
      // If a script has a tag, the browser itself reports why it is missing, or it is still loading
      // and others may follow it.
      if (!chunk.is_blamed && !files.some(has_tag) && page.console) {
        chunk.is_blamed = true;
        console.error((chunk.file + " has not run: the page has no script tag for " + files.join(", ")).replace(/#/g, ""));
      }
    });
  }

  // Returns the exports of a chunk. It runs once, after the chunks that it needs; an error is
  // final.
  function run(chunk) {
    if (chunk.failure) throw chunk.failure.error;
    if (!chunk.has_run) {
      try {
        chunk.gives = chunk.factory.apply(undefined, [loader && loader(chunk.file)].concat(chunk.table ? [chunk.table, page[key].modules] : [], chunk.needs.map(function (need) {
          return give(need[0], need[1], chunk.file);
        })));
      } catch (error) {
        chunk.failure = { error: error };
        throw error;
      }
      chunk.has_run = true;
    }
    return chunk.gives;
  }

  function give(wanted, version, by) {
    var chunk = chunks[wanted];
    if (chunk.version !== version) {
      throw new Error(by + " was built together with another version of " + wanted + ": load both from one build");
    }
    return run(chunk);
  }
}

function has_tag(file) {
  return [].some.call(document.getElementsByTagName("script"), function (script) {
    return ("/" + script.src.split(/[?#]/)[0]).slice(-file.length - 1) === "/" + file;
  });
}

function has(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}
