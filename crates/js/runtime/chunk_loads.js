// How classic scripts of a build load others, for `install` of chunks.js, whose `has` this calls.
// The same rules as in helpers/ hold: ECMAScript 5 except for `export`, no effects at the top
// level, strict and sloppy alike.

// Returns the function that makes, for a script, the function with which it loads others: all files
// are loaded, then the first one runs. `address` starts workers. `at`: the arguments of `install`
// in the calling script; `give` runs a script that has arrived.
export function loads(at, chunks, loading, give) {
  var own = own_script(at[2]);

  function address_of(wanted) {
    return folder(at[0].BUNDLE_PUBLIC_PATH, at[1], at[2], at[3], own) + wanted;
  }

  return function (by) {
    function load(files, version) {
      if (typeof Promise !== "function") {
        throw new Error("import() in " + by + " needs Promise: load a polyfill such as core-js before this script");
      }
      return Promise.all(files.map(fetch)).then(function () {
        return give(files[0], version, by);
      });
    }
    load.address = address_of;
    return load;
  };

  // One request at a time for a file; a failed one may be repeated.
  function fetch(wanted) {
    var address = address_of(wanted);
    var add_tag = /\.css$/.test(wanted) ? add_sheet : add_script;
    var arrive;
    if (has(chunks, wanted)) return undefined;
    if (!has(loading, wanted)) {
      loading[wanted] = new Promise(function (resolve, reject) {
        arrive = resolve;
        add_tag(address, nonce(own), function (problem) {
          delete loading[wanted];
          // No code waits for a stylesheet by its name, so only its presence is recorded.
          if (!problem) chunks[wanted] = {};
          if (has(chunks, wanted)) resolve();
          else reject(new Error(wanted + " could not be loaded: " + address + " " + problem));
        });
      });
      loading[wanted].arrive = arrive;
    }
    return loading[wanted];
  }
}

// New browsers hide the nonce from the attribute; old ones have only the attribute.
function nonce(script) {
  return script && (script.nonce || script.getAttribute("nonce"));
}

function head_of_page() {
  return document.head || document.getElementsByTagName("head")[0] || document.documentElement;
}

// A stylesheet that the page already has counts.
function add_sheet(address, allowed, done) {
  var links = document.getElementsByTagName("link");
  var link = document.createElement("link");
  var i;
  function end(problem) {
    link.onload = link.onerror = null;
    done(problem);
  }
  link.rel = "stylesheet";
  link.href = address;
  for (i = 0; i < links.length; i++) {
    if (links[i].rel === "stylesheet" && links[i].href.split(/[?#]/)[0] === link.href) return done();
  }
  link.onload = function () {
    end();
  };
  link.onerror = function () {
    head_of_page().removeChild(link);
    end("cannot be had");
  };
  if (allowed) link.setAttribute("nonce", allowed);
  head_of_page().appendChild(link);
}

// A tag that loaded nothing is removed: the page must not fill with them.
function add_script(address, allowed, done) {
  var script = document.createElement("script");
  var head = head_of_page();
  function end(problem) {
    script.onload = script.onerror = null;
    done(problem);
  }
  script.onload = function () {
    end("is not the script that it should be: it is cut off, or another file");
  };
  script.onerror = function () {
    head.removeChild(script);
    end("cannot be had");
  };
  if (allowed) script.setAttribute("nonce", allowed);
  script.src = address;
  head.appendChild(script);
}
