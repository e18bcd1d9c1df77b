// The page on which components of fixtures/vue are shown, one case after the other, and what a case finds on it: `mount`, and for
// its check.js `vm`, `find`, `all`, `click`, `enter`, `press`, `fire`, `style`, `steps`. `cases` is a list of
// `{ name, script, style, check }`, texts all of them. ECMAScript 5: PhantomJS reads this.
//
// What comes of it stands at the end in `#results`, as JSON that needs no escaping in markup.
var page = document.createElement("div");
var vm;
/** Of the case that is shown now. */
var roots, complaints, waiting;

/** Shows a component; `data` is what Vue's `h` takes: props, listeners, slots. Gives the component's instance. */
function mount(component, data) {
  var place = document.createElement("div");
  page.appendChild(place);
  var root = new Vue({
    render: function (h) {
      return h(component, typeof data === "function" ? data(h) : data);
    }
  });
  // Before it is shown: what its creation throws must not lose it.
  roots.push(root);
  root.$mount(place);
  vm = root.$children[0];
  return vm;
}

function find(selector) {
  var found = page.querySelector(selector);
  if (!found) throw new Error("nothing matches " + selector);
  return found;
}

function all(selector) {
  return Array.prototype.slice.call(page.querySelectorAll(selector));
}

/** Dispatches an event with further properties: `fire("input", "keyup", { keyCode: 13 })`. */
function fire(target, type, properties) {
  // A MouseEvent's own properties cannot be set, and Vue asks for none of its kind.
  var event = document.createEvent("Event");
  event.initEvent(type, true, true);
  for (var name in properties) event[name] = properties[name];
  (typeof target === "string" ? find(target) : target).dispatchEvent(event);
  return event;
}

function click(target, properties) {
  return fire(target, "click", properties);
}

/** Writes into a field as a user does, without leaving it. */
function enter(target, text) {
  var field = typeof target === "string" ? find(target) : target;
  field.value = text;
  return fire(field, "input");
}

function press(target, keyCode, properties) {
  var all = { keyCode: keyCode };
  for (var name in properties) all[name] = properties[name];
  return fire(target, all.type || "keyup", all);
}

/** Chooses among the options of a select, by their places. */
function choose(target, places) {
  var field = find(target);
  for (var i = 0; i < field.options.length; i++) field.options[i].selected = places.indexOf(i) >= 0;
  return fire(field, "change");
}

/** Sets a checkbox or radio button as a click does. */
function check(target, isChecked) {
  var field = find(target);
  field.checked = isChecked !== false;
  return fire(field, "change");
}

/** A computed style. */
function style(target, property) {
  return getComputedStyle(typeof target === "string" ? find(target) : target).getPropertyValue(property);
}

/** Functions that run one after the other, each once the page shows what the one before it did. */
function steps() {
  waiting.push.apply(waiting, arguments);
}

function complain(kind, text) {
  complaints[kind].push(String(text));
}

Vue.config.productionTip = false;
Vue.config.devtools = false;
Vue.config.warnHandler = function (message) {
  complain("warnings", message);
};
Vue.config.errorHandler = function (error, _, where) {
  complain("errors", error + " in " + where + trace(error));
};
window.onerror = function (message) {
  complain("errors", message);
  return true;
};

function trace(error) {
  var isAssertion = String(error).indexOf("assertion failed") >= 0;
  return isAssertion || !error || !error.stack ? "" : "\n" + String(error.stack).split("\n").slice(0, 4).join("\n");
}

/** Runs something of a case: what it throws is the case's affair. */
function attempt(run) {
  try {
    run();
  } catch (error) {
    complain("errors", error + trace(error));
  }
}

/** Once the document shows what has changed. */
function later(run) {
  Vue.nextTick(function () {
    setTimeout(run, 0);
  });
}

function showAll(finished) {
  var results = {};
  var at = 0;
  next();

  function next() {
    if (at === cases.length) return finished(results);
    var each = cases[at++];
    show(each, function (result) {
      results[each.name] = result;
      next();
    });
  }
}

function show(each, finished) {
  roots = [];
  waiting = [];
  complaints = { warnings: [], errors: [] };
  logs.length = 0;
  vm = undefined;
  document.body.appendChild(page);
  var added = [];
  if (each.style) added.push(add("style", each.style));
  // Of what is thrown by scripts of a page that is a file, browsers say nothing.
  [each.script, each.check].filter(Boolean).forEach(function (text) {
    added.push(add("script", "attempt(function () {\n" + text + "\n});"));
  });
  later(step);

  function step() {
    if (waiting.length === 0 || complaints.errors.length > 0) return end();
    attempt(waiting.shift());
    later(step);
  }

  function end() {
    var shown = "";
    attempt(function () {
      shown = shownOf(page, logs);
    });
    var result = { html: shown, warnings: complaints.warnings, errors: complaints.errors };
    attempt(function () {
      roots.forEach(function (root) {
        root.$destroy();
      });
    });
    added.concat(page).forEach(function (node) {
      if (node.parentNode) node.parentNode.removeChild(node);
    });
    page.innerHTML = "";
    Vue.config.keyCodes = Object.create(null);
    finished(result);
  }
}

/** Runs a script, applies a stylesheet: from its text, so that the browser tells all about errors in it. */
function add(tag, text) {
  var element = document.createElement(tag);
  element.appendChild(document.createTextNode(text));
  document.head.appendChild(element);
  return element;
}

var over = done.async();
window.onload = function () {
  // A turn after it, so that the driver has seen that the page is loaded.
  setTimeout(function () {
    showAll(function (results) {
      var element = document.createElement("pre");
      element.id = "results";
      var json = JSON.stringify(results).replace(/[<>&\u007f-\uffff]/g, function (character) {
        return "\\u" + ("000" + character.charCodeAt(0).toString(16)).slice(-4);
      });
      element.appendChild(document.createTextNode(json));
      document.body.appendChild(element);
      over();
    });
  }, 50);
};
