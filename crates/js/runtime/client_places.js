// Where client.js finds the output folder and its files. A script may come from another host than its
// page, or from another folder than the configured one: there are hosts for static files, sites with
// two names, and sites in a sub-folder.

// The addresses that the output folder may have, the likeliest first. `folders`: the configured one,
// and the one that the script came from. Other hosts rarely let pages read their files, and each
// attempt is a line in the console: the same path on the page's own host comes first.
function places_of(page, folders) {
  var host = host_of(page);
  var own = [];
  var others = [];
  function add(address) {
    var list = host && !is_own(page, address) ? others : own;
    if (list.indexOf(address) < 0) list.push(address);
  }
  folders = folders.map(complete);
  folders.forEach(add);
  if (host) {
    folders.forEach(function (address) {
      add(address.replace(/^https?:\/\/[^\/?#]+\//, host));
    });
  }
  return own.concat(others);
}

// The start of the page's own addresses; empty for a page that is on no host.
function host_of(page) {
  return (/^https?:\/\/[^\/?#]+\//.exec(page.location.href) || [""])[0];
}

function is_own(page, address) {
  var host = host_of(page);
  return Boolean(host) && address.slice(0, host.length) === host;
}

// The address of a folder as the addresses of tags are: with its server, and without "..".
function complete(folder) {
  var link = document.createElement("a");
  link.href = folder + "bundle-dev/";
  return link.href.slice(0, -"bundle-dev/".length);
}

// Whether a server answers that there is nothing, or nothing for this page.
function is_gone(code) {
  return code === 403 || code === 404 || code === 410;
}

// When browsers reload a page, they take its scripts from the cache while these seem fresh. If the
// server sends no cache headers, that lasts for a while. A request that bypasses the cache puts the
// new file there.
function renew(page, addresses, done) {
  var left = addresses.length;
  if (!left) return done();
  addresses.forEach(function (address) {
    fetch_anew(page, address, function () {
      left -= 1;
      if (!left) done();
    });
  });
}

// Another host need not allow this, and old browsers cannot do it there.
function fetch_anew(page, address, done) {
  if (!host_of(page) || is_own(page, address)) return request(address, true, done);
  if (!page.fetch) return done();
  var timer = setTimeout(end, 10000);
  function end() {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    done();
  }
  page.fetch(address, { mode: "no-cors", cache: "reload", credentials: "include" }).then(end, end);
}

// Why a page cannot read the status of a folder.
function no_updates(page, output) {
  return "no updates: " + output + "bundle-dev/status.json cannot be read. " +
    (is_own(page, output) ? "A policy forbids it (connect-src)" : "The other host has to allow it (Access-Control-Allow-Origin)");
}

function warn(page, text) {
  if (page.console && page.console.warn) page.console.warn("[bundle] " + text);
}
