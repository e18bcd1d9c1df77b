// Opens a page in PhantomJS and prints one line of JSON: what it logged, what went wrong, what it shows.
// phantomjs phantom.js URL MILLISECONDS [STEP…]
// With `done` on the page (tests/support/prelude.js) it waits until the program is over; otherwise until the page is
// loaded and quiet. Each STEP is a selector to click, or one with
// what is typed: `#name<-Minseo`.
var page = require("webpage").create();
var args = require("system").args;
var limit = Date.now() + Number(args[2]);
var errors = [];
var isOpen = false;

page.onError = function (message, trace) {
  var at = trace && trace[0] ? " (" + trace[0].file + ":" + trace[0].line + ")" : "";
  errors.push(message + at);
};
page.onConsoleMessage = function (message) {
  errors.push("console: " + message);
};
page.onResourceError = function (error) {
  errors.push("resource: " + error.url + ": " + error.errorString);
};

// Its Qt now and then loses one of several requests to a server that closes every connection, as PHP's own does, and
// waits for ever. Then the page is opened once more, from nothing, and has twice the time: it may be a long program on
// a busy machine.
var patience = 4000;
var PAUSE = 300;
var attempt = 0;
open();

function open() {
  var current = ++attempt;
  errors.length = 0;
  setTimeout(function () {
    if (attempt === current && !isOpen) again("it took too long");
  }, patience);
  page.open(args[1], function (status) {
    if (attempt !== current || isOpen) return;
    if (status !== "success") {
      again(status);
      return;
    }
    isOpen = true;
    opened();
  });
}

// A pause between: what stopping an attempt says must not be heard as the next one's answer.
function again(why) {
  if (Date.now() >= limit) {
    errors.push("the page did not open: " + why);
    finish();
    return;
  }
  attempt++;
  patience *= 2;
  page.stop();
  setTimeout(open, PAUSE);
}

var step = 3;

// One a turn: pages answer in later ones.
function opened() {
  if (step === args.length) return wait();
  page.evaluate(act, args[step++]);
  setTimeout(opened, 20);
}

function act(written) {
  var parts = written.split("<-");
  var target = document.querySelector(parts[0]);
  if (!target) throw new Error("nothing matches " + parts[0]);
  if (parts.length > 1) target.value = parts[1];
  var event = document.createEvent("MouseEvents");
  event.initEvent(parts.length > 1 ? "input" : "click", true, true);
  target.dispatchEvent(event);
}

function wait() {
  var pending = page.evaluate(function () {
    return typeof done === "undefined" ? 0 : done.pending;
  });
  if (pending > 0 && Date.now() < limit) {
    setTimeout(wait, 20);
    return;
  }
  if (pending > 0) errors.push("still running after " + args[2] + " ms");
  // One more turn, for what the page does after its last event.
  setTimeout(finish, 100);
}

function finish() {
  var seen = page.evaluate(function () {
    var program = typeof done === "undefined" ? { errors: [] } : done;
    return {
      logs: typeof logs === "undefined" ? [] : logs,
      errors: program.errors,
      body: document.body ? document.body.innerHTML : ""
    };
  });
  console.log(JSON.stringify({
    logs: seen.logs,
    errors: errors.concat(seen.errors),
    body: seen.body
  }));
  phantom.exit(0);
}
