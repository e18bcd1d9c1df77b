// The upgrade of client.js from polling to notification. If the page and the watcher are on one
// machine, the status has the port and the token of an event stream. The stream only announces a
// new status: the page requests the changes from its own server. A tab tries once for each token,
// because a browser writes a line into the console when a policy, another machine or an old watcher
// is in the way. After a failure it continues to poll. A tab that got through connects again after
// each reload.

// `look_again` requests the status at once.
function make_socket(page, look_again, safely) {
  var source = null;
  var is_open = false;
  // The last build that the stream announced, and the build of the last status.
  var heard;
  var known;
  var key;
  var lost;
  var timer;
  var tries;
  document.addEventListener("visibilitychange", safely(function () {
    if (document.hidden) leave();
  }));
  // Firefox reports connections that end with their page, and pages with connections can't be kept
  // for the back button.
  page.addEventListener("pagehide", safely(leave));
  page.addEventListener("pageshow", safely(function (event) {
    if (event && event.persisted) look_again();
  }));
  return { follow: follow, pause: pause, close: close };

  // Follows a status. `stream`: the port, the token, and origins that may connect.
  function follow(stream, build) {
    var now = stream && "bundle-dev:socket:" + stream.token;
    known = build;
    if (source && now !== key) close();
    if (source || !stream || now === lost || document.hidden || !page.EventSource || !may_connect(page.location, stream.origins)) return;
    key = now;
    // Nothing is tried if it can't be remembered.
    if (stored(key) === "tried" || !store(key, "tried")) return;
    try {
      connect_to("http://127.0.0.1:" + stream.port + "/?token=" + stream.token);
    } catch (error) {
      // Old browsers throw if a policy forbids it.
      source = null;
    }
  }

  function connect_to(address) {
    var mine = new page.EventSource(address);
    source = mine;
    mine.onopen = safely(function () {
      if (source !== mine) return;
      is_open = true;
      heard = undefined;
      store(key, "open");
      // Requests the changes between the last status and now.
      look_again();
    });
    mine.onmessage = safely(function (event) {
      if (source !== mine) return;
      heard = event.data;
      tries = 0;
      look_again();
    });
    // The browser would try again by itself. A page that is about to be replaced loses its
    // connection first: then the timer never runs.
    mine.onerror = safely(function () {
      if (source !== mine) return;
      close();
      lost = key;
      timer = setTimeout(safely(function () {
        store(lost, "tried");
        look_again();
      }), 500);
    });
  }

  // An attempt that the page itself breaks off has not failed.
  function leave() {
    clearTimeout(timer);
    lost = undefined;
    if (source && !is_open) store(key, "");
    close();
  }

  function close() {
    if (source) source.close();
    source = null;
    is_open = false;
  }

  // How long to wait until the next poll. An answer may have been on its way when the event came:
  // then it has the previous status. `usual`: the interval without notification.
  function pause(usual) {
    if (!is_open) return usual;
    if (!heard || heard === known) return 10000;
    tries += 1;
    return tries > 3 ? usual : 50;
  }
}

// Whether a watcher of this machine can be meant.
function may_connect(place, origins) {
  var is_loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(place.hostname);
  return is_loopback || Array.isArray(origins) && origins.indexOf(place.protocol + "//" + place.host) >= 0;
}
