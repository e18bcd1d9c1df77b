// What an engine of ECMAScript 5 without a page lacks, each by itself: small things that do what programs of fixtures ask of them.
var page = this, stubs = {}, later = [], timers = [];

// Runs what is put off: timers when nothing else is left, in order.
function drain() {
  while (later.length || timers.length) (later.length ? later : timers).shift()();
}

function timer(task) {
  return timers.push(task);
}

// Calls `act` with the object that a name is a member of, and its last part; `.at` is a method of whatever has one.
function at(name, act) {
  var names = name.charAt(0) === "." ? of_classes(name) : [name];
  names.forEach(function (name) {
    var parts = name.split("."), object = page;
    parts.slice(0, -1).forEach(function (part) {
      object = object && object[part];
    });
    if (object) act(object, parts[parts.length - 1], name);
  });
}

function of_classes(method) {
  return ["Array", "String", "Promise", "Map", "Set"].map(function (name) {
    return name + ".prototype" + method;
  });
}

// Defines these and nothing else. What has no stub the page itself has to bring.
function install(names) {
  delete page.console;
  names.forEach(function (name) {
    at(name, function (object, part, name) {
      if (stubs.hasOwnProperty(name)) Object.defineProperty(object, part, { value: stubs[name], writable: true, configurable: true });
    });
  });
}

// Takes one away; all of them have to be there.
function remove(names, without) {
  names.forEach(function (name) {
    var is_there = false;
    at(name, function (object, part) {
      is_there = is_there || part in object;
      if (name === without && !delete object[part]) object[part] = undefined;
    });
    if (!is_there) throw new Error("nothing makes " + name);
  });
}

// ---- the language

function Promised(run) {
  var self = this;
  if (!(self instanceof Promised)) throw new TypeError("Promise needs new");
  this.waiting = [];
  function settle(state) {
    return function (value) {
      if (self.state) return;
      self.state = state;
      self.value = value;
      self.waiting.forEach(soon);
    };
  }
  var is_resolved = false;
  function resolve(value) {
    var then, called = false;
    if (is_resolved) return;
    is_resolved = true;
    try {
      then = value !== null && (typeof value === "object" || typeof value === "function") && value.then;
    } catch (error) {
      return settle(2)(error);
    }
    if (typeof then !== "function") return settle(1)(value);
    soon(function () {
      var nested = new Promised(function (yes, no) {
        then.call(value, yes, no);
      });
      follow(nested, settle(1), settle(2));
    });
  }
  function reject(error) {
    if (is_resolved) return;
    is_resolved = true;
    settle(2)(error);
  }
  try {
    run(resolve, reject);
  } catch (error) {
    reject(error);
  }
}

function soon(task) {
  later.push(task);
}

function follow(promise, fulfilled, rejected) {
  function run() {
    (promise.state === 1 ? fulfilled : rejected)(promise.value);
  }
  if (promise.state) soon(run);
  else promise.waiting.push(run);
}

Promised.prototype.then = function (fulfilled, rejected) {
  var self = this;
  return new Promised(function (resolve, reject) {
    function handle(handler, otherwise) {
      return function (value) {
        if (typeof handler !== "function") return otherwise(value);
        try {
          resolve(handler(value));
        } catch (error) {
          reject(error);
        }
      };
    }
    follow(self, handle(fulfilled, resolve), handle(rejected, reject));
  });
};
Promised.prototype["catch"] = function (rejected) {
  return this.then(undefined, rejected);
};
Promised.resolve = function (value) {
  return value instanceof Promised ? value : new Promised(function (resolve) {
    resolve(value);
  });
};
Promised.reject = function (error) {
  return new Promised(function (resolve, reject) {
    reject(error);
  });
};
Promised.all = function (list) {
  return new Promised(function (resolve, reject) {
    var values = [], left = list.length;
    if (!left) resolve(values);
    list.forEach(function (each, index) {
      Promised.resolve(each).then(function (value) {
        values[index] = value;
        if (!--left) resolve(values);
      }, reject);
    });
  });
};
Promised.race = function (list) {
  return new Promised(function (resolve, reject) {
    list.forEach(function (each) {
      Promised.resolve(each).then(resolve, reject);
    });
  });
};
stubs.Promise = Promised;
stubs["Promise.allSettled"] = function (list) {
  return Promised.all(list.map(function (each) {
    return Promised.resolve(each).then(function (value) {
      return { status: "fulfilled", value: value };
    }, function (reason) {
      return { status: "rejected", reason: reason };
    });
  }));
};

function Keyed(entries) {
  this.names = [];
  this.values_ = [];
  (entries || []).forEach(function (entry) {
    this.set(entry[0], entry[1]);
  }, this);
}
Keyed.prototype = {
  has: function (key) {
    return this.names.indexOf(key) >= 0;
  },
  get: function (key) {
    return this.values_[this.names.indexOf(key)];
  },
  set: function (key, value) {
    var at = this.names.indexOf(key);
    if (at < 0) at = this.names.push(key) - 1;
    this.values_[at] = value;
    return this;
  },
  "delete": function (key) {
    var at = this.names.indexOf(key);
    if (at >= 0) {
      this.names.splice(at, 1);
      this.values_.splice(at, 1);
    }
    return at >= 0;
  },
  forEach: function (each) {
    this.names.forEach(function (name, at) {
      each(this.values_[at], name, this);
    }, this);
  },
  get size() {
    return this.names.length;
  }
};

function Kept(list) {
  Keyed.call(this);
  (list || []).forEach(this.add, this);
}
Kept.prototype = Object.create(Keyed.prototype);
Kept.prototype.add = function (value) {
  return this.set(value, value);
};

function class_of(base) {
  function Stub(list) {
    if (!(this instanceof Stub)) throw new TypeError("a class needs new");
    base.call(this, list);
  }
  Stub.prototype = Object.create(base.prototype, { constructor: { value: Stub, writable: true, configurable: true } });
  return Stub;
}
stubs.Map = class_of(Keyed);
stubs.Set = class_of(Kept);
stubs.WeakMap = class_of(Keyed);
stubs.WeakSet = class_of(Kept);

var symbols = {};
stubs.Symbol = function (description) {
  return "@@" + (description || "") + "#" + later.length + Math.random();
};
stubs.Symbol["for"] = function (name) {
  return symbols[name] = symbols[name] || "@@for " + name;
};
["iterator", "asyncIterator", "hasInstance", "toStringTag", "toPrimitive", "species", "dispose", "asyncDispose"].forEach(function (name) {
  stubs["Symbol." + name] = "@@" + name;
});

stubs["Object.assign"] = function (target) {
  [].slice.call(arguments, 1).forEach(function (source) {
    Object.keys(Object(source)).forEach(function (key) {
      target[key] = source[key];
    });
  });
  return target;
};
stubs["Object.entries"] = function (object) {
  return Object.keys(object).map(function (key) {
    return [key, object[key]];
  });
};
stubs["Object.values"] = function (object) {
  return Object.keys(object).map(function (key) {
    return object[key];
  });
};
stubs["Object.fromEntries"] = function (entries) {
  return entries.reduce(function (all, entry) {
    all[entry[0]] = entry[1];
    return all;
  }, {});
};
stubs["Object.is"] = function (a, b) {
  return a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b;
};
stubs["Array.from"] = function (list, each) {
  return [].map.call(list, each || function (item) {
    return item;
  });
};
stubs["Array.of"] = function () {
  return [].slice.call(arguments);
};
stubs["Number.isInteger"] = function (value) {
  return typeof value === "number" && isFinite(value) && Math.floor(value) === value;
};
stubs["Number.isNaN"] = function (value) {
  return value !== value;
};
stubs["Math.trunc"] = function (value) {
  return value < 0 ? Math.ceil(value) : Math.floor(value);
};
stubs["Math.sign"] = function (value) {
  return value > 0 ? 1 : value < 0 ? -1 : value;
};
stubs["String.raw"] = function (parts) {
  var values = [].slice.call(arguments, 1);
  return [].map.call(parts.raw, function (part, at) {
    return part + (at < values.length ? values[at] : "");
  }).join("").slice(0, -0 || undefined);
};

// ---- methods, of arrays and strings alike where both have them
var of_arrays = {
  includes: function (wanted) {
    return this.indexOf(wanted) >= 0;
  },
  find: function (is_it) {
    return this.filter(is_it)[0];
  },
  findIndex: function (is_it) {
    return this.map(is_it).indexOf(true);
  },
  fill: function (value) {
    for (var at = 0; at < this.length; at++) this[at] = value;
    return this;
  },
  flat: function () {
    return [].concat.apply([], this);
  },
  flatMap: function (each) {
    return [].concat.apply([], this.map(each));
  },
  at: function (at) {
    return this[at < 0 ? this.length + at : at];
  }
};
var of_strings = {
  includes: function (wanted) {
    return this.indexOf(wanted) >= 0;
  },
  at: function (at) {
    return this.charAt(at < 0 ? this.length + at : at);
  },
  repeat: function (count) {
    return new Array(count + 1).join(this);
  },
  startsWith: function (start) {
    return this.slice(0, start.length) === start;
  },
  endsWith: function (end) {
    return this.slice(-end.length) === end;
  },
  padStart: function (length, fill) {
    return new Array(Math.max(0, length - this.length) + 1).join(fill || " ") + this;
  },
  padEnd: function (length, fill) {
    return this + new Array(Math.max(0, length - this.length) + 1).join(fill || " ");
  },
  trimStart: function () {
    return this.replace(/^\s+/, "");
  },
  trimEnd: function () {
    return this.replace(/\s+$/, "");
  },
  replaceAll: function (from, to) {
    return this.split(from).join(to);
  }
};
Object.keys(of_arrays).forEach(function (name) {
  stubs["Array.prototype." + name] = of_arrays[name];
});
Object.keys(of_strings).forEach(function (name) {
  stubs["String.prototype." + name] = of_strings[name];
});
stubs["Promise.prototype.finally"] = function (run) {
  return this.then(function (value) {
    run();
    return value;
  }, function (error) {
    run();
    throw error;
  });
};

// ---- the page
stubs.window = page;
stubs.self = page;
stubs.globalThis = page;
stubs.document = { title: "", createElement: function (name) {
  return { tagName: name.toUpperCase(), style: {}, appendChild: function () {} };
}, querySelector: function () {
  return null;
} };
stubs.location = { href: "http://localhost/" };
stubs.navigator = { userAgent: "mujs" };
stubs.console = { log: function () {} };
stubs.setTimeout = timer;
stubs.clearTimeout = function () {};
stubs.queueMicrotask = soon;
stubs.requestAnimationFrame = soon;
stubs.fetch = function () {
  return Promised.resolve({ ok: true });
};
stubs.localStorage = { getItem: function () {
  return null;
}, setItem: function () {} };
stubs.URL = function (text) {
  this.href = text;
};
