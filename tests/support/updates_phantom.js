// The side of updates.mjs that runs in PhantomJS: asks there what to do, does it, and tells what came of it with the next question.
// phantomjs --web-security=no updates_phantom.js URL
var page = require("webpage").create();
var url = require("system").args[1];
var requests = [];
var errors = [];

page.onResourceRequested = function (request) {
  requests.push(request.url);
};
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

ask();

function ask(answer) {
  var asked = new XMLHttpRequest();
  asked.onreadystatechange = function () {
    if (asked.readyState !== 4) return;
    // The driver has ended.
    if (asked.status !== 200) phantom.exit(1);
    else act(JSON.parse(asked.responseText));
  };
  asked.open("POST", url, true);
  asked.send(JSON.stringify({ requests: requests.splice(0), errors: errors.splice(0), answer: answer }));
}

function act(order) {
  if (order.open) {
    page.open(order.open);
    ask({});
  } else {
    ask(evaluated(order.evaluate));
  }
}

function evaluated(expression) {
  try {
    return { value: page.evaluate("function () { return " + expression + "; }") };
  } catch (error) {
    return { error: String(error) };
  }
}
